"""Lists checked in several processes, and told of in order."""

from __future__ import annotations

import contextlib
import io
import marshal
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from peftlint import basis, registry
from peftlint.caching.replay import Looks, current
from peftlint.commands.failure import Abandoned
from peftlint.commands.outcome import Failed, Found, Outcome, Told, parts_of, told_from
from peftlint.commands.pool import Pool, WorkerError
from peftlint.commands.progress import Progress
from peftlint.commands.target import Plan
from peftlint.file import FileError
from peftlint.report.terminal import write_bytes

#: What the result of a worker begins with.
_TOLD, _FOUND, _FAILED, _LEFT = b"t", b"o", b"f", b"l"
#: So many bytes say how many tell what it looked at, which come before.
_SIZE_BYTES = 8
#: A list is long that takes more than one part in so many of what a worker does.
_LONG = 4


class Check(Protocol):
    """Checks one list of a plan."""

    def __call__(self, plan: Plan, path: Path, *, is_elsewhere: bool = False) -> Outcome:
        """What it comes to; what is told of it alone is written at once."""


class Describe(Protocol):
    """Puts an error into words."""

    def __call__(self, error: Exception, path: str | None = None) -> Failed:
        """The error, as it is to be told."""


def outcomes(
    plan: Plan, bar: Progress, size: int, check: Check, describe: Describe
) -> Iterator[tuple[Path, Outcome]]:
    """What each list comes to, in order.

    Args:
        plan: the lists.
        bar: shows how far the work is.
        size: in how many processes.
        check: does the work.
        describe: puts errors into words.

    Raises:
        Abandoned: what was asked for cannot be done for any list.
        RuleError: the rules cannot be loaded.
    """
    places = [place for place, path in enumerate(plan.found) if isinstance(path, Path)]
    sizes = {place: _size_of(plan.found[place]) for place in places}
    # One that would keep a worker busy when all else is done comes first. The others stay in
    # order: what is done before its turn waits in memory.
    long = sum(sizes.values()) // (_LONG * size)
    order = sorted(places, key=lambda place: -sizes[place] if sizes[place] > long else 0)
    # What all need is loaded once.
    registry.rules()
    ready: dict[int, bytes | WorkerError] = {}
    with Pool(size, lambda number: _work(plan, number, check, describe)) as pool:
        # Only now, as it starts a thread, which a copy does not have.
        bar.expect(plan.paths)
        pool.begin(order)
        results = pool.results()
        for place, path in enumerate(plan.found):
            if isinstance(path, FileError):
                yield Path(path.path), describe(path)
                continue
            with bar.at(path.as_posix()):
                while place not in ready and (result := next(results, None)) is not None:
                    ready[result[0]] = _with_looks_taken(result[1])
                outcome = _outcome_of(plan, path, ready.pop(place, _LEFT), check, describe)
                yield path, outcome
                del outcome


def _size_of(path: Path | FileError) -> int:
    with contextlib.suppress(OSError):
        if isinstance(path, Path):
            return path.stat().st_size
    return 0


def _work(plan: Plan, number: int, check: Check, describe: Describe) -> bytes:
    """Check a list in a worker; the result is what it looked at, and what it found."""
    looks = Looks()
    if current() is not None:
        basis.noted_by(looks)
    result = _bytes_of(plan, number, check, describe)
    packed = looks.packed()
    return b"".join((len(packed).to_bytes(_SIZE_BYTES, "little"), packed, result))


def _with_looks_taken(result: bytes | WorkerError) -> bytes | WorkerError:
    """What a worker found; what it looked at is noted here, as this process keeps the record."""
    if isinstance(result, WorkerError):
        return result
    end = _SIZE_BYTES + int.from_bytes(result[:_SIZE_BYTES], "little")
    record = current()
    if record is not None:
        record.looks.add(result[_SIZE_BYTES:end])
    return result[end:]


def _bytes_of(plan: Plan, number: int, check: Check, describe: Describe) -> bytes:
    """Check a list in a worker; the result is bytes for the first process."""
    path = plan.found[number]
    if not isinstance(path, Path):
        return _LEFT
    _be_silent()
    try:
        outcome = check(plan, path, is_elsewhere=True)
    except Abandoned as error:
        outcome = Failed(str(error), [], is_final=True)
    except Exception as error:  # a worker goes on, whatever it is
        outcome = describe(error, path.as_posix())
    if isinstance(outcome, Told):
        return b"".join((_TOLD, *parts_of(outcome)))
    if isinstance(outcome, Failed):
        return _FAILED + marshal.dumps(tuple(outcome))
    if outcome.target.group is not None:
        # All its files are read at once, and that is done once.
        return _LEFT
    return _FOUND + pickle.dumps((outcome.document, outcome.diagnostics), pickle.HIGHEST_PROTOCOL)


def _outcome_of(
    plan: Plan, path: Path, result: bytes | WorkerError, check: Check, describe: Describe
) -> Outcome:
    """What a worker found out, or what is found out here where it was left."""
    if isinstance(result, WorkerError):
        return describe(FileError(path, str(result)))
    kind, data = result[:1], result[1:]
    if kind == _TOLD:
        told = told_from(data)
        write_bytes(told.output)
        return told
    if kind == _FAILED:
        return Failed(*marshal.loads(data))  # noqa: S302 - from a process of our own
    if kind == _FOUND:
        document, diagnostics = pickle.loads(data)  # noqa: S301 - from a process of our own
        with contextlib.suppress(Exception):
            target = plan.target(path)
            if target.file.text == document.text:
                return Found(document, diagnostics, target)
    return check(plan, path)


def _be_silent() -> None:
    """Have what is written to standard output go nowhere: it is heard, and told in order."""
    stream = sys.stdout
    if isinstance(stream, _Nowhere):
        return
    sys.stdout = _Nowhere(
        open(os.devnull, "wb"),  # noqa: PTH123, SIM115 - to the end
        encoding=stream.encoding,
        errors=stream.errors,
        write_through=True,
    )


class _Nowhere(io.TextIOWrapper):
    """A stream that nobody reads."""
