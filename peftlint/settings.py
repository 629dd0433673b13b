"""Settings: what a configuration says, and what is said where there is none."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from peftlint import registry
from peftlint.discovery import real_path
from peftlint.printable import printable
from peftlint.rule import Profile, Rule, Severity
from peftlint.source import Place
from peftlint.value import NamedTuple

if TYPE_CHECKING:
    from peftlint.pattern import Patterns


#: The least severity with which a finding makes a run fail.
FailOn = Literal[Severity, "never"]


class ConfigError(Exception):
    """A configuration file cannot be used.

    Attributes:
        file: which one.
        key: the dotted path of the key that is wrong; empty where it is the file itself.
        message: what is wrong and what to do; one line.
        place: where in the file; `None` where that is not known, or the file itself is wrong.
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
        profile: which rules run where nothing is selected.
        select: selectors of the rules to run; `None` for those of the profile.
        ignore: selectors of rules to leave out.
        extend_select: selectors of rules to run as well.
        severity: selectors to the severities of the rules that they mean.
        fail_on: the least severity with which a finding makes a run fail.
        exclude: patterns of files and folders to leave out, in `.gitignore`'s syntax.
        per_file_ignores: a pattern to the selectors of rules to leave out in its files.
        lists: files that are one list together, each list as patterns of its files.
        baseline: the file of the findings that are known, from the root; `None` for none.
        layout: the name of the layout in which lists are written.
        layouts: layouts of one's own, a name to a template that can be parsed; whether what it
            writes reads back is found out where it is used.
        options: a rule's name to an instance of its options, for rules that have some set.
    """

    source: Path | None = None
    root: Path | None = None
    profile: Profile = "default"
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = MappingProxyType({})
    fail_on: FailOn = "info"
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    lists: tuple[tuple[str, ...], ...] = ()
    baseline: str | None = None
    layout: str = "list"
    layouts: Mapping[str, str] = MappingProxyType({})
    options: Mapping[str, object] = MappingProxyType({})

    def with_options(
        self,
        select: Sequence[str] | None = None,
        ignore: Sequence[str] = (),
        extend_select: Sequence[str] = (),
        *,
        profile: Profile | None = None,
        fail_on: FailOn | None = None,
    ) -> Settings:
        """These settings under what the command line says.

        Args:
            select: instead of what the configuration selects, selects as well and ignores: who
                selects a rule there wants it; `None` to leave that as it is.
            ignore: in addition.
            extend_select: in addition.
            profile: instead of the configuration's, and of what it selects; `None` to leave
                both as they are.
            fail_on: instead of the configuration's; `None` to leave it as it is.
        """
        kept = self
        if select is not None:
            kept = kept._replace(select=tuple(select), ignore=(), extend_select=())
        if profile is not None:
            kept = kept._replace(profile=profile, select=None)
        return kept._replace(
            ignore=(*kept.ignore, *ignore),
            extend_select=(*kept.extend_select, *extend_select),
            fail_on=kept.fail_on if fail_on is None else fail_on,
        )

    def rules_for(self, path: Path) -> tuple[Rule, ...]:
        """The rules to run on a file, by code, with the severities that they have there.

        Args:
            path: the file, which need not exist.

        Raises:
            UnknownRuleError: a selector from the command line names no rule; those of a
                configuration were looked at when it was loaded.
            RuleError: the rules cannot be loaded.
        """
        rules = registry.select(self.select, self.ignore, self.extend_select, self.profile)
        if self.severity:
            rules = registry.graded(rules, self.severity)
        dropped = self.ignored_in(path)
        return tuple(rule for rule in rules if rule.code not in dropped)

    def layout_rules_for(self, path: Path) -> tuple[Rule, ...]:
        """The rules about layout, whatever runs otherwise, without those that are ignored.

        Args:
            path: as for `rules_for`.

        Raises:
            RuleError: as for `rules_for`.
        """
        dropped = self.ignored_in(path)
        return tuple(
            rule for rule in registry.layout_rules(self.ignore) if rule.code not in dropped
        )

    def ignored_in(self, path: Path) -> dict[str, str]:
        """The codes of the rules to leave out in a file, each with the pattern that says so."""
        relative = self.relative(path) if self.per_file_ignores else None
        if relative is None:
            return {}
        dropped: dict[str, str] = {}
        for pattern, selectors in self.per_file_ignores.items():
            if not patterns((pattern,)).match(relative):
                continue
            for selector in selectors:
                for rule in registry.matching(selector):
                    dropped.setdefault(rule.code, pattern)
        return dropped

    def excludes(self, path: Path, is_folder: bool = False) -> bool:
        """Whether a path below the root, or a folder above it, is to be left out."""
        relative = self.relative(path) if self.exclude else None
        return relative is not None and patterns(self.exclude).match(relative, is_folder)

    @property
    def baseline_path(self) -> Path | None:
        """Where the baseline stands; `None` where the configuration names none."""
        if self.baseline is None or self.root is None:
            return None
        return self.root / self.baseline

    def relative(self, path: Path) -> str | None:
        """A path as patterns are compared with it; `None` where it is not below the root.

        Args:
            path: a file or a folder, which need not exist.
        """
        place = real_path(path)
        if self.root is None or place == self.root or not place.is_relative_to(self.root):
            return None
        return place.relative_to(self.root).as_posix()


@functools.lru_cache(maxsize=1024)
def patterns(lines: tuple[str, ...]) -> Patterns:
    """Patterns of a configuration, compiled once.

    Raises:
        PatternError: one of them is malformed.
    """
    # Loaded here: most lists have no configuration.
    from peftlint.pattern import Patterns

    return Patterns(lines)
