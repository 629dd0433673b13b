"""BibTeX, in UTF-8, as biber and BibTeX read it.

What the fields mean: http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, and of `eprint`:
https://info.arxiv.org/help/hypertex/bibstyles/index.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from peftlint.export.choice import IsTaken
from peftlint.export.key import Keys
from peftlint.export.latex import escaped, escaped_title
from peftlint.export.weblink import best_address
from peftlint.model import Entry
from peftlint.nameparts import parts_of
from peftlint.people import ET_AL
from peftlint.publication import Sort, sort_of

#: A sort of publication to a type of entry, and the field that holds its venue.
_TYPES: dict[Sort, tuple[str, str]] = {
    "conference": ("inproceedings", "booktitle"),
    "journal": ("article", "journal"),
    "preprint": ("article", "journal"),
    "thesis": ("phdthesis", "type"),
    "report": ("techreport", "type"),
    "book": ("book", "publisher"),
}
#: What the types of BibTeX have no word for.
_ANY = ("misc", "howpublished")
#: Words that part names.
_BETWEEN_NAMES = frozenset(("and", "others"))
#: What a DOI may hold and a field takes as it is.
_SAFE_IN_DOI = "/:;()._-<>+,'*!"


class BibtexExport:
    """An entry of BibTeX for each."""

    def __init__(self) -> None:
        self._keys = Keys()
        self._is_begun = False

    def begin(self) -> str:
        """Nothing."""
        return ""

    def file(self, path: str, entries: Sequence[Entry], is_taken: IsTaken) -> str:
        """The entries, with a blank line between two."""
        keyed = [(self._keys.key(entry), entry) for entry in entries]
        shown = [_entry(key, entry) for key, entry in keyed if is_taken(entry)]
        if not shown:
            return ""
        before = "\n" if self._is_begun else ""
        self._is_begun = True
        return before + "\n".join(shown)

    def end(self) -> str:
        """Nothing."""
        return ""


def _entry(key: str, entry: Entry) -> str:
    sort = sort_of(entry)
    kind, venue_field = _TYPES.get(sort, _ANY)
    venue = entry.venue.text if entry.venue else ""
    if sort == "preprint" and not venue:
        # That arXiv is its venue the list does not say.
        kind = _ANY[0]
    if sort == "thesis" and "master" in venue.casefold():
        kind = "mastersthesis"
    fields = "".join(
        f"  {name} = {{{value}}},\n" for name, value in _fields(entry, sort, venue_field) if value
    )
    return f"@{kind}{{{key},\n{fields}}}\n"


def _fields(entry: Entry, sort: Sort, venue_field: str) -> Iterator[tuple[str, str]]:
    arxiv = next(iter(entry.ids.get("arxiv", ())), "")
    doi = next(iter(entry.ids.get("doi", ())), "")
    venue = entry.venue.text if entry.venue else ""
    if sort == "preprint" and venue and arxiv and "openreview" not in venue.casefold():
        # As everybody cites it; few styles show `eprint`.
        venue = f"arXiv preprint arXiv:{arxiv}"
    yield "title", escaped_title(entry.title.text)
    yield (
        "author",
        " and ".join(_name(author.text) for author in entry.authors if author.text.strip()),
    )
    yield venue_field, escaped(venue)
    yield "year", str(entry.year.value) if entry.year else ""
    yield "doi", quote(doi, safe=_SAFE_IN_DOI, errors="replace")
    yield "eprint", quote(arxiv)
    yield "archiveprefix", "arXiv" if arxiv else ""
    yield "url", best_address(entry) or ""


def _name(name: str) -> str:
    """A name as BibTeX parts it: `van der Maaten, Laurens`; in braces what it must not part."""
    if name == ET_AL:
        return "others"
    parts = parts_of(name)
    if parts is None or not parts.given:
        # `LG AI Research`, and `von Oswald`, of which parsers make different things.
        return _kept_whole(name, len(name.split()) > 1)
    family = _kept_whole(parts.family, any(word[0].islower() for word in parts.family.split()[:-1]))
    last = f"{parts.particle} {family}" if parts.particle else family
    rest = [_kept_whole(part) for part in (parts.suffix, parts.given) if part]
    return ", ".join([last, *rest])


def _kept_whole(part: str, is_odd: bool = False) -> str:
    """A part of a name, in braces where it would be parted.

    A comma and some words part names, and some parsers lose their way at a backslash.
    """
    text = escaped(part)
    is_odd = is_odd or "," in part or not _BETWEEN_NAMES.isdisjoint(part.casefold().split())
    return f"{{{text}}}" if is_odd or "\\" in text else text
