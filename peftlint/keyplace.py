"""In which lines of a TOML text its keys stand, which `tomllib` does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: The parts of a dotted key.
Key = tuple[str, ...]

_BASIC = r'"(?:[^"\\\n]|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
_KEY = rf"(?:[\w-]++|{_BASIC}|{_LITERAL})"
_DOTTED = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
_ONE_KEY = re.compile(_KEY)
_BETWEEN = re.compile(r"(?:[ \t\r\n]++|\#[^\n]*+)*+")
_STATEMENT = re.compile(rf"\[{{1,2}}[ \t]*+(?P<header>{_DOTTED})[^\n]*+|(?P<key>{_DOTTED})[ \t]*+=")
_VALUE = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    rf"|{_BASIC}|{_LITERAL}|\#[^\n]*+"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|[^\"'\#\[\]{}\n]++",
    re.DOTALL,
)


def key_lines(text: str) -> dict[Key, int]:
    """The line in which each key and each table's header stands, counted from 1.

    Keys inside of inline tables are not told.

    Args:
        text: TOML that `tomllib` takes; in any other the lines may be any.

    Returns:
        The parts of a key, from the top, to its line; also the tables that a dotted key makes.
    """
    lines: dict[Key, int] = {}
    table: Key = ()
    above: Key
    line, counted, at = 1, 0, 0
    while statement := _STATEMENT.match(text, at := _end(_BETWEEN.match(text, at), at)):
        line += text.count("\n", counted, at)
        counted = at
        inner = _parts(statement["header"] or statement["key"])
        if statement["header"]:
            table, above, at = inner, (), statement.end()
        else:
            above, at = table, _end_of_value(text, statement.end())
        for count in range(1, len(inner) + 1):
            lines.setdefault((*above, *inner[:count]), line)
    return lines


def line_of(lines: dict[Key, int], key: Sequence[str]) -> int | None:
    """The line of a key, or of the nearest table around it; `None` where neither is there.

    Args:
        lines: what `key_lines` gives.
        key: its parts, from the top.
    """
    for count in range(len(key), 0, -1):
        if line := lines.get(tuple(key[:count])):
            return line
    return None


def _end(match: re.Match[str] | None, at: int) -> int:
    return match.end() if match else at


def _end_of_value(text: str, at: int) -> int:
    depth = 0
    while token := _VALUE.match(text, at):
        at = token.end()
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["end"] and depth <= 0:
            break
    return at


def _parts(dotted: str) -> Key:
    return tuple(_plain(key) for key in _ONE_KEY.findall(dotted))


def _plain(key: str) -> str:
    if key[0] not in "\"'":
        return key
    if key[0] == "'" or "\\" not in key:
        return key[1:-1]
    import tomllib  # as a string's value it is read the same

    value = tomllib.loads(f"key = {key}")["key"]
    assert isinstance(value, str)  # noqa: S101 - for the type checker
    return value
