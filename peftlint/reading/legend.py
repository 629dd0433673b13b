"""What the colors of badges mean, where the list explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.model import LegendItem
from peftlint.reading.part import Part


def read_legend(parts: Sequence[Part]) -> Iterator[LegendItem]:
    """The items in the parts of a block, of which each line may be one.

    An item is a badge and what it means: `![](..badge/CoOp-blue) The abbreviation of the work.`
    """
    start = 0
    for index, part in enumerate(parts):
        if part.kind == "break":
            yield from _read_line(parts[start:index])
            start = index + 1
    yield from _read_line(parts[start:])


def _read_line(parts: Sequence[Part]) -> Iterator[LegendItem]:
    shown = [part for part in parts if part.badge or part.text.strip()]
    if not shown or shown[0].badge is None or shown[0].badge.color is None:
        return
    badge, color = shown[0].badge, shown[0].badge.color
    meaning = " ".join("".join(part.text for part in shown[1:] if part.badge is None).split())
    if meaning:
        yield LegendItem(badge, color, badge.label or "", meaning)
