"""Finding where and when an entry's work appeared."""

from __future__ import annotations

import re

from peftlint import venue
from peftlint.model import Text, Year
from peftlint.punctuation import plain
from peftlint.reading.field import Excerpt, Fields
from peftlint.venue import Appearance

#: What parts a venue or a date from other text, in plain punctuation.
SEPARATOR = re.compile(r"[,;|()\[\]{}]|\.\s|\.$|\s-\s")
_SPACE = re.compile(r"\s+")


def find_appearance(fields: Fields) -> None:
    """Find venue and year in what is not explained yet, and set them in `fields`.

    A known venue goes before text that only stands beside a year, and the venue's year before
    another.
    """
    found: list[Appearance] = []
    for excerpt in fields.beside:
        _add_pieces(found, excerpt)
    is_remark = False
    for index, part in enumerate(fields.parts):
        if part.kind in ("block", "item", "cell"):
            is_remark = index > fields.title_index and index > fields.authors_index >= 0
            continue
        if is_remark or index in fields.used:
            continue
        if part.kind == "text":
            _add_pieces(found, Excerpt(part.text, part))
        elif part.kind in ("strong", "em", "code"):
            read = read_appearance(Excerpt(part.text, part))
            if read.year or read.is_known:
                found.append(read)
    known = next((read for read in found if read.is_known and read.venue), None)
    best = known or next((read for read in found if read.venue), None)
    if best is not None and best.venue is not None:
        fields.venue = Text(_SPACE.sub(" ", best.venue), best.venue_span)
        fields.venue_is_known = best.is_known
    for dated in (best, *found):
        if dated is not None and dated.year is not None:
            fields.year = Year(dated.year, dated.year_span)
            return


def read_appearance(excerpt: Excerpt) -> Appearance:
    """What an excerpt says of venue and year, with their places in the list."""
    read = venue.read(excerpt.text)
    if read.venue is not None:
        read = read._replace(venue_span=excerpt.place(*read.venue_span))
    if read.year is not None:
        read = read._replace(year_span=excerpt.place(*read.year_span))
    return read


def _add_pieces(found: list[Appearance], excerpt: Excerpt) -> None:
    """Add what each piece of an excerpt between separators says of venue and year."""
    text, part, start = excerpt
    at = 0
    ends = [match.span() for match in SEPARATOR.finditer(plain(text))]
    for stop, following in [*ends, (len(text), len(text))]:
        read = read_appearance(Excerpt(text[at:stop], part, start + at))
        at = following
        if not (read.year or read.is_known):
            continue
        last = found[-1] if found else None
        if last is not None and last.venue and not last.year and read.year and not read.venue:
            # `CVPR, 2020`: the year is the venue's.
            found[-1] = last._replace(year=read.year, year_span=read.year_span)
        else:
            found.append(read)
