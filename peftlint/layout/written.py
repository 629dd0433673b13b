"""The fields of an entry as Markdown, ready to be put into a layout.

What a list has written is kept as it is where that reads the same: emphasis and formulas in a
title, an author's own link, a date of which only the year is a field. All else is escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from peftlint import arxiv, date
from peftlint.escape import in_destination, in_markdown, out_of_cell
from peftlint.identity import ids_of_url
from peftlint.markdown.node import Node
from peftlint.markdown.tree import parse
from peftlint.model import Badge, Document, Entry, Link, Role
from peftlint.people import ET_AL
from peftlint.regex import regex
from peftlint.role import label_role, url_role
from peftlint.source import Lines, Span
from peftlint.style.layout import unmarked
from peftlint.venue import read_label

#: What a link is called that was the title's own, where the title is none.
LABELS: dict[Role, str] = {
    "paper": "Paper",
    "code": "Code",
    "project": "Project",
    "data": "Data",
    "other": "Link",
}
TITLE = "@title"

_SPECIAL = regex(r"[\\`*_\[\]<>&~$|!#]")
_WORD = regex(r"\w+")
_CLOSING_MARKS = regex(r"[*_]{1,3}")
_NUMBER = regex(r"[*_\s]{0,4}(\[\d{1,4}\]|\d{1,4}[.)](?!\d))\s*(?=\S)")
#: The star of a footnote, behind a name.
_NOTE_STAR = regex(r"(?<=[\w.)])\*(?=[\s,;]|$)")
#: What stands between names and is no name.
_BETWEEN_NAMES = frozenset(("and", "et", "al", "others", "by", "author", "authors"))
_MARKS_IN_NAMES = regex(r"[*_\[<`^]")
#: In characters: `September 30th, 2020`.
_LONGEST_DATE = 24
_UNSHOWN = ("link", "image", "break", "strike")
#: HTML that a field may have in it.
_MARK_TAG = regex(r"</?(?:sub|sup|i|b|em|strong|small)>", re.IGNORECASE)


class WrittenLink(NamedTuple):
    """A link as Markdown.

    Attributes:
        text: as it is written, without brackets around it.
        label: what it is called, as `peftlint.model.Link` has it once it is written so.
        role: what it leads to.
        is_placeholder: whether it is `[Code]`, which has brackets already.
        link: the entry's own.
        remark: what is written right behind it.
    """

    text: str
    label: str | None
    role: Role
    is_placeholder: bool
    link: Link
    remark: str = ""


class WrittenBadge(NamedTuple):
    """A badge as Markdown, its link included; see `WrittenLink`."""

    text: str
    badge: Badge
    remark: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Written:
    """An entry's fields as Markdown; what it does not show is `None` or empty.

    Attributes:
        entry: whose fields they are.
        authors: each name.
        all_authors: all of them as the list writes them; `None` where there is no list.
        are_kept: whether the names cannot be written anew without a loss: some are links, or
            have remarks.
        in_authors: the links inside the authors, where these are kept.
        arxiv: the identifier of the work on arXiv.
        is_linked: whether a link shows that identifier, too.
        is_preprint: whether its venue is arXiv and no year is shown, `arXiv:2101.00190`.
        url: the address that the title opens, where the layout lets it.
        title_link: whose address that is.
        links: those that are neither a badge nor inside the authors.
        holds_link: whether `title` has that link in it.
        is_stopped: whether the title ends with a mark after which no other stop is written.
        parts_at_end: whether a separator stays at the end of a line, where it parts nothing.
        lead: what stands before everything.
        remarks: what stands right behind a field: its name to Markdown.
    """

    entry: Entry
    title: str
    name: str | None
    authors: tuple[str, ...]
    all_authors: str | None
    are_kept: bool
    in_authors: tuple[Link, ...]
    venue: str | None
    year: str | None
    arxiv: str | None
    is_linked: bool
    is_preprint: bool
    url: str | None
    title_link: Link | None
    links: tuple[WrittenLink, ...]
    badges: tuple[WrittenBadge, ...]
    holds_link: bool = False
    is_stopped: bool = False
    parts_at_end: bool = True
    lead: str = ""
    remarks: dict[str, str] = field(default_factory=dict)


def written(
    entry: Entry,
    document: Document | None = None,
    *,
    keeps_source: bool = True,
    shows_labelled: bool = False,
    keeps_labels: bool = False,
) -> Written:
    """The fields of an entry as Markdown.

    Args:
        entry: read from a list, or made.
        document: the list; `None` for an entry that was made: all is written from its facts.
        keeps_source: whether title and venue are kept as the list writes them.
        shows_labelled: whether venue and year are written also where a link's label shows them.
        keeps_labels: whether the title opens only a link that would be called the same again
            where it is none, and is called so.
    """
    source = document if keeps_source else None
    kept = document is not None and _are_kept(document, entry)
    in_authors = entry.authors_span if kept else None
    opened = _title_link(entry, keeps_labels=keeps_labels)
    labels = LABELS if keeps_labels or document is None else LABELS | _labels(document)
    names = tuple(in_markdown(author.text) for author in entry.authors)
    venue, year = entry.venue, entry.year
    labelled = [link.outer_span for link in entry.links] if not shows_labelled and document else []
    if venue is not None and any(span.contains(venue.span) for span in labelled):
        venue = None
    shown_year = None
    if year is not None and not any(span.contains(year.span) for span in labelled):
        place = date_span(document, year.span) if document else None
        shown_year = document.slice(place) if document and place else str(year.value)
    return Written(
        entry=entry,
        title=_number(document, entry)
        + _as_written(source, entry, _title_span(entry), entry.title.text),
        name=_as_written(source, entry, entry.name.span, entry.name.text) if entry.name else None,
        authors=names,
        all_authors=_all_authors(document, entry) if document else None,
        are_kept=kept,
        in_authors=tuple(
            link
            for link in entry.links
            if link.badge is None and in_authors and in_authors.contains(link.span)
        ),
        venue=_as_written(source, entry, venue.span, venue.text) if venue else None,
        year=shown_year,
        arxiv=_arxiv(document, entry),
        is_linked=any(
            kind == "arxiv" for link in entry.links for kind, _ in ids_of_url(link.url or "")
        ),
        is_preprint=venue is not None and year is None and venue.text.casefold() == "arxiv",
        url=in_destination(opened.url) if opened is not None and opened.url else None,
        title_link=opened,
        links=tuple(
            _link(document, entry, link, labels)
            for link in entry.links
            if link.badge is None and not (in_authors and in_authors.contains(link.span))
        ),
        badges=tuple(_badges(document, entry)),
    )


def _number(document: Document | None, entry: Entry) -> str:
    """The number inside a title's marks that is no part of it, as in `**[8] Title**`."""
    found = _NUMBER.match(document.slice(_title_span(entry))) if document else None
    if found is None or entry.title.text.startswith(found[1]):
        return ""
    return f"{found[1]} "


