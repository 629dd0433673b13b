"""The inline content of an entry as one sequence of parts, whatever blocks it is spread over.

Lists differ in punctuation, not in what their parts are. Here the tree of nodes becomes a flat
run of text, emphasis, links, badges and breaks, with a link or badge object made for each; what
a part *means* is told elsewhere.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from peftlint import badge as shields
from peftlint.htmltag import Attribute, quoted_span, tags
from peftlint.markdown.node import Node, NodeKind
from peftlint.model import Badge, Link, LinkForm
from peftlint.regex import regex
from peftlint.role import label_role, role
from peftlint.source import Span, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

PartKind: TypeAlias = (
    "Literal['text', 'strong', 'em', 'code', 'link', 'badge', 'image', 'break', 'block', 'item', "
    "'cell']"
)

#: Labels that stand in bare brackets where a link is still to come: `[Code]`.
_PLACEHOLDERS = frozenset(
    """
    code codes github repo repository paper papers pdf project page web website homepage dataset
    data demo video slides arxiv model models coming soon official the tba tbd
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: Not where an address follows, which somebody meant to be the link's.
_BRACKETED = regex(r"\[([^\[\]()]{2,24})\](?![\[(:])(?!\]?\s?\(\s?(?:https?:|\)))")
_TAGS = regex(
    r"\b(?:env|key(?:word)?s?|tags?|topics?|categor(?:y|ies)|platforms?|tasks?|types?)\s?:\s*\[|"
    r"\[[^\[\]()]{2,40}\], ?\[[^\[\]()]{2,40}\], ?\[[^\[\]()]{2,40}\]",
    re.IGNORECASE,
)
_BARE_START = regex(r"https?://", re.IGNORECASE)
_BARE_END = regex(r"[\s<>\"]|$")
_EMPHASIS: dict[str, NodeKind] = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
#: In nodes: what is never closed is looked for no further.
_LONGEST_RUN = 60
#: Nodes of letters, which become one part where they stand side by side.
_LETTERS = frozenset(("text", "special"))
#: Nodes that may be a part of an emphasised run without being a part of their own.
_PLAIN = frozenset((*_LETTERS, "code", "break"))
_BREAK_TAG = regex(r"</?(?:br|p)\b", re.IGNORECASE)


