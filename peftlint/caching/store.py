"""A folder of results under names that are hashes, which anything may happen to.

What is not there, damaged, written by another, or cannot be written, is as if it had never been:
nothing here raises an error because of the folder. Files are written under another name and put
in their place in one step, so that runs at the same time never see half of one; what one run
writes for a name, another may replace.

A result is sealed: its last bytes are a keyed hash of the rest and of its name. The key lies
beside the results as a file that only its owner can read and nobody can write, as no checkout of
git leaves one, so that a pull request cannot bring results along. What is sealed was written here
by this program; only then is it looked into.

All of it is in one folder inside the one that was named, which may be anything, as a repository
or a home. That inner folder is this program's alone: it is used only where it is the user's own and
no link, as a pull request could bring a link along that leads to what is not to be deleted.
"""

from __future__ import annotations

import os
import stat
import sys
import time

from peftlint.caching.suppress import suppress
from peftlint.digest import NAME_BYTES, blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names the folder to keep results in.
FOLDER_VARIABLE = "PEFTLINT_CACHE_DIR"
#: Set to anything, nothing is kept and nothing kept is taken.
OFF_VARIABLE = "PEFTLINT_NO_CACHE"

#: Results that were not used for so many seconds are let go ...
LONGEST_UNUSED = 30 * 24 * 3600
#: ... and the oldest where all take more bytes than this.
MOST_BYTES = 256 * 1024 * 1024
#: A result that is larger is not kept: so many bytes are written as fast as they are read back.
LARGEST_RESULT = 64 * 1024 * 1024
_DAY = 24 * 3600

_KEY_BYTES = 32
_SEAL_BYTES = 32
_KEY_FILE = "key"
_KEY_MODE = 0o400
_STAMP_FILE = "pruned"
#: A cache as backup programs know it. Source: https://bford.info/cachedir/
_TAG_FILE = "CACHEDIR.TAG"
_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# A cache of peftlint's results.\n"
#: Where the folder lies in a repository, git is to see none of it.
_IGNORE_FILE = ".gitignore"
_OWN_FOLDER = "peftlint-results"
_TEMPORARY = "new-"
#: About so many bytes are written between two prunings, if not a day has passed before.
_PRUNING_INTERVAL = MOST_BYTES // 8
#: Less than this is no file on a disk.
_LEAST_BYTES = 4096

_READ_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_NEW_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | (_READ_FLAGS & ~os.O_RDONLY)


class Content:
    """What a store holds.

    Not a named tuple: `typing` takes 4 ms to import.

    Attributes:
        results: how many.
        size: of all, in bytes.
        oldest: when that was used which was not used for longest, in seconds since the epoch.
    """

    __slots__ = ("oldest", "results", "size")

    def __init__(self, results: int, size: int, oldest: float | None = None) -> None:
        self.results = results
        self.size = size
        self.oldest = oldest


def user_folder() -> str | None:
    """Where programs of this system keep what can be made again; `None` where that is unknown.

    Source: the XDG Base Directory Specification, and the folders that platformdirs documents for
    macOS and Windows. That library answers the same in 5 ms.
    """
    environ = os.environ
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA", "")
        return os.path.join(base, "peftlint", "Cache") if base else None
    home = environ.get("HOME", "")
    if home and _is_borrowed(home):
        # `sudo` keeps the variable on some systems.
        return None
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "peftlint") if home else None
    base = environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return os.path.join(base, "peftlint")
    return os.path.join(home, ".cache", "peftlint") if os.path.isabs(home) else None


def _is_borrowed(home: str) -> bool:
    """Whether this is root at home with another user, who could not write there afterwards."""
    try:
        return os.name == "posix" and os.geteuid() == 0 and os.stat(home).st_uid != 0
    except OSError:
        return False


def default_folder() -> str | None:
    """Where results are kept unless an option says otherwise; `None` where none are."""
    if os.environ.get(OFF_VARIABLE):
        return None
    return os.environ.get(FOLDER_VARIABLE) or user_folder()


