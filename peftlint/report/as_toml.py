"""Values as a config has them, safe to print."""

from __future__ import annotations

import json
from collections.abc import Mapping

from peftlint.regex import regex

_BARE = regex(r"[A-Za-z0-9_-]+")


def toml(value: object) -> str:
    """A value in one line of TOML.

    Args:
        value: of strings, numbers, booleans, lists and tables.
    """
    if isinstance(value, Mapping):
        inside = ", ".join(f"{toml_key(key)} = {toml(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, (tuple, list, frozenset, set)):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        # Python writes these as TOML does, `inf` too.
        return repr(value)
    return _string(str(value))


def toml_key(key: str) -> str:
    """A key as TOML has it, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else "".join(map(_escaped, quoted))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"  # noqa: PLR2004 - four digits
