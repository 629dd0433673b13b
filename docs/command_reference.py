"""The page of the commands, from what they say of themselves under `--help`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
import mdformat

from peftlint.cli import main

NAME = "peftlint"


def page() -> str:
    """All commands with their arguments and options, as mdformat lays them out."""
    return mdformat.text("\n\n".join(_parts()), extensions={"gfm"})


def _parts() -> Iterator[str]:
    assert isinstance(main, click.Group)
    above = click.Context(main, info_name=NAME, **main.context_settings)
    yield "# Command line"
    yield "<!-- Made by docs/generate.py from the commands themselves. -->"
    yield from _command(main, above)
    for name in main.list_commands(above):
        command = main.get_command(above, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=above)
        yield f"## {NAME} {name}"
        yield from _command(command, context)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = [context.command_path, *command.collect_usage_pieces(context)]
    yield f"```text\n{' '.join(usage)}\n```"
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        # click leaves the lines of such a paragraph as they are.
        kept, found, lines = paragraph.partition("\b\n")
        yield f"```text\n{inspect.cleandoc(lines)}\n```" if found else kept
    records = [
        record
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
        if (record := parameter.get_help_record(context))
    ]
    yield "| option | meaning |\n| --- | --- |\n" + "\n".join(
        f"| `{_cell(option)}` | {_cell(meaning)} |" for option, meaning in records
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
