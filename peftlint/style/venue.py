"""Whether a list writes all venues in capitals, or all in small letters."""

from __future__ import annotations

from typing import Literal

from peftlint.convention import habit_of_entries
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.spelling import own_spelling

Case = Literal["upper", "lower"]

_WORD = regex(r"[A-Za-z]{3,}")
#: One name alone may be how this one is written.
_FEWEST_NAMES = 2


def case_of_list(document: Document) -> Case | None:
    """The letters in which most venues of a list are written, where they are not the venues' own.

    Judged are names that are known: for capitals those that have small letters in their own
    spelling, as `NeurIPS`; for small letters all. Two different names at least are written so.
    """
    known = [
        (number, word, own)
        for number, entry in enumerate(document.entries)
        if entry.venue is not None
        for word in _WORD.findall(entry.venue.text)
        if (own := own_spelling(word)) is not None
    ]
    for case in ("upper", "lower"):
        ways: list[tuple[int, str]] = []
        names: set[str] = set()
        for number, word, own in known:
            if case == "upper" and own.isupper():
                continue
            is_so = word.isupper() if case == "upper" else word.islower()
            ways.append((number, case if is_so else ""))
            if is_so:
                names.add(own)
        usual = habit_of_entries(ways)
        if usual is not None and usual.way == case and len(names) >= _FEWEST_NAMES:
            return case
    return None
