"""What changed in a file, as `patch` and `git apply` take it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint.alignment import matches

#: Unchanged lines around a change, as `diff -u` and git have it.
CONTEXT = 3

_NO_NEWLINE = "\\ No newline at end of file"


class _Change(NamedTuple):
    """Lines `start` to `end` became lines `new_start` to `new_end`; half-open, counted from 0."""

    start: int
    end: int
    new_start: int
    new_end: int


def unified_diff(path: str, before: str, after: str) -> Iterator[str]:
    r"""The lines of a unified diff, without their line ends; none where nothing changed.

    Args:
        path: relative to where the patch will be applied, with `/`.
        before: the file's text, with its byte order mark where it has one.
        after: what it becomes.

    Yields:
        A line of the diff. Lines are split at `\n` only, as git does: the `\r` of a `\r\n` is the
        last character of its line.
    """
    old, new = _lines(before), _lines(after)
    hunks = _hunks(list(_changes(old, new)))
    for number, hunk in enumerate(hunks):
        if number == 0:
            yield f"--- {_quoted(f'a/{path}')}"
            yield f"+++ {_quoted(f'b/{path}')}"
        yield from _hunk(old, new, hunk)


def _lines(text: str) -> list[str]:
    r"""The lines with their `\n`: a last line without one differs from one that has it."""
    lines = text.split("\n")
    rest = lines.pop()
    return [f"{line}\n" for line in lines] + ([rest] if rest else [])


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    at = new_at = 0
    for start, new_start in (*matches(old, new), (len(old), len(new))):
        if start > at or new_start > new_at:
            yield _Change(at, start, new_at, new_start)
        at, new_at = start + 1, new_start + 1


def _hunks(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """The changes, those together whose context touches."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.start - hunk[-1].end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(old: Sequence[str], new: Sequence[str], changes: Sequence[_Change]) -> Iterator[str]:
    before = min(CONTEXT, changes[0].start)
    start, new_start = changes[0].start - before, changes[0].new_start - before
    after = min(CONTEXT, len(old) - changes[-1].end)
    end, new_end = changes[-1].end + after, changes[-1].new_end + after
    yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"
    at = start
    for change in changes:
        yield from _marked(" ", old[at : change.start])
        yield from _marked("-", old[change.start : change.end])
        yield from _marked("+", new[change.new_start : change.new_end])
        at = change.end
    yield from _marked(" ", old[at:end])


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if line.endswith("\n"):
            yield mark + line[:-1]
        else:
            yield mark + line
            yield _NO_NEWLINE


def _range(start: int, end: int) -> str:
    """`line,count`; an empty range is after the line it names."""
    count = end - start
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


def _quoted(path: str) -> str:
    """A path as git writes it: quoted where it holds a control, a quote or a backslash."""
    if not any(character < " " or character in '"\\\x7f' for character in path):
        # A tab ends a name that contains blanks.
        return f"{path}\t" if " " in path else path
    escaped = "".join(
        f"\\{ord(character):03o}" if character < " " or character in '"\\\x7f' else character
        for character in path
    )
    return f'"{escaped}"'
