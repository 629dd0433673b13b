"""Tables of what was measured, as text and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from goals import GOALS, MEBIBYTE, Measured, judge, number
from inputs import Input
from measuring import Cost
from tools import Tool

#: Rules that take less than this part of the time of all are shown together.
LEAST_PART = 0.01


class Table(NamedTuple):
    """A table.

    Attributes:
        title: above it.
        head: of its columns; the first is text and the others are numbers.
        rows: its cells.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def as_text(self) -> str:
        """Aligned, for a terminal."""
        lines = [self.head, *self.rows]
        widths = [max(map(len, column)) for column in zip_longest(*lines, fillvalue="")]
        shown = [
            "  ".join(
                cell.rjust(width) if place else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.title, "-" * len(self.title), *shown])

    def as_markdown(self) -> str:
        """Below a heading of the third level."""
        lines = [self.head, [":--", *["--:"] * (len(self.head) - 1)], *self.rows]
        return "\n".join([f"### {self.title}", "", *(f"| {' | '.join(line)} |" for line in lines)])


def tables(
    tools: Sequence[Tool], inputs: Sequence[Input], measured: Measured, *, by_cpu: bool
) -> list[Table]:
    """The tables of whole processes.

    Args:
        tools: their rows.
        inputs: their columns.
        measured: what was measured.
        by_cpu: whether times are the processor's and not those of the clock.
    """

    def seconds(cost: Cost) -> float:
        return cost.cpu if by_cpu else cost.seconds

    def table(title: str, shown: Callable[[Cost, Input], str]) -> Table:
        rows = [(tool.name, *(cell(tool, one, shown) for one in inputs)) for tool in tools]
        return Table(title, ("", *(one.name for one in inputs)), rows)

    def cell(tool: Tool, one: Input, shown: Callable[[Cost, Input], str]) -> str:
        cost = measured.get((tool.key, one.key))
        if tool.lack or cost is None:
            return tool.lack
        return cost.fault or shown(cost, one)

    def ratio(cost: Cost, one: Input) -> str:
        own = measured.get(("cold", one.key))
        return number(seconds(cost) / seconds(own)) if own and not own.fault else ""

    def faster(native: str, own: str) -> list[str]:
        pairs = [(measured.get((native, one.key)), measured.get((own, one.key))) for one in inputs]
        return [
            number(seconds(ours) / seconds(theirs))
            if theirs and ours and not theirs.fault and not ours.fault
            else ""
            for theirs, ours in pairs
        ]

    of = "of the processor" if by_cpu else "of the clock"
    native = [
        ("both without a cache", *faster("rumdl", "cold")),
        ("both with a warm cache", *faster("rumdl-cached", "cached")),
    ]
    return [
        table(f"Seconds {of}", lambda cost, _: number(seconds(cost))),
        table("Times as long as peftlint without a cache", ratio),
        Table(
            "So many times as fast as peftlint is rumdl",
            ("", *(one.name for one in inputs)),
            native,
        ),
        table("Peak memory, MiB", lambda cost, _: number(cost.peak / MEBIBYTE)),
    ]


def stage_table(seconds: Mapping[str, float], name: str, size: int) -> Table:
    """What each stage of a check takes, in one process.

    Args:
        seconds: of each stage, markdown-it's own parse first.
        name: what the file is called.
        size: of the file, in bytes.
    """
    own = next(iter(seconds.values()))
    rows = [
        (stage, number(one), number(size / 1e6 / one), number(one / own))
        for stage, one in seconds.items()
    ]
    return Table(
        f"Where the time goes in one process, {name}",
        ("stage", "s", "MB/s", "times markdown-it's own parse"),
        rows,
    )


def rule_table(seconds: Mapping[str, float], name: str) -> Table:
    """What each rule takes, the slowest first.

    Args:
        seconds: of each rule.
        name: what the file is called.
    """
    total = sum(seconds.values())
    slowest = sorted(seconds.items(), key=lambda item: -item[1])
    shown = [(rule, one) for rule, one in slowest if one >= LEAST_PART * total]
    rest = [one for _, one in slowest[len(shown) :]]
    if rest:
        shown.append((f"{len(rest)} others, together", sum(rest)))
    rows = [(rule, f"{one * 1000:.1f}", f"{one / total * 100:.1f}") for rule, one in shown]
    return Table(f"Rules, {name}", ("rule", "ms", "% of all rules"), rows)


def goal_table(measured: Measured, *, by_cpu: bool) -> Table:
    """What is aimed at, and what was measured."""
    rows = [judge(goal, measured, by_cpu=by_cpu) for goal in GOALS]
    return Table("Goals", ("", "goal", "measured", "met"), rows)
