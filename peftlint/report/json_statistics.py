"""Statistics as JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.report.as_json import encode
from peftlint.report.section import SectionCount, sections_of, worst_first
from peftlint.report.tally import RuleCount, Tally
from peftlint.report.terminal import Write

#: It goes up when a key goes or means something else; a new key leaves it as it is.
VERSION = 1


class JsonStatisticsReport:
    """An object with the counts of the rules, the severities and the sections.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._sections: list[SectionCount] = []

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Count; all is written at the end."""
        self._sections += sections_of(path, document, diagnostics)

    def close(self, tally: Tally) -> None:
        """Write the object."""
        counts = {
            "version": VERSION,
            "rules": [_rule(count) for count in tally.by_frequency()],
            "severities": {
                count.severity: {
                    "findings": count.findings,
                    "fixable": count.safe,
                    "fixable_unsafely": count.unsafe,
                }
                for count in tally.by_severity()
            },
            "sections": [_section(count) for count in worst_first(self._sections)],
            "summary": {
                "files": tally.files,
                "files_with_findings": tally.dirty_files,
                "entries": tally.entries,
                "findings": tally.findings,
                "fixable": tally.safe,
                "fixable_unsafely": tally.unsafe,
                "errors": list(tally.errors),
            },
        }
        self._write(encode(counts, indent=2) + "\n")


def _rule(count: RuleCount) -> dict[str, object]:
    return {
        "code": count.code,
        "name": count.name,
        "severity": count.severity,
        "findings": count.findings,
        "fixable": count.safe,
        "fixable_unsafely": count.unsafe,
    }


def _section(count: SectionCount) -> dict[str, object]:
    return {
        "path": count.path,
        "line": count.line,
        "section": list(count.headings),
        "entries": count.entries,
        "findings": count.findings,
        **{str(severity): number for severity, number in count.by_severity.items()},
    }
