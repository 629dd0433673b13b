"""Files, from bytes to text and back.

A text keeps every character that the file has: line ends stay as they are, mixed or not, and
only a byte order mark is taken off, to be put back on writing.
What is written replaces the file in one step, and only where it is still the file that was read.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys

from peftlint import basis
from peftlint.printable import printable
from peftlint.source import Lines, Place
from peftlint.value import NamedTuple, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Else it is loaded where it is needed: the process that reads a list does without, and to load
    # it takes a twelfth of what that does with a short one.
    from pathlib import Path

_BOM = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_REASONS = {
    errno.ENOENT: "there is no such file or folder; check the spelling, or whether it was moved",
    errno.ENOTDIR: "a part of its path is a file, not a folder; check the spelling",
    errno.EACCES: "no permission; give it to this user (chmod, chown)",
    errno.EPERM: "no permission; give it to this user (chmod, chown)",
    errno.ELOOP: "its symbolic links lead in a circle; mend the link",
    errno.ENAMETOOLONG: "its path is too long for this system; shorten it",
    errno.ENOSPC: "the disk is full; make room and try again",
    errno.EROFS: "it lies on a read-only file system",
}


class FileError(Exception):
    """A file cannot be read or written.

    Attributes:
        path: the file, as it was named.
        reason: what is wrong and what to do, for a person; one line.
        place: where in the file, if it is about one place.
    """

    def __init__(self, path: Path | str, reason: str, place: Place | None = None) -> None:
        self.path = str(path)
        self.reason = reason
        self.place = place
        super().__init__(self.path, reason, place)

    def __str__(self) -> str:
        """`path:line:column: reason`, safe to print."""
        where = f":{self.place.line}:{self.place.column}" if self.place else ""
        return printable(f"{self.path}{where}: {self.reason}")

    @classmethod
    def from_os(cls, path: Path | str, error: OSError) -> FileError:
        """The same in plain words."""
        if error.errno == errno.ENOENT and os.path.islink(path):  # noqa: PTH114 - without pathlib
            return cls(path, "it is a symbolic link whose target is not there; mend the link")
        known = _REASONS.get(error.errno or 0)
        return cls(path, known or f"{error.strerror or error}; the system refused it")


class _State(Value):
    """What tells one version of a file from another, as the system sees it."""

    device: int
    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> _State:
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class Content(NamedTuple):
    """What is in a file of text; the attributes are those of `TextFile`."""

    text: str
    bom: bool
    state: _State | None = None


class TextFile(NamedTuple):
    """A file's text, and what is needed to write it back.

    Attributes:
        path: as it was named.
        text: all of it, without a byte order mark; line ends as they stand.
        bom: whether the file begins with a byte order mark.
        state: the version that was read; `None` for a text that came from no file.
    """

    path: Path
    text: str
    bom: bool = False
    state: _State | None = None


def read(path: Path, limit: int | None = None) -> TextFile:
    """Read a file; a symbolic link is followed.

    Args:
        path: the file.
        limit: the most bytes that it may have.

    Raises:
        FileError: there is no such file, it is a folder, a pipe or a device, it may not be read,
            it is larger than `limit`, or it is not UTF-8.
    """
    return TextFile(path, *content(path, limit))


def content(path: Path | str, limit: int | None = None) -> Content:
    """As `read`, without the path.

    Args:
        path: the file.
        limit: the most bytes that it may have.

    Raises:
        FileError: as `read`.
    """
    data, state = _content(path, follow_links=True, limit=limit)
    return _decoded(data, path)._replace(state=state)


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file that need not be UTF-8.

    Args:
        path: the file; a symbolic link is followed.
        limit: the most bytes that it may have.

    Raises:
        FileError: as `read`.
    """
    return _content(path, follow_links=True, limit=limit)[0]


def decode(data: bytes, path: Path | str) -> TextFile:
    """The text of `data`, which has no file of its own, as standard input has none.

    Args:
        data: UTF-8, with or without a byte order mark.
        path: what to call it in errors and reports.

    Raises:
        FileError: it is not UTF-8; the place is that of the first wrong byte.
    """
    from pathlib import Path

    return TextFile(Path(path), *_decoded(data, path))


def _decoded(data: bytes, path: Path | str) -> Content:
    bom = data.startswith(_BOM)
    try:
        text = data[len(_BOM) :].decode() if bom else data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf_8(data, path, error, bom) from error
    return Content(text, bom)


