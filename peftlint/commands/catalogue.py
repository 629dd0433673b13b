"""The commands that there are; each is loaded when it is asked for."""

from __future__ import annotations

import importlib
import keyword

from peftlint.commands.command import Command, Family

#: In the order in which a newcomer needs them, with what each is for; each is a module of
#: `peftlint.commands`.
COMMANDS = {
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


def load(name: str) -> Command | Family:
    """A command.

    Args:
        name: one of `COMMANDS`.
    """
    # No module can be called `import`.
    module = f"{name}_" if keyword.iskeyword(name) else name
    command = importlib.import_module(f"peftlint.commands.{module}").command
    assert isinstance(command, (Command, Family))  # noqa: S101 - for the type checker
    return command
