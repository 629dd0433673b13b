"""`peftlint rules`: which rules there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint import registry
from peftlint.commands.command import takes
from peftlint.commands.options import output_format
from peftlint.report.terminal import DEFAULT_WIDTH, Terminal, write_text
from peftlint.rule import Rule

_HEAD = ("CODE", "NAME", "SEVERITY", "PROFILE", "FIX")
_GAP = "  "
#: A sentence is not wrapped to fewer cells than this, however narrow the terminal is.
_LEAST_SENTENCE = 24


@takes(output_format("A table, or an array of objects."))
def command(output_format: str) -> None:
    """List all rules: code, name, how bad their findings are, the smallest profile that runs them,
    what their fixes are, and what they are about.
    """  # noqa: D205 - click shows the first paragraph as it is
    if output_format == "json":
        from peftlint.report import as_json

        write_text(as_json.encode([_record(rule) for rule in registry.rules()], indent=2) + "\n")
        return
    terminal = Terminal()
    terminal.write(table(registry.rules(), terminal))


def table(shown: Sequence[Rule], terminal: Terminal) -> Iterator[str]:
    """The lines of a table of rules, as wide as the terminal.

    Args:
        shown: the rules, in the order in which they come.
        terminal: for its width and colors.
    """
    # textwrap takes a regular expression to compile that no other command needs.
    import textwrap

    rows = [
        _HEAD,
        *((rule.code, rule.name, rule.severity, rule.profile, rule.fix) for rule in shown),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    indent = sum(widths) + len(_GAP) * len(widths)
    # A long line is hard to read even where there is room for it.
    room = max(min(terminal.width, DEFAULT_WIDTH) - indent, _LEAST_SENTENCE)
    yield terminal.paint(_row(_HEAD, widths) + "SUMMARY", "bold")
    for rule, row in zip(shown, rows[1:], strict=True):
        first, *others = textwrap.wrap(rule.summary, room) or [""]
        rest = _row(row, widths)[len(rule.code) :]
        yield f"{terminal.link(terminal.paint(rule.code, 'red'), rule.url)}{rest}{first}"
        for line in others:
            yield " " * indent + line


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(f"{cell:{width}}{_GAP}" for cell, width in zip(cells, widths, strict=True))


def _record(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "profile": rule.profile,
        "fix": rule.fix,
        "default": rule.is_default,
        "summary": rule.summary,
        "origin": rule.origin,
        "url": rule.url,
    }
