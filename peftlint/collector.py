"""Python's collector of garbage that refers to itself, and when it may rest."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Do not look for such garbage inside.

    An import, or the reading of a list, makes a great many objects that all live on: to look
    through them again and again takes a sixth of the time. What was garbage before is found
    afterwards. Another thread is not harmed: its garbage waits as well.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
