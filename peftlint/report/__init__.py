"""Diagnostics as people and machines read them: one module for each form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document

if TYPE_CHECKING:
    from peftlint.report.tally import Tally
    from peftlint.report.terminal import Terminal, Write

Format = Literal[
    "text", "concise", "json", "jsonl", "sarif", "rdjsonl", "gitlab", "junit", "github", "markdown"
]

#: Formats of other programs that have a place for findings only, and none for counts.
FINDINGS_ONLY: frozenset[Format] = frozenset({"jsonl", "sarif", "rdjsonl", "gitlab", "junit"})

#: Those that tell of each file at once, and of each the same whatever there is in others.
BY_FILE: frozenset[Format] = frozenset({"text", "concise", "jsonl", "rdjsonl"})

#: Those that `statistics` are told in; `github` shows text, as annotations are about places.
STATISTICS_FORMATS: tuple[Format, ...] = ("text", "concise", "json", "github", "markdown")


class Report(Protocol):
    """What tells of findings, file by file as they are found."""

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Tell of one file.

        Args:
            path: as the user knows it.
            document: the list that the diagnostics are about.
            diagnostics: sorted by place.
        """

    def close(self, tally: Tally) -> None:
        """Tell what is to be told at the end."""


def report_to(
    form: Format,
    terminal: Terminal,
    write: Write,
    *,
    quiet: bool = False,
    statistics: bool = False,
) -> Report:
    """The report of that form.

    Args:
        form: one of `Format`.
        terminal: where it goes if it is for people.
        write: where it goes if it is for programs.
        quiet: one line a finding and nothing else; a report for programs is the same as without.
        statistics: how many findings each rule, severity and section has, and no findings; for
            `STATISTICS_FORMATS` only.
    """
    # Only the one that is asked for is imported: `json` alone takes 5 ms.
    if statistics:
        return _statistics_to(form, terminal, write, quiet=quiet)
    if form == "json":
        from peftlint.report import as_json

        return as_json.JsonReport(write)
    if form in {"github", "markdown"}:
        return _on_github(form, write)
    if form in FINDINGS_ONLY:
        return _for_programs(form, write)
    if form == "concise" or quiet:
        from peftlint.report.concise import ConciseReport

        return ConciseReport(terminal, quiet=quiet)
    from peftlint.report.text import TextReport

    return TextReport(terminal)


def _statistics_to(form: Format, terminal: Terminal, write: Write, *, quiet: bool) -> Report:
    if form == "json":
        from peftlint.report.json_statistics import JsonStatisticsReport

        return JsonStatisticsReport(write)
    if form == "markdown":
        from peftlint.report import as_markdown

        return as_markdown.StatisticsReport(write)
    from peftlint.report.statistics import PlainStatisticsReport, StatisticsReport

    if form == "concise" or quiet:
        return PlainStatisticsReport(terminal, quiet=quiet)
    return StatisticsReport(terminal)


def _on_github(form: Format, write: Write) -> Report:
    if form == "github":
        from peftlint.report.as_github import GithubReport

        return GithubReport(write)
    from peftlint.report.as_markdown import MarkdownReport

    return MarkdownReport(write)


def _for_programs(form: Format, write: Write) -> Report:
    if form == "jsonl":
        from peftlint.report.as_json import JsonLinesReport

        return JsonLinesReport(write)
    if form == "sarif":
        from peftlint.report.sarif import SarifReport

        return SarifReport(write)
    if form == "rdjsonl":
        from peftlint.report.rdjsonl import RdjsonlReport

        return RdjsonlReport(write)
    if form == "gitlab":
        from peftlint.report.gitlab import GitlabReport

        return GitlabReport(write)
    from peftlint.report.junit import JunitReport

    return JunitReport(write)
