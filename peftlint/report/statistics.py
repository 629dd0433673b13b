"""How often each rule fired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.report.tally import RuleCount, Tally
from peftlint.report.terminal import SEVERITY_STYLES, Terminal


class StatisticsReport:
    """A line for each rule: how often it fired, and how much of that has a fix.

    Args:
        terminal: where it goes.
        quiet: without the summary.
    """

    def __init__(self, terminal: Terminal, *, quiet: bool = False) -> None:
        self._terminal = terminal
        self._quiet = quiet

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Nothing: the counts come at the end."""

    def close(self, tally: Tally) -> None:
        """Write the table, the most frequent first."""
        self._terminal.write(self._rows(tally))
        if not self._quiet:
            self._terminal.write([tally.summary()])

    def _rows(self, tally: Tally) -> Iterator[str]:
        counts = tally.by_frequency()
        if not counts:
            return
        number_width = len(str(counts[0].findings))
        code_width = max(len(count.code) for count in counts)
        name_width = max(len(count.name) for count in counts)
        severity_width = max(len(count.severity) for count in counts)
        for count in counts:
            style = SEVERITY_STYLES[count.severity]
            code = self._terminal.link(self._terminal.paint(count.code, style), count.url)
            severity = self._terminal.paint(f"{count.severity:{severity_width}}", style)
            yield (
                f"{count.findings:>{number_width}}  {severity}  {code}"
                f"{'':{code_width - len(count.code)}}  {count.name:{name_width}}  {_fixable(count)}"
            ).rstrip()


def _fixable(count: RuleCount) -> str:
    if count.safe and count.unsafe:
        return f"{count.safe} fixable, {count.unsafe} with --unsafe-fixes"
    if count.safe:
        return f"{count.safe} fixable"
    if count.unsafe:
        return f"{count.unsafe} fixable with --unsafe-fixes"
    return ""
