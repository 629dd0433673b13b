"""Headings that are entries: a title with its fields below, and no category."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from peftlint.badge import is_badge_url
from peftlint.markdown.node import Block, Node
from peftlint.model import Link, Role
from peftlint.people import is_institution, look_like_names
from peftlint.reading.entry import read_fields
from peftlint.reading.evidence import is_inward, is_work, judge_paragraph, judge_running
from peftlint.reading.labelled import is_field_line, is_field_list, names_work
from peftlint.reading.markup import read_html
from peftlint.reading.page import LISTS, Page
from peftlint.reading.paragraph import opens_entry
from peftlint.reading.section import closed_by
from peftlint.role import label_role, mentions_role, url_role
from peftlint.venue import is_venue, read, read_label

_BELOW = ("paragraph", *LISTS, "quote", "html")
_OF_WORKS = ("paper", "code")
_LINKED = ("paper", "code", "project", "data")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FOLD = re.compile(r"<(/?)details\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>|&\w+;")
_COLON = re.compile("[:\uff1a]")
_EMOJI = re.compile(r":[a-z0-9_+-]{2,30}:")
_ADDRESS = re.compile(r"https?://\S+")
_INWARD_TAG = re.compile(r"<a\s[^<>]*href=[\"']?#", re.IGNORECASE)
#: In words: a shorter title may be a category's.
_SHORTEST_TITLE = 3
#: In words: what names a conference and its year is not longer.
_LONGEST_VENUE = 4
#: One such heading may be a chance, as at the top of a list that presents its own survey.
_FEWEST = 2
#: So many items show what a list holds.
_SAMPLE = 12


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
    for at, block in enumerate(blocks[end:], end):
        if block.kind not in _BELOW or depth < 0:
            break
        if block.kind == "html":
            if "<table" in block.text or "<li" in block.text:
                break
            for fold in _FOLD.finditer(block.text):
                depth += -1 if fold[1] else 1
                if depth < 0:
                    break
        if depth == 0 and _says_something(block):
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
        if is_leaf and not closed_by((_shown(blocks[index].nodes),)):
            groups.setdefault((parent, level), []).append(index)
    yield from groups.values()


def _is_entry(page: Page, own: Sequence[Block]) -> bool:
    """Whether a heading and what is below it say by themselves that they are one work."""
    heading, *below = own
    title = _shown(node for node in heading.nodes if node.kind != "link")
    if _is_linked_title(heading):
        return (bool(below) or _leads_to_paper(heading)) and not _holds_works(page, own)
    if _has_links_beside(heading, title):
        return not _holds_works(page, own)
    if _names_conference(title) or any(
        block.kind in LISTS and not _is_of_fields(block) for block in below
    ):
        return False
    has_fields = any(map(_names_work, below)) or _has_named_links(below)
    if not has_fields or _holds_works(page, own):
        return False
    return any(map(_names_work, below)) or bool(read_fields(page.parts(own)).authors)


def _is_like_an_entry(page: Page, own: Sequence[Block]) -> bool:
    """Whether a heading among entries may be one that has neither links nor authors."""
    heading, *below = own
    if len(_WORD.findall(_shown(heading.nodes))) < _SHORTEST_TITLE:
        return False
    fields = read_fields(page.parts([heading]))
    is_labelled = bool(below) and (is_field_line(below[0]) or is_field_list(below[0]))
    return (fields.venue_is_known or is_labelled) and not _holds_works(page, own)


# What the heading says


def _is_linked_title(heading: Block) -> bool:
    """Whether a heading is a link out of the page with a title for its label."""
    link = next((node for node in heading.nodes if node.kind == "link"), None)
    if link is None or not link.url.startswith("http"):
        return False
    shown = link.shown()
    outside = sum(len(node.shown()) for node in heading.nodes if node.kind != "link")
    is_label = label_role(shown) is not None or _names_conference(shown)
    return not is_label and len(shown) > outside


def _has_links_beside(heading: Block, title: str) -> bool:
    """Whether a heading is a title with links beside it that name what a work has."""
    if len(_WORD.findall(title)) < _SHORTEST_TITLE or _names_conference(title):
        return False
    return any(
        _link_role(link) in _LINKED or read_label(link.shown()) is not None
        for link in heading.nodes
        if link.kind == "link" and not is_inward(link.url)
    )


def _leads_to_paper(heading: Block) -> bool:
    return any(url_role(node.url) == "paper" for node in heading.nodes if node.kind == "link")


def _names_conference(text: str) -> bool:
    """Whether a text is a venue, a year or both, and no title."""
    if len(text.split()) > _LONGEST_VENUE:
        return False
    found = read(text)
    return found.is_known or (found.year is not None and found.venue is None)


# What is below it


def _is_of_fields(block: Block) -> bool:
    """Whether a list is an entry's fields or its links."""
    return is_field_list(block) or bool(_roles_of_links(block))


def _names_work(block: Block) -> bool:
    """Whether a block is fields or links of a work."""
    if block.kind in LISTS and is_field_list(block):
        return names_work(block)
    return bool(_roles(block))


def _roles(block: Block) -> set[Role]:
    """Which of a paper and code a block of fields or links names."""
    if block.kind in LISTS and is_field_list(block):
        of_fields = [item.children[0] for item in block.children]
    elif is_field_line(block) and _leads_out(block.nodes):
        of_fields = [block]
    else:
        return _roles_of_links(block)
    texts = ("".join(map(_shown_with_breaks, part.nodes)).splitlines() for part in of_fields)
    labels = (_COLON.split(line, maxsplit=1)[0] for line in chain.from_iterable(texts))
    return {role for role in map(label_role, labels) if role in _OF_WORKS}