def _title_span(entry: Entry) -> Span:
    """Where the title is written: in its link, where that is all of it."""
    own = next((link for link in entry.links if link.label == TITLE), None)
    if own is None or own.form == "html" or not own.span.contains(entry.title.span):
        return entry.title.span
    return own.label_span


def date_span(document: Document, digits: Span) -> Span | None:
    """The place of the whole date that a year belongs to, if it tells more than the year."""
    line = document.lines.span(document.lines.line(digits.start))
    start = max(line.start, digits.start - _LONGEST_DATE)
    # An underscore that is a mark would be a letter of the word beside it.
    text = document.text[start : min(line.end, digits.end + _LONGEST_DATE)].replace("_", " ")
    at = 0
    while (found := date.find(text, at)) is not None:
        span = Span(start + found.span.start, start + found.span.end)
        # A year that a cell shows stands where all of the cell does.
        if span.contains(digits) or digits.contains(span):
            return span if len(_WORD.findall(text[slice(*found.span)])) > 1 else None
        if span.start > digits.start:
            return None
        at = found.span.end
    return None


def _source(document: Document, entry: Entry, span: Span) -> str:
    """A part of an entry as the list writes it, a cell's bars as they are written elsewhere."""
    shown = document.slice(span)
    return out_of_cell(shown) if entry.kind == "table-row" else shown


