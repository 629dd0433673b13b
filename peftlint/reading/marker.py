"""List markers: what an entry opens with, and how far its further lines are indented."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from peftlint.markdown.node import Block, Node
from peftlint.model import Text
from peftlint.regex import regex
from peftlint.source import Lines, Span

#: A marker without the blank after it, which Markdown takes for text.
_GLUED = regex(r"(?:[-*+\u2022]|\d{1,4}[.)])(?=\S)")
_MARKS = ("-", "*", "+", "\u2022")
#: Blanks, no-break spaces and block quotes that a line may begin with.
_LEAD = regex(r"[ \t>\u00a0\u3000]*")


def content_start(lines: Lines, line: int) -> int:
    """Where a line's content begins, its list marker included."""
    start, end = lines.span(line)
    while start < end and lines.text[start] in " \t>":
        start += 1
    return start


def item_marker(lines: Lines, item: Block) -> Text:
    """The marker of a list item as written."""
    start, end = lines.span(item.line)
    first = next((child.start for child in item.children if child.line == item.line), -1)
    stop = first if start < first <= end else end
    # The last before the item's text is its own: `- 1. Title` has two.
    at = lines.text.rfind(item.marker, start, stop)
    if at < 0 or stop == end:
        at = lines.text.find(item.marker, start, end)
    return Text(item.marker, Span(at, at + len(item.marker)))


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
    first = next((child.start for child in item.children if child.line == item.line), -1)
    at = marker.span.start
    prefix = lines.text[line_start:first] if first > at else ""
    if not prefix:
        prefix = lines.text[line_start : marker.span.end] + " "
    # Nearly all entries of a list have the same.
    return sys.intern("".join(character if character in "\t>" else " " for character in prefix))


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
