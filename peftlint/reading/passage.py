"""The running text of a list: what is neither link, image, code nor tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.markdown.node import Block, Node
from peftlint.model import Passage
from peftlint.source import Span

#: Those that are typed with a Chinese keyboard. No pattern: a class with such characters takes ten
#: times as long to compile.
_WIDE_BRACKETS = frozenset("\uff08\uff09\u3010\u3011")


def passages(tree: Block) -> Iterator[Passage]:
    """The inline content of each block in `tree` whose running text has a bracket in it."""
    for block in tree.walk():
        if block.nodes and (texts := _texts(block.nodes)):
            yield Passage(Span(block.start, block.end), tuple(texts))


def _texts(nodes: Sequence[Node]) -> list[Span]:
    """Where running text with a bracket in it stands."""
    texts: list[Span] = []
    for node in nodes:
        if node.kind == "text":
            text = node.text
            # Spelled out: it is asked of all the text that there is.
            if (
                "(" in text
                or ")" in text
                or "[" in text
                or "]" in text
                or not (text.isascii() or _WIDE_BRACKETS.isdisjoint(text))
            ):
                texts.append(Span(node.start, node.end))
        elif node.children and node.kind != "link":
            texts += _texts(node.children)
    return texts
