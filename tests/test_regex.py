"""Regular expressions are compiled late, and all of them can be."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import peftlint
from peftlint import regex


def test_it_is_compiled_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """And once."""
    compiled: list[str] = []

    def compile_(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append(pattern)
        return original(pattern, flags)

    original = re.compile
    monkeypatch.setattr(re, "compile", compile_)
    late = regex.regex("b+", re.IGNORECASE)
    assert late.pattern == "b+"
    assert not compiled
    assert late.sub("c", "aBba") == "aca"
    assert late.search("abb") is not None
    assert late.flags & re.IGNORECASE
    assert compiled == ["b+"]


def test_it_does_what_a_compiled_one_does() -> None:
    """By every method that a pattern has for text."""
    late, compiled = regex.regex("(a)|b"), re.compile("(a)|b")
    for method in ("search", "match", "fullmatch", "finditer"):
        ours, theirs = getattr(late, method)("ab"), getattr(compiled, method)("ab")
        assert str(ours).partition(" at ")[0] == str(theirs).partition(" at ")[0]
    assert late.findall("xab") == compiled.findall("xab")
    assert late.split("xab") == compiled.split("xab")
    assert late.subn("-", "xab") == compiled.subn("-", "xab")
    assert late.groups == compiled.groups


def test_every_pattern_of_peftlint_can_be_compiled() -> None:
    """What a common list does not need would else fail with the first list that does."""
    for module in pkgutil.walk_packages(peftlint.__path__, "peftlint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # A check in this process may have put what was loaded where it is not looked through.
    gc.unfreeze()
    patterns = [one for one in gc.get_objects() if isinstance(one, regex._Late)]
    assert len(patterns) > 400
    for pattern in patterns:
        re.compile(pattern.pattern, pattern._flags)
