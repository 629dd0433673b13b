"""The rules do what they promise, and what their cases say."""

from pathlib import Path

import pytest

from peftlint import testing

CASES = Path(__file__).parent.parent / "cases"


@pytest.mark.parametrize("check", testing.checks("peftlint-plugin-example", CASES), ids=str)
def test_a_rule_keeps_its_promises(check: testing.Check) -> None:
    """Each promise and each case is a test of its own."""
    check()
