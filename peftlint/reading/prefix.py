"""What stands before a title in the same text: numbering, dates, venues, nicknames, authors."""

from __future__ import annotations

import re

from peftlint import byline, date, venue
from peftlint.model import Text, Year
from peftlint.punctuation import plain
from peftlint.reading.appearance import SEPARATOR
from peftlint.reading.candidate import (
    DATED,
    FEWEST_WORDS,
    MARKS,
    NICKNAME,
    has_title_after,
    is_title_link,
)
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.reading.quotation import OPENING
from peftlint.reading.run import run_of

NUMBERING = re.compile(r"\s*(?:\[\d{1,4}\]|\(?\d{1,4}(?:[.)]|\.(?=\D)))\s*")
# The next patterns look at plain punctuation.
_BRACKET = re.compile(r"\s*([\[(])([^\[\]()]{1,60})[\])]\s*[:.,|-]?\s*")
#: `arXiv 2025.07, Title`, `2018-CVPR - Title`
_FIRST_PIECE = re.compile(r"([^,:|()\[\]]{3,40}?)(?:[,:|]|\s-(?=\s))\s*")
#: `DiMP: "Title"`
_NAME_AND_QUOTE = re.compile(r"([^\":,.]{1,40}?)\s?:\s*(?=[\"\u201c])")
#: `16-ATC-Title`, `2018_SIGCOMM_Title`
_GLUED_PIECE = re.compile(r"((?:19|20)?\d\d)([-_])([A-Za-z][A-Za-z&/+]{1,11})\2(?=\w)")
#: `[2016-IJCV, [M. Jaderberg](..)] Title`
_UNCLOSED = re.compile(r"[\[(]([^\[\]()]{2,40}?)[,;:]?\s*$")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,30}:\s*")
_OPENING_QUOTES = "\u201c\u00ab\u300c\u300a\u2018"


def skip_prefix(fields: Fields, index: int) -> int:
    """Where the title may begin in a text part; what stands before it is kept beside it.

    Args:
        fields: the parts; name and `beside` are set.
        index: of the part.

    Returns:
        An offset into the part's text; its length where all of it stands before the title.
    """
    at = _skip_authors(fields, index, _skip_marks(fields, index))
    end = len(fields.parts[index].text)
    return end if at < end and _introduces(fields, index, at) else at


def _skip_marks(fields: Fields, index: int) -> int:
    """Where the title may begin: after numbering, dates, venues and marks."""
    part = fields.parts[index]
    text = plain(part.text)
    leads = index + 1 < len(fields.parts) and (
        is_title_link(fields.parts, index + 1) or fields.parts[index + 1].kind == "strong"
    )
    numbering = NUMBERING.match(text)
    at = numbering.end() if numbering else 0
    while at < len(text):
        bracket = _BRACKET.match(text, at)
        if bracket and _takes_bracket(fields, part, bracket, leads):
            at = bracket.end()
            continue
        marks = _SHORTCODE.match(text, at) or MARKS.match(text, at)
        if marks:
            at = marks.end()
            continue
        unclosed = _UNCLOSED.match(text, at)
        if unclosed and _tells_appearance(unclosed[1]):
            fields.beside.append(run_of(part, *unclosed.span(1)))
            return len(text)
        symbol = text[at]
        if symbol in "([{" and not text[at + 1 :].strip():
            # What it opens is another part.
            return len(text)
        if symbol.isascii() or symbol.isalnum() or symbol in _OPENING_QUOTES:
            break
        at += 1
    return _skip_piece(fields, part, text, at)


def _takes_bracket(fields: Fields, part: Part, bracket: re.Match[str], leads: bool) -> bool:
    """Whether a bracket before the title holds a date, a venue, a nickname or a tag.

    `leads` says that the next part is a linked title.
    """
    start, end = bracket.span(2)
    inner = part.text[start:end]
    read = venue.read(inner)
    if read.year or read.is_known:
        fields.beside.append(run_of(part, start, end))
        return True
    has_rest = leads or part.text[bracket.end() :].strip()
    if len(inner.split()) > NICKNAME or not has_rest:
        return False
    is_name = bracket[1] == "[" or leads
    if fields.name is None and is_name and len(inner) > 1 and not inner.isdigit():
        fields.name = Text(inner.strip(), part.place(start, end))
    return True


def _tells_appearance(text: str) -> bool:
    read = venue.read(text)
    return bool(read.year) or read.is_known


def _skip_piece(fields: Fields, part: Part, text: str, at: int) -> int:
    """Where the title may begin after a venue with its year, or a nickname before quotes."""
    named = _NAME_AND_QUOTE.match(text, at)
    if named:
        if fields.name is None:
            fields.name = Text(named[1].strip(), part.place(*named.span(1)))
        return named.end()
    glued = _GLUED_PIECE.match(text, at)
    if glued and venue.is_venue(glued[3]):
        # Read as `ATC 2016`: alone, two digits are no year.
        fields.beside.append(run_of(part, *glued.span(3)))
        start, end = glued.span(1)
        fields.dated = Year(date.full_year(glued[1]), part.place(start, end))
        return glued.end()
    piece = _FIRST_PIECE.match(text, at)
    if piece is None or piece.end() >= len(text):
        return at
    read = venue.read(piece[1].replace("_", " "))
    if read.year is None or (read.venue is not None and not read.is_known):
        return at
    fields.beside.append(run_of(part, *piece.span(1)))
    return piece.end()


def _skip_authors(fields: Fields, index: int, at: int) -> int:
    """Where the title may begin after authors that stand first; they are kept beside it."""
    part = fields.parts[index]
    text = plain(part.text)
    found = byline.leading(text, at)
    if found is None or not (found.number > 1 or found.is_certain):
        return at
    dated = DATED.match(text, found.after)
    end = dated.end() if dated else found.after
    marks = MARKS.match(text, end)
    rest = marks.end() if marks else end
    if not text[rest:].strip('"\u201c'):
        if not has_title_after(fields.parts, index):
            return len(text) if found.number > 1 else at
        rest = len(text)
    else:
        is_quoted = text[rest:].startswith(OPENING)
        following = "" if is_quoted else SEPARATOR.split(text[rest:], maxsplit=1)[0]
        read = venue.read(following)
        if read.year or read.is_known or len(text[rest:].split()) < FEWEST_WORDS:
            # No title stands here: these are the authors of one that was shown before.
            return len(text) if found.number > 1 else at
    fields.beside.append(run_of(part, at, end))
    return rest


def _introduces(fields: Fields, index: int, at: int) -> bool:
    """Whether text before a linked title is a date, a venue or a remark with a colon."""
    following = index + 1
    if following >= len(fields.parts) or not is_title_link(fields.parts, following):
        return False
    run = run_of(fields.parts[index], at)
    text = plain(run.text).strip()
    read = venue.read(text.strip(":,;. -"))
    is_title = len((fields.parts[following].text).split()) >= NICKNAME
    if (read.year or read.is_known) or (is_title and text.endswith(":")):
        fields.beside.append(run)
        return True
    return False