class Store:
    """Results by name.

    Args:
        folder: where they are, below a name of their own; made when the first one is kept.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._own = os.path.join(folder, _OWN_FOLDER)
        self._known_key: bytes | None = None

    def get(self, name: bytes) -> bytes | None:
        """The result of that name, or `None`.

        Args:
            name: as `hash_of` makes one.
        """
        key = self._key()
        if key is None:
            return None
        path = self._path(name)
        sealed = _content(path, LARGEST_RESULT + _SEAL_BYTES)
        if sealed is None or len(sealed) < _SEAL_BYTES:
            return None
        result = sealed[:-_SEAL_BYTES]
        if _seal(key, name, result) != sealed[-_SEAL_BYTES:]:
            return None
        _note_use(path)
        return result

    def put(self, name: bytes, *parts: bytes) -> bool:
        """Keep a result; the answer is whether that could be done.

        Args:
            name: as `hash_of` makes one.
            parts: what `get` is to give back as one.
        """
        if sum(map(len, parts)) > LARGEST_RESULT:
            return False
        path = self._path(name)
        try:
            os.makedirs(self.folder, 0o700, exist_ok=True)
            if not (_is_made(self._own) and _is_made(os.path.dirname(path))):
                return False
            key = self._key() or self._new_key()
            if key is None:
                return False
            _write(path, *parts, _seal(key, name, *parts))
        except (OSError, ValueError):
            # A name with a null byte is a wrong value.
            return False
        self._prune_now_and_then(sum(map(len, parts)))
        return True

    def content(self) -> Content:
        """What there is."""
        results = list(self._all())
        oldest = min((status.st_mtime for _, status in results), default=None)
        return Content(len(results), sum(status.st_size for _, status in results), oldest)

    def clean(self) -> Content:
        """Let all results go, and the key; the answer is what was let go.

        Nothing else in the folder is touched.
        """
        gone: list[os.stat_result] = []
        for path, status in list(self._all()):
            with suppress(OSError):
                os.unlink(path)
                gone.append(status)
        if _is_own(self._own):
            for name in (_KEY_FILE, _STAMP_FILE, _TAG_FILE, _IGNORE_FILE):
                with suppress(OSError):
                    os.unlink(os.path.join(self._own, name))
            for entry in _entries(self._own):
                with suppress(OSError):
                    os.rmdir(entry.path)
            with suppress(OSError):
                os.rmdir(self._own)
        self._known_key = None
        return Content(len(gone), sum(status.st_size for status in gone))

    def prune(self, now: float) -> None:
        """Let go what was not used for long, and the oldest of what is too much.

        Args:
            now: the time, in seconds since the epoch.
        """
        left: list[tuple[float, int, str]] = []
        for path, status in self._all():
            is_leftover = os.path.basename(path).startswith(_TEMPORARY)
            if now - status.st_mtime > (_DAY if is_leftover else LONGEST_UNUSED):
                with suppress(OSError):
                    os.unlink(path)
            elif not is_leftover:
                left.append((status.st_mtime, max(status.st_size, _LEAST_BYTES), path))
        size = sum(one for _, one, _ in left)
        for _, one, path in sorted(left):
            if size <= MOST_BYTES:
                break
            with suppress(OSError):
                os.unlink(path)
            size -= one

    def _path(self, name: bytes) -> str:
        shown = name.hex()
        return os.path.join(self._own, shown[:2], shown[2:])

    def _all(self) -> Iterator[tuple[str, os.stat_result]]:
        """The files that are results or were to become some, and nothing else."""
        if not _is_own(self._own):
            return
        for folder in _entries(self._own):
            if len(folder.name) == 2 and folder.is_dir(follow_symlinks=False):  # noqa: PLR2004 - see `_path`
                files = [
                    entry
                    for entry in _entries(folder.path)
                    if entry.name.startswith(_TEMPORARY) or _is_name(entry.name)
                ]
            else:
                files = [folder] if folder.name.startswith(_TEMPORARY) else []
            for file in files:
                with suppress(OSError):
                    if file.is_file(follow_symlinks=False):
                        yield file.path, file.stat(follow_symlinks=False)

    def _key(self) -> bytes | None:
        if self._known_key is None and _is_own(self._own):
            key = _content(os.path.join(self._own, _KEY_FILE), _KEY_BYTES, is_private=True)
            if key is not None and len(key) == _KEY_BYTES:
                self._known_key = key
        return self._known_key

    def _new_key(self) -> bytes | None:
        """Make a key, or take the one that another run made meanwhile."""
        path = os.path.join(self._own, _KEY_FILE)
        if os.path.lexists(path):
            # One that cannot be trusted, as it is not private.
            os.unlink(path)
        for name, content in ((_TAG_FILE, _TAG), (_IGNORE_FILE, b"*\n")):
            with suppress(FileExistsError):
                _write_new(os.path.join(self._own, name), 0o600, content)
        temporary = _temporary_in(self._own)
        _write_new(temporary, _KEY_MODE, os.urandom(_KEY_BYTES))
        try:
            # Unlike a renaming this never takes the place of one that is in use.
            os.link(temporary, path)
        except FileExistsError:
            pass
        except (OSError, AttributeError):
            # The file system, or the system, has no hard links.
            os.replace(temporary, path)
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        return self._key()

    def _prune_now_and_then(self, written: int) -> None:
        """Prune once a day, and now and then where much is written.

        Args:
            written: so many bytes were. By chance rather than by count, which would have to be
                kept somewhere.
        """
        path = os.path.join(self._own, _STAMP_FILE)
        now = time.time()
        chance = int.from_bytes(os.urandom(4), "little") * _PRUNING_INTERVAL < written << 32
        with suppress(OSError):
            if not chance and 0 <= now - os.lstat(path).st_mtime < _DAY:
                return
        with suppress(OSError):
            _write(path)
            self.prune(now)


def _is_made(folder: str) -> bool:
    """Make a folder that is not there; the answer is whether it is our own.

    Raises:
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    return _is_own(folder)


