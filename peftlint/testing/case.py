"""The cases of a rule: what their files look like, and what they say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from peftlint import registry
from peftlint.config import OptionError, options_of
from peftlint.fixer import fix
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.rule import Rule
from peftlint.testing.expectation import hold, report, same

_FENCE = re.compile(
    r"^(?P<mark>`{3,}|~{3,})(?P<info>toml|markdown|report|fixed unsafe|fixed)\n"
    r"(?P<text>.*?)^(?P=mark)$\n?",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^## ", re.MULTILINE)
#: The fences that `update` writes, in the order in which they stand.
_RESULTS = ("report", "fixed", "fixed unsafe")


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a rule.

    Attributes:
        path: the file that it stands in.
        rule: the rule's name.
        heading: the case's own.
        head: what the file says up to and with the list.
        mark: the fence that the list stands in.
        fences: the text in each fence by what stands behind its mark.
    """

    path: Path
    rule: str
    heading: str
    head: str
    mark: str
    fences: dict[str, str]

    def __str__(self) -> str:
        """`rule: heading`, for the names of tests."""
        return f"{self.rule}: {self.heading}"


def cases(path: Path) -> list[Case]:
    """The cases of a file, in order.

    Args:
        path: `NAME.md`, for the rule `NAME`.

    Raises:
        AssertionError: there are none, or one has no list, or one fence twice.
    """
    _, found = _split(path)
    return found


def check_case(case: Case) -> None:
    """Hold a rule to what a case says: report, fixed texts, and that those are settled.

    Raises:
        AssertionError: it is not so; the message has the difference.
    """
    prose = _FENCE.sub("", case.head).partition("\n")[2].strip()
    hold(prose.endswith((".", ".)")), f"{case}: no sentence says why, between heading and list")
    results = _results(case)
    hint = f"`python -m peftlint.testing --update {case.path.name}` writes what it does now"
    for info in _RESULTS:
        said, now = case.fences.get(info, ""), results.get(info, "")
        same(now, said, f"{case}: `{info}` is not what the rule does; {hint}")
    rule, options = _rule_of(case)
    for info in results.keys() - {"report"}:
        once = results[info]
        again = fix(once, _beside(rule), options, unsafe=info == "fixed unsafe")
        same(again.text, once, f"{case}: a second fix changes what the first one made")


def check_case_file(path: Path) -> None:
    """Hold a file to what all case files have in common.

    It is named after a rule and begins with that name, is written as `update` writes it, and has
    at least as many silent cases as firing ones, of which there are some.

    Args:
        path: the file.

    Raises:
        AssertionError: it is not so.
    """
    before, found = _split(path)
    text = path.read_text(encoding="utf-8")
    hold(
        text.startswith(f"# {path.stem}\n"),
        f"{path.name} begins with the name of its rule: # {path.stem}",
    )
    _find(path)
    firing = [case for case in found if case.fences.get("report")]
    silent = len(found) - len(firing)
    hold(bool(firing), f"{path.name} has no case that is reported")
    hold(
        silent >= len(firing),
        f"{path.name} has {len(firing)} cases that are reported and {silent} that are not; "
        "what looks alike and is right deserves as many",
    )
    written = before + "\n".join(_written(case, case.fences) for case in found)
    same(text, written, f"{path.name} is not as `--update` writes it")


def update(path: Path) -> bool:
    """Write what a rule does now into its case file, to be read in the diff.

    Args:
        path: the file.

    Returns:
        Whether that changed the file.

    Raises:
        AssertionError: the file cannot be read as cases.
    """
    before, found = _split(path)
    now = before + "\n".join(_written(case, _results(case)) for case in found)
    if path.read_text(encoding="utf-8") == now:
        return False
    path.write_text(now, encoding="utf-8", newline="\n")
    return True


def _split(path: Path) -> tuple[str, list[Case]]:
    """What stands before the first case, and the cases."""
    text = path.read_text(encoding="utf-8")
    # A list in a case has headings of its own.
    fenced = [match.span() for match in _FENCE.finditer(text)]
    starts = [
        at.start()
        for at in _HEADING.finditer(text)
        if not any(start < at.start() < end for start, end in fenced)
    ]
    hold(bool(starts), f"{path.name} has no case: each begins with a heading, '## ...'")
    found = [_case(path, text[at:end]) for at, end in pairwise([*starts, len(text)])]
    return text[: starts[0]], found


def _case(path: Path, text: str) -> Case:
    heading = text.splitlines()[0].removeprefix("## ")
    where = f"{path.name}: {heading}"
    found = list(_FENCE.finditer(text))
    fences = {match["info"]: match["text"] for match in found}
    hold(len(fences) == len(found), f"{where}: one fence twice")
    hold("markdown" in fences, f"{where}: no list, in a fence ```markdown")
    shown = next(match for match in found if match["info"] == "markdown")
    return Case(path, path.stem, heading, text[: shown.end()], shown["mark"], fences)


def _find(path: Path) -> Rule:
    try:
        rule = registry.find(path.stem)
    except registry.UnknownRuleError as error:
        raise AssertionError(f"{path.name} is named after no rule: {error}") from error
    hold(rule.name == path.stem, f"{path.name} is not named after its rule, {rule.name}")
    return rule


def _rule_of(case: Case) -> tuple[Rule, dict[str, object]]:
    """The case's rule, and its options as the case's TOML has them."""
    rule = _find(case.path)
    if "toml" not in case.fences:
        return rule, {}
    try:
        return rule, {rule.name: options_of(rule, tomllib.loads(case.fences["toml"]))}
    except (OptionError, tomllib.TOMLDecodeError) as error:
        raise AssertionError(f"{case}: its options are wrong: {error}") from error


def _results(case: Case) -> dict[str, str]:
    """What the rule says about the case now, by the info of the fence that shows it."""
    rule, options = _rule_of(case)
    text = case.fences["markdown"]
    running = _beside(rule)
    found = [item for item in lint(read(text), running, options) if item.code == rule.code]
    results = {"report": report(found)}
    if not any(item.fix for item in found):
        return results
    safe = fix(text, running, options)
    unsafe = fix(text, running, options, unsafe=True)
    for result in (safe, unsafe):
        for one in result.withheld:
            raise AssertionError(
                f"{case}: a fix at line {one.diagnostic.line} is not made: {one.reason}"
            )
    if safe.text != text:
        results["fixed"] = safe.text
    if unsafe.text != safe.text:
        results["fixed unsafe"] = unsafe.text
    return results


def _beside(rule: Rule) -> tuple[Rule, ...]:
    """The rules to run in a case: a rule about suppressions judges what others do."""
    return registry.select() if rule.suppression_checker else (rule,)


def _written(case: Case, results: Mapping[str, str]) -> str:
    """A case as its file has it, with these results."""
    fences = [
        f"{case.mark}{info}\n{results[info]}{case.mark}\n" for info in _RESULTS if info in results
    ]
    return "\n".join([case.head, *fences])
