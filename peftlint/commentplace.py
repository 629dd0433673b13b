"""Where in a list a comment that silences findings can stand, the best place first.

A comment between two items of a list would part the list, one in a paragraph's middle would end
it, and one before a line of a table would end the table. So an entry of a list gets it as the last
line inside of it, a row of a table at the end of its last cell, and a heading the line above.
Whether a place does no harm in this list is not known here: `peftlint.silencer` tries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document, Entry
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.suppression import Directive, Scope, Suppressions

_VERBS: dict[Scope, str] = {
    "line": "peftlint-disable-line",
    "next-line": "peftlint-disable-next-line",
    "entry": "peftlint-disable-entry",
    "file": "peftlint-disable-file",
}
_BAR = regex(r"(?<!\\)\|")
_INDENT = regex(r"[ \t]*")


class Spot(NamedTuple):
    """A place for a comment, new or there already.

    Attributes:
        span: what it takes the place of: a comment that is extended, or an empty place.
        scope: what it silences.
        before, after: what stands around it, where it is new.
        had: the names that it has already, as written.
        reason: that it has already.
        is_in_table: whether it stands in a table's cell, where a bar means something.
    """

    span: Span
    scope: Scope
    before: str = ""
    after: str = ""
    had: tuple[str, ...] = ()
    reason: str = ""
    is_in_table: bool = False

    def text(self, names: Sequence[str], reason: str) -> str:
        """The comment with these names as well, sorted."""
        known = {name.casefold(): name for name in (*names, *self.had)}
        shown = ", ".join(known[key] for key in sorted(known))
        reasons = [self.reason] if self.reason else []
        if reason and reason not in self.reason:
            reasons.append(reason.replace("|", "\\|") if self.is_in_table else reason)
        told = f" -- {'; '.join(reasons)}" if reasons else ""
        return f"{self.before}<!-- {_VERBS[self.scope]} {shown}{told} -->{self.after}"


@dataclass(slots=True, eq=False)
class Matter:
    """Findings that one comment is to silence.

    Attributes:
        entry: the entry that they are in; `None` where they are in none, or in a table's row.
        findings: by place.
    """

    entry: Entry | None
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Their rules, sorted."""
        return sorted({finding.name for finding in self.findings})


