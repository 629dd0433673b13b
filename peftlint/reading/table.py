"""Pipe tables whose rows are entries: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from peftlint import people, venue
from peftlint.markdown.node import Block
from peftlint.model import Text, Year
from peftlint.reading.appearance import read_appearance
from peftlint.reading.entry import read_fields
from peftlint.reading.field import Fields
from peftlint.reading.part import Part, PartReader
from peftlint.reading.run import run_of
from peftlint.reading.title import tidy
from peftlint.role import label_role
from peftlint.source import Span

Column = Literal["authors", "title", "date", "venue", "links", "paper", "name"]

#: What the words of a header cell mean, the more exact first. The whole cell has to match.
_HEADERS: tuple[tuple[Column, str], ...] = (
    ("authors", r"authors?|作者"),
    (
        "title",
        r"(?:paper|article|work)(?:'s)?[ -]?(?:title|name)s?|titles?|题目|标题|论文(?:名|标题)?",
    ),
    ("date", r"(?:publish(?:ed)? ?)?(?:date|year|time)s?|年份|时间|日期"),
    (
        "venue",
        r"(?:publish(?:ed|er)?|publications?|venues?|conferences?|journals?|published in|source|"
        r"会议|期刊)(?: ?/ ?\w+)?",
    ),
    (
        "links",
        r"(?:links?|codes?|github|repos?(?:itory)?|projects?|pdf|arxiv|url|web(?:site)?|"
        r"paper links?|data ?set links?|resources?|note|stars?)(?: ?[/&] ?\w+)*",
    ),
    ("paper", r"papers?|articles?|works?|论文"),
    (
        "name",
        r"(?:model|method|name|data ?sets?|benchmarks?|tools?|abbr(?:eviation)?|framework|system|"
        r"resource|title ?& ?authors|方法|模型|数据集)s?(?: name)?",
    ),
)
_PATTERNS = tuple((column, re.compile(words, re.IGNORECASE)) for column, words in _HEADERS)
_HEADER_SYMBOLS = re.compile(r"[^\w\s/&'-]+")
#: What a cell holds where it holds nothing.
_NOTHING = frozenset(
    ("", "-", "--", "/", "null", "none", "n/a", "na", "tbd", "\u2013", "\u2014", "x")
)
#: A column of papers with fewer words than this holds `PDF`, not titles.
_FEWEST_TITLE_WORDS = 2


def column_of(header: str) -> Column | None:
    """What a column holds by its header; `None` where the words say nothing."""
    words = _HEADER_SYMBOLS.sub(" ", header).strip()
    return next((column for column, pattern in _PATTERNS if pattern.fullmatch(words)), None)


class TableReader:
    """Reads the rows of one table.

    Args:
        table: a block of kind `table`.
    """

    def __init__(self, table: Block) -> None:
        self.header = [row for row in table.children if row.is_header]
        self.body = [row for row in table.children if not row.is_header]
        self.columns: list[Column | None] = []

    def rows(self) -> Iterator[tuple[Block, Fields]] | None:
        """Each body row with its fields, or `None` where the table is no list of works."""
        if not self.header or not self.body:
            return None
        self.columns = [column_of(_shown(cell)) for cell in self.header[0].children]
        title = self._title_column()
        if title is None:
            return None
        return ((row, self._read(row, title)) for row in self.body)

    def _title_column(self) -> int | None:
        """Which column holds the titles; `None` where no cell leads anywhere."""
        columns = self.columns
        words = [0.0] * len(columns)
        linked: set[int] = set()
        leads_somewhere = False
        for row in self.body:
            for index, cell in enumerate(row.children[: len(columns)]):
                words[index] += len(_shown(cell).split()) / len(self.body)
                for node in cell.nodes:
                    if node.kind != "link" or not node.url or node.url.startswith("#"):
                        continue
                    leads_somewhere = True
                    shown = node.shown()
                    if label_role(shown) is None and len(shown.split()) > 1:
                        linked.add(index)
        if not leads_somewhere:
            return None
        if "title" in columns:
            return columns.index("title")
        if "paper" in columns and words[columns.index("paper")] > _FEWEST_TITLE_WORDS:
            return columns.index("paper")
        if linked:
            return max(linked, key=lambda index: words[index])
        if "name" in columns:
            return columns.index("name")
        return 0 if "paper" in columns[1:] else None

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
        first, last = bounds[title]
        fields = read_fields(parts[first:last], in_cell=True)
        fields.parts = parts
        fields.title_index += first
        fields.authors_index += first if fields.authors_index >= 0 else 0
        if fields.title is None or fields.title.text.casefold() in _NOTHING:
            return Fields(parts)
        for index, column in enumerate(self.columns):
            if index != title and index < len(bounds):
                _add_column(fields, column, parts[slice(*bounds[index])])
        return fields


def _shown(cell: Block) -> str:
    return "".join(node.shown() for node in cell.nodes)


def _add_column(fields: Fields, column: Column | None, parts: Sequence[Part]) -> None:
    """Add what a cell beside the title's says."""
    shown = " ".join("".join(part.text for part in parts if part.badge is None).split())
    if shown.casefold() in _NOTHING:
        return
    span = Span(parts[0].start, parts[-1].end)
    if column == "authors" and not fields.authors:
        fields.authors = tuple(Text(author.name, span) for author in people.names(shown))
        fields.authors_span = span
    elif column == "name" and fields.name is None:
        fields.name = Text(tidy(shown), span)
    elif column in ("date", "venue"):
        _add_appearance(fields, column, shown, parts)


def _add_appearance(fields: Fields, column: Column, shown: str, parts: Sequence[Part]) -> None:
    span = Span(parts[0].start, parts[-1].end)
    placed = read_appearance(run_of(parts[0])) if len(parts) == 1 else None
    read = placed or venue.read(shown)
    if read.year is not None and fields.year is None:
        fields.year = Year(read.year, read.year_span if placed else span)
    if fields.venue is not None:
        return
    if read.venue and (column == "venue" or read.is_known):
        fields.venue = Text(read.venue, span)
    elif column == "venue" and read.year is None:
        fields.venue = Text(tidy(shown), span)
