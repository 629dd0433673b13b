"""An export holds each entry as `docs/entries.md` describes it, for programs to read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from peftlint.cli import main
from peftlint.export import Form, entry_record
from peftlint.model import Badge, Entry, Link, Text, Year
from peftlint.source import Span

#: The fields in the order of the table in `docs/entries.md`.
FIELDS = [
    "path",
    "line",
    "end_line",
    "kind",
    "section",
    "title",
    "name",
    "authors",
    "venue",
    "year",
    "links",
    "badges",
    "ids",
]
NOWHERE = Span(0, 0)
LIST = """\
# 论文

## Prompt

- **Visual Prompt Tuning,** ECCV 2022. ![](https://img.shields.io/badge/VPT-blue)

  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.12119v2)][[Code]()]
"""


def link(label: str | None, url: str | None) -> Link:
    """A link that is nowhere."""
    return Link(label, url, "inline", "paper", NOWHERE, NOWHERE, None, NOWHERE, NOWHERE)


def export(*words: str, stdin: str | bytes = "") -> Result:
    """Runs `peftlint export`."""
    return CliRunner().invoke(main, ["export", *words], input=stdin, catch_exceptions=False)


def records(result: Result) -> list[dict[str, object]]:
    """The objects of an export, one a line."""
    assert result.exit_code == 0
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.split("\n")[:-1]]


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def test_a_record_has_every_field_of_an_entry() -> None:
    badge = Badge("https://img.shields.io/badge/x-blue", "x", "blue", "", NOWHERE, NOWHERE, NOWHERE)
    entry = Entry(
        kind="bullet",
        span=NOWHERE,
        line=5,
        end_line=7,
        section=("Papers", "Prompt"),
        title=Text("A Title", NOWHERE),
        name=Text("Nick", NOWHERE),
        authors=(Text("Ann Lee", NOWHERE), Text("et al.", NOWHERE)),
        venue=Text("ECCV", NOWHERE),
        year=Year(2022, NOWHERE),
        links=(link("Paper", "https://arxiv.org/abs/2203.12119"), link("Code", None)),
        badges=(badge,),
        ids={"arxiv": ("2203.12119",), "doi": ("10.1/x", "10.1/y")},
    )
    record = entry_record("a/b.md", entry)
    assert list(record) == FIELDS
    assert record == {
        "path": "a/b.md",
        "line": 5,
        "end_line": 7,
        "kind": "bullet",
        "section": ["Papers", "Prompt"],
        "title": "A Title",
        "name": "Nick",
        "authors": ["Ann Lee", "et al."],
        "venue": "ECCV",
        "year": 2022,
        "links": [
            {"label": "Paper", "url": "https://arxiv.org/abs/2203.12119", "role": "paper"},
            {"label": "Code", "url": None, "role": "paper"},
        ],
        "badges": [{"url": "https://img.shields.io/badge/x-blue", "label": "x", "color": "blue"}],
        "ids": {"arxiv": ["2203.12119"], "doi": ["10.1/x", "10.1/y"]},
    }


def test_what_an_entry_does_not_show_is_present_and_empty() -> None:
    entry = Entry("table-row", NOWHERE, 1, 1, (), Text("A Title", NOWHERE))
    record = entry_record("-", entry)
    assert list(record) == FIELDS
    assert [name for name, value in record.items() if value is None] == ["name", "venue", "year"]
    assert [name for name, value in record.items() if value in ([], {})] == [
        "section",
        "authors",
        "links",
        "badges",
        "ids",
    ]


def test_each_entry_is_one_line_in_the_order_of_the_list() -> None:
    Path("docs").mkdir()
    Path("docs/list.md").write_text(LIST + LIST.replace("Visual", "Deep"), encoding="utf-8")
    first, second = records(export("docs"))
    assert list(first) == FIELDS
    assert (first["path"], first["line"], first["end_line"]) == ("docs/list.md", 5, 7)
    assert first["title"] == "Visual Prompt Tuning"
    assert second["title"] == "Deep Prompt Tuning"
    assert first["ids"] == {"arxiv": ["2203.12119"]}
    assert first["links"] == [
        {"label": "Paper", "url": "https://arxiv.org/abs/2203.12119v2", "role": "paper"},
        {"label": "Code", "url": None, "role": "code"},
    ]


def test_text_is_readable_and_utf_8() -> None:
    result = export("-", "--stdin-filename", "list.md", "--format", "jsonl", stdin=LIST)
    assert '"section": ["论文", "Prompt"]' in result.stdout_bytes.decode("utf-8")


def test_controls_and_line_separators_are_escaped() -> None:
    evil = "\x1b\x9b\u202e\u2028\x85"
    result = export("-", stdin=LIST.replace("Visual", f"Vis{evil}ual"))
    (record,) = records(result)
    assert len(result.stdout.splitlines()) == 1
    assert not set(evil) & set(result.stdout)
    # White space is collapsed in a title; the other controls are data.
    assert str(record["title"]).startswith("Vis\x1b\x9b\u202e")


def test_a_list_without_entries_gives_nothing() -> None:
    result = export("-", stdin="# Papers\n\nNone yet.\n")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_exported() -> None:
    Path("list.md").write_text(LIST, encoding="utf-8")
    Path("latin.md").write_bytes(b"\xe9")
    result = export("gone.md", ".")
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 1
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [
        "gone.md",
        "latin.md:1:1",
    ]


def test_an_internal_error_is_told_and_the_other_files_are_exported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing_record(path: str, entry: Entry) -> dict[str, object]:
        if path == "a.md":
            raise ZeroDivisionError("boom")
        return entry_record(path, entry)

    monkeypatch.setattr("peftlint.export.as_jsonl.entry_record", failing_record)
    for name in ("a.md", "b.md"):
        Path(name).write_text(LIST, encoding="utf-8")
    result = export(".")
    assert result.exit_code == 2
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()] == ["b.md"]
    assert result.stderr.startswith("error: a.md: internal error: ZeroDivisionError: boom; ")


SECTIONED = """\
# Papers

