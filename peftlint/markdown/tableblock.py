"""Tables as tokens: rows are split at their bars, not looked at character by character."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it import rules_block
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

from peftlint.markdown.blocktoken import CELL, CODE_INDENT, push_content

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_BAR = re.compile(r"(?<!\\)\|")
#: Where the text of a column stands, by whether a colon is on the left of its mark, and the right.
_SIDES = {
    (False, False): "",
    (True, False): "left",
    (False, True): "right",
    (True, True): "center",
}
#: A table that lacks more cells than this ends, as in markdown-it.
_MOST_LACKING = 1 << 16


def read_table(state: StateBlock, start: int, end: int, ends: BlockRule) -> bool:
    """Read a table, if one begins here: return whether one does.

    Whether there is one tells markdown-it's own rule, which is asked for its head.

    Args:
        state: that of the parser.
        start: the first line.
        end: the line after the last one that may belong to it.
        ends: tells whether another block ends it.
    """
    if not rules_block.table(state, start, end, True):
        return False
    old_parent, state.parentType = state.parentType, "table"
    aligned = [_alignment(mark) for mark in mdTrim(_text(state, start + 1)).strip("|").split("|")]
    opening = state.push("table_open", "table", 1)
    state.push("thead_open", "thead", 1).map = [start, start + 1]
    _row(state, start, "th", _cells(state, start), aligned)
    state.push("thead_close", "thead", -1)
    body: list[int] = []
    lacking = 0
    line = start + 2
    while line < end and 0 <= state.sCount[line] - state.blkIndent < CODE_INDENT:
        if ends(state, line, end, True) or not mdTrim(_text(state, line)):
            break
        cells = _cells(state, line)
        lacking += len(aligned) - len(cells)
        if lacking > _MOST_LACKING:
            break
        if not body:
            body = [line, line]
            state.push("tbody_open", "tbody", 1).map = body
        _row(state, line, "td", cells, aligned)
        line += 1
    if body:
        body[1] = line
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    opening.map = [start, line]
    state.parentType = old_parent
    state.line = line
    return True


def _text(state: StateBlock, line: int) -> str:
    """A line without the indentation of what it is in."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _cells(state: StateBlock, line: int) -> list[str]:
    """What stands between the bars of a line, but for those with a backslash before them."""
    text = mdTrim(_text(state, line))
    if "\\|" in text:
        cells = [cell.replace("\\|", "|") for cell in _BAR.split(text)]
    else:
        cells = text.split("|")
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return cells


def _row(
    state: StateBlock, line: int, tag: str, cells: Sequence[str], aligned: Sequence[str]
) -> None:
    """The tokens of a row, with as many cells as the head has."""
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for column, style in enumerate(aligned):
        content = mdTrim(cells[column]) if column < len(cells) else ""
        token = push_content(state, CELL, tag, content, [line, line + 1])
        if style:
            token.attrs = {"style": style}
    state.push("tr_close", "tr", -1)


def _alignment(mark: str) -> str:
    """The style of the cells below one of the marks under a table's head."""
    bare = mdTrim(mark)
    side = _SIDES[bare[:1] == ":", bare[-1:] == ":"]
    return f"text-align:{side}" if side else ""
