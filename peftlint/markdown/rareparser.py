"""markdown-it's parser, made fast and saying where inline tokens stand.

What it is needed for is not in every list, and to load markdown-it takes as long as to read a
short one: `peftlint.markdown.parser` does that when it comes to it. It stands on markdown-it's
public classes: its parsers, their rulers and states, and its tokens. What a rule decides is decided
by markdown-it's own rule, or by a pattern that matches only what the rule would take in one certain
way; tests compare the tokens with those of markdown-it as it comes. Blocks are in
`peftlint.markdown.rareblock`; content of the common kinds does not come here: see
`peftlint.markdown.inline`. Gains are of the time that parsing a megabyte of lists takes.

- Only the rules that can begin at a character are asked there: `PlacedInline`.
- Addresses stay as they are written: encoding them costs a quarter.
- What nobody reads is not made: an image's alternative text is not parsed, and neighbouring texts
  are not joined, which would lose their places.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, cast

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from peftlint.markdown.node import NOWHERE, Place
from peftlint.markdown.rareblock import Blocks, MadeToken
from peftlint.regex import regex
from peftlint.value import Value

# Addresses


def _as_written(url: str) -> str:
    return url


# An `&` is one of it where it begins no entity.
_IN_ADDRESS = r"[^\s\\&<>()\x00-\x20\x7f]"
_ADDRESS = rf"https?://{_IN_ADDRESS}++(?:&(?![#0-9A-Za-z]*;){_IN_ADDRESS}*+)*+"
# An address as nearly all are: nothing in it that Markdown gives a meaning, and its end in sight.
_PLAIN_ADDRESS = regex(_ADDRESS + r"(?=\))")


class _Destination(Value):
    ok: bool
    pos: int
    str: str


class _Helpers:
    """markdown-it's helpers, with a short way for plain addresses.

    Its own walks over an address character by character: a sixth of the whole parse.
    """

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815 - markdown-it's names
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkDestination(text: str, start: int, end: int) -> _Destination:  # noqa: N802
        """See markdown-it: read an address that begins at `start`."""
        match = _PLAIN_ADDRESS.match(text, start, end)
        if match is None:
            found = helpers.parseLinkDestination(text, start, end)
            return _Destination(found.ok, found.pos, found.str)
        return _Destination(True, match.end(), match[0])


# Inline content


# The characters at which one of the enabled inline rules may begin, and the closing bracket,
# at which a label may end. markdown-it's own set is wider, for extensions that are not used.
_SPECIAL = regex(r"[\n!&*<\[\\\]_`~]")
#: Marks that are looked at when all is read, and are nothing in the search for a label's end.
_PAIRED = "*_~"
_RULES_AT = {
    "\n": ("newline",),
    "\\": ("escape",),
    "`": ("backticks",),
    "~": ("strikethrough",),
    "*": ("emphasis",),
    "_": ("emphasis",),
    "[": ("link",),
    "!": ("image",),
    "<": ("autolink", "html_inline"),
    "&": ("entity",),
}


def _text(content: str, level: int) -> Token:
    token: Token = MadeToken("text", "", 0, level)
    token.content = content
    return token


class _InlineState(StateInline):
    """The state of markdown-it's inline parser, whose texts and lone tokens are made faster."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """See markdown-it: a new token."""
        if nesting:
            return super().push(ttype, tag, nesting)
        if self.pending:
            self.pushPending()
        token: Token = MadeToken(ttype, tag, 0, self.level)
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(None)
        return token

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it's name
        """See markdown-it: a token of the text before."""
        token = _text(self.pending, self.pendingLevel)
        self.tokens.append(token)
        self.pending = ""
        return token


