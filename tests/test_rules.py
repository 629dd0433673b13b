"""A rule's documentation is true: its Bad is reported, its Good is clean, its fix leads there.

What is held to is in `peftlint.testing`, which the authors of other rules use as well.
"""

from __future__ import annotations

import inspect

import pytest

from peftlint import testing
from peftlint.registry import rules
from peftlint.rule import Rule
from peftlint.testing import Check

OWN = testing.rules_of("peftlint")

each_rule = pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.name)


def test_codes_and_names_are_unique() -> None:
    keys = [key for rule in rules() for key in (rule.code, rule.name)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("check", testing.rule_checks(OWN), ids=str)
def test_a_rule_keeps_its_promises(check: Check) -> None:
    check()


@each_rule
def test_a_rule_says_how_bad_it_is_and_which_profile_runs_it(rule: Rule) -> None:
    module = inspect.getmodule(rule.suppression_checker or rule.checker)
    assert {"SEVERITY", "PROFILE"} <= vars(module).keys()
