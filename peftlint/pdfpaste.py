"""What is left in text that was copied from a PDF.

A PDF holds the shapes of a page: two letters may be one shape, a ligature (U+FB00 to U+FB06), the
hyphen is U+2010 in many fonts, and a word that was parted at a line's end stays in two pieces.
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.alphabet import rare_characters
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.value import NamedTuple

# A pattern that begins with a set is searched for in a fifth of the time that a repeated set takes.
_LIGATURE = regex("[\ufb00-\ufb06][\ufb00-\ufb06]*")
_LETTERS = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_HYPHEN = regex(r"(?<=\w)\u2010(?=\w)")
_WORD = regex(r"[^\W_][\w-]*")
#: What else than letters and digits there is in words.
_IN_WORDS = ("-", "_")
#: A text is looked through in pieces that are about so long.
_PIECE = 1 << 13
#: Pieces of words are shorter, in characters.
_LONGEST = 40
#: So many words are looked for one by one in a line.
_FEW = 30
#: What may follow a hyphen that stands for the end of a later word, as in `pre- and post-training`.
_JOINING_WORDS = frozenset(
    """
    and or to vs versus but nor as than rather through plus over with without by from into in on
    for the of via per not then und oder bis sowie bzw en et ou och eller og ed ja is are was
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: After one of these and blanks, or at the start of a line, a word may be what an item is about,
#: and the hyphen a dash: `* torchtext- loads texts`.
_BEFORE_ITEM = frozenset("-*+>|.)\r\n")


class Pasted(NamedTuple):
    """Something left from a PDF: its place, and what to write instead."""

    span: Span
    replacement: str


class BrokenWord(NamedTuple):
    """A word in two pieces.

    Attributes:
        span: where they stand.
        hyphenated, joined: its two spellings.
        is_sure: whether nothing else is likely; the hyphen may be a dash before a capital.
    """

    span: Span
    hyphenated: str
    joined: str
    is_sure: bool


def ligatures(text: str) -> Iterator[Pasted]:
    """Yield the ligatures in `text` that stand side by side, each with its letters."""
    if not rare_characters(text).isdisjoint(_LETTERS):
        for match in _LIGATURE.finditer(text):
            letters = "".join(_LETTERS[ligature] for ligature in match[0])
            yield Pasted(Span(*match.span()), letters)


def hyphens(text: str) -> Iterator[Pasted]:
    """Yield each U+2010 inside a word."""
    if "\u2010" in text:
        for match in _HYPHEN.finditer(text):
            yield Pasted(Span(*match.span()), "-")


def broken_words(text: str) -> Iterator[BrokenWord]:
    """Yield words that were parted at a line's end: `fine- tuning`."""
    at = text.find("- ")
    while at >= 0:
        if text[at - 1 : at].islower() and text[at + 2 : at + 3].isalpha():
            start, end = _word_start(text, at), _word_end(text, at + 2)
            if start is not None and end is not None:
                first, second = text[start:at], text[at + 2 : end]
                is_sure = second.islower()
                yield BrokenWord(Span(start, end), f"{first}-{second}", first + second, is_sure)
        at = text.find("- ", at + 2)


def words_among(text: str, wanted: set[str]) -> set[str]:
    """Those of `wanted` that are words of `text`; a compound with hyphens is one word.

    Piece by piece: to put a whole text into lower case takes fifteen times its memory.

    Args:
        text: where to look, in whatever case.
        wanted: in lower case.
    """
    missing = set(wanted)
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE)
        end = len(text) if end < 0 else end
        lowered = text[start:end].lower()
        # To look for a few words takes a third of the time that it takes to part them all.
        if len(missing) > _FEW:
            missing.difference_update(_WORD.findall(lowered))
        else:
            missing = {word for word in missing if not _is_among(lowered, word)}
        start = end
    return wanted - missing


def _is_among(text: str, word: str) -> bool:
    """Whether a word stands in `text`, and not as a part of another, as `_WORD` parts them."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not _goes_on(text[end : end + 1]) and not _ends_with_word(text, start):
            return True
        start = text.find(word, end)
    return False


def _goes_on(character: str) -> bool:
    return character.isalnum() or character in _IN_WORDS


def _ends_with_word(text: str, end: int) -> bool:
    """Whether a word goes on at `end`: not where nothing but a hyphen stands before."""
    while end and text[end - 1] in _IN_WORDS:
        end -= 1
    return text[end - 1 : end].isalnum()


def _word_start(text: str, end: int) -> int | None:
    """Where the word begins that ends at `end`; `None` where it may be what an item is about."""
    start = end
    while start > max(0, end - _LONGEST) and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start -= 1
    before = text[max(0, start - _LONGEST) : start]
    if before[-1:] in ("", "\r", "\n") or not text[start].isalpha():
        return None
    if before[-1] not in " \t":
        return None if before[-1].isalnum() else start
    shown = before.rstrip(" \t")
    return None if not shown or shown[-1] in _BEFORE_ITEM else start


def _word_end(text: str, start: int) -> int | None:
    """Where the second piece of a word ends; `None` where it is none."""
    end = start
    while end < min(len(text), start + _LONGEST) and text[end].isalpha():
        end += 1
    piece = text[start:end]
    is_piece = len(piece) > 1 and piece[1:].islower() and piece.lower() not in _JOINING_WORDS
    return end if is_piece and text[end : end + 1] not in ("-", "/", "(") else None
