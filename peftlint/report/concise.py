"""Diagnostics one to a line, as editors and `grep` like them."""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.tally import Tally
from peftlint.report.terminal import SEVERITY_STYLES, Terminal


class ConciseReport:
    """`path:line:column: severity CODE message [name]`, and a summary.

    Args:
        terminal: where it goes.
        quiet: without the summary.
    """

    def __init__(self, terminal: Terminal, *, quiet: bool = False) -> None:
        self._terminal = terminal
        self._quiet = quiet

    def file(self, path: str, _document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Write a line for each finding."""
        shown_path = printable(path)
        self._terminal.write(
            one_line(self._terminal, shown_path, diagnostic) for diagnostic in diagnostics
        )

    def close(self, tally: Tally) -> None:
        """Write the summary."""
        if not self._quiet:
            self._terminal.write([tally.summary()])


def one_line(terminal: Terminal, path: str, diagnostic: Diagnostic) -> str:
    """`path:line:column: severity CODE message [name]`; the code is a link to the rule's page.

    Args:
        terminal: for its colors.
        path: as it can be printed.
        diagnostic: the finding.
    """
    if not (terminal.has_color or terminal.has_links):
        return (
            f"{path}:{diagnostic.line}:{diagnostic.column}: {diagnostic.severity} "
            f"{diagnostic.code} {printable(diagnostic.message)} [{diagnostic.name}]"
        )
    paint = terminal.paint
    place = f":{diagnostic.line}:{diagnostic.column}:"
    style = SEVERITY_STYLES[diagnostic.severity]
    code = terminal.link(paint(diagnostic.code, style), diagnostic.url)
    return (
        f"{paint(path, 'bold')}{paint(place, 'cyan')} {paint(diagnostic.severity, style)} {code} "
        f"{printable(diagnostic.message)} {paint(f'[{diagnostic.name}]', 'dim')}"
    )
