"""Diagnostics as GitLab's code quality report, which its merge requests show.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.as_json import JsonArray
from peftlint.report.fingerprint import Fingerprints
from peftlint.report.location import readable, relative
from peftlint.report.tally import Tally
from peftlint.report.terminal import Write
from peftlint.rule import Severity

#: `critical` and `blocker` are left to what stops a program.
_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


class GitlabReport:
    """An array of findings, one to a line, written as they are found.

    What could not be read has no place in it; the run fails by its exit code.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._array = JsonArray(write)
        self._fingerprints = Fingerprints()

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Write the findings of one file."""
        home = readable(relative(path))
        marks = self._fingerprints.of(path, document, diagnostics)
        self._array.extend(
            {
                # GitLab takes no null byte; a message has none that is not spelt out.
                "description": printable(diagnostic.message),
                "check_name": diagnostic.name,
                "fingerprint": mark,
                "severity": _SEVERITIES[diagnostic.severity],
                "location": {"path": home, "lines": {"begin": diagnostic.line}},
            }
            for diagnostic, mark in zip(diagnostics, marks, strict=True)
        )

    def close(self, tally: Tally) -> None:
        """End the array."""
        self._array.close()
        self._write("\n")
