"""The peftlint that is measured: installed from this clone as a user installs it.

In a developer's environment each start of Python looks for what is installed editably and loads
much to do so: half as much again as Python itself takes. The other linters have an environment of
their own as well.
"""

from __future__ import annotations

import compileall
import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
#: What is not part of what is installed, and may be large.
ELSE = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__")


class Subject(NamedTuple):
    """An environment with peftlint.

    Attributes:
        python: its Python.
        command: what starts peftlint in it.
    """

    python: str
    command: tuple[str, ...]


def installed(folder: Path) -> Subject:
    """Install peftlint into an environment of its own, as pipx would make it.

    Args:
        folder: where to make it; it must not be there yet.

    Raises:
        SystemExit: it cannot be installed; pip has told why.
    """
    home, source = folder / "environment", folder / "source"
    # What is built is not to be left in the clone.
    shutil.copytree(ROOT, source, ignore=ELSE)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
        subprocess.run([*pip, "--python", str(python), "install", str(source)], check=True)
    except subprocess.CalledProcessError:
        sys.exit("peftlint cannot be installed; --here measures the one that is installed.")
    return Subject(str(python), (str(home / "bin" / "peftlint"),))


def present() -> Subject:
    """The environment that this runs in.

    Raises:
        RuntimeError: a module cannot be compiled, or its folder cannot be written to.
    """
    _compile()
    script = Path(sys.executable).parent / "peftlint"
    command = (str(script),) if script.is_file() else (sys.executable, "-m", "peftlint")
    return Subject(sys.executable, command)


def _compile() -> None:
    """Compile peftlint, as pip does when it installs a wheel.

    An editable install leaves that to the first run, and where Python is told to write nothing no
    run does it: then each would compile everything, and that would be what is measured.
    """
    for name in ("peftlint", "peftlint.rules"):
        for folder in importlib.import_module(name).__path__:
            # An editable install adds a name to the path that is no folder.
            if Path(folder).is_dir() and not compileall.compile_dir(folder, quiet=1):
                raise RuntimeError(f"cannot compile the modules in {folder}")
