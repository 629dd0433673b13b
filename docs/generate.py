"""Write the tables of rules in the documents, and the config's schema, from the rules themselves.

python docs/generate.py            write it
python docs/generate.py --check    change nothing; exit 1 where it is out of date
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import mdformat

from peftlint import registry
from peftlint.rule import PROFILES, Rule
from peftlint.schema import config_schema

README = Path(__file__).parent.parent / "README.md"
PROFILE_PAGE = Path(__file__).parent / "profiles.md"
SCHEMA = Path(__file__).parent / "peftlint.schema.json"
BEGIN = "<!-- rules: begin -->"
END = "<!-- rules: end -->"


def row(rule: Rule) -> str:
    """A rule's row; its name links to its module, whose docstring says the rest."""
    name = f"[{rule.name}](rules/{rule.name.replace('-', '_')}.py)"
    return (
        f"| {rule.code} | {name} | {rule.summary} | {rule.fix} | {rule.severity} | {rule.profile} |"
    )


def table() -> str:
    """The table of peftlint's own rules, without those of other distributions."""
    own = [row(rule) for rule in registry.rules() if rule.origin == "peftlint"]
    head = [
        "| code | name | what it reports | fix | severity | profile |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
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


def profile_table() -> str:
    """How many rules each profile runs, and for each rule its severity and its profiles."""
    own = [rule for rule in registry.rules() if rule.origin == "peftlint"]
    counts = [f"`{one}` runs {sum(rule.is_in(one) for rule in own)}" for one in PROFILES]
    rows = [
        f"| {rule.code} | [{rule.name}](../rules/{rule.name.replace('-', '_')}.py) "
        f"| {rule.severity} | "
        + " | ".join("yes" if rule.is_in(profile) else "" for profile in PROFILES)
        + " |"
        for rule in own
    ]
    head = f"| code | name | severity | {' | '.join(PROFILES)} |\n| --- | --- |{' --- |' * 4}"
    text = "\n".join([f"Of {len(own)} rules, {', '.join(counts)}.", "", head, *rows])
    return mdformat.text(text, extensions={"gfm"})


def with_profiles(page: str) -> str:
    """The page of profiles with its table between its two markers.

    Raises:
        ValueError: a marker is missing.
    """
    begin, end = "<!-- profiles: begin -->", "<!-- profiles: end -->"
    before, found, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found or not found_end:
        raise ValueError(f"{PROFILE_PAGE} needs the lines {begin} and {end}")
    return f"{before}{begin}\n\n{profile_table()}\n{end}{after}"


def schema() -> str:
    """The JSON schema of the config, with peftlint's own rules."""
    own = [rule for rule in registry.rules() if rule.origin == "peftlint"]
    return json.dumps(config_schema(own), indent=2, ensure_ascii=False) + "\n"


def written() -> dict[Path, str]:
    """The files that are made from the rules, each with what it should hold."""
    return {
        README: with_table(README.read_text(encoding="utf-8")),
        SCHEMA: schema(),
        PROFILE_PAGE: with_profiles(PROFILE_PAGE.read_text(encoding="utf-8")),
    }


def main() -> int:
    """Run the command; the result is its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    arguments = parser.parse_args()
    stale = 0
    for path, new in written().items():
        if path.exists() and path.read_text(encoding="utf-8") == new:
            continue
        if arguments.check:
            print(f"{path.name} is out of date: run python docs/generate.py")
            stale = 1
        else:
            path.write_text(new, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main())
