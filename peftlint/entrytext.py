"""Where the text of an entry is neither an address, nor code, nor a comment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeVar

from peftlint.model import Document, Entry
from peftlint.source import Span

Found = TypeVar("Found")


def shown(
    document: Document, entry: Entry, found: Iterable[tuple[Found, int, int]]
) -> Iterator[tuple[Span, Found]]:
    """What was found in an entry and is read as text there, with its place in the list.

    Args:
        document: the list.
        entry: where it was found.
        found: each thing with its start and its end, as offsets into the entry.
    """
    hidden: list[Span] | None = None
    for thing, start, end in found:
        if hidden is None:
            hidden = [link.url_span for link in entry.links if link.url_span]
            hidden += [badge.url_span for badge in entry.badges]
            hidden.sort()
        span = Span(entry.span.start + start, entry.span.start + end)
        index = bisect_right(hidden, span.start, key=_start) - 1
        is_address = index >= 0 and span.start < hidden[index].end
        if not is_address and not document.is_code_or_comment(span.start):
            yield span, thing


def _start(span: Span) -> int:
    return span.start
