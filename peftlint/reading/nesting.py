"""What an item is that has items nested in it: an entry with its fields, or a category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from peftlint.markdown.node import Block
from peftlint.reading.aside import leads_to_paper
from peftlint.reading.entry import read_fields
from peftlint.reading.evidence import (
    Judgement,
    is_citation,
    is_distinct,
    is_work,
    judge,
    judge_paragraph,
)
from peftlint.reading.field import Fields
from peftlint.reading.labelled import is_field
from peftlint.reading.marker import item_marker
from peftlint.reading.page import LISTS, Page
from peftlint.regex import regex
from peftlint.role import mentions_role
from peftlint.source import Lines
from peftlint.value import NamedTuple

_WORD = regex(r"\w+")
#: A shorter title may be that of a topic.
_FEWEST_WORDS = 3
#: So many nested items show what they are.
_SAMPLE = 12
_NOT_ALONE = "nothing shows that it is a work, apart from what is nested in it"


class Nesting(NamedTuple):
    """What an item with nested items is.

    Attributes:
        judgement: whether it is an entry.
        fields: those of the entry.
        is_whole: whether what is nested is a part of it, be it an entry or not.
    """

    judgement: Judgement
    fields: Fields
    is_whole: bool = True


def read_nested(  # noqa: PLR0911 - one for each thing that it may be
    page: Page, item: Block, fields: Fields
) -> Nesting:
    """Tell whether an item with nested items is an entry, and what is nested in it.

    Args:
        page: the page that the item is on.
        item: the item.
        fields: what its blocks say without lists and tables.
    """
    is_own = is_work(fields)
    below = list(islice(_below(page, item), _SAMPLE))
    nested = [fields for _, fields in below]
    if is_own and nested and is_citation(nested[0]):
        return Nesting(judge(fields), _cited(page, item, fields, *below[0]))
    has_table = any(block.kind == "table" for block in item.children)
    if not any(map(is_work, nested)) and (is_own or not has_table):
        whole = _whole(page, item)
        if is_own:
            # An empty item before the title hides it.
            return Nesting(judge(fields), fields if whole.title is None else whole)
        judgement = judge(whole) if fields.title is None else judge_paragraph(whole)
        return Nesting(judgement, whole)
    distinct = any(map(is_distinct, nested))
    if is_own and not distinct:
        return Nesting(judge(fields), _whole(page, item))
    if is_own and (fields.authors or leads_to_paper(fields)):
        page.ahead.update(below)
        return Nesting(judge(fields), fields, is_whole=False)
    if not is_own and _names_work(fields, nested):
        return Nesting(judge(nested[0]), _cited(page, item, fields, *below[0]))
    if not is_own and _holds_parts(fields, nested, distinct):
        whole = _whole(page, item)
        return Nesting(judge(whole), whole)
    page.ahead.update(below)
    return Nesting(Judgement(False, _NOT_ALONE), fields, is_whole=False)


def with_outdented(lines: Lines, item: Block, after: Sequence[Block]) -> Block | None:
    """An item with the list after it, if a person sees that list as nested in it.

    It is indented, but too little for Markdown: three blanks do under `9.`, not under `10.`
    """
    following = after[0] if after else None
    if following is None or following.kind not in LISTS:
        return None
    own = _column(lines, item)
    if any(_column(lines, one) <= own for one in following.children):
        return None
    whole = Block(item.kind, item.line, following.end_line)
    whole.children = [*item.children, following]
    whole.marker = item.marker
    return whole


def _column(lines: Lines, item: Block) -> int:
    """The column of an item's marker."""
    return lines.place(item_marker(lines, item).span.start).column


def _whole(page: Page, item: Block) -> Fields:
    return page.fields(item.children)


def _below(page: Page, item: Block) -> Iterator[tuple[tuple[Block, ...], Fields]]:
    """The blocks of each item below one, without those nested in it, and what they say."""
    for block in item.children:
        if block.kind not in LISTS:
            continue
        for child in block.children:
            if not is_field(child):
                own = tuple([inside for inside in child.children if inside.kind not in LISTS])
                yield own, page.ahead.get(own) or read_fields(page.parts(own))
            yield from _below(page, child)


def _names_work(fields: Fields, nested: Sequence[Fields]) -> bool:
    """Whether an item is the short title of the only work nested in it."""
    if fields.title is None or len(nested) != 1 or nested[0].title is None:
        return False
    if _announces(fields):
        return False
    words = _WORD.findall(fields.title.text.casefold())
    cited = _WORD.findall(nested[0].title.text.casefold())
    return len(words) >= _FEWEST_WORDS and set(words) <= set(cited)


def _holds_parts(fields: Fields, nested: Sequence[Fields], distinct: bool) -> bool:
    """Whether what is nested are parts of one work: a course's lectures, a book's code."""
    if fields.title is None or _announces(fields):
        return False
    first = [found.parts[0].link for found in nested if found.parts]
    labels = sum(link is not None and mentions_role(link.label or "") for link in first)
    # A course has a teacher or a school; a category has a name and nothing else.
    has_teacher = fields.name is not None or bool(fields.authors) or bool(fields.beside)
    return (has_teacher and not distinct) or labels > len(nested) // 2


def _announces(fields: Fields) -> bool:
    """Whether an item ends with a colon, as categories do."""
    shown = "".join(part.text for part in fields.parts).rstrip(" *_")
    return shown.endswith((":", "\uff1a"))


def _cited(
    page: Page, item: Block, fields: Fields, own: tuple[Block, ...], citation: Fields
) -> Fields:
    """The fields of an item whose work is cited in full below its nickname and its links.

    Args:
        page: the page that the item is on.
        item: the item.
        fields: what its blocks say without lists and tables.
        own: the blocks of the citation.
        citation: what they say.
    """
    parts = page.parts(item.children)
    start = citation.parts[0].start
    first = next(index for index, part in enumerate(parts) if part.start >= start)
    if len(parts) - first == len(citation.parts) and own not in page.ahead:
        # Nothing follows it, so that it was read already; what was read ahead is not changed.
        parts[first:] = citation.parts
        cited = citation
    else:
        cited = read_fields(parts[first:])
    cited.stand_among(parts)
    cited.title_index += first
    cited.authors_index += first if cited.authors_index >= 0 else 0
    if cited.name is None:
        cited.name = fields.title
        cited.read_by["name"] = "the words above a citation"
    return cited
