"""A stretch of an entry's text that may be spread over several parts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from peftlint.reading.part import Part
from peftlint.source import Span
from peftlint.value import NamedTuple


class Excerpt(NamedTuple):
    """Some of one part's text.

    Attributes:
        text: the text.
        part: the part.
        start: where the text begins in that of the part.
    """

    text: str
    part: Part
    start: int = 0


class Run:
    """Excerpts in a row, read as one text that knows where it stands.

    Attributes:
        text: the text of all.
        excerpts: at least one.
    """

    __slots__ = ("_stops", "excerpts", "text")

    def __init__(self, excerpts: Iterable[Excerpt]) -> None:
        self.excerpts = tuple(excerpts)
        if len(self.excerpts) == 1:
            self.text = self.excerpts[0].text
        else:
            self.text = "".join([excerpt.text for excerpt in self.excerpts])
        self._stops: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of the text stand in the list."""
        if len(self.excerpts) == 1:
            _, part, begin = self.excerpts[0]
            return part.place(begin + start, begin + end)
        if not self._stops:
            self._stops = tuple(accumulate(len(excerpt.text) for excerpt in self.excerpts))
        stops, farthest = self._stops, len(self.excerpts) - 1
        index = min(bisect_left(stops, end), farthest)
        text, part, begin = self.excerpts[index]
        begin -= stops[index] - len(text)
        last = part.place(begin + max(start, stops[index] - len(text)), begin + end).end
        index = min(bisect_right(stops, start), index)
        text, part, begin = self.excerpts[index]
        begin -= stops[index] - len(text)
        first = part.place(begin + start, begin + max(start, min(end, stops[index]))).start
        return Span(first, max(first, last))

    def cut(self, start: int, end: int | None = None) -> Run:
        """The characters from `start` to `end` as a run of their own."""
        end = len(self.text) if end is None else end
        if len(self.excerpts) == 1:
            _, part, begin = self.excerpts[0]
            return Run((Excerpt(self.text[start:end], part, begin + start),))
        kept: list[Excerpt] = []
        at = 0
        for text, part, begin in self.excerpts:
            first, last = max(start - at, 0), min(end - at, len(text))
            if first < last:
                kept.append(Excerpt(text[first:last], part, begin + first))
            at += len(text)
        if not kept:
            text, part, begin = self.excerpts[-1]
            kept.append(Excerpt("", part, begin + len(text)))
        return Run(kept)


def run_of(part: Part, start: int = 0, end: int | None = None) -> Run:
    """The characters of one part from `start` to `end`."""
    return Run((Excerpt(part.text[start:end], part, start),))
