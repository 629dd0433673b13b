"""The brackets around an entry's links to the paper and the code, and what parts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Literal

from peftlint.convention import AUTO, Convention, Habit, Odd, learn_each
from peftlint.model import Document, Entry, Link
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import Edit, Span

_PAPER = "Paper"
_SAMPLE = regex(
    rf"(?P<before>\\?\[|\(|)\[(?P<opening>[\[*_`\\]*){_PAPER}(?P<closing>[\]*_`\\]*)\]\(\.\.\)"
    r"(?P<after>\\?\]|\)|)"
)
#: What may part two links, with blanks around it; a bar may be escaped.
_SEPARATORS = frozenset(("", *",;/&|\xb7\u2022\uff0c\u3001", "\\|"))
_FORMS = ("inline", "reference")
#: Beside a link these are more than its own brackets.
_OPENING, _CLOSING = ("[", "("), ("]", ")")
#: What leads to a link that speaks for itself: `Code:` ...
_LEADS = (":", "\uff1a")
#: ... or the marker of a sub-item, which is the first in its line; elsewhere it ends emphasis.
_MARKERS = ("-", "*", "+")


#: What is compared about links: an option of mixed-link-style, and whether they stand in the cells
#: of a table, which have ways of their own.
Topic = tuple[Literal["brackets", "separator"], bool]

#: A way in which a link, or what parts it from the one before, is written, what of them it is,
#: the link, and the one before.
LinkUse = tuple[str, Topic, Link, Link | None]

_topic = itemgetter(1)

#: The links of an entry whose label names what they lead to, `Paper`, `Code`, and the `id` of each
#: link of the entry to which words, a colon or a marker lead, without brackets around it.
NamedLinks = tuple[Sequence[Link], Set[int]]

#: One for all entries without such a link, which are nearly all: a set takes 216 bytes.
_NONE: Set[int] = frozenset()


def named_links(document: Document) -> Mapping[int, NamedLinks]:
    """The named links of each entry that has some, by the entry's `id`."""
    return document.once(_named_links)


def _named_links(document: Document) -> Mapping[int, NamedLinks]:
    found: dict[int, NamedLinks] = {}
    # A list has few labels that name something.
    naming = set(filter(_names_role, {link.label for link in document.links}))
    for entry in document.entries:
        links = [
            link
            for link in entry.links
            if link.label in naming and link.url and link.badge is None and link.form in _FORMS
        ]
        if links:
            in_prose = {
                id(link)
                for link in entry.links
                if link.outer_span == link.span and _is_in_prose(document, link.span)
            }
            found[id(entry)] = links, in_prose or _NONE
    return found


def _names_role(label: str | None) -> bool:
    return bool(label) and label_role(label) not in (None, "other")


def _is_in_prose(document: Document, link: Span) -> bool:
    text = document.text
    start, end = link
    before = text[start - 1 : start]
    if before == " ":
        before = text[max(start - 4, 0) : start].rstrip(" ")[-1:]
    if before in _LEADS or (before in _MARKERS and _is_first(document, start)):
        return True
    return before.isalnum() and text[end : end + 4].lstrip(" ")[:1].isalnum()


def _is_first(document: Document, at: int) -> bool:
    """Whether only a marker stands before a place in its line."""
    line = document.lines.span(document.lines.line(at))
    return document.text[line.start : at].strip(" \t>") in _MARKERS


def ways(document: Document) -> Mapping[Topic, Convention[LinkUse]]:
    """What the list does about the brackets around its links and about what parts two of them."""
    known = named_links(document)

    def trait(document: Document, entry: Entry) -> Sequence[LinkUse]:
        named = known.get(id(entry))
        if named is None:
            return ()
        found = _brackets(document, entry, named)
        if len(entry.links) > 1:
            found += _separators(document, entry, named)
        return found

    return learn_each(document, trait, _topic)


def _brackets(document: Document, entry: Entry, named: NamedLinks) -> list[LinkUse]:
    """The brackets around each link and its label, where they are whole."""
    links, in_prose = named
    topic: Topic = "brackets", entry.kind == "table-row"
    found: list[LinkUse] = []
    for link in links:
        way = _brackets_of(document.text, link) if id(link) not in in_prose else None
        if way:
            found.append((way, topic, link, None))
    return found


