"""The blocks of a text as markdown-it's tokens, made fast.

Here are markdown-it's rules, written with less work for each line: to load markdown-it takes longer
than to read a short list. Tests compare the tokens with those of markdown-it as it comes.

- Only the rules that can begin at a character are asked there: `tokenize`.
- A paragraph looks at its further lines once, not once for being an underlined heading and once
  for being a paragraph: `_paragraph`.
- An item that is one line is not parsed as a text of its own: `_list`.
- A row of a table is split at its bars: see `peftlint.markdown.tableblock`.
- Lines of code, quotes and HTML are looked at as lines, not character by character.
- One token stands for several, and is made faster: see `peftlint.markdown.blocktoken`.
"""

from __future__ import annotations

import re

from peftlint.markdown.blockstate import BLANKS, DEEPEST, BlockState, stripped
from peftlint.markdown.blocktoken import BLOCK, CODE_INDENT, LINE_ITEM, BlockToken
from peftlint.markdown.codeblock import read_code, read_fence
from peftlint.markdown.htmlblock import read_html
from peftlint.markdown.quoteblock import read_quote
from peftlint.markdown.tableblock import BlockRule, begins_table, read_table
from peftlint.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LINE_END = regex(r"\r\n?")
_MARKER = regex(r"(?:[-+*]|([0-9]{1,9})[.)])(?![^ \t\n])")


def _list(  # noqa: PLR0912, PLR0915 - one walk over the items
    state: BlockState, start: int, end: int, silent: bool
) -> bool:
    """A list: markdown-it's rule, with a short way for items of one line."""
    src = state.src
    marks, ends_at, shifts, counts = state.bMarks, state.eMarks, state.tShift, state.sCount
    base = state.blkIndent
    count = counts[start]
    # What is indented so far goes on with the paragraph of an item.
    if count - base >= CODE_INDENT or (
        0 <= state.listIndent <= count - CODE_INDENT and count < base
    ):
        return False
    match = _MARKER.match(src, marks[start] + shifts[start])
    if match is None:
        return False
    number = match[1]
    if silent:
        if state.parentType != "paragraph" or count < base:
            return True
        # A list that ends a paragraph begins with 1, and its first item is not empty.
        if number and int(number) != 1:
            return False
        return bool(src[match.end() : ends_at[start]].strip(BLANKS))

    tokens = state.tokens
    first_token = len(tokens)
    kind, tag = ("ordered", "ol") if number else ("bullet", "ul")
    mark = match[0][-1]
    opening = state.push(f"{kind}_list_open", tag, 1)
    if number and int(number) != 1:
        opening.attrs = {"start": int(number)}
    opening.markup = mark
    is_deepest = state.level + 1 >= DEEPEST
    old_parent, state.parentType = state.parentType, "list"
    is_tight = True
    ends_blank = False
    line = start
    while True:
        # Where the content begins, and in which column.
        at = match.end()
        last = ends_at[line]
        count = counts[line]
        initial = column = count + at - marks[line] - shifts[line]
        while at < last and (character := src[at]) in BLANKS:
            column += 4 - (column + state.bsCount[line]) % 4 if character == "\t" else 1
            at += 1
        # Without content, or with code, it begins one column after the marker.
        is_plain = at < last and column - initial <= CODE_INDENT
        indent = column if is_plain else initial + 1
        next_line = -1
        if is_plain and not is_deepest:
            next_line = _line_after(state, line, at, end, indent)
        if next_line >= 0:
            content = stripped(src[at:last])
            item = state.push_content(LINE_ITEM, "li", content, [line, next_line])
            is_tight = is_tight and not ends_blank
            ends_blank = next_line - line > 1
        else:
            item = state.push("list_item_open", "li", 1)
            state.line = line
            old_tight, old_shift, old_indent = state.tight, shifts[line], state.listIndent
            state.tight = True
            state.listIndent, state.blkIndent = base, indent
            shifts[line], counts[line] = at - marks[line], column
            if at >= last and state.is_blank(line + 1):
                state.line = min(line + 2, end)
            else:
                tokenize(state, line, end)
            is_tight = is_tight and state.tight and not ends_blank
            next_line = state.line
            ends_blank = next_line - line > 1 and state.is_blank(next_line - 1)
            state.tight = old_tight
            state.listIndent, state.blkIndent = old_indent, base
            shifts[line], counts[line] = old_shift, count
            item.map = [line, next_line]
            state.push("list_item_close", "li", -1).markup = mark
        item.markup = mark
        item.info = match[1] or ""
        line = next_line
        if line >= end or not 0 <= counts[line] - base < CODE_INDENT:
            break
        if ENDS["list"](state, line, end, True):
            break
        match = _MARKER.match(src, marks[line] + shifts[line])
        if match is None or match[0][-1] != mark:
            break
    state.push(f"{kind}_list_close", tag, -1).markup = mark
    opening.map = [start, line]
    state.line = line
    state.parentType = old_parent
    if is_tight:
        level = opening.level + 1
        for token in tokens[first_token + 1 :]:
            if token.type == LINE_ITEM:
                is_own = token.level == level
            else:
                is_own = token.tag == "p" and token.level == level + 1
            if is_own:
                token.hidden = True
    return True


