"""What is known of a page while mdformat works on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from peftlint.markdown.frontmatter import front_matter_end
from peftlint.source import LINE_END, Lines

#: Where the page is in the environment of a parse.
_KEY = "peftlint"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is written anew.

    Attributes:
        head: what stays before everything, a byte order mark and front matter.
        body: the rest, its lines ended by line feeds.
        lines: those of the body.
        firsts, lasts: the lines of the body, counted from 0, in which entries begin and end;
            entries that share lines are one.
        is_kept: whether all is to stay as it is.
        is_laid: whether entries are written already as they are to be.
    """

    head: str
    body: str
    lines: Sequence[str]
    firsts: Sequence[int]
    lasts: Sequence[int]
    is_kept: bool = False
    is_laid: bool = False

    def is_entry(self, line: int) -> bool:
        """Whether a line of the body, counted from 0, is an entry's."""
        index = bisect_right(self.firsts, line) - 1
        return index >= 0 and line <= self.lasts[index]


def page_of(
    text: str,
    entries: Iterable[tuple[int, int]],
    *,
    is_kept: bool = False,
    is_laid: bool = False,
) -> Page:
    """The page of a text.

    Args:
        text: the list.
        entries: the first and the last lines of its entries, in order, counted from 1.
        is_kept: whether all is to stay as it is.
        is_laid: whether entries are written already as they are to be.
    """
    text = LINE_END.sub("\n", text).replace("\0", "\ufffd")
    head = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(_BOM)
    count = front_matter_end(Lines(body))
    lines = body.split("\n")
    if count:
        head += "\n".join(lines[:count])
        lines = lines[count:]
        body = "\n".join(lines)
    firsts: list[int] = []
    lasts: list[int] = []
    for first, last in entries:
        if lasts and first - 1 - count <= lasts[-1]:
            lasts[-1] = max(lasts[-1], last - 1 - count)
            continue
        firsts.append(first - 1 - count)
        lasts.append(last - 1 - count)
    return Page(head, body, lines, firsts, lasts, is_kept, is_laid)


def put(page: Page, environment: MutableMapping[Any, Any]) -> None:
    """Note a page in the environment of its parse."""
    environment[_KEY] = page


def page_in(environment: MutableMapping[Any, Any]) -> Page:
    """The page that is noted in the environment of a parse."""
    page = environment[_KEY]
    assert isinstance(page, Page)  # noqa: S101 - for the type checker
    return page
