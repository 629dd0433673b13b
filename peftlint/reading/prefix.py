"""What stands before a title in the same text: numbering, dates, venues, nicknames, authors."""

from __future__ import annotations

import re

from peftlint import byline, date, people, venue
from peftlint.byline import Names
from peftlint.model import Text, Year
from peftlint.punctuation import plain
from peftlint.reading.appearance import SEPARATOR
from peftlint.reading.candidate import (
    DATED,
    FEWEST_WORDS,
    MARKS,
    NICKNAME,
    TITLE_LABEL,
    has_title_after,
    is_title_link,
)
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.reading.quotation import OPENING
from peftlint.reading.run import run_of
from peftlint.reading.wrapped import excerpt, run_of_lines
from peftlint.regex import regex

#: A number in brackets, but for one that is a year.
NUMBERING = regex(
    r"\s*(?:\[(?!(?:19|20)\d\d\])\d{1,4}\]|\(?(?!(?:19|20)\d\d\))\d{1,4}(?:\)|\.(?!\d)))\s*"
)
# The next patterns look at plain punctuation.
#: `2106.09685 | Title`
_ARXIV_ID = regex(r"\s*(?:arxiv:\s?)?\d{4}\.\d{4,5}(?:v\d+)?\s*[|,:-]\s*", re.IGNORECASE)
#: What a label of the title and an identifier of arXiv begin with, in small letters.
_LABEL_STARTS = ("arxiv", "title", "paper", *"\u8bba\u6807\u9898\u540d\u6587")
#: In characters.
_LONGEST_LABEL_START = 5
#: What is no more than marks, and a bracket that another part closes.
_ONLY_MARKS = regex(r"[\s\]):.,;|<>~*+&/-]*(?:[\[(]\s?)?")
_BRACKET = regex(r"\s*([\[(])([^\[\]()]{1,60})[\])]\s*[:.,|-]?\s*")
#: `NPJ Digit. Med.`: what is abbreviated is a journal's name.
_JOURNAL = regex(r"(?:[A-Z][\w&-]*\.? ){0,4}[A-Z][a-z]{2,}\. (?:[A-Z][\w&-]*\.? ){0,3}[A-Z]\w*\.")
#: In characters.
_LONGEST_PIECE = 40
#: `arXiv 2025.07, Title`, `2018-CVPR - Title`
_FIRST_PIECE = regex(
    rf"([^,:|()\[\]]{{3,{_LONGEST_PIECE}}}?)"
    r"(?:\s?\((?:oral|spotlight|poster|highlight|best paper)\))?(?:[,:|]|\s-(?=\s))\s*",
    re.IGNORECASE,
)
#: `DiMP: "Title"`
_NAME_AND_QUOTE = regex(r"([^\":,.]{1,40}?)\s?:\s*(?=[\"\u201c])")
#: `16-ATC-Title`, `2018_SIGCOMM_Title`
_GLUED_PIECE = regex(r"((?:19|20)?\d\d)([-_])([A-Za-z][A-Za-z&/+]{1,11})\2(?=\w)")
#: `[2016-IJCV, [M. Jaderberg](..)] Title`
_UNCLOSED = regex(r"[\[(]([^\[\]()]{2,40}?)[,;:]?\s*$")
_SHORTCODE = regex(r":[a-z0-9_+-]{2,30}:\s*")
_AFTER_DATE = regex(r"\s*[,.:;|-]?(?:\s+|$)")
#: In characters: `September 30th, 2020`.
_LONGEST_DATE = 24
#: In words, and in names before it.
_FEWEST_OF_TITLE = 3
#: In characters, with its period.
_INITIAL = 2
#: In words: a title that ends with its venue is longer than a venue.
_LONGEST_APPEARANCE = 8
_OPENING_QUOTES = "\u201c\u00ab\u300c\u300a\u2018"


def skip_prefix(fields: Fields, index: int) -> tuple[int, int]:
    """Where the title may begin from a text part on; what stands before it is kept beside it.

    Args:
        fields: the parts; name and `beside` are set.
        index: of the part.

    Returns:
        The index of a part, further on where authors fill several, and an offset into its text;
        that is its length where all of it stands before the title.
    """
    shown = fields.parts[index].text
    if _ONLY_MARKS.fullmatch(shown) and not _goes_on(fields, index):
        # A quarter of all: an opening bracket, a bar, the full stop behind authors.
        return index, len(shown)
    text = plain(shown)
    at = _skip_marks(fields, index, text)
    if text[at : at + 1] != '"':
        # No authors begin with a quote.
        index, at = _skip_authors(fields, index, text, at)
    end = len(fields.parts[index].text)
    return index, end if at < end and _introduces(fields, index, at) else at


def _goes_on(fields: Fields, index: int) -> bool:
    """Whether what is behind a part may be more of its text."""
    following = index + 1
    return following < len(fields.parts) and fields.parts[following].kind in ("text", "break")


