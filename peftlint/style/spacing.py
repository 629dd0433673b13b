"""Whether a blank parts the markers of a list from its entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.convention import Odd, learn
from peftlint.model import Document, Entry, Text

APART = "apart"
GLUED = "glued"

#: What is emphasis more often than a marker, and what is no marker in Markdown at all.
_OTHERWISE = ("*", "\u2022")


#: `APART` or `GLUED`, and the marker that stands so before its entry's text.
Spacing = tuple[str, Text]


def spacings(document: Document, entry: Entry) -> Sequence[Spacing]:
    """How an entry's marker stands before its text, if it has one."""
    marker = entry.marker
    if marker is None or marker.text in _OTHERWISE:
        return ()
    if entry.kind in ("bullet", "ordered"):
        return ((APART, marker),)
    return ((GLUED, marker),) if entry.kind == "paragraph" else ()


def glued_markers(document: Document) -> Iterator[Odd[Spacing]]:
    """The markers that no blank parts from their entries, unless that is the list's way.

    Markdown sees no list then, so a list that has no way is told, too, and so is a section that
    does otherwise than the list.
    """
    # Most lists have none.
    if not any(entry.kind == "paragraph" and entry.marker for entry in document.entries):
        return
    convention = learn(document, spacings)
    if convention.habit is not None and convention.habit.way == GLUED:
        return
    tally = str(convention.habit) if convention.habit is not None else ""
    for section in convention.sections:
        for use in section.uses:
            way, _ = use
            if way == GLUED:
                yield Odd(use, APART, "", tally)
