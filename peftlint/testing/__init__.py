"""A kit for the tests of rules, ours and anyone's.

What a rule promises is checked here: that its documentation is true, and that it does in each
case of its case file what the file says. With pytest, all of it is three lines:

    @pytest.mark.parametrize("check", testing.checks("lab-rules", CASES), ids=str)
    def test_a_rule_keeps_its_promises(check):
        check()

A case file, `cases/NAME.md`, belongs to the rule `NAME`. It is Markdown: a heading for each case,
prose that says why, and fences: `toml` for the rule's options where it needs any, `markdown` for
the list, `report` for what the rule says about it, and `fixed` and `fixed unsafe` for the list
afterwards, where it changes. The last three are written by

    python -m peftlint.testing --update cases

and read before they are committed. Whatever fails raises `AssertionError`; nothing here needs
pytest.
"""

from __future__ import annotations

from peftlint.testing.case import Case, cases, check_case, check_case_file, update
from peftlint.testing.check import Check, case_checks, checks, rule_checks
from peftlint.testing.command import main
from peftlint.testing.promise import PROMISES, check_rule, rules_of

__all__ = [
    "PROMISES",
    "Case",
    "Check",
    "case_checks",
    "cases",
    "check_case",
    "check_case_file",
    "check_rule",
    "checks",
    "main",
    "rule_checks",
    "rules_of",
    "update",
]
