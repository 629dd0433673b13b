"""What is gathered of a list while its blocks are read, one after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from peftlint.markdown.node import Block, Node, Root
from peftlint.model import (
    Comment,
    Html,
    Link,
    Other,
    Table,
    TableRow,
)
from peftlint.reading.bracket import set_outer_spans
from peftlint.reading.entry import Where, make_entry, read_fields
from peftlint.reading.field import Fields
from peftlint.reading.gathered import Gathered
from peftlint.reading.markup import read_html
from peftlint.reading.part import Part, PartReader
from peftlint.reading.passage import passages
from peftlint.reading.shared import shared_columns
from peftlint.source import Lines, Span, span_of, trimmed
from peftlint.watch import Watch

LISTS = ("bullet-list", "ordered-list")
#: So many readings wait for their blocks at most.
_MOST_AHEAD = 1000
_COMMENT = "<!--"


class Page(Gathered):
    """The same while blocks are read: what they hold, and what is kept of it.

    Args:
        lines: those of the whole text.
        watch: is told after each entry.

    Attributes:
        ahead: what blocks say that were looked at before their turn.
        has_comments: whether a comment stands anywhere in the stretch that was gathered last.
    """

    def __init__(self, lines: Lines, watch: Watch | None = None) -> None:
        super().__init__(lines)
        self._watch = watch
        self.ahead: dict[tuple[Block, ...], Fields] = {}
        self.has_comments = False

    def gather(self, root: Root) -> None:
        """Keep what a stretch has besides what its blocks are read as.

        All of it becomes values: the blocks can be let go, and those with inline content are no
        longer in a list of their own afterwards.
        """
        self.has_comments = any(piece.text.startswith(_COMMENT) for piece in root.html)
        self.raw_html.extend(map(_html, root.html))
        self.tables.extend(map(self._table, root.tables))
        self.code.extend(root.code)
        self.hidden.extend(root.hidden)
        self.passages.extend(passages(root.with_nodes))
        root.with_nodes.clear()
        if root.children and root.children[0].kind == "front-matter":
            self.has_front_matter = True

    def _table(self, table: Block) -> Table:
        head, *body = table.children
        return Table(head.width, tuple(map(self._row, body)))

    def _row(self, row: Block) -> TableRow:
        text = self.text
        linked = frozenset(
            [
                column
                for column, cell in enumerate(row.children)
                if "](" in (source := text[cell.start : cell.end]) or "://" in source
            ]
        )
        dropped = None
        if row.beyond:
            # Without the bars of empty cells.
            start, end = row.beyond
            shown = text[start:end].rstrip(" \t|")
            dropped = trimmed(text, Span(start, start + len(shown)))
            if dropped.start == dropped.end:
                dropped = None
        span = trimmed(text, self.lines.span(row.line))
        return TableRow(span, row.width, shared_columns(linked), dropped)

    def keep(self, fields: Fields, where: Where, shown_by: str) -> None:
        """Keep an entry; `shown_by` says what shows that it is one."""
        fields.read_by["entry"] = shown_by
        entry = make_entry(fields, where, self.lines)
        self.links.extend(entry.links)
        self.badges.extend(entry.badges)
        self.entries.append(entry)
        if self._watch is not None:
            self._watch(where.line / len(self.lines))

    def reject(self, block: Block, reason: str) -> None:
        """Note why a block is no entry."""
        self.others.append(Other(block.line, block.end_line, reason))

    def outside(self, block: Block) -> list[Part]:
        """Keep the links and badges of a block that is no entry; return its parts."""
        if self.has_comments:
            self.comments_in(block)
        parts = PartReader(in_entry=False).read(block.nodes)
        self.collect(parts)
        return parts

    def collect(self, parts: Sequence[Part]) -> None:
        """Keep the links and badges among some parts."""
        links = [part.link for part in parts if part.link is not None]
        if links:
            set_outer_spans(self.text, links, Span(parts[0].start, parts[-1].end))
        self.links.extend(links)
        self.badges.extend(part.badge for part in parts if part.badge is not None)

    def comments_in(self, block: Block) -> None:
        """Keep the comments among a block's inline content."""
        for node in block.nodes:
            if node.kind == "html" and node.text.startswith(_COMMENT):
                inner = node.text[len(_COMMENT) :].removesuffix("-->")
                self.comments.append(Comment(inner, Span(node.start, node.end)))

    def html(self, block: Block, rows: Sequence[Span] = ()) -> None:
        """Keep what a block of HTML holds; links and badges in `rows` are kept already."""
        ends = [row.end for row in rows]
        for found in read_html(block):
            if isinstance(found, Comment):
                self.comments.append(found)
                continue
            index = bisect_left(ends, found.span.end)
            if index < len(rows) and rows[index].contains(found.span):
                continue
            if isinstance(found, Link):
                self.links.append(found)
            else:
                self.badges.append(found)

    def fields(self, blocks: Sequence[Block]) -> Fields:
        """What some blocks say whose turn it is: what was read of them ahead, if anything was."""
        found = self.ahead.pop(tuple(blocks), None) if self.ahead else None
        return read_fields(self.parts(blocks)) if found is None else found

    def look_ahead(self, blocks: Sequence[Block]) -> Fields:
        """The same for blocks whose turn is still to come; nobody may change it."""
        key = tuple(blocks)
        found = self.ahead.get(key)
        if found is None:
            found = read_fields(self.parts(blocks))
            if len(self.ahead) < _MOST_AHEAD:
                self.ahead[key] = found
        return found

    def parts(self, blocks: Iterable[Block]) -> list[Part]:
        """The parts of some blocks, with the boundaries between blocks and nested items."""
        reader = PartReader()
        self._add_parts(reader, blocks)
        return reader.parts

    def _add_parts(self, reader: PartReader, blocks: Iterable[Block]) -> None:
        for index, block in enumerate(blocks):
            if block.kind in LISTS:
                for item in block.children:
                    reader.boundary("item", self.lines.starts[item.line - 1])
                    self._add_parts(reader, item.children)
            elif block.kind in ("quote", "table", "row"):
                if index and block.kind == "quote":
                    reader.boundary("block", self.lines.starts[block.line - 1])
                self._add_parts(reader, block.children)
            elif block.nodes:
                if index:
                    reader.boundary("block", block.start)
                reader.read(block.nodes)


def _html(piece: Block | Node) -> Html:
    return Html(piece.text, span_of((piece.start, piece.end)), isinstance(piece, Block))
