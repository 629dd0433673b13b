"""`peftlint explain RULE`: what a rule is about."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

from peftlint.commands.command import Argument, takes
from peftlint.commands.config import ANY_LIST, origin_in_words, reason_in_words
from peftlint.commands.exit_code import ExitCode
from peftlint.documentation import sections
from peftlint.effective import Effective, RuleState, effective
from peftlint.finder import Finder
from peftlint.option import Option, options_in
from peftlint.printable import printable
from peftlint.registry import UnknownRuleError, find, matching
from peftlint.report.as_toml import toml
from peftlint.report.terminal import Terminal
from peftlint.rule import PROFILES, Rule
from peftlint.settings import ConfigError
from peftlint.wording import listed, type_in_words

_FIXES = {
    "safe": "`peftlint fix` fixes it",
    "unsafe": "`peftlint fix --unsafe-fixes` fixes it",
    "none": "it has no fix",
}


@takes(Argument("rule"))
def command(rule: str) -> ExitCode:
    """Explain RULE, given by its code or its name: what it reports and why, with an example."""
    try:
        found = find(rule)
    except UnknownRuleError as error:
        _show_candidates(rule, error)
        return ExitCode.FAILURE
    terminal = Terminal()
    try:
        here = _here()
    except ConfigError:
        # Perhaps it is to mend this very config that the rule is looked up.
        terminal.write(explanation(found, None, terminal))
        raise
    terminal.write(explanation(found, here, terminal))
    return ExitCode.CLEAN


def _here() -> Effective:
    """What holds for the lists of this folder.

    Raises:
        ConfigError: their config cannot be used.
    """
    settings = Finder().settings(Path(ANY_LIST))
    return effective(Path(ANY_LIST), settings, settings, ())


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


def explanation(rule: Rule, here: Effective | None, terminal: Terminal) -> Iterator[str]:
    """The lines that explain a rule: a heading, its documentation and its options, as Markdown.

    Args:
        rule: the rule.
        here: what holds for the lists of this folder; `None` where that is not known.
        terminal: for its colors.

    Raises:
        RuleError: its options cannot be used.
    """
    profiles = [f"`{profile}`" for profile in PROFILES if rule.is_in(profile)]
    yield terminal.paint(f"# {rule.name} ({rule.code})", "bold")
    yield ""
    yield f"Its severity is `{rule.severity}`."
    yield f"{_are_run_by(profiles)} it; {_FIXES[rule.fix]}."
    if here is not None:
        yield from _state(next(one for one in here.rules if one.rule.code == rule.code))
    if rule.url is not None:
        yield f"It is also at {terminal.link(rule.url, rule.url)}"
    yield ""
    yield from rule.doc.strip().split("\n")
    options = options_in(rule)
    if options:
        yield ""
        yield from _options(rule, options, here)


def _are_run_by(profiles: Sequence[str]) -> str:
    if len(profiles) == 1:
        return f"The profile {profiles[0]} runs"
    return f"The profiles {listed(profiles, 'and')} run"


def _state(state: RuleState) -> Iterator[str]:
    """What the config says of the rule, where it says something."""
    if state.severity_origin.kind != "default":
        yield f"Here it is `{state.rule.severity}`, by {origin_in_words(state.severity_origin)}."
    if state.origin.kind != "default":
        runs = "runs" if state.runs else "does not run"
        yield f"Here it {runs}: {reason_in_words(state)}."


def _options(rule: Rule, options: Sequence[Option], here: Effective | None) -> Iterator[str]:
    values = {value.key: value for value in here.values} if here else {}
    yield "## Configuration"
    yield ""
    yield f"Under `[tool.peftlint.rules.{rule.name}]`:"
    yield ""
    for option in options:
        # TOML has no null: such an option is not there.
        default = option.default
        shown = "not set by default" if default is None else f"default `{toml(default)}`"
        value = values.get(("rules", rule.name, option.key))
        said = ""
        if value is not None and value.origins[0].kind != "default":
            said = f"; here `{toml(value.value)}`, by {origin_in_words(value.origins[0])}"
        yield f"- `{option.key}`: {type_in_words(option.type)}, {shown}{said}"
        if option.doc and not _has_options_section(rule):
            yield f"  {option.doc}"
    docstring = inspect.cleandoc((rule.options and rule.options.__doc__) or "")
    if not any(option.doc for option in options) and not _has_options_section(rule):
        yield ""
        yield from docstring.split("\n")


def _has_options_section(rule: Rule) -> bool:
    """Whether the documentation explains the options itself."""
    return "Options" in sections(rule.doc)
