"""What a list renders to, by markdown-it as it comes.

It is what a fix is judged by (see `peftlint.proof`), so nothing here is ours.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt

#: The HTML of contents of blocks, by the definitions that these may refer to.
Rendered = dict[tuple[object, ...], dict[str, str]]


class Leaf:
    """A block with content of its own, as it renders.

    Attributes:
        line, end_line: where it stands, counted from 1.
        html: the blocks around it and its content as HTML; whether a list is tight or loose,
            which a blank line anywhere in it decides, is left out.
    """

    __slots__ = ("end_line", "html", "line")

    def __init__(self, line: int, end_line: int, html: str) -> None:
        self.line = line
        self.end_line = end_line
        self.html = html


@lru_cache(maxsize=1)
def _parsers() -> tuple[MarkdownIt, MarkdownIt]:
    """What parses blocks alone, and what renders their contents."""
    blocks, contents = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]) for _ in range(2)
    )
    blocks.core.ruler.enableOnly(["normalize", "block"])
    return blocks, contents


def leaves(text: str, rendered: Rendered | None = None) -> list[Leaf]:
    """The leaves of `text`, rendered by markdown-it as it comes, without anything of ours.

    It is what a fix is judged by: see `peftlint.proof`.

    Args:
        text: Markdown.
        rendered: is given what contents render to, and asked before one is rendered: of two
            texts that differ little most is the same.
    """
    blocks, contents = _parsers()
    rendered = {} if rendered is None else rendered
    env: dict[str, Any] = {}
    found: list[Leaf] = []
    path: list[str] = []
    tokens = blocks.parse(text, env)
    definitions = tuple(
        (label, one["href"], one.get("title")) for label, one in env.get("references", {}).items()
    )
    plain, referring = rendered.setdefault((), {}), rendered.setdefault(definitions, {})
    for token in tokens:
        if token.nesting > 0:
            path.append(token.tag)
        elif token.nesting < 0:
            path.pop()
        elif token.type == "inline":
            # A table's row has one leaf for all its cells' lines; each cell is a leaf.
            first, last = token.map or (0, 1)
            content = token.content
            known = referring if "[" in content else plain
            html = known.get(content)
            if html is None:
                html = known[content] = contents.renderInline(content, env)
            found.append(Leaf(first + 1, last, f"{'>'.join(path)} {html}"))
        else:
            first, last = token.map or (0, 1)
            found.append(
                Leaf(
                    first + 1,
                    max(last, first + 1),
                    f"{'>'.join(path)} {token.type} {token.content}",
                )
            )
    return found
