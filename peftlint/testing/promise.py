"""What every rule promises."""

from __future__ import annotations

import re
from collections.abc import Callable

from peftlint import registry
from peftlint.diagnostic import Diagnostic
from peftlint.fixer import fix
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.rule import Example, Rule, option_fields
from peftlint.testing.expectation import hold, report, same

OWN = "peftlint"

_LONGEST_SUMMARY = 120

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
    hold(
        bool(found),
        f"no rules of {distribution}: is it installed here, and does it name its package under "
        f"the entry points {registry.GROUP!r}?",
    )
    return found


def documentation_begins_with_one_sentence(rule: Rule) -> None:
    """The first paragraph of the docstring is its summary, which stands in tables."""
    summary = rule.summary
    hold(
        summary.endswith(".") and summary[0].isupper() and not re.search(r"[.!?] ", summary),
        f"the documentation of {rule.name} begins with one sentence and a blank line, "
        f"not with {summary!r}",
    )
    hold(
        len(summary) <= _LONGEST_SUMMARY,
        f"the first sentence of {rule.name} has {len(summary)} characters; "
        f"at most {_LONGEST_SUMMARY} fit into a table",
    )


def documentation_says_why(rule: Rule) -> None:
    """Prose follows the first sentence: who is reported wants to know what for."""
    prose = rule.doc.strip().partition("\n\n")[2].partition("## ")[0]
    hold(bool(prose.strip()), f"the documentation of {rule.name} does not say why")


def bad_example_is_reported(rule: Rule) -> None:
    """The list under `## Bad` has at least one finding."""
    hold(bool(_found(rule, _example(rule).bad)), f"{rule.name} does not report its Bad example")


def good_example_is_clean_under_every_rule(rule: Rule) -> None:
    """The list under `## Good` has no finding, of peftlint's own rules either."""
    others = (other for other in registry.rules() if other.origin in (OWN, rule.origin))
    every = {other.code: other for other in others} | {rule.code: rule}
    found = lint(read(_example(rule).good), every.values())
    hold(not found, f"the Good example of {rule.name} is reported:\n{report(found)}")


def fixing_the_bad_example_gives_the_good_one(rule: Rule) -> None:
    """Character by character, and nothing is left; a rule without fixes has none."""
    bad, good = _example(rule)
    result = fix(bad, [rule], unsafe=rule.fix == "unsafe")
    if rule.fix == "none":
        hold(
            not result.changed and all(found.fix is None for found in result.remaining),
            f"{rule.name} has a fix, but its FIX is 'none'",
        )
        return
    withheld = "".join(f"\nnot made: {one.reason}" for one in result.withheld)
    same(result.text, good, f"fixing the Bad example of {rule.name} gives another Good{withheld}")
    hold(
        not result.remaining,
        f"the Bad example of {rule.name} is reported after it is fixed:\n"
        f"{report(result.remaining)}",
    )


def says_how_safe_its_fix_is(rule: Rule) -> None:
    """The fixes of its Bad example are as `FIX` has it."""
    wanted = {"safe": {True}, "unsafe": {False}, "none": set[bool]()}[rule.fix]
    fixes = [found.fix for found in _found(rule, _example(rule).bad)]
    safe = {fix.is_safe for fix in fixes if fix}
    hold(
        safe == wanted,
        f"FIX of {rule.name} is {rule.fix!r}, but the fixes of its Bad example are "
        f"{' and '.join('safe' if is_safe else 'unsafe' for is_safe in sorted(safe)) or 'none'}",
    )


def messages_are_one_line_without_a_full_stop(rule: Rule) -> None:
    """They stand in one line with the rule's name behind them."""
    for found in rule.check(read(_example(rule).bad)):
        hold(
            found.message.splitlines() == [found.message.strip()],
            f"a message of {rule.name} is not one line of words: {found.message!r}",
        )
        hold(
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
            hold(not found, f"{rule.name} reports what stands in {place}:\n{report(found)}\n{text}")


def finds_the_same_with_other_line_ends(rule: Rule) -> None:
    r"""Lists from other systems end their lines with `\r\n` or `\r`."""
    bad, good = _example(rule)
    for newline in ("\r\n", "\r"):
        result = fix(bad.replace("\n", newline), [rule], unsafe=rule.fix == "unsafe")
        where = f"where lines end with {newline!r}"
        if rule.fix == "none":
            hold(bool(result.remaining), f"{rule.name} does not report its Bad example {where}")
        else:
            wanted = good.replace("\n", newline)
            same(result.text, wanted, f"{rule.name} does not fix its Bad example {where}")


def finds_the_same_again(rule: Rule) -> None:
    """A rule remembers nothing from one list to the next."""
    bad = _example(rule).bad
    once, again = _found(rule, bad), _found(rule, bad)
    hold(once == again, f"{rule.name} reports something else when it is asked again")


def every_option_is_documented(rule: Rule) -> None:
    """Under `## Options`, with its key as a config has it: `` `the-key`: ... ``."""
    documented = rule.doc.partition("\n## Options\n")[2]
    if rule.options is None:
        hold(not documented, f"{rule.name} documents options and has none")
        return
    for field in option_fields(rule.options) or ():
        key = field.replace("_", "-")
        hold(
            f"`{key}`:" in documented,
            f"the documentation of {rule.name} has no line `{key}`: under '## Options'",
        )


def code_is_its_own(rule: Rule) -> None:
    """`PL` is peftlint's: a rule of ours may have that code one day."""
    hold(
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


def _example(rule: Rule) -> Example:
    if rule.example is None:
        raise AssertionError(
            f"{rule.name} has no Bad and Good: its docstring needs '## Bad' and '## Good', "
            "each with a fence ```markdown"
        )
    return rule.example


def _found(rule: Rule, text: str) -> list[Diagnostic]:
    return lint(read(text), [rule])
