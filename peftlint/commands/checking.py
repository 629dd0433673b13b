"""Checking lists one after the other, whatever is then done with what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from peftlint.commands.failure import Abandoned, Failures
from peftlint.commands.known import KnownFindings
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import RuleOptions, SourceOptions
from peftlint.commands.output import Outputs
from peftlint.commands.progress import progress
from peftlint.commands.target import Target, targets
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import real_path
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.reader import read
from peftlint.report.tally import Tally
from peftlint.watch import Watch, part

if TYPE_CHECKING:
    from peftlint.commands.silence import SuppressionWriter

#: The share of the time that is gone when a list is read.
_READ = 0.6


class Sieve(Protocol):
    """What leaves findings out that are not to be told.

    Each sieve of a run judges all findings of a list, and what all of them keep is told: so none
    takes from another what it counts by.
    """

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


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
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
        tally: counts what is told.
    """

    sources: SourceOptions
    choice: RuleOptions
    failures: Failures
    outputs: Outputs
    sieves: Sequence[Sieve] = ()
    writer: SuppressionWriter | None = None
    quiet: bool = False
    tally: Tally = field(default_factory=Tally)

    def run(self) -> bool:
        """Check the lists; the result is whether a finding makes the run fail.

        Raises:
            Abandoned: what was asked for cannot be done for any of them.
        """
        fails = False
        with progress("Checking", quiet=self.quiet) as bar, collected_between_lists() as memory:
            for target in bar.over(targets(self.sources, self.choice, bar.expect)):
                if isinstance(target, Exception):
                    self.failures.add(target)
                    continue
                try:
                    document, diagnostics = self._told(target, bar.watch)
                except Abandoned:
                    raise
                except Exception as error:  # one file's trouble must not hide another's findings
                    self.failures.add(error, target.path)
                    continue
                for unread in target.group.take_errors() if target.group else ():
                    self.failures.add(unread)
                fails = fails or target.is_failed_by(diagnostics)
                self.tally.add(diagnostics, len(document.entries))
                self.outputs.file(target.path, document, diagnostics)
                memory.add(len(target.file.text))
                # Two lists at once would take twice the memory.
                del document, diagnostics, target
        return fails

    def _told(self, target: Target, watch: Watch | None) -> tuple[Document, list[Diagnostic]]:
        """A list with the findings that are to be told."""
        document, found = _checked(target, watch)
        document.has_mark = target.file.bom
        told = found
        for sieve in self.sieves:
            kept = set(map(id, sieve.kept(target, document, found)))
            passed = [diagnostic for diagnostic in told if id(diagnostic) in kept]
            if isinstance(sieve, KnownFindings):
                self.tally.known += len(told) - len(passed)
            told = passed
        return document, self.writer.left(target, document, told) if self.writer else told


def _checked(target: Target, watch: Watch | None) -> tuple[Document, list[Diagnostic]]:
    if target.group is not None:
        path = Path(target.path)
        return target.group.check(path, {real_path(path): target.file.text})
    document = read(target.file.text, part(watch, 0, _READ))
    return document, lint(document, target.rules, target.options, watch=part(watch, _READ, 1))
