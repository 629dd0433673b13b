"""Which rules there are, and which of them are selected.

Rules come in by the entry-point group `peftlint.rules`, ours by the same door as anyone's: an
entry point names a package, and each module in it is a rule. Only installed distributions are
asked. A path or a module that a list's configuration names is never loaded: in a pull request
that is a stranger's text.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Literal

from peftlint import basis
from peftlint.installed import EntryPoint, entry_points
from peftlint.rule import Profile, Rule, RuleError, Severity, from_module, in_words
from peftlint.value import Value

GROUP = "peftlint.rules"

#: Selects every rule, also those that are off by default.
ALL = "ALL"
#: How the codes of the rules about layout begin.
_LAYOUT = "PL1"


#: What decides whether a rule runs, by its key in a configuration.
Setting = Literal["profile", "select", "extend-select", "ignore"]


class Verdict(Value):
    """Whether a rule runs, and what decides that.

    Attributes:
        rule: which one.
        runs: whether it does.
        setting: what decides it.
        at: the index of the selector in that setting; `None` where it is the profile, or where no
            selector of `select` means the rule.
    """

    rule: Rule
    runs: bool
    setting: Setting
    at: int | None = None


class UnknownRuleError(ValueError):
    """A selector names no rule.

    Attributes:
        selector: what was given.
        nearest: the rule's name or code that comes nearest, or `None`.
    """

    def __init__(self, selector: str, nearest: str | None) -> None:
        self.selector = selector
        self.nearest = nearest
        hint = f"; did you mean {nearest!r}?" if nearest else "; `peftlint rules` lists them"
        super().__init__(f"there is no rule {selector!r}{hint}")


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All installed rules, by code.

    Raises:
        RuleError: a distribution's rules cannot be loaded, or two rules share a name or a code;
            the message names the distribution.
    """
    found: list[Rule] = []
    for point in entry_points(GROUP):
        found.extend(_rules_of(point))
    found.sort(key=lambda rule: rule.code)
    taken: dict[str, Rule] = {}
    for rule in found:
        for key in (rule.code, rule.name):
            other = taken.setdefault(key, rule)
            if other is rule:
                continue
            if other.origin == rule.origin:
                raise RuleError(f"{rule.origin} has two rules {key}: rename one of them")
            raise RuleError(
                f"{rule.origin} and {other.origin} both have a rule {key}: uninstall one of them"
            )
    return tuple(found)


def _rules_of(point: EntryPoint) -> Iterator[Rule]:
    package = _imported(point.module, f"the rules of {point.distribution}")
    if not hasattr(package, "__path__"):
        raise RuleError(
            f"the rules of {point.distribution} cannot be loaded: {point.module} is a module; "
            f"the entry point names the package that it is in"
        )
    try:
        names = _module_names(package)
    except OSError as error:
        raise RuleError(
            f"the rules of {point.distribution} cannot be loaded: {in_words(error)}"
        ) from error
    for name in names:
        where = f"rule module {point.module}.{name} of {point.distribution}"
        yield from_module(_imported(f"{point.module}.{name}", where), point.distribution)


def _imported(name: str, what: str) -> ModuleType:
    """Import a module of a stranger's.

    Raises:
        RuleError: it cannot be imported; the message begins with `what`.
    """
    try:
        return importlib.import_module(name)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # Whatever a stranger's package does wrong, be it that it exits, the user needs its name,
        # not our traceback.
        raise RuleError(f"{what} cannot be loaded: {in_words(error)}") from error


def _module_names(package: ModuleType) -> list[str]:
    """The modules in a package, but for those whose name says that they are its own matter."""
    names = (name for folder in package.__path__ for name, _ in basis.entries_of(folder))
    modules = (name.removesuffix(".py") for name in names if name.endswith(".py"))
    return sorted(module for module in modules if not module.startswith("_"))


def find(selector: str) -> Rule:
    """The rule with this code or name, in any case.

    Raises:
        UnknownRuleError: there is none.
    """
    wanted = selector.casefold()
    for rule in rules():
        if wanted in (rule.code.casefold(), rule.name):
            return rule
    raise UnknownRuleError(selector, _nearest(selector))


