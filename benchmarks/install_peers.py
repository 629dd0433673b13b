"""Install the linters that peftlint is compared with into a folder, and nowhere else.

`python benchmarks/install_peers.py FOLDER` takes Python's from PyPI and JavaScript's from npm,
each in the version that `peers.py` names and into an environment of its own.
What cannot be installed is told, and the exit code is 1 then; `run.py --peers FOLDER` measures
the others.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from peers import PEERS, Peer


def commands(peer: Peer, folder: Path) -> Iterator[list[str]]:
    """The commands that install one.

    Raises:
        FileNotFoundError: what they need is not there.
    """
    home = str(peer.home(folder))
    if peer.is_python:
        # Without pip in it: the environment has what the linter needs, as pipx makes it.
        yield [sys.executable, "-m", "venv", "--clear", "--without-pip", home]
        wanted = [f"{name}=={version}" for name, version in peer.packages]
        python = str(Path(home) / "bin" / "python")
        yield [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *wanted]
        return
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("there is no npm")
    wanted = [f"{name}@{version}" for name, version in peer.packages]
    yield [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", home, *wanted]


def main() -> int:
    """Run the command; the result is its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where to install them; it is made")
    folder: Path = parser.parse_args().folder.absolute()
    failed = 0
    # Two rows of a table can be one linter.
    for peer in {peer.packages: peer for peer in PEERS}.values():
        try:
            peer.home(folder).mkdir(parents=True, exist_ok=True)
            for command in commands(peer, folder):
                subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{peer.packages[0][0]} cannot be installed: {error}")
            failed = 1
        else:
            print(f"{peer.packages[0][0]} {peer.version(folder)}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
