"""markdown-it's parser, made fast and saying where inline tokens stand.

All that makes it fast is here, on top of markdown-it's public classes: its parsers, their rulers
and states, and its tokens. What a rule decides is decided by markdown-it's own rule, or by a
pattern that matches only what the rule would take in one certain way; tests compare the tokens
with those of markdown-it as it comes. Gains are of the time that parsing a megabyte of lists
takes.

- Only the rules that can begin at a character are asked there: `_Blocks`, `PlacedInline`.
- A paragraph looks at its further lines once, not once for being an underlined heading and once
  for being a paragraph: `_paragraph`.
- Links and images with plain addresses, and emphasis around plain words, are one match each:
  `_LINK`, `_IMAGE`, `_EMPHASIS`.
- Addresses stay as they are written: encoding them costs a quarter.
- Tokens are made without what a dataclass does for each: `_Token`.
- What nobody reads is not made: an image's alternative text is not parsed, and neighbouring texts
  are not joined, which would lose their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Literal, cast

from markdown_it import MarkdownIt, helpers, rules_block
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from peftlint.regex import regex
from peftlint.value import Value

Place = tuple[int, int]
NOWHERE: Place = (-1, -1)
BlockRule = Callable[[StateBlock, int, int, bool], bool]


#: What nearly all tokens have as attributes: the same for all, or a table of a megabyte takes
#: 15 MiB more while it is parsed. Rules that give a token some set others; none may change these.
_NONE: dict[str, Any] = cast(dict[str, Any], MappingProxyType({}))


class _Token(Token):
    """A token that is made in half the time."""

    __slots__ = ()

    def __init__(self, type: str, tag: str, nesting: Literal[-1, 0, 1], level: int = 0) -> None:
        self.type = type
        self.tag = tag
        self.nesting = nesting
        self.attrs = _NONE
        self.map = None
        self.level = level
        self.children = None
        self.content = ""
        self.markup = ""
        self.info = ""
        self.meta = _NONE
        self.block = False
        self.hidden = False


# Blocks


#: Which rules may begin a block at a character, in markdown-it's order; a line indented by four
#: is code before all of them, and a table is known by its second line.
_BLOCKS_AT: dict[str, tuple[BlockRule, ...]] = {
    "`": (rules_block.fence,),
    "~": (rules_block.fence,),
    ">": (rules_block.blockquote,),
    "-": (rules_block.hr, rules_block.list_block),
    "*": (rules_block.hr, rules_block.list_block),
    "_": (rules_block.hr,),
    "+": (rules_block.list_block,),
    "[": (rules_block.reference,),
    "<": (rules_block.html_block,),
    "#": (rules_block.heading,),
    **dict.fromkeys("0123456789", (rules_block.list_block,)),
}
#: What has to stand at its beginning for a rule to be asked at all.
_BEGINS: dict[BlockRule, re.Pattern[str]] = {
    rules_block.hr: re.compile(r"([-*_])[ \t]*\1"),
    rules_block.list_block: re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?![^ \t\n])"),
    # A label that ends in its first line has a colon behind it.
    rules_block.reference: re.compile(r"\[(?![^\[\]\\\n]*+(?:\[|\](?!:)))"),
    rules_block.fence: re.compile(r"```|~~~"),
}
#: Which rules may end a block of the one that is asked about, besides a table.
_ENDING: dict[str, tuple[BlockRule, ...]] = {
    "paragraph": (
        rules_block.fence,
        rules_block.blockquote,
        rules_block.hr,
        rules_block.list_block,
        rules_block.html_block,
        rules_block.heading,
    ),
    "list": (rules_block.fence, rules_block.blockquote, rules_block.hr),
}
_ENDING["reference"] = _ENDING["blockquote"] = _ENDING["paragraph"]
_ENDED_BY_TABLE = ("paragraph", "reference")
_RulesAt = dict[str, tuple[tuple[Callable[[str, int], Any] | None, BlockRule], ...]]


def _at(rules: tuple[BlockRule, ...]) -> _RulesAt:
    """For each character those of the rules that may begin there, with what is asked before."""
    chosen: _RulesAt = {}
    for character, all_here in _BLOCKS_AT.items():
        here = tuple(
            (_BEGINS[rule].match if rule in _BEGINS else None, rule)
            for rule in all_here
            if rule in rules
        )
        if here:
            chosen[character] = here
    return chosen


def _may_be_table(state: StateBlock, line: int) -> bool:
    """Whether the line after `line` begins as the second line of a table does."""
    if line + 1 >= state.lineMax:
        return False
    pos = state.bMarks[line + 1] + state.tShift[line + 1]
    return pos < state.eMarks[line + 1] and state.src[pos] in "|-:"


def _ending(rules: tuple[BlockRule, ...], by_table: bool) -> BlockRule:
    """One rule in the place of all that may end a block."""
    rules_at = _at(rules)

    def ends(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        src = state.src
        pos = state.bMarks[line] + state.tShift[line]
        if by_table and _may_be_table(state, line) and rules_block.table(state, line, end, silent):
            return True
        for begins, rule in rules_at.get(src[pos : pos + 1], ()):
            if (begins is None or begins(src, pos)) and rule(state, line, end, silent):
                return True
        return False

    return ends


def _paragraph(state: StateBlock, start: int, end: int, ends: BlockRule) -> None:
    """A paragraph, or an underlined heading: markdown-it's two rules, in one walk."""
    src = state.src
    line = start + 1
    line_max = state.lineMax
    marks, ends_at, shifts, counts = state.bMarks, state.eMarks, state.tShift, state.sCount
    indent = state.blkIndent
    underline = ""
    old_parent = state.parentType
    state.parentType = "paragraph"
    while line < line_max:
        pos = marks[line] + shifts[line]
        if pos >= ends_at[line]:
            break
        count = counts[line]
        if count - indent > _CODE_INDENT - 1:
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
    if line == start + 1:
        content = mdTrim(src[marks[start] + shifts[start] : ends_at[start]])
    else:
        content = mdTrim(state.getLines(start, line, indent, False))
    if underline:
        kind, tag = "heading", "h1" if underline == "=" else "h2"
        state.line = line + 1
    else:
        kind, tag = "paragraph", "p"
        state.line = line
    token = state.push(f"{kind}_open", tag, 1)
    token.markup = underline
    token.map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content = content
    token.map = [start, line]
    token.children = []
    token = state.push(f"{kind}_close", tag, -1)
    token.markup = underline


