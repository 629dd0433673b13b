"""Baselines of a run: which holds for a list, what they hide, and writing them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from peftlint import basis, file, registry
from peftlint.baseline import Baseline, Record, Records, records_of, rewritten
from peftlint.baselineform import BaselineError, parse, render
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import BaselineOptions
from peftlint.commands.target import Target
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import EXTENSIONS, real_path
from peftlint.file import FileError
from peftlint.model import Document
from peftlint.newfile import write_new
from peftlint.printable import printable
from peftlint.report.tally import counted
from peftlint.settings import ConfigError, Settings

#: The most bytes of a baseline: some 100,000 findings.
LARGEST = 20_000_000


class _Named(NamedTuple):
    """A baseline as it was named.

    Attributes:
        path: as the user knows it.
        settings: the config that names it; `None` where the command line does.
    """

    path: Path
    settings: Settings | None = None

    @property
    def place(self) -> Path:
        """Its real path."""
        return real_path(self.path)

    @property
    def shown(self) -> str:
        """The path, safe to print."""
        return printable(self.path.as_posix())

    def error(self, message: str) -> Exception:
        """What is wrong with it, told where it is named."""
        if self.settings is None or self.settings.source is None:
            return FileError(self.path, message)
        return ConfigError(self.settings.source, "baseline", f"{self.shown}: {message}")

    def key(self, target: Target) -> str:
        """The path of a list, as the baseline names it."""
        path = os.path.relpath(real_path(Path(target.path)), self.place.parent)
        return path.replace(os.sep, "/")

    def is_gone(self, key: str) -> bool:
        """Whether there is no such list."""
        return not basis.is_there(self.place.parent / key)


class Baselines:
    """Leaves out what is known, each list by its own baseline.

    Args:
        known: what the command line says of baselines.

    Raises:
        FileError: the baseline that the command line names cannot be used.
    """

    def __init__(self, known: BaselineOptions) -> None:
        self._known = known
        self._open: dict[Path, tuple[_Named, Baseline]] = {}
        if known.baseline is not None:
            self._baseline(_Named(known.baseline))

    def kept(
        self, target: Target, document: Document, diagnostics: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """The findings that are not known; see `peftlint.commands.checking.Sieve`.

        Raises:
            FileError: the list's baseline cannot be read, or is none.
            ConfigError: the config names a baseline that is not there, or that a link leads to.
        """
        named = named_for(target, self._known)
        if named is None:
            return list(diagnostics)
        names = [rule.name for rule in target.rules]
        return self._baseline(named).new(named.key(target), document, diagnostics, names)

    def notes(self) -> Iterator[str]:
        """A line for each baseline with findings that are gone; safe to print."""
        for named, baseline in self._open.values():
            gone = sum(record.times for _, record in baseline.stale())
            if gone:
                yield (
                    f"{gone} of {counted(baseline.total, 'finding')} in {named.shown} "
                    f"{'is' if gone == 1 else 'are'} gone; "
                    f"`peftlint check --prune-baseline` takes {'it' if gone == 1 else 'them'} out"
                )

    def prune(self) -> Iterator[str]:
        """Take out what is gone; the lines that tell of it, safe to print.

        Raises:
            FileError: a baseline cannot be written.
            MisuseError: there is none.
        """
        if not self._open:
            raise _nowhere("--prune-baseline")
        for named, baseline in self._open.values():
            pruned = baseline.pruned()
            for key, record in pruned.removed:
                yield f"gone: {printable(key)}: {_in_words(record)}"
            text = render(pruned.records)
            if pruned.removed:
                write_new(named.path, text)
            gone = sum(record.times for _, record in pruned.removed)
            unjudged = baseline.unjudged(rule.name for rule in registry.rules())
            rest = f", {unjudged} of rules that are not installed" if unjudged else ""
            yield (
                f"Took {counted(gone, 'finding')} out of {named.shown}; "
                f"{baseline.total - gone} left{rest}."
            )

    def _baseline(self, named: _Named) -> Baseline:
        found = self._open.get(named.place)
        if found is None:
            found = self._open[named.place] = named, Baseline(_read(named), named.is_gone)
        return found[1]


class BaselineWriter:
    """Gathers the findings of a run, and writes them as baselines.

    Args:
        path: where to; `None` for where the command line or the config of each list says.
        known: what the command line says of baselines.

    Raises:
        FileError: a list is no place for a baseline.
    """

    def __init__(self, path: Path | None, known: BaselineOptions) -> None:
        self._known = known if path is None else BaselineOptions(baseline=path, no_baseline=False)
        given = self._known.baseline
        if given is not None and given.name.lower().endswith(EXTENSIONS):
            raise FileError(
                given,
                "a list is no place for a baseline; name a file such as peftlint-baseline.json, "
                "or put --write-baseline behind the paths of the lists",
            )
        self._found: dict[Path, dict[str, list[Record]]] = {}
        self._ran: dict[Path, dict[str, list[str]]] = {}
        self._named: dict[Path, tuple[_Named, Records]] = {}
        self._advises = False
        if given is not None:
            self._open(_Named(given))

    def is_about(self, target: Target) -> bool:
        """Whether findings are counted: of any list."""
        return True

    def kept(
        self, target: Target, document: Document, diagnostics: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """Take all findings of a list, and tell none; see `peftlint.commands.checking.Sieve`.

        Raises:
            FileError: what is there is no baseline.
            ConfigError: a link leads to the baseline, or out of the config's folder.
            MisuseError: nothing says where to.
        """
        named = named_for(target, self._known)
        if named is None:
            raise _nowhere("--write-baseline")
        self._open(named)
        key = named.key(target)
        self._found[named.place][key] = records_of(document, diagnostics)
        self._ran[named.place][key] = [rule.name for rule in target.rules]
        configured = target.settings.baseline_path
        self._advises |= configured is None or real_path(configured) != named.place
        return []

    def write(self) -> Iterator[str]:
        """Write the baselines; the lines that tell of it, safe to print.

        Raises:
            FileError: one cannot be written.
        """
        for place, (named, records) in self._named.items():
            found = self._found[place]
            written = rewritten(records, found, self._ran[place], named.is_gone)
            text = render(written)
            write_new(named.path, text)
            count = sum(len(some) for some in found.values())
            total = sum(record.times for some in written.values() for record in some)
            rest = f", {total - count} more in it" if total > count else ""
            yield (
                f"Wrote {counted(count, 'finding')} of {counted(len(found), 'file')} to "
                f"{named.shown}{rest}."
            )
        if self._advises:
            yield 'Name it in the config (baseline = "FILE"), or give it with --baseline FILE.'

    def _open(self, named: _Named) -> None:
        if named.place in self._named:
            return
        self._named[named.place] = named, _read(named, may_be_missing=True)
        self._found[named.place] = {}
        self._ran[named.place] = {}


def named_for(target: Target, known: BaselineOptions) -> _Named | None:
    """The baseline of a list, or `None`."""
    if known.no_baseline:
        return None
    if known.baseline is not None:
        return _Named(known.baseline)
    path = target.settings.baseline_path
    return None if path is None else _Named(_from_here(path), target.settings)


def _require_no_way_out(named: _Named) -> None:
    """A pull request may hold links; what they lead to is quoted in errors, and written."""
    if named.settings is not None and named.settings.root is not None:
        end = named.settings.root
    elif named.path.is_absolute() or ".." in named.path.parts:
        return
    else:
        end = Path(basis.without_links(os.curdir))
    if not Path(basis.without_links(named.path)).is_relative_to(end):
        where = printable(end.as_posix())
        raise named.error(f"a symbolic link leads out of {where}; remove the link")


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _read(named: _Named, *, may_be_missing: bool = False) -> dict[str, list[Record]]:
    """The records of a baseline.

    Raises:
        FileError: it cannot be read, or is none.
        ConfigError: the config names one that is not there, or that a link leads out to.
    """
    if not basis.is_there(named.path):
        if may_be_missing:
            return {}
        to = "" if named.settings else f" {named.shown}"
        raise named.error(
            f"there is no such baseline; `peftlint check --write-baseline{to}` writes it"
        )
    _require_no_way_out(named)
    text_file = file.read(named.path, LARGEST)
    try:
        return parse(text_file.text)
    except BaselineError as error:
        raise FileError(named.path, error.message, error.place) from error


def _in_words(record: Record) -> str:
    about = record.entry or record.id or record.line or record.text
    times = f" ({record.times} times)" if record.times > 1 else ""
    return printable(f"{record.rule}: {about}{times}")


def _nowhere(option: str) -> MisuseError:
    return MisuseError(
        f"{option} needs to know the baseline: give FILE, or name it in the config "
        '(baseline = "peftlint-baseline.json").'
    )
