"""What `check`, `fix` and `export` are told on the command line, where they are told the same."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

import click

from peftlint.caching.store import FOLDER_VARIABLE, OFF_VARIABLE, Store, default_folder
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
        click.UsageError: the options contradict each other.
    """

    paths: tuple[str, ...]
    stdin_filename: str | None
    config: Path | None
    isolated: bool

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if "" in self.paths:
            # In a script, of a variable that is not set: `fix` must not take all of this folder.
            raise click.UsageError("a PATH is empty; this folder is '.'.")
        if STDIN in self.paths and len(self.paths) > 1:
            raise click.UsageError("'-' is standard input: it cannot be given with other paths.")
        if self.stdin_filename is not None and STDIN not in self.paths:
            raise click.UsageError("--stdin-filename names standard input: give '-' as the path.")
        if self.config is not None and self.isolated:
            raise click.UsageError("--config and --isolated contradict each other.")

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
        click.UsageError: the options contradict each other.
    """

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    profile: Profile | None
    fail_on: FailOn | None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.select and self.profile is not None:
            raise click.UsageError(
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
        click.UsageError: the options contradict each other.
    """

    baseline: Path | None
    no_baseline: bool

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.baseline is not None and self.no_baseline:
            raise click.UsageError("--baseline and --no-baseline contradict each other.")


def parts_of(values: Sequence[str]) -> tuple[str, ...]:
    """What commas part in the values of an option that can be repeated."""
    # An empty part stays, and names no rule: a variable that is not set must not select others.
    return tuple(part.strip() for value in values for part in value.split(","))


def _split(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return parts_of(values)


def _selectors(option: str, text: str) -> Callable[..., Any]:
    return click.option(option, multiple=True, metavar="RULE,...", callback=_split, help=text)


def _bundled(
    kind: type[Any], parameter: str, options: Sequence[Callable[..., Any]]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator that gives a command these options as one value of type `kind`."""
    names = list(kind.__annotations__)

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def command(**given: Any) -> None:  # noqa: ANN401 - click passes what each option is
            value = kind(**{name: given.pop(name) for name in names})
            function(**given, **{parameter: value})

        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_CONFIG_OPTIONS = (
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Take this config file, not those found beside the lists.",
    ),
    click.option("--isolated", is_flag=True, help="Take no config file."),
)

#: Gives a command its `sources`: `SourceOptions`.
source_options = _bundled(
    SourceOptions,
    "sources",
    (
        click.argument("paths", nargs=-1, default=["."], metavar="[PATH]..."),
        click.option(
            "--stdin-filename",
            metavar="NAME",
            help="What standard input is called: config is looked for there.",
        ),
        *_CONFIG_OPTIONS,
    ),
)


def config_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command `config` and `isolated`, where it takes one path and not several."""
    for option in reversed(_CONFIG_OPTIONS):
        function = option(function)
    return function


#: Gives a command its `choice`: `RuleOptions`.
rule_options = _bundled(
    RuleOptions,
    "choice",
    (
        _selectors(
            "--select",
            "Run these rules only: codes, beginnings of codes (PL2), names, or ALL. "
            "Commas separate them; the option can be repeated.",
        ),
        _selectors("--ignore", "Leave these rules out."),
        _selectors("--extend-select", "Run these rules as well."),
        click.option(
            "--profile",
            type=click.Choice(PROFILES),
            help="Run the rules of this profile: few, those that are on by default, or all.",
        ),
        click.option(
            "--fail-on",
            type=click.Choice(get_args(FailOn)),
            help="Exit with 1 for findings that are at least so bad; by default for any.",
        ),
    ),
)

#: Gives a command its `known`: `BaselineOptions`.
baseline_options = _bundled(
    BaselineOptions,
    "known",
    (
        click.option(
            "--baseline",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Leave out the findings in this baseline, not those in the config's.",
        ),
        click.option("--no-baseline", is_flag=True, help="Take no baseline: tell all findings."),
    ),
)


class CacheOptions(Record):
    """Whether and where results are kept from run to run.

    Attributes:
        cache_dir: the folder; `None` for the user's own.
        no_cache: keep none, and take none that is kept.

    Raises:
        click.UsageError: the options contradict each other.
    """

    cache_dir: str | None
    no_cache: bool

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.cache_dir is not None and self.no_cache:
            raise click.UsageError("--cache-dir and --no-cache contradict each other.")
        if self.cache_dir == "":
            raise click.UsageError("--cache-dir is empty: it names a folder.")

    @property
    def store(self) -> Store | None:
        """What is kept, if anything is to be."""
        if self.no_cache or os.environ.get(OFF_VARIABLE):
            return None
        folder = self.cache_dir or default_folder()
        return Store(folder) if folder else None


#: Names the folder in which results are kept.
folder_option = click.option(
    "--cache-dir",
    metavar="DIR",
    help=f"Keep results here, and not in the user's cache folder; {FOLDER_VARIABLE} says the same.",
)

#: Gives a command its `cache`: `CacheOptions`.
cache_options = _bundled(
    CacheOptions,
    "cache",
    (
        folder_option,
        click.option(
            "--no-cache",
            is_flag=True,
            help="Keep no results, and take none that were kept: do all work anew.",
        ),
    ),
)

#: Gives a command its `color`.
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colors: by default on a terminal only; NO_COLOR and FORCE_COLOR are obeyed.",
)
