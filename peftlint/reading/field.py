"""The fields of an entry, as they are found in its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from peftlint.model import Link, Text, Year
from peftlint.reading.part import Part
from peftlint.source import Span

TitleForm = Literal["", "strong", "em", "link", "quoted", "plain"]


@dataclass(slots=True)
class Fields:
    """What is known of an entry while its parts are read.

    Attributes:
        parts: the parts, in order.
        title, name, authors, authors_span, venue, year: see `peftlint.model.Entry`; no title
            means that these parts are no entry.
        title_link: the link whose label is the title.
        title_form: how the title is written.
        title_index: the part in which the title ends; -1 for none.
        authors_index: the part in which the authors begin; -1 for none.
        venue_is_known: whether the venue is a known one, not only text beside a year.
        used: the parts that are explained.
        beside: text that shares a part with the title or stands before it, and where it begins;
            venue, year and authors may be in it.
    """

    parts: Sequence[Part]
    title: Text | None = None
    title_link: Link | None = None
    title_form: TitleForm = ""
    title_index: int = -1
    name: Text | None = None
    authors: tuple[Text, ...] = ()
    authors_span: Span | None = None
    authors_index: int = -1
    venue: Text | None = None
    year: Year | None = None
    venue_is_known: bool = False
    used: set[int] = field(default_factory=set)
    beside: list[tuple[str, int]] = field(default_factory=list)
