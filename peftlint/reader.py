"""From a text to a document: which blocks are entries, and what else the list says.

One general reader serves every layout. Candidates are headings, list items, table rows and runs
of paragraphs; what each of them says decides whether it is an entry, not how it is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.markdown.node import Block
from peftlint.markdown.tree import parse
from peftlint.model import Document, Heading
from peftlint.reading.contents import is_contents, read_contents
from peftlint.reading.entry import Where, read_fields
from peftlint.reading.evidence import Judgement, is_work, judge, judge_paragraph, may_be_work
from peftlint.reading.field import Fields
from peftlint.reading.following import FARTHEST, add_following
from peftlint.reading.heading import entry_end, entry_headings
from peftlint.reading.legend import read_legend
from peftlint.reading.marker import (
    content_start,
    glued_marker,
    indentation,
    item_marker,
    missing_indentation,
)
from peftlint.reading.nesting import read_nested
from peftlint.reading.page import LISTS, Page
from peftlint.reading.paragraph import opens_entry, split_entries
from peftlint.reading.section import announces_legend, closed_by
from peftlint.source import Lines, Span

_CONTENTS = "part of the table of contents"
_CATEGORY = "a category: entries are nested in it"


def read(text: str) -> Document:
    """Read a list.

    Args:
        text: Markdown without a byte order mark, with its own line ends.

    Any text can be read; where it holds no entries the document has none.
    """
    return _Reader(text).read()


class _Reader:
    """Walks over the blocks of a text; what each of them is, is judged elsewhere."""

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self.page = Page(self.lines)
        #: The headings above, each with its level.
        self.above: list[tuple[int, str]] = []
        self.path: tuple[str, ...] = ()
        #: Why there can be no entries under this heading.
        self.closed: str | None = None
        #: Whether this heading announces what badges mean.
        self.is_legend = False
        #: The section that holds the table of contents.
        self.contents_path: tuple[str, ...] | None = None

    def read(self) -> Document:
        self.page.start_section(None, (), 1)
        self._blocks(parse(self.page.text, self.lines).children)
        return self.page.document()

    def _blocks(self, blocks: Sequence[Block]) -> None:
        entries = entry_headings(blocks)
        index = 0
        while index < len(blocks):
            block = blocks[index]
            index += 1
            after = blocks[index : index + FARTHEST]
            if block.kind == "heading":
                own = blocks[index - 1 : entry_end(blocks, index - 1)]
                index += self._heading(block, own if index - 1 in entries else ())
            elif block.kind in LISTS:
                index += self._list(block, after)
            elif block.kind == "table":
                self._table(block)
            elif block.kind == "paragraph":
                index += self._paragraph(block, after)
            elif block.kind == "quote":
                self._blocks(block.children)
            elif block.kind == "html":
                self._html(block)

    def _no_entry(self, block: Block, reason: str) -> None:
        """Keep what a block that is no entry holds, and say why it is none."""
        parts = self.page.outside(block)
        legend = list(read_legend(parts)) if self.is_legend else []
        self.page.legend.extend(legend)
        self.page.reject(block, "part of the legend" if legend else reason)

    def _keep_inside(self, blocks: Sequence[Block]) -> None:
        """Keep the comments and the HTML inside an entry."""
        for block in blocks:
            for inside in block.walk():
                self.page.comments_in(inside)
                if inside.kind == "html":
                    self.page.html(inside)

    # Headings

    def _heading(self, block: Block, own: Sequence[Block]) -> int:
        """Read a heading; return how many blocks after it belong to its entry.

        Args:
            block: the heading.
            own: the blocks of the entry that it may be, itself first.
        """
        shown = " ".join("".join(node.shown() for node in block.nodes).split())
        heading = Heading(block.level, shown, Span(block.start, block.end), block.line)
        self.page.headings.append(heading)
        while self.above and self.above[-1][0] >= block.level:
            self.above.pop()
        if own and self._heading_entry(block, own):
            return len(own) - 1
        self.above.append((block.level, shown))
        self._enter(heading, block.line)
        self.is_legend = announces_legend(shown)
        self.page.outside(block)
        return 0

    def _enter(self, heading: Heading | None, line: int) -> None:
        """Begin the section of the headings above."""
        self.path = tuple(text for _, text in self.above)
        closing = closed_by(self.path)
        self.closed = closing and f"under the heading '{closing}', which holds no entries"
        self.page.start_section(heading, self.path, line)

    def _heading_entry(self, block: Block, own: Sequence[Block]) -> bool:
        fields = read_fields(self.page.parts(own))
        judgement = judge(fields)
        path = tuple(text for _, text in self.above)
        if not judgement.is_work or closed_by(path):
            return False
        if path != self.path:
            # The section before is deeper, and ends with this heading.
            self._enter(None, block.line)
        self._keep_inside(own)
        start = content_start(self.lines, block.line)
        where = Where("heading", start, block.line, own[-1].end_line, path)
        self.page.keep(fields, where, judgement.reason)
        return True

    # Lists

    def _list(self, block: Block, after: Sequence[Block] = ()) -> int:
        """Read a list; return how many of the blocks `after` it belong to its last entry."""
        if self._is_contents(block):
            return 0
        is_ordered = block.kind == "ordered-list"
        first = int(block.children[0].marker[:-1]) if is_ordered else 0
        last = len(block.children) - 1
        count = 0
        for place, item in enumerate(block.children):
            number = first + place if is_ordered else None
            count = self._item(item, number, block, after if place == last else ())
        return count

    def _item(
        self, item: Block, number: int | None, siblings: Block, after: Sequence[Block]
    ) -> int:
        """Read an item; return how many of the blocks `after` it belong to its entry.

        Args:
            item: the item.
            number: what Markdown shows before it, in an ordered list.
            siblings: the list that it is in.
            after: the blocks after the list, where the item is its last.
        """
        nested = [child for child in item.children if child.kind in (*LISTS, "table")]
        own = [child for child in item.children if child.kind not in (*LISTS, "table")]
        if self.closed or not own:
            self._inside(item, self.closed or "")
            return 0
        fields = read_fields(self.page.parts(own))
        end_line = item.end_line
        outdented: Sequence[Block] = ()
        judgement = judge(fields)
        if nested:
            nesting = read_nested(self.page, item, fields)
            fields, judgement = nesting.fields, nesting.judgement
            end_line = item.end_line if nesting.is_whole else own[-1].end_line
        elif fields.title is not None:
            fields, count = add_following(self.page, own, fields, after)
            outdented = after[:count]
            judgement = judge(fields)
            if not judgement.is_work and may_be_work(fields) and self._are_works(siblings):
                judgement = Judgement(True, "it stands among works and begins as they do")
        if not judgement.is_work:
            self._inside(item, judgement.reason)
            return 0
        marker = item_marker(self.lines, item)
        where = Where(
            "bullet" if number is None else "ordered",
            content_start(self.lines, item.line),
            item.line,
            outdented[-1].end_line if outdented else end_line,
            self.path,
            indentation(self.lines, item, marker),
            marker,
            number,
            tuple(missing_indentation(self.lines, outdented)),
        )
        self.page.keep(fields, where, judgement.reason)
        is_whole = end_line == item.end_line
        self._keep_inside((item, *outdented) if is_whole else own)
        if not is_whole:
            for child in nested:
                self._nested(child)
        return len(outdented)

    def _are_works(self, block: Block) -> bool:
        """Whether most items of a list are works."""
        works = sum(is_work(read_fields(self.page.parts(item.children))) for item in block.children)
        return works > len(block.children) // 2

    def _inside(self, item: Block, reason: str) -> None:
        """Read what is inside an item that is no entry itself."""
        before = len(self.page.entries)
        texts = [child for child in item.children if child.nodes]
        for child in item.children:
            if not child.nodes:
                self._nested(child)
        if len(self.page.entries) > before:
            reason = _CATEGORY
        for child in texts:
            self._no_entry(child, reason)

    def _nested(self, block: Block) -> None:
        if block.kind in LISTS:
            self._list(block)
        else:
            self._blocks([block])

    # Paragraphs

    def _paragraph(self, block: Block, after: Sequence[Block]) -> int:
        """Read a paragraph; return how many of the blocks `after` it belong to its entry."""
        if self._is_contents(block):
            return 0
        if self.closed or not opens_entry(block.nodes):
            self._no_entry(block, self.closed or "a paragraph that does not begin as an entry does")
            return 0
        pieces = split_entries(block, self.lines)
        read = [read_fields(self.page.parts([piece])) for piece in pieces]
        if not all(judge_paragraph(fields).is_work for fields in read):
            pieces, read = [block], [read_fields(self.page.parts([block]))]
        read[-1], count = add_following(self.page, pieces[-1:], read[-1], after)
        for piece, fields in zip(pieces, read, strict=True):
            own = (piece, *after[:count]) if piece is pieces[-1] else (piece,)
            judgement = judge_paragraph(fields)
            if not judgement.is_work:
                self._no_entry(block, judgement.reason)
                return 0
            self._keep_paragraph(own, fields, judgement)
        return count

    def _keep_paragraph(self, own: Sequence[Block], fields: Fields, judgement: Judgement) -> None:
        self._keep_inside(own)
        first = own[0]
        where = Where(
            "paragraph",
            first.start,
            first.line,
            own[-1].end_line,
            self.path,
            marker=glued_marker(first),
        )
        self.page.keep(fields, where, judgement.reason)

    # Tables and HTML

    def _table(self, table: Block) -> None:
        # Imported here: most lists have no tables.
        from peftlint.reading.table import TableReader

        rows = TableReader(table).rows() if not self.closed else None
        if rows is None:
            for row in table.children:
                for cell in row.children:
                    self.page.outside(cell)
            self.page.reject(table, self.closed or "the table has no column of titles")
            return
        for row in table.children:
            if row.is_header:
                for cell in row.children:
                    self.page.outside(cell)
                self.page.reject(row, "the head of a table")
        for row, fields in rows:
            for cell in row.children:
                self.page.comments_in(cell)
            if fields.title is None:
                self.page.collect(fields.parts)
                self.page.reject(row, "the row shows no title")
                continue
            start = content_start(self.lines, row.line)
            where = Where("table-row", start, row.line, row.line, self.path)
            self.page.keep(fields, where, "it is a row of a table with a column of titles")

    def _html(self, block: Block) -> None:
        self.page.html(block)

    # Contents

    def _is_contents(self, block: Block) -> bool:
        """Read a block of the table of contents; return whether it is one."""
        if self.page.contents and self.contents_path != self.path:
            return False
        if not is_contents(block, is_first=not self.page.entries):
            return False
        self.contents_path = self.path
        read_contents(self.page, block)
        self.page.reject(block, _CONTENTS)
        return True
