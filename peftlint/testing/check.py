"""All that rules and their cases are held to, one by one, for a test to call."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from peftlint.rule import Rule
from peftlint.testing.case import cases, check_case, check_case_file
from peftlint.testing.expectation import hold
from peftlint.testing.promise import PROMISES, rules_of


class Check(NamedTuple):
    """Something to hold a rule to, to be called; its name is a sentence.

    Attributes:
        subject: the rule's name.
        promise: what is held to.
        run: does it.
    """

    subject: str
    promise: str
    run: Callable[[], None]

    def __call__(self) -> None:
        """Do it.

        Raises:
            AssertionError: it is not so.
        """
        __tracebackhide__ = True
        self.run()

    def __str__(self) -> str:
        """`rule: promise`, for the names of tests."""
        return f"{self.subject}: {self.promise}"


def checks(distribution: str, folder: Path) -> list[Check]:
    """All that the rules of a distribution and their cases are held to, one by one.

    Args:
        distribution: as for `rules_of`.
        folder: where the case files are, one for each rule.

    Raises:
        AssertionError: the distribution brings no rules.
        RuleError: the rules cannot be loaded.
    """
    rules = rules_of(distribution)
    return rule_checks(rules) + case_checks(rules, folder)


def rule_checks(rules: Iterable[Rule]) -> list[Check]:
    """The promises of rules, one by one."""
    return [
        Check(rule.name, promise.__name__.replace("_", " "), _bound(promise, rule))
        for rule in rules
        for promise in PROMISES
    ]


def case_checks(rules: Iterable[Rule], folder: Path) -> list[Check]:
    """The cases of rules, one by one, and that the folder has a file for each rule and no other.

    Args:
        rules: all that have their cases in the folder.
        folder: of case files.
    """
    names = {rule.name for rule in rules}
    files = {path.stem for path in folder.glob("*.md")}
    found: list[Check] = []
    for name in sorted(names | files):
        path = folder / f"{name}.md"
        found.append(Check(name, "has a case file", _bound(_check_pair, path, names)))
        if name not in names & files:
            continue
        found.append(Check(name, "has a case file in order", _bound(check_case_file, path)))
        # One that cannot be read as cases has just that to be told.
        with contextlib.suppress(AssertionError):
            found += [Check(name, case.heading, _bound(check_case, case)) for case in cases(path)]
    return found


def _check_pair(path: Path, names: set[str]) -> None:
    hold(path.is_file(), f"the rule {path.stem} has no cases: write {path}")
    hold(path.stem in names, f"{path.name} is named after no rule of this distribution")


def _bound(function: Callable[..., None], *given: object) -> Callable[[], None]:
    def run() -> None:
        __tracebackhide__ = True
        function(*given)

    return run
