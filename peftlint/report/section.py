"""How the findings of a run fall on the sections of its lists."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.report.excerpt import ELLIPSIS, cells, cut
from peftlint.rule import SEVERITIES, Severity

#: Stands between a heading and one below it.
BELOW = " > "

NO_HEADINGS = "(no headings)"
BEFORE_HEADINGS = "(before the first heading)"


class SectionCount:
    """The findings and entries directly under one heading, those under deeper ones left out.

    Attributes:
        path: of the file, as the user knows it.
        headings: the headings above and its own, outermost first; empty for what stands before
            the first heading, or in a list without headings.
        line: of its heading, or where it begins, counted from 1.
        has_headings: whether the list has any.
        title: the heading that is above all others of the list; empty where none is.
        entries: how many there are.
        by_severity: how many findings of each severity, the worst first.
    """

    __slots__ = (
        "by_severity", "entries", "has_headings", "headings", "line", "path", "title",
    )  # fmt: skip

    def __init__(
        self, path: str, headings: tuple[str, ...] = (), line: int = 1, *, has_headings: bool = True
    ) -> None:
        self.path = path
        self.headings = tuple(" ".join(heading.split()) for heading in headings)
        self.line = line
        self.has_headings = has_headings
        self.title = ""
        self.entries = 0
        self.by_severity: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(self.by_severity.values())

    def name(self, room: int) -> str:
        """`Methods > Adapters`, safe to print; without the list's title, which says nothing.

        Args:
            room: the most cells that it takes; outer headings are left out first.
        """
        if not self.headings:
            return cut(BEFORE_HEADINGS if self.has_headings else NO_HEADINGS, room)
        has_title = self.title and len(self.headings) > 1
        *outer, last = (cut(heading, room) for heading in self.headings[1 if has_title else 0 :])
        name = BELOW.join((*outer, last))
        while outer and cells(name) > room:
            del outer[0]
            name = BELOW.join((ELLIPSIS, *outer, last))
        return name if cells(name) <= room else last


def sections_of(
    path: str, document: Document, diagnostics: Iterable[Diagnostic]
) -> list[SectionCount]:
    """The sections of a list in its order, those without findings included.

    Args:
        path: of the file, as the user knows it.
        document: the list.
        diagnostics: what was found in it.
    """
    has_headings = bool(document.headings)
    starts: list[int] = []
    parts: list[SectionCount] = []
    latest: dict[tuple[str, ...], SectionCount] = {}
    for section in document.sections:
        count = None if section.heading else latest.get(section.path)
        if count is None:
            # What goes on after an entry that is a heading is no new section.
            count = SectionCount(path, section.path, section.start_line, has_headings=has_headings)
            latest[section.path] = count
        count.entries += len(section.entries)
        starts.append(section.start_line)
        parts.append(count)
    if not parts:
        starts, parts = [1], [SectionCount(path, has_headings=has_headings)]
    for diagnostic in diagnostics:
        at = max(bisect_right(starts, diagnostic.line) - 1, 0)
        parts[at].by_severity[diagnostic.severity] += 1
    tops = {count.headings[0] for count in parts if count.headings}
    if len(tops) == 1:
        (title,) = tops
        for count in parts:
            count.title = title
    return [
        count for count in dict.fromkeys(parts) if count.headings or count.entries or count.findings
    ]


def worst_first(counts: Sequence[SectionCount]) -> list[SectionCount]:
    """Those with the most findings first; of equal ones those with more errors, then in order."""
    return sorted(counts, key=lambda count: (-count.findings, -count.by_severity["error"]))
