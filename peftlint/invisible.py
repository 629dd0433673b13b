"""Characters that nobody sees, or that look like a blank and are none.

They come along with what is copied from a web page, a PDF or a word processor. Some are needed:
joiners in emoji and in the scripts of Persia and India (Unicode 16, sections 9.2, 12.1 and 23.2),
zero-width spaces where a script has no blanks between words (section 23.2), directional marks in
text that runs from right to left (UAX #9), tags in the flags of England, Scotland and Wales
(UTS #51), and the no-break spaces of French and of numbers with a unit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, name

from peftlint.alphabet import rare_characters, seldom_places
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.value import Value


class Invisible(Value):
    """A character that cannot be seen, or a run of blanks with one that is not plain.

    Attributes:
        span: its place in the text.
        name: its number and its name, `U+200B zero width space`.
        replacement: what to write instead, a blank or nothing.
    """

    span: Span
    name: str
    replacement: str


_FLAG = "\U0001f3f4"
#: A flag is taken with its tags, so that they are passed over. The tab and the line ends are not
#: here; of the C1 controls only NEL, as the others are damaged quotes. A pattern that begins with
#: a set, and not with one of two things, is searched for in a seventh of the time.
_CHARACTER = regex(
    f"[{_FLAG}"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]"
    f"(?:(?<={_FLAG})[\U000e0020-\U000e007f]+)?"
)
#: The categories of those characters: controls, formats, marks and the two separators.
_UNSEEN = frozenset(("Cc", "Cf", "Mn", "Zl", "Zp"))
#: These part words.
_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
_JOINERS = frozenset("\u200c\u200d")
_OVERRIDES = frozenset("\u202d\u202e")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_FROM_RIGHT = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
#: Scripts that join letters, and those without blanks between words: first and last character.
_JOINING = ((0x590, 0xDFF), (0xF00, 0xFFF), (0x1000, 0x109F), (0x1780, 0x18AF), (0xA840, 0xABFF))
_WITHOUT_BLANKS = ((0xE00, 0xEFF), (0xF00, 0xFFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_EMOJI_PARTS = ("So", "Sk")
_VARIATION = "\ufe0f"
#: A zero-width space after one of these keeps a name from becoming a mention or a link.
_HELD_APART = ("@", "#")

#: Runs of blanks; what has no blank before it is tried once, so a long run takes no longer.
_BLANKS = regex("(?<![ \xa0\u202f])[ \xa0\u202f]+")
_NO_BREAK = ("\xa0", "\u202f")
#: The one that counts as printable, the combining grapheme joiner.
_GLUE = "\u034f"
_AFTER_NO_BREAK = frozenset(":;!?%\xbb\u2026\u2013\u2014")
_INITIAL = regex(r"\b\w\.\Z")

#: Where the text of a line begins.
_MARKERS = regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_GAP = regex(r"(?<=[^\s|>])[ \t]+(?=[^\s|<])")
_CLOSING = frozenset(",.;:!?)]}")
_OPENING = frozenset("([{")


def characters(text: str) -> Iterator[Invisible]:
    """Yield the characters in `text` that cannot be seen and are not needed."""
    runs_from_right: bool | None = None
    for start in _places(text):
        character, end = text[start], start + 1
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if character in _DIRECTIONS:
            if runs_from_right is None:
                runs_from_right = _FROM_RIGHT.search(text) is not None
            if runs_from_right:
                continue
        elif _is_needed(character, before, after):
            continue
        parts_words = character in _BREAKS and not before.isspace() and not after.isspace()
        yield Invisible(Span(start, end), _name(character), " " if parts_words else "")


def _places(text: str) -> list[int]:
    """Where the characters stand, in order, needed ones among them."""
    rare = [
        one for one in filter(_may_be_invisible, rare_characters(text)) if _CHARACTER.match(one)
    ]
    places = seldom_places(text, rare) if _FLAG not in rare else None
    if places is None:
        found = _CHARACTER.finditer(text)
        places = [match.start() for match in found if match[0][0] != _FLAG]
    return places


def _may_be_invisible(character: str) -> bool:
    """A look that needs no pattern, which takes 0.7 ms to compile, and no list of characters."""
    return character == _FLAG or category(character) in _UNSEEN


def places_of_no_break_spaces(text: str) -> list[int]:
    """Where no-break spaces stand, in order."""
    places = seldom_places(text, _NO_BREAK)
    if places is None:
        places = [at for at, character in enumerate(text) if character in _NO_BREAK]
    return places


def no_break_spaces(text: str, within: Span, places: Sequence[int]) -> Iterator[Invisible]:
    """Yield the no-break spaces of a title or of names, with the blanks beside them.

    Those of typography are left out: before a French colon, between a number and its unit, behind
    an initial.

    Args:
        text: the whole text.
        within: where the title or the names stand.
        places: what `places_of_no_break_spaces` gives for the whole text, which spares a look at
            each title for all that are elsewhere.
    """
    first = bisect_left(places, within.start)
    if first == len(places) or places[first] >= within.end:
        return
    for match in _BLANKS.finditer(text, within.start, within.end):
        odd = next((letter for letter in match[0] if letter in _NO_BREAK), None)
        start, end = match.span()
        before, after = text[max(0, start - 2) : start], text[end : end + 1]
        is_typography = (
            after in _AFTER_NO_BREAK
            or before[-1:] in ("\xab", "\u2013", "\u2014")
            or before[-1:].isdigit()
            or _INITIAL.search(before) is not None
        )
        if odd is None or is_typography:
            continue
        replacement = "" if after in _CLOSING or before[-1:] in _OPENING else " "
        yield Invisible(Span(start, end), _name(odd), replacement)


def tabs(text: str, line: Span) -> Iterator[Invisible]:
    """Yield the tabs inside a line, with the blanks beside them.

    Those before its text and behind it, and beside a tag or the bar of a table, are layout.
    """
    if text.find("\t", line.start, line.end) < 0:
        return
    marker = _MARKERS.match(text, line.start, line.end)
    begin = marker.end() if marker else line.start
    for match in _GAP.finditer(text, begin, line.end):
        start, end = match.span()
        if "\t" in match[0] and start > begin:
            glued = text[end] in _CLOSING or text[start - 1] in _OPENING
            yield Invisible(Span(start, end), "a tab", "" if glued else " ")


def _is_needed(character: str, before: str, after: str) -> bool:
    if character in _JOINERS:
        joins_letters = _is_letter_in(before, _JOINING) or _is_letter_in(after, _JOINING)
        joins_emoji = character == "\u200d" and _is_emoji(before) and _is_emoji(after)
        return joins_letters or joins_emoji
    if character == "\u200b":
        return (
            before in _HELD_APART
            or _is_letter_in(before, _WITHOUT_BLANKS)
            or _is_letter_in(after, _WITHOUT_BLANKS)
        )
    return False


def _is_letter_in(character: str, blocks: Iterable[tuple[int, int]]) -> bool:
    if not character or category(character)[0] not in "LM":
        return False
    return any(first <= ord(character) <= last for first, last in blocks)


def _is_emoji(character: str) -> bool:
    return character == _VARIATION or (bool(character) and category(character) in _EMOJI_PARTS)


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, 'control character').lower()}"
