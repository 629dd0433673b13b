"""What is gathered of a list while its blocks are read, one after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from peftlint.markdown.node import Block, Node, Root
from peftlint.model import (
    Badge,
    Comment,
    ContentsItem,
    Document,
    Entry,
    Heading,
    Html,
    LegendItem,
    Link,
    Other,
    Passage,
    Section,
    Table,
    TableRow,
)
from peftlint.reading.bracket import set_outer_spans
from peftlint.reading.entry import Where, make_entry
from peftlint.reading.field import Fields
from peftlint.reading.markup import read_html, says_nothing
from peftlint.reading.part import Part, PartReader
from peftlint.reading.passage import passages
from peftlint.source import Lines, Span, trimmed
from peftlint.watch import Watch

LISTS = ("bullet-list", "ordered-list")
#: The lists of a page that grow as stretches are read, but for its sections.
_GATHERED = (
    "headings",
    "entries",
    "links",
    "badges",
    "legend",
    "contents",
    "comments",
    "others",
    "raw_html",
    "tables",
    "code",
    "hidden",
    "passages",
)


class Page:
    """The parts of a document that are read so far.

    Args:
        lines: those of the whole text.
    """

    def __init__(self, lines: Lines, watch: Watch | None = None) -> None:
        self.lines = lines
        self._watch = watch
        self.text = lines.text
        self.headings: list[Heading] = []
        self.sections: list[Section] = []
        self.entries: list[Entry] = []
        self.links: list[Link] = []
        self.badges: list[Badge] = []
        self.legend: list[LegendItem] = []
        self.contents: list[ContentsItem] = []
        self.comments: list[Comment] = []
        self.others: list[Other] = []
        self.raw_html: list[Html] = []
        self.tables: list[Table] = []
        self.code: list[tuple[int, int]] = []
        self.hidden: list[tuple[int, int]] = []
        self.passages: list[Passage] = []
        self.has_front_matter = False

    def gather(self, root: Root) -> None:
        """Keep what a stretch has besides what its blocks are read as.

        All of it becomes values: the blocks can be let go.
        """
        self.raw_html.extend(map(_html, root.html))
        self.tables.extend(map(self._table, root.tables))
        self.code.extend(root.code)
        self.hidden.extend(root.hidden)
        self.passages.extend(passages(root))
        if root.children and root.children[0].kind == "front-matter":
            self.has_front_matter = True

    def add(self, other: Page) -> None:
        """Take over what was read of the stretch that follows."""
        for section in other.sections:
            self._start(section)
        for name in _GATHERED:
            getattr(self, name).extend(getattr(other, name))
        self.has_front_matter = self.has_front_matter or other.has_front_matter

    def document(self) -> Document:
        """All of it, in order."""
        self.sections[-1].end_line = len(self.lines)
        self.entries.sort(key=lambda entry: entry.span)
        self._fill_sections()
        for section in self.sections:
            if section.heading and not section.entries:
                end = self.lines.span(section.end_line).end
                section.is_empty = says_nothing(self.text[section.heading.span.end : end])
        return Document(
            text=self.text,
            lines=self.lines,
            headings=tuple(self.headings),
            sections=tuple(self.sections),
            entries=tuple(self.entries),
            links=tuple(sorted(self.links, key=lambda link: link.span)),
            badges=tuple(sorted(self.badges, key=lambda badge: badge.span)),
            legend=tuple(self.legend),
            contents=tuple(self.contents),
            comments=tuple(sorted(self.comments, key=lambda comment: comment.span)),
            others=tuple(sorted(self.others)),
            html=tuple(self.raw_html),
            tables=tuple(self.tables),
            has_front_matter=self.has_front_matter,
            code=tuple(_joined(self.code)),
            hidden=tuple(_joined(self.hidden)),
            passages=tuple(self.passages),
            newline=self.lines.newline,
        )

    def _table(self, table: Block) -> Table:
        head, *body = table.children
        return Table(head.width, tuple(map(self._row, body)))

    def _row(self, row: Block) -> TableRow:
        text = self.text
        linked = frozenset(
            column
            for column, cell in enumerate(row.children)
            if text.find("](", cell.start, cell.end) >= 0
            or text.find("://", cell.start, cell.end) >= 0
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

    def start_section(self, heading: Heading | None, path: tuple[str, ...], line: int) -> None:
        """Begin a section at `line`, and end the one before."""
        self._start(Section(heading, path, line, line))

    def _start(self, section: Section) -> None:
        line = section.start_line
        if self.sections and self.sections[-1].start_line == line:
            # Nothing stands before the first heading.
            self.sections.pop()
        elif self.sections:
            self.sections[-1].end_line = line - 1
        self.sections.append(section)

    def _fill_sections(self) -> None:
        index = 0
        sections = self.sections
        for entry in self.entries:
            while index + 1 < len(sections) and sections[index + 1].start_line <= entry.line:
                index += 1
            sections[index].entries.append(entry)

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
            if node.kind == "html" and node.text.startswith("<!--"):
                inner = node.text[4:].removesuffix("-->")
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


@lru_cache(maxsize=256)
def shared_columns(columns: frozenset[int]) -> frozenset[int]:
    """One and the same set for the many rows that have addresses in the same columns."""
    return columns


def _html(piece: Block | Node) -> Html:
    return Html(piece.text, Span(piece.start, piece.end), isinstance(piece, Block))


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Places in order, those that overlap as one."""
    joined: Span | None = None
    for start, end in sorted(places):
        if joined is None or start >= joined.end:
            if joined is not None:
                yield joined
            joined = Span(start, end)
        elif end > joined.end:
            joined = Span(joined.start, end)
    if joined is not None:
        yield joined
