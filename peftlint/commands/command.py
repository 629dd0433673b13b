"""What a command is told on its command line, said once for whoever reads it.

That is `commands.plain` where the line leaves no question open, and click for all else
(`commands.clickcommand`): to load click takes a third of the check of a short list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from peftlint.commands.exit_code import ExitCode
from peftlint.value import NamedTuple, Record

#: What an option takes: nothing, any text, a number from 1 on, or the name of a file or a folder,
#: of what is no folder, and of a file that is there.
Kind = Literal["flag", "text", "number", "path", "file", "existing file"]

#: What becomes of the text of an option. It raises a `ValueError` that says what is wrong.
Reading = Callable[[Any], object]


class Option(NamedTuple):
    """An option of a command.

    Attributes:
        names: as it is written, the longest name last.
        help: what it is for.
        kind: what it takes.
        metavar: what it takes, as its help says it.
        choices: the texts that it takes, where it takes no others.
        default: what is meant where it is not given.
        parameter: how the command calls it, where not by its name.
        read: what becomes of its text, or of all texts where it can be repeated.
        bare: what is meant where nothing follows it; `None` where something has to.
        is_repeated: whether it can be given several times.
        is_required: whether it has to be given.
    """

    names: tuple[str, ...]
    help: str
    kind: Kind = "text"
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    default: str | None = None
    parameter: str | None = None
    read: Reading | None = None
    bare: str | None = None
    is_repeated: bool = False
    is_required: bool = False

    @property
    def key(self) -> str:
        """How the command calls it."""
        return self.parameter or self.names[-1].removeprefix("--").replace("-", "_")


def flag(*names: str, help: str) -> Option:
    """An option that is given or is not.

    Args:
        names: as it is written, the longest name last.
        help: what it is for.
    """
    return Option(names, help, "flag")


class Argument(NamedTuple):
    """What a command is told without a name.

    Attributes:
        key: how the command calls it.
        metavar: how its help calls it.
        kind: what it is.
        default: what is meant where it is not given; `None` where it has to be.
        is_many: whether there may be several.
    """

    key: str
    metavar: str | None = None
    kind: Kind = "text"
    default: str | None = None
    is_many: bool = False


class Group(NamedTuple):
    """Parameters that a command is given as one value.

    Attributes:
        parameter: how the command calls it.
        type: makes it of the members, which have the names of its fields.
        members: the parameters.
    """

    parameter: str
    type: type[Record]
    members: tuple[Option | Argument, ...]


class Command(NamedTuple):
    """A command.

    Attributes:
        run: does its work, and says how it ends; its docstring is the command's help.
        parameters: what it takes.
        takes_any_option: whether what looks like an option and is none is an argument.
    """

    run: Callable[..., ExitCode | None]
    parameters: tuple[Option | Argument | Group, ...]
    takes_any_option: bool = False

    def flat(self) -> Iterator[Option | Argument]:
        """What it takes, one by one."""
        for parameter in self.parameters:
            if isinstance(parameter, Group):
                yield from parameter.members
            else:
                yield parameter

    def values(self, given: Mapping[str, object]) -> dict[str, object]:
        """What it is given.

        Args:
            given: each parameter by its key.

        Raises:
            MisuseError: the members of a group contradict each other.
        """
        values = dict(given)
        for parameter in self.parameters:
            if isinstance(parameter, Group):
                fields = {member.key: values.pop(member.key) for member in parameter.members}
                values[parameter.parameter] = parameter.type(**fields)
        return values


class Family(NamedTuple):
    """A command that is several.

    Attributes:
        help: what they are for.
        members: each by its name.
    """

    help: str
    members: Mapping[str, Command]


def takes(
    *parameters: Option | Argument | Group, takes_any_option: bool = False
) -> Callable[[Callable[..., ExitCode | None]], Command]:
    """Make a function a command.

    Args:
        parameters: what it takes, in the order in which its help shows them.
        takes_any_option: as for `Command`.
    """
    return lambda run: Command(run, parameters, takes_any_option)
