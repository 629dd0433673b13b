"""A process that reads the list while this one loads the command line and the rules.

To load what reads Markdown takes as long as to load all else, and to read a list is most of the
work. So where one list is named on the command line, a copy of this process begins to read it
before it is known how it is to be checked, and hands over what it reads, stretch by stretch, as
plain values. Nothing depends on it: what it has not read, as it was ended, is read here. The text
itself is in memory once: it is taken from the file before the process is copied.
"""

from __future__ import annotations

import itertools
import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property

from peftlint import basis
from peftlint.caching.program import hash_of_reader
from peftlint.caching.replay import FOLDER_OPTION
from peftlint.caching.store import Store
from peftlint.commands.cores import processes
from peftlint.commands.pool import Pool, WorkerError
from peftlint.commands.readings import SHORTEST_SHARED, Readings
from peftlint.file import Content, FileError, TextFile, content

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from peftlint.commands.headstart import HeadStart
    from peftlint.model import Document
    from peftlint.reading.packed import Piece
    from peftlint.watch import Watch

#: So many bytes of what was read are handed over at once.
_CHUNK = 128_000
#: How the names of lists end that are read before it is known that they are lists.
_SUFFIXES = (".md", ".markdown")
#: Whoever says how many lists are to be worked on at once wants no more processes than that.
_JOBS = ("-j", "--jobs")

_companion: Companion | HeadStart | None = None


def file_at(path: Path) -> TextFile | None:
    """The file of that name as it was when this run began, if it is the list that is read."""
    return _companion.file if _companion and _companion.file.path == path else None


def read_meanwhile(text: str, watch: Watch | None = None) -> Document | None:
    """What a text reads as, if the list of this run was read by another process and has that text.

    Args:
        text: what is in the list now.
        watch: is told how much is done.
    """
    return _companion.document(text, watch) if _companion else None


@contextmanager
def accompanied(arguments: Sequence[str], folder: str | None) -> Iterator[None]:
    """Have the list of a command line be read meanwhile, if it names one.

    Args:
        arguments: of the command line, the command first.
        folder: where results are kept; `None` where none are.
    """
    global _companion  # noqa: PLW0603 - one process is one run
    path = _list_in(arguments[1:])
    # A stream that is closed cannot be flushed before the process is copied.
    if path is None or sys.stdout is None or sys.stderr is None or processes(None) == 1:
        yield
        return
    try:
        read = content(path)
    except FileError:
        # Whoever asks for the list will meet the same error, and tell of it.
        yield
        return
    with _begun(path, read, folder) as _companion:
        try:
            yield
        finally:
            _companion = None


@contextmanager
def _begun(path: str, content: Content, folder: str | None) -> Iterator[Companion | HeadStart]:
    """Have the reading of a list begin.

    Args:
        path: of the list.
        content: what is in it.
        folder: where results are kept; `None` where none are.
    """
    if len(content.text) >= SHORTEST_SHARED:
        readings = _readings(folder, processes(None))
        if not readings.are_kept(os.path.normpath(path), content.text):
            # Loaded here: it loads a reader, which a short list needs in the other process only.
            from peftlint.commands.headstart import HeadStart

            with HeadStart(path, content, readings) as start:
                if start.is_begun:
                    yield start
                    return
    # Loaded here: by now it is clear that there are two.
    from peftlint.reading import groundwork  # noqa: F401

    with Companion(path, content, folder) as other:
        yield other


def _readings(folder: str | None, size: int) -> Readings:
    """What is known of lists, where they are read in so many processes."""
    program = hash_of_reader() if folder else None
    return Readings(Store(folder) if folder else None, program, size)


class Companion:
    """A process that reads a list; to be used in a `with`, which does not leave it behind.

    Args:
        path: of the list.
        content: what is in it.
        folder: where results are kept; `None` where none are.
    """

    def __init__(self, path: str, content: Content, folder: str | None) -> None:
        self._path = path
        self._content = content
        chunks = _chunks(path, content.text, folder)
        # It is to read while this one does not ask yet: a sixth of the check of a short list.
        self._pool = Pool(1, lambda _: next(chunks, None), known=3)
        self._results = self._pool.results()
        self._is_read = False

    @cached_property
    def file(self) -> TextFile:
        """The list."""
        # Loaded here: the process that reads the list does without.
        from pathlib import Path

        return TextFile(Path(self._path), *self._content)

    def __enter__(self) -> Companion:
        """Start it."""
        self._pool.__enter__()
        self._pool.begin(itertools.count())
        return self

    def __exit__(self, *error: object) -> None:
        """End it; where all it has read was taken up, it first keeps that for later runs."""
        with suppress(KeyboardInterrupt):
            if self._is_read:
                self._next()
        self._pool.__exit__(None, None, None)

    def document(self, text: str, watch: Watch | None) -> Document | None:
        """The list, if it was read, and is what it was; it is told once.

        Args:
            text: what is in it.
            watch: is told how much is done.
        """
        # Loaded here: it may not come to that.
        from peftlint.reading.packed import document

        if self._is_read or text != self._content.text:
            return None
        try:
            return document(text, self._pieces(), watch)
        except _GoneError:
            return None

    def _pieces(self) -> Iterator[Piece | None]:
        """What it reads.

        Raises:
            _GoneError: it has ended before its work.
        """
        while not self._is_read:
            chunk = self._next()
            if not chunk:
                raise _GoneError
            pieces, self._is_read = marshal.loads(chunk)  # noqa: S302 - from a process of our own
            yield from pieces

    def _next(self) -> bytes:
        """What it says next; empty where it has ended."""
        _, result = next(self._results, (0, b""))
        return b"" if isinstance(result, WorkerError) else result


class _GoneError(Exception):
    """The process has ended before its work."""


def _list_in(arguments: Sequence[str]) -> str | None:
    """The one list that a command line names, as far as can be seen without reading it."""
    found: str | None = None
    for before, argument in itertools.pairwise(("", *arguments)):
        if before == FOLDER_OPTION:
            continue
        # Not those of `Path`, which raise where a text is too long for a path.
        if argument == "-" or argument.startswith(_JOBS) or os.path.isdir(argument):  # noqa: PTH112
            return None
        if argument.endswith(_SUFFIXES) and not argument.startswith("-"):
            if found is not None or not os.path.isfile(argument):  # noqa: PTH113
                return None
            found = argument
    return found


def _chunks(path: str, text: str, folder: str | None) -> Iterator[bytes]:
    """What the other process says: what it reads of the list."""
    # The first process will meet the same error, and tell of it.
    with suppress(Exception):
        yield from _read(path, text, folder)


def _read(path: str, text: str, folder: str | None) -> Iterator[bytes]:
    # What this run looks at, the first process takes down.
    basis.noted_by(None)
    # Loaded here: by this process alone, if nothing goes wrong.
    from peftlint.reader import read_packed

    # A list that several processes read is begun by the first one, if that is of any use.
    with _readings(folder, 1).recollection(os.path.normpath(path), text) as recollection:
        pieces: list[Piece | None] = []
        size = 0
        for piece in read_packed(text, recollection):
            pieces.append(piece)
            size += 0 if piece is None else len(piece[2])
            if size >= _CHUNK:
                yield marshal.dumps((pieces, False))
                pieces.clear()
                size = 0
        yield marshal.dumps((pieces, True))
