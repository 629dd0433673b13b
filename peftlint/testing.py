"""A kit for the tests of rules, ours and anyone's.

What a rule promises is checked here: that its documentation is true, and that it does in each
case of its case file what the file says. With pytest, all of it is three lines:

    @pytest.mark.parametrize("check", testing.checks("lab-rules", CASES), ids=str)
    def test_a_rule_keeps_its_promises(check):
        check()

A case file, `cases/NAME.md`, belongs to the rule `NAME`. It is Markdown: a heading for each case,
prose that says why, and fences: `toml` for the rule's options where it needs any, `markdown` for
the list, `report` for what the rule says about it, and `fixed` and `fixed unsafe` for the list
afterwards, where it changes. The last three are written by

    python -m peftlint.testing --update cases

and read before they are committed. Whatever fails raises `AssertionError`; nothing here needs
pytest.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from peftlint import registry
from peftlint.config import OptionError, options_of
from peftlint.diagnostic import Diagnostic
from peftlint.fixer import fix
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.rule import Example, Rule

__all__ = [
    "PROMISES",
    "Case",
    "Check",
    "case_checks",
    "cases",
    "check_case",
    "check_case_file",
    "check_rule",
    "checks",
    "main",
    "rule_checks",
    "rules_of",
    "update",
]

OWN = "peftlint"

_LONGEST_SUMMARY = 120

_FENCE = re.compile(
    r"^(?P<mark>`{3,}|~{3,})(?P<info>toml|markdown|report|fixed unsafe|fixed)\n"
    r"(?P<text>.*?)^(?P=mark)$\n?",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^## ", re.MULTILINE)
#: The fences that `update` writes, in the order in which they stand.
_RESULTS = ("report", "fixed", "fixed unsafe")

#: What hides a list, by its name, its opening line and its closing line.
_HIDDEN = (
    ("a code fence", "~~~~markdown", "~~~~"),
    ("a comment", "<!--", "-->"),
    ("a comment that begins with words", "<!-- to do:", "-->"),
    ("a code fence in an item", "- an item\n\n  ~~~~", "  ~~~~"),
)


def rules_of(distribution: str) -> tuple[Rule, ...]:
    """The rules that an installed distribution brings, by code.

    Args:
        distribution: its name, such as `lab-rules`.

    Raises:
        AssertionError: it brings none, or is not installed.
        RuleError: the rules cannot be loaded.
    """
    found = tuple(rule for rule in registry.rules() if rule.origin == distribution)
    _hold(
        bool(found),
        f"no rules of {distribution}: is it installed here, and does it name its package under "
        f"the entry points {registry.GROUP!r}?",
    )
    return found


# What every rule promises.


def documentation_begins_with_one_sentence(rule: Rule) -> None:
    """The first paragraph of the docstring is its summary, which stands in tables."""
    summary = rule.summary
    _hold(
        summary.endswith(".") and summary[0].isupper() and not re.search(r"[.!?] ", summary),
        f"the documentation of {rule.name} begins with one sentence and a blank line, "
        f"not with {summary!r}",
    )
    _hold(
        len(summary) <= _LONGEST_SUMMARY,
        f"the first sentence of {rule.name} has {len(summary)} characters; "
        f"at most {_LONGEST_SUMMARY} fit into a table",
    )


def documentation_says_why(rule: Rule) -> None:
    """Prose follows the first sentence: who is reported wants to know what for."""
    prose = rule.doc.strip().partition("\n\n")[2].partition("## ")[0]
    _hold(bool(prose.strip()), f"the documentation of {rule.name} does not say why")


def bad_example_is_reported(rule: Rule) -> None:
    """The list under `## Bad` has at least one finding."""
    _hold(bool(_found(rule, _example(rule).bad)), f"{rule.name} does not report its Bad example")


def good_example_is_clean_under_every_rule(rule: Rule) -> None:
    """The list under `## Good` has no finding, of peftlint's own rules either."""
    others = (other for other in registry.rules() if other.origin in (OWN, rule.origin))
    every = {other.code: other for other in others} | {rule.code: rule}
    found = lint(read(_example(rule).good), every.values())
    _hold(not found, f"the Good example of {rule.name} is reported:\n{_report(found)}")


