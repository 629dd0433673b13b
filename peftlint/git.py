"""Git's history, read without letting a repository run anything.

A repository's own configuration is an attacker's text: it may name programs for diffs, filters,
file monitors and transports, and hooks. So nothing is asked of git but what a name means, which
files a revision has, and what bytes are in them; no diff is made, nothing is filtered, nothing is
fetched, the index is neither read nor written, and no shell takes part.
Sources: https://git-scm.com/docs/git, https://git-scm.com/docs/git-config (SECURITY).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from peftlint.file import FileError
from peftlint.printable import printable

#: Over what a repository's configuration says. Most of it is for commands that are not run here;
#: it costs nothing to say it all the same.
_SETTINGS = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip

#: Variables of git that are the user's own; all others may come from the hook that runs this, and
#: are about a repository and an index that need not be those of the lists, or name programs.
_KEPT_VARIABLES = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
#: Variables of git that say where a repository is whose working tree holds no `.git`.
_WHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")

#: Seconds; the largest repositories take some for the names of all their files.
_PATIENCE = 120

_SUBMODULE = "commit"
_REGULAR_FILES = ("100644", "100755", "100664")

#: How many digits the full name of a commit has, by SHA-1 and SHA-256, and how many are shown.
_FULL = (40, 64)
_SHORT = 12
_HEXADECIMAL = "0123456789abcdef"

#: What GitHub gives as the commit before the first push of a branch.
_NO_COMMIT = "0"


class GitError(FileError):
    """Git cannot say what was asked; the path is that of the repository."""


class Tree(NamedTuple):
    """What a revision holds, by paths with `/` from the repository's root.

    Attributes:
        files: the names of the blobs of regular files.
        submodules: the names of the commits of submodules.
    """

    files: Mapping[str, str]
    submodules: Mapping[str, str]


class Repository:
    """A repository with its working tree.

    Args:
        root: the folder that holds `.git`, a real path; or the working tree that the environment
            names.
        is_from_environment: whether `GIT_DIR` says where its history is.

    Raises:
        GitError: git is not installed.
    """

    def __init__(self, root: Path, *, is_from_environment: bool = False) -> None:
        self.root = root
        program = _program()
        if program is None:
            raise GitError(root, "git is needed to read its history; install it, or mend PATH")
        self._program = program
        self._environment = _environment(root, keep_where=is_from_environment)

    def commit(self, revision: str) -> str:
        """The name of what a revision means: a branch, a tag, `HEAD~1`, a hash.

        Args:
            revision: not beginning with `-`.

        Raises:
            GitError: there is none; the message says what to do.
        """
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        name = done.output.decode("ascii", "replace").strip()
        if done.code or not name:
            raise self._missing(revision, done.errors)
        return name

    def merge_base(self, one: str, other: str) -> str:
        """The commit from which two commits went different ways.

        Args:
            one: the name of a commit, as `commit` gives it.
            other: the same.

        Raises:
            GitError: there is none, or it is not in this clone.
        """
        done = self._run("merge-base", one, other)
        name = done.output.decode("ascii", "replace").strip()
        if not done.code and name:
            return name
        if self._is_shallow():
            raise GitError(
                self.root,
                f"the commit from which {short(one)} and {short(other)} parted is not in this "
                f"shallow clone; {_DEEPEN}",
            )
        if done.code == 1 and not done.errors:
            raise GitError(
                self.root, f"{short(one)} and {short(other)} have no commit in common; name one"
            )
        raise self._missing(f"{one}...{other}", done.errors)

    def tree(self, name: str, revision: str) -> Tree:
        """The files of a commit.

        Args:
            name: as `commit` gives it.
            revision: what the user calls it.

        Raises:
            GitError: it is not there.
        """
        done = self._run("ls-tree", "-r", "-z", "--full-tree", name)
        if done.code:
            raise self._missing(revision, done.errors)
        files: dict[str, str] = {}
        submodules: dict[str, str] = {}
        for record in done.output.split(b"\0"):
            about, tab, path = record.partition(b"\t")
            if not tab:
                continue
            mode, kind, object_name = about.decode("ascii").split()
            if kind == _SUBMODULE:
                submodules[_path(path)] = object_name
            elif mode in _REGULAR_FILES:
                files[_path(path)] = object_name
        return Tree(files, submodules)

    def blob(self, name: str) -> bytes:
        """The bytes of a file, as they are stored.

        Args:
            name: as `Tree` has it.

        Raises:
            GitError: they are not in this clone.
        """
        done = self._run("cat-file", "blob", name)
        if not done.code:
            return done.output
        if self._is_partial():
            raise GitError(
                self.root,
                "this partial clone has not all contents of that revision, and nothing is "
                f"fetched here; fetch them with `git cat-file blob {name}`, or clone without "
                "--filter",
            )
        raise self._missing(name, done.errors)

    def _is_shallow(self) -> bool:
        return self._run("rev-parse", "--is-shallow-repository").output.strip() == b"true"

    def _is_partial(self) -> bool:
        pattern = r"^(extensions\.partialclone|remote\..*\.promisor)$"
        return bool(self._run("config", "--get-regexp", pattern).output)

    def _missing(self, revision: str, errors: str) -> GitError:
        """Why git has not found a revision."""
        shown = printable(revision)
        if "dubious ownership" in errors or "unsafe repository" in errors:
            return GitError(
                self.root,
                "git does not read this repository, as it belongs to another user; if you trust "
                f"it: git config --global --add safe.directory {printable(str(self.root))}",
            )
        if "not a git repository" in errors:
            return GitError(self.root, "its .git is no git repository; look at it with git status")
        if revision and not revision.strip(_NO_COMMIT):
            return GitError(
                self.root,
                f"{shown} stands for no commit, as for a branch that was not there before; "
                "compare with the branch it came from, such as origin/main...",
            )
        if self._is_shallow():
            return GitError(self.root, f"{shown} is not in this shallow clone; {_DEEPEN}")
        if self._is_partial() and errors:
            return GitError(
                self.root,
                f"this partial clone has not all of {shown}, and nothing is fetched here; clone "
                "without --filter",
            )
        said = f" (git says: {errors})" if errors else ""
        return GitError(
            self.root,
            f"there is no revision {shown}{said}; check the spelling, or fetch it with git fetch",
        )

    def _run(self, *arguments: str) -> _Done:
        # Loaded here: only who asks for history needs it.
        import subprocess

        command = [self._program, *_SETTINGS, *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
                command,
                cwd=self.root,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise GitError(
                self.root,
                f"git {arguments[0]} was not done within {_PATIENCE} seconds; try git status there",
            ) from error
        except OSError as error:
            raise GitError(
                self.root, f"git cannot be run ({error.strerror or error}); mend PATH"
            ) from error
        errors = done.stderr.decode("utf-8", "replace").split("\n")
        # A line is enough: what follows it is advice about git.
        said = next((line for line in errors if line.startswith(("fatal:", "error:"))), "")
        return _Done(done.returncode, done.stdout, printable(said.strip()))


class _Done(NamedTuple):
    code: int
    output: bytes
    errors: str


_DEEPEN = (
    "fetch more of it with `git fetch --unshallow`, or in a workflow with `fetch-depth: 0` of "
    "actions/checkout"
)


def repository_from_environment(place: Path) -> Repository | None:
    """The repository that `GIT_DIR` and `GIT_WORK_TREE` name, if a path is in its working tree.

    Args:
        place: a real path.
    """
    tree = os.environ.get("GIT_WORK_TREE")
    if not tree or not os.environ.get("GIT_DIR"):
        return None
    root = Path(os.path.realpath(tree))
    return Repository(root, is_from_environment=True) if place.is_relative_to(root) else None


def _program() -> str | None:
    # Loaded here: only who asks for history needs it.
    import shutil

    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        # Not one that is relative, nor, as Windows does, the current one: a list's repository
        # may hold a program of that name.
        if Path(folder).is_absolute():
            found = shutil.which(str(Path(folder, name)))
            if found is not None:
                return found
    return None


def _environment(root: Path, *, keep_where: bool) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT_VARIABLES)
    }
    if keep_where:
        kept |= {
            # Relative ones are about the current folder, and git runs in another one.
            name: str(Path(os.environ[name]).absolute())
            for name in _WHERE
            if os.environ.get(name)
        }
    return kept | {
        "GIT_TERMINAL_PROMPT": "0",
        # Partial clones fetch what is missing, by whatever program their configuration names:
        # git 2.45 and later know the first, and all know the second, with which no way to fetch
        # is allowed.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        # A `.git` that is none must not lead to a repository further up.
        "GIT_CEILING_DIRECTORIES": str(root.parent),
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def _path(name: bytes) -> str:
    # On Windows git's names are UTF-8, elsewhere what the system has.
    return name.decode("utf-8", "surrogateescape") if sys.platform == "win32" else os.fsdecode(name)


def short(name: str) -> str:
    """The name of a commit as people read it; any other name of one is as it was."""
    return name[:_SHORT] if len(name) in _FULL and not name.strip(_HEXADECIMAL) else name
