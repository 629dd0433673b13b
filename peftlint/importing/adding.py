"""Works put into a list, proved: all that was there is there, and the new ones read as meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from peftlint.convention import LEAST
from peftlint.importing.citation import Citation
from peftlint.importing.column import Columns, columns_of
from peftlint.importing.draft import Draft, drafted
from peftlint.importing.manner import Manner
from peftlint.importing.place import Home, best, homes
from peftlint.importing.siblings import Siblings
from peftlint.layout.learnt import learnt
from peftlint.layout.named import Choice, Layout
from peftlint.layout.roundtrip import difference, head
from peftlint.markdown.leaf import leaves
from peftlint.model import Document, Entry, Section
from peftlint.proof import facts
from peftlint.reader import read
from peftlint.source import Edit, Span, apply_edits
from peftlint.style.family import families

_ITEMS = frozenset(("bullet", "ordered", "paragraph"))
#: So many times works are taken out that do not read back, before nothing is added.
_MOST_ATTEMPTS = 12


class Added(NamedTuple):
    """A work that was added.

    Attributes:
        work: from the bibliography.
        line: where it begins in the new text, counted from 1.
        lost: what of it found no place, for a person.
    """

    work: Citation
    line: int
    lost: tuple[str, ...]


class Refused(NamedTuple):
    """A work that was not added, and why."""

    work: Citation
    reason: str


class Additions(NamedTuple):
    """What adding did.

    Attributes:
        text: the list; the same as given where nothing was added.
        added: in the order of the list.
        refused: in the order of the bibliography.
    """

    text: str
    added: tuple[Added, ...]
    refused: tuple[Refused, ...]


class CannotAddError(Exception):
    """Nothing can be added to a section; the message is for a person."""


def add(
    document: Document, section: Section, works: Sequence[Citation], choice: Choice | Layout
) -> Additions:
    """Add works to a section of a list.

    Args:
        document: the list.
        section: one of its sections.
        works: those that are not in the list yet, in the order of their bibliography.
        choice: the list's own ways, or the layout to take instead.

    Raises:
        CannotAddError: the section has entries of a sort that cannot be added to, or nothing
            tells how they are written.
    """
    return _Adding(document, section, choice).run(works)


class _Piece(NamedTuple):
    """New entries that go to one place."""

    home: int
    slot: int
    drafts: list[Draft]


class _Adding:
    def __init__(self, document: Document, section: Section, choice: Choice | Layout) -> None:
        self.document = document
        self.section = section
        self.choice = choice
        self.manner = Manner(document)
        self.homes = homes(document, section)
        if section.entries and not self.homes[0].members:
            raise CannotAddError(
                f"line {section.entries[0].line}: entries of this sort (headings, rows of HTML) "
                "cannot be added to"
            )
        self.columns = self._columns()
        self.template = (self.columns.layout if self.columns else self._layout()).template

    def run(self, works: Sequence[Citation]) -> Additions:
        drafts = [drafted(work, self.template, self.manner) for work in works]
        refused: list[Refused] = []
        kept: list[Draft] = []
        for draft in drafts:
            if draft.shown.left:
                reason = f"the layout has no place for its {' and '.join(draft.shown.left)}"
                refused.append(Refused(draft.work, reason))
            else:
                kept.append(draft)
        for _ in range(_MOST_ATTEMPTS):
            if not kept:
                break
            text, lines = self._with(kept)
            problems = self._problems(text, kept, lines)
            if not problems:
                order = sorted(range(len(kept)), key=lambda at: lines[at])
                added = (Added(kept[at].work, lines[at], kept[at].lost) for at in order)
                return Additions(text, tuple(added), _in_order(refused))
            refused += [Refused(kept[at].work, problems[at]) for at in problems]
            kept = [draft for at, draft in enumerate(kept) if at not in problems]
        refused += [Refused(draft.work, "it would not read back") for draft in kept]
        return Additions(self.document.text, (), _in_order(refused))

    # How

    def _columns(self) -> Columns | None:
        members = self.homes[0].members
        if not members or members[0].entry.kind != "table-row":
            if isinstance(self.choice, Layout) and members:
                self._require_items(self.choice)
            return None
        if isinstance(self.choice, Layout) and self.choice.template.kind != "table-row":
            raise CannotAddError(
                f"line {members[0].line}: the section is a table, whose rows are written in its "
                "own columns; leave --layout out"
            )
        found = columns_of(self.document, [member.entry for member in members])
        if isinstance(found, str):
            raise CannotAddError(f"line {members[0].line}: {found}")
        return found

    @staticmethod
    def _require_items(layout: Layout) -> None:
        if layout.template.kind == "table-row":
            raise CannotAddError(
                f"layout {layout.name} writes rows of a table, and the section has none"
            )

    def _layout(self) -> Layout:
        if isinstance(self.choice, Layout):
            return self.choice
        reason = ""
        for section in self._sections():
            found = self.choice(self.document, section)
            if isinstance(found, Layout):
                return found
            reason = reason or found or ""
            own = self._learnt(section.entries)
            if own is not None:
                return own
        own = self._learnt(self.document.entries)
        if own is not None:
            return own
        reason = reason or "the list has no entries"
        raise CannotAddError(f"{reason}: choose one with --layout")

    def _learnt(self, entries: Sequence[Entry]) -> Layout | None:
        """The layout of few entries, of which none speaks for the list."""
        items = [entry for entry in entries if entry.kind in _ITEMS]
        if not items or len(self.document.entries) >= LEAST * LEAST:
            items = items if len(items) >= LEAST else []
        return learnt(self.document, families(self.document, items)[0]) if items else None

    def _sections(self) -> Iterator[Section]:
        """The section, and where it has no entries those nearest to it that have."""
        yield from [self.section] if self.section.entries else []
        if self.section.entries:
            return
        sections = self.document.sections
        at = next(n for n, one in enumerate(sections) if one is self.section)
        parent = self.section.path[:-1]
        others = [
            (one.path[:-1] != parent, abs(n - at), n)
            for n, one in enumerate(sections)
            if any(entry.kind in _ITEMS for entry in one.entries)
        ]
        for _, _, n in sorted(others)[:4]:
            yield sections[n]

    # Writing

    def _with(self, drafts: Sequence[Draft]) -> tuple[str, list[int]]:
        """The list with new entries, and the line of each."""
        pieces = self._pieces(drafts)
        edits: list[Edit] = []
        #: Where each draft is put in, and in which line of that.
        inserted: dict[int, tuple[int, int]] = {}
        for number, home in enumerate(self.homes):
            own = [piece for piece in pieces if piece.home == number]
            siblings = Siblings(self.document, home.members, self.template, self.columns)
            for piece in own:
                edit, starts = self._insertion(home, siblings, piece, own)
                edits.append(edit)
                for start, draft in zip(starts, piece.drafts, strict=True):
                    inserted[id(draft)] = (edit.span.start, start)
            edits += _recounted(home, siblings, own)
        edits.sort(key=lambda edit: edit.span)
        lines = self.document.lines
        found = []
        for draft in drafts:
            offset, start = inserted[id(draft)]
            before = [edit for edit in edits if edit.span.start < offset]
            more = sum(_line_ends(edit.replacement) for edit in before)
            found.append(lines.line(offset) + more + start)
        return apply_edits(self.document.text, edits), found

    def _pieces(self, drafts: Sequence[Draft]) -> list[_Piece]:
        found: dict[tuple[int, int], list[Draft]] = defaultdict(list)
        for draft in drafts:
            number = best(self.homes, draft.entry)
            found[number, self.homes[number].slot(draft.entry)].append(draft)
        return [
            _Piece(home, slot, sorted(some, key=lambda one: self.homes[home].rank(one.entry)))
            for (home, slot), some in sorted(found.items())
        ]

    def _insertion(
        self, home: Home, siblings: Siblings, piece: _Piece, pieces: Sequence[_Piece]
    ) -> tuple[Edit, list[int]]:
        """The edit that puts new entries in, and in which of its lines each begins."""
        lines = self.document.lines
        gap = siblings.gap(piece.drafts)
        step = 1 if self.columns is not None else siblings.step()
        number = self._first_number(siblings, piece, pieces)
        blocks = [
            siblings.lines(draft, piece.slot, number + at * step)
            for at, draft in enumerate(piece.drafts)
        ]
        written: list[str] = []
        starts: list[int] = []
        blank = self._blank(home)
        for block in blocks:
            written += [blank] * gap if written else []
            starts.append(len(written))
            written += block
        newline = self.document.newline
        members = home.members
        if members and piece.slot < len(members):
            offset = lines.span(members[piece.slot].line).start
            text = newline.join([*written, *[blank] * gap, ""])
            return Edit(Span(offset, offset), text), starts
        if members:
            last = members[-1]
            offset = lines.span(last.line, last.end_line).end
            more = 1 + gap
            return (
                Edit(Span(offset, offset), newline.join(["", *[blank] * gap, *written])),
                [start + more for start in starts],
            )
        return self._into_empty(written, starts)

    def _first_number(self, siblings: Siblings, piece: _Piece, pieces: Sequence[_Piece]) -> int:
        """The number of the first new entry of a piece, those of other pieces counted."""
        step = 1 if self.columns is not None else siblings.step()
        others = sum(
            len(one.drafts)
            for one in pieces
            if (one.slot < piece.slot if step > 0 else one.slot > piece.slot)
        )
        if self.columns is not None:
            return others
        return siblings.first_number(piece.slot, len(piece.drafts)) + (others if step else 0)

    def _blank(self, home: Home) -> str:
        """An empty line between entries."""
        if not home.members:
            return ""
        entry = home.members[0].entry
        before = self.document.text[self.document.lines.span(entry.line).start : entry.span.start]
        return before.rstrip() if ">" in before else ""

    def _into_empty(self, written: list[str], starts: list[int]) -> tuple[Edit, list[int]]:
        """Put entries at the end of a section that has none."""
        lines = self.document.lines
        last = self.section.end_line
        while last > self.section.start_line and not lines.content(last).strip():
            last -= 1
        newline = self.document.newline
        if self.template.kind == "table-row":
            above = head(self.template).split("\n")
            written = [*above, *written]
            starts = [start + len(above) for start in starts]
        is_at_start = not lines.content(last).strip()
        offset = lines.span(last).end
        above_lines = [] if is_at_start else ["", ""]
        following = last + 1 <= len(lines) and lines.content(last + 1).strip()
        text = newline.join([*above_lines, *written, *([""] if following else [])])
        return Edit(Span(offset, offset), text), [start + len(above_lines) for start in starts]

    # Proving

    def _problems(self, text: str, drafts: Sequence[Draft], lines: Sequence[int]) -> dict[int, str]:
        """The places of drafts that must not be added, and why."""
        after = read(text)
        by_line = {entry.line: entry for entry in after.entries}
        found: dict[int, str] = {}
        new: set[int] = set()
        for at, (draft, line) in enumerate(zip(drafts, lines, strict=True)):
            entry = by_line.get(line)
            if entry is None:
                found[at] = "it would not read as an entry of its own"
                continue
            new.add(id(entry))
            if entry.section != self.section.path:
                found[at] = "it would come to stand in another section"
                continue
            differing = difference(draft.entry, entry, draft.shown)
            if differing:
                found[at] = differing
        if found:
            return found
        old = [entry for entry in after.entries if id(entry) not in new]
        was = [facts(entry) for entry in self.document.entries]
        if [facts(entry) for entry in old] != was:
            return dict.fromkeys(range(len(drafts)), "entries that are there would read otherwise")
        ranges = [(e.line, e.end_line) for e in after.entries if id(e) in new]
        if self.columns is None and self.template.kind == "table-row":
            # The head of a table that was not there.
            ranges.append((min(lines) - 2, min(lines) - 1))
        if _html(text, ranges) != _html(self.document.text, []):
            return dict.fromkeys(range(len(drafts)), "it would change what other lines render as")
        return {}


def _recounted(home: Home, siblings: Siblings, pieces: Sequence[_Piece]) -> Iterator[Edit]:
    """The edits that count on the entries of a run."""
    if not (home.members and siblings.is_counted and siblings.step()):
        return
    more = [0] * len(home.members)
    for piece in pieces:
        counted = range(piece.slot, len(more)) if siblings.step() > 0 else range(piece.slot)
        for at in counted:
            more[at] += len(piece.drafts)
    yield from siblings.recounted(more)


def _html(text: str, without: Sequence[tuple[int, int]]) -> Sequence[str]:
    """What a text renders to, some lines left out."""
    left_out = {line for first, last in without for line in range(first, last + 1)}
    return [leaf.html for leaf in leaves(text) if leaf.line not in left_out]


def _line_ends(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def _in_order(refused: Sequence[Refused]) -> tuple[Refused, ...]:
    return tuple(sorted(refused, key=lambda one: one.work.line))


def lines_of(additions: Additions, document: Document) -> Mapping[int, int]:
    """The lines of the entries that were added, first to last."""
    wanted = {one.line for one in additions.added}
    return {entry.line: entry.end_line for entry in document.entries if entry.line in wanted}
