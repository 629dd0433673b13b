"""Finding an entry's authors: an emphasised run of names, or names in running text."""

from __future__ import annotations

import re

from peftlint import date, people, venue
from peftlint.model import Text
from peftlint.punctuation import plain
from peftlint.reading.field import Excerpt, Fields
from peftlint.source import Span

_BY = re.compile(r"(?:by|authors?)\s*:?\s+", re.IGNORECASE)
_NAME_END = re.compile(r",\s*|\.\s+(?=\S)|\.?$|\s[|-]\s|[\[(]")
_INITIAL = re.compile(r"(?<!\w)[A-Z]$")
_LEADING_AND = re.compile(r"^(?:and|&)\s+")
#: Fewer names than this in running text may be anything.
_FEWEST = 2
#: Sub-items further down than this are remarks.
_FARTHEST = 40


def find_authors(fields: Fields) -> None:
    """Find the authors in what is not explained yet, and set them in `fields`."""
    if _emphasised(fields) or any(_running(fields, excerpt, -1) for excerpt in fields.beside):
        return
    for index, part in enumerate(fields.parts):
        if part.kind == "item" and index > fields.title_index + _FARTHEST:
            return
        if index in fields.used or part.kind != "text" or index <= fields.title_index:
            continue
        rest = _running(fields, Excerpt(part.text, part), index)
        if rest is not None:
            fields.beside.append(rest)
            return


def _emphasised(fields: Fields) -> bool:
    for index, part in enumerate(fields.parts):
        if index in fields.used or part.kind not in ("em", "strong"):
            continue
        if part.kind == "strong" and not part.em:
            continue
        if venue.is_venue(part.text.split(",")[0]) and venue.read(part.text).year:
            continue
        if people.look_like_names(part.text):
            _take(fields, index, Excerpt(part.text, part), Span(part.start, part.end))
            return True
    return False


def _running(fields: Fields, excerpt: Excerpt, index: int) -> Excerpt | None:
    """Take names at the beginning of running text, up to a venue, a year or a full stop.

    Returns:
        What follows them, or `None` where there are no names.
    """
    text = plain(excerpt.text)
    offset = len(text) - len(text.lstrip(" \t,.:;|-"))
    by = _BY.match(text, offset)
    offset = by.end() if by else offset
    end = at = offset
    count = 0
    for match in _NAME_END.finditer(text, offset, len(text.rstrip())):
        chunk = text[at : match.start()]
        if not chunk.strip():
            at = match.end()
            continue
        mark = match[0]
        before = max(at, match.start() - 2)
        if mark.startswith(".") and _INITIAL.search(text, before, match.start()):
            continue
        bare = _LEADING_AND.sub("", chunk.strip())
        if not people.look_like_names(bare) or venue.is_venue(bare) or date.find(bare):
            break
        count += len(people.names(chunk))
        end = match.start()
        at = match.end()
        if mark[:1] in ("", ".", "|", "-", "[", "("):
            break
    named = text[offset:end]
    if not named.strip() or (count < _FEWEST and not by):
        return None
    part, start = excerpt.part, excerpt.start
    names = Excerpt(named, part, start + offset)
    _take(fields, index, names, names.place(0, len(named)))
    return Excerpt(excerpt.text[end:], part, start + end)


def _take(fields: Fields, index: int, names: Excerpt, span: Span) -> None:
    """Set the authors that an excerpt names."""
    fields.authors = tuple(
        Text(author.name, names.place(author.start, author.end))
        for author in people.names(names.text)
    )
    fields.authors_span = span
    fields.authors_index = index
    if index >= 0:
        fields.used.add(index)
