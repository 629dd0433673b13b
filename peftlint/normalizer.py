"""A list laid out in one layout, proved.

Each entry is written in the layout and read back by itself; then the whole list is read again.
Every entry has to be there, in its order and its section, with the same facts and the same words,
what stands outside the entries that were written has to render as before, and a second run has to
change nothing. An entry for which that does not hold is left as it is, and the result says why.

Then the rest is done, see `peftlint.rest`, which proves its own steps. All of it is done again
until it changes nothing: a list that does not come to rest is not written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import NamedTuple

from peftlint.layout.kept import SAYS
from peftlint.layout.lacking import lacking, told
from peftlint.layout.named import OWN, Layout
from peftlint.layout.roundtrip import Laid, difference, is_written_so, read_back
from peftlint.layout.row import is_like, narrowed, with_columns_of
from peftlint.layout.tablehead import ListTable, column_without_field, empty_cells, obstacle, tables
from peftlint.layout.tableplace import Placed, edits, has_head, head_lines, heads, off_ground
from peftlint.layout.written import LABELS, TITLE, is_plain_paper_link
from peftlint.markdown.leaf import Leaf
from peftlint.model import Document, Entry, Section
from peftlint.proof import facts
from peftlint.rereading import forget, leaves_again, read_again
from peftlint.rest import Difference, Rest, done
from peftlint.source import LINE_END, Edit, Span, apply_edits

#: The layout in which each section is written, or why there is none; `None` for a section of
#: which nothing is to be said.
Choice = Callable[[Document, Section], Layout | str | None]

#: So many times entries are taken out which lose something, before the list is left as it is.
_MOST_ATTEMPTS = 40
#: So many times all is done, before a list does not come to rest.
_MOST_ROUNDS = 4
#: So many entries are left for what a fix would make of them, before the list is.
_MOST_UNSTABLE = 200
_NO_OPTIONS: Mapping[str, object] = {}
_NONE: Mapping[int, str] = {}
_ITEMS = ("bullet", "ordered", "paragraph")
#: A list is not made a table if of so many of its entries one cannot be a row.
_FEW = 8
#: A word, or a symbol that says something, as in `peftlint.layout.kept`.
_TOKEN = re.compile(rf"\w+|{SAYS}")
_ADDRESS = re.compile(r"https?://\S+")
_TAG = re.compile(r"<[^<>]*>")
_IMAGE = re.compile(r'<img src="([^"]*)"|<img\b[^<>]*?\bsrc=["\']?([^"\'\s>]*)')
_COMMENT = re.compile(r"&lt;!--|<!--")
#: Words that a layout may leave out or write in between.
_LITTLE = Counter(
    dict.fromkeys(("and", "et", "al", "others", "arXiv", "arxiv", "ArXiv", "Arxiv"), 99)
)
_BRACKETS = (("(", ")"), ("[", "]"))
_LABEL_WORDS = Counter(dict.fromkeys(LABELS.values(), 9))


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that was left as it is.

    Attributes:
        line: where it stands in the text that was given, counted from 1.
        title: its title.
        reason: why, for a person.
    """

    line: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class NormalizeResult:
    """What normalizing did.

    Attributes:
        text: the list; the same as given where nothing was to be done or the proof failed.
        laid: how many entries were written otherwise than before.
        like: how many were in the layout already.
        left: the entries that were left as they are, in order.
        refused: why nothing was done, for a person; `None` where the proof held.
        unformatted: why mdformat had no part in it, for a person; `None` where it had, or was to
            have none.
    """

    text: str
    laid: int
    like: int
    left: tuple[Left, ...]
    refused: str | None = None
    unformatted: str | None = None

    @property
    def changed(self) -> bool:
        """Whether any entry is written otherwise."""
        return self.laid > 0


