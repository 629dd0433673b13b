"""A piece of inline content with its place in it."""

from __future__ import annotations


class InlineToken:
    """What markdown-it has a token for, with less in it, and a place.

    Attributes:
        kind: markdown-it's type of it.
        start, end: where it stands in the content; an opening link stands for all of the link.
        content: what it shows, or its source.
        markup: the marks of emphasis; `autolink` for a link that is written as its address.
        nesting: 1 where it opens something, -1 where it closes that.
        url: where a link or an image leads.
    """

    __slots__ = ("content", "end", "kind", "markup", "nesting", "start", "url")

    def __init__(self, kind: str, start: int, end: int, content: str = "") -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.content = content
        self.markup = ""
        self.nesting = 0
        self.url = ""