def fixing_the_bad_example_gives_the_good_one(rule: Rule) -> None:
    """Character by character, and nothing is left; a rule without fixes has none."""
    bad, good = _example(rule)
    result = fix(bad, [rule], unsafe=rule.fix == "unsafe")
    if rule.fix == "none":
        _hold(
            not result.changed and all(found.fix is None for found in result.remaining),
            f"{rule.name} has a fix, but its FIX is 'none'",
        )
        return
    withheld = "".join(f"\nnot made: {one.reason}" for one in result.withheld)
    _same(result.text, good, f"fixing the Bad example of {rule.name} gives another Good{withheld}")
    _hold(
        not result.remaining,
        f"the Bad example of {rule.name} is reported after it is fixed:\n"
        f"{_report(result.remaining)}",
    )


def says_how_safe_its_fix_is(rule: Rule) -> None:
    """The fixes of its Bad example are as `FIX` has it."""
    wanted = {"safe": {True}, "unsafe": {False}, "none": set[bool]()}[rule.fix]
    fixes = [found.fix for found in _found(rule, _example(rule).bad)]
    safe = {fix.is_safe for fix in fixes if fix}
    _hold(
        safe == wanted,
        f"FIX of {rule.name} is {rule.fix!r}, but the fixes of its Bad example are "
        f"{' and '.join('safe' if is_safe else 'unsafe' for is_safe in sorted(safe)) or 'none'}",
    )


def messages_are_one_line_without_a_full_stop(rule: Rule) -> None:
    """They stand in one line with the rule's name behind them."""
    for found in rule.check(read(_example(rule).bad)):
        _hold(
            found.message.splitlines() == [found.message.strip()],
            f"a message of {rule.name} is not one line of words: {found.message!r}",
        )
        _hold(
            not found.message.endswith("."),
            f"a message of {rule.name} ends with a full stop: {found.message!r}",
        )


def is_silent_in_code_and_comments(rule: Rule) -> None:
    """Nobody reads a list there: code shows how one is written, and a comment is hidden."""
    bad, good = _example(rule)
    for place, opening, closing in _HIDDEN:
        indent = closing[: len(closing) - len(closing.lstrip())]
        hidden = "".join(indent + line for line in bad.splitlines(keepends=True))
        for before, after in (("", ""), (f"{good}\n", ""), ("", f"\n{good}")):
            text = f"{before}{opening}\n{hidden}{closing}\n{after}"
            found = _found(rule, text)
            _hold(
                not found, f"{rule.name} reports what stands in {place}:\n{_report(found)}\n{text}"
            )


def finds_the_same_with_other_line_ends(rule: Rule) -> None:
    r"""Lists from other systems end their lines with `\r\n` or `\r`."""
    bad, good = _example(rule)
    for newline in ("\r\n", "\r"):
        result = fix(bad.replace("\n", newline), [rule], unsafe=rule.fix == "unsafe")
        where = f"where lines end with {newline!r}"
        if rule.fix == "none":
            _hold(bool(result.remaining), f"{rule.name} does not report its Bad example {where}")
        else:
            wanted = good.replace("\n", newline)
            _same(result.text, wanted, f"{rule.name} does not fix its Bad example {where}")


def finds_the_same_again(rule: Rule) -> None:
    """A rule remembers nothing from one list to the next."""
    bad = _example(rule).bad
    once, again = _found(rule, bad), _found(rule, bad)
    _hold(once == again, f"{rule.name} reports something else when it is asked again")


def every_option_is_documented(rule: Rule) -> None:
    """Under `## Options`, with its key as a config has it: `` `the-key`: ... ``."""
    documented = rule.doc.partition("\n## Options\n")[2]
    if rule.options is None:
        _hold(not documented, f"{rule.name} documents options and has none")
        return
    for field in dataclasses.fields(rule.options):
        key = field.name.replace("_", "-")
        _hold(
            f"`{key}`:" in documented,
            f"the documentation of {rule.name} has no line `{key}`: under '## Options'",
        )


