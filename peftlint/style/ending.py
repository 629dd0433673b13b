"""How text in marks ends: `**Title,**`, `**Title**,`, `*A, B.*`.

A way is shown by a sample: the marks around a word that stands for the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from peftlint.convention import AUTO, Habit, Odd, Trait, leading_habit, learn_each
from peftlint.model import Document
from peftlint.source import Edit, Span

Following = Literal["words", "bracket", "nothing"]

_QUOTES = {'"': '"', "\u201c": "\u201d", "\u300a": "\u300b", "\u300c": "\u300d"}
_MARKS = "*_" + "".join((*_QUOTES, *_QUOTES.values()))
_OPENING = re.compile(rf"[{_MARKS}]{{1,4}}")
_INSIDE = ",.\uff0c\u3002"
#: A colon leads from a nickname to the title, so it ends none.
_OUTSIDE = _INSIDE + ";\uff1b"
#: Text that ends with one of these needs no delimiter.
_ENDS_BY_ITSELF = _INSIDE + "?!\u2026\uff1f\uff01"
_SAMPLE = re.compile(
    rf"(?P<opening>[{_MARKS}]{{1,4}})(?P<word>Title|A, B)(?P<inside>[{_INSIDE}]?)"
    rf"(?P<closing>[{_MARKS}]{{1,4}})(?P<outside>[{_OUTSIDE}]?)"
)
#: Behind the text one looks so far for what follows.
_NEAR = 8


class Ending(NamedTuple):
    """How a text in marks ends.

    Attributes:
        way: as in `**Title,**`.
        marks: the opening marks.
        following: what comes behind it in its line; a link or a badge counts as nothing.
        span: the delimiters with the closing marks between them.
        closing: the closing marks.
    """

    way: str
    marks: str
    following: Following
    span: Span
    closing: str


def ending(document: Document, span: Span, word: str) -> Ending | None:
    """How the text at `span` ends, or `None` if it has no marks or needs no delimiter.

    Args:
        document: the list.
        span: the text with its marks.
        word: what stands for the text in the sample, `Title` or `A, B`.
    """
    text = document.text
    opening = _OPENING.match(text, *span)
    if opening is None:
        return None
    inner_end = span.end
    while inner_end > opening.end() and text[inner_end - 1] in _MARKS:
        inner_end -= 1
    closing = text[inner_end : span.end]
    if len(closing) != len(opening[0]) or inner_end == opening.end():
        return None
    inside = text[inner_end - 1] if text[inner_end - 1] in _INSIDE else ""
    behind = text[span.end : span.end + _NEAR]
    outside = behind[:1] if behind[:1] in _OUTSIDE else ""
    first = inner_end - len(inside)
    following = _following(behind[len(outside) :])
    if text[first - 1] in _ENDS_BY_ITSELF or following is None:
        return None
    quote = _QUOTES.get(opening[0][-1])
    if quote is not None and _is_quotation(document, span.end, quote):
        return None
    way = f"{opening[0]}{word}{inside}{closing}{outside}"
    return Ending(way, opening[0], following, Span(first, span.end + len(outside)), closing)


def _following(behind: str) -> Following | None:
    """What comes behind a text; `None` for a mark of its own, such as a dash."""
    shown = behind.lstrip(" \t\u00a0")[:1]
    if shown.isalnum() or shown in ("*", "_"):
        return "words"
    if shown in ("(", "\uff08"):
        return "bracket"
    return "nothing" if not shown or shown in "\r\n[!<\\" else None


def _is_quotation(document: Document, end: int, quote: str) -> bool:
    """Whether one more quote in the line tells that the text was a quotation inside a title."""
    line_end = document.lines.span(document.lines.line(end)).end
    return document.text.find(quote, end, line_end) >= 0


def odd_endings(
    document: Document, trait: Trait[Ending], style: str = AUTO
) -> Iterator[Odd[Ending]]:
    """The texts that end otherwise than the list's, or than `style` wants.

    Texts are compared with those in the same marks before the same kind of thing.
    A style is of one kind of marks and says nothing of others, nor of texts before a bracket,
    and a comma is wanted only where words follow.
    """
    for (marks, following), convention in learn_each(document, trait, _topic).items():
        if style != AUTO:
            sample = _SAMPLE.fullmatch(style)
            if sample is None or sample["opening"] != marks or following == "bracket":
                continue
            if following == "nothing" and "," in (sample["inside"], sample["outside"]):
                continue
        yield from convention.odd(style)


def ending_habit(document: Document, trait: Trait[Ending], option: str) -> dict[str, Habit[str]]:
    """What an option about endings may be set to, as the list has it."""
    return leading_habit(option, learn_each(document, trait, _topic).values())


def _topic(end: Ending) -> tuple[str, Following]:
    return end.marks, end.following


def is_ending(style: str, word: str) -> bool:
    """Whether `style` is a sample, `word` in marks."""
    sample = _SAMPLE.fullmatch(style)
    if sample is None or len(sample["opening"]) != len(sample["closing"]):
        return False
    return sample["word"] == word


def mended(end: Ending, wanted: str) -> Edit:
    """The edit that ends a text as the sample `wanted`, which has the same marks, shows."""
    sample = _SAMPLE.fullmatch(wanted)
    if sample is None:
        raise ValueError(f"{wanted} does not show how a text ends")
    return Edit(end.span, sample["inside"] + end.closing + sample["outside"])