def _as_written(document: Document | None, entry: Entry, span: Span, text: str) -> str:
    """A field as the list writes it, if that reads the same, else escaped."""
    if document is not None:
        kept = " ".join(unmarked(_source(document, entry, span))[0].split())
        if kept == text and not _SPECIAL.search(kept):
            return kept
        # The marks that close the last word may stand behind the place.
        closing = _CLOSING_MARKS.match(document.text, span.end)
        closed = [f"{kept}{closing[0]}"] if closing else []
        for candidate in (kept, f"{kept}{text[-1:]}", *closed):
            if candidate and _reads_as(candidate, text):
                return candidate
    return in_markdown(text)


@lru_cache(maxsize=1 << 13)
def _reads_as(markdown: str, text: str) -> bool:
    """Whether one line of Markdown, with no links in it, reads as `text`."""
    blocks = parse(f"x {markdown}", Lines(f"x {markdown}")).children
    if len(blocks) != 1 or blocks[0].kind != "paragraph":
        return False
    nodes = blocks[0].nodes
    for node in _all(nodes):
        if node.kind in _UNSHOWN or (node.kind == "html" and not _MARK_TAG.fullmatch(node.text)):
            return False
    return " ".join("".join(node.shown() for node in nodes).split()) == f"x {text}"


def without_marks(markdown: str, mark: str) -> str:
    """Markdown of a field without marks of its own that stand inside the same marks.

    Args:
        markdown: one line of it.
        mark: `*` or `**`, which the layout puts around it, or `_` or `__`.
    """
    kind = "strong" if len(mark) > 1 else "em"
    if mark[0] not in markdown and "_" not in markdown:
        return markdown
    lead = "x "
    nodes = parse(lead + markdown, Lines(lead + markdown)).children[0].nodes
    marks = sorted(
        edge
        for node in _all(nodes)
        if node.kind == kind
        for edge in ((node.start, node.inner_start), (node.inner_end, node.end))
    )
    if not marks:
        return markdown
    pieces = []
    at = len(lead)
    for start, end in marks:
        pieces.append((lead + markdown)[at:start])
        at = end
    bare = "".join([*pieces, (lead + markdown)[at:]])
    shown = "".join(node.shown() for node in nodes)[len(lead) :]
    return bare if _reads_as(bare, " ".join(shown.split())) else in_markdown(shown)


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _all_authors(document: Document, entry: Entry) -> str | None:
    if entry.authors_span is None:
        return None
    shown = unmarked(_source(document, entry, entry.authors_span))[0]
    # An initial's full stop is not the sentence's.
    last = entry.authors[-1].text if entry.authors else ""
    if last.endswith(".") and not shown.endswith("."):
        shown += "."
    return " ".join(shown.split())


def inside_marks(authors: str, mark: str) -> str:
    """Authors that are kept as they are, ready to stand inside marks.

    The stars of `*Ann Lee*, Bo Li*, Cy Ng*`, where only the first and the last are meant as marks,
    are escaped.
    """
    inner = authors[len(mark) : -len(mark)]
    if not (authors.startswith(mark) and authors.endswith(mark)) or mark[0] not in inner:
        return authors
    return _NOTE_STAR.sub(r"\\*", inner) if mark == "*" else authors


def _are_kept(document: Document, entry: Entry) -> bool:
    """Whether the authors cannot be written name by name without a loss."""
    shown = _all_authors(document, entry)
    if shown is None:
        return False
    if _MARKS_IN_NAMES.search(shown) or "\n" in shown:
        return True
    if entry.kind == "table-row":
        # Each stands where all of the cell does: a name that is not in it was turned round.
        return not all(one.text in shown for one in entry.authors if one.text != ET_AL)
    for author in entry.authors:
        own = document.slice(author.span)
        if author.text != ET_AL and "," not in own and own.split()[:1] != author.text.split()[:1]:
            # Without a comma nothing tells for certain which is the last name: `LILI YU`.
            return True
    names = [author.text for author in entry.authors if author.text != ET_AL]
    was = [word for word in _WORD.findall(shown) if word.casefold() not in _BETWEEN_NAMES]
    now = [word for name in names for word in _WORD.findall(name)]
    now = [word for word in now if word.casefold() not in _BETWEEN_NAMES]
    return sorted(was) != sorted(now)


