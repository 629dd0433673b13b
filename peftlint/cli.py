"""The command line: `peftlint` and what it says when something goes wrong."""

from __future__ import annotations

import errno
import gc
import importlib

import click

from peftlint.commands.exit_code import ExitCode

#: In the order in which a newcomer needs them, with what each is for; each is a module of
#: `peftlint.commands`.
_COMMANDS = {
    "check": "Show what is wrong, and the fix as it would read.",
    "fix": "Fix what can be fixed, and show what is left.",
    "rules": "List all rules.",
    "explain": "Explain one rule.",
    "export": "Write the entries of lists as data.",
}


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
            # It quotes what was given, and a hook gives names of files.
            raise click.UsageError(_presentable(error.format_message()), error.ctx) from error
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # `| head` has seen enough: click ends the program in silence
            _tell(error)
            ctx.exit(ExitCode.FAILURE)


def _load(name: str) -> click.Command:
    # An import makes many objects and no garbage; looking for it takes a tenth of the time.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        command = importlib.import_module(f"peftlint.commands.{name}").command
    finally:
        if was_enabled:
            gc.enable()
    assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
    return command


def _tell(error: Exception) -> None:
    # Not at the top: `peftlint --version` needs none of them.
    from peftlint.commands.failure import told
    from peftlint.report.terminal import Terminal

    terminal = Terminal(is_error=True)
    terminal.write(told(error, terminal))


def _presentable(message: str) -> str:
    from peftlint.printable import printable
    from peftlint.report.terminal import without_workflow_commands

    return without_workflow_commands("\n".join(map(printable, message.split("\n"))))


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
      peftlint explain PL201         what a rule is about
    """  # noqa: D301 - \b keeps click from wrapping the examples
