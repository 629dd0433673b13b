"""`peftlint fix`: mend lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from peftlint.commands.command import flag, takes
from peftlint.commands.companion import read_meanwhile
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.failure import Failures
from peftlint.commands.known import KnownFindings
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import (
    CHOICE,
    COLOR,
    KNOWN,
    SOURCES,
    BaselineOptions,
    RuleOptions,
    SourceOptions,
)
from peftlint.commands.outlet import Outlet
from peftlint.commands.progress import progress
from peftlint.commands.target import Target, targets
from peftlint.discovery import real_path
from peftlint.fixer import FixResult, fix
from peftlint.report.fixes import FixReport
from peftlint.report.terminal import ColorChoice
from peftlint.rereading import read_again


@takes(
    SOURCES,
    CHOICE,
    flag("--unsafe-fixes", help="Make fixes that may lose or guess something as well."),
    flag("--diff", help="Write nothing; show a unified diff, as git apply takes it."),
    flag("-q", "--quiet", help="Do not show the findings that are left."),
    KNOWN,
    COLOR,
)
def command(  # noqa: PLR0913 - one for each option
    *,
    sources: SourceOptions,
    choice: RuleOptions,
    known: BaselineOptions,
    unsafe_fixes: bool,
    diff: bool,
    quiet: bool,
    color: ColorChoice,
) -> ExitCode:
    """Fix the lists in PATHs, and show what is left.

    What a fix would lose is proved before it is made; a second run changes nothing. With '-' the
    fixed text goes to standard output. With it and with --diff the report goes to standard error.

    Exit codes: 0 nothing is left, 1 findings are left, 2 misuse or a file that could not be done.
    With --diff: 0 nothing would change or be left, 1 something would. --fail-on says which
    findings count, fixed ones with --diff too. What is in the baseline is fixed as all else, and
    does not count where it is left.
    """
    findings = KnownFindings(known)
    outlet = Outlet(color, is_stdin=sources.is_stdin, is_diff=diff)
    failures = Failures(outlet.errors)
    report = FixReport(
        outlet.messages,
        "Would fix" if diff else "Fixed",
        shows_remaining=not (quiet or diff),
        is_unsafe=unsafe_fixes,
    )
    fails = False
    # What is left of a list in several files is known when all of them are fixed.
    waiting: list[tuple[Target, FixResult]] = []
    with collected_between_lists() as memory, progress("Fixing", quiet=quiet) as bar:
        for target in bar.over(targets(sources, choice, bar.expect)):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                result = fix(
                    target.file.text,
                    target.rules,
                    target.options,
                    unsafe=unsafe_fixes,
                    is_part=target.group is not None,
                    watch=bar.watch,
                    document=read_meanwhile(target.file.text),
                )
                outlet.write(target, result.text)
            except Exception as error:  # one file's trouble must not keep another from its fixes
                failures.add(error, target.path)
                continue
            fails = fails or (diff and target.is_failed_by(result.applied))
            outlet.show(target, result.text)
            if target.group is not None:
                waiting.append((target, result))
                continue
            result = _without_known(target, result, findings, report, failures)
            fails = fails or target.is_failed_by(result.remaining)
            report.file(target.path, result)
            memory.add(len(target.file.text))
            del target, result
    for target, compared in _with_comparison(waiting, failures):
        result = _without_known(target, compared, findings, report, failures)
        fails = fails or target.is_failed_by(result.remaining)
        report.file(target.path, result)
    report.close(failures.count)
    if failures.count:
        return ExitCode.FAILURE
    return ExitCode.FINDINGS if fails else ExitCode.CLEAN


def _with_comparison(
    waiting: Sequence[tuple[Target, FixResult]], failures: Failures
) -> Iterator[tuple[Target, FixResult]]:
    """The same with what is left when the files of a list are compared with each other."""
    fixed = {real_path(Path(target.path)): result.text for target, result in waiting}
    for target, result in waiting:
        if target.group is None:
            continue
        try:
            _, remaining = target.group.check(Path(target.path), fixed)
        except Exception as error:  # what was fixed is told all the same
            failures.add(error, target.path)
            remaining = list(result.remaining)
        for unread in target.group.take_errors():
            failures.add(unread)
        yield target, result._replace(remaining=tuple(remaining))


def _without_known(
    target: Target,
    result: FixResult,
    findings: KnownFindings,
    report: FixReport,
    failures: Failures,
) -> FixResult:
    """The same without what is left and in the baseline."""
    if not findings.is_about(target):
        return result
    try:
        left = findings.kept(target, read_again(result.text), result.remaining)
    except Exception as error:  # what was fixed is told all the same
        failures.add(error, target.path)
        return result
    report.known += len(result.remaining) - len(left)
    told = set(left)
    withheld = tuple(held for held in result.withheld if held.diagnostic in told)
    return result._replace(remaining=tuple(left), withheld=withheld)
