"""Titles, compared as a reader compares them: without case, punctuation and accents."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from peftlint.regex import regex

_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_DIGITS = b"0123456789"
_LOWER = bytes.maketrans(_LETTERS.upper(), _LETTERS)
_KEPT = _LETTERS + _LETTERS.upper() + _DIGITS + b"+"
_DROPPED = bytes(set(range(256)) - set(_KEPT))

_WORDS = regex(r"[^\W_]+\+*")
_NUMBER = regex(r"[0-9]+")

#: A title of fewer words says too little to be called nearly the same as another.
_LEAST_WORDS = 4
#: difflib compares in quadratic time; no title is longer than this.
_LONGEST = 250
_SIMILAR = 0.9
#: ... and at least so much of the words that differ, unless they are little.
_SIMILAR_WORDS = 0.6
_LITTLE_WORD = 4
_MOST_ACRONYM_WORDS = 3


def key(title: str) -> str:
    """What is left of `title` when case, accents, blanks and punctuation do not count.

    Two titles with one key are the same title; an empty key says nothing.
    Letters, digits and `+` count: `PointNet++` is not `PointNet`.
    """
    if title.isascii():
        return title.encode("ascii").translate(_LOWER, _DROPPED).decode("ascii")
    folded = unicodedata.normalize("NFKD", title).casefold()
    return "".join(char for char in folded if char.isalnum() or char == "+")


@lru_cache(maxsize=1 << 9)  # the same few titles are compared with each other
def words(title: str) -> tuple[str, ...]:
    """The words of `title` when case, accents and punctuation do not count.

    A hyphen parts two words: `Low-Rank` is `low`, `rank`.
    """
    if not title.isascii():
        decomposed = unicodedata.normalize("NFKD", title)
        title = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(_WORDS.findall(title.casefold()))


def contains(one: str, other: str) -> bool:
    """Whether one of two titles contains the other, word by word; an empty one does not count."""
    if max(len(one), len(other)) > _LONGEST:
        return False
    first, second = words(one), words(other)
    if len(first) < len(second):
        first, second = second, first
    if not second:
        return False
    return f" {' '.join(second)} " in f" {' '.join(first)} "


def near(one: str, other: str) -> bool:
    """Whether two titles are one title written with small differences.

    Letters alone deceive: `LoRA` and `QLoRA`, `PointNet` and `PointNet++`, part 1 and part 2
    are different works. So the numbers and the acronym before the colon must agree, and a
    title of fewer than four words is near to none but its equal.
    """
    if max(len(one), len(other)) > _LONGEST:
        return one == other
    first, second = key(one), key(other)
    if first == second:
        return bool(first)
    if min(len(words(one)), len(words(other))) < _LEAST_WORDS:
        return False
    if _NUMBER.findall(first) != _NUMBER.findall(second) or _acronym(one) != _acronym(other):
        return False
    from difflib import SequenceMatcher  # few lists have two titles to compare

    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.quick_ratio() < _SIMILAR or matcher.ratio() < _SIMILAR:
        return False
    # A word more makes another title: `.. View of Tuning`, `.. View of Visual Tuning`.
    ours, theirs = words(one), words(other)
    changes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return all(
        kind == "equal" or _same_words("".join(ours[a:b]), "".join(theirs[c:d]))
        for kind, a, b, c, d in changes
    )


def _same_words(one: str, other: str) -> bool:
    """Whether two runs of words are one, but for spelling and little words such as `the`."""
    from difflib import SequenceMatcher  # see `near`

    if max(len(one), len(other)) <= _LITTLE_WORD:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SIMILAR_WORDS


def _acronym(title: str) -> str | None:
    """The name before the colon of `LoRA: Low-Rank Adaptation`, or `None`."""
    before, colon, _ = title.partition(":")
    if not colon or len(before.split()) > _MOST_ACRONYM_WORDS:
        return None
    return key(before)
