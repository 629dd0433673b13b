"""`peftlint explain RULE`: what a rule is about."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import click

from peftlint.commands.exit_code import ExitCode, exit_with
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


def _options(rule: Rule, options: type[Any]) -> Iterator[str]:
    yield "## Configuration"
    yield ""
    yield f"Under `[tool.peftlint.rules.{rule.name}]`:"
    yield ""
    defaults = options()
    for option in fields(options):
        default = getattr(defaults, option.name)
        key = option.name.replace("_", "-")
        kind = option.type if isinstance(option.type, str) else option.type.__name__
        # TOML has no null: such an option is not there.
        shown = "not set by default" if default is None else f"default `{_toml(default)}`"
        yield f"- `{key}`: {kind}, {shown}"
    if not _has_options_section(rule):
        yield ""
        yield from inspect.cleandoc(options.__doc__ or "").split("\n")


def _has_options_section(rule: Rule) -> bool:
    """Whether the documentation explains the options itself."""
    return "\n## Options\n" in rule.doc


def _toml(value: object) -> str:
    """A default as it is written in a config."""
    # TOML writes these three as JSON does.
    import json

    if isinstance(value, (tuple, list, frozenset, set)):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
