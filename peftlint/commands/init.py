"""`peftlint init`: a config with the conventions that lists follow."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from peftlint import file, registry
from peftlint.commands.command import Argument, takes
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.failure import Failures
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import COLOR, STDIN, SourceOptions
from peftlint.commands.target import targets
from peftlint.config import OptionError, options_of
from peftlint.discovery import real_path
from peftlint.file import FileError
from peftlint.finder import Finder
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.report.coverage import coverage_lines
from peftlint.report.proposal import (
    LABEL_OPTION,
    LABEL_RULE,
    Summary,
    addition,
    proposal,
    summary,
)
from peftlint.report.terminal import ColorChoice, Terminal

_NAME = "peftlint.toml"
_PROJECT = "pyproject.toml"


class Place(NamedTuple):
    """Where the settings are.

    Attributes:
        config: the file to write.
        source: the file that has settings for the lists already; `None` where there is none.
    """

    config: Path
    source: Path | None

    @property
    def folder(self) -> Path:
        """The folder of the settings."""
        return (self.source or self.config).parent


@takes(Argument("path", "[PATH]", default="."), COLOR)
def command(path: str, color: ColorChoice) -> ExitCode:
    """Learn the conventions of the lists in PATH, a file or a folder, and write them into a
    peftlint.toml there, as comments: un-comment what every entry has to follow.

    Prints how much was read: the entries by their layout, and the lines of those that stand out.
    Without a PATH it is this folder.

    Where settings hold for PATH already, be it those of a folder above, nothing is written: the
    same is printed, with what a new file would say, to paste into them.

    Exit codes: 0 written, 2 misuse, settings that are there already, or a file that could not be
    read or written.
    """  # noqa: D205 - click shows the first paragraph as it is
    if path == STDIN:
        raise MisuseError("a config stands beside its lists: give a file or a folder.")
    sources = SourceOptions(paths=(path,), stdin_filename=None, config=None, isolated=False)
    failures = Failures(Terminal(color, is_error=True))
    terminal = Terminal(color)
    place = _place(Path(path))
    lists = list(_summaries(sources, place.folder, terminal, failures))
    if not lists:
        if not failures.count:
            raise FileError(path, "no entries were found here, so there is nothing to learn from")
    elif place.source is None:
        _create(place.config, proposal(lists))
        terminal.write([f"Wrote {printable(str(place.config))}; every option in it is a comment."])
    else:
        is_project = place.source.name == _PROJECT
        terminal.write(addition(lists, "tool.peftlint." if is_project else ""))
        failures.add(_taken(place.source, place.config))
    return ExitCode.FAILURE if failures.count else ExitCode.CLEAN


def _place(path: Path) -> Place:
    """Where the settings are, or where they go.

    Raises:
        ConfigError: the settings that are there already cannot be read.
    """
    config = (path if path.is_dir() else path.parent) / _NAME
    return Place(config, Finder().settings(config).source)


def _taken(source: Path, config: Path) -> FileError:
    """The error that settings are there already; it says which, and what to do."""
    shown = source.relative_to(Path.cwd()) if source.is_relative_to(Path.cwd()) else source
    if source.parent != real_path(config).parent:
        return FileError(
            shown,
            f"these settings of a folder above hold here as well, and a new {config.as_posix()} "
            "would replace them all, so none was written; paste what you want of the proposal "
            "into them, or make that file yourself",
        )
    what = "settings are here already"
    if source.name == _PROJECT:
        what = "its table [tool.peftlint] has the settings already"
    return FileError(
        shown, f"{what}, so nothing was written; paste what you want of the proposal into them"
    )


def _summaries(
    sources: SourceOptions, folder: Path, terminal: Terminal, failures: Failures
) -> Iterator[Summary]:
    """What each list with entries does; tell of its coverage on the way.

    Args:
        sources: which lists.
        folder: the one of the settings, from which lists are named in them.
        terminal: where the coverage is told.
        failures: where it is told which lists cannot be read.

    Raises:
        FileError: there is not even a list.
    """
    is_any = False
    with collected_between_lists() as memory:
        for target in targets(sources):
            is_any = True
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                document = read(target.file.text)
                coverage = list(coverage_lines(target.path, document, terminal))
                name = _relative(target.path, folder)
                found = _summary(name, document) if document.entries else None
            except Exception as error:  # one file's trouble must not hide the others
                failures.add(error, target.path)
                continue
            terminal.write([*coverage, ""])
            if found is not None:
                yield found
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del document, coverage, target
    if not is_any:
        (path,) = sources.paths
        raise FileError(
            path, "there is no Markdown file here, or none that .gitignore and settings leave in"
        )


def _relative(path: str, folder: Path) -> str:
    """A list's path from a folder; the list's own symbolic link is not followed."""
    return Path(os.path.relpath(real_path(Path(path)), os.path.realpath(folder))).as_posix()


def _summary(path: str, document: Document) -> Summary:
    """What the config says of a list, without what no installed rule takes: it has to load."""
    found = summary(path, document)
    taken = (one for one in found.options if _is_taken(one.rule, one.name, one.value))
    labels = (one for one in found.labels if _is_taken(LABEL_RULE, LABEL_OPTION, (one.way,)))
    return found._replace(options=tuple(taken), labels=tuple(labels))


def _is_taken(rule: str, option: str, value: object) -> bool:
    try:
        options_of(registry.find(rule), {option: value})
    except (registry.UnknownRuleError, OptionError):
        return False
    return True


def _create(config: Path, text: str) -> None:
    """Write a file that is not there yet, all or nothing.

    Raises:
        FileError: there is one meanwhile, or it may not be written.
    """
    try:
        # `x` follows no link either.
        config.open("x").close()
    except OSError as error:
        raise FileError.from_os(config, error) from error
    try:
        file.write(file.read(config), text)
    except BaseException:
        with contextlib.suppress(OSError):
            config.unlink()
        raise
