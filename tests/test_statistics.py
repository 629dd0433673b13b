"""`check --statistics` counts the findings of rules, severities and sections."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from peftlint.cli import main
from peftlint.diagnostic import Diagnostic
from peftlint.homepage import page_of
from peftlint.reader import read
from peftlint.report import STATISTICS_FORMATS, Format, report_to
from peftlint.report.excerpt import cells, cut, cut_before
from peftlint.report.section import SectionCount, sections_of
from peftlint.report.statistics import MOST_SECTIONS
from peftlint.report.tally import Tally
from peftlint.report.terminal import Terminal, write_text
from peftlint.rule import Fix, Severity, safe_fix, unsafe_fix
from peftlint.source import Edit, Lines, Span

LIST = """\
Words.

# A list

## Methods

### Adapters

- **One,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]

- **Two,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09686)]

### LoRA

- **Three,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09687)]

## Surveys
"""
SAFE = safe_fix(Edit(Span(0, 1), ""))
UNSAFE = unsafe_fix(Edit(Span(0, 1), ""))

Run = Callable[..., Result]


pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture
def run() -> Run:
    """Runs `check --statistics` in this process."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["check", "--statistics", *words], catch_exceptions=False)

    return run


def found(
    line: int,
    severity: Severity = "warning",
    fix: Fix | None = None,
    *,
    code: str = "PL201",
    name: str = "arxiv-pdf-link",
) -> Diagnostic:
    """A finding in a line."""
    message = "something is wrong"
    url = page_of(name)
    return Diagnostic(
        code, name, message, Span(0, 1), line, 1, line, 2, fix, None, severity, url
    )  # fmt: skip


FOUND = (
    found(1, "info", code="PL602", name="invisible-character"),
    found(9, fix=SAFE),
    found(11, fix=SAFE),
    found(15, fix=UNSAFE),
    found(15, "error", code="PL301", name="duplicate-entry"),
)


def printed(
    capsys: pytest.CaptureFixture[str],
    *files: tuple[str, str, tuple[Diagnostic, ...]],
    terminal: Terminal | None = None,
    form: Format = "text",
    **asked: Any,  # noqa: ANN401 - as report_to takes them
) -> str:
    """The statistics of files, each with its path, its text and its findings."""
    report = report_to(form, terminal or Terminal(), write_text, statistics=True, **asked)
    tally = Tally()
    for path, text, diagnostics in files:
        document = read(text)
        tally.add(diagnostics, len(document.entries))
        report.file(path, document, diagnostics)
    report.close(tally)
    return capsys.readouterr().out