def matching(selector: str) -> tuple[Rule, ...]:
    """The rules that a selector means: a code, the beginning of codes (`PL2`), a name, or `ALL`.

    Raises:
        UnknownRuleError: none of them.
    """
    if selector.upper() == ALL:
        return rules()
    wanted = selector.casefold()
    found = tuple(
        rule
        for rule in rules()
        if wanted == rule.name or (wanted and rule.code.casefold().startswith(wanted))
    )
    if not found:
        raise UnknownRuleError(selector, _nearest(selector))
    return found


def layout_rules(ignored: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules about layout, by code, also those that are off by default.

    Args:
        ignored: selectors of rules to leave out.

    Raises:
        UnknownRuleError: a selector names no rule.
        RuleError: the rules cannot be loaded.
    """
    return select((_LAYOUT,), ignored)


def select(
    selected: Sequence[str] | None = None,
    ignored: Sequence[str] = (),
    extended: Sequence[str] = (),
    profile: Profile = "default",
) -> tuple[Rule, ...]:
    """The rules to run, by code; `verdicts` says how that is decided, and why."""
    found = verdicts(selected, ignored, extended, profile)
    return tuple(verdict.rule for verdict in found if verdict.runs)


def verdicts(
    selected: Sequence[str] | None = None,
    ignored: Sequence[str] = (),
    extended: Sequence[str] = (),
    profile: Profile = "default",
) -> list[Verdict]:
    """Which rules run and which do not, by code.

    A more exact selector wins over a broader one, as in ruff: `--select PL2 --ignore PL201`
    and `--select PL201 --ignore PL2` both do what they say.

    Args:
        selected: selectors; `None` for the rules of the profile.
        ignored: selectors of rules to leave out.
        extended: selectors of rules to run as well.
        profile: which rules run where nothing is selected.

    Raises:
        UnknownRuleError: a selector names no rule.
    """
    found: dict[str, Verdict] = {}
    for rule in rules():
        by_profile = Verdict(rule, rule.is_in(profile), "profile")
        found[rule.code] = by_profile if selected is None else Verdict(rule, False, "select")
    weight = dict.fromkeys(found, 0)
    wanted: tuple[tuple[Setting, Sequence[str]], ...]
    wanted = (("select", selected or ()), ("extend-select", extended))
    for setting, selectors in wanted:
        for index, selector in enumerate(selectors):
            exact = exactness(selector)
            for rule in matching(selector):
                if not found[rule.code].runs or exact > weight[rule.code]:
                    weight[rule.code] = exact
                    found[rule.code] = Verdict(rule, True, setting, index)
    for index, selector in enumerate(ignored):
        exact = exactness(selector)
        for rule in matching(selector):
            if found[rule.code].runs and weight[rule.code] <= exact:
                found[rule.code] = Verdict(rule, False, "ignore", index)
    return list(found.values())


def graded(chosen: Iterable[Rule], severities: Mapping[str, Severity]) -> tuple[Rule, ...]:
    """Rules with the severities that a configuration gives them.

    Args:
        chosen: the rules.
        severities: selectors to severities; the more exact selector wins.

    Raises:
        UnknownRuleError: a selector names no rule.
    """
    given: dict[str, Severity] = {}
    # What is set later goes over what was set before.
    for selector in sorted(severities, key=exactness):
        for rule in matching(selector):
            given[rule.code] = severities[selector]
    return tuple(rule._replace(severity=given.get(rule.code, rule.severity)) for rule in chosen)


def exactness(selector: str) -> int:
    """How exact a selector is: the more letters of a code, the more; a name is as a code."""
    if selector.upper() == ALL:
        return 0
    named = (rule for rule in rules() if selector.casefold() == rule.name)
    return len(next((rule.code for rule in named), selector))


def _nearest(selector: str) -> str | None:
    import difflib  # only a mistake needs it

    names = [word for rule in rules() for word in (rule.name, rule.code)]
    near = difflib.get_close_matches(selector.lower(), names, 1, 0.6)
    near = near or difflib.get_close_matches(selector.upper(), names, 1, 0.6)
    return near[0] if near else None
