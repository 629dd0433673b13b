"""The running text of a list: what is neither link, image, code nor tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peftlint.markdown.node import Block, Node
from peftlint.model import Passage
from peftlint.source import Lines, Span

# Also those that are typed with a Chinese keyboard.
_BRACKET = re.compile("[][()\uff08\uff09\u3010\u3011]")


def passages(tree: Block) -> tuple[Passage, ...]:
    """The inline content of each block in `tree` whose running text has a bracket in it."""
    found: list[Passage] = []
    for block in tree.walk():
        if block.nodes:
            texts = tuple(_texts(block.nodes))
            if texts:
                found.append(Passage(Span(block.start, block.end), texts))
    return tuple(found)


def code(tree: Block, lines: Lines) -> tuple[Span, ...]:
    """Where code stands, in blocks and inline, and the front matter, in order."""
    found: list[Span] = []
    for block in tree.walk():
        if block.kind in ("code", "front-matter"):
            found.append(lines.whole(block.line, block.end_line))
        elif block.nodes:
            found.extend(_code(block.nodes))
    return tuple(sorted(found))


def _code(nodes: Sequence[Node]) -> Iterator[Span]:
    for node in nodes:
        if node.kind == "code":
            yield Span(node.start, node.end)
        elif node.children:
            yield from _code(node.children)


def _texts(nodes: Sequence[Node]) -> Iterator[Span]:
    for node in nodes:
        if node.kind == "text":
            if _BRACKET.search(node.text):
                yield Span(node.start, node.end)
        elif node.children and node.kind != "link":
            yield from _texts(node.children)
