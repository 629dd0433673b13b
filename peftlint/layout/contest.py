"""In what the entries of a family differ among themselves, and whether they have a habit.

Where nearly as many entries do one thing as another, such as a full stop within the marks of the
authors or behind them, the list has no habit, and each entry keeps what it has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Literal, NamedTuple

from peftlint.convention import LEAST, SHARE
from peftlint.layout.kept import says
from peftlint.layout.sight import Form, Kind, Sight
from peftlint.model import Document, Entry
from peftlint.regex import regex

#: So many entries in a row that do the same are a habit of their own.
_RUN = 4
_INDENTED = regex(r"(?<![ \t])[ \t]*(?:\r\n|\r|\n)[ \t>]*")
_HARD = regex(r"(?:(?<! ) {2,}|(\\))(?:\r\n|\r|\n)[ \t>]*$")
#: Marks and brackets that open nothing, or close it.
_UNMATCHED = regex(r"[*_`(\[)\]\"]")
_EMPHASIS = regex(r"[*_]")


class Trait(NamedTuple):
    """Something in which entries of a family differ.

    Attributes:
        what: `marks` around a field, the `gap` before these, the `mark` of emphasis, what stands
            in the `middle` of two links, or in the `joint` of venue, year and identifier.
        of: which field; of a joint, the first of two parts.
        beside: the field that follows marks, or that stands before a gap; of a joint, the second
            part; empty for none.
        is_first: whether nothing stands before the field.
    """

    what: Literal["marks", "gap", "mark", "middle", "joint"]
    of: str
    beside: str = ""
    is_first: bool = False


#: A trait of an entry to what it has there.
Traits = Mapping[Trait, object]
NO_TRAITS: Traits = {}


def traits(document: Document, sight: Sight) -> Traits:
    """What an entry has in each of the traits that it shows.

    Args:
        document: the list.
        sight: what the entry shows.
    """
    return dict(_traits(document, sight))


def _traits(document: Document, sight: Sight) -> Iterator[tuple[Trait, object]]:
    kinds = [item.kind for item in sight.items]
    beside = zip(["", *kinds], [*kinds[1:], ""], strict=False)
    # `[Code]` without an address has its brackets from the label.
    has_placeholder = any(link.form == "placeholder" for link in sight.entry.links)
    for item, form, (before, after) in zip(sight.items, sight.forms, beside, strict=True):
        is_told = item.kind != "links" or not has_placeholder
        if is_told:
            yield Trait("marks", item.kind, after, not before), starred(form)
        emphasis = _EMPHASIS.search(form.opening)
        if emphasis:
            yield Trait("mark", item.kind), emphasis[0]
        gap = plain(form.gap)
        if before and not says(gap) and not _UNMATCHED.search(gap) and "&" not in gap:
            # Fields that touch have lost their blank.
            yield Trait("gap", item.kind, before), gap or " "
        if item.kind in ("links", "badges") and is_told:
            middles = set(_middles(document, sight, item.kind))
            if len(middles) == 1:
                yield Trait("middle", item.kind), middles.pop()
        elif item.kind == "where":
            for (one, left), (two, right) in zip(item.members, item.members[1:], strict=False):
                joint = joint_of(document.text[left.end : right.start])
                if one != two and not says(joint):
                    yield Trait("joint", one, two), joint


def _middles(document: Document, sight: Sight, kind: Kind) -> Iterator[str]:
    for item in sight.items:
        if item.kind == kind:
            for (_, before), (_, after) in zip(item.members, item.members[1:], strict=False):
                yield plain(document.text[before.end : after.start])


class Beside:
    """The entries of a section, among which each of them is written.

    Args:
        entries: in order.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.ids = tuple(map(id, self.entries))
        self.places = {one: place for place, one in enumerate(self.ids)}


class Habits:
    """What entries that are laid out alike do most.

    Args:
        document: the list.
        sights: what each of the entries shows.
    """

    def __init__(self, document: Document, sights: Iterable[Sight]) -> None:
        self._traits = {id(sight.entry): traits(document, sight) for sight in sights}
        self._ways = _counted(self._traits.values())
        self._of_section: dict[Beside, Mapping[Trait, Counter[object]]] = {}

    def of(self, entry: Entry, beside: Beside) -> Traits:
        """How an entry is to be written: as its section does, else as the list, else as it is.

        Args:
            entry: one of the list.
            beside: the entries of its section.
        """
        if beside not in self._of_section:
            self._of_section[beside] = _counted(
                self._traits.get(one, NO_TRAITS) for one in beside.ids
            )
        found = {}
        for trait, way in self._traits.get(id(entry), NO_TRAITS).items():
            habits = [_habit(self._of_section[beside].get(trait)), _habit(self._ways[trait])]
            if way in habits or self._is_in_run(id(entry), beside, trait, way):
                found[trait] = way
            else:
                found[trait] = habits[0] or habits[1] or way
        return found

    def _is_in_run(self, entry: int, beside: Beside, trait: Trait, way: object) -> bool:
        """Whether entries around one in its section do as it does: a list of its own."""
        at, section = beside.places.get(entry, 0), beside.ids
        run = 1
        for others in (reversed(section[max(at - _RUN, 0) : at]), section[at + 1 : at + _RUN]):
            for _ in takewhile(lambda one: self._traits.get(one, {}).get(trait) == way, others):
                run += 1
        return run >= _RUN


def _counted(found: Iterable[Traits]) -> dict[Trait, Counter[object]]:
    counts: dict[Trait, Counter[object]] = {}
    for one in found:
        for trait, way in one.items():
            counts.setdefault(trait, Counter())[way] += 1
    return counts


def _habit(ways: Counter[object] | None) -> object | None:
    """The way of so many that it is a habit."""
    if not ways:
        return None
    way, uses = ways.most_common(1)[0]
    return way if uses >= LEAST and uses >= SHARE * ways.total() else None


def starred(form: Form) -> tuple[str, str]:
    """The marks of a form, whichever of the two characters for emphasis they are of."""
    return form.opening.replace("_", "*"), form.closing.replace("_", "*")


def plain(gap: str) -> str:
    """A gap with line feeds and without indentation."""
    hard = _HARD.search(gap)
    shown = _INDENTED.sub("\n", gap)
    if hard and shown.count("\n") == 1:
        shown = shown.replace("\n", "\\\n" if hard[1] else "  \n").replace("\\\\", "\\")
    return re.sub(r"\n{3,}", "\n\n", shown)


def joint_of(text: str) -> str:
    """What stands between two parts of venue, year and identifier, without what closes the first.

    Args:
        text: as it is written.
    """
    return " ".join(f".{text}.".split())[1:-1].lstrip(")]")
