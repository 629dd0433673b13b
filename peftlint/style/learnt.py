"""What a list does, as the options of the rules that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peftlint.convention import Habit, habit, habit_of_entries
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.style.author import author_habits
from peftlint.style.badge_order import SORTED, badge_orders
from peftlint.style.link import link_habits
from peftlint.style.title import title_habits

_IN_BRACKETS = regex(r"\[[^\[\]()]+\]")


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
    value: str
    share: str


def learnt(document: Document) -> Iterator[Learnt]:
    """The options that say what the list does by itself.

    Labels are not among them: see `peftlint.style.label`.

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
    """How the list marks code that is not there yet, if by a label in brackets."""
    found = habit_of_entries(
        (entry.span, document.slice(link.outer_span))
        for entry in document.entries
        for link in entry.links
        if not link.url and link.role in ("code", "project")
    )
    is_label = found is not None and _IN_BRACKETS.fullmatch(found.way)
    return {"placeholder": found} if found is not None and is_label else {}
