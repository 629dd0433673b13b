"""The running text of a list: what is neither link, image, code nor tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.markdown.node import Block, Node
from peftlint.model import Passage
from peftlint.source import Span, span_of

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
                yield Passage(span_of((block.start, block.end)), tuple(texts))


def _add_texts(texts: list[Span], nodes: Sequence[Node]) -> None:
    for node in nodes:
        kind = node.kind
        if kind == "text":
            text = node.text
            # Spelled out: it is asked of all the text that there is.
            if (
                "(" in text
                or ")" in text
                or "[" in text
                or "]" in text
                or (not text.isascii() and any(map(text.__contains__, _WIDE_BRACKETS)))
            ):
                texts.append(span_of((node.start, node.end)))
        elif kind != "link" and node.children:
            _add_texts(texts, node.children)
