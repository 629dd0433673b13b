"""markdown-it's inline parser, which also says where each token stands.

markdown-it gives inline tokens no offsets. Its own rules are run here in a loop that knows
where it stands before and after each of them.
"""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from peftlint.regex import regex

Place = tuple[int, int]
NOWHERE: Place = (-1, -1)

# The characters at which one of the enabled inline rules may begin, and the closing bracket,
# at which a label may end. markdown-it's own set is wider, for extensions that are not used.
_SPECIAL = regex(r"[\n!&*<\[\\\]_`~]")
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
        state = StateInline(source, md, env, [])
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
        rules = self._at.get(state.src[pos])
        ok = False
        if rules is None:
            if state.src[pos] != "]":
                found = _SPECIAL.search(state.src, pos, state.posMax)
                state.pos = found.start() if found else state.posMax
                ok = True
        elif state.level < state.md.options["maxNesting"]:
            for rule in rules:
                state.level += 1
                ok = rule(state, True)
                state.level -= 1
                if ok:
                    break
        else:
            state.pos = state.posMax
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
        deepest = state.md.options["maxNesting"]
        pending = -1
        pos = state.pos
        while pos < end:
            rules = at.get(source[pos])
            if rules is None:
                if pending < 0:
                    pending = pos
                found = _SPECIAL.search(source, pos + 1, end)
                stop = found.start() if found else end
                state.append_pending(source[pos:stop])
                state.pos = pos = stop
                continue
            before = len(tokens)
            ok = False
            if state.level < deepest:
                for rule in rules:
                    ok = rule(state, False)
                    if ok:
                        break
            if not ok:
                if pending < 0:
                    pending = pos
                state.append_pending(source[pos])
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
