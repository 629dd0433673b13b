"""What `peftlint fix` changed, and what it left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from peftlint.fixer import FixResult
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.concise import one_line
from peftlint.report.tally import Tally, counted
from peftlint.report.terminal import Terminal
from peftlint.report.text import TextReport
from peftlint.source import Lines


class FixReport:
    """For each file what was fixed, which fixes were withheld and why, and what is left.

    Args:
        terminal: where it goes.
        tense: `Fixed`, or `Would fix` where nothing is written.
        shows_remaining: whether the findings that are left are shown, or only counted.
        is_unsafe: whether unsafe fixes are made too.

    Attributes:
        known: how many findings are left that are in a baseline.
    """

    def __init__(
        self, terminal: Terminal, tense: str, *, shows_remaining: bool, is_unsafe: bool
    ) -> None:
        self._terminal = terminal
        self._tense = tense
        self._remaining = TextReport(terminal) if shows_remaining else None
        self._is_unsafe = is_unsafe
        self.known = 0
        self._left = Tally()
        self._fixed = 0
        self._fixed_files = 0

    def file(self, path: str, result: FixResult) -> None:
        """Tell of one file."""
        self._left.add(result.remaining, 0)
        self._fixed += len(result.applied)
        self._fixed_files += result.changed
        self._terminal.write(self._file(printable(path), result))
        if self._remaining is not None and result.remaining:
            reasons = {held.diagnostic: held.reason for held in result.withheld}
            document = Document(result.text, Lines(result.text))
            self._remaining.file(path, document, result.remaining, reasons)

    def close(self, failures: int) -> None:
        """Write the summary.

        Args:
            failures: how many files could not be done.
        """
        self._terminal.write([self._terminal.paint(self._summary(failures), "bold")])

    def _file(self, path: str, result: FixResult) -> Iterator[str]:
        paint = self._terminal.paint
        if result.changed:
            rules = Counter(diagnostic.name for diagnostic in result.applied)
            fixes = ", ".join(f"{count} {name}" for name, count in rules.most_common())
            yield f"{paint(self._tense, 'green')} {paint(path, 'bold')}: {fixes}"
        if self._remaining is not None:
            # They are told with the findings that are left.
            return
        for diagnostic, reason in ((held.diagnostic, held.reason) for held in result.withheld):
            yield one_line(self._terminal, path, diagnostic)
            yield f"  {paint('not fixed:', 'yellow')} {printable(reason)}"

    def _summary(self, failures: int) -> str:
        left = self._left
        if not left.files and not failures:
            return "No Markdown files to fix."
        parts = []
        if self._fixed:
            fixed = counted(self._fixed, "finding")
            parts.append(f"{self._tense} {fixed} in {counted(self._fixed_files, 'file')}")
        elif left.files:
            parts.append(f"Nothing to fix in {counted(left.files, 'file')}")
        if left.findings:
            more = f" ({left.unsafe} more fixable with --unsafe-fixes)" if left.unsafe else ""
            verb = "left" if self._tense == "Fixed" else "would be left"
            parts.append(
                f"{counted(left.findings, 'finding')} {verb}{'' if self._is_unsafe else more}"
            )
        if self.known:
            parts.append(f"{self.known}{' more' if left.findings else ''} in the baseline")
        if failures:
            parts.append(f"{counted(failures, 'file')} could not be done")
        return f"{'; '.join(parts)}."
