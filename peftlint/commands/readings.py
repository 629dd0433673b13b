"""Reading a list of which most was read in an earlier run, or is read by other processes."""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator
from contextlib import contextmanager

from peftlint.caching.store import Store
from peftlint.digest import hash_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from peftlint.reading.recollection import Recollection
    from peftlint.watch import Watch

#: Changes with the form of what is kept.
_FORM = b"reading 6"
#: A list of so many characters is read faster by several processes, though they have to start.
SHORTEST_SHARED = 60_000
#: A shorter list is read as fast as it is remembered, ...
_SHORTEST_KEPT = 8_000
#: ... and what is remembered of a longer one takes as much memory as reading it.
_LONGEST_KEPT = 3_000_000


class Readings:
    """What is known of lists before they are read.

    Args:
        store: where what was read is kept, by the lists' paths; `None` where it is not.
        program: tells one version of the reader from another; `None` where nothing is kept.
        processes: in how many a long list is read.

    Attributes:
        are_done_here: whether nothing was read by another process, or in an earlier run.
    """

    def __init__(self, store: Store | None, program: bytes | None, processes: int) -> None:
        self._store = store if program else None
        self._program = program or b""
        self._processes = processes
        self.are_done_here = True

    def are_kept(self, path: str, text: str) -> bool:
        """Whether an earlier run has kept what it read of a list.

        Args:
            path: of the list, as the user knows it, with `/`.
            text: what is in it.
        """
        name = self._name(path, text)
        return self._store is not None and name is not None and self._store.get(name) is not None

    @contextmanager
    def recollection(
        self, path: str, text: str, watch: Watch | None = None
    ) -> Iterator[Recollection | None]:
        """What is known of a list, which is to be read inside; then what was read is kept.

        Args:
            path: of the list, as the user knows it, with `/`.
            text: what is in it.
            watch: is told how much is done.
        """
        # Something that shows how far it is draws from a thread, which no copy of a process has.
        is_shared = self._processes > 1 and len(text) >= SHORTEST_SHARED and watch is None
        name = self._name(path, text)
        if self._store is None or name is None:
            if not is_shared:
                yield None
                return
            with self._ahead(is_kept=False) as recollection:
                yield recollection
            return
        kept = self._store.get(name)
        if kept is None and is_shared:
            with self._ahead(is_kept=True) as recollection:
                yield recollection
        else:
            # Loaded here: where nothing is kept it is not needed.
            from peftlint.reading.recollection import Recollection

            known = {} if kept is None else marshal.loads(kept)  # noqa: S302 - sealed, see `store`
            self.are_done_here = self.are_done_here and not known
            recollection = Recollection(known)
            yield recollection
        if recollection.is_news:
            self._store.put(name, marshal.dumps(recollection.plain()))

    def _name(self, path: str, text: str) -> bytes | None:
        """Under what a list is kept; `None` where it is not worth it."""
        if not _SHORTEST_KEPT <= len(text) <= _LONGEST_KEPT:
            return None
        # By its path and not by its content, which is what changes.
        folder = os.fsencode(os.path.realpath(os.curdir))
        return hash_of(_FORM, self._program, folder, os.fsencode(path))

    @contextmanager
    def _ahead(self, *, is_kept: bool) -> Iterator[Recollection]:
        """What other processes read of a list that is read inside."""
        from peftlint.commands.ahead import reading_ahead

        self.are_done_here = False
        with reading_ahead(self._processes, is_kept=is_kept) as recollection:
            yield recollection
