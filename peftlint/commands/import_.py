"""`peftlint import`: the works of a BibTeX file added to a list."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from peftlint import file
from peftlint.commands.command import Argument, Option, flag, takes
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.failure import Abandoned, Failures
from peftlint.commands.layout import LAYOUT, Layouts
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import COLOR, CONFIG, STDIN, RuleOptions, SourceOptions
from peftlint.commands.outlet import Outlet
from peftlint.commands.section import SectionError, section_named, sections_below
from peftlint.commands.target import Target, targets
from peftlint.diagnostic import Diagnostic
from peftlint.file import FileError
from peftlint.importing.adding import Additions, CannotAddError, add, lines_of
from peftlint.importing.bibfile import LARGEST, Broken, entries
from peftlint.importing.citation import Citation, citation
from peftlint.importing.known import Known
from peftlint.importing.latex import ImportExtraError
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.report.terminal import ColorChoice, Terminal
from peftlint.wording import listed, quoted

_NAMELESS = "<stdin>"
_MOST_SHOWN = 5
_ALL_RULES = RuleOptions(select=(), ignore=(), extend_select=(), profile=None, fail_on=None)


def _section(value: str) -> str:
    if not value.strip():
        # In a script, of a variable that is not set.
        raise ValueError("a section needs a name")
    return value


@takes(
    Argument("bibliography", "FILE.bib", "path"),
    Option(
        ("--section",),
        "Add them below this heading; 'A > B' is B below A.",
        metavar="HEADING",
        read=_section,
        is_required=True,
    ),
    Option(
        ("--into",),
        "The list that they are added to.",
        "path",
        metavar="LIST",
        parameter="path",
        is_required=True,
    ),
    LAYOUT,
    flag("--diff", help="Write nothing; show a unified diff, as git apply takes it."),
    flag("-q", "--quiet", help="Tell only of what is left out, and why."),
    *CONFIG,
    COLOR,
)
def command(  # noqa: PLR0913 - one for each option
    *,
    bibliography: Path,
    section: str,
    path: Path,
    layout: str | None,
    diff: bool,
    quiet: bool,
    config: Path | None,
    isolated: bool,
    color: ColorChoice,
) -> ExitCode:
    """Add the works of a BibTeX file to a section of a list, written as the list writes its own
    and in its order. '-' is standard input.

    What the list has already, by its arXiv id, its DOI or another id or by its title, is skipped.
    Before anything is written the new text is read again: all entries are there, the new ones say
    what the file says, and all else renders as before.

    Exit codes: 0 done, 1 something of the file could not be added, or with --diff something would
    be, 2 misuse, or nothing could be done.
    """  # noqa: D205 - click shows the first paragraph as it is
    outlet = Outlet(color, is_stdin=False, is_diff=diff)
    failures = Failures(outlet.errors)
    if path.is_dir() or str(path) == STDIN:
        raise MisuseError("--into names one list, a file.")
    try:
        works, broken = _works(bibliography)
        target = _target(path, config, isolated=isolated)
        document = read(target.file.text)
        home = section_named(document, section)
        below = sections_below(document, home)
        if below:
            some = listed([quoted(one) for one in below[:_MOST_SHOWN]], "or")
            raise SectionError(f"{quoted(section)} has only sections below it; name one of {some}")
        told = _Told(bibliography, target.path, outlet.errors)
        fresh = list(told.fresh(works, Known(document, target.path)))
        additions = add(document, home, fresh, Layouts(layout).chosen(target.settings))
    except (SectionError, CannotAddError) as error:
        raise Abandoned(f"{printable(str(path))}: {printable(str(error))}") from error
    except ImportExtraError as error:
        raise Abandoned(str(error)) from error
    except FileError as error:
        failures.add(error)
        return ExitCode.FAILURE
    told.broken(broken)
    told.refused(additions)
    if additions.added:
        outlet.write(target, additions.text)
        outlet.show(target, additions.text)
    told.added(additions, () if quiet else _findings(target, document, additions))
    if not quiet:
        outlet.messages.write([told.summary(additions, diff=diff)])
    is_done = not (broken or additions.refused or (diff and additions.added))
    return ExitCode.CLEAN if is_done else ExitCode.FINDINGS


def _works(path: Path) -> tuple[list[Citation], list[Broken]]:
    """What a bibliography cites, and what of it cannot be read.

    Raises:
        FileError: it cannot be read, or it holds nothing that looks like BibTeX.
        ImportExtraError: what reads it is not installed.
    """
    if str(path) == STDIN:
        data = sys.stdin.buffer.read(LARGEST + 1)
        path = Path(_NAMELESS)
        if len(data) > LARGEST:
            raise FileError(path, f"it has more than {LARGEST:,} bytes; part it into several")
        text = file.decode(data, path).text
    else:
        text = file.read(path, LARGEST).text
    found = [citation(one) if not isinstance(one, Broken) else one for one in entries(text)]
    works = [one for one in found if isinstance(one, Citation)]
    if not found:
        raise FileError(path, "there is no entry of BibTeX in it")
    return works, [one for one in found if isinstance(one, Broken)]


def _target(path: Path, config: Path | None, *, isolated: bool) -> Target:
    """The list.

    Raises:
        FileError: it cannot be read.
    """
    sources = SourceOptions(
        paths=(str(path),), stdin_filename=None, config=config, isolated=isolated
    )
    for target in targets(sources, _ALL_RULES):
        if isinstance(target, Exception):
            raise target
        return target
    raise FileError(path, "there is no such file")


def _findings(target: Target, before: Document, additions: Additions) -> list[Diagnostic]:
    """What a check finds in the new entries."""
    if not additions.added:
        return []
    document = read(additions.text)
    document.path = before.path
    new = lines_of(additions, document)
    found = lint(document, target.rules, target.options)
    return [one for one in found if one.entry_line in new]


class _Told:
    """Tells what became of each entry of a bibliography."""

    def __init__(self, path: Path, into: str, terminal: Terminal) -> None:
        self._path = printable(_NAMELESS if str(path) == STDIN else path.as_posix())
        self._into = printable(into)
        self._terminal = terminal
        self._skipped = 0

    def fresh(self, works: Sequence[Citation], known: Known) -> Iterator[Citation]:
        """The works that are not known, each once; it is told where the others are."""
        for work in works:
            place = known.place(work)
            if place is None:
                known.add(work, f"{self._path}:{work.line}")
                yield work
            else:
                self._skipped += 1
                self._tell(work, f"skipped '{work.title}': {place}")

    def broken(self, broken: Sequence[Broken]) -> None:
        """Tell of what cannot be read."""
        paint = self._terminal.paint
        self._terminal.write(
            f"{paint('error:', 'red')} {self._path}:{one.line}: {printable(one.reason)}"
            for one in broken
        )

    def refused(self, additions: Additions) -> None:
        """Tell of what was not added."""
        paint = self._terminal.paint
        self._terminal.write(
            f"{paint('error:', 'red')} {self._path}:{one.work.line}: not added: "
            f"'{printable(one.work.title)}': {printable(one.reason)}"
            for one in additions.refused
        )

    def added(self, additions: Additions, findings: Sequence[Diagnostic]) -> None:
        """Tell what of the new entries was left out, and what a check finds in them."""
        for one in additions.added:
            for lost in one.lost:
                self._tell(one.work, f"left out: {lost}")
        self._terminal.write(
            f"{self._into}:{one.line}: {one.code} {one.name}: {printable(one.message)}"
            for one in findings
        )

    def summary(self, additions: Additions, *, diff: bool) -> str:
        """What was done, in a line."""
        count = len(additions.added)
        verb = "Would add" if diff else "Added"
        shown = f"{verb} {count} {'entry' if count == 1 else 'entries'} to {self._into}"
        if count:
            lines = ", ".join(str(one.line) for one in additions.added[:_MOST_SHOWN])
            more = f" and {count - _MOST_SHOWN} more" if count > _MOST_SHOWN else ""
            shown += f" ({'line' if count == 1 else 'lines'} {lines}{more})"
        if self._skipped:
            shown += f"; skipped {self._skipped} that {'is' if self._skipped == 1 else 'are'} there"
        return f"{shown}."

    def _tell(self, work: Citation, what: str) -> None:
        paint = self._terminal.paint
        self._terminal.write(
            [f"{paint('note:', 'cyan')} {self._path}:{work.line}: {printable(what)}"]
        )
