"""Authors, in the ways that lists write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from peftlint import date, venue
from peftlint.punctuation import plain
from peftlint.vocabulary import INSTITUTION_WORDS, TITLE_WORDS

#: How "and others" is given back.
ET_AL = "et al."

_ET_AL = re.compile(r"(?:et\.?\s*al\.?|and others|and more|others|等)\.?\s*$", re.IGNORECASE)
_BY = re.compile(r"\s*(?:(?:posted |written )?by|authors?|作者)\s*[:\uff1a]?\s+", re.IGNORECASE)
_AND = re.compile(r"(?:,\s*)?(?:\band\b|&)\s+", re.IGNORECASE)
_TRAILING_AND = re.compile(r"\band$")
_COMMA = re.compile(r"[,;]")
#: Numbers and symbols behind a name; letters, brackets and periods are its own.
_FOOTNOTE = re.compile(r"(?:[^\w.)'\u2019]|[0-9])+$")
_EDGES = " \t\r\n.,;:|[]{}*_`"
_INITIALS = re.compile(r"(?:[A-Z]\.?[-\s]?){1,3}$")
#: The initials of an author whose last name stands before them: `M.`, `Jimmy SJ.` is none.
_LONE_INITIALS = re.compile(r"(?:[A-Z]\.?[-\s]?){1,3}\.?")
_AFFILIATION = re.compile(r"\([^()]*\)\s*$")
# What most names look like; the rest is looked at word by word.
_PLAIN_NAME = re.compile(
    r"\s*[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?(?: [A-Z][a-z]+(?:-[A-Z]?[a-z]+)?){1,3}\.?"
)
_PARTICLES = frozenset(
    """
    van von der den de da do dos del della di la le el al bin ben ibn ten ter of und y e du zu
    st
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_PARTICLE = re.compile(r"\s*(?:[A-Z]|(?:van|von|der|den|de|da|di|del|el|al|le|la|ten|ter)\s)")
_LETTERS = re.compile(r"[^\W\d_]+")
#: A Chinese name has two to four characters; the first is one of the hundred frequent surnames
#: that nine in ten people have (https://en.wikipedia.org/wiki/List_of_common_Chinese_surnames).
_HAN_NAME = re.compile(
    "[\u738b\u674e\u5f20\u5218\u9648\u6768\u8d75\u9ec4\u5468\u5434\u5f90\u5b59\u80e1\u6731\u9ad8\u6797\u4f55\u90ed\u9a6c\u7f57\u6881\u5b8b\u90d1\u8c22"
    "\u97e9\u5510\u51af\u4e8e\u8463\u8427\u7a0b\u66f9\u8881\u9093\u8bb8\u5085\u6c88\u66fe\u5f6d\u5415\u82cf\u5362\u848b\u8521\u8d3e\u4e01\u9b4f\u859b"
    "\u53f6\u960e\u4f59\u6f58\u675c\u6234\u590f\u949f\u6c6a\u7530\u4efb\u59dc\u8303\u65b9\u77f3\u59da\u8c2d\u5ed6\u90b9\u718a\u91d1\u9646\u90dd\u5b54"
    "\u767d\u5d14\u5eb7\u6bdb\u90b1\u79e6\u6c5f\u53f2\u987e\u4faf\u90b5\u5b5f\u9f99\u4e07\u6bb5\u96f7\u94b1\u6c64\u5c39\u6613\u5e38\u6b66\u4e54\u8d3a]"
    "[\u4e00-\u9fff]{1,3}"
)
# Where a name in running text ends; see `leading`.
_NAME_END = re.compile(
    r"\s(?=[\"\u201c])|,\s*(?:(?:and|&)\s+)?|;\s*|(?<!\s)\s+(?:and|&)\s+|\.\s+(?!(?:and|&)\s)(?=\S)|\.?$|\s[|-]\s|\s?[\[(]|:\s",
    re.IGNORECASE,
)
_INITIAL_AT_END = re.compile(r"(?<![^\W\d_])[^\W\d_a-z]{1,3}$")
_INITIAL = re.compile(r"[A-Z]\.")
_WORD_AND_COMMA = re.compile(r"([^\W\d_][\w'-]+)(?:[,.;]|\s+(?:and|&)\s|\s*$)")
_BRACKETED = re.compile(r"\(([^()]{1,120})\)\s*(?=[,;.]|and\b|&|$)")
#: A name has so many words.
_FEWEST_WORDS = 2
_MOST_WORDS = 5
#: A name, or an institution, has at most so many characters.
_LONGEST_NAME = 200
#: Running text may begin with so many chunks that are all names.
_MOST_NAMES = 400


