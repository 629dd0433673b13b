"""The kit for tests of rules says clearly what is wrong with a rule or with its cases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from peftlint import registry, testing
from peftlint.rule import Rule, from_module
from peftlint.testing.promise import finds_the_same_again

GOOD = '''\
"""A title ends in a question mark.

Questions are for the text.

## Bad

```markdown
- **Is It So?** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]
```

## Good

```markdown
- **It Is So.** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]
```
"""

from dataclasses import dataclass

from peftlint.rule import Finding, safe_fix, unsafe_fix
from peftlint.source import Edit

CODE = "LAB001"
FIX = "unsafe"
MAY_CHANGE = {"title"}
seen = []


def check(document):
    for entry in document.entries:
        shown = document.slice(entry.title.span)
        if shown == "**Is It So?**":
            yield Finding(
                entry.title.span, "it asks", unsafe_fix(Edit(entry.title.span, "**It Is So.**"))
            )
'''

CASES = """\
# asking-title

## It asks

A question.

```markdown
- **Is It So?** ICLR 2022.
```

```report
1:3 LAB001 it asks [asking-title]
```

```fixed unsafe
- **It Is So.** ICLR 2022.
```

## It does not

An answer.

```markdown
- **It Is So.** ICLR 2022.
```

```report
```
"""


def rule_of(source: str, origin: str = "lab-rules") -> Rule:
    module = ModuleType("lab_rules.asking_title")
    exec(source, vars(module))  # noqa: S102 - our own text
    return from_module(module, origin)


@pytest.fixture(autouse=True)
def _module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dataclass looks for the module that it stands in."""
    monkeypatch.setitem(sys.modules, "lab_rules.asking_title", ModuleType("asking_title"))


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Rule:
    """The rule that keeps all promises, installed."""
    rule = rule_of(GOOD)
    monkeypatch.setattr(registry, "rules", lambda: (rule,))
    return rule


@pytest.fixture
def path(rule: Rule, tmp_path: Path) -> Path:
    """Its case file."""
    path = tmp_path / f"{rule.name}.md"
    path.write_text(CASES, encoding="utf-8")
    return path


def test_a_rule_that_keeps_its_promises_passes() -> None:
    testing.check_rule(rule_of(GOOD))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("A title ends in", "a title ends in", "begins with one sentence"),
        ("mark.\n", "mark. It is.\n", "begins with one sentence"),
        ("A title ends", "A title " + "very " * 30 + "much ends", "at most 120 fit"),
        ("Questions are for the text.\n\n", "", "does not say why"),
        ("## Good", "## Fine", "has no Bad and Good"),
        ("Is It So?** ICLR", "Is It?** ICLR", "does not report its Bad example"),
        ("- **It Is So.** ICLR", "- **Is It So?** ICLR", "the Good example of .* is reported"),
        ("arxiv.org/abs/2106.09685)]\n```\n\"", "arxiv.org/pdf/2106.09685)]\n```\n\"", "PL201"),
        ('"**It Is So.**"', '"**So It Is.**"', r"gives another Good:\n- .*It Is So"),
        ('{"title"}', "()", "not made: it would change the title"),
        ('FIX = "unsafe"', 'FIX = "safe"', "gives another Good"),
        ("unsafe_fix(E", "safe_fix(E", "the fixes of its Bad example are safe"),
        ('"it asks"', '"it asks."', "ends with a full stop"),
        ('"it asks"', '"it\\nasks"', "not one line of words"),
        ("CODE =", "@dataclass\nclass Options:\n    a_b: int = 1\nCODE =", "no line `a-b`:"),
        ("## Bad", "## Options\n\n`x`: y.\n\n## Bad", "documents options and has none"),
        ('"LAB001"', '"PL999"', "choose letters of your own"),
    ],
)  # fmt: skip
def test_a_broken_promise_is_told_in_words(old: str, new: str, message: str) -> None:
    assert old in GOOD
    source = GOOD.replace(old, new, 1)
    if "Options" in new and "class" in new:
        source = source.replace("check(document)", "check(document, options)")
    with pytest.raises(AssertionError, match=message):
        testing.check_rule(rule_of(source))


def test_a_rule_that_reports_code_is_told_so() -> None:
    """It reads the text, not the entries."""
    source = GOOD.partition("def check")[0].replace('FIX = "unsafe"', 'FIX = "none"')
    source += (
        "def check(document):\n"
        "    at = document.text.find('Is It So?')\n"
        "    if at >= 0:\n"
        "        yield Finding(document.lines.span(1), 'it asks')\n"
    )
    with pytest.raises(AssertionError, match="reports what stands in a code fence"):
        testing.check_rule(rule_of(source))


