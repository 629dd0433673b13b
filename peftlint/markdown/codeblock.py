"""Code as a block: between fences, or indented.

Source: https://spec.commonmark.org/0.31.2/#fenced-code-blocks and #indented-code-blocks
"""

from __future__ import annotations

from peftlint.markdown.blockstate import BLANKS, BlockState
from peftlint.markdown.blocktoken import CODE_INDENT
from peftlint.regex import regex

_FENCE = regex(r"`{3,}+(?!.*`)|~{3,}+")


def read_fence(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Code between fences.

    Args:
        state: that of the parser.
        start: the line.
        end: the line after the last one that may belong to it.
        silent: only tell whether it ends a paragraph.
    """
    text = state.text(start)
    opening = _FENCE.match(text)
    if opening is None or state.is_code(start):
        return False
    if silent:
        return True
    mark = opening[0]
    line = start + 1
    is_closed = False
    while line < end and not is_closed:
        inside = state.text(line)
        # As in markdown-it, what is blank at the end of a text that no line end closes is outside.
        is_end = state.bMarks[line] + state.tShift[line] >= len(state.src)
        if is_end or (inside and state.sCount[line] < state.blkIndent):
            break
        is_closed = (
            inside.startswith(mark)
            and not inside.lstrip(mark[0]).strip(BLANKS)
            and not state.is_code(line)
        )
        line += 1
    state.line = line
    token = state.push("fence", "code", 0)
    token.info = text[len(mark) :]
    token.markup = mark
    token.map = [start, line]
    token.content = state.whole(start + 1, line - is_closed, state.sCount[start])
    return True


def read_code(state: BlockState, start: int, end: int) -> None:
    """Indented code.

    Args:
        state: that of the parser.
        start: the line.
        end: the line after the last one that may belong to it.
    """
    line = last = start + 1
    while line < end and (state.is_blank(line) or state.is_code(line)):
        line += 1
        if not state.is_blank(line - 1):
            last = line
    state.line = last
    token = state.push("code_block", "code", 0)
    token.map = [start, last]
    token.content = state.lines(start, last, state.blkIndent + CODE_INDENT) + "\n"
