"""One long list read in several processes.

The list is cut into parts. The first process reads them from the beginning on, and the others from
the end on, until they meet: so it waits for none but the last of theirs, and what it has read
itself need not be handed over. What is before its part a process does not know; it guesses, and
remembers what it reads and by what. The first process takes that up where it was guessed rightly,
as it takes up what was read in an earlier run, and reads anew what does not fit: so the result is
the same whatever is guessed.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

from peftlint.commands.pool import Pool, WorkerError
from peftlint.markdown.tree import Trees
from peftlint.reader import read_part
from peftlint.reading.recollection import Memory, Recollection
from peftlint.source import Lines

#: So many parts are there for each process, that all have something to do to the end; ...
_PARTS_EACH = 3
#: ... but none is shorter, in characters, as each brings a guess, ...
_SHORTEST = 20_000
#: ... nor longer, as what is read of it waits in memory, and one process for the last of another.
_LONGEST = 40_000


#: When so many characters are read, most patterns are compiled: a copy of the process then need not
#: do that again, and has them in the same memory.
_FIRST = 8_000

#: What is remembered of stretches, by their keys.
_Known = dict[bytes, tuple[object, ...]]


class _Part(NamedTuple):
    """A part of a text.

    Attributes:
        first, last: the cut where it begins and the cut where it ends, by their indices.
        above: the lines of the headings above it, outermost first, counted from 1.
    """

    first: int
    last: int
    above: tuple[int, ...]


@contextmanager
def reading_ahead(processes: int, *, is_kept: bool) -> Iterator[Ahead]:
    """What other processes read of a list that is read inside; none of them is left behind.

    Args:
        processes: how many, with this one.
        is_kept: as for `Recollection`.
    """
    with ExitStack() as stack:
        yield Ahead(processes, stack, is_kept=is_kept)


class Ahead(Recollection):
    """What other processes read of a list while this one reads what is before.

    They start when this one has read a little, as they are copies of it.

    Args:
        processes: how many, with this one.
        stack: ends them.
        is_kept: as for `Recollection`.
    """

    def __init__(self, processes: int, stack: ExitStack, *, is_kept: bool) -> None:
        super().__init__(is_kept=is_kept)
        self._processes = processes
        self._stack = stack
        self._pool: Pool | None = None
        self._parts: list[_Part] = []
        #: The line, counted from 1, from which on they start.
        self._start_line = 0
        self._read: Callable[[int], bytes] = lambda _: b""
        #: What was read, by the number of the part.
        self._ready: dict[int, bytes | WorkerError] = {}
        #: The first line of each part, counted from 0.
        self._firsts: list[int] = []
        #: The part that this process reads.
        self._front = 0

    def begin(self, lines: Lines, trees: Trees) -> None:
        """Begin to read a text, of which the other processes are to read their parts."""
        super().begin(lines, trees)
        length = len(lines.text) // (_PARTS_EACH * self._processes)
        parts = list(_parts(lines, trees.cuts, max(_SHORTEST, min(length, _LONGEST))))
        # A definition may stand in one part for a link in another.
        if trees.has_definitions or len(parts) == 1:
            return

        def read(number: int) -> bytes:
            part = parts[number]
            recollection = Recollection()
            # The first process will meet the same error, and tell of it.
            with suppress(Exception):
                read_part(lines, trees.part(part.first, part.last), part.above, recollection)
            return marshal.dumps(recollection.plain())

        self._read = read
        self._parts = parts
        self._start_line = lines.line(_FIRST)
        self._firsts = [trees.cuts[part.first] for part in parts]

    def has_read(self, line: int) -> None:
        """Have the other processes start, if it is time, and take what they have read."""
        if self._pool is not None:
            self._take(self._pool, waits=False)
        elif self._parts and line >= self._start_line:
            self._start()

    def _start(self) -> Pool:
        size = min(self._processes, len(self._parts)) - 1
        pool = self._pool = self._stack.enter_context(Pool(size, self._read, known=2))
        pool.begin(self._from_the_end())
        return pool

    def _from_the_end(self) -> Iterator[int]:
        """The parts, the last one first, up to the one that this process reads."""
        number = len(self._parts) - 1
        while number > self._front:
            yield number
            number -= 1

    def get(self, key: bytes, first: int) -> Memory | None:
        """What is remembered under a key, by whichever process has read that part."""
        # Not by the very line: what stands open at the end of a part goes on in the next.
        number = bisect_right(self._firsts, first) - 1
        if number > self._front:
            self._known = self._received(number)
        return super().get(key, first)

    @property
    def is_shared(self) -> bool:
        """Whether there is something for other processes to read."""
        return bool(self._parts)

    @property
    def is_begun(self) -> bool:
        """Whether they have begun."""
        return self._pool is not None

    @property
    def is_news(self) -> bool:
        """What is read here was not kept before."""
        return True

    def _received(self, wanted: int) -> _Known:
        """What was read of a part that is to be read now; nothing where nobody has begun it."""
        self._front = wanted
        pool = self._pool or self._start()
        self._take(pool, waits=False)
        while wanted not in self._ready and pool.is_at(wanted):
            self._take(pool, waits=True)
        result = self._ready.pop(wanted, b"")
        if isinstance(result, WorkerError) or not result:
            # It was ended, or could not be started: what is not known is read here.
            return {}
        known: _Known = marshal.loads(result)  # noqa: S302 - from a process of our own
        return known

    def _take(self, pool: Pool, *, waits: bool) -> None:
        """Take what is ready; with `waits`, one result at least."""
        for number, result in pool.results(waits=waits):
            self._ready[number] = result
            if waits:
                return


def _parts(lines: Lines, cuts: Sequence[int], length: int) -> Iterator[_Part]:
    """The parts of a text.

    Args:
        lines: those of the text.
        cuts: as `Trees.cuts`.
        length: so many characters are in each but the last, and as few more as can be.
    """
    first = 0
    #: The headings above what comes next, each with its level.
    above: list[tuple[int, int]] = []
    above_first: tuple[int, ...] = ()
    for index in range(1, len(cuts)):
        line = cuts[index - 1] + 1
        heading = lines.content(line)
        if level := len(heading) - len(heading.lstrip("#")):
            while above and above[-1][0] >= level:
                above.pop()
            above.append((level, line))
        is_last = index == len(cuts) - 1
        if is_last or lines.starts[cuts[index]] - lines.starts[cuts[first]] >= length:
            yield _Part(first, index, above_first)
            first, above_first = index, tuple(line for _, line in above)
