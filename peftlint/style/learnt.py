"""What a list does, as the options of the rules that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peftlint.convention import Habit, habit
from peftlint.model import Document
from peftlint.style.author import author_habits
from peftlint.style.badge_order import SORTED, badge_orders
from peftlint.style.label import label_habits
from peftlint.style.link import link_habits
from peftlint.style.title import title_habits

#: Labels that are rarer than these are not worth an option.
_MOST_LABELS = 8


class Learnt(NamedTuple):
    """An option with the value that a list follows by itself.

    Attributes:
        rule: the rule's name.
        name: the option's name, as a config has it.
        value: what the option takes.
        share: how many of how many places are like that.
    """

    rule: str
    name: str
    value: str | tuple[str, ...]
    share: str


def learnt(document: Document) -> Iterator[Learnt]:
    """The options that say what the list does by itself.

    Args:
        document: the list.
    """
    for rule, habits in (
        ("mixed-title-delimiter", title_habits(document)),
        ("mixed-author-style", author_habits(document)),
        ("mixed-link-style", link_habits(document)),
        ("empty-code-link", _placeholder_habit(document)),
    ):
        for option, found in habits.items():
            yield Learnt(rule, option, found.way, str(found))
    labels = sorted(label_habits(document), key=lambda found: -found.uses)[:_MOST_LABELS]
    if labels:
        share = ", ".join(f"{found.way} {found}" for found in labels)
        yield Learnt("mixed-link-style", "labels", tuple(found.way for found in labels), share)


def remarks(document: Document) -> Iterator[str]:
    """What the list does that no option is about, each with its share.

    Args:
        document: the list.
    """
    places = habit(run.place for entry in document.entries for run in entry.badge_runs)
    if places is not None:
        yield f"badges stand {places.way.replace('-', ' ')} ({places})"
    order = badge_orders(document).habit
    if order is not None and order.way == SORTED:
        yield f"badges are in the order of their colors ({order})"
    numbers = habit(
        "are all 1." if entry.marker.text == "1." else "count up"
        for entry in document.entries
        # The first of a list is 1 either way.
        if entry.marker is not None and (entry.number or 0) > 1
    )
    if numbers is not None:
        yield f"numbers {numbers.way} ({numbers})"


def _placeholder_habit(document: Document) -> dict[str, Habit[str]]:
    """How the list marks code that is not there yet."""
    found = habit(
        document.slice(link.outer_span)
        for entry in document.entries
        for link in entry.links
        if not link.url and link.role == "code"
    )
    return {} if found is None else {"placeholder": found}
