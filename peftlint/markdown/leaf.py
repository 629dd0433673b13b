"""What a list renders to, by markdown-it as it comes.

It is what a fix is judged by (see `peftlint.proof`), so nothing here is ours.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.utils import EnvType


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


def leaves(text: str) -> list[Leaf]:
    """The leaves of `text`, rendered by markdown-it as it comes, without anything of ours.

    It is what a fix is judged by: see `peftlint.proof`.
    """
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    renderer = RendererHTML()
    env: EnvType = {}
    found: list[Leaf] = []
    path: list[str] = []
    for token in md.parse(text, env):
        if token.nesting > 0:
            path.append(token.tag)
        elif token.nesting < 0:
            path.pop()
        elif token.type == "inline":
            # A table's row has one leaf for all its cells' lines; each cell is a leaf.
            first, last = token.map or (0, 1)
            html = renderer.renderInline(token.children or [], md.options, env)
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
