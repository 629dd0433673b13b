"""How a list writes what a bibliography says: venues, preprints, what it calls its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from peftlint import title
from peftlint.address import split
from peftlint.importing.citation import Citation, WebLink
from peftlint.importing.shortname import short_name
from peftlint.layout.written import LABELS, TITLE
from peftlint.model import Document, Entry, Link, Role
from peftlint.publication import sort_of_venue
from peftlint.regex import regex
from peftlint.venue import is_acronym, read, read_label

_MARKS = regex(r"[\[\]`*_()]*")
_SHORT = 2
_LONG = 4
_ARXIV = "arXiv"
#: Labels that name a place say nothing of links elsewhere.
_PLACES = frozenset(("acl", "acm", "arxiv", "cvf", "doi", "ieee", "openreview", "springer"))


class Appeared(NamedTuple):
    """Venue and year as a list writes them."""

    venue: str | None
    year: int | None


class Manner:
    """How a list writes things.

    Args:
        document: the list.
    """

    def __init__(self, document: Document) -> None:
        entries = document.entries
        self._venues = Counter(entry.venue.text for entry in entries if entry.venue)
        self._by_key: dict[str, str] = {}
        for name, _ in self._venues.most_common():
            self._by_key.setdefault(title.key(name), name)
        lengths = [
            (len(name.split()), count)
            for name, count in self._venues.items()
            if sort_of_venue(name) != "preprint"
        ]
        short = sum(count for words, count in lengths if words <= _SHORT)
        self._is_short = short > sum(count for words, count in lengths if words >= _LONG)
        #: Venue and whether a year is shown, of preprints.
        self._preprints = Counter(
            (entry.venue.text, entry.year is not None)
            for entry in entries
            if entry.venue and sort_of_venue(entry.venue.text) == "preprint"
        )
        self._labels: Counter[tuple[Role, str, str]] = Counter()
        around: Counter[tuple[str, str]] = Counter()
        for link in _labelled(entries):
            label = link.label or ""
            self._labels[link.role, _host(link.url or ""), label] += 1
            before, found, after = document.slice(link.label_span).partition(label)
            if found and _MARKS.fullmatch(before + after):
                around[before, after] += 1
        #: What stands around labels inside their links, as in `[[Paper]](..)`.
        self.around = around.most_common(1)[0][0] if around else ("", "")

        opened = [
            [link.url for link in entry.links if link.url]
            for entry in entries
            if any(link.label == TITLE and link.url for link in entry.links)
        ]
        #: Whether most titles that are links have another link to the same page.
        self.doubles = 2 * sum(len(set(urls)) < len(urls) for urls in opened) > len(opened)

    def appeared(self, work: Citation) -> Appeared:
        """Where and when a work appeared, as the list writes it."""
        if work.is_preprint:
            if not self._preprints:
                return Appeared(_ARXIV, work.year)
            (venue, is_dated), _ = self._preprints.most_common(1)[0]
            if venue.casefold() == "openreview":
                venue = _ARXIV
            return Appeared(venue, work.year if is_dated or not work.arxiv else None)
        return Appeared(self._venue(work.venue), work.year)

    def _venue(self, name: str | None) -> str | None:
        if name is None:
            return None
        own = self._by_key.get(title.key(name))
        if own is not None:
            return own
        short = short_name(name) if self._is_short else None
        if short is not None:
            return self._spelt(short)
        found = read(name)
        return found.venue if found.venue and found.is_known else name

    def _spelt(self, short: str) -> str:
        """A short name as the list writes it: `NIPS`, `EMNLP Findings`, `CVPRW`."""
        own = self._by_key.get(title.key(short))
        if own is not None:
            return own
        words = set(title.words(short))
        if len(words) > 1:
            for name in self._by_key.values():
                if set(title.words(name)) - {"of"} == words - {"of"}:
                    return name
            acronym, _, rest = short.partition(" ")
            if rest == "Workshop" and (abbreviated := self._by_key.get(f"{acronym}w".casefold())):
                return abbreviated
            shown = " ".join(self._venues)
            acronym = next(word for word in short.split() if is_acronym(word))
            if "Findings" in short and "Findings)" not in shown and " Findings" in shown:
                return f"{acronym} Findings"
        return short

    def label(self, link: WebLink, number: int) -> str:
        """What the list calls such a link.

        Args:
            link: of a citation.
            number: how many of its role are before it in its entry.
        """
        host = _host(link.url)
        same_host: Counter[str] = Counter()
        others: Counter[str] = Counter()
        for (role, where, label), count in self._labels.items():
            if role != link.role:
                continue
            if where == host:
                same_host[label] += count
            if title.key(label) not in _PLACES:
                others[label] += count
        if number and link.role == "paper":
            # A second address of the paper is called by its place.
            return _ARXIV if "arxiv" in host else "Link"
        for counts in (same_host, others):
            if counts:
                return counts.most_common(1)[0][0]
        return LABELS[link.role]


def _labelled(entries: tuple[Entry, ...]) -> Iterator[Link]:
    """The links whose labels say what they lead to."""
    for entry in entries:
        for link in entry.links:
            if not link.label or not link.url or link.label == TITLE or link.badge is not None:
                continue
            if link.only_image or link.form not in ("inline", "reference"):
                continue
            if len(link.label.split()) <= _SHORT and read_label(link.label) is None:
                yield link


def _host(url: str) -> str:
    address = split(url)
    return address.host.removeprefix("www.") if address is not None else ""
