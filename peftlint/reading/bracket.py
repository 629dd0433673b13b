"""What stands around a link: its brackets, and the separator that only it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.model import Link
from peftlint.source import Span

_SEPARATORS = ",;|/\u00b7&\uff0c\u3001"
_SEPARATOR_AFTER = re.compile(r"[ \t]*(?:[,;|/\xb7&]|\uff0c|\u3001)?[ \t]*")


def set_outer_spans(text: str, links: Sequence[Link], limit: Span) -> None:
    """Find the brackets around each link, and what to delete with it.

    Args:
        text: the whole text.
        links: those of one entry, in order; changed in place.
        limit: the entry, beyond which nothing is looked at.
    """
    for link in links:
        start, end = link.span
        if link.form == "placeholder":
            pass
        elif text[start - 1 : start] == "[" and text[end : end + 1] == "]" and start > limit.start:
            if text[start - 2 : start - 1] != "\\":
                link.outer_span = Span(start - 1, end + 1)
        elif text[start - 2 : start] == "\\[" and text[end : end + 2] == "\\]":
            link.outer_span = Span(start - 2, end + 2)
    for index, link in enumerate(links):
        before = links[index - 1].outer_span if index else None
        after = links[index + 1].outer_span if index + 1 < len(links) else None
        link.removal_span = _removal(text, link.outer_span, before, after, limit)


def _removal(text: str, outer: Span, before: Span | None, after: Span | None, limit: Span) -> Span:
    """The link with the separator that only it needs, never beyond its line or its entry."""
    start, end = outer
    blank = start
    while blank > limit.start and text[blank - 1] in " \t":
        blank -= 1
    if before is not None and before.end <= start:
        cut = blank
        if cut > before.end and text[cut - 1] in _SEPARATORS:
            cut -= 1
            while cut > before.end and text[cut - 1] in " \t":
                cut -= 1
        if cut == before.end:
            return Span(cut, end)
    if after is not None:
        following = _SEPARATOR_AFTER.match(text, end, after.start)
        if following and following.end() == after.start:
            return Span(start, after.start)
    if blank == limit.start:
        return Span(start, end)
    if text[blank - 1] not in "\r\n":
        return Span(blank, end)
    # It opens its line; where it is alone in it, the line goes, too.
    stop = end
    while stop < limit.end and text[stop] in " \t":
        stop += 1
    if stop < limit.end and text[stop] not in "\r\n":
        return Span(start, end)
    blank -= 2 if text.startswith("\r\n", blank - 2) else 1
    return Span(blank, stop) if blank > limit.start else Span(start, end)
