"""The brackets around a link and around its label, shown by a sample such as `[[Paper](..)]`."""

from __future__ import annotations

from functools import lru_cache

from peftlint.model import Document, Link
from peftlint.regex import regex
from peftlint.source import Edit, Span

_PAPER = "Paper"
_SAMPLE = regex(
    rf"(?P<before>\\?\[|\(|)\[(?P<opening>[\[*_`\\]*){_PAPER}(?P<closing>[\]*_`\\]*)\]\(\.\.\)"
    r"(?P<after>\\?\]|\)|)"
)


def is_brackets(style: str) -> bool:
    """Whether `style` shows a link with its brackets, as `[[Paper](..)]` does."""
    return _SAMPLE.fullmatch(style) is not None


@lru_cache(maxsize=256)  # a list has few ways
def sample(before: str, opening: str, closing: str, after: str) -> str | None:
    """A sample with such brackets, or `None` where they are odd.

    Args:
        before: what stands before the link.
        opening: what stands before the label.
        closing: what stands behind the label.
        after: what stands behind the link.
    """
    way = f"{before}[{opening}{_PAPER}{closing}](..){after}"
    is_even = sorted(opening) == sorted(closing.replace("]", "["))
    return way if is_even and is_brackets(way) else None


def with_brackets(document: Document, link: Link, wanted: str) -> tuple[Edit, ...]:
    """The edits that write a link's brackets as in `wanted`."""
    shown = _SAMPLE.fullmatch(wanted)
    if shown is None:
        raise ValueError(f"{wanted} shows no brackets")
    label_start = document.text.index(link.label or "", *link.label_span)
    label_end = label_start + len(link.label or "")
    edits = (
        Edit(Span(link.outer_span.start, link.span.start), shown["before"]),
        Edit(Span(link.label_span.start, label_start), shown["opening"]),
        Edit(Span(label_end, link.label_span.end), shown["closing"]),
        Edit(Span(link.span.end, link.outer_span.end), shown["after"]),
    )
    return tuple(edit for edit in edits if document.slice(edit.span) != edit.replacement)
