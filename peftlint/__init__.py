"""Lint and fix Markdown lists of research papers, from Python.

>>> import peftlint
>>> text = '''
... - **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]
... '''
>>> document = peftlint.parse(text)
>>> [(entry.title.text, entry.venue.text, entry.year.value) for entry in document.entries]
[('LoRA', 'ICLR', 2022)]
>>> for diagnostic in peftlint.lint(text):
...     print(diagnostic.line, diagnostic.column, diagnostic.code, diagnostic.name)
2 33 PL201 arxiv-pdf-link
>>> result = peftlint.fix(text)
>>> print(result.text.strip())
- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]
>>> result.remaining
()

`peftlint.normalize` writes all entries in one layout:

>>> print(peftlint.normalize(result.text, layout="linked-title").text.strip())
- [LoRA](https://arxiv.org/abs/2106.09685), ICLR 2022.

No configuration file is read here: what `[tool.peftlint]` would say is given as arguments,
options by the same keys and of the same types:

>>> peftlint.lint(text, options={"duplicate-entry": {"across-sections": False}})[0].name
'arxiv-pdf-link'

Offsets are code points, counted from 0; lines and columns are counted from 1.
`peftlint.file` reads and writes files without changing their newlines.
"""

from __future__ import annotations

#: Type checkers take it for true; `typing`, which has it, takes 4 ms to import.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from peftlint.diagnostic import Diagnostic
    from peftlint.fixer import FixResult, Withheld
    from peftlint.model import Badge, Document, Entry, Heading, Link, Section
    from peftlint.normalizer import Left, NormalizeResult
    from peftlint.registry import UnknownRuleError
    from peftlint.rule import Fix, Profile, Rule, RuleError, Severity
    from peftlint.source import Edit, Place, Span

    __version__: str

__all__ = [
    "Badge",
    "Diagnostic",
    "Document",
    "Edit",
    "Entry",
    "Fix",
    "FixResult",
    "Heading",
    "Left",
    "Link",
    "NormalizeResult",
    "Place",
    "Rule",
    "RuleError",
    "Section",
    "Span",
    "UnknownRuleError",
    "Withheld",
    "__version__",
    "fix",
    "lint",
    "normalize",
    "parse",
]

#: Where each class is; its module is imported when the class is asked for, so that
#: `import peftlint` costs nothing.
_HOMES = {
    "Badge": "peftlint.model",
    "Diagnostic": "peftlint.diagnostic",
    "Document": "peftlint.model",
    "Edit": "peftlint.source",
    "Entry": "peftlint.model",
    "Fix": "peftlint.rule",
    "FixResult": "peftlint.fixer",
    "Heading": "peftlint.model",
    "Left": "peftlint.normalizer",
    "Link": "peftlint.model",
    "NormalizeResult": "peftlint.normalizer",
    "Place": "peftlint.source",
    "Rule": "peftlint.rule",
    "RuleError": "peftlint.rule",
    "Section": "peftlint.model",
    "Span": "peftlint.source",
    "UnknownRuleError": "peftlint.registry",
    "Withheld": "peftlint.fixer",
}

_NO_SEVERITIES: Mapping[str, Severity] = {}
_NO_OPTIONS: Mapping[str, Mapping[str, object]] = {}
_NO_LAYOUTS: Mapping[str, str] = {}


def parse(text: str) -> Document:
    """Read a list.

    Args:
        text: Markdown, with any line ends; without a byte order mark, which would hide the
            first line's meaning. Every text can be read.

    Returns:
        Its entries, sections, links and badges, each with its place.

    Raises:
        TypeError: `text` is no string.
    """
    from peftlint.reader import read

    return read(_checked(text))


def lint(  # noqa: PLR0913 - what a configuration says of rules, each by its own key
    text: str,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    profile: Profile = "default",
    severity: Mapping[str, Severity] = _NO_SEVERITIES,
    options: Mapping[str, Mapping[str, object]] = _NO_OPTIONS,
) -> list[Diagnostic]:
    """What is wrong in a list.

    Args:
        text: as for `parse`.
        select: the rules to run: codes, beginnings of codes (`PL2`), names, or `ALL`; `None`
            for those of the profile. Each argument of selectors is a list, also
            for one selector.
        ignore: rules to leave out.
        extend_select: rules to run as well.
        profile: which rules run where `select` is `None`.
        severity: selectors to the severities of the rules that they mean; the more exact one
            wins.
        options: a rule's name to its options, by the keys of a configuration:
            `{"duplicate-entry": {"across-sections": False}}`.

    Returns:
        The findings, sorted by place, without those that the list suppresses.

    Raises:
        TypeError: `text` is no string, or selectors are no list of strings.
        UnknownRuleError: a selector, or a name in `options`, names no rule.
        ValueError: there is no such profile or severity; or a rule does not have such an option,
            or its value is of another type; the message has the key, and what was expected.
        RuleError: an installed rule cannot be loaded, or failed.
    """
    from peftlint import linter

    document = parse(text)
    rules = _rules(select, ignore, extend_select, profile, severity)
    return linter.lint(document, rules, _instances(options))


