"""Links whose label names what they lead to, `Paper` or `Code`, and how these are spelt."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from peftlint import title
from peftlint.model import Document, Link
from peftlint.role import label_role
from peftlint.source import Span
from peftlint.style.brackets import sample
from peftlint.value import NamedTuple

_FORMS = ("inline", "reference")
#: Beside a link these are more than its own brackets.
_OPENING, _CLOSING = ("[", "("), ("]", ")")
#: What leads to a link that speaks for itself: `Code:` ...
_LEADS = (":", "\uff1a")
#: ... or the marker of a sub-item, which is the first in its line; elsewhere it ends emphasis.
_MARKERS = ("-", "*", "+")


class Spelling(NamedTuple):
    """How a named link is written, one for all that are written alike: a list has few.

    Attributes:
        label: the link's.
        word: the same without case and blanks; `None` where it is not written as it is shown.
        brackets: a sample of the brackets around link and label; `None` where they are not whole.
    """

    label: str
    word: str | None
    brackets: str | None


#: That of a named link to which words, a colon or a marker lead: it is a word of a sentence.
IN_PROSE = Spelling("", None, None)


class NamedLinks(NamedTuple):
    """The named links of a list.

    Attributes:
        by_entry: for each entry that has some, by its `id`, the spelling of each of its links;
            `None` for one that is not named.
        spellings: those that the list has.
    """

    by_entry: Mapping[int, Sequence[Spelling | None]]
    spellings: Collection[Spelling]


def named_links(document: Document) -> NamedLinks:
    """The named links of each entry, found once for all that is compared about them."""
    return document.once(_named_links)


def _named_links(document: Document) -> NamedLinks:
    text = document.text
    by_entry: dict[int, Sequence[Spelling | None]] = {}
    known: dict[tuple[object, ...], Spelling] = {}
    # A list has few labels that name something.
    naming = set(filter(_names_role, {link.label for link in document.links}))
    for entry in document.entries:
        spellings: list[Spelling | None] = []
        for link in entry.links:
            label = link.label
            if label not in naming or not link.url or link.badge or link.form not in _FORMS:
                spellings.append(None)
                continue
            start, end = span = link.outer_span
            if span == link.span and _is_led_to(document, start, end):
                spellings.append(IN_PROSE)
                continue
            label_start, label_end = link.label_span
            inner_end = link.span.end
            written = (
                label,
                label_start - start,
                text[start - 1 : label_end],
                end - inner_end,
                text[inner_end : end + 1],
            )
            spelling = known.get(written)
            if spelling is None:
                spelling = known[written] = _told(text, link)
            spellings.append(spelling)
        if any(spellings):
            by_entry[id(entry)] = spellings
    return NamedLinks(by_entry, known.values())


def _names_role(label: str | None) -> bool:
    return bool(label) and label_role(label) not in (None, "other")


def _told(text: str, link: Link) -> Spelling:
    """How a link is written, told from what stands in it and around it."""
    label = link.label or ""
    start, end = link.outer_span
    inner_start, inner_end = link.span
    label_start, label_end = link.label_span
    written = text[label_start:label_end]
    times = written.count(label)
    word = title.key(label) if times == 1 else None
    if not times or text[start - 1 : start] in _OPENING or text[end : end + 1] in _CLOSING:
        return Spelling(label, word, None)
    opening, _, closing = written.partition(label)
    shown = sample(text[start:inner_start], opening, closing, text[inner_end:end])
    return Spelling(label, word, shown)


def is_in_prose(document: Document, link: Link) -> bool:
    """Whether words, a colon or a marker lead to a link, without brackets around it."""
    return link.outer_span == link.span and _is_led_to(document, *link.span)


def _is_led_to(document: Document, start: int, end: int) -> bool:
    text = document.text
    before = text[start - 1 : start]
    if before == " ":
        before = text[max(start - 4, 0) : start].rstrip(" ")[-1:]
    if before.isalnum():
        return text[end : end + 4].lstrip(" ")[:1].isalnum()
    return before in _LEADS or (before in _MARKERS and _is_first(document, start))


def _is_first(document: Document, at: int) -> bool:
    """Whether only a marker stands before a place in its line."""
    line = document.lines.span(document.lines.line(at))
    return document.text[line.start : at].strip(" \t>") in _MARKERS


def label_place(document: Document, link: Link) -> Span:
    """Where the label of a named link stands, without brackets and marks."""
    label = link.label or ""
    start = document.text.index(label, *link.label_span)
    return Span(start, start + len(label))