def test_three_tables_tell_of_rules_severities_and_sections(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert printed(capsys, ("list.md", LIST, FOUND)) == (
        "findings  severity  rule\n"
        "       3  warning   PL201  arxiv-pdf-link       2 fixable, 1 with --unsafe-fixes\n"
        "       1  error     PL301  duplicate-entry\n"
        "       1  info      PL602  invisible-character\n"
        "\n"
        "findings  severity\n"
        "       1  error\n"
        "       3  warning   2 fixable, 1 with --unsafe-fixes\n"
        "       1  info\n"
        "\n"
        "findings  entries  section\n"
        "       2        1  line 13  Methods > LoRA\n"
        "       2        2   line 7  Methods > Adapters\n"
        "       1        0   line 1  (before the first heading)\n"
        "\n"
        "Found 5 findings in 1 file: 1 error, 3 warnings, 1 info "
        "(2 fixable with `peftlint fix`, 1 more with --unsafe-fixes).\n"
    )


def test_concise_rows_begin_with_the_name_of_their_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = (
        "rule             1  info      PL602  invisible-character\n"
        "severity         1  info\n"
        "section          1        0  line 1  (before the first heading)\n"
    )
    one = ("list.md", LIST, FOUND[:1])
    summary = "Found 1 finding in 1 file: 1 info.\n"
    assert printed(capsys, one, form="concise") == rows + summary
    assert printed(capsys, one, form="concise", quiet=True) == rows
    assert printed(capsys, one, quiet=True) == rows


def test_a_clean_list_has_its_summary_only(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "concise"):
        out = printed(capsys, ("list.md", LIST, ()), form=form)
        assert out == "All clean: 3 entries in 1 file.\n"


def test_of_several_files_sections_are_told_with_file_and_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = printed(capsys, ("a.md", LIST, FOUND[3:]), ("docs/b.md", "- words\n", FOUND[:1]))
    assert out.partition("section\n")[2].splitlines()[:2] == [
        "       2        1  a.md:13      Methods > LoRA",
        "       1        0  docs/b.md:1  (no headings)",
    ]


def test_sections_of_one_name_are_told_apart_by_their_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "# A\n\n## Papers\n\nx\n\n## Papers\n\ny\n"
    out = printed(capsys, ("a.md", text, (found(5), found(9))))
    assert "line 3  Papers\n" in out
    assert "line 7  Papers\n" in out


def test_one_rule_may_be_an_error_in_one_list_and_a_warning_in_another(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = printed(capsys, ("a.md", LIST, (found(9), found(9, "error"))), quiet=True)
    assert "  error     PL201" in out
    assert "  warning   PL201" in out


def test_what_goes_on_after_an_entry_that_is_a_heading_is_the_same_section() -> None:
    entries = "".join(
        f"## LoRA: Low-Rank Adaptation {letter}\n\n"
        f"*Edward J. Hu, Yelong Shen.* ICLR 2022. [[Paper](https://arxiv.org/abs/2106.0968{at})]\n\n"
        for at, letter in enumerate("abcd", 1)
    )
    text = f"# Papers\n\nwords\n\n### Deep\n\nwords\n\n{entries}"
    document = read(text)
    assert {entry.kind for entry in document.entries} == {"heading"}
    findings = [found(line) for line in (3, 7, 9, 11)]
    counts = sections_of("a.md", document, findings)
    assert [(count.headings, count.line, count.entries, count.findings) for count in counts] == [
        (("Papers",), 1, 4, 3),
        (("Papers", "Deep"), 5, 0, 1),
    ]


def test_the_worst_section_comes_first_and_errors_break_a_tie(
    capsys: pytest.CaptureFixture[str],
) -> None:
    findings = (found(9), found(15, "error"), found(17), found(17))
    out = printed(capsys, ("a.md", LIST, findings))
    names = [line.split("  ")[-1] for line in out.partition("section\n")[2].splitlines()[:3]]
    assert names == ["Surveys", "Methods > LoRA", "Methods > Adapters"]


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_a_terminal_shows_the_worst_sections_and_a_pipe_and_json_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "".join(f"# Section {number}\n\nwords\n\n" for number in range(200))
    findings = tuple(found(4 * number + 3) for number in range(200))
    screen = Screen()
    printed(capsys, ("a.md", text, findings), terminal=Terminal("never", stream=screen))
    assert screen.getvalue().count(" Section ") == MOST_SECTIONS
    more = f"and {200 - MOST_SECTIONS} more with fewer findings; --output-format json tells of all"
    assert more in screen.getvalue()
    piped = printed(capsys, ("a.md", text, findings))
    assert piped.count(" Section ") == 200
    assert "more with fewer" not in piped
    told = json.loads(printed(capsys, ("a.md", text, findings), form="json"))
    assert len(told["sections"]) == 200


def test_json_has_all_counts_and_all_sections(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(capsys, ("list.md", LIST, FOUND), form="json"))
    assert told.keys() == {"version", "rules", "severities", "sections", "summary"}
    assert told["version"] == 1
    assert told["rules"][0] == {
        "code": "PL201",
        "name": "arxiv-pdf-link",
        "severity": "warning",
        "findings": 3,
        "fixable": 2,
        "fixable_unsafely": 1,
    }
    assert told["severities"] == {
        "error": {"findings": 1, "fixable": 0, "fixable_unsafely": 0},
        "warning": {"findings": 3, "fixable": 2, "fixable_unsafely": 1},
        "info": {"findings": 1, "fixable": 0, "fixable_unsafely": 0},
    }
    assert told["sections"][:1] == [
        {
            "path": "list.md",
            "line": 13,
            "section": ["A list", "Methods", "LoRA"],
            "entries": 1,
            "findings": 2,
            "error": 1,
            "warning": 1,
            "info": 0,
        }
    ]
    # Those without findings too: who counts wants to know of how many.
    assert [section["section"] for section in told["sections"][2:]] == [
        [], ["A list"], ["A list", "Methods"], ["A list", "Surveys"],
    ]  # fmt: skip
    assert told["summary"] == {
        "files": 1,
        "files_with_findings": 1,
        "entries": 3,
        "findings": 5,
        "fixable": 2,
        "fixable_unsafely": 1,
        "errors": [],
    }


def test_the_sections_add_up_to_the_whole() -> None:
    document = read(LIST)
    findings = [found(line) for line in range(1, len(Lines(LIST)) + 1)]
    counts = sections_of("a.md", document, findings)
    assert sum(count.findings for count in counts) == len(findings)
    assert sum(count.entries for count in counts) == len(document.entries)


@pytest.mark.parametrize("form", ["text", "concise"])
@pytest.mark.parametrize(
    "name", ["A\x1b[2Jx", "\u202etxt", "x" * 100_000, "\u8bba\u6587" * 400, "`a\u2028b`", "e\u0301" * 500]
)  # fmt: skip
def test_a_hostile_heading_is_printable_and_fits_the_width(
    capsys: pytest.CaptureFixture[str], form: Format, name: str
) -> None:
    text = f"# {name}\n\n## {name}\n\nwords\n\n# Others\n"
    path = f"a{name[:300]}.md"
    for files in ([(path, text, (found(5),))], [(path, text, (found(5),)), ("b.md", text, ())]):
        out = printed(capsys, *files, form=form)
        *rows, _ = out.splitlines()
        assert all(line.isprintable() or "\u0301" in line for line in rows)
        assert max(map(cells, rows)) <= 100


@pytest.mark.parametrize("room", range(8, 40))
def test_a_name_leaves_out_outer_headings_first(room: int) -> None:
    name = SectionCount("a.md", ("A list", "Methods", "Adapter Tuning")).name(room)
    assert cells(name) <= room
    assert name.endswith("\u2026") if room < 14 else name.endswith("Adapter Tuning")


def test_what_is_cut_has_the_width_asked_for() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdef", 4) == "abc\u2026"
    assert cut_before("abcdef", 6) == "abcdef"
    assert cut_before("abcdef", 4) == "\u2026def"
    assert cells(cut("\u8bba\u6587\u8bba\u6587", 4)) <= 4
    assert cut("a\x1bb" * 100, 9) == r"a\x1bba" + "\u2026"


def test_links_change_nothing_that_is_seen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = printed(capsys, ("list.md", LIST, FOUND), quiet=True)
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    linked = printed(capsys, ("list.md", LIST, FOUND), quiet=True)
    assert linked.count("\x1b]8;;https://") == 3
    assert plain.count("\x1b") == 0


def test_other_formats_have_no_statistics(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from typing import Literal

    for module in ("peftlint.report", "peftlint.commands.output"):
        monkeypatch.setattr(f"{module}.Format", Literal[(*STATISTICS_FORMATS, "sarif")])
    Path("list.md").write_text(LIST)
    result = run("--output-format", "sarif", "list.md")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "there are no statistics in the format sarif" in result.stderr
    assert "choose one of text, concise, json" in result.stderr


def test_statistics_go_to_a_file_too_and_the_exit_code_is_that_of_the_findings(run: Run) -> None:
    Path("list.md").write_text(LIST.replace("/abs/", "/pdf/", 1))
    result = run("--output-format", "text", "--output-format", "json:out.json", "list.md")
    assert result.exit_code == 1
    assert result.stdout.startswith("findings  severity  rule\n")
    assert json.loads(Path("out.json").read_text())["summary"]["findings"] == 1


def test_what_could_not_be_read_is_in_the_summary(run: Run) -> None:
    Path("list.md").write_text(LIST)
    result = run("--output-format", "json", "list.md", "gone.md")
    assert result.exit_code == 2
    (error,) = json.loads(result.stdout)["summary"]["errors"]
    assert error.startswith("gone.md: there is no such file")