class Part:
    """A part of an entry's content.

    Attributes:
        kind: `block` is the boundary of two blocks, `item` that of a nested item, `cell` that of
            two table cells, `break` a line end inside a block.
        text: what a reader sees; for a `break`, `hard` or `soft`.
        start, end: its place, marks included.
        node: the node that shows the text; `None` for text that stands in the source as it reads.
        em: whether it is emphasised, or stands inside what is.
        link, badge: the object, for these kinds.
    """

    __slots__ = ("_leaves", "badge", "em", "end", "kind", "link", "node", "start", "text")

    def __init__(  # noqa: PLR0913, PLR0917 - most have the first four and no more
        self,
        kind: PartKind,
        text: str,
        start: int,
        end: int,
        node: Node | None = None,
        em: bool = False,
        link: Link | None = None,
        badge: Badge | None = None,
    ) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.node = node
        self.em = em
        self.link = link
        self.badge = badge
        #: The nodes without children in `node`, and where the text of each ends; made on demand.
        self._leaves: tuple[list[Node], list[int]] | None = None

    def __repr__(self) -> str:
        return f"Part({self.kind}, {self.text!r}, {self.start}-{self.end})"

    def place(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of the part's text stand."""
        node = self.node
        if node is None:
            return span_of((self.start + start, self.start + end))
        first = node.inner_start
        if not node.children and node.inner_end - first == len(node.text):
            # Nearly all: letters that stand in the source as they read.
            return span_of((first + start, first + (end if end > start else start)))
        if self._leaves is None:
            leaves = list(_leaves(node))
            self._leaves = leaves, list(accumulate([len(leaf.shown()) for leaf in leaves]))
        leaves, stops = self._leaves
        first, last = self.start, self.end
        index = bisect_right(stops, start)
        if index < len(leaves):
            first = _inside(leaves[index], start - (stops[index - 1] if index else 0))
        index = bisect_left(stops, end)
        if end > 0 and index < len(leaves):
            last = _inside(leaves[index], end - (stops[index - 1] if index else 0))
        return Span(first, max(first, last))


def _is_letters(node: Node) -> bool:
    """Whether nothing in an emphasised run is a link, an image, a tag or emphasised itself."""
    return not node.children or _PLAIN.issuperset([child.kind for child in node.children])


def _leaves(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _inside(leaf: Node, offset: int) -> int:
    """Where a character of what a leaf shows stands; escapes and breaks are taken whole."""
    if leaf.inner_end - leaf.inner_start == len(leaf.text):
        return leaf.inner_start + offset
    return leaf.end if offset else leaf.start


class PartReader:
    """Makes parts, links and badges of nodes.

    Args:
        in_entry: whether bare addresses and placeholders in the text are links as well.
    """

    __slots__ = ("em", "in_entry", "letters", "parts")

    def __init__(self, in_entry: bool = True) -> None:
        self.in_entry = in_entry
        self.parts: list[Part] = []
        #: What letters are here: `strong` or `em` inside such marks, of which `strong` is told.
        self.letters: PartKind = "text"
        self.em = False

    def read(self, nodes: Sequence[Node]) -> list[Part]:
        """The parts of one block's nodes, added to those read before."""
        parts, in_entry, em = self.parts, self.in_entry, self.em
        passed, last = 0, len(nodes) - 1
        for index, node in enumerate(nodes):
            if index < passed:
                continue
            kind = node.kind
            if kind == "text" and (index == last or nodes[index + 1].kind not in _LETTERS):
                text = node.text
                if in_entry and ("]" in text or "://" in text):
                    self._text(node)
                else:
                    parts.append(Part(self.letters, text, node.start, node.end, None, em))
            elif kind == "link":
                self._link(node)
            elif kind in {"strong", "em", "strike"}:
                self._run(node)
            elif kind == "break":
                parts.append(Part("break", node.text, node.start, node.end))
            elif kind == "image":
                self._image(node)
            elif kind == "html":
                passed = self._html(nodes, index) + 1
            elif kind in _LETTERS:
                passed = self._letters(nodes, index)
            else:
                # It is code.
                parts.append(Part("code", node.text, node.start, node.end, node, em))
        return parts

    def boundary(self, kind: PartKind, at: int) -> None:
        """Add the boundary between two blocks, items or cells."""
        self.parts.append(Part(kind, "", at, at))

    def _letters(self, nodes: Sequence[Node], index: int) -> int:
        """Text with the escapes and entities in it, as one part; return where it ends."""
        stop = index + 1
        while stop < len(nodes) and nodes[stop].kind in _LETTERS:
            stop += 1
        letters = nodes[index:stop]
        if stop - index == 1 or any(
            node.kind == "text" and ("[" in node.text or "://" in node.text) for node in letters
        ):
            for node in letters:
                if node.kind == "text":
                    self._text(node)
                else:
                    self.parts.append(Part("text", node.text, node.start, node.end, node, self.em))
            return stop
        whole = Node("em", letters[0].start, letters[-1].end)
        whole.children = letters
        self.parts.append(Part(self.letters, whole.shown(), whole.start, whole.end, whole, self.em))
        return stop

    def _text(self, node: Node) -> None:
        """Text in which there may be placeholders and bare addresses."""
        text = node.text
        kind, em = self.letters, self.em
        at = 0
        for start, end, label, url in _hidden_links(text) if self.in_entry else ():
            if start > at:
                self.parts.append(
                    Part(kind, text[at:start], node.start + at, node.start + start, None, em)
                )
            self._hidden(node.start + start, node.start + end, label, url)
            at = end
        if at < len(text) or not at:
            self.parts.append(Part(kind, text[at:], node.start + at, node.end, None, em))

    def _hidden(self, start: int, end: int, label: str | None, url: str | None) -> None:
        """A placeholder or a bare address in running text."""
        span = Span(start, end)
        form: LinkForm = "bare" if url else "placeholder"
        label_span = Span(start + 1, end - 1) if label else span
        link = Link(
            label=label,
            url=url,
            form=form,
            role=role(label, url),
            span=span,
            label_span=label_span,
            url_span=span if url else None,
            outer_span=span,
            removal_span=span,
        )
        self.parts.append(Part("link", label or url or "", start, end, None, self.em, link))

    def _run(self, node: Node) -> None:
        """An emphasised run: one part, or its children where a link or an image is inside."""
        if not _is_letters(node):
            before = self.letters, self.em
            self.em = self.em or node.kind == "em"
            if node.kind != "strike":
                self.letters = self._marked(node)
            first = len(self.parts)
            self.read(node.children)
            if len(self.parts) == first + 1:
                # The marks go with the only thing inside them.
                only = self.parts[first]
                only.start, only.end = node.start, node.end
            elif all(part.kind in ("text", "strong", "em", "code") for part in self.parts[first:]):
                self._join(first, node)
            self.letters, self.em = before
        elif node.kind != "strike":
            em = self.em or node.kind == "em"
            kind = self._marked(node)
            self.parts.append(Part(kind, node.shown(), node.start, node.end, node, em))

    def _marked(self, node: Node) -> PartKind:
        """What letters are inside a node's marks."""
        return "strong" if node.kind == "strong" or self.letters == "strong" else "em"

    def _join(self, first: int, node: Node) -> None:
        """Make one run of the parts from `first` on, which stand inside one pair of marks."""
        if len(self.parts) == first:
            return
        del self.parts[first:]
        kind = self._marked(node)
        self.parts.append(Part(kind, node.shown(), node.start, node.end, node, self.em))

    def _link(self, node: Node) -> None:
        children = node.children
        badges: Sequence[Badge] = ()
        label: str | None = None
        only_image = False
        if not children:
            # Nearly all.
            shown = node.text.strip()
        else:
            shown = node.shown().strip()
            images = [child for child in children if child.kind == "image"]
            badges = [made for made in map(self._badge, images) if made]
            if images and not shown:
                label = images[0].text.strip()
                only_image = True
        if not only_image and node.form != "autolink":
            label = shown if shown.isalnum() else _bare_label(shown)
        # A list has few labels, a thousand times each.
        label = label and sys.intern(label)
        span = span_of((node.start, node.end))
        label_span = span_of((node.inner_start, node.inner_end))
        url_span = span_of((node.url_start, node.url_end)) if node.url_start >= 0 else None
        badge = badges[0] if badges else None
        url, to = node.url or None, role(label, node.url)
        # By position, with the spans around it still its own: with names it takes twice as long.
        link = Link(
            label, url, node.form, to, span, label_span, url_span, span, span, badge, only_image
        )
        self.parts.append(Part("link", shown, node.start, node.end, node, self.em, link, badge))
        if badges:
            for made in badges:
                made.link = link
                made.outer_span = made.removal_span = span
            for made in badges[1:]:
                self._add_badge(made, "", made.span.start, made.span.end)

    def _add_badge(self, made: Badge, text: str, start: int, end: int) -> None:
        self.parts.append(Part("badge", text, start, end, None, self.em, None, made))

    def _image(self, node: Node) -> None:
        made = self._badge(node)
        kind: PartKind = "badge" if made else "image"
        part = Part(kind, node.text, node.start, node.end, None, self.em, None, made)
        self.parts.append(part)

    def _badge(self, node: Node) -> Badge | None:
        if not shields.is_badge_url(node.url):
            return None
        span = span_of((node.start, node.end))
        alt_span = span_of((node.inner_start, node.inner_end))
        return _made_badge(node.url, node.url_start, node.url_end, node.text, span, alt_span)

    def _html(self, nodes: Sequence[Node], index: int) -> int:
        """An inline tag: a break, an image, or a link up to its closing tag."""
        node = nodes[index]
        if _BREAK_TAG.match(node.text):
            self.parts.append(Part("break", "hard", node.start, node.end))
            return index
        if node.text[:2] in ("<!", "</", "<?"):
            return index
        tag = next(tags(node.text), None)
        if tag is None:
            return index
        if tag.name == "img":
            self._html_image(node, tag.attributes)
        elif tag.name == "a" and "href" in tag.attributes:
            return self._html_link(nodes, index, tag.attributes["href"])
        elif tag.name in _EMPHASIS:
            return self._html_run(nodes, index, tag.name)
        return index

    def _html_run(self, nodes: Sequence[Node], index: int, name: str) -> int:
        """What stands between `<b>` and `</b>`, as one emphasised run."""
        stop = index + 1
        last = min(len(nodes), index + _LONGEST_RUN)
        while stop < last and not nodes[stop].text.lower().startswith(f"</{name}"):
            stop += 1
        if stop >= last or nodes[stop].kind != "html" or stop == index + 1:
            return index
        run = Node(_EMPHASIS[name], nodes[index].start, nodes[stop].end)
        run.children = nodes[index + 1 : stop]
        run.inner_start, run.inner_end = nodes[index].end, nodes[stop].start
        run.close()
        self._run(run)
        return stop

    def _html_image(self, node: Node, attributes: dict[str, Attribute]) -> None:
        source = attributes.get("src")
        if source is None:
            return
        alt = attributes.get("alt")
        text = alt.value if alt else ""
        if not shields.is_badge_url(source.value):
            self.parts.append(Part("image", text, node.start, node.end, None, self.em))
            return
        start, end = node.start + source.start, node.start + source.end
        alt_span = quoted_span(node.text, alt, node.start) if alt else None
        span = Span(node.start, node.end)
        made = _made_badge(source.value, start, end, text, span, alt_span)
        self._add_badge(made, text, node.start, node.end)

    def _html_link(self, nodes: Sequence[Node], index: int, href: Attribute) -> int:
        value, start = href.value, href.start
        node = nodes[index]
        stop = index + 1
        # A link that is never closed ends where the next begins, or with its block.
        while stop < len(nodes) and not nodes[stop].text.lower().startswith(("</a", "<a ")):
            stop += 1
        is_closed = stop < len(nodes) and nodes[stop].text.startswith("</")
        inside = nodes[index + 1 : stop]
        end = nodes[stop].end if is_closed else (inside[-1].end if inside else node.end)
        inner = PartReader(in_entry=False)
        inner.read(inside)
        shown = "".join(
            part.text for part in inner.parts if part.kind not in ("badge", "image", "break")
        ).strip()
        badges = [part.badge for part in inner.parts if part.badge]
        images = [part for part in inner.parts if part.kind in ("badge", "image")]
        label = _bare_label(shown) if shown else (images[0].text if images else "")
        at = node.start + start
        span = Span(node.start, end)
        link = Link(
            label=label,
            url=value or None,
            form="html",
            role=role(label, value),
            span=span,
            label_span=Span(node.end, nodes[stop].start if is_closed else end),
            url_span=Span(at, at + len(value)),
            outer_span=span,
            removal_span=span,
            badge=badges[0] if badges else None,
            only_image=bool(images) and not shown,
        )
        for made in badges:
            made.link = link
            made.outer_span = made.removal_span = span
        self.parts.append(
            Part("link", shown, span.start, span.end, None, self.em, link, link.badge)
        )
        return stop if is_closed else stop - 1


def _made_badge(  # noqa: PLR0913, PLR0917 - all that tells what the image is and where
    url: str, start: int, end: int, alt: str, span: Span, alt_span: Span | None
) -> Badge:
    static = shields.decode(url) if end - start == len(url) else None
    url_span = span_of((start, end))
    made = Badge(url, None, None, alt, span, span, url_span, removal_span=span)
    made.alt_span = alt_span
    if static is not None:
        made.label = static.label
        made.color = static.color
        made.color_span = Span(start + static.color_span.start, start + static.color_span.end)
        made.path_span = Span(start + static.path.start, start + static.path.end)
    return made


def _bare_label(shown: str) -> str:
    """A label without the brackets around it: `[paper]` in `[[paper]](..)`."""
    label = shown.strip(" \t\u00a0")
    while label[:1] == "[" and label[-1:] == "]" and "[" not in label[1:-1]:
        label = label[1:-1].strip()
    return label.strip("`*_ ")


def _hidden_links(text: str) -> list[tuple[int, int, str | None, str | None]]:
    """Bare addresses and placeholders in a run of text: start, end, label, address."""
    found: list[tuple[int, int, str | None, str | None]] = []
    opening = text.find("[")
    if opening >= 0 and text.find("]", opening) >= 0:
        for match in _BRACKETED.finditer(text):
            words = match[1].casefold().split()
            if words and all(word in _PLACEHOLDERS for word in words) and label_role(match[1]):
                found.append((match.start(), match.end(), match[1].strip(), None))
        # `[Android], [dataset], [grounding]` are tags: nobody promises a link there.
        if found and _TAGS.search(text):
            found.clear()
    if "://" in text:
        for match in _BARE_START.finditer(text):
            if found and match.start() < found[-1][1]:
                continue
            # Plain commas may be part of an address, full-width ones never are.
            ending = _BARE_END.search(text, match.end())
            end = ending.start() if ending else len(text)
            if not text.isascii():
                end = next((at for at in range(match.end(), end) if text[at] >= "\u3000"), end)
            end = _without_tail(text, match.end(), end)
            if end > match.end():
                found.append((match.start(), end, None, text[match.start() : end]))
        found.sort(key=lambda link: link[0])
    return found


def _without_tail(text: str, start: int, end: int) -> int:
    """Where an address ends that punctuation follows: a bracket is its own if it opened it."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        if text[end - 1] == ")" and surplus > 0:
            surplus -= 1
        elif text[end - 1] not in ".,;:!?'\"*_~][":
            break
        end -= 1
    return end
