"""What stands behind a name and is no part of it: footnotes, and where its bearer works.

Each is replaced by as many blanks, so that places are the same with and without.
"""

from __future__ import annotations

import re

from peftlint.punctuation import plain
from peftlint.regex import regex

_LETTER_BEFORE = r"(?<=[^\W\d_])"
_SMALL_LETTER_BEFORE = r"(?<=[^\W\d_A-Z])"
# Small digits, daggers, card suits, stars, envelopes.
_SIGNS = "".join(
    (
        "\u2217\u204e\uff0a\u2020\u2021\u00a7\u00b6\u2016\u2225\u266f\u22c6\u2605\u2606\u2709\u271d",
        "\ufe0f\u00b9\u00b2\u00b3\u2070",
        *map(chr, (*range(0x2660, 0x2668), *range(0x2074, 0x207A))),
    )
)
# `Hu*`, `Lee^{1}`, `Ray$^\dagger$`
_MARKED = r"\^(?:\{[^{}]{0,16}\}|[^\W_]{1,2}(?!\w))|\$ ?\^[^$]{1,20}\$"
_NUMBER = r"[0-9]{1,2}(?![0-9])"
# Signs, or numbers right behind a letter where the name ends: `Hu1,2`, no `Qwen2 Team` or `F1`.
_NAME_ENDS = r"(?=\s*(?:[,;(\[|&]|$|\.(?:\s|$)|and\b))"
_FOOTNOTES, _ASCII_FOOTNOTES = (
    regex(
        rf"(?:{_LETTER_BEFORE}|(?<=[.)])){sign}(?:,? ?{sign}|,?{_NUMBER}){{0,11}}(?=[\s,;.:|(\[]|$)"
        rf"|{_SMALL_LETTER_BEFORE}{_NUMBER}(?:, ?{_NUMBER}|,?{sign}){{0,11}}"
        rf"{_NAME_ENDS}"
        rf"|{_LETTER_BEFORE} {sign}{{1,4}}(?=\s*[,;])"
    )
    # For text without other signs: half as long to compile.
    for sign in (rf"(?:[*#{_SIGNS}]|{_MARKED})", rf"(?:[*#]|{_MARKED})")
)
#: For text without any sign: a quarter.
_NUMBERS = regex(rf"{_SMALL_LETTER_BEFORE}{_NUMBER}(?:, ?{_NUMBER}){{0,11}}{_NAME_ENDS}")
#: Text without any of these has no footnotes; a cheap look before a dear one: signs, and a digit
#: behind a letter. What is behind is asked about last, so that `re` looks for the characters alone.
#: The other signs are no range of characters in it: to compile that takes 2 ms.
_MAY_HAVE_FOOTNOTES = regex(r"[0-9*#^$](?<![\W\d_][0-9])(?<!\A[0-9])")
_ANY_SIGN = frozenset(_SIGNS)
_ANY_ASCII_SIGN = frozenset("*#^$")
_IN_FOOTNOTES = b"0123456789*#^$"
_CAPITAL_NEXT = regex(r"\s+[^\W\d_a-z]")
#: What tells a child from a parent of the same name.
SUFFIXES = ("Jr", "Sr", "II", "III", "IV")
# `James Supancic, III`: this comma parts no names.
_SUFFIX = regex(
    rf"(?<=\w),(?=\s*(?:{'|'.join(SUFFIXES)})\b"
    r"(?:\.(?:\s|,|;|$)|\s*(?:[,;:|&(\[]|$|and\b)))"
)
#: `Lee, A., ... & Ray, B.`
_ELLIPSIS = regex(r"(?<=,)\s*(?:\.{3}|\u2026)")
_BRACKETS = regex(
    r"(?<=[\w.)\]])\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"
    r"(?=\s*(?:[,;.|&(\[]|(?:and|et)\b|$))"
)


def without_footnotes(text: str) -> str:
    """`text` in plain punctuation, without footnotes, and without commas inside a name."""
    shown = plain(text)
    if "," in shown:
        # One after the other: a loop over `SUFFIXES` takes several times as long.
        if "II" in shown or "IV" in shown or "Jr" in shown or "Sr" in shown:
            shown = _SUFFIX.sub(" ", shown)
        if "..." in shown or "\u2026" in shown:
            shown = _ELLIPSIS.sub(_blanks, shown)
    pattern = _FOOTNOTES
    if shown.isascii() and len(shown.encode().translate(None, _IN_FOOTNOTES)) == len(shown):
        # Nearly all: no character of a footnote.
        return shown
    if shown.isascii() or _ANY_SIGN.isdisjoint(shown):
        if not _MAY_HAVE_FOOTNOTES.search(shown):
            return shown
        pattern = _NUMBERS if _ANY_ASCII_SIGN.isdisjoint(shown) else _ASCII_FOOTNOTES
    found = list(pattern.finditer(shown))
    pieces: list[str] = []
    at = 0
    for match in found:
        pieces.append(shown[at : match.start()])
        # `Ann Lee* Bo Chen*`: nothing else parts these names.
        is_comma = len(found) > 1 and _CAPITAL_NEXT.match(shown, match.end()) is not None
        pieces.append(
            ("," if is_comma and not match[0][0].isdecimal() else " ").ljust(len(match[0]))
        )
        at = match.end()
    return "".join((*pieces, shown[at:]))


def without_brackets(text: str) -> str:
    """`text` without the brackets behind names, which tell where people work."""
    return _BRACKETS.sub(_blanks, text) if "(" in text or "[" in text else text


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])