## 1. Prompt Tuning

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

### Text

- **Visual Text Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12118)]

## \U0001f525 Adapters:

- **Visual Adapters,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12117)]

### Text

- **Visual Adapters of Text,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12116)]

## A > B

- **Visual Pathways,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12115)]

## Empty
"""


@pytest.mark.parametrize(
    ("sections", "titles"),
    [
        (["prompt tuning"], ["Visual Prompt Tuning", "Visual Text Tuning"]),
        (["1. Prompt  Tuning"], ["Visual Prompt Tuning", "Visual Text Tuning"]),
        (["Adapters"], ["Visual Adapters", "Visual Adapters of Text"]),
        (["text"], ["Visual Text Tuning", "Visual Adapters of Text"]),
        (["Adapters > Text"], ["Visual Adapters of Text"]),
        (["Papers > Adapters > Text"], ["Visual Adapters of Text"]),
        (["A > B"], ["Visual Pathways"]),
        (["Empty"], []),
        (
            ["Adapters > Text", "Prompt Tuning > Text"],
            ["Visual Text Tuning", "Visual Adapters of Text"],
        ),
    ],
)
def test_sections_are_chosen_by_their_headings(sections: list[str], titles: list[str]) -> None:
    words = [word for section in sections for word in ("--select-section", section)]
    assert [one["title"] for one in records(export("-", *words, stdin=SECTIONED))] == titles


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("Promt Tuning", '; did you mean "1. Prompt Tuning"?'),
        ("Prompt", '; did you mean "1. Prompt Tuning"?'),
        ("Papers > Text", '; did you mean "1. Prompt Tuning > Text" or "\U0001f525 Adapters: > Text"?'),
        ("Papers > Promt Tuning", '; did you mean "1. Prompt Tuning"?'),
        ("\x1b[2J", '; there are "Papers", "1. Prompt Tuning", "Text" and 4 more'),
    ],
)  # fmt: skip
def test_a_section_that_no_list_has_is_an_error(section: str, message: str) -> None:
    result = export("-", "--select-section", section, "--select-section", "Empty", stdin=SECTIONED)
    assert (result.exit_code, result.stdout) == (2, "")
    shown = section.replace("\x1b", "\\x1b")
    assert result.stderr == f'error: no section has the name "{shown}"{message}\n'


def test_a_list_without_headings_says_so() -> None:
    result = export("-", "--select-section", "Papers", stdin="- text\n")
    assert result.exit_code == 2
    assert result.stderr == 'error: no section has the name "Papers": there is no heading at all\n'


def test_a_section_needs_a_name() -> None:
    result = export("-", "--select-section", " ", stdin=SECTIONED)
    assert result.exit_code == 2
    assert "a section needs a name" in result.stderr


def test_one_list_with_the_section_is_enough() -> None:
    Path("a.md").write_text(SECTIONED, encoding="utf-8")
    Path("b.md").write_text(LIST, encoding="utf-8")
    assert len(records(export(".", "--select-section", "adapters"))) == 2


@pytest.mark.parametrize("form", ["bibtex", "csl-json"])
def test_a_key_does_not_depend_on_the_sections_that_are_chosen(form: str) -> None:
    text = LIST.replace("## Prompt", "## First") + LIST
    whole = export("-", "--format", form, stdin=text).stdout
    part = export("-", "--format", form, "--select-section", "Prompt", stdin=text).stdout
    assert "jia2022visuala" in whole
    assert "jia2022visuala" in part
    assert "jia2022visual," not in part.replace('"', "")


@pytest.mark.parametrize("form", get_args(Form))
def test_a_form_loads_what_it_needs_and_no_more(form: str) -> None:
    program = (
        "import sys; from peftlint.cli import main; main(sys.argv[1:], standalone_mode=False);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "export", "--format", form, "-"],
        input=LIST, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    modules = set(done.stderr.split())
    own = {"jsonl": "as_jsonl", "csv": "as_csv", "bibtex": "as_bibtex", "csl-json": "as_csl"}
    loaded = {name for name in own.values() if f"peftlint.export.{name}" in modules}
    assert loaded == {own[form]}
    assert ("csv" in modules) == (form == "csv")
    assert ("json" in modules) == (form in {"jsonl", "csl-json"})
    assert ("peftlint.nameparts" in modules) == (form in {"bibtex", "csl-json"})


#: What a list and its name may say to GitHub's runner.
EVIL = LIST.replace("Visual", "##[error] Visual").replace("Jia", "##[group]Jia").replace(
    "https://arxiv.org/abs/2203.12119v2", "https://arxiv.org/##[error]"
)  # fmt: skip


@pytest.mark.parametrize("form", get_args(Form))
def test_no_form_gives_the_runner_a_command(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("::error::x.md").write_text(EVIL, encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = export("::error::x.md", "--format", form)
    assert result.exit_code == 0
    assert "Prompt Tuning" in result.stdout.replace("{", "")
    assert "##[" not in result.stdout
    assert not re.search(r"^\s*::", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("form", get_args(Form))
def test_a_file_holds_the_same_data_under_github_actions(form: str) -> None:
    Path("::error::x.md").write_text(EVIL, encoding="utf-8")
    written = []
    for variable in ("ELSEWHERE", "GITHUB_ACTIONS"):
        with Path(f"out.{variable}").open("wb") as out:
            subprocess.run(
                [sys.executable, "-m", "peftlint", "export", "::error::x.md", "--format", form],
                stdout=out,
                check=True,
                env={**os.environ, variable: "true"},
            )
        written.append(Path(f"out.{variable}").read_text(encoding="utf-8"))
    assert written[0] == written[1].replace("\\u0023", "#")
    assert "::error::x.md" in written[0] or form in {"bibtex", "csl-json"}


def test_github_actions_gets_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    text = LIST.replace("Visual", "##[error] Visual")
    plain = records(export("-", stdin=text))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = export("-", stdin=text)
    assert "#" not in result.stdout
    assert records(result) == plain
    assert "##[error]" in str(plain[0]["title"])
