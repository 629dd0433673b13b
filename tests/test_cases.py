"""Each rule does in each of its cases what the case file says.

`fixtures/rules/NAME.md` holds the cases of a rule: a heading, prose that says why, and fences:
`toml` for the rule's options where it needs any, `markdown` for the list, `report` for what the
rule says about it, and `fixed` and `fixed unsafe` for the list afterwards, where it changes.

`pytest tests/test_cases.py --update` writes what the rules say now into the last three.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from peftlint.fixer import fix
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.registry import find, select
from peftlint.rule import Rule

CASES = Path(__file__).parent.parent / "fixtures" / "rules"

FENCE = re.compile(
    r"^(?P<mark>`{3,}|~{3,})(?P<info>toml|markdown|report|fixed unsafe|fixed)\n"
    r"(?P<text>.*?)^(?P=mark)$\n?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """A case: what its file says before the results, and its fences by their info."""

    rule: str
    heading: str
    head: str
    mark: str
    fences: dict[str, str]


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file, in order."""
    text = path.read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"^## ", text, re.MULTILINE)]
    outside = [start for start in starts if not in_fence(text, start)]
    for start, end in zip(outside, [*outside[1:], len(text)], strict=True):
        case = text[start:end]
        found = list(FENCE.finditer(case))
        fences = {match["info"]: match["text"] for match in found}
        assert len(fences) == len(found), f"{path.name}: a fence twice in {case.splitlines()[0]}"
        shown = next(match for match in found if match["info"] == "markdown")
        head = case[: shown.end()]
        yield Case(path.stem, case[3:].splitlines()[0], head, shown["mark"], fences)


def in_fence(text: str, place: int) -> bool:
    """Whether a place lies in a fence: a list in a case has headings of its own."""
    return any(match.start() < place < match.end() for match in FENCE.finditer(text))


def results(case: Case) -> dict[str, str]:
    """What the rule says about the case now, by the info of the fence that shows it."""
    rule = find(case.rule)
    text = case.fences["markdown"]
    options = options_of(case, rule)
    running = rules_beside(rule)
    found = {
        "report": "".join(
            f"{item.line}:{item.column} {item.code} {item.message} [{item.name}]\n"
            for item in lint(read(text), running, options)
            if item.code == rule.code
        )
    }
    safe = fix(text, running, options)
    unsafe = fix(text, running, options, unsafe=True)
    assert not safe.withheld, safe.withheld
    assert not unsafe.withheld, unsafe.withheld
    if safe.text != text:
        found["fixed"] = safe.text
    if unsafe.text != safe.text:
        found["fixed unsafe"] = unsafe.text
    return found


def rules_beside(rule: Rule) -> tuple[Rule, ...]:
    """The rules to run: a rule about suppressions judges what others do."""
    return select() if rule.suppression_checker else (rule,)


def options_of(case: Case, rule: Rule) -> dict[str, object]:
    """The options that the case's TOML gives to its rule."""
    if "toml" not in case.fences:
        return {}
    assert rule.options is not None
    given = tomllib.loads(case.fences["toml"])
    return {rule.name: rule.options(**{key.replace("-", "_"): given[key] for key in given})}


def updated(case: Case) -> str:
    """The case with what the rule says about it now."""
    fences = [f"{case.mark}{info}\n{text}{case.mark}\n" for info, text in results(case).items()]
    return "\n".join([case.head, *fences])


ALL = [case for path in sorted(CASES.glob("*.md")) for case in cases(path)]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_a_case_file_is_up_to_date_or_brought_up_to_date(
    path: Path, request: pytest.FixtureRequest
) -> None:
    text = path.read_text(encoding="utf-8")
    found = list(cases(path))
    now = text[: text.index(found[0].head)] + "\n".join(updated(case) for case in found)
    if request.config.getoption("--update"):
        path.write_text(now, encoding="utf-8")
    else:
        assert text == now


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.rule}: {case.heading}")
def test_a_fixed_case_is_settled(case: Case) -> None:
    rule = find(case.rule)
    options = options_of(case, rule)
    for unsafe in (False, True):
        once = fix(case.fences["markdown"], rules_beside(rule), options, unsafe=unsafe)
        again = fix(once.text, rules_beside(rule), options, unsafe=unsafe)
        assert again.text == once.text
        assert not again.changed


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_a_case_file_is_named_after_a_rule_and_says_so(path: Path) -> None:
    assert find(path.stem).name == path.stem
    assert path.read_text(encoding="utf-8").startswith(f"# {path.stem}\n")


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_a_rule_has_as_many_silent_cases_as_firing_ones(path: Path) -> None:
    reports = [case.fences["report"] for case in cases(path)]
    firing = sum(bool(report) for report in reports)
    assert firing
    assert len(reports) - firing >= firing


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.rule}: {case.heading}")
def test_a_case_says_why(case: Case) -> None:
    prose = FENCE.sub("", case.head).partition("\n")[2].strip()
    assert prose.endswith((".", ".)"))
