"""Full-width and typographic punctuation, read as its plain twin.

Lists in Chinese write commas and brackets at full width, careful ones write dashes and
apostrophes as a printer would. To tell the parts of an entry they are the same marks, so
patterns look at a text in which each stands as its twin, one character for one: places are the
same in both.
"""

from __future__ import annotations

from peftlint.regex import regex

_TWINS = tuple(
    zip(
        "\uff0c\u3001\uff1b\uff1a\uff5c\uff08\uff09\u3010\u3011\uff01\uff1f\u3002"
        "\u2010\u2011\u2012\u2013\u2014\u2019\u2018\u2022\u00b7\u00a0\u3000",
        ",,;:|()[]!?;-----''*|  ",
        strict=True,
    )
)


def plain(text: str) -> str:
    """`text` with plain punctuation, as long as it was and with everything where it was."""
    if text.isascii():
        return text
    # `str.translate` takes five times as long: it raises and catches an error for each character
    # that its table does not have.
    for mark, twin in _TWINS:
        if mark in text:
            text = text.replace(mark, twin)
    return text


def written_as(mark: str) -> str:
    """All characters that are read as a plain `mark`, which is the first of them."""
    return mark + "".join([written for written, twin in _TWINS if twin == mark])


#: `U.S.`, `Ph.D.`, `U. S.`, `etc.`: what ends with one of them has that full stop for itself.
_ABBREVIATION = regex(
    r"(?<![\w.])(?:(?:[^\W\d_]{1,2}\.){2,}|(?:[A-Z]\. ?){2,}|"
    r"(?i:et al|etc|inc|ltd|corp|jr|sr|vs)\.)$"
)
#: What these end with, in small letters, if they have no full stop among their last letters.
_ABBREVIATED = ("al.", "etc.", "inc.", "ltd.", "corp.", "jr.", "sr.", "vs.")
#: No abbreviation is longer.
_LONGEST = 16


def is_abbreviated(text: str) -> bool:
    """Whether the full stop at the end of `text` belongs to its last word, as in `U.S.`."""
    if not text.endswith("."):
        return False
    # A cheap look before a dear one: nearly all that ends so is a sentence.
    if "." not in text[-4:-1] and not text[-5:].casefold().endswith(_ABBREVIATED):
        return False
    return _ABBREVIATION.search(text[-_LONGEST:]) is not None
