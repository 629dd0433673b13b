"""When Python looks for garbage that refers to itself."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

#: So many characters of lists are read between two looks; a link and its badge refer to each
#: other, and are left behind by a list that is done.
_INTERVAL = 4_000_000


class Memory:
    """Counts what was read since the last look."""

    def __init__(self) -> None:
        self._since = 0

    def add(self, characters: int) -> None:
        """Say that a list of so many characters is done, and look if it is time."""
        self._since += characters
        if self._since >= _INTERVAL:
            gc.collect()
            self._since = 0


@contextlib.contextmanager
def collected_between_lists() -> Iterator[Memory]:
    """Look for garbage between lists rather than all the time.

    A list of 10 MB becomes a million objects, all of which live until it is done: looking
    through them again and again takes a quarter of a run.
    What was imported is never looked through again, not even at the end.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield Memory()
    finally:
        if was_enabled:
            gc.enable()
