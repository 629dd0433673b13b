"""What an entry shows: its fields in their order, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from peftlint.layout.custom import is_linked_in_part, short_year
from peftlint.layout.kept import kept
from peftlint.layout.written import TITLE, date_span, id_spans
from peftlint.model import Document, Entry, Text
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.style.layout import unmarked

Kind = Literal["title", "name", "authors", "where", "when", "links", "badges"]

_KINDS: dict[str, Kind] = {
    "title": "title", "url": "title", "name": "name", "authors": "authors", "venue": "where",
    "year": "where", "id": "where", "preprint": "where", "links": "links", "badges": "badges",
}  # fmt: skip
#: What opens, and what closes it.
PAIRS = {"(": ")", "[": "]", "\u201c": "\u201d", "\u2018": "\u2019"}
_OPENING = regex(r"(?<![*_`\"'\u201c\u2018(\[])[*_`\"'\u201c\u2018(\[]*$")
_ID_OPENING = regex(r"[(\[]?(?:arxiv[: ]\s?)?$", re.IGNORECASE)
_MARK = regex(r"\*{1,2}|_{1,2}|`")
#: What opens an item in an item.
_SUB_ITEM = regex(r"(?:\r\n|\r|\n)[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_PUNCTUATION = regex(r"[.,:;]*")
_PREPRINT_GAP = regex(r":\s*(?:arxiv:\s*)?", re.IGNORECASE)


class Item(NamedTuple):
    """A field of an entry with its place: that of its text, marks and brackets left out.

    Attributes:
        kind: which field; venue, year and identifier side by side are `where`; a year apart
            from the venue is `when`.
        span: from its first text to its last.
        members: the places of its parts, with what each is.
    """

    kind: Kind
    span: Span
    members: tuple[tuple[str, Span], ...]


class Form(NamedTuple):
    """How a field is written: what stands before its marks, these, and those behind it."""

    gap: str
    opening: str
    closing: str


class Sight(NamedTuple):
    """The fields of one entry, and how each is written."""

    entry: Entry
    items: tuple[Item, ...]
    forms: tuple[Form, ...]


def sight_of(document: Document, entry: Entry) -> Sight | None:
    """The fields of an entry and how each is written; `None` for an entry that tells nothing."""
    found = kept(document, entry)
    if isinstance(found, str) or is_linked_in_part(entry):
        return None
    end = min(found.rest.start, entry.span.end)
    items = _items(document, entry, end)
    kinds = [item.kind for item in items]
    if len(set(kinds)) != len(kinds) or "title" not in kinds:
        return None
    if any(_SUB_ITEM.search(document.slice(item.span)) for item in items):
        # A venue in one sub-item and its year in the next are no field of one form.
        return None
    at = entry.marker.span.end if entry.marker else entry.span.start
    text = document.text
    behind = [*(item.span.start for item in items[1:]), end]
    forms: list[Form] = []
    left = text[at : items[0].span.start]
    if found.lead:
        left = left.rpartition(found.lead)[2]
    remarks = [remark.lstrip(" .,;") for remark in found.as_written]
    for item, stop in zip(items, behind, strict=True):
        right = text[item.span.end : stop]
        for remark in remarks:
            for one in (f" {remark}", remark, remark.rstrip(".")):
                if one in right:
                    right = right.replace(one, "", 1)
                    break
        opening, closing = _marks(left, right, item)
        forms.append(Form(left[: len(left) - len(opening)], opening, closing))
        left = right[len(closing) :]
    return Sight(entry, tuple(items), tuple(forms))


class Sights:
    """What the entries of a list show, each looked at once: for `Document.once`.

    Args:
        document: the list.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[int, Sight | None] = {}

    def of(self, entry: Entry) -> Sight | None:
        """As `sight_of`.

        Args:
            entry: one of the list.
        """
        if id(entry) not in self._found:
            self._found[id(entry)] = sight_of(self._document, entry)
        return self._found[id(entry)]


def _items(document: Document, entry: Entry, end: int) -> list[Item]:
    places = sorted(
        (place for place in _members(document, entry) if place[1].end <= end),
        key=lambda place: place[1],
    )
    items: list[Item] = []
    for name, span in places:
        kind = _KINDS[name]
        last = items[-1] if items else None
        if last and span.start < last.span.end:
            continue
        if last and last.kind == kind and kind in ("title", "where", "links", "badges"):
            members = (*last.members, (name, span))
            items[-1] = Item(kind, Span(last.span.start, span.end), members)
        else:
            items.append(Item(kind, span, ((name, span),)))
    whole = next((link.span for link in entry.links if link.label == TITLE), None)
    if [item.kind for item in items].count("where") > 1:
        items = [item._replace(kind="when") if is_year(item) else item for item in items]
    return [
        item._replace(span=whole)
        if whole is not None and has(item, "url")
        else _with_bracket(document, item)
        for item in items
    ]


