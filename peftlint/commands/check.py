"""`peftlint check`: what is wrong in lists, and how it would be fixed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from peftlint.caching.replay import remember
from peftlint.commands.checking import Checking
from peftlint.commands.command import Option, flag, takes
from peftlint.commands.cores import processes
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.failure import Failures
from peftlint.commands.known import KnownFindings
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import (
    CACHE,
    CHOICE,
    COLOR,
    KNOWN,
    SOURCES,
    BaselineOptions,
    CacheOptions,
    RuleOptions,
    SourceOptions,
)
from peftlint.commands.output import Destination, Outputs, destinations_of
from peftlint.report.tally import Changes
from peftlint.report.terminal import ColorChoice, Terminal

if TYPE_CHECKING:
    from peftlint.commands.since import Since

#: Where reports go if nothing is said.
_BY_DEFAULT = (Destination("text", None),)


@takes(
    SOURCES,
    CHOICE,
    Option(
        ("--output-format",),
        "With excerpts and fixes (text, the default), one line a finding (concise), for programs "
        "(json, jsonl, sarif, rdjsonl, gitlab, junit), as annotations of GitHub's workflows "
        "(github), or as Markdown for a comment there (markdown). auto is github in such a "
        "workflow and text elsewhere. The option can be repeated: each report but one names the "
        "FILE that it goes to.",
        metavar="FORMAT[:FILE]",
        parameter="destinations",
        read=destinations_of,
        is_repeated=True,
    ),
    Option(
        ("--since",),
        "Only what is new since this revision of git: findings in entries that were added or "
        "changed, and others that were not there. HEAD, a branch, a tag, a hash; origin/main... is "
        "where this branch left origin/main.",
        metavar="REV",
        parameter="revision",
    ),
    flag("--statistics", help="Count the findings of each rule, severity and section instead."),
    flag("--show-files", help="Print the files that would be checked; check nothing."),
    flag(
        "--show-settings",
        help="Print the settings that hold for each PATH, as `peftlint config` does; check "
        "nothing.",
    ),
    flag("-q", "--quiet", help="One line a finding and nothing else: no summary either."),
    flag("--exit-zero", help="Exit with 0 although there are findings: --fail-on never."),
    KNOWN,
    Option(
        ("--write-baseline",),
        "Tell no findings but write them to FILE, or where the config names one: from then on "
        "they are known.",
        metavar="[FILE]",
        bare="",
    ),
    flag("--prune-baseline", help="Take findings out of the baseline that are gone."),
    flag(
        "--add-suppressions",
        help="Write comments into the lists that silence all findings, where that changes nothing "
        "else, and show what is left.",
    ),
    Option(
        ("--reason",),
        "What the comments of --add-suppressions give as a reason.",
        metavar="TEXT",
    ),
    CACHE,
    Option(
        ("-j", "--jobs"),
        "Work on so many lists at once; by default on as many as there are processors.",
        "number",
        metavar="NUMBER",
    ),
    COLOR,
)
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
) -> ExitCode:
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
    _require_one_purpose(
        purposes,
        sources,
        known,
        has_revision=revision is not None,
        names_formats=bool(destinations),
    )
    if write_baseline and known.baseline is not None:
        raise MisuseError("--baseline and --write-baseline both name a baseline: give FILE once.")
    if reason is not None and not add_suppressions:
        raise MisuseError("--reason is for the comments of --add-suppressions: give both.")
    errors = Terminal(color, is_error=True)
    output = Terminal(color)
    failures = Failures(errors)
    if show_files or show_settings:
        _show(
            sources, choice, destinations, failures, output, files=show_files, statistics=statistics
        )
        return _ended(failures)
    if purposes and not prune_baseline:
        destinations = ()
    elif not destinations:
        destinations = _BY_DEFAULT
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
        return _ended(failures)
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
    return _ended(failures, fails=fails)


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


def _ended(failures: Failures, *, fails: bool = False) -> ExitCode:
    if failures.count:
        return ExitCode.FAILURE
    return ExitCode.FINDINGS if fails else ExitCode.CLEAN


def _since(revision: str | None, sources: SourceOptions) -> Since | None:
    if revision is None:
        return None
    # Loaded here: most checks are of all that is there.
    from peftlint.commands.since import Since

    return Since(revision, sources)


def _require_one_purpose(
    purposes: Sequence[str],
    sources: SourceOptions,
    known: BaselineOptions,
    *,
    has_revision: bool,
    names_formats: bool,
) -> None:
    """Refuse options that contradict each other.

    Args:
        purposes: the options that are given which do something else than to tell findings.
        sources: which files.
        known: what is said of baselines.
        has_revision: whether only what is new is asked for.
        names_formats: whether it is said how findings are told.

    Raises:
        MisuseError: they do.
    """
    if not purposes:
        return
    if len(purposes) > 1:
        raise MisuseError(f"{' and '.join(purposes)} contradict each other.")
    option = purposes[0]
    if option.startswith("--show-"):
        return
    if sources.is_stdin:
        raise MisuseError(f"{option} is about files: it cannot be given with '-'.")
    if option == "--prune-baseline":
        if known.no_baseline:
            raise MisuseError(f"{option} and --no-baseline contradict each other.")
        return
    if option == "--write-baseline" and known.no_baseline:
        raise MisuseError(f"{option} and --no-baseline contradict each other.")
    if option == "--write-baseline" and has_revision:
        raise MisuseError(
            f"{option} and --since contradict each other: a baseline has all that a list has."
        )
    if names_formats:
        raise MisuseError(f"{option} tells no findings: leave --output-format out.")
