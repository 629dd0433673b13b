"""The table of contents: a list or a line of links to places in the page."""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.markdown.node import Block, Node
from peftlint.model import ContentsItem
from peftlint.reading.evidence import is_inward
from peftlint.reading.page import LISTS, Page


def is_contents(block: Block, is_first: bool) -> bool:
    """Whether most links of a list or a paragraph lead to places in the page.

    Args:
        block: a list or a paragraph.
        is_first: whether no entry stands before it; then links to other pages count as well.
    """
    inward = outward = 0
    for inside in block.walk():
        for url in _urls(inside.nodes):
            if is_inward(url) or (is_first and "//" not in url and url.endswith(".md")):
                inward += 1
            elif url:
                outward += 1
    return inward > 1 and inward > 2 * outward


def _urls(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node.kind == "link":
            yield node.url
        elif node.children:
            yield from _urls(node.children)


def read_contents(page: Page, block: Block, depth: int = 0) -> None:
    """Keep the items of a table of contents.

    Args:
        page: gets the items, and the links in them.
        block: a list or a paragraph.
        depth: how many lists are around it.
    """
    if block.kind not in LISTS:
        _read_line(page, block, depth)
        return
    for item in block.children:
        for child in item.children:
            nested = child.kind in LISTS
            read_contents(page, child, depth + nested)


def _read_line(page: Page, block: Block, depth: int) -> None:
    for part in page.outside(block):
        if part.link is not None:
            line = page.lines.line(part.start)
            page.contents.append(ContentsItem(part.link, line, depth))
