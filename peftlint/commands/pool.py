"""Work on several files at once, in processes that are copies of this one.

A copy costs 4 ms and has all that was imported and read; `concurrent.futures` takes 31 ms to
import, and would have to be told everything anew. Systems that cannot copy a process have no pool.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import NoReturn

#: What a worker does: the number of a piece of work to its result.
Work = Callable[[int], bytes]

_NUMBER_BYTES = 4
_SIZE_BYTES = 8
_MOST_AT_ONCE = 1 << 16


class WorkerError(Exception):
    """A worker ended before its work did, as where memory is short; the message says how."""


class _Worker:
    """A process, the pipe to it and the pipe from it.

    Attributes:
        process: its id.
        orders: where numbers are written to.
        results: where results are read from.
        number: what it is at, or `None`.
    """

    __slots__ = ("number", "orders", "process", "results")

    def __init__(self, process: int, orders: int, results: int) -> None:
        self.process = process
        self.orders = orders
        self.results = results
        self.number: int | None = None


class Pool:
    """Processes that share work; to be used in a `with`, which leaves none of them behind.

    Args:
        size: how many.
        work: what each does. It may not raise anything, and not write to standard output.
    """

    def __init__(self, size: int, work: Work) -> None:
        self._work = work
        self._workers: list[_Worker] = []
        self._size = size
        self._rest: Iterator[int] = iter(())
        #: What became of pieces that nobody could be told to do.
        self._undone: list[tuple[int, WorkerError]] = []

    def __enter__(self) -> Pool:
        """Start them."""
        # What is still to be written would be written by each copy.
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            for _ in range(self._size):
                self._workers.append(self._started())
        except OSError:
            # Fewer do as well; with none, whoever asked does the work.
            pass
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End them, also in the middle of their work."""
        for worker in list(self._workers):
            self._end(worker)

    def begin(self, numbers: Iterable[int]) -> None:
        """Have the processes begin their work, before anybody waits for `results`.

        Args:
            numbers: the pieces of work, in the order in which they are begun.
        """
        self._rest = iter(numbers)
        for worker in list(self._workers):
            self._order(worker)

    def results(self) -> Iterator[tuple[int, bytes | WorkerError]]:
        """The result of each piece of work that was begun, in the order in which they are ready.

        Yields:
            Each number once, with its result, or with what became of its worker. What is not
            yielded was done by nobody, as all workers have ended.
        """
        while True:
            while self._undone:
                yield self._undone.pop(0)
            busy = {worker.results: worker for worker in self._workers if worker.number is not None}
            if not busy:
                return
            yield from self._ready(busy)

    def _ready(self, busy: Mapping[int, _Worker]) -> Iterator[tuple[int, bytes | WorkerError]]:
        """What is ready first; the workers by the pipes from which that is read."""
        # Not `select`, which takes no descriptor above 1023.
        poll = select.poll()
        for descriptor in busy:
            poll.register(descriptor, select.POLLIN)
        for descriptor, _ in poll.poll():
            worker = busy[descriptor]
            number = worker.number
            assert number is not None  # noqa: S101 - for the type checker
            result = _received(descriptor)
            if result is None:
                yield number, self._lost(worker)
                continue
            worker.number = None
            # Before anything is done with the result: the worker is not to wait for that.
            self._order(worker)
            yield number, result

    def _order(self, worker: _Worker) -> None:
        """Give a worker something to do, if there is anything left."""
        number = next(self._rest, None)
        if number is None:
            return
        worker.number = number
        try:
            _write_all(worker.orders, number.to_bytes(_NUMBER_BYTES, "little"))
        except OSError:
            self._undone.append((number, self._lost(worker)))

    def _lost(self, worker: _Worker) -> WorkerError:
        """What became of a worker that has ended by itself."""
        status = self._end(worker)
        how = f"by signal {-status}" if status < 0 else f"with code {status}"
        return WorkerError(f"the process that worked on it ended {how}; run again with --jobs 1")

    def _started(self) -> _Worker:
        ends: list[int] = []
        # Ctrl-C is to reach neither half of a process that is just being copied.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            ends += os.pipe()
            ends += os.pipe()
            process = os.fork()
            if not process:
                self._live(before, *ends)
        except OSError:
            for end in ends:
                os.close(end)
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        orders, give, take, results = ends
        os.close(orders)
        os.close(results)
        return _Worker(process, give, take)

    def _live(
        self, mask: set[int | signal.Signals], orders: int, give: int, take: int, results: int
    ) -> NoReturn:
        """What the copy does, from its first breath to its last."""
        code = 1
        try:
            # Ctrl-C reaches the whole group of processes; the first one ends the others.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            for other in self._workers:
                # While anyone could write to it, a worker would not see the end of its orders.
                os.close(other.orders)
                os.close(other.results)
            os.close(give)
            os.close(take)
            self._serve(orders, results)
            code = 0
        finally:
            # Nothing of what was to be done at the end of the first process is done twice.
            os._exit(code)

    def _serve(self, orders: int, results: int) -> None:
        while order := _read_all(orders, _NUMBER_BYTES):
            result = self._work(int.from_bytes(order, "little"))
            try:
                _write_all(results, len(result).to_bytes(_SIZE_BYTES, "little"))
                _write_all(results, result)
            except BrokenPipeError:
                return

    def _end(self, worker: _Worker) -> int:
        """End a process if it still runs; the result is its exit code, or minus a signal."""
        self._workers.remove(worker)
        os.close(worker.orders)
        os.close(worker.results)
        with contextlib.suppress(OSError):
            os.kill(worker.process, signal.SIGKILL)
        with contextlib.suppress(OSError):
            _, status = os.waitpid(worker.process, 0)
            return os.waitstatus_to_exitcode(status)
        return 0


def _received(descriptor: int) -> bytes | None:
    """A result, or `None` where the worker has ended."""
    head = _read_all(descriptor, _SIZE_BYTES)
    if head is None:
        return None
    return _read_all(descriptor, int.from_bytes(head, "little"))


def _read_all(descriptor: int, size: int) -> bytes | None:
    """So many bytes, or `None` where the other end was closed before."""
    parts: list[bytes] = []
    while size:
        part = os.read(descriptor, min(size, _MOST_AT_ONCE))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
