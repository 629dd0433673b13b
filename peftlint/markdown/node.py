"""Blocks of Markdown and their inline content, with exact places.

Offsets are code points into the text; lines are counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

BlockKind: TypeAlias = (
    "Literal['document', 'heading', 'paragraph', 'bullet-list', 'ordered-list', 'item', 'quote', "
    "'table', 'row', 'cell', 'code', 'html', 'rule', 'front-matter']"
)
NodeKind: TypeAlias = (
    "Literal['text', 'special', 'code', 'break', 'em', 'strong', 'strike', 'link', 'image', 'html']"
)
Place = tuple[int, int]
NOWHERE: Place = (-1, -1)


class Node:
    """A piece of inline content.

    Attributes:
        kind: `special` is an escape or an entity: text that is written otherwise than it reads.
        start, end: its place in the text, marks included.
        text: what a `text`, `special` or `code` node shows, and an `em`, `strong`, `strike` or
            `link` in which there is text and nothing else; the source of an `html` node; the
            alternative text of an `image`; for a `break`, `hard` or `soft`.
        children: what is inside an `em`, `strong`, `strike` or `link`, if that is not text alone.
        inner_start, inner_end: the place of what is inside its marks.
        url: the address of a `link` or an `image`, as written.
        url_start, url_end: its place; the same where the address is empty. For a reference
            link it is the place in the definition, -1 where that was not found.
        form: `inline`, `reference` or `autolink`, for links and images.
    """

    __slots__ = (
        "children",
        "end",
        "form",
        "inner_end",
        "inner_start",
        "kind",
        "start",
        "text",
        "url",
        "url_end",
        "url_start",
    )

    def __init__(self, kind: NodeKind, start: int, end: int, text: str = "") -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        #: One and the same for all that have none, which most are.
        self.children: Sequence[Node] = ()
        self.inner_start = start
        self.inner_end = end
        self.url = ""
        self.url_start = -1
        self.url_end = -1
        self.form: Literal["inline", "reference", "autolink"] = "inline"

    def close(self) -> None:
        """Take over what is inside its marks if that is text: to be called at the closing one."""
        children = self.children
        if len(children) == 1 and children[0].kind == "text":
            self.text = children[0].text
            self.children = ()

    def shown(self) -> str:
        """What a reader sees of it: no marks, no HTML tags, no images, a blank for a break."""
        if self.children:
            return "".join([child.shown() for child in self.children])
        kind = self.kind
        if kind == "break":
            return " "
        return "" if kind in ("html", "image") else self.text


class Block:
    """A block of Markdown.

    Attributes:
        kind: what it is.
        line, end_line: its first and its last line that is not blank, counted from 1.
        children: the blocks inside it.
        nodes: the inline content of a heading, paragraph or cell.
        start, end: the place of that content, without marks and indentation.
        level: of a heading.
        text: the source of a `code` or `html` block.
        marker: of an item, `-` or `3.`; of code, its fence, empty where it is indented.
        is_header: whether a row is the table's head.
        width: how many cells a row has in the text; as `children` it has as many as the head.
        beyond: the place of the cells of a row that the head has no column for.
    """

    __slots__ = (
        "beyond",
        "children",
        "end",
        "end_line",
        "is_header",
        "kind",
        "level",
        "line",
        "marker",
        "nodes",
        "start",
        "text",
        "width",
    )

    def __init__(self, kind: BlockKind, line: int, end_line: int) -> None:
        self.kind = kind
        self.line = line
        self.end_line = end_line
        self.children: list[Block] = []
        self.nodes: list[Node] = []
        self.start = -1
        self.end = -1
        self.level = 0
        self.text = ""
        self.marker = ""
        self.is_header = False
        self.width = 0
        self.beyond: tuple[int, int] | None = None

    def walk(self) -> Iterator[Block]:
        """This block and all inside it, in order."""
        stack = [self]
        while stack:
            block = stack.pop()
            yield block
            if block.children:
                stack.extend(reversed(block.children))


class Root(Block):
    """A text, or a stretch of it, as a block.

    Attributes:
        html: raw HTML, wherever it stands, in order: blocks of kind `html`, and nodes.
        tables: the tables, wherever they stand, in order.
        code: where code stands, in blocks and inline, and the front matter.
        hidden: the addresses and HTML tags that hold anything but printable ASCII.
        with_nodes: the blocks with inline content, in order.
        near: how many links lead to no address with `//`, as those to places in the page do.
    """

    __slots__ = ("code", "hidden", "html", "near", "tables", "with_nodes")

    def __init__(self, line: int, end_line: int) -> None:
        super().__init__("document", line, end_line)
        self.html: list[Block | Node] = []
        self.tables: list[Block] = []
        self.code: list[tuple[int, int]] = []
        self.hidden: list[tuple[int, int]] = []
        self.with_nodes: list[Block] = []
        self.near = 0

    def join(self, other: Root) -> None:
        """Take the stretch that follows into this one."""
        self.end_line = other.end_line
        self.children.extend(other.children)
        self.html.extend(other.html)
        self.tables.extend(other.tables)
        self.code.extend(other.code)
        self.hidden.extend(other.hidden)
        self.with_nodes.extend(other.with_nodes)
        self.near += other.near
