"""Names that go on behind a line end, or behind the number of a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint import byline
from peftlint.punctuation import plain
from peftlint.reading.part import Part
from peftlint.reading.run import Excerpt, Run
from peftlint.regex import regex

#: What a line ends with in the middle of names ...
_OPEN_END = regex(r"(?:[,;&]|\band)$", re.IGNORECASE)
#: ... or the next begins with.
_OPEN_START = regex(r"(?:,|;|(?:and|&|et\.? al)\b)", re.IGNORECASE)
#: Where a name may begin: behind no initial.
_START = regex(r"[.?!](?<![\s.][A-Z][.?!])(?<!^[A-Z][.?!])\s+|[,;]\s+")
#: The names of one work fill at most so many parts.
_MOST_PARTS = 2048


def goes_on(before: str, after: str) -> bool:
    """Whether a line end stands in the middle of what may be names."""
    ending = plain(before[-8:]).rstrip()
    return bool(_OPEN_END.search(ending) or _OPEN_START.match(plain(after[:16]).lstrip()))


def excerpt(part: Part) -> Excerpt:
    """All of a part as a reader sees it: a blank for a line end."""
    return Excerpt(" " if part.kind == "break" else part.text, part)


def is_break_in_names(parts: Sequence[Part], index: int) -> bool:
    """Whether a part is a soft line end and text stands on both sides of it that goes on."""
    if not 0 < index < len(parts) - 1 or parts[index].text != "soft":
        return False
    one, _, other = parts[index - 1 : index + 2]
    return one.kind == other.kind == "text" and goes_on(one.text, other.text)


def run_of_lines(parts: Sequence[Part], index: int) -> tuple[Run, int]:
    """The text that begins with a part, and the index of its last part."""
    last = index
    for at in range(index + 1, min(len(parts), index + _MOST_PARTS)):
        if parts[at].kind == "text":
            last = at
        elif not (parts[at].kind == "break" and is_break_in_names(parts, at)):
            break
    return Run(map(excerpt, parts[index : last + 1])), last


def ends_in_names(parts: Sequence[Part], index: int) -> bool:
    """Whether a line end stands between a name that text ends with and more names."""
    if parts[index].kind != "break" or not is_break_in_names(parts, index):
        return False
    before = plain(parts[index - 1].text).rstrip(" ,;&")
    starts = [match.end() for match in _START.finditer(before)]
    name = before[starts[-1] if starts else 0 :].removesuffix(" and")
    found = byline.leading(name)
    if found is None or name[found.end :].strip(" ."):
        return False
    after = plain(parts[index + 1].text)
    return byline.leading(after, len(after) - len(after.lstrip(" ,;"))) is not None
