"""Diagnostics as JSON, for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.report.tally import Tally
from peftlint.report.terminal import Write
from peftlint.rule import SEVERITIES, Fix
from peftlint.source import Lines

#: Characters that a terminal may obey, that are not ASCII or that UTF-8 cannot hold (a lone
#: surrogate stands for a byte of a path that is not UTF-8). A JSON escape means the same.
_UNPRINTABLE = regex(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)

#: `json.dumps` makes one for each value.
_ENCODER = json.JSONEncoder(ensure_ascii=False)

#: Of what a `json` report is made of; another number means that programs have to be changed.
VERSION = 1

_FINDINGS_AT_ONCE = 1000


def encode(value: object, *, indent: int | None = None) -> str:
    r"""`value` as JSON: readable where it is not ASCII, and safe to print.

    Under GitHub Actions `#` is written as `\u0023`: the runner obeys `##[command]` anywhere in
    what is printed.

    Args:
        value: of lists, dictionaries, strings, numbers, booleans and `None`.
        indent: how far to indent each level; `None` for one line.
    """
    if indent is None:
        text = _ENCODER.encode(value)
    else:
        text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not text.isprintable():
        text = _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    if "#" in text and "GITHUB_ACTIONS" in os.environ:
        text = text.replace("#", "\\u0023")
    return text


class JsonArray:
    """An array, one value to a line, written as they come.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._is_begun = False

    def extend(self, values: Iterable[object]) -> None:
        """Write some values."""
        self.extend_encoded(map(encode, values))

    def extend_encoded(self, values: Iterable[str]) -> None:
        """Write some values that are JSON already."""
        # A list of 10 MB has findings for 15 MB: they are not gathered first.
        for block in blocks(values):
            self._write((",\n  " if self._is_begun else "[\n  ") + ",\n  ".join(block))
            self._is_begun = True

    def close(self) -> None:
        """End the array."""
        self._write("\n]" if self._is_begun else "[]")


def blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """So many lines as are written at once, up to the last."""
    rest = iter(lines)
    while block := list(islice(rest, _FINDINGS_AT_ONCE)):
        yield block


class JsonReport:
    """An object with all findings, one to a line and written as they are found, and what else is.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._findings: JsonArray | None = None

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Write the findings of one file."""
        self._begun().extend(record(path, document.lines, diagnostic) for diagnostic in diagnostics)

    def close(self, tally: Tally) -> None:
        """End the array, and write the rest of the object."""
        self._begun().close()
        errors, summary = encode(list(tally.errors)), encode(_summary(tally))
        self._write(f',\n"errors": {errors},\n"summary": {summary}}}\n')

    def _begun(self) -> JsonArray:
        if self._findings is None:
            self._write(f'{{"version": {VERSION}, "findings": ')
            self._findings = JsonArray(self._write)
        return self._findings


class JsonLinesReport:
    """An object a line, one for each finding.

    Source: https://jsonlines.org

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Write the findings of one file."""
        write_lines(
            self._write, (record(path, document.lines, diagnostic) for diagnostic in diagnostics)
        )

    def close(self, tally: Tally) -> None:
        """Nothing: a line is whole by itself."""


def write_lines(write: Write, values: Iterable[object]) -> None:
    """Write values as JSON, one to a line."""
    for block in blocks(map(encode, values)):
        write("\n".join(block) + "\n")


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


def _summary(tally: Tally) -> dict[str, object]:
    severities = dict.fromkeys(SEVERITIES, 0)
    for count in tally.rules.values():
        severities[count.severity] += count.findings
    return {
        "files": tally.files,
        "files_with_findings": tally.dirty_files,
        "entries": tally.entries,
        "findings": tally.findings,
        "severities": severities,
        "fixable": tally.safe,
        "fixable_unsafely": tally.unsafe,
    }


def _fix(lines: Lines, fix: Fix) -> dict[str, object]:
    return {
        "safe": fix.is_safe,
        "edits": [
            {
                "start": _place(lines, edit.span.start),
                "end": _place(lines, edit.span.end),
                "replacement": edit.replacement,
            }
            for edit in sorted(fix.edits, key=lambda edit: edit.span)
        ],
    }


def _place(lines: Lines, offset: int) -> dict[str, int]:
    line, column = lines.place(offset)
    return {"line": line, "column": column}
