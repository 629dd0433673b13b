"""The columns of a table as a template: what rows have in each, and how it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint.layout.named import Layout
from peftlint.layout.template import LayoutError, parse
from peftlint.layout.written import TITLE, date_span, id_spans
from peftlint.model import Document, Entry, Link
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.style.layout import unmarked

_BAR = regex(r"(?<!\\)\|")
_SPECIAL = regex(r"[\\{}|@]")
#: What a cell holds that holds nothing.
_FILLERS = frozenset(("-", "--", "\u2013", "\u2014", "/", "n/a", "N/A", "None"))
#: A way of writing a cell is one if so many of the rows have it.
_FREQUENT = 0.1
_MOST_WAYS = 4
_ROLES = ("paper", "code", "project", "data")
_NUMBER = regex(r"\d{1,6}")
#: Beside these nothing stands in a pattern.
_MARKS = regex(r"(?:[\s*_`~()\[\].,:;/'\"-]|<br ?/?>)*")


class _Cell(NamedTuple):
    """A cell: its text as a template, and the links in it."""

    pattern: str
    fields: tuple[str, ...]
    links: tuple[Link, ...]
    text: str


class Columns(NamedTuple):
    """How rows of a table are written.

    Attributes:
        layout: for one row.
        fillers: what a cell of each column holds where there is nothing; mostly nothing.
        counting: the column that counts the rows; `None` where none does.
        last: the greatest number in it.
        bar: what parts two cells.
        ends: whether rows begin, and whether they end, with a bar.
    """

    layout: Layout
    fillers: tuple[str, ...]
    counting: int | None
    last: int
    bar: str
    ends: tuple[bool, bool]

    def row(self, written: str, number: int) -> str:
        """A row as the table has it.

        Args:
            written: by the layout, the bar that opens it left out.
            number: how many new rows are before it.
        """
        cells = [cell.strip() for cell in _BAR.split(written)][: len(self.fillers)]
        cells += [""] * (len(self.fillers) - len(cells))
        if self.counting is not None:
            cells[self.counting] = str(self.last + 1 + number)
        cells = [cell or filler for cell, filler in zip(cells, self.fillers, strict=True)]
        blank = " " if " " in self.bar else ""
        opening = f"|{blank}" if self.ends[0] else ""
        return f"{opening}{self.bar.join(cells)}{f'{blank}|' if self.ends[1] else ''}"


def columns_of(document: Document, rows: Sequence[Entry]) -> Columns | str:
    """How the rows of a table are written, or why that cannot be told.

    Args:
        document: the list.
        rows: entries of one table.
    """
    table = [list(_cells(document, entry)) for entry in rows]
    width = max(map(len, table))
    named: set[str] = set()
    pieces: list[str] = []
    fillers: list[str] = []
    counting, last = None, 0
    for index in range(width):
        cells = [row[index] for row in table if index < len(row)]
        texts = [cell.text for cell in cells]
        is_count = all(map(_NUMBER.fullmatch, texts)) and len(set(texts)) == len(texts)
        if counting is None and index == 0 and is_count:
            counting, last = index, max(map(int, texts))
        pieces.append(_template(document, cells, named))
        fill = Counter(text for text in texts if text in _FILLERS or not text)
        fillers.append(fill.most_common(1)[0][0] if fill else "")
    try:
        layout = Layout("list", parse(f"| {' | '.join(pieces)} |", "list"))
    except LayoutError:
        return "the columns of its table cannot be told"
    line = document.lines.content(rows[-1].line).strip()
    blank = sum(text in (" ", "\t") for text in re.findall(r"\|(.)", line[:-1]))
    tight = 2 * blank < len(_BAR.findall(line[:-1]))
    bar = "|" if tight else " | "
    return Columns(
        layout, tuple(fillers), counting, last, bar, (line.startswith("|"), line.endswith("|"))
    )


def _cells(document: Document, entry: Entry) -> Iterator[_Cell]:
    text = document.text
    start, end = entry.span
    bars = [match.start() for match in _BAR.finditer(text, start, end)]
    if bars and not text[start : bars[0]].strip():
        start = bars.pop(0) + 1
    if bars and not text[bars[-1] + 1 : end].strip():
        end = bars.pop()
    edges = [start, *(bar + 1 for bar in bars)]
    places = sorted(_places(document, entry), key=lambda place: (place[0].start, -place[0].end))
    for first, last in zip(edges, [*bars, end], strict=True):
        pattern, at = "", first
        fields: list[str] = []
        for span, name in places:
            if span.start < at or span.end > last:
                continue
            pattern += f"{_literal(text[at : span.start])}{{{name}}}"
            fields.append(name)
            at = span.end
        pattern += _literal(text[at:last])
        inside = Span(first, last)
        links = tuple(
            link
            for link in entry.links
            if inside.contains(link.span) and link.label != TITLE and link.badge is None
        )
        yield _Cell(" ".join(pattern.split()), tuple(fields), links, text[first:last].strip())


def _places(document: Document, entry: Entry) -> Iterator[tuple[Span, str]]:
    """Where fields stand, links aside."""
    opened = next((one for one in entry.links if one.label == TITLE and one.form == "inline"), None)
    if opened is not None and opened.url_span is not None:
        yield _inner(document, opened.label_span), "title"
        yield opened.url_span, "url"
    else:
        yield _inner(document, entry.title.span), "title"
    if entry.authors_span is not None:
        yield entry.authors_span, "authors"
    if entry.venue is not None:
        yield entry.venue.span, "venue"
    if entry.year is not None:
        yield date_span(document, entry.year.span) or entry.year.span, "year"
    for span in id_spans(document, entry):
        yield span, "ids.arxiv"


def _inner(document: Document, span: Span) -> Span:
    """The place of a field's text without the marks around it."""
    written = document.slice(span)
    shown = unmarked(written)[0]
    at = span.start + written.find(shown)
    return Span(at, at + len(shown))


