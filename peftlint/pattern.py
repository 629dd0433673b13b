"""Patterns in the syntax of `.gitignore`, for paths below one folder.

The syntax is that of https://git-scm.com/docs/gitignore: the last pattern that matches a path
decides, `!` keeps what an earlier pattern leaves out, and what lies in a folder that is left out
cannot be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from peftlint.regex import regex

#: The longest path of Linux; a longer pattern is a mistake or an attack.
_LONGEST = 4096

#: What git reads as `**`.
_MANY_STARS = regex(r"(?<![^/!])\*{3,}(?=/|$)")

#: A last segment of nothing but stars, which pathspec abbreviates to "anything below".
_OPEN_END = regex(r"(^!?|/)(\*+)(/?)$")

# How pathspec writes the wildcards `*`, leading `**/` and inner `/**`.
_STAR = "[^/]*"
_LEADING_FOLDERS = "^(?:.+/)?"
_INNER_FOLDERS = "(?:/.+)?"


class PatternError(ValueError):
    """A pattern is malformed or matches nothing; the message says why."""


class _Pattern(NamedTuple):
    expression: re.Pattern[str]
    leaves_out: bool


class Patterns:
    """Patterns in the order in which they are written.

    Args:
        lines: one pattern each.

    Raises:
        PatternError: one of them is malformed, empty or a comment.
    """

    __slots__ = ("_patterns",)

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = [_compile(line) for line in lines]

    @classmethod
    def of_gitignore(cls, text: str) -> Patterns:
        """The patterns of a `.gitignore` file; malformed ones match nothing, as in git."""
        patterns = cls(())
        patterns._patterns = list(_well_formed(text.split("\n")))
        return patterns

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """What is said of one path, whatever is said of the folders above it.

        Args:
            path: relative to the folder of the patterns, with `/`.
            is_folder: whether it is one.

        Returns:
            `True` for left out, `False` for kept, `None` where no pattern matches.
        """
        whole = f"{path}/" if is_folder else path
        for pattern in reversed(self._patterns):
            if pattern.expression.fullmatch(whole):
                return pattern.leaves_out
        return None

    def match(self, path: str, is_folder: bool = False) -> bool:
        """Whether a path, or a folder above it, is left out.

        Args:
            path: relative to the folder of the patterns, with `/`.
            is_folder: whether it is one.
        """
        at = path.find("/")
        while at >= 0:
            if self.verdict(path[:at], is_folder=True):
                return True
            at = path.find("/", at + 1)
        return self.verdict(path, is_folder) is True


def _well_formed(lines: Iterable[str]) -> Iterator[_Pattern]:
    for line in lines:
        try:
            yield _compile(line)
        except PatternError:
            continue


def _compile(line: str) -> _Pattern:
    # Loaded here: most runs have no pattern at all.
    import warnings

    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    if len(line) > _LONGEST:
        raise PatternError(f"it is longer than {_LONGEST} characters")
    if not line.endswith("\\ "):
        line = line.rstrip()
    line = _OPEN_END.sub(_named_end, _MANY_STARS.sub("**", line))
    try:
        expression, leaves_out = GitIgnoreSpecPattern.pattern_to_regex(line)
    except ValueError as error:
        raise PatternError("it is malformed (a backslash at its end?)") from error
    if expression is None or leaves_out is None:
        raise PatternError("it matches nothing (empty, a comment, or a bracket left open)")
    try:
        with warnings.catch_warnings():
            # `[[:alpha:]]` makes `re` warn of its own plans.
            warnings.simplefilter("ignore")
            return _Pattern(re.compile(_linear(expression), re.DOTALL), leaves_out)
    except re.error as error:
        raise PatternError(f"it is malformed ({error})") from error


def _named_end(match: re.Match[str]) -> str:
    """An equal ending that matches a path itself, where `*` and `/**` match all below as well.

    A folder and the files in it are asked for one by one, so that `*`, `!*/`, `!README.md`
    means what it means to git.
    """
    before, stars, slash = match.groups()
    folders = "**/" if before == "/" and stars == "**" else ""
    return f"{before}{folders}?*{slash}"


def _linear(expression: str) -> str:
    """The same without backtracking between wildcards.

    As pathspec writes it, `*a*a*a*a*b` takes 11 s on a name of 250 letters. What stands between
    two wildcards may as well be matched where it comes first, since the second wildcard takes
    whatever is left; so it goes into an atomic group.
    """
    first, *pieces = expression.split(_STAR)
    expression = first
    for index, piece in enumerate(pieces, start=1):
        is_last_of_segment = index == len(pieces) or "/" in piece.replace("[^/]", "")
        expression += f"{_STAR}{piece}" if is_last_of_segment else f"(?>{_STAR}?{piece})"
    head, *tails = expression.split(_INNER_FOLDERS)
    if not tails:
        return expression
    if head.startswith(_LEADING_FOLDERS):
        head = f"^(?>(?:.+?/)??{head.removeprefix(_LEADING_FOLDERS)}(?=/))"
    middle = "".join(f"(?>(?:/.+?)??{piece}(?=/))" for piece in tails[:-1])
    return f"{head}{middle}{_INNER_FOLDERS}{tails[-1]}"
