"""The running text of a list: what is neither link, image, code nor tag."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from peftlint.markdown.node import Block, Node
from peftlint.model import Passage
from peftlint.source import span_of

#: Those that are typed with a Chinese keyboard. No pattern: a class with such characters takes ten
#: times as long to compile.
_WIDE_BRACKETS = frozenset("\uff08\uff09\u3010\u3011")
#: The nodes that are running text, or may have some inside.
_RUNNING = frozenset(("text", "em", "strong", "strike"))


def passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    """The inline content of each of these blocks whose running text has a bracket in it."""
    for block in blocks:
        distances: list[int] = []
        _add_texts(distances, block.nodes, block.start)
        if distances:
            whole = span_of((block.start, block.end))
            yield Passage(whole, array("i", distances).tobytes())


def _add_texts(distances: list[int], nodes: Sequence[Node], start: int) -> None:
    for node in nodes:
        if node.kind not in _RUNNING:
            continue
        if node.children:
            _add_texts(distances, node.children, start)
        else:
            text = node.text
            # Spelled out: it is asked of all the text that there is.
            if (
                "(" in text
                or ")" in text
                or "[" in text
                or "]" in text
                or not (text.isascii() or _WIDE_BRACKETS.isdisjoint(text))
            ):
                distances += (node.inner_start - start, node.inner_end - start)
