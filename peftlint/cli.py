"""The command line: `peftlint` and what it says when something goes wrong."""

from __future__ import annotations

import os
import sys
from typing import IO, Any

import click

from peftlint.collector import resting
from peftlint.commands.catalogue import COMMANDS, load
from peftlint.commands.clickcommand import click_command
from peftlint.commands.ending import end_interrupted, end_unwritten, tell
from peftlint.commands.exit_code import ExitCode
from peftlint.version import VERSION


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
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or `None`."""
        if cmd_name in COMMANDS:
            return _load(cmd_name)
        # click proposes the nearest of these.
        self.commands = {name: _load(name) for name in COMMANDS}
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

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
            ctx.exit(end_interrupted())
        except click.exceptions.Exit:
            raise
        except click.UsageError as error:
            raise _misuse(error) from error
        except OSError:
            # `main` tells of it; but `| head` has seen enough, and click ends that in silence.
            raise
        except Exception as error:
            tell(error)
            ctx.exit(ExitCode.FAILURE)


def tell_misuse(name: str, message: str) -> None:
    """Tell that a command line cannot be meant, and how the command is used.

    Args:
        name: of the command.
        message: why it cannot.
    """
    above = click.Context(main, info_name="peftlint")
    context = click.Context(_load(name), info_name=name, parent=above)
    _misuse(click.UsageError(message, context)).show()


def _load(name: str) -> click.Command:
    with resting():
        return click_command(name, load(name))


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
@click.version_option(VERSION, message="%(prog)s %(version)s")
def main() -> None:
    """Check and fix Markdown lists of research papers.

    \b
      peftlint check README.md       what is wrong, and the fix as it would read
      peftlint fix --diff README.md  what would change
      peftlint fix README.md         change it
      peftlint normalize README.md   write all entries in one layout
      peftlint explain PL201         what a rule is about
    """  # noqa: D301 - \b keeps click from wrapping the examples
