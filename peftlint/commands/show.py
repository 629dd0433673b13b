"""What a check would work on: the files, or the settings that hold for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peftlint.commands.config import lines_of, record_of, settings_of
from peftlint.commands.failure import Failures
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import RuleOptions, SourceOptions
from peftlint.commands.output import Destination
from peftlint.commands.target import files_of
from peftlint.file import FileError
from peftlint.finder import Finder
from peftlint.printable import printable
from peftlint.report.as_json import encode
from peftlint.report.terminal import Terminal, write_text
from peftlint.settings import ConfigError

#: Formats of reports, which for what is shown here are all the same: lines.
_AS_LINES = frozenset({"text", "concise", "auto"})


class Show:
    """Prints what a check would work on, and checks nothing.

    Args:
        destinations: where reports were to go, which must be standard output, as text or JSON.
        terminal: standard output.
        failures: takes what cannot be shown; the rest is shown all the same.

    Attributes:
        is_json: whether it is for programs.
    """

    def __init__(
        self, destinations: Sequence[Destination], terminal: Terminal, failures: Failures
    ) -> None:
        self._destinations = destinations
        self._terminal = terminal
        self._failures = failures
        self.is_json = any(form == "json" for form, _ in destinations)

    def require_alone(self, *, files: bool, settings: bool, statistics: bool) -> None:
        """Refuse what cannot be meant.

        Args:
            files: whether files are to be shown.
            settings: whether settings are.
            statistics: whether findings are to be counted.

        Raises:
            MisuseError: the options contradict each other.
        """
        name = "--show-files" if files else "--show-settings"
        if files and settings:
            raise MisuseError("--show-files and --show-settings contradict each other.")
        if statistics:
            raise MisuseError(
                f"{name} checks nothing, so there is nothing to count: leave out --statistics."
            )
        if len(self._destinations) > 1 or any(one.file for one in self._destinations):
            raise MisuseError(f"{name} goes to standard output and nowhere else.")
        for form in (one.form for one in self._destinations):
            if not self.is_json and form not in _AS_LINES:
                raise MisuseError(f"{name} has no format {form}; choose text or json.")

    def files(self, sources: SourceOptions) -> None:
        """Print the files that would be read, in that order: one a line, or a JSON array."""
        shown: list[str] = []
        for found in files_of(sources):
            if not isinstance(found, Path):
                self._failures.add(found)
            elif self.is_json:
                shown.append(found.as_posix())
            else:
                self._terminal.write([printable(found.as_posix())])
        if self.is_json:
            self._write(shown)

    def settings(self, sources: SourceOptions, choice: RuleOptions) -> None:
        """Print what holds for each path: configs with comments, or a JSON array of objects.

        Raises:
            MisuseError: it is standard input, which has no settings without a name.
            ConfigError: the config that was named cannot be used.
        """
        if sources.is_stdin and sources.stdin_filename is None:
            raise MisuseError(
                "settings are those of a path: name standard input with --stdin-filename."
            )
        finder = Finder(sources.config, isolated=sources.isolated)
        names = [sources.stdin_filename] if sources.is_stdin else sources.paths
        records: list[dict[str, object]] = []
        told = set[str]()
        is_first = True
        for name in dict.fromkeys(names):
            try:
                found = settings_of(
                    Path(name or ""), finder, choice, need_not_exist=sources.is_stdin
                )
            except (FileError, ConfigError) as error:
                # A config beside several of the paths is told once.
                if str(error) not in told:
                    self._failures.add(error)
                told.add(str(error))
                continue
            if self.is_json:
                records.append(record_of(*found))
                continue
            self._terminal.write([] if is_first else ["", ""])
            self._terminal.write(lines_of(*found, self._terminal))
            is_first = False
        if self.is_json:
            self._write(records)

    def _write(self, value: object) -> None:
        write_text(encode(value, indent=2) + "\n")
