"""A command line that leaves no question open, read without click.

To load click takes a third of the check of a short list. Where all options are written out and
have what they take, nothing of it is needed. Whatever else there may be on a command line, what is
wrong first of all, click reads and answers.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence

from peftlint.collector import resting
from peftlint.commands.catalogue import COMMANDS, load
from peftlint.commands.command import Argument, Command, Kind, Option
from peftlint.commands.ending import end_interrupted, end_unread, end_unwritten, tell
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.misuse import MisuseError

#: Whoever means more has mistyped it.
_MOST_DIGITS = 6


def run(arguments: Sequence[str]) -> int | None:
    """Run a command, if its command line is plain.

    Args:
        arguments: of the command line, the command first.

    Returns:
        The exit code; `None` where click has to read the line.

    Raises:
        SystemExit: what is printed cannot be written.
    """
    if not arguments or arguments[0] not in COMMANDS or not _is_plain_here():
        return None
    name, *rest = arguments
    with resting():
        command = load(name)
    if not isinstance(command, Command):
        return None
    given = plainly_given(command, rest)
    if given is None:
        return None
    try:
        return _ended(name, command, given)
    except BrokenPipeError:
        return end_unread()
    except OSError as error:
        end_unwritten(error)


def _ended(name: str, command: Command, given: dict[str, object]) -> int:
    """Run a command; whatever goes wrong becomes a message and an exit code."""
    try:
        return command.run(**command.values(given)) or ExitCode.CLEAN
    except KeyboardInterrupt:
        return end_interrupted()
    except MisuseError as error:
        # Loaded here: it loads click, which says how the command is used.
        from peftlint.cli import tell_misuse

        tell_misuse(name, str(error))
    except OSError:
        raise
    except Exception as error:
        tell(error)
    return ExitCode.FAILURE


def _is_plain_here() -> bool:
    """Whether a command line is what it says, and there is somewhere to tell what comes of it."""
    return (
        # The shell there leaves patterns of names to the program.
        os.name != "nt" and sys.stdout is not None and sys.stderr is not None
    )


class _UnclearError(Exception):
    """It takes click to tell what is meant, or what is wrong."""


def plainly_given(command: Command, arguments: Sequence[str]) -> dict[str, object] | None:
    """What a command is told, each parameter by its key, as click would say.

    Args:
        command: the command.
        arguments: what stands behind its name.

    Returns:
        `None` where it takes click to tell.
    """
    try:
        words, texts = _parted(command, arguments)
        given: dict[str, object] = {}
        for parameter in command.flat():
            if isinstance(parameter, Option):
                given[parameter.key] = _value(parameter, texts.get(parameter.key, []))
            else:
                given[parameter.key] = _argument(parameter, words)
    except _UnclearError:
        return None
    return None if words else given


def _parted(command: Command, arguments: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """What stands alone on a command line, and the texts of each option that is given."""
    options = {
        name: parameter
        for parameter in command.flat()
        if isinstance(parameter, Option)
        for name in parameter.names
    }
    words: list[str] = []
    texts: dict[str, list[str]] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument == "-" or not argument.startswith("-"):
            words.append(argument)
            continue
        if argument == "--":
            words += rest
            break
        name, equals, text = argument.partition("=")
        option = options.get(name)
        if option is None or option.bare is not None:
            raise _UnclearError
        texts.setdefault(option.key, []).append(_text(option, name, text if equals else None, rest))
    return words, texts


def _text(option: Option, name: str, text: str | None, rest: Iterator[str]) -> str:
    """What an option is given, of its own word or of the next one."""
    if option.kind == "flag":
        if text is not None:
            raise _UnclearError
        return ""
    if text is not None:
        if not name.startswith("--"):
            raise _UnclearError
        return text
    # Where nothing follows, that is for click to say.
    text = next(rest, "-")
    if text.startswith("-"):
        raise _UnclearError
    return text


def _value(option: Option, texts: Sequence[str]) -> object:
    """What an option means that is given so many times."""
    if option.kind == "flag":
        return bool(texts)
    if option.is_required and not texts:
        raise _UnclearError
    if option.choices and not set(texts) <= set(option.choices):
        raise _UnclearError
    value: object
    if option.is_repeated:
        value = tuple(_converted(text, option.kind) for text in texts)
    else:
        # Of several, the last one holds.
        value = _converted(texts[-1], option.kind) if texts else option.default
    if option.read is None:
        return value
    try:
        return option.read(value)
    except ValueError as error:
        raise _UnclearError from error


def _argument(argument: Argument, words: list[str]) -> object:
    """What an argument is, which is taken from what stands alone."""
    taken = [words.pop(0) for _ in range(len(words) if argument.is_many else min(len(words), 1))]
    if not taken:
        if argument.default is None:
            raise _UnclearError
        taken = [argument.default]
    values = tuple(_converted(text, argument.kind) for text in taken)
    return values if argument.is_many else values[0]


def _converted(text: str, kind: Kind) -> object:
    if kind == "text":
        return text
    if kind == "number":
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text)):
            raise _UnclearError
        return int(text)
    try:
        mode = os.stat(text).st_mode  # noqa: PTH116 - as click asks
    except OSError:
        if kind == "existing file":
            raise _UnclearError from None
    except ValueError as error:
        raise _UnclearError from error
    else:
        if not os.access(text, os.R_OK) or (kind != "path" and stat.S_ISDIR(mode)):
            raise _UnclearError
    # Loaded here: `peftlint --version` names no file.
    from pathlib import Path

    return Path(text)
