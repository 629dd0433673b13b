"""What was found, counted: for the line at a report's end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from peftlint.diagnostic import Diagnostic
from peftlint.rule import SEVERITIES, Severity

_PLURALS: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "info"}


class RuleCount:
    """How often one rule fired, and how many of its findings have a fix."""

    __slots__ = ("code", "findings", "name", "safe", "severity", "unsafe", "url")

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.code = diagnostic.code
        self.name = diagnostic.name
        self.severity = diagnostic.severity
        self.url = diagnostic.url
        self.findings = 0
        self.safe = 0
        self.unsafe = 0


class Changes(NamedTuple):
    """What findings are new to.

    Attributes:
        revision: as it can be printed.
        entries: how many entries are new or say something else since.
    """

    revision: str
    entries: int


class Tally:
    """Counts over all files of a run.

    Attributes:
        files: that were read.
        errors: what kept files from being read, a line each, safe to print.
        entries: in the files read.
        dirty_files: files with findings.
        rules: the counts of each rule that fired, by code and severity: two lists may have two
            configurations.
        since: where only what changed is told.
    """

    __slots__ = ("dirty_files", "entries", "errors", "files", "rules", "since")

    def __init__(self, files: int = 0, errors: Iterable[str] = (), entries: int = 0) -> None:
        self.files = files
        self.errors = tuple(errors)
        self.entries = entries
        self.dirty_files = 0
        self.rules: dict[tuple[str, Severity], RuleCount] = {}
        self.since: Changes | None = None

    def add(self, diagnostics: Iterable[Diagnostic], entries: int) -> None:
        """Count one file with its findings and the number of its entries."""
        self.files += 1
        self.entries += entries
        is_dirty = False
        for diagnostic in diagnostics:
            is_dirty = True
            key = (diagnostic.code, diagnostic.severity)
            count = self.rules.get(key)
            if count is None:
                count = self.rules[key] = RuleCount(diagnostic)
            count.findings += 1
            if diagnostic.fix is not None:
                if diagnostic.fix.is_safe:
                    count.safe += 1
                else:
                    count.unsafe += 1
        self.dirty_files += is_dirty

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return sum(count.findings for count in self.rules.values())

    @property
    def safe(self) -> int:
        """How many findings have a safe fix."""
        return sum(count.safe for count in self.rules.values())

    @property
    def unsafe(self) -> int:
        """How many findings have an unsafe fix."""
        return sum(count.unsafe for count in self.rules.values())

    def by_frequency(self) -> list[RuleCount]:
        """The counts of each rule, the most frequent first, equal ones by code."""
        return sorted(
            self.rules.values(), key=lambda count: (-count.findings, count.code, count.severity)
        )

    def summary(self) -> str:
        """One line that says how a check went."""
        files = counted(self.files, "file")
        if self.findings:
            return (
                f"Found {counted(self.findings, 'finding')} in {counted(self.dirty_files, 'file')}"
                f"{self._new()}: {self._by_severity()}{self._fixable()}{self._unread()}."
            )
        if self.errors:
            what = (
                "No findings" if self.since is None else f"Nothing new since {self.since.revision}"
            )
            return f"{what} in {files}{self._unread()}."
        if not self.files:
            return "No Markdown files to check."
        if self.since is not None:
            entries = counted(self.entries, "entry", "entries")
            return (
                f"Nothing new since {self.since.revision}: {self.since.entries} of {entries} "
                f"changed in {files}."
            )
        return f"All clean: {counted(self.entries, 'entry', 'entries')} in {files}."

    def _new(self) -> str:
        """What `Found 2 findings in 1 file` goes on with where only some are told."""
        if self.since is None:
            return ""
        verb = "is" if self.findings == 1 else "are"
        return f" that {verb} new since {self.since.revision}"

    def _by_severity(self) -> str:
        counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
        for rule in self.rules.values():
            counts[rule.severity] += rule.findings
        return ", ".join(
            counted(count, severity, _PLURALS[severity])
            for severity, count in counts.items()
            if count
        )

    def _fixable(self) -> str:
        if self.safe and self.unsafe:
            return (
                f" ({self.safe} fixable with `peftlint fix`, {self.unsafe} more with "
                "--unsafe-fixes)"
            )
        if self.safe:
            return f" ({self.safe} fixable with `peftlint fix`)"
        if self.unsafe:
            return f" ({self.unsafe} fixable with `peftlint fix --unsafe-fixes`)"
        return ""

    def _unread(self) -> str:
        if not self.errors:
            return ""
        return f"; {counted(len(self.errors), 'file')} could not be checked"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: `1 file`, `2 files`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
