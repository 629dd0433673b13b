"""A citation written in a layout: what is shown of it, and what finds no place."""

from __future__ import annotations

from typing import NamedTuple

from peftlint.escape import in_destination, in_markdown
from peftlint.importing.citation import Citation
from peftlint.importing.manner import Manner
from peftlint.layout.made import made_entry
from peftlint.layout.template import Template
from peftlint.layout.writer import Shown, write
from peftlint.layout.written import TITLE, written
from peftlint.model import Entry

_ROLES = ("paper", "code", "project", "data")


class Draft(NamedTuple):
    """A citation as a list will have it.

    Attributes:
        work: the citation.
        entry: the facts that are written, as an entry.
        shown: its lines, without marker and indentation.
        lost: what of the citation finds no place, for a person.
    """

    work: Citation
    entry: Entry
    shown: Shown
    lost: tuple[str, ...]


def drafted(work: Citation, template: Template, manner: Manner) -> Draft:
    """Write a citation in a layout.

    Args:
        work: from a bibliography.
        template: of the layout.
        manner: how the list writes venues, and what it calls its links.
    """
    names = template.names()
    lost = list(work.lost)
    venue, year = manner.appeared(work)
    if year is None and work.year is not None:
        lost.append(f"its year {work.year}: the list shows none for preprints")
    authors = work.authors
    if authors and "authors" not in names:
        lost.append("its authors: the list shows none")
        authors = ()
    is_id = venue is not None and year is None and venue.casefold() == "arxiv"
    if venue and "venue" not in names and not (is_id and "preprint" in names):
        lost.append(f"its venue {venue}: the list shows none")
        venue = None
    if year and "year" not in names:
        lost.append(f"its year {year}: the list shows none")
        year = None
    links = _links(work, names, manner, lost)
    while True:
        entry = made_entry(work.title, authors=authors, venue=venue, year=year, links=links)
        if work.arxiv and names & {"ids.arxiv", "preprint"}:
            shows = "ids.arxiv" in names and venue is not None
            if shows or is_id:
                ids = {**entry.ids, "arxiv": (work.arxiv,)}
                entry.ids = dict(sorted(ids.items()))
        shown = write(template, written(entry))
        if "venue" in shown.left and venue:
            lost.append(f"its venue {venue}: the layout shows none without a year")
            venue = None
        elif "year" in shown.left and year:
            lost.append(f"its year {year}: the layout shows none without a venue")
            year = None
        elif "authors" in shown.left and authors:
            lost.append("its authors: the layout shows none here")
            authors = ()
        else:
            return Draft(work, entry, _marked(shown, manner), tuple(lost))


def _links(
    work: Citation, names: frozenset[str], manner: Manner, lost: list[str]
) -> list[tuple[str | None, str | None]]:
    """Label and address of each link that has a place in a layout; `lost` gets the others."""
    links: list[tuple[str | None, str | None]] = []
    counts = dict.fromkeys(_ROLES, 0)
    for link in work.links:
        number = counts.get(link.role, 0)
        counts[link.role] = number + 1
        opens = "url" in names and link.role == "paper" and not number
        if "links" in names or f"links.{link.role}" in names:
            links += [(TITLE, link.url)] if opens and manner.doubles else []
            links.append((manner.label(link, number), link.url))
        elif opens:
            links.append((TITLE, link.url))
        else:
            lost.append(f"{link.url}: the list has no such link")
    return links


def _marked(shown: Shown, manner: Manner) -> Shown:
    """The same with the marks around the links' labels that the list has there."""
    before, after = manner.around
    if not before + after:
        return shown
    lines = list(shown.lines)
    for label, link in shown.links:
        if label is None or label == TITLE or link.url is None:
            continue
        written_label = in_markdown(label)
        tail = f"]({in_destination(link.url)})"
        lines = [
            line.replace(f"[{written_label}{tail}", f"[{before}{written_label}{after}{tail}")
            for line in lines
        ]
    return shown._replace(lines=tuple(lines))
