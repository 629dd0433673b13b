"""How a list itself writes what a layout leaves open: short years, titles linked in part."""

from __future__ import annotations

import re

from peftlint.layout.written import TITLE, Written
from peftlint.model import Document, Entry
from peftlint.source import Span
from peftlint.style.layout import unmarked

_SHORT = re.compile(r"['`\u2019] ?$")
#: In digits.
_FULL_YEAR = 4


def as_in_list(fields: Written, document: Document) -> None:
    """Turn an entry's fields to what its list writes, for the list's own layout.

    A short year stays short, a title that is a link in part stays so, and no comma is written at
    the end of a line.

    Args:
        fields: changed in place.
        document: the list.
    """
    entry = fields.entry
    fields.parts_at_end = False
    short = short_year(document, entry)
    if short is not None and fields.year is not None:
        venue = entry.venue.span if entry.venue else None
        if venue is not None and fields.venue is not None and venue.end == short.start:
            # `ICLR'24` is one word.
            fields.venue += document.slice(short)
            fields.year = None
        else:
            fields.year = document.slice(short)
    if is_linked_in_part(entry):
        link = next(link for link in entry.links if link.label == TITLE)
        whole = Span(
            min(entry.title.span.start, link.span.start), max(entry.title.span.end, link.span.end)
        )
        fields.title = " ".join(unmarked(document.slice(whole))[0].split())
        fields.url, fields.holds_link = None, True


def short_year(document: Document, entry: Entry) -> Span | None:
    """The place of a year of two digits, with its apostrophe; `None` for any other."""
    if entry.year is None or entry.year.span.end - entry.year.span.start == _FULL_YEAR:
        return None
    start = entry.year.span.start
    mark = _SHORT.search(document.text[max(start - 2, 0) : start])
    return Span(start - len(mark[0]), entry.year.span.end) if mark else None


def is_linked_in_part(entry: Entry) -> bool:
    """Whether a title is a link and words beside it: `[Name](..): The Rest of It`."""
    link = next((link for link in entry.links if link.label == TITLE), None)
    return link is not None and link.form == "inline" and not link.span.contains(entry.title.span)