def fix(  # noqa: PLR0913 - those of `lint`, and whether to make unsafe fixes
    text: str,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    profile: Profile = "default",
    severity: Mapping[str, Severity] = _NO_SEVERITIES,
    options: Mapping[str, Mapping[str, object]] = _NO_OPTIONS,
    unsafe: bool = False,
) -> FixResult:
    """Fix a list, as far as it can be done without losing anything.

    Args:
        text: as for `parse`.
        select: as for `lint`.
        ignore: as for `lint`.
        extend_select: as for `lint`.
        profile: as for `lint`.
        severity: as for `lint`.
        options: as for `lint`.
        unsafe: make fixes as well that may lose or guess something.

    Returns:
        The fixed text, what was fixed, what is left and which fixes were withheld, and why.
        Fixing its text again changes nothing.

    Raises:
        TypeError: `text` is no string, or selectors are no list of strings.
        UnknownRuleError: a selector, or a name in `options`, names no rule.
        ValueError: there is no such profile or severity; or a rule does not have such an option,
            or its value is of another type; the message has the key, and what was expected.
        RuleError: an installed rule cannot be loaded, or failed.
    """
    from peftlint import fixer

    rules = _rules(select, ignore, extend_select, profile, severity)
    return fixer.fix(_checked(text), rules, _instances(options), unsafe=unsafe)


def normalize(  # noqa: PLR0913 - what a configuration says of layouts, each by its own key
    text: str,
    *,
    layout: str = "list",
    layouts: Mapping[str, str] = _NO_LAYOUTS,
    allow_loss: Sequence[str] = (),
    entries_only: bool = False,
    ignore: Sequence[str] = (),
    options: Mapping[str, Mapping[str, object]] = _NO_OPTIONS,
) -> NormalizeResult:
    """Write every entry of a list in one layout, and the rest of it as mdformat does.

    Args:
        text: as for `parse`.
        layout: the name of a layout; `list` for the one that most entries of the list have,
            section by section. `peftlint layouts` lists them.
        layouts: layouts of your own, a name to a template: `{"mine": "- **{title}**{, {venue}}"}`.
        allow_loss: the fields that may be dropped where the layout has no place for them:
            `name`, `authors`, `venue`, `year`, `links`, `badges`, and `remarks`, the words
            behind a field.
        entries_only: leave what stands outside of entries as it is.
        ignore: rules about layout whose fixes are not made.
        options: as for `lint`; those of the rules about layout count.

    Returns:
        The new text, and which entries were left as they are, and why. Where the text could not
        be proved to lose nothing, it is the one that was given, and `refused` says why.
        Normalizing it again changes nothing.

    Raises:
        TypeError: `text` is no string, or `allow_loss` no list of strings, or a template no
            string.
        ValueError: there is no such layout or field; a layout of your own has the name of
            another, cannot be parsed, or what it writes does not read back; or a rule does not
            have such an option, or its value is of another type.
        UnknownRuleError: a selector, or a name in `options`, names no rule.
        RuleError: an installed rule cannot be loaded, or failed.
    """
    from peftlint import layoutchoice, normalizer, registry
    from peftlint.layout.lacking import losable

    if not isinstance(layout, str):
        raise TypeError(f"layout is the name of a layout, not {type(layout).__name__}")
    layoutchoice.require(layouts)
    fields = _strings("allow_loss", allow_loss, "field")
    choice = layoutchoice.choice_of(layout, layouts)
    return normalizer.normalize(
        _checked(text),
        choice,
        may_lose=losable(fields),
        entries_only=entries_only,
        rules=registry.layout_rules(_selectors("ignore", ignore)),
        options=_instances(options),
    )


def _checked(text: str) -> str:
    """`text`, if it is one: bytes or a path would fail somewhere deep inside."""
    if isinstance(text, str):
        return text
    raise TypeError(
        f"text is the list itself as a string, not {type(text).__name__}; "
        "peftlint.file.read(path).text is that of a file"
    )


def _rules(
    select: Sequence[str] | None,
    ignore: Sequence[str],
    extend_select: Sequence[str],
    profile: Profile,
    severity: Mapping[str, Severity],
) -> tuple[Rule, ...]:
    from peftlint import registry
    from peftlint.rule import PROFILES, SEVERITIES

    if profile not in PROFILES:
        raise ValueError(f"profile is one of {PROFILES}, not {profile!r}")
    for selector, given in severity.items():
        if given not in SEVERITIES:
            raise ValueError(f"severity[{selector!r}] is one of {SEVERITIES}, not {given!r}")
    rules = registry.select(
        None if select is None else _selectors("select", select),
        _selectors("ignore", ignore),
        _selectors("extend_select", extend_select),
        profile,
    )
    return registry.graded(rules, severity) if severity else rules


def _selectors(argument: str, selectors: Iterable[str]) -> tuple[str, ...]:
    return _strings(argument, selectors, "selector")


def _strings(argument: str, strings: Iterable[str], each: str) -> tuple[str, ...]:
    if isinstance(strings, str):
        # Its letters would be taken for them.
        raise TypeError(f"{argument} is a list of {each}s, not a string; write [{strings!r}]")
    given = tuple(strings)
    for index, one in enumerate(given):
        if not isinstance(one, str):
            raise TypeError(f"{argument}[{index}] is {one!r}, which is no string")
    return given


def _instances(options: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    if not options:
        return {}
    from collections.abc import Mapping

    from peftlint import registry
    from peftlint.config import options_of

    instances: dict[str, object] = {}
    for name, table in options.items():
        rule = registry.find(name)
        if rule.name != name:
            raise ValueError(f"options[{name!r}]: options go by a rule's name: {rule.name!r}")
        if not isinstance(table, Mapping):
            raise ValueError(f"options[{name!r}]: expected a dict of options, got {table!r}")
        instances[name] = options_of(rule, table)
    return instances


if not TYPE_CHECKING:  # a type checker is to report a name that is not there

    def __getattr__(name: str) -> object:
        # Not at the top: `import peftlint` is to cost nothing.
        if name == "__version__":
            from peftlint.version import VERSION

            return VERSION
        if name in _HOMES:
            from importlib import import_module

            return getattr(import_module(_HOMES[name]), name)
        raise AttributeError(f"module 'peftlint' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
