"""From parts to an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from peftlint import arxiv
from peftlint.identity import Identity, ids_of_url
from peftlint.model import (
    NOTHING,
    BadgePlace,
    BadgeRun,
    Entry,
    EntryKind,
    Link,
    Separation,
    Text,
)
from peftlint.punctuation import plain
from peftlint.reading.appearance import find_appearance
from peftlint.reading.author import find_authors
from peftlint.reading.bracket import set_outer_spans
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.reading.shared import shared_evidence
from peftlint.reading.title import find_title
from peftlint.regex import regex
from peftlint.role import label_role, url_role
from peftlint.source import Lines, Span, span_of
from peftlint.value import Value

#: The label before an address: `Project: https://..`; in characters.
_LABEL_BEFORE = regex(r"(\w[\w &/+]*)\s?:\s*[<(\[]?$")
_LONGEST_LABEL = 24
#: The forms of links that show their addresses.
_BARE = frozenset(("bare", "autolink"))
#: The parts whose text may name an identifier.
_WRITTEN = frozenset(("text", "strong", "em", "code"))


class Where(Value):
    """Where an entry stands, and how it is written.

    Attributes:
        kind: how it is written.
        start: its first character, its marker's.
        line, end_line: its first and last line, counted from 1.
        section: the headings above it.
        indent: what a further line of it begins with.
        marker, number, outdents: see `peftlint.model.Entry`.
        end: where it ends, if that is not the end of its last line.
    """

    kind: EntryKind
    start: int
    line: int
    end_line: int
    section: tuple[str, ...]
    indent: str = ""
    marker: Text | None = None
    number: int | None = None
    outdents: tuple[Span, ...] = ()
    end: int = -1


def read_fields(parts: Sequence[Part], in_cell: bool = False) -> Fields:
    """The fields that `parts` show; without a title they are no entry.

    Args:
        parts: all parts of what may be an entry.
        in_cell: whether they are a table's cell.
    """
    fields = Fields(parts)
    if find_title(fields, in_cell):
        find_authors(fields)
        find_appearance(fields)
    return fields


def make_entry(fields: Fields, where: Where, lines: Lines) -> Entry:
    """The entry that `fields` describe.

    Args:
        fields: with a title.
        where: where it stands.
        lines: of the whole text.
    """
    if fields.title is None:
        raise ValueError("an entry has a title")
    text = lines.text
    end = where.end if where.end >= 0 else lines.span(where.end_line).end
    while end > where.start and text[end - 1] in " \t":
        end -= 1
    span = span_of((where.start, end))
    title_start = fields.title.span.start
    # `[arXiv] Title` is a tag, not a link that somebody means to add.
    links = [
        link for link in fields.links if link.form != "placeholder" or link.span.end > title_start
    ]
    badges = [part.badge for part in fields.parts if part.badge is not None]
    set_outer_spans(text, links, span, in_table=where.kind == "table-row")
    if fields.title_link is not None:
        fields.title_link.label = "@title"
        fields.title_link.role = url_role(fields.title_link.url or "")
    if not _BARE.isdisjoint([link.form for link in links]):
        _name_addresses(fields.parts)
    separation, separation_span = _separation(fields)
    # By position: with names it takes three times as long.
    entry = Entry(
        where.kind,
        span,
        where.line,
        where.end_line,
        where.section,
        fields.title,
        fields.name,
        fields.authors,
        fields.venue,
        fields.year,
        tuple(links),
        tuple(badges),
        _ids(links, fields.parts),
        fields.authors_span,
        separation,
        separation_span,
        where.indent,
        (),
        NOTHING,
        _removal_span(lines, where, span),
        where.marker,
        where.number,
        where.outdents,
        shared_evidence(tuple(fields.read_by.items())),
    )
    if badges:
        _place_badges(entry, fields, text)
    return entry


def _name_addresses(parts: Sequence[Part]) -> None:
    """Give bare addresses the role that the label before them names: `Project: https://..`."""
    for before, part in pairwise(parts):
        if part.link is None or part.link.form not in _BARE:
            continue
        label = _LABEL_BEFORE.search(plain(before.text[-_LONGEST_LABEL:]))
        named = label_role(label[1]) if label and before.link is None else None
        if named and named != "other":
            part.link.role = named


def _removal_span(lines: Lines, where: Where, span: Span) -> Span:
    """The entry's lines, and the blank ones after it where there are some before it, too.

    At the end of the text it is those before it. Where it shares its lines, it is itself.
    """
    line, end_line = where.line, where.end_line
    if where.end >= 0:
        whole = lines.span(line, end_line)
        text = lines.text
        if text[whole.start : span.start].strip() or text[span.end : whole.end].strip():
            return span
    if line > 1 and not lines.is_blank(line - 1):
        return lines.whole(line, end_line)
    while end_line < len(lines) and lines.is_blank(end_line + 1):
        end_line += 1
    while end_line == len(lines) and line > 1 and lines.is_blank(line - 1):
        line -= 1
    return lines.whole(line, end_line)


def _separation(fields: Fields) -> tuple[Separation | None, Span | None]:
    """What stands between the title's lines and the authors."""
    if fields.authors_index <= fields.title_index:
        return None, None
    between = fields.parts[fields.title_index + 1 : fields.authors_index]
    for part in between:
        if part.kind in ("block", "item", "cell"):
            return ("blank" if part.kind == "block" else None), None
    if not between or between[-1].kind != "break":
        return "same-line", None
    last = between[-1]
    span = span_of((last.start, fields.parts[fields.authors_index].start))
    # `<br>` and the line end after it are two breaks.
    is_hard = last.text == "hard" or (len(between) > 1 and between[-2].kind == "break")
    return ("break" if is_hard else "glued"), span


