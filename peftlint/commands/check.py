"""`peftlint check`: what is wrong in lists, and how it would be fixed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from peftlint.caching.replay import remember
from peftlint.commands.checking import Checking
from peftlint.commands.cores import processes
from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Failures
from peftlint.commands.known import KnownFindings
from peftlint.commands.options import (
    BaselineOptions,
    CacheOptions,
    RuleOptions,
    SourceOptions,
    baseline_options,
    cache_options,
    color_option,
    rule_options,
    source_options,
)
from peftlint.commands.output import Destination, Outputs, destinations_of
from peftlint.report.tally import Changes
from peftlint.report.terminal import ColorChoice, Terminal

if TYPE_CHECKING:
    from peftlint.commands.since import Since


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
@cache_options
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Work on so many lists at once; by default on as many as there are processors.",
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
    revision: str | None,
    statistics: bool,
    show_files: bool,
    show_settings: bool,
    quiet: bool,
    exit_zero: bool,
    cache: CacheOptions,
    jobs: int | None,
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
    showing = {"--show-files": show_files, "--show-settings": show_settings}
    purposes = [option for option, given in (writing | showing).items() if given]
    _require_one_purpose(purposes, sources, known, has_revision=revision is not None)
    if write_baseline and known.baseline is not None:
        raise click.UsageError(
            "--baseline and --write-baseline both name a baseline: give FILE once."
        )
    if reason is not None and not add_suppressions:
        raise click.UsageError("--reason is for the comments of --add-suppressions: give both.")
    errors = Terminal(color, is_error=True)
    output = Terminal(color)
    failures = Failures(errors)
    if show_files or show_settings:
        _show(
            sources, choice, destinations, failures, output, files=show_files, statistics=statistics
        )
        _exit(failures)
        return
    if purposes and not prune_baseline:
        destinations = ()
    outputs = Outputs(destinations, output, quiet=quiet, statistics=statistics)
    run = Checking(
        sources=sources,
        choice=choice,
        failures=failures,
        outputs=outputs,
        quiet=quiet,
        store=cache.store,
        jobs=processes(jobs),
    )
    if write_baseline is not None:
        _write_baseline(run, write_baseline, known, output)
        _exit(failures)
        return
    findings = KnownFindings(known)
    since = _since(revision, sources)
    run.sieves = (findings,) if since is None else (since, findings)
    fails = _silence(run, reason, output) if add_suppressions else _tell(run, since)
    if prune_baseline:
        # What a list has that could not be read is not known to be gone.
        errors.write(findings.prune())
    elif not (quiet or add_suppressions):
        errors.write(f"{errors.paint('note:', 'cyan')} {line}" for line in findings.notes())
    fails = fails and not exit_zero
    says_all = all(destination.file is None for destination in destinations)
    if cache.store and says_all and not (purposes or revision or failures.count):
        # What was said can be said again: nothing was written elsewhere.
        code = ExitCode.FINDINGS if fails else ExitCode.CLEAN
        remember(code, is_all_loaded=run.is_done_here)
    _exit(failures, fails=fails)


def _show(  # noqa: PLR0913 - what there is to show, and how
    sources: SourceOptions,
    choice: RuleOptions,
    destinations: Sequence[Destination],
    failures: Failures,
    terminal: Terminal,
    *,
    files: bool,
    statistics: bool,
) -> None:
    """Show what would be checked, or by which settings."""
    # Loaded here: a check needs none of it.
    from peftlint.commands.show import Show

    show = Show(destinations, terminal, failures)
    show.require_alone(files=files, settings=not files, statistics=statistics)
    if files:
        show.files(sources)
    else:
        show.settings(sources, choice)


def _tell(run: Checking, since: Since | None) -> bool:
    """Check, and tell of the findings; the result is whether one makes the run fail."""
    try:
        fails = run.run()
        if since is not None:
            run.tally.since = Changes(since.shown, since.changed)
        run.tally.errors = tuple(run.failures.messages)
        for error in run.outputs.close(run.tally):
            run.failures.add(error)
    finally:
        run.outputs.discard()
    return fails


def _silence(run: Checking, reason: str | None, terminal: Terminal) -> bool:
    """Check, and silence what is found; the result is whether what is left makes the run fail."""
    # Loaded here: it is done once.
    from peftlint.commands.silence import SuppressionWriter

    run.writer = SuppressionWriter(reason, terminal)
    fails = run.run()
    run.writer.close()
    return fails


def _write_baseline(run: Checking, file: str, known: BaselineOptions, terminal: Terminal) -> None:
    """Check, and write down what is found."""
    # Loaded here: it is done once.
    from peftlint.commands.baseline import BaselineWriter

    writer = BaselineWriter(Path(file) if file else None, known)
    run.sieves = (writer,)
    run.run()
    terminal.write(writer.write())


def _exit(failures: Failures, *, fails: bool = False) -> None:
    if failures.count:
        exit_with(ExitCode.FAILURE)
    if fails:
        exit_with(ExitCode.FINDINGS)


def _since(revision: str | None, sources: SourceOptions) -> Since | None:
    if revision is None:
        return None
    # Loaded here: most checks are of all that is there.
    from peftlint.commands.since import Since

    return Since(revision, sources)


def _require_one_purpose(
    purposes: Sequence[str], sources: SourceOptions, known: BaselineOptions, *, has_revision: bool
) -> None:
    """Refuse options that contradict each other.

    Args:
        purposes: the options that are given which do something else than to tell findings.
        sources: which files.
        known: what is said of baselines.
        has_revision: whether only what is new is asked for.

    Raises:
        click.UsageError: they do.
    """
    if not purposes:
        return
    if len(purposes) > 1:
        raise click.UsageError(f"{' and '.join(purposes)} contradict each other.")
    option = purposes[0]
    if option.startswith("--show-"):
        return
    if sources.is_stdin:
        raise click.UsageError(f"{option} is about files: it cannot be given with '-'.")
    if option == "--prune-baseline":
        if known.no_baseline:
            raise click.UsageError(f"{option} and --no-baseline contradict each other.")
        return
    if option == "--write-baseline" and known.no_baseline:
        raise click.UsageError(f"{option} and --no-baseline contradict each other.")
    if option == "--write-baseline" and has_revision:
        raise click.UsageError(
            f"{option} and --since contradict each other: a baseline has all that a list has."
        )
    context = click.get_current_context()
    if context.get_parameter_source("destinations") is not ParameterSource.DEFAULT:
        raise click.UsageError(f"{option} tells no findings: leave --output-format out.")