def _leads(fields: Fields, index: int) -> bool:
    """Whether the title may be the part behind a text: a link or strong letters."""
    following = index + 1
    return following < len(fields.parts) and (
        is_title_link(fields.parts, following) or fields.parts[following].kind == "strong"
    )


def _skip_marks(fields: Fields, index: int, text: str) -> int:
    """Where the title may begin in `text`: after numbering, dates, venues and marks."""
    part = fields.parts[index]
    at = _skip_number(fields, index, text) if _may_be_numbered(text) else 0
    # Nothing of what is passed over begins with a letter or a digit.
    while at < len(text) and not text[at].isalnum():
        is_bracket = text[at:].lstrip().startswith(("[", "("))
        bracket = _BRACKET.match(text, at) if is_bracket else None
        if bracket and _takes_bracket(fields, part, bracket, _leads(fields, index)):
            at = bracket.end()
            continue
        code = _SHORTCODE.match(text, at) if text[at] == ":" else None
        marks = code or MARKS.match(text, at)
        if marks:
            at = marks.end()
            continue
        unclosed = _UNCLOSED.match(text, at) if is_bracket else None
        if unclosed and _tells_appearance(unclosed[1]):
            fields.beside.append(run_of(part, *unclosed.span(1)))
            return len(text)
        symbol = text[at]
        if symbol in "([{" and not text[at + 1 :].strip():
            # What it opens is another part.
            return len(text)
        if symbol.isascii() or symbol in _OPENING_QUOTES:
            break
        at += 1
    # A cheap look before dear ones: a date, and a venue's year, have two digits.
    may_be_dated = venue.may_be_dated(text[at : at + _LONGEST_PIECE])
    leads = may_be_dated and _leads(fields, index)
    dated = _skip_date(fields, part, text, at, leads) if may_be_dated else None
    if dated is not None:
        return dated
    named = _NAME_AND_QUOTE.match(text, at) if '"' in text or "\u201c" in text else None
    if named:
        if fields.name is None:
            fields.name = Text(named[1].strip(), part.place(*named.span(1)))
            fields.read_by["name"] = "a few words before a colon and the title in quotes"
        return named.end()
    return _skip_piece(fields, part, text, at, leads) if may_be_dated else at


def _may_be_numbered(text: str) -> bool:
    """Whether a number, an identifier or a label may begin a text: few titles have any before."""
    begin = text.lstrip()[:_LONGEST_LABEL_START].casefold()
    return begin.lstrip("[(")[:1].isdecimal() or begin.startswith(_LABEL_STARTS)


def _skip_number(fields: Fields, index: int, text: str) -> int:
    """Where the title may begin after a number, an identifier of arXiv or a label."""
    at = 0
    for pattern in (NUMBERING, _ARXIV_ID, TITLE_LABEL):
        match = pattern.match(text, at)
        if match and (pattern is NUMBERING or match.end() < len(text) or _leads(fields, index)):
            at = match.end()
    return at


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
    rest = part.text[bracket.end() :].strip()
    if bracket[0].rstrip().endswith(":") and rest.startswith(OPENING):
        # `**Name** (what it builds on): "Title"`
        return True
    if _JOURNAL.fullmatch(inner):
        fields.beside.append(run_of(part, start, end))
        return True
    has_rest = leads or rest
    if len(inner.split()) > NICKNAME or not has_rest:
        return False
    is_name = bracket[1] == "[" or leads
    if fields.name is None and is_name and len(inner) > 1 and any(map(str.isalpha, inner)):
        fields.name = Text(inner.strip(), part.place(start, end))
        fields.read_by["name"] = "words in brackets before the title"
    return True


def _tells_appearance(text: str) -> bool:
    read = venue.read(text)
    return bool(read.year) or read.is_known


def _skip_date(fields: Fields, part: Part, text: str, at: int, leads: bool) -> int | None:
    """Where the title may begin after a date; a bare year stands only before a title in marks."""
    dated = date.find(text[: at + _LONGEST_DATE], at)
    if dated is None or dated.span.start != at:
        return None
    after = _AFTER_DATE.match(text, dated.span.end)
    is_bare = dated.span == dated.digits
    if after is None or (not leads and (is_bare or after.end() == len(text))):
        return None
    fields.beside.append(run_of(part, *dated.span))
    return after.end()


def _skip_piece(fields: Fields, part: Part, text: str, at: int, leads: bool) -> int:
    """Where the title may begin after a venue with its year."""
    glued = _GLUED_PIECE.match(text, at) if text[at].isdecimal() else None
    if glued and venue.is_venue(glued[3]):
        # Read as `ATC 2016`: alone, two digits are no year.
        fields.beside.append(run_of(part, *glued.span(3)))
        start, end = glued.span(1)
        fields.dated = Year(date.full_year(glued[1]), part.place(start, end))
        return glued.end()
    piece = _FIRST_PIECE.match(text, at)
    if piece is None or (piece.end() >= len(text) and not leads):
        return at
    read = venue.read(piece[1].replace("_", " "))
    if read.year is None or (read.venue is not None and not read.is_known):
        return at
    fields.beside.append(run_of(part, *piece.span(1)))
    return piece.end()


