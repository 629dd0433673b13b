"""Definitions of references: where links lead that only name what they lead to.

Source: https://spec.commonmark.org/0.31.2/#link-reference-definitions, and markdown-it-py's rule
`reference`.
"""

from __future__ import annotations

import re

from peftlint.markdown.blockstate import BlockState
from peftlint.markdown.destination import TITLES, is_refused, label_key, read_address, unescaped
from peftlint.markdown.tableblock import BlockRule
from peftlint.regex import regex

_IN_LABEL = regex(r"(?:[^\[\]\\]|\\[\s\S])*+")
_WHITE = regex(r"[ \t\n]*+")
_BLANKS = regex(r"[ \t]*+")


def read_definition(state: BlockState, start: int, ends: BlockRule) -> bool:
    """A definition, of which the state is told; whether one begins in a line.

    Args:
        state: that of the parser.
        start: the line, which begins with a bracket.
        ends: tells whether another block ends it.
    """
    if state.is_code(start):
        return False
    lines = _Lines(state, start, ends)
    label_end = lines.behind(_IN_LABEL, 1)
    if not lines.text.startswith("]:", label_end):
        return False
    label = label_key(lines.text[1:label_end])
    address = lines.behind(_WHITE, label_end + 2)
    found = read_address(lines.text, address, len(lines.text))
    if found is None or is_refused(found[1]) or not label:
        return False
    after, href = found
    line = lines.line
    title = ""
    begin = lines.behind(_WHITE, after)
    known = TITLES.get(lines.text[begin : begin + 1]) if begin > after else None
    if known:
        inside, closing = known
        stop = lines.behind(inside, begin + 1)
        if lines.text.startswith(closing, stop):
            title = unescaped(lines.text[begin + 1 : stop])
            if lines.ends_line(stop + 1):
                line = lines.line
                after = stop + 1
            elif not title:
                # As in markdown-it, which looks no further where a title is empty.
                return False
            else:
                title = ""
    if not lines.ends_line(after):
        return False
    state.line = line
    definition = {"title": title, "href": href, "map": [start, line]}
    state.definitions.setdefault(label, definition)
    return True


class _Lines:
    """The lines from one on, each looked at when all before is read.

    Attributes:
        text: of those that were looked at.
        line: the one after these.
    """

    def __init__(self, state: BlockState, start: int, ends: BlockRule) -> None:
        self._state = state
        self._ends = ends
        self.text = self._whole(start)
        self.line = start + 1

    def behind(self, pattern: re.Pattern[str], at: int) -> int:
        """The offset behind what a pattern matches, over as many lines as there are.

        Args:
            pattern: what matches a line end, or nothing that one is in.
            at: where it is to match.
        """
        text = self.text
        while True:
            found = pattern.match(text, at)
            begin, at = at, found.end() if found else at
            # As in markdown-it, a line end in an address is the end of all.
            if at == begin or at < len(text) or not self._has_next():
                self.text = text
                return at
            # In place, as nothing else holds it by now: else a long paragraph took quadratic time.
            self.text = ""
            text += self._whole(self.line)
            self.line += 1

    def ends_line(self, at: int) -> bool:
        """Whether nothing but blanks stands from an offset to the end of its line."""
        found = _BLANKS.match(self.text, at)
        at = found.end() if found else at
        return self.text[at : at + 1] in {"", "\n"}

    def _whole(self, line: int) -> str:
        """A line with its end."""
        state = self._state
        return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line] + 1]

    def _has_next(self) -> bool:
        """Whether the next line goes on with the paragraph that this could be as well."""
        state, line = self._state, self.line
        if line >= state.lineMax or state.is_blank(line):
            return False
        if state.is_code(line) or state.sCount[line] < 0:
            return True
        parent, state.parentType = state.parentType, "reference"
        is_ended = self._ends(state, line, state.lineMax, True)
        state.parentType = parent
        return not is_ended
