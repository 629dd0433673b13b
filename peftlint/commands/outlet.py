"""Where the new texts of lists go: into their files, onto standard output, or into a diff."""

from __future__ import annotations

from pathlib import Path

from peftlint import file
from peftlint.commands.target import Target
from peftlint.discovery import real_path
from peftlint.printable import printable, without_controls
from peftlint.report.diff import unified_diff
from peftlint.report.terminal import (
    ColorChoice,
    Style,
    Terminal,
    is_obeyed_by_runner,
    is_written_to_file,
    without_workflow_commands,
    write_bytes,
)

_DIFF_STYLES: dict[str, Style] = {"-": "red", "+": "green", "@": "cyan"}


class Outlet:
    """Takes the new text of each list.

    Args:
        color: of diffs.
        is_stdin: whether the list is standard input, and its text goes to standard output.
        is_diff: whether texts are shown as diffs, and written nowhere.
        is_dry: whether nothing is written, diffs aside.

    Attributes:
        errors: standard error.
        messages: where the report goes: standard error where standard output has texts or diffs.
        writes: whether texts take the place of the old ones.
    """

    def __init__(
        self, color: ColorChoice, *, is_stdin: bool, is_diff: bool, is_dry: bool = False
    ) -> None:
        self._output = Terminal(color)
        self._is_stdin = is_stdin
        self._is_diff = is_diff
        self.errors = Terminal(color, is_error=True)
        self.messages = self.errors if is_diff or is_stdin else self._output
        self.writes = not (is_diff or is_dry)

    def write(self, target: Target, text: str) -> None:
        """Put a text into its file, if that is where it goes.

        Raises:
            FileError: the file cannot be written; it is as it was.
        """
        if self.writes and not self._is_stdin:
            file.write(target.file, text)

    def show(self, target: Target, text: str) -> None:
        """Put a text onto standard output, itself or as a diff, if that is where it goes."""
        if self._is_diff:
            self._show_diff(target, text)
        elif self.writes and self._is_stdin:
            write_bytes(file.encode(target.file, text))

    def _show_diff(self, target: Target, text: str) -> None:
        mark = "\ufeff" if target.file.bom else ""
        lines = unified_diff(_name_in_patch(target.path), mark + target.file.text, mark + text)
        terminal = self._output
        if terminal.is_terminal or terminal.has_color:
            terminal.write(terminal.paint(printable(line), *_styles(line)) for line in lines)
            return
        # For a program, so exactly what the file holds.
        patch = "".join(f"{line}\n" for line in lines)
        if is_obeyed_by_runner() and not is_written_to_file():
            # A pipe may lead to the log of GitHub's runner, which obeys and shows what is in it.
            shown = without_workflow_commands(without_controls(patch))
            if shown != patch:
                self.errors.write(
                    [
                        f"{printable(target.path)}: the diff has characters written out; "
                        "`> FILE` has it as git takes it"
                    ]
                )
            patch = shown
        write_bytes(patch.encode(errors="surrogateescape"))


def _name_in_patch(path: str) -> str:
    """A path as `git apply` and `patch -p1` take it: from the current folder where it is below.

    Any other is that from the root of the file system, without the slash that begins it.
    """
    given = Path(path)
    if not given.is_absolute() and ".." not in given.parts:
        return path
    place, here = real_path(given), Path.cwd()
    return place.relative_to(here if place.is_relative_to(here) else place.anchor).as_posix()


def _styles(line: str) -> list[Style]:
    style = _DIFF_STYLES.get(line[0])
    return [style] if style else []
