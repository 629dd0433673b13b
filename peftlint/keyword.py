"""Keyword badges: the static badges by which a list tags its entries.

A stars badge, or one that is a link's label, says something else and has its own ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.badge import StaticBadge, decode
from peftlint.model import Badge, Entry
from peftlint.value import NamedTuple


class Keyword(NamedTuple):
    """A keyword badge and what it shows."""

    badge: Badge
    shown: StaticBadge


def keywords(entry: Entry) -> Iterator[Keyword]:
    """The keyword badges of an entry, in order."""
    for badge in entry.badges:
        if badge.link is not None:
            continue
        shown = decode(badge.url)
        if shown is not None:
            yield Keyword(badge, shown)
