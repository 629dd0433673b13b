"""The anchor that GitHub gives a heading, from the heading's text.

The text in lower case, of which letters, marks, decimal and letter-like digits, connectors such as
`_`, hyphens and blanks are kept, and each blank becomes a hyphen. What repeats gets `-1`, `-2` and
so on, numbers that are taken left out. So does npm's `github-slugger` 2, which follows GitHub.
"""

from __future__ import annotations

from peftlint.regex import regex

_DROPPED_ASCII = regex(r"[^a-z0-9_\- ]")
_KEPT = frozenset(("Nd", "Nl", "Pc"))


def slug(text: str) -> str:
    """The anchor of a heading that shows `text`, without the number that a repeat gets.

    Args:
        text: as rendered: no marks, no tags, no images, and its blanks as they are.
    """
    lower = text.lower()
    if lower.isascii():
        return _DROPPED_ASCII.sub("", lower).replace(" ", "-")
    # Loaded here: the headings of most lists do without.
    from unicodedata import category

    kinds = map(category, lower)
    return "".join(
        [
            "-" if character == " " else character
            for character, kind in zip(lower, kinds, strict=True)
            if kind[0] in "LM" or kind in _KEPT or character in "- "
        ]
    )


class Slugger:
    """Gives each heading of a page an anchor that no heading before it has."""

    __slots__ = ("_repeats",)

    def __init__(self) -> None:
        #: Anchors given, each with the number that its last repeat got.
        self._repeats: dict[str, int] = {}

    def anchor(self, wanted: str) -> str:
        """The next heading's anchor.

        Args:
            wanted: what `slug` makes of its text.
        """
        repeats = self._repeats
        given = wanted
        while given in repeats:
            repeats[wanted] += 1
            given = f"{wanted}-{repeats[wanted]}"
        repeats[given] = 0
        return given
