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
    from peftlint.watch import Watch

#: Changes with the form of what is kept.
_FORM = b"reading 2"
#: From so many characters on, reading takes longer than a process does to start.
SHORTEST = 200_000
#: A shorter list is read as fast as it is remembered, ...
_SHORTEST = 8_000
#: ... and what is remembered of a longer one takes as much memory as reading it, in characters.
_LONGEST = 3_000_000


class Readings:
    """Reads lists, what has not changed since an earlier run not again.

    Args:
        store: where what was read is kept, by the lists' paths; `None` where it is not.
        program: tells one version of the program from another; `None` where nothing is kept.
        processes: in how many a long list is read.
    """

    def __init__(self, store: Store | None, program: bytes | None, processes: int) -> None:
        self._store = store if program else None
        self._program = program or b""
        self._processes = processes

    def read(self, target: Target, watch: Watch | None) -> Document:
        """Read a list.

        Args:
            target: the list.
            watch: is told how much is done.
        """
        # Loaded here: what was told before can be told again without it.
        from peftlint.reader import read

        text = target.file.text
        store = self._store if _SHORTEST <= len(text) <= _LONGEST else None
        # Something that shows how far it is draws from a thread, which no copy of a process has.
        is_shared = self._processes > 1 and len(text) >= SHORTEST and watch is None
        if store is None and not is_shared:
            return read(text, watch)
        from peftlint.reading.recollection import Recollection

        name = self._name(target)
        kept = store.get(name) if store else None
        if kept is None and is_shared:
            from peftlint.commands.ahead import Ahead

            with Ahead(self._processes, is_kept=store is not None) as recollection:
                document = read(text, watch, recollection)
                plain, is_news = recollection.plain(), True
        else:
            known = {} if kept is None else marshal.loads(kept)  # noqa: S302 - sealed, see `store`
            recollected = Recollection(known)
            document = read(text, watch, recollected)
            plain, is_news = recollected.plain(), recollected.is_news
        if store and is_news:
            store.put(name, marshal.dumps(plain))
        return document

    def _name(self, target: Target) -> bytes:
        """What the list is kept under: its path, and not its content, which is what changes."""
        folder = os.fsencode(os.path.realpath(os.curdir))
        return hash_of(_FORM, self._program, folder, os.fsencode(target.path))
