"""Diagnostics as SARIF, which GitHub's code scanning and editors read.

Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html and, for what GitHub
makes of it,
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Sequence

from peftlint import registry
from peftlint.diagnostic import Diagnostic
from peftlint.homepage import HOME
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.regex import regex
from peftlint.report.as_json import JsonArray, encode
from peftlint.report.fingerprint import Fingerprints
from peftlint.report.location import relative, shown, uri
from peftlint.report.tally import Tally
from peftlint.report.terminal import Write
from peftlint.rule import SEVERITIES, Fix, Related, Rule, Severity
from peftlint.source import Edit, Lines, Span
from peftlint.version import VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}

#: What ends a line in Markdown; to SARIF, by default, a carriage return by itself does not.
_LINE_ENDS = ["\r\n", "\n", "\r"]

#: GitHub refuses a file with more.
MOST_RESULTS = 25_000
#: What GitHub shows of a rule's description.
_LONGEST = 1024

#: What would make a link of a message: section 3.11.6.
_LINK = regex(r"\](?=\([^)])")


class SarifReport:
    """A log with one run, a result to a line.

    GitHub takes so many results and no more, the worst of which are kept: what is left out is
    told in the log itself.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._fingerprints = Fingerprints()
        self._indexes: dict[str, int] = {}
        self._rules: list[dict[str, object]] = []
        self._known: dict[str, Rule] | None = None
        #: Each result as JSON, with its number.
        self._results: dict[Severity, list[tuple[int, str]]] = {
            severity: [] for severity in SEVERITIES
        }
        self._count = 0
        self._kept = 0

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Keep the findings of one file."""
        home = uri(relative(path))
        marks = self._fingerprints.of(path, document, diagnostics)
        for diagnostic, mark in zip(diagnostics, marks, strict=True):
            index = self._index(diagnostic)
            self._count += 1
            if self._has_room(diagnostic.severity):
                result = _result(home, document.lines, diagnostic, index, mark)
                self._results[diagnostic.severity].append((self._count, encode(result)))
                self._kept += 1

    def close(self, tally: Tally) -> None:
        """Write the log."""
        driver = {
            "name": "peftlint",
            "informationUri": HOME,
            "version": VERSION,
            "semanticVersion": VERSION,
            "rules": self._rules,
        }
        self._write(
            f'{{"$schema": {encode(_SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
            f'"tool": {encode({"driver": driver})},\n'
            f'"invocations": {encode([self._invocation(tally)])},\n'
            '"columnKind": "unicodeCodePoints",\n'
            f'"newlineSequences": {encode(_LINE_ENDS)},\n'
            '"results": '
        )
        results = sorted(result for kept in self._results.values() for result in kept)
        array = JsonArray(self._write)
        array.extend_encoded(text for _, text in results)
        array.close()
        self._write("\n}]}\n")

    def _has_room(self, severity: Severity) -> bool:
        """Whether one more can be kept; a less severe one has to go for it where there are many."""
        if self._kept < MOST_RESULTS:
            return True
        for less in reversed(SEVERITIES):
            if less == severity:
                return False
            if self._results[less]:
                self._results[less].pop()
                self._kept -= 1
                return True
        return False

    def _index(self, diagnostic: Diagnostic) -> int:
        index = self._indexes.get(diagnostic.code)
        if index is None:
            if self._known is None:
                self._known = {rule.code: rule for rule in registry.rules()}
            index = self._indexes[diagnostic.code] = len(self._rules)
            self._rules.append(_descriptor(diagnostic, self._known.get(diagnostic.code)))
        return index

    def _invocation(self, tally: Tally) -> dict[str, object]:
        told = [_notification("error", error) for error in tally.errors]
        left_out = self._count - self._kept
        if left_out:
            told.append(
                _notification(
                    "warning",
                    f"{left_out} of {self._count} findings are left out, the least severe: "
                    f"GitHub takes {MOST_RESULTS}; --select or --profile minimal narrows it down",
                )
            )
        return {"executionSuccessful": not tally.errors, "toolExecutionNotifications": told}


def _notification(level: str, message: str) -> dict[str, object]:
    return {"level": level, "message": {"text": _plain(message)}}


def _descriptor(diagnostic: Diagnostic, rule: Rule | None) -> dict[str, object]:
    """What is said of a rule.

    Args:
        diagnostic: a finding of it.
        rule: the same, if it is installed.
    """
    summary = (rule.summary if rule is not None else diagnostic.name)[:_LONGEST]
    doc = rule.doc.strip() if rule is not None else summary
    severity = rule.severity if rule is not None else diagnostic.severity
    said: dict[str, object] = {
        "id": diagnostic.code,
        "name": diagnostic.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": doc, "markdown": doc},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }
    if diagnostic.url is not None:
        said["helpUri"] = diagnostic.url
    return said


def _result(
    home: str, lines: Lines, diagnostic: Diagnostic, index: int, mark: str
) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _plain(diagnostic.message)},
        "locations": [_location(home, lines, diagnostic.span)],
        # GitHub knows a result by the first of these names and by no other.
        "partialFingerprints": {"primaryLocationLineHash": mark, "peftlint/v1": mark},
    }
    if diagnostic.related is not None:
        result["relatedLocations"] = [_related(diagnostic.related)]
    if diagnostic.fix is not None and diagnostic.fix.edits:
        result["fixes"] = [_fix(home, lines, diagnostic.fix)]
    return result


def _plain(message: str) -> str:
    r"""A message in which nothing is a link: a title may be written as one.

    Also in a plain text `[words](address)` is a link, which a backslash undoes.
    """
    return _LINK.sub(r"\\]", printable(message))


def _location(home: str, lines: Lines, span: Span) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": home},
            "region": _region(lines, shown(lines, span)),
        }
    }


def _region(lines: Lines, span: Span) -> dict[str, int]:
    line, column = lines.place(span.start)
    end_line, end_column = lines.place(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _related(related: Related) -> dict[str, object]:
    home = uri(relative(related.document.path))
    location = _location(home, related.document.lines, related.span)
    return {"id": 0, **location, "message": {"text": _plain(related.message)}}


def _fix(home: str, lines: Lines, fix: Fix) -> dict[str, object]:
    what = "Safe fix" if fix.is_safe else "Unsafe fix: it may lose or guess something"
    return {
        "description": {"text": what},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": home},
                "replacements": [
                    {
                        "deletedRegion": _region(lines, edit.span),
                        "insertedContent": {"text": edit.replacement},
                    }
                    for edit in _apart(fix.edits)
                ],
            }
        ],
        "properties": {"safe": fix.is_safe},
    }


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    """The edits, in order, of which those that touch are one: nobody says which comes first."""
    if len(edits) == 1:
        return list(edits)
    apart: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if apart and apart[-1].span.end == edit.span.start:
            last = apart.pop()
            span = Span(last.span.start, edit.span.end)
            apart.append(Edit(span, last.replacement + edit.replacement))
        else:
            apart.append(edit)
    return apart