def normalize(
    text: str,
    choice: Choice,
    *,
    may_lose: frozenset[str] = frozenset(),
    entries_only: bool = False,
    options: Mapping[str, object] = _NO_OPTIONS,
) -> NormalizeResult:
    """Lay the entries of a list out, and do the rest.

    A layout that somebody chose and that has no place for a field which an entry shows is refused
    for the whole list; the list's own layout leaves such an entry as it is.

    Args:
        text: the list.
        choice: the layout of each section.
        may_lose: the fields, of `peftlint.layout.lacking.LOSABLE`, that are dropped where the
            layout has no place for them.
        entries_only: leave mdformat out.
        options: a rule's name to an instance of its options, for the rules about layout.

    Raises:
        RuleError: a rule failed.
    """
    try:
        return _normalized(text, choice, may_lose, options, entries_only=entries_only)
    finally:
        forget()


def _normalized(
    text: str,
    choice: Choice,
    may_lose: frozenset[str],
    options: Mapping[str, object],
    *,
    entries_only: bool,
) -> NormalizeResult:
    unstable: dict[int, str] = {}
    while True:
        first = _Normalizer(text, choice, may_lose, unstable).run()
        if first.refused is not None:
            return first
        rest = _settled(first.text, choice, may_lose, unstable, options, entries_only=entries_only)
        unformatted = rest.unformatted if isinstance(rest, Rest) else rest
        if unformatted is not None and not entries_only:
            # The entries alone.
            rest = _settled(first.text, choice, may_lose, unstable, options, entries_only=True)
        new = rest.entries - unstable.keys() if isinstance(rest, _Restless) else ()
        if not new or len(unstable) > _MOST_UNSTABLE:
            break
        unstable.update(dict.fromkeys(new, "a fix of the list's layout would change it again"))
    if not isinstance(rest, Rest):
        return NormalizeResult(text, 0, 0, (), _told(_difference(rest), text, first.text))
    reason = _told(_difference(unformatted), text, first.text) if unformatted else None
    return replace(first, text=rest.text, unformatted=reason)


class _Restless(NamedTuple):
    """A list that does not come to rest.

    Attributes:
        line: the first line that is written otherwise again and again.
        entries: the places of the entries that are.
    """

    line: int
    entries: frozenset[int]


def _difference(found: Difference | _Restless) -> Difference:
    if isinstance(found, Difference):
        return found
    return Difference(found.line, "a second run would change it again")


def _settled(  # noqa: PLR0913 - all that normalizing needs
    text: str,
    choice: Choice,
    may_lose: frozenset[str],
    unstable: Mapping[int, str],
    options: Mapping[str, object],
    *,
    entries_only: bool,
) -> Rest | Difference | _Restless:
    """A list whose entries are laid out, with the rest done until nothing changes any more."""
    is_laid = True
    rest = Rest(text)
    for _ in range(_MOST_ROUNDS):
        rest = done(text, options, entries_only=entries_only)
        if rest.unformatted is not None or (is_laid and rest.text == text):
            return rest
        again = _Normalizer(rest.text, choice, may_lose, unstable).run()
        if again.refused is not None:
            return Difference(1, f"a second run would be refused: {again.refused}")
        is_laid = again.text == rest.text
        last, text = text, again.text
    # What the rest makes of it may be laid out as it was before.
    other = rest.text if last == text else last
    return _Restless(_first_difference(other, text), _differing_entries(other, text))


def _differing_entries(one: str, two: str) -> frozenset[int]:
    """The places of the entries that two texts write otherwise."""
    old, new = read_again(one), read_again(two)
    if len(old.entries) != len(new.entries):
        return frozenset()
    return frozenset(
        index
        for index, (was, now) in enumerate(zip(old.entries, new.entries, strict=True))
        if old.slice(was.span) != new.slice(now.span)
    )


def _told(found: Difference, text: str, laid: str) -> str:
    """What differs and where, for a person.

    Args:
        found: what differs, by a line of `laid`.
        text: the list.
        laid: the same with its entries laid out.
    """
    return f"line {_line_before(found.line, text, laid)}: {found.what}"


