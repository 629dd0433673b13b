"""The tokens of blocks: as markdown-it has them, and such as stand for several of these.

- A paragraph, a heading, an item of one line and a row of a table are one token each, in the place
  of three and more: `BLOCK`, `LINE_ITEM` and `ROW`.
- Tokens are made without what a dataclass does for each: `BlockToken`.
"""

from __future__ import annotations

from types import MappingProxyType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

#: A line that is indented so far is code, but for one that goes on with a paragraph.
CODE_INDENT = 4
#: The type of a token that stands for an opening one, its content and a closing one: of a paragraph
#: with the tag `p`, or of a heading, whose markup is its `#` or the underline's character.
BLOCK = "block"
#: The type of one that stands for a row and all its cells, with the tag of these, `th` or `td`. Its
#: content is the line, which `tableblock.split_row` parts into cells.
ROW = "row"
#: The type of one that stands for an item whose only block is a paragraph of one line.
LINE_ITEM = "line_item"

#: What nearly all tokens have as attributes: the same for all, or a table of a megabyte takes
#: 15 MiB more while it is parsed. Rules that give a token some set others; none may change these.
_NONE: Any = MappingProxyType({})


class BlockToken:
    """A token with the fields of markdown-it's."""

    __slots__ = (
        "attrs", "block", "children", "content", "hidden", "info", "level", "map", "markup", "meta",
        "nesting", "tag", "type",
    )  # fmt: skip

    def __init__(
        self, type: str, tag: str, nesting: Literal[-1, 0, 1], level: int = 0, block: bool = False
    ) -> None:
        self.type = type
        self.tag = tag
        self.nesting = nesting
        self.attrs: dict[str, Any] = _NONE
        self.map: list[int] | None = None
        self.level = level
        self.children: list[Any] | None = None
        self.content = ""
        self.markup = ""
        self.info = ""
        self.meta: dict[str, Any] = _NONE
        self.block = block
        self.hidden = False
