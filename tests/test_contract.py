"""A rule that yields what it may not, or fails, is one error that names it and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from peftlint import registry
from peftlint.config import options_of
from peftlint.documentation import sections, why
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.option import options_in
from peftlint.reader import read
from peftlint.rule import Finding, Fix, FixLevel, Rule, RuleError, safe_fix
from peftlint.source import Edit, Span

LIST = "- **LoRA,** ICLR 2022.\n"
HERE = Span(2, 11)


def rule_with(
    check: Callable[..., Any], fix: FixLevel = "safe", options: type | None = None
) -> Rule:
    rule = registry.find("arxiv-pdf-link")
    return rule._replace(
        name="odd-rule", origin="acme-rules", checker=check, fix=fix, options=options
    )


def yielding(*findings: object, fix: FixLevel = "safe") -> Rule:
    return rule_with(lambda _: list(findings), fix)


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("a message", "it yielded a value of type str, not a Finding"),
        ((HERE, "a message", None), "it yielded a value of type tuple, not a Finding"),
        (Finding(HERE, ""), "a finding has no message"),
        (Finding(HERE, None), "a finding has no message"),  # type: ignore[arg-type]
        (Finding(Span(5, 1000), "x"), "outside of the text: Span"),
        (Finding(Span(-1, 3), "x"), "outside of the text"),
        (Finding(Span(5, 3), "x"), "outside of the text"),
        (Finding((2, 5), "x"), "outside of the text"),  # type: ignore[arg-type]
        (Finding(HERE, "x", Edit(HERE, "")), "a fix is a value of type Edit, not a Fix"),  # type: ignore[arg-type]
        (Finding(HERE, "x", safe_fix(Edit(Span(5, 99), ""))), "an edit is outside of the text"),
        (Finding(HERE, "x", Fix((Edit(HERE, None),), True)), "an edit has no text to put in"),  # type: ignore[arg-type]
        (
            Finding(HERE, "x", safe_fix(Edit(Span(2, 5), "a"), Edit(Span(4, 6), "b"))),
            "two edits of a fix overlap",
        ),
    ],
)
def test_what_is_no_finding_is_told(finding: object, message: str) -> None:
    with pytest.raises(RuleError, match=rf"^rule odd-rule of acme-rules failed: .*{message}"):
        lint(read(LIST), [yielding(finding)])


def test_a_fix_of_a_rule_that_has_none_is_told() -> None:
    finding = Finding(HERE, "x", safe_fix(Edit(HERE, "")))
    with pytest.raises(RuleError, match="has a fix, but the rule's FIX is 'none'"):
        lint(read(LIST), [yielding(finding, fix="none")])


def test_two_texts_put_in_at_one_place_do_not_overlap() -> None:
    finding = Finding(HERE, "x", safe_fix(Edit(HERE.before, "a"), Edit(HERE.before, "b")))
    assert lint(read(LIST), [yielding(finding)])[0].fix == finding.fix


def test_a_message_of_several_lines_becomes_one() -> None:
    (found,) = lint(read(LIST), [yielding(Finding(HERE, "one\ntwo  three\u2028four"))])
    assert found.message == "one two  three four"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (SystemExit(0), "SystemExit: 0"),
        (ZeroDivisionError("a\nb"), "ZeroDivisionError: a b"),
        (RecursionError(), "RecursionError"),
        (GeneratorExit(), "GeneratorExit"),
    ],
)
def test_a_rule_that_fails_or_exits_is_told(error: BaseException, message: str) -> None:
    def check(_: Document) -> Iterator[Finding]:
        raise error

    with pytest.raises(RuleError, match=f"^rule odd-rule of acme-rules failed: {message}$"):
        lint(read(LIST), [rule_with(check)])


def test_a_rule_that_gives_nothing_back_is_told() -> None:
    with pytest.raises(RuleError, match="odd-rule of acme-rules failed: TypeError"):
        lint(read(LIST), [rule_with(lambda _: None)])


@dataclass(frozen=True)
class Refusing:
    """Options that refuse everything, in a way of their own."""

    words: int = 1

    def __post_init__(self) -> None:
        """Refuse."""
        raise KeyError("words")


@dataclass(frozen=True)
class Unreadable:
    """Options with a type that only a type checker knows."""

    words: Nowhere = 1  # type: ignore[name-defined]  # noqa: F821 - that is the point


def test_options_that_fail_are_told() -> None:
    rule = rule_with(lambda *_: [], options=Refusing)
    with pytest.raises(RuleError, match="odd-rule of acme-rules refuses the defaults of its own"):
        lint(read(LIST), [rule])
    with pytest.raises(RuleError, match="odd-rule of acme-rules failed over its options: KeyError"):
        options_of(rule, {"words": 2})


def test_options_with_a_type_that_cannot_be_read_are_told() -> None:
    rule = rule_with(lambda *_: [], options=Unreadable)
    with pytest.raises(RuleError, match="acme-rules: the types of its options cannot be read"):
        options_of(rule, {"words": 2})
    with pytest.raises(RuleError, match="acme-rules: the types of its options cannot be read"):
        options_in(rule)


def test_a_docstring_is_taken_apart_outside_of_its_fences() -> None:
    doc = """One sentence.

    Why it matters.
    And more.

    ## Bad

    ~~~~markdown
    ## No heading
    ~~~
    ~~~~

    ## Options

    `x`: y.
    """
    assert list(sections(doc)) == ["", "Bad", "Options"]
    assert why(doc) == "Why it matters.\nAnd more."
    assert sections(doc)["Options"] == "`x`: y."
    assert why("One sentence.") == ""
