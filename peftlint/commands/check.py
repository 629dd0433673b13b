"""`peftlint check`: what is wrong in lists, and how it would be fixed."""

from __future__ import annotations

import click

from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Failures
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import (
    RuleOptions,
    SourceOptions,
    color_option,
    rule_options,
    source_options,
)
from peftlint.commands.target import targets
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.report import Format, Report, report_to
from peftlint.report.tally import Tally
from peftlint.report.terminal import ColorChoice, Terminal


@click.command()
@source_options
@rule_options
@click.option(
    "--output-format",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    show_default=True,
    help="With excerpts and fixes; one line a finding; or an array of objects.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead.")
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
    output_format: Format,
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
    failures = Failures(Terminal(color, is_error=True))
    report = report_to(Terminal(color), output_format, quiet=quiet, statistics=statistics)
    tally = Tally()
    fails = _check(sources, choice, report, tally, failures)
    tally.failures = failures.count
    report.close(tally)
    if failures.count:
        exit_with(ExitCode.FAILURE)
    if fails and not exit_zero:
        exit_with(ExitCode.FINDINGS)


def _check(
    sources: SourceOptions, choice: RuleOptions, report: Report, tally: Tally, failures: Failures
) -> bool:
    """Check the lists; the result is whether a finding makes the run fail."""
    fails = False
    with collected_between_lists() as memory:
        for target in targets(sources, choice):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                document = read(target.file.text)
                diagnostics = lint(document, target.rules, target.options)
            except Exception as error:  # one file's trouble must not hide another's findings
                failures.add(error, target.path)
                continue
            fails = fails or target.is_failed_by(diagnostics)
            tally.add(diagnostics, len(document.entries))
            report.file(target.path, document.lines, diagnostics)
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del document, diagnostics, target
    return fails
