"""Reading a configuration file into settings.

A configuration is data, possibly a stranger's: no code is loaded from it, no variable is
expanded in it, and its size is limited.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from peftlint import basis, file, registry
from peftlint.option import types_of
from peftlint.pattern import PatternError
from peftlint.printable import printable
from peftlint.regex import regex
from peftlint.rule import Profile, Rule, RuleError, Severity, in_words, option_fields
from peftlint.settings import ConfigError, FailOn, Settings, patterns
from peftlint.source import Lines, Place
from peftlint.wording import (
    bare,
    choices,
    did_you_mean,
    dotted,
    item_type,
    listed,
    quoted,
    type_in_words,
    value_in_words,
)

if TYPE_CHECKING:
    from peftlint.keyplace import KeyPath

#: The most bytes of a configuration file.
LARGEST = 1_000_000

#: All keys of a configuration.
KEYS = (
    "profile", "select", "ignore", "extend-select", "severity", "fail-on", "exclude",
    "per-file-ignores", "lists", "baseline", "layout",
    "layouts", "rules",
)  # fmt: skip

#: The most layouts that a configuration may add.
MOST_LAYOUTS = 50

# The end of every message of `tomllib.TOMLDecodeError`, which has no other place before 3.14.
_TOML_PLACE = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

# `tomllib` takes time and memory by the square of a dotted key's parts: 10 GB for one of 1 MB.
_DEEPEST_KEY = 32
_KEY = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_DEEP_KEY = regex(rf"(?<![\w-])(?:{_KEY}[ \t]*+\.[ \t]*+){{{_DEEPEST_KEY}}}")


class OptionError(ValueError):
    """A rule cannot take the options that are given for it.

    Attributes:
        rule: its name.
        path: of what is wrong, `("known-hosts", 0)` for an item of a list; empty where it is all
            of them.
        message: what is wrong and what to do; one line.
    """

    def __init__(self, rule: str, path: KeyPath, message: str) -> None:
        self.rule = rule
        self.path = path
        self.message = message
        super().__init__(rule, path, message)

    @property
    def key(self) -> str:
        """The path in words: `known-hosts[0]`."""
        return dotted(self.path)

    def __str__(self) -> str:
        """`rule.key: message`, safe to print."""
        return printable(f"{dotted((self.rule, *self.path))}: {self.message}")


def options_of(rule: Rule, table: Mapping[str, object]) -> object:
    """What a table says about a rule, as an instance of the rule's options.

    Args:
        rule: the rule.
        table: keys as a configuration has them, with hyphens, to values as `tomllib` reads them.

    Raises:
        OptionError: the rule has no options, or not this one, or a value is not of its type, or
            the rule refuses it.
        RuleError: the rule fails over them; the message names it and its distribution.
    """
    if rule.options is None:
        raise OptionError(rule.name, (), "this rule has no options; leave it out")
    types = types_of(rule)
    names = {name.replace("_", "-"): name for name in option_fields(rule.options) or ()}
    given: dict[str, object] = {}
    for key, value in table.items():
        if key not in names:
            hint = did_you_mean(key, list(names)) or f"; there are {listed(list(names), 'and')}"
            raise OptionError(rule.name, (key,), f"unknown option{hint}")
        given[names[key]] = _typed(rule, (key,), value, types[names[key]])
    try:
        return rule.options(**given)
    except (TypeError, ValueError) as error:
        # What an options class refuses by itself.
        raise OptionError(rule.name, (), str(error)) from error
    except Exception as error:
        # A stranger's rule may raise anything; the user needs to know whose it is.
        raise RuleError(
            f"rule {rule.name} of {rule.origin} failed over its options: {in_words(error)}"
        ) from error


def _typed(
    rule: Rule,
    path: KeyPath,
    value: object,
    wanted: Any,  # noqa: ANN401 - any type
) -> object:
    # Loaded here: only the options of a rule need it.
    import msgspec

    try:
        return msgspec.convert(value, wanted)
    except (msgspec.ValidationError, TypeError) as error:
        item = item_type(wanted)
        if isinstance(value, (list, tuple)) and item is not None:
            # To name the item that is wrong.
            for index, one in enumerate(value):
                _typed(rule, (*path, index), one, item)
        hint = did_you_mean(value, choices(wanted)) if isinstance(value, str) else ""
        message = f"expected {type_in_words(wanted)}, got {value_in_words(value)}{hint}"
        raise OptionError(rule.name, path, message) from error


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
    settings = load_if_any(source, root)
    if settings is None:
        raise ConfigError(source, "", "it has no table [tool.peftlint]; add one")
    return settings


def load_if_any(source: Path, root: Path | None = None) -> Settings | None:
    """As `load`, but `None` for a `pyproject.toml` without a table for peftlint."""
    stated = stated_in(source)
    if stated is None:
        return None
    return _Reading(source, stated).settings(root or Path(basis.without_links(source.parent)))


class Stated(NamedTuple):
    """What a configuration file says, as it says it.

    Attributes:
        text: all of the file.
        prefix: the table that is peftlint's; empty where the keys stand at the top.
        table: what `tomllib` makes of it, not looked at.
    """

    text: str
    prefix: tuple[str, ...]
    table: object


def stated_in(source: Path) -> Stated | None:
    """What a file says; `None` for a `pyproject.toml` without a table for peftlint.

    Raises:
        ConfigError: it cannot be read, or is no TOML.
    """
    text = _text_of(source)
    is_project = source.name == "pyproject.toml"
    # Many a project has one that is not about us: no need to parse it.
    if is_project and "peftlint" not in text:
        return None
    prefix = ("tool", "peftlint") if is_project else ()
    data: object = _parsed(source, text)
    for key in prefix:
        data = data.get(key) if isinstance(data, dict) else None
    return None if data is None else Stated(text, prefix, data)


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
    except ValueError as error:
        message = str(error)
        most = sys.get_int_max_str_digits()
        if most and not isinstance(error, tomllib.TOMLDecodeError):
            # Loaded here: only an error needs it.
            from peftlint.keyplace import long_number

            at = long_number(text, most)
            where = None if at is None else Lines(text).place(at)
            raise ConfigError(
                source, "", f"a number has more than {most:,} digits; shorten it", where
            ) from error
        found = _TOML_PLACE.search(message)
        place = found and _place(text, found)
        reason = message[: found.start()] if found else message
        raise ConfigError(source, "", f"it is not valid TOML: {reason}", place) from error


def _place(text: str, found: re.Match[str]) -> Place:
    line, column = found.groups()
    return Place(int(line), int(column)) if line else Lines(text).place(len(text))


def error_in(source: Path, message: str, *key: str | int) -> ConfigError:
    """The error of a key that turned out to be wrong after the configuration was read.

    Args:
        source: the file.
        message: what is wrong and what to do; one line.
        key: the parts of the key, below peftlint's own table.
    """
    try:
        stated = stated_in(source)
    except ConfigError:
        stated = None
    # Where it was changed since, the place of the key is not known.
    return _error_at(source, stated or Stated("", (), None), message, key)


class _Reading:
    """One file's data on its way to `Settings`; it knows what to call a key in an error."""

    def __init__(self, source: Path, stated: Stated) -> None:
        self._source = source
        self._stated = stated

    def settings(self, root: Path) -> Settings:
        table = self._table(self._stated.table)
        for key in table:
            if key in KEYS:
                continue
            hint = did_you_mean(key, KEYS) or f"; there are {listed(KEYS, 'and')}"
            if key == "tool" and not self._stated.prefix:
                hint = "; in this file the keys stand at the top, without [tool.peftlint]"
            raise self._error(f"unknown key{hint}", key)
        select = table.get("select")
        layouts = dict(self._layouts(table.get("layouts", {})))
        return Settings(
            source=self._source,
            root=root,
            profile=self._choice(table.get("profile", "default"), Profile, "profile"),
            select=None if select is None else self._selectors(select, "select"),
            ignore=self._selectors(table.get("ignore", []), "ignore"),
            extend_select=self._selectors(table.get("extend-select", []), "extend-select"),
            severity=self._severity(table.get("severity", {})),
            fail_on=self._choice(table.get("fail-on", "info"), FailOn, "fail-on"),
            exclude=self._exclude(table.get("exclude", [])),
            per_file_ignores=self._per_file_ignores(table.get("per-file-ignores", {})),
            lists=tuple(self._lists(table.get("lists", []))),
            baseline=self._baseline(table.get("baseline")),
            layout=self._layout(table.get("layout"), layouts),
            layouts=layouts,
            options=dict(self._options(table.get("rules", {}))),
        )

    def _exclude(self, value: object) -> tuple[str, ...]:
        patterns = self._strings(value, "exclude")
        for index, pattern in enumerate(patterns):
            self._check_pattern(pattern, "exclude", index)
        return patterns

    def _per_file_ignores(self, value: object) -> dict[str, tuple[str, ...]]:
        ignores: dict[str, tuple[str, ...]] = {}
        for pattern, selectors in self._table(value, "per-file-ignores").items():
            key = ("per-file-ignores", pattern)
            if pattern.startswith("!"):
                raise self._error("a pattern with ! matches no file here; remove the !", *key)
            self._check_pattern(pattern, *key)
            ignores[pattern] = self._selectors(selectors, *key)
        return ignores

    def _severity(self, value: object) -> dict[str, Severity]:
        severities: dict[str, Severity] = {}
        taken: dict[tuple[int, tuple[Rule, ...]], str] = {}
        for selector, severity in self._table(value, "severity").items():
            key = ("severity", selector)
            rules = self._matching(selector, *key)
            # A rule's code and its name: a table has no order, so neither goes over the other.
            other = taken.setdefault((registry.exactness(selector), rules), selector)
            if other != selector:
                raise self._error(f"it means the same as {bare(other)}; keep one of them", *key)
            severities[selector] = self._choice(severity, Severity, *key)
        return severities

    def _lists(self, value: object) -> Iterator[tuple[str, ...]]:
        if not isinstance(value, list):
            hint = f"; write [[{quoted(value)}]]" if isinstance(value, str) else ""
            message = f"expected a list of lists of strings, got {value_in_words(value)}{hint}"
            raise self._error(message, "lists")
        for index, one in enumerate(value):
            key = ("lists", index)
            files = tuple(name.removeprefix("./") for name in self._strings(one, *key))
            if not files:
                raise self._error("a list has at least one file; name it, or remove this", *key)
            for place, name in enumerate(files):
                if mistake := _mistake_in_path(name):
                    raise self._error(mistake, *key, place)
                self._check_pattern(name, *key, place)
            yield files

    def _baseline(self, value: object) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._error(f"expected a string, got {value_in_words(value)}", "baseline")
        if mistake := _mistake_in_file(value):
            raise self._error(mistake, "baseline")
        return value

    def _layouts(self, value: object) -> Iterator[tuple[str, str]]:
        templates = self._table(value, "layouts")
        if len(templates) > MOST_LAYOUTS:
            raise self._error(f"there are more than {MOST_LAYOUTS}; remove some", "layouts")
        for name, source in templates.items():
            # Loaded here: most configurations have no layout of their own.
            from peftlint.layout.named import mistake_in_name
            from peftlint.layout.template import LayoutError, parse

            if mistake := mistake_in_name(name):
                raise self._error(mistake, "layouts", name)
            if not isinstance(source, str):
                message = f"expected a template as a string, got {value_in_words(source)}"
                raise self._error(message, "layouts", name)
            try:
                parse(source, name)
            except LayoutError as error:
                message = str(error).removeprefix(f"layout {name}: ")
                raise self._error(message, "layouts", name) from error
            yield name, source

    def _layout(self, value: object, own: Mapping[str, str]) -> str:
        if value is None:
            return Settings().layout
        # Loaded here: most configurations name no layout.
        from peftlint.layout.named import layout_names

        names = layout_names(own)
        if isinstance(value, str) and value in names:
            return value
        hint = did_you_mean(value, names) if isinstance(value, str) else ""
        hint = hint or f"; there are {listed([quoted(name) for name in names], 'and')}"
        message = f"expected the name of a layout, got {value_in_words(value)}{hint}"
        raise self._error(message, "layout")

    def _options(self, value: object) -> Iterator[tuple[str, object]]:
        for name, table in self._table(value, "rules").items():
            try:
                rule = registry.find(name)
            except registry.UnknownRuleError as error:
                message = f"there is no such rule{_nearest(error)}"
                raise self._error(message, "rules", name) from error
            if rule.name != name:
                header = dotted((*self._stated.prefix, "rules", rule.name))
                message = f"a rule's table has its name; write [{header}]"
                raise self._error(message, "rules", name)
            try:
                yield name, options_of(rule, self._table(table, "rules", name))
            except OptionError as error:
                raise self._error(error.message, "rules", name, *error.path) from error

    def _selectors(self, value: object, *key: str | int) -> tuple[str, ...]:
        selectors = self._strings(value, *key)
        for index, selector in enumerate(selectors):
            self._matching(selector, *key, index)
        return selectors

    def _matching(self, selector: str, *key: str | int) -> tuple[Rule, ...]:
        try:
            return registry.matching(selector)
        except registry.UnknownRuleError as error:
            message = f"there is no rule {quoted(selector)}{_nearest(error)}"
            raise self._error(message, *key) from error

    def _choice(self, value: object, wanted: Any, *key: str | int) -> Any:  # noqa: ANN401 - of a Literal
        if isinstance(value, str) and value in get_args(wanted):
            return value
        hint = did_you_mean(value, choices(wanted)) if isinstance(value, str) else ""
        message = f"expected {type_in_words(wanted)}, got {value_in_words(value)}{hint}"
        raise self._error(message, *key)

    def _check_pattern(self, pattern: str, *key: str | int) -> None:
        try:
            patterns((pattern,))
        except PatternError as error:
            message = f"the pattern {quoted(pattern)} cannot be used: {error}"
            raise self._error(message, *key) from error

    def _strings(self, value: object, *key: str | int) -> tuple[str, ...]:
        if isinstance(value, list):
            for index, item in enumerate(value):
                if not isinstance(item, str):
                    message = f"expected a string, got {value_in_words(item)}"
                    raise self._error(message, *key, index)
            return tuple(value)
        hint = f"; write [{quoted(value)}]" if isinstance(value, str) else ""
        raise self._error(f"expected a list of strings, got {value_in_words(value)}{hint}", *key)

    def _table(self, value: object, *key: str | int) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        raise self._error(f"expected a table, got {value_in_words(value)}", *key)

    def _error(self, message: str, *key: str | int) -> ConfigError:
        return _error_at(self._source, self._stated, message, key)


