"""Options of the tests, and what several of them need."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes what the rules say now into the fixtures, to be read in the diff."""
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite the reports and fixed texts in fixtures",
    )


@pytest.fixture
def untraced() -> Iterator[None]:
    """Measure no coverage meanwhile.

    For tests on real lists: they take long, and where the lists are not there, the other tests
    have to cover all code without them. pytest-cov's own `no_cover` does nothing under xdist.
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)
