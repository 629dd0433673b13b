"""How text in marks ends: `**Title,**`, `**Title**,`, `*A, B.*`.

A way is shown by a sample: the marks around a word that stands for the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Literal

from peftlint.convention import AUTO, Habit, Odd, Trait, habit, learn_each, shown
from peftlint.model import Document
from peftlint.punctuation import is_abbreviated
from peftlint.source import Edit, Span
from peftlint.value import NamedTuple, Value

Following = Literal["words", "bracket", "nothing"]

_QUOTES = {'"': '"', "\u201c": "\u201d", "\u300a": "\u300b", "\u300c": "\u300d"}
_MARKS = "*_" + "".join((*_QUOTES, *_QUOTES.values()))
_MOST_MARKS = 4
_INSIDE = ",.;\uff0c\u3002\uff1b"
#: It may lead on to an explanation, so only a list that has it everywhere asks for it.
_COLONS = (":", "\uff1a")
_OUTSIDE = _INSIDE + "".join(_COLONS)
#: Text that ends with one of these needs no delimiter.
_ENDS_BY_ITSELF = _OUTSIDE + "?!\u2026\uff1f\uff01"
#: They are wanted only where words follow.
_LEADING = (",", "\uff0c", *_COLONS)
#: What stands for the text in a sample.
_SAMPLE_WORDS = ("Title", "A, B")
#: They have room behind them.
_WIDE = "\uff0c\u3002\uff1b\uff1a"
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
        is_glued: whether words or a bracket follow without a blank.
    """

    way: str
    marks: str
    following: Following
    span: Span
    closing: str
    is_glued: bool = False


class _Sample(Value):
    """The parts of a sample such as `**Title,**`."""

    opening: str
    word: str
    inside: str
    closing: str
    outside: str


#: How a text in marks ends: the way, what it is compared about, the text, and where the delimiters
#: behind it begin.
EndingUse = tuple[str, tuple[str, Following], Span, int]

_topic = itemgetter(1)


def ending_use(document: Document, span: Span, word: str) -> EndingUse | None:
    """How the text at `span` ends, or `None` if it has no marks or needs no delimiter.

    Args:
        document: the list.
        span: the text with its marks.
        word: what stands for the text in the sample, `Title` or `A, B`.
    """
    text = document.text
    start, end = span
    if start == end or text[start] not in _MARKS:
        return None
    head = text[start : min(start + _MOST_MARKS, end)]
    opening = head[: len(head) - len(head.lstrip(_MARKS))]
    # As many marks close it, and no more.
    first = inner_end = end - len(opening)
    closing = text[inner_end:end]
    inside = text[inner_end - 1]
    is_closed = closing == opening or not closing.strip(_MARKS)
    if inner_end <= start + len(opening) or inside in _MARKS or not is_closed:
        return None
    if inside in _INSIDE:
        first -= 1
    else:
        inside = ""
    behind = text[end : end + _NEAR]
    outside = behind[:1]
    if outside and outside in _OUTSIDE:
        behind = behind[1:]
    else:
        outside = ""
    following = _following(behind)
    if following is None or text[first - 1] in _ENDS_BY_ITSELF:
        return None
    if inside == "." and is_abbreviated(text[start + len(opening) : inner_end]):
        return None
    quote = _QUOTES.get(opening[-1])
    if quote is not None and _is_quotation(document, end, quote):
        return None
    return f"{opening}{word}{inside}{closing}{outside}", (opening, following), span, first


def _ending(document: Document, use: EndingUse) -> Ending:
    """The same with all that it takes to mend it."""
    way, (marks, following), span, first = use
    closing = document.text[span.end - len(marks) : span.end]
    outside = way[-1] if way[-1] in _OUTSIDE else ""
    end = span.end + len(outside)
    is_glued = following != "nothing" and not document.text[end].isspace()
    return Ending(way, marks, following, Span(first, end), closing, is_glued)


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
    document: Document, trait: Trait[EndingUse], style: str = AUTO
) -> Iterator[Odd[Ending]]:
    """The texts that end otherwise than the list's, or than `style` wants.

    Texts are compared with those in the same marks before the same kind of thing.
    A style is of one kind of marks, `*` and `_` being one, and says nothing of others, nor of
    texts before a bracket, and a comma is wanted only where words follow.
    """
    for (marks, following), convention in learn_each(document, trait, _topic).items():
        wanted = style
        if style != AUTO:
            sample = _parsed(style)
            if sample is None or not _is_about(sample, marks, following):
                continue
            wanted = _with_marks(sample, marks)
        for odd in convention.odd(wanted):
            use, wanted_here, because, tally = odd
            if use[0].endswith(_COLONS):
                continue
            if style != AUTO:
                because = f"the configured style is {shown(style)}"
            yield Odd(_ending(document, use), wanted_here, because, tally)


