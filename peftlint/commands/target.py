"""The lists to work on, each with the rules to run on it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from peftlint import file, registry
from peftlint.commands.options import RuleOptions, SourceOptions
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import find
from peftlint.file import FileError, TextFile
from peftlint.finder import Finder
from peftlint.rule import SEVERITIES, Rule
from peftlint.settings import ConfigError, FailOn, Settings

#: What standard input is called where it has no name.
_NAMELESS = "<stdin>"

_NO_OPTIONS: Mapping[str, object] = {}


class Target(NamedTuple):
    """A list that was read, and what to do with it.

    Attributes:
        path: as the user knows it, with `/`.
        file: its text.
        rules: those to run.
        options: a rule's name to an instance of its options.
        fail_on: the least severity with which a finding makes the run fail.
    """

    path: str
    file: TextFile
    rules: tuple[Rule, ...] = ()
    options: Mapping[str, object] = _NO_OPTIONS
    fail_on: FailOn = "info"

    def is_failed_by(self, diagnostics: Iterable[Diagnostic]) -> bool:
        """Whether one of these findings is as bad as makes the run fail."""
        if self.fail_on == "never":
            return False
        failing = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return any(diagnostic.severity in failing for diagnostic in diagnostics)


def targets(
    sources: SourceOptions, choice: RuleOptions | None = None
) -> Iterator[Target | FileError | ConfigError]:
    """The lists to work on, one after the other; each is read when it is its turn.

    Args:
        sources: which files, and which config.
        choice: which rules; `None` for none at all.

    Yields:
        A list, or the error of one that cannot be read, or of a config beside some lists,
        once; these lists are left alone.

    Raises:
        ConfigError: the config that was named cannot be used.
        RuleError: the rules cannot be loaded.
        UnknownRuleError: `choice` names a rule that there is not.
    """
    if choice is not None:
        for selector in (*choice.select, *choice.ignore, *choice.extend_select):
            registry.matching(selector)
    finder = Finder(sources.config, isolated=sources.isolated)
    if sources.is_stdin:
        yield _standard_input(sources.stdin_filename, finder, choice)
        return
    broken = set[Path]()

    def is_excluded(path: Path, is_folder: bool) -> bool:
        try:
            return finder.is_excluded(path, is_folder)
        except ConfigError:
            # Said below, for the first list that it is about.
            return False

    for path in find([Path(path) for path in sources.paths], is_excluded):
        if isinstance(path, FileError):
            yield path
            continue
        try:
            settings = finder.settings(path)
            yield _target(path, file.read(path), settings, choice)
        except FileError as error:
            yield error
        except ConfigError as error:
            if error.file not in broken:
                broken.add(error.file)
                yield error


def _standard_input(
    name: str | None, finder: Finder, choice: RuleOptions | None
) -> Target | FileError:
    path = Path(name or _NAMELESS)
    try:
        text_file = file.decode(sys.stdin.buffer.read(), path)
    except FileError as error:
        return error
    if name is not None and finder.is_excluded(path):
        # No rule: `fix` still has to give the text back.
        return Target(path.as_posix(), text_file)
    return _target(path, text_file, finder.settings(path), choice)


def _target(
    path: Path, text_file: TextFile, settings: Settings, choice: RuleOptions | None
) -> Target:
    shown = path.as_posix()
    if choice is None:
        return Target(shown, text_file)
    chosen = choice.over(settings)
    return Target(shown, text_file, chosen.rules_for(path), chosen.options, chosen.fail_on)