def _roles_of_links(block: Block) -> set[Role]:
    """The same for a block of links and no other words; empty for other blocks."""
    roles: set[Role | None] = set()
    for inside in block.walk():
        for node in _leaves(inside.nodes):
            if node.kind != "link":
                text = _EMOJI.sub("", node.shown())
                if _WORD.search(_ADDRESS.sub("", text)):
                    return set()
                roles.update(map(url_role, _ADDRESS.findall(text)))
            elif not _names_role(node):
                return set()
            else:
                roles.add(_link_role(node))
    return {role for role in roles if role in _OF_WORKS}


def _leads_out(nodes: Sequence[Node]) -> bool:
    """Whether there is a link or a bare address."""
    return any(
        not is_inward(node.url) if node.kind == "link" else "://" in node.shown()
        for node in _leaves(nodes)
    )


def _names_role(link: Node) -> bool:
    label = _label(link)
    return not label or mentions_role(label) or label.startswith("http")


def _link_role(link: Node) -> Role | None:
    """What a link's label names; for an address or an image without words, by its host."""
    label = _label(link)
    if not label or label.startswith("http"):
        return url_role(link.url)
    return label_role(label)


def _label(link: Node) -> str:
    """What a link shows; the alternative text where that is an image."""
    shown = link.shown().strip()
    return shown or " ".join(node.text for node in link.children if node.kind == "image")


def _has_named_links(below: Sequence[Block]) -> bool:
    """Whether there are links whose labels name what a work has."""
    return any(
        node.kind == "link" and _link_role(node) in _LINKED
        for block in below
        for node in _leaves(block.nodes)
    )


def _holds_works(page: Page, own: Sequence[Block]) -> bool:
    """Whether works stand below a heading: titles of their own, or the fields of several."""
    heading, *below = own
    is_short = len(_shown(heading.nodes).split()) <= _SHORTEST_TITLE
    named: set[Role] = set()
    since: set[Role] = set()
    for index, block in enumerate(below):
        roles = _roles(block)
        if roles & named:
            return True
        since |= roles
        if roles or is_field_line(block):
            continue
        named |= since
        if block.kind in LISTS:
            if not _is_of_fields(block) and _are_works(page, block):
                return True
        elif block.kind == "paragraph":
            after = below[index + 1 : index + 3]
            if _is_lone_title(block, after, is_short) or _is_work(page, block, is_short):
                return True
    return False


def _are_works(page: Page, block: Block) -> bool:
    """Whether half of a list's items and of those nested in them are works."""
    items = [inside for inside in islice(block.walk(), 4 * _SAMPLE) if inside.kind == "item"]
    sample = items[:_SAMPLE]
    works = 0
    for item in sample:
        texts = [child for child in item.children if child.kind not in LISTS]
        works += is_work(read_fields(page.parts(texts)))
    return 2 * works >= len(sample)


def _is_lone_title(block: Block, after: Sequence[Block], is_below_category: bool) -> bool:
    """Whether a paragraph is nothing but strong words, a title, and fields follow."""
    nodes = [node for node in block.nodes if node.kind in ("image", "html") or node.shown().strip()]
    if len(nodes) != 1 or nodes[0].kind != "strong" or not any(map(_names_work, after)):
        return False
    shown = nodes[0].shown()
    return not _are_names(shown, is_below_category) and _may_be_title(shown)


def _is_work(page: Page, block: Block, is_below_category: bool) -> bool:
    """Whether a paragraph is an entry by itself."""
    fields = read_fields(page.parts([block]))
    if fields.title is None or not _may_be_title(fields.title.text):
        return False
    if fields.title_link is None and _are_names(fields.title.text, is_below_category):
        return False
    if opens_entry(block.nodes) and fields.title_form in ("strong", "link", "quoted"):
        return judge_paragraph(fields).is_work
    is_long = len(fields.title.text.split()) > _SHORTEST_TITLE
    return is_long and judge_running(fields).is_work


def _are_names(text: str, is_below_category: bool) -> bool:
    """Whether marked words are names; below a category's heading capitals alone do not tell."""
    return look_like_names(text) and ("," in text or not is_below_category)


def _may_be_title(text: str) -> bool:
    """Whether strong or linked words are no venue, institution or label of a field."""
    shown = text.strip()
    if shown.endswith((":", "\uff1a")) or label_role(shown):
        return False
    return not (_names_conference(shown) or is_venue(shown) or is_institution(shown))


def _says_something(block: Block) -> bool:
    """Whether a block is more than anchors, figures, and links to places in the page."""
    if block.kind == "html":
        links = [found for found in read_html(block) if isinstance(found, Link)]
        leads_out = any(not is_inward(link.url or "") for link in links)
        return leads_out or (not links and bool(_WORD.search(_TAG.sub(" ", block.text))))
    if block.kind != "paragraph":
        return True
    nodes = list(_leaves(block.nodes))
    if any(node.kind == "html" and _INWARD_TAG.match(node.text) for node in nodes):
        return any(node.kind == "link" and not is_inward(node.url) for node in nodes)
    return any(
        not is_inward(node.url)
        if node.kind == "link"
        else is_badge_url(node.url)
        if node.kind == "image"
        else bool(_WORD.search(node.shown()))
        for node in nodes
    )


def _leaves(nodes: Sequence[Node]) -> Iterator[Node]:
    """Links, images and the text outside of them, at any depth."""
    for node in nodes:
        if node.kind in ("em", "strong", "strike"):
            yield from _leaves(node.children)
        else:
            yield node


def _shown_with_breaks(node: Node) -> str:
    return "\n" if node.kind == "break" else node.shown()


def _shown(nodes: Iterator[Node] | Sequence[Node]) -> str:
    return " ".join("".join(node.shown() for node in nodes).split())
