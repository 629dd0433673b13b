"""The way that most of a list is written.

peftlint has no style of its own: a rule about style asks what the list itself does, and is
silent where the list has no way that most of it follows.

A *trait* finds in an entry the places that may be written in more ways than one, its *uses*:
the mark behind the title, each label of a link. Of the uses of all entries `learn` makes a
`Convention`, which knows those that are at odds with the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar

from peftlint.model import Document, Entry
from peftlint.value import NamedTuple

#: A way counts as the list's own from this many uses on, in as many entries ...
LEAST = 3
#: ... and from this share of all uses.
SHARE = 0.75

#: The value of an option that leaves it to the list.
AUTO = "auto"

Way = TypeVar("Way", bound=Hashable)


class Habit(NamedTuple, Generic[Way]):
    """A way that most of the list follows, in how many of all uses."""

    way: Way
    uses: int
    total: int

    def __str__(self) -> str:
        """As findings say it: `44 of 47`."""
        return f"{self.uses} of {self.total}"


def habit(ways: Iterable[Way]) -> Habit[Way] | None:
    """The way that at least 75 % and at least 3 of `ways` are, or `None`."""
    found = list(ways)
    total = len(found)
    if total < LEAST:
        return None
    # The first is mostly the one, which is told without counting each.
    way, uses = found[0], found.count(found[0])
    if uses < SHARE * total:
        way, uses, _ = _most_common(found)
    return Habit(way, uses, total) if uses >= LEAST and uses >= SHARE * total else None


def habit_of_entries(uses: Iterable[tuple[Hashable, Way]]) -> Habit[Way] | None:
    """The same of uses with the entry that each is in: at least 3 entries follow a habit.

    Two entries with three links each show how two entries are written.
    """
    found = list(uses)
    return _habit_of_entries([way for _, way in found], (entry for entry, _ in found))


def _habit_of_entries(ways: Sequence[Way], entries: Iterable[Hashable]) -> Habit[Way] | None:
    """The habit of some uses, of which the ways and the entries are given."""
    usual = habit(ways)
    if usual is None:
        return None
    following: set[Hashable] = set()
    for way, entry in zip(ways, entries, strict=True):
        if way == usual.way:
            following.add(entry)
            if len(following) == LEAST:
                return usual
    return None


def most_common(ways: Iterable[Way]) -> Habit[Way] | None:
    """The most frequent of `ways`, the first seen where two are equal, or `None` of none."""
    found = list(ways)
    return _most_common(found) if found else None


def _most_common(ways: Sequence[Way]) -> Habit[Way]:
    # A `Counter` takes longer to make than it does to count the ways of a section.
    counts: dict[Way, int] = {}
    for way in ways:
        counts[way] = counts.get(way, 0) + 1
    way, uses = max(counts.items(), key=itemgetter(1))
    return Habit(way, uses, len(ways))


#: A place that may be written in more ways than one: a tuple that begins with the way in which it
#: is written, as findings and options show it. Most lists have thousands and report a few, so what
#: only findings need is found when it is asked for.
UseT = TypeVar("UseT", bound="tuple[Any, ...]")

Trait = Callable[[Document, Entry], Iterable[UseT]]


class Odd(NamedTuple, Generic[UseT]):
    """A use at odds with a convention.

    Attributes:
        use: the place.
        wanted: the way in which it should be written.
        because: who wants that, as findings say it: `the list writes "**Title,**" (44 of 47)`.
        tally: how many follow it, `44 of 47`; empty where it is configured.
    """

    use: UseT
    wanted: str
    because: str
    tally: str = ""


class SectionUses(NamedTuple, Generic[UseT]):
    """The uses of one section.

    Attributes:
        uses: in order.
        entries: for each use the number of its entry in the section.
    """

    uses: list[UseT]
    entries: list[int]

    @property
    def ways(self) -> list[str]:
        """The way of each use."""
        return [use[0] for use in self.uses]


class Convention(NamedTuple, Generic[UseT]):
    """What a list does in the places that a trait finds.

    Attributes:
        habit: the way that most of the list follows, or `None`.
        sections: the uses of each section that has some.
        is_by_section: whether sections may have habits of their own: the list has one, or most
            of it follows its sections'.
    """

    habit: Habit[str] | None
    sections: Sequence[SectionUses[UseT]]
    is_by_section: bool = False

    def odd(self, style: str = AUTO) -> Iterator[Odd[UseT]]:
        """The uses at odds with the list and with their section, in the order of the list.

        Args:
            style: a way that every use should follow instead.
        """
        if style != AUTO:
            because = f"the configured style is {shown(style)}"
            for uses, _ in self.sections:
                yield from (Odd(use, style, because) for use in uses if use[0] != style)
        elif self.is_by_section and not self._is_uniform:
            for section in self.sections:
                yield from self._odd_in(section)

    @property
    def _is_uniform(self) -> bool:
        return self.habit is not None and self.habit.uses == self.habit.total

    def _odd_in(self, section: SectionUses[UseT]) -> Iterator[Odd[UseT]]:
        """The uses at odds with the list and with their section, which is given."""
        ways = section.ways
        of_list = None if self.habit is None else self.habit.way
        if of_list is not None and ways.count(of_list) == len(ways):
            return
        own = _habit_of_entries(ways, section.entries)
        usual = own if own is not None and own.way != of_list else self.habit
        if usual is None:
            return
        who = "this section" if usual is own else "the list"
        because = f"{who} writes {shown(usual.way)} ({usual})"
        for use, way in zip(section.uses, ways, strict=True):
            if way not in (usual.way, of_list):
                yield Odd(use, usual.way, because, str(usual))


def learn(document: Document, trait: Trait[UseT]) -> Convention[UseT]:
    """What a list does in the places that `trait` finds."""
    return _convention(tuple(_uses(document, trait)))


def learn_each(
    document: Document, trait: Trait[UseT], topic: Callable[[UseT], Way]
) -> Mapping[Way, Convention[UseT]]:
    """As `learn`, for each topic by itself.

    Args:
        document: the list.
        trait: finds the uses of an entry.
        topic: what a use is compared about; uses of two topics are not compared.
    """
    found: dict[Way, list[SectionUses[UseT]]] = {}
    for section in document.sections:
        of_section: dict[Way, SectionUses[UseT]] = {}
        for number, entry in enumerate(section.entries):
            for use in trait(document, entry):
                about = topic(use)
                some = of_section.get(about)
                if some is None:
                    some = of_section[about] = SectionUses([], [])
                    found.setdefault(about, []).append(some)
                some.uses.append(use)
                some.entries.append(number)
    return {about: _convention(sections) for about, sections in found.items()}


def _uses(document: Document, trait: Trait[UseT]) -> Iterator[SectionUses[UseT]]:
    """The uses of each section that has some."""
    for section in document.sections:
        uses: list[UseT] = []
        entries: list[int] = []
        for number, entry in enumerate(section.entries):
            for use in trait(document, entry):
                uses.append(use)
                entries.append(number)
        if uses:
            yield SectionUses(uses, entries)


def _convention(sections: Sequence[SectionUses[UseT]]) -> Convention[UseT]:
    """What a list does, of the uses of its sections."""
    ways: list[str] = [use[0] for uses, _ in sections for use in uses]
    whole = _habit_of_entries(
        ways,
        # Few of them are looked at.
        ((number, entry) for number, (_, entries) in enumerate(sections) for entry in entries),
    )
    is_by_section = whole is not None
    if whole is None and len(ways) >= LEAST:
        # Of a mixture, some small section is always of one kind by chance.
        own = [_habit_of_entries(section.ways, section.entries) for section in sections]
        following = sum([one.uses for one in own if one is not None])
        is_by_section = following >= SHARE * len(ways)
    return Convention(whole, sections, is_by_section)


def shown(way: str) -> str:
    """A way in quotes, as findings say it."""
    return f"'{way}'" if '"' in way else f'"{way}"'
