"""What was read of a list before, so that only what has changed is read again.

It is kept stretch by stretch. What is read of a stretch depends on its text, on what the reader
knows of the text before it, and on which of its headings are entries: where all three are the
same, so is what is read of it, but for where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from peftlint.digest import hash_of
from peftlint.markdown.tree import Trees
from peftlint.reading.gathered import Gathered
from peftlint.reading.heading import HeadingFacts
from peftlint.reading.packed import Packed, packed, unpacked
from peftlint.source import Lines
from peftlint.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

#: From here on, what the reader knows is about contents, and last whether there are entries.
_CONTENTS = 4
#: A memory as values that `marshal` takes.
Plain: TypeAlias = "tuple[Any, ...]"


class Memory(NamedTuple):
    """What was read of one stretch. Lines are counted from its first one, which is 0.

    Attributes:
        headings: what was known of its headings: line, level, and three answers.
        known: what the reader knew of the text before, and what it knew behind the stretch.
        entries: the lines of those headings that are entries.
        content: what it read.
        has_any: whether what it knew of contents and of entries made no difference, so long as
            there are entries before.
    """

    headings: tuple[tuple[int, int, bool, bool, bool], ...]
    known: tuple[Plain, Plain]
    entries: tuple[int, ...]
    content: Packed
    has_any: bool

    def facts(self, line: int) -> tuple[HeadingFacts, ...]:
        """What is known of the headings of an equal stretch.

        Args:
            line: the first line of that one.
        """
        return tuple(
            HeadingFacts(at + line, level, is_closed, is_entry, is_like)
            for at, level, is_closed, is_entry, is_like in self.headings
        )

    def fits(self, before: Plain, line: int, entries: Iterable[int]) -> bool:
        """Whether an equal stretch would be read the same.

        Args:
            before: what the reader knows of the text before it.
            line: its first line.
            entries: the lines of those of its headings that are entries.
        """
        known = self.known[0]
        if _from(line, entries) != self.entries or before[:_CONTENTS] != known[:_CONTENTS]:
            return False
        return before == known or bool(self.has_any and before[-1])

    def after(self, before: Plain) -> Plain:
        """What the reader knows behind an equal stretch that `fits`.

        Args:
            before: what it knows of the text before it.
        """
        if self.has_any:
            return self.known[1][:_CONTENTS] + before[_CONTENTS:]
        return self.known[1]

    def page(self, lines: Lines, line: int) -> Gathered:
        """What is read of an equal stretch.

        Args:
            lines: those of the text in which it stands.
            line: its first line.
        """
        return unpacked(self.content, lines, line)


def remembered(  # noqa: PLR0913, PLR0917 - all that was read, and what it was read by
    line: int,
    facts: Iterable[HeadingFacts],
    known: tuple[Plain, Plain],
    entries: Iterable[int],
    page: Gathered,
    has_any: bool,
) -> Memory:
    """A memory of what was read.

    Args:
        line: the first line of the stretch.
        facts: what is known of its headings.
        known: what the reader knew of the text before it, and what it knows now.
        entries: the lines of those of its headings that are entries.
        page: what it has read.
        has_any: as in `Memory`.
    """
    headings = tuple(
        (one.line - line, one.level, one.is_closed, one.is_entry, one.is_like) for one in facts
    )
    return Memory(headings, known, _from(line, entries), packed(page, line), has_any)


class Recollection:
    """What was read of a list, by the text of its stretches.

    Args:
        known: what `plain` gave after an earlier reading.
        is_kept: whether what is read is to be remembered.
    """

    def __init__(self, known: dict[bytes, Plain] | None = None, *, is_kept: bool = True) -> None:
        self._known = known or {}
        self._kept: dict[bytes, Plain] = {}
        self._manner = b""
        self.is_kept = is_kept

    def begin(self, lines: Lines, trees: Trees) -> None:
        """Begin to read a text."""
        self._manner = lines.newline.encode()
        self._kept = {}

    def key(self, source: str, is_last: bool) -> bytes:
        """What a stretch is remembered by.

        Args:
            source: its text.
            is_last: whether nothing follows.
        """
        text = source.encode(errors="surrogatepass")
        return hash_of(self._manner, b"last" if is_last else b"", text)

    def get(self, key: bytes, first: int) -> Memory | None:
        """What is remembered under a key.

        Args:
            key: as `key` gave it.
            first: the first line of the stretch that is to be read, counted from 0.
        """
        found = self._known.get(key)
        return None if found is None else Memory(*found)

    def has_read(self, line: int) -> None:
        """Be told that all is read up to a line, counted from 1."""

    def keep(self, key: bytes, memory: Memory) -> None:
        """Remember a stretch."""
        self._kept[key] = tuple(memory)

    def plain(self) -> dict[bytes, Plain]:
        """All that was kept of the text that was read last, as values that `marshal` takes."""
        return self._kept

    @property
    def is_news(self) -> bool:
        """Whether that is something else than what was known."""
        return self._kept.keys() != self._known.keys() or any(
            self._known[key] is not memory and self._known[key] != memory
            for key, memory in self._kept.items()
        )


def _from(line: int, lines: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(one - line for one in lines))
