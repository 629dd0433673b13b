"""Which characters a text has, to know what need not be looked for in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_COMMON = bytes((*b"\t\n\r", *range(ord(" "), 0x7F)))
#: So many characters are looked at in one go.
_PIECE = 1 << 16
#: What is one of so many characters, or more often, is not seldom.
_SELDOM = 200


@lru_cache(maxsize=1)  # three rules ask about the same list
def rare_characters(text: str) -> frozenset[str]:
    """The characters of `text` beyond printable ASCII, tabs and line ends.

    A look at each character takes ten times as long as this, and a pattern that is searched for
    from all places in a text twenty times: 1 MB takes 2 ms.
    """
    rare: set[str] = set()
    # Piece by piece, or a text of 10 MB takes another 30 MB for a moment.
    for start in range(0, len(text), _PIECE):
        data = text[start : start + _PIECE].encode("utf-8", "surrogatepass")
        rare.update(data.translate(None, _COMMON).decode("utf-8", "surrogatepass"))
    return frozenset(rare)


def seldom_places(text: str, characters: Iterable[str]) -> list[int] | None:
    """Where any of some characters stands in `text`, in order; `None` where they are not seldom.

    Each is looked for by itself: a pattern of them all takes ten times as long for a text that has
    few, and less than this for one that has many.
    """
    most = len(text) // _SELDOM
    places: list[int] = []
    for character in characters:
        at = text.find(character)
        while at >= 0:
            if len(places) >= most:
                return None
            places.append(at)
            at = text.find(character, at + 1)
    places.sort()
    return places
