"""The order of an entry's keyword badges, told by their colors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from peftlint.badge import StaticBadge, decode
from peftlint.convention import Convention, learn
from peftlint.keyword import Keyword, keywords
from peftlint.model import Document, Entry
from peftlint.source import Edit, Span
from peftlint.value import NamedTuple

SORTED = "sorted"
UNSORTED = "unsorted"

#: One badge, or one color, has no order.
_FEWEST = 2


class BadgeOrder(NamedTuple):
    """The order of an entry's keyword badges.

    Attributes:
        way: `SORTED` or `UNSORTED`.
        span: the badges.
        colors: theirs, as they stand.
        sorted_colors: the same in order.
        edits: what sorts them; badges of one color keep their order.
    """

    way: str
    span: Span
    colors: tuple[str, ...]
    sorted_colors: tuple[str, ...]
    edits: tuple[Edit, ...]


def badge_orders(document: Document) -> Convention[BadgeOrder]:
    """Whether entries have their badges in the order of the legend's, or else of the list's."""
    rank = _legend_ranks(document) or _usual_ranks(document)

    def trait(document: Document, entry: Entry) -> Sequence[BadgeOrder]:
        return _orders(document, entry, rank) if len(entry.badges) >= _FEWEST else ()

    return learn(document, trait)


def _orders(document: Document, entry: Entry, rank: Mapping[str, float]) -> Sequence[BadgeOrder]:
    run = _in_one_run(entry)
    if len(run) < _FEWEST:
        return ()
    ranked = [one for one in run if _color(one.shown) in rank]
    colors = tuple(_color(one.shown) for one in ranked)
    if len(set(colors)) < _FEWEST:
        return ()
    best = sorted(ranked, key=lambda one: rank[_color(one.shown)])
    edits = tuple(
        Edit(now.badge.span, document.slice(then.badge.span))
        for now, then in zip(ranked, best, strict=True)
        if now is not then
    )
    span = Span(ranked[0].badge.span.start, ranked[-1].badge.span.end)
    sorted_colors = tuple(_color(one.shown) for one in best)
    return (BadgeOrder(UNSORTED if edits else SORTED, span, colors, sorted_colors, edits),)


def _in_one_run(entry: Entry) -> Sequence[Keyword]:
    """The keyword badges of an entry that has all its badges side by side."""
    return keywords(entry) if len(entry.badge_runs) == 1 else ()


def _legend_ranks(document: Document) -> dict[str, float]:
    shown = [shown for item in document.legend if (shown := decode(item.badge.url))]
    return {_color(one): at for at, one in reversed(list(enumerate(shown)))}


def _usual_ranks(document: Document) -> dict[str, float]:
    """Each color's mean place, from 0 for first to 1 for last, in entries with several."""
    places: dict[str, list[float]] = defaultdict(list)
    for entry in document.entries:
        if len(entry.badges) < _FEWEST:
            continue
        colors = list(dict.fromkeys(_color(one.shown) for one in _in_one_run(entry)))
        for at, color in enumerate(colors):
            if len(colors) > 1:
                places[color].append(at / (len(colors) - 1))
    return {color: sum(found) / len(found) for color, found in places.items()}


def _color(shown: StaticBadge) -> str:
    return shown.color.lower().replace("grey", "gray")
