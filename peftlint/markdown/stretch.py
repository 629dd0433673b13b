"""A text in stretches that are parsed one after the other, as if it were parsed at once.

A heading with `#` at the very beginning of a line ends every block before it, however deep, but
two: a fence and a block of HTML that are still open. So a text is cut before such headings, and
where a stretch ends in an open one it is joined with the next. What is parsed of one stretch can
be let go before the next: this is what keeps the memory small.

Definitions of references hold for the whole text, so where there may be any they are looked for
first, in the stretches that may have some.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from peftlint.markdown.blockparser import read_blocks
from peftlint.markdown.blocktoken import BlockToken
from peftlint.markdown.frontmatter import front_matter_end
from peftlint.regex import regex
from peftlint.source import Lines
from peftlint.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

#: What is known of each definition by its label: see `peftlint.markdown.definition`.
Definitions: TypeAlias = "dict[str, dict[str, Any]]"

_HEADING = regex(r"(?<![^\r\n])#{1,6}(?![^ \t\r\n])")
#: What a stretch has to have to end in a fence, or in HTML that a blank line does not end.
_OPENING = regex(r"[`~<](?:(?<=`)``|(?<=~)~~|(?<=<)(?:[!?]|(?i:script|pre|style|textarea)))")
_NO_LINE_END = regex(r"[^\r\n]")
_DEFINING = "]:"
#: Tokens of so many characters are kept from the search for definitions; else they are made anew.
_KEPT = 1 << 17


class Stretch(NamedTuple):
    """A part of a text that is parsed by itself.

    Attributes:
        first, last: its first line and the line after its last one, counted from 0.
        tokens: those of its blocks, with lines that are counted from its first; `None` where it
            was not parsed.
    """

    first: int
    last: int
    tokens: list[BlockToken] | None


#: Asked whether a stretch need not be parsed: where it is, and its text.
Knows = Callable[[Stretch, str], bool]


class Stretches:
    """The stretches of a text, in order, each parsed when it is asked for.

    Args:
        text: Markdown as it stands in the file, without a byte order mark.
        lines: its lines.
        whole: take all of it as one stretch.

    Attributes:
        front: the last line of the front matter, counted from 1; 0 where there is none.
        definitions: the first definition of each label, with lines of the text.
    """

    def __init__(self, text: str, lines: Lines, *, whole: bool = False) -> None:
        self.text = text
        self.lines = lines
        self.front = front_matter_end(lines)
        self._cuts = _cuts(text, lines, self.front, whole)
        self.definitions: Definitions = {}
        #: The first cut of what is walked over, and the last.
        self._range = (0, len(self._cuts) - 1)
        #: Stretches that are parsed already, by their place among the cuts.
        self._parsed: dict[int, tuple[Stretch, int]] = {}
        #: How many cuts a stretch goes over, where that is known and not one.
        self._joined: dict[int, int] = {}
        if _DEFINING in text:
            self._define()

    def walk(self, knows: Knows | None = None) -> Iterator[Stretch]:
        """The stretches in order.

        Args:
            knows: asked of a text between two cuts whether such a stretch need not be parsed. The
                first is always parsed, as what is special about a whole text is told of it.
        """
        index, end = self._range
        while index < end:
            parsed = self._parsed.pop(index, None)
            if knows and index:
                between = Stretch(self._cuts[index], self._cuts[index + 1], None)
                if knows(between, self._source(index, index + 1)):
                    yield between
                    index += 1
                    continue
            stretch, index = parsed or self._parse(index, {})
            yield stretch

    def part(self, first: int, last: int) -> Stretches:
        """The same with only those stretches that begin from one cut on and before another."""
        # Loaded here: a short list is read in one go.
        from copy import copy

        part = copy(self)
        part._range = (first, last)
        return part

    @property
    def cuts(self) -> list[int]:
        """The lines before which the text is cut, counted from 0, and the line after the last.

        Nearly each is a heading; but it may be inside of what is read as code or HTML.
        """
        return self._cuts

    def parsed(self, stretch: Stretch) -> Stretch:
        """The same stretch with its tokens."""
        index = bisect_left(self._cuts, stretch.first)
        return self._parse(index, {})[0]

    def is_uncut(self, stretch: Stretch) -> bool:
        """Whether it goes from one cut to the next, and not over some."""
        index = bisect_left(self._cuts, stretch.first)
        return self._cuts[index + 1] == stretch.last

    def _source(self, index: int, end: int) -> str:
        """The text between two cuts, with blank lines in the place of front matter."""
        starts = self.lines.starts
        first, last = self._cuts[index], self._cuts[end]
        source = self.text[starts[first] : starts[last] if last < len(starts) else None]
        if first < self.front:
            stop = self.lines.span(self.front).end
            source = _NO_LINE_END.sub(" ", source[:stop]) + source[stop:]
        return source

    def _parse(self, index: int, definitions: Definitions) -> tuple[Stretch, int]:
        """The stretch from a cut on, and the cut where it ends.

        Each time twice as many are joined, so that the time is linear.
        """
        cuts = self._cuts
        count = self._joined.get(index, 1)
        while True:
            end = min(index + count, len(cuts) - 1)
            found: Definitions = {}
            tokens = read_blocks(self._source(index, end), found)
            if end == len(cuts) - 1 or not _is_open(tokens, cuts[end] - cuts[index]):
                break
            count *= 2
        if count > 1:
            self._joined[index] = count
        for label, definition in found.items():
            if label not in definitions:
                first, last = definition["map"]
                definition["map"] = [first + cuts[index], last + cuts[index]]
                definitions[label] = definition
        return Stretch(cuts[index], cuts[end], tokens), end

    def _define(self) -> None:
        """Look for definitions, in the stretches that have some or decide where others begin."""
        index = kept = 0
        while index < len(self._cuts) - 1:
            source = self._source(index, index + 1)
            if _DEFINING not in source and not _may_stay_open(source):
                index += 1
                continue
            stretch, end = self._parse(index, self.definitions)
            if kept < _KEPT:
                self._parsed[index] = stretch, end
                kept += len(source)
            index = end


def _cuts(text: str, lines: Lines, front: int, whole: bool) -> list[int]:
    """The lines in which stretches may begin, counted from 0, and the line after the last."""
    cuts = [0]
    if not whole:
        starts = (lines.line(at) - 1 for at in _heading_places(text))
        cuts.extend(first for first in starts if first > max(front - 1, 0))
    cuts.append(len(lines.starts))
    return cuts


def _heading_places(text: str) -> Iterator[int]:
    """Where headings with `#` begin at the very beginning of a line, but for the first."""
    if "\r#" in text:
        yield from (match.start() for match in _HEADING.finditer(text))
        return
    # Ten times as fast as the pattern alone.
    at = text.find("\n#")
    while at >= 0:
        if _HEADING.match(text, at + 1):
            yield at + 1
        at = text.find("\n#", at + 1)


def _may_stay_open(source: str) -> bool:
    """Whether a stretch may end in a fence or in HTML that is still open."""
    # Five times as fast as the pattern alone, as few stretches have any of these.
    if ("<" in source or "```" in source or "~~~" in source) and _OPENING.search(source):
        return True
    after = source[len(source.rstrip(" \t\r\n")) :]
    ends_with_blank = after.count("\n") > 1 or after.count("\r") > 1
    return "<" in source and not ends_with_blank


def _is_open(tokens: list[BlockToken], lines: int) -> bool:
    """Whether the last block may go on after the `lines` of its stretch."""
    if not tokens or tokens[-1].type not in {"fence", "html_block"}:
        return False
    place = tokens[-1].map
    return tokens[-1].level == 0 and place is not None and place[1] >= lines
