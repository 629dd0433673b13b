"""What an entry has beside its fields, which stays with it whatever its layout.

Words behind a field stay behind it: `CoRL 2021 Oral`. What stands in lines of its own after the
first words that are no field, a summary or sub-items, stays as it is written, after the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint.escape import CELL_END, out_of_cell
from peftlint.layout.lacking import in_words
from peftlint.layout.written import Written, date_span, id_spans
from peftlint.model import Badge, Document, Entry, Link
from peftlint.regex import regex
from peftlint.source import LINE_END, Span

#: What a layout may write otherwise: breaks, and marks that have no words.
_MARKUP = regex(r"</?(?:br|b|i|em|strong|p|sub|sup|small)\s*/?>|&nbsp;", re.IGNORECASE)
#: What says something: a letter, a digit, a symbol such as an emoji; not punctuation.
SAYS = (
    r"[^\s!-/:-@\[-`{-~\u00a0\u00b7\u2010-\u2015\u2018-\u201f\u2022\u2026\u3000-\u3003"
    r"\u3008-\u3011\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff5c]"
)
_SAYS = regex(SAYS)
_CLOSING = regex(r"[\s.,:;|\u2022\u00b7\u2013\u2014-]*[\s.,:;|)\]*_`\"\u201d'\u2019]*")
#: At the end; what stands before the marks is none, so that each run is gone through once.
_OPENING = regex(
    r"(?<![\s.,:;|(\[*_`\"\u201c\u2018\u2022\u00b7\u2013\u2014-])"
    r"[\s.,:;|(\[*_`\"\u201c\u2018\u2022\u00b7\u2013\u2014-]*$"
)
_BARE_CLOSING = regex(r"[\s.,:;|)\]\u2022\u00b7\u2013\u2014-]*")
_BARE_OPENING = regex(
    r"(?<![\s.,:;|(\[\u2022\u00b7\u2013\u2014-])[\s.,:;|(\[\u2022\u00b7\u2013\u2014-]*$"
)
#: Marks behind which a blank or punctuation stands open nothing.
_CLOSING_MARKS = regex(r"[*_`]+(?:[\s.,:;|)\]]|$)")
#: Words with marks of their own, and not those which open a field.
_MARKED_AT_END = regex(r"(?:^|\s)(\*{1,2}|_{1,2}|`)[^\s*_`](?:[^*_`]*[^\s*_`])?\1$")
_HARD_BREAK = regex(r"(?: {2,9}| ?\\| {0,9}<br ?/?> {0,9})$", re.IGNORECASE)
#: What parts words from a field before them, behind the marks that close it.
_PARTING = regex(r"[\s.,:;|\u2022\u00b7\u2013\u2014-]{0,9}$")
_ARXIV = regex(r"arxiv[:\s]{1,3}$", re.IGNORECASE)
#: In characters.
_LONGEST_EXCERPT = 40
_BREAK = regex(r"<br\s*/?>", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "["}
#: Comments of this kind speak of their own line.
_SUPPRESSION = "<!-- peftlint-"


class Kept(NamedTuple):
    """What an entry has beside the fields that a layout writes.

    Attributes:
        lead: what stands before everything.
        behind: what stands right behind a field, a link or a badge.
        rest: its further lines as they stand, the line end before them included; empty for none.
        line_break: what ended the line before these: a hard break, or nothing.
        inside: the fields, links and badges that stand in these.
        as_written: what `behind` holds, with the marks that part it from its field.
    """

    lead: str
    behind: tuple[tuple[str | Link | Badge, str], ...]
    rest: Span
    line_break: str
    inside: tuple[str | Link | Badge, ...]
    as_written: tuple[str, ...] = ()


def kept(document: Document, entry: Entry) -> Kept | str:
    """What an entry has beside its fields, or why that cannot be told.

    Args:
        document: the list.
        entry: an item or a paragraph of it.
    """
    text = document.text
    if _SUPPRESSION in document.slice(entry.span):
        return "a comment in it speaks of its lines"
    start = entry.marker.span.end if entry.marker else entry.span.start
    end = entry.span.end
    places = list(_places(document, entry))
    lead = ""
    behind: list[tuple[str | Link | Badge, str]] = []
    as_written: list[str] = []
    at: str | Link | Badge | None = None
    if entry.kind in ("table-row", "html-row"):
        return _kept_in_row(text, Span(start, end), places)
    for number, (span, key) in enumerate([*places, (Span(end, end), "")]):
        piece = text[start : span.start]
        first, *others = LINE_END.split(piece)
        if at is None:
            if says(piece) and others:
                return "words before its title stand in a line of their own"
            # A work without a nickname has `**?**` in its place.
            lead = _lead(piece) if says(piece) or "?" in piece else ""
        else:
            remark = _remark(first, is_last=bool(others) or span.start == end)
            if remark is None:
                return f"'{_excerpt(first)}' has no place in a layout"
            if remark:
                behind.append((at, remark))
                as_written.append(_as_written(first, remark))
            if any(map(says, others)):
                line_end = LINE_END.search(text, start)
                cut = line_end.start() if line_end else end
                found = _HARD_BREAK.search(first)
                line_break = found[0] if found and others[0].strip() else ""
                inside = tuple(key for _, key in places[number:])
                return Kept(
                    lead, tuple(behind), Span(cut, end), line_break, inside, tuple(as_written)
                )
        start, at = span.end, key
    return Kept(lead, tuple(behind), Span(end, end), "", (), tuple(as_written))


def _kept_in_row(
    text: str, row: Span, places: Sequence[tuple[Span, str | Link | Badge]]
) -> Kept | str:
    """What a row of a table has beside its fields, in the cells of these."""
    lead = ""
    behind: list[tuple[str | Link | Badge, str]] = []
    start = row.start
    at: str | Link | Badge | None = None
    for span, key in (*places, (Span(row.end, row.end), None)):
        piece = text[start : span.start]
        cells = CELL_END.split(piece)
        # A field's words begin or end its cell; what is in no field's cell is nobody's.
        remark = cells.pop(0) if at is not None else ""
        opening = cells.pop() if cells and key is not None else ""
        is_title = key in ("title", "name") and not lead
        if any(map(says, cells)) or _BREAK.search(remark) or (says(opening) and not is_title):
            if says(piece):
                return f"'{_excerpt(piece)}' stands in a cell of its own or beside a field"
        elif says(opening):
            lead = _lead(out_of_cell(opening))
        shown = _remark(out_of_cell(remark), is_last=remark != piece)
        if shown is None:
            return f"'{_excerpt(remark)}' has no place in a layout"
        if shown and at is not None:
            behind.append((at, shown))
        start, at = span.end, key
    return Kept(lead, tuple(behind), Span(row.end, row.end), "", ())


def with_kept(fields: Written, found: Kept, *, is_own: bool = False) -> Written | str:
    """Fields without those that stand in lines which stay as they are, with what stays behind.

    Args:
        fields: of the entry.
        found: what else it has.
        is_own: whether the layout is the list's own: what parts words from a field stays then.

    Returns:
        The same object, changed; or why the entry cannot be laid out.
    """
    inside = {key for key in found.inside if isinstance(key, str)}
    apart = sorted(inside & {"title", "name", "authors", "venue", "year"})
    if apart:
        verb = "stands" if len(apart) == 1 and apart != ["authors"] else "stand"
        return f"its {in_words(apart)} {verb} among words that are no field"
    objects = {id(key) for key in found.inside}
    remarks = found.behind
    if is_own:
        own = zip(found.behind, found.as_written, strict=True)
        remarks = tuple((key, as_written) for (key, _), as_written in own)
    behind = {id(key): remark for key, remark in remarks if not isinstance(key, str)}
    fields.lead = found.lead
    for key, remark in remarks:
        if isinstance(key, str):
            fields.remarks[key] = fields.remarks.get(key, "") + remark
    fields.links = tuple(
        link._replace(remark=behind.get(id(link.link), ""))
        for link in fields.links
        if id(link.link) not in objects
    )
    fields.badges = tuple(
        badge._replace(remark=behind.get(id(badge.badge), ""))
        for badge in fields.badges
        if id(badge.badge) not in objects
    )
    if fields.title_link is not None and id(fields.title_link) in objects:
        fields.title_link, fields.url = None, None
    return fields


def _places(document: Document, entry: Entry) -> Iterator[tuple[Span, str | Link | Badge]]:
    """Where fields, links and badges stand, in order; what is inside another is left out."""
    found: list[tuple[Span, str | Link | Badge]] = []
    title = entry.title.span
    for link in entry.links:
        if link.label == "@title":
            title = Span(min(title.start, link.span.start), max(title.end, link.span.end))
        elif link.badge is None:
            found.append((link.span, link))
    found.append((title, "title"))
    found.extend((badge.outer_span, badge) for badge in entry.badges)
    if entry.name is not None:
        found.append((entry.name.span, "name"))
    if entry.authors_span is not None:
        found.append((entry.authors_span, "authors"))
    for span in id_spans(document, entry):
        label = _ARXIV.search(document.text[max(span.start - 8, 0) : span.start])
        found.append(
            (Span(span.start - len(label[0]) if label else span.start, span.end), "ids.arxiv")
        )
    if entry.venue is not None:
        found.append((entry.venue.span, "venue"))
    if entry.year is not None:
        whole = date_span(document, entry.year.span) or entry.year.span
        found.append((whole, "year"))
    end = -1
    for span, key in sorted(found, key=lambda item: (item[0].start, -item[0].end)):
        if span.start >= end:
            yield span, key
        end = max(end, span.end)


def says(text: str) -> bool:
    """Whether there is more in a text than marks, blanks and punctuation."""
    return _SAYS.search(_MARKUP.sub(" ", text)) is not None


def _excerpt(piece: str) -> str:
    """A piece of text, short enough for a message."""
    return " ".join(piece.split()).strip(" |")[:_LONGEST_EXCERPT]


def _lead(piece: str) -> str:
    """What stands before the first field, without the marks that open this."""
    shown = _MARKUP.sub(" ", piece).strip()
    if _MARKED_AT_END.search(shown):
        return shown
    bare = _OPENING.sub("", shown)
    return bare + shown[len(bare) :].rstrip('*_`[("\u201c ') if bare else shown


def _remark(piece: str, is_last: bool) -> str | None:
    """What stands behind a field, without what closes it and what opens the next one.

    Args:
        piece: the text between the two.
        is_last: whether no field follows in this line.

    Returns:
        As it goes behind the field, its blank or comma before it; `None` where its brackets or
        marks do not match.
    """
    if not says(piece):
        return ""
    piece = _HARD_BREAK.sub("", piece).replace("&nbsp;", " ")
    for closing, opening in ((_BARE_CLOSING, _BARE_OPENING), (_CLOSING, _OPENING)):
        match = closing.match(piece)
        start = match.end() if match else 0
        start = _with_own_brackets(piece, start)
        shown = piece[start:]
        if _CLOSING_MARKS.match(shown):
            continue
        rest = shown if is_last else opening.sub("", shown)
        rest = rest.rstrip(" \t.,;")
        rest = _without_strays(rest)
        if rest and _is_even(rest):
            comma = "," if "," in piece[:start] else ""
            return f"{comma} {rest}"
    return None


def _as_written(piece: str, remark: str) -> str:
    """What stands behind a field, with the marks that part the two, and its own full stop."""
    piece = _HARD_BREAK.sub("", piece).replace("&nbsp;", " ").rstrip()
    words = remark.lstrip(", ")
    before, _, after = piece.rpartition(words)
    # What stands before the field's last mark closes it.
    apart = _PARTING.search(before)
    parting = apart[0] if apart else ""
    blank = " " if parting[:1].isspace() and parting.strip() else ""
    stop = "." if after.rstrip(" \t[(*_") == "." else ""
    return f"{blank}{parting.strip()} {words}{stop}"


def _with_own_brackets(piece: str, start: int) -> int:
    """Where words begin with the opening brackets of their own before them, as in `(Oral)`."""
    shown = piece[start:]
    if _is_even(shown):
        return start
    missing = {two: shown.count(one) - shown.count(two) for one, two in _BRACKETS.items()}
    can_match = not any(shown.count(mark) % 2 for mark in "*`")
    while start and piece[start - 1] in missing and (any(missing.values()) or not can_match):
        start -= 1
        missing[piece[start]] -= 1
    return start


def _without_strays(text: str) -> str:
    """A text without brackets at its end that nothing opens."""
    strays = {one: text.count(one) - text.count(two) for one, two in _BRACKETS.items()}
    end = len(text)
    while end and strays.get(text[end - 1], 0) > 0:
        strays[text[end - 1]] -= 1
        end -= 1
        while end and text[end - 1].isspace():
            end -= 1
    return text[:end]


def _is_even(text: str) -> bool:
    """Whether brackets and marks match, as far as counting tells."""
    brackets = all(text.count(one) == text.count(two) for one, two in _BRACKETS.items())
    return brackets and text.count("*") % 2 == 0 and text.count("`") % 2 == 0
