"""How entries are laid out: which fields, in which order, and what stands between them.

A layout is written as one would jot it down: `- **title** venue year badges // *authors* links`.
As in a poem that is quoted in prose, `/` is a line end and `//` a blank line.
A backslash is a hard break, `/ -` opens a sub-bullet, and `|` parts the cells of a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from peftlint.model import Document, Entry
from peftlint.source import LINE_END, Span

#: What stands between two fields; empty where it is nothing but blanks.
Gap = Literal["", "/", "\\", "//", "/ -", "|"]
#: The weakest first: where a field is missing, the stronger of the gaps around it is left.
_GAPS: tuple[Gap, ...] = ("", "/", "\\", "//", "/ -", "|")

_OPENINGS = {
    "bullet": "- ",
    "ordered": "1. ",
    "heading": "# ",
    "table-row": "| ",
    "html-row": "<tr> ",
}
_ROWS = frozenset({"table-row", "html-row"})
_CELL_ENDS = ("|", "</td", "</th")
#: Browsers take the second for the first.
_BREAK_TAGS = ("<br", "</br")
_BULLETS = ("- ", "* ", "+ ")

#: Marks around a field: how they open, how they close, and how a layout shows the first.
_MARKS = (
    ("**", "**", "**"),
    ("__", "__", "**"),
    ("*", "*", "*"),
    ("_", "_", "*"),
    ("`", "`", "`"),
    ('"', '"', '"'),
    ("\u201c", "\u201d", '"'),
    ("'", "'", "'"),
    ("\u2018", "\u2019", "'"),
)
_OPENING_MARKS = "".join(opening for opening, _, _ in _MARKS)
_QUOTES = frozenset("\"'")
#: More marks than this around one field are no style.
_MOST_MARKS = 3
#: What parts a field from the next, inside its marks or outside.
_STOPS = " \t\r\n.,:;"


class Step(NamedTuple):
    """A field of a layout.

    Attributes:
        gap: what stands between the field before it and this one.
        word: which field it is; `venue` is also a venue with its year.
        shown: the field with its marks.
    """

    gap: Gap
    word: str
    shown: str


class Layout(NamedTuple):
    """How an entry is laid out.

    Attributes:
        opening: what it begins with, `- ` for every bullet and `1. ` for every number.
        title: its title with the marks; by these one tells layouts apart.
        steps: its fields in order; links that stand side by side are one, and so are badges.
    """

    opening: str
    title: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """As one would jot it down."""
        words = [word for step in self.steps for word in (step.gap, step.shown) if word]
        return self.opening + " ".join(words)

    @property
    def fullness(self) -> int:
        """How many fields it shows."""
        return sum(len(step.shown.split()) for step in self.steps)

    def is_like(self, other: Layout) -> bool:
        """Whether one would call the two the same: the fields that both have stand alike.

        A field that only one of them has does not matter: not every paper has code or a venue.
        """
        if (self.opening, self.title) != (other.opening, other.title):
            return False
        mine, others = _shared(self, other), _shared(other, self)
        return _is_within(mine, others) or _is_within(others, mine)


def layout(document: Document, entry: Entry) -> Layout:
    """How an entry is laid out.

    Args:
        document: the list that it is in.
        entry: the entry.
    """
    steps: list[Step] = []
    run = set[str]()
    gap: Gap = ""
    end = 0
    for span, word, shown in _fields(document, entry):
        if steps:
            between = document.text[end : span.start]
            gap = max(gap, _gap(between, is_row=entry.kind in _ROWS), key=_GAPS.index)
        end = span.end
        if word not in {"links", "badges"}:
            run.clear()
        elif shown in run:
            # Of links side by side one is enough, also with badges among them.
            continue
        run.add(shown)
        if word == "year" and steps[-1:] and steps[-1].word == "venue" and not gap:
            # A year of its own, as a date at the end of the entry, is another field.
            steps[-1] = steps[-1]._replace(shown=f"{steps[-1].shown} year")
            continue
        steps.append(Step(gap, word, shown))
        gap = ""
    return Layout(_opening(entry), _title(document, entry), tuple(steps))


def _opening(entry: Entry) -> str:
    if entry.kind == "paragraph" and entry.marker:
        # Without the blank after it, or it would be an item.
        return "1." if entry.marker.text[0].isdigit() else "-"
    return _OPENINGS.get(entry.kind, "")


def _fields(document: Document, entry: Entry) -> Iterator[tuple[Span, str, str]]:
    """The fields of an entry in order: place, word, and the word with its marks."""
    title = _title(document, entry)
    fields = [(entry.title.span, "title", title)]
    if entry.name:
        fields.append((entry.name.span, "name", _marked(document.slice(entry.name.span), "name")))
    if entry.authors_span:
        authors = _marked(document.slice(entry.authors_span), "authors")
        fields.append((entry.authors_span, "authors", authors))
    appearance = [
        (field.span, word)
        for field, word in ((entry.venue, "venue"), (entry.year, "year"))
        if field is not None
    ]
    fields.extend((span, word, word) for span, word in appearance)
    for link in entry.links:
        if link.label == "@title" or link.badge:
            continue
        words = [word for span, word in sorted(appearance) if link.outer_span.contains(span)]
        fields.append((link.outer_span, "links", f"[{' '.join(words)}]" if words else "links"))
    fields.extend((badge.outer_span, "badges", "badges") for badge in entry.badges)
    end = -1
    for span, word, shown in sorted(fields, key=lambda field: (field[0].start, -field[0].end)):
        # What is inside another field, as a year in the venue's link, is shown by that one.
        if span.end > end:
            yield span, word, shown
            end = span.end


def _title(document: Document, entry: Entry) -> str:
    """The title with its marks: `**title**`, `[title]`, `"title"`, `[name]: title`."""
    written = document.slice(entry.title.span)
    link = next((link for link in entry.links if link.label == "@title"), None)
    if link is None:
        return _marked(written, "title")
    linked = document.slice(link.span)
    if unmarked(written)[0] == linked:
        label = _marked(document.slice(link.label_span), "title")
        return _marked(written, f"[{label}]")
    return "[name]: title" if written.lstrip(_OPENING_MARKS).startswith(linked) else "title"


def _marked(text: str, word: str) -> str:
    """`word` with the marks that are around `text`."""
    _, marks = unmarked(text)
    return "".join(marks) + word + "".join(reversed(marks))


def unmarked(text: str) -> tuple[str, list[str]]:
    """`text` without the marks around it, and these, the outermost first."""
    text = text.strip(_STOPS)
    marks: list[str] = []
    while len(marks) < _MOST_MARKS:
        for opening, closing, mark in _MARKS:
            inner = text.removeprefix(opening).removesuffix(closing)
            if len(inner) != len(text) - len(opening) - len(closing):
                continue
            # `**One** and **two**` is not marked as a whole; but a title may quote.
            if mark in _QUOTES or closing not in inner.replace(f"\\{closing}", ""):
                marks.append(mark)
                text = inner.strip(_STOPS)
                break
        else:
            break
    return text, marks


def _gap(between: str, *, is_row: bool) -> Gap:
    """What stands between two fields, whatever else is written there."""
    if is_row and any(end in between for end in _CELL_ENDS):
        return "|"
    first, *others = LINE_END.split(between)
    if any(line.lstrip().startswith(_BULLETS) for line in others):
        return "/ -"
    if any(not line.strip() for line in others[:-1]):
        return "//"
    if any(tag in between.lower() for tag in _BREAK_TAGS) or any(
        line.endswith(("  ", "\\")) for line in [first, *others][:-1]
    ):
        return "\\"
    return "/" if others else ""


def _shared(one: Layout, other: Layout) -> list[tuple[Gap, str]]:
    """The fields of `one` that `other` has as well, each with what stands before it."""
    words = {step.word for step in other.steps}
    shared: list[tuple[Gap, str]] = []
    gap: Gap = ""
    for step in one.steps:
        # Markdown shows a line end within a paragraph as a blank.
        gap = max(gap, "" if step.gap == "/" else step.gap, key=_GAPS.index)
        if step.word in words:
            # What stands before the first is missing in the other.
            shared.append((gap if shared else "", step.word))
            gap = ""
    return shared


def _is_within(fields: list[tuple[Gap, str]], others: list[tuple[Gap, str]]) -> bool:
    """Whether `others` gives `fields` when some are left out."""
    found = 0
    gap: Gap = ""
    for before, word in others:
        if found:
            gap = max(gap, before, key=_GAPS.index)
        if found < len(fields) and fields[found] == (gap, word):
            found += 1
            gap = ""
    return found == len(fields)
