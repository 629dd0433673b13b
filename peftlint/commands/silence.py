"""Writing comments that silence what is found, for `peftlint check --add-suppressions`."""

from __future__ import annotations

from collections.abc import Sequence

from peftlint import file
from peftlint.commands.misuse import MisuseError
from peftlint.commands.target import Target
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.concise import one_line
from peftlint.report.tally import counted
from peftlint.report.terminal import Terminal
from peftlint.silencer import ReasonError, require_reason, silence


class SuppressionWriter:
    """Writes comments into lists, and tells of it.

    Args:
        reason: what the comments say after their rules; `None` for nothing.
        terminal: where it is told.

    Raises:
        MisuseError: the reason cannot stand in a comment.
    """

    def __init__(self, reason: str | None, terminal: Terminal) -> None:
        if reason is not None:
            try:
                require_reason(reason)
            except ReasonError as error:
                raise MisuseError(f"Invalid value for --reason: {error}") from error
        self._reason = reason or ""
        self._terminal = terminal
        self._files = 0
        self._findings = 0

    def left(
        self, target: Target, document: Document, diagnostics: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """Silence findings in a list's file; the result are those that are left.

        Raises:
            FileError: the file cannot be written; it is as it was.
            RuleError: a rule failed.
        """
        self._files += 1
        self._findings += len(diagnostics)
        done = silence(
            document,
            diagnostics,
            target.rules,
            target.options,
            reason=self._reason,
            is_part=target.group is not None,
        )
        file.write(target.file, done.text)
        path = printable(target.path)
        lines = []
        if done.comments:
            lines.append(
                f"Wrote {counted(done.comments, 'suppression')} for "
                f"{counted(len(done.findings), 'finding')} in {path}."
            )
        lines += (
            f"  {self._terminal.paint('in the whole file:', 'yellow')} {printable(name)}, "
            "as there is no narrower place"
            for name in done.whole_file
        )
        for finding in done.left:
            lines.append(one_line(self._terminal, path, finding))
            lines.append(
                f"  {self._terminal.paint('not silenced:', 'yellow')} wherever a comment stands, "
                "the list would be read otherwise; mend it, or leave the rule out in the config"
            )
        self._terminal.write(lines)
        return list(done.left)

    def close(self) -> None:
        """Say so where there was nothing to do."""
        if not self._findings:
            self._terminal.write([f"Nothing to silence in {counted(self._files, 'file')}."])
