"""Diagnostics as annotations of GitHub's workflow runs.

The form and its escapes: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
and `ActionCommand.TryParseV2` of https://github.com/actions/runner, which reads it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from peftlint import basis
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.preview import preview
from peftlint.report.tally import Tally, counted
from peftlint.report.terminal import Write, without_workflow_commands
from peftlint.rule import SEVERITIES, Severity
from peftlint.source import Lines

#: So many annotations of each kind are shown of a step; what comes later is dropped.
#: Source: https://github.com/orgs/community/discussions/26680
MOST_OF_A_KIND = 10

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
#: An annotation is read beside the code: of a long line, what is about the fix.
_WIDTH = 120
_MOST_FIX_LINES = 4


class GithubReport:
    """The worst findings of a run as annotations, and how many more there are.

    GitHub shows `MOST_OF_A_KIND` errors, warnings and notices of a step, whichever come first: so
    nothing is written before all is known.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._commands: dict[Severity, list[str]] = {severity: [] for severity in SEVERITIES}

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Take the findings of one file that can still be shown."""
        shown_path = path_in_workspace(path) if diagnostics else path
        for diagnostic in diagnostics:
            commands = self._commands[diagnostic.severity]
            if len(commands) < MOST_OF_A_KIND:
                commands.append(annotation(shown_path, document.lines, diagnostic))

    def close(self, tally: Tally) -> None:
        """Write the annotations, and where the others are."""
        # What was not even read comes first.
        self._commands["error"][:0] = [
            command("error", {"title": "peftlint"}, error) for error in tally.errors
        ]
        chosen = {
            severity: commands[:MOST_OF_A_KIND] for severity, commands in self._commands.items()
        }
        total = tally.findings + len(tally.errors)
        if total > sum(map(len, chosen.values())):
            # That line is a notice itself.
            del chosen["info"][MOST_OF_A_KIND - 1 :]
            more = total - sum(map(len, chosen.values()))
            chosen["info"].append(command("notice", {"title": "peftlint"}, _rest(more)))
        self._write("".join(f"{line}\n" for lines in chosen.values() for line in lines))


def _rest(more: int) -> str:
    return (
        f"{counted(more, 'more finding')}: GitHub shows {MOST_OF_A_KIND} of each kind a step; "
        "`peftlint check` shows all of them"
    )


def annotation(path: str, lines: Lines, diagnostic: Diagnostic) -> str:
    """A finding as a workflow command.

    Args:
        path: from the root of the repository.
        lines: of the text that the finding is about.
        diagnostic: the finding.
    """
    end_line, end_column = diagnostic.end_line, diagnostic.end_column
    if end_column == 1 and end_line > diagnostic.line:
        # It ends with a line end, which is no part of the next line.
        end_line -= 1
        end_column = len(lines.content(end_line)) + 1
    properties = {"file": path, "line": str(diagnostic.line)}
    if end_line == diagnostic.line:
        # GitHub takes columns only for what is in one line.
        properties["col"] = str(diagnostic.column)
        properties["endLine"] = str(end_line)
        properties["endColumn"] = str(end_column)
    else:
        properties["endLine"] = str(end_line)
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    message = "\n".join([printable(diagnostic.message), *_fix(lines, diagnostic)])
    return command(_COMMANDS[diagnostic.severity], properties, message)


def _fix(lines: Lines, diagnostic: Diagnostic) -> list[str]:
    if diagnostic.fix is None:
        return []
    label = "fix" if diagnostic.fix.is_safe else "unsafe fix"
    shown = [
        line if isinstance(line, str) else line.text.strip() or "(blank line)"
        for line in preview(lines, diagnostic.fix, _WIDTH)
    ]
    if len(shown) > _MOST_FIX_LINES:
        option = "" if diagnostic.fix.is_safe else " --unsafe-fixes"
        return [f"`peftlint fix{option}` fixes it"]
    return [f"{label}: {line}" for line in shown]


def command(name: str, properties: dict[str, str], message: str) -> str:
    """A workflow command: one line, whatever is in it.

    Args:
        name: `error`, `warning` or `notice`.
        properties: such as `file` and `line`.
        message: of one line or several.
    """
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}"


def _data(text: str) -> str:
    lines = without_workflow_commands(text).split("\n")
    return "%0A".join(printable(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    # A file's name may have a line end; GitHub knows it by that name and no other.
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped.replace(":", "%3A").replace(",", "%2C"))


def path_in_workspace(path: str) -> str:
    """A path from the root of the repository, where GitHub's runner tells where that is.

    A step may run in another folder than the root, and GitHub finds no file then.

    Args:
        path: from the current folder, or absolute.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace:
        return path
    folder, name = os.path.split(path)
    place = os.path.join(basis.without_links(folder), name)  # noqa: PTH118 - the link itself, no target
    root = basis.without_links(workspace)
    try:
        if os.path.commonpath([root, place]) != root:
            return path
    except ValueError:
        # Two drives of Windows have nothing in common.
        return path
    return os.path.relpath(place, root).replace(os.sep, "/")
