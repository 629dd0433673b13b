"""Keyword badges: the static badges by which a list tags its entries.

A stars badge, or one that is a link's label, says something else and has its own ways.
"""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.badge import StaticBadge, decode
from peftlint.model import Badge, Entry
from peftlint.value import NamedTuple


class Keyword(NamedTuple):
    """A keyword badge and what it shows."""

    badge: Badge
    shown: StaticBadge


def keywords(entry: Entry) -> Sequence[Keyword]:
    """The keyword badges of an entry, in order."""
    if not entry.badges:
        return ()
    return [
        Keyword(badge, shown)
        for badge in entry.badges
        if badge.link is None and (shown := decode(badge.url)) is not None
    ]
