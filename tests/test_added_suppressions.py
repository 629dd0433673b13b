"""Comments that silence findings are written where they change nothing else."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from peftlint.commentplace import Places
from peftlint.linter import lint
from peftlint.proof import facts
from peftlint.reader import read
from peftlint.registry import select
from peftlint.rule import Rule
from peftlint.silencer import ReasonError, Silenced, require_reason, silence

LISTS = Path(__file__).parent.parent.parent / "shared" / "lists"
#: The real lists but the longest: all of them take minutes.
REAL = sorted(path for path in LISTS.glob("*/*.md") if path.stat().st_size < 60_000)

PDF = "[[Paper](https://arxiv.org/pdf/2106.09685)]"
TWO = f"{PDF} [[Code]()]"

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("empty_folder")


def silenced(text: str, reason: str = "", rules: Sequence[Rule] | None = None) -> Silenced:
    """What is written into a list, all of whose promises are looked at."""
    chosen = rules or select()
    document = read(text)
    done = silence(document, lint(document, chosen), chosen, reason=reason)
    after = read(done.text)
    assert [facts(entry) for entry in after.entries] == [facts(one) for one in document.entries]
    assert rendered(done.text) == rendered(text)
    found = lint(after, chosen)
    assert [(one.code, one.line, one.column) for one in found] == [
        (one.code, one.line, one.column) for one in done.left
    ]
    again = silence(after, found, chosen, reason=reason)
    assert (again.text, again.comments) == (done.text, 0)
    return done


def rendered(text: str) -> str:
    """A text as markdown-it has it, without comments, and blanks at the ends of what is in it."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    html = re.sub(r"\s*<!-- peftlint-.*?-->\s*", "\n", html)
    html = re.sub(r"\s*(</?(?:li|p|td|th|tr|h\d|ul|ol)\b[^>]*>)\s*", r"\1", html)
    return re.sub(r"\s+", " ", html).strip()


def added(text: str, reason: str = "") -> list[str]:
    """The lines that are new or changed."""
    before = text.splitlines()
    return [line for line in silenced(text, reason).text.splitlines() if line not in before]


