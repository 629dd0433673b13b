"""The brackets around an entry's links to the paper and the code, and what parts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Literal

from peftlint.convention import AUTO, Convention, Habit, Odd, learn_each
from peftlint.model import Document, Entry, Link
from peftlint.source import Edit, Span
from peftlint.style.named import IN_PROSE, Spelling, is_in_prose, named_links

#: What may part two links, with blanks around it; a bar may be escaped.
_SEPARATORS = frozenset(("", *",;/&|\xb7\u2022\uff0c\u3001", "\\|"))
#: What is compared about links: an option of mixed-link-style, and whether they stand in the cells
#: of a table, which have ways of their own.
Topic = tuple[Literal["brackets", "separator"], bool]

#: A way in which a link, or what parts it from the one before, is written, what of them it is,
#: the link, and the one before.
LinkUse = tuple[str, Topic, Link, Link | None]

_topic = itemgetter(1)


def ways(document: Document) -> Mapping[Topic, Convention[LinkUse]]:
    """What the list does about the brackets around its links and about what parts two of them."""
    return _ways(document, with_brackets=True)


def _ways(document: Document, *, with_brackets: bool) -> Mapping[Topic, Convention[LinkUse]]:
    known = named_links(document).by_entry

    def trait(document: Document, entry: Entry) -> Iterable[LinkUse]:
        spellings = known.get(id(entry))
        if spellings is None:
            return ()
        separators = _separators(document, entry, spellings) if len(spellings) > 1 else ()
        return [*_brackets(entry, spellings), *separators] if with_brackets else separators

    return learn_each(document, trait, _topic)


def _brackets(entry: Entry, spellings: Sequence[Spelling | None]) -> list[LinkUse]:
    """The brackets around each link and its label, where they are whole."""
    topic: Topic = "brackets", entry.kind == "table-row"
    return [
        (spelling.brackets, topic, link, None)
        for link, spelling in zip(entry.links, spellings, strict=True)
        if spelling is not None and spelling.brackets
    ]


def _separators(
    document: Document, entry: Entry, spellings: Sequence[Spelling | None]
) -> Iterator[LinkUse]:
    """What stands between two links that follow each other in one line.

    One of the two is named for what it leads to; the other may say more, as `C Code` does.
    Where two stand side by side that are not, they are an enumeration.
    """
    links = entry.links
    if None in spellings:
        named = [
            spelling is not None
            for link, spelling in zip(links, spellings, strict=True)
            if link.label != "@title"
        ]
        if (False, False) in pairwise(named):
            return
    is_in_cell = entry.kind == "table-row"
    topic: Topic = "separator", is_in_cell
    for (one, of_one), (following, of_following) in pairwise(zip(links, spellings, strict=True)):
        if one.label == "@title" or (of_one is None and of_following is None):
            continue
        if one.only_image or following.only_image or not (one.url and following.url):
            continue
        if of_one is IN_PROSE or of_following is IN_PROSE:
            continue
        start, end = one.outer_span.end, following.outer_span.start
        if end < start:
            # A link within the brackets of another.
            continue
        between = document.text[start:end]
        way = _way_of_separator(between)
        if not way or (is_in_cell and between.strip(" \t") == "|"):
            continue
        unnamed = one if of_one is None else following if of_following is None else None
        if unnamed is None or not is_in_prose(document, unnamed):
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
    of_list = {spelling.brackets for spelling in named_links(document).spellings} - {None}
    # Most lists have one way, to which nothing is odd.
    with_brackets = brackets != AUTO or len(of_list) > 1
    for (option, is_in_cell), convention in _ways(document, with_brackets=with_brackets).items():
        style = brackets if option == "brackets" else separator
        for odd in convention.odd(AUTO if is_in_cell else style):
            _, _, link, before = odd.use
            if before is None:
                yield odd, link.outer_span
            else:
                yield odd, Span(before.outer_span.end, link.outer_span.start)


def with_separator(between: Span, wanted: str) -> Edit:
    """The edit that parts two links, with `between` between them, as in `wanted`."""
    return Edit(between, wanted[1:-1])


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
