"""The way that most of a list is written.

peftlint has no style of its own: a rule about style asks what the list itself does, and is
silent where the list has no way that most of it follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

#: A way counts as the list's own from this many uses on ...
LEAST = 3
#: ... and from this share of all.
SHARE = 0.75

Way = TypeVar("Way", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Habit(Generic[Way]):
    """A way that most of the list follows, and how often it does."""

    way: Way
    count: int
    total: int

    def __str__(self) -> str:
        """As findings say it: `44 of 47`."""
        return f"{self.count} of {self.total}"


def habit(ways: Iterable[Way]) -> Habit[Way] | None:
    """The way that at least 75 % and at least 3 of `ways` are, or `None`."""
    found = most_common(ways)
    if found is None or found.count < LEAST or found.count < SHARE * found.total:
        return None
    return found


def most_common(ways: Iterable[Way]) -> Habit[Way] | None:
    """The most frequent of `ways`, the first seen where two are equal, or `None` of none."""
    counts = Counter(ways)
    if not counts:
        return None
    way, count = counts.most_common(1)[0]
    return Habit(way, count, counts.total())
