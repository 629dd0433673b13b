"""`peftlint init`: a config with the conventions that lists follow."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from peftlint import file, registry
from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Failures
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import STDIN, SourceOptions, color_option
from peftlint.commands.target import targets
from peftlint.config import OptionError, options_of
from peftlint.file import FileError
from peftlint.finder import Finder
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.report.coverage import coverage_lines
from peftlint.report.proposal import Summary, proposal, summary
from peftlint.report.terminal import ColorChoice, Terminal

_NAME = "peftlint.toml"


@click.command()
@click.argument("path", default=".", metavar="[PATH]")
@color_option
def command(path: str, color: ColorChoice) -> None:
    """Learn the conventions of the lists in PATH, a file or a folder, and write them into a
    peftlint.toml there, as comments: un-comment what every entry has to follow.

    Prints how much was read: the entries by their layout, and the lines of those that stand out.
    Nothing is written where there are settings already. Without a PATH it is this folder.

    Exit codes: 0 done, 2 misuse, or a file that could not be read or written.
    """  # noqa: D205 - click shows the first paragraph as it is
    if path == STDIN:
        raise click.UsageError("a config stands beside its lists: give a file or a folder.")
    sources = SourceOptions(paths=(path,), stdin_filename=None, config=None, isolated=False)
    failures = Failures(Terminal(color, is_error=True))
    terminal = Terminal(color)
    config = _free_config(Path(path))
    lists = list(_summaries(sources, terminal, failures))
    if lists:
        _create(config, proposal(lists))
        terminal.write([f"Wrote {printable(str(config))}; every option in it is a comment."])
    elif not failures.count:
        raise FileError(path, "no entries were found here, so there is nothing to learn from")
    if failures.count:
        exit_with(ExitCode.FAILURE)


def _free_config(path: Path) -> Path:
    """Where the config goes.

    Raises:
        ConfigError: the settings that are there already cannot be read.
        FileError: there are settings already.
    """
    config = (path if path.is_dir() else path.parent) / _NAME
    source = Finder().settings(config).source
    if source is not None:
        raise FileError(source, "settings are here already; edit them, or move the file away first")
    return config


def _summaries(sources: SourceOptions, terminal: Terminal, failures: Failures) -> Iterator[Summary]:
    """What each list with entries does; tell of its coverage on the way."""
    with collected_between_lists() as memory:
        for target in targets(sources):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                document = read(target.file.text)
                coverage = list(coverage_lines(target.path, document, terminal))
                found = _summary(target.path, document) if document.entries else None
            except Exception as error:  # one file's trouble must not hide the others
                failures.add(error, target.path)
                continue
            terminal.write([*coverage, ""])
            if found is not None:
                yield found
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del document, coverage, target


def _summary(path: str, document: Document) -> Summary:
    """What the config says of a list, without what no installed rule takes: it has to load."""
    found = summary(path, document)
    taken = (one for one in found.options if _is_taken(one.rule, one.name, one.value))
    return found._replace(options=tuple(taken))


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
