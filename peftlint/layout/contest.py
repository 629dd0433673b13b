"""In what the entries of a family differ among themselves, and whether they have a habit.

Where nearly as many entries do one thing as another, such as a full stop within the marks of the
authors or behind them, the list has no habit, and each entry keeps what it has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from peftlint.convention import LEAST
from peftlint.layout.kept import says
from peftlint.layout.sight import Form, Kind, Sight
from peftlint.model import Document

#: What is of so many of the entries that could have it is a habit.
_HABIT = 2 / 3
_INDENTED = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t>]*")
_HARD = re.compile(r"(?: {2,}|(\\))(?:\r\n|\r|\n)[ \t>]*$")
#: Marks and brackets that open nothing, or close it.
_UNMATCHED = re.compile(r"[*_`(\[)\]\"]")
_EMPHASIS = re.compile(r"[*_]")


class Trait(NamedTuple):
    """Something in which entries of a family differ.

    Attributes:
        what: `marks` around a field, the `gap` before these, the `mark` of emphasis, what stands
            in the `middle` of two links, or in the `joint` of venue, year and identifier.
        of: which field; of a joint, the two parts.
        is_first: whether nothing stands before the field.
    """

    what: str
    of: Kind | tuple[str, str]
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
    for number, (item, form) in enumerate(zip(sight.items, sight.forms, strict=True)):
        first = not number
        yield Trait("marks", item.kind, first), starred(form)
        emphasis = _EMPHASIS.search(form.opening)
        if emphasis:
            yield Trait("mark", item.kind), emphasis[0]
        gap = plain(form.gap)
        if not first and not says(gap) and not _UNMATCHED.search(gap):
            # Fields that touch have lost their blank.
            yield Trait("gap", item.kind), gap or " "
        if item.kind in ("links", "badges"):
            middles = list(_middles(document, sight, item.kind))
            if middles and len(set(middles)) == 1:
                yield Trait("middle", item.kind), middles[0]
        elif item.kind == "where":
            for (one, before), (two, after) in zip(item.members, item.members[1:], strict=False):
                joint = joint_of(document.text[before.end : after.start])
                if one != two and not says(joint):
                    yield Trait("joint", (one, two)), joint


def _middles(document: Document, sight: Sight, kind: Kind) -> Iterator[str]:
    for item in sight.items:
        if item.kind == kind:
            for (_, before), (_, after) in zip(item.members, item.members[1:], strict=False):
                yield plain(document.text[before.end : after.start])


def contested(found: Sequence[Traits]) -> frozenset[Trait]:
    """The traits in which so many entries differ that there is no habit.

    Args:
        found: the traits of each entry of a family.
    """
    counts: dict[Trait, Counter[object]] = {}
    for one in found:
        for trait, way in one.items():
            counts.setdefault(trait, Counter())[way] += 1
    return frozenset(trait for trait, ways in counts.items() if not _is_habit(ways))


def _is_habit(ways: Counter[object]) -> bool:
    ((_, uses),) = ways.most_common(1)
    return len(ways) == 1 or (uses >= LEAST and uses >= _HABIT * ways.total())


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
