"""Links that Markdown shows as text, or whose brackets stay behind, and what was meant by them.

What is a link is told by CommonMark 0.31, section 6.3: the label, directly behind it a
parenthesis, an address without a blank, and the closing parenthesis.
Only running text is looked at, and each of its brackets a fixed number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from peftlint.bracketing import has_address
from peftlint.model import Document, Link, Passage
from peftlint.origin import links_by_origin
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import Span
from peftlint.value import Value

BrokenKind = Literal[
    "blank in address",
    "blank before address",
    "brackets in address",
    "two addresses",
    "label not closed",
    "no address",
    "not closed",
    "not opened",
    "inside another",
    "swapped",
    "address in brackets",
    "full-width",
    "surplus parenthesis",
    "bracket not closed",
    "bracket not opened",
]


class Broken(Value):
    """A link that is broken.

    Attributes:
        span: what of it stands in the text.
        kind: how it is broken.
        label: what it is called.
        shown: the words that stand where its address belongs; empty where they do not matter.
        meant: what to write instead of `span`, where there is one reading; else `None`.
    """

    span: Span
    kind: BrokenKind
    label: str
    shown: str = ""
    meant: str | None = None


_ADDRESS = r"(?:https?:|ftp:|www\.)"
_SUSPECT = regex(
    rf"(?P<glued>\]\()"
    rf"|(?P<apart>\][ \t]{{1,8}}\((?=[ \t]?{_ADDRESS}))"
    rf"|(?P<swapped>\)[ \t]?\[(?={_ADDRESS}))"
    rf"|(?P<reference>\]\[(?={_ADDRESS}))"
    rf"|(?P<wide>\]\uff08(?={_ADDRESS}))"
    rf"|(?P<inside>(?<![\w\]])\[(?P<word>[^][()\s]{{1,24}})\((?={_ADDRESS}))",
    re.IGNORECASE,
)
_BRACKET = regex(r"[][()]")
#: An address is seldom longer than this.
_INNER = regex(r"[^()\r\n]{0,1000}")
_WHOLE = regex(r"[^][()\s]{1,1000}")
_WIDE = regex("[^\uff08\uff09\\s]{1,1000}\uff09")
_LIKE_ADDRESS = regex(rf"{_ADDRESS}|[#/]|\.\.?/|[\w.-]+\.(?:md|pdf|html?)\b", re.IGNORECASE)
_BLANK_OF_SCHEME = regex(r"^(https?:) ?// +|^(https?:) +//", re.IGNORECASE)
_NO_LABEL = regex(r"[\s\d^xX.,-]*")
_LONGEST_LABEL = 300
_WORDS_END = regex(r"[][(),;*_\r\n]")
_SEPARATORS = frozenset(("", " ", ",", ", ", " | ", "|", "  ", " / ", " & "))
_CLOSING = {"[": "]", "(": ")", "{": "}", "<": ">"}
_IN_BRACKETS = regex(r"\[[^][]*\]\(.*\)|[\[({<].*")


def broken_links(document: Document) -> Iterator[Broken]:
    """The broken links of a list, in the order of its passages."""
    yield from _in_addresses(document)
    if not document.passages:
        return
    links = [link for link in document.links if link.form not in ("bare", "placeholder")]
    starts = [link.span.start for link in links]
    for passage in document.passages:
        first = bisect_left(starts, passage.span.start)
        last = bisect_left(starts, passage.span.end, first)
        yield from _Passage(document, passage, links[first:last]).broken()


def _in_addresses(document: Document) -> Iterator[Broken]:
    """Links whose address is a link, or stands in brackets of its own."""
    origins = links_by_origin(document)
    for link in [one for origin in origins if origin[:1] in _CLOSING for one in origins[origin]]:
        if link.form != "inline" or not link.url:
            continue
        found = _IN_BRACKETS.fullmatch(link.url)
        if found is None or link.url_span is None:
            continue
        meant = None
        label, opening, rest = link.url[1:].partition("](")
        one = rest[:-1] if opening else link.url[1:-1]
        is_closed = link.url[-1] == _CLOSING[link.url[0]]
        if (opening and label == one) or (not opening and is_closed):
            shown = document.slice(link.span)
            at = shown.rfind(link.url)
            if _WHOLE.fullmatch(one) and at >= 0 and _LIKE_ADDRESS.match(one):
                meant = shown[:at] + one + shown[at + len(link.url) :]
        is_two = opening and label != one and _LIKE_ADDRESS.match(label) is not None
        kind: BrokenKind = "two addresses" if is_two else "brackets in address"
        yield Broken(link.span, kind, link.label or "", meant=meant)


class _Passage:
    """The brackets of a passage, each with the one that it belongs to."""

    def __init__(self, document: Document, passage: Passage, links: Sequence[Link]) -> None:
        self.text = document.text
        self.passage = passage
        self.links = links
        self.ending = {link.span.end: index for index, link in enumerate(links)}
        self.beginning = {link.span.start: index for index, link in enumerate(links)}
        #: A closing bracket's place to that of the one that opens it, and the lone ones.
        self.opened: dict[int, int] = {}
        self.lone: list[int] = []

    def broken(self) -> Iterator[Broken]:
        """The broken links in the passage."""
        self._pair()
        for span in self.passage.texts:
            if not has_address(self.text[span.start : span.end]):
                continue
            for match in _SUSPECT.finditer(self.text, span.start, span.end):
                found = self._judge(match)
                if found:
                    yield found
        yield from self._lone()

    def _pair(self) -> None:
        stacks: dict[str, list[int]] = {"]": [], ")": []}
        for span in self.passage.texts:
            for match in _BRACKET.finditer(self.text, span.start, span.end):
                at, mark = match.start(), match[0]
                if mark in "[(":
                    stacks["]" if mark == "[" else ")"].append(at)
                elif stacks[mark]:
                    self.opened[at] = stacks[mark].pop()
                elif at in self.ending:
                    self.lone.append(at)
        for stack in stacks["]"]:
            if stack + 1 in self.beginning:
                self.lone.append(stack)

    def _judge(self, match: re.Match[str]) -> Broken | None:  # noqa: PLR0911 - one for each kind
        at, end = match.span()
        if match["inside"]:
            return self._label_not_closed(match)
        start = self.opened.get(at)
        if match["glued"]:
            return self._glued(at, start)
        if start is None or at - start > _LONGEST_LABEL:
            return None
        label = self.text[start + 1 : at].strip("[] \t")
        if not label or _NO_LABEL.fullmatch(label) or "\n" in label or "\r" in label:
            return None
        if match["wide"]:
            inner = _WIDE.match(self.text, end, self.passage.span.end)
            if inner is None:
                return None
            meant = f"{self.text[start : at + 1]}({inner[0][:-1]})"
            return Broken(Span(start, inner.end()), "full-width", label, meant=meant)
        closing = ")" if match["apart"] else "]"
        inner = _WHOLE.match(self.text, end, self.passage.span.end)
        if inner is None or not self.text.startswith(closing, inner.end()):
            return None
        span = Span(start, inner.end() + 1)
        before = self.text[start : at + 1]
        meant = f"{before}({inner[0]})"
        if match["apart"]:
            is_sure = label_role(label) is not None
            return Broken(span, "blank before address", label, meant=meant if is_sure else None)
        if match["swapped"]:
            is_label = "[" not in before and "]" not in before
            meant = f"[{before[1:-1]}]({inner[0]})"
            return Broken(span, "swapped", label, meant=meant if is_label else None)
        return Broken(span, "address in brackets", label, meant=meant)

    def _label_not_closed(self, match: re.Match[str]) -> Broken | None:
        """`[Paper(https://..)]`."""
        inner = _WHOLE.match(self.text, match.end(), self.passage.span.end)
        if inner is None or not self.text.startswith(")]", inner.end()):
            return None
        if label_role(match["word"]) is None:
            return None
        return Broken(Span(match.start(), inner.end() + 2), "label not closed", match["word"])

    def _glued(self, at: int, start: int | None) -> Broken | None:  # noqa: PLR0911 - as above
        """`](` in running text."""
        text, limit = self.text, self.passage.span.end
        inner = _INNER.match(text, at + 2, limit)
        if inner is None:
            return None
        shown, end = inner[0].strip(), inner.end()
        is_closed = text.startswith(")", end) and end < limit
        is_like = _LIKE_ADDRESS.match(shown) is not None
        if at in self.ending:
            # `[[Title](..)](..)`: Markdown has no links inside links.
            if not (is_closed and is_like):
                return None
            first = self.links[self.ending[at]]
            start = first.span.start if start is None else start
            return Broken(Span(start, end + 1), "inside another", first.label or "")
        if start is None:
            if not (is_closed and is_like) or " " in shown:
                return None
            return Broken(Span(at, end + 1), "not opened", self._words_before(at), shown)
        label = text[start + 1 : at].strip("[] \t")
        if at - start > _LONGEST_LABEL:
            return None
        named = label_role(label) is not None or label.casefold() == shown.casefold()
        if not is_like and not named:
            return None
        first_word = shown.split(maxsplit=1)[0] if shown else ""
        if not is_closed:
            # As far as the address goes, without the brackets of what stands around it.
            if not is_like:
                return None
            stop = text.index(first_word, at + 2) + len(first_word)
            return Broken(
                Span(start, stop), "not closed", label, first_word, self._closed(start, stop)
            )
        if not is_like:
            return Broken(Span(start, end + 1), "no address", label, shown)
        if " " not in shown and "\t" not in shown:
            return None
        meant = None
        mended = _BLANK_OF_SCHEME.sub(lambda match: f"{match[1] or match[2]}//", shown)
        if mended != shown and _WHOLE.fullmatch(mended):
            meant = f"{text[start : at + 2]}{mended})"
        return Broken(Span(start, end + 1), "blank in address", label, shown, meant)

    def _closed(self, start: int, stop: int) -> str | None:
        """`[[Project](https://..]`: the parenthesis is missing before the outer bracket."""
        written = self.text[start:stop]
        if not written.endswith("]") or self.opened.get(stop - 1) is None:
            return None
        return None if "]" in written[written.index("](") + 2 : -1] else f"{written[:-1]})]"

    def _words_before(self, at: int) -> str:
        """The words in front of a label's end that has no start."""
        before = self.text[max(self.passage.span.start, at - 60) : at]
        return _WORDS_END.split(before)[-1].strip()

    def _lone(self) -> Iterator[Broken]:
        """Brackets beside a link that nothing opens or closes."""
        if not self.lone:
            return
        whole = self.text[self.passage.span.start : self.passage.span.end]
        if any(mark in whole for mark in ("\\[", "\\]", "\\(", "\\)", "&#")):
            return
        for at in self.lone:
            mark = self.text[at]
            if mark == "[":
                index = self.beginning[at + 1]
                link = self.links[index]
                span = Span(at, link.span.end)
                written = self.text[span.start : span.end]
                meant = f"{written}]" if self._is_in_row(index, at) else None
                yield Broken(span, "bracket not closed", link.label or "", meant=meant)
                continue
            index = self.ending[at]
            link = self.links[index]
            if link.url and link.url[0] in _CLOSING:
                continue
            span = Span(link.span.start, at + 1)
            written = self.text[span.start : span.end]
            if mark == ")":
                is_inside = self.text[at + 1 : at + 2] in ("[", "]")
                meant = written[:-1] if is_inside else None
                yield Broken(span, "surplus parenthesis", link.label or "", meant=meant)
            else:
                is_in_row = self._is_in_row(index, link.span.start)
                meant = f"[{written}" if is_in_row else None
                yield Broken(span, "bracket not opened", link.label or "", meant=meant)

    def _is_in_row(self, index: int, start: int) -> bool:
        """Whether the link before stands right here, in brackets of its own."""
        if not index:
            return False
        before = self.links[index - 1]
        outer = self.text[before.outer_span.start : before.span.start]
        between = self.text[before.outer_span.end : start]
        return outer == "[" and before.outer_span.end <= start and between in _SEPARATORS
