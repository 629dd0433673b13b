"""The brackets around an entry's links to the paper and the code, and what parts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from peftlint.convention import AUTO, Convention, Habit, Odd, learn_each
from peftlint.model import Document, Entry, Link
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import Edit, Span
from peftlint.value import NamedTuple, Value

_PAPER = "Paper"
_SAMPLE = regex(
    rf"(?P<before>\\?\[|\(|)\[(?P<opening>[\[*_`\\]*){_PAPER}(?P<closing>[\]*_`\\]*)\]\(\.\.\)"
    r"(?P<after>\\?\]|\)|)"
)
#: What may part two links, with blanks around it; a bar may be escaped.
_SEPARATORS = frozenset(("", *",;/&|\xb7\u2022\uff0c\u3001", "\\|"))
_FORMS = ("inline", "reference")
#: What leads to a link that speaks for itself: `Code:` ...
_LEADS = (":", "\uff1a")
#: ... or the marker of a sub-item, which is the first in its line; elsewhere it ends emphasis.
_MARKERS = ("-", "*", "+")


class LinkUse(Value):
    """A way in which a link, or what parts it from the one before, is written.

    Attributes:
        way: the way, as a sample.
        link: the link.
        span: where it shows.
        is_in_cell: whether it stands in a table, which has ways of its own.
    """

    way: str
    link: Link
    span: Span
    is_in_cell: bool


_is_in_cell = attrgetter("is_in_cell")


class NamedLinks(NamedTuple):
    """The links of an entry whose label names what they lead to, `Paper`, `Code`.

    Attributes:
        links: these.
        in_prose: the `id` of each link of the entry to which words, a colon or a marker lead,
            without brackets around it.
    """

    links: Sequence[Link]
    in_prose: Set[int]


def named_links(document: Document) -> Mapping[int, NamedLinks]:
    """The named links of each entry that has some, by the entry's `id`."""
    return document.once(_named_links)


def _named_links(document: Document) -> Mapping[int, NamedLinks]:
    found: dict[int, NamedLinks] = {}
    for entry in document.entries:
        links = [link for link in entry.links if _is_named(link)]
        if links:
            in_prose = {
                id(link)
                for link in entry.links
                if link.outer_span == link.span and _is_in_prose(document, link.span)
            }
            found[id(entry)] = NamedLinks(links, in_prose)
    return found


def _is_named(link: Link) -> bool:
    label = link.label
    return bool(
        label
        and link.url
        and link.form in _FORMS
        and link.badge is None
        and label_role(label) not in (None, "other")
    )


def brackets(document: Document, entry: Entry) -> Sequence[LinkUse]:
    """The brackets around each link and its label, where they are whole."""
    named = named_links(document).get(id(entry))
    if named is None:
        return ()
    found: list[LinkUse] = []
    for link in named.links:
        way = _brackets_of(document, link) if id(link) not in named.in_prose else None
        if way:
            found.append(_use(way, link, link.outer_span, entry))
    return found


def _brackets_of(document: Document, link: Link) -> str | None:
    text = document.text
    start, end = link.outer_span
    if text[start - 1 : start] in ("[", "(") or text[end : end + 1] in ("]", ")"):
        return None
    inner_start, inner_end = link.span
    label_start, label_end = link.label_span
    opening, label, closing = text[label_start:label_end].partition(link.label or "")
    if not label:
        return None
    return _way_of_brackets(text[start:inner_start], opening, closing, text[inner_end:end])


@lru_cache(maxsize=256)  # a list has few ways
def _way_of_brackets(before: str, opening: str, closing: str, after: str) -> str | None:
    """A sample with such brackets around a link and around its label; `None` if they are odd."""
    way = f"{before}[{opening}{_PAPER}{closing}](..){after}"
    is_even = sorted(opening) == sorted(closing.replace("]", "["))
    return way if is_even and is_brackets(way) else None


def _is_in_prose(document: Document, link: Span) -> bool:
    text = document.text
    start, end = link
    before = text[max(start - 4, 0) : start].rstrip(" ")
    if before.endswith(_LEADS) or (before.endswith(_MARKERS) and _is_first(document, start)):
        return True
    return before[-1:].isalnum() and text[end : end + 4].lstrip(" ")[:1].isalnum()


def _is_first(document: Document, at: int) -> bool:
    """Whether only a marker stands before a place in its line."""
    line = document.lines.span(document.lines.line(at))
    return document.text[line.start : at].strip(" \t>") in _MARKERS


