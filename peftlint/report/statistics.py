"""How many findings each rule, each severity and each section has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.report.excerpt import cells, cut_before
from peftlint.report.section import SectionCount, sections_of, worst_first
from peftlint.report.tally import Count, Tally
from peftlint.report.terminal import SEVERITY_STYLES, Terminal

#: More sections than this push the other tables off a screen.
MOST_SECTIONS = 20

_FINDINGS = "findings"
_ENTRIES = "entries"
#: The least cells for a section's name, and for its place, however narrow the terminal.
_LEAST_NAME = 16


class _Counting:
    """Counts file by file, and makes the rows of the three tables.

    Args:
        terminal: where they go.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._sections: list[SectionCount] = []

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Count; all is written at the end."""
        found = sections_of(path, document, diagnostics)
        self._sections += (count for count in found if count.findings)

    def _rules(self, tally: Tally) -> Iterator[str]:
        """The most frequent first."""
        counts = tally.by_frequency()
        name_width = max(len(count.name) for count in counts)
        code_width = max(len(count.code) for count in counts)
        for count in counts:
            code = self._terminal.paint(count.code, SEVERITY_STYLES[count.severity])
            code = self._terminal.link(code, count.url)
            row = f"{code}{'':{code_width - len(count.code)}}  {count.name:{name_width}}"
            yield f"{self._counted(count)}  {row}  {_fixable(count)}".rstrip()

    def _severities(self, tally: Tally) -> Iterator[str]:
        """The worst first."""
        for count in tally.by_severity():
            if count.findings:
                yield f"{self._counted(count)}  {_fixable(count)}".rstrip()

    def _counted(self, count: Count) -> str:
        severity = self._terminal.paint(f"{count.severity:8}", SEVERITY_STYLES[count.severity])
        return f"{count.findings:>{len(_FINDINGS)}}  {severity}"

    def _by_section(self, is_one_file: bool, margin: int) -> Iterator[str]:
        """The worst first.

        Args:
            is_one_file: its name need not be told then.
            margin: how many cells of each line are taken.
        """
        counts = worst_first(self._sections)
        width = self._terminal.width - margin - len(f"{_FINDINGS}  {_ENTRIES}  ")
        places = [_place(count, is_one_file, max(width // 2, _LEAST_NAME)) for count in counts]
        longest = max(map(cells, places))
        for count, place in zip(counts, places, strict=True):
            padding = "" if is_one_file else " " * (longest - cells(place))
            indent = " " * (longest - cells(place)) if is_one_file else ""
            name = count.name(max(width - longest - 2, _LEAST_NAME))
            if not count.headings:
                name = self._terminal.paint(name, "dim")
            yield (
                f"{count.findings:>{len(_FINDINGS)}}  {count.entries:>{len(_ENTRIES)}}  "
                f"{indent}{place}{padding}  {name}"
            )


class StatisticsReport(_Counting):
    """Three tables with headings, for people, and the summary."""

    def close(self, tally: Tally) -> None:
        """Write the tables."""
        if tally.findings:
            self._terminal.write(self._tables(tally))
        self._terminal.write([self._terminal.paint(tally.summary(), "bold")])

    def _tables(self, tally: Tally) -> Iterator[str]:
        title = f"{_FINDINGS}  severity"
        yield self._heading(f"{title}  rule")
        yield from self._rules(tally)
        yield ""
        yield self._heading(title)
        yield from self._severities(tally)
        yield ""
        is_one_file = tally.files == 1
        yield self._heading(f"{_FINDINGS}  {_ENTRIES}  section")
        rows = list(self._by_section(is_one_file, 0))
        left = len(rows) - MOST_SECTIONS if self._terminal.is_terminal else 0
        yield from rows[: len(rows) - max(left, 0)]
        if left > 0:
            more = f"and {left} more with fewer findings; --output-format json tells of all"
            yield self._terminal.paint(f"{'':{len(_FINDINGS)}}  {more}", "dim")
        yield ""

    def _heading(self, title: str) -> str:
        return self._terminal.paint(title, "dim")


class PlainStatisticsReport(_Counting):
    """The rows of all tables, each with the name of its table before it, for `grep`.

    Args:
        terminal: where they go.
        quiet: without the summary.
    """

    def __init__(self, terminal: Terminal, *, quiet: bool = False) -> None:
        super().__init__(terminal)
        self._quiet = quiet

    def close(self, tally: Tally) -> None:
        """Write the rows."""
        if tally.findings:
            self._terminal.write(self._rows_of_all(tally))
        if not self._quiet:
            self._terminal.write([tally.summary()])

    def _rows_of_all(self, tally: Tally) -> Iterator[str]:
        width = len("severity")
        for row in self._rules(tally):
            yield f"{'rule':{width}}  {row}"
        for row in self._severities(tally):
            yield f"{'severity':{width}}  {row}"
        for row in self._by_section(tally.files == 1, width + 2):
            yield f"{'section':{width}}  {row}"


def _place(count: SectionCount, is_one_file: bool, room: int) -> str:
    if is_one_file:
        return f"line {count.line}"
    return cut_before(f"{count.path}:{count.line}", room)


def _fixable(count: Count) -> str:
    if count.safe and count.unsafe:
        return f"{count.safe} fixable, {count.unsafe} with --unsafe-fixes"
    if count.safe:
        return f"{count.safe} fixable"
    if count.unsafe:
        return f"{count.unsafe} fixable with --unsafe-fixes"
    return ""
