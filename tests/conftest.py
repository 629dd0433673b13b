"""Options of the tests, and what several of them need."""

from __future__ import annotations

import os
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peftlint.cli import main

#: What changes how the program prints.
_PRINTING = (
    "COLUMNS",
    "FORCE_COLOR",
    "FORCE_HYPERLINK",
    "GITHUB_ACTIONS",
    "NO_COLOR",
    "PEFTLINT_TRACEBACK",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes what the rules say now into the fixtures, to be read in the diff."""
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite the reports and fixed texts in fixtures",
    )


@pytest.fixture(scope="session", autouse=True)
def _git_by_itself() -> Iterator[None]:
    """Have git run as on a machine without settings.

    A hook that runs the tests hands down where *its* repository is.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
            patch.setenv(name, os.devnull)
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_NAME", "Nobody")
            patch.setenv(f"GIT_{who}_EMAIL", "nobody@example.org")
        yield


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    """Have no test take what another one, or the user, has kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEFTLINT_NO_CACHE", "1")
        yield


@pytest.fixture
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder, in which the test is, and no variable that changes what is printed."""
    monkeypatch.chdir(tmp_path)
    for name in _PRINTING:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs the program in this process."""

    def run(*words: str, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(main, list(words), input=stdin, catch_exceptions=False)

    return run


@pytest.fixture
def untraced() -> Iterator[None]:
    """Measure no coverage meanwhile.

    For tests on real lists: they take long, and where the lists are not there, the other tests
    have to cover all code without them. pytest-cov's own `no_cover` does nothing under xdist.
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.fixture(scope="session")
def make_environment() -> Callable[[Path], Path]:
    """Makes a virtual environment in a folder, and gives its folder of programs.

    What the environment of the tests has is there too, as if it were installed, and `pip`
    installs more without asking a registry: the tests run offline.
    """

    def make(folder: Path) -> Path:
        venv.create(folder, symlinks=True)
        (site,) = folder.glob("lib/python*/site-packages")
        ours = sysconfig.get_path("purelib")
        # Not the bare path: an editable install is a `.pth` file of its own.
        (site / "tests.pth").write_text(f"import site; site.addsitedir({ours!r})\n")
        programs = folder / "bin"
        offline = "PIP_NO_INDEX=1 PIP_NO_BUILD_ISOLATION=0 PIP_DISABLE_PIP_VERSION_CHECK=1"
        for name, before in ("pip", offline), ("peftlint", ""):
            script = programs / name
            script.write_text(f'#!/bin/sh\n{before} exec {programs}/python -P -m {name} "$@"\n')
            script.chmod(0o755)
        return programs

    return make
