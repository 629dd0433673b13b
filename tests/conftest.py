"""Options of the tests, and what several of them need."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import sysconfig
import traceback
import venv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import click
import pytest
from click.testing import CliRunner, Result

import peftlint.launch
import peftlint.registry
from peftlint.cli import main
from peftlint.commands import plain

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
        program = cast("click.Command", _Program())
        return CliRunner().invoke(program, list(words), input=stdin, catch_exceptions=False)

    return run


class _Program:
    """Reads a command line as the program does, for click's runner of tests."""

    name = main.name

    def main(self, args: Sequence[str], prog_name: str) -> None:
        """Run a command."""
        code = plain.run(args)
        if code is not None:
            sys.exit(code)
        main.main(args, prog_name=prog_name)


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


class Ran(NamedTuple):
    """What a run of the program came to.

    Attributes:
        exit_code: with which it ended.
        stdout, stderr: what it wrote.
        is_replay: whether it said again what another run said, and did nothing else.
    """

    exit_code: int
    stdout: str
    stderr: str
    is_replay: bool


#: Runs the program with these words.
Start = Callable[..., Ran]


@pytest.fixture
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Runs the whole program, from its start to its end, in a copy of this process.

    That is what a user runs, without the half second that a new process takes to import it.
    `inside` is called in the copy before the program, and `after` when it is done.
    """
    for name in ("commands.check", "linter", "reader", "report.text"):
        importlib.import_module(f"peftlint.{name}")
    peftlint.registry.rules()
    folder = tmp_path_factory.mktemp("run")
    paths = [folder / name for name in ("stdout", "stderr", "began")]

    def start(
        *words: str,
        inside: Callable[[], object] = lambda: None,
        after: Callable[[], object] = lambda: None,
    ) -> Ran:
        for path in paths:
            path.write_bytes(b"")
        process = os.fork()
        if not process:
            code = 99
            try:
                sys.settrace(None)
                code = _run_here(words, paths, inside)
                after()
            except BaseException:
                traceback.print_exc()
                code = 99
            finally:
                with contextlib.suppress(OSError, ValueError):
                    sys.stdout.flush()
                    sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        stdout, stderr, began = (path.read_bytes().decode() for path in paths)
        assert code != 99, stderr
        return Ran(code, stdout, stderr, not began)

    return start


def _run_here(words: Sequence[str], paths: Sequence[Path], inside: Callable[[], object]) -> int:
    for name, descriptor, path in zip(("stdout", "stderr"), (1, 2), paths, strict=False):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), descriptor)
        binary = open(descriptor, "wb", closefd=False)  # noqa: SIM115 - to the end
        stream = io.TextIOWrapper(binary, encoding="utf-8")
        setattr(sys, name, stream)
    command = plain.run

    def begin(arguments: Sequence[str]) -> int | None:
        paths[2].write_text("began")
        return command(arguments)

    plain.run = begin
    sys.argv = ["peftlint", *words]
    inside()
    try:
        peftlint.launch.main()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 0 if error.code is None else 1
    return 0


@pytest.fixture
def cached(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test is; what runs find is kept beside it."""
    monkeypatch.delenv("PEFTLINT_NO_CACHE")
    folder = empty_folder / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PEFTLINT_CACHE_DIR", str(empty_folder / "cache"))
    return folder
