"""The table of contents: a list or a line of links to places in the page."""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.markdown.node import Block, Node
from peftlint.model import ContentsItem
from peftlint.reading.aside import is_inward
from peftlint.reading.page import LISTS, Page
from peftlint.regex import regex

_WORD = regex(r"\w{2,}")
#: A single link to a place in the page is a cross-reference.
FEWEST = 2


def is_contents(block: Block, is_first: bool) -> bool:
    """Whether most links of a list or a paragraph lead to places in the page.

    Args:
        block: a list or a paragraph; a paragraph has to be a line of links and little else.
        is_first: whether no entry stands before it; then links to other pages count as well.
    """
    pages = ".md" if is_first and block.kind in LISTS else "#"
    inward = outward = 0
    for inside in block.walk():
        for url in _urls(inside.nodes) if inside.nodes else ():
            if "//" in url:
                outward += 1
            elif is_inward(url) or url.endswith(pages):
                inward += 1
            elif url:
                outward += 1
    if inward < FEWEST or inward <= 2 * outward:
        return False
    return block.kind in LISTS or _words_beside(block) <= inward


def _words_beside(paragraph: Block) -> int:
    """How many words of a paragraph are not in its links."""
    beside = " ".join(node.shown() for node in paragraph.nodes if node.kind != "link")
    return len(_WORD.findall(beside))


def _urls(nodes: Sequence[Node]) -> list[str]:
    urls: list[str] = []
    for node in nodes:
        if node.kind == "link":
            urls.append(node.url)
        elif node.children:
            urls += _urls(node.children)
    return urls


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