class Author(NamedTuple):
    """An author as `First Last`, and where the name stands in the text given."""

    name: str
    start: int
    end: int


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


def names(text: str) -> tuple[Author, ...]:
    """The authors that `text` names, in order; institutions beside them are left out.

    Four ways are read: `First Last, First Last, and First Last`; BibTeX's
    `Last, First and Last, First`; `Last F. M., Last F.`; `Last, F., Last, F.`.
    `et al.` and `and others` become a last element `et al.`. Names without a comma stay in the
    order shown.
    """
    found: list[Author] = []
    rest = text = plain(text)
    tail = _ET_AL.search(rest.rstrip(_EDGES + "()"))
    others: Author | None = None
    if tail:
        others = Author(ET_AL, tail.start(), tail.end())
        rest = rest[: tail.start()]
        rest = _TRAILING_AND.sub("", rest.rstrip()).rstrip(" ,")
    by = _BY.match(rest)
    pieces = _split(rest, _AND, by.end() if by else 0)
    if _is_bibtex([rest[start:end] for start, end in pieces], bool(others)):
        for start, end in pieces:
            last, comma, first = rest[start:end].partition(",")
            first = (
                first.strip() if _LONE_INITIALS.fullmatch(first.strip()) else first.strip(_EDGES)
            )
            turned = f"{first} {last.strip(_EDGES)}" if comma else last
            found.append(_author(turned, rest, start, end))
    else:
        found.extend(_listed(rest, pieces))
    found = [author for author in found if author.name]
    if others and found:
        found.append(others)
    return tuple(found)


def _listed(text: str, pieces: list[tuple[int, int]]) -> list[Author]:
    """Names parted by commas, each in its own order."""
    parts = [part for start, end in pieces for part in _split(text, _COMMA, start, end)]
    shown = [text[start:end] for start, end in parts]
    if _are_pairs(shown):
        return [
            _author(f"{first.strip()} {last.strip(_EDGES)}", text, places[0], places[1])
            for last, first, places in zip(
                shown[::2],
                shown[1::2],
                ((a, d) for (a, _), (_, d) in zip(parts[::2], parts[1::2], strict=True)),
                strict=True,
            )
        ]
    parts = _without_institutions(text, parts)
    found: list[Author] = []
    if _first_is_turned([text[start:end] for start, end in parts]):
        (a, b), (c, d) = parts[0], parts[1]
        found.append(_author(f"{text[c:d]} {text[a:b]}", text, a, d))
        parts = parts[2:]
    has_periods = any("." in text[start:end].rstrip(_EDGES) for start, end in parts)
    for start, end in parts:
        name = text[start:end]
        found.append(_author(_turned(name if has_periods else name.rstrip(" .")), text, start, end))
    return found


