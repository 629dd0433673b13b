"""JSON Lines: an object a line, with every field of an entry. See https://jsonlines.org."""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.export.choice import IsTaken
from peftlint.export.record import entry_record
from peftlint.model import Entry
from peftlint.report import as_json


class JsonlExport:
    """Entries as `docs/entries.md` defines them."""

    def begin(self) -> str:
        """Nothing."""
        return ""

    def file(self, path: str, entries: Sequence[Entry], is_taken: IsTaken) -> str:
        """A line for each entry."""
        return "".join(
            f"{as_json.encode(entry_record(path, entry))}\n" for entry in entries if is_taken(entry)
        )

    def end(self) -> str:
        """Nothing."""
        return ""
