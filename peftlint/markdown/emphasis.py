"""Which marks of emphasis belong together, as markdown-it tells it.

Source: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis, and markdown-it-py's
rules `balance_pairs`, `emphasis` and `strikethrough`.
"""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.markdown.blockstate import WHITE_SPACE
from peftlint.markdown.inlinetoken import InlineToken

#: That of ASCII, each of which a backslash may stand before.
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
#: markdown-it strips these two, and does not take them for white space here.
_WHITE = frozenset(WHITE_SPACE) - {"\u2028", "\u2029"}


class Delimiter:
    """A mark that may open or close emphasis.

    Attributes:
        marker: `*`, `_` or `~`.
        length: of the run of marks in which it stands; 0 for `~`, with which it plays no part.
        token: the index of its token, which is a text so long as nothing else is known.
        opens, closes: whether it may.
        end: the index of the mark that closes it; -1 where none does.
    """

    __slots__ = ("closes", "end", "length", "marker", "opens", "token")

    def __init__(self, marker: str, length: int, token: int, opens: bool, closes: bool) -> None:
        self.marker = marker
        self.length = length
        self.token = token
        self.opens = opens
        self.closes = closes
        self.end = -1


def may_open_and_close(text: str, start: int, stop: int, end: int) -> tuple[bool, bool]:
    """Whether a run of marks may open emphasis, and whether it may close it.

    Args:
        text: in which it stands.
        start: where it begins.
        stop: where it ends.
        end: where what is looked at ends.
    """
    before = text[start - 1] if start else " "
    after = text[stop] if stop < end else " "
    white_before, white_after = before in _WHITE, after in _WHITE
    marks_before, marks_after = _is_punctuation(before), _is_punctuation(after)
    left = not white_after and (not marks_after or white_before or marks_before)
    right = not white_before and (not marks_before or white_after or marks_after)
    if text[start] != "_":
        return left, right
    return left and (not right or marks_before), right and (not left or marks_after)


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character in PUNCTUATION
    # Loaded here: most marks stand beside ASCII.
    import unicodedata

    return unicodedata.category(character)[0] in "PS"


def emphasize(tokens: list[InlineToken], delimiters: Sequence[Delimiter]) -> None:
    """Make tokens that open and close emphasis of the marks that belong together.

    Args:
        tokens: all of some content; those of marks are texts before.
        delimiters: the marks inside one link, or outside of all.
    """
    _match(delimiters)
    _strike(tokens, delimiters)
    _emphasize(tokens, delimiters)


def _match(delimiters: Sequence[Delimiter]) -> None:
    """Find the mark that each closing mark closes, in linear time: see markdown-it."""
    #: Below which no opening mark is left for closing ones of a kind.
    bottoms: dict[tuple[str, bool, int], int] = {}
    #: How many marks before each can be passed over.
    jumps: list[int] = []
    #: The first mark of the run, and the token of the mark before.
    first, last_token = 0, -2
    for index, closer in enumerate(delimiters):
        jumps.append(0)
        if delimiters[first].marker != closer.marker or last_token != closer.token - 1:
            first = index
        last_token = closer.token
        if not closer.closes:
            continue
        kind = closer.marker, closer.opens, closer.length % 3
        bottom = bottoms.get(kind, -1)
        at = new_bottom = first - jumps[first] - 1
        while at > bottom:
            opener = delimiters[at]
            if opener.marker == closer.marker and opener.opens and opener.end < 0:
                # The rule of three: see the specification.
                is_odd = (
                    (opener.closes or closer.opens)
                    and (opener.length + closer.length) % 3 == 0
                    and (opener.length % 3 != 0 or closer.length % 3 != 0)
                )
                if not is_odd:
                    passed = jumps[at - 1] + 1 if at and not delimiters[at - 1].opens else 0
                    jumps[index] = index - at + passed
                    jumps[at] = passed
                    closer.opens = opener.closes = False
                    opener.end = index
                    new_bottom = -1
                    last_token = -2
                    break
            at -= jumps[at] + 1
        if new_bottom != -1:
            bottoms[kind] = new_bottom


def _strike(tokens: list[InlineToken], delimiters: Sequence[Delimiter]) -> None:
    """Make tokens of what is struck through."""
    lone: list[int] = []
    for opening in delimiters:
        if opening.marker != "~" or opening.end < 0:
            continue
        closing = delimiters[opening.end].token
        _open(tokens[opening.token], "s", "~~")
        _close(tokens[closing], "s", "~~")
        if tokens[closing - 1].kind == "text" and tokens[closing - 1].content == "~":
            lone.append(closing - 1)
    # A run of odd length begins with a single mark, which goes behind what closes there.
    for first in reversed(lone):
        last = first + 1
        while last < len(tokens) and tokens[last].kind == "s_close":
            last += 1
        at = tokens[first].start
        tokens[first], tokens[last - 1] = tokens[last - 1], tokens[first]
        for token in tokens[first:last]:
            width = 2 if token.kind == "s_close" else 1
            token.start, token.end = at, at + width
            at += width


def _emphasize(tokens: list[InlineToken], delimiters: Sequence[Delimiter]) -> None:
    """Make tokens of what is emphasised; two marks side by side are strong."""
    index = len(delimiters) - 1
    while index >= 0:
        opening = delimiters[index]
        end = opening.end
        if opening.marker == "~" or end < 0:
            index -= 1
            continue
        closing = delimiters[end]
        before = delimiters[index - 1]
        is_strong = (
            index > 0
            and before.end == end + 1
            and before.marker == opening.marker
            and before.token == opening.token - 1
            and delimiters[end + 1].token == closing.token + 1
        )
        name, markup = ("strong", opening.marker * 2) if is_strong else ("em", opening.marker)
        _open(tokens[opening.token], name, markup)
        _close(tokens[closing.token], name, markup)
        if is_strong:
            tokens[before.token].content = tokens[delimiters[end + 1].token].content = ""
            index -= 1
        index -= 1


def _open(token: InlineToken, name: str, markup: str) -> None:
    token.kind, token.nesting = f"{name}_open", 1
    token.markup, token.content = markup, ""


def _close(token: InlineToken, name: str, markup: str) -> None:
    token.kind, token.nesting = f"{name}_close", -1
    token.markup, token.content = markup, ""