def _without_institutions(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts without institutions: `A. One, Great University; B. Two, StackHPC Ltd`."""
    left = [part for part in parts if not is_institution(_bare(text[part[0] : part[1]]))]
    if len(left) == len(parts) or not left:
        return parts
    if ";" not in text:
        return left
    # In each group the last chunk is where the people work, known or not.
    groups: list[list[tuple[int, int]]] = []
    for index, part in enumerate(parts):
        if not index or ";" in text[parts[index - 1][1] : part[0]]:
            groups.append([])
        groups[-1].append(part)
    dropped = {group[-1] for group in groups if len(group) > 1}
    return [part for part in left if part not in dropped]


def _split(
    text: str, separator: re.Pattern[str], start: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    """The places of what stands between separators, from `start` to `end`."""
    places: list[tuple[int, int]] = []
    end = len(text) if end is None else end
    at = start
    for match in separator.finditer(text, start, end):
        if text[at : match.start()].strip(_EDGES):
            places.append((at, match.start()))
        at = match.end()
    if text[at:end].strip(_EDGES):
        places.append((at, end))
    return places


def _author(name: str, text: str, start: int, end: int) -> Author:
    shown = " ".join(_bare(name).split())
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        if _INITIAL.fullmatch(text, end - 2, end) and text[end - 2 : end] in shown:
            break
        end -= 1
    return Author(shown, start, end)


def _bare(name: str) -> str:
    """A name without the affiliation and the footnotes behind it."""
    shown = name.strip(_EDGES)
    if shown.isalpha():
        return shown
    if shown.endswith(")"):
        shown = _AFFILIATION.sub("", shown).strip(_EDGES)
    return _FOOTNOTE.sub("", shown.partition("^")[0]).rstrip(" ,;:*_")


def _is_bibtex(pieces: list[str], others: bool) -> bool:
    """Whether most pieces are `Last, First`, and none has more commas."""
    commas = [piece.strip(_EDGES).count(",") for piece in pieces]
    if not commas or max(commas) != 1 or sum(commas) < 0.75 * len(commas):
        return False
    if len(pieces) > 1 or others:
        return True
    last, _, first = pieces[0].strip(_EDGES).partition(",")
    return len(last.split()) == 1 and len(first.split()) == 1


def _are_pairs(parts: list[str]) -> bool:
    """`Goodfellow, I., Bengio, Y.` or `Zhou, Kaiyang, Loy, Chen Change`: last names come first."""
    if len(parts) < 2 or len(parts) % 2:  # noqa: PLR2004
        return False
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    if all(
        _LONE_INITIALS.fullmatch(first.strip()) and not _LONE_INITIALS.fullmatch(last.strip())
        for last, first in pairs
    ):
        return True
    words = [len(part.split()) for part in parts]
    return len(pairs) > 1 and set(words[::2]) == {1} and words.count(1) >= 0.75 * len(words)


def _first_is_turned(parts: list[str]) -> bool:
    """`Niu, Li, Wen Li, and Dong Xu`: only the first author is turned."""
    if len(parts) < 3 or len(parts[1].split()) > 2:  # noqa: PLR2004
        return False
    one_word = [len(part.split()) == 1 for part in parts]
    return one_word[0] and (one_word[1] or len(parts[1]) > 1) and not any(one_word[2:])


def _turned(name: str) -> str:
    """`Lee J. D.` as `J. D. Lee`; any other name as it is."""
    words = name.strip(" \t*_").split()
    if len(words) < 2 or len(words[0].rstrip(".")) < 2:  # noqa: PLR2004
        return name
    initials = words[1:]
    if all(_INITIALS.fullmatch(word) and ("." in word or len(word) <= 2) for word in initials):  # noqa: PLR2004
        return " ".join((*initials, words[0]))
    return name


@lru_cache(maxsize=16384)
def look_like_names(text: str) -> bool:
    """Whether `text` is a run of people's names and nothing else.

    Meant for text that is set apart, as by emphasis; in running text `leading` is strict.
    """
    bare = plain(text).strip(_EDGES + "()")
    if not bare or len(bare) > 8000:  # noqa: PLR2004 - the largest collaborations fit
        return False
    if bare.casefold() in ("anonymous", "anonymous authors"):
        return True
    tail = _ET_AL.search(bare)
    if tail:
        bare = bare[: tail.start()].rstrip(_EDGES)
        if not bare:
            return False
    pieces = [piece for piece in _COMMA.split(_AND.sub(", ", bare)) if piece.strip(_EDGES)]
    if not pieces:
        return False
    good = [piece for piece in pieces if _is_name(piece)]
    if all(is_institution(piece) for piece in good[:3]):
        return False
    if len(pieces) == 1:
        return bool(good) and (tail is not None or 2 <= len(pieces[0].split()) <= 4)  # noqa: PLR2004
    return len(good) >= 0.75 * len(pieces)


def _is_name(piece: str) -> bool:
    if _PLAIN_NAME.fullmatch(piece):
        return True
    if date.find(piece):
        return False
    words = _bare(piece).split()
    if not 1 <= len(words) <= 6:  # noqa: PLR2004
        return False
    for word in words:
        if word.casefold().strip(".'") in _PARTICLES:
            continue
        if not (word[0].isupper() or not word[0].isascii() or word[0] == "'"):
            return False
        if any(
            character.isdigit() or character in ":!?/=" for character in word.rstrip("0123456789*")
        ):
            return False
    return True


@lru_cache(maxsize=8192)
def is_institution(text: str) -> bool:
    """Whether `text` names where people work: `University of Surrey`, `StackHPC Ltd`."""
    return any(word in INSTITUTION_WORDS for word in _LETTERS.findall(text.casefold()))


@lru_cache(maxsize=16384)
def is_person(text: str) -> bool:
    """Whether `text`, in running text, can only be one person's name.

    It has two words at least, all with capitals, and none of them such as titles or
    institutions have.
    """
    bare = _bare(text)
    if _HAN_NAME.fullmatch(bare):
        return True
    words = bare.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not _is_name(bare):
        return False
    if all(len(word.strip(".")) == 1 for word in words):
        return False
    letters = _LETTERS.findall(bare.casefold())
    if any(word in TITLE_WORDS or word in INSTITUTION_WORDS for word in letters):
        return False
    # `CVPR Workshop`, `ACL Findings`.
    return not venue.is_venue(bare)


def leading(text: str, start: int = 0) -> Names | None:
    """The names with which running text begins, up to what is no name.

    Args:
        text: in plain punctuation.
        start: where to begin; blanks and separators there are passed over.

    Returns:
        `None` where it does not begin with a name. Whether so many are authors is the
        caller's to judge.
    """
    by = _BY.match(text, start)
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
        if match.start() < at or (mark not in (".", "") and not _bare(chunk)):
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
    if waiting and _LONE_INITIALS.fullmatch(chunk):
        return _INITIAL.match(text, at) is not None
    if _turned(chunk) != chunk:
        following = _WORD_AND_COMMA.match(text, at)
        return following is not None and not venue.is_venue(following[1])
    return True


def _kind(chunk: str, waiting: str, found: Names, is_paired: bool) -> str:
    """What a chunk is: a `name`, a `last` name, `initials`, `others`, an `institution` or none."""
    number = found.number
    if _ET_AL.fullmatch(chunk):
        return "others" if number or waiting else ""
    tail = _ET_AL.search(chunk)
    if tail and not chunk[: tail.start()].strip(_EDGES).count(" ") > _MOST_WORDS:
        return "others" if _is_name(chunk[: tail.start()].strip(_EDGES)) else ""
    if waiting:
        if _LONE_INITIALS.fullmatch(chunk):
            return "initials"
        is_first = (not number or not found.is_certain) and not is_institution(chunk)
        return "name" if is_first and _is_name(chunk) and len(chunk.split()) <= 2 else ""  # noqa: PLR2004
    if is_person(chunk):
        return "name"
    if number and is_institution(chunk) and _is_name(chunk):
        return "institution"
    is_word = len(chunk.split()) == 1 and _is_name(chunk) and chunk.casefold() not in TITLE_WORDS
    if is_word and (not number or found.is_certain or is_paired) and not venue.is_venue(chunk):
        return "last"
    return ""


def _has_initial(name: str) -> bool:
    return any(len(word.strip(".")) == 1 and word[0].isupper() for word in name.split())
