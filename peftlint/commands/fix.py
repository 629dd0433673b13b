"""`peftlint fix`: mend lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from peftlint import file
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
from peftlint.commands.progress import progress
from peftlint.commands.target import Target, targets
from peftlint.discovery import real_path
from peftlint.fixer import FixResult, fix
from peftlint.printable import printable, without_controls
from peftlint.reader import read
from peftlint.report.diff import unified_diff
from peftlint.report.fixes import FixReport
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


@click.command()
@source_options
@rule_options
@click.option(
    "--unsafe-fixes", is_flag=True, help="Make fixes that may lose or guess something as well."
)
@click.option(
    "--diff", is_flag=True, help="Write nothing; show a unified diff, as git apply takes it."
)
@click.option("-q", "--quiet", is_flag=True, help="Do not show the findings that are left.")
@baseline_options
@color_option
def command(  # noqa: PLR0913 - one for each option
    *,
    sources: SourceOptions,
    choice: RuleOptions,
    known: BaselineOptions,
    unsafe_fixes: bool,
    diff: bool,
    quiet: bool,
    color: ColorChoice,
) -> None:
    """Fix the lists in PATHs, and show what is left.

    What a fix would lose is proved before it is made; a second run changes nothing. With '-' the
    fixed text goes to standard output. With it and with --diff the report goes to standard error.

    Exit codes: 0 nothing is left, 1 findings are left, 2 misuse or a file that could not be done.
    With --diff: 0 nothing would change or be left, 1 something would. --fail-on says which
    findings count, fixed ones with --diff too. What is in the baseline is fixed as all else, and
    does not count where it is left.
    """
    findings = KnownFindings(known)
    errors = Terminal(color, is_error=True)
    failures = Failures(errors)
    is_filter = diff or sources.is_stdin
    report = FixReport(
        errors if is_filter else Terminal(color),
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
                )
                if not is_filter:
                    file.write(target.file, result.text)
            except Exception as error:  # one file's trouble must not keep another from its fixes
                failures.add(error, target.path)
                continue
            fails = fails or (diff and target.is_failed_by(result.applied))
            if diff:
                _show_diff(target, result, Terminal(color), errors)
            elif sources.is_stdin:
                write_bytes(file.encode(target.file, result.text))
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
        exit_with(ExitCode.FAILURE)
    if fails:
        exit_with(ExitCode.FINDINGS)


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
        yield target, dataclasses.replace(result, remaining=tuple(remaining))


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
        left = findings.kept(target, read(result.text), result.remaining)
    except Exception as error:  # what was fixed is told all the same
        failures.add(error, target.path)
        return result
    report.known += len(result.remaining) - len(left)
    told = set(left)
    withheld = tuple(held for held in result.withheld if held.diagnostic in told)
    return dataclasses.replace(result, remaining=tuple(left), withheld=withheld)


def _show_diff(target: Target, result: FixResult, terminal: Terminal, errors: Terminal) -> None:
    mark = "\ufeff" if target.file.bom else ""
    lines = unified_diff(_name_in_patch(target.path), mark + target.file.text, mark + result.text)
    if terminal.is_terminal or terminal.has_color:
        terminal.write(terminal.paint(printable(line), *_styles(line)) for line in lines)
        return
    # For a program, so exactly what the file holds.
    patch = "".join(f"{line}\n" for line in lines)
    if is_obeyed_by_runner() and not is_written_to_file():
        # A pipe may lead to the log of GitHub's runner, which obeys and shows what is in it.
        shown = without_workflow_commands(without_controls(patch))
        if shown != patch:
            path = printable(target.path)
            errors.write(
                [f"{path}: the diff has characters written out; `> FILE` has it as git takes it"]
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
