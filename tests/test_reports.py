"""Reports show each finding where it is and how it would be fixed, whatever a list contains."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from itertools import product, takewhile
from typing import Any, NamedTuple, SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peftlint.diagnostic import Diagnostic
from peftlint.homepage import page_of
from peftlint.reader import read
from peftlint.report import FINDINGS_ONLY, Format, report_to
from peftlint.report.as_json import encode
from peftlint.report.excerpt import Excerpt, cells, excerpt, marker
from peftlint.report.preview import preview
from peftlint.report.tally import Tally
from peftlint.report.terminal import (
    DEFAULT_WIDTH,
    LEAST_WIDTH,
    ColorChoice,
    Terminal,
    without_workflow_commands,
    write_text,
)
from peftlint.report.text import TextReport
from peftlint.rule import Fix, Severity, safe_fix, unsafe_fix
from peftlint.source import Edit, Lines, Span

LIST = (
    "# Papers\n"
    "\n"
    "- **LoRA,** ICLR 2022.\n"
    "  *Edward J. Hu.* [[Paper](https://arxiv.org/pdf/2106.09685)][[Code]()]\n"
    "- **LoRA,** ICLR 2022.\n"
    "  *Edward J. Hu.*\n"
)


#: What says whether a terminal shows links.
LINKING = (
    "CI", "COLORTERM", "DOMTERM", "FORCE_HYPERLINK", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "TERM",
    "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION",
)  # fmt: skip


class About(NamedTuple):
    """What a report shows of a rule."""

    code: str
    severity: Severity


RULES = {
    "arxiv-pdf-link": About("PL201", "warning"),
    "empty-code-link": About("PL205", "warning"),
    "duplicate-entry": About("PL301", "error"),
    "mixed-author-style": About("PL105", "info"),
}


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "COLUMNS", *LINKING):
        monkeypatch.delenv(name, raising=False)


def span_of(text: str, part: str, occurrence: int = 1) -> Span:
    """Where `part` stands in `text`."""
    start = -1
    for _ in range(occurrence):
        start = text.index(part, start + 1)
    return Span(start, start + len(part))


def diagnostic(
    text: str,
    span: Span,
    message: str = "something is wrong",
    fix: Fix | None = None,
    rule: str = "arxiv-pdf-link",
) -> Diagnostic:
    """A finding at `span`."""
    lines = Lines(text)
    start, end = lines.place(span.start), lines.place(span.end)
    about = RULES[rule]
    return Diagnostic(
        about.code, rule, message, span, *start, *end, fix, None, about.severity, page_of(rule)
    )


def pdf_link(text: str = LIST) -> Diagnostic:
    """A finding with a safe fix."""
    span = span_of(text, "https://arxiv.org/pdf/2106.09685")
    fix = safe_fix(Edit(span, "https://arxiv.org/abs/2106.09685"))
    return diagnostic(text, span, "'Paper' opens the PDF", fix)


def empty_code_link(text: str = LIST) -> Diagnostic:
    """A finding with an unsafe fix."""
    span = span_of(text, "[[Code]()]")
    fix = unsafe_fix(Edit(span, ""))
    return diagnostic(text, span, "'Code' has no target", fix, "empty-code-link")


def duplicate(text: str = LIST) -> Diagnostic:
    """A finding without a fix."""
    span = span_of(text, "**LoRA,**", 2)
    return diagnostic(text, span, "the same work as in line 3", None, "duplicate-entry")


def printed(  # noqa: PLR0913 - what a report can be asked for
    capsys: pytest.CaptureFixture[str],
    text: str,
    *diagnostics: Diagnostic,
    form: Format = "text",
    path: str = "README.md",
    quiet: bool = False,
    statistics: bool = False,
) -> str:
    """What a report of one file writes to standard output."""
    report = report_to(form, Terminal(), write_text, quiet=quiet, statistics=statistics)
    tally = Tally()
    tally.add(diagnostics, 2)
    report.file(path, read(text), diagnostics)
    report.close(tally)
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def fixed_lines(text: str, *edits: Edit, width: int = 80) -> list[str]:
    """A fix as it would read, each line as it is shown."""
    shown = preview(Lines(text), safe_fix(*edits), width)
    return [line if isinstance(line, str) else line.text for line in shown]


def shown_at(text: str, span: Span, width: int) -> Excerpt:
    """The excerpt of the line in which `span` begins."""
    lines = Lines(text)
    return excerpt(text, lines.span(lines.line(span.start)), span, width)


def marker_below(part: Excerpt) -> str:
    """The line of `^` for below an excerpt."""
    return marker(part.before, part.marked)


def shared(one: str, other: str) -> int:
    """How many characters the two have in common at their start."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


