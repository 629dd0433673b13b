"""Checking lists, whatever is then done with what was found."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from peftlint.caching.program import hash_of_program, hash_of_reader
from peftlint.caching.store import LARGEST_RESULT, Store
from peftlint.commands.companion import read_meanwhile
from peftlint.commands.failure import Abandoned, Failures
from peftlint.commands.known import KnownFindings
from peftlint.commands.memory import Memory, collected_between_lists
from peftlint.commands.options import RuleOptions, SourceOptions
from peftlint.commands.outcome import Failed, Found, KeptOutcomes, Outcome, Told
from peftlint.commands.output import Outputs
from peftlint.commands.progress import Progress, progress
from peftlint.commands.readings import Readings
from peftlint.commands.target import Plan, Target
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import real_path
from peftlint.file import FileError
from peftlint.model import Document
from peftlint.report.tally import Tally
from peftlint.report.terminal import heard_by, write_bytes
from peftlint.settings import ConfigError
from peftlint.watch import Watch, part

if TYPE_CHECKING:
    from peftlint.commands.silence import SuppressionWriter

#: So many bytes of lists take longer than a further process does to start.
_WORTH_A_PROCESS = 75_000
#: For a list of so many entries the rules take longer than a copy of the process does to start; of
#: a longer one the copy comes to hold more than 10 MB of what was read a second time, and 1 MB of
#: Markdown is to be checked in less than 50.
_ABREAST = range(600, 3_000)
#: The share of the time that is gone when a list is read.
_READ = 0.6


class Sieve(Protocol):
    """What leaves findings out that are not to be told.

    Each sieve of a run judges all findings of a list, and what all of them keep is told: so none
    takes from another what it counts by.
    """

    def is_about(self, target: Target) -> bool:
        """Whether it may leave out findings of this list, or counts them."""

    def kept(
        self, target: Target, document: Document, diagnostics: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """The findings of a list that are to be told, in order.

        Args:
            target: the list, with the rules that ran.
            document: the same, read.
            diagnostics: all findings, sorted by place.

        Returns:
            Some of `diagnostics` themselves, no copies.
        """


class Checking:
    """A run over lists.

    Attributes:
        sources: which files, and which config.
        choice: which rules.
        failures: takes what could not be done.
        outputs: takes what is to be told.
        sieves: decide what is told.
        writer: silences what is told, where that is asked for.
        quiet: show no progress.
        store: where results are kept from run to run; `None` where none are.
        jobs: on how many lists to work at once, at most.
        tally: counts what is told.
        is_done_here: whether no list was checked by another process, or in an earlier run.
    """

    def __init__(  # noqa: PLR0913 - all that a run is told
        self,
        *,
        sources: SourceOptions,
        choice: RuleOptions,
        failures: Failures,
        outputs: Outputs,
        quiet: bool = False,
        store: Store | None = None,
        jobs: int = 1,
    ) -> None:
        self.sources = sources
        self.choice = choice
        self.failures = failures
        self.outputs = outputs
        self.sieves: Sequence[Sieve] = ()
        self.writer: SuppressionWriter | None = None
        self.quiet = quiet
        self.store = store
        self.jobs = jobs
        self.tally = Tally()
        self.is_done_here = True
        self._fails = False
        self._program: bytes | None = None
        self._free = 1
        self._memory = Memory()

    def run(self) -> bool:
        """Check the lists; the result is whether a finding makes the run fail.

        Raises:
            Abandoned: what was asked for cannot be done for any of them.
        """
        plan = Plan(self.sources, self.choice)
        with progress("Checking", quiet=self.quiet) as bar, collected_between_lists() as memory:
            self._memory = memory
            for path, outcome in self._outcomes(plan, bar):
                if isinstance(outcome, Failed):
                    if outcome.is_final:
                        raise Abandoned(outcome.message)
                    self.failures.add_told(outcome.message, outcome.lines)
                elif isinstance(outcome, Told):
                    self._take(outcome)
                else:
                    self._tell(path, outcome)
                # Two lists at once would take twice the memory.
                del outcome
        return self._fails

    def _outcomes(self, plan: Plan, bar: Progress) -> Iterator[tuple[Path, Outcome]]:
        """What each list comes to, in order."""
        size = self._pool_size(plan)
        if size > 1:
            # Loaded here: mostly there is one list.
            from peftlint.commands.parallel import outcomes

            self.is_done_here = False
            # Each of them works on a list of its own.
            self._free = 1
            yield from outcomes(plan, bar, size, self.outcome, self.failed)
            return
        self._free = self.jobs
        if plan.paths:
            bar.expect(plan.paths)
        for path in plan.found:
            if isinstance(path, FileError):
                yield Path(path.path), self.failed(path)
            else:
                yield path, self.outcome(plan, path, bar)

    def _pool_size(self, plan: Plan) -> int:
        """In how many processes the work is done soonest."""
        if self.jobs == 1 or len(plan.paths) <= 1 or self.writer:
            return 1
        size = 0
        for path in plan.paths:
            with contextlib.suppress(OSError):
                size += path.stat().st_size
        return min(self.jobs, len(plan.paths), max(size // _WORTH_A_PROCESS, 1))

    def outcome(
        self, plan: Plan, path: Path, bar: Progress | None = None, *, is_elsewhere: bool = False
    ) -> Outcome:
        """What one list comes to; what is told of it alone is written at once.

        Args:
            plan: knows how it is to be checked.
            path: the list.
            bar: shows how far the work is.
            is_elsewhere: whether what is written has to be written again by another process.

        Raises:
            Abandoned: what was asked for cannot be done for any list.
            RuleError: the rules cannot be loaded.
            OSError: what is to be told cannot be written.
        """
        try:
            target = plan.target(path)
        except (FileError, ConfigError) as error:
            return self.failed(error)
        size = len(target.file.text)
        self._memory.add(size)
        with contextlib.nullcontext() if bar is None else bar.at(target.path, size):
            watch = None if bar is None else bar.watch
            if self._is_told_alone(target):
                return self._told(target, watch, is_elsewhere=is_elsewhere)
            return self._found(target, watch)

    def failed(self, error: Exception, path: str | None = None) -> Failed:
        """Why a list could not be done.

        Args:
            error: what was raised.
            path: of the list, as the user knows it, where the error does not name it.
        """
        return Failed(*self.failures.in_words(error, path))

    def _found(self, target: Target, watch: Watch | None) -> Found | Failed:
        """Check a list."""
        try:
            return self._checked(target, watch)
        except Abandoned:
            raise
        except Exception as error:  # one file's trouble must not hide another's findings
            return self.failed(error, target.path)

    def _is_told_alone(self, target: Target) -> bool:
        """Whether what is told of a list depends on nothing else."""
        return (
            self.writer is None
            and target.group is None
            and self.outputs.are_by_file
            # Elsewhere line ends are written otherwise than they are given.
            and os.linesep == "\n"
            and not any(sieve.is_about(target) for sieve in self.sieves)
        )

    def _told(self, target: Target, watch: Watch | None, *, is_elsewhere: bool) -> Told | Failed:
        """Check a list and tell of it, or tell again what was told of it before."""
        kept = self._outcomes_kept()
        name = kept.name(target) if kept else b""
        if kept and (told := kept.get(name)):
            self.is_done_here = False
            write_bytes(told.output)
            return told
        found = self._found(target, watch)
        if isinstance(found, Failed):
            return found
        tally = Tally()
        tally.add(found.diagnostics, len(found.document.entries))
        heard = _Heard(None if is_elsewhere else LARGEST_RESULT)
        is_heard = is_elsewhere or kept is not None
        with heard_by(heard.hear) if is_heard else contextlib.nullcontext():
            self.outputs.file(target.path, found.document, found.diagnostics)
        told = Told(tally.counts(), target.is_failed_by(found.diagnostics), heard.output())
        if kept and heard.is_whole:
            kept.put(name, told)
        return told

    def _outcomes_kept(self) -> KeptOutcomes | None:
        program = self._version()
        if self.store is None or program is None:
            return None
        return KeptOutcomes(self.store, program, self.outputs.manner)

    def _version(self) -> bytes | None:
        """What tells this version of the program from another; `None` where nothing is kept."""
        if self.store is not None and self._program is None:
            self._program = hash_of_program()
        return self._program

    def _checked(self, target: Target, watch: Watch | None) -> Found:
        if target.group is not None:
            path = Path(target.path)
            return Found(*target.group.check(path, {real_path(path): target.file.text}), target)
        # Loaded here: what was told before can be told again without it; and before the list is
        # asked for, which another process may still be reading.
        from peftlint.linter import lint

        document = self._read(target.path, target.file.text, part(watch, 0, _READ))
        document.has_mark = target.file.bom
        # Something that shows how far it is draws from a thread, which no copy of a process has.
        if self._free > 1 and watch is None and len(document.entries) in _ABREAST:
            from peftlint.commands.abreast import lint_abreast

            self.is_done_here = False
            found = lint_abreast(document, target.rules, target.options)
        else:
            found = lint(document, target.rules, target.options, watch=part(watch, _READ, 1))
        return Found(document, found, target)

    def _read(self, path: str, text: str, watch: Watch | None) -> Document:
        """Read a list, if no other process or earlier run has read it."""
        document = read_meanwhile(text, watch) if self._free > 1 else None
        if document is not None:
            self.is_done_here = False
            return document
        # Loaded here: it loads a parser.
        from peftlint.reader import read

        program = hash_of_reader() if self.store else None
        readings = Readings(self.store, program, self._free)
        with readings.recollection(path, text, watch) as recollection:
            document = read(text, watch, recollection)
        self.is_done_here = self.is_done_here and readings.are_done_here
        return document

    def _take(self, told: Told) -> None:
        """Count what was told."""
        self.tally.merge(told.counts)
        self._fails = self._fails or told.fails

    def _tell(self, path: Path, found: Found) -> None:
        """Tell of a list what the sieves keep."""
        target = found.target
        document, diagnostics = found.document, found.diagnostics
        try:
            document.has_mark = target.file.bom
            told: list[Diagnostic] = list(diagnostics)
            for sieve in self.sieves:
                kept = set(map(id, sieve.kept(target, document, diagnostics)))
                passed = [diagnostic for diagnostic in told if id(diagnostic) in kept]
                if isinstance(sieve, KnownFindings):
                    self.tally.known += len(told) - len(passed)
                told = passed
            if self.writer is not None:
                told = self.writer.left(target, document, told)
        except Abandoned:
            raise
        except Exception as error:  # as above
            self.failures.add(error, path.as_posix())
            return
        for unread in target.group.take_errors() if target.group else ():
            self.failures.add(unread)
        self._fails = self._fails or target.is_failed_by(told)
        self.tally.add(told, len(document.entries))
        self.outputs.file(target.path, document, told)


class _Heard:
    """What is written to standard output.

    Args:
        limit: nothing is remembered where it is more bytes than this; `None` for no limit.
    """

    def __init__(self, limit: int | None) -> None:
        self._parts: list[bytes] = []
        self._room = limit
        self.is_whole = True

    def hear(self, data: bytes, is_error: bool) -> None:
        if is_error or not self.is_whole:
            return
        self._parts.append(data)
        if self._room is not None:
            self._room -= len(data)
            if self._room < 0:
                self.is_whole = False
                self._parts.clear()

    def output(self) -> bytes:
        return b"".join(self._parts)
