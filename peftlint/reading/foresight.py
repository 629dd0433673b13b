"""What the reader has to know of the whole text before it reads a stretch of it.

Nearly all of a stretch can be read without what follows. Two things cannot: whether headings are
entries, which those beside them decide, wherever they stand; and a table in HTML whose row is
still open where a heading stands within it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from peftlint.htmltag import tags
from peftlint.markdown.node import Block, Root
from peftlint.markdown.stretch import Stretch
from peftlint.markdown.tree import Trees
from peftlint.reading.field import Fields
from peftlint.reading.heading import HeadingFacts, Siblings, heading_facts
from peftlint.reading.page import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from peftlint.reading.recollection import Memory, Recollection

#: So many blocks of HTML, parted by blank lines, may be one table.
LONGEST_TABLE = 100
#: So many lines are looked through for what the headings are in a stretch, if need be.
_FARTHEST = 3000


class Unit:
    """What is read at once: a stretch, or several where a row of a table in HTML goes over them.

    Attributes:
        line, end_line: its first and its last line, counted from 1.
        facts: what is known of its headings.
        ahead: what was read of its blocks for these facts.
        key: what an equal one is remembered by; `None` where it is not remembered.
        memory: what is remembered of an equal one that was read before.
    """

    __slots__ = ("_parse", "ahead", "end_line", "facts", "key", "line", "memory")

    def __init__(self, line: int, end_line: int, parse: Callable[[], Root]) -> None:
        self._parse = parse
        self.line = line
        self.end_line = end_line
        self.facts: tuple[HeadingFacts, ...] = ()
        self.ahead: dict[tuple[Block, ...], Fields] = {}
        self.key: bytes | None = None
        self.memory: Memory | None = None

    @classmethod
    def of(cls, root: Root, page: Page) -> Unit:
        """One whose blocks are there; `page` tells what its headings say."""
        unit = cls(root.line, root.end_line, lambda: root)
        unit.facts = tuple(heading_facts(page, root.children))
        unit.ahead, page.ahead = page.ahead, {}
        return unit

    def root(self) -> Root:
        """Its blocks, parsed now where that was not needed before."""
        return self._parse()


def units(
    page: Page, stretches: Iterable[Root], recollection: Recollection | None = None
) -> Iterator[Unit]:
    """What is read at once, one after the other.

    Args:
        page: tells of blocks what they say; nothing is kept in it.
        stretches: the blocks of a text.
        recollection: what was read before, if the text may have changed since but in places.
    """
    if recollection and isinstance(stretches, Trees) and not stretches.has_definitions:
        return _units_remembered(page, stretches, recollection)
    return (Unit.of(root, page) for root in _joined(stretches))


def _units_remembered(page: Page, trees: Trees, recollection: Recollection) -> Iterator[Unit]:
    waiting: Root | None = None
    found: Memory | None = None
    #: Of the stretch that was asked about last.
    key: bytes | None = None

    def knows(stretch: Stretch, source: str) -> bool:
        nonlocal found, key
        found = key = None
        # Behind a row that is open, a stretch is read together with that.
        if waiting is None:
            key = recollection.key(source, trees.is_last(stretch))
            found = recollection.get(key, stretch.first)
        return found is not None

    for stretch, root in trees.walk(knows):
        # What goes over a cut, as the first may, has no text by which it is asked for.
        if not stretch.first or not trees.is_uncut(stretch):
            key = None
        if root is None:
            assert found is not None  # noqa: S101 - for the type checker
            unit = Unit(stretch.first + 1, stretch.last, partial(trees.parsed, stretch))
            unit.facts = found.facts(unit.line)
            unit.key, unit.memory = key, found
            yield unit
            continue
        if waiting is None:
            waiting = root
        else:
            waiting.join(root)
        if not _has_open_row(waiting):
            unit = Unit.of(waiting, page)
            unit.key = key
            yield unit
            waiting = None
    if waiting is not None:
        yield Unit.of(waiting, page)


def _joined(stretches: Iterable[Root]) -> Iterator[Root]:
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
        recollection: as for `units`.
    """

    def __init__(
        self,
        page: Page,
        stretches: Iterable[Root],
        recollection: Recollection | None = None,
    ) -> None:
        self._page = page
        self._stretches = stretches
        self._recollection = recollection
        self._known: frozenset[int] | None = None
        self.was_wrong = False

    def __iter__(self) -> Iterator[tuple[Unit, frozenset[int]]]:
        """Each stretch, and the lines of those of its headings that are entries."""
        stretches = units(self._page, self._stretches, self._recollection)
        self.was_wrong = False
        if self._known is not None:
            for stretch in stretches:
                yield stretch, self._known.intersection(_headings(stretch))
            return
        siblings = Siblings()
        guessed: dict[int, bool] = {}
        kept: deque[tuple[Unit, list[int]]] = deque()
        for stretch in stretches:
            for one in stretch.facts:
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


def _headings(stretch: Unit) -> list[int]:
    return [one.line for one in stretch.facts]
