"""`peftlint check`: what is wrong in lists, and how it would be fixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click
from click.core import ParameterSource

from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Failures
from peftlint.commands.known import KnownFindings
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import (
    BaselineOptions,
    RuleOptions,
    SourceOptions,
    baseline_options,
    color_option,
    rule_options,
    source_options,
)
from peftlint.commands.output import Destination, Outputs, destinations_of
from peftlint.commands.target import Target, targets
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import real_path
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.reader import read
from peftlint.report.tally import Tally
from peftlint.report.terminal import ColorChoice, Terminal

if TYPE_CHECKING:
    from peftlint.commands.silence import SuppressionWriter


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
    help="With excerpts and fixes (text), one line a finding (concise), or for programs (json). "
    "The option can be repeated: each report but one names the FILE that it goes to.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead.")
@click.option(
    "-q", "--quiet", is_flag=True, help="One line a finding and nothing else: no summary either."
)
@click.option(
    "--exit-zero", is_flag=True, help="Exit with 0 although there are findings: --fail-on never."
)
@baseline_options
@click.option(
    "--write-baseline",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Tell no findings but write them to FILE, or where the config names one: from then on "
    "they are known.",
)
@click.option(
    "--prune-baseline", is_flag=True, help="Take findings out of the baseline that are gone."
)
@click.option(
    "--add-suppressions",
    is_flag=True,
    help="Write comments into the lists that silence all findings, where that changes nothing "
    "else, and show what is left.",
)
@click.option(
    "--reason", metavar="TEXT", help="What the comments of --add-suppressions give as a reason."
)
@color_option
def command(  # noqa: PLR0913 - one for each option
    *,
    sources: SourceOptions,
    choice: RuleOptions,
    known: BaselineOptions,
    write_baseline: str | None,
    prune_baseline: bool,
    add_suppressions: bool,
    reason: str | None,
    destinations: tuple[Destination, ...],
    statistics: bool,
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
    writing = {
        "--write-baseline": write_baseline is not None,
        "--prune-baseline": prune_baseline,
        "--add-suppressions": add_suppressions,
    }
    _require_one_purpose(sources, known, [option for option in writing if writing[option]])
    if write_baseline and known.baseline is not None:
        raise click.UsageError(
            "--baseline and --write-baseline both name a baseline: give FILE once."
        )
    if reason is not None and not add_suppressions:
        raise click.UsageError("--reason is for the comments of --add-suppressions: give both.")
    errors = Terminal(color, is_error=True)
    failures = Failures(errors)
    if write_baseline is not None:
        _write_baseline(sources, choice, known, write_baseline, Terminal(color), failures)
        return
    findings = KnownFindings(known)
    if add_suppressions:
        fails = _silence(sources, choice, findings, reason, Terminal(color), failures)
        if failures.count:
            exit_with(ExitCode.FAILURE)
        if fails and not exit_zero:
            exit_with(ExitCode.FINDINGS)
        return
    outputs = Outputs(destinations, Terminal(color), quiet=quiet, statistics=statistics)
    tally = Tally()
    try:
        fails = _check(sources, choice, (findings,), outputs, tally, failures)
        tally.errors = tuple(failures.messages)
        for error in outputs.close(tally):
            failures.add(error)
    finally:
        outputs.discard()
    if prune_baseline:
        # What a list has that could not be read is not known to be gone.
        errors.write(findings.prune())
    elif not quiet:
        errors.write(f"{errors.paint('note:', 'cyan')} {line}" for line in findings.notes())
    if failures.count:
        exit_with(ExitCode.FAILURE)
    if fails and not exit_zero:
        exit_with(ExitCode.FINDINGS)


def _require_one_purpose(
    sources: SourceOptions, known: BaselineOptions, writing: Sequence[str]
) -> None:
    """Refuse options that contradict each other.

    Args:
        sources: which files.
        known: what is said of baselines.
        writing: the options that are given which write files.

    Raises:
        click.UsageError: they do.
    """
    if not writing:
        return
    if len(writing) > 1:
        raise click.UsageError(f"{' and '.join(writing)} contradict each other.")
    option = writing[0]
    if sources.is_stdin:
        raise click.UsageError(f"{option} is about files: it cannot be given with '-'.")
    if option == "--prune-baseline":
        if known.no_baseline:
            raise click.UsageError(f"{option} and --no-baseline contradict each other.")
        return
    if option == "--write-baseline" and known.no_baseline:
        raise click.UsageError(f"{option} and --no-baseline contradict each other.")
    context = click.get_current_context()
    if context.get_parameter_source("destinations") is not ParameterSource.DEFAULT:
        raise click.UsageError(f"{option} tells no findings: leave --output-format out.")


def _silence(  # noqa: PLR0913, PLR0917 - what a run is made of
    sources: SourceOptions,
    choice: RuleOptions,
    findings: KnownFindings,
    reason: str | None,
    terminal: Terminal,
    failures: Failures,
) -> bool:
    """Write suppressions; the result is whether what is left makes the run fail."""
    # Loaded here: it is done once.
    from peftlint.commands.silence import SuppressionWriter

    writer = SuppressionWriter(reason, terminal)
    outputs = Outputs((), terminal)
    fails = _check(sources, choice, (findings,), outputs, Tally(), failures, writer)
    writer.close()
    return fails


def _write_baseline(  # noqa: PLR0913, PLR0917 - what a run is made of
    sources: SourceOptions,
    choice: RuleOptions,
    known: BaselineOptions,
    file: str,
    terminal: Terminal,
    failures: Failures,
) -> None:
    # Loaded here: a baseline is written once.
    from peftlint.commands.baseline import BaselineWriter

    writer = BaselineWriter(Path(file) if file else None, known)
    _check(sources, choice, (writer,), Outputs((), terminal), Tally(), failures)
    terminal.write(writer.write())
    if failures.count:
        exit_with(ExitCode.FAILURE)


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


def _check(  # noqa: PLR0913, PLR0917 - what a run is made of
    sources: SourceOptions,
    choice: RuleOptions,
    sieves: Iterable[Sieve],
    outputs: Outputs,
    tally: Tally,
    failures: Failures,
    writer: SuppressionWriter | None = None,
) -> bool:
    """Check the lists; the result is whether a finding makes the run fail."""
    fails = False
    with collected_between_lists() as memory:
        for target in targets(sources, choice):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                document, found = _checked(target)
                diagnostics = found
                for sieve in sieves:
                    kept = set(map(id, sieve.kept(target, document, found)))
                    passed = [diagnostic for diagnostic in diagnostics if id(diagnostic) in kept]
                    if isinstance(sieve, KnownFindings):
                        tally.known += len(diagnostics) - len(passed)
                    diagnostics = passed
                if writer is not None:
                    diagnostics = writer.left(target, document, diagnostics)
            except click.UsageError:
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
            del document, found, diagnostics, target
    return fails


def _checked(target: Target) -> tuple[Document, list[Diagnostic]]:
    if target.group is not None:
        path = Path(target.path)
        return target.group.check(path, {real_path(path): target.file.text})
    document = read(target.file.text)
    return document, lint(document, target.rules, target.options)
