"""Where in a TOML text its keys and values stand, which `tomllib` does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peftlint.regex import regex

#: The parts of a dotted key.
Key = tuple[str, ...]
#: The parts of a dotted key, and the indexes of items of arrays, counted from 0.
KeyPath = tuple[str | int, ...]

_BASIC = r'"(?:[^"\\\n]|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
_KEY = rf"(?:[\w-]++|{_BASIC}|{_LITERAL})"
_DOTTED = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
_ONE_KEY = regex(_KEY)
_BETWEEN = regex(r"(?:[ \t\r\n]++|\#[^\n]*+)*+")
_STATEMENT = regex(rf"\[{{1,2}}[ \t]*+(?P<header>{_DOTTED})[^\n]*+|(?P<key>{_DOTTED})[ \t]*+=")
_VALUE = regex(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    rf"|{_BASIC}|{_LITERAL}|\#[^\n]*+"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|[^\"'\#\[\]{}\n]++",
    re.DOTALL,
)
#: A piece of a value, with commas and equality signs by themselves; blanks and comments are none.
_PIECE = regex(
    r'(?P<string>"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    rf"|{_BASIC}|{_LITERAL})|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<comma>,)"
    r"|[^\"'\#\[\]{},\s]++",
    re.DOTALL,
)
_ASSIGNED = regex(rf"(?P<key>{_DOTTED})[ \t]*+=")
_IS_KEY = regex(r"[ \t]*+[=.]")
_WHOLE_NUMBER = regex(r"[+-]?(?P<digits>[0-9]++(?:_[0-9]++)*+)")


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


def offset_of(text: str, path: KeyPath) -> int | None:
    """Where a key or an item of an array stands; `None` where it is not found.

    A table stands where it is named first, be it in a header or by a dotted key.

    Args:
        text: TOML that `tomllib` takes.
        path: from the top.
    """
    table: KeyPath = ()
    #: How many tables each array of tables has so far.
    counts: dict[KeyPath, int] = {}
    at = 0
    while statement := _STATEMENT.match(text, at := _end(_BETWEEN.match(text, at), at)):
        if statement["header"]:
            named = list(_places(text, *statement.span("header")))
            table, offsets = _resolved(named, counts, is_array=text.startswith("[[", at))
            if path and path == table[: len(path)]:
                return offsets[len(path) - 1]
            at = statement.end()
            continue
        found = _found(text, statement, path, table)
        if found is not None:
            return found
        at = _end_of_value(text, statement.end())
    return None


def long_number(text: str, most: int) -> int | None:
    """Where a whole number of more than so many digits stands; `None` where none is.

    Args:
        text: TOML, which `tomllib` takes but for its numbers.
        most: digits that are not too many.
    """
    at = 0
    while statement := _STATEMENT.match(text, at := _end(_BETWEEN.match(text, at), at)):
        at = statement.end()
        if statement["header"]:
            continue
        end = _end_of_value(text, at)
        while at < end and (piece := _PIECE.match(text, at := _end(_BETWEEN.match(text, at), at))):
            number = _WHOLE_NUMBER.fullmatch(piece[0])
            is_long = number and len(number["digits"].replace("_", "")) > most
            if is_long and not _IS_KEY.match(text, piece.end()):
                return at
            at = piece.end()
        at = end
    return None


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


def _found(text: str, assigned: re.Match[str], path: KeyPath, above: KeyPath = ()) -> int | None:
    """Where in `key = value` a path ends; `None` where that is not about it."""
    named = list(_places(text, *assigned.span("key")))
    whole = (*above, *(key for key, _ in named))
    shared = min(len(path), len(whole))
    if path[:shared] != whole[:shared] or len(path) <= len(above):
        return None
    if len(path) <= len(whole):
        return named[len(path) - len(above) - 1][1]
    return _in_value(text, assigned.end(), path[len(whole) :])


def _in_value(text: str, at: int, path: KeyPath) -> int | None:
    """Where something in a value stands.

    Args:
        text: all of it.
        at: where the value begins, or blanks before it.
        path: from the value on, not empty.
    """
    while True:
        at = _end(_BETWEEN.match(text, at), at)
        wanted = path[0]
        if text[at : at + 1] != ("[" if isinstance(wanted, int) else "{"):
            return None
        index = 0
        at = _end(_BETWEEN.match(text, at + 1), at + 1)
        while text[at : at + 1] not in {"", "]", "}"}:
            if isinstance(wanted, int):
                if index == wanted:
                    break
            elif assigned := _ASSIGNED.match(text, at):
                # It calls itself no deeper than the path has parts.
                found = _found(text, assigned, path)
                if found is not None:
                    return found
            at = _end_of_item(text, at)
            at = _end(_BETWEEN.match(text, at), at)
            index += 1
        else:
            return None
        if len(path) == 1:
            return at
        path = path[1:]


def _end_of_item(text: str, at: int) -> int:
    """The place after the comma behind an item, or of the bracket that closes them all."""
    depth = 0
    while piece := _PIECE.match(text, at := _end(_BETWEEN.match(text, at), at)):
        if piece["open"]:
            depth += 1
        elif piece["close"]:
            if not depth:
                break
            depth -= 1
        elif piece["comma"] and not depth:
            return piece.end()
        at = piece.end()
    return at


def _places(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The parts of a dotted key, each with its place."""
    for match in _ONE_KEY.finditer(text, start, end):
        yield _plain(match[0]), match.start()


def _resolved(
    named: Sequence[tuple[str, int]], counts: dict[KeyPath, int], *, is_array: bool
) -> tuple[KeyPath, list[int]]:
    """The path of a header, through the last of each array of tables, with a place for each part.

    Args:
        named: the parts of the header, with their places.
        counts: how many tables each array of tables has; a new one is added.
        is_array: whether the header adds one.
    """
    path: KeyPath = ()
    offsets: list[int] = []
    for number, (key, offset) in enumerate(named, 1):
        path = (*path, key)
        offsets.append(offset)
        if is_array and number == len(named):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
            offsets.append(offset)
    return path, offsets


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
