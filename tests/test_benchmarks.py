"""The benchmarks run; what they measure is nobody's promise."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from peftlint import registry

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture
def hostile() -> ModuleType:
    """The benchmark of hostile input."""
    spec = importlib.util.spec_from_file_location("hostile", BENCHMARKS / "hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_hostile_input_is_made_and_every_rule_is_timed_on_it(
    hostile: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["hostile.py", "--size", "10"])
    assert hostile.main() == 0
    timed = {line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]}
    assert {rule.name for rule in registry.rules()} <= timed


def test_growth_beyond_that_of_sorting_is_flagged(hostile: ModuleType) -> None:
    timing = hostile.Timing
    assert timing("a", (0.1, 0.4, 1.6)).is_slow
    assert not timing("a", (0.1, 0.21, 0.44)).is_slow
    assert not timing("a", (0.0001, 0.0004, 0.0016)).is_slow
