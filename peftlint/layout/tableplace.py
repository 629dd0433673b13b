"""Where rows go: entries that become a table, and rows that leave theirs or stay in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from peftlint.layout.named import Layout
from peftlint.layout.roundtrip import head
from peftlint.layout.row import is_like
from peftlint.layout.tablehead import ListTable
from peftlint.markdown.tree import parse
from peftlint.model import Document, Entry
from peftlint.source import Edit, Span


class Placed(NamedTuple):
    """An entry that is a row, or becomes one.

    Attributes:
        entry: its place among the entries of the list.
        text: as it is written now, with line feeds.
        layout: in which.
    """

    entry: int
    text: str
    layout: Layout

    @property
    def is_row(self) -> bool:
        """Whether it is written as a row."""
        return self.layout.template.kind == "table-row"


def has_head(document: Document, table: ListTable, layout: Layout) -> bool:
    """Whether a table has the columns of a layout already, called as the layout calls them."""
    first, last = table.head
    names = head(layout.template).partition("\n")[0]
    return first < last and is_like(document.lines.content(first), names)


def off_ground(document: Document) -> dict[int, str]:
    """The places of items and paragraphs that cannot become rows where they stand, and why."""
    found: dict[int, str] = {}
    entries = [
        (index, entry)
        for index, entry in enumerate(document.entries)
        if entry.kind in ("bullet", "ordered", "paragraph")
    ]
    lines = {entry.line for _, entry in entries}
    items: dict[int, int] = {}
    plain: set[int] = set()
    for block in parse(document.text, document.lines).children:
        if block.kind in ("bullet-list", "ordered-list"):
            items.update((item.line, item.end_line) for item in block.children)
        elif block.kind != "quote":
            plain.update(range(block.line, block.end_line + 1))
    for index, entry in entries:
        end_line = items.get(entry.line, 0)
        if not end_line and entry.line not in plain:
            found[index] = "it stands inside another item or a quote"
        elif any(line in lines for line in range(entry.line + 1, end_line + 1)):
            found[index] = "other entries stand inside it"
        elif end_line > entry.end_line:
            found[index] = f"its item holds more than the entry, in line {entry.end_line + 1}"
    return found


class Heads(NamedTuple):
    """The heads of tables that go or come.

    Attributes:
        gone: the lines of the old list that are heads of tables and go.
        come: the places of entries that are the first rows of tables with a new head, each with
            the head's first line.
    """

    gone: frozenset[int]
    come: Mapping[int, str]


def edits(
    document: Document, tables: Sequence[ListTable], placed: Sequence[Placed]
) -> Iterator[Edit]:
    """The edits that write rows, with the heads and the blank lines that they need.

    Args:
        document: the list.
        tables: those in it whose rows are entries.
        placed: the rows, in order; all of a table where its head changes.
    """
    for table, rows in _by_table(tables, placed):
        yield from _in_table(document, table, rows)
    for run in _runs(document, placed):
        yield from _into_table(document, run)


def heads(document: Document, tables: Sequence[ListTable], placed: Sequence[Placed]) -> Heads:
    """The heads that go and come when `edits` are made."""
    gone: set[int] = set()
    come: dict[int, str] = {}
    for table, rows in _by_table(tables, placed):
        layout = rows[0].layout
        if rows[0].is_row and has_head(document, table, layout):
            continue
        if len(rows) < len(table.entries):
            # The other rows still need it.
            continue
        gone.update(range(table.head[0], table.head[1] + 1))
        if rows[0].is_row:
            come[table.entries[0]] = _names(layout)
    come.update((run[0].entry, _names(run[0].layout)) for run in _runs(document, placed))
    return Heads(frozenset(gone), come)


def head_lines(
    document: Document, tables: Sequence[ListTable], come: Mapping[int, str]
) -> frozenset[int]:
    """The lines of a new list that hold the heads which came, if they are as expected."""
    found: set[int] = set()
    for table in tables:
        names = come.get(table.entries[0])
        first, last = table.head
        if names is not None and is_like(document.lines.content(first), names):
            found.update(range(first, last + 1))
    return frozenset(found)


def _names(layout: Layout) -> str:
    return head(layout.template).partition("\n")[0]


def _by_table(
    tables: Sequence[ListTable], placed: Sequence[Placed]
) -> Iterator[tuple[ListTable, list[Placed]]]:
    """The tables of which rows are written, with these rows."""
    by_index = {one.entry: one for one in placed}
    for table in tables:
        rows = [by_index[index] for index in table.entries if index in by_index]
        if rows:
            yield table, rows


def _in_table(document: Document, table: ListTable, rows: Sequence[Placed]) -> Iterator[Edit]:
    """The edits of rows that were in a table."""
    newline = document.newline
    lines = document.lines
    start = lines.span(table.block.line).start
    first, last = table.head
    layout = rows[0].layout
    stays = rows[0].is_row
    if not (stays and has_head(document, table, layout)):
        if stays:
            yield Edit(Span(start, start), head(layout.template).replace("\n", newline) + newline)
        elif table.block.line > 1 and lines.content(table.block.line - 1).strip():
            yield Edit(Span(start, start), newline)
        yield Edit(lines.whole(first, last), "")
    for row in rows:
        text = row.text
        entry = document.entries[row.entry]
        is_last = row.entry == table.entries[-1]
        parts = "\n\n" in text or layout.template.kind == "paragraph" or is_last
        if not stays and parts and _is_followed(document, entry):
            text += "\n"
        span = entry.span if stays else _with_blanks(document, entry.span)
        yield Edit(span, text.replace("\n", newline))


def _with_blanks(document: Document, span: Span) -> Span:
    """A place with the blanks behind it at the end of its line."""
    end = document.lines.span(document.lines.line(span.end)).end
    return Span(span.start, span.end if document.text[span.end : end].strip() else end)


def _is_followed(document: Document, entry: Entry) -> bool:
    """Whether something stands in the line after an entry."""
    lines = document.lines
    return entry.end_line < len(lines) and bool(lines.content(entry.end_line + 1).strip())


def _runs(document: Document, placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Entries that become rows of one table: nothing but blank lines stands between them."""
    run: list[Placed] = []
    for one in placed:
        entry = document.entries[one.entry]
        if not one.is_row or entry.kind == "table-row":
            continue
        if run:
            last = document.entries[run[-1].entry]
            start = document.lines.span(entry.line).start
            between = document.text[last.span.end : start]
            if run[-1].layout != one.layout or between.strip():
                yield run
                run = []
        run.append(one)
    if run:
        yield run


def _into_table(document: Document, run: Sequence[Placed]) -> Iterator[Edit]:
    """The edits that make a table of entries."""
    newline = document.newline
    lines = document.lines
    first = document.entries[run[0].entry]
    start = lines.span(first.line).start
    above = first.line > 1 and lines.content(first.line - 1).strip()
    opening = f"{newline if above else ''}{head(run[0].layout.template)}{newline}"
    for one in run:
        entry = document.entries[one.entry]
        text = opening + one.text
        if one is run[-1] and _is_followed(document, entry):
            text += newline
        end = _with_blanks(document, entry.span).end
        yield Edit(Span(start, end), text.replace("\r\n", "\n").replace("\n", newline))
        start, opening = end, newline
