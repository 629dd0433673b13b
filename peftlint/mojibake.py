r"""UTF-8 that was read as another encoding, and what it should read: `Ã©` is `é`.

A character beyond ASCII is two to four bytes in UTF-8: a *lead* from C2 to F4, which tells how
many, and *continuations* from 80 to BF (RFC 3629). Read as an older encoding, each byte is a
character, and these are a *unit*. Each unit is decoded by itself and strictly, and only where it
gives what people write: a line may be damaged in one place and sound in the next.

Sound text may look like a unit: `«CAFÉ»`, `été…»`, `≈±5`. So a letter of a script that needs
several of them for a word counts only beside another, and one whose unit could be a letter with
punctuation after it, or a formula, only inside a word.

The encodings are Python's own codecs; for windows-1252 the five bytes that it leaves undefined
are C1 controls, as browsers have it (<https://encoding.spec.whatwg.org/#legacy-single-byte-encodings>).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import pairwise
from unicodedata import category

from peftlint.alphabet import rare_characters, seldom_places
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.value import Value


class Damage(Value):
    """Damaged characters that stand side by side.

    Attributes:
        span: their place in the text.
        mended: what they should read; `None` where that is lost.
        cause: what was read as what, for a person; empty where that is unknown.
    """

    span: Span
    mended: str | None
    cause: str


class _Encoding(Value):
    """An encoding that UTF-8 is taken for.

    Attributes:
        name: what people call it.
        codec: what Python calls it.
        only_marks: whether only punctuation and emoji are told from sound text: its leads are
            letters of a language.
    """

    name: str
    codec: str
    only_marks: bool = False


_LAST_CONTINUATION = 0xBF
_FIRST_LEAD, _LEAD_OF_THREE, _LEAD_OF_FOUR, _LAST_LEAD = 0xC2, 0xE0, 0xF0, 0xF4

_ENCODINGS = (
    _Encoding("Windows-1252", "cp1252"),
    _Encoding("Mac Roman", "mac_roman"),
    _Encoding("IBM 437", "cp437"),
    _Encoding("Windows-1251", "cp1251", only_marks=True),
)
#: What may stand after a letter in sound text.
_AFTER_WORD = frozenset(
    "\u2019\u2018\u201d\u201c\u201a\u201e\u2026\u2013\u2014\u203a\u2039\u2022\u2122\xa0\xab\xbb"
    "\xb7\xae\xa9\xb0\xb9\xb2\xb3\xba\xaa\xad"
)
_FOOTNOTES = "\xb9\xb2\xb3\xba\xaa"
_GREEK_LEADS = "\xce\xcf"
#: What may stand after `√`, `≈` or `ƒ` in a formula.
_FORMULA_LEADS = "\u221a\u0192\u2248"
_IN_FORMULA = frozenset(
    "\u221e\xb1\u2264\u2265\u2202\u2211\u220f\u03c0\u222b\u03a9\u2206\u2248\u221a\xac\xb5\xba\xaa\xb0"
)
#: Blocks of scripts in which a word has several letters: first and last character.
_SCRIPTS = (
    (0x400, 0x4FF), (0x5D0, 0x5EA), (0x620, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F),
    (0x3041, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x323AF),
)  # fmt: skip
#: Ideographs count as one script with the kana among which they stand.
_SCRIPT_OF = dict.fromkeys((0x3400, 0x20000), 0x3041)
_QUOTES_AND_EMOJI = ((0x2010, 0x203F), (0x1F000, 0x1FAFF))
#: Currency, arrows, mathematics and other symbols, and the punctuation of East Asia.
_MARKS = (
    (0x2040, 0x2BFF),
    (0x3001, 0x301F),
    (0xFE0F, 0xFE0F),
    (0xFF01, 0xFF5E),
    (0x1D400, 0x1D7FF),
)
#: Latin letters of three bytes: those of Vietnamese, and others with two accents.
_LONG_LATIN = ((0x1E00, 0x1EFF),)
_ACCENTS = ((0x300, 0x328),)
#: Signs, Latin and Greek letters of two bytes.
_SHORT = ((0xA0, 0x17F), (0x218, 0x21B), (0x386, 0x3CE))
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u200e\u200f\u2009\u200a\u2002\u2003\ufeff")
#: Unassigned, private, controls, halves of surrogate pairs.
_NEVER_WRITTEN = frozenset(("Cn", "Co", "Cc", "Cs"))

#: So many kinds of characters are looked for one by one.
_FEW = 16
_SURE = 2
_MAYBE = 1

_READ_AS = "UTF-8 read as {}"
#: The first two bytes of a quote or a dash; the last may have no character, and was dropped.
_HALF_QUOTE = "\xe2\u20ac"
#: UTF-8 read as GBK takes two bytes for each character, whatever they were. Only characters that
#: hardly any Chinese text has show it: E2 80, with which quotes and dashes begin, and F0 9F.
_GBK = regex("[\u9225\u9983][\u4e00-\u9fff\u3000-\u303f\ue000-\uf8ff]{0,2}")
#: `\ufffd` in UTF-8, twice, read as GBK.
_LOST = regex("\ufffd+|(?:\u951f\u65a4\u62f7)+")
#: What tells of damage alone; where none of its first characters is, it is not looked for.
_ALONE = regex("[\ufffd\x80-\x84\x86-\x9f\u9225\u9983]|\u951f\u65a4\u62f7")
_TELLING = frozenset("\ufffd\u9225\u9983\u951f").union(map(chr, {*range(0x80, 0xA0)} - {0x85}))


def damage(text: str) -> Iterator[Damage]:
    """Yield the damaged characters in `text`, in order, those side by side as one."""
    if text.isascii():
        return
    at = 0
    for start in _suspicious_places(text):
        if start < at:
            continue
        found = _at(text, start)
        if found is not None:
            yield found
            at = found.span.end


def damage_of(document: Document) -> Sequence[Damage]:
    """The damaged characters of a list, found once for all who ask."""
    return document.once(_damage_of)


def _damage_of(document: Document) -> Sequence[Damage]:
    return tuple(damage(document.text))


def _at(text: str, start: int) -> Damage | None:
    """The damaged characters that begin at `start`."""
    lost = _LOST.match(text, start)
    if lost:
        return Damage(Span(start, lost.end()), None, "")
    gbk = _GBK.match(text, start)
    if gbk:
        return _from_gbk(start, gbk[0])
    best: tuple[int, str, str] | None = None
    for encoding in _ENCODINGS:
        run = _run(text, start, encoding)
        if run is not None and (best is None or run[0] > best[0]):
            best = (*run, encoding.name)
    if best is not None:
        end, mended, name = best
        return Damage(Span(start, end), _mended_again(mended), _READ_AS.format(name))
    if text.startswith(_HALF_QUOTE, start):
        return Damage(Span(start, start + 2), None, _READ_AS.format("Windows-1252"))
    if "\x80" <= text[start] <= "\x9f":
        quote = _text_of(text[start].encode("latin-1"), "cp1252")
        return Damage(Span(start, start + 1), quote, "Windows-1252 read as Latin-1")
    return None


def _run(text: str, start: int, encoding: _Encoding) -> tuple[int, str] | None:
    """The units from `start` on, if they are damage: where they end and what they should read."""
    unit = _unit(text, start, encoding)
    if unit is None:
        return None
    end = start
    mended: list[str] = []
    is_sure = False
    before = text[max(0, start - 2) : start]
    while unit is not None:
        following = _unit(text, unit.end, encoding)
        after = following.shown if following else text[unit.end : unit.end + 1]
        certainty = _certainty(unit, before, after, encoding)
        script = _script(unit.shown)
        is_sure = is_sure or certainty == _SURE or bool(mended and script == _script(before[-1:]))
        if not certainty or (mended and not is_sure):
            break
        mended.append(unit.shown)
        end, before, unit = unit.end, unit.shown, following
    return (end, "".join(mended)) if mended and is_sure else None


class _Unit(Value):
    """A character's bytes, each read as a character.

    Attributes:
        end: where it ends.
        read: what the bytes were read as.
        shown: the character.
    """

    end: int
    read: str
    shown: str


def _unit(text: str, start: int, encoding: _Encoding) -> _Unit | None:
    """The unit that begins at `start`."""
    byte_of = _bytes_of(encoding.codec)
    lead = byte_of.get(text[start : start + 1], 0)
    if not _FIRST_LEAD <= lead <= _LAST_LEAD:
        return None
    length = 2 + (lead >= _LEAD_OF_THREE) + (lead >= _LEAD_OF_FOUR)
    read = text[start : start + length]
    shown = _text_of(bytes(byte_of.get(character, 0) for character in read), "utf-8")
    return None if shown is None else _Unit(start + length, read, shown)


def _certainty(unit: _Unit, before: str, after: str, encoding: _Encoding) -> int:
    """How sure it is that a unit is damage: `_SURE`, `_MAYBE` if it is not alone, or 0.

    Args:
        unit: it.
        before: the one or two characters before it, as they should read.
        after: the character after it, as that should read.
        encoding: what it was read as.
    """
    shown = unit.shown
    if category(shown) in _NEVER_WRITTEN:
        return 0
    if _is_in(shown, _QUOTES_AND_EMOJI) or shown in _ZERO_WIDTH:
        return _SURE
    if encoding.only_marks:
        return 0
    if _is_in(shown, _MARKS):
        return _SURE
    if _script(shown):
        return _MAYBE
    is_sure = False
    if _is_in(shown, _LONG_LATIN):
        is_sure = before[-1:].isalpha() or after.isalpha()
    elif _is_in(shown, _ACCENTS):
        # One by itself stands on the letter before it.
        is_sure = before[-1:].isalpha() and unit.read[1] not in _AFTER_WORD
    elif _is_in(shown, _SHORT):
        is_sure = _is_no_text(unit.read, before, after, encoding)
    return _SURE if is_sure else 0


def _is_no_text(read: str, before: str, after: str, encoding: _Encoding) -> bool:
    """Whether two characters cannot stand side by side in sound text."""
    lead, last = read[0], read[1]
    # A letter beyond ASCII before it was damaged as well.
    is_after_word = before.isalpha() and (len(before) > 1 or not before.isascii())
    before = before[-1:]
    if encoding.codec == "cp437":
        # Trees are drawn with them, too.
        found = before.isalpha()
    elif lead == "\xac":
        found = before.isalnum() or last in "\xab\xbb\u2020"
    elif lead in _FORMULA_LEADS and last in _IN_FORMULA:
        found = is_after_word or (before.isalpha() and after.isalpha())
    elif lead == "\xc2":
        found = not "A" <= before <= "Z"
    elif lead == "\xc3":
        # Only words in capitals end so, as in Portuguese.
        found = not before.isupper() or (after.isalpha() and last != "\xa0")
    elif last == "\xa0":
        found = before.islower()
    elif last in _AFTER_WORD and not (lead in _GREEK_LEADS and last in _FOOTNOTES):
        found = before.islower() or after.isalpha()
    else:
        found = True
    return found


def _is_in(character: str, blocks: Iterable[tuple[int, int]]) -> bool:
    point = ord(character)
    return any(first <= point <= last for first, last in blocks)


def _script(character: str) -> int:
    """A number for the script of a letter; 0 for scripts of which one letter may stand alone."""
    if not character:
        return 0
    point = ord(character)
    for first, last in _SCRIPTS:
        if first <= point <= last:
            return _SCRIPT_OF.get(first, first)
    return 0


def _mended_again(text: str) -> str:
    """`text` without the damage that is left in it, and without a byte order mark."""
    pieces: list[str] = []
    at = 0
    for found in damage(text):
        if found.mended is not None:
            pieces += (text[at : found.span.start], found.mended)
            at = found.span.end
    return "".join((*pieces, text[at:])).replace("\ufeff", "")


def _from_gbk(start: int, characters: str) -> Damage:
    for length in range(2, len(characters) + 1):
        try:
            mended = characters[:length].encode("gbk").decode("utf-8")
        except UnicodeError:
            continue
        # Another mark of Markdown may have been eaten with the quote.
        is_plain = all(one.isalnum() or not one.isascii() for one in mended)
        return Damage(
            Span(start, start + length), mended if is_plain else None, _READ_AS.format("GBK")
        )
    return Damage(Span(start, start + 1), None, _READ_AS.format("GBK"))


def _text_of(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


@cache
def _bytes_of(codec: str) -> dict[str, int]:
    """The byte from 80 on of each character in an encoding."""
    found = {chr(byte): byte for byte in range(0x80, 0xA0)} if codec == "cp1252" else {}
    for byte in range(0x80, 0x100):
        character = _text_of(bytes((byte,)), codec)
        if character is not None:
            found[character] = byte
    return found


def _suspicious_places(text: str) -> list[int]:
    """Where damage may begin, in order.

    Two patterns that begin with one set of characters are searched for in a seventh of the time
    that one takes with two ways to begin.
    """
    rare = rare_characters(text)
    at_rare = seldom_places(text, rare) if len(rare) <= _FEW else None
    # A list in English has letters with accents, but hardly two in a row: no encoding is loaded.
    if at_rare is None or any(other == one + 1 for one, other in pairwise(at_rare)):
        places = _places_of_pairs(text, rare)
    else:
        places = []
    if not _TELLING.isdisjoint(rare):
        places += [match.start() for match in _ALONE.finditer(text)]
        places.sort()
    return places


def _places_of_pairs(text: str, rare: Set[str]) -> list[int]:
    """Where a lead stands before a continuation, in order."""
    leads, continuations = _pair()
    at_leads = seldom_places(text, rare & leads)
    if at_leads is None:
        return [match.start() for match in _pair_pattern().finditer(text)]
    return [at for at in at_leads if text[at + 1 : at + 2] in continuations]


@cache
def _pair() -> tuple[frozenset[str], frozenset[str]]:
    """What damage begins with: any lead before any continuation."""
    leads: set[str] = set()
    continuations: set[str] = set()
    for encoding in _ENCODINGS:
        for character, byte in _bytes_of(encoding.codec).items():
            if byte >= _FIRST_LEAD:
                leads.add(character)
            elif byte <= _LAST_CONTINUATION:
                continuations.add(character)
    return frozenset(leads), frozenset(continuations)


@cache
def _pair_pattern() -> re.Pattern[str]:
    leads, continuations = _pair()
    return re.compile(f"[{_class(leads)}](?=[{_class(continuations)}])")


def _class(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))
