"""What a run looks at beside its arguments, so that it can be asked later whether that changed.

Whoever reads a file, lists a folder, follows links or asks whether something is there does it
through these functions, or tells them. Mostly nobody takes notes, and that does nothing more.
"""

from __future__ import annotations

import os
import stat

#: Type checkers take it for true; `typing`, which has it, takes 4 ms to import.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal, Protocol

    #: What a folder holds under a name: links are none of the first two, whatever they lead to.
    EntryType = Literal["folder", "file", "other"]

    class Notes(Protocol):
        """Takes note of what is looked at."""

        def file(self, path: str, data: bytes) -> None:
            """A file holds `data`."""

        def folder(self, path: str, entries: list[tuple[str, EntryType]]) -> None:
            """A folder holds these names, in no order."""

        def there(self, path: str, kind: int) -> None:
            """Of what kind that is which has this name: see `kind_at`."""

        def target(self, path: str, is_folder: bool) -> None:
            """A path leads to a folder, or to something else."""

        def place(self, path: str, real: str) -> None:
            """Without links, a path is `real`."""

        def incomplete(self) -> None:
            """Something was looked at that is not told here."""


_notes: Notes | None = None


def noted_by(notes: Notes | None) -> None:
    """Have `notes` take note from now on; `None` ends that."""
    global _notes  # noqa: PLW0603 - one process is one run
    _notes = notes


def note_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Note what was read from a file."""
    if _notes is not None:
        _notes.file(os.fspath(path), data)


def is_there(path: str | os.PathLike[str]) -> bool:
    """Whether something of that name is there, be it a broken link."""
    return kind_of(path) != 0


def kind_of(path: str | os.PathLike[str]) -> int:
    """Of what kind that is which has this name: see `kind_at`."""
    kind = kind_at(path)
    if _notes is not None:
        _notes.there(os.fspath(path), kind)
    return kind


def kind_at(path: str | os.PathLike[str]) -> int:
    """The same, and nobody notes it: one of `stat.S_IFREG` and so on; 0 where nothing is there.

    A link is a link, whatever it leads to.
    """
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return 0


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a path leads to a folder; links are followed.

    Raises:
        OSError: it leads nowhere, or cannot be looked at.
    """
    found = stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 - as the rest, without pathlib
    if _notes is not None:
        _notes.target(os.fspath(path), found)
    return found


def without_links(path: str | os.PathLike[str]) -> str:
    """A path without links, as `os.path.realpath` gives it."""
    real = os.path.realpath(path)
    if _notes is not None:
        _notes.place(os.fspath(path), real)
    return real


def entries_of(folder: str | os.PathLike[str]) -> list[tuple[str, EntryType]]:
    """The names in a folder, in no order.

    Raises:
        OSError: it cannot be listed.
    """
    entries: list[tuple[str, EntryType]] = []
    with os.scandir(folder) as scan:
        for entry in scan:
            is_folder = entry.is_dir(follow_symlinks=False)
            is_file = not is_folder and entry.is_file(follow_symlinks=False)
            entries.append((entry.name, "folder" if is_folder else "file" if is_file else "other"))
    if _notes is not None:
        _notes.folder(os.fspath(folder), entries)
    return entries


def give_up() -> None:
    """Say that something was looked at that is not noted."""
    if _notes is not None:
        _notes.incomplete()
