"""Names in running text, where nothing but the words tells that they are names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from peftlint import date, venue
from peftlint.people import (
    BY,
    EDGES,
    ET_AL_AT_END,
    INITIAL,
    LONE_INITIALS,
    bare,
    is_institution,
    is_name,
    look_like_names,
    turned,
)
from peftlint.punctuation import plain
from peftlint.vocabulary import INSTITUTION_WORDS, TITLE_WORDS

_SEVERAL = re.compile(r"[,;&]|\band\b|\bet\.? al|\bothers\b|\u7b49|\banonymous\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_HAN_NAME = 4
#: A Chinese name has two to four characters; the first is one of the hundred frequent surnames
#: that nine in ten people have (https://en.wikipedia.org/wiki/List_of_common_Chinese_surnames).
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹易常武乔贺"
)
#: `A.Graves`
_GLUED_NAME = re.compile(r"(?:[A-Z]\.-?){1,3}[A-Z][^\W\d_][\w'-]+")
# Where a name in running text ends; see `leading`.
_NAME_END = re.compile(
    r",\s*(?:(?:and|&)\s+)?|;\s*|(?<!\s)\s+(?:and|&)\s+|\.\s+(?!(?:and|&|al)\b)(?=\S)|\.?$|"
    r"\s[|-]\s|\s?[\[(]|:\s|\s(?=[\"\u201c][^\"\u201d]{12})",
    re.IGNORECASE,
)
_INITIAL_AT_END = re.compile(r"(?<![^\W\d_])[^\W\d_a-z]{1,3}$")
_WORD_AND_COMMA = re.compile(r"([^\W\d_][\w'-]+)(?:[,.;:\])]|\s+(?:and|&)\s|\s*(?:[|(]|$))")
_BRACKETED = re.compile(r"\(([^()]{1,120})\)\s*(?=[,;.]|and\b|et\b|&|$)")
#: A name has so many words.
_FEWEST_WORDS = 2
_MOST_WORDS = 5
_LONGEST_INSTITUTION = 8
#: A name, or an institution, has at most so many characters.
_LONGEST_NAME = 200
#: Running text may begin with so many chunks that are all names.
_MOST_NAMES = 400
#: Words that titles begin with, and no name does without a period.
_ARTICLES = frozenset(("a", "an", "the", "on", "how", "why", "what", "is"))
_PARTICLE = re.compile(r"\s*(?:[A-Z]|(?:van|von|der|den|de|da|di|del|el|al|le|la|ten|ter)\s)")


class Names(NamedTuple):
    """A run of names at the beginning of a text.

    Attributes:
        number: how many names.
        end: where the last ends.
        after: where what follows begins, behind the mark that ended the run.
        is_certain: an initial, `et al.` or `by` says that these are names.
    """

    number: int
    end: int
    after: int
    is_certain: bool


@lru_cache(maxsize=16384)
def is_person(text: str) -> bool:
    """Whether `text`, in running text, can only be one person's name.

    It has two words at least, all with capitals, and none of them such as titles or
    institutions have.
    """
    shown = bare(text)
    if _is_han_name(shown) or _GLUED_NAME.fullmatch(shown):
        return True
    words = shown.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not is_name(shown):
        return False
    initials = sum(len(word.strip(".")) == 1 for word in words)
    is_shouted = len(words) > _FEWEST_WORDS and shown.isupper() and not initials
    if initials == len(words) or is_shouted or words[0].casefold() in _ARTICLES:
        return False
    letters = _LETTERS.findall(shown.casefold())
    has_other_words = any(word in TITLE_WORDS or word in INSTITUTION_WORDS for word in letters)
    # `CVPR Workshop`, `ACL Findings`.
    return not has_other_words and not venue.is_venue(shown)


def _is_han_name(text: str) -> bool:
    # No pattern: one with a hundred characters takes a millisecond to compile.
    if not 1 < len(text) <= _LONGEST_HAN_NAME or text[0] not in _SURNAMES:
        return False
    return all("\u4e00" <= character <= "\u9fff" for character in text)


def are_names(text: str) -> bool:
    """Whether text that is set apart, as by emphasis, is names; a single one may be a title."""
    return look_like_names(text) and (
        _SEVERAL.search(plain(text)) is not None or is_person(text.strip(f"{EDGES}()"))
    )


def leading(text: str, start: int = 0) -> Names | None:
    """The names with which running text begins, up to what is no name.

    Args:
        text: in plain punctuation.
        start: where to begin; blanks and separators there are passed over.

    Returns:
        `None` where it does not begin with a name. Whether so many are authors is the
        caller's to judge.
    """
    by = BY.match(text, start)
    at = by.end() if by else start
    first = text[at : at + 1]
    if first.isascii() and not first.isupper() and not _PARTICLE.match(text, at):
        return None
    found = Names(0, at, at, by is not None)
    waiting = ""
    is_paired = True
    joined = ""
    for match in _NAME_END.finditer(text, at):
        if match.start() - at > _LONGEST_NAME:
            break
        mark, chunk = match[0].strip(), text[at : match.start()].strip()
        if match.start() < at or (mark not in (".", "") and not bare(chunk)):
            at = max(at, match.end())
            continue
        if mark == "." and _goes_on(text, match.end(), chunk, waiting):
            continue
        kind = _kind(chunk, waiting, found, is_paired and joined in ("and", "&"))
        if not kind or (kind == "last" and mark[:1] != ","):
            break
        is_paired = is_paired and (kind == "last" or bool(waiting))
        joined = mark.removeprefix(",").strip().casefold()
        at = match.end()
        waiting = chunk if kind == "last" else ""
        if waiting:
            continue
        is_certain = found.is_certain or kind in ("initials", "others") or _has_initial(chunk)
        inside = _BRACKETED.match(text, at - 1) if mark in ("(", "[") else None
        if inside and not (date.may_have_year(inside[1]) or venue.is_venue(inside[1])):
            at = inside.end()
        number = found.number + (kind != "institution")
        is_bracket = mark in ("(", "[") and not inside
        # The period of an initial is a part of the name.
        end = at if inside else match.start() + (mark == "." and _has_initial(chunk[-2:]))
        found = Names(number, end, match.end() - len(mark) if is_bracket else at, is_certain)
        if kind == "others" or is_bracket or mark in (".", "", "|", "-", ":"):
            break
        if number > _MOST_NAMES:
            break
    return found if found.number else None


def _goes_on(text: str, at: int, chunk: str, waiting: str) -> bool:
    """Whether a period before `at` belongs to an initial, and does not end the names."""
    if not _INITIAL_AT_END.search(chunk) or at >= len(text):
        return False
    # `Dean, J. Title` and `Lee K. Title`: these initials end a name.
    if waiting and LONE_INITIALS.fullmatch(chunk):
        return INITIAL.match(text, at) is not None
    if turned(chunk) != chunk:
        following = _WORD_AND_COMMA.match(text, at)
        return following is not None and not venue.is_venue(following[1])
    return True


def _kind(  # noqa: PLR0911 - one for each kind
    chunk: str, waiting: str, found: Names, is_paired: bool
) -> str:
    """What a chunk is: a `name`, a `last` name, `initials`, `others`, an `institution` or none."""
    number = found.number
    tail = ET_AL_AT_END.search(chunk)
    if tail:
        before = chunk[: tail.start()].strip(EDGES)
        is_others = is_name(before) if before else bool(number or waiting)
        return "others" if is_others else ""
    if waiting:
        if LONE_INITIALS.fullmatch(chunk):
            return "initials"
        is_first = (not number or not found.is_certain) and not is_institution(chunk)
        return "name" if is_first and is_name(chunk) and len(chunk.split()) <= 2 else ""  # noqa: PLR2004
    if is_person(chunk):
        return "name"
    if is_institution(chunk):
        is_short = len(chunk.split()) <= _LONGEST_INSTITUTION and chunk[0].isupper()
        return "institution" if number and is_short else ""
    if not is_name(chunk):
        return ""
    is_word = len(chunk.split()) == 1 and chunk.casefold() not in TITLE_WORDS
    may_be_last = not number or found.is_certain or is_paired
    return "last" if is_word and may_be_last and not venue.is_venue(chunk) else ""


def _has_initial(name: str) -> bool:
    return any(len(word.strip(".")) == 1 and word[0].isupper() for word in name.split())
