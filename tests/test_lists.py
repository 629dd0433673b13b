"""Whole lists, written by hand: their report, their fixed text, and the places of their parts.

Each `fixtures/lists/NAME.md` stands beside `NAME.report`, its findings, and `NAME.fixed.md`, what
all fixes make of it, unsafe ones too. A list without a report is a clean one.
`pytest tests/test_lists.py --update` writes both anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from peftlint import registry
from peftlint.arxiv import abstract_page
from peftlint.diagnostic import Diagnostic
from peftlint.fixer import FixResult, fix
from peftlint.linter import lint
from peftlint.model import Badge, Document, Entry, Link
from peftlint.reader import read
from peftlint.source import Lines, Span

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "fixtures" / "lists"

#: Real lists, which stand beside the checkout where peftlint is made and are not ours to ship.
REAL = ROOT.parent / "shared" / "lists"

LISTS = sorted(path for path in FOLDER.glob("*.md") if not path.name.endswith(".fixed.md"))
BROKEN = [path for path in LISTS if path.with_suffix(".report").exists()]
CLEAN = [path for path in LISTS if path not in BROKEN]
REAL_LISTS = sorted(REAL.glob("seeds/*.md"))


@pytest.fixture(autouse=True)
def _uncovered(request: pytest.FixtureRequest) -> None:
    """Count coverage of the lists that ship only: elsewhere there are no others."""
    parameters = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    if parameters.get("path") in REAL_LISTS:
        request.getfixturevalue("untraced")


def text_of(path: Path) -> str:
    """The text of a list with its line ends as they stand."""
    return path.read_bytes().decode("utf-8")


def report(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> str:
    """One line a finding, with both ends of its place."""
    return "".join(
        f"{found.line}:{found.column}-{found.end_line}:{found.end_column}"
        f" {found.code} {found.message} [{found.name}]\n"
        for found in diagnostics
    )


def findings(text: str) -> list[Diagnostic]:
    """The findings of the rules that are on by default."""
    return lint(read(text), registry.select())


#: Rules whose fixes leave all that an entry says as it is, and its links lead where they led.
KEEPING = [
    rule
    for rule in registry.select()
    if rule.may_change.isdisjoint({"title", "authors", "venue", "year", "section", "ids"})
    and rule.name not in {"tracking-parameter", "malformed-link", "broken-anchor"}
]


def fixed(text: str, *, unsafe: bool = True) -> FixResult:
    """What the fixes of the rules that are on by default make of a text."""
    return fix(text, registry.select(), unsafe=unsafe)


def test_there_are_broken_lists_and_clean_ones() -> None:
    """Else the tests below would say nothing."""
    assert len(BROKEN) >= 4
    assert CLEAN


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_list_has_the_findings_of_its_report(
    path: Path, request: pytest.FixtureRequest
) -> None:
    """All of them, in their order, and no other."""
    expected = path.with_suffix(".report")
    found = report(findings(text_of(path)))
    if request.config.getoption("--update"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_list_is_fixed_as_its_fixed_text_says(
    path: Path, request: pytest.FixtureRequest
) -> None:
    """No fix is withheld, and nothing is left that a fix could mend."""
    expected = path.with_suffix(".fixed.md")
    result = fixed(text_of(path))
    if request.config.getoption("--update"):
        expected.write_bytes(result.text.encode())
    assert result.text == text_of(expected)
    assert not result.withheld
    assert not [left for left in result.remaining if left.fix]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_list_with_other_line_ends_is_fixed_the_same_way(path: Path) -> None:
    """Every line ends as it did."""
    text = text_of(path).replace("\n", "\r\n")
    assert report(findings(text)) == path.with_suffix(".report").read_text(encoding="utf-8")
    assert fixed(text).text == text_of(path.with_suffix(".fixed.md")).replace("\n", "\r\n")


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", [*LISTS, *REAL_LISTS], ids=lambda path: path.stem)
def test_a_second_fix_changes_nothing(path: Path, unsafe: bool) -> None:
    """Fixing settles, and what it says is left is what a check then finds."""
    first = fixed(text_of(path), unsafe=unsafe)
    second = fixed(first.text, unsafe=unsafe)
    assert second.text == first.text
    assert not second.applied
    assert list(first.remaining) == findings(first.text)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_a_clean_list_has_no_findings_and_stays_as_it_is(path: Path) -> None:
    """To the byte, with unsafe fixes as well."""
    data = path.read_bytes()
    assert findings(data.decode()) == []
    assert fixed(data.decode()).text.encode() == data


@pytest.mark.parametrize("path", [*LISTS, *REAL_LISTS], ids=lambda path: path.stem)
def test_safe_fixes_keep_every_entry_and_what_it_says(path: Path) -> None:
    """Titles, names, years, identities, and what every link leads to."""
    text = text_of(path)
    before = read(text).entries
    after = read(fix(text, KEEPING).text).entries
    assert list(map(facts, after)) == list(map(facts, before))


@pytest.mark.parametrize("path", [*LISTS, *REAL_LISTS], ids=lambda path: path.stem)
def test_every_place_is_exact(path: Path) -> None:
    """What a field says is what stands at its span."""
    document = read(text_of(path))
    assert document.entries
    for entry in document.entries:
        check_entry(document, entry)
    for link in document.links:
        check_link(document, link)
    for badge in document.badges:
        check_badge(document, badge)
    for heading in document.headings:
        assert document.place(heading.span.start).line == heading.line


@pytest.mark.parametrize("path", [*LISTS, *REAL_LISTS], ids=lambda path: path.stem)
def test_every_line_is_in_one_section(path: Path) -> None:
    """Sections follow one another without a gap."""
    document = read(text_of(path))
    following = 1
    for section in document.sections:
        assert section.start_line == following
        following = section.end_line + 1
    assert following >= len(Lines(document.text))


def facts(entry: Entry) -> dict[str, object]:
    """What an entry says, as far as no safe fix may change it."""
    return {
        "kind": entry.kind,
        "section": entry.section,
        "title": entry.title.text,
        "name": entry.name and entry.name.text,
        "authors": [author.text for author in entry.authors],
        "venue": entry.venue and entry.venue.text,
        "year": entry.year and entry.year.value,
        "targets": [link.url and (abstract_page(link.url) or link.url) for link in entry.links],
        "ids": entry.ids,
    }


def check_entry(document: Document, entry: Entry) -> None:
    """An entry's parts lie inside it and say what they are said to say."""
    assert document.place(entry.span.start).line == entry.line
    assert document.place(entry.span.end).line == entry.end_line
    assert document.slice(entry.span).strip()
    for part in parts(entry):
        assert entry.span.contains(part), (entry.title.text, part)
    if entry.year:
        shown = document.slice(entry.year.span)
        assert shown.isdigit()
        assert str(entry.year.value).endswith(shown)
    assert set(map(id, entry.links)) <= set(map(id, document.links))
    assert set(map(id, entry.badges)) <= set(map(id, document.badges))


