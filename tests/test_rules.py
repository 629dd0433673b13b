"""A rule's documentation is true: its Bad is reported, its Good is clean, its fix leads there."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

import pytest

from peftlint.fixer import fix
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.registry import rules
from peftlint.rule import Example, Rule

CASES = Path(__file__).parent.parent / "fixtures" / "rules"

each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)


def example(rule: Rule) -> Example:
    """The Bad and the Good of a rule."""
    assert rule.example is not None, f"{rule.name} has no Bad and Good"
    return rule.example


def test_codes_and_names_are_unique() -> None:
    keys = [key for rule in rules() for key in (rule.code, rule.name)]
    assert len(set(keys)) == len(keys)


@each_rule
def test_a_rule_says_how_bad_it_is_and_which_profile_runs_it(rule: Rule) -> None:
    module = inspect.getmodule(rule.checker)
    assert {"SEVERITY", "PROFILE"} <= vars(module).keys()


@each_rule
def test_the_documentation_begins_with_one_sentence(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert rule.summary[0].isupper()
    assert len(rule.summary) <= 120
    assert not re.search(r"[.!?] ", rule.summary)


@each_rule
def test_the_bad_example_is_reported(rule: Rule) -> None:
    assert lint(read(example(rule).bad), [rule])


@each_rule
def test_the_good_example_is_clean_under_every_rule(rule: Rule) -> None:
    assert lint(read(example(rule).good), rules()) == []


@each_rule
def test_fixing_the_bad_example_gives_the_good_one(rule: Rule) -> None:
    bad, good = example(rule)
    result = fix(bad, [rule], unsafe=rule.fix == "unsafe")
    if rule.fix == "none":
        assert not result.changed
        assert all(diagnostic.fix is None for diagnostic in result.remaining)
    else:
        assert result.text == good
        assert not result.remaining


@each_rule
def test_a_rule_says_how_safe_its_fix_is(rule: Rule) -> None:
    fixes = [found.fix for found in lint(read(example(rule).bad), [rule])]
    assert {fix.is_safe for fix in fixes if fix} == {
        "safe": {True},
        "unsafe": {False},
        "none": set(),
    }[rule.fix]


@each_rule
def test_a_message_is_one_line_without_a_full_stop(rule: Rule) -> None:
    for found in lint(read(example(rule).bad), [rule]):
        assert found.message.splitlines() == [found.message]
        assert not found.message.endswith(".")


@each_rule
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("~~~~markdown", "~~~~"),
        ("<!--", "-->"),
        ("<!-- to do:", "-->"),
        ("- an item\n\n  ~~~~", "  ~~~~"),
    ],
)
def test_a_rule_is_silent_in_code_and_comments(rule: Rule, opening: str, closing: str) -> None:
    bad, good = example(rule)
    indent = closing[: len(closing) - len(closing.lstrip())]
    hidden = "".join(indent + line for line in bad.splitlines(keepends=True))
    for before, after in (("", ""), (f"{good}\n", ""), ("", f"\n{good}")):
        text = f"{before}{opening}\n{hidden}{closing}\n{after}"
        assert lint(read(text), [rule]) == []


@each_rule
def test_a_rule_finds_the_same_with_other_line_ends(rule: Rule) -> None:
    bad, good = example(rule)
    for newline in ("\r\n", "\r"):
        result = fix(bad.replace("\n", newline), [rule], unsafe=rule.fix == "unsafe")
        if rule.fix == "none":
            assert result.remaining
        else:
            assert result.text == good.replace("\n", newline)


@each_rule
def test_a_rule_has_cases(rule: Rule) -> None:
    assert (CASES / f"{rule.name}.md").is_file()


@each_rule
def test_every_option_has_a_default_and_is_documented(rule: Rule) -> None:
    if rule.options is None:
        assert "## Options" not in rule.doc
        return
    documented = rule.doc.partition("## Options")[2]
    for field in dataclasses.fields(rule.options):
        assert field.default is not dataclasses.MISSING
        assert f"`{field.name.replace('_', '-')}`:" in documented


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.md")} == {rule.name for rule in rules()}
