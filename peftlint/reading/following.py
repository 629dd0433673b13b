"""Paragraphs and lists after an entry that are a part of it, though Markdown does not say so.

An outdented part, `*authors*` not indented to the item's text, is a paragraph of its own to
Markdown, but not to a person who reads the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.byline import are_names
from peftlint.markdown.node import Block, Node
from peftlint.model import Link, Role
from peftlint.reading.entry import read_fields
from peftlint.reading.evidence import judge_item
from peftlint.reading.field import Fields
from peftlint.reading.labelled import (
    begins_work,
    is_field_line,
    is_field_list,
    is_list_of_links,
    is_same_field,
    names_work,
)
from peftlint.reading.page import LISTS, Page
from peftlint.reading.part import Part
from peftlint.regex import regex
from peftlint.role import label_role, url_role

#: No entry has more blocks than this after its first.
FARTHEST = 12
_WORD = regex(r"[^\W\d_]{2}")


def add_following(
    page: Page, own: Sequence[Block], fields: Fields, after: Sequence[Block]
) -> tuple[Fields, int]:
    """The fields of `own` with what it still lacks and follows it; how many blocks those are.

    Args:
        page: the page that the blocks are on.
        own: the blocks of the entry.
        fields: what they say.
        after: the blocks after them.
    """
    count = 0
    if fields.title is None:
        return fields, count
    while count < len(after) and _continues(page, own[0], after[count], fields):
        more = read_fields(page.parts([*own, *after[: count + 1]]))
        is_remark = after[count].kind in LISTS and _are_remarks(page, after[count])
        if more.title is None or (_gains_nothing(fields, more) and not is_remark):
            break
        fields = more
        count += 1
    return fields, count


def _continues(page: Page, first: Block, block: Block, fields: Fields) -> bool:
    """Whether a block only has what an entry before it still lacks: authors or links.

    Args:
        page: the page that both are on.
        first: the entry's first block.
        block: what follows the entry.
        fields: what the entry has.
    """
    if block.kind in LISTS:
        return _list_continues(page, block, fields)
    if block.kind != "paragraph" or begins_work(block) or is_same_field(block, first):
        return False
    return is_field_line(block) or _paragraph_continues(page, block, fields)


def _list_continues(page: Page, block: Block, fields: Fields) -> bool:
    """Whether a list names fields of a work, or says something of a title that stands alone."""
    if is_list_of_links(block):
        return all(link is fields.title_link for link in fields.links)
    if is_field_list(block) and names_work(block):
        return True
    return _is_lone_title(fields) and _are_remarks(page, block)


def _is_lone_title(fields: Fields) -> bool:
    """Whether nothing but a linked title is shown."""
    if fields.title_link is None:
        return False
    return sum(bool(part.text.strip()) for part in fields.parts) == 1


def _paragraph_continues(page: Page, block: Block, fields: Fields) -> bool:
    """Whether a paragraph is nothing but the authors or the links that are lacking."""
    if _says_more(block.nodes):
        return False
    parts = page.look_ahead([block]).parts
    if parts and parts[0].kind == "strong" and not are_names(parts[0].text):
        # Strong letters begin the next work.
        return False
    if any(part.kind == "text" and _WORD.search(part.text) for part in parts):
        return False
    if any(part.kind in ("em", "strong") and _are_authors(part) for part in parts):
        return not fields.authors and not any(_is_title_link(part) for part in parts)
    roles = [_role(part.link) for part in parts if part.link is not None]
    has_links = any(link is not fields.title_link for link in fields.links)
    return bool(roles) and None not in roles and not has_links


def _says_more(nodes: Sequence[Node]) -> bool:
    """Whether there are words that are surely neither marked nor linked: no parts need be made."""
    says_more = False
    for node in nodes:
        kind, text = node.kind, node.text
        if kind == "html":
            return False
        if kind == "text" and not says_more and "[" not in text and "://" not in text:
            says_more = _WORD.search(text) is not None
    return says_more


def _are_remarks(page: Page, block: Block) -> bool:
    """Whether a list says something of the work above it: it leads nowhere and names no works."""
    if any(node.kind in ("link", "image") for inside in block.walk() for node in inside.nodes):
        return False
    return not any(judge_item(page.look_ahead(item.children)).is_work for item in block.children)


def _are_authors(part: Part) -> bool:
    """Whether an emphasised run is names; two strong words may be a title as well."""
    return are_names(part.text) and (part.em or "," in part.text)


def _role(link: Link) -> Role | None:
    """What a link's label names; an address as the label leads to itself."""
    if link.form in ("bare", "autolink"):
        return link.role
    label = link.label or ""
    return url_role(label) if "://" in label else label_role(label)


def _is_title_link(part: Part) -> bool:
    return part.link is not None and bool(part.link.label) and _role(part.link) is None


def _gains_nothing(before: Fields, after: Fields) -> bool:
    """Whether a block more brought neither authors nor links."""
    return len(before.links) == len(after.links) and len(before.authors) == len(after.authors)