_CODE_INDENT = 4


_BLANKS = " \t"


class _BlockRuler(Ruler[BlockRule]):
    """A ruler that gives one rule in the place of all that may end a block."""

    def __init__(self) -> None:
        super().__init__()
        self.ending = {
            name: [_ending(rules, name in _ENDED_BY_TABLE)] for name, rules in _ENDING.items()
        }

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 - markdown-it's
        """See markdown-it: the rules of a chain."""
        return self.ending.get(chainName, [])

    def get_active_rules(self) -> list[str]:
        """See markdown-it: of the rules' names only this one is ever asked for."""
        return ["code"]


class _BlockState(StateBlock):
    """The state of markdown-it's block parser, whose lines and tokens are made faster."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(_BLANKS):
            # What no line end follows is a line only if there is something in it.
            lines.pop()
        self.lineMax = len(lines)
        # Each list ends with an entry for the end of the text.
        self.eMarks = [end - 1 for end in accumulate([len(line) + 1 for line in lines])]
        self.bMarks = [0, *[end + 1 for end in self.eMarks]]
        self.bMarks[-1] = len(src)
        self.eMarks.append(len(src))
        self.tShift = [len(line) - len(line.lstrip(_BLANKS)) for line in lines]
        self.sCount = self.tShift.copy()
        if "\t" in src:
            indents = zip(lines, self.tShift, strict=True)
            self.sCount = [len(line[:indent].expandtabs(4)) for line, indent in indents]
        self.tShift.append(0)
        self.sCount.append(0)
        self.bsCount = [0] * len(self.bMarks)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """See markdown-it: a new token."""
        if nesting < 0:
            self.level -= 1
        token = _Token(ttype, tag, nesting, self.level)
        token.block = True
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


class _Blocks(ParserBlock):
    """markdown-it's block parser, which asks only the rules that can begin at a character."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler = ruler = _BlockRuler()
        self._ends = ruler.ending["paragraph"][0]
        self._at = _at(tuple(rule for rules in _BLOCKS_AT.values() for rule in rules))

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803 - markdown-it's name
    ) -> list[Token]:
        """See markdown-it: the tokens of a text."""
        if src:
            state = _BlockState(src, md, env, outTokens)
            self.tokenize(state, state.line, state.lineMax)
        return outTokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """See markdown-it: make the tokens of some lines."""
        line, end = startLine, endLine
        src = state.src
        rules_at = self._at
        marks, ends_at, shifts, counts = state.bMarks, state.eMarks, state.tShift, state.sCount
        deepest = state.md.options.maxNesting
        had_blank = False
        while line < end:
            while line < state.lineMax and marks[line] + shifts[line] >= ends_at[line]:
                line += 1
            state.line = line
            if line >= end or counts[line] < state.blkIndent:
                break
            if state.level >= deepest:
                state.line = end
                break
            pos = marks[line] + shifts[line]
            if counts[line] - state.blkIndent >= _CODE_INDENT:
                rules_block.code(state, line, end, False)
            elif not (_may_be_table(state, line) and rules_block.table(state, line, end, False)):
                for begins, rule in rules_at.get(src[pos], ()):
                    if (begins is None or begins(src, pos)) and rule(state, line, end, False):
                        break
                else:
                    _paragraph(state, line, end, self._ends)
            state.tight = not had_blank
            line = state.line
            # A paragraph may have taken a blank line after it in a nested list.
            if line - 1 < end and state.isEmpty(line - 1):
                had_blank = True
            if line < end and state.isEmpty(line):
                had_blank = True
                line += 1
                state.line = line


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
    token = _Token("text", "", 0, level)
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
        token = _Token(ttype, tag, 0, self.level)
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

    def tokenize(self, state: StateInline) -> None:  # noqa: PLR0912, PLR0915 - the innermost loop
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


class Parser:
    """Markdown to tokens: CommonMark with tables and strikethrough."""

    def __init__(self) -> None:
        md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        md.options = _Options(md.options)  # type: ignore[assignment]
        self._inline = md.inline = PlacedInline()
        self._blocks = md.block = _Blocks()
        md.normalizeLink = _as_written  # type: ignore[method-assign]
        md.normalizeLinkText = _as_written  # type: ignore[method-assign, assignment]
        md.helpers = _Helpers()  # type: ignore[assignment]
        self._md = md

    def blocks(self, text: str, env: EnvType) -> list[Token]:
        """The tokens of blocks, whose content is not parsed yet.

        Args:
            text: Markdown; line ends and NUL as they stand in the file.
            env: is given the definitions of references.
        """
        if "\r" in text:
            text = _LINE_END.sub("\n", text)
        return self._blocks.parse(text.replace("\0", "\ufffd"), self._md, env, [])

    def inline(self, content: str, env: EnvType) -> tuple[list[Token], list[Place]]:
        """The tokens of a block's content, and the place of each in it.

        Args:
            content: that of a token of the kind `inline`.
            env: with the definitions of references, of the whole text.
        """
        return self._inline.parse_placed(content, self._md, env)


_LINE_END = regex(r"\r\n?")
