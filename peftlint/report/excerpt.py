"""A part of a line that fits a width, with the place in it that matters."""

from __future__ import annotations

from functools import lru_cache

from peftlint.printable import printable
from peftlint.source import Span
from peftlint.value import NamedTuple

ELLIPSIS = "…"
_TAB = " " * 4
#: A letter with more accents than this is nobody's name.
_MOST_PER_CELL = 8


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

    @property
    def marker(self) -> str:
        """A line of `^` for below it."""
        return " " * cells(self.before) + "^" * max(1, cells(self.marked))


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
    start = min(place.start, line.end)
    end = max(start, min(place.end, line.end))
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
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


# Remembered, since the ellipsis alone keeps most excerpts from being ASCII.
@lru_cache(maxsize=1024)
def _cells_of(character: str) -> int:
    if character.isascii():
        return 1
    # Most lists are ASCII but for a few lines: the table is loaded with the first of those.
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


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
    if head.isascii() and head.isprintable():
        # Nearly every line: each letter is a cell.
        return len(head)
    for count, character in enumerate(text):
        room -= cells(shown(character))
        if room < 0:
            return count
    return len(text)
