"""Rules that run in two processes find what they find in one, whatever becomes of the other."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from peftlint import registry
from peftlint.commands import abreast, checking
from peftlint.commands.abreast import lint_abreast
from peftlint.diagnostic import Diagnostic
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.reader import read
from peftlint.rule import Finding, Rule, RuleError
from peftlint.source import Span

ROOT = Path(__file__).parent.parent
LIST = "- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n"
FIRST = os.getpid()

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be copied here")


def told(diagnostics: list[Diagnostic]) -> list[str]:
    return list(map(repr, diagnostics))


def rule_of(name: str, check: Callable[..., object]) -> Rule:
    rule = registry.find("arxiv-pdf-link")
    return rule._replace(name=name, origin="acme-rules", checker=check, options=None)  # type: ignore[arg-type]


def where_it_ran(_: Document) -> Iterator[Finding]:
    yield Finding(Span(2, 11), "here" if os.getpid() == FIRST else "there")


#: Is there when the other process has begun its first rule.
BEGUN = Path("begun")


def late(document: Document) -> Iterator[Finding]:
    """The same, when the other process has begun."""
    yield from where_it_ran(document)
    end = time.monotonic() + 10
    while not BEGUN.exists() and time.monotonic() < end:
        time.sleep(0.01)


def early(document: Document) -> Iterator[Finding]:
    BEGUN.touch()
    yield from where_it_ran(document)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "fixtures/lists").glob("*.md")), ids=lambda p: p.stem
)
def test_two_processes_find_what_one_finds(path: Path) -> None:
    document = read(path.read_text(encoding="utf-8"))
    rules = registry.rules()
    assert told(lint_abreast(document, rules, {})) == told(lint(document, rules))


def test_no_rules_find_nothing() -> None:
    assert lint_abreast(read(LIST), (), {}) == []


@pytest.mark.usefixtures("empty_folder")
def test_each_process_runs_some() -> None:
    rules = [rule_of("first", late), rule_of("last", early)]
    found = lint_abreast(read(LIST), rules, {})
    assert sorted(one.message for one in found) == ["here", "there"]


def dies(_: Document) -> Iterator[Finding]:
    if os.getpid() != FIRST:
        BEGUN.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    yield Finding(Span(2, 11), "here")


@pytest.mark.usefixtures("empty_folder")
def test_what_a_process_that_is_ended_was_to_find_is_found_here() -> None:
    rules = [rule_of("first", late), rule_of("last", dies)]
    found = lint_abreast(read(LIST), rules, {})
    assert [one.message for one in found] == ["here", "here"]


@pytest.mark.parametrize(
    "odd",
    ["a message", (Span(2, 11), "a message"), Finding((2, 11), "a message")],  # type: ignore[arg-type]
)
def test_what_is_no_finding_is_told_as_ever(odd: object) -> None:
    document = read(LIST)
    rules = [*registry.rules(), rule_of("odd-rule", lambda _: [odd])]
    with pytest.raises(RuleError) as one:
        lint(document, rules)
    with pytest.raises(RuleError) as two:
        lint_abreast(document, rules, {})
    assert str(one.value) == str(two.value)


def test_of_rules_that_fail_the_first_is_told() -> None:
    def fails(_: Document) -> Iterator[Finding]:
        raise SystemExit(3)

    rules = [rule_of(name, fails) for name in ("a-rule", "b-rule", "c-rule")]
    with pytest.raises(RuleError, match=r"^rule a-rule of acme-rules failed: SystemExit: 3"):
        lint_abreast(read(LIST), rules, {})


def test_a_long_list_is_checked_so_unless_one_process_is_asked_for(
    empty_folder: Path, run: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_folder / "list.md").write_text(LIST, encoding="utf-8")
    asked: list[int] = []

    def counted(document: Document, *rest: object) -> list[Diagnostic]:
        asked.append(len(document.entries))
        return lint_abreast(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(abreast, "lint_abreast", counted)
    run("check", "-j", "2", "list.md")
    assert asked == []
    monkeypatch.setattr(checking, "_ABREAST", range(1, 1000))
    run("check", "-j", "1", "list.md")
    assert asked == []
    run("check", "-j", "2", "list.md")
    assert asked == [1]
