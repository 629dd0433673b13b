"""Links, badges and comments in a block of HTML, where Markdown is not read."""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.badge import is_badge_url
from peftlint.htmltag import Attribute, Tag, tags
from peftlint.markdown.node import Block
from peftlint.model import Badge, Comment, Link
from peftlint.role import role
from peftlint.source import Span


def read_html(block: Block) -> Iterator[Link | Badge | Comment]:
    """Yield what a block of kind `html` holds, in order of where each ends."""
    html, base = block.text, block.start
    opening: tuple[Tag, Attribute] | None = None
    for tag in tags(html):
        span = Span(base + tag.start, base + tag.end)
        if tag.name == "!--":
            yield Comment(html[tag.start + 4 : tag.end].removesuffix("-->"), span)
        elif tag.name == "img":
            source = tag.attributes.get("src")
            if source is not None and is_badge_url(source.value):
                yield _badge(tag, source, span, base)
        elif tag.name == "a" and not tag.is_closing:
            href = tag.attributes.get("href")
            opening = (tag, href) if href is not None else None
        elif tag.name == "a" and opening is not None:
            yield _link(*opening, tag, html, base)
            opening = None


def _badge(tag: Tag, source: Attribute, span: Span, base: int) -> Badge:
    alt = tag.attributes.get("alt")
    url_span = Span(base + source.start, base + source.end)
    shown = alt.value if alt else ""
    return Badge(source.value, None, None, shown, span, span, url_span, removal_span=span)


def _link(opening: Tag, href: Attribute, closing: Tag, html: str, base: int) -> Link:
    inner = html[opening.end : closing.start]
    label = _without_tags(inner)
    span = Span(base + opening.start, base + closing.end)
    return Link(
        label=label,
        url=href.value or None,
        form="html",
        role=role(label, href.value),
        span=span,
        label_span=Span(base + opening.end, base + closing.start),
        url_span=Span(base + href.start, base + href.end),
        outer_span=span,
        removal_span=span,
        only_image="<img" in inner and not label,
    )


def _without_tags(html: str) -> str:
    pieces: list[str] = []
    at = 0
    for tag in tags(html):
        pieces.append(html[at : tag.start])
        at = tag.end
    pieces.append(html[at:])
    return " ".join("".join(pieces).split())
