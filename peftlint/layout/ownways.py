"""The layout of each section of a list, and of each entry, learnt from the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from peftlint.convention import LEAST, SHARE
from peftlint.layout.contest import Beside
from peftlint.layout.custom import is_linked_in_part
from peftlint.layout.learner import Learner
from peftlint.layout.learnt import MARKERS
from peftlint.layout.named import Layout
from peftlint.model import Document, Entry, Section
from peftlint.style.family import Family, families, is_usual

#: The largest family speaks for a list from this share on.
_DOMINANT = 0.33
#: All entries are to be laid out as the largest family from this share on.
_CLEAR = SHARE
_UNTOLD = "no template can describe how the entries of the list are laid out"


class _Members(NamedTuple):
    """What holds for all entries of a section.

    Attributes:
        beside: they.
        usual: the family of which its layout is, or why there is none.
        is_clear: whether so many are of that family that all should be.
    """

    beside: Beside
    usual: int | str
    is_clear: bool


class OwnWays:
    """The layout of each section of a list, and of each entry, learnt from the list."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._families: tuple[Family, ...] = ()
        #: The place of each entry's family among these.
        self._place: dict[int, int] = {}
        self._learners: dict[int, Learner] = {}
        self._sections: dict[int, _Members] = {}

    def __call__(self, document: Document, section: Section) -> Layout | str | None:
        """A section's layout: its own where that is another than the list's, else the list's.

        Args:
            document: the list.
            section: one of its sections, with entries.

        Returns:
            `None` where the entries are rows of tables, which are laid out by their columns; why
            there is no layout, for a person.
        """
        self._learn(document)
        members = self._members(section)
        if not members.beside.entries:
            return None
        usual = members.usual
        found = usual if isinstance(usual, str) else self._learners[usual].layout
        return found or _UNTOLD

    def of_entry(self, document: Document, section: Section, entry: Entry) -> Layout | str | None:
        """The layout in which an entry is written.

        That is its section's. Where neither the section nor the list has one that most of its
        entries follow, it is that of the entries which are laid out as this one is.

        Args:
            document: the list.
            section: the one in which it stands.
            entry: one of its entries.

        Returns:
            As for the section.
        """
        self._learn(document)
        if entry.kind not in MARKERS:
            return None
        members = self._members(section)
        usual = members.usual
        if isinstance(usual, str):
            return usual
        own = self._place[id(entry)]
        if own != usual and not is_linked_in_part(entry) and not members.is_clear:
            usual = own
            if len(self._families[own].entries) < LEAST:
                return "the list has several layouts, and hardly another entry has that of this one"
        return self._learners[usual].layout_of(entry, members.beside) or _UNTOLD

    def _learn(self, document: Document) -> None:
        if document is self._document:
            return
        self._document = document
        self._sections = {}
        entries = [entry for entry in document.entries if entry.kind in MARKERS]
        self._families = families(document, entries) if entries else ()
        self._place = {
            id(entry): place
            for place, family in enumerate(self._families)
            for entry in family.entries
        }
        self._learners = {
            place: Learner(document, family) for place, family in enumerate(self._families)
        }

    def _members(self, section: Section) -> _Members:
        if id(section) not in self._sections:
            entries = [entry for entry in section.entries if entry.kind in MARKERS]
            usual = self._usual(entries)
            is_clear = isinstance(usual, int) and self._is_clear(usual, entries)
            self._sections[id(section)] = _Members(Beside(entries), usual, is_clear)
        return self._sections[id(section)]

    def _usual(self, entries: Sequence[Entry]) -> int | str:
        """The family of which a section's layout is, or why there is none."""
        if not entries:
            return "the section has no entries"
        place, count = Counter(self._place[id(entry)] for entry in entries).most_common(1)[0]
        if place and is_usual(count, len(entries)) and self._learners[place].layout is not None:
            return place
        large = [
            place
            for place, family in enumerate(self._families)
            if len(family.entries) >= max(LEAST, _DOMINANT * len(self._place))
        ]
        if not large:
            return "the list has no layout that many of its entries follow"
        told = (place for place in large if self._learners[place].layout is not None)
        return next(told, _UNTOLD)

    def _is_clear(self, place: int, entries: Sequence[Entry]) -> bool:
        """Whether so many entries of the list or a section are of a family that all should be."""
        count = sum(self._place[id(entry)] == place for entry in entries)
        everywhere = len(self._families[place].entries)
        return is_usual(count, len(entries)) or everywhere >= _CLEAR * len(self._place)