def test_a_rule_that_knows_one_line_end_only_is_told_so() -> None:
    source = GOOD.replace("for entry in document.entries:", "for entry in one(document):")
    source += (
        "\n\ndef one(document):\n    return [] if '\\r' in document.text else document.entries\n"
    )
    with pytest.raises(AssertionError, match=r"does not fix its Bad example where lines end with"):
        testing.check_rule(rule_of(source))


def test_a_rule_that_remembers_the_list_before_is_told_so() -> None:
    once = "document.entries[len(seen):]:\n        seen.append(1)"
    with pytest.raises(AssertionError, match="something else when it is asked again"):
        finds_the_same_again(rule_of(GOOD.replace("document.entries:", once)))


def test_cases_that_are_so_pass(path: Path) -> None:
    testing.check_case_file(path)
    found = testing.cases(path)
    assert [str(case) for case in found] == ["asking-title: It asks", "asking-title: It does not"]
    for case in found:
        testing.check_case(case)
    assert not testing.update(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("it asks", "it answers", r"`report` is not what the rule does.*\n- .*answers"),
        ("**It Is So.** ICLR 2022.\n```\n\n## It does", "**So.**\n```\n\n## It does", "fixed unsafe"),
        ("A question.\n", "", "no sentence says why"),
        ("```markdown", "```toml\nx = 1\n```\n\n```markdown", "its options are wrong"),
        ("```markdown", "```toml\nx =\n```\n\n```markdown", "its options are wrong"),
    ],
)  # fmt: skip
def test_a_case_that_is_not_so_is_told_in_words(
    path: Path, old: str, new: str, message: str
) -> None:
    path.write_text(CASES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AssertionError, match=message):
        for case in testing.cases(path):
            testing.check_case(case)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# asking-title\n", "has no case"),
        (CASES.replace("# asking", "# talking", 1), "begins with the name"),
        (CASES.replace("```markdown", "```text", 1), "no list"),
        (CASES.replace("```markdown", "```report\n```\n\n```markdown", 1), "one fence twice"),
        (CASES.partition("## It does")[0], "1 cases that are reported and 0 that are not"),
        (CASES.partition("## It asks")[0] + "## It does" + CASES.partition("## It does")[2], "no case that"),
        (CASES + "\nMore words.\n", "is not as `--update` writes it"),
    ],
)  # fmt: skip
def test_a_case_file_that_is_out_of_order_is_told_in_words(
    path: Path, text: str, message: str
) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match=message):
        testing.check_case_file(path)


def test_cases_whose_fix_is_not_made_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = rule_of(GOOD.replace('{"title"}', "()"))
    monkeypatch.setattr(registry, "rules", lambda: (strict,))
    with pytest.raises(AssertionError, match="a fix at line 1 is not made"):
        testing.check_case(testing.cases(path)[0])


def test_the_checks_of_a_distribution_are_its_rules_and_its_cases(path: Path) -> None:
    (path.parent / "another.md").write_text(CASES, encoding="utf-8")
    found = testing.checks("lab-rules", path.parent)
    names = [str(check) for check in found]
    assert "asking-title: bad example is reported" in names
    assert "asking-title: It does not" in names
    assert len(set(names)) == len(names)
    failed = list(failures(found))
    assert failed == ["another: has a case file"]
    path.unlink()
    (path.parent / "another.md").unlink()
    assert list(failures(testing.checks("lab-rules", path.parent))) == [
        "asking-title: has a case file"
    ]


def failures(checks: list[testing.Check]) -> Iterator[str]:
    for check in checks:
        try:
            check()
        except AssertionError:
            yield str(check)


def test_a_distribution_without_rules_is_told(rule: Rule) -> None:
    with pytest.raises(AssertionError, match="no rules of nobody: is it installed here"):
        testing.rules_of("nobody")


def test_a_case_file_of_no_rule_is_told(path: Path) -> None:
    other = path.rename(path.with_name("shouting-title.md"))
    other.write_text(CASES.replace("asking", "shouting"), encoding="utf-8")
    with pytest.raises(AssertionError, match="is named after no rule"):
        testing.check_case_file(other)


def test_the_command_writes_what_rules_do_and_says_what_is_wrong(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = CASES.replace("1:3 LAB001 it asks [asking-title]\n", "")
    path.write_text(bare, encoding="utf-8")
    assert testing.main([str(path)]) == 1
    assert "`report` is not what the rule does" in capsys.readouterr().err
    assert testing.main(["--update", str(path.parent)]) == 0
    assert path.read_text(encoding="utf-8") == CASES
    assert "written" in capsys.readouterr().out
    assert testing.main(["--update", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_the_kit_needs_no_pytest() -> None:
    program = "import sys, peftlint.testing; print('pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]
