"""markdown-it's tokens as a tree whose nodes know their offsets.

Each line of a block's inline content is the end of its source line, so that an offset in it is
mapped line by line. Cells stand in their row one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from peftlint.markdown.blockstate import right_stripped, stripped
from peftlint.markdown.blocktoken import BLOCK, LINE_ITEM, ROW
from peftlint.markdown.inline import common_nodes
from peftlint.markdown.node import NOWHERE, Block, BlockKind, Node, NodeKind, Place, Root
from peftlint.markdown.parser import Parser
from peftlint.markdown.stretch import Definitions, Knows, Stretch, Stretches
from peftlint.markdown.tableblock import split_row
from peftlint.regex import regex
from peftlint.source import Lines

if TYPE_CHECKING:
    from markdown_it.token import Token

_PARSER = Parser()


def parse(text: str, lines: Lines) -> Root:
    """The blocks of `text`, with their inline content.

    Args:
        text: Markdown as it stands in the file, without a byte order mark.
        lines: its lines.
    """
    (root,) = Trees(Stretches(text, lines, _PARSER, whole=True))
    return root


def parse_stretches(text: str, lines: Lines) -> Trees:
    """The blocks of `text`, one stretch after the other, each parsed when it is asked for.

    Together they have what `parse` gives, in the same order. Each but the first begins with a
    heading. They can be asked for again, and are the same then.
    """
    return Trees(Stretches(text, lines, _PARSER))


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


#: Marks nested deeper than this are read as text.
_DEEPEST = 40

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
    """Turns markdown-it's flat tokens into blocks and nodes."""

    def __init__(self, text: str, lines: Lines, references: Definitions) -> None:
        self.text = text
        self.lines = lines
        self.starts = lines.starts
        self.env: dict[str, Any] = {"references": references} if references else {}
        self.references = references
        self.definitions: dict[str, Place] = {}
        self.root = Root(1, 1)
        #: The line, counted from 0, from which the tokens count theirs.
        self.shift = 0

    def build(  # noqa: PLR0912 - a branch for each kind
        self, tokens: list[Token], shift: int, end_line: int
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

    def _with_content(self, token: Token) -> Block:
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
            if not reference["href"].isascii() and (place := self._definition(label)) != NOWHERE:
                yield place

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

    def _add_row(self, table: Block, token: Token) -> None:
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
            offsets = _Offsets.of_cell(content, at)
            self._fill(cell, content.replace("\\|", "|"), offsets.deltas, offsets)
        else:
            self._fill(cell, content, [at])

    def _in_lines(self, block: Block, content: str, first: int, last: int) -> None:
        """Give a block the content that stands from one line up to another, counted from 0."""
        block.end_line = last
        self._fill(block, content, self._deltas(content, first, last - first))

    def _fill(
        self, block: Block, content: str, deltas: list[int], offsets: _Offsets | None = None
    ) -> None:
        block.start = deltas[0]
        block.end = len(content) + deltas[-1]
        if not content.isascii() and "://" in content:
            for match in _BARE_ADDRESS.finditer(content):
                if not match[0].isascii():
                    offsets = offsets or _Offsets.of_lines(content, deltas)
                    place = (offsets.place(match.start()), offsets.end(match.end()))
                    self.root.hidden.append(place)
        nodes = None
        if offsets is None or not offsets.bars:
            has_definitions = bool(self.references)
            nodes = common_nodes(content, deltas, self.root, has_definitions=has_definitions)
        if nodes is None:
            tokens, places = _PARSER.inline(content, self.env)
            offsets = offsets or _Offsets.of_lines(content, deltas)
            nodes = self._nodes(tokens, places, content, offsets)
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

    def _nodes(  # noqa: PLR0912, PLR0915 - a branch for each kind of token, and no call for it
        self, tokens: list[Token], places: list[Place], content: str, offsets: _Offsets
    ) -> list[Node]:
        top: list[Node] = []
        into = top
        stack: list[tuple[Node, list[Node]]] = []
        skipped = 0
        # Nearly all content is one line: all in it is as far from its place.
        place = offsets.place if offsets.delta is None else offsets.delta.__add__
        for token, (start, end) in zip(tokens, places, strict=True):
            kind = token.type
            if kind == "text":
                if not token.content:
                    continue
                if offsets.bars:
                    self._text_with_bars(into, token.content, start, offsets)
                    continue
                at = place(start)
                if into and into[-1].kind == "text" and into[-1].end == at:
                    into[-1].text += token.content
                    into[-1].end = into[-1].inner_end = at + len(token.content)
                else:
                    into.append(Node("text", at, at + len(token.content), token.content))
            elif kind in ("softbreak", "hardbreak"):
                # With the blanks before it, the line end and the next line's indentation.
                at = into[-1].end if into else place(start)
                hard = "hard" if kind[0] == "h" else "soft"
                into.append(Node("break", at, place(end), hard))
            elif (token.nesting > 0 and len(stack) >= _DEEPEST) or (token.nesting < 0 and skipped):
                # Marks deeper than anybody writes are text: nothing here recurses without end.
                skipped += token.nesting
                if token.markup not in ("", "autolink"):
                    into.append(Node("special", place(start), offsets.end(end), token.markup))
            elif kind == "link_open":
                node = Node("link", place(start), offsets.end(end))
                node.url = str(token.attrs.get("href", ""))
                if "//" not in node.url:
                    self.root.near += 1
                if token.markup == "autolink":
                    node.form = "autolink"
                    node.inner_start = node.url_start = offsets.place(start + 1)
                    node.inner_end = node.url_end = offsets.end(end - 1)
                into.append(node)
                stack.append((node, into))
                node.children = into = []
            elif kind == "link_close":
                node, into = stack.pop()
                if node.form != "autolink":
                    node.inner_start = node.start + 1
                    node.inner_end = offsets.end(start)
                    self._destination(node, content, start, end, offsets)
                node.close()
            elif kind in ("em_open", "strong_open", "s_open"):
                width = len(token.markup)
                at = place(end - width)
                name: NodeKind = (
                    "em" if kind[0] == "e" else "strong" if kind[1] == "t" else "strike"
                )
                node = Node(name, at, at)
                node.inner_start = at + width
                into.append(node)
                stack.append((node, into))
                node.children = into = []
            elif kind in ("em_close", "strong_close", "s_close"):
                node, into = stack.pop()
                node.inner_end = place(start)
                node.end = node.inner_end + len(token.markup)
                node.close()
            elif kind == "image":
                node = Node("image", place(start), offsets.end(end), token.content)
                label_end = start + 2 + len(token.content)
                node.inner_start = node.start + 2
                node.inner_end = offsets.end(label_end)
                node.url = str(token.attrs.get("src", ""))
                self._destination(node, content, label_end, end, offsets)
                into.append(node)
            elif kind == "code_inline":
                node = Node("code", place(start), offsets.end(end), token.content)
                width = len(token.markup)
                node.inner_start = node.start + width
                node.inner_end = node.end - width
                self.root.code.append((node.start, node.end))
                into.append(node)
            elif kind == "html_inline":
                node = Node("html", place(start), offsets.end(end), token.content)
                self.root.html.append(node)
                if not token.content.isascii():
                    self.root.hidden.append((node.start, node.end))
                into.append(node)
            else:
                into.append(Node("special", place(start), offsets.end(end), token.content))
        return top

    def _text_with_bars(
        self, into: list[Node], content: str, start: int, offsets: _Offsets
    ) -> None:
        """Text of a table cell in which bars are written with a backslash."""
        at = 0
        first = bisect_left(offsets.bars, start)
        last = bisect_left(offsets.bars, start + len(content))
        for bar in (place - start for place in offsets.bars[first:last]):
            if bar > at:
                place = offsets.place(start + at)
                into.append(Node("text", place, place + bar - at, content[at:bar]))
            place = offsets.place(start + bar)
            into.append(Node("special", place - 1, place + 1, "|"))
            at = bar + 1
        if at < len(content):
            place = offsets.place(start + at)
            into.append(Node("text", place, place + len(content) - at, content[at:]))

    def _destination(
        self, node: Node, content: str, label_end: int, end: int, offsets: _Offsets
    ) -> None:
        """Find the address of an inline link or image behind its label."""
        self._find_address(node, content, label_end, end, offsets)
        if not node.url.isascii() and node.url_start >= 0:
            self.root.hidden.append((node.url_start, node.url_end))

    def _find_address(
        self, node: Node, content: str, label_end: int, end: int, offsets: _Offsets
    ) -> None:
        at = label_end + 1
        if content[at : at + 1] == "(" and content[end - 1] == ")":
            at += 1
            while content[at] in " \t\n":
                at += 1
            stop = at + len(node.url)
            if not content.startswith(node.url, at) or content[stop] not in " \t\n)":
                # Loaded here: a short list may do without, see `Parser`.
                from markdown_it import helpers

                found = helpers.parseLinkDestination(content, at, end)
                stop = found.pos
                if content[at] == "<":
                    at, stop = at + 1, stop - 1
            node.url_start = offsets.place(at)
            node.url_end = offsets.end(stop) if stop > at else node.url_start
            return
        node.form = "reference"
        label = content[label_end + 2 : end - 1] if at < end else ""
        if not label:
            label = self.text[node.inner_start : node.inner_end]
        node.url_start, node.url_end = self._definition(label)

    def _definition(self, label: str) -> Place:
        """The place of the address in the definition of a reference."""
        # Loaded here: a short list may do without, see `Parser`.
        from markdown_it.common.utils import normalizeReference

        key = normalizeReference(label)
        if key in self.definitions:
            return self.definitions[key]
        found = NOWHERE
        reference = self.references.get(key)
        if reference and reference.get("map"):
            first, last = reference["map"]
            span = self.lines.span(first + 1, max(first + 1, last))
            href = reference["href"]
            colon = self.text.find("]:", span.start, span.end)
            at = self.text.find(href, colon + 2, span.end) if colon >= 0 and href else -1
            if at >= 0:
                found = (at, at + len(href))
        self.definitions[key] = found
        return found


class _Offsets:
    """Maps offsets in a block's inline content to places in the text.

    Attributes:
        starts: where, in the content, each stretch begins that is written in one piece.
        deltas: what to add to an offset in that stretch.
        bars: where, in a table cell, bars stand that are written with a backslash.
    """

    __slots__ = ("bars", "delta", "deltas", "starts")

    def __init__(self, starts: list[int], deltas: list[int], bars: Sequence[int] = ()) -> None:
        self.starts = starts
        self.deltas = deltas
        self.bars = bars
        self.delta = deltas[0] if len(deltas) == 1 else None

    @classmethod
    def of_lines(cls, content: str, deltas: list[int]) -> _Offsets:
        """Those of content whose lines are each written in one piece."""
        starts = [0]
        while len(starts) < len(deltas):
            starts.append(content.index("\n", starts[-1]) + 1)
        return cls(starts, deltas)

    @classmethod
    def of_cell(cls, cell: str, at: int) -> _Offsets:
        """Those of the content of a cell that has bars in it.

        Args:
            cell: the content as it stands in the text, with a backslash before each of these bars.
            at: where it stands.
        """
        starts = [0]
        deltas = [at]
        slash = cell.find("\\|")
        while slash >= 0:
            # The backslash is not in the content: from the bar on, everything is one further.
            starts.append(slash + 1 - len(starts))
            deltas.append(deltas[-1] + 1)
            slash = cell.find("\\|", slash + 2)
        return cls(starts, deltas, starts[1:])

    def place(self, offset: int) -> int:
        """Where the character at `offset` stands."""
        if self.delta is not None:
            return offset + self.delta
        return offset + self.deltas[bisect_right(self.starts, offset) - 1]

    def end(self, offset: int) -> int:
        """The place just after the character before `offset`."""
        if self.delta is not None:
            return offset + self.delta
        if not offset:
            return self.place(0)
        return offset + self.deltas[bisect_right(self.starts, offset - 1) - 1]
