"""Other linters of Markdown: which there are, and how each is run."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

#: From the folder that they are installed in and the files to a command.
Maker = Callable[[Path, Sequence[str]], list[str]]


class Peer(NamedTuple):
    """A linter that peftlint is compared with.

    Attributes:
        key: by which goals know it.
        title: what it is called in tables; `{version}` stands for its version.
        packages: what is installed, the linter's own package first, each with its version.
        is_python: whether the packages are those of PyPI, and else of npm.
        command: makes the command that checks files.
        takes_one: whether it takes one file only, and has to be run for each.
        keeps: whether its command keeps results: it is run once before it is measured.
    """

    key: str
    title: str
    packages: tuple[tuple[str, str], ...]
    is_python: bool
    command: Maker
    takes_one: bool = False
    keeps: bool = False

    def home(self, folder: Path) -> Path:
        """Where it is installed below a folder.

        Each has an environment of its own, as pipx would make it: what else is installed is
        looked through at start-up by those that have plugins.
        """
        return folder / self.packages[0][0]

    def name(self, version: str | None) -> str:
        """What it is called in tables."""
        return self.title.replace(" {version}", f" {version}" if version else "")

    def version(self, folder: Path) -> str | None:
        """The version that is installed below a folder; `None` where it is not."""
        name = self.packages[0][0]
        if not self.is_python:
            manifest = self.home(folder) / "node_modules" / name / "package.json"
            if not manifest.is_file():
                return None
            return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])
        for record in self.home(folder).glob(f"lib/python3*/site-packages/{name}-*.dist-info"):
            return record.name.removeprefix(f"{name}-").removesuffix(".dist-info")
        return None


def _python(name: str, *words: str) -> Maker:
    return lambda home, files: [str(home / "bin" / name), *words, *files]


def _node(name: str, *words: str) -> Maker:
    return lambda home, files: [str(home / "node_modules" / ".bin" / name), *words, *files]


def _remark(home: Path, files: Sequence[str]) -> list[str]:
    preset = home / "node_modules" / "remark-preset-lint-recommended" / "index.js"
    # Without --frail, it exits with 0 whatever it finds; without --no-stdout, it prints the list.
    words = ("--no-stdout", "--quiet", "--frail", "--use", str(preset))
    return _node("remark", *words)(home, files)


def _rumdl(home: Path, files: Sequence[str]) -> list[str]:
    return _python("rumdl", "check", "--cache-dir", str(home / "cache"))(home, files)


_RUMDL = (("rumdl", "0.3.0"),)

#: Each with its default rules, and remark with those that it recommends.
PEERS = (
    Peer(
        "rumdl",
        "rumdl {version} (Rust), no cache",
        _RUMDL,
        True,
        _python("rumdl", "check", "--no-cache"),
    ),
    Peer("rumdl-cached", "rumdl {version} (Rust), cached", _RUMDL, True, _rumdl, keeps=True),
    Peer(
        "mdformat",
        "mdformat {version} --check",
        (("mdformat", "1.0.0"),),
        True,
        _python("mdformat", "--check"),
    ),
    Peer("mdlint", "mdlint {version}", (("mdlint", "0.3.0"),), True, _python("mdlint", "check")),
    Peer(
        "pymarkdown",
        "pymarkdown {version}",
        (("pymarkdownlnt", "0.9.41"),),
        True,
        _python("pymarkdown", "scan"),
    ),
    Peer(
        "markdownlint",
        "markdownlint-cli2 {version}",
        (("markdownlint-cli2", "0.24.1"),),
        False,
        _node("markdownlint-cli2"),
    ),
    Peer(
        "remark",
        "remark-cli {version}, recommended rules",
        (("remark-cli", "12.0.1"), ("remark-preset-lint-recommended", "7.0.1")),
        False,
        _remark,
    ),
    Peer(
        "awesome",
        "awesome-lint {version}",
        (("awesome-lint", "2.3.0"),),
        False,
        _node("awesome-lint"),
        takes_one=True,
    ),
)
