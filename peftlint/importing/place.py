"""Where in a list new entries go: which section, between which entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from peftlint.model import Document, Entry, Section
from peftlint.order import steps
from peftlint.style.sequence import Member, sequences
from peftlint.style.sorting import Sorting, learn_sorting

#: So many steps of a section tell its order.
_LEAST = 3
#: One way, so many times as often as the other.
_CLEARLY = 2
_KEYS = ("date", "year")
_MIDDLE_OF_YEAR = 6


class Home(NamedTuple):
    """Where new entries of a section can go.

    Attributes:
        section: the section.
        members: the entries among which they go, in order; none in a section without entries.
        sorting: the order of these; `None` where they have none.
        is_newest_first: whether what is new goes on top where the order does not tell.
    """

    section: Section
    members: Sequence[Member]
    sorting: Sorting | None
    is_newest_first: bool

    def slot(self, entry: Entry) -> int:
        """Before which member a new entry belongs; their number for behind all.

        Args:
            entry: the facts of the new one.
        """
        end = 0 if self.is_newest_first else len(self.members)
        if self.sorting is None:
            return end
        key, keys = self._comparable(self.sorting, entry)
        if key is None:
            return end
        descends = self.sorting.direction == "descending"
        wrong = sum(_is_wrong(one, key, descends) for one in keys)
        # Before all of them: each that belongs before it is on the wrong side.
        best, places = wrong, [0]
        for at, one in enumerate(keys):
            if one is not None and one != key:
                wrong += -1 if _is_wrong(one, key, descends) else 1
            if wrong < best:
                best, places = wrong, [at + 1]
            elif wrong == best:
                places.append(at + 1)
        # Of one year, too, the newest is on top where the years fall.
        return places[0] if descends and self.sorting.key in _KEYS else places[-1]

    def _comparable(self, sorting: Sorting, entry: Entry) -> tuple[Any, list[Any]]:
        """The key of the new one and those of the members."""
        key = sorting.of(entry)
        keys = [sorting.of(member.entry) for member in self.members]
        if key is None and sorting.key == "date" and entry.year is not None:
            # Without an id the year tells most.
            years = [one[0] if one is not None else None for one in keys]
            return entry.year.value, years
        return key, keys

    def rank(self, entry: Entry) -> tuple[int, Any]:
        """By what new ones that go to one place are sorted among themselves; stable."""
        if self.sorting is None or self.sorting.key not in _KEYS:
            return 0, 0
        key = self.sorting.of(entry)
        if key is None and self.sorting.key == "date" and entry.year is not None:
            key = (entry.year.value, _MIDDLE_OF_YEAR)
        if key is None:
            return 1, 0
        number = key[0] * 12 + key[1] if isinstance(key, tuple) else key
        return 0, -number if self.sorting.direction == "descending" else number


def _is_wrong(one: Any, key: Any, descends: bool) -> bool:  # noqa: ANN401 - a key of any sort
    """Whether a member belongs before what has `key`."""
    return one is not None and (one > key if descends else one < key)


def homes(document: Document, section: Section) -> list[Home]:
    """The runs of entries of a section to which new ones can be added, the longest first."""
    found = list(sequences(document))
    general = learn_sorting(document, None, None)
    newest_first = _falls(found) or (
        general is not None and general.direction == "descending" and general.key in _KEYS
    )
    own = [
        sequence
        for sequence in found
        if any(sequence[0].entry is entry for entry in section.entries)
    ]
    result = []
    for sequence in sorted(own, key=len, reverse=True):
        entries = [member.entry for member in sequence]
        sorting = _sorting_of(entries, general)
        own_way = _direction(entries)
        on_top = own_way == "descending" if own_way else newest_first
        result.append(Home(section, sequence, sorting, on_top))
    return result or [Home(section, (), None, newest_first)]


def best(found: Sequence[Home], entry: Entry) -> int:
    """The number of the home of a new entry: where all are of its year, else the longest."""
    if len(found) > 1 and entry.year is not None:
        for number, home in enumerate(found):
            years = Counter(m.entry.year.value for m in home.members if m.entry.year)
            if set(years) == {entry.year.value} and 2 * years.total() > len(home.members):
                return number
    return 0


def _sorting_of(entries: Sequence[Entry], general: Sorting | None) -> Sorting | None:
    """The order of a run: the list's, if it follows that, else its own."""
    if general is not None:
        up, down = _steps(entries, general)
        if up + down < _LEAST or (up if general.direction == "ascending" else down) >= 3 * (
            down if general.direction == "ascending" else up
        ):
            return general
    for key in _KEYS:
        for direction in ("ascending", "descending"):
            sorting = Sorting(key, direction)
            up, down = _steps(entries, sorting)
            with_it, against = (up, down) if direction == "ascending" else (down, up)
            if with_it >= _LEAST and against <= with_it // 10:
                return sorting
    return None


def _steps(entries: Sequence[Entry], sorting: Sorting) -> tuple[int, int]:
    keys = [key for entry in entries if (key := sorting.of(entry)) is not None]
    return steps(keys)


def _direction(entries: Sequence[Entry]) -> str | None:
    """Whether years or dates mostly rise or fall in a run; `None` where neither is clear."""
    for key in _KEYS:
        up, down = _steps(entries, Sorting(key, "ascending"))
        if up + down >= _LEAST:
            if up > _CLEARLY * down:
                return "ascending"
            if down > _CLEARLY * up:
                return "descending"
    return None


def _falls(found: Sequence[Sequence[Member]]) -> bool:
    """Whether years or dates fall in most runs of a list."""
    ways = Counter(_direction([member.entry for member in one]) for one in found)
    return ways["descending"] > _CLEARLY * ways["ascending"]
