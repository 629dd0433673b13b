"""How the program ends where something goes wrong with all that it does."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn

from peftlint.commands.exit_code import ExitCode


def tell(error: Exception) -> None:
    """Tell of an error that ends the program, on standard error."""
    # Loaded here: `peftlint --version` needs none of them.
    from peftlint.commands.failure import told
    from peftlint.report.terminal import Terminal

    terminal = Terminal(is_error=True)
    terminal.write(told(error, terminal))


def end_interrupted() -> int:
    """Tell that somebody has ended the program.

    Returns:
        The code to exit with.
    """
    if sys.stderr is not None:
        sys.stderr.write("\nInterrupted.\n")
    return ExitCode.INTERRUPTED


def end_unwritten(error: OSError) -> NoReturn:
    """End the program because its output cannot be written.

    Args:
        error: what says so.

    Raises:
        SystemExit: always.
    """
    # Where nothing can be written, not even that can be told.
    with contextlib.suppress(OSError):
        tell(error)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _let_go(stream.fileno())
    sys.exit(ExitCode.FAILURE)


def end_unread() -> int:
    """Let go of output that nobody reads any more, as `| head` has seen enough.

    Returns:
        The code to exit with, in silence: that of click.
    """
    for stream in (sys.stdout, sys.stderr):
        _let_go(stream.fileno())
    return 1


def _let_go(descriptor: int) -> None:
    """Have what cannot be written go nowhere: Python would try again at the end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
