"""What an entry of a bibliography says of its work, as far as a list shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from peftlint import arxiv, title
from peftlint.identity import Identity, ids_of_url
from peftlint.importing.bibfile import BibEntry, Broken
from peftlint.importing.latex import address, shown
from peftlint.model import Role
from peftlint.people import ET_AL
from peftlint.regex import regex
from peftlint.role import url_role

_YEAR = regex(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DOI = regex(r"10\.\d{4,9}/\S+")
_AND = regex(r"\s+and\s+", re.IGNORECASE)
#: Where somebody writes where the code is.
_LINK_FIELDS = ("url", "code", "github", "project", "howpublished", "note")
#: What types of entries that have no venue are, as lists call it.
_THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "thesis": "Thesis"}
_REPORTS = frozenset(("techreport", "report"))
#: They show a paper and no more, where something else does, too.
_MIRRORS = ("https://api.semanticscholar.org/", "https://www.semanticscholar.org/")
_MOST_AUTHORS = 2000
_VENUE_FIELDS = ("booktitle", "journal", "journaltitle")


class WebLink(NamedTuple):
    """An address, and what it leads to."""

    role: Role
    url: str


@dataclass(frozen=True)
class Citation:
    """A work, as a bibliography cites it.

    Attributes:
        key: by which papers cite it.
        line: where it begins in its file, counted from 1.
        title: as a reader sees it.
        authors: each as `First Last`; a last `et al.` for others.
        venue: where it appeared, as the file says it; `None` where it does not.
        is_preprint: whether that is arXiv or another server of preprints.
        year: four digits, or `None`.
        arxiv: its identifier on arXiv, or `None`.
        links: to the paper first, then code and other things.
        lost: what of it cannot be carried over, for a person.
    """

    key: str
    line: int
    title: str
    authors: tuple[str, ...]
    venue: str | None
    is_preprint: bool
    year: int | None
    arxiv: str | None
    links: tuple[WebLink, ...]
    lost: tuple[str, ...] = ()

    @cached_property
    def ids(self) -> frozenset[Identity]:
        """What identifies the work."""
        found = {one for link in self.links for one in ids_of_url(link.url)}
        return frozenset(found | ({("arxiv", self.arxiv)} if self.arxiv else set()))

    @cached_property
    def title_key(self) -> str:
        """Its title as titles are compared."""
        return title.key(self.title)


def citation(entry: BibEntry) -> Citation | Broken:
    """What an entry of BibTeX says.

    Args:
        entry: of the file.

    Returns:
        Why it cannot be taken, where it has no title or cannot be read.

    Raises:
        ImportExtraError: what decodes LaTeX is not installed.
    """
    fields = entry.fields
    lost = list(entry.troubles)
    try:
        name = _without_full_stop(shown(fields.get("title", "")))
        authors = tuple(_authors(fields.get("author", "")))
        venue = _venue(entry)
    except ValueError as error:
        return Broken(entry.line, str(error))
    if not title.key(name):
        return Broken(entry.line, "it has no title")
    paper_id = _arxiv_id(fields)
    is_preprint = _is_preprint(entry, venue)
    dated = _YEAR.search(fields.get("year", "")) or _YEAR.search(fields.get("date", ""))
    if dated is None and fields.get("year", "").strip():
        lost.append(f"its year '{shown(fields['year'])[:20]}' is none")
    return Citation(
        key=entry.key,
        line=entry.line,
        title=name,
        authors=authors,
        venue=venue,
        is_preprint=is_preprint,
        year=int(dated[1]) if dated else None,
        arxiv=paper_id,
        links=tuple(_links(fields, paper_id, lost)),
        lost=tuple(lost),
    )


def _without_full_stop(text: str) -> str:
    bare = text.strip(" ,;")
    return bare[:-1] if bare.endswith(".") and not bare.endswith("..") else bare


# Authors


def _authors(latex: str) -> Iterator[str]:
    """The names of a field, each as `First Last`.

    Raises:
        ValueError: they are too many, or their LaTeX cannot be read.
    """
    names = list(_parted(latex, _AND))
    if len(names) > _MOST_AUTHORS:
        raise ValueError(f"it has more than {_MOST_AUTHORS} authors")
    for number, name in enumerate(names):
        if name.casefold() in ("others", "et al.", "et al"):
            if number == len(names) - 1 and number:
                yield ET_AL
            continue
        parts = [shown(part).strip() for part in _parted(name, _COMMA)]
        parts = [part for part in parts if part]
        if not parts:
            continue
        last, *rest = parts
        # `von Last, Jr, First`
        given = rest[-1:]
        yield " ".join([*given, last, *rest[:-1]])


_COMMA = regex(r"\s*,\s*")


def _parted(latex: str, separator: re.Pattern[str]) -> Iterator[str]:
    """LaTeX in the parts between separators outside of braces."""
    depth = start = at = 0
    depths = []
    for character in latex:
        depth += (character == "{") - (character == "}")
        depths.append(depth)
    for match in separator.finditer(latex):
        at = match.start()
        if depths[at] == 0 and at >= start:
            yield latex[start:at].strip()
            start = match.end()
    if latex[start:].strip():
        yield latex[start:].strip()


# Where it appeared


def _venue(entry: BibEntry) -> str | None:
    """Where a work appeared, as its entry says it.

    Raises:
        ValueError: its LaTeX cannot be read.
    """
    fields = entry.fields
    for name in _VENUE_FIELDS:
        if fields.get(name):
            return shown(fields[name]) or None
    if entry.kind in _THESES:
        return shown(fields.get("type", "")) or _THESES[entry.kind]
    if entry.kind in _REPORTS:
        return shown(fields.get("type", "")) or "Technical report"
    for name in ("howpublished", "publisher"):
        value = fields.get(name, "")
        if value and address(value) is None and (name == "publisher" or entry.kind == "misc"):
            return shown(value) or None
    return None


def _is_preprint(entry: BibEntry, venue: str | None) -> bool:
    if venue is None:
        # As arXiv itself exports what it has.
        return "primaryclass" in entry.fields and bool(_arxiv_id(entry.fields))
    folded = venue.casefold()
    return folded.startswith(("arxiv", "corr")) or folded in ("preprint", "arxiv.org")


def _arxiv_id(fields: Mapping[str, str]) -> str | None:
    """The identifier on arXiv that an entry shows in one of its fields."""
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").casefold()
    if kind == "arxiv" and "eprint" in fields:
        found = arxiv.canonical(shown(fields["eprint"]).removesuffix(".pdf"))
        if found:
            return found
        at = arxiv.id_in_url(address(fields["eprint"]) or "")
        if at is not None and at.id is not None:
            return at.id.id
    for name in ("url", "doi"):
        for identity, value in ids_of_url(_doi_address(fields) if name == "doi" else _url(fields)):
            if identity == "arxiv":
                return value
    for name in ("journal", "journaltitle", "number", "volume", "note", "howpublished"):
        value = fields.get(name, "")
        if "arxiv" in value.casefold() or value.startswith("abs/"):
            shown_ids = [one for one, _, _ in arxiv.ids_in_text(shown(value))]
            bare = arxiv.canonical(value.removeprefix("abs/").strip())
            if shown_ids or bare:
                return bare or arxiv.canonical(shown_ids[0]) or None
    return None


# Links


def _url(fields: Mapping[str, str]) -> str:
    return address(fields.get("url", "")) or ""


def _doi_address(fields: Mapping[str, str]) -> str:
    match = _DOI.search(fields.get("doi", "").replace("\\_", "_"))
    return address(f"https://doi.org/{match[0]}") or "" if match else ""


def _links(fields: Mapping[str, str], arxiv_id: str | None, lost: list[str]) -> Iterator[WebLink]:
    """The links of an entry: one to the paper, then those that lead elsewhere."""
    others: dict[str, WebLink] = {}
    papers: list[str] = []
    for name in _LINK_FIELDS:
        value = fields.get(name, "")
        url = address(value)
        if url is None:
            if value.strip() and name == "url":
                lost.append(f"its url is no address on the web: {shown(value)[:60]}")
            continue
        role = url_role(url)
        if name in ("code", "github"):
            role = "code"
        if role == "paper" or (name == "url" and role == "other"):
            papers.append(url)
        elif role in ("code", "project", "data") or name == "project":
            others.setdefault(url, WebLink("project" if role == "other" else role, url))
    doi = _doi_address(fields)
    preprint = f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else ""
    known = [url for url in papers if not url.startswith(_MIRRORS)]
    if preprint and not any(("arxiv", arxiv_id) in ids_of_url(url) for url in known):
        known.append(preprint)
    if doi and not known:
        known.append(doi)
    elif doi and not _is_shown(doi, known):
        lost.append(f"its DOI {doi.removeprefix('https://doi.org/')}: its address leads elsewhere")
    known = known or papers
    for url in dict.fromkeys(known):
        yield WebLink("paper", url)
    yield from others.values()


def _is_shown(url: str, others: list[str]) -> bool:
    """Whether one of several addresses opens the same work."""
    ids = set(ids_of_url(url))
    return bool(ids) and any(ids & set(ids_of_url(other)) for other in others)
