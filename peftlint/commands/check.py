"""`peftlint check`: what is wrong in lists, and how it would be fixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import click

from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Abandoned, Failures
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import (
    RuleOptions,
    SourceOptions,
    color_option,
    rule_options,
    source_options,
)
from peftlint.commands.output import Destination, Outputs, destinations_of
from peftlint.commands.progress import Progress, progress
from peftlint.commands.target import Target, targets
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import real_path
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.reader import read
from peftlint.report.tally import Changes, Tally
from peftlint.report.terminal import ColorChoice, Terminal
from peftlint.watch import Watch, part

#: The share of the time that is gone when a list is read.
_READ = 0.6


@click.command()
@source_options
@rule_options
@click.option(
    "--output-format",
    "destinations",
    callback=destinations_of,
    multiple=True,
    default=["text"],
    show_default=True,
    metavar="FORMAT[:FILE]",
    help="With excerpts and fixes (text), one line a finding (concise), for programs (json, jsonl, "
    "sarif, rdjsonl, gitlab, junit), as annotations of GitHub's workflows (github), or as Markdown "
    "for a comment there (markdown). auto is github in such a workflow and text elsewhere. "
    "The option can be repeated: each report but one names the FILE that it goes to.",
)
@click.option(
    "--since",
    "revision",
    metavar="REV",
    help="Only what is new since this revision of git: findings in entries that were added or "
    "changed, and others that were not there. HEAD, a branch, a tag, a hash; origin/main... is "
    "where this branch left origin/main.",
)
@click.option(
    "--statistics",
    is_flag=True,
    help="Count the findings of each rule, severity and section instead.",
)
@click.option(
    "--show-files", is_flag=True, help="Print the files that would be checked; check nothing."
)
@click.option(
    "--show-settings",
    is_flag=True,
    help="Print the settings that hold for each PATH, as `peftlint config` does; check nothing.",
)
@click.option(
    "-q", "--quiet", is_flag=True, help="One line a finding and nothing else: no summary either."
)
@click.option(
    "--exit-zero", is_flag=True, help="Exit with 0 although there are findings: --fail-on never."
)
@color_option
def command(  # noqa: PLR0913 - one for each option
    *,
    sources: SourceOptions,
    choice: RuleOptions,
    destinations: tuple[Destination, ...],
    revision: str | None,
    statistics: bool,
    show_files: bool,
    show_settings: bool,
    quiet: bool,
    exit_zero: bool,
    color: ColorChoice,
) -> None:
    """Show what is wrong in the lists in PATHs, and each fix as it would read.

    Folders are walked for Markdown files that .gitignore does not leave out; dependencies, Python
    environments and caches (node_modules, .venv, .tox and the like) are left out too, unless they
    are a PATH themselves. '-' is standard input. Without a PATH it is this folder.

    Exit codes: 0 clean, 1 findings that are as bad as --fail-on says, 2 misuse or a file that could
    not be read; the other files are checked nevertheless.
    """
    since = None
    if revision is not None:
        # Loaded here: most checks are of all that is there.
        from peftlint.commands.since import Since

        since = Since(revision, sources)
    failures = Failures(Terminal(color, is_error=True))
    if show_files or show_settings:
        # Loaded here: a check needs none of it.
        from peftlint.commands.show import Show

        show = Show(destinations, Terminal(color), failures)
        show.require_alone(files=show_files, settings=show_settings, statistics=statistics)
        if show_files:
            show.files(sources)
        else:
            show.settings(sources, choice)
        if failures.count:
            exit_with(ExitCode.FAILURE)
        return
    outputs = Outputs(destinations, Terminal(color), quiet=quiet, statistics=statistics)
    tally = Tally()
    sieves: list[Sieve] = [] if since is None else [since]
    try:
        with progress("Checking", quiet=quiet) as bar:
            fails = _check(sources, choice, sieves, outputs, tally, failures, bar)
        if since is not None:
            tally.since = Changes(since.shown, since.changed)
        tally.errors = tuple(failures.messages)
        for error in outputs.close(tally):
            failures.add(error)
    finally:
        outputs.discard()
    if failures.count:
        exit_with(ExitCode.FAILURE)
    if fails and not exit_zero:
        exit_with(ExitCode.FINDINGS)


class Sieve(Protocol):
    """What leaves findings out that are not to be told."""

    def kept(
        self, target: Target, document: Document, diagnostics: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """The findings of a list that are to be told, in order.

        Args:
            target: the list, with the rules that ran.
            document: the same, read.
            diagnostics: sorted by place.
        """


def _check(  # noqa: PLR0913, PLR0917 - what a run is made of
    sources: SourceOptions,
    choice: RuleOptions,
    sieves: Iterable[Sieve],
    outputs: Outputs,
    tally: Tally,
    failures: Failures,
    bar: Progress,
) -> bool:
    """Check the lists; the result is whether a finding makes the run fail."""
    fails = False
    with collected_between_lists() as memory:
        for target in bar.over(targets(sources, choice, bar.expect)):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                document, diagnostics = _checked(target, bar.watch)
                document.has_mark = target.file.bom
                for sieve in sieves:
                    diagnostics = sieve.kept(target, document, diagnostics)
            except Abandoned:
                raise
            except Exception as error:  # one file's trouble must not hide another's findings
                failures.add(error, target.path)
                continue
            for unread in target.group.take_errors() if target.group else ():
                failures.add(unread)
            fails = fails or target.is_failed_by(diagnostics)
            tally.add(diagnostics, len(document.entries))
            outputs.file(target.path, document, diagnostics)
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del document, diagnostics, target
    return fails


def _checked(target: Target, watch: Watch | None) -> tuple[Document, list[Diagnostic]]:
    if target.group is not None:
        path = Path(target.path)
        return target.group.check(path, {real_path(path): target.file.text})
    document = read(target.file.text, part(watch, 0, _READ))
    found = lint(document, target.rules, target.options, watch=part(watch, _READ, 1))
    return document, found
