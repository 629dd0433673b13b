"""Headings, links, badges and comments in a block of HTML, where Markdown is not read."""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.badge import is_badge_url
from peftlint.htmltag import Attribute, Tag, quoted_span, tags
from peftlint.markdown.node import Block
from peftlint.model import Badge, Comment, Heading, Link
from peftlint.role import role
from peftlint.slug import slug
from peftlint.source import Lines, Span

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def headings_in(block: Block, lines: Lines) -> Iterator[Heading]:
    """Yield the headings in a block of kind `html` that begin a section.

    One in a table does not, nor one that is centered: that is the banner of the page.
    """
    html, base = block.text, block.start
    if "<h" not in html and "<H" not in html:
        return
    opening: Tag | None = None
    apart = 0
    for tag in tags(html):
        if tag.name in ("table", "center") or (tag.name == "div" and (apart or _is_centered(tag))):
            apart += -1 if tag.is_closing else 1
        elif tag.name in _HEADINGS and not tag.is_closing:
            opening = tag if apart <= 0 and not _is_centered(tag) else None
        elif opening is not None and tag.name == opening.name:
            inner = html[opening.end : tag.start]
            shown = without_entities(without_tags(inner))
            span = Span(base + opening.start, base + tag.end)
            if shown:
                level, line = int(tag.name[1]), lines.line(span.start)
                yield Heading(level, shown, span, line, slug(shown))
            opening = None


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
                yield _badge(tag, source, span, block)
        elif tag.name == "a" and not tag.is_closing:
            href = tag.attributes.get("href")
            opening = (tag, href) if href is not None else None
        elif tag.name == "a" and opening is not None:
            yield _link(*opening, tag, html, base)
            opening = None


def _badge(tag: Tag, source: Attribute, span: Span, block: Block) -> Badge:
    alt = tag.attributes.get("alt")
    url_span = Span(block.start + source.start, block.start + source.end)
    shown = alt.value if alt else ""
    made = Badge(source.value, None, None, shown, span, span, url_span, removal_span=span)
    made.alt_span = quoted_span(block.text, alt, block.start) if alt else None
    return made


def _link(opening: Tag, href: Attribute, closing: Tag, html: str, base: int) -> Link:
    inner = html[opening.end : closing.start]
    label = without_tags(inner)
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


def _is_centered(tag: Tag) -> bool:
    align = tag.attributes.get("align")
    return align is not None and align.value.lower() == "center"


def without_entities(text: str) -> str:
    """`text` as a reader sees it: `&amp;` is `&`."""
    if "&" not in text:
        return text
    import html  # its table of entities takes a millisecond to import

    return " ".join(html.unescape(text).split())


def without_tags(html: str) -> str:
    """The text of a piece of HTML, its blanks collapsed."""
    pieces: list[str] = []
    at = 0
    for tag in tags(html):
        pieces.append(html[at : tag.start])
        at = tag.end
    pieces.append(html[at:])
    return " ".join("".join(pieces).split())