def _skip_authors(fields: Fields, index: int, text: str, at: int) -> tuple[int, int]:
    """Where the title may begin after authors that stand first; they are kept beside it."""
    last = index
    if _goes_on(fields, index):
        lines, last = run_of_lines(fields.parts, index)
        text = plain(lines.text)
    found = byline.leading(text, at)
    if found is None:
        return index, at
    is_certain = found.number > 1 or found.is_certain or byline.is_author_of_next(text, at, found)
    if not (is_certain or _stands_alone(fields, last, text, at, found)):
        return index, at
    run, _ = run_of_lines(fields.parts, index)
    dated = DATED.match(text, found.after)
    end = dated.end() if dated else found.after
    marks = MARKS.match(text, end)
    rest = marks.end() if marks else end
    if not text[rest:].strip('"\u201c'):
        if not (has_title_after(fields.parts, last) or _is_strong(fields, last + 1)):
            return (last, len(fields.parts[last].text)) if found.number > 1 else (index, at)
        rest = len(text)
    else:
        is_quoted = text[rest:].startswith(OPENING)
        following = "" if is_quoted else SEPARATOR.split(text[rest:], maxsplit=1)[0]
        read = venue.read(following)
        is_appearance = bool(read.year) or read.is_known
        before = _before_last(text, at, found) if is_appearance and not index else -1
        if before > 0:
            fields.beside.append(run.cut(at, before))
            return index, before + 1
        if is_appearance or len(text[rest:].split()) < FEWEST_WORDS:
            # No title stands here: these are the authors of one that was shown before.
            return (last, len(fields.parts[last].text)) if found.number > 1 else (index, at)
    fields.beside.append(run.cut(at, end))
    for part in fields.parts[index:last]:
        if rest < len(excerpt(part).text):
            break
        rest -= len(excerpt(part).text)
        index += 1
    return index, rest


def _before_last(text: str, at: int, found: Names) -> int:
    """The comma before the last of several names, if that is a title in capitals; else -1.

    So in `Tom Schaul, John Quan, David Silver, Prioritized Experience Replay, arXiv, 2015`.
    """
    comma = text.rfind(",", at, found.end)
    words = text[comma + 1 : found.end].strip(" .").split()
    is_title = len(words) >= _FEWEST_OF_TITLE and all(len(word) > _INITIAL for word in words)
    return comma if found.number > _FEWEST_OF_TITLE and is_title else -1


def _is_strong(fields: Fields, index: int) -> bool:
    """Whether a part is strong and no venue: a title, though it may look like a name."""
    part = fields.parts[index] if index < len(fields.parts) else None
    if part is None or part.kind != "strong" or "," in part.text:
        return False
    read = venue.read(part.text)
    return not (read.year or read.is_known)


def _stands_alone(fields: Fields, index: int, text: str, at: int, found: Names) -> bool:
    """Whether one name and a mark fill the text before a title in strong letters or a link."""
    is_turned = "," in text[at : found.end].rstrip(" ,")
    if text[found.after :].strip() or not text.rstrip().endswith((".", ",")):
        return False
    following = fields.parts[index + 1] if index + 1 < len(fields.parts) else None
    if following is None or people.is_institution(following.text):
        return False
    if following.kind == "strong":
        return is_turned or byline.is_person(text[at : found.end])
    is_long = len(following.text.split()) >= NICKNAME
    is_one = is_turned or byline.is_person(text[at : found.end])
    return is_one and is_long and is_title_link(fields.parts, index + 1)


def _introduces(fields: Fields, index: int, at: int) -> bool:
    """Whether text before a linked title is a date, a venue or a remark with a colon."""
    following = index + 1
    if following >= len(fields.parts) or not is_title_link(fields.parts, following):
        return False
    run = run_of(fields.parts[index], at)
    text = plain(run.text).strip()
    is_short = len(text.split()) <= _LONGEST_APPEARANCE
    read = venue.read(text.strip(":,;. -")) if is_short else venue.NOTHING
    words = len(fields.parts[following].text.split())
    # `Survey: [A Title](..)`, but `LinkedIn: [Ann Lee](..)`
    is_label = words > 1 and len(text.split()) < NICKNAME
    is_label = is_label and not byline.is_person(fields.parts[following].text)
    is_label = text.endswith(":") and (words >= NICKNAME or is_label)
    if read.year or read.is_known or is_label:
        fields.beside.append(run)
        return True
    return False