def _error_at(source: Path, stated: Stated, message: str, key: KeyPath) -> ConfigError:
    # Loaded here: only an error needs it.
    from peftlint.keyplace import offset_of

    path = (*stated.prefix, *key)
    at = offset_of(stated.text, path)
    place = None if at is None else Lines(stated.text).place(at)
    return ConfigError(source, dotted(path), message, place)


def _mistake_in_path(pattern: str) -> str:
    """What is wrong with a pattern of a list's files, and what to do; empty if nothing is."""
    if not pattern:
        return "a file has a name; remove this"
    if pattern.startswith("!"):
        return "a pattern with ! adds no file here; remove it"
    if "\\" in pattern:
        return "folders are parted by /; write it instead of the backslash"
    if pattern.startswith("/") or re.match("[A-Za-z]:", pattern):
        return "paths are from the folder of this config; write it without what stands before that"
    if ".." in pattern.split("/"):
        return "a list's files are below the folder of this config; write a path without .."
    return ""


def _mistake_in_file(name: str) -> str:
    """What is wrong with the path of a file that peftlint writes; empty if nothing is."""
    if not name or name.endswith("/"):
        return "a file has a name; write it, or remove this"
    if not name.isprintable():
        return "a path has no characters that cannot be seen; remove them"
    if "\\" in name:
        return "folders are parted by /; write it instead of the backslash"
    if name.startswith("/") or re.match("[A-Za-z]:", name):
        return "paths are from the folder of this config; write it without what stands before that"
    if ".." in name.split("/"):
        return "it has to be below the folder of this config; write a path without .."
    return ""


def _nearest(error: registry.UnknownRuleError) -> str:
    if error.nearest:
        return f"; did you mean {quoted(error.nearest)}?"
    return "; `peftlint rules` lists them"
