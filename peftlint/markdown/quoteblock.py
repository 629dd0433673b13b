"""Quotes as blocks that hold others, as markdown-it reads them.

Source: https://spec.commonmark.org/0.31.2/#block-quotes, and markdown-it-py's rule `blockquote`.
"""

from __future__ import annotations

from collections.abc import Callable

from peftlint.markdown.blockstate import BLANKS, BlockState
from peftlint.markdown.tableblock import BlockRule


def read_quote(
    state: BlockState,
    start: int,
    end: int,
    ends: BlockRule,
    tokenize: Callable[[BlockState, int, int], None],
) -> None:
    """A quote.

    Args:
        state: that of the parser.
        start: the first line.
        end: the line after the last one that may belong to it.
        ends: tells whether another block ends it.
        tokenize: makes the tokens of some lines.
    """
    line_max, parent, indent = state.lineMax, state.parentType, state.blkIndent
    state.parentType = "blockquote"
    #: What was known of each line.
    known: list[tuple[int, int, int, int]] = []
    is_blank = False
    line = start
    while line < end and not state.is_blank(line):
        is_marked = state.text(line)[0] == ">" and state.sCount[line] >= indent
        if is_marked:
            known.append(_known(state, line))
            is_blank = _take_mark(state, line)
        elif is_blank:
            break
        elif ends(state, line, end, True):
            # No paragraph inside is to look behind this line.
            state.lineMax = line
            if indent:
                # Inside nothing is indented, so what follows looks as if it were not, either.
                known.append(_known(state, line))
                state.sCount[line] -= indent
            break
        else:
            # It can only go on with a paragraph.
            known.append(_known(state, line))
            state.sCount[line] = -1
        line += 1
    state.blkIndent = 0
    opening = state.push("blockquote_open", "blockquote", 1)
    opening.markup = ">"
    tokenize(state, start, line)
    state.push("blockquote_close", "blockquote", -1).markup = ">"
    opening.map = [start, state.line]
    state.lineMax, state.parentType, state.blkIndent = line_max, parent, indent
    for number, facts in enumerate(known, start):
        (
            state.bMarks[number],
            state.tShift[number],
            state.sCount[number],
            state.bsCount[number],
        ) = facts


def _known(state: BlockState, line: int) -> tuple[int, int, int, int]:
    return state.bMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line]


def _take_mark(state: BlockState, line: int) -> bool:
    """Have a line begin behind its mark; whether nothing follows that."""
    src = state.src
    at = state.bMarks[line] + state.tShift[line] + 1
    stop = state.eMarks[line]
    column = inside = state.sCount[line] + 1
    before = state.bsCount[line]
    following = src[at : at + 1]
    is_spaced = following in {" ", "\t"}
    # A tab that is wider than one column belongs to what follows but for the first of them.
    is_wide = following == "\t" and (before + column) % 4 != 3  # noqa: PLR2004 - the last column
    if is_spaced and not is_wide:
        at += 1
        column = inside = column + 1
    state.bMarks[line] = begin = at
    while at < stop and (character := src[at]) in BLANKS:
        column += 4 - (column + before + is_wide) % 4 if character == "\t" else 1
        at += 1
    state.bsCount[line] = state.sCount[line] + 1 + is_spaced
    state.sCount[line] = column - inside
    state.tShift[line] = at - begin
    return at >= stop
