"""`peftlint explain RULE`: what a rule is about."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import click

from peftlint.commands.exit_code import ExitCode, exit_with
from peftlint.documentation import options, sections
from peftlint.printable import printable
from peftlint.registry import UnknownRuleError, find, matching
from peftlint.report.terminal import Terminal
from peftlint.rule import Rule

_FIXES = {
    "safe": "`peftlint fix` fixes it",
    "unsafe": "`peftlint fix --unsafe-fixes` fixes it",
    "none": "it has no fix",
}


@click.command()
@click.argument("rule")
def command(rule: str) -> None:
    """Explain RULE, given by its code or its name: what it reports and why, with an example."""
    try:
        found = find(rule)
    except UnknownRuleError as error:
        _show_candidates(rule, error)
        return
    terminal = Terminal()
    terminal.write(explanation(found, terminal))


def _show_candidates(selector: str, error: UnknownRuleError) -> None:
    """List the rules that the beginning of a code may mean; where there are none, raise."""
    try:
        rules = matching(selector)
    except UnknownRuleError:
        raise error from None
    terminal = Terminal(is_error=True)
    label = terminal.paint("error:", "red")
    rows = [f"  {terminal.paint(rule.code, 'red')}  {rule.name}" for rule in rules]
    terminal.write([f"{label} '{printable(selector)}' is not one rule; it may mean", *rows])
    exit_with(ExitCode.FAILURE)


def explanation(rule: Rule, terminal: Terminal) -> Iterator[str]:
    """The lines that explain a rule: a heading, its documentation and its options, as Markdown.

    Args:
        rule: the rule.
        terminal: for its colors.
    """
    state = "on" if rule.is_default else "off"
    yield terminal.paint(f"# {rule.name} ({rule.code})", "bold")
    yield ""
    yield f"It is {state} by default; {_FIXES[rule.fix]}."
    yield ""
    yield from inspect.cleandoc(rule.doc).split("\n")
    if rule.options is not None:
        yield ""
        yield from _options(rule, rule.options)


def _options(rule: Rule, kind: type[Any]) -> Iterator[str]:
    yield "## Configuration"
    yield ""
    yield f"Under `[tool.peftlint.rules.{rule.name}]`:"
    yield ""
    for option in options(rule):
        shown = "not set by default" if option.default is None else f"default `{option.default}`"
        yield f"- `{option.key}`: {option.kind}, {shown}"
    if "Options" not in sections(rule.doc):
        # The documentation does not explain them itself.
        yield ""
        yield from inspect.cleandoc(kind.__doc__ or "").split("\n")
