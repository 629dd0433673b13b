"""What is wrong with the HTML of a page: tags without a partner, names given twice, open comments.

Which elements have no content, and which may go without their end tag, is what the HTML standard
says (sections 13.1.2 and 13.1.2.4). The elements looked at are those that GitHub lets through and
some old ones for looks: other words in angle brackets, `<eos>` or `List<str>`, are text that
somebody forgot to escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peftlint.htmltag import Tag, tags
from peftlint.model import Html
from peftlint.source import Span
from peftlint.value import NamedTuple

#: Elements that have to be opened and closed ...
_PAIRED = frozenset(
    (
        "a", "abbr", "b", "bdo", "big", "blockquote", "caption", "center", "cite", "code", "del",
        "details", "dfn", "div", "dl", "em", "figcaption", "figure", "font", "h1", "h2", "h3",
        "h4", "h5", "h6", "i", "ins", "kbd", "mark", "ol", "picture", "pre", "q", "ruby", "s",
        "samp", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tt", "u",
        "ul", "var",
    )
)  # fmt: skip
#: ... and those that have to be opened, and end by themselves.
_OPENED = frozenset(("dd", "dt", "li", "p", "td", "th", "tr"))


class Stray(NamedTuple):
    """A tag without its partner.

    Attributes:
        tag, span: the tag, and its place in the page.
        is_word: whether it stands in a line of text and says its name only, as a word in angle
            brackets would.
    """

    tag: Tag
    span: Span
    is_word: bool


def strays(pieces: Iterable[Html]) -> Iterator[Stray]:
    """Yield the tags that close nothing, and then those that are not closed.

    Args:
        pieces: all HTML of a page, in order.

    Each element is counted by itself: which stand inside which others is not asked, as Markdown
    between them brings in tags of its own. Of what stands behind a comment that does not end
    nothing is told: it is hidden.
    """
    opened: dict[str, list[tuple[Html, Tag]]] = {}
    for piece in pieces:
        source = piece.source
        for tag in tags(source):
            name = tag.name
            if name not in _PAIRED and name not in _OPENED:
                if _is_unclosed(piece, tag):
                    return
                continue
            if not tag.is_closing:
                if source[tag.end - 2] != "/":
                    opened.setdefault(name, []).append((piece, tag))
            elif opened.get(name):
                opened[name].pop()
            else:
                yield _stray(piece, tag)
    for name, left in opened.items():
        if name in _PAIRED:
            yield from (_stray(piece, tag) for piece, tag in left)


def _stray(piece: Html, tag: Tag) -> Stray:
    start = piece.span.start
    is_word = not (piece.is_block or tag.attributes)
    return Stray(tag, Span(start + tag.start, start + tag.end), is_word)


def ids(pieces: Iterable[Html]) -> Iterator[tuple[str, Span]]:
    """Yield what tags are named by `id`, and where that is written."""
    for piece in pieces:
        if "id" not in piece.source.lower():
            continue
        for tag in tags(piece.source):
            attribute = tag.attributes.get("id")
            if attribute and attribute.value:
                start = piece.span.start
                yield attribute.value, Span(start + attribute.start, start + attribute.end)


def unclosed_comments(pieces: Iterable[Html]) -> Iterator[Span]:
    """Yield where a comment opens that does not end in the HTML that it stands in.

    A piece of HTML ends where Markdown is read again, and there a `-->` is text.
    """
    for piece in pieces:
        if "<!--" not in piece.source:
            continue
        for tag in tags(piece.source):
            if _is_unclosed(piece, tag):
                start = piece.span.start + tag.start
                yield Span(start, start + len("<!--"))


def _is_unclosed(piece: Html, tag: Tag) -> bool:
    return tag.name == "!--" and not piece.source.endswith("-->", tag.start + 2, tag.end)
