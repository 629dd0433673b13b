"""Where reports go: `FORMAT` to standard output, `FORMAT:FILE` into a file, several at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from peftlint.commands.misuse import MisuseError
from peftlint.diagnostic import Diagnostic
from peftlint.file import FileError
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report import BY_FILE, STATISTICS_FORMATS, Format, Report, report_to
from peftlint.report.tally import Tally
from peftlint.report.terminal import Terminal, is_obeyed_by_runner, write_text
from peftlint.value import NamedTuple

#: Means standard output as a file.
_STANDARD_OUTPUT = "-"
#: Means `github` where GitHub's runner shows what is printed, and `text` anywhere else.
AUTO = "auto"


class Destination(NamedTuple):
    """A form, and where it goes: a file, or `None` for standard output."""

    form: Format
    file: Path | None


def destinations_of(values: Sequence[str]) -> tuple[Destination, ...]:
    """Read `FORMAT` or `FORMAT:FILE`, each as often as it was given.

    Raises:
        ValueError: there is no such form, or no file is named after the colon.
    """
    return tuple(map(_destination, values))


def _destination(value: str) -> Destination:
    name, colon, file = value.partition(":")
    wanted = _form_here() if name == AUTO else name
    for form in get_args(Format):
        if form == wanted:
            if colon and not file:
                raise ValueError(f"after '{name}:' comes the name of a file")
            place = None if file in {"", _STANDARD_OUTPUT} else Path(file)
            return Destination(form, place)
    known = ", ".join((*get_args(Format), AUTO))
    raise ValueError(f"there is no format {name!r}; choose one of {known}")


def _form_here() -> Format:
    # Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


class Outputs:
    """The reports of a run, as one.

    Args:
        destinations: of which at most one is standard output.
        terminal: standard output.
        quiet: as for `report_to`, for standard output only.
        statistics: as for `report_to`.

    Raises:
        MisuseError: two reports would go to one place, or a format has no statistics.
        FileError: a file cannot be written.
    """

    def __init__(
        self,
        destinations: Sequence[Destination],
        terminal: Terminal,
        *,
        quiet: bool = False,
        statistics: bool = False,
    ) -> None:
        files = [destination.file for destination in destinations]
        if len(set(files)) < len(files):
            where = next(file for file in files if files.count(file) > 1)
            name = "standard output" if where is None else printable(str(where))
            raise MisuseError(
                f"two reports would go to {name}; give one of them a file of its own: FORMAT:FILE"
            )
        for destination in destinations if statistics else ():
            if destination.form not in STATISTICS_FORMATS:
                raise MisuseError(
                    f"there are no statistics in the format {destination.form}; "
                    f"choose one of {', '.join(STATISTICS_FORMATS)}"
                )
        self._reports: list[Report] = []
        self._terminal = terminal
        self._is_quiet = quiet
        self._destinations = tuple(destinations)
        self._has_statistics = statistics
        self._files: list[_ReportFile] = []
        try:
            for form, file in destinations:
                if file is None:
                    report = report_to(
                        form, terminal, write_text, quiet=quiet, statistics=statistics
                    )
                else:
                    opened = _ReportFile(file)
                    self._files.append(opened)
                    report = report_to(form, opened.terminal, opened.write, statistics=statistics)
                self._reports.append(report)
        except BaseException:
            self.discard()
            raise

    @property
    def are_by_file(self) -> bool:
        """Whether what is told of a list goes to standard output, whatever others hold."""
        return (
            bool(self._reports)
            and not self._files
            and not self._has_statistics
            and all(form in BY_FILE for form, _ in self._destinations)
        )

    @property
    def manner(self) -> tuple[str | int | None, ...]:
        """All that decides how something is told on standard output, other than the list."""
        terminal = self._terminal
        return (
            *(form for form, _ in self._destinations),
            self._is_quiet,
            terminal.width,
            terminal.has_color,
            terminal.has_links,
            sys.stdout.encoding,
            is_obeyed_by_runner(),
        )

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Tell of one file."""
        for report in self._reports:
            report.file(path, document, diagnostics)

    def close(self, tally: Tally) -> list[FileError]:
        """Tell what is to be told at the end, and put files in their places.

        Returns:
            What kept files from being written.
        """
        errors: list[FileError] = []
        for report in self._reports:
            report.close(tally)
        for opened in self._files:
            try:
                opened.finish()
            except FileError as error:
                errors.append(error)
        self._files.clear()
        return errors

    def discard(self) -> None:
        """Leave the files that were to be written as they were."""
        for opened in self._files:
            opened.discard()
        self._files.clear()


class _ReportFile:
    """A file that a report goes to."""

    def __init__(self, path: Path) -> None:
        # Loaded here: mostly, findings are shown and that is all.
        from peftlint.newfile import NewFile

        self._new = NewFile(path)
        self.terminal = Terminal("never", stream=self._new.stream)

    def write(self, text: str) -> None:
        """Write text as it is."""
        try:
            self._new.stream.write(text)
        except OSError as error:
            error.filename = str(self._new.path)
            raise

    def finish(self) -> None:
        """Put it in its place."""
        self._new.finish()

    def discard(self) -> None:
        """Leave what was there."""
        self._new.discard()
