"""Findings that are known are not told: a baseline, loaded where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from peftlint.commands.options import BaselineOptions
from peftlint.commands.target import Target
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document

if TYPE_CHECKING:
    from peftlint.commands.baseline import Baselines


class KnownFindings:
    """Leaves out what is in a list's baseline; see `peftlint.commands.checking.Sieve`.

    Args:
        options: what the command line says of baselines.

    Raises:
        FileError: the baseline that the command line names cannot be used.
    """

    def __init__(self, options: BaselineOptions) -> None:
        self._options = options
        self._baselines: Baselines | None = None
        if options.baseline is not None:
            self._load()

    def is_about(self, target: Target) -> bool:
        """Whether a list has a baseline."""
        if self._options.no_baseline:
            return False
        return self._options.baseline is not None or target.settings.baseline is not None

    def kept(
        self, target: Target, document: Document, diagnostics: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """The findings of a list that are not known.

        Raises:
            FileError: the list's baseline cannot be read, or is none.
            ConfigError: the config names a baseline that is not there, or that a link leads to.
        """
        if not self.is_about(target):
            return list(diagnostics)
        return self._load().kept(target, document, diagnostics)

    def notes(self) -> Iterator[str]:
        """What is to be told of baselines at the end, a line each, safe to print."""
        if self._baselines is not None:
            yield from self._baselines.notes()

    def prune(self) -> Iterator[str]:
        """Take out what is gone; the lines that tell of it, safe to print.

        Raises:
            FileError: a baseline cannot be written.
            MisuseError: there is none.
        """
        return self._load().prune()

    def _load(self) -> Baselines:
        if self._baselines is None:
            # Loaded here: most lists have none.
            from peftlint.commands.baseline import Baselines

            self._baselines = Baselines(self._options)
        return self._baselines
