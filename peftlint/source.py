"""Places in a text and what to put there.

All offsets in peftlint are code points into the text of one file, counted from 0.
Lines and columns, which people read, are counted from 1.
This module imports next to nothing of peftlint.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import repeat

from peftlint.regex import regex
from peftlint.value import NamedTuple

#: What ends a line in Markdown (CommonMark 0.31, section 2.1); `str.splitlines` also splits
#: at form feeds and U+2028, where Markdown does not.
LINE_END = regex(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of code points, `start` included and `end` not.

    A named tuple, not a dataclass: a list of 10 MB has a million of them, and the class itself is
    made in a seventh of the time, which start-up notices.
    """

    start: int
    end: int

    @property
    def before(self) -> Span:
        """The empty place just before this span, to insert at."""
        return Span(self.start, self.start)

    @property
    def after(self) -> Span:
        """The empty place just after this span, to insert at."""
        return Span(self.end, self.end)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point, or one is an empty place inside the other."""
        return self.start < other.end and other.start < self.end


#: `Span(start, end)` of a pair in half the time, for where the most of them are made: this is no
#: function of Python.
span_of: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


def spans_of(pairs: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """`Span(start, end)` of each pair, for where there are many at once."""
    return map(tuple.__new__, repeat(Span), pairs)


class Edit(NamedTuple):
    """Put `replacement` where `span` was; an empty span inserts, an empty replacement deletes."""

    span: Span
    replacement: str


class Place(NamedTuple):
    """A line and a column, both counted from 1; columns are code points."""

    line: int
    column: int


class Lines:
    """The lines of one text, for turning offsets into places and back.

    Args:
        text: the whole text of a file, with its line ends as they stand.
    """

    __slots__ = ("_newline", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        #: Counted once, when somebody asks: who reads a list part by part asks at each.
        self._newline: str | None = None
        # A list of numbers would take nine times the memory.
        starts = array("Q", [0])
        if "\r" in text and text.count("\r") > text.count("\r\n"):
            starts.extend(match.end() for match in LINE_END.finditer(text))
        else:
            # Three times as fast as the pattern.
            find = text.find
            at = find("\n") + 1
            append = starts.append
            while at:
                append(at)
                at = find("\n", at) + 1
        self.starts = starts

    @property
    def newline(self) -> str:
        """The line end that most lines have; a line feed where there is none."""
        if self._newline is None:
            crlf = self.text.count("\r\n")
            counts = {
                "\n": self.text.count("\n") - crlf,
                "\r\n": crlf,
                "\r": self.text.count("\r") - crlf,
            }
            self._newline = max(counts, key=lambda end: counts[end])
        return self._newline

    def __len__(self) -> int:
        """How many lines there are; a text that ends with a line end has an empty last line."""
        return len(self.starts)

    def line(self, offset: int) -> int:
        """The number, from 1, of the line in which `offset` lies."""
        return bisect_right(self.starts, offset)

    def place(self, offset: int) -> Place:
        """Line and column, from 1, of `offset`."""
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)

    def places(self, span: Span) -> tuple[int, int, int, int]:
        """Line and column, from 1, of where `span` starts, and of where it ends.

        In half the time of two `place`: most spans end in the line that they start in.
        """
        starts = self.starts
        start, end = span
        line = end_line = bisect_right(starts, start)
        if line < len(starts) and end >= starts[line]:
            end_line = bisect_right(starts, end, line)
        return line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1

    def span(self, line: int, end_line: int | None = None) -> Span:
        """From the start of `line` to the end of `end_line` (default: the same), line end left out.

        Raises:
            IndexError: there is no such line.
        """
        last = line if end_line is None else end_line
        starts, text = self.starts, self.text
        start = starts[line - 1]
        end = starts[last] if last < len(starts) else len(text)
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        return span_of((start, end))

    def content(self, line: int) -> str:
        """The text of `line` without its line end."""
        span = self.span(line)
        return self.text[span.start : span.end]

    def is_blank(self, line: int) -> bool:
        """Whether nothing but white space stands in `line`."""
        starts = self.starts
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text)
        # Most lines that are not blank begin with what is none.
        return start == end or (self.text[start].isspace() and self.text[start:end].isspace())

    def whole(self, line: int, end_line: int) -> Span:
        """From the start of `line` to the start of the line after `end_line`, line end included."""
        start = self.starts[line - 1]
        end = self.starts[end_line] if end_line < len(self.starts) else len(self.text)
        return span_of((start, end))


def trimmed(text: str, span: Span) -> Span:
    """`span` without the white space at its ends; empty where there is nothing else in it."""
    piece = text[span.start : span.end]
    start = span.end - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits` made.

    Args:
        text: the text that the edits' spans point into.
        edits: in any order; two that insert at one place are made in the order given.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start, end = edit.span
        if start < done or end < start or end > len(text):
            raise ValueError(f"edit at {start}-{end} overlaps another or lies outside the text")
        pieces.append(text[done:start])
        pieces.append(edit.replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)
