"""CSL-JSON, as Zotero, pandoc and citeproc read it.

Its schema: https://github.com/citation-style-language/schema, `schemas/input/csl-data.json`, and
what the fields mean: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.export.choice import IsTaken
from peftlint.export.key import Keys
from peftlint.export.weblink import best_address
from peftlint.model import Entry
from peftlint.nameparts import parts_of
from peftlint.people import ET_AL
from peftlint.publication import Sort, sort_of
from peftlint.regex import regex
from peftlint.report import as_json

#: A sort of publication to a type, and the variable that holds its venue.
_TYPES: dict[Sort, tuple[str, str]] = {
    "conference": ("paper-conference", "container-title"),
    "journal": ("article-journal", "container-title"),
    "preprint": ("article", "publisher"),
    "thesis": ("thesis", "genre"),
    "report": ("report", "genre"),
    "book": ("book", "publisher"),
    "blog": ("post-weblog", "container-title"),
    "other": ("document", "publisher"),
    "paper": ("document", "publisher"),
    "software": ("software", "publisher"),
    "dataset": ("dataset", "publisher"),
    "webpage": ("webpage", "container-title"),
}
#: Where HTML begins a tag, a comment or an instruction.
_TAG = regex(r"<(?=[A-Za-z/!?])")
#: WORD JOINER, which has no width.
_NO_TAG = "<\u2060"


class CslExport:
    """An array with an object for each entry, an object a line."""

    def __init__(self) -> None:
        self._keys = Keys()
        self._is_begun = False

    def begin(self) -> str:
        """The array's bracket."""
        return "["

    def file(self, path: str, entries: Sequence[Entry], is_taken: IsTaken) -> str:
        """The objects of one list."""
        keyed = [(self._keys.key(entry), entry) for entry in entries]
        objects = [as_json.encode(_item(key, entry)) for key, entry in keyed if is_taken(entry)]
        if not objects:
            return ""
        before = ",\n  " if self._is_begun else "\n  "
        self._is_begun = True
        return before + ",\n  ".join(objects)

    def end(self) -> str:
        """The array's other bracket."""
        return "\n]\n" if self._is_begun else "]\n"


def _item(key: str, entry: Entry) -> dict[str, object]:
    sort = sort_of(entry)
    kind, venue_variable = _TYPES[sort]
    item: dict[str, object] = {"id": key, "type": kind}
    item.update((name, value) for name, value in _variables(entry, sort, venue_variable) if value)
    return item


def _variables(entry: Entry, sort: Sort, venue_variable: str) -> Iterator[tuple[str, object]]:
    arxiv = next(iter(entry.ids.get("arxiv", ())), "")
    venue = entry.venue.text if entry.venue else ""
    yield "title", without_tags(entry.title.text)
    yield "author", [_name(author.text) for author in entry.authors]
    yield "issued", {"date-parts": [[entry.year.value]]} if entry.year else None
    if sort == "preprint" and arxiv:
        # As Zotero has it.
        yield "publisher", "arXiv"
        yield "number", f"arXiv:{arxiv}"
    else:
        yield venue_variable, without_tags(venue)
        # A number would be that of the paper in the proceedings.
        yield "archive", "arXiv" if arxiv else ""
        yield "archive_location", arxiv
    yield "DOI", without_tags(next(iter(entry.ids.get("doi", ())), ""))
    yield "URL", best_address(entry)


def _name(name: str) -> dict[str, str]:
    parts = None if name == ET_AL else parts_of(name)
    if parts is None:
        return {"literal": without_tags(name)}
    found = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {part: without_tags(text) for part, text in found.items() if text}


def without_tags(text: str) -> str:
    """Text in which processors see no markup.

    Titles may hold `<i>`, `<sup>` and `<span>` as markup, and there is no way to write them as
    text (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags),
    so a character without width goes between the bracket and the letter.
    """
    return _TAG.sub(_NO_TAG, text) if "<" in text else text
