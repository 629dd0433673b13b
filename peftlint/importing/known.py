"""What a list has already, told by what identifies works and by their titles."""

from __future__ import annotations

from collections.abc import Iterable

from peftlint import title
from peftlint.importing.citation import Citation
from peftlint.model import Document, Entry

#: A title of at most so many words is a name, which others may bear.
_LONGEST_NAME = 3
_WORDS = {"arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview", "acl": "ACL"}


class Known:
    """The works of a list, and those that are added to it.

    Args:
        document: the list.
        path: as it is told to people.
    """

    def __init__(self, document: Document, path: str) -> None:
        self._by_id: dict[tuple[str, str], str] = {}
        self._by_title: dict[str, tuple[str, frozenset[tuple[str, str]]]] = {}
        for entry in document.entries:
            where = f"{path}:{entry.line}"
            self._add(_ids(entry), title.key(entry.title.text), where)
            if entry.name is not None:
                self._add((), title.key(f"{entry.name.text}: {entry.title.text}"), where)

    def _add(self, ids: Iterable[tuple[str, str]], key: str, where: str) -> None:
        found = frozenset(ids)
        for one in found:
            self._by_id.setdefault(one, where)
        if key:
            self._by_title.setdefault(key, (where, found))

    def add(self, work: Citation, where: str) -> None:
        """Know a work as well, which stands at `where`."""
        self._add(work.ids, work.title_key, where)

    def place(self, work: Citation) -> str | None:
        """Where a work is already and how that is known, for a person; `None` where it is new."""
        for kind, value in sorted(work.ids):
            if (kind, value) in self._by_id:
                shown = f"{_WORDS.get(kind, kind)} {value}"
                return f"{self._by_id[kind, value]} has it already ({shown})"
        if work.title_key in self._by_title:
            where, ids = self._by_title[work.title_key]
            kinds = {kind for kind, _ in ids} & {kind for kind, _ in work.ids}
            is_name = len(title.words(work.title)) <= _LONGEST_NAME
            if not (is_name and kinds):
                return f"{where} has it already (the same title)"
        return None


def _ids(entry: Entry) -> Iterable[tuple[str, str]]:
    return ((kind, value) for kind, values in entry.ids.items() for value in values)