def _arxiv(document: Document | None, entry: Entry) -> str | None:
    """The one identifier on arXiv, as shown; of several none is the work's for certain."""
    found = entry.ids.get("arxiv", ())
    if len(found) != 1:
        return None
    shown = list(id_spans(document, entry)) if document is not None else []
    return document.slice(shown[0]) if document is not None and len(shown) == 1 else found[0]


def is_plain_paper_link(link: Link) -> bool:
    """Whether a link leads to the paper and its label says no more than that."""
    if not link.url or link.badge or link.only_image or link.form not in ("inline", "reference"):
        return False
    if link.role != "paper" or not link.label or label_role(link.label) != "paper":
        return False
    return read_label(link.label) is None


def is_kept_by_label(entry: Entry) -> bool:
    """Whether a title does not open the link to the paper only since that has a name of its own."""
    found = _title_link(entry, keeps_labels=False)
    return found is not None and _title_link(entry, keeps_labels=True) is None


def _title_link(entry: Entry, *, keeps_labels: bool) -> Link | None:
    """The link that a title opens or may open: its own, else the first plain one to the paper."""
    own = next((link for link in entry.links if link.label == TITLE), None)
    if own is not None:
        return own
    found = next((link for link in entry.links if is_plain_paper_link(link)), None)
    if found is None or not keeps_labels:
        return found
    # As the title's own its address alone would tell what it leads to.
    return found if LABELS[url_role(found.url or "")] == found.label else None


def _link(
    document: Document | None, entry: Entry, link: Link, labels: Mapping[Role, str]
) -> WrittenLink:
    label = link.label
    is_placeholder = link.form == "placeholder"
    if label == TITLE:
        label = labels[link.role]
        text = f"[{in_markdown(label)}]({in_destination(link.url or '')})"
    elif document is not None:
        text = " ".join(_source(document, entry, link.span).split())
    elif is_placeholder:
        text = f"[{in_markdown(label or '')}]"
    elif label is None:
        text = link.url or ""
    else:
        text = f"[{in_markdown(label)}]({in_destination(link.url or '')})"
    return WrittenLink(text, label, link.role, is_placeholder, link)


@lru_cache(maxsize=2)
def _labels(document: Document) -> dict[Role, str]:
    """What a list calls the links of each role most often, of labels that say no more than that."""
    counts: dict[Role, Counter[str]] = {}
    for entry in document.entries:
        for link in entry.links:
            label = link.label
            if not label or link.badge is not None or read_label(label) is not None:
                continue
            if label_role(label) == link.role != "other":
                counts.setdefault(link.role, Counter())[label] += 1
    return {role: found.most_common(1)[0][0] for role, found in counts.items()}


def _badges(document: Document | None, entry: Entry) -> Iterator[WrittenBadge]:
    end = -1
    for badge in entry.badges:
        if document is not None:
            if badge.outer_span.start < end:
                # The second in one link.
                continue
            end = badge.outer_span.end
            text = " ".join(_source(document, entry, badge.outer_span).split())
        else:
            text = f"![{in_markdown(badge.alt)}]({in_destination(badge.url)})"
            if badge.link is not None:
                text = f"[{text}]({in_destination(badge.link.url or '')})"
        yield WrittenBadge(text, badge)


def id_spans(document: Document, entry: Entry) -> Iterator[Span]:
    """Where the identifiers stand that an entry shows as text, `arXiv:` left out."""
    addresses = [link.span for link in entry.links]
    addresses += [badge.outer_span for badge in entry.badges]
    for _, start, end in arxiv.ids_in_text(document.slice(entry.span)):
        span = Span(entry.span.start + start, entry.span.start + end)
        if not any(address.overlaps(span) for address in addresses):
            yield span
