"""Where in a text stands what stands in the content of one of its blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Offsets:
    """Maps offsets in a block's inline content to places in the text.

    Attributes:
        starts: where, in the content, each stretch begins that is written in one piece.
        deltas: what to add to an offset in that stretch.
        bars: where, in a table cell, bars stand that are written with a backslash.
    """

    __slots__ = ("bars", "delta", "deltas", "starts")

    def __init__(self, starts: list[int], deltas: list[int], bars: Sequence[int] = ()) -> None:
        self.starts = starts
        self.deltas = deltas
        self.bars = bars
        self.delta = deltas[0] if len(deltas) == 1 else None

    @classmethod
    def of_lines(cls, content: str, deltas: list[int]) -> Offsets:
        """Those of content whose lines are each written in one piece."""
        starts = [0]
        while len(starts) < len(deltas):
            starts.append(content.index("\n", starts[-1]) + 1)
        return cls(starts, deltas)

    @classmethod
    def of_cell(cls, cell: str, at: int) -> Offsets:
        """Those of the content of a cell that has bars in it.

        Args:
            cell: the content as it stands in the text, with a backslash before each of these bars.
            at: where it stands.
        """
        starts = [0]
        deltas = [at]
        slash = cell.find("\\|")
        while slash >= 0:
            # The backslash is not in the content: from the bar on, everything is one further.
            starts.append(slash + 1 - len(starts))
            deltas.append(deltas[-1] + 1)
            slash = cell.find("\\|", slash + 2)
        return cls(starts, deltas, starts[1:])

    def place(self, offset: int) -> int:
        """Where the character at `offset` stands."""
        if self.delta is not None:
            return offset + self.delta
        return offset + self.deltas[bisect_right(self.starts, offset) - 1]

    def end(self, offset: int) -> int:
        """The place just after the character before `offset`."""
        if self.delta is not None:
            return offset + self.delta
        if not offset:
            return self.place(0)
        return offset + self.deltas[bisect_right(self.starts, offset - 1) - 1]
