"""The command line: `peftlint` and what it says when something goes wrong."""

from __future__ import annotations

import contextlib
import importlib
import keyword
import os
import sys
from typing import IO, Any, NoReturn

import click

from peftlint.collector import resting
from peftlint.commands.exit_code import ExitCode

#: In the order in which a newcomer needs them, with what each is for; each is a module of
#: `peftlint.commands`.
_COMMANDS = {
    "check": "Show what is wrong, and the fix as it would read.",
    "fix": "Fix what can be fixed, and show what is left.",
    "normalize": "Write all entries in one layout, and nothing is lost.",
    "rules": "List all rules.",
    "explain": "Explain one rule.",
    "config": "Show which settings hold for a path, and where each comes from.",
    "schema": "Print a JSON schema of the config, for editors.",
    "why": "Show how a line of a list was read.",
    "init": "Write a config with the conventions that lists follow.",
    "export": "Write the entries of lists as data.",
    "layouts": "List the layouts that `normalize` knows, each with an example.",
    "import": "Add the works of a BibTeX file to a list.",
    "cache": "Tell of the results that are kept from run to run, or let them go.",
}


class Misuse(click.UsageError):
    """A usage error that reads as all other errors do."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Tell of it on standard error."""
        from peftlint.report.terminal import Terminal

        terminal = Terminal(is_error=True)
        if self.ctx is not None:
            terminal.write([self.ctx.get_usage()])
            terminal.write([f"Try '{self.ctx.command_path} --help' for help.", ""])
        terminal.write([f"{terminal.paint('error:', 'red')} {self.format_message()}"])


class CommandGroup(click.Group):
    """Commands that are imported when they are asked for: `check` does not wait for `fix`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or `None`."""
        if cmd_name in _COMMANDS:
            return _load(cmd_name)
        # click proposes the nearest of these.
        self.commands = {name: _load(name) for name in _COMMANDS}
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run the program; also where its output cannot be written, that is a message."""
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:
                # It was closed (`>&-`): what would go there is for nobody.
                setattr(sys, name, open(os.devnull, "w"))  # noqa: PTH123, SIM115 - to the end
        try:
            return super().main(*args, **extra)
        except OSError as error:
            end_unwritten(error)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what stands before the command."""
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _misuse(error) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; whatever goes wrong becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nInterrupted.", err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except click.exceptions.Exit:
            raise
        except click.UsageError as error:
            raise _misuse(error) from error
        except OSError:
            # `main` tells of it; but `| head` has seen enough, and click ends that in silence.
            raise
        except Exception as error:
            _tell(error)
            ctx.exit(ExitCode.FAILURE)


def _load(name: str) -> click.Command:
    with resting():
        # No module can be called `import`.
        module = f"{name}_" if keyword.iskeyword(name) else name
        command = importlib.import_module(f"peftlint.commands.{module}").command
    assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
    return command


def end_unwritten(error: OSError) -> NoReturn:
    """End the program because its output cannot be written.

    Args:
        error: what says so.

    Raises:
        SystemExit: always.
    """
    # Where nothing can be written, not even that can be told.
    with contextlib.suppress(OSError):
        _tell(error)
    _let_go_of_output()
    sys.exit(ExitCode.FAILURE)


def _tell(error: Exception) -> None:
    # Not at the top: `peftlint --version` needs none of them.
    from peftlint.commands.failure import told
    from peftlint.report.terminal import Terminal

    terminal = Terminal(is_error=True)
    terminal.write(told(error, terminal))


def _let_go_of_output() -> None:
    """Drop what cannot be written: Python would try again when it ends, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _misuse(error: click.UsageError) -> Misuse:
    from peftlint.printable import printable

    # It quotes what was given, and a hook gives names of files.
    message = "\n".join(map(printable, error.format_message().split("\n")))
    return Misuse(message, error.ctx)


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Exit codes: 0 clean, 1 findings, 2 misuse or a file that could not be read. "
        "`peftlint COMMAND --help` tells more."
    ),
)
@click.version_option(package_name="peftlint", message="%(prog)s %(version)s")
def main() -> None:
    """Check and fix Markdown lists of research papers.

    \b
      peftlint check README.md       what is wrong, and the fix as it would read
      peftlint fix --diff README.md  what would change
      peftlint fix README.md         change it
      peftlint normalize README.md   write all entries in one layout
      peftlint explain PL201         what a rule is about
    """  # noqa: D301 - \b keeps click from wrapping the examples
