"""Tables as tokens: a row is one token, and is split at its bars at once.

How the text of a column is aligned, which nobody here asks, is not kept.
"""

from __future__ import annotations

from collections.abc import Callable

from peftlint.markdown.blockstate import BlockState, stripped
from peftlint.markdown.blocktoken import CODE_INDENT, ROW
from peftlint.regex import regex

BlockRule = Callable[[BlockState, int, int, bool], bool]

#: The line under a table's head, and what is in one of its cells.
_MARKS = regex(r"(?!-[ 	])[|:-][|: 	-]+")
_MARK = regex(r":?-+:?")

_BAR = regex(r"(?<!\\)\|")
#: A table that lacks more cells than this ends, as in markdown-it.
_MOST_LACKING = 1 << 16


def begins_table(state: BlockState, line: int, end: int) -> bool:
    """Whether a line is the head of a table, with as many cells as there are marks under it.

    Args:
        state: that of the parser.
        line: the line.
        end: the line after the last one that may belong to the table.
    """
    under = line + 1
    if under >= end or state.sCount[under] < state.blkIndent or state.is_code(under):
        return False
    marks = state.text(under)
    if _MARKS.fullmatch(marks) is None or state.is_code(line) or "|" not in state.text(line):
        return False
    cells = [stripped(mark) for mark in marks.split("|")]
    # Nothing need stand before the first bar and behind the last one.
    if not cells[-1]:
        del cells[-1]
    if cells and not cells[0]:
        del cells[0]
    if not all(_MARK.fullmatch(cell) for cell in cells):
        return False
    return 0 < len(cells) == len(split_row(stripped(state.text(line))))


def read_table(state: BlockState, start: int, end: int, ends: BlockRule) -> bool:
    """Read a table, if one begins here: return whether one does.

    Args:
        state: that of the parser.
        start: the first line.
        end: the line after the last one that may belong to it.
        ends: tells whether another block ends it.
    """
    if not begins_table(state, start, end):
        return False
    old_parent, state.parentType = state.parentType, "table"
    head = stripped(state.text(start))
    columns = len(split_row(head))
    opening = state.push("table_open", "table", 1)
    state.push("thead_open", "thead", 1).map = [start, start + 1]
    state.push_content(ROW, "th", head, [start, start + 1])
    state.push("thead_close", "thead", -1)
    body: list[int] = []
    lacking = 0
    line = start + 2
    while line < end and 0 <= state.sCount[line] - state.blkIndent < CODE_INDENT:
        row = stripped(state.text(line))
        if not row or ends(state, line, end, True):
            break
        lacking += columns - len(split_row(row))
        if lacking > _MOST_LACKING:
            break
        if not body:
            body = [line, line]
            state.push("tbody_open", "tbody", 1).map = body
        state.push_content(ROW, "td", row, [line, line + 1])
        line += 1
    if body:
        body[1] = line
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    opening.map = [start, line]
    state.parentType = old_parent
    state.line = line
    return True


def split_row(row: str) -> list[str]:
    """What stands between the bars of a row, but for those with a backslash before them.

    Args:
        row: its line, without white space around it.
    """
    cells = _BAR.split(row) if "\\|" in row else row.split("|")
    # Nothing need stand before the first bar and behind the last one.
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return cells
