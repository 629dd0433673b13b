"""Titles in quotes."""

from __future__ import annotations

from peftlint import venue
from peftlint.punctuation import is_abbreviated

#: An opening mark to its closing one.
QUOTES = {
    '"': '"',
    "\u201c": "\u201d",
    "\u00ab": "\u00bb",
    "\u300c": "\u300d",
    "\u300a": "\u300b",
    "``": "''",
}
OPENING = tuple(QUOTES)
_FIRST = frozenset(opening[0] for opening in OPENING)
_SEPARATORS = (",", ".", ";", "\uff0c", "\u3002", "\uff1b")
#: What may go on in small letters behind a quoted title.
AFTER_QUOTES = frozenset(("accepted", "at", "by", "from", "in", "presented", "proc", "to"))


def tidy(text: str) -> str:
    """`text` as a title: white space collapsed, quotes and the separator at its end removed."""
    shown = text.strip()
    if "  " in shown or not shown.isprintable():
        # Of white space, only blanks are printable.
        shown = " ".join(shown.split())
    if shown.endswith(_SEPARATORS):
        shown = _without_separator(shown)
    if shown[:1] not in _FIRST:
        return shown
    for opening, closing in QUOTES.items():
        inner = shown.removeprefix(opening).removesuffix(closing)
        if inner and len(inner) == len(shown) - len(opening) - len(closing):
            inner = inner.strip()
            return _without_separator(inner) if inner.endswith(_SEPARATORS) else inner
    return shown


def _without_separator(shown: str) -> str:
    """`shown` without the separators at its end; the full stop of `U.S.` is none."""
    bare = shown.rstrip(" " + "".join(_SEPARATORS))
    with_stop = shown[: len(bare) + 1]
    return with_stop if is_abbreviated(with_stop) else bare


def closing(text: str, mark: str, start: int) -> int:
    """Where a closing quote stands, behind which no sentence goes on; -1 for nowhere."""
    at = text.find(mark, start)
    while at >= 0:
        following = text[at + len(mark) : at + len(mark) + 40].split(maxsplit=1)
        word = following[0].strip(".,;:") if following else ""
        goes_on = word[:1].islower() and word not in AFTER_QUOTES and not venue.is_venue(word)
        if not (goes_on or text[at + len(mark) : at + len(mark) + 1].isalnum()):
            return at
        at = text.find(mark, at + len(mark))
    return -1
