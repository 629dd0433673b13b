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
_FORM = b"reading 1"
#: A shorter list is read as fast as it is remembered, ...
_SHORTEST = 8_000
#: ... and what is remembered of a longer one takes as much memory as reading it, in characters.
_LONGEST = 3_000_000


class KeptReadings:
    """What was read of lists in earlier runs, by the lists' paths.

    Args:
        store: where it is.
        program: tells one version of the program from another.
    """

    def __init__(self, store: Store, program: bytes) -> None:
        self._store = store
        self._program = program
        self._folder = os.fsencode(os.path.realpath(os.curdir))

    def read(self, target: Target, watch: Watch | None) -> Document:
        """Read a list.

        Args:
            target: the list.
            watch: is told how much is done.
        """
        # Loaded here: what was told before can be told again without them.
        from peftlint.reader import read
        from peftlint.reading.recollection import Recollection

        text = target.file.text
        if not _SHORTEST <= len(text) <= _LONGEST:
            return read(text, watch)
        # By its path and not by its content, which is what changes.
        name = hash_of(_FORM, self._program, self._folder, os.fsencode(target.path))
        kept = self._store.get(name)
        known = {} if kept is None else marshal.loads(kept)  # noqa: S302 - sealed, see `store`
        recollection = Recollection(known)
        document = read(text, watch, recollection)
        if recollection.is_news:
            self._store.put(name, marshal.dumps(recollection.plain()))
        return document