def is_year(item: Item) -> bool:
    """Whether an item is a year and nothing else."""
    return [name for name, _ in item.members] == ["year"]


def _with_bracket(document: Document, item: Item) -> Item:
    """An item with the bracket that closes the year or the identifier at its end."""
    if len(item.members) > 1 and item.members[-1][0] in ("id", "year"):
        between = document.text[item.members[-2][1].end : item.members[-1][1].start]
        following = document.text[item.span.end : item.span.end + 1]
        if any(PAIRS.get(mark) == following for mark in between):
            return item._replace(span=Span(item.span.start, item.span.end + 1))
    return item


def _members(document: Document, entry: Entry) -> Iterator[tuple[str, Span]]:
    """The places of the texts of all fields."""
    for link in entry.links:
        if link.label == TITLE and link.url_span is not None and link.form == "inline":
            yield "title", _inner(document, link.label_span)
            yield "url", link.url_span
        elif link.badge is None and link.label != TITLE:
            yield "links", link.span
    if not any(link.label == TITLE for link in entry.links):
        yield "title", _with_mark(document, _inner(document, entry.title.span))
    ends = -1
    for badge in entry.badges:
        if badge.outer_span.start >= ends:
            yield "badges", badge.outer_span
            ends = badge.outer_span.end
    if entry.name is not None:
        yield "name", _of_name(document, entry.name)
    if entry.authors_span is not None:
        place = _inner(document, entry.authors_span)
        if entry.authors[-1].text.endswith(".") and document.character_after(place) == ".":
            place = Span(place.start, place.end + 1)
        yield "authors", place
    yield from _appearance(document, entry)


def _appearance(document: Document, entry: Entry) -> Iterator[tuple[str, Span]]:
    """The places of venue, year and identifier."""
    ids = list(id_spans(document, entry))
    short = short_year(document, entry)
    if entry.venue is not None:
        gap = document.text[entry.venue.span.end : ids[0].start] if ids else ""
        if ids and entry.year is None and _PREPRINT_GAP.fullmatch(gap):
            yield "preprint", Span(entry.venue.span.start, ids[0].end)
            ids = []
        else:
            is_one = short is not None and short.start == entry.venue.span.end
            yield "venue", entry.venue.span
            if is_one and short is not None:
                # `ICLR'24` is one word.
                yield "venue", short
                short = None
                ids = [span for span in ids if span.start > entry.venue.span.end]
                yield from (("id", span) for span in ids[:1])
                return
    if entry.year is not None:
        yield "year", short or date_span(document, entry.year.span) or entry.year.span
    for span in ids[:1]:
        yield "id", span


def _of_name(document: Document, name: Text) -> Span:
    """The place of a nickname without brackets around it."""
    at = document.slice(name.span).find(name.text)
    if at < 0:
        return _inner(document, name.span)
    return Span(name.span.start + at, name.span.start + at + len(name.text))


def _inner(document: Document, span: Span) -> Span:
    """The place of a field's text without the marks around it."""
    written = document.slice(span)
    shown = unmarked(written)[0]
    at = written.find(shown)
    if written[at + len(shown) :].startswith(("?", "!")):
        shown += written[at + len(shown)]
    return Span(span.start + at, span.start + at + len(shown))


def _with_mark(document: Document, span: Span) -> Span:
    """The place of a title with the mark that closes what it emphasises at its end."""
    following = _MARK.match(document.text, span.end)
    if following and document.slice(span).count(following[0]) % 2:
        return Span(span.start, following.end())
    return span


def _marks(left: str, right: str, item: Item) -> tuple[str, str]:
    """The marks and brackets that open and close a field; its full stop is of those."""
    is_id = item.members[0][0] == "id"
    match = (_ID_OPENING if is_id else _OPENING).search(left)
    opening = match[0] if match else ""
    while True:
        punctuation = _PUNCTUATION.match(right)
        before = punctuation[0] if punctuation else ""
        closers = "".join(
            PAIRS.get(mark, mark) for mark in reversed(opening) if mark in "([*_`\"'\u201c\u2018"
        )
        for inner in (before, ""):
            if right.startswith(inner + closers):
                stop = len(inner + closers)
                after = _PUNCTUATION.match(right, stop)
                return opening, right[: after.end() if after else stop]
        if not opening:
            return "", before
        opening = opening[1:]


def has(item: Item, name: str) -> bool:
    """Whether one of an item's parts is of this name."""
    return any(member == name for member, _ in item.members)
