"""A JSON schema of the configuration, for editors.

It is in draft 7, as those of SchemaStore and what taplo reads are.
It is stricter than the reader in one thing, so that an editor has words to propose: selectors
are spelt as `peftlint rules` spells them, and beginnings of codes have all letters of the code.
It is laxer where a rule refuses values of the right type, and in patterns that match nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from peftlint.config import MOST_LAYOUTS
from peftlint.homepage import HOME
from peftlint.layout.named import NAME_OF_OWN, layout_names
from peftlint.layout.template import LONGEST
from peftlint.option import Option, options_in, plain
from peftlint.registry import ALL
from peftlint.rule import PROFILES, SEVERITIES, Rule
from peftlint.settings import FailOn, Settings

Schema = dict[str, Any]

#: What no path of a list's files is: empty, absolute, with `!`, `..` or a backslash.
_PATH = r"^(?!(\./)?([!/]|[A-Za-z]:|$)|(.*/)?\.\.(/|$))[^\\]*$"
#: What no path of a baseline is: empty, a folder, absolute, with `..` or a backslash.
_FILE = r"^(?!(/|[A-Za-z]:|$)|(.*/)?\.\.(/|$)|.*/$)[^\\]*$"


def config_schema(rules: Sequence[Rule]) -> Schema:
    """The schema of a `peftlint.toml`, and of the table `[tool.peftlint]`.

    Args:
        rules: those that there are, by code.

    Raises:
        RuleError: a rule's options cannot be used.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{HOME}peftlint.schema.json",
        "title": "peftlint",
        "description": "The configuration of peftlint, which checks and fixes lists of papers.",
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(rules),
        "definitions": {
            "selector": {
                "description": "A rule's code or name, the beginning of codes, or ALL.",
                "type": "string",
                "enum": list(_selectors(rules)),
            },
            "selectors": {"type": "array", "items": {"$ref": "#/definitions/selector"}},
            "pattern": {
                "description": "A pattern of files and folders, as in .gitignore.",
                "type": "string",
                "minLength": 1,
            },
        },
    }


def _properties(rules: Sequence[Rule]) -> Schema:
    defaults = Settings()
    return {
        "profile": {
            "description": "Which rules run where nothing is selected.",
            "enum": list(PROFILES),
            "default": defaults.profile,
        },
        "select": _selected("The rules to run, instead of those of the profile."),
        "ignore": {**_selected("Rules to leave out."), "default": []},
        "extend-select": {**_selected("Rules to run as well."), "default": []},
        "severity": {
            "description": "How bad the findings of some rules are; the more exact selector wins.",
            "type": "object",
            "propertyNames": {"$ref": "#/definitions/selector"},
            "additionalProperties": {"enum": list(SEVERITIES)},
            "default": {},
        },
        "fail-on": {
            "description": "How bad a finding has to be to make a run exit with 1.",
            "enum": list(get_args(FailOn)),
            "default": defaults.fail_on,
        },
        "exclude": {
            "description": "Files and folders to leave out.",
            "type": "array",
            "items": {"$ref": "#/definitions/pattern"},
            "default": [],
        },
        "per-file-ignores": {
            "description": "Patterns of files to the rules to leave out in them.",
            "type": "object",
            "propertyNames": {"pattern": "^[^!]"},
            "additionalProperties": {"$ref": "#/definitions/selectors"},
            "default": {},
        },
        "lists": {
            "description": "Files that are one list together, each list by the paths of its files "
            "from the folder of this config; a path may have *.",
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "string", "pattern": _PATH},
                "minItems": 1,
            },
            "default": [],
        },
        "baseline": {
            "description": "The file of the findings that are known and not told again, from the "
            "folder of this config; `peftlint check --write-baseline` writes it.",
            "type": "string",
            "pattern": _FILE,
        },
        "layout": {
            "description": "The layout in which `peftlint normalize` writes entries; that of the "
            "list itself, or the name of another.",
            # For an editor to propose; a layout of one's own is named in `layouts`.
            "anyOf": [{"enum": layout_names()}, {"type": "string", "pattern": NAME_OF_OWN.pattern}],
            "default": defaults.layout,
        },
        "layouts": {
            "description": "Layouts of one's own: a name to a template, such as "
            "`- **{title}**{, *{authors:@, @}*}`.",
            "type": "object",
            "propertyNames": {"pattern": NAME_OF_OWN.pattern, "not": {"enum": layout_names()}},
            "additionalProperties": {
                "type": "string",
                "pattern": r"\{title\}",
                "maxLength": LONGEST,
            },
            "maxProperties": MOST_LAYOUTS,
            "default": {},
        },
        "rules": {
            "description": "The options of rules, by their names.",
            "type": "object",
            "additionalProperties": False,
            "properties": {rule.name: _rule(rule) for rule in rules if rule.options is not None},
        },
    }


def _selected(description: str) -> Schema:
    # Beside a reference draft 7 looks at nothing else.
    return {"description": description, "allOf": [{"$ref": "#/definitions/selectors"}]}


def _selectors(rules: Iterable[Rule]) -> dict[str, None]:
    """All that a selector may be, families before their codes, names last; in order."""
    found = {ALL: None}
    for rule in rules:
        letters = len(re.match("[A-Z]*", rule.code)[0])  # type: ignore[index]  # matches anything
        found.update(dict.fromkeys(rule.code[:end] for end in range(letters, len(rule.code) + 1)))
    found.update(dict.fromkeys(rule.name for rule in rules))
    return found


def _rule(rule: Rule) -> Schema:
    where = f" See {rule.url}" if rule.url else ""
    return {
        "description": f"{rule.code}: {rule.summary}{where}",
        "type": "object",
        "additionalProperties": False,
        "properties": {option.key: _option(option) for option in options_in(rule)},
    }


def _option(option: Option) -> Schema:
    schema = _type(option.type)
    if option.doc:
        schema = {"description": option.doc[0].upper() + option.doc[1:], **schema}
    if option.default is not None:
        schema["default"] = plain(option.default)
    return schema


def _type(wanted: Any) -> Schema:  # noqa: ANN401 - any type whatever
    # Loaded here: only this command needs it.
    import msgspec

    try:
        made: Schema = msgspec.json.schema(wanted)
    except TypeError:
        return {}
    # What refers to other types is a rule's own matter: nothing is said of its values.
    return {} if "$defs" in made else _in_draft_7(made)


def _in_draft_7(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """A schema of msgspec's, which are in a newer draft, without null, which TOML has not."""
    if isinstance(schema, list):
        return [_in_draft_7(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _in_draft_7(one) for key, one in schema.items()}
    if "anyOf" in found:
        kinds = [one for one in found.pop("anyOf") if one != {"type": "null"}]
        found |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if "prefixItems" in found:
        found["items"] = found.pop("prefixItems")
        found["additionalItems"] = False
    return found
