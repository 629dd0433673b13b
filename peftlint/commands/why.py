"""`peftlint why`: how a line of a list was read."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from peftlint import file
from peftlint.commands.command import Argument, takes
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.failure import Failures
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import COLOR, STDIN
from peftlint.file import FileError, TextFile
from peftlint.reader import read
from peftlint.report.reading import lines_about
from peftlint.report.terminal import ColorChoice, Terminal
from peftlint.source import Lines

#: No file has a line with a number of more digits.
_MOST_DIGITS = 12


class Target(NamedTuple):
    """A line of a list.

    Attributes:
        path: the list; `-` for standard input.
        line, column: counted from 1; the column is `None` where there is none.
    """

    path: str
    line: int
    column: int | None = None


# Else `-:12`, a line of standard input, would be an option.
@takes(Argument("place", "PATH:LINE"), COLOR, takes_any_option=True)
def command(place: str, color: ColorChoice) -> ExitCode:
    r"""Show how the line was read: its entry's fields, each with its place and what made it that,
    and the layout of the entry, its section and its list; for a line of no entry, why not.

    PATH:LINE:COLUMN, as findings have it, will do as well. '-' as the PATH is standard input.

    In a layout '/' is a line end, '//' a blank line, '\' a hard break, and '/ -' a sub-bullet.

    Exit codes: 0 whatever the line is, 2 misuse or a file that could not be read.
    """  # noqa: D205 - click shows the first paragraph as it is
    target = parsed(place)
    try:
        text_file = _standard_input() if target.path == STDIN else _read(target.path)
        document = read(text_file.text)
        _require_place(text_file, document.lines, target)
    except FileError as error:
        Failures(Terminal(color, is_error=True)).add(error)
        return ExitCode.FAILURE
    terminal = Terminal(color)
    terminal.write(lines_about(text_file.path.as_posix(), document, target.line, terminal))
    return ExitCode.CLEAN


def parsed(place: str) -> Target:
    """`PATH:LINE` or `PATH:LINE:COLUMN`; a path may hold colons, as those of Windows do.

    Raises:
        MisuseError: it names no line, or a column that there cannot be.
    """
    # A finding's place is followed by a colon in what other tools print.
    path, _, number = place.removesuffix(":").rpartition(":")
    before, _, line = path.rpartition(":")
    column = None
    if before and _is_number(line) and _is_number(number):
        path, number, column = before, line, number
    if not path or not number:
        raise MisuseError(f"'{place}' names no line: write PATH:LINE, as in README.md:57.")
    at = None if column is None else _counted(column, "column")
    return Target(path, _counted(number, "line"), at)


def _counted(number: str, what: str) -> int:
    """The number of a line or a column.

    Raises:
        MisuseError: it cannot be one.
    """
    if not _is_number(number) or len(number) > _MOST_DIGITS or int(number) == 0:
        raise MisuseError(f"'{number}' is no {what} number; {what}s are counted from 1.")
    return int(number)


def _read(path: str) -> TextFile:
    try:
        return file.read(Path(path))
    except FileError as error:
        if not path.startswith("~") or os.path.lexists(path):
            raise
        reason = "there is no such file; the shell left the ~ as it is, so write the folder out"
        raise FileError(path, reason) from error


def _require_place(text_file: TextFile, lines: Lines, target: Target) -> None:
    """Refuse a line or a column that the file has not."""
    # What follows the last line end is no line.
    count = len(lines) - (not lines.content(len(lines)))
    if target.line > count:
        has = _number_of(count, "line")
        raise FileError(text_file.path, f"it has {has}, so there is no line {target.line}")
    # What ends a line may be found just behind it.
    length = len(lines.content(target.line))
    if target.column is not None and target.column > length + 1:
        has = _number_of(length, "character")
        reason = f"line {target.line} has {has}, so there is no column {target.column}"
        raise FileError(text_file.path, reason)


def _number_of(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _standard_input() -> TextFile:
    return file.decode(sys.stdin.buffer.read(), "<stdin>")
