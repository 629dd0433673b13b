"""Lists as they were at a revision, for comparing them with those in the working tree.

Each list is compared with the history of its own repository; a submodule's with the commit that
the repository around it has at that revision.
"""

from __future__ import annotations

import codecs
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from peftlint import file
from peftlint.discovery import EXTENSIONS, LEFT_OUT, IsExcluded, repository_root
from peftlint.file import FileError
from peftlint.git import GitError, Repository, Tree, repository_from_environment, short
from peftlint.printable import printable

#: Names that a list may have had before it was called Markdown.
_FORMER_EXTENSIONS = (*EXTENSIONS, ".txt", "")

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHA_256_DIGITS = 64

#: The most bytes of a list that is looked for elsewhere.
_LARGEST = 100_000_000


class RevisionError(Exception):
    """What was given names no revision that files can be compared with."""


class Revision:
    """What a user calls a revision.

    `A` is the revision itself. `A...` is where this branch left A, the newest commit that both
    have, which is what a pull request is compared with. `A..` is A. What may stand behind the
    dots is `HEAD` or another name of the same commit, as it is the files here that are compared.

    Args:
        text: as it was given.

    Raises:
        RevisionError: it names none.
    """

    __slots__ = ("_base", "_dots", "_tip", "shown")

    def __init__(self, text: str) -> None:
        if not text.strip():
            raise RevisionError("the revision is empty; name one, such as HEAD or origin/main...")
        if text.startswith("-"):
            raise RevisionError(
                f"a revision does not begin with '-': {text!r}; name one, such as HEAD"
            )
        if "\0" in text:
            raise RevisionError(f"there is no revision {text!r}")
        self.shown = printable(short(text))
        self._dots = "..." if "..." in text else ".." if ".." in text else ""
        base, _, tip = text.partition(self._dots) if self._dots else (text, "", "")
        if not base or tip.startswith(("-", ".")):
            raise RevisionError(
                f"{text!r} names no revision before its dots; name one, such as origin/main..."
            )
        self._base = base
        self._tip = tip or "HEAD"

    def commit(self, repository: Repository) -> str:
        """The commit of a repository that it means.

        Raises:
            GitError: there is none.
        """
        base = repository.commit(self._base)
        if not self._dots:
            return base
        head = repository.commit("HEAD^{commit}")
        tip = head if self._tip == "HEAD" else repository.commit(f"{self._tip}^{{commit}}")
        if tip != head:
            shown = printable(self._tip)
            raise GitError(
                repository.root,
                f"the files here are not those of {shown}, but it is them that are compared; "
                f"check {shown} out, or name what is before the dots alone",
            )
        if self._dots == "...":
            return repository.merge_base(repository.commit(f"{self._base}^{{commit}}"), head)
        return base


