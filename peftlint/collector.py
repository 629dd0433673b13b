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


#: So many objects that may hold others are made between two looks, and not 700.
_SELDOM = 50_000


@contextmanager
def program() -> Iterator[None]:
    """Run a program inside that ends soon, and takes little with it.

    Most of what a command makes before it reads a list are modules and classes, which live on:
    they are not looked through every time 700 objects are new, and not once more at the end, when
    the system takes back all memory at once. That is a thirtieth of the check of a short list.
    """
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.freeze()
