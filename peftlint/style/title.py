"""The delimiter that parts a title from what follows it, inside the title's marks or outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.convention import AUTO, Habit, Odd
from peftlint.model import Document, Entry
from peftlint.style.ending import Ending, EndingUse, ending_habit, ending_use, odd_endings


def odd_titles(document: Document, style: str = AUTO) -> Iterator[Odd[Ending]]:
    """The titles that end otherwise than the list's, or than `style` wants."""
    return odd_endings(document, title_endings, style)


def title_endings(document: Document, entry: Entry) -> Sequence[EndingUse]:
    """How an entry's title ends, if it stands in marks and is no link."""
    found = ending_use(document, entry.title.span, "Title")
    if found is None:
        return ()
    for link in entry.links:
        if link.label == "@title":
            return ()
    return (found,)


def title_habits(document: Document) -> dict[str, Habit[str]]:
    """The options of mixed-title-delimiter with what the list does."""
    return ending_habit(document, title_endings, "style")
