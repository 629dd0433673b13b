"""Write what the documents say of the rules and the commands from these themselves.

python docs/generate.py            write it
python docs/generate.py --check    change nothing; exit 1 where it is out of date
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import command_reference
import layout_examples
import mdformat
import rule_page

from peftlint import registry
from peftlint.report.json_schema import report_schema
from peftlint.rule import PROFILES, Rule
from peftlint.schema import config_schema

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
PROFILE_PAGE = DOCS / "profiles.md"
NORMALIZE_PAGE = DOCS / "normalize.md"
SCHEMA = DOCS / "peftlint.schema.json"
REPORT_SCHEMA = DOCS / "peftlint-report.schema.json"
COMMANDS = DOCS / "cli.md"
RULE_PAGES = DOCS / "rules"


def row(rule: Rule) -> str:
    """A rule's row; its name links to its page, which says the rest."""
    name = f"[{rule.name}](docs/rules/{rule.name}.md)"
    return (
        f"| {rule.code} | {name} | {rule.summary} | {rule.fix} | {rule.severity} | {rule.profile} |"
    )


def own_rules() -> list[Rule]:
    """Peftlint's own rules, without those of other distributions."""
    return [rule for rule in registry.rules() if rule.origin == "peftlint"]


def table() -> str:
    """The table of peftlint's own rules."""
    own = [row(rule) for rule in own_rules()]
    head = [
        "| code | name | what it reports | fix | severity | profile |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return mdformat.text("\n".join([*head, *own]), extensions={"gfm"})


def with_block(page: str, path: Path, name: str, block: str) -> str:
    """A page with a block between its two markers.

    Args:
        page: its text.
        path: what it is called, for the error.
        name: of the block, in the markers.
        block: Markdown, with the end of its last line.

    Raises:
        ValueError: a marker is missing.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found or not found_end:
        raise ValueError(f"{path} needs the lines {begin} and {end}")
    return f"{before}{begin}\n\n{block}\n{end}{after}"


def with_table(readme: str) -> str:
    """The README with the table between its two markers.

    Raises:
        ValueError: a marker is missing.
    """
    return with_block(readme, README, "rules", table())


def profile_table() -> str:
    """How many rules each profile runs, and for each rule its severity and its profiles."""
    own = own_rules()
    counts = [f"`{one}` runs {sum(rule.is_in(one) for rule in own)}" for one in PROFILES]
    rows = [
        f"| {rule.code} | [{rule.name}](rules/{rule.name}.md) "
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
    return with_block(page, PROFILE_PAGE, "profiles", profile_table())


def with_layouts(page: str) -> str:
    """The page about normalizing with its layouts between its two markers.

    Raises:
        ValueError: a marker is missing.
    """
    return with_block(page, NORMALIZE_PAGE, "layouts", f"{layout_examples.examples()}\n")


def schema() -> str:
    """The JSON schema of the config, with peftlint's own rules."""
    return json.dumps(config_schema(own_rules()), indent=2, ensure_ascii=False) + "\n"


def report() -> str:
    """The JSON schema of reports."""
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"


def written() -> dict[Path, str]:
    """The files that are made from rules, layouts and commands, each with what it should hold."""
    return {
        README: with_table(README.read_text(encoding="utf-8")),
        SCHEMA: schema(),
        REPORT_SCHEMA: report(),
        PROFILE_PAGE: with_profiles(PROFILE_PAGE.read_text(encoding="utf-8")),
        NORMALIZE_PAGE: with_layouts(NORMALIZE_PAGE.read_text(encoding="utf-8")),
        COMMANDS: command_reference.page(),
        RULE_PAGES / "index.md": rule_page.index(own_rules()),
        **{RULE_PAGES / f"{rule.name}.md": rule_page.page(rule) for rule in own_rules()},
    }


def main() -> int:
    """Run the command; the result is its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    arguments = parser.parse_args()
    wanted = written()
    stale = 0
    for path, new in wanted.items():
        if path.exists() and path.read_text(encoding="utf-8") == new:
            continue
        if arguments.check:
            print(f"{path.name} is out of date: run python docs/generate.py")
            stale = 1
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(new, encoding="utf-8")
    for path in sorted(set(RULE_PAGES.glob("*.md")) - wanted.keys()):
        if arguments.check:
            print(f"{path.name} is about no rule that there is: run python docs/generate.py")
            stale = 1
        else:
            path.unlink()
    return stale


if __name__ == "__main__":
    sys.exit(main())
