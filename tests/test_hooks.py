"""The pre-commit hooks work, run by pre-commit itself on a scratch repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: What a hook needs of this tree: what `pip install` needs, and the manifest.
HOOK_SOURCES = (
    ".pre-commit-hooks.yaml",
    "LICENSE",
    "README.md",
    "peftlint",
    "pyproject.toml",
    "rules",
)

BROKEN = """\
# A List

- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang, Bor-Chun Chen.* [[Paper](https://arxiv.org/pdf/2203.12119)]
"""
FIXED = BROKEN.replace("/pdf/", "/abs/")


def execute(*command: str | Path, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as on a machine without a cache of pre-commit's."""
    environment = {**os.environ, "PRE_COMMIT_COLOR": "never", "PRE_COMMIT_HOME": str(home)}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def commit_all(repository: Path, home: Path) -> None:
    """Make a folder a git repository with all that is in it as its one commit."""
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "All"]):
        done = execute("git", *command, cwd=repository, home=home)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty cache for pre-commit."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A repository with this tree as it stands, committed or not."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    repository = tmp_path_factory.mktemp("hooks")
    for name in HOOK_SOURCES:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, repository / name, ignore=ignored)
        else:
            shutil.copy(source, repository / name)
    commit_all(repository, home)
    return repository


@pytest.fixture
def scratch(tmp_path: Path, home: Path) -> Path:
    """A repository with one list, which one safe fix would mend."""
    (tmp_path / "list.md").write_text(BROKEN, encoding="utf-8")
    commit_all(tmp_path, home)
    return tmp_path


@pytest.fixture(scope="module")
def _registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where pip cannot reach a registry: pre-commit installs the hooks by pip."""
    folder = tmp_path_factory.mktemp("download")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    done = subprocess.run([*pip, "setuptools>=77"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"pip reaches no registry: {done.stderr.strip().splitlines()[-1]}")


def try_hook(hook: str, scratch: Path, hooks: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run one hook on all files of the scratch repository."""
    pre_commit = [sys.executable, "-m", "pre_commit", "try-repo"]
    return execute(*pre_commit, hooks, hook, "--all-files", cwd=scratch, home=home)


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    """By pre-commit's own check."""
    done = execute(
        *(sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"),
        cwd=tmp_path,
        home=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_repositorys_own_config_is_valid(tmp_path: Path) -> None:
    """By pre-commit's own check."""
    done = execute(
        *(sys.executable, "-m", "pre_commit", "validate-config", ROOT / ".pre-commit-config.yaml"),
        cwd=tmp_path,
        home=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("_registry")
def test_the_check_hook_fails_on_a_broken_list_and_names_the_findings(
    scratch: Path, hooks: Path, home: Path
) -> None:
    """The list itself stays as it is."""
    done = try_hook("peftlint", scratch, hooks, home)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "list.md:5:" in done.stdout
    assert "PL201" in done.stdout
    assert "arxiv-pdf-link" in done.stdout
    assert (scratch / "list.md").read_text(encoding="utf-8") == BROKEN


@pytest.mark.usefixtures("_registry")
def test_the_normalize_hook_fails_once_because_it_wrote_and_then_passes(
    scratch: Path, hooks: Path, home: Path
) -> None:
    """Of one entry in another layout than the three beside it."""
    entry = "- **{},** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.0{}685)]\n\n"
    uniform = "# A List\n\n" + "".join(map(entry.format, ("A B", "C D", "E F", "G H"), "1234"))
    uniform = uniform.removesuffix("\n")
    mixed = uniform.replace("**G H,**", "**G H**,")
    (scratch / "list.md").write_text(mixed, encoding="utf-8")
    first = try_hook("peftlint-normalize", scratch, hooks, home)
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert "- exit code: 1" not in first.stdout
    assert (scratch / "list.md").read_text(encoding="utf-8") == uniform

    second = try_hook("peftlint-normalize", scratch, hooks, home)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Passed" in second.stdout


@pytest.mark.usefixtures("_registry")
def test_the_fix_hook_fails_once_because_it_fixed_and_then_passes(
    scratch: Path, hooks: Path, home: Path
) -> None:
    """pre-commit fails a hook that changed files, so that the change is looked at."""
    first = try_hook("peftlint-fix", scratch, hooks, home)
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert "- exit code: 1" not in first.stdout
    assert (scratch / "list.md").read_text(encoding="utf-8") == FIXED

    second = try_hook("peftlint-fix", scratch, hooks, home)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Passed" in second.stdout
    assert (scratch / "list.md").read_text(encoding="utf-8") == FIXED
