"""HTML as a block, as markdown-it reads it.

Source: https://spec.commonmark.org/0.31.2/#html-blocks
"""

from __future__ import annotations

from collections.abc import Callable

from peftlint.markdown.blockstate import BlockState
from peftlint.regex import regex

#: Whether a block ends in a line, which is given without its indentation.
_Ends = Callable[[str], object]

#: What is in these is text to their end.
_RAW = frozenset(("script", "pre", "style", "textarea"))
_RAW_END = regex(r"(?ai)</(?:script|pre|style|textarea)>")
#: How other blocks begin that end with certain letters, and these letters.
_ENDED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
#: What ends with a blank line, and may end a paragraph.
BLOCK_NAMES = frozenset(
    """
    address article aside base basefont blockquote body caption center col colgroup dd details
    dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6
    head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p
    param search section summary table tbody td tfoot th thead title tr track ul
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_NAME = regex(r"</?([A-Za-z][A-Za-z0-9]*)")
_DECLARATION = regex(r"<![A-Za-z]")
#: A tag as markdown-it's own pattern has it.
TAG = (
    r"""<(?:[A-Za-z][A-Za-z0-9\-]*"""
    r"""(?:\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?)*"""
    r"""\s*/?>|/[A-Za-z][A-Za-z0-9\-]*\s*>)"""
)
_LONE_TAG = regex(rf"{TAG}\s*$")


def _is_blank(line: str) -> bool:
    return not line


def read_html(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """HTML that begins with a tag, a comment or a declaration.

    Args:
        state: that of the parser.
        start: the line.
        end: the line after the last one that may belong to it.
        silent: only tell whether it ends a paragraph.
    """
    line = state.text(start)
    if state.is_code(start):
        return False
    ends = _ending(line)
    if ends is None:
        # It ends no paragraph.
        if silent or _LONE_TAG.match(line) is None:
            return False
        ends = _is_blank
    if silent:
        return True
    after = start + 1
    if not ends(line):
        while after < end:
            is_outdented = state.sCount[after] < state.blkIndent
            if is_outdented and (ends is _is_blank or not state.is_blank(after)):
                break
            line = state.text(after)
            if ends(line):
                after += 1 if line else 0
                break
            after += 1
    state.line = after
    token = state.push("html_block", "", 0)
    token.map = [start, after]
    token.content = state.whole(start, after, state.blkIndent)
    return True


def _ending(line: str) -> _Ends | None:
    """What ends the block that begins in a line, if such a block may end a paragraph."""
    found = _NAME.match(line)
    if found is not None:
        name = found[1].lower()
        rest = line[found.end() :]
        is_whole = not rest or rest[0].isspace()
        if name in _RAW and line[1] != "/" and (is_whole or rest[0] == ">"):
            return _RAW_END.search
        if name in BLOCK_NAMES and (is_whole or rest.startswith((">", "/>"))):
            return _is_blank
        return None
    for opening, closing in _ENDED:
        if line.startswith(opening):
            return lambda text: closing in text
    return (lambda text: ">" in text) if _DECLARATION.match(line) else None
