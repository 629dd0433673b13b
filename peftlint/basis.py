"""What a run looks at beside its arguments, so that it can be asked later whether that changed.

Whoever reads a file, lists a folder, follows links or asks whether something is there does it
through these functions, or tells them. Mostly nobody takes notes, and that does nothing more.
"""

from __future__ import annotations

import os

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

        def there(self, path: str, is_there: bool) -> None:
            """Something of that name is there or not, be it a broken link."""

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
    found = os.path.lexists(path)
    if _notes is not None:
        _notes.there(os.fspath(path), found)
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
