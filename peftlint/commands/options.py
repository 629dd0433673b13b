"""What `check`, `fix` and `export` are told on the command line, where they are told the same."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from peftlint.caching.store import FOLDER_VARIABLE, OFF_VARIABLE, Store, default_folder
from peftlint.commands.command import Argument, Group, Option, flag
from peftlint.commands.misuse import MisuseError
from peftlint.rule import PROFILES, Profile
from peftlint.settings import FailOn, Settings
from peftlint.value import Record

#: The argument that means standard input.
STDIN = "-"


class SourceOptions(Record):
    """Which files, and which config.

    Attributes:
        paths: files and folders, or `-` alone.
        stdin_filename: what standard input is called, for its config and in reports.
        config: a config file to take instead of those found beside the lists.
        isolated: take no config file at all.

    Raises:
        MisuseError: the options contradict each other.
    """

    paths: tuple[str, ...]
    stdin_filename: str | None
    config: Path | None
    isolated: bool

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if "" in self.paths:
            # In a script, of a variable that is not set: `fix` must not take all of this folder.
            raise MisuseError("a PATH is empty; this folder is '.'.")
        if STDIN in self.paths and len(self.paths) > 1:
            raise MisuseError("'-' is standard input: it cannot be given with other paths.")
        if self.stdin_filename is not None and STDIN not in self.paths:
            raise MisuseError("--stdin-filename names standard input: give '-' as the path.")
        if self.config is not None and self.isolated:
            raise MisuseError("--config and --isolated contradict each other.")

    @property
    def is_stdin(self) -> bool:
        """Whether standard input is read, and nothing else."""
        return STDIN in self.paths


class RuleOptions(Record):
    """Which rules, and which of their findings count, over what the config says.

    Attributes:
        select: selectors; empty where the config or the default decides.
        ignore: selectors of rules to leave out.
        extend_select: selectors of rules to run as well.
        profile: which rules run where nothing is selected; `None` where the config decides.
        fail_on: the least severity with which a finding counts; `None` where the config decides.

    Raises:
        MisuseError: the options contradict each other.
    """

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    profile: Profile | None
    fail_on: FailOn | None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.select and self.profile is not None:
            raise MisuseError(
                "--select and --profile contradict each other: "
                "--extend-select adds rules to those of a profile."
            )

    @property
    def given(self) -> frozenset[str]:
        """The keys of a config that these options set."""
        return frozenset(
            name.replace("_", "-")
            for name in ("select", "ignore", "extend_select", "profile", "fail_on")
            if getattr(self, name)
        )

    def over(self, settings: Settings) -> Settings:
        """What a config says, under these options."""
        return settings.with_options(
            self.select or None,
            self.ignore,
            self.extend_select,
            profile=self.profile,
            fail_on=self.fail_on,
        )


class BaselineOptions(Record):
    """Which findings are known, over what the config says.

    Attributes:
        baseline: a baseline to take instead of the config's.
        no_baseline: take none.

    Raises:
        MisuseError: the options contradict each other.
    """

    baseline: Path | None
    no_baseline: bool

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.baseline is not None and self.no_baseline:
            raise MisuseError("--baseline and --no-baseline contradict each other.")


def parts_of(values: Sequence[str]) -> tuple[str, ...]:
    """What commas part in the values of an option that can be repeated."""
    # An empty part stays, and names no rule: a variable that is not set must not select others.
    return tuple(part.strip() for value in values for part in value.split(","))


def _selectors(name: str, help: str) -> Option:
    return Option((name,), help, metavar="RULE,...", is_repeated=True, read=parts_of)


#: Which config, for a command that takes one path and not several: `config` and `isolated`.
CONFIG = (
    Option(
        ("--config",),
        "Take this config file, not those found beside the lists.",
        "existing file",
        metavar="FILE",
    ),
    flag("--isolated", help="Take no config file."),
)

SOURCES = Group(
    "sources",
    SourceOptions,
    (
        Argument("paths", "[PATH]...", default=".", is_many=True),
        Option(
            ("--stdin-filename",),
            "What standard input is called: config is looked for there.",
            metavar="NAME",
        ),
        *CONFIG,
    ),
)

CHOICE = Group(
    "choice",
    RuleOptions,
    (
        _selectors(
            "--select",
            "Run these rules only: codes, beginnings of codes (PL2), names, or ALL. "
            "Commas separate them; the option can be repeated.",
        ),
        _selectors("--ignore", "Leave these rules out."),
        _selectors("--extend-select", "Run these rules as well."),
        Option(
            ("--profile",),
            "Run the rules of this profile: few, those that are on by default, or all.",
            choices=PROFILES,
        ),
        Option(
            ("--fail-on",),
            "Exit with 1 for findings that are at least so bad; by default for any.",
            choices=get_args(FailOn),
        ),
    ),
)

KNOWN = Group(
    "known",
    BaselineOptions,
    (
        Option(
            ("--baseline",),
            "Leave out the findings in this baseline, not those in the config's.",
            "file",
            metavar="FILE",
        ),
        flag("--no-baseline", help="Take no baseline: tell all findings."),
    ),
)


class CacheOptions(Record):
    """Whether and where results are kept from run to run.

    Attributes:
        cache_dir: the folder; `None` for the user's own.
        no_cache: keep none, and take none that is kept.

    Raises:
        MisuseError: the options contradict each other.
    """

    cache_dir: str | None
    no_cache: bool

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.cache_dir is not None and self.no_cache:
            raise MisuseError("--cache-dir and --no-cache contradict each other.")
        if self.cache_dir == "":
            raise MisuseError("--cache-dir is empty: it names a folder.")

    @property
    def store(self) -> Store | None:
        """What is kept, if anything is to be."""
        if self.no_cache or os.environ.get(OFF_VARIABLE):
            return None
        folder = self.cache_dir or default_folder()
        return Store(folder) if folder else None


#: Names the folder in which results are kept.
CACHE_DIR = Option(
    ("--cache-dir",),
    f"Keep results here, and not in the user's cache folder; {FOLDER_VARIABLE} says the same.",
    metavar="DIR",
)

CACHE = Group(
    "cache",
    CacheOptions,
    (
        CACHE_DIR,
        flag("--no-cache", help="Keep no results, and take none that were kept: do all work anew."),
    ),
)

COLOR = Option(
    ("--color",),
    "Colors: by default on a terminal only; NO_COLOR and FORCE_COLOR are obeyed.",
    choices=("auto", "always", "never"),
    default="auto",
)


def output_format(help: str) -> Option:
    """Whether what a command tells is for people or for programs.

    Args:
        help: what each of the two is.
    """
    return Option(("--output-format",), help, choices=("text", "json"), default="text")
