"""One long list read in several processes.

The list is cut into parts, of which each process takes the next when it is done with one. What is
before its part a process does not know; it guesses, and remembers what it reads and by what. The
first process takes that up where it was guessed rightly, as it takes up what was read in an earlier
run, and reads anew what does not fit: so the result is the same whatever is guessed.
"""

from __future__ import annotations

import marshal
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
        self._read: Callable[[int], _Known] = lambda _: {}
        #: What was read, by the number of the part.
        self._ready: dict[int, _Known] = {}
        #: The parts but for the first, by their first line, counted from 0.
        self._awaited: dict[int, int] = {}

    def begin(self, lines: Lines, trees: Trees) -> None:
        """Begin to read a text, of which the other processes are to read their parts."""
        super().begin(lines, trees)
        length = len(lines.text) // (_PARTS_EACH * self._processes)
        parts = list(_parts(lines, trees.cuts, max(_SHORTEST, min(length, _LONGEST))))
        # A definition may stand in one part for a link in another.
        if trees.has_definitions or len(parts) == 1:
            return

        def read(number: int) -> _Known:
            part = parts[number]
            recollection = Recollection()
            # The first process will meet the same error, and tell of it.
            with suppress(Exception):
                read_part(lines, trees.part(part.first, part.last), part.above, recollection)
            return recollection.plain()

        self._read = read
        self._parts = parts
        self._start_line = lines.line(_FIRST)
        for number, part in enumerate(parts[1:], 1):
            self._awaited[trees.cuts[part.first]] = number

    def has_read(self, line: int) -> None:
        """Have the other processes start, if it is time."""
        if self._pool is None and self._parts and line >= self._start_line:
            self._start()

    def _start(self) -> None:
        read = self._read
        size = min(self._processes, len(self._parts)) - 1
        self._pool = self._stack.enter_context(
            Pool(size, lambda at: marshal.dumps(read(at)), known=2)
        )
        self._pool.begin(range(1, len(self._parts)))

    def get(self, key: bytes, first: int) -> Memory | None:
        """What is remembered under a key, by whichever process has read that part."""
        number = self._awaited.pop(first, None)
        if number is not None:
            self._known = self._received(number)
        return super().get(key, first)

    @property
    def is_news(self) -> bool:
        """What is read here was not kept before."""
        return True

    def _received(self, wanted: int) -> _Known:
        """What was read of a part; until that is ready, this process reads others ahead."""
        if self._pool is None:
            self._start()
        pool = self._pool
        while pool is not None and wanted not in self._ready:
            for number, result in pool.results(waits=False):
                self._ready[number] = _known(result)
            if wanted in self._ready:
                break
            mine = pool.take()
            if mine == wanted:
                # Nobody has begun it: it is read in its turn, when all before it is known.
                return {}
            if mine is not None:
                self._ready[mine] = self._read(mine)
                continue
            number, result = next(pool.results(), (wanted, b""))
            self._ready[number] = _known(result)
        return self._ready.pop(wanted, {})


def _known(result: bytes | WorkerError) -> _Known:
    """What another process has read."""
    if isinstance(result, WorkerError) or not result:
        # It was ended, or could not be started: what is not known is read here.
        return {}
    known: _Known = marshal.loads(result)  # noqa: S302 - from a process of our own
    return known


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