def _first_difference(one: str, two: str) -> int:
    """The first line in which two texts differ."""
    lines = zip(LINE_END.split(one), LINE_END.split(two), strict=False)
    return next((at for at, (was, now) in enumerate(lines, 1) if was != now), 1)


def _line_before(line: int, text: str, laid: str) -> int:
    """The line of a text that stands for a line of the same laid out.

    Entries are the same in both; so are the lines between them.
    """
    if text == laid:
        return line
    before, after = read_again(text).entries, read_again(laid).entries
    index = bisect_right([entry.line for entry in after], line) - 1
    if index < 0 or len(before) != len(after):
        return line
    old, new = before[index], after[index]
    if line <= new.end_line:
        return min(old.line + line - new.line, old.end_line)
    return old.end_line + line - new.end_line


def everywhere(layout: Layout) -> Choice:
    """The same layout in all sections."""
    return lambda _document, _section: layout


@dataclass(slots=True)
class _Draft:
    """An entry that is written otherwise: where it stood, its new text, and what it says now."""

    index: int
    laid: Laid
    edit: Edit
    layout: Layout


class _Together(NamedTuple):
    """Entries that are laid out together, or not at all.

    Attributes:
        entries: their places.
        most_left: so many of them may be left as they are.
        reason: why the others are left, with a place for how many cannot be laid out and why.
    """

    entries: tuple[int, ...]
    most_left: int
    reason: str