def ending_habit(document: Document, trait: Trait[EndingUse], option: str) -> dict[str, Habit[str]]:
    """What an option about endings may be set to: what most of those do that it would govern."""
    found = [
        use
        for section in document.sections
        for entry in section.entries
        for use in trait(document, entry)
    ]
    habits: list[Habit[str]] = []
    for way in dict.fromkeys(way for way, *_ in found):
        sample = _parsed(way)
        if sample is None or not _is_single(sample):
            continue
        usual = habit(
            _with_marks(_sample(other), sample.opening)
            for other, (marks, following), *_ in found
            if _is_about(sample, marks, following)
            # A style without a colon leaves it as it is.
            if way.endswith(_COLONS) or not other.endswith(_COLONS)
        )
        if usual is not None and usual.way == way:
            habits.append(usual)
    return {option: max(habits, key=lambda one: one.uses)} if habits else {}


def _is_about(sample: _Sample, marks: str, following: Following) -> bool:
    """Whether a style is about texts in such marks before such a thing."""
    if following == "bracket" or _plain(sample.opening) != _plain(marks):
        return False
    return following == "words" or not (sample.inside + sample.outside).endswith(_LEADING)


def _plain(marks: str) -> str:
    """Marks, where `*` and `_` are the same."""
    return marks.replace("_", "*")


def _with_marks(sample: _Sample, marks: str) -> str:
    """A sample with other marks."""
    closing = _closing(marks)
    return f"{marks}{sample.word}{sample.inside}{closing}{sample.outside}"


def _closing(marks: str) -> str:
    """The marks that close what `marks` open."""
    return "".join(_QUOTES.get(mark, mark) for mark in reversed(marks))


def is_ending(style: str, word: str) -> bool:
    """Whether `style` is a sample: `word` in marks with one delimiter at most."""
    sample = _parsed(style)
    return sample is not None and sample.word == word and _is_single(sample)


def _is_single(sample: _Sample) -> bool:
    """Whether a sample has the marks that close it, and one delimiter at most."""
    is_closed = sample.closing == _closing(sample.opening)
    return is_closed and not (sample.inside and sample.outside)


def _parsed(way: str) -> _Sample | None:
    """The parts of a sample, or `None` if it is none.

    No pattern: one with four sets of quotes and wide punctuation takes a millisecond to compile.
    """
    word = next((word for word in _SAMPLE_WORDS if word in way), "")
    opening, found, rest = way.partition(word) if word else ("", "", "")
    inside = rest[:1] if rest[:1] in _INSIDE else ""
    behind = rest[len(inside) :]
    outside = behind[-1:] if behind[-1:] in _OUTSIDE else ""
    closing = behind[: len(behind) - len(outside)]
    is_sample = all(
        0 < len(marks) <= _MOST_MARKS and _is_of_marks(marks) for marks in (opening, closing)
    )
    return _Sample(opening, found, inside, closing, outside) if is_sample else None


def _is_of_marks(text: str) -> bool:
    return all(mark in _MARKS for mark in text)


def _sample(way: str) -> _Sample:
    sample = _parsed(way)
    if sample is None:
        raise ValueError(f"{way} does not show how a text ends")
    return sample


def mended(end: Ending, wanted: str) -> Edit:
    """The edit that ends a text as the sample `wanted`, which has the same marks, shows.

    What stood next to it without a blank gets one, unless the delimiter is wide enough.
    """
    sample = _sample(wanted)
    behind = end.closing + sample.outside
    blank = " " if end.is_glued and behind[-1] not in _WIDE else ""
    return Edit(end.span, sample.inside + behind + blank)
