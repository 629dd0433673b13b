"""Write the table of rules in the README from the rules' own documentation.

python docs/generate.py            write it
python docs/generate.py --check    change nothing; exit 1 where it is out of date
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import mdformat

from peftlint import registry
from peftlint.rule import Rule

README = Path(__file__).parent.parent / "README.md"
BEGIN = "<!-- rules: begin -->"
END = "<!-- rules: end -->"


def row(rule: Rule) -> str:
    """A rule's row; its name links to its module, whose docstring says the rest."""
    name = f"[{rule.name}](rules/{rule.name.replace('-', '_')}.py)"
    default = "on" if rule.is_default else "off"
    return f"| {rule.code} | {name} | {rule.summary} | {rule.fix} | {default} |"


def table() -> str:
    """The table of peftlint's own rules, without those of other distributions."""
    own = [row(rule) for rule in registry.rules() if rule.origin == "peftlint"]
    head = ["| code | name | what it reports | fix | default |", "| --- | --- | --- | --- | --- |"]
    return mdformat.text("\n".join([*head, *own]), extensions={"gfm"})


def with_table(readme: str) -> str:
    """The README with the table between its two markers.

    Raises:
        ValueError: a marker is missing.
    """
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{README} needs the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{table()}\n{END}{after}"


def main() -> int:
    """Run the command; the result is its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    arguments = parser.parse_args()
    old = README.read_text(encoding="utf-8")
    new = with_table(old)
    if new == old:
        return 0
    if arguments.check:
        print(f"{README.name}: the table of rules is out of date: run python docs/generate.py")
        return 1
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
