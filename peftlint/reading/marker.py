"""List markers: what an entry opens with, and how far its further lines are indented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from peftlint.markdown.node import Block, Node
from peftlint.model import Text
from peftlint.regex import regex
from peftlint.source import Lines, Span, span_of

#: A marker without the blank after it, which Markdown takes for text.
_GLUED = regex(r"(?:[-*+\u2022]|\d{1,4}[.)])(?=\S)")
_MARKS = ("-", "*", "+", "\u2022")
#: Blanks, no-break spaces and block quotes that a line may begin with.
_LEAD = regex(r"[ \t>\u00a0\u3000]*")
_BEFORE_CONTENT = regex(r"[ \t>]*")


def content_start(lines: Lines, line: int) -> int:
    """Where a line's content begins, its list marker included."""
    match = _BEFORE_CONTENT.match(lines.text, lines.starts[line - 1])
    return match.end() if match else lines.starts[line - 1]


def item_marker(lines: Lines, item: Block) -> Text:
    """The marker of a list item as written."""
    start, end = lines.span(item.line)
    first = _text_start(item)
    stop = first if start < first <= end else end
    # The last before the item's text is its own: `- 1. Title` has two.
    at = lines.text.rfind(item.marker, start, stop)
    if at < 0 or stop == end:
        at = lines.text.find(item.marker, start, end)
    return Text(item.marker, span_of((at, at + len(item.marker))))


def glued_marker(nodes: Sequence[Node]) -> Text | None:
    """The marker that inline content begins with and no blank follows, as in `1.**Title**`."""
    first = nodes[0] if nodes else None
    if first is None or first.kind != "text":
        return None
    if not (first.text[:1].isdecimal() or first.text.startswith(_MARKS)):
        return None
    # What is emphasised may follow at once.
    match = _GLUED.match(f"{first.text}*" if len(nodes) > 1 else first.text)
    return Text(match[0], Span(first.start, first.start + match.end())) if match else None


def indentation(lines: Lines, item: Block, marker: Text) -> str:
    """What a further line of an item begins with to stay inside it."""
    line_start = lines.starts[item.line - 1]
    first = _text_start(item)
    at = marker.span.start
    prefix = lines.text[line_start:first] if first > at else ""
    if not prefix:
        prefix = lines.text[line_start : marker.span.end] + " "
    return _as_indentation(prefix)


@lru_cache(maxsize=64)
def _as_indentation(prefix: str) -> str:
    """What stands before an item's text, as it is written again: the same for nearly all."""
    return "".join(character if character in "\t>" else " " for character in prefix)


def _text_start(item: Block) -> int:
    """Where the text in an item's first line begins; -1 where there is none."""
    for child in item.children:
        if child.line == item.line:
            return child.start
    return -1


def missing_indentation(lines: Lines, outdented: Sequence[Block]) -> Iterator[Span]:
    """What stands where the indentation should, in each line of blocks that fell out of an item.

    In a list, what is nested stays nested.
    """
    for block in outdented:
        most = len(lines.text)
        for line in range(block.line, block.end_line + 1):
            start, end = lines.span(line)
            match = _LEAD.match(lines.text, start, end)
            if match is None:
                continue
            if line == block.line and block.kind.endswith("list"):
                most = match.end() - start
            if match.end() < end:
                yield Span(start, min(match.end(), start + most))
