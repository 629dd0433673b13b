"""The tags in a piece of HTML, with exact places.

Only what a list needs: names, attributes and where they stand. The scan is linear on any text,
which no regular expression for tags with quoted attributes is, and needs no import; the
standard library's parser takes 3 ms to import and was quadratic until 2025 (CVE-2025-6069).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from peftlint.source import Span
from peftlint.value import Value

_BLANKS = " \t\r\n\f"
_NAME_END = frozenset(_BLANKS + "/>")
#: The tags of so short a piece of HTML, most often one, are remembered.
_SHORT = 100


class Attribute(Value):
    """The value of an attribute as written, and where it stands without its quotes."""

    value: str
    start: int
    end: int


class Tag(Value):
    """A tag or a comment.

    Attributes:
        name: in lower case; `!--` for a comment.
        is_closing: whether it is `</name>`.
        attributes: by lower-case name, the first of each.
        start, end: where it stands, in code points into the text given.
    """

    name: str
    is_closing: bool
    attributes: dict[str, Attribute]
    start: int
    end: int


def tags(html: str) -> Iterator[Tag]:
    """Yield the tags and comments in `html`, in order.

    A tag that is never closed, or whose quote is never closed, ends the scan: a browser takes
    the rest for it, too.
    """
    return iter(_few_tags(html)) if len(html) <= _SHORT else _tags(html)


@lru_cache(maxsize=512)  # the reader and three rules ask about each, and `<br>` is everywhere
def _few_tags(html: str) -> tuple[Tag, ...]:
    return tuple(_tags(html))


def _tags(html: str) -> Iterator[Tag]:
    at = html.find("<")
    while at >= 0:
        if html.startswith("<!--", at):
            # `<!-->` is an empty comment.
            end = html.find("-->", at + 2)
            end = len(html) if end < 0 else end + 3
            yield Tag("!--", False, {}, at, end)
            at = html.find("<", end)
            continue
        closing = html.startswith("/", at + 1)
        start = at + 1 + closing
        if not html[start : start + 1].isalpha():
            at = html.find("<", at + 1)
            continue
        tag = _tag(html, at, start, closing)
        if tag is None:
            return
        yield tag
        at = html.find("<", tag.end)


def _tag(html: str, at: int, start: int, closing: bool) -> Tag | None:
    length = len(html)
    end = start
    while end < length and html[end] not in _NAME_END:
        end += 1
    name = html[start:end].lower()
    attributes: dict[str, Attribute] = {}
    while end < length:
        if html[end] == ">":
            return Tag(name, closing, attributes, at, end + 1)
        if html[end] in _BLANKS or html[end] == "/":
            end += 1
            continue
        key_start = end
        while (
            end < length and html[end] not in _NAME_END and (html[end] != "=" or end == key_start)
        ):
            end += 1
        key = html[key_start:end].lower()
        value_start = end
        while value_start < length and html[value_start] in _BLANKS:
            value_start += 1
        if not html.startswith("=", value_start):
            attributes.setdefault(key, Attribute("", end, end))
            continue
        value_start += 1
        while value_start < length and html[value_start] in _BLANKS:
            value_start += 1
        quote = html[value_start : value_start + 1]
        if quote and quote in "\"'":
            value_start += 1
            value_end = html.find(quote, value_start)
            if value_end < 0:
                return None
            end = value_end + 1
        else:
            value_end = value_start
            while value_end < length and html[value_end] not in _BLANKS and html[value_end] != ">":
                value_end += 1
            end = value_end
        value = Attribute(html[value_start:value_end], value_start, value_end)
        attributes.setdefault(key, value)
    return None


def quoted_span(html: str, attribute: Attribute, base: int) -> Span | None:
    """Where the value of an attribute stands, if it has quotes and so can be any text.

    Args:
        html: what the attribute was read from.
        attribute: its places are in `html`.
        base: where `html` begins in the text that the span points into.
    """
    if html[attribute.start - 1 : attribute.start] not in ('"', "'"):
        return None
    return Span(base + attribute.start, base + attribute.end)
