"""Rows of tables and items of lists in HTML, where Markdown is not read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from peftlint.htmltag import Tag, tags
from peftlint.markdown.node import Block, Node, NodeKind
from peftlint.reading.aside import leads_to_paper
from peftlint.reading.column import column_of, links_in, shown_in
from peftlint.reading.entry import read_fields
from peftlint.reading.evidence import Judgement, is_distinct, judge
from peftlint.reading.field import Fields
from peftlint.reading.part import PartReader
from peftlint.reading.table import TableReader
from peftlint.regex import regex
from peftlint.source import Lines
from peftlint.value import NamedTuple

_MARKS: dict[str, NodeKind] = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
#: Tags that the reader of inline content knows.
_CELLS = frozenset(("td", "th", "tr", "li", "p"))
_INLINE = frozenset(("a", "img"))
#: Tags that end a line.
_BREAKS = frozenset(("br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"))
#: Marks nested deeper than this are not looked at.
_DEEPEST = 20
#: Of the rows or columns that a cell takes.
_MOST_DIGITS = 2
#: A table that anybody reads has fewer; cells beyond reach into nothing.
_MOST_COLUMNS = 30
_HAS_ROWS = regex(r"<(?:tr|li)\b", re.IGNORECASE)
_ENTITY = regex(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")


class Row(NamedTuple):
    """A row or an item, what it says, and whether that is a work."""

    block: Block
    fields: Fields
    judgement: Judgement


def read_html_rows(blocks: Sequence[Block], lines: Lines) -> Iterator[Row]:
    """The rows and items in some blocks of HTML that may be entries.

    Args:
        blocks: of kind `html`; a blank line inside a table begins another.
        lines: those of the whole text.
    """
    table = Block("table", blocks[0].line, blocks[-1].end_line)
    for block in blocks:
        table.children.extend(_elements("tr", block, lines))
        for item in _elements("li", block, lines):
            fields = read_fields(PartReader().read(item.children[0].nodes))
            yield Row(item, fields, _judged(fields, is_distinct(fields)))
        if not _HAS_ROWS.search(block.text):
            yield from _paragraphs(block, lines)
    _find_head(table.children)
    reader = TableReader(table)
    rows = list(reader.rows() or ())
    # Without words in its head, a table in HTML may be there for its looks.
    papers = sum(leads_to_paper(fields) for _, fields in rows)
    is_list = reader.is_named or 2 * papers >= len(rows)
    if rows and is_list:
        for row in reader.head:
            yield Row(row, Fields(()), Judgement(False, "the head of a table"))
    for row, fields in rows:
        yield Row(row, fields, _judged(fields, is_list))


def _paragraphs(block: Block, lines: Lines) -> Iterator[Row]:
    """The paragraphs that show a title, who wrote it or where it appeared, and its paper."""
    for paragraph in _elements("p", block, lines):
        fields = read_fields(PartReader().read(paragraph.children[0].nodes))
        appeared = fields.authors or fields.venue_is_known
        if appeared and leads_to_paper(fields):
            yield Row(paragraph, fields, judge(fields))


def _judged(fields: Fields, is_list: bool) -> Judgement:
    if fields.title is None:
        return Judgement(False, fields.read_by.get("entry", "it shows no title"))
    if not is_list:
        return Judgement(False, "HTML that shows no works")
    judgement = judge(fields)
    # In a table of works a row may show a name and nothing else.
    return judgement if judgement.is_work else Judgement(True, "it is a row of a table of works")


def _find_head(rows: Sequence[Block]) -> None:
    """Mark the first row as the head where its cells are none, but name columns."""
    if not rows or any(row.is_header for row in rows):
        return
    cells = rows[0].children
    names = sum(column_of(shown_in(cell)) is not None for cell in cells)
    rows[0].is_header = names > 1 and not any(links_in(cell.nodes) for cell in cells)


def _elements(name: str, block: Block, lines: Lines) -> Iterator[Block]:
    """Rows or items that are closed in the same block, and hold no other of their kind."""
    opening: Tag | None = None
    #: How many more rows each column's cell reaches into.
    reach: dict[int, int] = {}
    inside: list[Tag] = []
    for tag in tags(block.text):
        if tag.name != name:
            inside.append(tag)
        elif not tag.is_closing:
            opening = tag
            inside = []
        elif opening is not None:
            start, end = block.start + opening.start, block.start + tag.end
            row = Block("row", lines.line(start), lines.line(end - 1))
            row.start, row.end = start, end
            cells = _cells(block, [opening, *inside, tag])
            row.children = (
                _in_columns(cells, reach) if name == "tr" else [cell for cell, _ in cells]
            )
            # A head that spans the table is a category's name.
            names = [cell.name for cell in inside]
            row.is_header = len(row.children) > 1 and "td" not in names
            if row.children:
                yield row
            opening = None


def _in_columns(cells: Iterable[tuple[Block, Tag]], reach: dict[int, int]) -> list[Block]:
    """The cells of a row, each in its column; an empty one where one from above reaches."""
    found: list[Block] = []
    for cell, tag in cells:
        while reach.get(len(found), 0):
            reach[len(found)] -= 1
            found.append(_empty(cell.start))
        rows = _number(tag, "rowspan")
        columns = _number(tag, "colspan")
        for number in range(min(columns, max(1, _MOST_COLUMNS - len(found)))):
            reach[len(found)] = rows - 1 if len(found) < _MOST_COLUMNS else 0
            found.append(_empty(cell.end) if number else cell)
    while found and reach.get(len(found), 0):
        reach[len(found)] -= 1
        found.append(_empty(found[-1].end))
    return found


def _empty(place: int) -> Block:
    cell = Block("cell", 0, 0)
    cell.start = cell.end = place
    return cell


def _number(tag: Tag, name: str) -> int:
    """How many rows or columns a cell takes, within reason."""
    attribute = tag.attributes.get(name)
    shown = attribute.value.strip() if attribute else ""
    is_number = shown.isascii() and shown.isdigit() and len(shown) <= _MOST_DIGITS
    return max(1, int(shown)) if is_number else 1


def _cells(block: Block, inside: Sequence[Tag]) -> Iterator[tuple[Block, Tag]]:
    """The cells of a row, or an item as one cell; `inside` is its tags, its own included."""
    first = -1
    for index, tag in enumerate(inside):
        if tag.name not in _CELLS:
            continue
        if first >= 0:
            start, end = inside[first].end, tag.start
            cell = Block("cell", 0, 0)
            cell.start, cell.end = block.start + start, block.start + end
            cell.nodes = _nodes(block, inside[first + 1 : index], start, end)
            yield cell, inside[first]
        first = -1 if tag.is_closing or tag.name == "tr" else index


def _nodes(block: Block, inside: Sequence[Tag], start: int, end: int) -> list[Node]:
    """The inline content between two offsets of a block's source."""
    base, source = block.start, block.text
    top: list[Node] = []
    into = top
    stack: list[tuple[str, Node, list[Node]]] = []
    at = start
    for tag in inside:
        into.extend(_text(source, base, at, tag.start))
        at = tag.end
        first, last = base + tag.start, base + tag.end
        if tag.name in _INLINE or tag.name == "!--":
            into.append(Node("html", first, last, source[tag.start : tag.end]))
        elif tag.name in _BREAKS:
            into.append(Node("break", first, last, "hard"))
        elif tag.name in _MARKS and not tag.is_closing and len(stack) < _DEEPEST:
            node = Node(_MARKS[tag.name], first, last)
            node.inner_start = node.inner_end = last
            into.append(node)
            stack.append((tag.name, node, into))
            node.children = into = []
        elif stack and tag.is_closing and tag.name == stack[-1][0]:
            _, node, into = stack.pop()
            node.inner_end, node.end = first, last
            node.close()
    into.extend(_text(source, base, at, end))
    for _, node, _ in reversed(stack):
        node.inner_end = node.end = base + end
        node.close()
    return top


def _text(source: str, base: int, start: int, end: int) -> Iterator[Node]:
    """The text between two tags: as written, but for entities."""
    at = start
    for match in _ENTITY.finditer(source, start, end):
        if match.start() > at:
            yield Node("text", base + at, base + match.start(), source[at : match.start()])
        shown = html.unescape(match[0])
        yield Node("special", base + match.start(), base + match.end(), shown)
        at = match.end()
    if at < end:
        yield Node("text", base + at, base + end, source[at:end])
