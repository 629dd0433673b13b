"""How the entries of a numbered list are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from peftlint.model import Document, Entry, Text
from peftlint.source import Edit, Span


class Numbered(NamedTuple):
    """An entry with a number.

    Attributes:
        entry: the entry.
        marker: what it opens with, `3.`.
        written: the number that its author wrote.
        shown: the number that Markdown shows.
        right: the number that it has by its place in the list.
    """

    entry: Entry
    marker: Text
    written: int
    shown: int
    right: int


class Miscount(NamedTuple):
    """Where the numbers of a list go wrong.

    Attributes:
        first: the entry with which it begins.
        before: the number written before it; `None` for the first of a list.
        entries: those that are counted wrongly from there on, up to the next miscount.
    """

    first: Numbered
    before: int | None
    entries: Sequence[Numbered]


def miscounts(document: Document) -> Iterator[Miscount]:
    """Where numbers skip, repeat or restart, or are not those that Markdown shows.

    Lists whose items mostly repeat one number leave the counting to Markdown.
    """
    for run in _runs(document):
        steps = [later.written - earlier.written for earlier, later in pairwise(run)]
        if steps.count(0) > steps.count(1) or (not steps and run[0].written in (0, 1)):
            continue
        breaks = {at for at, step in enumerate(steps, 1) if step != 1}
        if run[0].written != run[0].shown:
            breaks.add(0)
        # Several in a row are one: a list that counts down, say.
        starts = sorted(at for at in breaks if at - 1 not in breaks)
        for start, end in pairwise([*starts, len(run)]):
            wrong = [one for one in run[start:end] if one.written != one.right]
            before = run[start - 1].written if start else None
            yield Miscount(run[start], before, wrong)


def _runs(document: Document) -> Iterator[list[Numbered]]:
    """Numbered entries that follow each other with nothing between."""
    run: list[Numbered] = []
    for section in document.sections:
        for entry in section.entries:
            marker = entry.marker
            if entry.kind != "ordered" or marker is None or entry.number is None:
                continue
            if run and not _follows(document, run[-1], entry, marker):
                yield run
                run = []
            right = run[-1].right + 1 if run else entry.number
            written = int(marker.text[:-1])
            run.append(Numbered(entry, marker, written, entry.number, right))
    if run:
        yield run


def _follows(document: Document, before: Numbered, entry: Entry, marker: Text) -> bool:
    between = Span(before.entry.span.end, entry.span.start)
    return (
        before.marker.text[-1] == marker.text[-1]
        and _column(document, before.marker) == _column(document, marker)
        and not document.slice(between).strip()
    )


def _column(document: Document, marker: Text) -> int:
    return document.place(marker.span.start).column


def recounted(document: Document, miscount: Miscount) -> tuple[Edit, ...]:
    """The edits that give the entries of a miscount their right numbers."""
    return tuple(edit for one in miscount.entries for edit in _with_number(document, one))


def _with_number(document: Document, one: Numbered) -> Iterator[Edit]:
    """The edits for one entry; where its number gets longer its further lines follow."""
    entry = one.entry
    number = f"{one.right}{one.marker.text[-1]}"
    yield Edit(one.marker.span, number)
    longer = len(number) - len(one.marker.text)
    wanted = len(entry.indent) + longer
    for line in range(entry.line + 1, entry.end_line + 1):
        span = document.lines.span(line)
        shown = document.slice(span)
        blanks = len(shown) - len(shown.lstrip(" "))
        if shown.strip() and len(entry.indent) <= blanks < wanted:
            yield Edit(span.before, " " * (wanted - blanks))