# The text report


def test_a_finding_is_shown_with_its_line_its_place_and_its_fix(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert printed(capsys, LIST, pdf_link(), empty_code_link(), duplicate()) == (
        "README.md:4:28: warning PL201 'Paper' opens the PDF [arxiv-pdf-link]\n"
        "    4 |   *Edward J. Hu.* [[Paper](https://arxiv.org/pdf/2106.09685)][[Code]()]\n"
        "      |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  fix |   *Edward J. Hu.* [[Paper](https://arxiv.org/abs/2106.09685)][[Code]()]\n"
        "\n"
        "README.md:4:62: warning PL205 'Code' has no target [empty-code-link]\n"
        "    4 |   *Edward J. Hu.* [[Paper](https://arxiv.org/pdf/2106.09685)][[Code]()]\n"
        "      |                                                              ^^^^^^^^^^\n"
        "  fix |   *Edward J. Hu.* [[Paper](https://arxiv.org/pdf/2106.09685)]\n"
        "      | (unsafe: only made with --unsafe-fixes)\n"
        "\n"
        "README.md:5:3: error PL301 the same work as in line 3 [duplicate-entry]\n"
        "    5 | - **LoRA,** ICLR 2022.\n"
        "      |   ^^^^^^^^^\n"
        "\n"
        "Found 3 findings in 1 file: 1 error, 2 warnings "
        "(1 fixable with `peftlint fix`, 1 more with --unsafe-fixes).\n"
    )


def test_excerpts_of_one_file_begin_in_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    text = "a\n" * 9999 + "last\n"
    first, last = diagnostic(text, Span(0, 1)), diagnostic(text, span_of(text, "last"))
    lines = printed(capsys, text, first, last).split("\n")
    assert lines[1] == "      1 | a"
    assert lines[5] == "  10000 | last"


def test_colours_mark_the_place_and_change_nothing_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = printed(capsys, LIST, pdf_link(), empty_code_link())
    monkeypatch.setenv("FORCE_COLOR", "1")
    colored = printed(capsys, LIST, pdf_link(), empty_code_link())
    assert f"\x1b[33m{'^' * 32:>59}\x1b[0m" in colored
    assert "\x1b[33mwarning\x1b[0m \x1b[33mPL201\x1b[0m" in colored
    uncolored = colored
    for code in ("0", "1", "2", "1;31", "32", "33", "36"):
        uncolored = uncolored.replace(f"\x1b[{code}m", "")
    assert uncolored == plain


@pytest.mark.parametrize(
    ("environ", "color", "expected"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"FORCE_COLOR": ""}, "auto", False),
        ({"FORCE_COLOR": "1"}, "never", False),
        ({"NO_COLOR": "1"}, "always", True),
    ],
)
def test_colour_is_for_terminals_unless_one_asks(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], color: str, expected: bool
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert Terminal(color).has_color is expected  # type: ignore[arg-type]  # parametrized


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_marker_stands_under_its_place_whatever_the_stream_can_show(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr("sys.stdout", stream)
    text = "- é \u201cquoted\u201d [Codé]()\n"
    TextReport(Terminal()).file("a.md", read(text), [diagnostic(text, span_of(text, "[Codé]"))])
    line, marker = stream.buffer.getvalue().decode(encoding).split("\n")[1:3]
    marked = line[marker.index("^") : marker.rindex("^") + 1]
    assert marked == "[Codé]".encode(encoding, "backslashreplace").decode(encoding)


def test_a_fix_that_was_not_made_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    found = empty_code_link()
    TextReport(Terminal()).file("a.md", read(LIST), [found, pdf_link()], {found: "it lost \x1b"})
    out = capsys.readouterr().out
    assert out.split("\n")[4] == "      | not fixed: it lost \\x1b"
    assert out.count("not fixed") == 1
    assert "--unsafe-fixes" not in out


def test_what_an_edit_changed_is_marked_and_nothing_that_was_there() -> None:
    pieces = ["", "a", "b", "ab", "ba", "aab", "aba"]
    for before, old, after, new in product(pieces, repeat=4):
        was, now = before + old + after, before + new + after
        if was == now or not now:
            continue
        place = Span(len(before), len(before) + len(old))
        (shown,) = preview(Lines(was), safe_fix(Edit(place, new)), 80)
        assert isinstance(shown, Excerpt)
        same = len(before) + shared(was[len(before) :], now[len(before) :])
        same_end = shared(was[same:][::-1], now[same:][::-1])
        assert (shown.before, shown.marked) == (now[:same], now[same : len(now) - same_end])


# Excerpts


def test_a_marker_stands_under_its_place_after_wide_characters_and_tabs() -> None:
    text = "\t- 参数高效 e\u0301 [Code]\n"
    part = shown_at(text, span_of(text, "[Code]"), 80)
    assert part.text == "    - 参数高效 e\u0301 [Code]"
    # Four for the tab, two for each of four wide characters, none for the combining accent.
    assert marker_below(part) == " " * (4 + 2 + 8 + 1 + 1 + 1) + "^^^^^^"


def test_a_place_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    text = "- one\n  two\n"
    part = shown_at(text, Span(2, len(text)), 80)
    assert (part.text, marker_below(part)) == ("- one", "  ^^^")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_empty_place_at_a_lines_end_has_a_marker_after_the_line(end: str) -> None:
    text = f"one{end}two{end}"
    part = shown_at(text, Span(3, 3), 80)
    assert (part.text, marker_below(part)) == ("one", "   ^")


def test_a_place_at_the_end_of_the_text_is_shown() -> None:
    assert marker_below(shown_at("one\n", Span(4, 4), 80)) == "^"
    assert shown_at("", Span(0, 0), 80) == ("", "", "", 0)


def test_a_long_line_is_cropped_around_the_place() -> None:
    text = "a" * 500 + "HERE" + "b" * 500
    part = shown_at(text, span_of(text, "HERE"), 40)
    assert part.text == "…" + "a" * 17 + "HERE" + "b" * 17 + "…"
    assert marker_below(part) == " " * 18 + "^^^^"


def test_a_place_near_the_start_leaves_the_room_to_what_follows() -> None:
    text = "ab HERE" + "c" * 500
    part = shown_at(text, span_of(text, "HERE"), 40)
    assert part.text == "ab HERE" + "c" * 32 + "…"


def test_a_place_near_the_end_leaves_the_room_to_what_stands_before() -> None:
    text = "c" * 500 + "HERE ab"
    part = shown_at(text, span_of(text, "HERE"), 40)
    assert part.text == "…" + "c" * 32 + "HERE ab"


def test_a_place_wider_than_the_terminal_is_marked_to_its_edge() -> None:
    text = "see " + "x" * 500
    part = shown_at(text, Span(4, 504), 40)
    assert part.text == "see " + "x" * 35 + "…"
    assert marker_below(part) == "    " + "^" * 36


@pytest.mark.parametrize("width", range(12, 60, 7))
@pytest.mark.parametrize("filler", ["a", "参", "e\u0301", "\x1b", "\t", "a参"])
@pytest.mark.parametrize("at", [0, 1, 30, 299, 300])
def test_an_excerpt_is_never_wider_than_asked_and_shows_its_place(
    width: int, filler: str, at: int
) -> None:
    text = (filler * 300)[:at] + "HERE" + (filler * 300)[at:300]
    part = shown_at(text, span_of(text, "HERE"), width)
    assert cells(part.text) <= width
    assert part.marked == "HERE"
    assert marker_below(part).endswith("^^^^")


def test_cells_agree_with_the_unicode_tables() -> None:
    assert cells("a参é") == 4
    assert cells("e\u0301") == 1
    assert cells("\U0001f680") == 2
    assert unicodedata.east_asian_width("参") == "W"


def test_a_letter_with_thousands_of_accents_is_cut() -> None:
    text = "HERE" + "\u0301" * 5000
    part = shown_at(text, span_of(text, "HERE"), 40)
    assert part.marked == "HERE"
    assert part.text.endswith("…")
    assert len(part.text) < 400


@given(
    st.text("ab \u00e9\u2026", max_size=200),
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(25, 60),
    st.none() | st.integers(0, 200),
)
def test_an_excerpt_of_plain_text_is_that_which_is_measured_letter_by_letter(
    text: str, start: int, length: int, width: int, first: int | None
) -> None:
    place = Span(min(start, len(text)), min(start + length, len(text)))
    line = Span(0, len(text))
    plain = excerpt(text, line, place, width, first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("peftlint.report.excerpt._is_plain", lambda *_: False)
        assert excerpt(text, line, place, width, first) == plain


def test_an_excerpt_can_stand_under_another() -> None:
    text = "a" * 500 + "HERE" + "b" * 20
    line, place = Span(0, len(text)), span_of(text, "HERE")
    above = excerpt(text, line, place, 40)
    below = excerpt(text, line, Span(place.end - 1, place.end), 40, above.first)
    assert below.text == above.text
    assert marker_below(below) == " " * 3 + marker_below(above)[:-4] + "^"


@pytest.mark.parametrize("first", [0, 400, 503, 600])
def test_an_excerpt_whose_place_would_not_be_seen_there_goes_its_own_way(first: int) -> None:
    text = "a" * 500 + "HERE" + "b" * 500
    line, place = Span(0, len(text)), span_of(text, "HERE")
    assert excerpt(text, line, place, 40, first) == excerpt(text, line, place, 40)


def test_an_excerpt_of_a_line_of_megabytes_looks_at_a_few_letters_of_it() -> None:
    class Counting(str):
        taken = 0

        def __getitem__(self, key: SupportsIndex | slice) -> str:
            part = str.__getitem__(self, key)
            Counting.taken += len(part)
            return part

    text = Counting("x" * 2_000_000)
    shown_at(text, Span(1_000_000, 1_500_000), 80)
    preview(Lines(text), safe_fix(Edit(Span(1_000_000, 1_000_001), "y")), 80)
    assert Counting.taken < 2_000


# Fixes as they would read


def test_removed_lines_are_named() -> None:
    assert fixed_lines("a\nb\nc\n", Edit(Span(2, 4), "")) == ["remove line 2"]
    assert fixed_lines("a\nb\nc\nd\n", Edit(Span(2, 6), "")) == ["remove lines 2 to 3"]
    assert fixed_lines("a\nb\nc", Edit(Span(1, 5), "")) == ["remove lines 2 to 3"]


def test_an_inserted_blank_line_is_named() -> None:
    text = "- title\n  authors\n"
    assert fixed_lines(text, Edit(Span(8, 8), "\n")) == ["insert a blank line after line 1"]
    assert fixed_lines(text, Edit(Span(7, 7), "\n\n")) == ["insert 2 blank lines after line 1"]
    crlf = text.replace("\n", "\r\n")
    assert fixed_lines(crlf, Edit(Span(7, 7), "\r\n")) == ["insert a blank line after line 1"]


def test_a_fix_that_is_told_in_words_stands_in_brackets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "one\ntwo\n"
    fix = safe_fix(Edit(Span(4, 8), ""))
    assert "  fix | (remove line 2)\n" in printed(
        capsys, text, diagnostic(text, Span(4, 7), fix=fix)
    )


def test_a_fix_without_edits_shows_nothing() -> None:
    assert fixed_lines("one\n") == []


def test_a_blank_line_among_changed_ones_is_visible(capsys: pytest.CaptureFixture[str]) -> None:
    text = "- title\nauthors\n"
    fix = safe_fix(Edit(Span(7, 8), "\n\n  "))
    out = printed(capsys, text, diagnostic(text, Span(8, 15), fix=fix))
    assert "  fix | (blank line)\n      |   authors\n" in out


def test_a_fix_in_several_places_shows_each_with_its_line() -> None:
    text = "".join(f"line {number}\n" for number in range(1, 9))
    edits = [Edit(Span(start, start + 4), "LINE") for start in (0, 7, 21, 35, 49)]
    assert fixed_lines(text, *edits) == [
        "line 1",
        "LINE 1",
        "line 2",
        "LINE 2",
        "line 4",
        "LINE 4",
        "and 2 more places",
    ]


def test_two_edits_of_one_line_are_one_result() -> None:
    assert fixed_lines("a b c\n", Edit(Span(4, 5), "C"), Edit(Span(0, 1), "A")) == ["A b C"]


def test_of_many_new_lines_the_first_are_shown() -> None:
    assert fixed_lines("x\n", Edit(Span(0, 1), "1\n2\n3\n4\n5\n6")) == [
        *"1234",
        "and 2 more lines",
    ]


def test_a_fix_of_a_long_line_is_cropped_around_the_change() -> None:
    text = "a" * 500 + "HERE" + "b" * 500 + "\nnext\n"
    span = span_of(text, "HERE")
    assert fixed_lines(text, Edit(span, "XY"), width=40) == ["…" + "a" * 18 + "XY" + "b" * 18 + "…"]
    (line,) = fixed_lines(text, Edit(span, ""), width=40)
    assert line.startswith("…aaaa")
    assert line.endswith("bbbb…")


def test_only_what_differs_counts_as_changed() -> None:
    text = "[Paper](https://arxiv.org/pdf/2106.09685)\n"
    edit = Edit(Span(8, 40), "https://arxiv.org/abs/2106.09685")
    (line,) = preview(Lines(text), Fix((edit,), is_safe=True), 80)
    assert not isinstance(line, str)
    assert (line.before, line.marked) == ("[Paper](https://arxiv.org/", "abs")


# The other forms


def test_a_concise_report_has_a_line_for_each_finding(capsys: pytest.CaptureFixture[str]) -> None:
    findings = (pdf_link(), duplicate())
    one_liners = (
        "README.md:4:28: warning PL201 'Paper' opens the PDF [arxiv-pdf-link]\n"
        "README.md:5:3: error PL301 the same work as in line 3 [duplicate-entry]\n"
    )
    summary = "Found 2 findings in 1 file: 1 error, 1 warning (1 fixable with `peftlint fix`).\n"
    assert printed(capsys, LIST, *findings, form="concise") == one_liners + summary
    assert printed(capsys, LIST, *findings, quiet=True) == one_liners


def test_a_json_report_has_all_findings_one_to_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, LIST, pdf_link(), duplicate(), form="json", path="a/é.md")
    assert len(out.splitlines()) == 6
    report = json.loads(out)
    assert list(report) == ["version", "findings", "errors", "summary"]
    assert report["findings"] == [
        {
            "path": "a/é.md",
            "code": "PL201",
            "name": "arxiv-pdf-link",
            "severity": "warning",
            "url": "https://peftlint.readthedocs.io/en/stable/rules/arxiv-pdf-link.html",
            "message": "'Paper' opens the PDF",
            "line": 4,
            "column": 28,
            "end_line": 4,
            "end_column": 60,
            "fix": {
                "safe": True,
                "edits": [
                    {
                        "start": {"line": 4, "column": 28},
                        "end": {"line": 4, "column": 60},
                        "replacement": "https://arxiv.org/abs/2106.09685",
                    }
                ],
            },
        },
        {
            "path": "a/é.md",
            "code": "PL301",
            "name": "duplicate-entry",
            "severity": "error",
            "url": "https://peftlint.readthedocs.io/en/stable/rules/duplicate-entry.html",
            "message": "the same work as in line 3",
            "line": 5,
            "column": 3,
            "end_line": 5,
            "end_column": 12,
            "fix": None,
        },
    ]


def test_a_json_report_of_very_many_findings_is_one_object(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = printed(capsys, LIST, *[duplicate()] * 2500, form="json")
    assert len(json.loads(out)["findings"]) == 2500


def test_a_json_report_of_nothing_has_an_empty_array(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(printed(capsys, LIST, form="json"))["findings"] == []


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (Tally(), "No Markdown files to check."),
        (Tally(files=1, entries=1), "All clean: 1 entry in 1 file."),
        (Tally(files=3, entries=214), "All clean: 214 entries in 3 files."),
        (
            Tally(files=3, errors=["gone.md: there is none"]),
            "No findings in 3 files; 1 file could not be checked.",
        ),
    ],
)
def test_a_run_without_findings_says_what_was_checked(tally: Tally, expected: str) -> None:
    assert tally.summary() == expected


def test_a_summary_names_what_could_not_be_checked_and_only_fixes_there_are() -> None:
    tally = Tally(errors=["a.md: it is a folder", "b.md: it is a folder"])
    tally.add([duplicate()], 2)
    assert tally.summary() == "Found 1 finding in 1 file: 1 error; 2 files could not be checked."
    tally = Tally()
    tally.add([empty_code_link()], 2)
    assert tally.summary() == (
        "Found 1 finding in 1 file: 1 warning (1 fixable with `peftlint fix --unsafe-fixes`)."
    )


def test_a_summary_counts_each_severity_the_worst_first() -> None:
    tally = Tally()
    tally.add([diagnostic(LIST, Span(0, 1), rule="mixed-author-style")] * 2, 2)
    assert tally.summary() == "Found 2 findings in 1 file: 2 info."
    tally.add([duplicate()] * 2, 2)
    assert tally.summary() == "Found 4 findings in 2 files: 2 errors, 2 info."


# Links to the rules' pages


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "7603"}, True),
        ({"VTE_VERSION": "4999"}, False),
        ({"VTE_VERSION": "\u0665\u0665\u0665\u0665"}, False),
        ({"VTE_VERSION": "9" * 5000}, True),
        ({"WT_SESSION": "x"}, True),
        ({"KONSOLE_VERSION": "230804"}, True),
        ({"COLORTERM": "xfce4-terminal"}, True),
        ({"WT_SESSION": "x", "NO_COLOR": "1"}, False),
        ({"WT_SESSION": "x", "TERM": "dumb"}, False),
        ({"WT_SESSION": "x", "CI": "true"}, False),
        ({"WT_SESSION": "x", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": ""}, False),
        ({"FORCE_HYPERLINK": "1", "CI": "true", "NO_COLOR": "1"}, True),
    ],
)
def test_a_code_is_a_link_in_terminals_that_show_links(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], expected: bool
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", Screen())
    assert Terminal().has_links is expected
    assert not Terminal("never").has_links
    linked = Terminal().link("PL201", page_of("arxiv-pdf-link"))
    assert linked == (
        "\x1b]8;;https://peftlint.readthedocs.io/en/stable/rules/arxiv-pdf-link.html\x1b\\"
        "PL201\x1b]8;;\x1b\\"
        if expected
        else "PL201"
    )
    assert Terminal().link("LAB101", None) == "LAB101"


