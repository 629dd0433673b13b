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
_MONTH_ENDS = tuple(sorted(_MONTHS))
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
#: What parts a year from what it has nothing to do with; a month's name may come before some.
_AROUND_YEAR = " ,;()[]"
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
    year = _HAS_YEAR.search(shown, start)
    if year is None:
        return None
    if _is_whole_date(shown, *year.span()):
        span = span_of(year.span())
        return Date(int(year[0]), span, span)
    match = _DATE.search(shown, start)
    while match and match["month"] and match["month"].lower() not in _MONTHS:
        # No other choice begins with a word, or with a day and a word.
        match = _DATE.search(shown, match.start() + 1)
    if match is None:
        return None
    # A month stands before its year: the last group is one with a year in it.
    group = match.lastindex or 0
    return Date(full_year(match[group]), span_of(match.span(group)), span_of(match.span()))


def _is_whole_date(text: str, start: int, end: int) -> bool:
    """Whether the first year in a text is four digits and no month or day is beside it.

    Most are so, and a look around them is cheaper than `_DATE`, which many lists never need.
    """
    # A full stop may stand behind it, but no month behind that: `2022.2`.
    behind = end + (text[end : end + 1] == "." and not text[end + 1 : end + 2].isdecimal())
    if text[start - 1 : start] not in _AROUND_YEAR or text[behind : behind + 1] not in _AROUND_YEAR:
        return False
    before = text[:start].rstrip(f"{_AROUND_YEAR}.")
    # `5`, `5th`
    is_day = before[-1:].isdecimal() or before[-3:-2].isdecimal()
    return text[start].isdecimal() and not (is_day or before.lower().endswith(_MONTH_ENDS))