def _line_after(state: BlockState, line: int, at: int, end: int, indent: int) -> int:
    """The line after an item that is a paragraph of one line and perhaps blank lines.

    Args:
        state: that of the parser.
        line: where the item stands.
        at: where its content begins.
        end: the line after the last one that may belong to it.
        indent: how far lines of the item are indented.

    Returns:
        -1 where it may be more than that.
    """
    src = state.src
    marks, ends_at, shifts, counts = state.bMarks, state.eMarks, state.tShift, state.sCount
    for begins, _ in _RULES_AT.get(src[at], ()):
        if begins is None or begins.match(src, at):
            return -1
    after = line + 1
    if after >= end:
        return after
    pos = marks[after] + shifts[after]
    if pos < ends_at[after]:
        # The marker of the next item, or of one that this one is inside.
        is_next = 0 <= counts[after] <= counts[line] and _MARKER.match(src, pos)
        return after if is_next else -1
    after += 1
    if after < end:
        # As in markdown-it, also the blank lines after a quote that the item is in.
        while after < state.lineMax and marks[after] + shifts[after] >= ends_at[after]:
            after += 1
    return after if after >= end or counts[after] < indent else -1


_HASHES = regex(r"(#{1,6})(?![^ \t])")


def _heading(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """A heading that begins with `#`."""
    stop = state.eMarks[start]
    match = _HASHES.match(state.src, state.bMarks[start] + state.tShift[start], stop)
    if match is None or state.is_code(start):
        return False
    if silent:
        return True
    text = state.src[match.end() : stop].rstrip(BLANKS)
    # It may be closed by as many `#` as one likes.
    bare = text.rstrip("#")
    if bare.endswith((" ", "\t")):
        text = bare
    mark = match[1]
    state.line = start + 1
    state.push_content(BLOCK, f"h{len(mark)}", stripped(text), [start, start + 1]).markup = mark
    return True


_STROKES = regex(r"([-*_])[ \t]*+(?:\1[ \t]*+){2,}")


def _thematic_break(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """A line of three strokes or more."""
    text = state.text(start)
    if _STROKES.fullmatch(text) is None or state.is_code(start):
        return False
    if silent:
        return True
    state.line = start + 1
    token = state.push("hr", "hr", 0)
    token.map = [start, start + 1]
    # One too many, as in markdown-it.
    token.markup = text[0] * (text.count(text[0]) + 1)
    return True


def _quote(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """A quote."""
    if state.is_code(start):
        return False
    if not silent:
        read_quote(state, start, end, ENDS["blockquote"], tokenize)
    return True


def _definition(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """A definition of a reference, which ends no other block."""
    if silent:
        return False
    # Loaded here: hardly a list has one.
    from peftlint.markdown.definition import read_definition

    return read_definition(state, start, ENDS["reference"])


#: Which rules may begin a block at a character, in markdown-it's order; a line indented by four
#: is code before all of them, and a table is known by its second line.
_BLOCKS_AT: dict[str, tuple[BlockRule, ...]] = {
    "`": (read_fence,),
    "~": (read_fence,),
    ">": (_quote,),
    "-": (_thematic_break, _list),
    "*": (_thematic_break, _list),
    "_": (_thematic_break,),
    "+": (_list,),
    "[": (_definition,),
    "<": (read_html,),
    "#": (_heading,),
    **dict.fromkeys("0123456789", (_list,)),
}
#: What has to stand at its beginning for a rule to be asked at all.
_BEGINS: dict[BlockRule, re.Pattern[str]] = {
    _thematic_break: regex(r"([-*_])[ \t]*\1[ \t]*\1"),
    _list: _MARKER,
    # A label that ends in its first line has a colon behind it.
    _definition: regex(r"\[(?![^\[\]\\\n]*+(?:\[|\](?!:)))"),
    read_fence: regex(r"```|~~~"),
}
#: Which rules may end a block of the one that is asked about, besides a table.
_ENDING: dict[str, tuple[BlockRule, ...]] = {
    "paragraph": (
        read_fence,
        _quote,
        _thematic_break,
        _list,
        read_html,
        _heading,
    ),
    "list": (read_fence, _quote, _thematic_break),
}
_ENDING["reference"] = _ENDING["blockquote"] = _ENDING["paragraph"]
_ENDED_BY_TABLE = ("paragraph", "reference")
_RulesAt = dict[str, tuple[tuple[re.Pattern[str] | None, BlockRule], ...]]


def _at(rules: tuple[BlockRule, ...]) -> _RulesAt:
    """For each character those of the rules that may begin there, with what is asked before."""
    chosen: _RulesAt = {}
    for character, all_here in _BLOCKS_AT.items():
        here = tuple((_BEGINS.get(rule), rule) for rule in all_here if rule in rules)
        if here:
            chosen[character] = here
    return chosen


def _may_be_table(state: BlockState, line: int) -> bool:
    """Whether the line after `line` begins as the second line of a table does."""
    if line + 1 >= state.lineMax:
        return False
    pos = state.bMarks[line + 1] + state.tShift[line + 1]
    return pos < state.eMarks[line + 1] and state.src[pos] in "|-:"


def _ending(rules: tuple[BlockRule, ...], by_table: bool) -> BlockRule:
    """One rule in the place of all that may end a block."""
    rules_at = _at(rules)

    def ends(state: BlockState, line: int, end: int, silent: bool) -> bool:
        src = state.src
        pos = state.bMarks[line] + state.tShift[line]
        if by_table and _may_be_table(state, line) and begins_table(state, line, end):
            return True
        for begins, rule in rules_at.get(src[pos : pos + 1], ()):
            if (begins is None or begins.match(src, pos)) and rule(state, line, end, silent):
                return True
        return False

    return ends


_RULES_AT = _at(tuple(rule for rules in _BLOCKS_AT.values() for rule in rules))
#: For each kind of block what tells whether another one ends it.
ENDS = {name: _ending(rules, name in _ENDED_BY_TABLE) for name, rules in _ENDING.items()}


def _paragraph(state: BlockState, start: int, end: int) -> None:
    """A paragraph, or an underlined heading: markdown-it's two rules, in one walk."""
    src = state.src
    line = start + 1
    line_max = state.lineMax
    marks, ends_at, shifts, counts = state.bMarks, state.eMarks, state.tShift, state.sCount
    indent = state.blkIndent
    ends = ENDS["paragraph"]
    underline = ""
    old_parent = state.parentType
    state.parentType = "paragraph"
    while line < line_max:
        pos = marks[line] + shifts[line]
        if pos >= ends_at[line]:
            break
        count = counts[line]
        if count - indent > CODE_INDENT - 1:
            line += 1
            continue
        if line < end and count >= indent and src[pos] in "-=":
            marker = src[pos]
            if not src[pos : ends_at[line]].lstrip(marker).strip(" \t"):
                underline = marker
                break
        if count >= 0 and ends(state, line, line_max, True):
            break
        line += 1
    state.parentType = old_parent
    content = state.content(start, line)
    tag = "p"
    if underline:
        tag = "h1" if underline == "=" else "h2"
        line += 1
    state.line = line
    state.push_content(BLOCK, tag, content, [start, line]).markup = underline


def read_blocks(text: str, definitions: dict[str, dict[str, Any]]) -> list[BlockToken]:
    """The tokens of a text, whose content is not parsed yet.

    Args:
        text: Markdown; line ends and NUL as they stand in the file.
        definitions: is given those of references that are not in it yet.
    """
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    state = BlockState(text.replace("\0", "\ufffd"))
    tokenize(state, 0, state.lineMax)
    for label, definition in state.definitions.items():
        definitions.setdefault(label, definition)
    return state.tokens


def tokenize(state: BlockState, start: int, end: int) -> None:
    """Make the tokens of the lines from `start` up to `end`."""
    line = start
    src = state.src
    rules_at = _RULES_AT
    ends_table = ENDS["blockquote"]
    marks, ends_at, shifts, counts = state.bMarks, state.eMarks, state.tShift, state.sCount
    had_blank = False
    while line < end:
        while line < state.lineMax and marks[line] + shifts[line] >= ends_at[line]:
            line += 1
        state.line = line
        if line >= end or counts[line] < state.blkIndent:
            break
        if state.level >= DEEPEST:
            state.line = end
            break
        pos = marks[line] + shifts[line]
        if counts[line] - state.blkIndent >= CODE_INDENT:
            read_code(state, line, end)
        elif not (_may_be_table(state, line) and read_table(state, line, end, ends_table)):
            for begins, rule in rules_at.get(src[pos], ()):
                if (begins is None or begins.match(src, pos)) and rule(state, line, end, False):
                    break
            else:
                _paragraph(state, line, end)
        state.tight = not had_blank
        line = state.line
        # A paragraph may have taken a blank line after it in a nested list.
        if line - 1 < end and marks[line - 1] + shifts[line - 1] >= ends_at[line - 1]:
            had_blank = True
        if line < end and marks[line] + shifts[line] >= ends_at[line]:
            had_blank = True
            line += 1
            state.line = line