class PlacedInline(ParserInline):
    """markdown-it's inline parser, which also says where each token stands.

    The rules are markdown-it's. The loop around them is replaced: it asks only the rules that
    can begin at a character, and notes the place of what they push.
    """

    def __init__(self) -> None:
        super().__init__()
        # The two join neighbouring text tokens, whose places would be lost.
        self.ruler2.disable("fragments_join")
        named = {rule.name: rule.fn for rule in self.ruler.__rules__}
        self._at: dict[str, tuple[Callable[[StateInline, bool], bool], ...]] = {
            character: tuple(named[name] for name in names)
            for character, names in _RULES_AT.items()
        }
        self._places: list[Place] = []
        self._label_end = 0

    def parse(
        self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]
    ) -> list[Token]:  # pragma: no cover - see below
        """Do nothing: only images call it, for an alternative text that is taken as written."""
        return tokens

    def parse_placed(
        self, source: str, md: MarkdownIt, env: EnvType
    ) -> tuple[list[Token], list[Place]]:
        """The tokens of `source`, and the place of each in it."""
        if _SPECIAL.search(source) is None:
            return ([_text(source, 0)], [(0, len(source))]) if source else ([], [])
        state = _InlineState(source, md, env, [])
        self._places = []
        self.tokenize(state)
        if state.delimiters or any(state.tokens_meta):
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens, self._places

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """See markdown-it: move past one token without making it."""
        pos = state.pos
        cache = state.cache
        if pos in cache:
            state.pos = cache[pos]
            return
        character = state.src[pos]
        rules = self._at.get(character)
        ok = False
        if rules is None:
            if character != "]":
                found = _SPECIAL.search(state.src, pos, state.posMax)
                state.pos = found.start() if found else state.posMax
                ok = True
        elif state.level >= state.md.options.maxNesting:
            state.pos = state.posMax
        elif character not in _PAIRED:
            for rule in rules:
                state.level += 1
                ok = rule(state, True)
                state.level -= 1
                if ok:
                    break
        if not ok:
            state.pos += 1
        cache[pos] = state.pos

    def tokenize(self, state: StateInline) -> None:
        """See markdown-it: make the tokens from `state.pos` to `state.posMax`."""
        source = state.src
        tokens = state.tokens
        end = state.posMax
        places = self._places
        places.extend([NOWHERE] * (len(tokens) - len(places)))
        at = self._at
        deepest = state.md.options.maxNesting
        pending = -1
        pos = state.pos
        while pos < end:
            character = source[pos]
            rules = at.get(character)
            if rules is None:
                if pending < 0:
                    pending = pos
                found = _SPECIAL.search(source, pos + 1, end)
                stop = found.start() if found else end
                state.append_pending(source[pos:stop])
                state.pos = pos = stop
                continue
            ok = False
            if state.level < deepest:
                before = len(tokens)
                for rule in rules:
                    ok = rule(state, False)
                    if ok:
                        break
            if not ok:
                if pending < 0:
                    pending = pos
                state.append_pending(character)
                state.pos = pos = pos + 1
                continue
            if len(tokens) == before:
                # Backticks that close nothing are text.
                if pending < 0:
                    pending = pos
            else:
                self._note(tokens, before, pending, pos, state.pos)
                pending = -1
            pos = state.pos
        if pending >= 0 and state.pending:
            content = state.pushPending().content
            places.append((pending, pending + len(content)))
        self._label_end = end

    def _note(self, tokens: list[Token], before: int, pending: int, start: int, end: int) -> None:
        """Note the places of the tokens from `before` on, which one rule pushed."""
        places = self._places
        places.extend([NOWHERE] * (len(tokens) - len(places)))
        if pending >= 0 and start > pending and tokens[before].type == "text":
            length = len(tokens[before].content)
            places[before] = (pending, pending + length)
            before += 1
        last = len(tokens) - 1
        if before > last:
            return
        if tokens[before].type == "link_open":
            places[before] = (start, end)
            if tokens[before].markup == "autolink":
                places[before + 1 : last] = [(start + 1, end - 1)] * (last - before - 1)
                places[last] = (end - 1, end)
            else:
                places[last] = (self._label_end, end)
            return
        at = start
        for index in range(before, last + 1):
            if tokens[index].type == "text":
                length = len(tokens[index].content)
                places[index] = (at, at + length)
                at += length
            else:
                places[index] = (start, end)


# The parser


class _Options(dict[str, Any]):
    """The options of a parser, which rules ask for several times in each block."""

    @property
    def maxNesting(self) -> int:  # noqa: N802 - markdown-it's name
        """How deep blocks and links may be nested."""
        return cast(int, self["maxNesting"])


class RareParser:
    """Markdown to tokens: CommonMark with tables and strikethrough."""

    def __init__(self) -> None:
        md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        md.options = _Options(md.options)  # type: ignore[assignment]
        self._inline = md.inline = PlacedInline()
        self._blocks = md.block = Blocks()
        md.normalizeLink = _as_written  # type: ignore[method-assign]
        md.normalizeLinkText = _as_written  # type: ignore[method-assign, assignment]
        md.helpers = _Helpers()  # type: ignore[assignment]
        self._md = md

    def blocks(self, text: str, env: EnvType) -> list[Token]:
        """As `peftlint.markdown.parser.Parser.blocks`, with a line feed at the end of each line."""
        return self._blocks.parse(text, self._md, env, [])

    def inline(self, content: str, env: EnvType) -> tuple[list[Token], list[Place]]:
        """As `peftlint.markdown.parser.Parser.inline`."""
        return self._inline.parse_placed(content, self._md, env)
