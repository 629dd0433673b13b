"""Text from elsewhere, made safe to show to a person.

A title, a path or an exception's message may hold an escape sequence that rewrites the
terminal, or a control that turns the order of the letters round.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import filterfalse

from peftlint.regex import regex

#: What a terminal, a log or an editor obeys: controls but the tab and line ends, those that turn
#: the order of the letters round, line ends that only some know, tags, and surrogates, which stand
#: for bytes that are not UTF-8. A carriage return ends a line only together with a line feed.
_ACTING = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\U000e0000-\U000e007f]|\r(?!\n)"
)


def printable(text: str) -> str:
    r"""`text` with all that has no shape of its own written out: `\x1b`, `\u202e`, `\U000e0041`.

    That is what `str.isprintable` refuses: controls, formats (among them the bidirectional
    ones), ends of lines and paragraphs, private and unassigned characters, and surrogates, which
    stand for the odd bytes of a file's name and cannot be encoded.
    The tab and all blanks stay.
    A backslash stays as it is, so the result is for reading and cannot be turned back.
    """
    if text.isprintable():
        return text
    for character in set(filterfalse(str.isprintable, text)):
        # What it is written out as is printable: no character is replaced twice.
        text = text.replace(character, _visible(character))
    return text


def without_controls(text: str) -> str:
    r"""`text` with what a terminal obeys written out, `\x1b`, and all else as it is.

    That is less than `printable` writes out: what has no shape but does nothing stays, such as
    what joins two emoji into one, and so do line ends.
    """
    return _ACTING.sub(lambda match: _visible(match[0]), text)


def is_harmless(line: str) -> bool:
    """Whether a line without its end can be shown as it is."""
    return not _ACTING.search(line)


@lru_cache(maxsize=256)  # a text has the same few again and again, such as no-break spaces
def _visible(character: str) -> str:
    if character == "\t" or character.isprintable() or _is_blank(character):
        return character
    point = ord(character)
    if point <= 0xFF:  # noqa: PLR2004 - what fits into two digits
        return f"\\x{point:02x}"
    if point <= 0xFFFF:  # noqa: PLR2004 - what fits into four digits
        return f"\\u{point:04x}"
    return f"\\U{point:08x}"


def _is_blank(character: str) -> bool:
    # Loaded here, since most texts have nothing to hide.
    from unicodedata import category

    return category(character) == "Zs"
