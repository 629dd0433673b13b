"""What GitHub shows of a run: annotations, and Markdown for a summary or a comment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from peftlint.cli import main
from peftlint.diagnostic import Diagnostic
from peftlint.reader import read
from peftlint.report import as_github, as_markdown
from peftlint.report.correction import correction
from peftlint.report.quoting import can_stand_in_fence, code, fence, link, prose
from peftlint.report.tally import Tally
from peftlint.rule import SEVERITIES, Fix, Severity, safe_fix, unsafe_fix
from peftlint.source import Edit, Lines, Span

LIST = """\
# Papers

- **LoRA,** ICLR 2022.

  *Edward J. Hu.* [[Paper](https://arxiv.org/pdf/2106.09685)][[Code]()]
- **Prefix-Tuning,** ACL 2021.

  *Xiang Lisa Li.* [[Paper](http://arxiv.org/abs/2101.00190)]
"""


@pytest.fixture(autouse=True)
def _outside_of_github(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def checked(*arguments: str, text: str = LIST) -> str:
    """What `peftlint check` prints about one list."""
    Path("list.md").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["check", "--isolated", *arguments, "list.md"]).stdout


def reported(
    report: type[Any], text: str, diagnostics: Sequence[Diagnostic], errors: Sequence[str] = ()
) -> str:
    """What a report of one file writes."""
    written: list[str] = []
    made = report(written.append)
    tally = Tally(errors=errors)
    tally.add(diagnostics, 1)
    made.file("list.md", read(text), diagnostics)
    made.close(tally)
    return "".join(written)


def diagnostic(
    line: int, severity: Severity = "warning", fix: Fix | None = None, message: str = "is wrong"
) -> Diagnostic:
    """A finding in the first characters of a line of `LIST`."""
    start = Lines(LIST).span(line).start
    span = Span(start, start + 3)
    return Diagnostic(
        "XX001", "a-rule", message, span, line, 1, line, 4, fix, None, severity, "https://a.org/b"
    )


# Annotations


def test_an_annotation_names_place_rule_and_fix() -> None:
    assert checked("--output-format", "github", "--select", "PL201,PL205") == (
        "::warning file=list.md,line=5,col=28,endLine=5,endColumn=60,title=PL201 arxiv-pdf-link"
        "::'Paper' opens the PDF, not the abstract page"
        "%0Afix: *Edward J. Hu.* [[Paper](https://arxiv.org/abs/2106.09685)][[Code]()]\n"
        "::warning file=list.md,line=5,col=62,endLine=5,endColumn=72,title=PL205 empty-code-link"
        "::'Code' leads nowhere"
        "%0Aunsafe fix: *Edward J. Hu.* [[Paper](https://arxiv.org/pdf/2106.09685)]\n"
    )


def test_the_worst_annotations_come_first_and_ten_of_a_kind() -> None:
    found = [diagnostic(3, one) for one in ("info", "warning") for _ in range(12)]
    found += [diagnostic(3, "error")] * 3
    lines = reported(as_github.GithubReport, LIST, found).splitlines()
    kinds = [line.split()[0] for line in lines]
    assert kinds == ["::error"] * 3 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[-1] == (
        "::notice title=peftlint::5 more findings: GitHub shows 10 of each kind a step; "
        "`peftlint check` shows all of them"
    )


def test_as_many_as_github_shows_need_no_word_on_others() -> None:
    found = [diagnostic(3, one) for one in SEVERITIES for _ in range(10)]
    written = reported(as_github.GithubReport, LIST, found)
    assert written.count("\n") == 30
    assert "more" not in written


def test_nothing_is_annotated_in_a_clean_list() -> None:
    assert checked("--output-format", "github", "--select", "PL601") == ""


def test_a_file_that_cannot_be_read_is_the_first_error() -> None:
    written = reported(
        as_github.GithubReport, LIST, [diagnostic(3, "error")] * 10, errors=["b.md: it is 50% gone"]
    ).splitlines()
    assert written[0] == "::error title=peftlint::b.md: it is 50%25 gone"
    assert len(written) == 11
    assert written[-1].startswith("::notice title=peftlint::1 more finding: ")


def test_what_ends_with_a_line_end_is_not_in_the_next_line() -> None:
    span = Lines(LIST).whole(3, 3)
    one = Diagnostic("XX001", "a-rule", "m", span, 3, 1, 4, 1)
    assert as_github.annotation("a.md", Lines(LIST), one) == (
        "::warning file=a.md,line=3,col=1,endLine=3,endColumn=23,title=XX001 a-rule::m"
    )


def test_what_is_in_several_lines_has_no_columns() -> None:
    one = Diagnostic("XX001", "a-rule", "m", Lines(LIST).span(3, 5), 3, 1, 5, 9)
    assert as_github.annotation("a.md", Lines(LIST), one) == (
        "::warning file=a.md,line=3,endLine=5,title=XX001 a-rule::m"
    )


def test_a_fix_of_many_lines_is_not_shown_in_an_annotation() -> None:
    fix = safe_fix(Edit(Lines(LIST).span(3), "\n".join("abcdefg")))
    message = as_github.annotation("a.md", Lines(LIST), diagnostic(3, fix=fix))
    assert message.endswith("::is wrong%0A`peftlint fix` fixes it")


def test_a_path_is_told_from_the_root_of_the_repository(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "repository" / "papers"
    folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "repository")
    for workspace in (tmp_path / "repository", tmp_path / "link"):
        monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace))
        monkeypatch.chdir(folder)
        assert as_github.path_in_workspace("list.md") == "papers/list.md"
        assert as_github.path_in_workspace("../list.md") == "list.md"
        assert as_github.path_in_workspace(str(folder / "list.md")) == "papers/list.md"
        assert as_github.path_in_workspace(str(tmp_path / "link" / "a.md")) == "a.md"
        assert as_github.path_in_workspace("../../list.md") == "../../list.md"
        monkeypatch.chdir(tmp_path)
        assert as_github.path_in_workspace("other/list.md") == "other/list.md"


def test_a_path_on_another_drive_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> str:
        raise ValueError("Paths don't have the same drive")

    monkeypatch.setenv("GITHUB_WORKSPACE", "/w")
    monkeypatch.setattr(os.path, "commonpath", refuse)
    assert as_github.path_in_workspace("list.md") == "list.md"


def test_a_link_in_the_repository_keeps_its_own_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("real.md").touch()
    Path("link.md").symlink_to("real.md")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert as_github.path_in_workspace("link.md") == "link.md"


def test_auto_is_github_in_its_workflows_and_text_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = checked("--select", "PL201")
    assert checked("--output-format", "auto", "--select", "PL201") == text
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert checked("--select", "PL201") == text
    assert checked("--output-format", "auto", "--select", "PL201").startswith("::warning file=")
    checked("--output-format", "auto:report", "--select", "PL201")
    assert Path("report").read_text(encoding="utf-8").startswith("::warning file=")


def test_statistics_are_for_people_in_workflows_too() -> None:
    assert "PL201  arxiv-pdf-link" in checked("--output-format", "github", "--statistics")


# Markdown


def test_a_summary_tells_what_is_wrong_in_each_entry_and_how_it_would_read() -> None:
    assert checked("--output-format", "markdown", "--select", "PL20") == (
        "## peftlint: 3 findings\n"
        "\n"
        "Found 3 findings in 1 file: 3 warnings (2 fixable with `peftlint fix`, 1 more with "
        "--unsafe-fixes).\n"
        "\n"
        "### `list.md`\n"
        "\n"
        "**Line 3: `LoRA`** in `Papers`\n"
        "\n"
        "- **warning** [PL201 arxiv-pdf-link]"
        "(<https://peftlint.readthedocs.io/en/stable/rules/arxiv-pdf-link.html>), line 5: "
        "'Paper' opens the PDF, not the abstract page\n"
        "- **warning** [PL205 empty-code-link]"
        "(<https://peftlint.readthedocs.io/en/stable/rules/empty-code-link.html>), line 5: "
        "'Code' leads nowhere\n"
        "\n"
        "It would read:\n"
        "\n"
        "```markdown\n"
        "- **LoRA,** ICLR 2022.\n"
        "\n"
        "  *Edward J. Hu.* [[Paper](https://arxiv.org/abs/2106.09685)][[Code]()]\n"
        "```\n"
        "\n"
        "With unsafe fixes, which may lose or guess something:\n"
        "\n"
        "```markdown\n"
        "- **LoRA,** ICLR 2022.\n"
        "\n"
        "  *Edward J. Hu.* [[Paper](https://arxiv.org/abs/2106.09685)]\n"
        "```\n"
        "\n"
        "**Line 6: `Prefix-Tuning`** in `Papers`\n"
        "\n"
        "- **warning** [PL202 arxiv-mirror-host]"
        "(<https://peftlint.readthedocs.io/en/stable/rules/arxiv-mirror-host.html>), line 8: "
        "'Paper' opens arXiv over http, not `https://arxiv.org`\n"
        "\n"
        "It would read:\n"
        "\n"
        "```markdown\n"
        "- **Prefix-Tuning,** ACL 2021.\n"
        "\n"
        "  *Xiang Lisa Li.* [[Paper](https://arxiv.org/abs/2101.00190)]\n"
        "```\n"
    )


def test_a_clean_run_is_a_friendly_line() -> None:
    assert checked("--output-format", "markdown", "--select", "PL601") == (
        "## peftlint: all clean\n\nAll clean: 2 entries in 1 file. Thank you!\n"
    )


def test_what_is_pasted_from_a_summary_is_what_the_fixer_makes() -> None:
    written = checked("--output-format", "markdown", "--select", "PL201,PL202")
    blocks = [token.content for token in MarkdownIt().parse(written) if token.type == "fence"]
    CliRunner().invoke(main, ["fix", "--isolated", "--select", "PL201,PL202", "list.md"])
    assert "".join(["# Papers\n\n", *blocks]) == Path("list.md").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_told_of() -> None:
    Path("bad.md").write_bytes(b"\xff")
    written = checked("bad.md", "--output-format", "markdown", "--select", "PL601")
    assert written.startswith("## peftlint: 1 file could not be checked\n")
    assert "Could not be checked:\n\n- `bad.md:1:1`: it is not UTF-8: byte 0xff" in written


def test_several_files_have_a_heading_each() -> None:
    Path("other.md").write_text(LIST, encoding="utf-8")
    written = checked("other.md", "--output-format", "markdown", "--select", "PL201")
    assert written.count("\n### `") == 2


def test_a_finding_outside_of_entries_is_told_by_its_line() -> None:
    text = f"[x](#Papers)\n\n{LIST}"
    written = checked("--output-format", "markdown", "--select", "PL501", text=text)
    assert "\n**Line 1**\n\n- **error** [PL501 broken-anchor]" in written
    assert "```markdown\n[x](#papers)\n```" in written


def test_the_worst_comes_first_and_what_is_left_out_is_counted() -> None:
    entry = "- **Paper {0},** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.{0:05})]\n"
    text = "# Papers\n\n" + "".join(entry.format(number) for number in range(1, 1001))
    text += "\n[x](#nowhere)\n"
    written = checked("--output-format", "markdown", "--select", "PL201,PL501", text=text)
    assert 50_000 < len(written) < as_markdown.MOST_CHARACTERS
    assert written.index("PL501") < written.index("PL201")
    shown = written.count("\n- **warning**") + 1
    assert written.endswith(
        f"\n{1001 - shown} more findings; `peftlint check` shows all of them.\n"
    )


def test_long_texts_leave_room_for_others() -> None:
    long = "word " * 50_000
    text = f"# {long}\n\n- **{long},** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n"
    written = checked("--output-format", "markdown", "--select", "PL201", text=text)
    assert len(written) < 2_000
    assert "`peftlint fix` fixes it" in written


def test_many_findings_of_one_entry_are_counted() -> None:
    written = reported(as_markdown.MarkdownReport, LIST, [diagnostic(3)] * 30)
    assert written.count("- **warning**") == 20
    assert "- and 10 more here\n" in written


def test_many_files_that_cannot_be_read_are_counted() -> None:
    written = reported(as_markdown.MarkdownReport, LIST, [], errors=["a.md: gone"] * 30)
    assert written.count("- `a.md`: gone") == 20
    assert written.endswith("- and 10 more files\n")


def test_an_entry_that_would_be_removed_has_nothing_to_paste() -> None:
    fix = unsafe_fix(Edit(Lines(LIST).whole(6, 8), ""))
    written = reported(as_markdown.MarkdownReport, LIST, [diagnostic(6, fix=fix)])
    assert (
        "With unsafe fixes, which may lose or guess something: nothing, lines 6 to 8 would be removed."
        in written
    )
    assert "```" not in written


def test_a_fix_beyond_its_entry_is_told_and_not_shown() -> None:
    fix = safe_fix(Edit(Lines(LIST).whole(6, 8), ""))
    written = reported(as_markdown.MarkdownReport, LIST, [diagnostic(3, fix=fix)])
    assert ": is wrong (`peftlint fix` fixes it)\n" in written
    assert "```" not in written


def test_statistics_are_a_table() -> None:
    assert checked("--output-format", "markdown", "--statistics", "--select", "PL205") == (
        "## peftlint: 1 finding\n"
        "\n"
        "Found 1 finding in 1 file: 1 warning (1 fixable with `peftlint fix --unsafe-fixes`).\n"
        "\n"
        "| findings | severity | rule | fixable |\n"
        "| --: | --- | --- | --: |\n"
        "| 1 | warning | [PL205 empty-code-link]"
        "(<https://peftlint.readthedocs.io/en/stable/rules/empty-code-link.html>) | 1 (1 unsafe) |\n"
    )


# Corrections


def test_of_two_fixes_that_collide_the_first_is_made() -> None:
    span = Lines(LIST).span(3)
    first = diagnostic(3, fix=safe_fix(Edit(span, "one")))
    second = diagnostic(3, fix=safe_fix(Edit(Span(span.start, span.start + 2), "two")))
    made = correction(Lines(LIST), 3, 3, [first, second, diagnostic(3)])
    assert made.lines == ("one",)
    assert made.fixed == (first,)


def test_fixes_of_different_parts_of_an_address_are_both_made() -> None:
    address = "http://arxiv.org/pdf/2101.00190"
    text = f"[Paper]({address})\n"
    span = Span(8, 8 + len(address))
    pdf = diagnostic(3, fix=safe_fix(Edit(span, "http://arxiv.org/abs/2101.00190")))
    host = diagnostic(3, fix=safe_fix(Edit(span, "https://arxiv.org/pdf/2101.00190")))
    made = correction(Lines(text), 1, 1, [pdf, host])
    assert made.lines == ("[Paper](https://arxiv.org/abs/2101.00190)",)
    assert made.fixed == (pdf, host)


# Quoting


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("'Paper' opens the PDF, not the page", "'Paper' opens the PDF, not the page"),
        ("no title (36 of 37)", "no title (36 of 37)"),
        ("see 'A @user b', and more", "see `A @user b`, and more"),
        ("thanks @user, bye", "thanks `@user`, bye"),
        ("see #12 and GH-12 and a1b2c3d4e", "see `#12` and `GH-12` and `a1b2c3d4e`"),
        ("defaced", "defaced"),
        ("www.a.org https://a.org", "`www.a.org https://a.org`"),
        ("<img src=x> ok", "`<img src=x>` ok"),
        ("a `b` c", "a `` `b` `` c"),
        ("[x](y) *z* _w_ ~~v~~ |u| $t$", "`[x](y) *z* _w_ ~~v~~ |u| $t$`"),
        (":tada: &amp; \\", "`:tada: &amp; \\`"),
        ("\x1b[31m \u202e", "`\\x1b[31m \\u202e`"),
        ("'it's ' and '", "'it's `'` and `'`"),
        ("", ""),
    ],
)
def test_words_stay_and_all_else_is_code(text: str, quoted: str) -> None:
    assert prose(text) == quoted


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a", "`a`"),
        ("`", "`` ` ``"),
        ("a``b", "```a``b```"),
        ("`a", "`` `a ``"),
        (" a\n b ", "`a b`"),
        ("##[error]x", "`\\x23#[error]x`"),
        ("", ""),
    ],
)
def test_code_holds_any_text(text: str, span: str) -> None:
    assert code(text) == span


def test_long_code_is_cut() -> None:
    assert code("word " * 100, 10) == "`word word\u2026`"


def test_a_fence_is_longer_than_what_is_in_it() -> None:
    assert fence(["````", "a"]) == ["`````markdown", "````", "a", "`````"]


@pytest.mark.parametrize(
    "line",
    ["\x1b[31m", "a\rb", "\x9b", "\u202ea", "::error::", "  ::x", "a ##[b]", "\udcff", "\u2028"],
)
def test_what_acts_is_not_shown_to_be_copied(line: str) -> None:
    assert can_stand_in_fence(["- \t\u00a0\U0001f469\u200d\U0001f4bb a :: b ## [c]"])
    assert not can_stand_in_fence(["a", line])


def test_an_address_cannot_leave_its_link() -> None:
    assert link("a", None) == "a"
    assert link("a", "https://a.org/(b)<c>&d") == "[a](<https://a.org/%28b%29%3Cc%3E&amp;d>)"
