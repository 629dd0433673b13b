"""Rows of tables in HTML whose cells hold Markdown, between blank lines."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from peftlint.htmltag import Tag, tags
from peftlint.markdown.node import Block, Node, NodeKind
from peftlint.reading.entry import read_fields
from peftlint.reading.evidence import Judgement, judge
from peftlint.reading.field import Fields
from peftlint.reading.page import Page
from peftlint.regex import regex
from peftlint.value import NamedTuple

#: Tags that the reader of inline content knows.
_INLINE = frozenset(("a", "img", "b", "strong", "i", "em", "br"))
_TEXT = regex(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});|[^&]+|&")


class MixedRow(NamedTuple):
    """A row with its HTML and its Markdown as children, what it says, and whether it is a work."""

    block: Block
    fields: Fields
    judgement: Judgement


def read_mixed_rows(page: Page, blocks: Sequence[Block]) -> tuple[list[MixedRow], int]:
    """The rows of the table with which some blocks begin, and how many of the blocks it takes.

    Only if one holds Markdown and is a work; else there are none, and it takes none.
    """
    rows, count = _rows(page, blocks)
    if all(block.kind == "html" for block in blocks[:count]):
        return [], 0
    read: list[MixedRow] = []
    for row in rows:
        fields = read_fields(page.parts(row.children))
        read.append(MixedRow(row, fields, judge(fields)))
    return (read, count) if any(row.judgement.is_work for row in read) else ([], 0)


def _rows(page: Page, blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """The rows up to the end of the table, and how many blocks they take."""
    rows: list[Block] = []
    count = 0
    row: Block | None = None
    for index, block in enumerate(blocks):
        if block.kind != "html":
            if row is None:
                break
            row.children.append(block)
            continue
        found = list(tags(block.text))
        at = first = 0
        for place, tag in enumerate(found):
            if tag.name != "tr":
                continue
            if row is not None:
                row.children.append(_fragment(block, found[first:place], at, tag.start))
                if not tag.is_closing:
                    return rows, count
                row.end = block.start + tag.end
                row.end_line = page.lines.line(row.end - 1)
                rows.append(row)
                row = None
            elif not tag.is_closing:
                row = Block("row", page.lines.line(block.start + tag.start), block.end_line)
                row.start = block.start + tag.start
            at, first = tag.end, place + 1
        if row is not None:
            row.children.append(_fragment(block, found[first:], at, len(block.text)))
            continue
        count = index + 1
        if any(tag.name == "table" and tag.is_closing for tag in found):
            break
    return rows, count


def _fragment(block: Block, inside: Sequence[Tag], start: int, end: int) -> Block:
    """The links, images and words between two offsets of a block of HTML, without what is folded.

    Args:
        block: of kind `html`.
        inside: the tags between the offsets.
        start: where it begins, in the block's text.
        end: where it ends there.
    """
    fragment = Block("paragraph", block.line, block.end_line)
    fragment.start, fragment.end = block.start + start, block.start + end
    depth = 0
    at = start
    for tag in inside:
        if depth == 0:
            fragment.nodes.extend(_words(block, at, tag.start))
        at = tag.end
        if tag.name == "details":
            depth += -1 if tag.is_closing else 1
        elif depth == 0 and tag.name in _INLINE:
            source = block.text[tag.start : tag.end]
            node = Node("html", block.start + tag.start, block.start + tag.end, source)
            fragment.nodes.append(node)
    if depth == 0:
        fragment.nodes.extend(_words(block, at, end))
    return fragment


def _words(block: Block, start: int, end: int) -> Iterator[Node]:
    """The text between two tags, if it has words: as written, but for entities."""
    if not block.text[start:end].strip():
        return
    for match in _TEXT.finditer(block.text, start, end):
        shown = html.unescape(match[0]) if match[0].endswith(";") else match[0]
        kind: NodeKind = "text" if shown == match[0] else "special"
        yield Node(kind, block.start + match.start(), block.start + match.end(), shown)
