"""Each rule does in each of its cases what the case file says.

`fixtures/rules/NAME.md` holds the cases of a rule; `peftlint.testing` says what they look like
and what they are held to, and the authors of other rules use it as well.

`pytest tests/test_cases.py --update` writes what the rules say now into them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from peftlint import testing
from peftlint.testing import Check

CASES = Path(__file__).parent.parent / "fixtures" / "rules"
OWN = testing.rules_of("peftlint")


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_a_case_file_is_up_to_date_or_brought_up_to_date(
    path: Path, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update"):
        testing.update(path)
    testing.check_case_file(path)


@pytest.mark.parametrize("check", testing.case_checks(OWN, CASES), ids=str)
def test_a_rule_does_what_its_cases_say(check: Check) -> None:
    check()
