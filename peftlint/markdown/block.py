"""The blocks that a text renders to, by markdown-it as it comes.

It is what comments that are written into a list are judged by, so nothing here is ours.
"""

from __future__ import annotations

from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.utils import EnvType


class Block(NamedTuple):
    """The beginning or the end of a block, or what is in it.

    Attributes:
        line: where it begins, counted from 1.
        kind: all that decides how it renders but its content, the tightness of lists included.
        html: its content as HTML; empty for a beginning or an end.
    """

    line: int
    kind: str
    html: str


def blocks(text: str) -> list[Block]:
    """All that `text` renders to, in order: texts with equal ones render alike."""
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    renderer = RendererHTML()
    env: EnvType = {}
    found: list[Block] = []
    line = 1
    for token in md.parse(text, env):
        line = token.map[0] + 1 if token.map else line
        kind = f"{token.type} {token.tag} {token.attrs} {token.info} {token.hidden}"
        if token.type == "inline":
            html = renderer.renderInline(token.children or [], md.options, env)
        else:
            html = token.content
        found.append(Block(line, kind, html))
    return found
