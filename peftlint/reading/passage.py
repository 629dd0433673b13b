"""The running text of a list: what is neither link, image, code nor tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from peftlint.bracketing import may_be_of_links
from peftlint.markdown.node import Block, Node
from peftlint.model import Passage
from peftlint.source import span_of, spans_of

#: Those that are typed with a Chinese keyboard. No pattern: a class with such characters takes ten
#: times as long to compile.
_WIDE_BRACKETS = frozenset("\uff08\uff09\u3010\u3011")
#: The nodes that are running text, or may have some inside.
_RUNNING = frozenset(("text", "em", "strong", "strike"))


def passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    """The inline content of each block with brackets in running text that may be of links."""
    for block in blocks:
        texts: list[Node] = []
        _add_texts(texts, block.nodes)
        if texts and may_be_of_links("\n".join([text.text for text in texts])):
            spans = spans_of((text.inner_start, text.inner_end) for text in texts)
            yield Passage(span_of((block.start, block.end)), tuple(spans))


def _add_texts(found: list[Node], nodes: Sequence[Node]) -> None:
    """Add those of some nodes, and of the nodes in them, that are text with a bracket."""
    for node in nodes:
        if node.kind not in _RUNNING:
            continue
        if node.children:
            _add_texts(found, node.children)
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
                found.append(node)
