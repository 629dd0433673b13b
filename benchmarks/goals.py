"""How fast peftlint is to be, and whether it was in a run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

from measuring import Cost

MEBIBYTE = 1 << 20

#: What was measured, by the keys of a tool and of an input.
Measured = Mapping[tuple[str, str], Cost]


class Cell(NamedTuple):
    """A tool on an input, by their keys."""

    tool: str
    input: str


class Goal(NamedTuple):
    """A number that is to be small, or large.

    Attributes:
        what: the number in words.
        cell: what it is about.
        limit: the number itself, or its largest or smallest value.
        unit: `times` as long as the other cell, milliseconds, or MiB.
        other: what it is compared with.
        is_least: whether `limit` is the smallest value that will do; else it is the largest.
    """

    what: str
    cell: Cell
    limit: float
    unit: Literal["times", "ms", "MiB"]
    other: Cell | None = None
    is_least: bool = False


def _at_most(what: str, cell: Cell, limit: float, other: Cell) -> Goal:
    return Goal(what, cell, limit, "times", other)


def _faster(what: str, limit: float, tool: str, given: str) -> Goal:
    """The other tool takes at least `limit` times as long as peftlint without a cache."""
    return Goal(what, Cell(tool, given), limit, "times", Cell("cold", given), is_least=True)


GOALS = (
    _at_most(
        "19 kB, no cache / `import click, markdown_it`",
        Cell("cold", "one"), 1.2, Cell("both", "one"),
    ),
    Goal("19 kB, no cache, peak memory", Cell("cold", "one"), 25, "MiB"),
    _faster("19 kB, markdownlint-cli2 / no cache", 4, "markdownlint", "one"),
    _faster("19 kB, mdformat / no cache", 2, "mdformat", "one"),
    _at_most("19 kB, cached / `import click`", Cell("cached", "one"), 1.2, Cell("click", "one")),
    Goal("19 kB, cached", Cell("cached", "one"), 20, "ms"),
    _at_most("1 MB, no cache / stock parse", Cell("cold", "1mb"), 1.1, Cell("stock", "1mb")),
    Goal("1 MB, no cache, peak memory", Cell("cold", "1mb"), 50, "MiB"),
    _at_most("1 MB, cached / 19 kB, cached", Cell("cached", "1mb"), 1.5, Cell("cached", "one")),
    _at_most(
        "1 MB, one entry changed / 1 MB, cached",
        Cell("changed", "1mb"), 4, Cell("cached", "1mb"),
    ),
    _at_most("10 MB, no cache / stock parse", Cell("cold", "10mb"), 1.1, Cell("stock", "10mb")),
    Goal("10 MB, no cache, peak memory", Cell("cold", "10mb"), 250, "MiB"),
    _faster("all lists, markdownlint-cli2 / no cache", 15, "markdownlint", "all"),
    _faster("all lists, mdlint / no cache", 4, "mdlint", "all"),
    _at_most(
        "all lists, cached / rumdl, cached", Cell("cached", "all"), 1.5, Cell("rumdl-cached", "all")
    ),
)  # fmt: skip


class Verdict(NamedTuple):
    """What became of a goal.

    Attributes:
        what: the number in words.
        wanted: with its bound.
        measured: the number, or why there is none.
        met: `yes` or `no`; `?` where that was not found out.
    """

    what: str
    wanted: str
    measured: str
    met: str


def judge(goal: Goal, measured: Measured, *, by_cpu: bool = False) -> Verdict:
    """Whether a goal was met.

    Args:
        goal: the goal.
        measured: what was measured.
        by_cpu: whether times are the processor's and not those of the clock.
    """
    sign = "at least" if goal.is_least else "at most"
    wanted = f"{sign} {goal.limit:g} {goal.unit}"
    cells = [goal.cell] if goal.other is None else [goal.cell, goal.other]
    costs = [measured.get(cell) for cell in cells]
    # What was stopped took longer than that, which can be enough to know.
    is_bound = bool(costs[0] and goal.is_least and costs[0].was_stopped)
    known = [
        cost for place, cost in enumerate(costs)
        if cost is not None and (not cost.fault or (is_bound and place == 0))
    ]  # fmt: skip
    if len(known) < len(cells):
        return Verdict(goal.what, wanted, "not measured", "?")
    if goal.unit == "MiB":
        value = known[0].peak / MEBIBYTE
    else:
        times = [cost.cpu if by_cpu else cost.seconds for cost in known]
        value = times[0] * 1000 if goal.unit == "ms" else times[0] / times[1]
    is_met = value >= goal.limit if goal.is_least else value <= goal.limit
    met = "yes" if is_met else "?" if is_bound else "no"
    return Verdict(goal.what, wanted, f"{'over ' * is_bound}{number(value)}", met)


def number(value: float) -> str:
    """A number with about three digits, and all that stand before the point."""
    return f"{value:.{max(0, 2 - math.floor(math.log10(max(value, 0.01))))}f}"
