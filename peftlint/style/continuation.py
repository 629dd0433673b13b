"""Whether the later parts of an entry, its authors and links, stand inside its list item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from peftlint.model import Document, Entry
from peftlint.source import Edit, Span

INSIDE = "indented"
OUTSIDE = "not indented"

_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*[\r\n]")


class Continuation(NamedTuple):
    """Where the later parts of an entry stand.

    Attributes:
        way: `INSIDE` or `OUTSIDE` of its item.
        entry: the entry.
        span: the first line of it that is outside; else the entry.
        columns: how far that line is indented.
        wanted: how far it should be.
    """

    way: str
    entry: Entry
    span: Span
    columns: int = 0
    wanted: int = 0


def continuations(document: Document, entry: Entry) -> Iterator[Continuation]:
    """Where the later parts of an entry stand, if it is an item and has some."""
    if entry.outdents:
        line = document.lines.line(entry.outdents[0].start)
        span = Span(entry.outdents[0].end, document.lines.span(line).end)
        columns = len(document.slice(entry.outdents[0]))
        yield Continuation(OUTSIDE, entry, span, columns, len(entry.indent))
    elif entry.kind in ("bullet", "ordered") and _BLANK_LINE.search(document.text, *entry.span):
        yield Continuation(INSIDE, entry, entry.span)


def indented(entry: Entry) -> tuple[Edit, ...]:
    """The edits that put the later parts of an entry into its item."""
    return tuple(Edit(missing, entry.indent) for missing in entry.outdents)
