"""Blocks as markdown-it's own rules read them, where a text has some of a rare kind.

These are code, quotes and definitions of references. All other blocks of such a text are
read as in one without: see `peftlint.markdown.blockparser`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from markdown_it import MarkdownIt, rules_block
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from peftlint.markdown.blockparser import ENDS, tokenize
from peftlint.markdown.blockstate import BlockState
from peftlint.markdown.blocktoken import BlockToken
from peftlint.markdown.tableblock import BlockRule


class MadeToken(Token):
    """A token that is made in half the time."""

    __slots__ = ()

    __init__ = BlockToken.__init__


class _BlockRuler(Ruler[BlockRule]):
    """A ruler that gives one rule in the place of all that may end a block."""

    def __init__(self) -> None:
        super().__init__()
        self.ending = {name: [ends] for name, ends in ENDS.items()}

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 - markdown-it's
        """See markdown-it: the rules of a chain."""
        return self.ending.get(chainName, [])

    def get_active_rules(self) -> list[str]:
        """See markdown-it: of the rules' names only this one is ever asked for."""
        return ["code"]


class _RareState(BlockState, StateBlock):
    """The state of markdown-it's block parser, whose lines and tokens are made faster."""

    token = MadeToken

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        StateBlock.__init__(self, "", md, env, tokens)
        BlockState.__init__(self, src, tokens)

    def rare_rule(self, name: str) -> Callable[..., bool]:
        """See `BlockState`."""
        return cast(Callable[..., bool], getattr(rules_block, name))


class Blocks(ParserBlock):
    """markdown-it's block parser, which asks only the rules that can begin at a character."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler = _BlockRuler()  # type: ignore[assignment]

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803 - markdown-it's name
    ) -> list[Token]:
        """See markdown-it: the tokens of a text."""
        if src:
            state = _RareState(src, md, env, outTokens)
            self.tokenize(state, 0, state.lineMax)
        return outTokens

    tokenize = staticmethod(tokenize)  # type: ignore[assignment]
