"""`peftlint schema`: what a config may say, for editors."""

from __future__ import annotations

from peftlint import registry
from peftlint.commands.command import takes
from peftlint.report import as_json
from peftlint.report.terminal import write_text
from peftlint.schema import config_schema


@takes()
def command() -> None:
    """Print a JSON schema of the config, by which editors check and complete it.

    It knows the rules that are installed, those of other packages among them, and their options.
    It is about a peftlint.toml, and about the table [tool.peftlint] of a pyproject.toml.
    """
    write_text(as_json.encode(config_schema(registry.rules()), indent=2) + "\n")
