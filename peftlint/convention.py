"""The way that most of a list is written.

peftlint has no style of its own: a rule about style asks what the list itself does, and is
silent where the list has no way that most of it follows.

A *trait* finds in an entry the places that may be written in more ways than one, its *uses*:
the mark behind the title, each label of a link. Of the uses of all entries `learn` makes a
`Convention`, which knows those that are at odds with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Generic, Protocol, TypeVar

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
    found = most_common(ways)
    if found is None or found.uses < LEAST or found.uses < SHARE * found.total:
        return None
    return found


def habit_of_entries(uses: Iterable[tuple[Hashable, Way]]) -> Habit[Way] | None:
    """The same of uses with the entry that each is in: at least 3 entries follow a habit.

    Two entries with three links each show how two entries are written.
    """
    found = list(uses)
    return _habit_of_entries([way for _, way in found], (entry for entry, _ in found))


def _habit_of_entries(ways: Sequence[Way], entries: Iterable[Hashable]) -> Habit[Way] | None:
    """The habit of some uses, of which the ways and the entries are given."""
    if len(ways) < LEAST:
        return None
    # Most sections have one way, which is told without counting each.
    uses = ways.count(ways[0])
    usual = Habit(ways[0], uses, uses) if uses == len(ways) else habit(ways)
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
    counts = Counter(ways)
    if not counts:
        return None
    # What `Counter.most_common` gives, too, but that imports heapq.
    way, count = max(counts.items(), key=itemgetter(1))
    return Habit(way, count, counts.total())


class Use(Protocol):
    """A place that may be written in more ways than one."""

    @property
    def way(self) -> str:
        """The way in which it is written, as findings and options show it."""


UseT = TypeVar("UseT", bound=Use)

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
    """The uses of one section, and the way that most of them follow."""

    uses: Sequence[UseT]
    habit: Habit[str] | None


class Convention(NamedTuple, Generic[UseT]):
    """What a list does in the places that a trait finds.

    Attributes:
        habit: the way that most of the list follows, or `None`.
        sections: the same for each section that has such places. Sections have habits of their
            own only where the list has one, or where most of the list follows its sections'.
    """

    habit: Habit[str] | None
    sections: tuple[SectionUses[UseT], ...]

    def odd(self, style: str = AUTO) -> Iterator[Odd[UseT]]:
        """The uses at odds with the list and with their section, in the order of the list.

        Args:
            style: a way that every use should follow instead.
        """
        for uses, own in self.sections:
            if style != AUTO:
                because = f"the configured style is {shown(style)}"
                yield from (Odd(use, style, because) for use in uses if use.way != style)
                continue
            of_list = None if self.habit is None else self.habit.way
            usual = own if own is not None and own.way != of_list else self.habit
            if usual is not None:
                who = "this section" if usual is own else "the list"
                because = f"{who} writes {shown(usual.way)} ({usual})"
                fine = (usual.way, of_list)
                yield from (
                    Odd(use, usual.way, because, str(usual)) for use in uses if use.way not in fine
                )


def learn(document: Document, trait: Trait[UseT]) -> Convention[UseT]:
    """What a list does in the places that `trait` finds."""
    sections = list(_uses(document, trait))
    return _convention(sections) if sections else Convention(None, ())


def learn_each(
    document: Document, trait: Trait[UseT], topic: Callable[[UseT], Way]
) -> Mapping[Way, Convention[UseT]]:
    """As `learn`, for each topic by itself.

    Args:
        document: the list.
        trait: finds the uses of an entry.
        topic: what a use is compared about; uses of two topics are not compared.
    """
    found: dict[Way, list[list[tuple[int, UseT]]]] = {}
    for uses in _uses(document, trait):
        of_section: dict[Way, list[tuple[int, UseT]]] = {}
        for placed in uses:
            of_section.setdefault(topic(placed[1]), []).append(placed)
        for about, some in of_section.items():
            found.setdefault(about, []).append(some)
    return {about: _convention(sections) for about, sections in found.items()}


def _uses(document: Document, trait: Trait[UseT]) -> Iterator[list[tuple[int, UseT]]]:
    """The uses of each section that has some, each with the number of its entry there."""
    for section in document.sections:
        uses = [
            (place, use)
            for place, entry in enumerate(section.entries)
            for use in trait(document, entry)
        ]
        if uses:
            yield uses


def leading_habit(option: str, conventions: Iterable[Convention[UseT]]) -> dict[str, Habit[str]]:
    """The habit with the most uses under the option's name; nothing where there is none."""
    habits = [one.habit for one in conventions if one.habit is not None]
    return {option: max(habits, key=lambda one: one.uses)} if habits else {}


def _convention(sections: Sequence[Sequence[tuple[int, UseT]]]) -> Convention[UseT]:
    """What a list does, of its sections' uses, each with its entry."""
    ways = [[use.way for _, use in uses] for uses in sections]
    entries = [[entry for entry, _ in uses] for uses in sections]
    whole = _habit_of_entries(
        list(chain.from_iterable(ways)),
        # Few of them are looked at.
        ((number, entry) for number, places in enumerate(entries) for entry in places),
    )
    own = list(map(_habit_of_entries, ways, entries))
    if whole is None:
        # Of a mixture, some small section is always of one kind by chance.
        total = sum(map(len, sections))
        following = sum(one.uses for one in own if one is not None)
        if following < SHARE * total:
            own = [None] * len(own)
    found = [[use for _, use in uses] for uses in sections]
    return Convention(whole, tuple(map(SectionUses, found, own)))


def shown(way: str) -> str:
    """A way in quotes, as findings say it."""
    return f"'{way}'" if '"' in way else f'"{way}"'
