"""Markdown: entries in a layout below their headings, ready for another list or a letter.

What a layout cannot carry, or would not read back, is written as its list has it, and told. The
whole is read again before it goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from peftlint.escape import in_destination, in_markdown
from peftlint.export.choice import IsTaken
from peftlint.layout.named import Choice, Layout
from peftlint.layout.roundtrip import Laid, difference, head, read_back
from peftlint.layout.template import Template
from peftlint.model import Document, Entry, Section
from peftlint.proof import facts
from peftlint.reader import read
from peftlint.regex import regex
from peftlint.source import LINE_END, Edit, apply_edits

#: How many headings above a section are left out.
Depth = Callable[[tuple[str, ...]], int]

_NUMBER = regex(r"\d{1,9}(?=[.)])")
_CLOSING_MARKS = regex(r"#+$")
_DEEPEST = 6
#: So many times entries are taken out of the layout that do not read back beside others.
_MOST_ATTEMPTS = 8


class Unlaid(NamedTuple):
    """An entry that is written as its list has it.

    Attributes:
        line: where it stands in its list, counted from 1.
        title: its title.
        reason: why, for a person.
    """

    line: int
    title: str
    reason: str


class MarkdownText(NamedTuple):
    """The entries of a list as Markdown.

    Attributes:
        text: with a line end at its end; empty for no entries.
        unlaid: those that are not in the layout, in order.
    """

    text: str
    unlaid: tuple[Unlaid, ...]


def as_markdown(
    document: Document, is_taken: IsTaken, choice: Choice | Layout, depth: Depth | None = None
) -> MarkdownText:
    """Entries of a list as Markdown, in its order, below the headings that they stand under.

    Args:
        document: the list.
        is_taken: which of its entries to write.
        choice: the list's own ways, or the layout for all.
        depth: how many of a section's headings to leave out; none where it is `None`.
    """
    return _Writing(document, is_taken, choice, depth or (lambda _: 0)).text()


class _Piece(NamedTuple):
    """An entry as it is written."""

    entry: Entry
    lines: tuple[str, ...]
    laid: Laid | None
    #: What its table begins with, of a row.
    head: tuple[str, ...]


class _Writing:
    def __init__(
        self, document: Document, is_taken: IsTaken, choice: Choice | Layout, depth: Depth
    ) -> None:
        taken = {entry.span.start for entry in document.entries if is_taken(entry)}
        self.numbers = [n for n, e in enumerate(document.entries) if e.span.start in taken]
        self.original = document
        self.document = _by_itself(document)
        self.wanted = {id(self.document.entries[number]): number for number in self.numbers}
        self.choice = choice
        self.depth = depth
        #: The numbers of entries that do not read back, and why.
        self.refused: dict[int, str] = {}

    def text(self) -> MarkdownText:
        for _ in range(_MOST_ATTEMPTS):
            text, starts = self._written()
            problems = self._problems(text, starts)
            self.refused.update(problems)
            if not problems:
                break
        else:
            self.refused.update(
                (number, self.refused.get(number, "beside others it would read otherwise"))
                for number in self.numbers
            )
            text, _ = self._written()
        entries = self.original.entries
        own = not isinstance(self.choice, Layout)
        unlaid = tuple(
            Unlaid(entries[number].line, entries[number].title.text, reason)
            for number, reason in sorted(self.refused.items())
            # The list's own way is how the list has it.
            if reason and not own
        )
        return MarkdownText(text, unlaid)

    # Writing

    def _written(self) -> tuple[str, dict[int, tuple[int, _Piece]]]:
        """The text, and for each entry in the layout its first line, counted from 1."""
        lines: list[str] = []
        starts: dict[int, tuple[int, _Piece]] = {}
        shown: tuple[str, ...] = ()
        for section in self.document.sections:
            taken = [entry for entry in section.entries if id(entry) in self.wanted]
            if not taken:
                continue
            path = section.path[self.depth(section.path) :]
            same = _same(shown, path)
            levels = self._levels(section)[-len(path) :] if path else ()
            for level, heading in list(zip(levels, path, strict=True))[same:]:
                lines += (
                    ["", f"{'#' * level} {_heading(heading)}"]
                    if lines
                    else [f"{'#' * level} {_heading(heading)}"]
                )
            shown = path
            for block in self._blocks(section, taken):
                lines += [""] if lines else []
                for piece in block:
                    is_first = piece is block[0]
                    lines += [""] if not is_first and _is_loose(block) else []
                    lines += piece.head if is_first else ()
                    starts[self.wanted[id(piece.entry)]] = (len(lines) + 1, piece)
                    lines += piece.lines
        return "".join(f"{line}\n" for line in lines), starts

    def _levels(self, section: Section) -> tuple[int, ...]:
        """The levels of the headings above a section, and its own."""
        own = section.heading.level if section.heading else 1
        levels: list[int] = []
        below = own + 1
        at = next(n for n, one in enumerate(self.document.sections) if one is section)
        for one in reversed(self.document.sections[: at + 1]):
            if one.heading is not None and one.heading.level < below:
                below = one.heading.level
                levels.insert(0, below)
        count = len(section.path)
        levels = levels[-count:]
        while len(levels) < count:
            levels.insert(0, max(1, (levels[0] if levels else _DEEPEST) - 1))
        return tuple(levels)

    def _blocks(self, section: Section, taken: Sequence[Entry]) -> Iterator[list[_Piece]]:
        """The entries of a section, those together that are one list or one table."""
        layout = self.choice if isinstance(self.choice, Layout) else None
        if layout is None and not isinstance(self.choice, Layout):
            found = self.choice(self.document, section)
            layout = found if isinstance(found, Layout) else None
        block: list[_Piece] = []
        count = 0
        covered = -1
        for entry in taken:
            if entry.span.end <= covered:
                # It stands in the lines of another one, which are written as they are.
                continue
            piece = self._piece(layout, entry, count + 1)
            if piece.laid is None:
                covered = entry.span.end
            if block and _sort(block[-1]) != _sort(piece):
                yield block
                block, count = [], 0
                piece = self._piece(layout, entry, 1)
            count += 1
            block.append(piece)
        if block:
            yield block

    def _piece(self, layout: Layout | None, entry: Entry, count: int) -> _Piece:
        number = self.wanted[id(entry)]
        reason = self.refused.get(number)
        if reason is None and layout is not None:
            is_row = layout.template.kind == "table-row"
            laid = read_back(layout, entry, self.document, count, frozenset(("labels",)))
            if isinstance(laid, Laid) and is_row and "\n" in laid.text:
                laid = "a row of a table has no place for its further lines"
            if isinstance(laid, Laid):
                shown = list(self._at_the_margin(entry, laid.text))
                lines = tuple(_counted(shown, layout.template, count))
                above = tuple(head(layout.template).split("\n")) if is_row else ()
                return _Piece(entry, lines, laid, above)
            reason = laid
        self.refused.setdefault(number, reason or "")
        return _Piece(entry, tuple(self._as_it_is(entry)), None, self._head(entry))

    def _as_it_is(self, entry: Entry) -> Iterator[str]:
        """The lines of an entry as its list has them, at the margin."""
        return self._at_the_margin(entry, self.document.slice(entry.span))

    def _at_the_margin(self, entry: Entry, written: str) -> Iterator[str]:
        """The lines of an entry without what stands before it in its list, as inside another."""
        document = self.document
        line = document.lines.span(entry.line)
        before = document.text[line.start : entry.span.start]
        first, *others = LINE_END.split(written)
        yield first if others else first.rstrip()
        for other in others:
            if before and other.startswith(before):
                yield other[len(before) :]
            elif other.strip() in ("", before.strip()):
                yield ""
            else:
                yield other

    def _head(self, entry: Entry) -> tuple[str, ...]:
        """The head of the table in which a row stands."""
        if entry.kind != "table-row":
            return ()
        lines = self.document.lines
        for table in self.document.tables:
            if any(row.span.start <= entry.span.start < row.span.end for row in table.rows):
                first = lines.line(table.rows[0].span.start)
                if first > 2:  # noqa: PLR2004 - a head and the line below it
                    above = (lines.content(first - 2), lines.content(first - 1))
                    return tuple(line.strip() for line in above)
        return ()

    # Proving

    def _problems(self, text: str, starts: dict[int, tuple[int, _Piece]]) -> dict[int, str]:
        """The numbers of entries in the layout that do not read back beside the others."""
        after = {entry.line: entry for entry in read(text).entries}
        found: dict[int, str] = {}
        for number, (line, piece) in starts.items():
            if piece.laid is None:
                continue
            entry = after.get(line)
            if entry is None:
                found[number] = "beside others it would not read as an entry"
                continue
            differing = difference(piece.entry, entry, piece.laid.shown)
            if differing:
                found[number] = differing
        return found


def _by_itself(document: Document) -> Document:
    """A list that refers to nothing outside its entries: links have their addresses in them."""
    edits = [
        Edit(
            link.span,
            f"[{document.slice(link.label_span)}]({in_destination(link.url)})",
        )
        for link in document.links
        if link.form == "reference" and link.url
    ]
    if not edits:
        return document
    edits = [
        edit
        for number, edit in enumerate(edits)
        if not any(edit.span.overlaps(other.span) for other in edits[max(number - 1, 0) : number])
    ]
    found = read(apply_edits(document.text, edits))
    same = len(found.entries) == len(document.entries) and all(
        facts(one) == facts(other)
        for one, other in zip(found.entries, document.entries, strict=True)
    )
    return found if same else document


def _heading(text: str) -> str:
    """A heading's words as Markdown."""
    return _CLOSING_MARKS.sub(r"\\\g<0>", in_markdown(" ".join(text.split())))


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many headings two paths share."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _sort(piece: _Piece) -> tuple[str, tuple[str, ...]]:
    """What two pieces have in common that stand in one list or table."""
    first = piece.lines[0].lstrip()[:1] if piece.lines else ""
    if piece.head:
        return "|", piece.head
    kind = "1" if first.isdigit() else first if first in ("-", "*", "+") else "paragraph"
    return kind, ()


def _is_loose(block: Sequence[_Piece]) -> bool:
    """Whether empty lines part entries: paragraphs, and where one has several."""
    if block[0].head:
        return False
    return _sort(block[0])[0] == "paragraph" or any("" in piece.lines for piece in block)


def _counted(lines: Sequence[str], template: Template, count: int) -> Iterator[str]:
    """The lines of an item with its number among those that are written."""
    first, *others = lines
    number = _NUMBER.match(first) if template.kind == "ordered" else None
    if number is None:
        yield from lines
        return
    longer = len(str(count)) - len(number[0])
    yield f"{count}{first[number.end() :]}"
    for line in others:
        if longer > 0 and line.strip():
            yield f"{' ' * longer}{line}"
        elif longer < 0 and line[:-longer].isspace():
            yield line[-longer:]
        else:
            yield line
