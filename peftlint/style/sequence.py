"""Entries that follow each other with nothing between, and how they change places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def sequences(document: Document) -> Iterator[list[Member]]:
    """The entries of each section that follow each other with nothing between.

    They are of one kind and stand in one column; blank lines, what is nested in them and comments
    just before them do not part them. Entries in HTML, and those that are headings, are in none.
    """
    commented = _comment_lines(document)
    for section in document.sections:
        #: By their columns; those in one column are siblings.
        opened: list[list[Member]] = []
        for entry in section.entries:
            if entry.kind not in _KINDS or not _has_own_lines(document, entry):
                continue
            column = _column(document, entry)
            while opened and _column(document, opened[-1][-1].entry) > column:
                yield _closed(document, opened.pop(), entry.line - 1)
            line = 0
            if opened and _column(document, opened[-1][-1].entry) == column:
                end_line, line = _between(document, opened[-1][-1], entry, commented)
                if line:
                    opened[-1].append(opened[-1].pop()._replace(end_line=end_line))
                else:
                    yield _closed(document, opened.pop(), entry.line - 1)
                    opened.append([])
            else:
                opened.append([])
            line = line or _with_comments(entry.line, section.start_line, commented)
            opened[-1].append(Member(entry, line, entry.end_line))
        for found in reversed(opened):
            yield _closed(document, found, section.end_line)


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
    document: Document, before: Member, entry: Entry, commented: dict[int, int]
) -> tuple[int, int]:
    """The last line of what belongs to `before`, and the first of what belongs to `entry`.

    The latter is 0 where something else is between, or the two are not alike.
    """
    earlier = before.entry
    if (
        earlier.kind != entry.kind
        or _mark(earlier) != _mark(entry)
        or entry.line <= earlier.end_line
    ):
        return 0, 0
    if entry.kind == "table-row":
        return earlier.end_line, entry.line if entry.line == earlier.end_line + 1 else 0
    line = _with_comments(entry.line, earlier.end_line + 1, commented)
    last = _nested_end(document, earlier, line - 1)
    rest = range(last + 1, line)
    lead = _lead(document, entry)
    if any(document.lines.content(one).strip(lead) for one in rest):
        return 0, 0
    return last, line


def _closed(document: Document, sequence: list[Member], end_line: int) -> list[Member]:
    """A sequence, its last member with what is nested in it up to `end_line`."""
    last = sequence.pop()
    nested = _nested_end(document, last.entry, end_line)
    return [*sequence, last._replace(end_line=nested)]


def _nested_end(document: Document, entry: Entry, end_line: int) -> int:
    """The last line, up to `end_line`, of an entry and of what is nested in it."""
    last = entry.end_line
    if entry.kind not in _ITEMS:
        return last
    column, lead = _column(document, entry), _lead(document, entry)
    for line in range(last + 1, end_line + 1):
        content = document.lines.content(line)
        shown = content.lstrip(lead)
        if not shown:
            continue
        if len(content) - len(shown) < column:
            break
        last = line
    return last


def _mark(entry: Entry) -> str:
    """What tells the list of an entry from another: `-`, the full stop of `3.`."""
    return entry.marker.text[-1:] if entry.marker else ""


def _column(document: Document, entry: Entry) -> int:
    return document.place(entry.span.start).column


def _before(document: Document, entry: Entry) -> str:
    """What stands before an entry in its line."""
    return document.lines.content(entry.line)[: _column(document, entry) - 1]


def _has_own_lines(document: Document, entry: Entry) -> bool:
    return not _before(document, entry).strip(_QUOTED)


def _lead(document: Document, entry: Entry) -> str:
    """What the lines of an entry may begin with."""
    return _QUOTED if ">" in _before(document, entry) else _BLANKS


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