def code_is_its_own(rule: Rule) -> None:
    """`PL` is peftlint's: a rule of ours may have that code one day."""
    _hold(
        rule.code.startswith("PL") == (rule.origin == OWN),
        f"the code of {rule.name}, {rule.code}, begins with PL as peftlint's do; "
        "choose letters of your own",
    )


#: What a rule promises: functions that raise `AssertionError` where it is not so.
PROMISES: tuple[Callable[[Rule], None], ...] = (
    documentation_begins_with_one_sentence,
    documentation_says_why,
    bad_example_is_reported,
    good_example_is_clean_under_every_rule,
    fixing_the_bad_example_gives_the_good_one,
    says_how_safe_its_fix_is,
    messages_are_one_line_without_a_full_stop,
    is_silent_in_code_and_comments,
    finds_the_same_with_other_line_ends,
    finds_the_same_again,
    every_option_is_documented,
    code_is_its_own,
)


def check_rule(rule: Rule) -> None:
    """Hold a rule to all of `PROMISES`.

    Raises:
        AssertionError: a promise is not kept; the message says which and how.
    """
    for promise in PROMISES:
        promise(rule)


# Cases.


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
    _hold(prose.endswith((".", ".)")), f"{case}: no sentence says why, between heading and list")
    results = _results(case)
    hint = f"`python -m peftlint.testing --update {case.path.name}` writes what it does now"
    for info in _RESULTS:
        said, now = case.fences.get(info, ""), results.get(info, "")
        _same(now, said, f"{case}: `{info}` is not what the rule does; {hint}")
    rule, options = _rule_of(case)
    for info in results.keys() - {"report"}:
        once = results[info]
        again = fix(once, _beside(rule), options, unsafe=info == "fixed unsafe")
        _same(again.text, once, f"{case}: a second fix changes what the first one made")


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
    _hold(
        text.startswith(f"# {path.stem}\n"),
        f"{path.name} begins with the name of its rule: # {path.stem}",
    )
    _find(path)
    firing = [case for case in found if case.fences.get("report")]
    silent = len(found) - len(firing)
    _hold(bool(firing), f"{path.name} has no case that is reported")
    _hold(
        silent >= len(firing),
        f"{path.name} has {len(firing)} cases that are reported and {silent} that are not; "
        "what looks alike and is right deserves as many",
    )
    written = before + "\n".join(_written(case, case.fences) for case in found)
    _same(text, written, f"{path.name} is not as `--update` writes it")


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


# All of it.


class Check(NamedTuple):
    """Something to hold a rule to, to be called; its name is a sentence.

    Attributes:
        subject: the rule's name.
        promise: what is held to.
        run: does it.
    """

    subject: str
    promise: str
    run: Callable[[], None]

    def __call__(self) -> None:
        """Do it.

        Raises:
            AssertionError: it is not so.
        """
        __tracebackhide__ = True
        self.run()

    def __str__(self) -> str:
        """`rule: promise`, for the names of tests."""
        return f"{self.subject}: {self.promise}"


def checks(distribution: str, folder: Path) -> list[Check]:
    """All that the rules of a distribution and their cases are held to, one by one.

    Args:
        distribution: as for `rules_of`.
        folder: where the case files are, one for each rule.

    Raises:
        AssertionError: the distribution brings no rules.
        RuleError: the rules cannot be loaded.
    """
    rules = rules_of(distribution)
    return rule_checks(rules) + case_checks(rules, folder)


def rule_checks(rules: Iterable[Rule]) -> list[Check]:
    """The promises of rules, one by one."""
    return [
        Check(rule.name, promise.__name__.replace("_", " "), _bound(promise, rule))
        for rule in rules
        for promise in PROMISES
    ]


