"""Reading a list of which most was read in an earlier run."""

from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING

from peftlint.caching.store import Store
from peftlint.digest import hash_of

if TYPE_CHECKING:
    from peftlint.commands.target import Target
    from peftlint.model import Document
    from peftlint.reading.recollection import Recollection
    from peftlint.watch import Watch

#: Changes with the form of what is kept.
_FORM = b"reading 3"
#: A list of so many characters is read faster by several processes, though they have to start.
_SHORTEST_SHARED = 200_000
#: A shorter list is read as fast as it is remembered, ...
_SHORTEST_KEPT = 8_000
#: ... and what is remembered of a longer one takes as much memory as reading it.
_LONGEST_KEPT = 3_000_000


class Readings:
    """Reads lists, what has not changed since an earlier run not again.

    Args:
        store: where what was read is kept, by the lists' paths; `None` where it is not.
        program: tells one version of the program from another; `None` where nothing is kept.
        processes: in how many a long list is read.

    Attributes:
        are_done_here: whether nothing was read by another process, or in an earlier run.
    """

    def __init__(self, store: Store | None, program: bytes | None, processes: int) -> None:
        self._store = store if program else None
        self._program = program or b""
        self._processes = processes
        self.are_done_here = True

    def read(self, target: Target, watch: Watch | None) -> Document:
        """Read a list.

        Args:
            target: the list.
            watch: is told how much is done.
        """
        # Loaded here: what was told before can be told again without it.
        from peftlint.reader import read

        text = target.file.text
        # Something that shows how far it is draws from a thread, which no copy of a process has.
        is_shared = self._processes > 1 and len(text) >= _SHORTEST_SHARED and watch is None
        if self._store is not None and _SHORTEST_KEPT <= len(text) <= _LONGEST_KEPT:
            return self._read(self._store, target, watch, is_shared=is_shared)
        if is_shared:
            return self._read_ahead(text, is_kept=False)[0]
        return read(text, watch)

    def _read(
        self, store: Store, target: Target, watch: Watch | None, *, is_shared: bool
    ) -> Document:
        """Read a list by what is kept of it, and keep what is read."""
        from peftlint.reader import read
        from peftlint.reading.recollection import Recollection

        # By its path and not by its content, which is what changes.
        folder = os.fsencode(os.path.realpath(os.curdir))
        name = hash_of(_FORM, self._program, folder, os.fsencode(target.path))
        kept = store.get(name)
        recollection: Recollection
        if kept is None and is_shared:
            document, recollection = self._read_ahead(target.file.text, is_kept=True)
        else:
            known = {} if kept is None else marshal.loads(kept)  # noqa: S302 - sealed, see `store`
            self.are_done_here = self.are_done_here and not known
            recollection = Recollection(known)
            document = read(target.file.text, watch, recollection)
        if recollection.is_news:
            store.put(name, marshal.dumps(recollection.plain()))
        return document

    def _read_ahead(self, text: str, *, is_kept: bool) -> tuple[Document, Recollection]:
        """Read a list in several processes."""
        from peftlint.commands.ahead import reading_ahead
        from peftlint.reader import read

        self.are_done_here = False
        with reading_ahead(self._processes, is_kept=is_kept) as recollection:
            return read(text, None, recollection), recollection
