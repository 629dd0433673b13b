"""Inline content as markdown-it's tokens, with the place of each.

Content of the common kinds does not come here: see `peftlint.markdown.inline`. What is decided is
what markdown-it's rules decide, and in their order, so that also what no specification tells is
the same; tests compare the tokens with those of markdown-it as it comes. There is less in them,
and they say where they stand.

Source: https://spec.commonmark.org/0.31.2/#inlines, and markdown-it-py's `rules_inline`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from peftlint.markdown.destination import (
    is_refused,
    label_key,
    named,
    numbered,
    read_address,
    title_end,
)
from peftlint.markdown.emphasis import PUNCTUATION, Delimiter, emphasize, may_open_and_close
from peftlint.markdown.htmlblock import TAG
from peftlint.markdown.inlinetoken import InlineToken
from peftlint.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from peftlint.markdown.stretch import Definitions

#: Labels in labels are looked at no deeper than this.
_DEEPEST = 20
#: Where something may begin, and the closing bracket, with which a label may end.
_SPECIAL = regex(r"[\n!&*<\[\\\]_`~]")
_BLANKS = regex(r"[ \t]*+")
_WHITE = regex(r"[ \t\n]*+")
_BACKTICKS = regex(r"`++")
_MARKS = regex(r"\*++|_++|~++")
_ENTITY = regex(r"&(?:#([0-9]{1,7}|x[a-f0-9]{1,6})|([a-z][a-z0-9]{1,31}));", re.IGNORECASE)
_IN_ANGLES = regex(r"<([^<>]*+)>")
_ADDRESS = regex(r"[a-zA-Z][a-zA-Z0-9+.\-]{1,31}:[^<>\x00-\x20]*$")
_HOST = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_MAIL = regex(rf"[a-zA-Z0-9.!#$%&\'*+\/=?^_`{{|}}~-]+@{_HOST}(?:\.{_HOST})*$")
#: Tags, and HTML of other kinds by how it begins: how it ends, and how long it is at least.
_HTML = regex(
    rf"{TAG}|<!---?>|<!--(?:[^-]|-[^-]|--[^>])*-->|<[?][\s\S]*?[?]>|<![A-Za-z][^>]*>"
    r"|<!\[CDATA\[[\s\S]*?\]\]>"
)
_HTML_ENDS = (
    ("<!-->", ">", 5),
    ("<!--->", ">", 6),
    ("<!--", "-->", 7),
    ("<![CDATA[", "]]>", 12),
    ("<?", "?>", 4),
    ("<!", ">", 4),
    ("<", ">", 3),
)


def read_inline(content: str, definitions: Definitions) -> list[InlineToken]:
    """The tokens of a block's content.

    Args:
        content: of a token of a block.
        definitions: of references, of the whole text.
    """
    reader = _Reader(content, definitions)
    reader.read(0, len(content))
    for delimiters in reader.scopes:
        if delimiters:
            emphasize(reader.tokens, delimiters)
    return reader.tokens


class _Reader:
    """Reads content from its beginning to its end.

    A rule is asked at an offset, and gives the offset behind what it has read, or -1. Where it is
    only asked how far something goes, it makes no tokens.
    """

    def __init__(self, source: str, definitions: Definitions) -> None:
        self.source = source
        self.definitions = definitions
        self.tokens: list[InlineToken] = []
        #: The marks that stand in each link, and first those outside of all.
        self.scopes: list[list[Delimiter]] = [[]]
        self._delimiters = self.scopes[0]
        #: Those of what is around the links that are open.
        self._outer: list[list[Delimiter]] = []
        #: Where the text begins that is in no token yet.
        self._pending = 0
        #: Where what is looked at ends.
        self._end = 0
        self._depth = 0
        #: How far what begins at an offset goes.
        self._after: dict[int, int] = {}
        #: Where the last run of so many backticks stands.
        self._last_runs: dict[int, int] | None = None
        #: Where these last stand.
        self._last: dict[str, int] = {}

    def read(self, start: int, end: int) -> None:
        """Make the tokens from one offset up to another."""
        source = self.source
        outer, self._end = self._end, end
        self._pending = at = start
        while at < end:
            rule = _RULES.get(source[at])
            after = rule(self, at, False) if rule else -1
            if after < 0:
                found = _SPECIAL.search(source, at + 1, end)
                after = found.start() if found else end
            at = after
        self._flush(end)
        self._end = outer

    def _flush(self, at: int) -> None:
        """Make a token of the text before an offset."""
        if at > self._pending:
            text = self.source[self._pending : at]
            self.tokens.append(InlineToken("text", self._pending, at, text))
            self._pending = at

    def _push(self, kind: str, start: int, end: int, content: str = "") -> InlineToken:
        """Make a token of what stands from one offset up to another."""
        self._flush(start)
        token = InlineToken(kind, start, end, content)
        self.tokens.append(token)
        self._pending = end
        return token

    def _skip(self, at: int) -> int:
        """The offset behind what begins at another one."""
        known = self._after.get(at)
        if known is not None:
            return known
        source = self.source
        character = source[at]
        rule = _RULES.get(character)
        after = -1
        if rule is None:
            if character != "]":
                found = _SPECIAL.search(source, at, self._end)
                after = found.start() if found else self._end
        elif self._depth >= _DEEPEST:
            after = self._end
        elif rule is not _Reader.marks:
            self._depth += 1
            after = rule(self, at, True)
            self._depth -= 1
        if after < 0:
            after = at + 1
        self._after[at] = after
        return after

    def line_end(self, at: int, silent: bool) -> int:
        """A line end, with the blanks around it."""
        after = self._behind(_BLANKS, at + 1)
        if not silent:
            text = self.source[self._pending : at]
            self._flush(self._pending + len(text.rstrip(" ")))
            self._pending = at
            self._push("hardbreak" if text.endswith("  ") else "softbreak", at, after)
        return after

    def _behind(self, blanks: re.Pattern[str], at: int) -> int:
        """The offset behind white space."""
        found = blanks.match(self.source, at, self._end)
        return found.end() if found else at

    def escape(self, at: int, silent: bool) -> int:
        """A backslash with what follows it."""
        if at + 1 >= self._end:
            return -1
        character = self.source[at + 1]
        if character == "\n":
            after = self._behind(_BLANKS, at + 2)
            if not silent:
                self._push("hardbreak", at, after)
            return after
        if not silent:
            shown = character if character in PUNCTUATION else f"\\{character}"
            self._push("text_special", at, at + 2, shown)
        return at + 2

    def entity(self, at: int, silent: bool) -> int:
        """An entity."""
        found = _ENTITY.match(self.source, at)
        if found is None:
            return -1
        number, name = found.groups()
        shown = (numbered(number) or "\ufffd") if number else named(name)
        if shown is None:
            return -1
        if not silent:
            self._push("text_special", at, found.end(), shown)
        return found.end()

    def code(self, at: int, silent: bool) -> int:
        """Code, or backticks with which none begins."""
        source, end = self.source, self._end
        opening = _BACKTICKS.match(source, at, end)
        after = opening.end() if opening else at + 1
        width = after - at
        if self._last_runs is None:
            runs = _BACKTICKS.finditer(source)
            self._last_runs = {run.end() - run.start(): run.start() for run in runs}
        if self._last_runs.get(width, -1) < after:
            return after
        for run in _BACKTICKS.finditer(source, after):
            if run.end() > end:
                break
            if run.end() - run.start() == width:
                if not silent:
                    content = source[after : run.start()].replace("\n", " ")
                    if content[0] == content[-1] == " " and content.strip(" "):
                        content = content[1:-1]
                    self._push("code_inline", at, run.end(), content).markup = source[at:after]
                return run.end()
        return after

    def marks(self, at: int, silent: bool) -> int:
        """Marks that may open or close emphasis: a token each, or two `~`."""
        found = _MARKS.match(self.source, at, self._end)
        after = found.end() if found else at + 1
        if silent:
            return -1
        marker = self.source[at]
        opens, closes = may_open_and_close(self.source, at, after, self._end)
        width, length = 1, after - at
        if marker == "~":
            if length == 1:
                return -1
            if length % 2:
                self._push("text", at, at + 1, marker)
                at += 1
            width, length = 2, 0
        for start in range(at, after, width):
            self._push("text", start, start + width, marker * width)
            number = len(self.tokens) - 1
            self._delimiters.append(Delimiter(marker, length, number, opens, closes))
        return after

    def link(self, at: int, silent: bool) -> int:
        """A link with a label."""
        label_end = self._label_end(at, holds_links=False)
        if label_end < 0:
            return -1
        after, url = label_end + 1, None
        if after < self._end and self.source[after] == "(":
            after, url = self._destination(after + 1)
            if after < 0:
                return -1
            after += 1
        if url is None:
            after, url = self._referred(after, at + 1, label_end)
            if url is None:
                return -1
        if not silent:
            self._open(at, after, url)
            self.read(at + 1, label_end)
            self._close(label_end, after)
        return after

    def _open(self, at: int, after: int, url: str) -> InlineToken:
        """Make the token that opens a link."""
        token = self._push("link_open", at, after)
        token.nesting, token.url = 1, url
        self._depth += 1
        self._outer.append(self._delimiters)
        self._delimiters = []
        self.scopes.append(self._delimiters)
        return token

    def _close(self, at: int, after: int) -> InlineToken:
        """Make the token that closes a link."""
        token = self._push("link_close", at, after)
        token.nesting = -1
        self._depth -= 1
        self._delimiters = self._outer.pop()
        return token

    def image(self, at: int, silent: bool) -> int:
        """An image."""
        if self.source[at + 1 : min(at + 2, self._end)] != "[":
            return -1
        label_end = self._label_end(at + 1, holds_links=True)
        if label_end < 0:
            return -1
        after, url = label_end + 1, None
        if after < self._end and self.source[after] == "(":
            after, url = self._destination(after + 1)
            after += 1
        else:
            after, url = self._referred(after, at + 2, label_end)
        if url is None:
            return -1
        if not silent:
            self._push("image", at, after, self.source[at + 2 : label_end]).url = url
        return after

    def _label_end(self, at: int, *, holds_links: bool) -> int:
        """Where the label ends that begins with a bracket; -1 where none does."""
        source, end = self.source, self._end
        depth = 1
        at += 1
        while at < end:
            character = source[at]
            if character == "]":
                depth -= 1
                if not depth:
                    return at
            after = self._skip(at)
            if character == "[":
                if after == at + 1:
                    depth += 1
                elif not holds_links:
                    return -1
            at = after
        return -1

    def _destination(self, at: int) -> tuple[int, str | None]:
        """What stands in brackets behind a label.

        Args:
            at: the offset behind the opening bracket.

        Returns:
            Where the closing bracket stands, and the address; `None` for it where something else
            stands there, with -1 where nothing does.
        """
        source, end = self.source, self._end
        at = self._behind(_WHITE, at)
        if at >= end:
            return -1, None
        url = ""
        found = read_address(source, at, end)
        if found is not None and not is_refused(found[1]):
            at, url = found
        after = self._behind(_WHITE, at)
        if at < after < end:
            stop = title_end(source, after, end)
            if stop >= 0:
                after = self._behind(_WHITE, stop)
        return after, url if after < end and source[after] == ")" else None

    def _referred(self, at: int, start: int, end: int) -> tuple[int, str | None]:
        """Where a link or an image leads whose address is defined elsewhere.

        Args:
            at: behind its label.
            start: where that begins.
            end: where it ends.

        Returns:
            The offset behind it, and the address; `None` where nothing defines it.
        """
        if not self.definitions:
            return at, None
        label = ""
        after = end + 1
        if at < self._end and self.source[at] == "[":
            stop = self._label_end(at, holds_links=True)
            if stop >= 0:
                label = self.source[at + 1 : stop]
                after = stop + 1
        known = self.definitions.get(label_key(label or self.source[start:end]))
        return after, known["href"] if known else None

    def angle(self, at: int, silent: bool) -> int:
        """An address in angle brackets, or HTML."""
        found = _IN_ANGLES.match(self.source, at, self._end)
        if found:
            address = found[1]
            url = f"mailto:{address}" if _MAIL.match(address) else address
            if _ADDRESS.match(url):
                if is_refused(url):
                    return self._html(at, silent)
                if not silent:
                    after = found.end()
                    self._open(at, after, url).markup = "autolink"
                    self._pending = at + 1
                    self._push("text", at + 1, after - 1, address)
                    self._close(after - 1, after).markup = "autolink"
                return found.end()
        return self._html(at, silent)

    def _html(self, at: int, silent: bool) -> int:
        """A tag, a comment or other HTML."""
        source = self.source
        following = source[at + 1 : at + 2]
        is_tag = following in "!?/" or (following.isascii() and following.isalpha())
        if at + 2 >= self._end or not is_tag:
            return -1
        # Without an end in sight it is not looked for again and again.
        for opening, closing, length in _HTML_ENDS:
            if source.startswith(opening, at):
                if closing not in self._last:
                    self._last[closing] = source.rfind(closing)
                if self._last[closing] + len(closing) - at < length:
                    return -1
                break
        found = _HTML.match(source, at)
        if found is None:
            return -1
        if not silent:
            self._push("html_inline", at, found.end(), found[0])
        return found.end()


_RULES: dict[str, Callable[[_Reader, int, bool], int]] = {
    "\n": _Reader.line_end,
    "\\": _Reader.escape,
    "`": _Reader.code,
    "~": _Reader.marks,
    "*": _Reader.marks,
    "_": _Reader.marks,
    "[": _Reader.link,
    "!": _Reader.image,
    "<": _Reader.angle,
    "&": _Reader.entity,
}
