"""Pipe tables whose rows are entries: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peftlint import people, venue
from peftlint.field import FieldReader, Fields, tidy
from peftlint.markdown import Block
from peftlint.model import Text, Year
from peftlint.part import Part, PartReader
from peftlint.role import label_role
from peftlint.source import Span

_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("authors", re.compile(r"authors?|作者", re.IGNORECASE)),
    (
        "title",
        re.compile(
            r"(?:paper|article|work)(?:'s)?[ -]?(?:title|name)s?|titles?|题目|标题|论文(?:名|标题)?",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(r"(?:publish(?:ed)? ?)?(?:date|year|time)s?|年份|时间|日期", re.IGNORECASE),
    ),
    (
        "venue",
        re.compile(
            r"(?:publish(?:ed|er)?|publications?|venues?|conferences?|journals?|published in|source|会议|期刊)(?: ?/ ?\w+)?",
            re.IGNORECASE,
        ),
    ),
    (
        "links",
        re.compile(
            r"(?:links?|codes?|github|repos?(?:itory)?|projects?|pdf|arxiv|url|web(?:site)?|paper links?|(?:data ?set )?links?|resources?|note|stars?)(?: ?[/&] ?\w+)*",
            re.IGNORECASE,
        ),
    ),
    ("paper", re.compile(r"papers?|articles?|works?|publications?|论文", re.IGNORECASE)),
    (
        "name",
        re.compile(
            r"(?:model|method|name|data ?sets?|benchmarks?|tools?|abbr(?:eviation)?|framework|system|resource|title ?& ?authors|方法|模型|数据集)s?(?: name)?",
            re.IGNORECASE,
        ),
    ),
)
_NOTHING = frozenset(
    {"", "-", "--", "/", "null", "none", "n/a", "na", "tbd", "\u2013", "\u2014", "x"}
)


def column_role(header: str) -> str | None:
    """What a column holds by its header word; `None` where the word says nothing."""
    bare = re.sub(r"[^\w\s/&'-]+", " ", header).strip()
    for name, pattern in _HEADERS:
        if pattern.fullmatch(bare):
            return name
    return None


class TableReader:
    """Reads the rows of one table.

    Args:
        table: a block of kind `table`.
        text: the text that its places point into.
    """

    def __init__(self, table: Block, text: str) -> None:
        self.table = table
        self.text = text

    def rows(self) -> Iterator[tuple[Block, list[Part], Fields]] | None:
        """Each body row with its parts and fields, or `None` where the table is no list of works."""
        header = next((row for row in self.table.children if row.is_header), None)
        body = [row for row in self.table.children if not row.is_header]
        if header is None or not body:
            return None
        roles = [
            column_role("".join(node.shown() for node in cell.nodes)) for cell in header.children
        ]
        title = self._title_column(roles, body)
        if title is None:
            return None
        return self._read(body, roles, title)

    def _title_column(self, roles: Sequence[str | None], body: Sequence[Block]) -> int | None:
        linked = [False] * len(roles)
        worded = [0.0] * len(roles)
        any_link = False
        for row in body:
            for index, cell in enumerate(row.children[: len(roles)]):
                shown = ""
                for node in cell.nodes:
                    if node.kind == "link" and node.url and not node.url.startswith("#"):
                        any_link = True
                        if label_role(node.shown()) is None and len(node.shown().split()) > 1:
                            linked[index] = True
                    shown += node.shown()
                worded[index] += len(shown.split()) / len(body)
        if not any_link:
            return None
        if "title" in roles:
            return roles.index("title")
        if "paper" in roles and worded[roles.index("paper")] > 2:  # noqa: PLR2004 - words, not "PDF"
            return roles.index("paper")
        titled = [index for index, is_linked in enumerate(linked) if is_linked]
        if titled:
            return max(titled, key=lambda index: worded[index])
        if "name" in roles:
            return roles.index("name")
        if "paper" in roles:
            return 0 if roles.index("paper") else None
        return None

    def _read(
        self, body: Sequence[Block], roles: Sequence[str | None], title: int
    ) -> Iterator[tuple[Block, list[Part], Fields]]:
        for row in body:
            reader = PartReader(self.text)
            bounds: list[tuple[int, int]] = []
            for cell in row.children:
                start = len(reader.parts)
                if reader.parts:
                    reader.boundary("cell", max(cell.start, 0))
                    start += 1
                reader.read(cell.nodes)
                bounds.append((start, len(reader.parts)))
            parts = reader.parts
            yield row, parts, self._fields(parts, bounds, roles, title)

    def _fields(
        self,
        parts: list[Part],
        bounds: Sequence[tuple[int, int]],
        roles: Sequence[str | None],
        title: int,
    ) -> Fields:
        if title >= len(bounds):
            return Fields()
        start, stop = bounds[title]
        fields = FieldReader(parts[start:stop], in_cell=True).read()
        fields.title_index += start
        if fields.authors_index >= 0:
            fields.authors_index += start
        if fields.title is not None and fields.title.text.casefold() in _NOTHING:
            fields.title = None
        for index, (first, last) in enumerate(bounds[: len(roles)]):
            if index == title:
                continue
            shown = " ".join(
                "".join(part.text for part in parts[first:last] if part.badge is None).split()
            )
            if shown.strip().casefold() in _NOTHING:
                continue
            span = _cell_span(parts[first:last])
            self._column(fields, roles[index], shown, span, parts[first:last])
        return fields

    def _column(
        self, fields: Fields, column: str | None, shown: str, span: Span, parts: Sequence[Part]
    ) -> None:
        if column == "authors" and not fields.authors:
            fields.authors = tuple(Text(author.name, span) for author in people.names(shown))
            fields.authors_span = span
        elif column in ("date", "venue"):
            self._appearance(fields, column, shown, span, parts)
        elif column == "name" and fields.name is None:
            fields.name = Text(tidy(shown), span)

    def _appearance(
        self, fields: Fields, column: str, shown: str, span: Span, parts: Sequence[Part]
    ) -> None:
        read = venue.read(shown)
        part = parts[0] if len(parts) == 1 and parts[0].inner >= 0 else None
        if read.year and fields.year is None:
            place = Span(part.inner + read.year_start, part.inner + read.year_end) if part else span
            fields.year = Year(read.year, place)
        if column == "venue" and fields.venue is None:
            name = read.venue or ("" if read.year else tidy(shown))
            if name:
                fields.venue = Text(name, span)
        elif read.is_known and read.venue and fields.venue is None:
            fields.venue = Text(read.venue, span)


def _cell_span(parts: Sequence[Part]) -> Span:
    return Span(parts[0].start, parts[-1].end) if parts else Span(0, 0)
