"""The fields of an entry, as they are found in its parts."""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.model import Link, Text, Year
from peftlint.reading.part import Part
from peftlint.reading.run import Run
from peftlint.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

TitleForm: TypeAlias = "Literal['', 'strong', 'em', 'link', 'quoted', 'plain']"


class Fields:
    """What is known of an entry while its parts are read.

    Attributes:
        parts: the parts, in order.
        links: those among them.
        title, name, authors, authors_span, venue, year: see `peftlint.model.Entry`; no title
            means that these parts are no entry.
        title_link: the link whose label is the title.
        title_form: how the title is written.
        title_index: the part in which the title ends; -1 for none.
        authors_index: the part in which the authors begin; -1 for none.
        dated: a year in two digits before the title.
        venue_is_known: whether the venue is a known one, not only text beside a year.
        read_by: what told each field: its name to a few words, for people.
        used: the parts that are explained.
        beside: text that shares a part with the title or stands before it; venue, year and
            authors may be in it.
    """

    __slots__ = (
        "authors",
        "authors_index",
        "authors_span",
        "beside",
        "dated",
        "links",
        "name",
        "parts",
        "read_by",
        "title",
        "title_form",
        "title_index",
        "title_link",
        "used",
        "venue",
        "venue_is_known",
        "year",
    )

    def __init__(self, parts: Sequence[Part]) -> None:
        self.stand_among(parts)
        self.title: Text | None = None
        self.title_link: Link | None = None
        self.title_form: TitleForm = ""
        self.title_index = -1
        self.name: Text | None = None
        self.authors: tuple[Text, ...] = ()
        self.authors_span: Span | None = None
        self.authors_index = -1
        self.dated: Year | None = None
        self.venue: Text | None = None
        self.year: Year | None = None
        self.venue_is_known = False
        self.read_by: dict[str, str] = {}
        self.used: set[int] = set()
        self.beside: list[Run] = []

    def stand_among(self, parts: Sequence[Part]) -> None:
        """Set the parts: those that the fields were found in, or more of them around these."""
        self.parts = parts
        self.links = [part.link for part in parts if part.link is not None]

    def part_of(self, link: Link) -> Part:
        """The part that a link is."""
        return next(part for part in self.parts if part.link is link)
