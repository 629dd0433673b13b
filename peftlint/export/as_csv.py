"""CSV for spreadsheets: RFC 4180, UTF-8, a row for each entry.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and a list may hold
one that sends its reader's data away (https://owasp.org/www-community/attacks/CSV_Injection).
Such a cell gets an apostrophe before it, and so does one that begins with apostrophes and then
such a character: taking one off again, where one of these follows, gives back exactly what was
there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from peftlint.export.choice import IsTaken
from peftlint.export.weblink import addresses
from peftlint.model import Entry, Role
from peftlint.printable import printable
from peftlint.regex import regex

COLUMNS = (
    "path", "line", "end_line", "kind", "section", "title", "name", "authors", "venue", "year",
    "paper", "code", "project", "data", "other", "arxiv", "doi", "ids", "badges",
)  # fmt: skip
_ROLES: tuple[Role, ...] = ("paper", "code", "project", "data", "other")
_SECTIONS = " > "
_ITEMS = "; "
#: Those with columns of their own.
_OWN_COLUMNS = ("arxiv", "doi")

#: Where a formula may begin: at a cell's start, and behind a semicolon, which parts cells where
#: the decimal sign is a comma. The wide forms are read as the others are in Japanese and Chinese.
#: The tab and the carriage return of which OWASP speaks are blanks here.
_FORMULA = regex(r"(?:^|(?<=;))(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])")


class CsvExport:
    """Rows with a header."""

    def begin(self) -> str:
        """The header."""
        return _rows([COLUMNS])

    def file(self, path: str, entries: Sequence[Entry], is_taken: IsTaken) -> str:
        """The rows of one list."""
        return _rows(_row(path, entry) for entry in entries if is_taken(entry))

    def end(self) -> str:
        """Nothing."""
        return ""


def _row(path: str, entry: Entry) -> list[str]:
    labels = (badge.label or badge.alt for badge in entry.badges)
    ids = [
        f"{kind}:{value}"
        for kind, values in entry.ids.items()
        if kind not in _OWN_COLUMNS
        for value in values
    ]
    cells = (
        path,
        str(entry.line),
        str(entry.end_line),
        entry.kind,
        _SECTIONS.join(entry.section),
        entry.title.text,
        entry.name.text if entry.name else "",
        _ITEMS.join(author.text for author in entry.authors),
        entry.venue.text if entry.venue else "",
        str(entry.year.value) if entry.year else "",
        # An address alone in its cell can be clicked, and none holds a blank.
        *(" ".join(addresses(entry, role)) for role in _ROLES),
        *(" ".join(entry.ids.get(kind, ())) for kind in _OWN_COLUMNS),
        " ".join(ids),
        _ITEMS.join(filter(None, labels)),
    )
    return [cell(text) for text in cells]


def cell(text: str) -> str:
    """Text as a spreadsheet shows it, on one line; what has no shape is written out."""
    return _FORMULA.sub("'", printable(" ".join(text.split())))


def _rows(rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, dialect="excel", lineterminator="\r\n").writerows(rows)
    return stream.getvalue()
