"""What entries that are laid out alike do most, and the layout of each of them by that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations

from peftlint.convention import LEAST
from peftlint.layout.contest import NO_TRAITS, Beside, Habits, Trait
from peftlint.layout.learnt import FamilyLayout, order_of
from peftlint.layout.named import Layout
from peftlint.layout.sight import Kind, Sight, Sights
from peftlint.model import Document, Entry
from peftlint.style.family import Family

#: Of one family so many layouts are learnt, each from all its entries.
_MOST_LAYOUTS = 200
_WORDS: dict[Kind, str] = {
    "title": "title", "name": "name", "authors": "authors", "where": "venue", "when": "year",
    "links": "links", "badges": "badges",
}  # fmt: skip


class Learner:
    """The layout of entries that are laid out alike.

    Args:
        document: the list that they are in.
        family: the entries.
    """

    def __init__(self, document: Document, family: Family) -> None:
        self._document = document
        self._family = family
        self._seen = document.once(Sights)
        self._layouts: dict[frozenset[tuple[Trait, object]], Layout | None] = {}
        self._pairs_beside: dict[Beside, Counter[tuple[Kind, Kind]]] = {}

    @cached_property
    def _sights(self) -> list[Sight]:
        found = map(self._seen.of, self._family.entries)
        return [sight for sight in found if sight]

    @cached_property
    def _habits(self) -> Habits:
        return Habits(self._document, self._sights)

    @cached_property
    def _orders(self) -> Counter[tuple[Kind, Kind]]:
        """How often one field stands before another."""
        kinds = ([item.kind for item in sight.items] for sight in self._sights)
        return Counter(pair for one in kinds for pair in combinations(one, 2))

    @cached_property
    def layout(self) -> Layout | None:
        """The layout of most of them; `None` where no template can tell it."""
        return self._told.of(NO_TRAITS)

    @cached_property
    def _told(self) -> FamilyLayout:
        return FamilyLayout(self._document, self._family, self._sights)

    def layout_of(self, entry: Entry, beside: Beside) -> Layout | str | None:
        """The layout of an entry: in what the entries have no habit, as it is written.

        Args:
            entry: one of the list.
            beside: the entries of its section.

        Returns:
            Why it is to be left as it is, for a person; `None` where no template can tell it.
        """
        if self.layout is None:
            return None
        own = self._habits.of(entry, beside)
        key = frozenset(own.items())
        if key not in self._layouts:
            if len(self._layouts) >= _MOST_LAYOUTS:
                return "the entries of the list are written in too many ways"
            self._layouts[key] = self._told.of(own) or self.layout
        layout = self._layouts[key]
        moved = self._moved(entry, beside) if layout else None
        if moved:
            return f"its {' and '.join(moved)} stand in another order than those of the list"
        return layout

    @cached_property
    def _shown(self) -> tuple[Kind, ...]:
        return order_of(self._sights)

    def _moved(self, entry: Entry, beside: Beside) -> tuple[str, str] | None:
        """Two fields of an entry that would change places, without a habit that tells so."""
        order = self._shown
        sight = self._seen.of(entry)
        kinds = [item.kind for item in sight.items if item.kind in order] if sight else []
        for one, two in combinations(kinds, 2):
            if order.index(one) > order.index(two):
                as_it, turned = self._orders[one, two], self._orders[two, one]
                near = self._near(beside)[one, two]
                if turned < LEAST or turned < 2 * as_it or near >= LEAST:
                    return _WORDS[one], _WORDS[two]
        pair = _venue_and_year(sight) if sight else None
        if pair and self._wheres[pair] < self._wheres[pair[::-1]]:
            return pair
        return None

    def _near(self, beside: Beside) -> Counter[tuple[Kind, Kind]]:
        """How often one field stands before another in a section."""
        if beside not in self._pairs_beside:
            pairs = (self._pairs_of.get(one, ()) for one in beside.ids)
            self._pairs_beside[beside] = Counter(pair for one in pairs for pair in one)
        return self._pairs_beside[beside]

    @cached_property
    def _pairs_of(self) -> Mapping[int, Sequence[tuple[Kind, Kind]]]:
        return {
            id(sight.entry): list(combinations([item.kind for item in sight.items], 2))
            for sight in self._sights
        }

    @cached_property
    def _wheres(self) -> Counter[tuple[str, str]]:
        """How often the venue stands before the year beside it, and how often behind it."""
        return Counter(pair for sight in self._sights if (pair := _venue_and_year(sight)))


def _venue_and_year(sight: Sight) -> tuple[str, str] | None:
    """Venue and year in the order in which they stand side by side."""
    for item in sight.items:
        names = tuple(name for name, _ in item.members if name in ("venue", "year"))
        if item.kind == "where" and names in {("venue", "year"), ("year", "venue")}:
            return names[0], names[1]
    return None