def parts(entry: Entry) -> Iterator[Span]:
    """The places of an entry's fields."""
    yield entry.title.span
    yield from (author.span for author in entry.authors)
    yield from (link.span for link in entry.links)
    yield from (badge.span for badge in entry.badges)
    for field in (entry.name, entry.venue, entry.year):
        if field:
            yield field.span
    if entry.authors_span:
        yield entry.authors_span
    if entry.separation_span:
        yield entry.separation_span


def check_link(document: Document, link: Link) -> None:
    """A link's spans are nested in one another, and its address is the text at its place."""
    assert link.span.contains(link.label_span)
    assert link.outer_span.contains(link.span)
    assert link.removal_span.contains(link.outer_span)
    if link.url is None:
        assert link.url_span is None or link.url_span.start == link.url_span.end
    elif link.url_span and link.form != "html":
        assert document.slice(link.url_span) == link.url


def check_badge(document: Document, badge: Badge) -> None:
    """A badge's address, and the colour in it, are the text at their places."""
    assert badge.outer_span.contains(badge.span)
    assert badge.removal_span.contains(badge.outer_span)
    assert document.slice(badge.url_span) == badge.url
    if badge.color is not None:
        assert badge.color_span is not None
        assert badge.path_span is not None
        assert badge.url_span.contains(badge.path_span)
        assert badge.url_span.contains(badge.color_span)
        assert document.slice(badge.color_span) == badge.color
