"""Entries of a list laid out in one layout, proved.

Each entry is written in the layout and read back by itself; then the whole list is read again.
Every entry has to be there, in its order and its section, with the same facts and the same words,
what stands outside the entries that were written has to render as before, and a second run has to
change nothing. An entry for which that does not hold is left as it is, and the result says why.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from peftlint.layout.kept import SAYS
from peftlint.layout.lacking import lacking, told
from peftlint.layout.named import OWN, Layout
from peftlint.layout.roundtrip import Laid, difference, is_written_so, read_back
from peftlint.layout.written import LABELS, TITLE, is_plain_paper_link
from peftlint.markdown.leaf import Leaf, leaves
from peftlint.model import Document, Entry, Section
from peftlint.proof import facts
from peftlint.reader import read
from peftlint.source import Edit, Span, apply_edits

#: The layout in which each section is written, or why there is none; `None` for a section of
#: which nothing is to be said.
Choice = Callable[[Document, Section], Layout | str | None]

#: So many times entries are taken out which lose something, before the list is left as it is.
_MOST_ATTEMPTS = 40
_ROWS = {"table-row": "a row of a table", "html-row": "a row of a table in HTML"}
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
    """

    text: str
    laid: int
    like: int
    left: tuple[Left, ...]
    refused: str | None = None

    @property
    def changed(self) -> bool:
        """Whether any entry is written otherwise."""
        return self.laid > 0


def normalize(
    text: str, choice: Choice, *, may_lose: frozenset[str] = frozenset()
) -> NormalizeResult:
    """Lay the entries of a list out.

    A layout that somebody chose and that has no place for a field which an entry shows is refused
    for the whole list; the list's own layout leaves such an entry as it is.

    Args:
        text: the list.
        choice: the layout of each section.
        may_lose: the fields, of `peftlint.layout.lacking.LOSABLE`, that are dropped where the
            layout has no place for them.
    """
    return _Normalizer(text, choice, may_lose).run()


def everywhere(layout: Layout) -> Choice:
    """The same layout in all sections."""
    return lambda _document, _section: layout


@dataclass(slots=True)
class _Draft:
    """An entry that is written otherwise: where it stood, its new text, and what it says now."""

    index: int
    laid: Laid
    edit: Edit


class _Normalizer:
    def __init__(self, text: str, choice: Choice, may_lose: frozenset[str]) -> None:
        self.text = text
        self.choice = choice
        self.may_lose = may_lose
        self.document = read(text)
        #: Of each layout that somebody chose, the lines of entries with fields that it lacks.
        self.lacking: dict[str, dict[str, list[int]]] = {}
        #: The places of entries that are left as they are, and why.
        self.left: dict[int, str] = {}

    def run(self) -> NormalizeResult:
        drafts = list(self._drafts())
        if self.lacking:
            name, lines = next(iter(self.lacking.items()))
            return self._result(self.document, [], told(name, lines))
        lost = ""
        for _ in range(_MOST_ATTEMPTS):
            kept = [draft for draft in drafts if draft.index not in self.left]
            if not kept:
                # What is not written needs no proof.
                return self._result(self.document, [])
            after = read(apply_edits(self.text, self._edits(kept)))
            problems = self._problems(after, kept)
            if not problems:
                return self._result(after, kept)
            lost = next(iter(problems.values()))
            new = {index: why for index, why in problems.items() if index not in self.left}
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
        overlapping = set(_overlapping(document))
        for section in document.sections:
            layout = self.choice(document, section) if section.entries else None
            if layout is None:
                continue
            if isinstance(layout, str):
                self.left.update((places[id(entry)], layout) for entry in section.entries)
                continue
            number = 0
            for entry in section.entries:
                index = places[id(entry)]
                number = (
                    number + 1 if entry.kind != "ordered" or entry.number is None else entry.number
                )
                if index in overlapping:
                    self.left[index] = "it shares its lines with another entry"
                    continue
                if entry.kind in _ROWS or entry.kind == "heading":
                    if entry.kind != layout.template.kind:
                        self.left[index] = f"it is {_ROWS.get(entry.kind, 'a heading')}"
                    continue
                if layout.template.kind == "table-row":
                    self.left[index] = "it is no row of a table"
                    continue
                laid = read_back(layout, entry, document, number, self.may_lose)
                if isinstance(laid, str):
                    self.left[index] = laid
                    self._note_lacking(layout, entry)
                    continue
                if not is_written_so(document, entry, laid.text):
                    new = laid.text.replace("\n", document.newline)
                    yield _Draft(index, laid, Edit(entry.span, new))

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
        for draft in drafts:
            entry = document.entries[draft.index]
            edit = draft.edit
            following = entry.end_line + 1
            is_open = following <= len(document.lines) and document.lines.content(following).strip()
            if is_open and "\n\n" in draft.laid.text and "\n\n" not in document.slice(entry.span):
                edit = edit._replace(replacement=edit.replacement + document.newline)
            yield edit

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
        was = _leaves_outside(self.document, drafts)
        now = _leaves_outside(after, drafts)
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
        second = _Normalizer(after.text, self.choice, self.may_lose)
        again = {draft.index for draft in second._drafts()} - self.left.keys()
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
    for leaf in leaves(document.text):
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


def _leaves_outside(document: Document, written: Mapping[int, object]) -> list[Leaf]:
    """The leaves outside entries that were written."""
    entries = [document.entries[index] for index in sorted(written)]
    starts = [entry.line for entry in entries]
    found = []
    for leaf in leaves(document.text):
        index = bisect_right(starts, leaf.line) - 1
        if index < 0 or leaf.line > entries[index].end_line:
            found.append(leaf)
    return found
