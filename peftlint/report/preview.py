"""A fix as it would read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.report.excerpt import Excerpt, excerpt
from peftlint.report.tally import counted
from peftlint.rule import Fix
from peftlint.source import LINE_END, Edit, Lines, Span, apply_edits

#: How many lines of a fix are shown, and how many of its places.
MOST_LINES = 4
MOST_PLACES = 3


def preview(lines: Lines, fix: Fix, width: int, first: int | None = None) -> list[str | Excerpt]:
    """What the fix makes of the lines that it changes.

    Args:
        lines: of the text that the fix is for.
        fix: its edits.
        width: in cells.
        first: the offset at which the excerpt above it begins, to stand under it.

    Returns:
        What to show, a line each: a sentence, or a line of the fixed text in which the new part
        is marked.
    """
    if len(fix.edits) == 1:
        return list(_result_of(lines, fix.edits, width, first))
    places = list(_places(lines, fix.edits))
    result: list[str | Excerpt] = []
    for edits in places[:MOST_PLACES]:
        if len(places) > 1:
            result.append(f"line {lines.line(edits[0].span.start)}")
        result.extend(_result_of(lines, edits, width, first))
    if len(places) > MOST_PLACES:
        result.append(f"and {counted(len(places) - MOST_PLACES, 'more place')}")
    return result


def _places(lines: Lines, edits: Sequence[Edit]) -> Iterator[Sequence[Edit]]:
    """The edits, those that share a line together."""
    group: list[Edit] = []
    last_line = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if group and lines.line(edit.span.start) > last_line:
            yield group
            group = []
        group.append(edit)
        last_line = lines.line(edit.span.end)
    if group:
        yield group


def _result_of(
    lines: Lines, edits: Sequence[Edit], width: int, first: int | None
) -> Iterator[str | Excerpt]:
    text = lines.text
    start, end = edits[0].span.start, edits[-1].span.end
    first_line, last_line = lines.line(start), lines.line(end)
    if first_line == last_line:
        line = _changed_line(text, lines.span(first_line), edits, width, first)
        if line is not None:
            yield line
            return
    whole = lines.whole(first_line, last_line)
    # A line can have megabytes: no more of it is looked at than can be shown.
    left, right = max(whole.start, start - 2 * width), min(whole.end, end + 2 * width)
    old_text = text[left:right]
    new_text = apply_edits(old_text, _moved(edits, -left))
    old, new = _line_spans(old_text), _line_spans(new_text)
    old_lines = [old_text[line.start : line.end] for line in old]
    new_lines = [new_text[line.start : line.end] for line in new]
    # Where both end alike, that end is no new line: it is the empty rest after the last line end.
    rest = 1 if old_lines[-1] == new_lines[-1] else 0
    head = _common(old_lines[: len(old) - rest], new_lines[: len(new) - rest])
    tail = _common(old_lines[head:][::-1], new_lines[head:][::-1])
    removed = old_lines[head : len(old) - tail]
    added = new[head : len(new) - tail]
    if not added:
        yield _removal(first_line + head, len(removed))
        return
    if not removed and not new_text[added[0].start : added[-1].end].strip():
        yield f"insert {_blank_lines(len(added))} after line {first_line + head - 1}"
        return
    for number, (line_start, line_end) in enumerate(added[:MOST_LINES]):
        before = removed[number] if number < len(removed) else ""
        changed = _changed(before, new_text[line_start:line_end])
        place = Span(line_start + changed.start, line_start + changed.end)
        under = first - left if first is not None and number == head == 0 else None
        yield excerpt(new_text, added[number], place, width, under)
    if len(added) > MOST_LINES:
        yield f"and {counted(len(added) - MOST_LINES, 'more line')}"


def _changed_line(
    text: str, line: Span, edits: Sequence[Edit], width: int, first: int | None
) -> Excerpt | None:
    """What the edits make of one line; `None` where they leave or make no line, or several.

    Nearly all fixes are so, and of one line nothing has to be compared with others.
    """
    start, end = edits[0].span.start, edits[-1].span.end
    if end > line.end:
        return None
    left, right = max(line.start, start - 2 * width), min(line.end, end + 2 * width)
    old = text[left:right]
    if len(edits) == 1:
        replacement = edits[0].replacement
        new = text[left:start] + replacement + text[end:right]
        changed = _replaced(old, new, (start - left, end - left), len(replacement))
    else:
        new = apply_edits(old, _moved(edits, -left))
        changed = _changed(old, new, start - left)
    if new == old or "\n" in new or "\r" in new:
        return None
    under = None if first is None else first - left
    return excerpt(new, Span(0, len(new)), changed, width, under)


def _moved(edits: Sequence[Edit], by: int) -> Iterator[Edit]:
    for (start, end), replacement in edits:
        yield Edit(Span(start + by, end + by), replacement)


def _line_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for match in LINE_END.finditer(text):
        spans.append(Span(start, match.start()))
        start = match.end()
    return [*spans, Span(start, len(text))]


def _changed(old: str, new: str, known: int = 0) -> Span:
    """The part of `new` that `old` has not.

    Args:
        old: what there was.
        new: what it has become.
        known: how many characters at their start are known to be the same.
    """
    same = known + _common(old[known:], new[known:])
    same_end = _common(old[same:][::-1], new[same:][::-1])
    return Span(same, len(new) - same_end)


def _replaced(old: str, new: str, replaced: tuple[int, int], length: int) -> Span:
    """As `_changed`, where one part of `old` was replaced: what stands around it is the same.

    Args:
        old: what there was.
        new: what it has become.
        replaced: where that part stood in `old`.
        length: of what stands there in `new`.
    """
    start, end = replaced
    one, other = old[start:end], new[start : start + length]
    same = _common(one, other)
    known = start + same
    if same == min(len(one), length) and old[known : known + 1] == new[known : known + 1]:
        # What was put in or taken away begins as what follows it does.
        return _changed(old, new, known)
    same_end = _common(one[same:][::-1], other[same:][::-1])
    return Span(known, start + length - same_end)


def _removal(first: int, count: int) -> str:
    if count == 1:
        return f"remove line {first}"
    return f"remove lines {first} to {first + count - 1}"


def _blank_lines(count: int) -> str:
    return "a blank line" if count == 1 else f"{count} blank lines"


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items the two have in common at their start, by halving what is not known."""
    if one[:1] != other[:1]:
        return 0
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same
