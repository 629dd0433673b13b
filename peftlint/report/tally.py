"""What was found, counted: for the line at a report's end."""

from __future__ import annotations

from collections.abc import Iterable

from peftlint.diagnostic import Diagnostic
from peftlint.rule import SEVERITIES, Severity
from peftlint.value import Value

_PLURALS: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "info"}


class Count:
    """How many findings there are of a severity, and how many of them have a fix."""

    __slots__ = ("findings", "safe", "severity", "unsafe")

    def __init__(self, severity: Severity) -> None:
        self.severity = severity
        self.findings = 0
        self.safe = 0
        self.unsafe = 0


class Changes(Value):
    """What findings are new to.

    Attributes:
        revision: as it can be printed.
        entries: how many entries are new or say something else since.
    """

    revision: str
    entries: int


class RuleCount(Count):
    """The same of one rule."""

    __slots__ = ("code", "name", "url")

    def __init__(self, code: str, name: str, severity: Severity, url: str | None) -> None:
        super().__init__(severity)
        self.code = code
        self.name = name
        self.url = url


#: Files, entries, files with findings; and of each rule that fired its code, name, severity and
#: address, how many findings, how many safe fixes and how many others.
Counts = tuple[int, int, int, list[tuple[str, str, Severity, str | None, int, int, int]]]


class Tally:
    """Counts over all files of a run.

    Attributes:
        files: that were read.
        errors: what kept files from being read, a line each, safe to print.
        entries: in the files read.
        dirty_files: files with findings.
        known: findings that were left out, as they are in a baseline.
        rules: the counts of each rule that fired, by code and severity: two lists may have two
            configurations.
        since: where only what changed is told.
    """

    __slots__ = ("dirty_files", "entries", "errors", "files", "known", "rules", "since")

    def __init__(self, files: int = 0, errors: Iterable[str] = (), entries: int = 0) -> None:
        self.files = files
        self.errors = tuple(errors)
        self.entries = entries
        self.dirty_files = 0
        self.known = 0
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
                count = self.rules[key] = RuleCount(
                    diagnostic.code, diagnostic.name, diagnostic.severity, diagnostic.url
                )
            count.findings += 1
            if diagnostic.fix is not None:
                if diagnostic.fix.is_safe:
                    count.safe += 1
                else:
                    count.unsafe += 1
        self.dirty_files += is_dirty

    def counts(self) -> Counts:
        """The same as plain values."""
        rules = [
            (one.code, one.name, one.severity, one.url, one.findings, one.safe, one.unsafe)
            for one in self.rules.values()
        ]
        return self.files, self.entries, self.dirty_files, rules

    def merge(self, counts: Counts) -> None:
        """Count what another one has counted, by its `counts`."""
        files, entries, dirty_files, rules = counts
        self.files += files
        self.entries += entries
        self.dirty_files += dirty_files
        for code, name, severity, url, findings, safe, unsafe in rules:
            count = self.rules.setdefault((code, severity), RuleCount(code, name, severity, url))
            count.findings += findings
            count.safe += safe
            count.unsafe += unsafe

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

    def by_severity(self) -> list[Count]:
        """The counts of each severity, the worst first, those without findings included."""
        counts = {severity: Count(severity) for severity in SEVERITIES}
        for rule in self.rules.values():
            count = counts[rule.severity]
            count.findings += rule.findings
            count.safe += rule.safe
            count.unsafe += rule.unsafe
        return list(counts.values())

    def summary(self) -> str:
        """One line that says how a check went."""
        files = counted(self.files, "file")
        if self.findings:
            return (
                f"Found {counted(self.findings, 'finding')} in {counted(self.dirty_files, 'file')}"
                f"{self._new()}: {self._severities()}{self._fixable()}{self._known(' more')}"
                f"{self._unread()}."
            )
        if self.errors:
            what = (
                "No findings" if self.since is None else f"Nothing new since {self.since.revision}"
            )
            return f"{what} in {files}{self._known()}{self._unread()}."
        if not self.files:
            return "No Markdown files to check."
        entries = counted(self.entries, "entry", "entries")
        if self.since is not None:
            return (
                f"Nothing new since {self.since.revision}: {self.since.entries} of {entries} "
                f"changed in {files}{self._known()}."
            )
        if self.known:
            return f"Nothing new: {entries} in {files}{self._known()}."
        return f"All clean: {entries} in {files}."

    def _new(self) -> str:
        """What `Found 2 findings in 1 file` goes on with where only some are told."""
        if self.since is None:
            return ""
        verb = "is" if self.findings == 1 else "are"
        return f" that {verb} new since {self.since.revision}"

    def _severities(self) -> str:
        return ", ".join(
            counted(count.findings, count.severity, _PLURALS[count.severity])
            for count in self.by_severity()
            if count.findings
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

    def _known(self, more: str = "") -> str:
        return f"; {self.known}{more} in the baseline" if self.known else ""

    def _unread(self) -> str:
        if not self.errors:
            return ""
        return f"; {counted(len(self.errors), 'file')} could not be checked"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: `1 file`, `2 files`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
