"""How a line of a list was read, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from peftlint import arxiv
from peftlint.convention import LEAST, SHARE
from peftlint.identity import ids_of_url
from peftlint.model import Badge, Document, Entry, Link, Year
from peftlint.printable import printable
from peftlint.regex import regex
from peftlint.report.terminal import Terminal
from peftlint.role import told_by
from peftlint.source import Span
from peftlint.style.family import Comparison, comparisons
from peftlint.style.layout import layout

#: What stands where an entry does not show a field.
_NOTHING = "-"
#: A text with more characters is shown by its beginning.
_LONGEST = 500

_KINDS = {
    "bullet": "a bullet",
    "ordered": "a numbered item",
    "table-row": "a row of a table",
    "paragraph": "a paragraph",
    "heading": "a heading",
    "html-row": "a row of an HTML table",
}

#: What a line without a block of its own may be, by its text.
_SHAPES = (
    (regex(r"[-=*_|: ]+$"), "a rule, or the line below a heading or the head of a table"),
    (regex(r"\[[^\]]+\]:"), "the address of a link that is written elsewhere"),
)
_NO_REASON = "no item, row or paragraph that shows a work"
#: Each cell is a place of its own there: what comes before the title says nothing.
_ROWS = ("table-row", "html-row")


class Row(NamedTuple):
    """What is said of a field.

    Attributes:
        label: what the field is called.
        text: what a reader sees; empty where the entry does not show it.
        span: where it stands.
        because: what made it that, as far as the reader says.
    """

    label: str
    text: str
    span: Span | None = None
    because: str = ""


def _entry_at(document: Document, line: int) -> Entry | None:
    """The entry that a line belongs to."""
    around = [entry for entry in document.entries if entry.line <= line <= entry.end_line]
    return around[-1] if around else None


def lines_about(path: str, document: Document, line: int, terminal: Terminal) -> Iterator[str]:
    """The lines that tell how a line of a list was read.

    Args:
        path: of the list, as the user knows it.
        document: the list.
        line: counted from 1; one that the list has.
        terminal: for its colors.
    """
    where = terminal.paint(f"{printable(path)}:{line}", "bold")
    entry = _entry_at(document, line)
    if entry is None:
        yield f"{where} is in no entry: {printable(_reason(document, line))}"
        yield from _neighbours(document, line, terminal)
        return
    lines = f"line {entry.line}"
    if entry.end_line > entry.line:
        lines = f"lines {entry.line} to {entry.end_line}"
    yield f"{where} is in an entry: {_KINDS[entry.kind]}, {lines}"
    rows = list(_rows(document, entry))
    width = max(len(row.label) for row in rows)
    for row in rows:
        text = printable(_shortened(row.text)) or _NOTHING
        yield f"  {terminal.paint(f'{row.label:{width}}', 'bold')}  {text}"
        place = [] if row.span is None else [terminal.paint(_place(document, row.span), "cyan")]
        reason = printable(_shortened(row.because))
        because = [terminal.paint(reason, "dim")] if reason else []
        if place or because:
            yield f"  {'':{width}}  {', '.join([*place, *because])}"


def _neighbours(document: Document, line: int, terminal: Terminal) -> Iterator[str]:
    """The entries before and after a line that is in none."""
    before = [entry for entry in document.entries if entry.end_line < line][-1:]
    after = [entry for entry in document.entries if entry.line > line][:1]
    for label, entries in (("previous entry", before), ("next entry", after)):
        for entry in entries:
            title = printable(_shortened(entry.title.text))
            place = terminal.paint(f"line {entry.line}", "cyan")
            yield f"  {terminal.paint(f'{label:14}', 'bold')}  {place}  {title}"


def _reason(document: Document, line: int) -> str:
    """Why a line belongs to no entry."""
    lines = document.lines
    # In a quote as well.
    content = lines.content(line).strip().lstrip("> \t")
    start = document.text.find(content, lines.starts[line - 1])
    span = Span(start, start + len(content))
    # Where the line is blank, its place is empty and in the comment around it.
    if any(comment.span.contains(span) for comment in document.comments):
        return "in a comment"
    around = [one for one in document.others if one.line <= line <= one.end_line]
    if around:
        # The innermost says most.
        return min(around, key=lambda one: one.end_line - one.line).reason
    if not content:
        return "a blank line"
    if any(heading.line == line or heading.span.overlaps(span) for heading in document.headings):
        return "a heading"
    return next((reason for shape, reason in _SHAPES if shape.match(content)), _NO_REASON)


def _rows(document: Document, entry: Entry) -> Iterator[Row]:
    yield Row("entry", entry.read_by.get("entry", ""))
    yield from field_rows(document, entry)
    yield Row("layout", str(layout(document, entry)))
    for comparison in comparisons(document, entry):
        yield _comparison_row(comparison)


def field_rows(document: Document, entry: Entry) -> Iterator[Row]:
    """What is said of each field of an entry; the text is empty where it does not show one.

    Args:
        document: the list.
        entry: one of its entries.
    """
    because = entry.read_by
    yield _section_row(document, entry)
    reason = because.get("title", "") + _behind(entry)
    yield Row("title", entry.title.text, entry.title.span, reason)
    for label, field in (("name", entry.name), ("venue", entry.venue), ("year", entry.year)):
        if field is None:
            yield Row(label, "")
            continue
        shown = str(field.value) if isinstance(field, Year) else field.text
        yield Row(label, shown, field.span, because.get(label, ""))
    authors = "; ".join(author.text for author in entry.authors)
    yield Row("authors", authors, entry.authors_span, because.get("authors", ""))
    yield from map(_link_row, entry.links) if entry.links else [Row("link", "")]
    meanings = _meanings(document)
    for badge in entry.badges:
        yield _badge_row(badge, meanings)
    for kind, values in entry.ids.items():
        for value in values:
            yield Row(kind, value, *_origin(document, entry, (kind, value)))


def _section_row(document: Document, entry: Entry) -> Row:
    """The headings above an entry, and the place of the last of them."""
    if not entry.section:
        return Row("section", "")
    above = (one for one in document.headings if one.line < entry.line)
    heading = max((one for one in above if one.text == entry.section[-1]), key=lambda one: one.line)
    because = "the heading above" if len(entry.section) == 1 else "the last of the headings above"
    return Row("section", " > ".join(entry.section), heading.span, because)


def _behind(entry: Entry) -> str:
    """Which other fields stand before the title, where that is said to come first."""
    if entry.kind in _ROWS:
        return ""
    spans = {
        "the name": entry.name and entry.name.span,
        "the authors": entry.authors_span,
        "the venue": entry.venue and entry.venue.span,
        "the year": entry.year and entry.year.span,
    }
    start = entry.title.span.start
    before = [field for field, span in spans.items() if span and span.end <= start]
    *first, last = before or [""]
    listed = f"{', '.join(first)} and {last}" if first else last
    return f", behind {listed}" if listed else ""


def _link_row(link: Link) -> Row:
    is_title = link.label == "@title"
    label = "the title" if is_title else link.label or "an address"
    told = told_by(None if is_title else link.label, link.url)
    because = f"{link.role} by {told}" if told else "neither its label nor its host tells its role"
    text = f"{label}: {link.role}, {link.url or 'no address'}"
    return Row("link", text, link.outer_span, because)


def _badge_row(badge: Badge, meanings: Mapping[str, str]) -> Row:
    label = badge.label or badge.alt or badge.url
    color = f": {badge.color}" if badge.color else ""
    meaning = meanings.get(badge.color or "", "")
    because = f"in the legend: {meaning}" if meaning else "an image from a badge host"
    return Row("badge", label + color, badge.outer_span, because)


def _origin(document: Document, entry: Entry, identity: tuple[str, str]) -> tuple[Span | None, str]:
    """Where an identity of an entry stands, and what made it one."""
    for link in entry.links:
        if link.url and identity in ids_of_url(link.url):
            return link.url_span or link.span, "the address of a link"
        if link.label and "//" in link.label and identity in ids_of_url(link.label):
            return link.label_span, "the label of a link"
    for value, start, end in arxiv.ids_in_text(document.slice(entry.span)):
        if value == identity[1]:
            at = entry.span.start
            return Span(at + start, at + end), "an identifier in the text"
    return None, "an identifier in the text"


def _meanings(document: Document) -> dict[str, str]:
    """What each color means by the legend; the first line with a color tells."""
    found: dict[str, str] = {}
    for item in document.legend:
        found.setdefault(item.color, item.meaning)
    return found


def _comparison_row(comparison: Comparison) -> Row:
    label, usual = f"in {comparison.scope}", comparison.usual
    if usual.total == 1:
        return Row(label, "this is its only entry")
    if not comparison.is_sure:
        needed = str(LEAST) if usual.uses < LEAST else f"{SHARE:.0%}".replace("%", " %")
        share = f"{usual} ({100 * usual.uses // usual.total} %)"
        because = f"{share}: no convention, which takes {needed}"
        return Row(label, f"{usual.way}", because=because)
    verdict = "this entry is one of them" if comparison.is_like else "this entry differs"
    return Row(label, f"{usual.way} ({usual})", because=verdict)


def _place(document: Document, span: Span) -> str:
    """A span as `line:column-line:column`, the end being the column after the last."""
    start, end = document.place(span.start), document.place(span.end)
    return f"{start.line}:{start.column}-{end.line}:{end.column}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
