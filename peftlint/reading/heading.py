"""Headings that are entries: a title with its fields below, and no category."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.markdown.node import Block
from peftlint.people import look_like_names
from peftlint.reading.labelled import is_field_list, names_work
from peftlint.reading.page import LISTS
from peftlint.role import label_role

_BELOW = ("paragraph", *LISTS, "quote")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: In words: what stands beside authors and links is not longer, a venue.
_LONGEST_VENUE = 5
#: One such heading may be a chance, as at the top of a list that presents its own survey.
_FEWEST = 2


def entry_headings(blocks: Sequence[Block]) -> frozenset[int]:
    """Which of some blocks are headings that are entries: their places in `blocks`.

    A heading is one whose text is a link out of the page, or has labelled fields below it,
    where nothing below it may be an entry itself, and where others of its level are alike.
    """
    found: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        end = entry_end(blocks, index)
        has_sections = end < len(blocks) and blocks[end].level > block.level
        if not has_sections and _is_entry(block, blocks[index + 1 : end]):
            found.setdefault(block.level, []).append(index)
    return frozenset(
        index for places in found.values() if len(places) >= _FEWEST for index in places
    )


def entry_end(blocks: Sequence[Block], index: int) -> int:
    """Where what belongs to the heading at `index` ends: at the next heading or rule."""
    end = index + 1
    while end < len(blocks) and blocks[end].kind in _BELOW:
        end += 1
    return end


def _is_entry(heading: Block, below: Sequence[Block]) -> bool:
    lists = [block for block in below if block.kind in LISTS]
    if not all(map(is_field_list, lists)):
        return False
    if _is_linked_title(heading):
        return bool(below)
    return any(map(names_work, lists)) or (not lists and _are_authors_and_links(below))


def _are_authors_and_links(below: Sequence[Block]) -> bool:
    """Whether paragraphs are emphasised names, links that name a paper, and no other words."""
    nodes = [node for block in below for node in block.nodes]
    if any(node.kind == "strong" for node in nodes):
        return False
    words = sum(len(_WORD.findall(node.text)) for node in nodes if node.kind == "text")
    has_names = any(node.kind == "em" and look_like_names(node.shown()) for node in nodes)
    roles = [label_role(node.shown()) for node in nodes if node.kind == "link"]
    return has_names and "paper" in roles and None not in roles and words <= _LONGEST_VENUE


def _is_linked_title(heading: Block) -> bool:
    """Whether a heading is a link out of the page with a title for its label."""
    links = [node for node in heading.nodes if node.kind == "link"]
    if not links or not links[0].url.startswith("http"):
        return False
    shown = links[0].shown()
    outside = sum(len(node.shown()) for node in heading.nodes if node.kind != "link")
    return label_role(shown) is None and len(shown) > outside