@pytest.mark.parametrize("color", ["auto", "always"])
def test_a_pipe_has_no_links_unless_one_asks(
    monkeypatch: pytest.MonkeyPatch, color: ColorChoice
) -> None:
    monkeypatch.setenv("WT_SESSION", "x")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not Terminal(color).has_links
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert Terminal(color).has_links


@pytest.mark.parametrize("form", ["text", "concise", "statistics"])
def test_links_change_nothing_that_is_seen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    asked: dict[str, Any] = {"statistics": True} if form == "statistics" else {"form": form}
    text = LIST.replace("LoRA", "Lo\x1b]8;;https://evil.org\x1b\\RA")
    plain = printed(capsys, text, pdf_link(text), empty_code_link(text), **asked)
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    linked = printed(capsys, text, pdf_link(text), empty_code_link(text), **asked)
    link = re.compile(r"\x1b\]8;;(https://peftlint\.[!-~]*|)\x1b\\")
    assert len(link.findall(linked)) == 4
    assert link.sub("", linked) == plain
    assert "\x1b" not in plain


def test_json_has_the_address_of_the_page_and_no_link(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    found = duplicate()._replace(url=None)
    (record,) = json.loads(printed(capsys, LIST, found, form="json"))["findings"]
    assert record["url"] is None


# What a list contains is a stranger's text


@pytest.mark.parametrize("form", ["text", "concise", "json", *sorted(FINDINGS_ONLY)])
@pytest.mark.parametrize("evil", ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "\u2028"])
def test_controls_in_a_list_never_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], form: Format, evil: str
) -> None:
    text = f"- **A{evil}title** HERE\n"
    span = span_of(text, "HERE")
    fix = safe_fix(Edit(span, f"THERE{evil}"))
    found = diagnostic(text, span, f"odd {evil} title", fix)
    out = printed(capsys, text, found, form=form, path=f"a{evil}b.md")
    assert evil[0] not in out
    assert all(character.isprintable() or character == "\n" for character in out)


