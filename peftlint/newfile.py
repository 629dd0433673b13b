"""Files that are written anew: reports, baselines.

A pull request may hold a symbolic link where a report is to go, so none is followed: neither the
file itself nor, for a path below the current folder, a folder on the way to it.
What is there stays as it is until all is written.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TextIO

from peftlint.file import FileError


class NewFile:
    """A text file in UTF-8 that takes its place when it is whole.

    Args:
        path: where; its folder has to be there.

    Attributes:
        path: the same.
        stream: what to write to.

    Raises:
        FileError: something is there that is no regular file, a link leads out of the current
            folder, or the folder does not let this user write.
    """

    __slots__ = ("_temporary", "path", "stream")

    def __init__(self, path: Path) -> None:
        # Loaded here: most runs write no file.
        import tempfile

        self.path = path
        _require_own_place(path)
        try:
            descriptor, name = tempfile.mkstemp(prefix=".peftlint-", dir=path.parent)
        except OSError as error:
            raise FileError.from_os(path, error) from error
        self._temporary = Path(name)
        self.stream: TextIO = open(  # noqa: PTH123, SIM115 - a descriptor, closed by `finish`
            descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n"
        )

    def finish(self) -> None:
        """Put it in its place, with the mode of what was there, or as any new file has it.

        Raises:
            FileError: it cannot be written; what was there is as it was.
        """
        try:
            self.stream.close()
            _require_own_place(self.path)
            self._temporary.chmod(_mode_of(self.path))
            self._temporary.replace(self.path)
        except OSError as error:
            self.discard()
            raise FileError.from_os(self.path, error) from error
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Leave what was there as it was."""
        with contextlib.suppress(OSError):
            self.stream.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink()


def write_new(path: Path, text: str) -> None:
    """Write a text file, whole or not at all.

    Args:
        path: where; what is there is replaced.
        text: what it is to hold.

    Raises:
        FileError: as `NewFile`.
    """
    new = NewFile(path)
    try:
        new.stream.write(text)
    except OSError as error:
        new.discard()
        raise FileError.from_os(path, error) from error
    except BaseException:
        new.discard()
        raise
    new.finish()


def _require_own_place(path: Path) -> None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        status = None
    except OSError as error:
        raise FileError.from_os(path, error) from error
    if status is not None and not stat.S_ISREG(status.st_mode):
        what = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "no regular file"
        raise FileError(path, f"it is {what}, which is not written; name another file")
    if path.is_absolute() or ".." in path.parts:
        # Whoever names it so knows where it leads; a pull request cannot change what lies there.
        return
    here = Path.cwd().resolve()
    if not path.parent.resolve().is_relative_to(here):
        raise FileError(
            path, "a symbolic link on the way to it leads out of this folder; name another file"
        )


def _mode_of(path: Path) -> int:
    with contextlib.suppress(OSError):
        return stat.S_IMODE(path.lstat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
