"""`peftlint export`: the entries of lists as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, get_args

from peftlint.commands.command import Option, takes
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.failure import Abandoned, Failures
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import SOURCES, SourceOptions
from peftlint.commands.section import Sections
from peftlint.commands.target import Target, targets
from peftlint.export import Form, export_as
from peftlint.export.choice import IsTaken
from peftlint.model import Document, Entry
from peftlint.printable import printable, without_controls
from peftlint.reader import read
from peftlint.report.terminal import (
    Terminal,
    is_written_to_file,
    without_workflow_commands,
    write_text,
)

if TYPE_CHECKING:
    from peftlint.commands.since import Since


def _sections(values: Sequence[str]) -> Sections:
    if not all(map(str.strip, values)):
        # In a script, of a variable that is not set: it must not select what has no heading.
        raise ValueError("a section needs a name")
    return Sections(values)


@takes(
    SOURCES,
    Option(
        ("--format",),
        "JSON Lines, an object a line; a spreadsheet; a bibliography for LaTeX, or for Zotero, "
        "pandoc and Word; Markdown for another list or a newsletter.",
        choices=(*get_args(Form), "markdown"),
        default="jsonl",
        parameter="form",
    ),
    Option(
        ("--select-section",),
        "Export what stands below this heading only; 'A > B' is B below A. "
        "The option can be repeated.",
        metavar="HEADING",
        parameter="sections",
        read=_sections,
        is_repeated=True,
    ),
    Option(
        ("--since",),
        "Only entries that are new or say something else since this revision of git: a tag, a "
        "branch, a commit.",
        metavar="REV",
        parameter="revision",
    ),
    Option(
        ("--layout",),
        "With --format markdown: how entries are written, not in the config's layout; `peftlint "
        "layouts` lists them.",
        metavar="NAME",
    ),
)
def command(
    sources: SourceOptions,
    form: Form | Literal["markdown"],
    sections: Sections,
    revision: str | None,
    layout: str | None,
) -> ExitCode:
    """Write each entry of the lists in PATHs as data: title, authors, venue, year, links, badges
    and what identifies the work. Or as Markdown, below the headings of its sections.

    Exit codes: 0 done, 2 misuse, a section that no list has, or a file that could not be read.
    """  # noqa: D205 - click shows the first paragraph as it is
    terminal = Terminal(is_error=True)
    failures = Failures(terminal)
    if layout is not None and form != "markdown":
        raise MisuseError("--layout says how Markdown is written: give --format markdown.")
    since = _since(revision, sources)
    export: _Data | _MarkdownExport
    export = _MarkdownExport(layout, sections, terminal) if form == "markdown" else _Data(form)
    before = export.begin()
    with collected_between_lists() as memory:
        for target in targets(sources):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            try:
                document = read(target.file.text)
                is_taken = sections.of(document)
                if since is not None:
                    is_taken = _both(is_taken, since.new_entries(target, document))
                text = export.file(target, document, is_taken)
            except Abandoned:
                # It is the same for all other lists.
                raise
            except Exception as error:  # one file's trouble must not hide another's entries
                failures.add(error, target.path)
                continue
            _write(before + text)
            before = ""
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del target, document, text
    _write(before + export.end())
    missing = sections.errors()
    terminal.write(f"{terminal.paint('error:', 'red')} {printable(one)}" for one in missing)
    return ExitCode.FAILURE if failures.count or missing else ExitCode.CLEAN


def _since(revision: str | None, sources: SourceOptions) -> Since | None:
    if revision is None:
        return None
    # Loaded here: mostly, all entries are exported.
    from peftlint.commands.since import Since

    return Since(revision, sources)


def _both(is_taken: IsTaken, new: Sequence[Entry]) -> IsTaken:
    """Whether an entry is taken and one of the new ones."""
    ids = set(map(id, new))
    return lambda entry: id(entry) in ids and is_taken(entry)


class _Data:
    """Entries as data, list by list."""

    def __init__(self, form: Form) -> None:
        self._export = export_as(form)

    def begin(self) -> str:
        """What comes before all lists."""
        return self._export.begin()

    def file(self, target: Target, document: Document, is_taken: IsTaken) -> str:
        """The entries of one list."""
        return self._export.file(target.path, document.entries, is_taken)

    def end(self) -> str:
        """What comes after all lists."""
        return self._export.end()


class _MarkdownExport:
    """Entries as Markdown, list by list, with an empty line between two.

    Args:
        layout: the name of that in which they are written; `None` where each config decides.
        sections: those that were asked for.
        terminal: where it is told which entries are not in that layout.
    """

    def __init__(self, layout: str | None, sections: Sections, terminal: Terminal) -> None:
        # Loaded here: no other form needs it.
        from peftlint.commands.layout import Layouts

        self._layouts = Layouts(layout)
        self._sections = sections
        self._terminal = terminal
        self._is_begun = False

    def begin(self) -> str:
        """Nothing."""
        return ""

    def file(self, target: Target, document: Document, is_taken: IsTaken) -> str:
        """The entries of one list.

        Raises:
            ConfigError: the layout is one of its config, and what it writes does not read back.
            Abandoned: there is no layout of the name on the command line.
        """
        from peftlint.export.as_markdown import as_markdown

        choice = self._layouts.chosen(target.settings)
        found = as_markdown(document, is_taken, choice, self._sections.depth)
        self._terminal.write(
            f"{self._terminal.paint('note:', 'cyan')} {printable(target.path)}:{one.line}: "
            f"written as its list has it: '{printable(one.title)}': {printable(one.reason)}"
            for one in found.unlaid
        )
        text = f"\n{found.text}" if self._is_begun and found.text else found.text
        self._is_begun = self._is_begun or bool(found.text)
        return text if is_written_to_file() else without_controls(text)

    def end(self) -> str:
        """Nothing."""
        return ""


def _write(text: str) -> None:
    if not text:
        return
    # A pipe may lead to the log of GitHub's runner. Two of the forms have no other way to write
    # what it obeys; in the others there is nothing left of it.
    write_text(text if is_written_to_file() else without_workflow_commands(text))
