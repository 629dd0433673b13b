"""Which lines of two versions of a text, or entries of a list, are the same: a patience diff.

Lines that stand once on both sides are taken for the same; between them the same is done again.
In a list nearly every line that is not blank stands once, so this takes n log n where `difflib`
takes a time quadratic in the number of changes.
Source: Bram Cohen, https://bramcohen.livejournal.com/73318.html
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

#: A gap without lines that stand once is left to `difflib` up to so many pairs of lines.
_MOST_PAIRS = 10_000


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The lines that stay, as pairs of their numbers, in order; counted from 0."""
    found: list[tuple[int, int]] = []
    gaps = [(0, len(old), 0, len(new))]
    while gaps:
        start, end, new_start, new_end = gaps.pop()
        while start < end and new_start < new_end and old[start] == new[new_start]:
            found.append((start, new_start))
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            found.append((end, new_end))
        if start == end or new_start == new_end:
            continue
        anchors = _anchors(old[start:end], new[new_start:new_end])
        if not anchors:
            found.extend(
                (start + at, new_start + new_at)
                for at, new_at in _without_anchors(old[start:end], new[new_start:new_end])
            )
            continue
        base, new_base = start, new_start
        for at, new_at in anchors:
            found.append((base + at, new_base + new_at))
            gaps.append((start, base + at, new_start, new_base + new_at))
            start, new_start = base + at + 1, new_base + new_at + 1
        gaps.append((start, end, new_start, new_end))
    return sorted(found)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Lines that stand once on both sides, as many as are in one order on both."""
    old_counts, new_counts = Counter(old), Counter(new)
    places = {line: at for at, line in enumerate(new) if new_counts[line] == 1}
    pairs = [
        (at, places[line])
        for at, line in enumerate(old)
        if old_counts[line] == 1 and line in places
    ]
    # The longest rising run of places, by patience sorting.
    tops: list[int] = []
    piles: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        if pile == len(tops):
            tops.append(place)
            piles.append(index)
        else:
            tops[pile], piles[pile] = place, index
        before[index] = piles[pile - 1] if pile else -1
    run: list[tuple[int, int]] = []
    index = piles[-1] if piles else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _without_anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    from difflib import SequenceMatcher  # rarely needed

    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(at + step, new_at + step) for at, new_at, size in blocks for step in range(size)]
