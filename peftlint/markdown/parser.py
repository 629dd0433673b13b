"""Markdown to markdown-it's tokens, by its own rules only where others do not do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from peftlint.markdown.blockparser import read_blocks
from peftlint.markdown.blockstate import RareBlockError
from peftlint.markdown.node import Place
from peftlint.regex import regex

if TYPE_CHECKING:
    from markdown_it.token import Token

    from peftlint.markdown.rareparser import RareParser


class Parser:
    """Markdown to tokens: CommonMark with tables and strikethrough."""

    def blocks(self, text: str, env: dict[str, Any]) -> list[Token]:
        """The tokens of blocks, whose content is not parsed yet.

        Args:
            text: Markdown; line ends and NUL as they stand in the file.
            env: is given the definitions of references.
        """
        if "\r" in text:
            text = _LINE_END.sub("\n", text)
        text = text.replace("\0", "\ufffd")
        # Once it is loaded it is used for all: what comes is not parsed in vain again.
        if "_rare" not in vars(self):
            try:
                return read_blocks(text)
            except RareBlockError:
                pass
        return self._rare.blocks(text, env)

    def inline(self, content: str, env: dict[str, Any]) -> tuple[list[Token], list[Place]]:
        """The tokens of a block's content, and the place of each in it.

        Args:
            content: that of a block's token.
            env: with the definitions of references, of the whole text.
        """
        return self._rare.inline(content, env)

    @cached_property
    def _rare(self) -> RareParser:
        """markdown-it's own."""
        # Loaded here: it takes as long as to read a short list, and a third of these do without.
        from peftlint.markdown.rareparser import RareParser

        return RareParser()


_LINE_END = regex(r"\r\n?")
