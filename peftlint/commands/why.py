"""`peftlint why`: how a line of a list was read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import click

from peftlint import file
from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Failures
from peftlint.commands.options import STDIN, color_option
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
        line: counted from 1.
    """

    path: str
    line: int


# Else `-:12`, a line of standard input, would be an option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("place", metavar="PATH:LINE")
@color_option
def command(place: str, color: ColorChoice) -> None:
    r"""Show how the line was read: its entry's fields, each with its place and what made it that,
    and the layout of the entry, its section and its list; for a line of no entry, why not.

    PATH:LINE:COLUMN, as findings have it, will do as well. '-' as the PATH is standard input.

    In a layout '/' is a line end, '//' a blank line, '\' a hard break, and '/ -' a sub-bullet.

    Exit codes: 0 whatever the line is, 2 misuse or a file that could not be read.
    """  # noqa: D205 - click shows the first paragraph as it is
    path, line = parsed(place)
    try:
        text_file = _standard_input() if path == STDIN else file.read(Path(path))
        document = read(text_file.text)
        _require_line(text_file, document.lines, line)
    except FileError as error:
        Failures(Terminal(color, is_error=True)).add(error)
        exit_with(ExitCode.FAILURE)
        return
    terminal = Terminal(color)
    terminal.write(lines_about(text_file.path.as_posix(), document, line, terminal))


def parsed(place: str) -> Target:
    """`PATH:LINE` or `PATH:LINE:COLUMN`; a path may hold colons, as those of Windows do.

    Raises:
        click.UsageError: it names no line.
    """
    # A finding's place is followed by a colon in what other tools print.
    path, _, number = place.removesuffix(":").rpartition(":")
    before, _, line = path.rpartition(":")
    if before and _is_number(line) and _is_number(number):
        path, number = before, line
    if not path or not number:
        raise click.UsageError(f"'{place}' names no line: write PATH:LINE, as in README.md:57.")
    if not _is_number(number) or len(number) > _MOST_DIGITS or int(number) == 0:
        raise click.UsageError(f"'{number}' is no line number; lines are counted from 1.")
    return Target(path, int(number))


def _require_line(text_file: TextFile, lines: Lines, line: int) -> None:
    # What follows the last line end is no line.
    count = len(lines) - (not lines.content(len(lines)))
    if line > count:
        has = "1 line" if count == 1 else f"{count} lines"
        raise FileError(text_file.path, f"it has {has}, so there is no line {line}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _standard_input() -> TextFile:
    return file.decode(sys.stdin.buffer.read(), "<stdin>")
