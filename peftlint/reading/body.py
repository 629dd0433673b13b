"""What stands below a heading: the fields of the work that it names, or works of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from peftlint.badge import is_badge_url
from peftlint.markdown.node import Block, Node
from peftlint.model import Link, Role
from peftlint.people import is_institution, look_like_names
from peftlint.reading.aside import is_inward
from peftlint.reading.evidence import is_work, judge_paragraph, judge_running
from peftlint.reading.labelled import is_field_line, is_field_list, names_work
from peftlint.reading.markup import read_html
from peftlint.reading.page import LISTS, Page
from peftlint.reading.paragraph import opens_entry
from peftlint.regex import regex
from peftlint.role import label_role, mentions_role, url_role
from peftlint.venue import is_venue, read

_OF_WORKS = ("paper", "code")
#: What a link that names a field of a work leads to.
LINKED = ("paper", "code", "project", "data")
_WORD = regex(r"[^\W\d_]{2,}")
_TAG = regex(r"<[^<>]*>|&\w+;")
_COLON = regex("[:\uff1a]")
_EMOJI = regex(r":[a-z0-9_+-]{2,30}:")
_ADDRESS = regex(r"https?://\S+")
_INWARD_TAG = regex(r"<a\s[^<>]*href=[\"']?#", re.IGNORECASE)
#: In words: a shorter title may be a category's.
SHORTEST_TITLE = 3
#: In words: what names a conference and its year is not longer.
_LONGEST_VENUE = 4
#: So many items show what a list holds.
_SAMPLE = 12


def is_of_fields(block: Block) -> bool:
    """Whether a list is an entry's fields or its links."""
    return is_field_list(block) or bool(_roles_of_links(block))


def names_fields(block: Block) -> bool:
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
        for node in leaves(inside.nodes):
            if node.kind != "link":
                text = _EMOJI.sub("", node.shown())
                if _WORD.search(_ADDRESS.sub("", text)):
                    return set()
                roles.update(map(_address_role, _ADDRESS.findall(text)))
            elif not _names_role(node):
                return set()
            else:
                roles.add(link_role(node))
    return {role for role in roles if role in _OF_WORKS}


def _leads_out(nodes: Sequence[Node]) -> bool:
    """Whether there is a link or a bare address."""
    return any(
        not is_inward(node.url) if node.kind == "link" else "://" in node.shown()
        for node in leaves(nodes)
    )


def _names_role(link: Node) -> bool:
    label = _label(link)
    return not label or mentions_role(label) or label.startswith("http")


def link_role(link: Node) -> Role | None:
    """What a link's label names; for an address or an image without words, by its host."""
    label = _label(link)
    if label.startswith("http"):
        return _address_role(link.url)
    return label_role(label) if label else url_role(link.url)


def _address_role(url: str) -> Role | None:
    """What a bare address tells: that of code may be another list's."""
    return "paper" if url_role(url) == "paper" else None


def _label(link: Node) -> str:
    """What a link shows; the alternative text where that is an image."""
    shown = link.shown().strip()
    return shown or " ".join(node.text for node in link.children if node.kind == "image")


def has_named_links(below: Sequence[Block]) -> bool:
    """Whether there are links whose labels name what a work has."""
    return any(
        node.kind == "link" and link_role(node) in LINKED
        for block in below
        for node in leaves(block.nodes)
    )


def holds_works(page: Page, own: Sequence[Block]) -> bool:
    """Whether works stand below a heading: titles of their own, or the fields of several."""
    heading, *below = own
    is_short = len(shown_text(heading.nodes).split()) <= SHORTEST_TITLE
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
            if not is_of_fields(block) and _are_works(page, block):
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
        works += is_work(page.look_ahead(texts))
    return 2 * works >= len(sample)


def _is_lone_title(block: Block, after: Sequence[Block], is_below_category: bool) -> bool:
    """Whether a paragraph is nothing but strong words, a title, and fields follow."""
    nodes = [node for node in block.nodes if node.kind in ("image", "html") or node.shown().strip()]
    if len(nodes) != 1 or nodes[0].kind != "strong" or not any(map(names_fields, after)):
        return False
    shown = nodes[0].shown()
    return not _are_names(shown, is_below_category) and _may_be_title(shown)


def _is_work(page: Page, block: Block, is_below_category: bool) -> bool:
    """Whether a paragraph is an entry by itself."""
    fields = page.look_ahead([block])
    if fields.title is None or not _may_be_title(fields.title.text):
        return False
    if fields.title_link is None and _are_names(fields.title.text, is_below_category):
        return False
    if opens_entry(block.nodes) and fields.title_form in ("strong", "link", "quoted"):
        return judge_paragraph(fields).is_work
    is_long = len(fields.title.text.split()) > SHORTEST_TITLE
    return is_long and judge_running(fields).is_work


def _are_names(text: str, is_below_category: bool) -> bool:
    """Whether marked words are names; below a category's heading capitals alone do not tell."""
    return look_like_names(text) and ("," in text or not is_below_category)


def _may_be_title(text: str) -> bool:
    """Whether strong or linked words are no venue, institution or label of a field."""
    shown = text.strip()
    if shown.endswith((":", "\uff1a")) or label_role(shown):
        return False
    return not (names_conference(shown) or is_venue(shown) or is_institution(shown))


def says_something(block: Block) -> bool:
    """Whether a block is more than anchors, figures, and links to places in the page."""
    if block.kind == "html":
        if block.text.lstrip().startswith("<!--"):
            return False
        links = [found for found in read_html(block) if isinstance(found, Link)]
        leads_out = any(not is_inward(link.url or "") for link in links)
        return leads_out or (not links and bool(_WORD.search(_TAG.sub(" ", block.text))))
    if block.kind != "paragraph":
        return True
    nodes = list(leaves(block.nodes))
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


def leaves(nodes: Sequence[Node]) -> Iterator[Node]:
    """Links, images and the text outside of them, at any depth."""
    for node in nodes:
        if node.children and node.kind != "link":
            yield from leaves(node.children)
        else:
            yield node


def _shown_with_breaks(node: Node) -> str:
    return "\n" if node.kind == "break" else node.shown()


def shown_text(nodes: Iterable[Node]) -> str:
    """What a reader sees of some nodes, with single blanks."""
    return " ".join("".join(node.shown() for node in nodes).split())


def names_conference(text: str) -> bool:
    """Whether a text is a venue, a year or both, and no title."""
    if len(text.split()) > _LONGEST_VENUE:
        return False
    found = read(text)
    return found.is_known or (found.year is not None and found.venue is None)
