"""Where the program starts: an equal check is said again before anything else is loaded."""

from __future__ import annotations

import atexit
import io
import os
import sys

#: Not that of `typing`, which takes longer to load than an equal check to be said again.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def start() -> None:
    """Run the command line as a program, which ends with it.

    Its memory goes back to the system at once, and not object by object as when Python ends: that
    took a thirtieth of the check of a short list, and a seventh of one that is said again. mypy
    ends in the same way.

    Raises:
        SystemExit: what was printed cannot be written to the end, which Python tells of.
    """
    sys.stdout, sys.stderr = _buffered(sys.stdout), _buffered(sys.stderr)
    code: str | int | None = None
    try:
        main()
    except SystemExit as end:
        code = end.code
    if isinstance(code, str):
        sys.exit(code)
    try:
        # Those of others: of a package of rules, or of what measures tests.
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code or 0)


def main() -> None:
    """Run the command line.

    Raises:
        SystemExit: with the exit code.
    """
    try:
        _main(sys.argv[1:])
    except KeyboardInterrupt:
        # While it was loaded; afterwards the command line says the same.
        from peftlint.commands.ending import end_interrupted

        sys.exit(end_interrupted())


def _buffered(stream: TextIO) -> TextIO:
    """A stream that writes all that it is given, though Python was told not to buffer it.

    With `PYTHONUNBUFFERED`, as in most containers, a pipe takes less than all where a signal comes
    in between, as when a job is stopped and goes on, and Python lets go of the rest.
    Source: https://docs.python.org/3/library/io.html#io.RawIOBase.write
    """
    raw = getattr(stream, "buffer", None)
    if not isinstance(raw, io.FileIO):
        return stream
    return open(
        raw.fileno(),
        "w",
        buffering=1,
        encoding=stream.encoding,
        errors=stream.errors,
        newline="\n",
        closefd=False,
    )


def _main(arguments: list[str]) -> None:
    if arguments[:1] == ["check"]:
        _check(arguments)
        return
    from peftlint.collector import program

    with program():
        if arguments[:1] == ["fix"]:
            from peftlint.commands.companion import accompanied

            with accompanied(arguments, None):
                _run(arguments)
        else:
            _run(arguments)


def _check(arguments: list[str]) -> None:
    from peftlint.caching.replay import current, folder_for, replayed

    try:
        exit_code = replayed(arguments)
    except BrokenPipeError:
        from peftlint.commands.ending import end_unread

        sys.exit(end_unread())
    except OSError as error:
        from peftlint.commands.ending import end_unwritten

        end_unwritten(error)
    if exit_code is not None:
        sys.exit(exit_code)
    from peftlint.collector import program
    from peftlint.commands.companion import accompanied

    with program(), accompanied(arguments, folder_for(arguments)):
        if record := current():
            from peftlint.report.terminal import hear

            hear(record.say)
        _run(arguments)


def _run(arguments: list[str]) -> None:
    from peftlint.collector import resting

    with resting():
        from peftlint.commands import plain
    code = plain.run(arguments)
    if code is not None:
        sys.exit(code)
    with resting():
        from peftlint.cli import main as command
    command(prog_name="peftlint")