class Snapshot:
    """The files of a repository at a revision.

    Args:
        repository: the repository.
        commit: the revision's commit.
        revision: what the user calls it.

    Raises:
        GitError: the revision is not there.
    """

    def __init__(self, repository: Repository, commit: str, revision: str) -> None:
        self.root = repository.root
        self._repository = repository
        self._revision = revision
        self._tree: Tree = repository.tree(commit, revision)

    def submodule(self, root: Path) -> str | None:
        """The commit of the submodule in a folder, if there is one."""
        return self._tree.submodules.get(root.relative_to(self.root).as_posix())

    def name(self, place: Path) -> str:
        """What a file was called here: its path from the root, with `/`."""
        if not place.is_relative_to(self.root):
            return place.as_posix()
        name = place.relative_to(self.root).as_posix()
        if name in self._tree.files:
            return name
        # Some systems take `readme.md` and `README.md` for one file.
        folded = _folded(name)
        alike = (other for other in self._tree.files if _folded(other) == folded)
        return next((other for other in alike if _is_one_file(self.root / other, place)), name)

    def names(self) -> Iterator[str]:
        """All files."""
        return iter(self._tree.files)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._tree.files

    def is_same(self, name: str, data: bytes) -> bool:
        """Whether a file holds these bytes, line ends left out of account."""
        blob = self._tree.files.get(name)
        if blob is None:
            return False
        if _blob_name(data, like=blob) == blob:
            return True
        # As `core.autocrlf` checks them out.
        unix = data.replace(b"\r\n", b"\n")
        return unix != data and _blob_name(unix, like=blob) == blob

    def has_text(self, name: str, text: str) -> bool:
        """Whether a file holds this text, line ends and a byte order mark left out of account."""
        data = text.encode()
        return self.is_same(name, data) or self.is_same(name, codecs.BOM_UTF8 + data)

    def text(self, name: str) -> str:
        """What a file held, as text.

        What cannot be decoded becomes U+FFFD: entries without it can still be told from new ones.

        Raises:
            FileError: git does not give it.
        """
        try:
            data = self._repository.blob(self._tree.files[name])
        except GitError as error:
            raise FileError(self.root / name, error.reason) from error
        if data.startswith(_UTF_16):
            return data.decode("utf-16", "replace")
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")

    def changed(self, is_excluded: IsExcluded) -> Iterator[tuple[str, bytes | None]]:
        """The lists that are not as they were, each with what it holds now, or `None` if gone.

        Args:
            is_excluded: asked for files.
        """
        for name in self._tree.files:
            parts = name.split("/")
            suffix = os.path.splitext(parts[-1])[1].lower()  # noqa: PTH122 - of thousands
            if suffix not in _FORMER_EXTENSIONS or not LEFT_OUT.isdisjoint(parts[:-1]):
                continue
            place = self.root / name
            data = _content(place)
            if data is None and suffix not in EXTENSIONS and _is_there(place):
                continue
            if data is not None and (suffix not in EXTENSIONS or self.is_same(name, data)):
                continue
            if not is_excluded(place, False):
                yield name, data


class History:
    """All repositories of a run at one revision.

    Args:
        revision: which.
    """

    def __init__(self, revision: Revision) -> None:
        self._revision = revision
        self._known: dict[Path, Snapshot] = {}

    def of(self, place: Path) -> Snapshot:
        """The repository of a file at the revision.

        Args:
            place: the file, a real path; it need not exist.

        Raises:
            GitError: the revision is not there, or git does not say.
            FileError: the file is in no repository.
        """
        root = repository_root(place.parent)
        if root is not None:
            if root not in self._known:
                self._known[root] = self._snapshot(Repository(root))
            return self._known[root]
        repository = repository_from_environment(place)
        if repository is None:
            raise FileError(
                place,
                "it is in no git repository, so it cannot be compared with "
                f"{self._revision.shown}; leave --since away for it",
            )
        if repository.root not in self._known:
            self._known[repository.root] = self._snapshot(repository)
        return self._known[repository.root]

    def _snapshot(self, repository: Repository) -> Snapshot:
        commit = self._commit_of_submodule(repository.root)
        if commit is None:
            commit = self._revision.commit(repository)
        return Snapshot(repository, commit, self._revision.shown)

    def _commit_of_submodule(self, root: Path) -> str | None:
        """What the repository around this one has of it at the revision."""
        if not (root / ".git").is_file() or repository_root(root.parent) is None:
            return None
        try:
            return self.of(root).submodule(root)
        except FileError:
            # A repository that only happens to lie in another one.
            return None


def _blob_name(data: bytes, *, like: str) -> str:
    """What git calls a file with these bytes."""
    # Loaded here: only who asks for history needs it.
    import hashlib

    algorithm = hashlib.sha256 if len(like) == _SHA_256_DIGITS else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _is_one_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_there(place: Path) -> bool:
    return os.path.lexists(place)


def _content(place: Path) -> bytes | None:
    """What a file holds; `None` where there is no regular file that can be read."""
    try:
        if not stat.S_ISREG(place.lstat().st_mode):
            return None
        return file.read_bytes(place, _LARGEST)
    except (OSError, FileError):
        return None
