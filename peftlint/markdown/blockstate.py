"""The lines of a text while its blocks are made tokens, and these tokens."""

from __future__ import annotations

from itertools import accumulate

from peftlint.markdown.blocktoken import CODE_INDENT, BlockToken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

BLANKS = " \t"
#: Nothing is nested deeper than this.
DEEPEST = 20

#: What is stripped from content: white space as CommonMark has it, which is less than Python's.
WHITE_SPACE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def stripped(content: str) -> str:
    """Content without white space around it, as markdown-it's `mdTrim` leaves it."""
    return content.strip(WHITE_SPACE)


def right_stripped(content: str) -> str:
    """Content without white space behind it, by the same measure."""
    return content.rstrip(WHITE_SPACE)


class BlockState:
    """The state of a parser of blocks: what markdown-it's has that is needed, under its names.

    Args:
        src: the text, with a line feed at the end of each line.

    Attributes:
        tokens: those that were made.
        definitions: of references, the first of each label.
    """

    def __init__(self, src: str) -> None:
        self.src = src
        self.tokens: list[BlockToken] = []
        self.definitions: dict[str, dict[str, Any]] = {}
        self.line = 0
        self.level = 0
        self.blkIndent = 0
        self.listIndent = -1
        self.tight = False
        self.parentType = "root"
        lines = src.split("\n")
        if not lines[-1].strip(BLANKS):
            # What no line end follows is a line only if there is something in it.
            lines.pop()
        self.lineMax = len(lines)
        # Each list ends with an entry for the end of the text.
        self.eMarks = [end - 1 for end in accumulate([len(line) + 1 for line in lines])]
        self.bMarks = [0, *[end + 1 for end in self.eMarks]]
        self.bMarks[-1] = len(src)
        self.eMarks.append(len(src))
        self.tShift = [len(line) - len(line.lstrip(BLANKS)) for line in lines]
        self.sCount = self.tShift.copy()
        if "\t" in src:
            indents = zip(lines, self.tShift, strict=True)
            self.sCount = [len(line[:indent].expandtabs(4)) for line, indent in indents]
        self.tShift.append(0)
        self.sCount.append(0)
        self.bsCount = [0] * len(self.bMarks)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> BlockToken:
        """A new token, as markdown-it's method of that name makes one."""
        if nesting < 0:
            self.level -= 1
        token = BlockToken(ttype, tag, nesting, self.level, True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token

    def push_content(self, kind: str, tag: str, content: str, lines: list[int]) -> BlockToken:
        """A new token with content.

        Args:
            kind: its type.
            tag: what it is.
            content: what is to be parsed in it.
            lines: its first line, and the line after it.
        """
        token = BlockToken(kind, tag, 0, self.level, True)
        token.content = content
        token.map = lines
        self.tokens.append(token)
        return token

    def is_blank(self, line: int) -> bool:
        """Whether nothing is in a line."""
        return self.bMarks[line] + self.tShift[line] >= self.eMarks[line]

    def is_code(self, line: int) -> bool:
        """Whether a line is indented as code is."""
        return self.sCount[line] - self.blkIndent >= CODE_INDENT

    def text(self, line: int) -> str:
        """A line without the indentation of what it is in."""
        return self.src[self.bMarks[line] + self.tShift[line] : self.eMarks[line]]

    def content(self, first: int, last: int) -> str:
        """The lines from `first` up to `last` as content of the block that they are in."""
        if last - first == 1:
            return stripped(self.text(first))
        return stripped(self.lines(first, last, self.blkIndent))

    def whole(self, first: int, last: int, indent: int) -> str:
        """As `lines`, with a line end behind each line that has one."""
        content = self.lines(first, last, indent)
        return content + "\n" if first < last and self.eMarks[last - 1] < len(self.src) else content

    def lines(self, first: int, last: int, indent: int) -> str:
        """The lines from `first` up to `last` without as much indentation.

        Args:
            first: the first of them.
            last: the one after the last.
            indent: how many columns; each line has no more than it has.
        """
        return "\n".join([self._unindented(line, indent) for line in range(first, last)])

    def _unindented(self, line: int, indent: int) -> str:
        """A line without so much of its indentation."""
        at, end = self.bMarks[line], self.eMarks[line]
        if not indent:
            return self.src[at:end]
        # What stands before the line in blocks around it counts as its indentation.
        inside = at + self.tShift[line]
        column = 0
        while at < end and column < indent:
            if self.src[at] == "\t":
                column += 4 - (column + self.bsCount[line]) % 4
            elif self.src[at] == " " or at < inside:
                column += 1
            else:
                break
            at += 1
        return " " * (column - indent) + self.src[at:end]
