"""Diagnostics in reviewdog's format, whose suggestions a pull request takes with one click.

Source: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from peftlint.diagnostic import Diagnostic
from peftlint.homepage import HOME
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.as_json import write_lines
from peftlint.report.location import line_end_before, readable, relative, shown
from peftlint.report.tally import Tally
from peftlint.report.terminal import Write
from peftlint.rule import Fix, Severity
from peftlint.source import Edit, Lines, Span, apply_edits

_SEVERITIES: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}

#: Said with the suggestion of an unsafe fix.
_UNSAFE = "the suggestion may lose or guess something: look before you take it"

#: A comment on GitHub has at most 65,536 characters, in which the lines of a suggestion stand
#: whole, beside the message.
MOST_CHARACTERS = 60_000

#: The bytes of a byte order mark, and how many characters are counted at once.
_MARK = 3
_STEP = 256


class RdjsonlReport:
    """An object a line, one for each finding.

    What could not be read has no place in it; the run fails by its exit code.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Write the findings of one file."""
        home = readable(relative(path))
        lines = git_lines(document)
        columns = ByteColumns(document.text, lines, has_mark=document.has_mark)
        write_lines(
            self._write, (_record(home, lines, columns, diagnostic) for diagnostic in diagnostics)
        )

    def close(self, tally: Tally) -> None:
        """Nothing: a line is whole by itself."""


def _record(
    path: str, lines: Lines, columns: ByteColumns, diagnostic: Diagnostic
) -> dict[str, object]:
    message = printable(diagnostic.message)
    code = {"value": diagnostic.code}
    if diagnostic.url is not None:
        code["url"] = diagnostic.url
    record: dict[str, object] = {
        "message": message,
        "location": {"path": path, "range": columns.range(shown(lines, diagnostic.span))},
        "severity": _SEVERITIES[diagnostic.severity],
        "source": {"name": "peftlint", "url": HOME},
        "code": code,
    }
    if diagnostic.fix is not None and diagnostic.fix.edits:
        edit = suggestion(lines, diagnostic.fix)
        if _fits(lines, edit):
            record["suggestions"] = [{"range": columns.range(edit.span), "text": edit.replacement}]
            if not diagnostic.fix.is_safe:
                record["message"] = f"{message} ({_UNSAFE})"
    return record


def git_lines(document: Document) -> Lines:
    """The lines of a list as git counts them, and with it the pull request.

    To git, a carriage return by itself ends no line.
    """
    text = document.text
    if text.count("\r") == text.count("\r\n"):
        return document.lines
    lines = Lines("")
    lines.text = text
    starts = array("Q", [0])
    at = text.find("\n") + 1
    while at:
        starts.append(at)
        at = text.find("\n", at) + 1
    lines.starts = starts
    return lines


def suggestion(lines: Lines, fix: Fix) -> Edit:
    """A fix as one edit, since each suggestion is taken by itself.

    It reaches over what lies between the fix's edits. It does not end at the start of a line where
    it can end before that line: reviewdog puts a suggestion on all its lines, and can do so only
    where the pull request shows them all; the last line of a text has none after it.

    Args:
        lines: of the text that the fix is for.
        fix: at least one edit.
    """
    text = lines.text
    start = min(edit.span.start for edit in fix.edits)
    end = max(edit.span.end for edit in fix.edits)
    moved = [
        Edit(Span(edit.span.start - start, edit.span.end - start), edit.replacement)
        for edit in fix.edits
    ]
    replacement = apply_edits(text[start:end], moved)
    line_end = line_end_before(lines, end)
    if not line_end or end - len(line_end) < start:
        return Edit(Span(start, end), replacement)
    before = end - len(line_end)
    if replacement.endswith(line_end):
        return Edit(Span(start, before), replacement[: -len(line_end)])
    if not replacement and end == len(text) and line_end == line_end_before(lines, start):
        # The line end before goes instead of the one after.
        return Edit(Span(start - len(line_end), before), "")
    return Edit(Span(start, end), replacement)


def _fits(lines: Lines, edit: Edit) -> bool:
    """Whether a comment has room for a suggestion, with what else stands in its lines."""
    first, last = lines.line(edit.span.start), lines.line(edit.span.end)
    before = edit.span.start - lines.starts[first - 1]
    end = lines.starts[last] if last < len(lines) else len(lines.text)
    return before + len(edit.replacement) + end - edit.span.end <= MOST_CHARACTERS


class _Position(NamedTuple):
    line: int
    column: int


class ByteColumns:
    """Lines and columns in bytes of UTF-8, both counted from 1.

    Each piece of a line is counted once: a line of a megabyte may have as many findings as words.

    Args:
        text: the whole text.
        lines: its lines.
        has_mark: whether the file begins with a byte order mark, whose bytes count.
    """

    def __init__(self, text: str, lines: Lines, *, has_mark: bool) -> None:
        self._text = text
        self._lines = lines
        self._is_ascii = text.isascii()
        self._mark = _MARK if has_mark else 0
        self._counts: dict[int, list[int]] = {}

    def position(self, offset: int) -> _Position:
        """The place of an offset in code points."""
        line = self._lines.line(offset)
        start = self._lines.starts[line - 1]
        before = offset - start if self._is_ascii else self._bytes(line, start, offset)
        return _Position(line, before + 1 + (self._mark if line == 1 else 0))

    def range(self, span: Span) -> dict[str, object]:
        """A span as reviewdog has it, its end not included."""
        return {
            "start": self.position(span.start)._asdict(),
            "end": self.position(span.end)._asdict(),
        }

    def _bytes(self, line: int, start: int, offset: int) -> int:
        counts = self._counts.setdefault(line, [0])
        step, rest = divmod(offset - start, _STEP)
        while len(counts) <= step:
            at = start + (len(counts) - 1) * _STEP
            counts.append(counts[-1] + _size(self._text[at : at + _STEP]))
        return counts[step] + _size(self._text[offset - rest : offset])


def _size(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))