class _Normalizer:
    def __init__(
        self,
        text: str,
        choice: Choice,
        may_lose: frozenset[str],
        unstable: Mapping[int, str] = _NONE,
    ) -> None:
        self.text = text
        self.choice = choice
        self.may_lose = may_lose
        #: The places of entries that cannot be laid out for what other rules do, and why.
        self.unstable = unstable
        self.document = read_again(text)
        #: Of each layout that somebody chose, the lines of entries with fields that it lacks.
        self.lacking: dict[str, dict[str, list[int]]] = {}
        #: The places of entries that are left as they are, and why.
        self.left: dict[int, str] = {}
        self.tables = tables(self.document)
        self.table_of = {index: table for table in self.tables for index in table.entries}
        self.obstacles: dict[int, str | None] = {}
        self.together: list[_Together] = []

    def run(self) -> NormalizeResult:
        drafts = list(self._drafts())
        if self.lacking:
            name, lines = next(iter(self.lacking.items()))
            return self._result(self.document, [], told(name, lines))
        lost = ""
        for _ in range(_MOST_ATTEMPTS):
            self._leave_together()
            kept = [draft for draft in drafts if draft.index not in self.left]
            if not kept:
                # What is not written needs no proof.
                return self._result(self.document, [])
            after = read_again(apply_edits(self.text, self._edits(kept)))
            problems = self._problems(after, kept)
            if not problems:
                return self._result(after, kept)
            lost = next(iter(problems.values()))
            new = {
                index: self._explained(index, why)
                for index, why in problems.items()
                if index not in self.left
            }
            if not new:
                break
            self.left.update(new)
        return self._result(self.document, [], lost)

    def _result(
        self, after: Document, kept: Sequence[_Draft], refused: str | None = None
    ) -> NormalizeResult:
        entries = self.document.entries
        left = tuple(
            Left(entries[index].line, entries[index].title.text, reason)
            for index, reason in sorted(self.left.items())
        )
        like = len(entries) - len(left) - len(kept)
        return NormalizeResult(after.text, len(kept), like, left, refused)

    # Writing

    def _drafts(self) -> Iterator[_Draft]:
        """The entries that the layouts write otherwise."""
        document = self.document
        places = {id(entry): index for index, entry in enumerate(document.entries)}
        hindered = dict.fromkeys(_overlapping(document), "it shares its lines with another entry")
        hindered.update(self.unstable)
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
                yield from self._items(indices, layout, hindered)

    def _items(
        self, indices: Sequence[int], layout: Layout, hindered: Mapping[int, str]
    ) -> Iterator[_Draft]:
        """The entries of a section that a layout of items or paragraphs writes otherwise."""
        for index, laid in self._laid(indices, layout, hindered):
            if not is_written_so(self.document, self.document.entries[index], laid.text):
                yield self._draft(index, laid, layout)
        self._keep_tables_whole(indices, lambda _table: True)

    def _rows(
        self, indices: Sequence[int], layout: Layout, hindered: Mapping[int, str]
    ) -> Iterator[_Draft]:
        """The entries of a section that a layout of rows writes otherwise."""
        document = self.document
        laid = dict(self._laid(indices, layout, hindered))
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
        self.together.append(_Together(others, len(others) // _FEW, reason))

    def _laid(
        self, indices: Sequence[int], layout: Layout, hindered: Mapping[int, str]
    ) -> Iterator[tuple[int, Laid]]:
        """The entries of a section that can be laid out."""
        document = self.document
        number = 0
        for index in indices:
            entry = document.entries[index]
            number = number + 1 if entry.kind != "ordered" or entry.number is None else entry.number
            if entry.kind == "table-row" and layout.name == OWN:
                # What is wrong with its table as such is not for a layout of items to mend.
                continue
            reason = hindered.get(index) or self._unmovable(index, entry)
            laid = reason or read_back(layout, entry, document, number, self.may_lose)
            if isinstance(laid, str):
                self.left[index] = reason or self._explained(index, laid)
                if reason is None and index not in self.table_of:
                    self._note_lacking(layout, entry)
            else:
                yield index, laid

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

    def _explained(self, index: int, reason: str) -> str:
        """Why an entry is left, by the column of its table where one holds what is no field."""
        table = self.table_of.get(index)
        return (table and column_without_field(self.document, table, index)) or reason

    def _obstacle(self, table: ListTable) -> str | None:
        if id(table) not in self.obstacles:
            self.obstacles[id(table)] = obstacle(self.document, table)
        return self.obstacles[id(table)]

    def _draft(self, index: int, laid: Laid, layout: Layout) -> _Draft:
        new = laid.text.replace("\n", self.document.newline)
        return _Draft(index, laid, Edit(self.document.entries[index].span, new), layout)

    def _keep_tables_whole(
        self, indices: Sequence[int], changes: Callable[[ListTable], bool]
    ) -> None:
        """See to it that tables of which the head changes are written whole or not at all."""
        within = {id(table): table for i in indices if (table := self.table_of.get(i)) is not None}
        self.together.extend(
            _Together(table.entries, 0, "its table is left as it is: {1}")
            for table in within.values()
            if changes(table)
        )

    def _leave_together(self) -> None:
        """Leave entries as they are that go with others which are left."""
        for entries, most_left, reason in self.together:
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

    def _edits(self, drafts: Sequence[_Draft]) -> Iterator[Edit]:
        """The edits that write the entries, with a blank line after one of several paragraphs."""
        document = self.document
        rows = self._placed(drafts)
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

    def _placed(self, drafts: Sequence[_Draft]) -> list[Placed]:
        """The drafts that are rows or become some."""
        return [
            Placed(draft.index, draft.laid.text, draft.layout)
            for draft in drafts
            if draft.layout.template.kind == "table-row" or draft.index in self.table_of
        ]

    # Proving

    def _problems(self, after: Document, drafts: Sequence[_Draft]) -> dict[int, str]:
        """The places of the entries that are to be left as they are, and what is lost else."""
        before = self.document
        if len(before.entries) != len(after.entries):
            lost = len(after.entries) < len(before.entries)
            what = "it would lose an entry" if lost else "it would make an entry of other text"
            return dict.fromkeys(self._first_differing(after, drafts), what)
        new = {draft.index: draft for draft in drafts}
        found: dict[int, str] = {}
        for index, (old, now) in enumerate(zip(before.entries, after.entries, strict=True)):
            draft = new.get(index)
            differing = self._entry_problem(old, now, draft)
            if differing:
                near = [index] if draft else self._beside(index, drafts)
                found.update(dict.fromkeys(near, differing))
        return (
            found
            or dict(self._words_lost(after, new))
            or self._outside(after, new)
            or self._unsettled(after, drafts)
        )

    @staticmethod
    def _entry_problem(old: Entry, now: Entry, draft: _Draft | None) -> str | None:
        if old.section != now.section:
            return "it would come to stand in another section"
        if draft is not None:
            return difference(old, now, draft.laid.shown)
        if facts(old) != facts(now) or old.end_line - old.line != now.end_line - now.line:
            return "the entry beside it would read otherwise"
        return None

    def _first_differing(self, after: Document, drafts: Sequence[_Draft]) -> list[int]:
        """The draft at which the two lists part."""
        for index, old in enumerate(self.document.entries):
            same = index < len(after.entries) and after.entries[index].title.text == old.title.text
            if not same:
                return self._beside(index, drafts)
        return self._beside(len(self.document.entries) - 1, drafts)

    def _beside(self, index: int, drafts: Sequence[_Draft]) -> list[int]:
        """The drafts next to an entry."""
        places = [draft.index for draft in drafts]
        at = bisect_left(places, index)
        return places[max(at - 1, 0) : at + 1 + (at < len(places) and places[at] == index)]

    def _words_lost(
        self, after: Document, drafts: Mapping[int, _Draft]
    ) -> Iterator[tuple[int, str]]:
        """The entries that lost or gained words, images or comments."""
        was, now = _shown_by_entry(self.document), _shown_by_entry(after)
        for index in drafts:
            old, new = was[index], now[index]
            entry = self.document.entries[index]
            fields = Counter(_TOKEN.findall(_field_words(self.document, entry)))
            may = _LITTLE + _LABEL_WORDS + fields
            if (table := self.table_of.get(index)) is not None:
                may.update(_TOKEN.findall(" ".join(empty_cells(table, index))))
            shown = drafts[index].laid.shown
            labels = (label or "" for label, link in shown.links if link.label == TITLE)
            may += Counter(_TOKEN.findall(" ".join(labels)))
            dropped_badges = len(entry.badges) - len(shown.badges)
            dropped = Counter(_TOKEN.findall(shown.lost))
            words = (old.words - new.words) - may - dropped, (new.words - old.words) - may
            if words[0] or words[1]:
                word = next(iter(words[0] or words[1]))
                verb = "lose" if words[0] else "gain"
                yield index, f"it would {verb} the word '{word}'"
            elif new.others - old.others or (
                old.others != new.others and (old.others - new.others).total() != dropped_badges
            ):
                yield index, "it would lose an image or a comment"
            elif new.strays > old.strays:
                yield index, "its brackets would not match"

    def _outside(self, after: Document, drafts: Mapping[int, _Draft]) -> dict[int, str]:
        """What renders otherwise outside the entries that were written."""
        # Heads of tables hold names of columns, and nothing else.
        heads_ = heads(self.document, self.tables, self._placed(list(drafts.values())))
        come = head_lines(after, tables(after), heads_.come) if heads_.come else frozenset()
        was = _leaves_outside(self.document, drafts, heads_.gone)
        now = _leaves_outside(after, drafts, come)
        for old, new in zip(was, now, strict=False):
            if old.html != new.html:
                break
        else:
            if len(was) == len(now):
                return {}
            old = (was or now)[min(len(was), len(now)) - 1]
        lines = [entry.line for entry in self.document.entries]
        index = max(bisect_right(lines, old.line) - 1, 0)
        places = sorted(drafts)
        at = bisect_left(places, index)
        what = f"it would change what line {old.line}, outside the entry, renders as"
        return dict.fromkeys(places[max(at - 1, 0) : at + 2], what)

    def _unsettled(self, after: Document, drafts: Sequence[_Draft]) -> dict[int, str]:
        """The entries that a second run would write otherwise again."""
        second = _Normalizer(after.text, self.choice, self.may_lose, self.unstable)
        drafted = {draft.index for draft in second._drafts()}
        second._leave_together()
        again = drafted - self.left.keys() - second.left.keys()
        return dict.fromkeys(sorted(again), "a second run would write it otherwise again")


def _overlapping(document: Document) -> Iterator[int]:
    """The places of entries that share a line with another."""
    end_line, last = 0, -1
    for index, entry in enumerate(document.entries):
        if entry.line <= end_line:
            yield last
            yield index
        if entry.end_line > end_line:
            end_line, last = entry.end_line, index


@dataclass(slots=True)
class _Seen:
    """What an entry shows: its words, its images and comments, brackets that match none."""

    words: Counter[str]
    others: Counter[str]
    strays: int = 0


def _shown_by_entry(document: Document) -> list[_Seen]:
    shown = [_Seen(Counter(), Counter()) for _ in document.entries]
    starts = [entry.line for entry in document.entries]
    for leaf in leaves_again(document.text):
        index = bisect_right(starts, leaf.line) - 1
        if index < 0 or leaf.line > document.entries[index].end_line:
            continue
        html = leaf.html.partition(" ")[2]
        seen = shown[index]
        shown_text = _ADDRESS.sub("", unescape(_TAG.sub(" ", html)))
        seen.words.update(_TOKEN.findall(shown_text))
        seen.strays += sum(abs(shown_text.count(a) - shown_text.count(b)) for a, b in _BRACKETS)
        seen.others.update(one or two for one, two in _IMAGE.findall(html))
        seen.others.update(_COMMENT.findall(html))
    return shown


def _field_words(document: Document, entry: Entry) -> str:
    """The words of the fields that a layout may write or leave out: identifiers, dates, venues.

    What is a word in one layout can be two in another, as in `ACL2021`, or a piece of one, as in a
    title of which a letter is emphasised.
    """
    shown = [str(entry.year.value), str(entry.year.value)[2:]] if entry.year else []
    shown += [entry.venue.text] if entry.venue else []
    if entry.venue and entry.year:
        venue, year = entry.venue.span, entry.year.span
        whole = Span(min(venue.start, year.start), max(venue.end, year.end))
        shown += [document.slice(whole)] if _is_one_word(document, venue, year) else []
    title = entry.title.text
    shown += [one for one in _TOKEN.findall(document.slice(entry.title.span)) if one in title]
    shown += [title]
    shown += list(entry.ids.get("arxiv", ()))
    # The link that the title opens has a label only where it does not.
    shown += [link.label for link in entry.links if link.label and is_plain_paper_link(link)][:1]
    # Of a paragraph, the number is text.
    shown += [entry.marker.text] if entry.marker and entry.kind == "paragraph" else []
    return " ".join(shown)


def _is_one_word(document: Document, venue: Span, year: Span) -> bool:
    return not venue.overlaps(year) and not document.between(venue, year).strip("'\u2019*_-")


def _leaves_outside(
    document: Document, written: Mapping[int, object], heads: frozenset[int]
) -> list[Leaf]:
    """The leaves outside entries that were written, heads of tables that go or come left out."""
    entries = [document.entries[index] for index in sorted(written)]
    starts = [entry.line for entry in entries]
    found = []
    for leaf in leaves_again(document.text):
        index = bisect_right(starts, leaf.line) - 1
        is_inside = index >= 0 and leaf.line <= entries[index].end_line
        if not is_inside and leaf.line not in heads:
            found.append(leaf)
    return found
