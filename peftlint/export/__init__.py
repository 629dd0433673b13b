"""Entries as data, in the forms that programs, spreadsheets and reference managers read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from peftlint.export.choice import IsTaken
from peftlint.export.record import entry_record
from peftlint.model import Entry

__all__ = ["Export", "Form", "entry_record", "export_as"]

#: Forms of data; Markdown, which needs the lists and not only their entries, is written by
#: `peftlint.export.as_markdown`.
Form = Literal["jsonl", "csv", "bibtex", "csl-json"]


class Export(Protocol):
    """Lists in one form: what `begin`, `file` for each list, and `end` give makes the whole."""

    def begin(self) -> str:
        """What comes before all lists."""

    def file(self, path: str, entries: Sequence[Entry], is_taken: IsTaken) -> str:
        """The entries of one list.

        Args:
            path: of the list, with `/`.
            entries: all of it, in order: a key that an entry gets does not depend on what else
                is taken.
            is_taken: which of them to give.
        """

    def end(self) -> str:
        """What comes after all lists."""


def export_as(form: Form) -> Export:
    """An export in the form of that name; only what the form needs is loaded."""
    if form == "csv":
        from peftlint.export.as_csv import CsvExport

        return CsvExport()
    if form == "bibtex":
        from peftlint.export.as_bibtex import BibtexExport

        return BibtexExport()
    if form == "csl-json":
        from peftlint.export.as_csl import CslExport

        return CslExport()
    from peftlint.export.as_jsonl import JsonlExport

    return JsonlExport()
