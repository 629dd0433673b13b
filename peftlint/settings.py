"""Settings, and where the configuration stands that says them.

A file's settings are in the nearest folder upward that has a `.peftlint.toml`, a `peftlint.toml`
or a `pyproject.toml` with a table `[tool.peftlint]`; in one folder the first of these counts.
The search ends at the repository's root, the folder that holds `.git`.
Where there is no repository it ends at the current folder for what is below it, and else at the
file's own folder, so that nothing is taken from folders that have nothing to do with the list.

Reading a configuration is another module's work, `config`, which is loaded where there is one.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from peftlint import registry
from peftlint.discovery import real_path, repository_root
from peftlint.printable import printable
from peftlint.rule import Rule
from peftlint.source import Place

if TYPE_CHECKING:
    from peftlint.pattern import Patterns

#: Where configuration may be, the first that is there wins.
FILE_NAMES = (".peftlint.toml", "peftlint.toml", "pyproject.toml")


class ConfigError(Exception):
    """A configuration file cannot be used.

    Attributes:
        file: which one.
        key: the dotted path of the key that is wrong; empty where it is the file itself.
        message: what is wrong and what to do; one line.
        place: where, if TOML itself is broken.
    """

    def __init__(self, file: Path, key: str, message: str, place: Place | None = None) -> None:
        self.file = file
        self.key = key
        self.message = message
        self.place = place
        super().__init__(file, key, message, place)

    def __str__(self) -> str:
        """`file:line:column: key: message`, safe to print."""
        where = f":{self.place.line}:{self.place.column}" if self.place else ""
        key = f"{self.key}: " if self.key else ""
        inside = self.file.is_relative_to(Path.cwd())
        shown = self.file.relative_to(Path.cwd()) if inside else self.file
        return printable(f"{shown}{where}: {key}{self.message}")


class Settings(NamedTuple):
    """What a configuration says; without one, these defaults.

    Attributes:
        source: the file that says it.
        root: the folder that its patterns are about, as a real path.
        select: selectors of the rules to run; `None` for those that are on by default.
        ignore: selectors of rules to leave out.
        extend_select: selectors of rules to run as well.
        exclude: patterns of files and folders to leave out, in `.gitignore`'s syntax.
        per_file_ignores: a pattern to the selectors of rules to leave out in its files.
        options: a rule's name to an instance of its options, for rules that have some set.
    """

    source: Path | None = None
    root: Path | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    options: Mapping[str, object] = MappingProxyType({})

    def with_options(
        self,
        select: Sequence[str] | None = None,
        ignore: Sequence[str] = (),
        extend_select: Sequence[str] = (),
    ) -> Settings:
        """These settings under what the command line says.

        Args:
            select: instead of what the configuration selects and selects as well; `None` to
                leave that as it is.
            ignore: in addition.
            extend_select: in addition.
        """
        return self._replace(
            select=self.select if select is None else tuple(select),
            ignore=(*self.ignore, *ignore),
            extend_select=(*(self.extend_select if select is None else ()), *extend_select),
        )

    def rules_for(self, path: Path) -> tuple[Rule, ...]:
        """The rules to run on a file, by code.

        Args:
            path: the file, which need not exist.

        Raises:
            UnknownRuleError: a selector from the command line names no rule; those of a
                configuration were looked at when it was loaded.
            RuleError: the rules cannot be loaded.
        """
        rules = registry.select(self.select, self.ignore, self.extend_select)
        relative = self._relative(path) if self.per_file_ignores else None
        if relative is None:
            return rules
        dropped = {
            rule.code
            for pattern, selectors in self.per_file_ignores.items()
            if patterns((pattern,)).match(relative)
            for selector in selectors
            for rule in registry.matching(selector)
        }
        return tuple(rule for rule in rules if rule.code not in dropped)

    def excludes(self, path: Path, is_folder: bool = False) -> bool:
        """Whether a path below the root, or a folder above it, is to be left out."""
        relative = self._relative(path) if self.exclude else None
        return relative is not None and patterns(self.exclude).match(relative, is_folder)

    def _relative(self, path: Path) -> str | None:
        """A path as patterns are compared with it; `None` where it is not below the root."""
        place = real_path(path)
        if self.root is None or place == self.root or not place.is_relative_to(self.root):
            return None
        return place.relative_to(self.root).as_posix()


class Finder:
    """Finds the settings of each file, and reads no configuration twice.

    Args:
        config: a file to take instead of those beside the lists; its patterns are about the
            current folder.
        isolated: take no configuration at all.

    Raises:
        ConfigError: `config` cannot be used.
    """

    def __init__(self, config: Path | None = None, *, isolated: bool = False) -> None:
        self._working = Path.cwd()
        self._fixed: Settings | None = None
        if isolated:
            self._fixed = Settings()
        elif config is not None:
            # Loaded here: most lists have no configuration.
            from peftlint.config import load

            self._fixed = load(config, root=self._working)
        self._by_folder: dict[Path, Settings] = {}

    def settings(self, path: Path) -> Settings:
        """The settings of a file.

        Args:
            path: the file, which need not exist.

        Raises:
            ConfigError: the configuration that is nearest to it cannot be used.
        """
        if self._fixed is not None:
            return self._fixed
        return self._in_folder(real_path(path).parent)

    def is_excluded(self, path: Path, is_folder: bool = False) -> bool:
        """Whether the configuration leaves out a path, or a folder above it.

        What is inside a folder that is left out stays so, also where that folder has a
        configuration of its own.

        Args:
            path: a file or a folder, which need not exist.
            is_folder: whether it is one.

        Raises:
            ConfigError: a configuration that has a say in it cannot be used.
        """
        while True:
            settings = self.settings(path)
            if settings.excludes(path, is_folder):
                return True
            root = settings.root
            if root is None or self._fixed is not None or root == self._end_of_search(root):
                return False
            path, is_folder = root, True

    def _in_folder(self, folder: Path) -> Settings:
        passed: list[Path] = []
        settings = Settings()
        end = self._end_of_search(folder)
        for candidate in (folder, *folder.parents):
            known = self._by_folder.get(candidate) or _settings_in(candidate)
            passed.append(candidate)
            if known is not None:
                settings = known
                break
            if candidate == end:
                break
        self._by_folder.update(dict.fromkeys(passed, settings))
        return settings

    def _end_of_search(self, folder: Path) -> Path:
        root = repository_root(folder)
        if root is not None:
            return root
        return self._working if folder.is_relative_to(self._working) else folder


def _settings_in(folder: Path) -> Settings | None:
    for name in FILE_NAMES:
        source = folder / name
        if not os.path.lexists(source):
            continue
        # Loaded here: most lists have no configuration.
        from peftlint.config import load_if_any

        settings = load_if_any(source)
        if settings is not None:
            return settings
    return None


@functools.lru_cache(maxsize=1024)
def patterns(lines: tuple[str, ...]) -> Patterns:
    """Patterns of a configuration, compiled once.

    Raises:
        PatternError: one of them is malformed.
    """
    # Loaded here: most lists have no configuration.
    from peftlint.pattern import Patterns

    return Patterns(lines)