def _is_own(folder: str) -> bool:
    """Whether this is a folder of this user, and no link to one."""
    try:
        status = os.lstat(folder)
    except (OSError, ValueError):
        return False
    is_ours = os.name != "posix" or status.st_uid == os.geteuid()
    return is_ours and stat.S_ISDIR(status.st_mode)


def _temporary_in(folder: str) -> str:
    return os.path.join(folder, f"{_TEMPORARY}{os.getpid()}-{os.urandom(8).hex()}")


def _seal(key: bytes, name: bytes, *parts: bytes) -> bytes:
    state = blake2b(name, digest_size=_SEAL_BYTES, key=key)
    for part in parts:
        state.update(part)
    return state.digest()


def _is_name(text: str) -> bool:
    return len(text) == 2 * NAME_BYTES - 2 and not text.strip("0123456789abcdef")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as scan:
            return list(scan)
    except OSError:
        return []


def _content(path: str, limit: int, *, is_private: bool = False) -> bytes | None:
    """What is in a regular file of our own; `None` where it is not one."""
    try:
        descriptor = os.open(path, _READ_FLAGS)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return None
        if os.name == "posix":
            if status.st_uid != os.geteuid():
                return None
            if is_private and stat.S_IMODE(status.st_mode) != _KEY_MODE:
                return None
        data = os.read(descriptor, status.st_size)
        while len(data) < status.st_size:
            more = os.read(descriptor, status.st_size - len(data))
            if not more:
                break
            data += more
    except OSError:
        return None
    else:
        return data
    finally:
        os.close(descriptor)


def _note_use(path: str) -> None:
    """Say that a result is in use; once a day is enough."""
    with suppress(OSError):
        if time.time() - os.lstat(path).st_mtime > _DAY:
            os.utime(path, follow_symlinks=False)


def _write(path: str, *parts: bytes) -> None:
    """Put `parts` as one file where `path` says, all or nothing.

    Raises:
        OSError: it cannot be done; nothing is left behind.
    """
    temporary = _temporary_in(os.path.dirname(path))
    try:
        _write_new(temporary, 0o600, *parts)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _write_new(path: str, mode: int, *parts: bytes) -> None:
    """Write a file that is not there yet.

    Raises:
        OSError: it is there, or it cannot be written; then it is taken away again.
    """
    descriptor = os.open(path, _NEW_FLAGS, mode)
    try:
        try:
            for part in parts:
                rest = memoryview(part)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
    except BaseException:
        with suppress(OSError):
            os.unlink(path)
        raise
