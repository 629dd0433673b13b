"""Whether what a layout writes reads back as the same entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from peftlint.layout.custom import as_in_list, liberty
from peftlint.layout.kept import Kept, kept, with_kept
from peftlint.layout.lacking import in_words
from peftlint.layout.named import OWN, Layout
from peftlint.layout.template import Template
from peftlint.layout.writer import Shown, write
from peftlint.layout.written import TITLE, Written, written
from peftlint.model import Badge, Document, Entry, Link
from peftlint.reader import read
from peftlint.regex import regex
from peftlint.source import LINE_END

NO_ENTRY = "it would not read as an entry"
NO_PLACE = "the layout has no place for its"
_HEADING = "# Papers\n\n"
#: Blanks in empty lines, at the end of paragraphs and behind breaks.
_UNSEEN = regex(
    r"(?<![ \t])[ \t]+(?=\n[ \t]*(?:\n|[-*+][ \t])|\Z)|(?<=\n)[ \t]+(?=\n)|(?<=<br>)[ \t]+(?=\n)"
)


class Laid(NamedTuple):
    """An entry laid out, proved to read back.

    Attributes:
        text: the whole entry, its marker first, with line feeds.
        shown: what the layout wrote of it.
        entry: what it was read back as, from a document with nothing else in it.
        document: that document; the list itself where it is written so already.
    """

    text: str
    shown: Shown
    entry: Entry
    document: Document


class _Way(NamedTuple):
    """How an entry is written where the layout leaves a choice.

    Attributes:
        keeps_source: whether title and venue are kept as the list writes them.
        shows_labelled: whether venue and year are shown that a link's label shows.
        shows_number: whether the number on arXiv is shown that a link shows.
        parts_remark: whether a dash stands before the words behind a title.
    """

    keeps_source: bool = True
    shows_labelled: bool = False
    shows_number: bool = True
    parts_remark: bool = False


#: In this order: as close to the list as can be comes first.
_WAYS = (
    _Way(),
    _Way(shows_labelled=True),
    _Way(keeps_source=False),
    _Way(keeps_source=False, shows_labelled=True),
    _Way(shows_number=False),
    _Way(parts_remark=True),
    _Way(keeps_source=False, shows_labelled=True, shows_number=False, parts_remark=True),
)


def read_back(
    layout: Layout,
    entry: Entry,
    document: Document | None = None,
    number: int | None = None,
    may_lose: frozenset[str] = frozenset(),
) -> Laid | str:
    """Lay an entry out and read it back.

    It is written as close to the list as it can be: what does not read back with the list's own
    emphasis or without what a label shows is tried again with all escaped or shown, without a
    number that a link shows anyway, and with a dash before the words behind its title.

    Args:
        layout: to be used.
        entry: read from a list, or made of facts.
        document: the list; `None` for an entry that was made.
        number: of an item of an ordered list, where the entry is none yet.
        may_lose: the fields, of `peftlint.layout.lacking.LOSABLE`, that are dropped where the
            layout has no place for them.

    Returns:
        The entry in this layout, or, for a person, what it would lose.
    """
    found = kept(document, entry) if document is not None else None
    if isinstance(found, str):
        return found
    if found is not None and document is not None and layout.template.kind == "table-row":
        lines = document.slice(found.rest)
        if lines.strip():
            return "it has lines of its own, and a row of a table is one line"
    # What a title's link was called is gone: a chosen layout has to have a way back.
    keeps_labels = document is not None and layout.name != OWN and "labels" not in may_lose
    reason = ""
    tried: set[tuple[str, ...]] = set()
    for way in _WAYS:
        fields: Written | str = written(
            entry,
            document,
            keeps_source=way.keeps_source,
            shows_labelled=way.shows_labelled,
            keeps_labels=keeps_labels,
        )
        if found is not None and isinstance(fields, Written):
            fields = with_kept(fields, found, is_own=layout.name == OWN)
        if isinstance(fields, str):
            return fields
        if keeps_labels and entry.kind == layout.template.kind == "table-row":
            _leave_title(fields)
        if layout.name == OWN and document is not None:
            as_in_list(fields, document, layout.template)
        _turn(fields, layout.template, way)
        shown = write(layout.template, fields)
        if shown.lines in tried:
            continue
        tried.add(shown.lines)
        missing = [name for name in shown.left if name not in may_lose]
        if missing:
            return reason or f"{NO_PLACE} {in_words(missing)}"
        laid = _prove(layout.template, fields, shown, document, found, number)
        if isinstance(laid, Laid) and layout.name == OWN and document is not None:
            laid = liberty(document, entry, laid.entry, laid.text, laid.shown) or laid
        if isinstance(laid, Laid):
            return laid
        reason = reason or laid
    return reason


def _turn(fields: Written, template: Template, way: _Way) -> None:
    """Change the fields as a layout and a way need them."""
    names = template.names()
    if not way.shows_number and fields.is_linked:
        fields.arxiv = None
    if fields.arxiv is not None and not fields.is_linked:
        _keep_number(fields, names, fields.arxiv)
    remark = fields.remarks.get("title", "")
    if way.parts_remark and remark[:1] == " ":
        fields.remarks["title"] = f" -{remark}"


def _leave_title(fields: Written) -> None:
    """The title of what is a row already opens a link only if it did."""
    if fields.title_link is not None and fields.title_link.label != TITLE:
        fields.title_link, fields.url = None, None


def _keep_number(fields: Written, names: frozenset[str], number: str) -> None:
    """A number on arXiv that no link shows is shown in a layout without a place for it, too."""
    if "ids.arxiv" in names or ("preprint" in names and fields.is_preprint):
        return
    behind = fields.remarks.pop("ids.arxiv", "")
    if fields.is_preprint and "venue" in names:
        fields.venue = f"arXiv:{number}"
        fields.remarks["venue"] = fields.remarks.get("venue", "") + behind
        return
    shown = {"year": fields.year, "venue": fields.venue}
    host = next((name for name, text in shown.items() if text and name in names), "title")
    remark = fields.remarks.get(host, "")
    fields.remarks[host] = f"{remark} (arXiv:{number}){behind}"


def _prove(  # noqa: PLR0913, PLR0917 - all that an entry is written of
    template: Template,
    fields: Written,
    shown: Shown,
    document: Document | None,
    found: Kept | None,
    number: int | None,
) -> Laid | str:
    """Read an entry back that was written."""
    if document is None or found is None:
        whole = with_marker(template, shown.lines)
        rest: list[str] = []
    else:
        where = _placed(template, fields.entry, document, number)
        rest = _rest(document, found, where)
        whole = with_marker(template, shown.lines, where.marker, where.inside)
        whole += "\n".join([found.line_break if rest else "", *rest])
        shown = _with_inside(shown, found)
        if is_written_so(document, fields.entry, whole):
            # What is as it was needs no proof.
            return Laid(whole, shown, fields.entry, document)
    alone_ = alone(template, whole, document, fields.entry)
    again = read(alone_)
    if len(again.entries) != 1:
        number = len(again.entries)
        return f"it would read as {number} entries" if number else NO_ENTRY
    entry = again.entries[0]
    last = len(again.lines) - 1
    if entry.kind != template.kind or (entry.end_line != last and not rest):
        return "a part of it would not be read as the entry's"
    differing = difference(fields.entry, entry, shown)
    return differing or Laid(whole, shown, entry, again)


def is_written_so(document: Document, entry: Entry, text: str) -> bool:
    """Whether an entry is written in its list as `text` is, blanks that nobody sees aside."""
    own = document.slice(entry.span).replace(document.newline, "\n")
    return own == text or _UNSEEN.sub("", own) == _UNSEEN.sub("", text)


class _Placed(NamedTuple):
    """Where an entry is written: its marker, and what further lines begin with, new and old."""

    marker: str
    inside: str
    inside_before: str


def _placed(template: Template, entry: Entry, document: Document, number: int | None) -> _Placed:
    """Where an entry is written in its list: it keeps its marker where that may stay."""
    text = document.text
    line = document.lines.span(entry.line)
    before = text[line.start : entry.span.start]
    if entry.kind == template.kind and entry.kind in ("bullet", "ordered") and entry.marker:
        at = entry.marker.span.end
        while at < entry.span.end and text[at] in " \t":
            at += 1
        return _Placed(text[entry.span.start : at], entry.indent, entry.indent)
    marker = f"{template.marker} " if template.marker else ""
    if template.kind == "ordered":
        own = entry.marker.text if entry.marker and entry.marker.text[0].isdigit() else ""
        marker = f"{own or f'{number or 1}.'} "
    return _Placed(marker, before + " " * len(marker), entry.indent)


def _rest(document: Document, found: Kept, where: _Placed) -> list[str]:
    """The lines that stay as they are, indented as the entry is now."""
    first, *lines = LINE_END.split(document.slice(found.rest)) if found.rest else [""]
    del first
    old, new = where.inside_before, where.inside
    if old == new:
        return lines
    return [
        new + line[len(old) :] if line.strip() and line.startswith(old) else line for line in lines
    ]


def _with_inside(shown: Shown, found: Kept) -> Shown:
    """What was written, with the links and badges in the lines that stay."""
    links, badges = list(shown.links), list(shown.badges)
    for key in found.inside:
        if isinstance(key, Badge):
            badges.append(key)
            if key.link is not None:
                links.append((key.link.label, key.link))
        elif isinstance(key, Link):
            links.append((key.label, key))
    return shown._replace(links=tuple(links), badges=tuple(badges))


def alone(
    template: Template, entry: str, document: Document | None = None, old: Entry | None = None
) -> str:
    """A document with an entry and nothing else.

    Args:
        template: of its layout.
        entry: as it is written.
        document: the list that it was in, for what it refers to.
        old: the entry there.
    """
    if template.kind == "table-row":
        return f"{_HEADING}{head(template)}\n{entry}\n"
    before = after = ""
    if document is not None and old is not None:
        # An item inside another is indented, and one in a quote begins with its mark.
        line = document.lines.span(old.line)
        before = document.text[line.start : old.span.start]
        definitions = {
            link.url: document.lines.content(document.lines.line(link.url_span.start))
            for link in old.links
            if link.form == "reference" and link.url_span and not old.span.contains(link.url_span)
        }
        after = "".join(f"\n{definition}" for definition in definitions.values())
    outer = "- Papers\n\n" if before and not before.strip() else ""
    return f"{_HEADING}{outer}{before}{entry}\n{after}"


def with_marker(
    template: Template, lines: Sequence[str], marker: str = "", inside: str = ""
) -> str:
    """Lines of an entry behind its marker, the others inside its item.

    Args:
        template: of the layout.
        lines: what the layout wrote.
        marker: in place of the template's, with the blank after it.
        inside: what further lines begin with; as many blanks as the marker is long where empty.
    """
    opening = marker or (f"{template.marker} " if template.marker else "")
    inside = inside or " " * len(opening)
    first, *others = lines
    quoted = inside.rstrip()
    return "\n".join([opening + first, *(f"{inside}{line}" if line else quoted for line in others)])


def head(template: Template) -> str:
    """The head of a table with a column for each cell of a template, and the line below it."""
    names = {
        "title": "Title", "authors": "Authors", "venue": "Venue", "year": "Year",
        "ids.arxiv": "arXiv", "name": "Name", "links.paper": "Paper", "links.code": "Code",
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
        shown: what was written of it; links are called and stand as it says, and what it left
            need not be there.
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
        if was != now and not (name in shown.left and not now):
            if name == "ids" and _may_be_fewer(entry, other, shown):
                continue
            return f"its {name} would read as {_quoted(now)}, not {_quoted(was)}"
    return None if _links_are_there(entry, shown) else "its links would not all be there"


def _may_be_fewer(entry: Entry, other: Entry, shown: Shown) -> bool:
    """Whether identifiers are gone with what showed them, and none came."""
    if not {"links", "badges", "remarks"} & set(shown.left):
        return False
    return all(set(values) <= set(entry.ids.get(kind, ())) for kind, values in other.ids.items())


def _links_are_there(entry: Entry, shown: Shown) -> bool:
    """Whether each link was written once, save those that were dropped."""
    given, wanted = Counter(id(link) for _, link in shown.links), Counter(map(id, entry.links))
    missing = wanted - given
    dropped = {
        id(link)
        for link in entry.links
        if "links" in shown.left or ("badges" in shown.left and link.badge is not None)
    }
    return not given - wanted and missing.keys() <= dropped


def _texts(entry: Entry) -> list[str]:
    return [author.text for author in entry.authors]


def _links(shown: Shown) -> list[tuple[str | None, str | None]]:
    return [(label, link.url) for label, link in shown.links]


def _quoted(value: object) -> str:
    """A field's value for a message."""
    if not value:
        return "nothing"
    if isinstance(value, dict):
        value = [f"{kind}:{one}" for kind, ids in value.items() for one in ids]
    if isinstance(value, list):
        several = [
            one if isinstance(one, str) else f"{one[0] or ''} <{one[1] or ''}>".lstrip()
            for one in value
        ]
        return f"'{', '.join(several)}'"
    return f"'{value}'" if isinstance(value, str) else str(value)
