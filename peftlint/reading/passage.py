"""The running text of a list: what is neither link, image, code nor tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.markdown.node import Block, Node
from peftlint.model import Passage
from peftlint.source import Span

#: Those that are typed with a Chinese keyboard. No pattern: a class with such characters takes ten
#: times as long to compile.
_WIDE_BRACKETS = "\uff08\uff09\u3010\u3011"


def passages(tree: Block) -> Iterator[Passage]:
    """The inline content of each block in `tree` whose running text has a bracket in it."""
    for block in tree.walk():
        if block.nodes:
            texts: list[Span] = []
            _add_texts(texts, block.nodes)
            if texts:
                yield Passage(Span(block.start, block.end), tuple(texts))


def _add_texts(texts: list[Span], nodes: Sequence[Node]) -> None:
    for node in nodes:
        if node.kind == "text":
            if _has_bracket(node.text):
                texts.append(Span(node.start, node.end))
        elif node.children and node.kind != "link":
            _add_texts(texts, node.children)


def _has_bracket(text: str) -> bool:
    # Spelled out: it is asked of all the text that there is.
    if "(" in text or ")" in text or "[" in text or "]" in text:
        return True
    return not text.isascii() and any(map(text.__contains__, _WIDE_BRACKETS))
