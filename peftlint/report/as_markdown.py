"""Diagnostics as Markdown that GitHub renders: a step's summary, or a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document, Entry
from peftlint.report.correction import Correction, correction
from peftlint.report.quoting import can_stand_in_fence, code, fence, link, prose
from peftlint.report.tally import RuleCount, Tally, counted
from peftlint.report.terminal import Write, without_workflow_commands
from peftlint.rule import SEVERITIES
from peftlint.source import Lines, Span

#: A comment has no more than 65,536 characters, and a step's summary no more than 1 MiB; the rest
#: is for whoever puts a line of his own before or after it.
#: Source: https://github.com/orgs/community/discussions/27190 and
#: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
MOST_CHARACTERS = 60_000

#: So much is kept for headings and for the last line.
_RESERVE = 2_000
_MOST_TITLE = 160
_MOST_MESSAGE = 400
_MOST_PATH = 300
_MOST_FENCE = 4_000
#: So many findings are told of one entry, and so many files that could not be read.
_MOST_OF_ENTRY = 20
_MOST_ERRORS = 20
#: What stands outside of entries is shown with its fix where that takes no more lines.
_MOST_LINES = 12


class _Block(NamedTuple):
    """What is told of an entry, or of a line outside of entries."""

    rank: int
    file: int
    line: int
    text: str
    findings: int


class MarkdownReport:
    """A summary, and for each entry what is wrong and how it would read.

    It is shorter than `MOST_CHARACTERS`: the worst is told, and how much more there is.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._paths: list[str] = []
        self._blocks: list[_Block] = []

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Take what can be told of one file."""
        if not diagnostics:
            return
        self._paths.append(path)
        blocks = _blocks(len(self._paths) - 1, document, diagnostics)
        self._blocks = _fitting(sorted([*self._blocks, *_fitting(blocks)], key=_by_rank))

    def close(self, tally: Tally) -> None:
        """Write all of it."""
        lines = [_headline(tally), "", _summary(tally)]
        if tally.errors:
            lines += ["", "Could not be checked:", "", *_errors(tally.errors)]
        room = MOST_CHARACTERS - _RESERVE - _size(lines)
        shown: list[_Block] = []
        files = dict[int, list[_Block]]()
        for block in self._blocks:
            room -= len(block.text)
            if block.file not in files:
                room -= len(_heading(self._paths[block.file]))
            if room < 0:
                break
            shown.append(block)
            files.setdefault(block.file, []).append(block)
        for file, blocks in files.items():
            lines += ["", _heading(self._paths[file])]
            for block in blocks:
                lines += ["", block.text]
        more = tally.findings - sum(block.findings for block in shown)
        if more:
            lines += ["", f"{_more(more, shown)}; `peftlint check` shows all of them."]
        # Where it goes to a log after all.
        self._write(without_workflow_commands("\n".join(lines) + "\n"))


class StatisticsReport:
    """A table with how often each rule fired.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Nothing: the counts come at the end."""

    def close(self, tally: Tally) -> None:
        """Write the table, the most frequent first."""
        lines = [_headline(tally), "", _summary(tally)]
        counts = tally.by_frequency()
        if counts:
            lines += ["", "| findings | severity | rule | fixable |", "| --: | --- | --- | --: |"]
            lines += [_row(count) for count in counts]
        self._write("\n".join(lines) + "\n")


def _row(count: RuleCount) -> str:
    rule = link(f"{count.code} {count.name}", count.url)
    unsafe = f" ({count.unsafe} unsafe)" if count.unsafe else ""
    return f"| {count.findings} | {count.severity} | {rule} | {count.safe + count.unsafe}{unsafe} |"


def _headline(tally: Tally) -> str:
    if tally.findings:
        return f"## peftlint: {counted(tally.findings, 'finding')}"
    if tally.errors:
        return f"## peftlint: {counted(len(tally.errors), 'file')} could not be checked"
    return "## peftlint: all clean"


def _summary(tally: Tally) -> str:
    thanks = " Thank you!" if tally.files and not (tally.findings or tally.errors) else ""
    return f"{tally.summary()}{thanks}"


def _errors(errors: Sequence[str]) -> Iterator[str]:
    for error in errors[:_MOST_ERRORS]:
        yield f"- {prose(error, _MOST_MESSAGE)}"
    if len(errors) > _MOST_ERRORS:
        yield f"- and {counted(len(errors) - _MOST_ERRORS, 'more file')}"


def _heading(path: str) -> str:
    return f"### {code(path, _MOST_PATH) or 'a file'}"


def _more(more: int, shown: Sequence[_Block]) -> str:
    return counted(more, "more finding") if shown else counted(more, "finding")


def _by_rank(block: _Block) -> tuple[int, int, int]:
    return block.rank, block.file, block.line


def _size(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _fitting(blocks: Iterator[_Block] | Sequence[_Block]) -> list[_Block]:
    """The first of them, as many as can ever be shown."""
    found: list[_Block] = []
    size = 0
    for block in blocks:
        size += len(block.text)
        if size > MOST_CHARACTERS:
            break
        found.append(block)
    return found


class _Place(NamedTuple):
    """An entry, or a line outside of entries, with what was found in it."""

    entry: Entry | None
    line: int
    diagnostics: list[Diagnostic]

    @property
    def rank(self) -> int:
        """How bad the worst of it is."""
        return min(SEVERITIES.index(diagnostic.severity) for diagnostic in self.diagnostics)


def _blocks(file: int, document: Document, diagnostics: Sequence[Diagnostic]) -> Iterator[_Block]:
    """What is told of a file, the worst first."""
    places: dict[tuple[bool, int], _Place] = {}
    for diagnostic in diagnostics:
        entry = document.entry_at(diagnostic.span.start)
        key = (False, diagnostic.line) if entry is None else (True, entry.span.start)
        line = diagnostic.line if entry is None else entry.line
        places.setdefault(key, _Place(entry, line, [])).diagnostics.append(diagnostic)
    # A list of 10 MB has more than can be shown: what is behind that is not made.
    for rank, place in sorted(
        ((place.rank, place) for place in places.values()), key=lambda one: (one[0], one[1].line)
    ):
        text = "\n".join(_told(document.lines, place))
        yield _Block(rank, file, place.line, text, len(place.diagnostics))


def _told(lines: Lines, place: _Place) -> Iterator[str]:
    yield _title(place)
    yield ""
    first, last = _range(lines, place)
    # The worst first, and of two fixes that collide the safe one.
    found = sorted(place.diagnostics, key=lambda one: SEVERITIES.index(one.severity))
    safe = [one for one in found if one.fix is not None and one.fix.is_safe]
    unsafe = [one for one in found if one.fix is not None and not one.fix.is_safe]
    shown: list[Diagnostic] = []
    corrected: list[str] = []
    if last - first < _MOST_LINES or place.entry is not None:
        made = correction(lines, first, last, safe)
        if made.fixed and (told := _corrected(made, "It would read:", first, last)):
            corrected += told
            shown += made.fixed
        all_made = correction(lines, first, last, [*made.fixed, *unsafe])
        label = "With unsafe fixes, which may lose or guess something:"
        if len(all_made.fixed) > len(made.fixed) and (
            told := _corrected(all_made, label, first, last)
        ):
            corrected += told
            shown += all_made.fixed
    for diagnostic in found[:_MOST_OF_ENTRY]:
        yield _finding(diagnostic, place, is_fix_shown=diagnostic in shown)
    if len(found) > _MOST_OF_ENTRY:
        yield f"- and {len(found) - _MOST_OF_ENTRY} more here"
    yield from corrected


def _title(place: _Place) -> str:
    if place.entry is None:
        return f"**Line {place.line}**"
    entry = place.entry
    title = code(entry.title.text or (entry.name.text if entry.name else ""), _MOST_TITLE)
    section = code(" > ".join(entry.section), _MOST_TITLE)
    return (
        f"**Line {place.line}{f': {title}' if title else ''}**{f' in {section}' if section else ''}"
    )


def _range(lines: Lines, place: _Place) -> tuple[int, int]:
    """The first and the last line that are shown with the fixes made."""
    if place.entry is not None:
        return place.entry.line, place.entry.end_line
    spans = [edit.span for one in place.diagnostics if one.fix for edit in one.fix.edits]
    ends = [place.line, *(lines.line(_last_of(span)) for span in spans)]
    return min([place.line, *(lines.line(span.start) for span in spans)]), max(ends)


def _last_of(span: Span) -> int:
    """The last character of a span; the place itself where it is empty."""
    return max(span.start, span.end - 1)


def _finding(diagnostic: Diagnostic, place: _Place, *, is_fix_shown: bool) -> str:
    rule = link(f"{diagnostic.code} {diagnostic.name}", diagnostic.url)
    line = f", line {diagnostic.line}" if diagnostic.line != place.line else ""
    fix = ""
    if diagnostic.fix is not None and not is_fix_shown:
        option = "" if diagnostic.fix.is_safe else " --unsafe-fixes"
        fix = f" (`peftlint fix{option}` fixes it)"
    message = prose(diagnostic.message, _MOST_MESSAGE)
    return f"- **{diagnostic.severity}** {rule}{line}: {message}{fix}"


def _corrected(made: Correction, label: str, first: int, last: int) -> list[str]:
    """The lines with fixes made, to be copied; none where they cannot be shown as they are."""
    if not made.lines:
        what = f"line {first}" if first == last else f"lines {first} to {last}"
        return ["", f"{label} nothing, {what} would be removed."]
    if _size(made.lines) > _MOST_FENCE or not can_stand_in_fence(made.lines):
        return []
    return ["", label, "", *fence(made.lines)]
