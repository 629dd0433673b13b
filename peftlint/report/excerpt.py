"""A part of a line that fits a width, with the place in it that matters."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from peftlint.printable import printable
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.value import NamedTuple

ELLIPSIS = "…"
_TAB = " " * 4
#: A letter with more accents than this is nobody's name.
_MOST_PER_CELL = 8
#: What may take no cell, or two: not the letters of Western Europe, nor dashes and quotes.
_ODD = regex("[^\x00-\u02ff\u2000-\u206f]")


class Excerpt(NamedTuple):
    """What is shown of a line: the place that matters, and what stands around it.

    Attributes:
        before, marked, after: as they can be printed, with an ellipsis where more follows.
        first: the offset of the first character shown.
    """

    before: str
    marked: str
    after: str
    first: int

    @property
    def text(self) -> str:
        """The line as shown."""
        return self.before + self.marked + self.after


#: `Excerpt(...)` of its fields in a third of the time: most of a report are made by this.
_excerpt_of: Callable[[tuple[str, str, str, int]], Excerpt] = partial(tuple.__new__, Excerpt)


def marker(before: str, marked: str) -> str:
    """A line of `^` for below an excerpt.

    Args:
        before: as it is shown.
        marked: the same of what the marker is for.
    """
    return " " * cells(before) + "^" * (cells(marked) or 1)


def excerpt(text: str, line: Span, place: Span, width: int, first: int | None = None) -> Excerpt:
    """What of a line can be shown in `width` cells.

    A line can have megabytes: no more of it is looked at than can be shown.

    Args:
        text: in which the line stands.
        line: the line, without its line end.
        place: what matters in it; what of it lies after the line is not shown.
        width: in cells.
        first: the offset to begin at, to stand under another excerpt, if `place` is then in view.
    """
    start, end = place
    if end > line.end:
        start, end = min(start, line.end), line.end
    if _is_plain(text, line, start, end, width):
        return _plain_excerpt(text, line, (start, end), width, first)
    if first is None or not _is_in_view(text, first, line, Span(start, end), width):
        first = _first_shown(text, line, Span(start, end), width)
    before = shown(text[first:start])
    room = width - cells(before)
    if first > line.start:
        before = ELLIPSIS + before
        room -= 1
    if _fits(text, Span(start, line.end), room):
        return Excerpt(before, shown(text[start:end]), shown(text[end : line.end]), first)
    last = _forward(text, Span(start, line.end), room - 1)
    more = ELLIPSIS if last < line.end else ""
    if last < end:
        # The ellipsis is marked too: the place goes on.
        return Excerpt(before, shown(text[start:last]) + more, "", first)
    return Excerpt(before, shown(text[start:end]), shown(text[end:last]) + more, first)


def _is_plain(text: str, line: Span, start: int, end: int, width: int) -> bool:
    """Whether each character around a place, as far as anything can be shown, is a cell."""
    if end - start > _MOST_PER_CELL * width:
        return False
    seen = text[max(line.start, start - width - 1) : min(line.end, end + width + 1)]
    return seen.isprintable() and (seen.isascii() or _ODD.search(seen) is None)


def _plain_excerpt(
    text: str, line: Span, place: tuple[int, int], width: int, first: int | None
) -> Excerpt:
    """The same where each character is a cell, in a fifth of the time: most lines are so."""
    (line_start, line_end), (start, end) = line, place
    if (
        first is None
        or not line_start <= first <= start
        or (end - first > width - 2 and start - first > width * 2 // 3)
    ):
        first = line_start
        if line_end - line_start > width:
            room = max(width - (end - start), width // 3)
            left_room = max(room // 2, room - (line_end - end))
            if start - line_start > left_room:
                first = start - (left_room - 1)
    before = text[first:start]
    last = first + width
    if first > line_start:
        before = ELLIPSIS + before
        last -= 1
    if line_end <= last:
        return _excerpt_of((before, text[start:end], text[end:line_end], first))
    last -= 1
    if last < end:
        return _excerpt_of((before, text[start:last] + ELLIPSIS, "", first))
    return _excerpt_of((before, text[start:end], text[end:last] + ELLIPSIS, first))


def _is_in_view(text: str, first: int, line: Span, place: Span, width: int) -> bool:
    """Whether the place, or as much of it as is good to see, is shown from `first` on."""
    if not line.start <= first <= place.start:
        return False
    return _fits(text, Span(first, place.end), width - 2) or _fits(
        text, Span(first, place.start), width * 2 // 3
    )


def _first_shown(text: str, line: Span, place: Span, width: int) -> int:
    """Where to begin: the place comes first, what is left goes to both sides of it."""
    if _fits(text, line, width):
        return line.start
    # A third of the width keeps the context in which a long place begins.
    room = max(width - _measured(text, place, width), width // 3)
    after = _measured(text, Span(place.end, line.end), width)
    left_room = max(room // 2, room - after)
    before = Span(line.start, place.start)
    if _fits(text, before, left_room):
        return line.start
    return _backward(text, before, left_room - 1)


def shown(text: str) -> str:
    """`text` as it can be printed, with tabs as blanks."""
    return printable(text).replace("\t", _TAB)


def cut(text: str, room: int) -> str:
    """`text` as it can be printed, with an ellipsis for the end of it that has no room.

    Args:
        text: of any length; no more of it is looked at than can be shown.
        room: in cells.
    """
    whole = Span(0, len(text))
    if _fits(text, whole, room):
        return shown(text)
    return shown(text[: _forward(text, whole, room - 1)]) + ELLIPSIS


def cut_before(text: str, room: int) -> str:
    """As `cut`, but what has no room is the beginning, as of a path."""
    whole = Span(0, len(text))
    if _fits(text, whole, room):
        return shown(text)
    return ELLIPSIS + shown(text[_backward(text, whole, room - 1) :])


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes: two for a wide East Asian character."""
    if text.isascii() or text.strip(ELLIPSIS).isascii():
        return len(text)
    odd = _ODD.findall(text)
    return len(text) - len(odd) + sum(map(_cells_of, odd))


# Remembered: a list in Chinese has the same few hundred again and again.
@lru_cache(maxsize=1024)
def _cells_of(character: str) -> int:
    # Most lists are ASCII but for a few lines: the table is loaded with the first of those.
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@lru_cache(maxsize=1024)
def _cells_shown(character: str) -> int:
    return cells(shown(character))


def _fits(text: str, span: Span, room: int) -> bool:
    return _measured(text, span, room + 1) <= room


def _measured(text: str, span: Span, most: int) -> int:
    """The cells of a part of the text, or `most` where there are more."""
    if span.end - span.start > _MOST_PER_CELL * most:
        return most
    return min(most, cells(shown(text[span.start : span.end])))


def _forward(text: str, span: Span, room: int) -> int:
    """The end of what fits into `room` from the start of `span`."""
    end = min(span.end, span.start + _MOST_PER_CELL * room)
    return span.start + _fitting(text[span.start : end], room)


def _backward(text: str, span: Span, room: int) -> int:
    """The start of what fits into `room` before the end of `span`."""
    start = max(span.start, span.end - _MOST_PER_CELL * room)
    return span.end - _fitting(text[start : span.end][::-1], room)


def _fitting(text: str, room: int) -> int:
    """How many characters from the start of `text` fit into `room`."""
    head = text[:room]
    if head.isprintable() and (head.isascii() or _ODD.search(head) is None):
        # Nearly every line: each letter is a cell.
        return len(head)
    for count, character in enumerate(text):
        room -= _cells_shown(character)
        if room < 0:
            return count
    return len(text)
