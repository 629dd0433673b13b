"""What the reader has to know of the whole text before it reads a stretch of it.

Nearly all of a stretch can be read without what follows. Two things cannot: whether headings are
entries, which those beside them decide, wherever they stand; and a table in HTML whose row is
still open where a heading stands within it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from peftlint.htmltag import tags
from peftlint.markdown.node import Root
from peftlint.reading.heading import Siblings, heading_facts
from peftlint.reading.page import Page

#: So many blocks of HTML, parted by blank lines, may be one table.
LONGEST_TABLE = 100
#: So many lines are looked through for what the headings are in a stretch, if need be.
_FARTHEST = 3000


def joined_tables(stretches: Iterable[Root]) -> Iterator[Root]:
    """The stretches, those joined in which one row of a table in HTML stands."""
    waiting: Root | None = None
    for stretch in stretches:
        if waiting is None:
            waiting = stretch
        else:
            waiting.join(stretch)
        if not _has_open_row(waiting):
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def _has_open_row(stretch: Root) -> bool:
    """Whether a table that begins in a stretch may have a row that goes on after it."""
    for block in reversed(stretch.children[-LONGEST_TABLE:]):
        if block.kind == "html" and "tr" in block.text.lower():
            rows = [tag for tag in tags(block.text) if tag.name == "tr"]
            if rows:
                return not rows[-1].is_closing
    return False


class Foresight:
    """The stretches of a text, each with what its headings are.

    Stretches are kept until it is certain of their headings whether they are entries. Where too
    many would have to be kept it is guessed, by the headings up to there. If in the end that
    turns out to be wrong, `was_wrong` says so, and the same stretches, asked for again, come with
    what is right.

    Args:
        page: tells of blocks what they say; nothing is kept in it.
        stretches: the blocks of a text; can be asked for again.
    """

    def __init__(self, page: Page, stretches: Iterable[Root]) -> None:
        self._page = page
        self._stretches = stretches
        self._known: frozenset[int] | None = None
        self.was_wrong = False

    def __iter__(self) -> Iterator[tuple[Root, frozenset[int]]]:
        """Each stretch, and the lines of those of its headings that are entries."""
        stretches = joined_tables(self._stretches)
        self.was_wrong = False
        if self._known is not None:
            for stretch in stretches:
                yield stretch, self._known.intersection(_headings(stretch))
            return
        siblings = Siblings()
        guessed: dict[int, bool] = {}
        kept: deque[tuple[Root, list[int]]] = deque()
        for stretch in stretches:
            for one in heading_facts(self._page, stretch.children):
                siblings.add(one)
            kept.append((stretch, _headings(stretch)))
            while kept:
                first, headings = kept[0]
                if siblings.is_undecided(headings):
                    if stretch.end_line - first.end_line < _FARTHEST:
                        break
                    guessed.update((line, siblings.guess(line)) for line in headings)
                    entries = frozenset(line for line in headings if guessed[line])
                else:
                    entries = frozenset(siblings.entries.intersection(headings))
                kept.popleft()
                yield first, entries
        self._known = siblings.end()
        while kept:
            first, headings = kept.popleft()
            yield first, self._known.intersection(headings)
        self.was_wrong = any(
            is_entry != (line in self._known) for line, is_entry in guessed.items()
        )


def _headings(stretch: Root) -> list[int]:
    return [block.line for block in stretch.children if block.kind == "heading"]
