"""What commands cost, measured in turn so that a slow moment of the machine hits all of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

LAUNCHER = Path(__file__).parent / "launcher.py"
#: Keeps Python from writing the modules that it compiled; images of containers often set it.
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
#: A command is repeated as often as it can be in this many seconds, if not as often as wanted.
ENOUGH = 30.0
#: The exit codes of tools that did their work: nothing found, and something.
DONE = (0, 1)

#: How the fault of a run begins that was stopped; the limit follows.
STOPPED = "over"

Command = Sequence[str]


class Cost(NamedTuple):
    """What a run took.

    Attributes:
        seconds: from its start to its end.
        cpu: the processor's seconds, of all its processes.
        peak: the most memory that its processes held at one time, in bytes.
        fault: why it is no measure: it took too long, or it failed; empty where it is one.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    fault: str = ""

    @property
    def was_stopped(self) -> bool:
        """Whether it took too long; then `seconds` are how long it was given."""
        return self.fault.startswith(STOPPED)


class Job(NamedTuple):
    """Something to measure.

    Attributes:
        name: by which its cost is known.
        commands: what is run, one after the other; their times are added up.
        before: what to do before a run, not measured; it is told which run of the job it is,
            from 0.
    """

    name: str
    commands: Sequence[Command]
    before: Callable[[int], None] = lambda _: None


def environment() -> dict[str, str]:
    """The variables of what is measured, without those that would have it do otherwise."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in (UNCOMPILED, "FORCE_COLOR") and not name.startswith("PEFTLINT_")
    }


def _launched(command: Command, limit: float, output: Path, *, sampled: bool) -> Cost:
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(limit), str(int(sampled))]
    whole = [*launcher, str(output), *command]
    with subprocess.Popen(whole, stdout=subprocess.PIPE, env=environment(), text=True) as process:
        try:
            told, _ = process.communicate()
        except BaseException:
            # Not `kill`, as `subprocess.run` does: it has to stop what it launched.
            process.terminate()
            raise
    seconds, cpu, peak, code, stopped = told.split()
    fault = STOPPED if stopped == "1" else ""
    if not fault and int(code) not in DONE:
        fault = f"failed ({code})"
    return Cost(float(seconds), float(cpu), int(peak), fault)


def cost(commands: Iterable[Command], limit: float, output: Path, *, sampled: bool) -> Cost:
    """Run commands once, one after the other.

    Args:
        commands: what to run.
        limit: the seconds after which they are stopped.
        output: the file that gets what they print.
        sampled: whether the memory of several processes at one time is looked for; that takes
            up to a fiftieth of the time.
    """
    total = Cost()
    for command in commands:
        one = _launched(command, max(limit - total.seconds, 0.01), output, sampled=sampled)
        total = Cost(
            total.seconds + one.seconds, total.cpu + one.cpu, max(total.peak, one.peak), one.fault
        )
        if total.fault:
            break
    return total._replace(fault=f"{STOPPED} {limit:.0f} s") if total.was_stopped else total


def costs(jobs: Sequence[Job], runs: int, limit: float, output: Path) -> dict[str, Cost]:
    """The median time of each job and its largest memory, by the job's name.

    The first run of each warms the files that it reads, and finds out about its memory; it counts
    only where it is so long that there is no other.

    Args:
        jobs: run in this order, and again in this order.
        runs: how often each is run; fewer times where that takes more than `ENOUGH`.
        limit: the seconds after which a run is stopped.
        output: the file that gets what they print.
    """
    first = {}
    for job in jobs:
        job.before(0)
        first[job.name] = cost(job.commands, limit, output, sampled=True)
    again = {
        name: 0 if one.fault else min(runs, int(ENOUGH / max(one.seconds, 1e-3)))
        for name, one in first.items()
    }
    taken: dict[str, list[Cost]] = {job.name: [] for job in jobs}
    for run in range(1, runs + 1):
        for job in jobs:
            if run <= again[job.name]:
                job.before(run)
                taken[job.name].append(cost(job.commands, limit, output, sampled=False))
    return first | {
        name: Cost(
            statistics.median(one.seconds for one in of_job),
            statistics.median(one.cpu for one in of_job),
            max(one.peak for one in (first[name], *of_job)),
            next((one.fault for one in of_job if one.fault), ""),
        )
        for name, of_job in taken.items()
        if of_job
    }
