"""A command as click has it: with help, and with an answer to every line that is wrong."""

from __future__ import annotations

from typing import Any

import click

from peftlint.commands.command import Argument, Command, Family, Kind, Option, Reading
from peftlint.commands.misuse import MisuseError


def click_command(name: str, command: Command | Family) -> click.Command:
    """A command as click has it.

    Args:
        name: how it is called.
        command: what it takes and does.
    """
    if isinstance(command, Family):
        return click.Group(
            name,
            help=command.help,
            commands={one: click_command(one, member) for one, member in command.members.items()},
        )
    return click.Command(
        name,
        params=list(map(_parameter, command.flat())),
        callback=lambda **given: _run(command, given),
        help=command.run.__doc__,
        context_settings={"ignore_unknown_options": command.takes_any_option},
    )


def _run(command: Command, given: dict[str, object]) -> None:
    try:
        code = command.run(**command.values(given))
    except MisuseError as error:
        raise click.UsageError(str(error)) from error
    if code:
        click.get_current_context().exit(code)


def _parameter(parameter: Option | Argument) -> click.Parameter:
    more: dict[str, Any] = {}
    if isinstance(parameter, Argument):
        if parameter.default is not None:
            # Where there is none, to say so would be one.
            more["default"] = [parameter.default] if parameter.is_many else parameter.default
        return click.Argument(
            [parameter.key],
            metavar=parameter.metavar,
            type=_type_of(parameter.kind),
            nargs=-1 if parameter.is_many else 1,
            required=parameter.default is None,
            **more,
        )
    names = [*parameter.names, parameter.key]
    if parameter.kind == "flag":
        return click.Option(names, is_flag=True, help=parameter.help)
    if parameter.default is not None:
        more |= {"default": parameter.default, "show_default": True}
    if parameter.bare is not None:
        more |= {"is_flag": False, "flag_value": parameter.bare}
    return click.Option(
        names,
        type=click.Choice(parameter.choices) if parameter.choices else _type_of(parameter.kind),
        metavar=parameter.metavar,
        multiple=parameter.is_repeated,
        required=parameter.is_required,
        callback=_callback(parameter.read) if parameter.read else None,
        help=parameter.help,
        **more,
    )


def _callback(read: Reading) -> Any:  # noqa: ANN401 - as click has it
    def callback(_: click.Context, __: click.Parameter, value: object) -> object:
        try:
            return read(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return callback


def _type_of(kind: Kind) -> click.ParamType[Any]:
    if kind == "text":
        return click.STRING
    if kind == "number":
        return click.IntRange(min=1)
    # Loaded here: `peftlint --version` names no file.
    from pathlib import Path

    return click.Path(exists=kind == "existing file", dir_okay=kind == "path", path_type=Path)