def _brackets_of(text: str, link: Link) -> str | None:
    start, end = link.outer_span
    if text[start - 1 : start] in _OPENING or text[end : end + 1] in _CLOSING:
        return None
    inner_start, inner_end = link.span
    label_start, label_end = link.label_span
    label = link.label or ""
    opening = closing = ""
    written = text[label_start:label_end]
    if written != label:
        opening, label, closing = written.partition(label)
        if not label:
            return None
    return _way_of_brackets(text[start:inner_start], opening, closing, text[inner_end:end])


@lru_cache(maxsize=256)  # a list has few ways
def _way_of_brackets(before: str, opening: str, closing: str, after: str) -> str | None:
    """A sample with such brackets around a link and around its label; `None` if they are odd."""
    way = f"{before}[{opening}{_PAPER}{closing}](..){after}"
    is_even = sorted(opening) == sorted(closing.replace("]", "["))
    return way if is_even and is_brackets(way) else None


def _separators(document: Document, entry: Entry, named: NamedLinks) -> Iterator[LinkUse]:
    """What stands between two links that follow each other in one line.

    One of the two is named for what it leads to; the other may say more, as `C Code` does.
    Where two stand side by side that are not, they are an enumeration.
    """
    links, in_prose = named
    names = set(map(id, links))
    if len(links) < len(entry.links):
        shown = [id(link) in names for link in entry.links if link.label != "@title"]
        if not all(shown) and (False, False) in pairwise(shown):
            return
    is_in_cell = entry.kind == "table-row"
    topic: Topic = "separator", is_in_cell
    for one, following in pairwise(entry.links):
        if one.label == "@title" or (id(one) not in names and id(following) not in names):
            continue
        if one.only_image or following.only_image or not (one.url and following.url):
            continue
        if id(one) in in_prose or id(following) in in_prose:
            continue
        start, end = one.outer_span.end, following.outer_span.start
        if end < start:
            # A link within the brackets of another.
            continue
        between = document.text[start:end]
        is_cell_border = is_in_cell and between.strip(" \t") == "|"
        way = _way_of_separator(between)
        if way and not is_cell_border:
            yield way, topic, following, one


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


def odd_links(
    document: Document, brackets: str = AUTO, separator: str = AUTO
) -> Iterator[tuple[Odd[LinkUse], Span]]:
    """The links that are written otherwise than the list's, each with the place that shows it.

    Links in tables are compared with each other; a style is for those elsewhere.

    Args:
        document: the list.
        brackets: the way that is asked for, or `AUTO`.
        separator: the same.
    """
    for (option, is_in_cell), convention in ways(document).items():
        style = brackets if option == "brackets" else separator
        for odd in convention.odd(AUTO if is_in_cell else style):
            _, _, link, before = odd.use
            if before is None:
                yield odd, link.outer_span
            else:
                yield odd, Span(before.outer_span.end, link.outer_span.start)


def with_brackets(document: Document, link: Link, wanted: str) -> tuple[Edit, ...]:
    """The edits that write a link's brackets as in `wanted`."""
    sample = _SAMPLE.fullmatch(wanted)
    if sample is None:
        raise ValueError(f"{wanted} shows no brackets")
    label_start = document.text.index(link.label or "", *link.label_span)
    label_end = label_start + len(link.label or "")
    edits = (
        Edit(Span(link.outer_span.start, link.span.start), sample["before"]),
        Edit(Span(link.label_span.start, label_start), sample["opening"]),
        Edit(Span(label_end, link.label_span.end), sample["closing"]),
        Edit(Span(link.span.end, link.outer_span.end), sample["after"]),
    )
    return tuple(edit for edit in edits if document.slice(edit.span) != edit.replacement)


def with_separator(between: Span, wanted: str) -> Edit:
    """The edit that parts two links, with `between` between them, as in `wanted`."""
    return Edit(between, wanted[1:-1])


def is_brackets(style: str) -> bool:
    """Whether `style` shows a link with its brackets, as `[[Paper](..)]` does."""
    return _SAMPLE.fullmatch(style) is not None


def is_separator(style: str) -> bool:
    """Whether `style` shows what parts two links, as `], [` does."""
    return style[:1] == "]" and style[1:].endswith("[") and style[1:-1].strip(" \t") in _SEPARATORS


def link_habits(document: Document) -> dict[str, Habit[str]]:
    """The options `brackets` and `separator` of mixed-link-style with what the list does."""
    learnt = ways(document)
    options: tuple[Topic, ...] = (("brackets", False), ("separator", False))
    return {
        topic[0]: habit
        for topic in options
        if topic in learnt and (habit := learnt[topic].habit) is not None
    }
