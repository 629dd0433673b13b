"""`peftlint why` tells a person how a line of a list was read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peftlint.cli import main
from peftlint.commands.why import parsed
from peftlint.reader import read
from peftlint.report.reading import field_rows

LEGEND = "![](https://img.shields.io/badge/VPT-blue)"
LIST = f"""\
# Papers

## Keywords

{LEGEND} The short name of the work.

## Prompts

- **Visual Prompt Tuning,** ECCV 2022. {LEGEND}

  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.12119)][Code]

- **Learning to Prompt,** IJCV 2022.

  *Kaiyang Zhou, Jingkang Yang.* [[Paper](https://arxiv.org/abs/2109.01134)]

- **Neural Prompt Search,** TPAMI 2024.

  *Yuanhan Zhang, Kaiyang Zhou.* [[Paper](https://arxiv.org/abs/2206.04673)]

- [Prompt Survey](https://arxiv.org/abs/2107.13586)

```
- **In a Fence,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]
```

<!-- - **Hidden,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)] -->

---

Words of thanks.
"""


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def why(*words: str, stdin: str | bytes = "") -> Result:
    """Runs `peftlint why`."""
    return CliRunner().invoke(main, ["why", *words], input=stdin, catch_exceptions=False)


def told(place: str, text: str = LIST) -> str:
    """What is told of a line of a list."""
    Path("list.md").write_bytes(text.encode())
    result = why(place)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def why_not(line: int, text: str) -> str:
    """Why a line of a list is in no entry."""
    place, _, reason = told(f"list.md:{line}", text).splitlines()[0].partition(" is in no entry: ")
    assert place == f"list.md:{line}"
    return reason


def rows(output: str) -> dict[str, list[str]]:
    """The lines under each label; those of a label that comes twice follow each other."""
    found: dict[str, list[str]] = {}
    label = ""
    for line in output.splitlines()[1:]:
        match = re.match(r"  ((?:in |previous |next )?\w*) +(.*)$", line)
        assert match is not None, line
        label = match[1] or label
        found.setdefault(label, []).append(match[2])
    return found


def test_an_entry_is_shown_field_by_field_with_the_place_of_each() -> None:
    output = told("list.md:9")
    assert output.splitlines()[0] == "list.md:9 is in an entry: a bullet, lines 9 to 11"
    shown = rows(output)
    assert shown["section"] == ["Papers > Prompts", "7:4-7:11, the last of the headings above"]
    assert shown["title"][0] == "Visual Prompt Tuning"
    assert shown["title"][1].startswith("9:3-9:28")
    assert shown["name"] == ["-"]
    assert (shown["venue"][0], shown["venue"][1][:9]) == ("ECCV", "9:29-9:33")
    assert (shown["year"][0], shown["year"][1][:9]) == ("2022", "9:34-9:38")
    assert shown["authors"][0] == "Menglin Jia; Luming Tang"
    assert shown["authors"][1].startswith("11:3-11:30")
    assert shown["link"] == [
        "Paper: paper, https://arxiv.org/abs/2203.12119",
        "11:31-11:74, paper by its label",
        "Code: code, no address",
        "11:74-11:80, code by its label",
    ]
    assert shown["badge"] == ["VPT: blue", "9:40-9:82, in the legend: The short name of the work."]
    assert shown["arxiv"] == ["2203.12119", "11:40-11:72, the address of a link"]


def test_what_made_a_field_that_is_told() -> None:
    (entry, *_) = read(LIST).entries
    shown = rows(told("list.md:9"))
    assert entry.read_by["entry"]
    assert shown["entry"] == [entry.read_by["entry"]]
    for field in ("title", "authors", "venue", "year"):
        reason = entry.read_by.get(field)
        assert shown[field][1].partition(", ")[2] == (reason or "")


def test_the_layout_is_told_with_those_of_the_section_and_the_list() -> None:
    shown = rows(told("list.md:11"))
    assert shown["layout"] == ["- **title** venue year badges // *authors* links"]
    usual = "- **title** venue year badges // *authors* links (3 of 4)"
    assert shown["in section"] == [usual, "this entry is one of them"]
    assert shown["in list"] == [usual, "this entry is one of them"]


def test_an_entry_that_is_laid_out_otherwise_is_told_so() -> None:
    shown = rows(told("list.md:21"))
    assert shown["layout"] == ["- [title]"]
    assert shown["in list"][-1] == "this entry differs"


def test_a_layout_of_few_entries_is_called_no_convention() -> None:
    text = LIST.partition("- **Neural")[0]
    usual = "- **title** venue year badges // *authors* links"
    assert rows(told("list.md:9", text))["in list"] == [
        usual,
        "2 of 2 (100 %): no convention, which takes 3",
    ]
    text = LIST.partition("- **Learning")[0]
    assert rows(told("list.md:9", text))["in list"] == ["this is its only entry"]


@pytest.mark.parametrize("line", [3, 9])
def test_where_there_is_no_convention_no_entry_differs_from_it(line: int) -> None:
    entry = "- [A Title](https://arxiv.org/abs/2106.09685)\n"
    other = "- **A Title** [[pdf](https://arxiv.org/abs/2106.09685)]\n"
    shown = rows(told(f"list.md:{line}", f"# Papers\n\n{entry * 5}{other * 2}"))
    because = "5 of 7 (71 %): no convention, which takes 75 %"
    assert shown["in list"] == shown["in section"] == ["- [title]", because]


def test_every_line_of_an_entry_is_its() -> None:
    first, *others = told("list.md:9").splitlines()
    for line in (10, 11):
        assert told(f"list.md:{line}").splitlines() == [first.replace(":9", f":{line}", 1), *others]


def test_a_place_may_have_a_column_as_findings_have_it() -> None:
    assert told("list.md:9:40") == told("list.md:9")
    assert told("list.md:9:40:") == told("list.md:9")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (1, "a heading"),
        (2, "a blank line"),
        (23, "in a code fence"),
        (24, "in a code fence"),
        (25, "in a code fence"),
        (27, "in a comment"),
        (29, "a rule, or the line below a heading or the head of a table"),
    ],
)
def test_a_line_of_no_entry_is_told_why_not(line: int, reason: str) -> None:
    assert told(f"list.md:{line}").splitlines()[0] == f"list.md:{line} is in no entry: {reason}"


def test_a_block_that_is_no_entry_is_told_with_the_reason_of_the_reader() -> None:
    document = read(LIST)
    others = [other for other in document.others if other.line != 27]  # the comment
    assert others
    for other in others:
        output = told(f"list.md:{other.line}")
        assert output.splitlines()[0] == f"list.md:{other.line} is in no entry: {other.reason}"
    assert any(other.line == 31 for other in others)


def test_the_entries_around_a_line_of_no_entry_are_named() -> None:
    assert told("list.md:12").splitlines()[1:] == [
        "  previous entry  line 9  Visual Prompt Tuning",
        "  next entry      line 13  Learning to Prompt",
    ]
    assert told("list.md:1").splitlines()[1:] == ["  next entry      line 9  Visual Prompt Tuning"]
    assert told("list.md:31").splitlines()[1:] == ["  previous entry  line 21  Prompt Survey"]
    for text in ("# Nothing\n", "#\n", "Nothing\n=======\n"):
        assert told("list.md:1", text) == "list.md:1 is in no entry: a heading\n"


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(line_end: str) -> None:
    assert told("list.md:11", LIST.replace("\n", line_end)) == told("list.md:11")
    assert told("list.md:24", LIST.replace("\n", line_end)) == told("list.md:24")


def test_lines_that_belong_to_no_block_are_told_by_their_shape() -> None:
    text = (
        "# Papers\n\n| Title | Year |\n| --- | --- |\n"
        "| [LoRA](https://arxiv.org/abs/2106.09685) | 2022 |\n\n"
        "[ref]: https://example.org\n\n---\n\n\n    code\n"
    )
    assert told("list.md:5", text).startswith(
        "list.md:5 is in an entry: a row of a table, line 5\n"
    )
    for line, reason in (
        (4, "a rule, or the line below a heading or the head of a table"),
        (7, "the address of a link that is written elsewhere"),
        (12, "in indented code"),
    ):
        assert why_not(line, text) == reason


PAPER = "https://arxiv.org/abs/2106.09685"
ROW = f"| [LoRA]({PAPER}) | 2022 |"
AROUND = "HTML around entries"
#: A list to the reason of each line that is in no entry.
REASONS = {
    "<!-- a\n\nb -->": ["in a comment"] * 3,
    "    code\n\n    more": ["in indented code"] * 3,
    "~~~\n\n~~~": ["in a code fence"] * 3,
    "- A category\n\n  ```\n  code\n  ```": [
        "nothing shows that it is a work: no link, authors or venue",
        "a blank line",
        *["in a code fence"] * 3,
    ],
    f"<table>\n<thead>\n<tr><th>Title</th><th>Year</th></tr>\n</thead>\n<tr>"
    f'<td><a href="{PAPER}">A Title</a></td><td>2022</td></tr>\n</table>': [
        *[AROUND] * 2,
        "the head of a table",
        AROUND,
        None,
        AROUND,
    ],
    f"<table>\n<tr><td>\n\n**[A Title]({PAPER})**\n\n</td></tr>\n</table>": [
        AROUND,
        *[None] * 5,
        AROUND,
    ],
    f"| Title | Link |\n|--|--|\n| A Title | [Paper]({PAPER}) |\n"
    "| Awesome LLM | [link](https://github.com/a/awesome-llm) |": [
        "the head of a table",
        "a rule, or the line below a heading or the head of a table",
        None,
        "it points to another list",
    ],
    "@article{lora,\n  title={LoRA}\n}": ["BibTeX"] * 3,
    "![](a.png) <img src='b.png'>": ["images and no words"],
    "[![](a.png)](https://a.org)": ["images and no words"],
    "<a name='x'></a>": ["an anchor and no words"],
    "<br><br>": ["tags and no words"],
    "> Thanks\n>\n> to all": [
        "a paragraph that does not begin as an entry does",
        "a blank line",
        "a paragraph that does not begin as an entry does",
    ],
    "---\ntitle: A List\ntags:\n  - a\n\n# b\n---\n# A List": [
        *["in the front matter"] * 7,
        "a heading",
    ],
    "---\n\ntitle: A List\n---": [
        "a rule, or the line below a heading or the head of a table",
        "a blank line",
        "a heading",
        "a rule, or the line below a heading or the head of a table",
    ],
}


@pytest.mark.parametrize(("text", "reasons"), REASONS.items())
def test_each_line_of_no_entry_has_a_reason_of_its_own(text: str, reasons: list[str]) -> None:
    lines = text.count("\n") + 1
    assert len(reasons) == lines
    for line, reason in enumerate(reasons, 1):
        if reason is not None:
            assert why_not(line, text) == reason


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_is_no_part_of_the_list(end: str) -> None:
    text = f"---\ntitle: '[A]({PAPER})'\n---\n# Papers\n\n- [LoRA]({PAPER})\n".replace("\n", end)
    document = read(text)
    assert [heading.text for heading in document.headings] == ["Papers"]
    (entry,) = document.entries
    assert (entry.line, document.slice(entry.title.span)) == (6, f"[LoRA]({PAPER})")
    assert len(document.links) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"---\n## Overview\n\n- [LoRA]({PAPER})\n---\n",  # rules, and a heading between them
        f"---\n- [LoRA]({PAPER})\n---\n",
        f"---\nSee: this\n\n- [LoRA]({PAPER})\n\n---\n",
        f"---\ntitle: A List\n\n- [LoRA]({PAPER})\n",  # never closed
        f"\n---\ntitle: A List\n---\n- [LoRA]({PAPER})\n",  # not at the start
    ],
)
def test_a_list_that_begins_with_a_rule_has_no_front_matter(text: str) -> None:
    assert [entry.title.text for entry in read(text).entries][-1:] == ["LoRA"]
    assert not any("front matter" in other.reason for other in read(text).others)


def test_the_role_of_a_link_is_told_with_what_made_it_that() -> None:
    links = {
        "[code](https://a.org)": "code by its label",
        "[BibTeX](https://a.org)": "other by its label",
        "[here it is](https://github.com/a/b)": "code by its host",
        "https://a.org/x.pdf": "paper by how its address ends",
        f"[more]({PAPER}.pdf)": "paper by its host",
        "[more](https://a.org)": "neither its label nor its host tells its role",
    }
    text = f"- **A Title of Words**, NeurIPS 2022. [[pdf]({PAPER})] {' '.join(links)}\n"
    shown = rows(told("list.md:1", text))["link"]
    reasons = [line.partition(", ")[2] for line in shown[1::2]]
    assert reasons == ["paper by its label", *links.values()]
    shown = rows(told("list.md:1", f"- [Code of Words and More]({PAPER})\n"))["link"]
    assert shown == [f"the title: paper, {PAPER}", "1:3-1:61, paper by its host"]


def test_an_identity_is_told_with_its_place_wherever_it_stands() -> None:
    text = (
        "- **A Title of Words**, arXiv:2106.09685v2. [[pdf](https://arxiv.org/abs/2107.00001)] "
        "[https://arxiv.org/abs/2107.00002](https://a.org)\n"
    )
    assert rows(told("list.md:1", text))["arxiv"] == [
        "2106.09685",
        "1:31-1:43, an identifier in the text",
        "2107.00001",
        "1:52-1:84, the address of a link",
        "2107.00002",
        "1:88-1:120, the label of a link",
    ]
    text = "- **A Title of Words** arXiv\\:2106.09685 <https://a.org>\n"
    assert rows(told("list.md:1", text))["arxiv"] == ["2106.09685", "an identifier in the text"]


def test_the_cells_of_a_table_are_what_their_columns_say() -> None:
    row = f"| LoRA | [A Title of Words]({PAPER}) | Ann Lee, Bo Chen | ICLR | 2022 |"
    head = "| Name | Paper | Authors | Venue | Year |\n|--|--|--|--|--|\n"
    shown = rows(told("list.md:3", f"{head}{row}\n"))
    reasons = {label: shown[label][1].partition(", ")[2] for label in ("name", "venue", "year")}
    assert reasons == {
        "name": "the column 'Name'",
        "venue": "the column 'Venue'",
        "year": "the column 'Year'",
    }
    assert shown["authors"][1].endswith(", the column 'Authors'")
    assert shown["title"][1].endswith(", the label of a link, in the column 'Paper'")
    text = (
        f"| Paper | When it came |  |\n|--|--|--|\n| [A Title]({PAPER}) | 2022 | Ann Lee, Bo Xu |\n"
    )
    shown = rows(told("list.md:3", text))
    by = "by what most of its cells hold"
    assert shown["year"][1].endswith(f", the column 'When it came', {by}")
    assert shown["authors"][1].endswith(f", a column without a name, {by}")


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        (
            "- Ann Lee, Bo Chen, A Title of Many Words, NIPS, 2014. [[pdf](https://a.org)]",
            "what comes first in the text, behind the authors",
            "beside the venue",
        ),
        (
            "- [2023/10] **A Title of Many Words.** *Lee et al. ICSE.* [[pdf](https://a.org)]",
            "the first text in marks, behind the year",
            "a date in the text",
        ),
        (
            "- [ICLR 2022] [LoRA] [A Title of Many Words](https://a.org)",
            "the label of a link, behind the name, the venue and the year",
            "beside the venue",
        ),
    ],
)
def test_what_stands_before_the_title_and_far_from_the_venue_is_told_so(
    text: str, title: str, year: str
) -> None:
    shown = rows(told("list.md:1", text))
    assert shown["title"][1].partition(", ")[2] == title
    assert shown["year"][1].partition(", ")[2] == year


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("**DETR**: [A Title of Words](https://a.org)", "a few words in marks before the title"),
        ("[DETR] [A Title of Words](https://a.org)", "words in brackets before the title"),
        ("**[DETR] A Title of Words** [pdf](https://a.org)", "words in brackets before the title"),
        (
            'DETR: "A Title of Words" [pdf](https://a.org)',
            "a few words before a colon and the title in quotes",
        ),
        (
            "DETR\n  - Ann Lee, Bo Chen. *A Title of Words*. CVPR 2022. [pdf](https://a.org)",
            "",
        ),
    ],
)
def test_a_nickname_is_told_with_what_made_it_one(text: str, reason: str) -> None:
    shown = rows(told("list.md:1", f"- {text}\n")).get("name", ["-"])
    assert reason in shown[-1]


#: The real lists, which are not a part of this repository.
REAL = Path(__file__).parent.parent.parent / "shared" / "lists"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real lists are not beside this repository")
@pytest.mark.parametrize("source", sorted(REAL.glob("seeds/*.md")), ids=lambda path: path.stem)
@pytest.mark.usefixtures("untraced")
def test_each_field_of_a_real_list_has_a_place_and_a_reason(source: Path) -> None:
    document = read(source.read_text(encoding="utf-8"))
    for row in (row for entry in document.entries for row in field_rows(document, entry)):
        if row.text:
            assert row.span is not None, row
            assert row.because, row


def test_standard_input_is_a_list_too() -> None:
    Path("list.md").write_text(LIST, encoding="utf-8")
    result = why("-:9", stdin=LIST)
    assert result.exit_code == 0
    assert result.stdout == told("list.md:9").replace("list.md", "<stdin>")


@pytest.mark.parametrize(
    ("place", "path", "line", "column"),
    [
        ("list.md:9", "list.md", 9, None),
        ("docs/list.md:9:12", "docs/list.md", 9, 12),
        (r"C:\lists\list.md:9", r"C:\lists\list.md", 9, None),
        (r"C:\lists\list.md:9:12", r"C:\lists\list.md", 9, 12),
        ("a:b.md:009", "a:b.md", 9, None),
        ("12:34", "12", 34, None),
        ("-:9", "-", 9, None),
    ],
)
def test_a_path_may_hold_colons(place: str, path: str, line: int, column: int | None) -> None:
    assert parsed(place) == (path, line, column)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("list.md", "'list.md' names no line: write PATH:LINE, as in README.md:57."),
        ("", "'' names no line: write PATH:LINE, as in README.md:57."),
        (":9", "':9' names no line: write PATH:LINE, as in README.md:57."),
        ("list.md:", "'list.md:' names no line: write PATH:LINE, as in README.md:57."),
        ("list.md:x", "'x' is no line number; lines are counted from 1."),
        ("list.md:0", "'0' is no line number; lines are counted from 1."),
        ("list.md:-1", "'-1' is no line number; lines are counted from 1."),
        ("list.md:²", "'²' is no line number; lines are counted from 1."),
        ("--bogus", "'--bogus' names no line: write PATH:LINE, as in README.md:57."),
        ("list.md:9:x", "'x' is no line number; lines are counted from 1."),
        ("list.md:9:0", "'0' is no column number; columns are counted from 1."),
        (f"list.md:9:{'9' * 13}", f"'{'9' * 13}' is no column number; columns are counted from 1."),
    ],
)
def test_a_place_without_a_line_is_misuse(place: str, message: str) -> None:
    result = why(place)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"error: {message}"


def test_a_number_of_five_thousand_digits_is_misuse() -> None:
    result = why(f"list.md:{'9' * 5000}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is no line number" in result.stderr


def test_a_line_beyond_the_end_is_told_with_the_last() -> None:
    Path("list.md").write_text("one\ntwo\n", encoding="utf-8")
    result = why("list.md:3")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: list.md: it has 2 lines, so there is no line 3\n"
    Path("list.md").write_text("one", encoding="utf-8")
    assert why("list.md:2").stderr == "error: list.md: it has 1 line, so there is no line 2\n"
    assert why("list.md:1").exit_code == 0
    Path("list.md").write_text("", encoding="utf-8")
    assert why("list.md:1").stderr == "error: list.md: it has 0 lines, so there is no line 1\n"


def test_a_column_beyond_the_end_is_told_with_the_length_of_the_line() -> None:
    Path("list.md").write_bytes("one\r\n\r\né\n".encode())
    for place in ("1:4", "2:1", "3:2"):
        assert why(f"list.md:{place}").exit_code == 0
    for place, message in (
        ("1:5", "line 1 has 3 characters, so there is no column 5"),
        ("2:2", "line 2 has 0 characters, so there is no column 2"),
        ("3:3", "line 3 has 1 character, so there is no column 3"),
    ):
        result = why(f"list.md:{place}")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"error: list.md: {message}\n"


def test_a_home_folder_that_the_shell_left_alone_is_told_of() -> None:
    result = why("~/list.md:1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: ~/list.md: there is no such file; "
        "the shell left the ~ as it is, so write the folder out\n"
    )
    Path("~").mkdir()
    Path("~/list.md").write_text(LIST, encoding="utf-8")
    assert why("~/list.md:9").exit_code == 0


def test_a_file_that_cannot_be_read_is_told_as_everywhere() -> None:
    Path("latin.md").write_bytes(b"\xe9")
    Path("folder").mkdir()
    for place, message in (
        ("gone.md:1", "error: gone.md: there is no such file or folder"),
        ("latin.md:1", "error: latin.md:1:1: it is not UTF-8"),
        ("folder:1", "error: folder: it is a folder"),
    ):
        result = why(place)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(message)


def test_what_comes_from_the_list_cannot_command_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = (
        "# \x1b[2J \u202e ##[group]\n\n"
        "- **A \x1b[2J \u202e ##[error] Title,** ECCV 2022. *Ann \x9b Lee, Bo Xu.* "
        "[[Pap\x1b]0;er](https://arxiv.org/abs/2203.12119\x7f)] "
        "![\x1b](https://img.shields.io/badge/%1B%5B-bl\x1bue)\n\nthe end\n"
    )
    for line in (3, 5):
        output = told(f"list.md:{line}", text)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", output)
        assert "##[" not in output
    assert "\\x1b" in output


def test_a_very_long_title_is_shown_by_its_beginning() -> None:
    text = (
        f"- **{'Long ' * 20_000}Title,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
    )
    output = told("list.md:1", text)
    assert max(map(len, output.splitlines())) < 600
    assert "..." in output


def test_colors_are_for_those_who_want_them() -> None:
    plain = told("list.md:9")
    colored = why("list.md:9", "--color", "always").stdout
    assert "\x1b[" not in plain
    assert "\x1b[" in colored
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == plain
