"""What an item is that has items nested in it: an entry with its fields, or a category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from peftlint.markdown.node import Block
from peftlint.reading.entry import read_fields
from peftlint.reading.evidence import (
    Judgement,
    is_citation,
    is_distinct,
    is_work,
    judge,
    judge_paragraph,
    leads_to_paper,
)
from peftlint.reading.field import Fields
from peftlint.reading.labelled import is_field
from peftlint.reading.page import LISTS, Page
from peftlint.role import mentions_role

_WORD = re.compile(r"\w+")
#: A shorter title may be that of a topic.
_FEWEST_WORDS = 3
_NOT_ALONE = "nothing shows that it is a work, apart from what is nested in it"


class Nesting(NamedTuple):
    """What an item with nested items is.

    Attributes:
        judgement: whether it is an entry.
        fields: those of the entry.
        is_whole: whether nested items are a part of it.
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
    whole = read_fields(page.parts(item.children))
    nested = [
        read_fields(page.parts(child.children))
        for block in item.children
        if block.kind in LISTS
        for child in block.children
        if not is_field(child)
    ]
    if nested and is_citation(nested[0]) and is_work(fields):
        return Nesting(judge(fields), _cited(fields, whole, nested[0]))
    has_table = any(block.kind == "table" for block in item.children)
    works = any(map(is_work, nested)) or (has_table and not is_work(fields))
    distinct = any(map(is_distinct, nested))
    if not works:
        if is_work(fields):
            # An empty item before the title hides it.
            return Nesting(judge(fields), fields if whole.title is None else whole)
        judgement = judge(whole) if fields.title is None else judge_paragraph(whole)
        return Nesting(judgement, whole)
    if is_work(fields):
        if not distinct:
            return Nesting(judge(fields), whole)
        if fields.authors or leads_to_paper(fields):
            return Nesting(judge(fields), fields, is_whole=False)
    elif _names_work(fields, nested):
        return Nesting(judge(nested[0]), _cited(fields, whole, nested[0]))
    elif _holds_parts(fields, nested, distinct):
        return Nesting(judge(whole), whole)
    return Nesting(Judgement(False, _NOT_ALONE), fields)


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
    labels = sum(
        found.title_link is not None and mentions_role(found.title_link.label or "")
        for found in nested
    )
    # A course has a teacher or a school; a category has a name and nothing else.
    has_teacher = fields.name is not None or bool(fields.authors) or bool(fields.beside)
    return (has_teacher and not distinct) or labels > len(nested) // 2


def _announces(fields: Fields) -> bool:
    """Whether an item ends with a colon, as categories do."""
    shown = "".join(part.text for part in fields.parts).rstrip(" *_")
    return shown.endswith((":", "\uff1a"))


def _cited(fields: Fields, whole: Fields, citation: Fields) -> Fields:
    """The fields of an item whose work is cited in full below its nickname and its links."""
    start = citation.parts[0].start
    first = next(index for index, part in enumerate(whole.parts) if part.start >= start)
    cited = read_fields(whole.parts[first:])
    cited.parts = whole.parts
    cited.title_index += first
    cited.authors_index += first if cited.authors_index >= 0 else 0
    cited.name = cited.name or fields.title
    return cited
