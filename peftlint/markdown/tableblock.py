"""Tables as tokens: rows are split at their bars, not looked at character by character."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from peftlint.markdown.blockstate import BlockState, stripped
from peftlint.markdown.blocktoken import CELL, CODE_INDENT
from peftlint.regex import regex

BlockRule = Callable[[BlockState, int, int, bool], bool]

#: The line under a table's head, and what is in one of its cells.
_MARKS = regex(r"(?!-[ 	])[|:-][|: 	-]+")
_MARK = regex(r":?-+:?")

_BAR = regex(r"(?<!\\)\|")
#: Where the text of a column stands, by whether a colon is on the left of its mark, and the right.
_SIDES = {
    (False, False): "",
    (True, False): "left",
    (False, True): "right",
    (True, True): "center",
}
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
    return 0 < len(cells) == len(_cells(state, line))


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
    aligned = [_alignment(mark) for mark in stripped(state.text(start + 1)).strip("|").split("|")]
    opening = state.push("table_open", "table", 1)
    state.push("thead_open", "thead", 1).map = [start, start + 1]
    _row(state, start, "th", _cells(state, start), aligned)
    state.push("thead_close", "thead", -1)
    body: list[int] = []
    lacking = 0
    line = start + 2
    while line < end and 0 <= state.sCount[line] - state.blkIndent < CODE_INDENT:
        if ends(state, line, end, True) or not stripped(state.text(line)):
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


def _cells(state: BlockState, line: int) -> list[str]:
    """What stands between the bars of a line, but for those with a backslash before them."""
    text = stripped(state.text(line))
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
    state: BlockState, line: int, tag: str, cells: Sequence[str], aligned: Sequence[str]
) -> None:
    """The tokens of a row, with as many cells as the head has."""
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for column, style in enumerate(aligned):
        content = stripped(cells[column]) if column < len(cells) else ""
        token = state.push_content(CELL, tag, content, [line, line + 1])
        if style:
            token.attrs = {"style": style}
    state.push("tr_close", "tr", -1)


def _alignment(mark: str) -> str:
    """The style of the cells below one of the marks under a table's head."""
    bare = stripped(mark)
    side = _SIDES[bare[:1] == ":", bare[-1:] == ":"]
    return f"text-align:{side}" if side else ""
