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
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

#: What a worker does: the number of a piece of work to its result; `None` where neither for this
#: number nor for a later one there is anything left to do.
Work = Callable[[int], bytes | None]

_NUMBER_BYTES = 4
_SIZE_BYTES = 8
_MOST_AT_ONCE = 1 << 16
#: As much as Linux gives to a pipe of any user.
_PIPE_BYTES = 1 << 20
#: So often, in seconds, a worker looks whether the process is still there that it works for.
_INTERVAL = 0.1


class WorkerError(Exception):
    """A worker ended before its work did, as where memory is short; the message says how."""


class _Worker:
    """A process, the pipe to it and the pipe from it.

    Attributes:
        process: its id.
        orders: where numbers are written to.
        results: where results are read from.
        numbers: what it is at, and what it knows that it has to do then.
    """

    __slots__ = ("numbers", "orders", "process", "results")

    def __init__(self, process: int, orders: int, results: int) -> None:
        self.process = process
        self.orders = orders
        self.results = results
        self.numbers: deque[int] = deque()


class Pool:
    """Processes that share work; to be used in a `with`, which leaves none of them behind.

    Args:
        size: how many.
        work: what each does. It may not raise anything, and not write to standard output. A
            process ends where that is `None`.
        known: so many pieces a process knows at a time: with two it need not wait for this one,
            but it may sit on a piece that another could do.
    """

    def __init__(self, size: int, work: Work, *, known: int = 1) -> None:
        self._work = work
        self._known = known
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
        for _ in range(self._known):
            for worker in list(self._workers):
                self._order(worker)

    def is_at(self, number: int) -> bool:
        """Whether a process works on a piece, as far as is known; not whether it is to do it next.

        Args:
            number: of the piece.
        """
        return any(worker.numbers and worker.numbers[0] == number for worker in self._workers)

    def results(self, *, waits: bool = True) -> Iterator[tuple[int, bytes | WorkerError]]:
        """The result of each piece of work that was begun, in the order in which they are ready.

        Args:
            waits: else those that are ready now.

        Yields:
            Each number once, with its result, or with what became of its worker. What is not
            yielded was done by nobody, as all workers have ended.
        """
        while True:
            while self._undone:
                yield self._undone.pop(0)
            busy = {worker.results: worker for worker in self._workers if worker.numbers}
            ready = self._ready(busy, None if waits else 0) if busy else []
            if not ready:
                return
            for descriptor in ready:
                yield self._result(busy[descriptor])

    def _ready(self, pipes: Iterable[int], timeout: int | None) -> list[int]:
        """Those of some pipes that can be read from."""
        # Not `select`, which takes no descriptor above 1023.
        poll = select.poll()
        for pipe in pipes:
            poll.register(pipe, select.POLLIN)
        return [pipe for pipe, _ in poll.poll(timeout)]

    def _result(self, worker: _Worker) -> tuple[int, bytes | WorkerError]:
        """What a worker has to say of what it was at; it goes on to the next."""
        result = _received(worker.results)
        if result is None:
            return worker.numbers.popleft(), self._lost(worker)
        number = worker.numbers.popleft()
        # Before anything is done with the result: the worker is not to wait for that.
        self._order(worker)
        if not worker.numbers:
            # With nothing left to do it would hold memory to the end.
            self._end(worker)
        return number, result

    def _order(self, worker: _Worker) -> None:
        """Give a worker something to do, if there is anything left."""
        number = next(self._rest, None)
        if number is None:
            return
        worker.numbers.append(number)
        # Where it has ended, that is seen when its results are asked for.
        with contextlib.suppress(BrokenPipeError):
            _write_all(worker.orders, number.to_bytes(_NUMBER_BYTES, "little"))

    def _lost(self, worker: _Worker) -> WorkerError:
        """What became of a worker that has ended by itself, and of what it was to do next."""
        status = self._end(worker)
        how = f"by signal {-status}" if status < 0 else f"with code {status}"
        error = WorkerError(f"the process that worked on it ended {how}; run again with --jobs 1")
        self._undone.extend((number, error) for number in worker.numbers)
        return error

    def _started(self) -> _Worker:
        ends: list[int] = []
        # Ctrl-C is to reach neither half of a process that is just being copied.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        first = os.getpid()
        try:
            ends += os.pipe()
            ends += os.pipe()
            _widen(ends[-1])
            process = os.fork()
            if not process:
                self._live(first, before, *ends)
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

    def _live(  # noqa: PLR0913, PLR0917 - what there was before it
        self,
        first: int,
        mask: set[int | signal.Signals],
        orders: int,
        give: int,
        take: int,
        results: int,
    ) -> NoReturn:
        """What the copy does, from its first breath to its last."""
        code = 1
        try:
            # Ctrl-C reaches the whole group of processes; the first one ends the others.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            _end_with(first)
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
            if result is None:
                return
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


def _end_with(process: int) -> None:
    """Have this one end soon after the process that started it, though it is in its work.

    The end of its orders is seen only when that is done, and who waits for the end of what was
    written to standard output waits for all that have it.
    """

    def look(_signal: int, _frame: object) -> None:
        if os.getppid() != process:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _INTERVAL, _INTERVAL)


def _widen(descriptor: int) -> None:
    """Let a pipe take more than 64 kB, so that who writes need not wait for who reads."""
    if sys.platform == "linux":
        import fcntl

        # There is a limit for all pipes of a user.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


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
