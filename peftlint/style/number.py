"""How the entries of a numbered list are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from peftlint.model import Document, Entry, Text
from peftlint.regex import regex
from peftlint.source import Edit
from peftlint.value import NamedTuple, Value

#: What a line may begin with before its marker, block quotes included.
_LEAD = " \t>"
_ITEM = regex(r"(?P<number>\d{1,9})[.)](?P<text>\S?)")


class Numbered(Value):
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
        entries: those that are counted wrongly from there on, up to the next miscount; none where
            what is right is not known.
    """

    first: Numbered
    before: int | None
    entries: Sequence[Numbered]


def miscounts(document: Document) -> Iterator[Miscount]:
    """Where numbers skip, repeat or restart, or are not those that Markdown shows.

    Lists whose items mostly repeat one number leave the counting to Markdown. Those that mostly
    count down do so on purpose, though Markdown counts up: that is one miscount without entries.
    """
    for run in _runs(document):
        steps = [later.written - earlier.written for earlier, later in pairwise(run)]
        counts = Counter(steps)
        if counts[0] > max(counts[1], counts[-1]):
            continue
        if counts[-1] > counts[1]:
            yield Miscount(run[1], run[0].written, ())
            continue
        if not steps and run[0].written in (0, 1):
            continue
        breaks = {at for at, step in enumerate(steps, 1) if step != 1}
        before: int | None = None
        if run[0].written != run[0].shown:
            item = _item_before(document, run[0])
            if item is not None and item["text"]:
                # It is no item for want of a blank; with one, all may be right.
                continue
            before = int(item["number"]) if item is not None else None
            if before is not None and abs(run[0].written - before) == 1:
                # What went wrong is further up, in what is no entry.
                continue
            breaks.add(0)
        # Several in a row are one.
        starts = sorted(at for at in breaks if at - 1 not in breaks)
        for start, end in pairwise([*starts, len(run)]):
            wrong = [one for one in run[start:end] if one.written != one.right]
            yield Miscount(run[start], run[start - 1].written if start else before, wrong)


def _runs(document: Document) -> Iterator[list[Numbered]]:
    """Numbered entries that follow each other with nothing between but what is nested in them."""
    for section in document.sections:
        #: Each with the column of its markers.
        open_runs: list[tuple[int, list[Numbered]]] = []
        for entry in section.entries:
            marker = entry.marker
            if entry.kind != "ordered" or marker is None or entry.number is None:
                continue
            column = _column(document, marker)
            while open_runs and open_runs[-1][0] > column:
                yield open_runs.pop()[1]
            if not open_runs or open_runs[-1][0] < column:
                open_runs.append((column, []))
            elif not _follows(document, open_runs[-1][1][-1], entry, marker, column):
                yield open_runs.pop()[1]
                open_runs.append((column, []))
            run = open_runs[-1][1]
            right = run[-1].right + 1 if run else entry.number
            run.append(Numbered(entry, marker, int(marker.text[:-1]), entry.number, right))
        yield from (run for _, run in open_runs)


def _item_before(document: Document, first: Numbered) -> re.Match[str] | None:
    """The number that the line before an entry in its column begins with, and text glued to it."""
    column = _column(document, first.marker)
    for line in range(first.entry.line - 1, 0, -1):
        content = document.lines.content(line)
        if content.strip() and _indentation(document, line) < column:
            return _ITEM.match(content, column - 1)
    return None


def _follows(document: Document, before: Numbered, entry: Entry, marker: Text, column: int) -> bool:
    """Whether nothing stands between two entries of a column but what is nested in the first."""
    if before.marker.text[-1] != marker.text[-1]:
        return False
    for line in range(before.entry.line + 1, entry.line):
        content = document.lines.content(line)
        if not content.strip() or _indentation(document, line) >= column:
            continue
        item = _ITEM.match(content, column - 1)
        if line > before.entry.end_line or (item is not None and item["text"]):
            return False
    return True


def _indentation(document: Document, line: int) -> int:
    content = document.lines.content(line)
    return len(content) - len(content.lstrip(_LEAD))


def _column(document: Document, marker: Text) -> int:
    return document.place(marker.span.start).column


def recounted(document: Document, miscount: Miscount) -> tuple[Edit, ...]:
    """The edits that give the entries of a miscount their right numbers."""
    return tuple(edit for one in miscount.entries for edit in _with_number(document, one))


def _with_number(document: Document, one: Numbered) -> Iterator[Edit]:
    """The edits for one entry; where its number gets longer its further lines follow."""
    entry = one.entry
    # `05.` stays as wide.
    width = len(one.marker.text) - 1 if one.marker.text.startswith("0") else 0
    number = str(one.right).zfill(width) + one.marker.text[-1]
    yield Edit(one.marker.span, number)
    longer = len(number) - len(one.marker.text)
    wanted = len(entry.indent) + longer
    for line in range(entry.line + 1, entry.end_line + 1):
        span = document.lines.span(line)
        shown = document.slice(span)
        blanks = len(shown) - len(shown.lstrip(" "))
        if shown.strip() and len(entry.indent) <= blanks < wanted:
            yield Edit(span.before, " " * (wanted - blanks))
