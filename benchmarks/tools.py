"""What is measured: peftlint in several ways, the floors below it, and other linters."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from inputs import Input, variant
from measuring import Command, Job, environment
from peers import PEERS, Peer
from subject import Subject

STOCK = Path(__file__).parent / "stock.py"

#: Every rule that there is, and no config that happens to be near.
CHECK = ("check", "--isolated", "--profile", "strict")
#: What is measured on one input only, since it is the same on all or takes long.
FLOOR_INPUT = "one"
NORMALIZE_INPUT = "1mb"


class Tool(NamedTuple):
    """A row of the tables.

    Attributes:
        key: by which goals know it.
        name: what it is called in tables.
        job: what to run on an input; `None` where it is not measured on that one.
        lack: why it cannot be run at all; empty where it can.
    """

    key: str
    name: str
    job: Callable[[Input], Job | None]
    lack: str = ""


def tools(peers: Path | None, scratch: Path, subject: Subject) -> list[Tool]:
    """All tools, in the order of the tables.

    Args:
        peers: the folder that other linters are installed in; `None` for none.
        scratch: a folder for caches and for lists that are changed.
        subject: peftlint, and the Python that all floors are measured with.
    """
    return [*_floors(subject), *_own(scratch, subject), *(_of_peer(peer, peers) for peer in PEERS)]


def _quietly(command: Command) -> None:
    """Run a command that is not measured."""
    nowhere = subprocess.DEVNULL
    subprocess.run(command, stdout=nowhere, stderr=nowhere, check=False, env=environment())


def _floors(subject: Subject) -> list[Tool]:
    def imports(key: str, code: str) -> Tool:
        command = [subject.python, "-c", code]

        def job(given: Input) -> Job | None:
            return Job(key, [command]) if given.key == FLOOR_INPUT else None

        return Tool(key, f"python -c '{code}'", job)

    def stock(given: Input) -> Job:
        return Job("stock", [[subject.python, str(STOCK), *map(str, given.files)]])

    return [
        imports("python", "pass"),
        imports("click", "import click"),
        imports("both", "import click, markdown_it"),
        Tool("stock", "stock markdown-it-py, parse only", stock),
    ]


def _own(scratch: Path, subject: Subject) -> list[Tool]:
    check = [*subject.command, *CHECK]

    def cold(given: Input) -> Job:
        return Job("cold", [[*check, "--no-cache", *map(str, given.files)]])

    def cached(given: Input) -> Job:
        cache = scratch / f"cache-{given.key}"
        command = [*check, "--cache-dir", str(cache), *map(str, given.files)]

        def before(run: int) -> None:
            if run == 0:
                _quietly(command)

        return Job("cached", [command], before)

    def changed(given: Input) -> Job:
        copy = variant(given, scratch / f"changed-{given.key}")
        cache = scratch / f"cache-changed-{given.key}"
        command = [*check, "--cache-dir", str(cache), *map(str, copy.files)]

        def before(run: int) -> None:
            if run == 0:
                _quietly(command)
            # Another change each time: one that was seen before would be in the cache.
            copy.change(run)

        return Job("changed", [command], before)

    def normalized(key: str, layout: str) -> Tool:
        words = ("normalize", "--isolated", "--check", "--layout", layout)

        def job(given: Input) -> Job | None:
            command = [*subject.command, *words, *map(str, given.files)]
            return Job(key, [command]) if given.key == NORMALIZE_INPUT else None

        return Tool(key, f"peftlint normalize --layout {layout}", job)

    return [
        Tool("cold", "peftlint, no cache", cold),
        Tool("cached", "peftlint, cached", cached),
        Tool("changed", "peftlint, cached, one entry changed", changed),
        normalized("normalize-list", "list"),
        normalized("normalize-one-line", "one-line"),
    ]


def _of_peer(peer: Peer, folder: Path | None) -> Tool:
    version = peer.version(folder) if folder else None
    if folder is None or version is None:
        return Tool(peer.key, peer.name(None), lambda _: None, "not installed")
    home = peer.home(folder)

    def job(given: Input) -> Job:
        names: Sequence[str] = [str(path) for path in given.files]
        parts = [[name] for name in names] if peer.takes_one else [names]
        commands = [peer.command(home, part) for part in parts]

        def before(run: int) -> None:
            if run == 0 and peer.keeps:
                for command in commands:
                    _quietly(command)

        return Job(peer.key, commands, before)

    return Tool(peer.key, peer.name(version), job)
