"""Keys, values and types of a configuration in plain words, for errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

_LONGEST = 60
_MOST_BITS = 64

_TYPES: dict[object, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string",
}
_CONTAINERS: dict[type, str] = {list: "a list", tuple: "a list", dict: "a table"}
_MOMENTS = ("date", "datetime", "time")
_SEVERAL = {"a whole number": "whole numbers", "a number": "numbers", "a string": "strings"}


def quoted(text: str) -> str:
    """A string as TOML has it; a long one is cut."""
    return f'"{_cut(text)}"'


def bare(key: str) -> str:
    """A key as TOML has it in a dotted path, with quotes where it needs them."""
    return _cut(key) if re.fullmatch(r"[A-Za-z0-9_-]+", key) else quoted(key)


def dotted(path: Sequence[str | int]) -> str:
    """A key with those above it, `rules."a b".known-hosts[0]`; an index counts from 0."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{bare(part)}" for part in path]
    return "".join(parts).removeprefix(".")


def listed(words: Sequence[str], link: str) -> str:
    """Words as a sentence lists them: `a, b and c`.

    Args:
        words: at least one.
        link: what stands before the last.
    """
    *most, last = words
    return f"{', '.join(most)} {link} {last}" if most else last


def did_you_mean(word: str, words: Sequence[str]) -> str:
    """The end of a message that names the nearest of `words`; empty where none is near."""
    # Loaded here: only an error needs it.
    import difflib

    near = difflib.get_close_matches(_cut(word), words, 1, 0.5)
    return f"; did you mean {quoted(near[0])}?" if near else ""


def value_in_words(value: object) -> str:
    """A value so that a person recognises it: `the string "x"`, `a list`.

    Args:
        value: as `tomllib` reads it, or whatever a program gives.
    """
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        # Python refuses to write out one of some thousand digits.
        return "a huge number"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the string {quoted(value)}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    kind = type(value)
    # By name: `datetime` need not be loaded to know that it is none.
    is_moment = kind.__module__ == "datetime" and kind.__name__ in _MOMENTS
    other = "a date or a time" if is_moment else f"a value of type {kind.__name__}"
    return _CONTAINERS.get(kind, other)


def type_in_words(wanted: Any) -> str:  # noqa: ANN401 - any type whatever
    """What a type asks for: `true or false`, `a list of strings`, `"first" or "last"`."""
    if wanted in _TYPES:
        return _TYPES[wanted]
    origin = get_origin(wanted)
    # TOML has no null: what may be `None` is just left out.
    parts = [part for part in get_args(wanted) if part is not NoneType]
    if origin is Literal:
        names = [quoted(part) if isinstance(part, str) else str(part) for part in parts]
        return listed(names, "or")
    if origin in (Union, UnionType):
        return listed([type_in_words(part) for part in parts], "or")
    if origin in (tuple, list, set, frozenset):
        kinds = dict.fromkeys(type_in_words(part) for part in parts if part is not Ellipsis)
        return f"a list of {listed([_SEVERAL.get(kind, kind) for kind in kinds], 'and')}"
    if origin in (dict, Mapping):
        return "a table"
    return f"a value for {getattr(wanted, '__name__', wanted)}"


def item_type(wanted: Any) -> Any:  # noqa: ANN401 - any type whatever
    """What a list in a type holds, `str` for `tuple[str, ...] | None`; `None` where it is none."""
    origin = get_origin(wanted)
    parts = [part for part in get_args(wanted) if part not in (NoneType, Ellipsis)]
    if len(parts) != 1:
        return None
    if origin in (Union, UnionType):
        return item_type(parts[0])
    return parts[0] if origin in (tuple, list, set, frozenset) else None


def choices(wanted: Any) -> list[str]:  # noqa: ANN401 - any type whatever
    """The strings that the `Literal` in a type allows."""
    if get_origin(wanted) is Literal:
        return [choice for choice in get_args(wanted) if isinstance(choice, str)]
    return [choice for part in get_args(wanted) for choice in choices(part)]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