def _place_badges(entry: Entry, fields: Fields, text: str) -> None:
    """Tell after what each badge stands, and where badges go in this entry."""
    links = [link for link in entry.links if not link.badge and link is not fields.title_link]
    head = _head_end(fields, entry.title.span.end)
    homes: dict[BadgePlace, Span] = {
        "before-title": entry.title.span.before,
        "after-title": Span(head, head),
    }
    if entry.authors_span is not None:
        homes["after-authors"] = entry.authors_span.after
    if links:
        homes["after-links"] = links[-1].outer_span.after
    runs: list[BadgeRun] = []
    for badge in entry.badges:
        start, end = badge.outer_span
        badge.place = _badge_place(entry, links, start)
        blank = start
        while blank > entry.span.start and text[blank - 1] in " \t":
            blank -= 1
        badge.removal_span = span_of((blank, end))
        last = runs[-1] if runs else None
        if last and last.place == badge.place and not text[last.span.end : start].strip():
            span = Span(last.span.start, end)
            runs[-1] = BadgeRun(last.place, span, Span(last.removal_span.start, end))
        else:
            runs.append(BadgeRun(badge.place, badge.outer_span, badge.removal_span))
    entry.badge_runs = tuple(runs)
    entry.badge_homes = homes


def _badge_place(entry: Entry, links: Sequence[Link], at: int) -> BadgePlace:
    if at < entry.title.span.start:
        return "before-title"
    if links and at > links[0].outer_span.start:
        return "after-links"
    if entry.authors_span is not None and at >= entry.authors_span.end:
        return "after-authors"
    return "after-title"


def _head_end(fields: Fields, title_end: int) -> int:
    """Where the title's line ends: after the venue, before authors and links."""
    end = title_end
    for index, part in enumerate(fields.parts[fields.title_index + 1 :], fields.title_index + 1):
        if part.kind in ("block", "item", "cell", "break", "link") or index == fields.authors_index:
            break
        if part.kind in ("badge", "image"):
            continue
        if part.node is not None or part.kind != "text":
            end = max(end, part.end)
        elif trimmed := len(part.text.rstrip(" \t[")):
            end = max(end, part.start + trimmed)
    return end


def _ids(links: Sequence[Link], parts: Sequence[Part]) -> Mapping[str, tuple[str, ...]]:
    """What identifies the work, from its links and its text."""
    found: list[Identity] = []
    for link in links:
        url, label = link.url, link.label
        if url and "//" in url:
            found += ids_of_url(url)
        if label and "//" in label:
            found += ids_of_url(label)
    for part in parts:
        text = part.text
        if ":" in text and part.kind in _WRITTEN:
            for value, _, _ in arxiv.ids_in_text(text):
                found.append(("arxiv", value))
    if not found:
        return NOTHING
    kind, value = found[0]
    if found.count(found[0]) == len(found):
        # Nearly all have one, or none.
        return {kind: (value,)}
    values: dict[str, set[str]] = {}
    for kind, value in found:
        values.setdefault(kind, set()).add(value)
    return {kind: tuple(sorted(values[kind])) for kind in sorted(values)}
