"""Entries that follow each other with nothing between, and how they change places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from peftlint.model import Document, Entry
from peftlint.regex import regex
from peftlint.source import Edit, Span
from peftlint.value import NamedTuple

#: What a line may begin with before its marker, outside block quotes and in them.
_BLANKS = " \t"
_QUOTED = " \t>"
_KINDS = frozenset(("bullet", "ordered", "table-row", "paragraph"))
_ITEMS = frozenset(("bullet", "ordered"))
#: `[9] `, `3. `, `| 17 |` before a title: its number in the list.
_COUNTED = regex(r"[\s*_\[(\"'`|]*\d{1,3}(?:\s*\||[\].):])")
_DIRECTIVE = "peftlint-"
#: The end of a line before one that is not empty.
_LINE = regex(r"(?:\r\n|\n|\r)(?=[^\r\n])")


class Member(NamedTuple):
    """An entry with what belongs to it.

    Attributes:
        entry: the entry.
        line, end_line: its lines, from the comment just before it to what is nested in it.
    """

    entry: Entry
    line: int
    end_line: int


class _Run:
    """A sequence while it is found: its members, and how the last of them stands in its line."""

    __slots__ = ("column", "lead", "members")

    def __init__(self, column: int) -> None:
        self.column = column
        self.lead = _BLANKS
        self.members: list[Member] = []


def sequences(document: Document) -> tuple[list[Member], ...]:
    """The entries of each section that follow each other with nothing between.

    They are of one kind and stand in one column; blank lines, what is nested in them and comments
    just before them do not part them. Entries in HTML, and those that are headings, are in none.
    """
    return document.once(_sequences)


def _sequences(document: Document) -> tuple[list[Member], ...]:
    commented = _comment_lines(document)
    found: list[list[Member]] = []
    for section in document.sections:
        #: By their columns; those in one column are siblings.
        opened: list[_Run] = []
        for entry in section.entries:
            if entry.kind not in _KINDS:
                continue
            before = _before(document, entry)
            column = len(before)
            if column and before.strip(_QUOTED):
                continue
            lead = _QUOTED if ">" in before else _BLANKS
            while opened and opened[-1].column > column:
                found.append(_closed(document, opened.pop(), entry.line - 1))
            line = 0
            if opened and opened[-1].column == column:
                members = opened[-1].members
                end_line, line = _between(document, opened[-1], entry, lead, commented)
                if not line:
                    found.append(_closed(document, opened.pop(), entry.line - 1))
                    opened.append(_Run(column))
                elif end_line != members[-1].end_line:
                    members[-1] = members[-1]._replace(end_line=end_line)
            else:
                opened.append(_Run(column))
            line = line or _with_comments(entry.line, section.start_line, commented)
            opened[-1].lead = lead
            opened[-1].members.append(Member(entry, line, entry.end_line))
        while opened:
            found.append(_closed(document, opened.pop(), section.end_line))
    return tuple(found)


def _comment_lines(document: Document) -> dict[int, int]:
    """The last line of each comment that has its lines to itself, to its first."""
    found: dict[int, int] = {}
    for comment in document.comments:
        line = document.lines.line(comment.span.start)
        end_line = document.lines.line(max(comment.span.start, comment.span.end - 1))
        whole = document.lines.span(line, end_line)
        if document.slice(whole).lstrip(_QUOTED).rstrip() == document.slice(comment.span):
            found[end_line] = line
    return found


def _with_comments(line: int, first: int, commented: dict[int, int]) -> int:
    """The first line of the comments just before a line, or itself."""
    while line > first and line - 1 in commented:
        line = commented[line - 1]
    return line


def _between(
    document: Document, run: _Run, entry: Entry, lead: str, commented: dict[int, int]
) -> tuple[int, int]:
    """The last line of what belongs to the last of a run, and the first of what does to `entry`.

    The latter is 0 where something else is between, or the two are not alike.
    """
    earlier = run.members[-1].entry
    line, end_line = entry.line, earlier.end_line
    if earlier.kind != entry.kind or _mark(earlier) != _mark(entry) or line <= end_line:
        return 0, 0
    if line == end_line + 1:
        return end_line, line
    if entry.kind == "table-row":
        return end_line, 0
    line = _with_comments(line, end_line + 1, commented)
    last = _nested_end(document, run, line - 1)
    if any(document.lines.content(one).strip(lead) for one in range(last + 1, line)):
        return 0, 0
    return last, line


def _closed(document: Document, run: _Run, end_line: int) -> list[Member]:
    """A sequence, its last member with what is nested in it up to `end_line`."""
    members = run.members
    members[-1] = members[-1]._replace(end_line=_nested_end(document, run, end_line))
    return members


def _nested_end(document: Document, run: _Run, end_line: int) -> int:
    """The last line, up to `end_line`, of the last entry of a run and of what is nested in it."""
    entry = run.members[-1].entry
    last = entry.end_line
    if entry.kind not in _ITEMS:
        return last
    for line in range(last + 1, end_line + 1):
        content = document.lines.content(line)
        shown = content.lstrip(run.lead)
        if not shown:
            continue
        if len(content) - len(shown) <= run.column:
            break
        last = line
    return last


def _mark(entry: Entry) -> str:
    """What tells the list of an entry from another: `-`, the full stop of `3.`."""
    return entry.marker.text[-1:] if entry.marker else ""


def _before(document: Document, entry: Entry) -> str:
    """What stands before an entry in its line."""
    return document.text[document.lines.starts[entry.line - 1] : entry.span.start]


def rearranged(document: Document, sequence: Sequence[Member], order: Sequence[int]) -> Edit | None:
    """The edit that gives a sequence another order.

    Members move with all their lines. What parts them stays, and so do the numbers of a list.

    Args:
        document: the list.
        sequence: of `sequences`.
        order: the places of its members in the sequence, in the new order.

    Returns:
        `None` where the order stays, and where a move could do harm: titles have numbers of their
        own, a comment speaks to peftlint, paragraphs are not parted by a blank line, lines fell out
        of their items.
    """
    changed = [new for new, old in enumerate(order) if new != old]
    if not changed or not _may_move(document, sequence):
        return None
    first, last = changed[0], changed[-1]
    lines = document.lines
    spans = [lines.span(member.line, member.end_line) for member in sequence]
    pieces: list[str] = []
    for new in range(first, last + 1):
        if new > first:
            pieces.append(document.slice(Span(spans[new - 1].end, spans[new].start)))
        pieces.append(_moved(document, sequence[order[new]], sequence[new]))
    return Edit(Span(spans[first].start, spans[last].end), "".join(pieces))


def _may_move(document: Document, sequence: Sequence[Member]) -> bool:
    if sum(_is_counted(document, member.entry) for member in sequence) > 1:
        return False
    whole = document.lines.span(sequence[0].line, sequence[-1].end_line)
    if _DIRECTIVE in document.slice(whole):
        return False
    first = sequence[0].entry
    if first.kind == "paragraph":
        return all(later.line > earlier.end_line + 1 for earlier, later in pairwise(sequence))
    if any(member.entry.outdents for member in sequence):
        return False
    return not (first.kind == "ordered" and ">" in _before(document, first))


def _is_counted(document: Document, entry: Entry) -> bool:
    """Whether an entry shows its number in the list, beside that of its marker."""
    start = entry.marker.span.end if entry.marker else entry.span.start
    return _COUNTED.match(document.text, start, entry.title.span.end) is not None


def _moved(document: Document, member: Member, place: Member) -> str:
    """A member's lines with the number of the place that it moves to."""
    span = document.lines.span(member.line, member.end_line)
    old, new = member.entry.marker, place.entry.marker
    if old is None or new is None or old.text == new.text:
        return document.slice(span)
    before = document.slice(Span(span.start, old.span.start))
    after = document.slice(Span(old.span.end, span.end))
    longer = len(new.text) - len(old.text)
    if longer > 0 and member.entry.kind == "ordered":
        # What is inside the item has to stay inside.
        after = _LINE.sub(lambda end: end[0] + " " * longer, after)
    return before + new.text + after
