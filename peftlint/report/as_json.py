"""Diagnostics as JSON, for programs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.report.tally import Tally
from peftlint.report.terminal import Write
from peftlint.rule import Fix
from peftlint.source import Lines

#: Characters that a terminal may obey, that are not ASCII or that UTF-8 cannot hold (a lone
#: surrogate stands for a byte of a path that is not UTF-8). A JSON escape means the same.
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)

_FINDINGS_AT_ONCE = 1000


def encode(value: object, *, indent: int | None = None) -> str:
    r"""`value` as JSON: readable where it is not ASCII, and safe to print.

    Under GitHub Actions `#` is written as `\u0023`: the runner obeys `##[command]` anywhere in
    what is printed.

    Args:
        value: of lists, dictionaries, strings, numbers, booleans and `None`.
        indent: how far to indent each level; `None` for one line.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    if "GITHUB_ACTIONS" in os.environ:
        text = text.replace("#", "\\u0023")
    return text


class JsonReport:
    """An array of findings, one to a line, written as they are found.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._is_begun = False

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Write the findings of one file."""
        # A list of 10 MB has findings for 15 MB: they are not gathered first.
        for start in range(0, len(diagnostics), _FINDINGS_AT_ONCE):
            block = [
                encode(record(path, document.lines, diagnostic))
                for diagnostic in diagnostics[start : start + _FINDINGS_AT_ONCE]
            ]
            self._write((",\n  " if self._is_begun else "[\n  ") + ",\n  ".join(block))
            self._is_begun = True

    def close(self, tally: Tally) -> None:
        """End the array."""
        self._write("\n]\n" if self._is_begun else "[]\n")


def record(path: str, lines: Lines, diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as JSON shows it: lines and columns from 1, columns in code points.

    Args:
        path: as the user knows it, with `/`.
        lines: of the text that the diagnostic is about.
        diagnostic: the finding.
    """
    return {
        "path": path,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "url": diagnostic.url,
        "message": diagnostic.message,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "end_line": diagnostic.end_line,
        "end_column": diagnostic.end_column,
        "fix": None if diagnostic.fix is None else _fix(lines, diagnostic.fix),
    }


def _fix(lines: Lines, fix: Fix) -> dict[str, object]:
    return {
        "safe": fix.is_safe,
        "edits": [
            {
                "start": lines.place(edit.span.start)._asdict(),
                "end": lines.place(edit.span.end)._asdict(),
                "replacement": edit.replacement,
            }
            for edit in sorted(fix.edits, key=lambda edit: edit.span)
        ],
    }
