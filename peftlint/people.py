"""Authors, in the ways that lists write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from peftlint import date
from peftlint.punctuation import plain

#: How "and others" is given back.
ET_AL = "et al."

_ET_AL = re.compile(r"(?:et\.?\s*al\.?|and others|and more|others|等)\.?\s*$", re.IGNORECASE)
_AND = re.compile(r"(?:,\s*)?(?:\band\b|&)\s+", re.IGNORECASE)
_TRAILING_AND = re.compile(r"\band$")
_COMMA = re.compile(r"[,;]")
_FOOTNOTE_MARKS = "0123456789*\xa7\xb6\u2020\u2021\u2217"
_EDGES = " \t\r\n.,;:|[]{}*_`"
_INITIALS = re.compile(r"(?:[A-Z]\.?[-\s]?){1,3}$")
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


class Author(NamedTuple):
    """An author as `First Last`, and where the name stands in the text given."""

    name: str
    start: int
    end: int


def names(text: str) -> tuple[Author, ...]:
    """The authors that `text` names, in order.

    Three ways are read: `First Last, First Last, and First Last`; BibTeX's
    `Last, First and Last, First`; `Last F. M., Last F.`. `et al.` and `and others` become a
    last element `et al.`. Names without a comma stay in the order shown.
    """
    found: list[Author] = []
    rest = text = plain(text)
    tail = _ET_AL.search(rest.rstrip(_EDGES + "()"))
    others: Author | None = None
    if tail:
        others = Author(ET_AL, tail.start(), tail.end())
        rest = rest[: tail.start()]
        rest = _TRAILING_AND.sub("", rest.rstrip()).rstrip(" ,")
    pieces = _split(rest, _AND)
    if _is_bibtex([text[start:end] for start, end in pieces], bool(others)):
        for start, end in pieces:
            last, _, first = rest[start:end].partition(",")
            found.append(_author(f"{first.strip(_EDGES)} {last.strip(_EDGES)}", rest, start, end))
    else:
        parts = [
            (start + a, start + b)
            for start, end in pieces
            for a, b in _split(rest[start:end], _COMMA)
        ]
        if _first_is_turned([rest[a:b] for a, b in parts]):
            (a, b), (c, d) = parts[0], parts[1]
            found.append(_author(f"{rest[c:d]} {rest[a:b]}", rest, a, d))
            parts = parts[2:]
        found.extend(_author(_turned(rest[a:b]), rest, a, b) for a, b in parts)
    found = [author for author in found if author.name]
    if others and found:
        found.append(others)
    return tuple(found)


def _split(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    at = 0
    for match in separator.finditer(text):
        if text[at : match.start()].strip(_EDGES):
            places.append((at, match.start()))
        at = match.end()
    if text[at:].strip(_EDGES):
        places.append((at, len(text)))
    return places


def _author(name: str, text: str, start: int, end: int) -> Author:
    shown = " ".join(_bare(name).split())
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Author(shown, start, end)


def _bare(name: str) -> str:
    """A name without the affiliation and the footnotes behind it."""
    shown = name.strip(_EDGES)
    if shown.isalpha():
        return shown
    if shown.endswith(")"):
        shown = _AFFILIATION.sub("", shown).strip(_EDGES)
    return shown.partition("^")[0].rstrip(_FOOTNOTE_MARKS).rstrip(" ,;:*_")


def _is_bibtex(pieces: list[str], others: bool) -> bool:
    if not pieces or any(piece.strip(_EDGES).count(",") != 1 for piece in pieces):
        return False
    if len(pieces) > 1 or others:
        return True
    last, _, first = pieces[0].strip(_EDGES).partition(",")
    return len(last.split()) == 1 and len(first.split()) == 1


def _first_is_turned(parts: list[str]) -> bool:
    """`Niu, Li, Wen Li, and Dong Xu`: only the first author is turned."""
    if len(parts) < 3:  # noqa: PLR2004
        return False
    one_word = [len(part.split()) == 1 for part in parts]
    return one_word[0] and one_word[1] and not any(one_word[2:])


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
    """Whether `text` is a run of people's names and nothing else."""
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
    good = sum(1 for piece in pieces if _is_name(piece))
    if len(pieces) == 1:
        return good == 1 and (tail is not None or 2 <= len(pieces[0].split()) <= 4)  # noqa: PLR2004
    return good >= 0.75 * len(pieces)


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
