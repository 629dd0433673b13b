"""Entries come out as Markdown in any layout and read back; `--since` gives what is new."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from peftlint.export.as_markdown import as_markdown
from peftlint.layout.named import TEMPLATES, named
from peftlint.layout.ownways import OwnWays
from peftlint.model import Entry
from peftlint.proof import facts
from peftlint.reader import read

SHARED = Path(__file__).parent.parent.parent / "shared" / "lists"
Run = Callable[..., Result]
LIST = """\
# Papers on Tuning

A word before.

## 1. Prompts [C#]

- **Visual Prompt Tuning,** ECCV 2022. ![](https://img.shields.io/badge/VPT-blue)

  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.12119)][[Code][vpt]]

- **P-Tuning: What It Is,** ACL 2022.

  *Xiao Liu, Kaixuan Ji.* [[Paper](https://arxiv.org/abs/2110.07602)]

  - A remark of the keeper's.

## Adapters

### In Vision

- **AdaptFormer: Adapting Vision,** NeurIPS 2022.

  *Shoufa Chen, Chongjian Ge.* [[Paper](https://arxiv.org/abs/2205.13535)]

[vpt]: https://github.com/kmnp/vpt
"""
TABLE = """\
# Tables

| Title | Venue | Paper | Notes |
|---|---|---|---|
| Adapters for Language | ICML 2019 | [pdf](https://arxiv.org/abs/1902.00751) | the first |
| Prompts for Language | EMNLP 2021 | [pdf](https://arxiv.org/abs/2104.08691) | |
"""


def titles(text: str) -> list[tuple[tuple[str, ...], str]]:
    """The entries of a list with their sections."""
    return [(entry.section, entry.title.text) for entry in read(text).entries]


def all_of(_: Entry) -> bool:
    return True


@pytest.fixture
def files(empty_folder: Path) -> Path:
    """A folder with two lists."""
    (empty_folder / "a.md").write_text(LIST, encoding="utf-8")
    (empty_folder / "b.md").write_text(TABLE, encoding="utf-8")
    return empty_folder


def test_entries_stand_below_their_headings_in_the_layout(files: Path, run: Run) -> None:
    result = run("export", "a.md", "--format", "markdown", "--layout", "numbered")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert (
        result.stdout
        == """\
# Papers on Tuning

## 1. Prompts \\[C#\\]

1. **Visual Prompt Tuning**. *Menglin Jia, Luming Tang*. **ECCV'2022**. \
[Paper](https://arxiv.org/abs/2203.12119) [Code](https://github.com/kmnp/vpt) \
![](https://img.shields.io/badge/VPT-blue)

2. **P-Tuning: What It Is**. *Xiao Liu, Kaixuan Ji*. **ACL'2022**. \
[Paper](https://arxiv.org/abs/2110.07602)

   - A remark of the keeper's.

## Adapters

### In Vision

1. **AdaptFormer: Adapting Vision**. *Shoufa Chen, Chongjian Ge*. **NeurIPS'2022**. \
[Paper](https://arxiv.org/abs/2205.13535)
"""
    )


def test_only_the_headings_that_were_asked_for_are_there(files: Path, run: Run) -> None:
    command = ("export", "a.md", "--format", "markdown", "--select-section")
    assert run(*command, "Adapters").stdout.startswith("## Adapters\n\n### In Vision\n\n- **Adapt")
    assert run(*command, "In Vision").stdout.startswith("### In Vision\n\n- **AdaptFormer")
    assert run(*command, "Adapters > In Vision").stdout.startswith("## Adapters\n\n### In Vision")


def test_the_lists_own_way_is_the_default_and_leaves_what_is_uniform(files: Path, run: Run) -> None:
    result = run("export", "a.md", "b.md", "--format", "markdown")
    assert result.stderr == ""
    linked = LIST.replace("[[Code][vpt]]", "[[Code](https://github.com/kmnp/vpt)]")
    first = linked.replace("A word before.\n\n", "").replace("[C#]", "\\[C#\\]")
    first = first[: first.index("\n[vpt]")]
    assert result.stdout == f"{first}\n{TABLE}"


def test_what_has_no_place_in_a_layout_is_as_its_list_has_it_and_told(
    files: Path, run: Run
) -> None:
    result = run("export", "a.md", "b.md", "--format", "markdown", "--layout", "badges")
    assert result.exit_code == 0
    assert (
        "note: a.md:7: written as its list has it: 'Visual Prompt Tuning': "
        "the layout has no place for its authors"
    ) in result.stderr
    assert "note: b.md:5: written as its list has it: 'Adapters for Language'" in result.stderr
    assert "| Title | Venue | Paper | Notes |\n|---|---|---|---|\n| Adapters" in result.stdout
    assert titles(result.stdout)[-2:] == titles(TABLE)


def test_further_lines_have_no_place_in_a_row() -> None:
    found = as_markdown(read(LIST), all_of, named("table"))
    (unlaid,) = found.unlaid
    assert (unlaid.line, unlaid.title) == (11, "P-Tuning: What It Is")
    assert "lines of its own" in unlaid.reason
    assert titles(found.text) == titles(LIST)


@pytest.mark.parametrize("layout", sorted(TEMPLATES))
def test_every_layout_reads_back(layout: str) -> None:
    document = read(LIST)
    text = as_markdown(document, all_of, named(layout)).text
    assert titles(text) == titles(LIST)
    again = read(text)
    for one, other in zip(document.entries, again.entries, strict=True):
        assert [a.text for a in one.authors] == [a.text for a in other.authors]
        assert {link.url for link in one.links} == {link.url for link in other.links}
        assert dict(one.ids) == dict(other.ids)


def test_items_are_taken_out_of_what_they_are_nested_in() -> None:
    text = (
        "# L\n\n- Surveys\n  - **A Survey of Tuning**, ICLR 2021. [[Paper](https://x.org/a.pdf)]\n"
        "  - **A Survey of Prompts**, ICLR 2022. [[Paper](https://x.org/b.pdf)]\n\n"
        "> - **A Quoted Work on Things**, ICLR 2023. [[Paper](https://x.org/c.pdf)]\n"
        ">   with more\n"
    )
    found = as_markdown(read(text), all_of, OwnWays()).text
    assert found == (
        "# L\n\n- **A Survey of Tuning**, ICLR 2021. [[Paper](https://x.org/a.pdf)]\n"
        "- **A Survey of Prompts**, ICLR 2022. [[Paper](https://x.org/b.pdf)]\n"
        "- **A Quoted Work on Things**, ICLR 2023. [[Paper](https://x.org/c.pdf)]\n"
        "  with more\n"
    )


def test_a_layout_is_for_markdown_and_has_a_known_name(files: Path, run: Run) -> None:
    result = run("export", "a.md", "--layout", "petl")
    assert result.exit_code == 2
    assert "--layout says how Markdown is written: give --format markdown." in result.stderr
    result = run("export", "a.md", "--format", "markdown", "--layout", "none")
    assert result.exit_code == 2
    assert "--layout: there is no layout 'none'" in result.stderr
    assert result.stdout == ""


def test_nothing_in_a_list_acts_in_a_terminal(empty_folder: Path, run: Run) -> None:
    text = (
        "# L \x1b[31m\n\n- **A \x1b[2JWork on Things\u202e**, ICLR 2021. [P](https://x.org/a.pdf)\n"
    )
    (empty_folder / "a.md").write_text(text, encoding="utf-8")
    result = run("export", "a.md", "--format", "markdown")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_a_list_without_entries_gives_nothing(empty_folder: Path, run: Run) -> None:
    (empty_folder / "a.md").write_text("# L\n\nNothing.\n")
    assert run("export", "a.md", "--format", "markdown").stdout == ""


# What is new


def git(*arguments: str) -> None:
    """Run git in the current folder."""
    subprocess.run(["git", *arguments], check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def repository(files: Path) -> Path:
    """The same folder as a repository, to which an entry was added since."""
    git("init", "--quiet")
    git("add", "--all")
    git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--message", "One")
    new = (
        "- **A New Work on Tuning,** ICML 2023.\n\n  *Ann Lee.* [[Paper](https://x.org/n.pdf)]\n\n"
    )
    (files / "a.md").write_text(LIST.replace("## Adapters\n", f"{new}## Adapters\n"))
    return files


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("form", ["jsonl", "csv", "bibtex", "csl-json", "markdown"])
def test_every_form_gives_only_what_is_new(run: Run, form: str) -> None:
    result = run("export", "--since", "HEAD", "--format", form, ".")
    assert result.exit_code == 0
    assert result.stdout.count("A New Work on Tuning") == 1
    assert "AdaptFormer" not in result.stdout
    assert "Adapters for Language" not in result.stdout


@pytest.mark.usefixtures("repository")
def test_what_is_new_can_be_of_one_section(run: Run) -> None:
    result = run("export", "--since", "HEAD", "a.md", "--select-section", "Adapters")
    assert (result.exit_code, result.stdout) == (0, "")
    result = run("export", "--since", "HEAD", "a.md", "--select-section", "Prompts [C#]")
    assert [json.loads(line)["line"] for line in result.stdout.splitlines()] == [17]


@pytest.mark.usefixtures("repository")
def test_a_revision_that_is_not_there_is_an_error(run: Run) -> None:
    result = run("export", "--since", "none", "--format", "csl-json", ".")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "none" in result.stderr
    result = run("export", "--since", "HEAD", "-", stdin=LIST)
    assert result.exit_code == 2
    assert "--stdin-filename says which file standard input is" in result.stderr


def test_without_a_repository_nothing_is_new_or_old(
    files: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(files.parent))
    result = run("export", "--since", "HEAD", "--format", "csl-json", "a.md")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "internal" not in result.stderr


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("layout", ["petl", "one-line", "table"])
def test_real_lists_lose_no_entry(layout: str) -> None:
    path = SHARED / "seeds" / "peft-synbol.md"
    if not path.exists():
        pytest.skip("the real lists are not here")
    document = read(path.read_text(encoding="utf-8"))
    found = as_markdown(document, all_of, named(layout))
    again = read(found.text)
    assert [e.title.text for e in again.entries] == [e.title.text for e in document.entries]
    for one, other in zip(document.entries, again.entries, strict=True):
        for name in ("authors", "venue", "year", "ids", "section"):
            assert facts(one)[name] == facts(other)[name]
