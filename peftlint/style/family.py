"""Families: entries that are laid out alike, and how an entry stands to those around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from peftlint.convention import LEAST, SHARE, Habit
from peftlint.model import Document, Entry
from peftlint.style.layout import Layout, layout

#: A layout of a family stands for it if it is that of so many of its entries.
_FREQUENT = 0.25

#: Where there are more layouts than this, the list has none, and comparing all would take long.
_MOST_COMPARED = 50


class Family(NamedTuple):
    """Entries that are laid out alike.

    Attributes:
        layout: the fullest that is frequent among them; the others leave out some of its fields.
        entries: in order.
    """

    layout: Layout
    entries: tuple[Entry, ...]


class Comparison(NamedTuple):
    """An entry beside those of its section or of its list.

    Attributes:
        scope: `section` or `list`.
        usual: the layout of the largest family there, and how many entries are in it.
        is_like: whether the entry is one of them.
    """

    scope: str
    usual: Habit[Layout]
    is_like: bool

    @property
    def is_sure(self) -> bool:
        """Whether that layout is a convention, and not just the most frequent one."""
        return is_usual(self.usual.uses, self.usual.total)


def families(document: Document, entries: Iterable[Entry]) -> tuple[Family, ...]:
    """The entries by their layouts, the most frequent first.

    An entry belongs to the most frequent layout that its own is like.

    Args:
        document: the list that they are in.
        entries: all of the list's, or those of a section.
    """
    by_layout: dict[Layout, list[Entry]] = {}
    for entry in entries:
        by_layout.setdefault(layout(document, entry), []).append(entry)
    found: list[list[Layout]] = []
    for one in sorted(by_layout, key=lambda one: -len(by_layout[one])):
        alike = (members for members in islice(found, _MOST_COMPARED) if one.is_like(members[0]))
        first = next(alike, None)
        if first is None:
            found.append([one])
        else:
            first.append(one)
    grouped = [_family({one: by_layout[one] for one in members}) for members in found]
    return tuple(sorted(grouped, key=lambda family: -len(family.entries)))


def _family(by_layout: Mapping[Layout, Sequence[Entry]]) -> Family:
    entries = [entry for members in by_layout.values() for entry in members]
    least = _FREQUENT * len(entries)
    frequent = [one for one, members in by_layout.items() if len(members) >= least]
    fullest = max(frequent or by_layout, key=lambda one: (one.fullness, len(by_layout[one])))
    return Family(fullest, tuple(sorted(entries, key=lambda entry: entry.span)))


def comparisons(document: Document, entry: Entry) -> Iterator[Comparison]:
    """An entry's layout beside its section's and its list's.

    Args:
        document: the list.
        entry: one of its entries.
    """
    section = next((one.entries for one in document.sections if entry in one.entries), [])
    for scope, entries in (("section", section), ("list", document.entries)):
        if entries:
            first, *_ = families(document, entries)
            usual = Habit(first.layout, len(first.entries), len(entries))
            yield Comparison(scope, usual, entry in first.entries)


def is_usual(count: int, total: int) -> bool:
    """Whether so many of all entries make their layout a convention."""
    return count >= LEAST and count >= SHARE * total
