"""The options of a rule: their keys, types, defaults and documentation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, get_type_hints

from peftlint.documentation import sections
from peftlint.regex import regex
from peftlint.rule import Rule, RuleError, in_words, option_fields

_ITEM = regex(r"^(?:[-*] )?`(?P<key>[\w-]+)`: ", re.MULTILINE)


class Option(NamedTuple):
    """An option of a rule.

    Attributes:
        key: as a configuration has it, with hyphens.
        field: as the class has it.
        type: of its value.
        default: its value where nothing is said; `None` where it then is not set.
        doc: what it means, one paragraph of Markdown; empty where nobody says.
    """

    key: str
    field: str
    type: Any
    default: object
    doc: str


def options_in(rule: Rule) -> tuple[Option, ...]:
    """The options of a rule, in its order; none where it has none.

    Raises:
        RuleError: its `Options` has no defaults, or types that are not there.
    """
    if rule.options is None:
        return ()
    types = types_of(rule)
    defaults = rule.default_options()
    docs = _documented(rule)
    return tuple(
        Option(
            key := field.replace("_", "-"),
            field,
            types[field],
            getattr(defaults, field),
            docs.get(key, ""),
        )
        for field in option_fields(rule.options) or ()
    )


def types_of(rule: Rule) -> Mapping[str, Any]:
    """The types of a rule's options, by the names of the class.

    Raises:
        RuleError: one of them is not there.
    """
    try:
        return get_type_hints(rule.options)
    except Exception as error:
        raise RuleError(
            f"rule {rule.name} of {rule.origin}: the types of its options cannot be read: "
            f"{in_words(error)}"
        ) from error


def plain(value: object) -> object:
    """A value as `tomllib` would read it: lists for tuples and sets, strings for the rest."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(map(plain, value), key=str)
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _documented(rule: Rule) -> dict[str, str]:
    """The documentation of each option: the rule's own section, else the class's docstring."""
    text = sections(rule.doc).get("Options")
    if text is None:
        return dict(_attributes(rule.options.__doc__ or ""))
    starts = list(_ITEM.finditer(text))
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return {
        # What follows a blank line is about them all.
        match["key"]: " ".join(text[match.end() : end].partition("\n\n")[0].split())
        for match, end in zip(starts, ends, strict=True)
    }


def _attributes(docstring: str) -> list[tuple[str, str]]:
    """The attributes that a docstring in Google's style explains, by their keys."""
    found: list[tuple[str, str]] = []
    for line in inspect.cleandoc(docstring).partition("Attributes:\n")[2].split("\n"):
        item = re.match(r" {4}(\w+): (.*)", line)
        if item:
            found.append((item[1].replace("_", "-"), item[2]))
        elif found and line.startswith(" " * 8):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif line.strip():
            break
    return found
