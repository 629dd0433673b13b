"""The places of a page that a link to `#name` can reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from peftlint.htmltag import Tag, tags
from peftlint.model import Document, Heading, Html, Link
from peftlint.regex import regex
from peftlint.slug import Slugger, slug
from peftlint.source import Span
from peftlint.value import Value

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAMES = ("id", "name")
#: What names things, or is a heading, in a piece of HTML.
_NAMES_SOMETHING = regex(r"\b(?:id|name)\s*=|<h[1-6]\b", re.IGNORECASE)
#: An anchor that site generators take from the end of a heading, as in `## Papers {#papers}`.
_OWN_NAME = regex(r"\{#([^\s{}]{1,200})\}")
#: The top of the page, and what GitHub has of its own: its name for a README, and lines of a file.
_ALWAYS = regex(r"|top|readme|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?")
#: Written by programs: footnotes, routes of a site, and text to search for.
_FOREIGN = regex(r"fn(?:ref)?[:\d-]|user-content-fn|[/!]|:~:")
_PREFIX = "user-content-"


class HeadingAnchor(Value):
    """A heading's anchor.

    Attributes:
        name: as GitHub gives it, with the number of a repeat.
        span: the heading.
        heading: `None` where it is HTML that begins no section.
        is_certain: whether all blanks of the heading are ones that it shows; else a tag or an
            image stands beside some, and who counts blanks may count otherwise.
    """

    name: str
    span: Span
    heading: Heading | None
    is_certain: bool


class Anchors(Value):
    """The anchors of a page.

    Attributes:
        headings: those that GitHub gives to headings, in order.
        names: all of them, with those that the page itself gives by `id` and `name` of a tag.
    """

    headings: tuple[HeadingAnchor, ...]
    names: frozenset[str]


def anchors(document: Document) -> Anchors:
    """The anchors of `document`, found once for all who ask."""
    return document.once(_anchors)


def _anchors(document: Document) -> Anchors:
    given: set[str] = set()
    slugs: dict[Span, tuple[str, str, Heading | None]] = {}
    for heading in document.headings:
        slugs[heading.span] = (heading.slug, heading.text, heading)
        if "{#" in heading.text:
            given.update(_OWN_NAME.findall(heading.text))
    for span, text in _in_html(document.html, given):
        slugs.setdefault(span, (slug(text), text, None))
    slugger = Slugger()
    headings: list[HeadingAnchor] = []
    for span, (wanted, text, section) in sorted(slugs.items(), key=lambda item: item[0]):
        # A tag or an image beside a blank: whether that blank counts is not told.
        tidy = slug(" ".join(text.split()))
        name = slugger.anchor(wanted)
        headings.append(HeadingAnchor(name, span, section, tidy == wanted))
        given.update((name, tidy))
    return Anchors(tuple(headings), frozenset(given))


def _in_html(pieces: Iterable[Html], given: set[str]) -> Iterator[tuple[Span, str]]:
    """Yield the headings in HTML with their text; `given` gets the names of tags."""
    for piece in pieces:
        source, start = piece.source, piece.span.start
        if not _NAMES_SOMETHING.search(source):
            continue
        opening: Tag | None = None
        pieces_of_text: list[str] = []
        end = 0
        for tag in tags(source):
            for key in _NAMES:
                if (attribute := tag.attributes.get(key)) and attribute.value:
                    given.add(attribute.value)
            if opening is not None:
                pieces_of_text.append(source[end : tag.start])
            end = tag.end
            if tag.name not in _HEADINGS:
                continue
            if not tag.is_closing:
                opening = tag
                pieces_of_text = []
            elif opening is not None:
                span = Span(start + opening.start, start + tag.end)
                yield span, "".join(pieces_of_text).strip()
                opening = None


def fragment(link: Link) -> str | None:
    """The name of the place in the page that a link means to open; `None` where it means none."""
    url = link.url
    if url is None or not url.startswith("#"):
        return None
    name = url[1:]
    if "%" in name:
        name = unquote(name)
    name = name.removeprefix(_PREFIX)
    return None if _ALWAYS.fullmatch(name) or _FOREIGN.match(name) else name


#: Longer names are not compared letter by letter.
_LONGEST = 60
#: In a shorter name, one letter makes another word.
_SHORTEST = 6


class Nearest:
    """Finds the heading that a link means whose name is no anchor.

    Args:
        headings: the anchors of the page's headings; one that is not certain is not found.
        used: the names that other links of the page open, in lower case.
        sought: all names that will be asked for.
    """

    __slots__ = ("_apart", "_keys", "_names", "_slugs", "_sought", "_spans", "_used")

    def __init__(
        self, headings: Sequence[HeadingAnchor], used: Iterable[str], sought: Iterable[str]
    ) -> None:
        self._used = frozenset(used)
        self._sought = frozenset(name.lower() for name in sought)
        certain = [anchor for anchor in headings if anchor.is_certain]
        self._names = [anchor.name for anchor in certain]
        self._spans = {anchor.name: anchor.span for anchor in certain}
        self._keys: dict[str, set[str]] = {}
        self._slugs: dict[str, set[str]] = {}
        for anchor in certain:
            name = anchor.name
            letters = key(name)
            _add(self._keys, letters, name)
            if anchor.heading is not None:
                wanted = anchor.heading.slug
                _add(self._slugs, letters if wanted == name else key(wanted), name)
        self._apart: dict[str, set[str]] | None = None

    def anchor(self, name: str, link: Link) -> str | None:
        """The one anchor that is nearly `name`, or whose heading says what the link does.

        Args:
            name: what the link opens.
            link: whose it is; a heading that holds it is not what it means.
        """
        near = _only(self._keys.get(key(name)))
        if near is None and link.label:
            near = self._free(self._slugs.get(key(link.label)))
        if near is None:
            near = self._free(self._one_letter_apart(name.lower()))
        return None if near is None or self._spans[near].contains(link.span) else near

    def _free(self, names: set[str] | None) -> str | None:
        """The one of `names`, unless another link opens it: that place is spoken for."""
        found = _only(names)
        return None if found is None or found in self._used else found

    def _one_letter_apart(self, name: str) -> set[str] | None:
        if not _SHORTEST <= len(name) <= _LONGEST:
            return None
        if self._apart is None:
            # Of all headings it would be 6 KB for each of them.
            sought = [one for one in self._sought if _SHORTEST <= len(one) <= _LONGEST]
            shorter_ones = {shorter for one in sought for shorter in _shortened(one)}
            # Most headings are longer or shorter than what is sought, or begin or end otherwise:
            # of two that are one letter apart one of the first two letters is the same.
            lengths = {len(one) + more for one in sought for more in (-1, 0, 1)}
            firsts = set("".join([one[:2] for one in sought]))
            lasts = set("".join([one[-2:] for one in sought]))
            self._apart = {}
            for anchor in self._names:
                if (
                    _SHORTEST <= len(anchor) <= _LONGEST
                    and len(anchor) in lengths
                    and not firsts.isdisjoint(anchor[:2])
                    and not lasts.isdisjoint(anchor[-2:])
                ):
                    for shorter in shorter_ones.intersection(_shortened(anchor)):
                        self._apart.setdefault(shorter, set()).add(anchor)
        apart = self._apart
        found = {near for shorter in _shortened(name) for near in apart.get(shorter, ())}
        return {near for near in found if _digits(near) == _digits(name)}


def key(name: str) -> str:
    """A name's letters and digits, without case: what two ways to write it share."""
    folded = name.casefold().replace("-", "")
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _shortened(name: str) -> Iterator[str]:
    """A name, and all that come of it by leaving out one character.

    Two names that share one of these differ in one letter, or in the order of two.
    """
    yield name
    for index in range(len(name)):
        yield name[:index] + name[index + 1 :]


def _add(groups: dict[str, set[str]], key: str, value: str) -> None:
    if key:
        groups.setdefault(key, set()).add(value)


def _only(names: set[str] | None) -> str | None:
    return next(iter(names)) if names and len(names) == 1 else None
