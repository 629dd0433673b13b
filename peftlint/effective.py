"""Which settings hold for a path, and where each of them comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from peftlint import registry
from peftlint.config import KEYS, stated_in
from peftlint.keyplace import Key, key_lines, line_of
from peftlint.option import options_in, plain
from peftlint.registry import Verdict
from peftlint.rule import Rule
from peftlint.settings import Settings


class Origin(NamedTuple):
    """Where a value comes from.

    Attributes:
        kind: what says it; a rule says its own severity and the defaults of its options.
        file: the configuration, where that is it.
        line: of the key in it, counted from 1; `None` where it is not known.
    """

    kind: Literal["default", "file", "command line"]
    file: Path | None = None
    line: int | None = None


DEFAULT = Origin("default")
COMMAND_LINE = Origin("command line")


class Value(NamedTuple):
    """A setting.

    Attributes:
        key: its parts, from the top of a configuration; `("rules", NAME, OPTION)` for an option.
        value: what `tomllib` would read; `None` where it is not set.
        origins: where it comes from; more than one where the command line adds to a file.
    """

    key: Key
    value: object
    origins: tuple[Origin, ...]


class RuleState(NamedTuple):
    """A rule at a path.

    Attributes:
        rule: with the severity that it has there.
        runs: whether it runs.
        key: what decides that, `("profile",)` or `("ignore[0]",)`.
        value: the value of that key; `None` where `select` does not name the rule.
        origin: where that comes from.
        severity_origin: where its severity comes from.
    """

    rule: Rule
    runs: bool
    key: Key
    value: object
    origin: Origin
    severity_origin: Origin


class Effective(NamedTuple):
    """What holds for a path.

    Attributes:
        path: the file or folder.
        settings: the file's, under the command line.
        values: each key and each option.
        rules: all rules, by code.
    """

    path: Path
    settings: Settings
    values: tuple[Value, ...]
    rules: tuple[RuleState, ...]


def effective(
    path: Path, settings: Settings, chosen: Settings, overridden: Collection[str]
) -> Effective:
    """What holds for a path.

    Args:
        path: a file or a folder.
        settings: what its configuration says.
        chosen: the same under the command line.
        overridden: the keys that the command line gives.

    Raises:
        ConfigError: the configuration cannot be read any more.
        RuleError: a rule's options cannot be used.
    """
    origins = _Origins(settings, chosen, overridden)
    values = (*_values(chosen, origins), *_options(chosen, origins))
    return Effective(path, chosen, values, tuple(_rules(path, chosen, origins)))


class _Origins:
    """Knows where values come from."""

    def __init__(self, settings: Settings, chosen: Settings, overridden: Collection[str]) -> None:
        self._source = settings.source
        self._overridden = overridden
        # The first of these come from the file, what follows from the command line.
        self._from_file = {
            key: 0 if "select" in overridden else len(_items(settings, key))
            for key in ("ignore", "extend-select")
        }
        self._count = {key: len(_items(chosen, key)) for key in self._from_file}
        stated = None if self._source is None else stated_in(self._source)
        self._prefix: Key = stated.prefix if stated else ()
        self._table = stated.table if stated else {}
        self._lines = key_lines(stated.text) if stated else {}

    def of(self, *key: str) -> Origin:
        """The origin of a value that is not made of several."""
        return COMMAND_LINE if key[0] in self._overridden else self._file(*key)

    def of_all(self, key: str) -> tuple[Origin, ...]:
        """The origins of a key's value."""
        if key == "select" and "profile" in self._overridden and self._is_stated(key):
            # `--profile` puts the file's selection aside.
            return (COMMAND_LINE,)
        if key not in self._from_file:
            return (self.of(key),)
        origins = []
        if self._from_file[key]:
            origins.append(self._file(key))
        is_aside = "select" in self._overridden and self._is_stated(key)
        if self._count[key] > self._from_file[key] or is_aside:
            origins.append(COMMAND_LINE)
        return tuple(origins) or (self._file(key),)

    def of_item(self, key: str, index: int) -> Origin:
        """The origin of one of the selectors of a key."""
        if key not in self._from_file:
            return self.of(key)
        return self._file(key) if index < self._from_file[key] else COMMAND_LINE

    def _file(self, *key: str) -> Origin:
        if not self._is_stated(*key):
            return DEFAULT
        return Origin("file", self._source, line_of(self._lines, (*self._prefix, *key)))

    def _is_stated(self, *key: str) -> bool:
        """Whether the file has a key."""
        table: object = self._table
        for part in key:
            if not isinstance(table, Mapping) or part not in table:
                return False
            table = table[part]
        return True


def _items(settings: Settings, key: str) -> Sequence[str]:
    return settings.ignore if key == "ignore" else settings.extend_select


def _values(chosen: Settings, origins: _Origins) -> Iterator[Value]:
    for key in KEYS:
        if key == "rules":
            continue
        value = plain(getattr(chosen, key.replace("-", "_")))
        yield Value((key,), value, origins.of_all(key))


def _options(chosen: Settings, origins: _Origins) -> Iterator[Value]:
    for rule in registry.rules():
        given = chosen.options.get(rule.name)
        for option in options_in(rule):
            key = ("rules", rule.name, option.key)
            value = option.default if given is None else getattr(given, option.field)
            yield Value(key, plain(value), (origins.of(*key),))


def _rules(path: Path, chosen: Settings, origins: _Origins) -> Iterator[RuleState]:
    verdicts = registry.verdicts(chosen.select, chosen.ignore, chosen.extend_select, chosen.profile)
    severities = {rule.code: rule for rule in registry.graded(registry.rules(), chosen.severity)}
    said = _severity_selectors(chosen)
    ignored = chosen.ignored_in(path)
    for verdict in verdicts:
        rule = severities[verdict.rule.code]
        selector = said.get(rule.code)
        severity_origin = DEFAULT if selector is None else origins.of("severity", selector)
        pattern = ignored.get(rule.code)
        if verdict.runs and pattern is not None:
            key: Key = ("per-file-ignores", pattern)
            value: object = list(chosen.per_file_ignores[pattern])
            yield RuleState(rule, False, key, value, origins.of(*key), severity_origin)
            continue
        key, value, origin = _decision(verdict, chosen, origins)
        yield RuleState(rule, verdict.runs, key, value, origin, severity_origin)


def _severity_selectors(chosen: Settings) -> dict[str, str]:
    """The selector that gives each rule its severity."""
    return {
        rule.code: selector
        for selector in sorted(chosen.severity, key=registry.exactness)
        for rule in registry.matching(selector)
    }


def _decision(verdict: Verdict, chosen: Settings, origins: _Origins) -> tuple[Key, object, Origin]:
    """What decides whether a rule runs: the key, its value and where that comes from."""
    setting, at = verdict.setting, verdict.at
    if setting == "profile":
        return ("profile",), chosen.profile, origins.of("profile")
    if at is None:
        return (setting,), None, origins.of(setting)
    selectors = {
        "select": chosen.select or (),
        "extend-select": chosen.extend_select,
        "ignore": chosen.ignore,
    }[setting]
    return (f"{setting}[{at}]",), selectors[at], origins.of_item(setting, at)
