"""One long list read in several processes.

The list is cut into parts, which the processes take in turn. What is before its part a process does
not know; it guesses, and remembers what it reads and by what. The first process takes that up
where it was guessed rightly, as it takes up what was read in an earlier run, and reads anew what
does not fit: so the result is the same whatever is guessed.
"""

from __future__ import annotations

import contextlib
import marshal
from collections.abc import Iterator
from types import TracebackType

from peftlint.commands.pool import Pool, WorkerError
from peftlint.markdown.tree import Trees
from peftlint.reading.recollection import Memory, Recollection
from peftlint.source import Lines

#: So long is a part, in characters: reading it takes fifty times as long as handing it over.
_PART = 100_000


class Ahead(Recollection):
    """What other processes read of a list while this one reads what is before.

    To be used in a `with`, which leaves none of them behind.

    Args:
        processes: how many, with this one.
        is_kept: as for `Recollection`.
    """

    def __init__(self, processes: int, *, is_kept: bool) -> None:
        super().__init__(is_kept=is_kept)
        self._processes = processes
        self._pool: Pool | None = None
        self._results: Iterator[tuple[int, bytes | WorkerError]] = iter(())
        self._ready: dict[int, bytes | WorkerError] = {}
        #: The parts of others, by the key of their first stretch.
        self._awaited: dict[bytes, int] = {}

    def __enter__(self) -> Ahead:
        """Do nothing yet: the processes start when it is known how the list is cut."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.__exit__(kind, error, trace)

    def begin(self, lines: Lines, trees: Trees) -> None:
        """Have the other processes read their parts of a text."""
        super().begin(lines, trees)
        parts = list(_parts(lines, trees))
        others = [number for number in range(len(parts)) if number % self._processes]
        # A definition may stand in one part for a link in another.
        if trees.has_definitions or not others:
            return

        def read(number: int) -> bytes:
            # Loaded here: the reader loads this module's words, and not the other way round.
            from peftlint.reader import read_part

            recollection = Recollection()
            # The first process will meet the same error, and tell of it.
            with contextlib.suppress(Exception):
                read_part(lines, trees, *parts[number], recollection)
            return marshal.dumps(recollection.plain())

        self._pool = Pool(min(self._processes - 1, len(others)), read).__enter__()
        self._results = self._pool.results(others)
        last = len(trees.cuts) - 1
        for number in others:
            first = parts[number][0]
            key = self.key(trees.source_at(first), first + 1 == last)
            self._awaited[key] = number

    def get(self, key: bytes) -> Memory | None:
        """What is remembered under a key, by another process if it was that one's to read."""
        number = self._awaited.pop(key, None)
        if number is not None:
            self._known = self._received(number)
        return super().get(key)

    def _received(self, wanted: int) -> dict[bytes, tuple[object, ...]]:
        """What another process has read, as soon as it is ready."""
        while wanted not in self._ready:
            number, result = next(self._results, (wanted, b""))
            self._ready[number] = result
        result = self._ready.pop(wanted)
        if isinstance(result, WorkerError) or not result:
            # It was ended, or could not be started: what is not known is read here.
            return {}
        known: dict[bytes, tuple[object, ...]] = marshal.loads(result)  # noqa: S302 - from a process of our own
        return known


def _parts(lines: Lines, trees: Trees) -> Iterator[tuple[int, int]]:
    """The parts of a text: the first cut of each and the last, by their indices."""
    first = 0
    cuts = trees.cuts
    for index in range(1, len(cuts)):
        is_last = index == len(cuts) - 1
        if is_last or lines.starts[cuts[index]] - lines.starts[cuts[first]] >= _PART:
            yield first, index
            first = index
