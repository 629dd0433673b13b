"""Headings that are entries: a title with its fields below, and no category."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from peftlint.markdown.node import Block
from peftlint.punctuation import plain
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
from peftlint.reading.labelled import is_field_line, is_field_list
from peftlint.reading.page import LISTS, Page
from peftlint.reading.section import closed_by
from peftlint.regex import regex
from peftlint.role import label_role, url_role
from peftlint.value import Value
from peftlint.venue import may_tell, read_label

_BELOW = ("paragraph", *LISTS, "quote", "html")
_WORD = regex(r"[^\W\d_]{2,}")
_FOLD = regex(r"<(/?)details\b", re.IGNORECASE)
#: One such heading may be a chance, as at the top of a list that presents its own survey.
_FEWEST = 2


class HeadingFacts(Value):
    """What a heading and the blocks below it say by themselves.

    Attributes:
        line: where it stands, counted from 1.
        level: from 1 to 6.
        is_closed: whether it announces something else than entries.
        is_entry: whether the blocks say that they are one work.
        is_like: whether they may be one if others beside it are.
    """

    line: int
    level: int
    is_closed: bool
    is_entry: bool
    is_like: bool


def entry_headings(page: Page, blocks: Sequence[Block]) -> frozenset[int]:
    """Which of some blocks are headings that are entries: the lines in which they begin.

    A heading is one whose text is a link out of the page, or beside whose text or below it stand
    the fields of one work, where nothing below it may be an entry itself, and where most headings
    beside it are alike.
    """
    siblings = Siblings()
    for one in heading_facts(page, blocks):
        siblings.add(one)
    return siblings.end()


def heading_facts(page: Page, blocks: Sequence[Block]) -> Iterator[HeadingFacts]:
    """What is to be known of each heading among some blocks to tell which are entries."""
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    for place, index in enumerate(headings):
        block = blocks[index]
        is_closed = closed_by((shown_text(block.nodes),)) is not None
        is_entry = is_like = False
        following = headings[place + 1 : place + 2]
        is_leaf = not following or blocks[following[0]].level <= block.level
        if is_leaf and not is_closed:
            own = _own(blocks, index)
            is_entry = _is_entry(page, own)
            is_like = is_entry or _is_like_an_entry(page, own)
        yield HeadingFacts(block.line, block.level, is_closed, is_entry, is_like)


class _Group:
    """The headings without headings below them that are of one level under the same heading."""

    __slots__ = ("count", "entries", "level", "like")

    def __init__(self, level: int) -> None:
        self.level = level
        self.count = 0
        self.entries = 0
        self.like: list[int] = []

    def passes(self) -> bool:
        """Whether most of them say by themselves that they are entries."""
        return 2 * self.entries >= self.count


class Siblings:
    """Tells which headings are entries, by those beside them, as early as that is certain.

    Attributes:
        entries: the lines of the headings that are certainly entries.
        undecided: those of the headings that may be or not, by what comes further down.
    """

    def __init__(self) -> None:
        self.entries: set[int] = set()
        self.undecided: dict[int, _Group] = {}
        #: The headings above, each with its level and the groups of those under it, by level.
        self._above: list[tuple[int, dict[int, _Group]]] = [(0, {})]
        self._last: HeadingFacts | None = None
        #: Lines of headings of a level, in groups that pass, and how many that takes.
        self._passed: dict[int, list[int]] = {}

    def add(self, one: HeadingFacts) -> None:
        """Take the next heading of the text."""
        last = self._last
        if last is not None:
            self._place(last, is_leaf=one.level <= last.level)
        while self._above[-1][0] >= one.level:
            self._close(self._above.pop()[1])
        self._last = one

    def end(self) -> frozenset[int]:
        """The lines of all headings that are entries: no heading follows."""
        if self._last is not None:
            self._place(self._last, is_leaf=True)
            self._last = None
        while self._above:
            self._close(self._above.pop()[1])
        self.undecided.clear()
        return frozenset(self.entries)

    def is_undecided(self, lines: Iterable[int]) -> bool:
        """Whether of one of some headings it is not certain yet what it is."""
        last = self._last
        return any(line in self.undecided or (last and line == last.line) for line in lines)

    def guess(self, line: int) -> bool:
        """Whether a heading is an entry if what follows is like what there is."""
        group = self.undecided.get(line)
        if group is None:
            return line in self.entries
        found = set(self._passed.get(group.level, ())).union(group.like)
        return group.passes() and len(found) >= _FEWEST

    def _place(self, one: HeadingFacts, *, is_leaf: bool) -> None:
        """Put a heading among its siblings, and among those above what follows."""
        groups = self._above[-1][1]
        if is_leaf and not one.is_closed:
            group = groups.get(one.level)
            if group is None:
                group = groups[one.level] = _Group(one.level)
            group.count += 1
            group.entries += one.is_entry
            if one.is_like:
                group.like.append(one.line)
                self.undecided[one.line] = group
        self._above.append((one.level, {}))

    def _close(self, groups: Mapping[int, _Group]) -> None:
        """End groups: none that follows is one of them."""
        for level, group in groups.items():
            if not group.passes():
                for line in group.like:
                    del self.undecided[line]
                continue
            passed = self._passed.setdefault(level, [])
            passed.extend(group.like)
            if len(passed) >= _FEWEST:
                self.entries.update(passed)
                for line in passed:
                    self.undecided.pop(line, None)
                # So many are enough for those that follow.
                del passed[_FEWEST:]


def entry_end(blocks: Sequence[Block], index: int) -> int:
    """Where what belongs to the heading at `index` ends: at the next heading, table or rule.

    Anchors, figures, links back to the top and folds that are not closed there are left out at
    the end.
    """
    depth = 0
    may_end: list[tuple[int, bool]] = []
    for at in range(index + 1, len(blocks)):
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
        if depth == 0:
            may_end.append((at, was_folded))
    # From the end: most sections end with a block that says something.
    for at, was_folded in reversed(may_end):
        if was_folded or says_something(blocks[at]):
            return at + 1
    return index + 1


def _own(blocks: Sequence[Block], index: int) -> Sequence[Block]:
    return blocks[index : entry_end(blocks, index)]


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
    return any(map(names_fields, below)) or bool(page.look_ahead(own).authors)


def _is_like_an_entry(page: Page, own: Sequence[Block]) -> bool:
    """Whether a heading among entries may be one that has neither links nor authors."""
    heading, *below = own
    if len(_WORD.findall(shown_text(heading.nodes))) < SHORTEST_TITLE:
        return False
    is_labelled = bool(below) and (is_field_line(below[0]) or is_field_list(below[0]))
    return (is_labelled or _names_venue(page, heading)) and not holds_works(page, own)


def _names_venue(page: Page, heading: Block) -> bool:
    """Whether a heading says where a work appeared."""
    nodes = heading.nodes
    if all(node.kind == "text" for node in nodes) and not may_tell(plain(shown_text(nodes))):
        # Most headings are a few words, which need not be read as an entry to know.
        return False
    return page.look_ahead([heading]).venue_is_known


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
