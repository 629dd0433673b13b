"""Diagnostics as a person likes to read them: with the line, the place and the fix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.concise import one_line
from peftlint.report.excerpt import Excerpt, excerpt, marker
from peftlint.report.preview import preview
from peftlint.report.tally import Tally
from peftlint.report.terminal import SEVERITY_STYLES, Style, Terminal
from peftlint.source import Lines

#: Stands in the gutter of a line of the fixed text.
LABEL = "fix"

_NO_REASONS: Mapping[Diagnostic, str] = MappingProxyType({})


class TextReport:
    """Each finding with the line it is in, a marker under the place, and the fix as it would read.

    Args:
        terminal: where it goes.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._bar = f" {terminal.paint('|', 'dim')} "

    def file(
        self,
        path: str,
        document: Document,
        diagnostics: Sequence[Diagnostic],
        reasons: Mapping[Diagnostic, str] = _NO_REASONS,
    ) -> None:
        """Write the findings of one file.

        Args:
            path: as the user knows it.
            document: the list that the diagnostics are about; its lines are read.
            diagnostics: sorted by place.
            reasons: why the fixes of some of them were not made.
        """
        shown_path = printable(path)
        # All of a file's excerpts begin in one column.
        longest = max((len(str(diagnostic.line)) for diagnostic in diagnostics), default=0)
        gutter = max(longest, len(LABEL)) + 2
        self._terminal.write(
            chain.from_iterable(
                [
                    one_line(self._terminal, shown_path, diagnostic),
                    *self._excerpts(
                        document.lines,
                        diagnostic,
                        gutter,
                        reasons.get(diagnostic) if reasons else None,
                    ),
                    "",
                ]
                for diagnostic in diagnostics
            )
        )

    def close(self, tally: Tally) -> None:
        """Write the summary."""
        self._terminal.write([self._terminal.paint(tally.summary(), "bold")])

    def _excerpts(
        self, lines: Lines, diagnostic: Diagnostic, gutter: int, reason: str | None
    ) -> list[str]:
        """The line that a finding is in, with a marker below, and its fix as it would read."""
        terminal = self._terminal
        paint, bar = terminal.paint, self._bar
        width = terminal.width - gutter - len(" | ")
        before, marked, after, first = excerpt(
            lines.text, lines.span(diagnostic.line), diagnostic.span, width
        )
        if not (before.isascii() and marked.isascii()):
            # What the stream cannot show takes more cells, and the marker stands under its place.
            before, marked = terminal.shown(before), terminal.shown(marked)
        blank = " " * gutter
        shown = [
            f"{diagnostic.line:>{gutter}}{bar}{before}{marked}{after}".rstrip(),
            f"{blank}{bar}{paint(marker(before, marked), SEVERITY_STYLES[diagnostic.severity])}",
        ]
        if diagnostic.fix is None:
            return shown
        style: Style = "green" if diagnostic.fix.is_safe else "yellow"
        label = paint(f"{LABEL:>{gutter}}", style)
        for line in preview(lines, diagnostic.fix, width, first):
            shown.append(f"{label}{bar}{self._shown(line)}".rstrip())
            label = blank
        if reason is not None:
            shown.append(f"{label}{bar}{paint('not fixed:', 'yellow')} {printable(reason)}")
        elif not diagnostic.fix.is_safe:
            shown.append(f"{label}{bar}{paint('(unsafe: only made with --unsafe-fixes)', style)}")
        return shown

    def _shown(self, line: str | Excerpt) -> str:
        if isinstance(line, str):
            return f"({line})"
        before, marked, after, _ = line
        if not (before + marked + after).strip():
            return "(blank line)"
        return f"{before}{self._terminal.paint(marked, 'green')}{after}"
