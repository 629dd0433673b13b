"""Where the text of an entry is neither an address, nor code, nor a comment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from peftlint.model import Document, Entry
from peftlint.source import Span


class Hidden:
    """The places of a list that its readers do not read as text.

    Args:
        document: the list.
    """

    def __init__(self, document: Document) -> None:
        self._elsewhere = sorted([*document.code, *(comment.span for comment in document.comments)])

    def shown(self, entry: Entry, spans: Iterable[Span]) -> list[Span]:
        """Those of `spans`, which lie in `entry`, that a reader sees as text."""
        hidden = [link.url_span for link in entry.links if link.url_span]
        hidden += [badge.url_span for badge in entry.badges]
        first = bisect_left(self._elsewhere, Span(entry.span.start, entry.span.start))
        last = bisect_right(self._elsewhere, Span(entry.span.end, entry.span.end))
        # One that begins before the entry may still reach into it.
        hidden += self._elsewhere[max(0, first - 1) : last]
        hidden.sort()
        starts = [span.start for span in hidden]
        shown: list[Span] = []
        for span in spans:
            index = bisect_right(starts, span.start) - 1
            if index < 0 or hidden[index].end <= span.start:
                shown.append(span)
        return shown
