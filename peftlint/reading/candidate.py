"""What may be a title, and what only looks like one: a label, a nickname, a venue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint import byline, venue
from peftlint.punctuation import plain
from peftlint.reading.appearance import SEPARATOR
from peftlint.reading.part import Part
from peftlint.reading.quotation import OPENING
from peftlint.regex import regex
from peftlint.role import label_role, mentions_role

# All patterns look at plain punctuation.
#: Marks between a title and what stands before it.
MARKS = regex(r"[\s\]):.,;|<>~*+&/-]+")
#: The year of a citation, between its authors and its title.
DATED = regex(
    r"\s*(?:[(\[][^()\[\]]{0,12}(?:19|20)\d\d[^()\[\]]{0,12}[)\]]"
    r"|(?:19|20)\d\d[a-z]?(?:,\s[A-Z][a-z]{2,8})?(?=[,.:]))[,.:]?\s*"
)
_YEAR = regex(r"(?:19|20)\d\d")
#: `**AlphaCode** (Nature): "Title"`
_REMARK_AND_COLON = regex(r"\s*(?:\([^()]{1,60}\)\s*)?:")
_DESCRIPTION = regex(r"\s+[-\u2013\u2014]\s+\w")
_SMALL_WORD = regex(r" ([a-z]+)\b")
_CAPITAL = regex(r" [A-Z]")
#: What names the title itself: `**Title:** ..`; in plain punctuation.
TITLE_LABEL = regex(
    r"(?:(?:paper )?title|paper|(?:\u8bba\u6587)?(?:\u6807\u9898|\u9898\u76ee|\u540d\u79f0?)|"
    r"\u8bba\u6587|\u6587\u7ae0)\s*:\s*",
    re.IGNORECASE,
)
#: A nickname, a date or a venue before the title has at most this many words.
NICKNAME = 4
#: A title follows a nickname or a date within so many parts.
NEAR = 12
#: A title behind authors has at least so many words.
FEWEST_WORDS = 2
#: Small words that begin a remark on a work, not more of its title.
_BEHIND_TITLES = frozenset(("accepted", "at", "by", "in", "is", "presented", "was"))
#: So many words behind a strong one, and it is only the first of a title.
_FEWEST_TO_RUN_ON = 3
#: Words that no title ends with.
_TAGS = regex(r"^(?:\[[^\[\]]{1,40}\]\s*){1,6}(?=\S)")
_YEAR_AT_END = regex(r"\w ?\((?:19|20)\d\d\)$")
_NEVER_LAST = frozenset(
    "a an and are as at by for from in into of on or over the to towards using via with".split()  # noqa: SIM905
)
_MARK_BEHIND_NAME = regex(r"\s*[-.,|]\s+")
_SENTENCE_END = regex(r"\.\s|\s[-|(\[]\s?|[(\[]")
#: In words: `**DETR**`, `**Stable Diffusion**`.
_LONGEST_NAME = 2
_LETTERS = regex(r"[^\W\d_]+")
#: Letters of a word that a headline sets with a capital; so many and so much of them.
_LONG_WORD = 4
_FEWEST_LONG_WORDS = 3
_CAPITALS = 0.75
#: In characters: less is no title; less in brackets is a tag.
_SHORTEST_TITLE = 3
_SHORTEST_IN_BRACKETS = 4


def text_at(parts: Sequence[Part], index: int) -> Part | None:
    """The part at `index` where it is plain text."""
    part = parts[index] if index < len(parts) else None
    return part if part is not None and part.kind == "text" else None


def is_title_link(  # noqa: PLR0911 - one for each thing that it may be instead
    parts: Sequence[Part], index: int
) -> bool:
    """Whether a part is a link whose label is a title: neither a role, nor a venue, nor a tag."""
    link = parts[index].link
    if link is None or link.form in ("placeholder", "bare", "autolink") or link.only_image:
        return False
    label = link.label or ""
    if not (label[:1].isalpha() or any(map(str.isalpha, label))):
        return False
    if label_role(label) is not None:
        return is_described(parts, index)
    if label.startswith(("http://", "https://")):
        return False
    if label.count(" ") < NICKNAME or len(label.split()) <= NICKNAME:
        shown = parts[index].text
        if shown.startswith("[") and shown.endswith("]"):
            # `[[Python Reference]](..)`: titles have no brackets inside the link.
            return False
        read = venue.read(_TAGS.sub("", label))
        is_title = not read.is_known and read.venue is not None and _YEAR_AT_END.search(label)
        if (read.is_known or read.year) and not is_title:
            return False
    before = parts[index - 1] if index else None
    is_inside = before is not None and before.text.rstrip().endswith((",", "[", "("))
    if is_inside and byline.is_person(label):
        return False
    if before is None or before.kind != "text" or not before.text.endswith("["):
        return True
    is_word = " " not in label and len(before.text.split()) > NICKNAME
    return not (is_word or mentions_role(label) or len(label) < _SHORTEST_IN_BRACKETS)


def is_described(parts: Sequence[Part], index: int) -> bool:
    """Whether a link opens the item and all that follows describes it.

    So `[PyTorch Implementation](..) - A curated implementation` shows a title, though its
    words are those of a label.
    """
    following = text_at(parts, index + 1)
    if following is None or _DESCRIPTION.match(following.text) is None:
        return False
    return not (
        any(part.text.strip() for part in parts[:index])
        or any(part.link for part in parts[index + 1 :])
    )


def has_title_after(parts: Sequence[Part], index: int) -> bool:
    """Whether something that may be a title follows in the same block."""
    for part in parts[index + 1 : index + 1 + NEAR]:
        if part.kind in ("block", "item", "cell"):
            return False
        if part.kind == "link" and part.link and not part.link.only_image:
            label = part.link.label
            return bool(label) and label_role(label) is None and part.link.form != "placeholder"
        if part.kind in ("strong", "em"):
            read = venue.read(part.text)
            return not (read.year or read.is_known or byline.are_names(part.text))
        if part.text.lstrip(" :.,-").startswith(OPENING):
            return True
        words = plain(part.text).strip(' :.,-|()[]"')
        if part.kind == "text" and len(words) >= _SHORTEST_TITLE:
            read = venue.read(SEPARATOR.split(words, maxsplit=1)[0])
            return not (read.year or read.is_known)
    return False


def is_cited(parts: Sequence[Part], index: int) -> bool:
    """Whether a whole citation follows a run: authors, year and the title itself."""
    following = text_at(parts, index + 1)
    if following is None:
        return False
    text = plain(following.text)
    # A cheap look before dear ones: few have a year, and fewer more than that.
    year = _YEAR.search(text)
    if year is None or len(text[year.end() :].split()) < FEWEST_WORDS:
        return False
    marks = MARKS.match(text)
    found = byline.leading(text, marks.end() if marks else 0)
    dated = DATED.match(text, found.after) if found else None
    if dated is None:
        return False
    rest = SEPARATOR.split(text[dated.end() :], maxsplit=1)[0]
    return len(rest.split()) >= FEWEST_WORDS and not venue.is_venue(rest)


def is_bracketed(parts: Sequence[Part], index: int, shown: str) -> bool:
    """Whether brackets set a run apart, inside its marks or around them."""
    if shown[:1] in "[(" and shown[-1:] in "])":
        return True
    return bool(index) and parts[index - 1].text.rstrip().endswith(("(", "["))


def is_apart(parts: Sequence[Part], index: int, shown: str) -> bool:
    """Whether a colon or quotes around what follows set a nickname apart."""
    if shown.endswith(":"):
        return True
    following = text_at(parts, index + 1)
    if following is None and names_next_line(parts, index, shown):
        return True
    text = plain(following.text) if following else ""
    link = index + 2 if following else index + 1
    if text.strip() in ("", ",", "-", "|") and link < len(parts) and is_title_link(parts, link):
        # `**Topic**, [A longer title](..)`
        return len(parts[link].text.split()) > max(NICKNAME, len(shown.split()))
    if _is_short_for(shown, text):
        return True
    return _REMARK_AND_COLON.match(text) is not None or text.lstrip(" ,-").startswith(OPENING)


def _is_short_for(shown: str, text: str) -> bool:
    """Whether a name is followed by a title set in capitals: `**DETR** - End-to-End Object ..`."""
    mark = _MARK_BEHIND_NAME.match(text)
    if mark is None or len(shown.split()) > _LONGEST_NAME:
        return False
    return is_headline(_SENTENCE_END.split(text[mark.end() :], maxsplit=1)[0])


def is_headline(text: str) -> bool:
    """Whether words are set in capitals as titles are, and are no names and no venue."""
    if text[:1].islower() or not has_capitals(text):
        return False
    if SEPARATOR.split(text, maxsplit=1)[0].count(" ") < _FEWEST_TO_RUN_ON:
        return False
    read = venue.read(SEPARATOR.split(text, maxsplit=1)[0])
    return not (read.is_known or byline.leading(text))


def names_next_line(parts: Sequence[Part], index: int, shown: str) -> bool:
    """Whether a name fills a line and the next is a title: `DETR<br>End-to-End Object ..`."""
    broken = parts[index + 1 : index + 2]
    below = text_at(parts, index + 2)
    if not broken or (broken[0].kind, broken[0].text) != ("break", "hard") or below is None:
        return False
    return len(shown.split()) <= _LONGEST_NAME and is_headline(plain(below.text).strip())


def has_capitals(text: str) -> bool:
    """Whether there are several long words, nearly all set with capitals."""
    words = [word for word in _LETTERS.findall(text) if len(word) >= _LONG_WORD]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _FEWEST_LONG_WORDS and capitals >= _CAPITALS * len(words)


def runs_on(parts: Sequence[Part], index: int) -> bool:
    """Whether a run is only the first words of a title that goes on behind it."""
    part = parts[index]
    following = text_at(parts, index + 1)
    words = len(part.text.split())
    if following is None or words > NICKNAME or not part.text[-1:].isalnum():
        return False
    text = plain(following.text)
    goes_on = _SMALL_WORD.match(text)
    if goes_on:
        return goes_on[1] not in _BEHIND_TITLES
    if not _CAPITAL.match(text) or len(text.split()) < _FEWEST_TO_RUN_ON:
        return False
    first = SEPARATOR.split(text, maxsplit=1)[0]
    read = venue.read(first)
    return not (read.year or read.is_known or byline.leading(text, 1))


def goes_on(parts: Sequence[Part], index: int) -> bool:
    """Whether a title goes on behind a line end: with a small letter."""
    following = text_at(parts, index + 1)
    if parts[index].text != "soft" or following is None:
        return False
    before = parts[index - 1].text.rstrip().rpartition(" ")[2].casefold()
    return following.text[:1].islower() or before in _NEVER_LAST


def is_about_the_title(parts: Sequence[Part], index: int, is_inside: bool) -> bool:
    """Whether a part in marks tells who wrote a work, where it appeared, or what it is about."""
    part = parts[index]
    if not is_inside:
        return _is_about_a_title(part)
    before = parts[index - 1].text.rstrip()
    if part.kind == "em" and before.endswith((".", ". In", ", In", ", in")):
        # `Title. *Data Mining and Knowledge Discovery*, 29(3)`
        return True
    if (before.endswith(("(", "\uff08")) and part.kind == "em") or (
        before.endswith(("[", "\u3010")) and part.kind in ("strong", "code")
    ):
        following = text_at(parts, index + 1)
        return following is not None and following.text.lstrip()[:1] in ("]", ")", "\uff09")
    return _is_about_a_title(part)


def _is_about_a_title(part: Part) -> bool:
    """Whether an emphasised run tells who wrote a work or where it appeared."""
    if part.kind not in ("em", "strong"):
        return False
    read = venue.read(part.text)
    if read.year or venue.is_venue(part.text):
        return True
    # Two capitalized words may be a name or anything else.
    return part.kind == "em" and "," in plain(part.text) and byline.are_names(part.text)
