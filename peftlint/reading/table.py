"""Tables whose rows are entries, written with bars or in HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint import date, people, venue
from peftlint.markdown.node import Block
from peftlint.model import Text, Year
from peftlint.reading.appearance import find_year, read_appearance
from peftlint.reading.aside import points_to_list
from peftlint.reading.author import find_cited
from peftlint.reading.column import Column, column_of, columns_of, links_in, shown_in, title_column
from peftlint.reading.entry import read_fields
from peftlint.reading.field import Fields
from peftlint.reading.part import Part, PartReader
from peftlint.reading.quotation import tidy
from peftlint.reading.run import run_of
from peftlint.regex import regex
from peftlint.role import url_role
from peftlint.source import Span

#: `22.02` in a column of dates.
_MONTH = regex(r"([0-4]\d)[./-](?:0?[1-9]|1[0-2])")
#: The columns that tell anything of a work beside its title.
_TOLD_BESIDE = ("authors", "name", "date", "venue")
#: What a cell holds where it holds nothing.
_NOTHING = frozenset(
    ("", "-", "--", "/", "null", "none", "n/a", "na", "nan", "tbd", "\u2013", "\u2014", "x")
)


class TableReader:
    """Reads the rows of one table.

    Args:
        table: a block of kind `table`.

    Attributes:
        head: its header rows.
    """

    def __init__(self, table: Block) -> None:
        self.head = [row for row in table.children if row.is_header]
        if self.head and _is_work(self.head[0]):
            # Markdown wants a header; who has none writes the first work there.
            self.head = []
        self.body = [row for row in table.children if not (self.head and row.is_header)]
        self.columns: list[Column | None] = []
        self.names = [shown_in(cell) for cell in self.head[-1].children] if self.head else []
        #: The columns that tell anything beside the title, by their place, and what told so.
        self.beside: list[tuple[int, Column, str]] = []

    def rows(self) -> Iterator[tuple[Block, Fields]] | None:
        """Each body row with its fields, or `None` where the table is no list of works."""
        if not self.body:
            return None
        self.columns = columns_of(self.head[-1] if self.head else None, self.body)
        self.beside = [
            (index, column, self._told(index))
            for index, column in enumerate(self.columns)
            if column is not None and column in _TOLD_BESIDE
        ]
        named = {column_of(name) for name in self.names}
        title = title_column(self.columns, self.body, named)
        if title is None:
            return None
        return ((row, self._read(row, title)) for row in self.body)

    @property
    def is_named(self) -> bool:
        """Whether a header names what only tables of works have."""
        named = {column_of(shown_in(cell)) for row in self.head for cell in row.children}
        return bool(named & {"title", "paper", "authors", "venue"})

    def _read(self, row: Block, title: int) -> Fields:
        """The fields of a row, whose parts are those of all its cells."""
        reader = PartReader()
        bounds: list[tuple[int, int]] = []
        for index, cell in enumerate(row.children):
            if index:
                reader.boundary("cell", max(cell.start, 0))
            first = len(reader.parts)
            reader.read(cell.nodes)
            bounds.append((first, len(reader.parts)))
        parts = reader.parts
        if title >= len(bounds):
            return Fields(parts)
        if _is_category(row):
            return _no_work(parts, "a category: only one cell is filled, without a link")
        first, last = bounds[title]
        fields = read_fields(parts[first:last], in_cell=True)
        if fields.title is None and "name" in self.columns[: len(bounds)]:
            # Only a link stands where the title should: the name is what the row shows.
            title = self.columns.index("name")
            first, last = bounds[title]
            fields = read_fields(parts[first:last], in_cell=True)
        fields.stand_among(parts)
        fields.title_index += first
        fields.authors_index += first if fields.authors_index >= 0 else 0
        if fields.title is None or fields.title.text.casefold() in _NOTHING:
            return Fields(parts)
        if points_to_list(fields):
            return _no_work(parts, "it points to another list")
        if name := "".join(self.names[title : title + 1]):
            fields.read_by["title"] += f", in the column '{name}'"
        for index, column, told in self.beside:
            if index != title and index < len(bounds):
                first, last = bounds[index]
                _add_column(fields, column, parts[first:last], told)
        return fields

    def _told(self, index: int) -> str:
        """What told what a column holds, for people."""
        name = self.names[index] if index < len(self.names) else ""
        column = f"the column '{name}'" if name else "a column without a name"
        return column if column_of(name) else f"{column}, by what most of its cells hold"


def _no_work(parts: Sequence[Part], reason: str) -> Fields:
    """The fields of a row that is no work, and why it is none."""
    fields = Fields(parts)
    fields.read_by["entry"] = reason
    return fields


def _is_work(head: Block) -> bool:
    """Whether a header row names no column and leads to a paper."""
    if any(column_of(shown_in(cell)) for cell in head.children):
        return False
    urls = [url for cell in head.children for _, url in links_in(cell.nodes)]
    return any(url_role(url) == "paper" for url in urls)


def _is_category(row: Block) -> bool:
    """Whether a row is a name that spans the table, for the rows below it."""
    filled = 0
    for cell in row.children:
        filled += _is_filled(cell)
        if filled > 1:
            # Nearly all rows.
            return False
    return filled == 1 and not any(links_in(cell.nodes) for cell in row.children)


def _is_filled(cell: Block) -> bool:
    """Whether a reader sees anything in a cell."""
    for node in cell.nodes:  # noqa: SIM110 - `any` takes three times as long for so few
        if node.shown().strip():
            return True
    return False


def _add_column(fields: Fields, column: Column, parts: Sequence[Part], told: str) -> None:
    """Add what a cell beside the title's says; `told` is what told what its column holds."""
    shown = " ".join("".join([part.text for part in parts if part.badge is None]).split())
    if shown.casefold() in _NOTHING:
        return
    span = Span(parts[0].start, parts[-1].end)
    if column == "authors" and not fields.authors:
        fields.authors = tuple(Text(author.name, span) for author in people.names(shown))
        fields.authors_span = span
        fields.read_by["authors"] = told
    elif column == "name" and fields.name is None:
        fields.name = Text(tidy(shown), span)
        fields.read_by["name"] = told
        run = run_of(parts[0])
        if not fields.authors and find_cited(fields, run):
            # `ELMo (Kitaev and Klein, 2018)`
            find_year(fields)
    elif column in ("date", "venue"):
        year, appeared = fields.year, fields.venue
        _add_appearance(fields, column, shown, parts)
        if fields.year is not year:
            fields.read_by["year"] = told
        if fields.venue is not appeared:
            fields.read_by["venue"] = told


def _add_appearance(fields: Fields, column: Column, shown: str, parts: Sequence[Part]) -> None:
    span = Span(parts[0].start, parts[-1].end)
    placed = read_appearance(parts[0]) if len(parts) == 1 else None
    read = placed or venue.read(shown)
    month = _MONTH.fullmatch(shown) if column == "date" and read.year is None else None
    # Of two dates, the venue's tells.
    if read.year is not None and (fields.year is None or column == "venue"):
        fields.year = Year(read.year, read.year_span if placed else span)
    elif month and fields.year is None and placed:
        at = parts[0].text.find(month[1])
        fields.year = Year(date.full_year(month[1]), parts[0].place(at, at + 2))
    if fields.venue is not None:
        return
    if read.venue and (column == "venue" or read.is_known):
        fields.venue = Text(read.venue, span)
    elif column == "venue" and read.year is None and any(map(str.isalpha, shown)):
        fields.venue = Text(tidy(shown), span)
