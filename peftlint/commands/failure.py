"""What is said when a file cannot be done."""

from __future__ import annotations

import os

from peftlint.file import FileError
from peftlint.printable import printable
from peftlint.registry import UnknownRuleError
from peftlint.report.terminal import Terminal
from peftlint.rule import RuleError
from peftlint.settings import ConfigError

#: Set it to see where an internal error comes from.
TRACEBACK_VARIABLE = "PEFTLINT_TRACEBACK"


class Abandoned(Exception):  # noqa: N818 - as it is with the run
    """A run cannot do for any list what was asked; the message is one line, safe to print."""


class Failures:
    """Files that could not be done; the others go on.

    Args:
        terminal: where it is told.

    Attributes:
        messages: what was told of each, a line without its label.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._told = set[str]()
        self.messages: list[str] = []

    def add(self, error: Exception, path: str | None = None) -> None:
        """Tell of one, once.

        Args:
            error: what was raised.
            path: of the list, as the user knows it, where the error does not name it.
        """
        self.add_told(*self.in_words(error, path))

    def in_words(self, error: Exception, path: str | None = None) -> tuple[str, list[str]]:
        """The message of an error, and the lines in which it is told.

        Args:
            error: what was raised.
            path: as for `add`.
        """
        message = in_one_line(error, path)
        return message, _labelled(message, error, self._terminal)

    def add_told(self, message: str, lines: list[str]) -> None:
        """Tell of an error, once, that `in_words` has put into words."""
        if message in self._told:
            # One baseline of many lists.
            return
        self._told.add(message)
        self.messages.append(message)
        self._terminal.write(lines)

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.messages)


def told(error: Exception, terminal: Terminal, path: str | None = None) -> list[str]:
    """The lines that tell of an error.

    Args:
        error: what was raised.
        terminal: for its colors.
        path: of the list in which it happened, as the user knows it.
    """
    return _labelled(in_one_line(error, path), error, terminal)


def in_one_line(error: Exception, path: str | None = None) -> str:
    """An error on one line that is safe to print.

    Args:
        error: what was raised.
        path: of the list in which it happened, as the user knows it.
    """
    where = f"{printable(path)}: " if path is not None else ""
    if isinstance(error, (FileError, ConfigError)):
        # Both know their place themselves.
        return str(error)
    if isinstance(error, Abandoned):
        return str(error)
    if isinstance(error, (RuleError, UnknownRuleError)):
        return f"{where}{printable(str(error))}"
    if isinstance(error, OSError):
        known = FileError.from_os(error.filename or "", error)
        # Mostly standard output that takes nothing more; click does not say that it was that.
        return f"{where}{known if error.filename else known.reason}"
    return (
        f"{where}internal error: {printable(f'{type(error).__name__}: {error}')}; "
        "please report it with the list that shows it "
        f"({TRACEBACK_VARIABLE}=1 tells where it happens)"
    )


def _labelled(message: str, error: Exception, terminal: Terminal) -> list[str]:
    lines = [f"{terminal.paint('error:', 'red')} {message}"]
    if isinstance(error, (FileError, ConfigError, RuleError, UnknownRuleError, Abandoned)):
        return lines
    if os.environ.get(TRACEBACK_VARIABLE):
        import traceback

        text = "".join(traceback.format_exception(error))
        lines.extend(map(printable, text.rstrip("\n").split("\n")))
    return lines
