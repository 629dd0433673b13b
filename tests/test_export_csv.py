"""What is exported as CSV is what the list shows, and never a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peftlint.export import export_as
from peftlint.export.as_csv import COLUMNS, cell
from peftlint.model import Badge, Entry, Link, Role, Text, Year
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.source import Span

NOWHERE = Span(0, 0)
#: As `docs/export.md` says it.
PROTECTION = re.compile(r"(^|;)'(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])")
FORMULA = re.compile(r"(?:^|;)[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")


def link(role: Role, url: str | None) -> Link:
    """A link that is nowhere."""
    return Link(role, url, "inline", role, NOWHERE, NOWHERE, None, NOWHERE, NOWHERE)


def rows(path: str, *entries: Entry) -> list[dict[str, str]]:
    """The rows of a list, by their columns."""
    export = export_as("csv")
    text = export.begin() + export.file(path, entries, lambda _: True) + export.end()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_row_has_each_field_in_its_column() -> None:
    badge = Badge(
        "https://img.shields.io/badge/x-blue", "VPT", "blue", "", NOWHERE, NOWHERE, NOWHERE
    )
    other = Badge(
        "https://img.shields.io/github/stars/a/b", None, None, "stars", NOWHERE, NOWHERE, NOWHERE
    )
    entry = Entry(
        kind="bullet",
        span=NOWHERE,
        line=5,
        end_line=7,
        section=("Papers", "Prompt"),
        title=Text('A "Title", quoted', NOWHERE),
        name=Text("Nick", NOWHERE),
        authors=(Text("Ann Lee", NOWHERE), Text("et al.", NOWHERE)),
        venue=Text("ECCV", NOWHERE),
        year=Year(2022, NOWHERE),
        links=(
            link("paper", "https://arxiv.org/abs/2203.12119"),
            link("code", "https://github.com/a/b"),
            link("code", "https://github.com/a/b"),
            link("code", "https://github.com/a/c d"),
            link("project", None),
        ),
        badges=(badge, other),
        ids={"arxiv": ("2203.12119",), "doi": ("10.1/x", "10.1/y"), "openreview": ("abc",), "acl": ("P18-1",)},
    )  # fmt: skip
    assert rows("a/b.md", entry) == [
        {
            "path": "a/b.md",
            "line": "5",
            "end_line": "7",
            "kind": "bullet",
            "section": "Papers > Prompt",
            "title": 'A "Title", quoted',
            "name": "Nick",
            "authors": "Ann Lee; et al.",
            "venue": "ECCV",
            "year": "2022",
            "paper": "https://arxiv.org/abs/2203.12119",
            "code": "https://github.com/a/b https://github.com/a/c%20d",
            "project": "",
            "data": "",
            "other": "",
            "arxiv": "2203.12119",
            "doi": "10.1/x 10.1/y",
            "ids": "openreview:abc acl:P18-1",
            "badges": "VPT; stars",
        }
    ]


def test_lines_end_as_rfc_4180_has_it_and_the_header_is_there_without_entries() -> None:
    export = export_as("csv")
    assert export.begin() == ",".join(COLUMNS) + "\r\n"
    entries = read(
        "- **A Title of Words,** ECCV 2022.\n\n- **Another of Words,** ECCV 2022.\n"
    ).entries
    text = export.file("list.md", entries, lambda _: True)
    assert text.count("\r\n") == 2
    assert text.replace("\r\n", "").isprintable()
    assert export.end() == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("-Diff: Infinite Diffusion", "'-Diff: Infinite Diffusion"),
        ("+1", "'+1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a;=1", "a;'=1"),
        ("'=1", "''=1"),
        ("'Tis a Title", "'Tis a Title"),
        ("A-B = C; -d", "A-B = C; -d"),
        ("a\nb\x1bc\u202e", "a b\\x1bc\\u202e"),
    ],
)
def test_a_cell_is_text(text: str, shown: str) -> None:
    assert cell(text) == shown
    assert PROTECTION.sub(r"\1", shown) == printable(" ".join(text.split()))


@given(st.text(st.one_of(st.sampled_from("=+-@'\";,\t\r\n\x1b a"), st.characters())))
def test_any_text_is_no_formula_and_is_read_back(text: str) -> None:
    entry = Entry("bullet", NOWHERE, 1, 1, (text,), Text(text, NOWHERE))
    (row,) = rows(text, entry)
    for shown in (row["title"], row["path"], row["section"]):
        assert not FORMULA.search(shown)
        assert PROTECTION.sub(r"\1", shown) == printable(" ".join(text.split()))
