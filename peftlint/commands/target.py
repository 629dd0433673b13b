"""The lists to work on, each with the rules to run on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from peftlint import basis, file, registry
from peftlint.commands.companion import file_at
from peftlint.commands.options import RuleOptions, SourceOptions
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import IsExcluded, find
from peftlint.file import FileError, TextFile
from peftlint.finder import Finder
from peftlint.rule import SEVERITIES, Rule
from peftlint.settings import ConfigError, FailOn, Settings
from peftlint.value import Value

if TYPE_CHECKING:
    from peftlint.commands.together import FileGroup, FileGroups

#: What standard input is called where it has no name.
_NAMELESS = "<stdin>"

_NO_OPTIONS: Mapping[str, object] = {}


class Target(Value):
    """A list that was read, and what to do with it.

    Attributes:
        path: as the user knows it, with `/`.
        file: its text.
        rules: those to run.
        options: a rule's name to an instance of its options.
        fail_on: the least severity with which a finding makes the run fail.
        group: the files that are one list with this one; `None` where it is one by itself.
        settings: what its config says, under the command line.
        is_excluded: whether the config leaves it out: standard input, which has to go on as it is.
    """

    path: str
    file: TextFile
    rules: tuple[Rule, ...] = ()
    options: Mapping[str, object] = _NO_OPTIONS
    fail_on: FailOn = "info"
    group: FileGroup | None = None
    settings: Settings = Settings()
    is_excluded: bool = False

    def is_failed_by(self, diagnostics: Iterable[Diagnostic]) -> bool:
        """Whether one of these findings is as bad as makes the run fail."""
        if self.fail_on == "never":
            return False
        failing = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return any(diagnostic.severity in failing for diagnostic in diagnostics)


def targets(
    sources: SourceOptions,
    choice: RuleOptions | None = None,
    expect: Callable[[Sequence[Path]], None] | None = None,
) -> Iterator[Target | FileError | ConfigError]:
    """The lists to work on, one after the other; each is read when it is its turn.

    Args:
        sources: which files, and which config.
        choice: which rules; `None` for none at all.
        expect: is told the files of folders and those named, before the first is read.

    Yields:
        A list, or the error of one that cannot be read, or of a config beside some lists,
        once; these lists are left alone.

    Raises:
        ConfigError: the config that was named cannot be used.
        RuleError: the rules cannot be loaded.
        UnknownRuleError: `choice` names a rule that there is not.
    """
    plan = Plan(sources, choice)
    broken = set[Path]()
    if expect is not None:
        expect(plan.paths)
    for path in plan.found:
        if isinstance(path, FileError):
            yield path
            continue
        try:
            yield plan.target(path)
        except FileError as error:
            yield error
        except ConfigError as error:
            if error.file not in broken:
                broken.add(error.file)
                yield error


class Plan:
    """Which lists to work on; what each says is not yet read.

    Args:
        sources: which files, and which config.
        choice: which rules; `None` for none at all.

    Attributes:
        found: the lists in order, and the errors of paths that cannot be looked at.
        paths: the lists, those named and those in folders; none for standard input.

    Raises:
        ConfigError: the config that was named cannot be used.
        RuleError: the rules cannot be loaded.
        UnknownRuleError: `choice` names a rule that there is not.
    """

    def __init__(self, sources: SourceOptions, choice: RuleOptions | None) -> None:
        if choice is not None:
            for selector in (*choice.select, *choice.ignore, *choice.extend_select):
                registry.matching(selector)
        finder = Finder(sources.config, isolated=sources.isolated)
        self._choice = choice
        self._finder = finder
        self._name = sources.stdin_filename
        self._is_standard_input = sources.is_stdin
        self.paths: list[Path] = []
        if sources.is_stdin:
            self.found: list[Path | FileError] = [Path(sources.stdin_filename or _NAMELESS)]
            return
        is_excluded = _exclusion_by(finder)
        self.found = list(find([Path(path) for path in sources.paths], is_excluded))
        self.paths.extend(path for path in self.found if isinstance(path, Path))
        self._grouping = _Grouping(finder, choice, self.paths, is_excluded)

    def target(self, path: Path) -> Target:
        """Read a list.

        Args:
            path: one of those that were found.

        Raises:
            FileError: it cannot be read.
            ConfigError: the config beside it cannot be used.
        """
        if self._is_standard_input:
            return _standard_input(self._name, self._finder, self._choice)
        return self._grouping.target(path, file_at(path) or file.read(path))


def files_of(sources: SourceOptions) -> Iterator[Path | FileError | ConfigError]:
    """The files that `targets` reads, in the same order; none of them is read.

    Args:
        sources: which files, and which config.

    Yields:
        A file, or the error of a path that cannot be looked at, or of a config beside some lists,
        once; these lists are left out.

    Raises:
        ConfigError: the config that was named cannot be used.
        RuleError: the rules, which a config names, cannot be loaded.
    """
    finder = Finder(sources.config, isolated=sources.isolated)
    if sources.is_stdin:
        name = sources.stdin_filename
        if name is None or not finder.is_excluded(Path(name)):
            yield Path(name or _NAMELESS)
        return
    broken = set[Path]()
    for path in find([Path(path) for path in sources.paths], _exclusion_by(finder)):
        if isinstance(path, Path):
            try:
                finder.settings(path)
            except ConfigError as error:
                if error.file not in broken:
                    broken.add(error.file)
                    yield error
                continue
        yield path


def _exclusion_by(finder: Finder) -> IsExcluded:
    def is_excluded(path: Path, is_folder: bool) -> bool:
        try:
            return finder.is_excluded(path, is_folder)
        except ConfigError:
            # It is told for the first list that it is about.
            return False

    return is_excluded


def _standard_input(name: str | None, finder: Finder, choice: RuleOptions | None) -> Target:
    path = Path(name or _NAMELESS)
    text_file = file.decode(sys.stdin.buffer.read(), path)
    if name is not None and finder.is_excluded(path):
        # No rule: `fix` still has to give the text back.
        return Target(path.as_posix(), text_file, is_excluded=True)
    return _Grouping(finder, choice, [path], finder.is_excluded).target(path, text_file)


class _Grouping:
    """Gives each file its rules, and the files that are one list with it."""

    def __init__(
        self,
        finder: Finder,
        choice: RuleOptions | None,
        paths: list[Path],
        is_excluded: IsExcluded,
    ) -> None:
        self._finder = finder
        self._choice = choice
        self._paths = paths
        self._is_excluded = is_excluded
        self._groups: FileGroups | None = None

    def target(self, path: Path, text_file: TextFile) -> Target:
        """What to do with a file that was read.

        Raises:
            ConfigError: its configuration cannot be used.
        """
        shown = path.as_posix()
        settings = self._settings(path)
        if self._choice is None:
            return Target(shown, text_file, settings=settings)
        rules, options = settings.rules_for(path), settings.options
        group = self._group(path, settings)
        return Target(shown, text_file, rules, options, settings.fail_on, group, settings)

    def _settings(self, path: Path) -> Settings:
        settings = self._finder.settings(path)
        return settings if self._choice is None else self._choice.over(settings)

    def _chosen(self, path: Path) -> tuple[tuple[Rule, ...], Mapping[str, object]]:
        settings = self._settings(path)
        return settings.rules_for(path), settings.options

    def _group(self, path: Path, settings: Settings) -> FileGroup | None:
        if not settings.lists:
            return None
        if self._groups is None:
            # Which files these are is not noted one by one.
            basis.give_up()
            # Loaded here: most lists stand in one file.
            from peftlint.commands.together import FileGroups

            self._groups = FileGroups(self._paths, self._chosen, self._is_excluded)
        return self._groups.of(path, settings)
