"""The tables of a list: which entries are their rows, and what their heads say.

The words of a head are names of columns. Where the rows of a table are written otherwise the old
head goes, so it is told here whether it says no more than which field a column holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from peftlint.layout.kept import says
from peftlint.layout.written import date_span
from peftlint.markdown.node import Block, Node
from peftlint.markdown.tree import parse
from peftlint.model import Document, Entry
from peftlint.reading.column import column_of, shown_in
from peftlint.regex import regex
from peftlint.role import label_role, url_role
from peftlint.source import Span

_TOKEN = regex(r"\w+|[^\w\s!-/:-@\[-`{-~]")
#: Where a picture or what it needs to be shown stands in a cell.
_IMAGE = regex(r"<(?:img|video|picture)\b", re.IGNORECASE)
#: What tables call their columns that a layout wrote, beside what all call them.
_OWN_NAMES = frozenset(("badges", "data"))
#: What names of columns are made of.
_TEXT = ("text", "special", "em", "strong", "code", "strike", "break")
#: In characters.
_LONGEST_EXCERPT = 30
#: What labels say that say nothing of where they lead.
_VAGUE = regex(
    r"links?|here|url|click(?: here)?|go|open|view|see|[\W_]*|\u94fe\u63a5", re.IGNORECASE
)


class ListTable(NamedTuple):
    """A table written with bars that has entries as rows.

    Attributes:
        block: the table as Markdown.
        entries: the places of its rows among the list's entries.
        rows: these rows as Markdown.
        head: its first and last line that are no row: names of columns, and the line below.
        names: what the columns are called; empty where the first line is an entry, too.
        is_inside: whether it stands in an item or a quote.
    """

    block: Block
    entries: tuple[int, ...]
    rows: tuple[Block, ...]
    head: tuple[int, int]
    names: tuple[str, ...]
    is_inside: bool


def tables(document: Document) -> list[ListTable]:
    """The tables of a list whose rows are entries, in order."""
    places = {
        entry.line: index
        for index, entry in enumerate(document.entries)
        if entry.kind == "table-row"
    }
    if not places:
        return []
    root = parse(document.text, document.lines)
    outer = {id(block) for block in root.children}
    found = []
    for block in root.tables:
        rows = tuple(row for row in block.children if row.line in places)
        if not rows:
            continue
        first = block.children[0]
        is_named = first.line not in places
        found.append(
            ListTable(
                block,
                tuple(places[row.line] for row in rows),
                rows,
                (first.line if is_named else first.line + 1, first.line + 1),
                tuple(map(shown_in, first.children)) if is_named else (),
                id(block) not in outer,
            )
        )
    return found


def obstacle(document: Document, table: ListTable) -> str | None:
    """Why the rows of a table cannot be written otherwise, for a person; `None` if they can."""
    if table.is_inside:
        return "its table stands inside an item or a quote"
    here = set(map(id, table.rows))
    for row in table.block.children:
        if id(row) not in here and (row.line > table.head[1]):
            return f"line {row.line} of its table is no entry"
    head = table.block.children[0]
    for name, cell in zip(table.names, head.children, strict=False):
        if any(node.kind not in _TEXT for node in cell.nodes):
            return f"the head of its column '{_excerpt(name)}' is more than words"
        if says(name) and not _is_name(name):
            beside = (column_without_field(document, table, index) for index in table.entries)
            more = f"'{_excerpt(name)}', the head of a column, says more than which field it holds"
            return next(filter(None, beside), more)
    for row in table.rows:
        if row.beyond and document.text[slice(*row.beyond)].strip(" \t|"):
            return f"line {row.line} of its table has more cells than the table has columns"
    return next(_told_by_columns(document, table), None)


def _is_name(head: str) -> bool:
    """Whether the head of a column says which field it holds, and no more."""
    if column_of(head) or head.casefold() in _OWN_NAMES:
        return True
    words = head.split()
    return len(words) == 2 and all(column_of(word) for word in words)  # noqa: PLR2004 - `Publication Date`


def column_without_field(document: Document, table: ListTable, index: int) -> str | None:
    """The first column of which an entry does not have all as fields, in words for a person.

    Args:
        document: the list.
        table: the entry's.
        index: its place among the entries of the list.
    """
    entry = document.entries[index]
    row = table.rows[bisect_left(table.entries, index)]
    fields = _words_of_fields(document, entry)
    beside = ""
    shown_as_such = [badge.outer_span for badge in entry.badges]
    shown_as_such += [link.span for link in entry.links]
    for number, cell in enumerate(row.children):
        shown = shown_in(cell)
        column = _column(table, number)
        pictures = (place for node in cell.nodes for place in _pictures(node))
        if any(not any(one.overlaps(place) for one in shown_as_such) for place in pictures):
            return f"{column} holds a picture, which is no field of an entry"
        words = Counter(_TOKEN.findall(shown))
        more = [word for word in words if word not in fields and says(word)]
        if more and len(more) == len(words):
            return f"{column} holds '{_excerpt(shown)}', which is no field of an entry"
        if more and not beside:
            beside = f"{column} holds more than a field: '{_excerpt(more[0])}'"
    return beside or None


def _pictures(node: Node) -> Iterator[Span]:
    """Where images stand in inline content, as Markdown or as HTML."""
    if node.kind == "image" or (node.kind == "html" and _IMAGE.match(node.text)):
        yield Span(node.start, node.end)
    for child in node.children:
        yield from _pictures(child)


def empty_cells(table: ListTable, index: int) -> Iterator[str]:
    """What stands in the cells of a row that hold nothing, such as a dash."""
    row = table.rows[bisect_left(table.entries, index)]
    return (shown for cell in row.children if (shown := shown_in(cell)) and not says(shown))


def _column(table: ListTable, number: int) -> str:
    name = table.names[number] if number < len(table.names) else ""
    return f"its column '{_excerpt(name)}'" if name else f"column {number + 1} of its table"


def _words_of_fields(document: Document, entry: Entry) -> frozenset[str]:
    """The words of an entry's fields."""
    shown = [entry.title.text, entry.name.text if entry.name else ""]
    shown += [author.text for author in entry.authors]
    if entry.authors_span is not None:
        shown.append(document.slice(entry.authors_span))
    shown += [entry.venue.text] if entry.venue else []
    if entry.year is not None:
        place = date_span(document, entry.year.span)
        shown += [str(entry.year.value), str(entry.year.value)[2:]]
        shown += [document.slice(place)] if place else []
    shown += [document.slice(link.span) for link in entry.links]
    shown += [link.label or "" for link in entry.links]
    shown += [one for ids in entry.ids.values() for one in ids]
    shown.append("arXiv arxiv")
    return frozenset(_TOKEN.findall(" ".join(shown)))


def _told_by_columns(document: Document, table: ListTable) -> Iterator[str]:
    """Why links cannot leave their columns: only these say where they lead."""
    for index, row in zip(table.entries, table.rows, strict=True):
        for link in document.entries[index].links:
            label = link.label
            if label is None or label == "@title" or link.badge or link.only_image:
                continue
            if not _VAGUE.fullmatch(label):
                continue
            column = next(
                (
                    n
                    for n, cell in enumerate(row.children)
                    if cell.start <= link.span.start < cell.end
                ),
                0,
            )
            named = label_role(table.names[column]) if column < len(table.names) else None
            if named and named != url_role(link.url or ""):
                yield f"only {_column(table, column)} says what its link '{_excerpt(label)}' is"


def _excerpt(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONGEST_EXCERPT else f"{shown[:_LONGEST_EXCERPT].rstrip()}..."
