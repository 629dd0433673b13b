"""The keys by which papers cite entries: `jia2022visual`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from unicodedata import normalize

from peftlint import title
from peftlint.model import Entry
from peftlint.nameparts import parts_of
from peftlint.people import ET_AL
from peftlint.regex import regex

_LETTERS_AND_DIGITS = regex(r"[a-z0-9]+")
#: Letters that NFKD takes nothing off.
_SPELT = str.maketrans(
    {
        "\u00df": "ss", "\u00e6": "ae", "\u00f0": "d", "\u00f8": "o", "\u00fe": "th",
        "\u0111": "d", "\u0131": "i", "\u0142": "l", "\u0153": "oe",
    }
)  # fmt: skip
#: Words with which a title says nothing yet.
_LITTLE_WORDS = frozenset(
    """
    a an and are as at be by can do does for from how in is it of on or the to toward towards via
    what when where why with
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_LONGEST_WORD = 24
_WORDS_WITHOUT_AUTHOR = 3
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class Keys:
    """Gives each entry of a run a key that no entry before it has.

    A key is made of the entry alone: its first author's last name, its year and the first word
    of its title that says something, in small ASCII letters and digits. Where another entry has
    it already, `a`, `b` and so on follow, so an entry that is added at the end of a list changes
    no other's key.
    """

    __slots__ = ("_given", "_repeats")

    def __init__(self) -> None:
        self._given: set[str] = set()
        #: Keys that were wanted twice, each with how many suffixes were tried.
        self._repeats: dict[str, int] = {}

    def key(self, entry: Entry) -> str:
        """The next entry's key."""
        wanted = key = key_of(entry)
        while key in self._given:
            repeat = self._repeats.get(wanted, 0)
            self._repeats[wanted] = repeat + 1
            key = wanted + _suffix(repeat)
        self._given.add(key)
        return key


def key_of(entry: Entry) -> str:
    """The key of an entry by itself; it begins with a letter, and another entry may have it."""
    author = _author(entry)
    year = str(entry.year.value) if entry.year else ""
    words = list(_words(entry.title.text, 1 if author else _WORDS_WITHOUT_AUTHOR))
    if author or words:
        key = f"{author}{year}{words[0] if words else ''}" if author else f"{''.join(words)}{year}"
        return key if key[0].isalpha() else f"entry{key}"
    for kind, ids in entry.ids.items():
        if ids:
            return f"{kind}{''.join(_LETTERS_AND_DIGITS.findall(ids[0].lower()))}"
    # A title in another script: its letters as a number.
    return f"entry{zlib.crc32(entry.title.text.encode(errors='replace')):08x}"


def ascii_letters(text: str) -> str:
    """What is left of a word as small ASCII letters and digits, accents taken off."""
    text = text.lower()
    if not text.isascii():
        text = normalize("NFKD", text.translate(_SPELT))
    return "".join(_LETTERS_AND_DIGITS.findall(text))


def _author(entry: Entry) -> str:
    if not entry.authors or entry.authors[0].text == ET_AL:
        return ""
    name = entry.authors[0].text
    parts = parts_of(name)
    if parts is not None:
        return ascii_letters(parts.family)[:_LONGEST_WORD]
    # A group: `openai`, `lg` of `LG AI Research`.
    return next(filter(None, map(ascii_letters, name.split()[:3])), "")[:_LONGEST_WORD]


def _words(text: str, number: int) -> Iterator[str]:
    """The first words of a title that say something, or the first if none does."""
    words = list(filter(None, map(ascii_letters, title.words(text))))
    telling = [word for word in words if word not in _LITTLE_WORDS and len(word) > 1]
    for word in (telling or words)[:number]:
        yield word[:_LONGEST_WORD]


def _suffix(number: int) -> str:
    """`a`, .., `z`, `aa`, .. for 0, .., 25, 26, .."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, len(_ALPHABET))
        letters = _ALPHABET[letter] + letters
    return letters
