"""Whether what a layout writes reads back as the same entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from peftlint.layout.named import Layout
from peftlint.layout.template import Template
from peftlint.layout.writer import Shown, write
from peftlint.layout.written import Written, written
from peftlint.model import Document, Entry
from peftlint.reader import read

NO_ENTRY = "it would not read as an entry"
_HEADING = "# Papers\n\n"


class Laid(NamedTuple):
    """An entry laid out, proved to read back.

    Attributes:
        shown: what was written.
        entry: what it was read back as, from a document with nothing else in it.
        document: that document.
    """

    shown: Shown
    entry: Entry
    document: Document


def read_back(layout: Layout, entry: Entry, document: Document | None = None) -> Laid | str:
    """Lay an entry out and read it back.

    It is written as close to the list as it can be: what does not read back with the list's own
    emphasis or without what a label shows is tried again with all escaped or shown.

    Args:
        layout: to be used.
        entry: read from a list, or made of facts.
        document: the list; `None` for an entry that was made.

    Returns:
        The entry in this layout, or, for a person, what it would lose.
    """
    reason = ""
    tried: set[tuple[str, ...]] = set()
    for keeps_source in (True, False) if document is not None else (True,):
        for shows_labelled in (False, True):
            fields = written(
                entry, document, keeps_source=keeps_source, shows_labelled=shows_labelled
            )
            shown = write(layout.template, fields)
            if shown.lines in tried:
                continue
            tried.add(shown.lines)
            laid = prove(layout.template, fields, shown)
            if isinstance(laid, Laid):
                return laid
            reason = reason or laid
    return reason


def prove(template: Template, fields: Written, shown: Shown) -> Laid | str:
    """Read an entry back that was written.

    Args:
        template: in which it was written.
        fields: what was to be written.
        shown: what was.
    """
    if shown.left:
        return f"the layout has no place for its {' and '.join(shown.left)}"
    document = read(alone(template, shown.lines))
    if len(document.entries) != 1:
        number = len(document.entries)
        return f"it would read as {number} entries" if number else NO_ENTRY
    entry = document.entries[0]
    last = len(document.lines) - 1
    if entry.kind != template.kind or entry.end_line != last:
        return "a part of it would not be read as the entry's"
    differing = difference(fields.entry, entry, shown)
    return differing or Laid(shown, entry, document)


def alone(template: Template, lines: Sequence[str]) -> str:
    """A document with an entry and nothing else.

    Args:
        template: of the layout.
        lines: what the layout wrote.
    """
    if template.kind == "table-row":
        return f"{_HEADING}{head(template)}\n{with_marker(template, lines)}\n"
    return f"{_HEADING}{with_marker(template, lines)}\n"


def with_marker(
    template: Template, lines: Sequence[str], marker: str = "", indent: str = ""
) -> str:
    """Lines of an entry behind its marker, the others inside its item.

    Args:
        template: of the layout.
        lines: what the layout wrote.
        marker: in place of the template's, with the blank after it.
        indent: what stands before the marker in its line.
    """
    opening = marker or (f"{template.marker} " if template.marker else "")
    inside = indent + " " * len(opening)
    first, *others = lines
    return "\n".join([opening + first, *(f"{inside}{line}" if line else "" for line in others)])


def head(template: Template) -> str:
    """The head of a table with a column for each cell of a template, and the line below it."""
    names = {
        "title": "Title", "authors": "Authors", "venue": "Venue", "year": "Year",
        "ids.arxiv": "arXiv", "links.paper": "Paper", "links.code": "Code",
        "links.project": "Project", "links.data": "Data", "links": "Links", "badges": "Badges",
    }  # fmt: skip
    columns = [""]
    for node in template.body:
        if isinstance(node, str) and "|" in node:
            columns.extend([""] * node.count("|"))
            continue
        if not columns[-1]:
            inside = {field.name for field in Template("", "table-row", "", (node,)).fields()}
            columns[-1] = next((word for name, word in names.items() if name in inside), "")
    columns.pop()
    return f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}"


def difference(entry: Entry, other: Entry, shown: Shown) -> str | None:
    """What another reading of an entry says otherwise, for a person.

    Args:
        entry: as it was.
        other: as it was read back.
        shown: what was written of it; links are called and stand as it says.
    """
    for name, was, now in (
        ("title", entry.title.text, other.title.text),
        ("name", entry.name and entry.name.text, other.name and other.name.text),
        ("authors", _texts(entry), _texts(other)),
        ("venue", entry.venue and entry.venue.text, other.venue and other.venue.text),
        ("year", entry.year and entry.year.value, other.year and other.year.value),
        ("links", _links(shown), [(link.label, link.url) for link in other.links]),
        ("badges", [one.url for one in shown.badges], [badge.url for badge in other.badges]),
        ("ids", dict(entry.ids), dict(other.ids)),
    ):
        if was != now:
            return f"its {name} would read as {_quoted(now)}, not {_quoted(was)}"
    if Counter(id(link) for _, link in shown.links) != Counter(map(id, entry.links)):
        return "its links would not all be there"
    return None


def _texts(entry: Entry) -> list[str]:
    return [author.text for author in entry.authors]


def _links(shown: Shown) -> list[tuple[str | None, str | None]]:
    return [(label, link.url) for label, link in shown.links]


def _quoted(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else "nothing" if value is None else str(value)
