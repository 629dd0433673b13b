"""A rule's docstring in its parts, and its options in words: what is told of a rule."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import fields
from typing import Any, NamedTuple, get_type_hints

from peftlint.rule import Rule
from peftlint.wording import type_in_words

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Option(NamedTuple):
    """An option of a rule, in words.

    Attributes:
        key: as a config has it, with hyphens.
        kind: what it takes, such as `a list of strings`.
        default: as a config has it; `None` for an option that is not set, since TOML has no null.
    """

    key: str
    kind: str
    default: str | None


def sections(doc: str) -> dict[str, str]:
    """The parts of a docstring by their headings; what stands before the first has none, `""`.

    A heading is a line that begins with `## ` and stands in no fence: a list that is shown as
    an example has headings of its own.

    Args:
        doc: a docstring, indented or not.
    """
    found: dict[str, list[str]] = {"": []}
    lines = found[""]
    fence = ""
    for line in inspect.cleandoc(doc).split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == line.strip()[0] * len(line.strip()) >= fence:
            fence = ""
        if line.startswith("## ") and not fence:
            lines = found[line.removeprefix("## ").strip()] = []
        else:
            lines.append(line)
    return {heading: "\n".join(part).strip() for heading, part in found.items()}


def why(doc: str) -> str:
    """What stands between the first sentence of a docstring and its first heading."""
    return sections(doc)[""].partition("\n\n")[2].strip()


def options(rule: Rule) -> list[Option]:
    """The options of a rule in the order in which it declares them.

    Args:
        rule: the rule.

    Raises:
        RuleError: its options cannot be made or understood.
    """
    if rule.options is None:
        return []
    types = _types(rule.options)
    defaults = rule.default_options()
    return [
        Option(
            field.name.replace("_", "-"),
            type_in_words(types[field.name]),
            None if (value := getattr(defaults, field.name)) is None else toml(value),
        )
        for field in fields(rule.options)
    ]


def _types(kind: type[Any]) -> dict[str, Any]:
    try:
        return get_type_hints(kind)
    except NameError:
        # An annotation that only a type checker can read is shown as it is written.
        return {field.name: field.type for field in fields(kind)}


def toml(value: object) -> str:
    """A default as it is written in a config."""
    if isinstance(value, (tuple, list, frozenset, set)):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{toml(key)} = {toml(one)}" for key, one in value.items()) + " }"
    # TOML writes strings, numbers and booleans as JSON does.
    return json.dumps(value, ensure_ascii=False)
