"""How long peftlint takes, how much memory, and what for.

`python benchmarks/run.py` prints two tables:

- a cold process: wall time and peak memory of `peftlint check` on lists of several sizes, and of
  `peftlint normalize` on a long one, beside a process that only imports the two libraries that
  every check needs;
- one process: megabytes a second through each stage, on the largest text.

Times are medians. The lists are those of `fixtures/lists/`, or of the folder given with `--lists`.
Those of `fixtures/lists/` are short: a list that is shorter than a common one is repeated until it
has that size, and the long texts are all lists over and over again.
"""

from __future__ import annotations

import argparse
import compileall
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LISTS = ROOT / "fixtures" / "lists"
STAGES = Path(__file__).parent / "stages.py"

FLOOR = "import click, markdown_it"
MEGABYTE = 1_000_000
#: The size in bytes of a common list, nearly.
COMMON = 18_000
#: Keeps Python from writing the modules that it compiled; images of containers often set it.
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
#: A run that takes longer than this many seconds is not repeated.
LONG = 5.0


class Cost(NamedTuple):
    """What a process took.

    Attributes:
        seconds: from start to end.
        peak: the most memory that it held, in bytes.
    """

    seconds: float
    peak: int


def environment() -> dict[str, str]:
    """The variables of the processes that are measured."""
    return {name: value for name, value in os.environ.items() if name != UNCOMPILED}


def compile_package() -> None:
    """Compile peftlint, as pip does when it installs a wheel.

    An editable install leaves that to the first run, and where `UNCOMPILED` is set no run does it:
    then each would compile everything, and that would be what is measured.

    Raises:
        RuntimeError: a module cannot be compiled, or its folder cannot be written to.
    """
    for name in ("peftlint", "peftlint.rules"):
        for folder in importlib.import_module(name).__path__:
            # An editable install adds a name to the path that is no folder.
            if Path(folder).is_dir() and not compileall.compile_dir(folder, quiet=1):
                raise RuntimeError(f"cannot compile the modules in {folder}")


def cost(command: list[str]) -> Cost:
    """Run a command once, its output thrown away.

    Raises:
        ChildProcessError: it ended otherwise than `check` does.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())
    # Not `wait`: only wait4 tells the memory of this one child.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise ChildProcessError(f"exit code {process.returncode}: {' '.join(command)}")
    # Linux counts in kibibytes, macOS in bytes (getrusage(2) of each).
    return Cost(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def median_cost(command: list[str], runs: int) -> Cost:
    """The median of several runs, after one that warms the file cache."""
    first = cost(command)
    if first.seconds > LONG:
        return first
    costs = [cost(command) for _ in range(runs)]
    return Cost(statistics.median(one.seconds for one in costs), max(one.peak for one in costs))


def lists_in(folder: Path) -> list[Path]:
    """The lists of a folder, without what their fixed text should be."""
    return sorted(path for path in folder.glob("*.md") if not path.name.endswith(".fixed.md"))


def write_repeated(lists: list[Path], size: int, target: Path) -> None:
    """Write whole lists, one after the other and over again, until the file has `size` bytes."""
    with target.open("wb") as output:
        for path in cycle(lists):
            output.write(path.read_bytes() + b"\n")
            if output.tell() >= size:
                return


def processes(lists: list[Path], folder: Path, runs: int) -> Iterator[tuple[str, int, Cost]]:
    """Name, bytes and cost of each row of the first table."""
    check = [sys.executable, "-m", "peftlint", "check", "--isolated"]
    yield f'python -c "{FLOOR}"', 0, median_cost([sys.executable, "-c", FLOOR], runs)
    one, ten = folder / "1mb.md", folder / "10mb.md"
    write_repeated(lists, MEGABYTE, one)
    write_repeated(lists, 10 * MEGABYTE, ten)
    (folder / "common").mkdir()
    common = [folder / "common" / path.name for path in lists]
    for path, target in zip(lists, common, strict=True):
        write_repeated([path], max(COMMON, path.stat().st_size), target)
    for name, paths in (
        ("one list", [min(common, key=lambda path: abs(path.stat().st_size - COMMON))]),
        (f"all {len(lists)} lists", common),
        ("1 MB", [one]),
        ("10 MB", [ten]),
    ):
        size = sum(path.stat().st_size for path in paths)
        yield name, size, median_cost([*check, *map(str, paths)], runs)
    normalize = [sys.executable, "-m", "peftlint", "normalize", "--isolated", "--check"]
    for layout in ("list", "one-line"):
        command = [*normalize, "--layout", layout, str(one)]
        yield f"1 MB, normalized as {layout}", one.stat().st_size, median_cost(command, runs)


def print_processes(rows: Iterator[tuple[str, int, Cost]]) -> None:
    """Print the first table, row by row."""
    print(f"{'cold process':<40}{'size kB':>10}{'wall ms':>10}{'x floor':>10}{'peak MB':>10}")
    floor = 0.0
    for name, size, (seconds, peak) in rows:
        floor = floor or seconds
        print(
            f"{name:<40}{size / 1000:>10.0f}{seconds * 1000:>10.0f}"
            f"{seconds / floor:>10.2f}{peak / MEGABYTE:>10.0f}",
            flush=True,
        )


def print_stages(path: Path) -> None:
    """Print the second table."""
    command = [sys.executable, str(STAGES), str(path)]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment()).stdout
    stages: dict[str, float] = json.loads(output)
    size = path.stat().st_size / MEGABYTE
    stock = stages["markdown-it's own parse"]
    print(f"\n{f'one process, {size:.0f} MB':<40}{'s':>10}{'MB/s':>10}{'x own':>10}")
    for name, seconds in stages.items():
        print(f"{name:<40}{seconds:>10.2f}{size / seconds:>10.2f}{seconds / stock:>10.2f}")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="how often a short run is repeated")
    parser.add_argument("--lists", type=Path, default=LISTS, help="a folder of Markdown files")
    arguments = parser.parse_args()
    lists = lists_in(arguments.lists)
    if not lists:
        parser.error(f"no lists in {arguments.lists}")
    compile_package()
    print(f"peftlint is compiled beforehand; {UNCOMPILED} is not set in what is measured\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_processes(processes(lists, folder, arguments.runs))
        print_stages(folder / "10mb.md")


if __name__ == "__main__":
    main()
