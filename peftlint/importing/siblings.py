"""The lines of new entries, as those around them are written: markers, indentation, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from peftlint.importing.column import Columns
from peftlint.importing.draft import Draft
from peftlint.layout.template import Template
from peftlint.model import Document, Entry
from peftlint.regex import regex
from peftlint.source import Edit, Span
from peftlint.style.number import Miscount, Numbered, recounted
from peftlint.style.sequence import Member

_NUMBER = regex(r"\d+")


class Siblings:
    """Entries that follow each other, and what new ones among them look like.

    Args:
        document: the list.
        members: in order.
        template: of the layout in which new ones are written.
        columns: of the table whose rows they are; `None` for items and paragraphs.
    """

    def __init__(
        self,
        document: Document,
        members: Sequence[Member],
        template: Template,
        columns: Columns | None,
    ) -> None:
        self._document = document
        self._members = members
        self._template = template
        self._columns = columns
        self._entries = [member.entry for member in members]
        numbers = [_number(entry) for entry in self._entries]
        self._numbers = [number for number in numbers if number is not None]
        counts = Counter(later - earlier for earlier, later in pairwise(self._numbers))
        #: 1 where numbers count up, -1 where they count down, 0 where all are one.
        self._step = 1
        if len(self._numbers) > 1:
            self._step = max((1, 0, -1), key=lambda step: counts[step])

    @property
    def is_counted(self) -> bool:
        """Whether they have numbers."""
        return len(self._numbers) == len(self._entries) > 0 or (
            not self._entries and self._template.kind == "ordered"
        )

    def gap(self, drafts: Sequence[Draft]) -> int:
        """How many empty lines part two of them."""
        if self._columns is not None:
            return 0
        gaps = Counter(
            later.line - earlier.end_line - 1 for earlier, later in pairwise(self._members)
        )
        if gaps:
            return gaps.most_common(1)[0][0]
        is_long = any("" in draft.shown.lines for draft in drafts)
        return int(self._template.kind == "paragraph" or is_long)

    def first_number(self, slot: int, count: int) -> int:
        """The number of the first of new ones.

        Args:
            slot: before which member they go.
            count: how many there are.
        """
        numbers = self._numbers
        if not numbers:
            return 1
        if self._step == 0:
            return numbers[0]
        if self._step > 0:
            return numbers[slot - 1] + 1 if slot else numbers[0]
        return numbers[slot] + count if slot < len(numbers) else numbers[-1] + count - 1

    def lines(self, draft: Draft, slot: int, number: int) -> list[str]:
        """The lines of a new entry.

        Args:
            draft: the entry.
            slot: before which member it goes.
            number: that it gets where entries are counted.
        """
        shown = draft.shown.lines
        if self._columns is not None:
            before = self._before(self._entries[0]) if self._entries else ""
            (line,) = shown or ("",)
            return [before + self._columns.row(line, number)]
        like = self._like(slot)
        if like is None:
            marker = f"{self._template.marker} " if self._template.marker else ""
            if self._template.kind == "ordered":
                marker = f"{number}. "
            return _indented(marker, " " * len(marker), "", shown)
        before = self._before(like)
        marker = self._opening(like)
        inside = like.indent
        if self.is_counted and self._step:
            numbered = _NUMBER.sub(str(number), marker, count=1)
            if like.kind == "ordered":
                inside += " " * max(len(numbered) - len(marker), 0)
            marker = numbered
        if marker and marker == marker.rstrip():
            # Without a blank it is no item, which others may be by mistake.
            marker += " "
            inside = before + " " * len(marker)
        return _indented(before + marker, inside, before, shown)

    def step(self) -> int:
        """By how much the number of one differs from that of the one before it."""
        return self._step

    def recounted(self, more: Sequence[int]) -> Iterator[Edit]:
        """The edits that count the members on.

        Args:
            more: by how much the number of each grows.
        """
        numbered = [
            Numbered(
                entry,
                entry.marker,
                number,
                number if entry.number is None else entry.number,
                number + growth,
            )
            for entry, number, growth in zip(self._entries, self._numbers, more, strict=True)
            if entry.marker is not None and growth
        ]
        if numbered:
            yield from recounted(self._document, Miscount(numbered[0], None, numbered))

    def _like(self, slot: int) -> Entry | None:
        """The entry after which a new one is modelled: the one before it, else the one after."""
        if not self._entries:
            return None
        at = min(max(slot - 1, 0), len(self._entries) - 1)
        return self._entries[at]

    def _before(self, entry: Entry) -> str:
        line = self._document.lines.span(entry.line)
        return self._document.text[line.start : entry.span.start]

    def _opening(self, entry: Entry) -> str:
        """What an entry opens with, with the blanks behind it."""
        if entry.marker is None:
            return ""
        text, at = self._document.text, entry.marker.span.end
        while at < entry.span.end and text[at] in " \t":
            at += 1
        return self._document.slice(Span(entry.span.start, at))


def _indented(opening: str, inside: str, before: str, lines: Sequence[str]) -> list[str]:
    """Lines behind what opens an entry, the others inside it."""
    first, *others = lines
    quoted = before.rstrip() if ">" in before else ""
    return [opening + first, *(f"{inside}{line}" if line else quoted for line in others)]


def _number(entry: Entry) -> int | None:
    """The number that an entry opens with."""
    match = _NUMBER.match(entry.marker.text) if entry.marker else None
    return int(match[0]) if match else None
