"""What was read of a list, put together from what was read of its stretches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from peftlint.htmltag import tags
from peftlint.model import (
    Badge,
    Comment,
    ContentsItem,
    Document,
    Entry,
    Heading,
    Html,
    LegendItem,
    Link,
    Other,
    Passage,
    Section,
    Table,
)
from peftlint.regex import regex
from peftlint.source import Lines, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

#: The lists that grow as stretches are read, but for its sections.
_GATHERED = (
    "headings",
    "entries",
    "links",
    "badges",
    "legend",
    "contents",
    "comments",
    "others",
    "raw_html",
    "tables",
    "code",
    "hidden",
    "passages",
)
_SPAN = attrgetter("span")
#: What rules and the marks of a heading are made of.
_MARKS = regex(r"[\s#=*_-]*")
#: Tags that show nothing by themselves.
_UNSEEN = frozenset(("!--", "a", "br", "hr"))


class Gathered:
    """The parts of a document that are read so far: values, and none of the blocks.

    Args:
        lines: those of the whole text.
    """

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.text = lines.text
        self.headings: list[Heading] = []
        self.sections: list[Section] = []
        self.entries: list[Entry] = []
        self.links: list[Link] = []
        self.badges: list[Badge] = []
        self.legend: list[LegendItem] = []
        self.contents: list[ContentsItem] = []
        self.comments: list[Comment] = []
        self.others: list[Other] = []
        self.raw_html: list[Html] = []
        self.tables: list[Table] = []
        self.code: list[tuple[int, int]] = []
        self.hidden: list[tuple[int, int]] = []
        self.passages: list[Passage] = []
        self.has_front_matter = False

    @classmethod
    def begun(cls, lines: Lines) -> Self:
        """What is read of a text before its first stretch."""
        gathered = cls(lines)
        gathered.start_section(None, (), 1)
        return gathered

    def add(self, other: Gathered) -> None:
        """Take over what was read of the stretch that follows."""
        for section in other.sections:
            self._start(section)
        own, others = vars(self), vars(other)
        for name in _GATHERED:
            if found := others[name]:
                own[name].extend(found)
        self.has_front_matter = self.has_front_matter or other.has_front_matter

    def document(self) -> Document:
        """All of it, in order."""
        self.sections[-1].end_line = len(self.lines)
        self.entries.sort(key=_SPAN)
        self._fill_sections()
        for section in self.sections:
            if section.heading and not section.entries:
                end = self.lines.span(section.end_line).end
                section.is_empty = _says_nothing(self.text[section.heading.span.end : end])
        return Document(
            text=self.text,
            lines=self.lines,
            headings=tuple(self.headings),
            sections=tuple(self.sections),
            entries=tuple(self.entries),
            links=tuple(sorted(self.links, key=_SPAN)),
            badges=tuple(sorted(self.badges, key=_SPAN)),
            legend=tuple(self.legend),
            contents=tuple(self.contents),
            comments=tuple(sorted(self.comments, key=_SPAN)),
            others=tuple(sorted(self.others)),
            html=tuple(self.raw_html),
            tables=tuple(self.tables),
            has_front_matter=self.has_front_matter,
            code=tuple(_joined(self.code)),
            hidden=tuple(_joined(self.hidden)),
            passages=tuple(self.passages),
            newline=self.lines.newline,
        )

    def start_section(self, heading: Heading | None, path: tuple[str, ...], line: int) -> None:
        """Begin a section at `line`, and end the one before."""
        self._start(Section(heading, path, line, line, []))

    def _start(self, section: Section) -> None:
        line = section.start_line
        if self.sections and self.sections[-1].start_line == line:
            # Nothing stands before the first heading.
            self.sections.pop()
        elif self.sections:
            self.sections[-1].end_line = line - 1
        self.sections.append(section)

    def _fill_sections(self) -> None:
        index = 0
        sections = self.sections
        for entry in self.entries:
            while index + 1 < len(sections) and sections[index + 1].start_line <= entry.line:
                index += 1
            sections[index].entries.append(entry)


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Places in order, those that overlap as one."""
    joined: Span | None = None
    for start, end in sorted(places):
        if joined is None or start >= joined.end:
            if joined is not None:
                yield joined
            joined = Span(start, end)
        elif end > joined.end:
            joined = Span(joined.start, end)
    if joined is not None:
        yield joined


def _says_nothing(text: str) -> bool:
    """Whether there is nothing in `text` but blanks, rules, comments and tags that end or name."""
    at = 0
    for tag in tags(text):
        if not _MARKS.fullmatch(text, at, tag.start):
            return False
        if not tag.is_closing and tag.name not in _UNSEEN:
            return False
        at = tag.end
    return _MARKS.fullmatch(text, at) is not None
