"""Where text for people goes: its width and colors, and what must not reach it as it is."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol, TextIO

from peftlint.regex import regex

if TYPE_CHECKING:
    from peftlint.rule import Severity

#: Takes text that goes out as it is, in UTF-8.
Write = Callable[[str], None]

ColorChoice = Literal["auto", "always", "never"]
Style = Literal["bold", "dim", "red", "green", "yellow", "blue", "cyan"]

#: Select Graphic Rendition, ECMA-48 section 8.3.117.
_SGR: dict[Style, str] = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "green": "32",
    "yellow": "33",
    "blue": "1;34",
    "cyan": "36",
}

#: The color of a severity, and of what has it.
SEVERITY_STYLES: dict[Severity, Style] = {"error": "red", "warning": "yellow", "info": "blue"}

#: Terminals that are known to show links, by what they set.
#: Source: https://github.com/zkat/supports-hyperlinks, whose list cargo and miette go by.
_LINKING_PROGRAMS = frozenset(
    {"ghostty", "Hyper", "iTerm.app", "terminology", "vscode", "WezTerm", "zed"}
)
_LINKING_TERMS = frozenset({"alacritty", "alacritty-direct", "xterm-ghostty", "xterm-kitty"})
_LINKING_VARIABLES = ("DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION")
_FIRST_LINKING_VTE = 5000

#: How wide lines are where nothing says: a log has no width.
DEFAULT_WIDTH = 100
#: A narrower terminal gets wrapped lines rather than excerpts of a few letters.
LEAST_WIDTH = 40

_LINES_AT_ONCE = 1000

#: The runner takes a lone carriage return for the end of a line, and blanks before a command.
_WORKFLOW_COMMAND = regex(r"##\[|(?:^|(?<=\r))[^\S\r\n]*+::", re.MULTILINE)


class Passing(Protocol):
    """What stands on the terminal for a while, such as a bar, and makes way for what is written."""

    def aside(self, *, for_good: bool = False) -> AbstractContextManager[None]:
        """Be away while something is written.

        Args:
            for_good: not to come back: what is written may not end with a line's end.
        """


#: Is told what was written, and whether to standard error.
Listener = Callable[[bytes, bool], None]

_passing: list[Passing] = []
_listeners: list[Listener] = []


@contextlib.contextmanager
def passing(what: Passing) -> Iterator[None]:
    """Have what is written meanwhile, by whomever, never mix with this."""
    _passing.append(what)
    try:
        yield
    finally:
        _passing.remove(what)


def hear(listener: Listener) -> None:
    """Tell `listener` of all that is written from now on, to the end of the program."""
    _listeners.append(listener)


@contextlib.contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Tell `listener` of all that is written meanwhile to stay, by whomever."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def _tell_listeners(data: bytes, *, is_error: bool) -> None:
    for listener in _listeners:
        listener(data, is_error)


def _way(*, for_good: bool = False) -> AbstractContextManager[None]:
    return _passing[-1].aside(for_good=for_good) if _passing else nullcontext()


class Terminal:
    """Standard output or standard error, and how to write to it.

    Args:
        color: `auto` asks `NO_COLOR` (https://no-color.org), `FORCE_COLOR` and whether the
            stream is a terminal.
        is_error: standard error.
        stream: a stream to write to instead of standard output.

    Attributes:
        width: how many cells a line may take; `COLUMNS` sets it where there is no terminal.
        has_color: whether `paint` paints.
        has_links: whether `link` links; `FORCE_HYPERLINK` decides that where it is set.
    """

    __slots__ = ("_given", "has_color", "has_links", "is_error", "width")

    def __init__(
        self, color: ColorChoice = "auto", *, is_error: bool = False, stream: TextIO | None = None
    ) -> None:
        self.is_error = is_error
        self._given = stream
        self.has_color = color == "always" or (color == "auto" and self._wants_color())
        self.has_links = color != "never" and self._shows_links()
        self.width = self._measure()

    def paint(self, text: str, *styles: Style) -> str:
        """`text` in these styles, or as it is where there are no colors."""
        if not self.has_color or not text or not styles:
            return text
        return f"\x1b[{';'.join(_SGR[style] for style in styles)}m{text}\x1b[0m"

    def link(self, text: str, address: str | None) -> str:
        """`text` as a link where the terminal shows links.

        Args:
            text: what is shown, painted or not.
            address: of a rule's page; nothing else may come here, since it is written as it is.
        """
        if address is None or not self.has_links:
            return text
        # Operating System Command 8: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"

    def shown(self, text: str) -> str:
        r"""`text` as the stream can show it: what its encoding has not is spelt out, `\xe9`."""
        if text.isascii():
            return text
        encoding = self._stream.encoding or "utf-8"
        return text.encode(encoding, "backslashreplace").decode(encoding)

    def write(self, lines: Iterable[str]) -> None:
        """Write lines, and have them shown at once.

        Args:
            lines: without line ends; what came from a list, a path or a config has passed
                `printable` already.

        Raises:
            OSError: the stream takes nothing more; `filename` says which one that is.
        """
        with _way() if self._given is None else nullcontext():
            self._write(lines)

    def _write(self, lines: Iterable[str]) -> None:
        stream = self._stream
        name = "standard error" if self.is_error else "standard output"
        rest = iter(lines)
        # A list of 10 MB has findings for 20 MB: they are not gathered first.
        while block := list(islice(rest, _LINES_AT_ONCE)):
            block.append("")
            shown = self.shown(without_workflow_commands("\n".join(block)))
            with _errors_of(name):
                stream.write(shown)
            if _listeners and self._given is None:
                _tell_listeners(shown.encode(stream.encoding or "utf-8"), is_error=self.is_error)
        # What follows may be on the other stream; and a reader that has gone is told of here
        # rather than at exit.
        with _errors_of(name):
            stream.flush()

    def overwrite(self, line: str) -> None:
        """Put a line in the place of the one that the cursor is in, and leave the cursor there.

        Args:
            line: no longer than `columns`; empty to take away what is there.

        Raises:
            OSError: the terminal takes nothing more.
        """
        # Erase in Line, ECMA-48 section 8.3.41.
        self._stream.write(f"\r\x1b[K{self.shown(line)}")
        self._stream.flush()

    @property
    def columns(self) -> int:
        """How many cells a line has now, but for the last, behind which some terminals wrap."""
        try:
            now = os.get_terminal_size(self._stream.fileno()).columns
        except (ValueError, OSError):
            now = 0
        return (now or self.width) - 1

    @property
    def is_terminal(self) -> bool:
        """Whether a person sits there."""
        return self._stream.isatty()

    @property
    def _stream(self) -> TextIO:
        if self._given is not None:
            return self._given
        return sys.stderr if self.is_error else sys.stdout

    def _wants_color(self) -> bool:
        environ = os.environ
        if environ.get("NO_COLOR"):
            return False
        if environ.get("FORCE_COLOR"):
            return True
        return self.is_terminal and environ.get("TERM") != "dumb"

    def _shows_links(self) -> bool:
        environ = os.environ
        if forced := environ.get("FORCE_HYPERLINK", "").strip():
            return forced != "0"
        if not self.has_color or not self.is_terminal or environ.get("TERM") == "dumb":
            return False
        if environ.get("CI"):
            # Its log is no terminal, whatever it says.
            return False
        vte = environ.get("VTE_VERSION", "")
        return (
            any(environ.get(name) for name in _LINKING_VARIABLES)
            or environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS
            or environ.get("TERM") in _LINKING_TERMS
            or environ.get("COLORTERM") == "xfce4-terminal"
            or (vte.isascii() and vte.isdigit() and int(vte[:9]) >= _FIRST_LINKING_VTE)
        )

    def _measure(self) -> int:
        # Not shutil.get_terminal_size: the import costs more than a file's report.
        columns = os.environ.get("COLUMNS", "")
        if columns.isascii() and columns.isdigit() and int(columns):
            return max(int(columns), LEAST_WIDTH)
        try:
            width = os.get_terminal_size(self._stream.fileno()).columns
        except (ValueError, OSError):
            width = 0
        return max(width, LEAST_WIDTH) if width else DEFAULT_WIDTH


def is_written_to_file() -> bool:
    """Whether standard output is a regular file: what goes there passes no runner's log."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def write_bytes(data: bytes) -> None:
    """Write to standard output as it is, after what was written there as text.

    Raises:
        OSError: it takes nothing more; `filename` says that it is standard output.
    """
    with _way(for_good=sys.stdout.isatty()), _errors_of("standard output"):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    if _listeners:
        _tell_listeners(data, is_error=False)


def write_text(text: str) -> None:
    """Write to standard output as it is, in UTF-8 whatever the locale.

    RFC 8259, section 8.1, has it so for JSON.

    Raises:
        OSError: as `write_bytes`.
    """
    write_bytes(text.encode(errors="backslashreplace"))


@contextlib.contextmanager
def _errors_of(stream: str) -> Iterator[None]:
    """Have errors name the stream, as those of a file name it."""
    try:
        yield
    except OSError as error:
        error.filename = stream
        raise


def is_obeyed_by_runner() -> bool:
    """Whether GitHub's runner reads what is printed, and obeys what it knows of it."""
    return "GITHUB_ACTIONS" in os.environ


def without_workflow_commands(text: str) -> str:
    r"""`text` without commands to GitHub's runner, where it runs under GitHub Actions.

    The runner obeys `::command::` at a line's start and `##[command]` anywhere in a line: the
    title of a paper could hide every later annotation or forge one. The first character of
    either becomes `\x3a` or `\x23`.
    Source: `ActionCommand.TryParseV2` and `TryParse` of https://github.com/actions/runner.
    """
    if not is_obeyed_by_runner():
        return text
    return _WORKFLOW_COMMAND.sub(_spelt_out, text)


def _spelt_out(match: re.Match[str]) -> str:
    command = match[0]
    marker = command.lstrip()[0]
    return command.replace(marker, f"\\x{ord(marker):02x}", 1)
