"""Headings that are entries: a title with its fields below, and no category."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peftlint.markdown.node import Block
from peftlint.reading.aside import is_inward
from peftlint.reading.body import (
    LINKED,
    SHORTEST_TITLE,
    has_named_links,
    holds_works,
    is_of_fields,
    link_role,
    names_conference,
    names_fields,
    says_something,
    shown_text,
)
from peftlint.reading.entry import read_fields
from peftlint.reading.labelled import is_field_line, is_field_list
from peftlint.reading.page import LISTS, Page
from peftlint.reading.section import closed_by
from peftlint.regex import regex
from peftlint.role import label_role, url_role
from peftlint.venue import read_label

_BELOW = ("paragraph", *LISTS, "quote", "html")
_WORD = regex(r"[^\W\d_]{2,}")
_FOLD = regex(r"<(/?)details\b", re.IGNORECASE)
#: One such heading may be a chance, as at the top of a list that presents its own survey.
_FEWEST = 2


def entry_headings(page: Page, blocks: Sequence[Block]) -> frozenset[int]:
    """Which of some blocks are headings that are entries: their places in `blocks`.

    A heading is one whose text is a link out of the page, or beside whose text or below it stand
    the fields of one work, where nothing below it may be an entry itself, and where most headings
    beside it are alike.
    """
    found: dict[int, list[int]] = {}
    for leaves in _siblings(blocks):
        judged = [(index, _is_entry(page, _own(blocks, index))) for index in leaves]
        if 2 * sum(is_entry for _, is_entry in judged) < len(judged):
            continue
        found.setdefault(blocks[leaves[0]].level, []).extend(
            index
            for index, is_entry in judged
            if is_entry or _is_like_an_entry(page, _own(blocks, index))
        )
    return frozenset(
        index for places in found.values() if len(places) >= _FEWEST for index in places
    )


def entry_end(blocks: Sequence[Block], index: int) -> int:
    """Where what belongs to the heading at `index` ends: at the next heading, table or rule.

    Anchors, figures, links back to the top and folds that are not closed there are left out at
    the end.
    """
    end = index + 1
    depth = 0
    for at in range(end, len(blocks)):
        block = blocks[at]
        if block.kind not in _BELOW or depth < 0:
            break
        was_folded = depth > 0
        if block.kind == "html":
            if "<table" in block.text or "<li" in block.text:
                break
            for fold in _FOLD.finditer(block.text):
                depth += -1 if fold[1] else 1
                if depth < 0:
                    break
        if depth == 0 and (was_folded or says_something(block)):
            end = at + 1
    return end


def _own(blocks: Sequence[Block], index: int) -> Sequence[Block]:
    return blocks[index : entry_end(blocks, index)]


def _siblings(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The headings without headings below them that are of one level under the same heading."""
    groups: dict[tuple[int, int], list[int]] = {}
    above: list[int] = []
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    for place, index in enumerate(headings):
        level = blocks[index].level
        while above and blocks[above[-1]].level >= level:
            above.pop()
        parent = above[-1] if above else -1
        above.append(index)
        following = headings[place + 1 : place + 2]
        is_leaf = not following or blocks[following[0]].level <= level
        if is_leaf and not closed_by((shown_text(blocks[index].nodes),)):
            groups.setdefault((parent, level), []).append(index)
    yield from groups.values()


def _is_entry(page: Page, own: Sequence[Block]) -> bool:
    """Whether a heading and what is below it say by themselves that they are one work."""
    heading, *below = own
    title = shown_text(node for node in heading.nodes if node.kind != "link")
    if _is_linked_title(heading):
        return (bool(below) or _leads_to_paper(heading)) and not holds_works(page, own)
    if _has_links_beside(heading, title):
        return not holds_works(page, own)
    if names_conference(title) or any(
        block.kind in LISTS and not is_of_fields(block) for block in below
    ):
        return False
    has_fields = any(map(names_fields, below)) or has_named_links(below)
    if not has_fields or holds_works(page, own):
        return False
    return any(map(names_fields, below)) or bool(read_fields(page.parts(own)).authors)


def _is_like_an_entry(page: Page, own: Sequence[Block]) -> bool:
    """Whether a heading among entries may be one that has neither links nor authors."""
    heading, *below = own
    if len(_WORD.findall(shown_text(heading.nodes))) < SHORTEST_TITLE:
        return False
    fields = read_fields(page.parts([heading]))
    is_labelled = bool(below) and (is_field_line(below[0]) or is_field_list(below[0]))
    return (fields.venue_is_known or is_labelled) and not holds_works(page, own)


# What the heading says


def _is_linked_title(heading: Block) -> bool:
    """Whether a heading is a link out of the page with a title for its label."""
    link = next((node for node in heading.nodes if node.kind == "link"), None)
    if link is None or not link.url.startswith("http"):
        return False
    shown = link.shown()
    outside = sum(len(node.shown()) for node in heading.nodes if node.kind != "link")
    is_label = label_role(shown) is not None or names_conference(shown)
    # `MLSys 2020 [[All Papers]](..)`
    is_label = is_label or (outside > 0 and shown.startswith("["))
    return not is_label and len(shown) > outside


def _has_links_beside(heading: Block, title: str) -> bool:
    """Whether a heading is a title with links beside it that name what a work has."""
    if len(_WORD.findall(title)) < SHORTEST_TITLE or names_conference(title):
        return False
    return any(
        link_role(link) in LINKED or _is_appearance(link.shown())
        for link in heading.nodes
        if link.kind == "link" and not is_inward(link.url)
    )


def _is_appearance(label: str) -> bool:
    """Whether a label says where and when a work appeared, `(ECCV 2024)`, and not `[Workshop]`."""
    return read_label(label) is not None and any(map(str.isdigit, label))


def _leads_to_paper(heading: Block) -> bool:
    return any(url_role(node.url) == "paper" for node in heading.nodes if node.kind == "link")
