"""A regular expression that is compiled when it is first used.

There are five hundred in peftlint, and to compile those that a check of a common list never looks
for took a sixth of its time. Only what is made once, at the top of a module, is worth it: a
pattern inside a function is compiled by `re.compile`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, but for the time that this takes.

    An error in the pattern is raised where it is first used.

    Args:
        pattern: in the syntax of https://docs.python.org/3/library/re.html.
        flags: as for `re.compile`.
    """
    return _Late(pattern, flags)  # type: ignore[return-value]


class _Late:
    """Has the methods of a compiled pattern.

    Each is fetched once and then an attribute as any other: that costs 25 ns a call, a tenth of
    the shortest search.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    @cached_property
    def flags(self) -> int:
        return self._compiled.flags

    @cached_property
    def groups(self) -> int:
        return self._compiled.groups

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str | Any]]:
        return self._compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        return self._compiled.sub

    @cached_property
    def subn(self) -> Callable[..., tuple[str, int]]:
        return self._compiled.subn
