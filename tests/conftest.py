"""Options of the tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes what the rules say now into the fixtures, to be read in the diff."""
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite the reports and fixed texts in fixtures",
    )