@pytest.mark.parametrize("form", ["text", "concise", "json", *sorted(FINDINGS_ONLY)])
def test_commands_to_githubs_runner_never_reach_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = "- **A ##[error]title**\n::error::HERE\n"
    span = span_of(text, "::error::HERE")
    found = diagnostic(text, span, "##[group]", safe_fix(Edit(span, "::x")))
    out = printed(capsys, text, found, form=form, path="::notice::b.md")
    assert "##[" not in out
    assert not any(line.lstrip().startswith("::") for line in out.split("\n"))


def test_json_under_github_actions_means_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"title": "##[error] ### \u202e \x9b \ud800 é"}
    plain = encode(value)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    escaped = encode(value)
    assert "#" not in escaped
    assert json.loads(escaped) == json.loads(plain) == value
    assert "é" in escaped
    assert escaped.encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error::x", "\\x3a:error::x"),
        ("a\n \t::error::x\n", "a\n \t\\x3a:error::x\n"),
        ("see a::b", "see a::b"),
        ("x ##[error] y", "x \\x23#[error] y"),
        ("###[error]", "#\\x23#[error]"),
        ("# heading", "# heading"),
    ],
)
def test_workflow_commands_lose_their_first_character(
    monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    assert without_workflow_commands(text) == text
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert without_workflow_commands(text) == expected


def test_a_path_that_is_not_utf_8_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, LIST, duplicate(), form="concise", path="caf\udce9.md")
    assert out.startswith("caf\\udce9.md:5:3: error ")
    out = printed(capsys, LIST, duplicate(), form="json", path="caf\udce9.md")
    assert json.loads(out)["findings"][0]["path"] == "caf\udce9.md"


# The width of a line


@pytest.mark.parametrize(
    ("columns", "width"),
    [("72", 72), ("3", LEAST_WIDTH), ("", DEFAULT_WIDTH), ("wide", DEFAULT_WIDTH)],
)
def test_columns_sets_the_width_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert Terminal().width == width