def case_checks(rules: Iterable[Rule], folder: Path) -> list[Check]:
    """The cases of rules, one by one, and that the folder has a file for each rule and no other.

    Args:
        rules: all that have their cases in the folder.
        folder: of case files.
    """
    names = {rule.name for rule in rules}
    files = {path.stem for path in folder.glob("*.md")}
    found: list[Check] = []
    for name in sorted(names | files):
        path = folder / f"{name}.md"
        found.append(Check(name, "has a case file", _bound(_check_pair, path, names)))
        if name not in names & files:
            continue
        found.append(Check(name, "has a case file in order", _bound(check_case_file, path)))
        # One that cannot be read as cases has just that to be told.
        with contextlib.suppress(AssertionError):
            found += [Check(name, case.heading, _bound(check_case, case)) for case in cases(path)]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Check case files, or with `--update` write into them what the rules do now.

    Args:
        arguments: those of the command line where they are not given.

    Returns:
        The exit code: 1 where something is not as the files say.
    """
    # Only the command needs it.
    import argparse

    parser = argparse.ArgumentParser("peftlint.testing", description="Check or write case files.")
    parser.add_argument("--update", action="store_true", help="write what the rules do now")
    parser.add_argument("paths", nargs="+", type=Path, help="case files, or folders of them")
    given = parser.parse_args(arguments)
    failed = False
    for path in given.paths:
        for one in sorted(path.glob("*.md")) if path.is_dir() else [path]:
            try:
                if given.update and update(one):
                    sys.stdout.write(f"{one}: written; read the difference\n")
                for case in cases(one):
                    check_case(case)
                check_case_file(one)
            except (AssertionError, OSError) as error:
                failed = True
                sys.stderr.write(f"{error}\n")
    return int(failed)


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
    _hold(bool(starts), f"{path.name} has no case: each begins with a heading, '## ...'")
    found = [_case(path, text[at:end]) for at, end in pairwise([*starts, len(text)])]
    return text[: starts[0]], found


def _case(path: Path, text: str) -> Case:
    heading = text.splitlines()[0].removeprefix("## ")
    where = f"{path.name}: {heading}"
    found = list(_FENCE.finditer(text))
    fences = {match["info"]: match["text"] for match in found}
    _hold(len(fences) == len(found), f"{where}: one fence twice")
    _hold("markdown" in fences, f"{where}: no list, in a fence ```markdown")
    shown = next(match for match in found if match["info"] == "markdown")
    return Case(path, path.stem, heading, text[: shown.end()], shown["mark"], fences)


def _find(path: Path) -> Rule:
    try:
        rule = registry.find(path.stem)
    except registry.UnknownRuleError as error:
        raise AssertionError(f"{path.name} is named after no rule: {error}") from error
    _hold(rule.name == path.stem, f"{path.name} is not named after its rule, {rule.name}")
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
    results = {"report": _report(found)}
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


def _check_pair(path: Path, names: set[str]) -> None:
    _hold(path.is_file(), f"the rule {path.stem} has no cases: write {path}")
    _hold(path.stem in names, f"{path.name} is named after no rule of this distribution")


def _bound(function: Callable[..., None], *given: object) -> Callable[[], None]:
    def run() -> None:
        __tracebackhide__ = True
        function(*given)

    return run


def _example(rule: Rule) -> Example:
    if rule.example is None:
        raise AssertionError(
            f"{rule.name} has no Bad and Good: its docstring needs '## Bad' and '## Good', "
            "each with a fence ```markdown"
        )
    return rule.example


def _found(rule: Rule, text: str) -> list[Diagnostic]:
    return lint(read(text), [rule])


def _report(found: Iterable[Diagnostic]) -> str:
    return "".join(
        f"{item.line}:{item.column} {item.code} {item.message} [{item.name}]\n" for item in found
    )


def _hold(condition: bool, message: str) -> None:
    __tracebackhide__ = True
    if not condition:
        raise AssertionError(message)


def _same(now: str, wanted: str, message: str) -> None:
    __tracebackhide__ = True
    if now != wanted:
        lines = difflib.ndiff(wanted.splitlines(True), now.splitlines(True))
        raise AssertionError(f"{message}:\n{''.join(map(_whole_line, lines))}")


def _whole_line(line: str) -> str:
    # `\r` would let one line write over the other.
    return line.rstrip("\r\n") + "\n"


if __name__ == "__main__":
    sys.exit(main())
