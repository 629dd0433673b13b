"""The entries of a list that a layout writes otherwise, each written and read back by itself.

Where entries become rows of a table or leave one, the edits write its head as well, and entries
go together that one table holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from peftlint.layout.lacking import lacking
from peftlint.layout.named import OWN, Choice, Layout
from peftlint.layout.ownways import OwnWays
from peftlint.layout.roundtrip import Laid, is_written_so, read_back
from peftlint.layout.row import is_like, narrowed, with_columns_of
from peftlint.layout.tablehead import ListTable, column_without_field, obstacle, tables
from peftlint.layout.tableplace import Placed, edits, has_head, off_ground
from peftlint.layout.written import is_kept_by_label
from peftlint.model import Document, Entry, Section
from peftlint.source import Edit

_NO_LAYOUTS: Mapping[int, Layout | str] = {}
_ITEMS = ("bullet", "ordered", "paragraph")
#: A list is not made a table if of so many of its entries one cannot be a row.
_FEW = 8


@dataclass(slots=True)
class Draft:
    """An entry that is written otherwise: where it stood, its new text, and what it says now."""

    index: int
    laid: Laid
    edit: Edit
    layout: Layout


class Together(NamedTuple):
    """Entries that are laid out together, or not at all.

    Attributes:
        entries: their places.
        most_left: so many of them may be left as they are.
        reason: why the others are left, with a place for how many cannot be laid out and why.
    """

    entries: tuple[int, ...]
    most_left: int
    reason: str


class Drafting:
    """A list whose entries are written in the layouts of its sections.

    Attributes:
        document: the list.
        left: the places of entries that are left as they are, and why.
        lacking: of each layout that somebody chose, the lines of entries with fields that it
            lacks.
        labelled: the lines of entries whose title could open a link that keeps its label instead.
        tables: those in the list whose rows are entries.
        table_of: the same by the places of their entries.

    Args:
        document: the list.
        choice: the layout of each section.
        may_lose: the fields that are dropped where a layout has no place for them.
        unlaid: the places of entries that are not to be laid out, and why.
    """

    def __init__(
        self,
        document: Document,
        choice: Choice,
        may_lose: frozenset[str],
        unlaid: Mapping[int, str],
    ) -> None:
        self.document = document
        self.choice = choice
        self.may_lose = may_lose
        self._unlaid = unlaid
        self.lacking: dict[str, dict[str, list[int]]] = {}
        self.left: dict[int, str] = {}
        self.tables = document.once(tables)
        self.table_of = {index: table for table in self.tables for index in table.entries}
        self.labelled: list[int] = []
        self._obstacles: dict[int, str | None] = {}
        self._together: list[Together] = []

    def drafts(self) -> Iterator[Draft]:
        """The entries that the layouts write otherwise."""
        document = self.document
        places = {id(entry): index for index, entry in enumerate(document.entries)}
        hindered = dict.fromkeys(_overlapping(document), "it shares its lines with another entry")
        hindered.update(self._unlaid)
        off: dict[int, str] | None = None
        for section in document.sections:
            layout = self.choice(document, section) if section.entries else None
            if layout is None:
                continue
            indices = [places[id(entry)] for entry in section.entries]
            if isinstance(layout, str):
                self.left.update((index, layout) for index in indices)
                continue
            if layout.template.kind == "table-row":
                off = off_ground(document) if off is None else off
                yield from self._rows(indices, layout, off | hindered)
            else:
                yield from self._items(section, indices, layout, hindered)

    def _items(
        self, section: Section, indices: Sequence[int], usual: Layout, hindered: Mapping[int, str]
    ) -> Iterator[Draft]:
        """The entries of a section that a layout of items or paragraphs writes otherwise."""
        document, choice = self.document, self.choice
        own = {
            index: choice.of_entry(document, section, document.entries[index]) or usual
            for index in indices
            if isinstance(choice, OwnWays)
        }
        for index, laid, layout in self._laid(indices, usual, hindered, own):
            if not is_written_so(self.document, self.document.entries[index], laid.text):
                yield self._draft(index, laid, layout)
        self._keep_tables_whole(indices, lambda _table: True)

    def _rows(
        self, indices: Sequence[int], layout: Layout, hindered: Mapping[int, str]
    ) -> Iterator[Draft]:
        """The entries of a section that a layout of rows writes otherwise."""
        document = self.document
        laid = {index: one for index, one, _ in self._laid(indices, layout, hindered)}
        narrow = narrowed(layout, (one.text for one in laid.values()))
        for index, one in laid.items():
            text = with_columns_of(narrow, layout, one.text)
            draft = self._draft(index, one._replace(text=text), narrow)
            table = self.table_of.get(index)
            stays = table is not None and has_head(document, table, narrow)
            if not stays or not is_like(text, document.slice(document.entries[index].span)):
                yield draft
        self._keep_tables_whole(indices, lambda table: not has_head(document, table, narrow))
        others = tuple(index for index in indices if document.entries[index].kind in _ITEMS)
        reason = f"{{}} of the {len(others)} entries of its section cannot be rows of a table: {{}}"
        self._together.append(Together(others, len(others) // _FEW, reason))

    def _laid(
        self,
        indices: Sequence[int],
        usual: Layout,
        hindered: Mapping[int, str],
        own: Mapping[int, Layout | str] = _NO_LAYOUTS,
    ) -> Iterator[tuple[int, Laid, Layout]]:
        """The entries of a section that can be laid out, each with its layout."""
        document = self.document
        number = 0
        for index in indices:
            entry = document.entries[index]
            number = number + 1 if entry.kind != "ordered" or entry.number is None else entry.number
            if entry.kind == "table-row" and usual.name == OWN:
                # What is wrong with its table as such is not for a layout of items to mend.
                continue
            layout = own.get(index, usual)
            if isinstance(layout, str):
                self.left[index] = layout
                continue
            reason = hindered.get(index) or self._unmovable(index, entry)
            laid = reason or read_back(layout, entry, document, number, self.may_lose)
            if isinstance(laid, str):
                self.left[index] = reason or self.explained(index, laid)
                if reason is None and index not in self.table_of:
                    self._note_lacking(layout, entry)
                continue
            if self._could_open(layout, entry):
                self.labelled.append(entry.line)
            yield index, laid, layout

    def _could_open(self, layout: Layout, entry: Entry) -> bool:
        """Whether a label is all that keeps a title from opening the link to the paper."""
        if layout.name == OWN or "labels" in self.may_lose:
            return False
        return "url" in layout.template.names() and is_kept_by_label(entry)

    def _unmovable(self, index: int, entry: Entry) -> str | None:
        """Why an entry has to stay what it is, in whatever layout."""
        if entry.kind == "html-row":
            return "it is a row of a table in HTML"
        if entry.kind == "heading":
            return "it is a heading"
        table = self.table_of.get(index)
        if table is None:
            return None
        return self._obstacle(table)

    def explained(self, index: int, reason: str) -> str:
        """Why an entry is left, by the column of its table where one holds what is no field."""
        table = self.table_of.get(index)
        return (table and column_without_field(self.document, table, index)) or reason

    def _obstacle(self, table: ListTable) -> str | None:
        if id(table) not in self._obstacles:
            self._obstacles[id(table)] = obstacle(self.document, table)
        return self._obstacles[id(table)]

    def _draft(self, index: int, laid: Laid, layout: Layout) -> Draft:
        new = laid.text.replace("\n", self.document.newline)
        return Draft(index, laid, Edit(self.document.entries[index].span, new), layout)

    def _keep_tables_whole(
        self, indices: Sequence[int], changes: Callable[[ListTable], bool]
    ) -> None:
        """See to it that tables of which the head changes are written whole or not at all."""
        within = {id(table): table for i in indices if (table := self.table_of.get(i)) is not None}
        self._together.extend(
            Together(table.entries, 0, "its table is left as it is: {1}")
            for table in within.values()
            if changes(table)
        )

    def leave_together(self) -> None:
        """Leave entries as they are that go with others which are left."""
        for entries, most_left, reason in self._together:
            left = [index for index in entries if index in self.left]
            if most_left < len(left) < len(entries):
                line = self.document.entries[left[0]].line
                why = reason.format(len(left), f"in line {line}, {self.left[left[0]]}")
                self.left.update((index, why) for index in entries if index not in self.left)

    def _note_lacking(self, layout: Layout, entry: Entry) -> None:
        """Note what keeps an entry from being laid out and could be let go."""
        lacks = lacking(layout.template) - self.may_lose
        if layout.name == OWN or not lacks:
            return
        laid = read_back(layout, entry, self.document, may_lose=self.may_lose | lacks)
        for name in laid.shown.left if isinstance(laid, Laid) else ():
            if name in lacks:
                lines = self.lacking.setdefault(layout.name, {}).setdefault(name, [])
                lines.append(entry.line)

    def edits(self, drafts: Sequence[Draft]) -> Iterator[Edit]:
        """The edits that write the entries, with a blank line after one of several paragraphs."""
        document = self.document
        rows = self.placed(drafts)
        yield from edits(document, self.tables, rows)
        moved = {row.entry for row in rows}
        for draft in drafts:
            if draft.index in moved:
                continue
            entry = document.entries[draft.index]
            edit = draft.edit
            following = entry.end_line + 1
            is_open = following <= len(document.lines) and document.lines.content(following).strip()
            if is_open and "\n\n" in draft.laid.text and "\n\n" not in document.slice(entry.span):
                edit = edit._replace(replacement=edit.replacement + document.newline)
            yield edit

    def placed(self, drafts: Sequence[Draft]) -> list[Placed]:
        """The drafts that are rows or become some."""
        return [
            Placed(draft.index, draft.laid.text, draft.layout)
            for draft in drafts
            if draft.layout.template.kind == "table-row" or draft.index in self.table_of
        ]


def _overlapping(document: Document) -> Iterator[int]:
    """The places of entries that share a line with another."""
    end_line, last = 0, -1
    for index, entry in enumerate(document.entries):
        if entry.line <= end_line:
            yield last
            yield index
        if entry.end_line > end_line:
            end_line, last = entry.end_line, index
