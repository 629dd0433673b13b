"""Lines of a list as they would read with the fixes of several findings."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from typing import NamedTuple

from peftlint.diagnostic import Diagnostic
from peftlint.fixer import collides
from peftlint.source import LINE_END, Edit, Lines, Span, apply_edits


class Correction(NamedTuple):
    """Lines with fixes made.

    Attributes:
        lines: as they would read, without line ends; none where they would be removed.
        fixed: the findings whose fixes are made in them.
    """

    lines: tuple[str, ...]
    fixed: tuple[Diagnostic, ...]


def correction(
    lines: Lines, first: int, last: int, diagnostics: Iterable[Diagnostic]
) -> Correction:
    """Some lines with the fixes that change nothing else and do not get in each other's way.

    Args:
        lines: of the list.
        first: the first of the lines, counted from 1.
        last: the last of them.
        diagnostics: what was found in them; of two fixes that collide the first is made, unless
            they change different parts of what they replace, as of an address.
    """
    whole = lines.whole(first, last)
    edits: list[Edit] = []
    taken: list[Span] = []
    fixed: list[Diagnostic] = []
    for diagnostic in diagnostics:
        own = [_least(lines.text, edit) for edit in diagnostic.fix.edits] if diagnostic.fix else []
        spans = [edit.span for edit in own]
        if not own or not all(map(whole.contains, spans)):
            continue
        if any(collides(_around(span), taken) for span in spans):
            continue
        for span in spans:
            insort(taken, span)
        edits += own
        fixed.append(diagnostic)
    moved = (
        Edit(Span(span.start - whole.start, span.end - whole.start), replacement)
        for span, replacement in edits
    )
    text = apply_edits(lines.text[whole.start : whole.end], moved)
    result = LINE_END.split(text)
    if result[-1] == "":
        result.pop()
    return Correction(tuple(result), tuple(fixed))


def _least(text: str, edit: Edit) -> Edit:
    """An edit without what it leaves as it is."""
    (start, end), new = edit
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return Edit(Span(start, end), new)


def _around(span: Span) -> Span:
    """A span with its neighbours: what touches it may mean the same word."""
    return Span(max(0, span.start - 1), span.end + 1)
