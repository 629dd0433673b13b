"""Years and dates, as lists write them: `2022`, `'23`, `2022.2`, `[2023/08]`, `2 Aug 2023`."""

from __future__ import annotations

import re

from peftlint.punctuation import plain
from peftlint.regex import regex
from peftlint.source import Span, span_of
from peftlint.value import Value

_MONTHS = frozenset(
    """
    jan january feb february mar march apr april may jun june jul july aug august sep sept september
    oct october nov november dec december
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_DAY = r"\d{1,2}(?:[Ss][Tt]|[NnRr][Dd]|[Tt][Hh])?"
# A month is any word here, and looked up afterwards: its names take as long to compile as the rest.
_DATE = regex(
    rf"""(?<![\w.:/-])(?:
        (?:{_DAY}[ ]+)?(?P<month>[A-Za-z]{{3,9}})\.?,?[ ]*(?:{_DAY},?[ ]+)?
        (?P<spelt>(?:19\d|20[0-3])\d)
      | (?P<year>(?:19\d|20[0-3])\d)(?:
            (?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?
          | [./-](?:0?[1-9]|1[0-2])(?:[./-](?:0?[1-9]|[12]\d|3[01]))?
        )?
      | (?:(?:0?[1-9]|[12]\d|3[01])[./-])?(?:0?[1-9]|1[0-2])[./-](?P<last>(?:19\d|20[0-3])\d)
      | ['`][ ]?(?P<short>\d\d)
    )(?!\w)(?!\.\d)""",
    re.VERBOSE,
)
# What every date has: `_DATE` tries much at each character. A plain character begins each choice,
# so that `re` looks for these alone.
_HAS_YEAR = regex(r"19\d\d|20[0-3]\d|' ?\d\d|` ?\d\d")
#: Two digits below this are of this century.
_THIS_CENTURY = 70


class Date(Value):
    """A date that is shown as text.

    Attributes:
        year: four digits.
        digits: where the year's digits stand in the text given.
        span: where the whole date stands.
    """

    year: int
    digits: Span
    span: Span


def may_have_year(text: str) -> bool:
    """Whether something in `text` may be a year; a cheap look before a dear one."""
    return _HAS_YEAR.search(plain(text)) is not None


def full_year(digits: str) -> int:
    """The year that two or four digits stand for."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - all four are given
        return year
    return year + (2000 if year < _THIS_CENTURY else 1900)


def find(text: str, start: int = 0) -> Date | None:
    """The first date in `text` from `start` on."""
    shown = plain(text)
    match = _DATE.search(shown, start) if _HAS_YEAR.search(shown) else None
    while match and match["month"] and match["month"].lower() not in _MONTHS:
        # No other choice begins with a word, or with a day and a word.
        match = _DATE.search(shown, match.start() + 1)
    if match is None:
        return None
    # A month stands before its year: the last group is one with a year in it.
    group = match.lastindex or 0
    return Date(full_year(match[group]), span_of(match.span(group)), span_of(match.span()))
