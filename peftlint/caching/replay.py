"""A check that went before, said again.

A run's record holds what it printed, and all that it went by: the files that it read, the folders
that it listed, the modules that it ran. Where none of that changed, an equal command prints the
same, and nothing needs to be imported to do so: neither click nor a Markdown parser.
Where anything changed, the record is nothing but the next one's place.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys

from peftlint import basis
from peftlint.caching.program import are_unchanged, hash_of_installed, marks_of_program
from peftlint.caching.store import LARGEST_RESULT, OFF_VARIABLE, Store, default_folder
from peftlint.caching.variable import VARIABLES
from peftlint.digest import hash_of

#: Changes with the form of records.
_FORM = 2
_HEADER_SIZE = 8
#: Names the folder for results.
FOLDER_OPTION = "--cache-dir"
_OFF_OPTION = "--no-cache"
#: More than so many bytes of output are not remembered.
_MOST_OUTPUT = LARGEST_RESULT // 2

_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)

_Files = dict[str, bytes]
_All = tuple[_Files, dict[str, bytes], dict[str, int], dict[str, bool], dict[str, str]]

if basis.TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeVar

    _Fact = TypeVar("_Fact")


class Looks:
    """What a run looks at, taken down as it goes: see `basis.Notes`."""

    def __init__(self) -> None:
        self.files: _Files = {}
        self.folders: dict[str, bytes] = {}
        self.kinds: dict[str, int] = {}
        self.targets: dict[str, bool] = {}
        self.places: dict[str, str] = {}
        self.is_complete = True

    def file(self, path: str, data: bytes) -> None:
        """Note what a file holds."""
        self._take(self.files, path, hash_of(data))

    def folder(self, path: str, entries: list[tuple[str, basis.EntryType]]) -> None:
        """Note what a folder holds."""
        self._take(self.folders, path, _hash_of_entries(entries))

    def there(self, path: str, kind: int) -> None:
        """Note what is there."""
        self._take(self.kinds, path, kind)

    def target(self, path: str, is_folder: bool) -> None:
        """Note whether a path leads to a folder."""
        self._take(self.targets, path, is_folder)

    def place(self, path: str, real: str) -> None:
        """Note where a path leads."""
        self._take(self.places, path, real)

    def incomplete(self) -> None:
        """Note that it cannot be known what the run goes by."""
        self.is_complete = False

    def all(self) -> _All:
        """What was noted, as `_holds` takes it."""
        return self.files, self.folders, self.kinds, self.targets, self.places

    def packed(self) -> bytes:
        """What was noted, for another process of this run."""
        return marshal.dumps((self.all(), self.is_complete))

    def add(self, packed: bytes) -> None:
        """Note what another process of this run has noted."""
        (files, folders, kinds, targets, places), is_complete = marshal.loads(packed)  # noqa: S302 - from a process of our own
        for known, new in (
            (self.files, files),
            (self.folders, folders),
            (self.kinds, kinds),
            (self.targets, targets),
            (self.places, places),
        ):
            for path, fact in new.items():
                self._take(known, path, fact)
        self.is_complete = self.is_complete and is_complete

    def _take(self, known: dict[str, _Fact], path: str, fact: _Fact) -> None:
        if known.setdefault(path, fact) != fact:
            # It changed during the run.
            self.is_complete = False


class Record:
    """What a run goes by and what it says, taken down as it goes.

    Args:
        store: where it is kept.
        name: under which name.

    Attributes:
        looks: what it goes by.
    """

    def __init__(self, store: Store, name: bytes) -> None:
        self.looks = Looks()
        self._store = store
        self._name = name
        self._said: list[tuple[bool, bytes]] = []
        self._size = 0

    def say(self, data: bytes, is_error: bool) -> None:
        """Note what is written to standard output, or to standard error."""
        self._size += len(data)
        if self._size > _MOST_OUTPUT:
            self.looks.incomplete()
            self._said.clear()
        elif self.looks.is_complete:
            self._said.append((is_error, data))

    def keep(self, exit_code: int, *, is_all_loaded: bool) -> None:
        """Keep the record of a run that has ended well."""
        if not self.looks.is_complete:
            return
        try:
            marks = marks_of_program(is_all_loaded=is_all_loaded)
        except OSError:
            return
        header = marshal.dumps(
            (
                int(exit_code),
                [(is_error, len(data)) for is_error, data in self._said],
                self.looks.all(),
                marks,
                hash_of_installed(),
            )
        )
        size = len(header).to_bytes(_HEADER_SIZE, "little")
        self._store.put(self._name, size, header, *(data for _, data in self._said))


#: The record of this run, if one is taken.
_record: Record | None = None


def current() -> Record | None:
    """The record of this run, if one is taken."""
    return _record


def remember(exit_code: int, *, is_all_loaded: bool) -> None:
    """Keep the record of this run, if one is taken.

    Args:
        exit_code: with which the run is about to end.
        is_all_loaded: whether this process has loaded all that the result comes from.
    """
    if _record is not None:
        _record.keep(exit_code, is_all_loaded=is_all_loaded)


def folder_for(arguments: Sequence[str]) -> str | None:
    """Where results are kept for a command line; `None` where it wants none.

    Args:
        arguments: of the command line, `check` first.
    """
    folder = default_folder()
    expected = False
    for argument in arguments:
        if expected:
            folder, expected = argument, False
        elif argument == "--":
            break
        elif argument == _OFF_OPTION:
            return None
        elif argument == FOLDER_OPTION:
            expected = True
        elif argument.startswith(f"{FOLDER_OPTION}="):
            folder = argument.partition("=")[2]
        elif argument == "-":
            # Standard input can be read but once.
            return None
    return None if os.environ.get(OFF_VARIABLE) else folder or None


def replayed(arguments: Sequence[str]) -> int | None:
    """Say again what an equal run said, if nothing has changed since.

    Else a record of this run is begun, unless it may not be kept.

    Args:
        arguments: of the command line, `check` first.

    Returns:
        The exit code of that run; `None` where there was none.

    Raises:
        OSError: what was said cannot be written.
    """
    folder = folder_for(arguments)
    # Elsewhere line ends are written otherwise than they are given.
    if folder is None or os.linesep != "\n" or sys.stdout is None or sys.stderr is None:
        return None
    store = Store(folder)
    try:
        name = _name_for(arguments)
    except (OSError, ValueError):
        # The current folder is gone, or what is printed goes to no file.
        return None
    found = store.get(name)
    if found is not None:
        size = int.from_bytes(found[:_HEADER_SIZE], "little")
        view = memoryview(found)
        exit_code, said, looks, marks, installed = marshal.loads(view[_HEADER_SIZE:][:size])  # noqa: S302 - sealed, see `store`
        if are_unchanged(marks) and installed == hash_of_installed() and _holds(*looks):
            _say_again(said, view[_HEADER_SIZE + size :])
            return int(exit_code)
    _begin(Record(store, name))
    return None


def _begin(record: Record) -> None:
    global _record  # noqa: PLW0603 - one process is one run
    _record = record
    basis.noted_by(record.looks)


def _name_for(arguments: Sequence[str]) -> bytes:
    """A name for all that equal runs have in common."""
    environ = os.environ
    streams = [
        (stream.encoding, stream.errors, stream.isatty(), _width(stream.fileno()))
        for stream in (sys.stdout, sys.stderr)
    ]
    facts = (
        _FORM,
        list(arguments),
        os.getcwd(),
        [environ.get(name) for name in VARIABLES],
        streams,
        sys.version,
        sys.path,
    )
    return hash_of(marshal.dumps(facts))


def _width(descriptor: int) -> int:
    try:
        return os.get_terminal_size(descriptor).columns
    except (OSError, ValueError):
        return 0


def _holds(
    files: _Files,
    folders: dict[str, bytes],
    there: dict[str, int],
    targets: dict[str, bool],
    places: dict[str, str],
) -> bool:
    """Whether all that a run looked at is as it was; what is cheap to see comes first."""
    if any(basis.kind_at(path) != kind for path, kind in there.items()):
        return False
    if any(os.path.realpath(path) != real for path, real in places.items()):
        return False
    try:
        return (
            all(basis.is_folder(path) == was_folder for path, was_folder in targets.items())
            and all(
                _hash_of_entries(basis.entries_of(path)) == hashed
                for path, hashed in folders.items()
            )
            and all(hash_of(_content(path)) == hashed for path, hashed in files.items())
        )
    except OSError:
        return False


def _content(path: str) -> bytes:
    descriptor = os.open(path, _READ_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError
        # One byte more than there are shows the end.
        data = os.read(descriptor, status.st_size + 1)
        while len(data) < status.st_size:
            more = os.read(descriptor, status.st_size + 1 - len(data))
            if not more:
                break
            data += more
        return data
    finally:
        os.close(descriptor)


def _hash_of_entries(entries: list[tuple[str, basis.EntryType]]) -> bytes:
    return hash_of(marshal.dumps(sorted((os.fsencode(name), kind) for name, kind in entries)))


def _say_again(said: Sequence[tuple[bool, int]], output: memoryview) -> None:
    at = 0
    for is_error, size in _joined(said):
        stream = sys.stderr if is_error else sys.stdout
        try:
            stream.buffer.write(output[at : at + size])
            stream.flush()
        except OSError as error:
            error.filename = "standard error" if is_error else "standard output"
            raise
        at += size


def _joined(said: Sequence[tuple[bool, int]]) -> Iterator[tuple[bool, int]]:
    """The same with what goes to one stream in a row as one."""
    last: bool | None = None
    total = 0
    for is_error, size in said:
        if is_error is not last and last is not None:
            yield last, total
            total = 0
        last = is_error
        total += size
    if last is not None:
        yield last, total