class Places:
    """Knows where comments can stand in a list.

    Args:
        document: the list.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._of_entries: dict[int, Directive] = {}
        self._of_lines: dict[int, Directive] = {}
        self._of_file: Directive | None = None
        for directive in Suppressions(document).directives:
            self._keep(directive)
        self._with_parts = _entries_with_parts(document)
        self._headings = document.heading_lines()
        self._rows = {
            document.lines.line(row.span.start) for table in document.tables for row in table.rows
        }
        self._rows |= {line - 2 for line in self._first_rows()}
        self._front = document.code[0].end if document.has_front_matter and document.code else 0

    def _keep(self, directive: Directive) -> None:
        """Know a comment that can be extended."""
        about = directive.suppression
        if about is None or not directive.names or len(directive.comment.text.splitlines()) > 1:
            return
        if about.scope == "file":
            self._of_file = self._of_file or directive
        elif about.entry_line is not None:
            self._of_entries.setdefault(about.entry_line, directive)
        elif about.scope != "range" and about.area is not None:
            line = self._document.lines.line(about.area.start)
            self._of_lines.setdefault(line, directive)

    def _first_rows(self) -> Iterator[int]:
        for table in self._document.tables:
            if table.rows:
                yield self._document.lines.line(table.rows[0].span.start)

    def matters(self, findings: Sequence[Diagnostic]) -> list[Matter]:
        """Findings by what silences them: those of an entry together, others line by line.

        Args:
            findings: by place.
        """
        found: dict[tuple[str, int], Matter] = {}
        for finding in findings:
            entry = self._document.entry_at(finding.span.start)
            if entry is not None and entry.line in self._rows:
                entry = None
            key = ("line", finding.line) if entry is None else ("entry", entry.line)
            found.setdefault(key, Matter(entry)).findings.append(finding)
        return list(found.values())

    def of(self, matter: Matter) -> Iterator[list[tuple[Spot, list[str]]]]:
        """The ways to silence findings, the best first: comments, each with the rules it names."""
        if matter.entry is not None:
            for spot in self._for_entry(matter.entry):
                yield [(spot, matter.names)]
        by_line: dict[int, list[str]] = {}
        for finding in matter.findings:
            by_line.setdefault(finding.line, []).append(finding.name)
        if all(self._document.lines.span(line).start >= self._front for line in by_line):
            ways = [list(self._for_line(line)) for line in by_line]
            for way in range(max(map(len, ways))):
                yield [
                    (spots[min(way, len(spots) - 1)], sorted(set(names)))
                    for spots, names in zip(ways, by_line.values(), strict=True)
                ]
        yield [(self._for_file(), matter.names)]

    def _for_entry(self, entry: Entry) -> Iterator[Spot]:
        if entry.line in self._of_entries:
            yield _extended(self._of_entries[entry.line])
        if entry.kind in {"bullet", "ordered"} and entry.line not in self._with_parts:
            lines, newline = self._document.lines, self._newline(entry.end_line)
            end = lines.span(entry.end_line).end
            yield Spot(Span(end, end), "entry", f"{newline}{entry.indent}")
        if entry.kind in {"paragraph", "heading", "html-row"}:
            yield self._above(entry.line, "entry")
        yield self._at_end(entry.line, "entry")

    def _for_line(self, line: int) -> Iterator[Spot]:
        if line in self._of_lines:
            yield _extended(self._of_lines[line])
        if line in self._rows:
            yield self._at_end(line, "line")
            # The last cell may be one too many, which is not shown.
            yield self._in_first_cell(line)
            return
        is_comment = "<!--" in self._document.lines.content(line)
        if line in self._headings or is_comment:
            yield self._above(line, "next-line")
            yield self._at_end(line, "line")
        else:
            yield self._at_end(line, "line")
            yield self._above(line, "next-line")

    def _for_file(self) -> Spot:
        if self._of_file is not None:
            return _extended(self._of_file)
        at = self._front
        if at:
            lines = self._document.lines
            at = lines.whole(lines.line(max(at - 1, 0)), lines.line(max(at - 1, 0))).end
        return Spot(Span(at, at), "file", after=self._document.newline)

    def _above(self, line: int, scope: Scope) -> Spot:
        start, content = self._document.lines.span(line).start, self._document.lines.content(line)
        indent = match[0] if (match := _INDENT.match(content)) else ""
        return Spot(Span(start, start), scope, indent, self._newline(line))

    def _at_end(self, line: int, scope: Scope) -> Spot:
        start, content = self._document.lines.span(line).start, self._document.lines.content(line)
        words = content.rstrip(" \t")
        if line in self._rows:
            if words.endswith("|") and not words.endswith("\\|"):
                inner = words[:-1].rstrip(" \t")
                at = start + len(inner)
                after = "" if words[len(inner)] in " \t" else " "
                return Spot(Span(at, at), scope, " ", after, is_in_table=True)
            at = start + len(words)
            return Spot(Span(at, at), scope, " ", is_in_table=True)
        # A backslash at the end breaks the line.
        at = start + len(words.removesuffix("\\"))
        return Spot(Span(at, at), scope, " ")

    def _in_first_cell(self, line: int) -> Spot:
        start, content = self._document.lines.span(line).start, self._document.lines.content(line)
        bars = (match.start() for match in _BAR.finditer(content))
        bar = next((at for at in bars if content[:at].strip(" \t")), len(content))
        cell = content[:bar].rstrip(" \t")
        after = "" if content[len(cell) : len(cell) + 1] in {" ", "\t"} else " "
        at = start + len(cell)
        return Spot(Span(at, at), "line", " ", after, is_in_table=True)

    def _newline(self, line: int) -> str:
        """The line end of a line, or that of the list."""
        lines = self._document.lines
        whole, content = lines.whole(line, line), lines.span(line)
        return self._document.text[content.end : whole.end] or self._document.newline


def _entries_with_parts(document: Document) -> set[int]:
    """The lines of entries that have other entries inside of them."""
    return {
        entry.line
        for entry, following in pairwise(document.entries)
        if entry.line < following.line <= entry.end_line
    }


def _extended(directive: Directive) -> Spot:
    assert directive.suppression is not None  # noqa: S101 - for the type checker
    _, _, reason = " ".join(directive.comment.text.split()).partition(" -- ")
    return Spot(
        directive.comment.span,
        directive.suppression.scope,
        had=directive.names,
        reason=reason,
    )