def with_brackets(document: Document, use: LinkUse, wanted: str) -> tuple[Edit, ...]:
    """The edits that write a link's brackets as in `wanted`."""
    sample = _SAMPLE.fullmatch(wanted)
    if sample is None:
        raise ValueError(f"{wanted} shows no brackets")
    link = use.link
    label_start = document.text.index(link.label or "", *link.label_span)
    label_end = label_start + len(link.label or "")
    edits = (
        Edit(Span(link.outer_span.start, link.span.start), sample["before"]),
        Edit(Span(link.label_span.start, label_start), sample["opening"]),
        Edit(Span(label_end, link.label_span.end), sample["closing"]),
        Edit(Span(link.span.end, link.outer_span.end), sample["after"]),
    )
    return tuple(edit for edit in edits if document.slice(edit.span) != edit.replacement)


def separators(document: Document, entry: Entry) -> Sequence[LinkUse]:
    """What stands between two links that follow each other in one line.

    One of the two is named for what it leads to; the other may say more, as `C Code` does.
    Where two stand side by side that are not, they are an enumeration.
    """
    found_named = named_links(document).get(id(entry))
    if found_named is None or len(entry.links) == 1:
        return ()
    links, in_prose = found_named
    named = set(map(id, links))
    shown = [id(link) in named for link in entry.links if link.label != "@title"]
    if not all(shown) and (False, False) in pairwise(shown):
        return ()
    found: list[LinkUse] = []
    for one, following in pairwise(entry.links):
        if one.label == "@title" or (id(one) not in named and id(following) not in named):
            continue
        if one.only_image or following.only_image or not (one.url and following.url):
            continue
        if id(one) in in_prose or id(following) in in_prose:
            continue
        span = Span(one.outer_span.end, following.outer_span.start)
        if span.end < span.start:
            # A link within the brackets of another.
            continue
        between = document.slice(span)
        is_cell_border = entry.kind == "table-row" and between.strip(" \t") == "|"
        way = _way_of_separator(between)
        if way and not is_cell_border:
            found.append(_use(way, following, span, entry))
    return found


@lru_cache(maxsize=256)  # a list has few ways
def _way_of_separator(between: str) -> str | None:
    """A sample with what stands between two links; `None` if that is no separator."""
    mark = between.strip(" \t")
    if mark not in _SEPARATORS:
        return None
    if not mark:
        return "] [" if between else "]["
    before, after = between.split(mark)
    return f"]{before and ' '}{mark}{after and ' '}["


def with_separator(use: LinkUse, wanted: str) -> Edit:
    """The edit that parts two links as in `wanted`."""
    return Edit(use.span, wanted[1:-1])


def _use(way: str, link: Link, span: Span, entry: Entry) -> LinkUse:
    return LinkUse(way, link, span, entry.kind == "table-row")


def is_brackets(style: str) -> bool:
    """Whether `style` shows a link with its brackets, as `[[Paper](..)]` does."""
    return _SAMPLE.fullmatch(style) is not None


def is_separator(style: str) -> bool:
    """Whether `style` shows what parts two links, as `], [` does."""
    return style[:1] == "]" and style[1:].endswith("[") and style[1:-1].strip(" \t") in _SEPARATORS


def odd_brackets(document: Document, style: str = AUTO) -> Iterator[Odd[LinkUse]]:
    """The links with other brackets than the list's, or than `style` shows.

    Links in tables are compared with each other; a style is for those elsewhere.
    """
    return _odd_outside_cells(learn_each(document, brackets, _is_in_cell), style)


def odd_separators(document: Document, style: str = AUTO) -> Iterator[Odd[LinkUse]]:
    """The links that are parted otherwise than the list's, or than `style` shows."""
    return _odd_outside_cells(learn_each(document, separators, _is_in_cell), style)


def _odd_outside_cells(
    learnt: Mapping[bool, Convention[LinkUse]], style: str
) -> Iterator[Odd[LinkUse]]:
    for is_in_cell, convention in learnt.items():
        yield from convention.odd(AUTO if is_in_cell else style)


def link_habits(document: Document) -> dict[str, Habit[str]]:
    """The options `brackets` and `separator` of mixed-link-style with what the list does."""
    outside = [
        (option, learn_each(document, trait, _is_in_cell).get(False))
        for option, trait in (("brackets", brackets), ("separator", separators))
    ]
    return {
        option: convention.habit
        for option, convention in outside
        if convention is not None and convention.habit is not None
    }
