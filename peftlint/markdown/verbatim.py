"""Blocks that are kept as they are written when a page is written anew.

Definitions of links and of footnotes stay where they stand, also those that nothing refers to:
`[//]: # (...)` is how some pages write a comment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore, inline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from peftlint.regex import regex

#: The type of the tokens whose content is their source.
SOURCE = "peftlint_source"
#: How far what follows the first line of a footnote is indented.
_INDENT = 4
#: A task, whose box is made of its content.
_TASK = regex(r"\[[ xX]\] ")
_FOOTNOTE = regex(r"\[\^[^\s\[\]]{1,999}\]:")

Parser = MarkdownIt
ParserState = StateCore


def keep_source(parser: Parser) -> None:
    """Let a parser make tokens of definitions, with their source as content."""
    parser.block.ruler.at("reference", _reference, {"alt": []})
    parser.block.ruler.before(
        "reference", "peftlint_footnote", _footnote, {"alt": ["paragraph", "reference"]}
    )
    parser.add_render_rule(SOURCE, _as_html)


def keep_content(parser: Parser, is_kept: Callable[[ParserState, int], bool]) -> None:
    """Let a parser leave content of paragraphs and cells as it is, without tokens of its own.

    Args:
        parser: any.
        is_kept: whether what begins in a line, counted from 0, stays as it is.
    """

    def parse_content(state: StateCore) -> None:
        tokens = state.tokens
        others = [
            token
            for number, token in enumerate(tokens)
            if token.type == "inline"
            and not (
                token.map
                and is_kept(state, token.map[0])
                and tokens[number - 1].type != "heading_open"
                and not _TASK.match(token.content)
            )
        ]
        state.tokens = others
        inline(state)
        state.tokens = tokens

    parser.core.ruler.at("inline", parse_content)


def _as_html(
    _self: object, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    content = tokens[index].content.replace("&", "&amp;").replace("<", "&lt;")
    return f"<pre>{content}</pre>\n"


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not reference(state, start, end, silent):
        return False
    if not silent:
        _push(state, start)
    return True


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The definition of a footnote, with what is indented below it.

    As GitHub has them: https://github.com/github/cmark-gfm
    """
    if state.is_code_block(start):
        return False
    if not _FOOTNOTE.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    if silent:
        return True
    ending = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while line < end:
        if state.isEmpty(line):
            while line < end and state.isEmpty(line):
                line += 1
            if line == end or state.sCount[line] - state.blkIndent < _INDENT:
                break
        elif state.sCount[line] - state.blkIndent < _INDENT and (
            state.sCount[line] < state.blkIndent
            or any(rule(state, line, end, True) for rule in ending)
        ):
            break
        line += 1
    while state.isEmpty(line - 1):
        line -= 1
    state.line = line
    _push(state, start)
    return True


def _push(state: StateBlock, start: int) -> None:
    """A token for the lines from `start`, or more content for the one that ends there."""
    content = state.getLines(start, state.line, state.blkIndent, False).rstrip("\n")
    last = state.tokens[-1] if state.tokens else None
    if last is not None and last.type == SOURCE and last.map and last.map[1] == start:
        last.content += f"\n{content}"
        last.map = [last.map[0], state.line]
        return
    token = state.push(SOURCE, "", 0)
    token.content = content
    token.map = [start, state.line]
