"""How a promise is held, and what is said where it is not kept."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from peftlint.diagnostic import Diagnostic


def hold(condition: bool, message: str) -> None:
    """Raise `AssertionError` with this message if it is not so."""
    __tracebackhide__ = True
    if not condition:
        raise AssertionError(message)


def same(now: str, wanted: str, message: str) -> None:
    """Raise `AssertionError` with this message and the difference if two texts are not the same.

    Args:
        now: what there is.
        wanted: what there should be.
        message: says what they are.
    """
    __tracebackhide__ = True
    if now != wanted:
        lines = difflib.ndiff(wanted.splitlines(True), now.splitlines(True))
        raise AssertionError(f"{message}:\n{''.join(map(_whole_line, lines))}")


def report(found: Iterable[Diagnostic]) -> str:
    """Findings as case files show them, one a line."""
    return "".join(
        f"{item.line}:{item.column} {item.code} {item.message} [{item.name}]\n" for item in found
    )


def _whole_line(line: str) -> str:
    # `\r` would let one line write over the other.
    return line.rstrip("\r\n") + "\n"
