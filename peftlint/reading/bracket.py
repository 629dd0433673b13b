"""What stands around a link: its brackets, and what only it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.model import Link
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import Span, span_of

#: What may stand between two links, and blanks around it; in a table bars part cells.
_BETWEEN_IN_TABLE = frozenset(("", *",;/\xb7&\uff0c\u3001"))
_BETWEEN = _BETWEEN_IN_TABLE | {"|", "\\|"}
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
    parting = _BETWEEN_IN_TABLE if in_table else _BETWEEN
    last = len(links) - 1
    joined_to = -1
    for index, link in enumerate(links):
        start, outer_end = link.outer_span
        end = outer_end
        if text[end : end + 1] in _BEFORE_PROMISE:
            end = _after_promise(text, end, limit)
        following = links[index + 1].outer_span.start if index < last else -1
        # Whether nothing but a separator parts it from the next.
        is_joined = end <= following and text[end:following].strip(_BLANKS) in parting
        if joined_to >= 0:
            link.removal_span = span_of((joined_to, end))
        elif is_joined:
            link.removal_span = span_of((start, following))
        else:
            link.removal_span = _alone(text, start, end, limit)
        joined_to = end if is_joined and end == outer_end else -1


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


def _after_promise(text: str, end: int, limit: Span) -> int:
    """Where the brackets end that promise what a link leads to: `[Code] (coming soon)`."""
    is_open = text.startswith("(", _after_blanks(text, end, limit.end), limit.end)
    promise = _PROMISE.match(text, end, limit.end) if is_open else None
    return promise.end() if promise else end


def _alone(text: str, start: int, end: int, limit: Span) -> Span:
    """A link that stands beside no other with what only it needs, never beyond its line."""
    blank = start
    while blank > limit.start and text[blank - 1] in _BLANKS:
        blank -= 1
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


def _after_blanks(text: str, at: int, limit: int) -> int:
    while at < limit and text[at] in _BLANKS:
        at += 1
    return at
