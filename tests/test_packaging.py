"""What is built holds what it should, and runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent

#: What belongs into the source distribution, folders with every file in them.
SHIPPED = (
    ".ci",
    ".editorconfig",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".pre-commit-hooks.yaml",
    ".readthedocs.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "MANIFEST.in",
    "README.md",
    "action",
    "action.yml",
    "benchmarks",
    "docs",
    "examples",
    "fixtures",
    "peftlint",
    "pyproject.toml",
    "rules",
    "tests",
)


def run(*command: str | Path, **environment: str) -> str:
    """The standard output of a command that must succeed."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel that is built from it.

    Built from a copy, because building writes into the tree, and in the environment that runs
    the tests, which has what an isolated one would fetch.
    """
    tree = tmp_path_factory.mktemp("tree")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, tree / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, tree)
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, tree)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel."""
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def source_names(built: Path) -> set[str]:
    """The names of the files of the source distribution, below its own folder."""
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = [PurePosixPath(member.name) for member in archive.getmembers() if member.isfile()]
    return {str(PurePosixPath(*name.parts[1:])) for name in names}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel is installed, without what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wheel)
    return folder


def rule_files() -> set[str]:
    """The names of the modules in `rules/`."""
    return {path.name for path in (ROOT / "rules").glob("*.py")}


def test_the_wheel_holds_every_rule_and_no_other(wheel: Path) -> None:
    """A rule that was deleted does not come back from a folder that an older build left."""
    with zipfile.ZipFile(wheel) as archive:
        names = [PurePosixPath(name) for name in archive.namelist()]
    assert {
        name.name for name in names if name.parent == PurePosixPath("peftlint/rules")
    } == rule_files()


def test_the_wheel_holds_every_module(wheel: Path) -> None:
    """Also those of packages that are listed by hand in `pyproject.toml`."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "peftlint").rglob("*.py")}
    assert wanted | {"peftlint/py.typed"} <= names


def test_the_wheel_has_one_name_at_its_top(wheel: Path) -> None:
    """`rules` and `tests` at the top would shadow those of other projects."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {PurePosixPath(name).parts[0] for name in archive.namelist()}
    assert tops == {"peftlint", f"peftlint-{distribution('peftlint').version}.dist-info"}


def test_the_source_distribution_holds_what_the_tests_need(source_names: set[str]) -> None:
    """Whoever packages peftlint can run its tests."""
    wanted = {
        path.relative_to(ROOT).as_posix()
        for name in SHIPPED
        for path in [ROOT / name, *(ROOT / name).rglob("*")]
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - source_names == set()


def test_the_installed_wheel_runs_and_finds_its_rules(installed: Path, tmp_path: Path) -> None:
    """The rules are found by the wheel's own entry point, not by the checkout's."""
    # The dependencies come from the environment that runs the tests; what is installed
    # there of peftlint itself comes later on the path than the wheel.
    command = "import peftlint.cli; print(peftlint.cli.__file__); peftlint.cli.main()"
    found = subprocess.run(
        [sys.executable, "-c", command, "rules"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(installed)},
    )
    assert found.returncode == 0, found.stderr
    origin, _, rules = found.stdout.partition("\n")
    assert Path(origin).is_relative_to(installed)
    names = {Path(name).stem.replace("_", "-") for name in rule_files()} - {"--init--"}
    assert {word for word in rules.split() if word in names} == names


def test_the_installed_command_tells_its_version(installed: Path) -> None:
    """The console script is there and starts."""
    version = run(installed / "bin" / "peftlint", "--version", PYTHONPATH=str(installed))
    assert distribution("peftlint").version in version