def _literal(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _template(document: Document, cells: Sequence[_Cell], named: set[str]) -> str:
    """What a column has, of which nothing is in an earlier one."""
    with_fields = [cell for cell in cells if set(cell.fields) - named]
    with_links = [cell for cell in cells if cell.links]
    if len(with_links) >= _FREQUENT * len(cells) and len(with_links) > len(with_fields):
        return _links(document, with_links, named)
    if not with_fields:
        return ""
    ways = Counter(
        (cell.pattern, cell.fields)
        for cell in with_fields
        if not named & set(cell.fields)
        and len(set(cell.fields)) == len(cell.fields)
        and _MARKS.fullmatch(re.sub(r"\{[a-z.]+\}", "", cell.pattern))
    )
    least = max(1, _FREQUENT * len(with_fields))
    usual = [way for way, count in ways.most_common(_MOST_WAYS) if count >= least]
    usual.sort(key=lambda way: -len(way[1]))
    fields = list(dict.fromkeys(field for cell in with_fields for field in cell.fields))
    fields = [field for field in fields if field not in named]
    shown = [_with_sample(pattern) for pattern, _ in usual]
    singles = {names[0] for _, names in usual if len(names) == 1}
    shown += [_with_sample(f"{{{field}}}") for field in fields if field not in singles | {"url"}]
    named.update(fields)
    return f"{{{'|'.join(shown)}}}"


def _with_sample(pattern: str) -> str:
    return pattern.replace("{authors}", "{authors:@, @}")


def _links(document: Document, cells: Sequence[_Cell], named: set[str]) -> str:
    """A column of links: those of one role, or all that have no column."""
    roles = Counter(link.role for cell in cells for link in cell.links)
    role, count = roles.most_common(1)[0]
    is_one = role in _ROLES and 4 * count >= 3 * roles.total()
    name = f"links.{role}" if is_one else "links"
    if name in named:
        return ""
    named.add(name)
    text = document.text
    openings, middles = Counter[tuple[str, str]](), Counter[str]()
    for cell in cells:
        first, last = cell.links[0], cell.links[-1]
        opening = text[first.outer_span.start : first.span.start]
        openings[opening, text[last.span.end : last.outer_span.end]] += 1
        for one, two in zip(cell.links, cell.links[1:], strict=False):
            middle = text[one.outer_span.end : two.outer_span.start]
            middles[middle if _MARKS.fullmatch(middle) or "<br" in middle else " "] += 1
    (opening, closing), _ = openings.most_common(1)[0]
    middle = middles.most_common(1)[0][0] if middles else " "
    opening, middle, closing = map(_literal, (opening, middle, closing))
    return f"{{{name}:{opening}@{closing}{middle}{opening}@{closing}}}"
