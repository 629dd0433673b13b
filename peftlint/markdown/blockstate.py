"""The lines of a text while its blocks are made tokens, and these tokens."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, cast

from peftlint.markdown.blocktoken import CODE_INDENT, BlockToken

if TYPE_CHECKING:
    from markdown_it.token import Token

BLANKS = " \t"
#: Nothing is nested deeper than this.
DEEPEST = 20

#: What is stripped from content: white space as CommonMark has it, which is less than Python's.
_WHITE_SPACE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def stripped(content: str) -> str:
    """Content without white space around it, as markdown-it's `mdTrim` leaves it."""
    return content.strip(_WHITE_SPACE)


def right_stripped(content: str) -> str:
    """Content without white space behind it, by the same measure."""
    return content.rstrip(_WHITE_SPACE)


class RareBlockError(Exception):
    """There is a block, or may be one, that only markdown-it's own rules read."""


class BlockState:
    """The state of a parser of blocks: what markdown-it's has that is needed, under its names.

    Args:
        src: the text, with a line feed at the end of each line.
        tokens: is given the tokens.
    """

    #: Makes a token.
    token = cast("Callable[..., Token]", BlockToken)

    def __init__(self, src: str, tokens: list[Token]) -> None:
        self.src = src
        self.tokens = tokens
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

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """A new token, as markdown-it's method of that name makes one."""
        if nesting < 0:
            self.level -= 1
        token = self.token(ttype, tag, nesting, self.level, True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token

    def push_content(self, kind: str, tag: str, content: str, lines: list[int]) -> Token:
        """A new token with content.

        Args:
            kind: its type.
            tag: what it is.
            content: what is to be parsed in it.
            lines: its first line, and the line after it.
        """
        token = self.token(kind, tag, 0, self.level, True)
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
        return stripped("\n".join([self._unindented(line) for line in range(first, last)]))

    def whole(self, first: int, last: int) -> str:
        """The lines from `first` up to `last` with their line ends, as in the block they are in."""
        content = "\n".join([self._unindented(line) for line in range(first, last)])
        return content + "\n" if self.eMarks[last - 1] < len(self.src) else content

    def _unindented(self, line: int) -> str:
        """A line without as much indentation as all have in the block that it is in."""
        at, end = self.bMarks[line], self.eMarks[line]
        indent = self.blkIndent
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

    def rare_rule(self, name: str) -> Callable[..., bool]:
        """The rule of markdown-it's that reads a block of a rare kind.

        Args:
            name: of the rule.

        Raises:
            RareBlockError: markdown-it is not used here.
        """
        raise RareBlockError(name)
