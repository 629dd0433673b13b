"""What stands around a link: its brackets, and what only it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.model import Link
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import Span, span_of

_SEPARATORS = ",;/\xb7&\uff0c\u3001"
#: What may stand between two links, and blanks around it.
_BETWEEN = frozenset(("", *_SEPARATORS, "|", "\\|"))
_BLANKS = " \t"
_BRACKETS = (("[", "]"), ("\\[", "\\]"), ("(", ")"), ("\uff08", "\uff09"))
_OPENING = frozenset(opening[-1] for opening, _ in _BRACKETS)
#: Most leads are one of these ...
_PLAIN_LEADS = frozenset(("", "-", "*", "+"))
#: ... and before a link in a line of its own stands one of these, blanks left out.
_LEAD_ENDS = "-*+.):\r\n"
#: What may stand before a link and speaks of it alone: a marker, `Code:`.
_LEAD = regex(r"(?:[-*+]|\d{1,9}[.)])?[ \t]*(?:([^\W\d_][\w ]{0,20}):)?[ \t]*")
#: What may stand behind a link and speaks of it alone, and what it begins with.
_BEFORE_PROMISE = (" ", "\t", "(")
_PROMISE = regex(r"[ \t]*\((?:coming soon|soon|tba|tbd|to be released)\)", re.IGNORECASE)


def set_outer_spans(text: str, links: Sequence[Link], limit: Span, in_table: bool = False) -> None:
    """Find the brackets around each link, and what to delete with it.

    Args:
        text: the whole text.
        links: those of one entry, in order; changed in place.
        limit: the entry, beyond which nothing is looked at.
        in_table: whether a bar parts cells, not links.
    """
    for link in links:
        span = link.span
        # Most stand between blanks.
        is_enclosed = text[span.start - 1 : span.start] in _OPENING
        link.outer_span = _outer(text, span, limit) if is_enclosed else span
    bars = "" if in_table else "|"
    before = None
    last = len(links) - 1
    for index, link in enumerate(links):
        outer = link.outer_span
        after = links[index + 1].outer_span if index < last else None
        link.removal_span = _removal(text, outer, before, after, limit, bars)
        before = outer


def _outer(text: str, span: Span, limit: Span) -> Span:
    start, end = span
    for opening, closing in _BRACKETS:
        first, last = start - len(opening), end + len(closing)
        if first < limit.start or last > limit.end:
            continue
        if text.startswith(opening, first) and text.startswith(closing, end):
            is_escaped = opening == "[" and text[first - 1 : first] == "\\"
            if not is_escaped:
                return span_of((first, last))
    return span


def _removal(  # noqa: PLR0913, PLR0917 - what stands around it on both sides
    text: str, outer: Span, before: Span | None, after: Span | None, limit: Span, bars: str
) -> Span:
    """The link with what only it needs, never beyond its cell, its line or its entry."""
    start, end = outer
    if text[end : end + 1] in _BEFORE_PROMISE:
        is_open = text.startswith("(", _after_blanks(text, end, limit.end), limit.end)
        promise = _PROMISE.match(text, end, limit.end) if is_open else None
        end = promise.end() if promise else end
    blank = start
    while blank > limit.start and text[blank - 1] in _BLANKS:
        blank -= 1
    if before is not None and before.end <= start:
        cut = blank
        if cut > before.end and (text[cut - 1] in _SEPARATORS or text[cut - 1] == bars):
            cut -= 1
            cut -= text[cut - 1] == "\\" and text[cut] == "|"
            cut = _before_blanks(text, cut, before.end)
        if cut == before.end:
            return span_of((cut, end))
    if after is not None:
        between = text[end : after.start].strip(_BLANKS)
        if between in _BETWEEN and end <= after.start and (bars or "|" not in between):
            return span_of((start, after.start))
    if blank > limit.start and text[blank - 1] not in _LEAD_ENDS:
        return span_of((blank, end))
    line_end = max(text.rfind("\n", limit.start, start), text.rfind("\r", limit.start, start))
    line_start = max(limit.start, line_end + 1)
    is_lead, label = _read_lead(text[_after_blanks(text, line_start, start) : start])
    if is_lead and (label is None or label_role(label)) and line_start > limit.start:
        stop = _after_blanks(text, end, limit.end)
        if stop == limit.end or text[stop] in "\r\n":
            # It is alone in its line, but for a marker or its own name: the line goes, too.
            line_end = line_start - (2 if text.startswith("\r\n", line_start - 2) else 1)
            return span_of((line_end, stop))
        if label is None:
            return span_of((start, end))
    return span_of((start if blank <= limit.start else blank, end))


def _read_lead(text: str) -> tuple[bool, str | None]:
    """Whether what stands before a link speaks of it alone, and the label in it."""
    shown = text.rstrip(_BLANKS)
    if shown in _PLAIN_LEADS:
        return True, None
    # A cheap look before a dear one: a label ends with a colon, else there is a number.
    if not (shown.endswith(":") or shown[:1].isdecimal()):
        return False, None
    lead = _LEAD.fullmatch(text)
    return lead is not None, lead[1] if lead else None


def _before_blanks(text: str, at: int, limit: int) -> int:
    while at > limit and text[at - 1] in _BLANKS:
        at -= 1
    return at


def _after_blanks(text: str, at: int, limit: int) -> int:
    while at < limit and text[at] in _BLANKS:
        at += 1
    return at
