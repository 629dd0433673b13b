"""Which members of a sequence are out of order, and where they belong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from peftlint.value import NamedTuple


class Misplaced(NamedTuple):
    """A member that is out of order, all by their places in the sequence.

    Attributes:
        at: where it is.
        after: the member that stays and that it belongs behind; `None` for one that belongs
            before all that stay.
        before: the first member that stays, where `after` is `None`.
    """

    at: int
    after: int | None
    before: int | None


class Arrangement(NamedTuple):
    """How a sequence gets into order with the fewest moves.

    Attributes:
        misplaced: the members to move, in their present order.
        order: the places of all members, in the order in which they belong.
    """

    misplaced: tuple[Misplaced, ...]
    order: tuple[int, ...]


def ranks(keys: Iterable[Any], *, descending: bool = False) -> list[int | None]:
    """Numbers that are ordered as `keys` are; `None` stays `None`.

    Args:
        keys: values that can be compared, or `None`.
        descending: whether the greatest is to come first.
    """
    found = list(keys)
    distinct = sorted({key for key in found if key is not None}, reverse=descending)
    numbers = {key: number for number, key in enumerate(distinct)}
    return [None if key is None else numbers[key] for key in found]


def longest_run(numbers: Sequence[int]) -> list[int]:
    """The places of a longest subsequence of `numbers` that never falls, in order.

    Patience sorting, in n log n: Fredman, "On computing the length of longest increasing
    subsequences", 1975.
    """
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_right(ends, number)
        before.append(places[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            places.append(place)
        else:
            ends[length] = number
            places[length] = place
    run: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]


def steps(keys: Iterable[Any]) -> tuple[int, int]:
    """How often a key is greater than the one before it, and how often less.

    Args:
        keys: values that can be compared, or `None`, which is passed over.
    """
    up = down = 0
    for one, other in pairwise(key for key in keys if key is not None):
        if one < other:
            up += 1
        elif one != other:
            down += 1
    return up, down


def arrangement(numbers: Sequence[int | None]) -> Arrangement:
    """How a sequence gets into order with the fewest moves.

    What has no number stays behind what it is behind. Equal numbers keep their order.
    """
    numbered = [(number, place) for place, number in enumerate(numbers) if number is not None]
    run = longest_run([number for number, _ in numbered])
    staying = [numbered[at][1] for at in run]
    stays = set(staying)
    moved: dict[int | None, list[int]] = {}
    anchor: int | None = None
    misplaced: list[Misplaced] = []
    for _, place in sorted(numbered):
        if place in stays:
            anchor = place
        else:
            moved.setdefault(anchor, []).append(place)
            misplaced.append(Misplaced(place, anchor, staying[0] if anchor is None else None))
    leaving = {one.at for one in misplaced}
    order: list[int] = []
    for place in range(len(numbers)):
        if place in leaving:
            continue
        if staying and place == staying[0]:
            order.extend(moved.get(None, ()))
        order.append(place)
        order.extend(moved.get(place, ()))
    return Arrangement(tuple(sorted(misplaced)), tuple(order))