def encode(file: TextFile, text: str) -> bytes:
    """`text` as the bytes of `file`: UTF-8, with a byte order mark where the file has one."""
    data = text.encode()
    return _BOM + data if file.bom else data


def write(file: TextFile, text: str) -> None:
    """Replace the content of `file` by `text`, all or nothing, and keep the file's mode.

    Nothing is done where `text` is what the file holds.
    A file with several hard links keeps its content under the other names.

    Args:
        file: as `read` gave it.
        text: what to write.

    Raises:
        FileError: the path is a symbolic link, a pipe or a device; the file changed or vanished
            since it was read; it may not be written. It is then as it was.
    """
    if text == file.text:
        return
    if file.state is None:
        raise FileError(file.path, "it was not read from a file, so it is not written to one")
    data, state = _content(file.path, follow_links=False)
    if state != file.state or data != encode(file, file.text):
        raise _changed(file.path)
    if not os.access(file.path, os.W_OK):
        raise FileError(file.path, "it is read-only; make it writable (chmod u+w)")
    try:
        _replace(file, encode(file, text))
    except OSError as error:
        raise FileError.from_os(file.path, error) from error


def _content(
    path: Path | str, *, follow_links: bool, limit: int | None = None
) -> tuple[bytes, _State]:
    try:
        # Asked before it is opened: opening a pipe waits, and opening a device may act.
        _require_regular(path, os.stat(path, follow_symlinks=follow_links).st_mode)  # noqa: PTH116
        # Not to wait either where a pipe takes the file's place in between.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        if not follow_links:
            flags |= getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(path, flags), "rb") as stream:  # noqa: PTH123 - it is a descriptor
            status = os.fstat(stream.fileno())
            _require_regular(path, status.st_mode)
            data = stream.read() if limit is None else stream.read(limit + 1)
    except OSError as error:
        raise FileError.from_os(path, error) from error
    basis.note_file(path, data)
    if limit is not None and len(data) > limit:
        raise FileError(path, f"it has more than {limit:,} bytes, which is too many for its kind")
    return data, _State.of(status)


def _require_regular(path: Path | str, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise FileError(path, "it is a folder; a file is needed here")
    if stat.S_ISLNK(mode):
        raise FileError(path, "it is a symbolic link, which is not written; name its target")
    raise FileError(path, "it is a special file (a pipe, a socket, a device), not a text")


def _replace(file: TextFile, data: bytes) -> None:
    # Loaded here: only a run that changes a file needs it.
    import tempfile
    from pathlib import Path

    status = file.path.lstat()
    folder = file.path.parent
    try:
        descriptor, name = tempfile.mkstemp(prefix=".peftlint-", dir=folder)
    except PermissionError as error:
        raise FileError(
            file.path,
            f"the folder {folder.absolute()} does not let this user write, and a file is replaced "
            "as a whole; make the folder writable (chmod u+w, chown)",
        ) from error
    temporary = Path(name)
    try:
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - it is a descriptor
            stream.write(data)
        if sys.platform != "win32":
            # Root, as in a container, must not take the file from its owner; others may not
            # give files away, and need not.
            with contextlib.suppress(PermissionError):
                os.chown(temporary, status.st_uid, status.st_gid)
        temporary.chmod(stat.S_IMODE(status.st_mode))
        # Once more at the last moment, as others may have written meanwhile.
        if _State.of(file.path.lstat()) != file.state:
            raise _changed(file.path)
        temporary.replace(file.path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _changed(path: Path) -> FileError:
    return FileError(path, "it changed since it was read, so it is left alone; run again")


def _not_utf_8(data: bytes, path: Path | str, error: UnicodeDecodeError, bom: bool) -> FileError:
    if data.startswith(_UTF_16_MARKS):
        return FileError(path, "it looks like UTF-16; save it as UTF-8", Place(1, 1))
    offset = error.start + (len(_BOM) if bom else 0)
    before = error.object[: error.start].decode()
    return FileError(
        path,
        f"it is not UTF-8: byte 0x{data[offset]:02x} at offset {offset} ({error.reason}); "
        "save it as UTF-8 (iconv -f ITS-ENCODING -t UTF-8)",
        Lines(before).place(len(before)),
    )
