"""Nodes of inline content that is not of the common kinds, made of its tokens.

Nearly all content does not come here: see `peftlint.markdown.inline`.
"""

from __future__ import annotations

from bisect import bisect_left

from peftlint.markdown.destination import label_key, read_address
from peftlint.markdown.inlineparser import read_inline
from peftlint.markdown.node import NOWHERE, Node, NodeKind, Place, Root
from peftlint.markdown.offsets import Offsets
from peftlint.source import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from peftlint.markdown.stretch import Definitions

#: Marks nested deeper than this are read as text.
_DEEPEST = 40


class RareContent:
    """Makes nodes of a text's inline content.

    Args:
        text: the whole of it.
        lines: its lines.
        definitions: of references, by their labels.
    """

    def __init__(self, text: str, lines: Lines, definitions: Definitions) -> None:
        self._text = text
        self._lines = lines
        self._definitions = definitions
        self._places: dict[str, Place] = {}

    def nodes(  # noqa: PLR0912, PLR0915 - a branch for each kind of token
        self, content: str, offsets: Offsets, root: Root
    ) -> list[Node]:
        """The nodes of a block's content.

        Args:
            content: of the block's token.
            offsets: tell where it stands.
            root: is given the code, HTML and hidden places, and how many links are near.
        """
        top: list[Node] = []
        into = top
        stack: list[tuple[Node, list[Node]]] = []
        skipped = 0
        # Nearly all content is one line: all in it is as far from its place.
        place = offsets.place if offsets.delta is None else offsets.delta.__add__
        for token in read_inline(content, self._definitions):
            kind, start, end = token.kind, token.start, token.end
            if kind == "text":
                if not token.content:
                    continue
                if offsets.bars:
                    _text_with_bars(into, token.content, start, offsets)
                    continue
                at = place(start)
                if into and into[-1].kind == "text" and into[-1].end == at:
                    into[-1].text += token.content
                    into[-1].end = into[-1].inner_end = at + len(token.content)
                else:
                    into.append(Node("text", at, at + len(token.content), token.content))
            elif kind in ("softbreak", "hardbreak"):
                # With the blanks before it, the line end and the next line's indentation.
                at = into[-1].end if into else place(start)
                hard = "hard" if kind[0] == "h" else "soft"
                into.append(Node("break", at, place(end), hard))
            elif (token.nesting > 0 and len(stack) >= _DEEPEST) or (token.nesting < 0 and skipped):
                # Marks deeper than anybody writes are text: nothing here recurses without end.
                skipped += token.nesting
                if token.markup not in ("", "autolink"):
                    into.append(Node("special", place(start), offsets.end(end), token.markup))
            elif kind == "link_open":
                node = Node("link", place(start), offsets.end(end))
                node.url = token.url
                if "//" not in node.url:
                    root.near += 1
                if token.markup == "autolink":
                    node.form = "autolink"
                    node.inner_start = node.url_start = offsets.place(start + 1)
                    node.inner_end = node.url_end = offsets.end(end - 1)
                into.append(node)
                stack.append((node, into))
                node.children = into = []
            elif kind == "link_close":
                node, into = stack.pop()
                if node.form != "autolink":
                    node.inner_start = node.start + 1
                    node.inner_end = offsets.end(start)
                    self._find_address(node, content, start, end, offsets)
                    _hide(node, root)
                node.close()
            elif kind in ("em_open", "strong_open", "s_open"):
                width = len(token.markup)
                at = place(end - width)
                name: NodeKind = (
                    "em" if kind[0] == "e" else "strong" if kind[1] == "t" else "strike"
                )
                node = Node(name, at, at)
                node.inner_start = at + width
                into.append(node)
                stack.append((node, into))
                node.children = into = []
            elif kind in ("em_close", "strong_close", "s_close"):
                node, into = stack.pop()
                node.inner_end = place(start)
                node.end = node.inner_end + len(token.markup)
                node.close()
            elif kind == "image":
                node = Node("image", place(start), offsets.end(end), token.content)
                label_end = start + 2 + len(token.content)
                node.inner_start = node.start + 2
                node.inner_end = offsets.end(label_end)
                node.url = token.url
                self._find_address(node, content, label_end, end, offsets)
                _hide(node, root)
                into.append(node)
            elif kind == "code_inline":
                node = Node("code", place(start), offsets.end(end), token.content)
                width = len(token.markup)
                node.inner_start = node.start + width
                node.inner_end = node.end - width
                root.code.append((node.start, node.end))
                into.append(node)
            elif kind == "html_inline":
                node = Node("html", place(start), offsets.end(end), token.content)
                root.html.append(node)
                if not token.content.isascii():
                    root.hidden.append((node.start, node.end))
                into.append(node)
            else:
                into.append(Node("special", place(start), offsets.end(end), token.content))
        return top

    def _find_address(
        self, node: Node, content: str, label_end: int, end: int, offsets: Offsets
    ) -> None:
        """Find the address of a link or an image behind its label, or where it is defined."""
        at = label_end + 1
        if content[at : at + 1] == "(" and content[end - 1] == ")":
            at += 1
            while content[at] in " \t\n":
                at += 1
            stop = at + len(node.url)
            if not content.startswith(node.url, at) or content[stop] not in " \t\n)":
                stop, _ = read_address(content, at, end) or (at, "")
                if content[at] == "<":
                    at, stop = at + 1, stop - 1
            node.url_start = offsets.place(at)
            node.url_end = offsets.end(stop) if stop > at else node.url_start
            return
        node.form = "reference"
        label = content[label_end + 2 : end - 1] if at < end else ""
        if not label:
            label = self._text[node.inner_start : node.inner_end]
        node.url_start, node.url_end = self.definition(label)

    def definition(self, label: str) -> Place:
        """The place of the address in the definition of a reference.

        Args:
            label: as it stands in a link, or what it is known by.
        """
        key = label_key(label)
        if key in self._places:
            return self._places[key]
        found = NOWHERE
        reference = self._definitions.get(key)
        if reference and reference.get("map"):
            first, last = reference["map"]
            span = self._lines.span(first + 1, max(first + 1, last))
            href = reference["href"]
            colon = self._text.find("]:", span.start, span.end)
            at = self._text.find(href, colon + 2, span.end) if colon >= 0 and href else -1
            if at >= 0:
                found = (at, at + len(href))
        self._places[key] = found
        return found


def _hide(node: Node, root: Root) -> None:
    """Note where an address stands that holds anything but ASCII."""
    if not node.url.isascii() and node.url_start >= 0:
        root.hidden.append((node.url_start, node.url_end))


def _text_with_bars(into: list[Node], content: str, start: int, offsets: Offsets) -> None:
    """Text of a table cell in which bars are written with a backslash."""
    at = 0
    first = bisect_left(offsets.bars, start)
    last = bisect_left(offsets.bars, start + len(content))
    for bar in (place - start for place in offsets.bars[first:last]):
        if bar > at:
            place = offsets.place(start + at)
            into.append(Node("text", place, place + bar - at, content[at:bar]))
        place = offsets.place(start + bar)
        into.append(Node("special", place - 1, place + 1, "|"))
        at = bar + 1
    if at < len(content):
        place = offsets.place(start + at)
        into.append(Node("text", place, place + len(content) - at, content[at:]))
