"""`peftlint export`: the entries of lists as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import click

from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Failures
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import SourceOptions, source_options
from peftlint.commands.section import Sections
from peftlint.commands.target import targets
from peftlint.export import Form, export_as
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.report.terminal import (
    Terminal,
    is_written_to_file,
    without_workflow_commands,
    write_text,
)


def _sections(_: click.Context, __: click.Parameter, values: Sequence[str]) -> Sections:
    if not all(map(str.strip, values)):
        # In a script, of a variable that is not set: it must not select what has no heading.
        raise click.BadParameter("a section needs a name")
    return Sections(values)


@click.command()
@source_options
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    default="jsonl",
    show_default=True,
    help="JSON Lines, an object a line; a spreadsheet; a bibliography for LaTeX, or for Zotero, "
    "pandoc and Word.",
)
@click.option(
    "--select-section",
    "sections",
    multiple=True,
    metavar="HEADING",
    callback=_sections,
    help="Export what stands below this heading only; 'A > B' is B below A. "
    "The option can be repeated.",
)
def command(sources: SourceOptions, form: Form, sections: Sections) -> None:
    """Write each entry of the lists in PATHs as data: title, authors, venue, year, links, badges
    and what identifies the work.

    Exit codes: 0 done, 2 misuse, a section that no list has, or a file that could not be read.
    """  # noqa: D205 - click shows the first paragraph as it is
    terminal = Terminal(is_error=True)
    failures = Failures(terminal)
    export = export_as(form)
    _write(export.begin())
    with collected_between_lists() as memory:
        for target in targets(sources):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                document = read(target.file.text)
                text = export.file(target.path, document.entries, sections.of(document))
            except Exception as error:  # one file's trouble must not hide another's entries
                failures.add(error, target.path)
                continue
            _write(text)
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del target, document, text
    _write(export.end())
    missing = sections.errors()
    terminal.write(f"{terminal.paint('error:', 'red')} {printable(one)}" for one in missing)
    if failures.count or missing:
        exit_with(ExitCode.FAILURE)


def _write(text: str) -> None:
    if not text:
        return
    # A pipe may lead to the log of GitHub's runner. Two of the forms have no other way to write
    # what it obeys; in the others there is nothing left of it.
    write_text(text if is_written_to_file() else without_workflow_commands(text))
