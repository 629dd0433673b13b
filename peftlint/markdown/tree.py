"""Tokens of Markdown as a tree whose nodes know their offsets.

Each line of a block's inline content is the end of its source line, so that an offset in it is
mapped line by line. Cells stand in their row one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from peftlint.markdown.blockstate import right_stripped, stripped
from peftlint.markdown.blocktoken import BLOCK, LINE_ITEM, ROW, BlockToken
from peftlint.markdown.inline import common_nodes
from peftlint.markdown.node import NOWHERE, Block, BlockKind, Place, Root
from peftlint.markdown.offsets import Offsets
from peftlint.markdown.stretch import Definitions, Knows, Stretch, Stretches
from peftlint.markdown.tableblock import split_row
from peftlint.regex import regex
from peftlint.source import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from peftlint.markdown.rarecontent import RareContent


def parse(text: str, lines: Lines) -> Root:
    """The blocks of `text`, with their inline content.

    Args:
        text: Markdown as it stands in the file, without a byte order mark.
        lines: its lines.
    """
    (root,) = Trees(Stretches(text, lines, whole=True))
    return root


def parse_stretches(text: str, lines: Lines) -> Trees:
    """The blocks of `text`, one stretch after the other, each parsed when it is asked for.

    Together they have what `parse` gives, in the same order. Each but the first begins with a
    heading. They can be asked for again, and are the same then.
    """
    return Trees(Stretches(text, lines))


class Trees:
    """The stretches of a text as blocks.

    Attributes:
        has_definitions: whether one stretch may say what another one's links lead to.
    """

    def __init__(self, stretches: Stretches) -> None:
        self._stretches = stretches
        self._tree = _Tree(stretches.text, stretches.lines, stretches.definitions)
        self.has_definitions = bool(stretches.definitions)

    def __iter__(self) -> Iterator[Root]:
        for stretch in self._stretches.walk():
            yield self._root(stretch)

    def walk(self, knows: Knows) -> Iterator[tuple[Stretch, Root | None]]:
        """Each stretch with its blocks, or without where it need not be parsed.

        Args:
            knows: as for `Stretches.walk`.
        """
        for stretch in self._stretches.walk(knows):
            yield stretch, None if stretch.tokens is None else self._root(stretch)

    def part(self, first: int, last: int) -> Trees:
        """The same with only those stretches that begin from one of `cuts` on and before another.

        Args:
            first: the index of that cut.
            last: and of the other.
        """
        return Trees(self._stretches.part(first, last))

    @property
    def cuts(self) -> list[int]:
        """As `Stretches.cuts`."""
        return self._stretches.cuts

    def parsed(self, stretch: Stretch) -> Root:
        """The blocks of a stretch that was not parsed."""
        return self._root(self._stretches.parsed(stretch))

    def is_uncut(self, stretch: Stretch) -> bool:
        """As `Stretches.is_uncut`."""
        return self._stretches.is_uncut(stretch)

    def is_last(self, stretch: Stretch) -> bool:
        """Whether nothing follows it."""
        return stretch.last == len(self._stretches.lines.starts)

    def _root(self, stretch: Stretch) -> Root:
        stretches = self._stretches
        tree = self._tree
        first = stretch.first
        root = tree.build(stretch.tokens or [], first, stretch.last)
        if stretches.front and not first:
            root.children.insert(0, Block("front-matter", 1, stretches.front))
            root.code.append((0, stretches.lines.span(stretches.front).end))
        if not first:
            root.hidden.extend(tree.hidden_definitions())
        return root


_KINDS: dict[str, BlockKind] = {
    "bullet_list_open": "bullet-list",
    "ordered_list_open": "ordered-list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
}
_WITH_CONTENT = frozenset({BLOCK, LINE_ITEM})
#: What headings are underlined with, which is no content.
_UNDERLINES = ("=", "-")
_TRANSPARENT = frozenset({"thead_open", "thead_close", "tbody_open", "tbody_close"})
#: Blocks whose source is kept as it is.
_VERBATIM = ("code", "html")

_LEAVES: dict[str, BlockKind] = {
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}
_HTML_TAG = regex(r"<[^<>]*>")
_BARE_ADDRESS = regex(r"https?://[^\s<>\"()\[\]]*", re.IGNORECASE)


class _Tree:
    """Turns flat tokens into blocks and nodes."""

    def __init__(self, text: str, lines: Lines, references: Definitions) -> None:
        self.text = text
        self.lines = lines
        self.starts = lines.starts
        self.references = references
        self.root = Root(1, 1)
        #: The line, counted from 0, from which the tokens count theirs.
        self.shift = 0

    def build(  # noqa: PLR0912 - a branch for each kind
        self, tokens: list[BlockToken], shift: int, end_line: int
    ) -> Root:
        """The blocks of one stretch.

        Args:
            tokens: those of its blocks; none of them is left afterwards.
            shift: its first line, counted from 0.
            end_line: its last line, counted from 1.
        """
        root = self.root = Root(shift + 1, end_line)
        self.shift = shift
        stack: list[Block] = [root]
        # Each is let go at once: together they take more than the blocks do.
        tokens.reverse()
        while tokens:
            token = tokens.pop()
            kind = token.type
            if kind == ROW:
                self._add_row(stack[-1], token)
                continue
            if kind in _WITH_CONTENT:
                stack[-1].children.append(self._with_content(token))
                continue
            block_kind = _KINDS.get(kind)
            if block_kind is not None:
                if token.map:
                    first, last = token.map
                    block = Block(block_kind, first + shift + 1, last + shift)
                else:
                    block = Block(block_kind, stack[-1].line, stack[-1].end_line)
                stack[-1].children.append(block)
                stack.append(block)
                if block_kind == "table":
                    root.tables.append(block)
                elif block_kind == "item":
                    block.marker = token.info + token.markup
                continue
            if token.nesting < 0:
                if kind not in _TRANSPARENT:
                    block = stack.pop()
                    if block.kind in ("item", "bullet-list", "ordered-list", "quote"):
                        # markdown-it counts the blank lines after an item to it.
                        last = block.children[-1].end_line if block.children else block.line
                        block.end_line = max(block.line, last)
                continue
            leaf_kind = _LEAVES.get(kind)
            if leaf_kind is not None:
                first, last = token.map or (0, 0)
                first, last = first + shift, last + shift
                block = Block(leaf_kind, first + 1, max(first + 1, self._trimmed(first, last)))
                if leaf_kind in _VERBATIM:
                    span = self.lines.whole(block.line, block.end_line)
                    block.start, block.end = span
                    block.text = self.text[span.start : span.end]
                    block.marker = token.markup
                    self._keep_verbatim(block)
                stack[-1].children.append(block)
        return root

    def _with_content(self, token: BlockToken) -> Block:
        """The block of a token that stands for several."""
        first, last = token.map or (0, 0)
        first += self.shift
        if token.type == LINE_ITEM:
            item = Block("item", first + 1, first + 1)
            item.marker = token.info + token.markup
            block = Block("paragraph", first + 1, first + 1)
            item.children.append(block)
            self._in_lines(block, token.content, first, first + 1)
            return item
        last += self.shift
        if token.tag == "p":
            block = Block("paragraph", first + 1, last)
        else:
            block = Block("heading", first + 1, last)
            block.level = int(token.tag[1])
            if token.markup in _UNDERLINES:
                last -= 1
        self._in_lines(block, token.content, first, last)
        return block

    def hidden_definitions(self) -> Iterator[Place]:
        """The addresses in definitions that hold anything but ASCII."""
        for label, reference in self.references.items():
            if reference["href"].isascii():
                continue
            place = self._rare.definition(label)
            if place != NOWHERE:
                yield place

    @cached_property
    def _rare(self) -> RareContent:
        """Reads inline content that is not of the common kinds."""
        # Loaded here: half of all lists do without.
        from peftlint.markdown.rarecontent import RareContent

        return RareContent(self.text, self.lines, self.references)

    def _keep_verbatim(self, block: Block) -> None:
        if block.kind == "code":
            self.root.code.append((block.start, block.end))
            return
        self.root.html.append(block)
        self._hide_tags(block.text, block.start)

    def _hide_tags(self, html: str, at: int) -> None:
        """Note the tags of some HTML that stands at `at`."""
        if html.isascii():
            return
        for match in _HTML_TAG.finditer(html):
            if not match[0].isascii():
                self.root.hidden.append((at + match.start(), at + match.end()))

    def _trimmed(self, first: int, last: int) -> int:
        while last > first + 1 and not self.lines.content(last).strip():
            last -= 1
        return last

    def _add_row(self, table: Block, token: BlockToken) -> None:
        """Add a row to a table, with as many cells as the head has."""
        first = (token.map or (0, 0))[0] + self.shift
        row = Block("row", first + 1, first + 1)
        row.is_header = token.tag == "th"
        content = token.content
        cells = split_row(content)
        row.width = len(cells)
        table.children.append(row)
        columns = table.children[0].width
        at = self._delta(content, first, 0)
        if content[0] == "|":
            at += 1
        for piece in cells[:columns]:
            self._add_cell(row, piece, at)
            at += len(piece) + 1
        if row.width > columns:
            row.beyond = (at, at + len("|".join(cells[columns:])))
        elif row.width < columns:
            end = self.lines.span(first + 1).end
            for _ in range(row.width, columns):
                self._add_cell(row, "", end)

    def _add_cell(self, row: Block, piece: str, at: int) -> None:
        """Add a cell to a row.

        Args:
            row: the row.
            piece: what stands between two bars.
            at: where it stands.
        """
        cell = Block("cell", row.line, row.line)
        row.children.append(cell)
        content = stripped(piece)
        if not content:
            cell.start = cell.end = at + len(piece)
            return
        at += piece.index(content)
        if "\\|" in content:
            offsets = Offsets.of_cell(content, at)
            self._fill(cell, content.replace("\\|", "|"), offsets.deltas, offsets)
        else:
            self._fill(cell, content, [at])

    def _in_lines(self, block: Block, content: str, first: int, last: int) -> None:
        """Give a block the content that stands from one line up to another, counted from 0."""
        block.end_line = last
        self._fill(block, content, self._deltas(content, first, last - first))

    def _fill(
        self, block: Block, content: str, deltas: list[int], offsets: Offsets | None = None
    ) -> None:
        block.start = deltas[0]
        block.end = len(content) + deltas[-1]
        if not content.isascii() and "://" in content:
            for match in _BARE_ADDRESS.finditer(content):
                if not match[0].isascii():
                    offsets = offsets or Offsets.of_lines(content, deltas)
                    place = (offsets.place(match.start()), offsets.end(match.end()))
                    self.root.hidden.append(place)
        nodes = None
        if offsets is None or not offsets.bars:
            has_definitions = bool(self.references)
            nodes = common_nodes(content, deltas, self.root, has_definitions=has_definitions)
        if nodes is None:
            offsets = offsets or Offsets.of_lines(content, deltas)
            nodes = self._rare.nodes(content, offsets, self.root)
        block.nodes = nodes
        if nodes:
            self.root.with_nodes.append(block)

    def _deltas(self, content: str, first: int, count: int) -> list[int]:
        """For each line of inline content what to add to an offset to get its place."""
        if count == 1:
            return [self._delta(content, first, 0)]
        deltas: list[int] = []
        at = 0
        lines = content.split("\n")
        # markdown-it strips more than it calls blank: a line of form feeds is gone.
        while count > len(lines) and not stripped(self.lines.content(first + 1)):
            first += 1
            count -= 1
        for number, line in enumerate(lines, first):
            deltas.append(self._delta(line, number, at))
            at += len(line) + 1
        return deltas

    def _delta(self, content: str, number: int, at: int) -> int:
        """What to add to an offset in the inline content to get its place in the text."""
        starts = self.starts
        start = starts[number] if number < len(starts) else len(self.text)
        end = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        if content and self.text.endswith(content, start, end - 1):
            return end - 1 - len(content) - at
        # The line's end and the blanks before it are not in the content.
        source = right_stripped(self.text[start:end].replace("\0", "\ufffd"))
        bare = right_stripped(content)
        if source.endswith(bare):
            return start + len(source) - len(bare) - at
        inner = bare.lstrip()
        found = source.rfind(inner)
        return start + max(found, 0) - (len(bare) - len(inner)) - at
