"""By what a list sorts its entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from peftlint import arxiv, title
from peftlint.convention import LEAST, SHARE
from peftlint.model import Document, Entry
from peftlint.order import Arrangement, arrangement, ranks, steps
from peftlint.style.sequence import Member, sequences
from peftlint.value import Value

#: Six numbers in a row rise by chance once in 720 times, but for one of them once in 28.
_LEAST_STEPS = 5
_LEAST_OF_NAMES = 8
#: This share of all steps, or one, may go the other way.
_AT_ODDS = 0.1
_NAMES = ("venue", "title")


def _year(entry: Entry) -> int | None:
    return entry.year.value if entry.year else None


def _date(entry: Entry) -> tuple[int, int] | None:
    """The month of the preprint: an arXiv id is a date."""
    return min(map(arxiv.posted, entry.ids.get("arxiv", ())), default=None)


def _venue(entry: Entry) -> str | None:
    return entry.venue.text.casefold() if entry.venue else None


def _title(entry: Entry) -> tuple[str, ...] | None:
    return title.words(entry.title.text) or None


_KEYS: dict[str, Callable[[Entry], Any]] = {
    "date": _date,
    "year": _year,
    "venue": _venue,
    "title": _title,
}
#: What `sorting` may have as its key and its direction.
KEYS = tuple(_KEYS)
DIRECTIONS = ("ascending", "descending")


class Sorting(Value):
    """A way to sort entries.

    Attributes:
        key: one of `KEYS`.
        direction: one of `DIRECTIONS`.
        steps: from how many entries to the next the list goes in this direction ...
        total: ... of how many that differ in the key; both 0 where that is configured.
    """

    key: str
    direction: str
    steps: int = 0
    total: int = 0

    def of(self, entry: Entry) -> Any:  # noqa: ANN401 - a key of any sort
        """An entry's key; `None` where it shows none."""
        return _KEYS[self.key](entry)

    def shown(self, entry: Entry) -> str:
        """An entry's key as findings show it."""
        key = _KEYS[self.key](entry)
        if self.key == "date":
            return f"{key[0]}-{key[1]:02}"
        return str(key) if self.key == "year" else ""

    def __str__(self) -> str:
        """As findings say it: `by year, descending (44 of 47 steps)`."""
        tally = f" ({self.steps} of {self.total} steps)" if self.total else ""
        return f"by {self.key}, {self.direction}{tally}"


class Sorted(Value):
    """A sequence of entries, and how it gets into order."""

    members: Sequence[Member]
    arrangement: Arrangement


def learn_sorting(document: Document, key: str | None, direction: str | None) -> Sorting | None:
    """How a list sorts its entries, or `None` where it does not.

    Looked at are the steps from one entry to the next that change the key. A list to which works
    are added as they come out is nearly sorted by date without anybody meaning it, so hardly any
    step may go the other way, and in most of the sequences more have to go this way.

    Args:
        document: the list.
        key: the only one to try, of `KEYS`; `None` for all, the finest first.
        direction: the only one to try, of `DIRECTIONS`; `None` for both.
    """
    if key and direction:
        return Sorting(key, direction)
    found = [sequence for sequence in sequences(document) if len(sequence) > 1]
    most_steps = sum(map(len, found)) - len(found)
    for name in (key,) if key else KEYS:
        counts = _counts(found, name, _most_at_odds(most_steps, key))
        if counts is None:
            continue
        for one in (direction,) if direction else DIRECTIONS:
            at = DIRECTIONS.index(one)
            kept, total = sum(both[at] for both in counts), sum(map(sum, counts))
            following = sum(both[at] > both[1 - at] for both in counts)
            telling = sum(both != (0, 0) for both in counts)
            most = _most_at_odds(total, key)
            least = LEAST if key else _LEAST_OF_NAMES if name in _NAMES else _LEAST_STEPS
            if kept >= least and total - kept <= most and following >= SHARE * telling:
                return Sorting(name, one, kept, total)
    return None


def _most_at_odds(total: int, key: str | None) -> float:
    """How many of so many steps may go the other way, where a key was asked for or none."""
    return (1 - SHARE) * total if key else max(1, _AT_ODDS * total)


def _counts(
    found: Sequence[Sequence[Member]], key: str, most: float
) -> list[tuple[int, int]] | None:
    """How many steps of each sequence go up and how many down.

    `None` as soon as more than `most` go either way: most lists are not sorted by most keys, and
    to part all titles into words takes longer than all else here.
    """
    key_of = _KEYS[key]
    counts: list[tuple[int, int]] = []
    ups = downs = 0
    for sequence in found:
        up, down = steps([key_of(member.entry) for member in sequence])
        counts.append((up, down))
        ups += up
        downs += down
        if ups > most and downs > most:
            return None
    return counts


def unsorted(document: Document, sorting: Sorting) -> list[Sorted]:
    """The sequences that are not in order.

    Where the list itself tells how it is sorted, those of which less than 75 % are in order are
    taken to be in another order on purpose.
    """
    found: list[Sorted] = []
    for sequence in sequences(document):
        keys = [_KEYS[sorting.key](member.entry) for member in sequence]
        numbers = ranks(keys, descending=sorting.direction == "descending")
        how = arrangement(numbers)
        keyed = len(numbers) - numbers.count(None)
        if not how.misplaced or (
            sorting.total and keyed - len(how.misplaced) < max(LEAST, SHARE * keyed)
        ):
            continue
        found.append(Sorted(sequence, how))
    return found
