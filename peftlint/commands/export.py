"""`peftlint export`: the entries of lists as data."""

from __future__ import annotations

import click

from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.commands.failure import Failures
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import SourceOptions, source_options
from peftlint.commands.target import targets
from peftlint.export import entry_record
from peftlint.reader import read
from peftlint.report import as_json
from peftlint.report.terminal import Terminal, write_text


@click.command()
@source_options
@click.option(
    "--format",
    "_form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="JSON Lines: one object a line.",
)
def command(sources: SourceOptions, _form: str) -> None:
    """Write each entry of the lists in PATHs as an object: title, authors, venue, year, links,
    badges and what identifies the work.

    Exit codes: 0 done, 2 misuse or a file that could not be read.
    """  # noqa: D205 - click shows the first paragraph as it is
    failures = Failures(Terminal(is_error=True))
    with collected_between_lists() as memory:
        for target in targets(sources):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                entries = read(target.file.text).entries
                lines = [f"{as_json.encode(entry_record(target.path, one))}\n" for one in entries]
            except Exception as error:  # one file's trouble must not hide another's entries
                failures.add(error, target.path)
                continue
            write_text("".join(lines))
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del target, entries, lines
    if failures.count:
        exit_with(ExitCode.FAILURE)
