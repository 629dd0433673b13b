"""Texts that are read more than once while a list is written, kept until that is done."""

from __future__ import annotations

from functools import lru_cache

from peftlint.markdown.leaf import Leaf, leaves
from peftlint.model import Document
from peftlint.reader import read

#: The list as it was, as it is now, and what is compared with that.
_MOST = 3


@lru_cache(maxsize=_MOST)
def read_again(text: str) -> Document:
    """The list that a text holds."""
    return read(text)


@lru_cache(maxsize=_MOST)
def leaves_again(text: str) -> list[Leaf]:
    """The leaves of a text, which nobody may change."""
    return leaves(text)


def forget() -> None:
    """Let go of all texts: a list of ten megabytes takes much memory."""
    read_again.cache_clear()
    leaves_again.cache_clear()
