"""How long peftlint takes, how much memory, what for, and what other linters take.

`python benchmarks/run.py` measures whole processes: peftlint without a cache, with one, and after
one entry changed; the floors below it, such as a process that only imports what every check needs;
and other linters, where `--peers FOLDER` says that `install_peers.py` installed them.
Each is measured on one list, on several, on 1 MB, on 10 MB and on all lists, and all of them in
turn, so that a slow moment hits all alike; times are medians.
Then come the stages and the rules of one process, and last the goals: which are met is computed
from that run.

The lists are those of `fixtures/lists/`, or of the folder given with `--lists`. Those of
`fixtures/lists/` are short, and are repeated until they have a common size.
peftlint is installed from this clone for it, without anything else around; where that cannot be,
`--here` measures the one of the environment that this runs in.
`--write docs/performance.md` puts the tables into that page.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import mdformat
from goals import Measured
from inputs import COMMON, KEYS, Input, inputs, lists_in
from measuring import Cost, costs, environment
from page import with_block
from subject import installed, present
from tables import Table, goal_table, rule_table, stage_table, tables
from tools import Tool, tools

HERE = Path(__file__).parent
LISTS = HERE.parent / "fixtures" / "lists"
#: The file on which stages and rules are measured: the first of these that there is.
ONE_PROCESS = ("1mb", "one")


def measure(
    shown: Sequence[Tool], made: Sequence[Input], arguments: argparse.Namespace, output: Path
) -> Measured:
    """What each tool takes on each input."""
    measured: dict[tuple[str, str], Cost] = {}
    stopped: dict[str, int] = {}
    for one in made:
        # What took too long is not tried on more.
        trying = [tool for tool in shown if one.size < stopped.get(tool.key, sys.maxsize)]
        jobs = [job for tool in trying if not tool.lack and (job := tool.job(one))]
        print(f"{one.name}: {len(jobs)} commands", file=sys.stderr, flush=True)
        taken = costs(jobs, arguments.runs, arguments.limit, output)
        measured |= {(key, one.key): cost for key, cost in taken.items()}
        stopped |= {key: one.size for key, cost in taken.items() if cost.was_stopped}
        measured |= {
            (tool.key, one.key): Cost(fault="not tried") for tool in shown if tool not in trying
        }
    return measured


def in_one_process(script: str, path: Path) -> dict[str, float]:
    """What a script of this folder prints about a file: seconds by name."""
    command = [sys.executable, str(HERE / script), str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment())
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds


def about(arguments: argparse.Namespace, lists: Sequence[Path]) -> str:
    """When and where this was measured, in a sentence."""
    own = arguments.lists is None
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, "
        f"{platform.system()} on {platform.machine()}, Python {platform.python_version()}, "
        f"peftlint {version('peftlint')}, {len(lists)} "
        f"{'lists of fixtures/lists, repeated' if own else 'real lists'}, "
        f"the median of at most {arguments.runs} runs."
    )


def parsed() -> argparse.Namespace:
    """The arguments of the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="how often a short run is repeated")
    parser.add_argument("--limit", type=float, default=180, help="seconds, then a run is stopped")
    parser.add_argument("--lists", type=Path, help="a folder of Markdown files, and those below")
    parser.add_argument("--peers", type=Path, help="where install_peers.py installed others")
    parser.add_argument("--inputs", nargs="+", choices=KEYS, default=KEYS, help="only these")
    parser.add_argument("--tools", nargs="+", default=(), metavar="KEY", help="only these")
    parser.add_argument(
        "--here", action="store_true", help="measure the peftlint that is installed, not the clone"
    )
    parser.add_argument("--cpu", action="store_true", help="compare the processor's seconds")
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into a page")
    arguments = parser.parse_args()
    if not lists_in(arguments.lists or LISTS):
        parser.error(f"no lists in {arguments.lists}")
    return arguments


def result(arguments: argparse.Namespace, folder: Path) -> tuple[str, list[Table]]:
    """A sentence about the run and its tables.

    Args:
        arguments: of the command.
        folder: an empty one, for all that is made.
    """
    lists = lists_in(arguments.lists or LISTS)
    least = 0 if arguments.lists else COMMON
    made = list(inputs(lists, folder / "inputs", arguments.inputs, least=least))
    scratch = folder / "scratch"
    scratch.mkdir()
    subject = present() if arguments.here else installed(folder / "installed")
    shown = [
        tool
        for tool in tools(arguments.peers and arguments.peers.absolute(), scratch, subject)
        if not arguments.tools or tool.key in arguments.tools
    ]
    measured = measure(shown, made, arguments, folder / "output")
    found = tables(shown, made, measured, by_cpu=arguments.cpu)
    key = next((key for key in ONE_PROCESS if key in arguments.inputs), None)
    for one in made:
        if one.key == key:
            print(f"{one.name}: stages and rules", file=sys.stderr, flush=True)
            path = one.files[0]
            found.append(stage_table(in_one_process("stages.py", path), one.name, one.size))
            found.append(rule_table(in_one_process("rule_times.py", path), one.name))
    return about(arguments, lists), [*found, goal_table(measured, by_cpu=arguments.cpu)]


def main() -> None:
    """Run the command."""
    arguments = parsed()
    # What it runs is stopped then, and what it made removed, as when it is interrupted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as name:
        sentence, found = result(arguments, Path(name))
    markdown = "\n\n".join([sentence, *(table.as_markdown() for table in found)])
    block = mdformat.text(markdown, extensions={"gfm"})
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        arguments.write.write_text(with_block(page, block), encoding="utf-8")
    if arguments.markdown:
        print(block, end="")
    else:
        print("\n\n".join([sentence, *(table.as_text() for table in found)]))


if __name__ == "__main__":
    main()