ENTRY = "<!-- peftlint-disable-entry"
CASES = {
    "an item": (f"- **A,** 2021. {PDF}\n", [f"  {ENTRY} arxiv-pdf-link -->"]),
    "two rules of one item": (
        f"- **A,** 2021. {TWO}\n- **B,** 2021.\n",
        [f"  {ENTRY} arxiv-pdf-link, empty-code-link -->"],
    ),
    "an item of paragraphs": (
        f"- **A,** 2021.\n\n  *X Y, Z W.* {PDF}\n\n- **B,** 2021.\n",
        [f"  {ENTRY} arxiv-pdf-link -->"],
    ),
    "a numbered item": (f"1. **A,** 2021. {PDF}\n2. **B,** 2021.\n", [
        f"   {ENTRY} arxiv-pdf-link -->"
    ]),
    "an item with a hard break": (
        f"- **A,** 2021. {PDF}  \n  - **B,** 2021. [[Paper](https://arxiv.org/abs/2106.09686)]\n",
        [f"- **A,** 2021. {PDF} {ENTRY} arxiv-pdf-link -->  "],
    ),
    "a nested item": (
        f"- Topic\n  - **A,** 2021. {PDF}\n  - **B,** 2021.\n- Other\n",
        [f"    {ENTRY} arxiv-pdf-link -->"],
    ),
    "a paragraph": (
        f"**A,** 2021. {PDF}\n\n**B,** 2021. [[Paper](https://arxiv.org/abs/2106.09686)]\n",
        [f"{ENTRY} arxiv-pdf-link -->"],
    ),
    "a row": (
        f"| Title | Paper |\n|---|---|\n| A b c d | {PDF} |\n",
        [f"| A b c d | {PDF} <!-- peftlint-disable-line arxiv-pdf-link --> |"],
    ),
    "a row without a bar at its end": (
        f"Title | Paper\n---|---\nA b c d | {PDF}\n",
        [f"A b c d | {PDF} <!-- peftlint-disable-line arxiv-pdf-link -->"],
    ),
    "a row with a cell too many": (
        f"| Title | Paper |\n|---|---|\n| A b c d | {PDF} | x |\n",
        [
            "| A b c d <!-- peftlint-disable-line arxiv-pdf-link, wrong-cell-count --> "
            f"| {PDF} | x |"
        ],
    ),
    "a heading": (
        "# P\n\n## A\n\nText.\n\n## A\n\nText.\n",
        ["<!-- peftlint-disable-next-line duplicate-heading -->"],
    ),
    "prose": (
        "# P\n\nSee [this](https://arxiv.org/pdf/2106.09685)\nand that.\n",
        [
            "See [this](https://arxiv.org/pdf/2106.09685) "
            "<!-- peftlint-disable-line arxiv-pdf-link -->"
        ],
    ),
    "a definition of a link": (
        "# P\n\nSee [this].\n\n[this]: https://arxiv.org/pdf/2106.09685\n",
        ["<!-- peftlint-disable-next-line arxiv-pdf-link -->"],
    ),
    "a quotation": (
        "# P\n\n> See [this](https://arxiv.org/pdf/2106.09685)\n",
        [
            "> See [this](https://arxiv.org/pdf/2106.09685) "
            "<!-- peftlint-disable-line arxiv-pdf-link -->"
        ],
    ),
    "html": (
        '<p>\n<a href="https://arxiv.org/pdf/2106.09685">A</a>\n</p>\n',
        [
            '<a href="https://arxiv.org/pdf/2106.09685">A</a> '
            "<!-- peftlint-disable-line arxiv-pdf-link -->"
        ],
    ),
    "a tag over two lines": (
        '<p>\n<a\nhref="https://arxiv.org/pdf/2106.09685"\nid="x">A</a>\n</p>\n',
        ["<!-- peftlint-disable-file arxiv-pdf-link -->"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_comment_stands_where_it_changes_nothing_else(text: str, expected: list[str]) -> None:
    assert added(text) == expected


@pytest.mark.parametrize(("text", "_"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_stay_as_they_are(text: str, newline: str, _: list[str]) -> None:
    done = silenced(text.replace("\n", newline))
    assert not done.left
    assert set(re.findall(r"\r\n|\r|\n", done.text)) == {newline}
    assert silenced(text.removesuffix("\n")).text[-1] != "\n"


def test_a_reason_stands_behind_the_rules() -> None:
    assert added(CASES["an item"][0], "old list") == [f"  {ENTRY} arxiv-pdf-link -- old list -->"]
    assert "-- a \\| b -->" in silenced(CASES["a row"][0], "a | b").text


def test_a_comment_that_is_there_is_extended() -> None:
    text = f"- **A,** 2021. {TWO}\n  {ENTRY} empty-code-link -- no code yet -->\n"
    assert added(text) == [f"  {ENTRY} arxiv-pdf-link, empty-code-link -- no code yet -->"]
    assert added(text, "old") == [
        f"  {ENTRY} arxiv-pdf-link, empty-code-link -- no code yet; old -->"
    ]
    above = text.splitlines()[1].strip() + "\n" + text.splitlines()[0] + "\n"
    assert len(added(above)) == 1
    row = f"| A | B |\n|---|---|\n| A b c d <!-- peftlint-disable-line PL205 --> | {TWO} |\n"
    assert "<!-- peftlint-disable-line arxiv-pdf-link, PL205 -->" in silenced(row).text


def test_an_entry_and_the_one_inside_of_it_have_a_comment_each() -> None:
    other = PDF.replace("09685", "10199")
    text = f"- **Some Title,** 2021. {PDF}\n  - **Other Title,** 2021. {other}\n"
    assert silenced(text).text == (
        f"- **Some Title,** 2021. {PDF} {ENTRY} arxiv-pdf-link -->\n"
        f"  - **Other Title,** 2021. {other}\n    {ENTRY} arxiv-pdf-link -->\n"
    )


def test_an_unused_comment_can_be_silenced_too() -> None:
    text = f"# P\n\n{ENTRY} duplicate-entry -->\n\n- **A,** 2021. [[Paper](https://x.org/a)]\n"
    done = silenced(text)
    assert not done.left
    assert "unused-suppression" in done.text


def test_front_matter_takes_no_comment() -> None:
    text = f"---\ntitle: x\n---\n# P\n\n- **A,** 2021. {PDF}\n"
    assert silenced(text).text == f"{text}  {ENTRY} arxiv-pdf-link -->\n"


def test_what_hides_the_rest_is_silenced_before_it() -> None:
    done = silenced("# P\n\nText.\n\n<!-- open\n\n- **A,** 2021.\n")
    assert not done.left


def test_nothing_is_written_where_nothing_is_found() -> None:
    assert silenced("# P\n").text == "# P\n"


@pytest.mark.parametrize(
    "reason",
    ["", " ", "a -- b", "a --> b", "a--", "-", "> a", "->", "a\nb", "a\rb", "a\u202eb", "a <!-"],
)
def test_a_reason_cannot_end_the_comment(reason: str, run: Run) -> None:
    with pytest.raises(ReasonError):
        require_reason(reason)
    Path("list.md").write_text(CASES["an item"][0])
    result = run("check", "--add-suppressions", "--reason", reason)
    assert result.exit_code == 2
    assert "--reason" in result.stderr
    assert Path("list.md").read_text() == CASES["an item"][0]


@given(st.text(max_size=20))
def test_a_reason_that_is_taken_stays_inside_the_comment(reason: str) -> None:
    try:
        require_reason(reason)
    except ReasonError:
        return
    done = silenced(CASES["an item"][0], reason)
    assert not done.left
    assert done.text.endswith(f"{reason.strip() or reason} -->\n") or reason in done.text


PIECES = st.sampled_from(
    [
        f"- **Some Title,** 2021. {PDF}", f"  - **Inner Title,** ACL 2020. {TWO}", f"1. **N,** {PDF}",
        "## Part", "", "", "  *A B, C D.*  ", f"| T | {PDF} |", "|---|---|", "> - quoted", "```",
        f"> {PDF}", "    code", f"**Par Title,** 2021. {TWO}", "<div>", "</div>", f"text {PDF}\\",
        "<!-- peftlint-disable-entry PL201 -->", "<!-- a", "-->", "***", "`", "[x]: http://arxiv.org/pdf/1",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=9).map("\n".join))
def test_no_text_is_changed_but_for_comments(text: str) -> None:
    silenced(text)


@pytest.mark.parametrize("path", REAL or [None], ids=lambda path: path.stem if path else "none")
def test_a_real_list_is_clean_afterwards(path: Path | None) -> None:
    if path is None:
        pytest.skip("the real lists are not beside this repository")
    done = silenced(path.read_bytes().decode("utf-8-sig"), "it was so before")
    assert done.left == ()


# --- the command ------------------------------------------------------------------------------


def test_a_list_is_clean_after_comments_were_written(run: Run) -> None:
    Path("list.md").write_bytes(b"\xef\xbb\xbf" + f"# P\r\n\r\n- **A,** 2021. {TWO}".encode())
    result = run("check", "--add-suppressions", "--reason", "old")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Wrote 1 suppression for 2 findings in list.md.\n"
    assert Path("list.md").read_bytes() == (
        b"\xef\xbb\xbf"
        + f"# P\r\n\r\n- **A,** 2021. {TWO}\r\n"
        f"  {ENTRY} arxiv-pdf-link, empty-code-link -- old -->".encode()
    )
    assert run("check").exit_code == 0
    result = run("check", "--add-suppressions")
    assert (result.exit_code, result.stdout) == (0, "Nothing to silence in 1 file.\n")


def test_only_what_is_selected_and_not_known_is_silenced(run: Run) -> None:
    text = f"# P\n\n- **A,** 2021. {TWO}\n"
    Path("list.md").write_text(text)
    run("check", "--select", "PL205", "--write-baseline", "b.json")
    assert run("check", "--add-suppressions", "--baseline", "b.json").exit_code == 0
    assert "empty-code-link" not in Path("list.md").read_text()
    assert "arxiv-pdf-link" in Path("list.md").read_text()
    assert run("check", "--baseline", "b.json").exit_code == 0


def test_findings_across_the_files_of_a_list_are_silenced(run: Run) -> None:
    entry = "- **Some Title of a Paper,** 2021. [[Paper](https://arxiv.org/abs/2106.09685)]\n"
    Path("peftlint.toml").write_text('lists = [["a.md", "b.md"]]\n')
    for name in ("a.md", "b.md"):
        Path(name).write_text(f"# P\n\n{entry}")
    assert run("check", "--add-suppressions").exit_code == 0
    assert Path("a.md").read_text() == f"# P\n\n{entry}"
    assert "disable-entry duplicate-entry" in Path("b.md").read_text()
    assert run("check").exit_code == 0


def test_what_cannot_be_silenced_is_told_with_its_place(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Places, "of", lambda *_: iter(()))
    Path("list.md").write_text(CASES["an item"][0])
    result = run("check", "--add-suppressions")
    assert result.exit_code == 1
    assert result.stdout.startswith("list.md:1:")
    assert "not silenced:" in result.stdout
    assert Path("list.md").read_text() == CASES["an item"][0]
    assert run("check", "--add-suppressions", "--fail-on", "error").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_not_written(run: Run) -> None:
    Path("real.txt").write_text(CASES["an item"][0])
    Path("list.md").symlink_to("real.txt")
    result = run("check", "--add-suppressions", "list.md")
    assert result.exit_code == 2
    assert "it is a symbolic link, which is not written" in result.stderr
    assert Path("real.txt").read_text() == CASES["an item"][0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "--add-suppressions"], "is about files"),
        (["--add-suppressions", "--write-baseline"], "contradict each other"),
        (["--add-suppressions", "--prune-baseline"], "contradict each other"),
        (["--add-suppressions", "--output-format", "json"], "leave --output-format out"),
        (["--reason", "x"], "give both"),
    ],
)
def test_what_cannot_be_meant_is_misuse(run: Run, arguments: Sequence[str], message: str) -> None:
    Path("list.md").write_text(CASES["an item"][0])
    result = run("check", *arguments, stdin="")
    assert result.exit_code == 2
    assert message in result.stderr
    assert Path("list.md").read_text() == CASES["an item"][0]
