"""Whether the later parts of an entry, its authors and links, stand inside its list item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.convention import Odd, learn
from peftlint.model import Document, Entry
from peftlint.regex import regex
from peftlint.source import Edit, Span
from peftlint.value import NamedTuple

INSIDE = "indented"
OUTSIDE = "not indented"

#: What a line may begin with before its text, block quotes included.
_LEAD = " \t>"
_SUB_ITEM = regex(r"(?:[-*+]|\d{1,9}[.)])[ \t]")


class Continuation(NamedTuple):
    """Where the later parts of an entry stand.

    Attributes:
        way: `INSIDE` or `OUTSIDE` of its item.
        entry: the entry.
        span: the first line of it that is outside; else the entry.
        columns: how far that line is indented, or the first one inside.
        wanted: how far it should be.
    """

    way: str
    entry: Entry
    span: Span
    columns: int
    wanted: int


def continuations(document: Document, entry: Entry) -> Sequence[Continuation]:
    """Where the later parts of an entry stand, if it is an item and has some."""
    if entry.outdents:
        line = document.lines.line(entry.outdents[0].start)
        span = Span(entry.outdents[0].end, document.lines.span(line).end)
        columns = len(document.slice(entry.outdents[0]))
        return (Continuation(OUTSIDE, entry, span, columns, len(entry.indent)),)
    if entry.line == entry.end_line or entry.kind not in ("bullet", "ordered"):
        return ()
    inside = _columns_inside(document, entry)
    if inside is None:
        return ()
    return (Continuation(INSIDE, entry, entry.span, inside, len(entry.indent)),)


def _columns_inside(document: Document, entry: Entry) -> int | None:
    """How far the second block of an item is indented: after a blank line, or a sub-item."""
    is_apart = False
    for line in range(entry.line + 1, entry.end_line + 1):
        content = document.lines.content(line)
        shown = content.lstrip(_LEAD)
        if shown and (is_apart or _SUB_ITEM.match(shown)):
            return len(content) - len(shown)
        is_apart = is_apart or not shown
    return None


def odd_continuations(document: Document) -> Iterator[Odd[Continuation]]:
    """The entries whose later parts fall out of their items, where that is not the list's way.

    Where a line is indented as far as others that stand inside, it was meant to, whatever most
    of the list does: three blanks are enough under `9.` and too few under `10.`.
    """
    if not any(entry.outdents for entry in document.entries):
        return
    convention = learn(document, continuations)
    told: set[Span] = set()
    for odd in convention.odd():
        if odd.wanted == INSIDE:
            told.add(odd.use.span)
            yield odd
    uses = [use for section in convention.sections for use in section.uses]
    enough = {_indentation(document, use) for use in uses if use.way == INSIDE}
    for use in uses:
        is_meant = use.way == OUTSIDE and _indentation(document, use) in enough
        if is_meant and use.span not in told:
            yield Odd(use, INSIDE, "")


def _indentation(document: Document, use: Continuation) -> tuple[str, int, int]:
    """How an entry is written, and how far it and its later parts are indented."""
    return use.entry.kind, document.place(use.entry.span.start).column, use.columns


def indented(entry: Entry) -> tuple[Edit, ...]:
    """The edits that put the later parts of an entry into its item."""
    return tuple(Edit(missing, entry.indent) for missing in entry.outdents)
