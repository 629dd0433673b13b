"""Settings: what the configuration beside a list says.

A file's settings are in the nearest folder upward that has a `.peftlint.toml`, a `peftlint.toml`
or a `pyproject.toml` with a table `[tool.peftlint]`; in one folder the first of these counts.
The search ends at the repository's root, the folder that holds `.git`.
Where there is no repository it ends at the current folder for what is below it, and else at the
file's own folder, so that nothing is taken from folders that have nothing to do with the list.

A configuration is data, possibly a stranger's: no code is loaded from it, no variable is
expanded in it, and its size is limited.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_type_hints

from peftlint import file, registry
from peftlint.discovery import real_path, repository_root
from peftlint.pattern import PatternError, Patterns
from peftlint.printable import printable
from peftlint.rule import Rule
from peftlint.source import Lines, Place
from peftlint.wording import (
    bare,
    choices,
    did_you_mean,
    listed,
    quoted,
    type_in_words,
    value_in_words,
)

#: The most bytes of a configuration file.
LARGEST = 1_000_000

#: Where configuration may be, the first that is there wins.
FILE_NAMES = (".peftlint.toml", "peftlint.toml", "pyproject.toml")

_KEYS = ("select", "ignore", "extend-select", "exclude", "per-file-ignores", "rules")

# The end of every message of `tomllib.TOMLDecodeError`, which has no other place before 3.14.
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

# `tomllib` takes time and memory by the square of a dotted key's parts: 10 GB for one of 1 MB.
_DEEPEST_KEY = 32
_KEY = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"(?<![\w-])(?:{_KEY}[ \t]*+\.[ \t]*+){{{_DEEPEST_KEY}}}")


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


@dataclass(frozen=True, slots=True)
class Settings:
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
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)

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
        return replace(
            self,
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
            if _patterns((pattern,)).match(relative)
            for selector in selectors
            for rule in registry.matching(selector)
        }
        return tuple(rule for rule in rules if rule.code not in dropped)

    def excludes(self, path: Path, is_folder: bool = False) -> bool:
        """Whether a path below the root, or a folder above it, is to be left out."""
        relative = self._relative(path) if self.exclude else None
        return relative is not None and _patterns(self.exclude).match(relative, is_folder)

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


def load(source: Path, root: Path | None = None) -> Settings:
    """The settings in a file.

    Args:
        source: a `pyproject.toml`, or a file that has the keys at its top.
        root: the folder that its patterns are about; its own where it is not given.

    Raises:
        ConfigError: it cannot be read, is no TOML, has no table for peftlint, or has a key or a
            value that peftlint does not know.
        RuleError: the rules, which it names, cannot be loaded.
    """
    settings = _load(source, root)
    if settings is None:
        raise ConfigError(source, "", "it has no table [tool.peftlint]; add one")
    return settings


def _settings_in(folder: Path) -> Settings | None:
    for name in FILE_NAMES:
        source = folder / name
        if not os.path.lexists(source):
            continue
        settings = _load(source, None)
        if settings is not None:
            return settings
    return None


def _load(source: Path, root: Path | None) -> Settings | None:
    """As `load`, but `None` for a `pyproject.toml` without a table for peftlint."""
    text = _text_of(source)
    is_project = source.name == "pyproject.toml"
    # Many a project has one that is not about us: no need to parse it.
    if is_project and "peftlint" not in text:
        return None
    data: object = _parsed(source, text)
    if is_project:
        for key in ("tool", "peftlint"):
            data = data.get(key) if isinstance(data, dict) else None
        if data is None:
            return None
    return _Reading(source, "tool.peftlint" if is_project else "").settings(
        data, root or Path(os.path.realpath(source.parent))
    )


def _text_of(source: Path) -> str:
    try:
        return file.read(source, limit=LARGEST).text
    except file.FileError as error:
        raise ConfigError(source, "", error.reason, error.place) from error


def _parsed(source: Path, text: str) -> dict[str, Any]:
    # Loaded here: most lists have no configuration beside them.
    import tomllib

    too_deep = "its keys or values are nested too deeply; flatten them"
    deep_key = _DEEP_KEY.search(text)
    if deep_key:
        raise ConfigError(source, "", too_deep, Lines(text).place(deep_key.start()))
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError(source, "", too_deep) from error
    # Not only `TOMLDecodeError`: a number of 5,000 digits is a plain `ValueError`.
    except ValueError as error:
        message = str(error)
        found = _TOML_PLACE.search(message)
        place = found and _place(text, found)
        reason = message[: found.start()] if found else message
        raise ConfigError(source, "", f"it is not valid TOML: {reason}", place) from error


def _place(text: str, found: re.Match[str]) -> Place:
    line, column = found.groups()
    return Place(int(line), int(column)) if line else Lines(text).place(len(text))


@functools.lru_cache(maxsize=1024)
def _patterns(lines: tuple[str, ...]) -> Patterns:
    return Patterns(lines)


class _Reading:
    """One file's data on its way to `Settings`; it knows what to call a key in an error."""

    def __init__(self, source: Path, prefix: str) -> None:
        self._source = source
        self._prefix = (prefix,) if prefix else ()

    def settings(self, data: object, root: Path) -> Settings:
        table = self._table(data)
        for key in table:
            if key in _KEYS:
                continue
            hint = did_you_mean(key, _KEYS) or f"; there are {listed(_KEYS, 'and')}"
            if key == "tool" and not self._prefix:
                hint = "; in this file the keys stand at the top, without [tool.peftlint]"
            raise self._error(f"unknown key{hint}", bare(key))
        select = table.get("select")
        return Settings(
            source=self._source,
            root=root,
            select=None if select is None else self._selectors(select, "select"),
            ignore=self._selectors(table.get("ignore", []), "ignore"),
            extend_select=self._selectors(table.get("extend-select", []), "extend-select"),
            exclude=self._exclude(table.get("exclude", [])),
            per_file_ignores=self._per_file_ignores(table.get("per-file-ignores", {})),
            options=dict(self._options(table.get("rules", {}))),
        )

    def _exclude(self, value: object) -> tuple[str, ...]:
        patterns = self._strings(value, "exclude")
        for index, pattern in enumerate(patterns):
            self._check_pattern(pattern, f"exclude[{index}]")
        return patterns

    def _per_file_ignores(self, value: object) -> dict[str, tuple[str, ...]]:
        ignores: dict[str, tuple[str, ...]] = {}
        for pattern, selectors in self._table(value, "per-file-ignores").items():
            key = ("per-file-ignores", quoted(pattern))
            if pattern.startswith("!"):
                raise self._error("a pattern with ! matches no file here; remove the !", *key)
            self._check_pattern(pattern, *key)
            ignores[pattern] = self._selectors(selectors, *key)
        return ignores

    def _options(self, value: object) -> Iterator[tuple[str, object]]:
        for name, table in self._table(value, "rules").items():
            try:
                rule = registry.find(name)
            except registry.UnknownRuleError as error:
                message = f"there is no such rule{_nearest(error)}"
                raise self._error(message, "rules", bare(name)) from error
            if rule.name != name:
                message = f"a rule's table has its name; write [..rules.{rule.name}]"
                raise self._error(message, "rules", bare(name))
            yield name, self._options_of(rule, self._table(table, "rules", name))

    def _options_of(self, rule: Rule, table: Mapping[str, object]) -> object:
        if rule.options is None:
            raise self._error("this rule has no options; remove its table", "rules", rule.name)
        types = get_type_hints(rule.options)
        names = {one.name.replace("_", "-"): one.name for one in fields(rule.options) if one.init}
        given: dict[str, object] = {}
        for key, value in table.items():
            if key not in names:
                hint = did_you_mean(key, list(names)) or f"; there are {listed(list(names), 'and')}"
                message = f"unknown option{hint}"
                raise self._error(message, "rules", rule.name, bare(key))
            name = names[key]
            given[name] = self._typed(value, types[name], "rules", rule.name, key)
        try:
            return rule.options(**given)
        except (TypeError, ValueError) as error:
            # What an options class refuses by itself.
            raise self._error(str(error), "rules", rule.name) from error

    def _typed(self, value: object, wanted: Any, *key: str) -> object:  # noqa: ANN401 - any type
        # Loaded here: only the options of a rule need it.
        import msgspec

        try:
            return msgspec.convert(value, wanted)
        except (msgspec.ValidationError, TypeError) as error:
            hint = did_you_mean(value, choices(wanted)) if isinstance(value, str) else ""
            message = f"expected {type_in_words(wanted)}, got {value_in_words(value)}{hint}"
            raise self._error(message, *key) from error

    def _selectors(self, value: object, *key: str) -> tuple[str, ...]:
        selectors = self._strings(value, *key)
        for index, selector in enumerate(selectors):
            try:
                registry.matching(selector)
            except registry.UnknownRuleError as error:
                message = f"there is no rule {quoted(selector)}{_nearest(error)}"
                raise self._error(message, *key[:-1], f"{key[-1]}[{index}]") from error
        return selectors

    def _check_pattern(self, pattern: str, *key: str) -> None:
        try:
            _patterns((pattern,))
        except PatternError as error:
            message = f"the pattern {quoted(pattern)} cannot be used: {error}"
            raise self._error(message, *key) from error

    def _strings(self, value: object, *key: str) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        hint = f"; write [{quoted(value)}]" if isinstance(value, str) else ""
        raise self._error(f"expected a list of strings, got {value_in_words(value)}{hint}", *key)

    def _table(self, value: object, *key: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        raise self._error(f"expected a table, got {value_in_words(value)}", *key)

    def _error(self, message: str, *key: str) -> ConfigError:
        return ConfigError(self._source, ".".join((*self._prefix, *key)), message)


def _nearest(error: registry.UnknownRuleError) -> str:
    if error.nearest:
        return f"; did you mean {quoted(error.nearest)}?"
    return "; `peftlint rules` lists them"
