"""A stretch of an entry's text that may be spread over several parts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from peftlint.reading.part import Part
from peftlint.source import Span
from peftlint.value import Value


class Excerpt(Value):
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
            only = self.excerpts[0]
            return only.part.place(only.start + start, only.start + end)
        if not self._stops:
            self._stops = tuple(accumulate(len(excerpt.text) for excerpt in self.excerpts))
        stops, farthest = self._stops, len(self.excerpts) - 1
        index = min(bisect_left(stops, end), farthest)
        one = self.excerpts[index]
        at = stops[index] - len(one.text)
        begin = one.start - at
        last = one.part.place(begin + max(start, at), begin + end).end
        index = min(bisect_right(stops, start), index)
        one = self.excerpts[index]
        begin = one.start - (stops[index] - len(one.text))
        first = one.part.place(begin + start, begin + max(start, min(end, stops[index]))).start
        return Span(first, max(first, last))

    def cut(self, start: int, end: int | None = None) -> Run:
        """The characters from `start` to `end` as a run of their own."""
        end = len(self.text) if end is None else end
        if len(self.excerpts) == 1:
            only = self.excerpts[0]
            return Run((Excerpt(self.text[start:end], only.part, only.start + start),))
        kept: list[Excerpt] = []
        at = 0
        for one in self.excerpts:
            first, last = max(start - at, 0), min(end - at, len(one.text))
            if first < last:
                kept.append(Excerpt(one.text[first:last], one.part, one.start + first))
            at += len(one.text)
        if not kept:
            one = self.excerpts[-1]
            kept.append(Excerpt("", one.part, one.start + len(one.text)))
        return Run(kept)


def run_of(part: Part, start: int = 0, end: int | None = None) -> Run:
    """The characters of one part from `start` to `end`."""
    return Run((Excerpt(part.text[start:end], part, start),))
