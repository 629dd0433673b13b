"""Texts that are read more than once while a list is changed, kept until that is done.

A list of ten megabytes takes much memory, so nothing is kept outside of `keeping`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

from peftlint.model import Document
from peftlint.watch import Watch

if TYPE_CHECKING:
    from peftlint.markdown.leaf import Leaf, Rendered
    from peftlint.reading.recollection import Plain

#: The list as it was, as it is now, and what is compared with that.
_MOST = 3


class _Kept:
    """The texts that are kept, as what they read as and what they render to."""

    def __init__(self) -> None:
        rendered: Rendered = {}
        self.read = lru_cache(maxsize=_MOST)(self._read)
        self.leaves = lru_cache(maxsize=_MOST)(lambda text: _leaves(text, rendered))
        #: What was read of the stretches of the last two texts, nearly all of which are the same.
        self._known: tuple[dict[bytes, Plain], dict[bytes, Plain]] = {}, {}

    def _read(self, text: str) -> Document:
        from peftlint.reader import read
        from peftlint.reading.recollection import Recollection

        before, last = self._known
        recollection = Recollection(before | last)
        document = read(text, None, recollection)
        self._known = last, recollection.plain()
        return document


_kept: ContextVar[_Kept | None] = ContextVar("kept", default=None)


@contextmanager
def keeping() -> Iterator[None]:
    """Keep the last texts that are read inside; inside another `keeping`, nothing more is done."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set(_Kept())
    try:
        yield
    finally:
        _kept.reset(token)


def read_again(text: str, watch: Watch | None = None) -> Document:
    """The list that a text holds.

    Args:
        text: as for `peftlint.reader.read`.
        watch: is told after each entry; where there is one, the text is not kept.
    """
    kept = _kept.get()
    return _read(text, watch) if kept is None or watch is not None else kept.read(text)


def leaves_again(text: str) -> list[Leaf]:
    """The leaves of a text, which nobody may change."""
    kept = _kept.get()
    return _leaves(text) if kept is None else kept.leaves(text)


# They load a parser, and a list that another process has read may need none.


def _read(text: str, watch: Watch | None = None) -> Document:
    from peftlint.reader import read

    return read(text, watch)


def _leaves(text: str, rendered: Rendered | None = None) -> list[Leaf]:
    from peftlint.markdown.leaf import leaves

    return leaves(text, rendered)
