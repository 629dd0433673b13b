"""A list may stand in several files: what the config's `lists` names is compared as one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from peftlint.linter import ListFile, lint_together
from peftlint.membership import group_of, members
from peftlint.reader import read
from peftlint.registry import find
from peftlint.settings import Settings

FIRST = "- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
AGAIN = "- **Visual prompt tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
COPIED = "- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
PDF = "- **BitFit,** ACL 2022. [[Paper](https://arxiv.org/pdf/2106.10199)]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository whose list stands in its README and in `docs`."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text(f"# Papers\n\n{FIRST}", encoding="utf-8")
    (tmp_path / "docs" / "more.md").write_text(f"# More\n\n{AGAIN}{PDF}", encoding="utf-8")
    config = 'lists = [["README.md", "docs/*.md"]]\n'
    (tmp_path / "peftlint.toml").write_text(config, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run peftlint in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "peftlint", *arguments],
        cwd=folder,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def findings(folder: Path, *paths: str) -> list[str]:
    """The findings of `peftlint check` about entries of several files, a line each."""
    done = run(folder, "check", "--quiet", "--select", "PL3", *paths)
    assert done.stderr == ""
    return [line.replace("\\", "/") for line in done.stdout.splitlines()]


def test_the_later_entry_is_reported_with_the_other_file_and_its_line(folder: Path) -> None:
    (found,) = findings(folder)
    assert found.startswith("docs/more.md:3:3")
    assert "the same title stands in README.md:3 already" in found


def test_a_file_that_is_named_alone_is_compared_with_the_others(folder: Path) -> None:
    """As a hook does, which gets the files that changed."""
    (later,) = findings(folder, "docs/more.md")
    assert "stands in README.md:3 already" in later
    (earlier,) = findings(folder, "README.md")
    assert earlier.startswith("README.md:3:3")
    assert "the same title stands in docs/more.md:3 as well" in earlier


def test_a_copied_link_is_found_across_files(folder: Path) -> None:
    (folder / "docs" / "more.md").write_text(COPIED, encoding="utf-8")
    (found,) = findings(folder)
    assert "opens the paper of README.md:3, 'Visual Prompt Tuning'" in found
    (found,) = findings(folder, "README.md")
    assert "'Learning to Prompt' in docs/more.md:1 opens this paper" in found


def test_what_is_suppressed_where_it_is_reported_is_told_nowhere(folder: Path) -> None:
    comment = "<!-- peftlint-disable-next-line duplicate-entry -->\n"
    (folder / "docs" / "more.md").write_text(comment + AGAIN, encoding="utf-8")
    assert findings(folder) == []
    assert findings(folder, "README.md") == []


def test_files_that_are_no_list_together_are_not_compared(folder: Path) -> None:
    (folder / "peftlint.toml").unlink()
    assert findings(folder) == []


def test_one_section_may_show_what_another_files_section_shows(folder: Path) -> None:
    config = folder / "peftlint.toml"
    text = config.read_text(encoding="utf-8")
    text += "[rules.duplicate-entry]\nacross-sections = false\n"
    config.write_text(text, encoding="utf-8")
    assert findings(folder) == []


def test_a_rule_that_is_ignored_in_a_file_reports_nothing_there(folder: Path) -> None:
    config = folder / "peftlint.toml"
    text = config.read_text(encoding="utf-8")
    text += '[per-file-ignores]\n"docs/" = ["PL301"]\n'
    config.write_text(text, encoding="utf-8")
    assert findings(folder) == []


def test_fix_tells_what_is_left_across_files_and_removes_nothing_there(folder: Path) -> None:
    done = run(folder, "fix", "--unsafe-fixes", "--select", "PL201,PL301")
    assert done.returncode == 1
    assert "the same title stands in README.md:3 already" in done.stdout
    text = (folder / "docs" / "more.md").read_text(encoding="utf-8")
    assert text == f"# More\n\n{AGAIN}{PDF.replace('/pdf/', '/abs/')}"
    done = run(folder, "fix", "--diff", "--select", "PL3")
    assert done.returncode == 1
    assert done.stdout == ""


def test_standard_input_stands_for_the_file_that_it_is_called(folder: Path) -> None:
    arguments = ["check", "--quiet", "--select", "PL3", "-", "--stdin-filename"]
    done = run(folder, *arguments, "docs/more.md", text=COPIED)
    assert "docs/more.md:1:3" in done.stdout
    assert "opens the paper of README.md:3" in done.stdout
    assert "same title" not in done.stdout
    done = run(folder, *arguments, "docs/new.md", text=COPIED)
    assert "docs/new.md:1:3" in done.stdout


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_compared(
    folder: Path,
) -> None:
    (folder / "docs" / "bad.md").write_bytes(b"\xff\xfe\x00")
    for paths in ([], ["README.md"]):
        done = run(folder, "check", "--quiet", "--select", "PL3", *paths)
        assert done.returncode == 2
        assert done.stderr.count("error:") == 1
        assert "bad.md" in done.stderr
        assert "the same title stands in" in done.stdout


def test_the_first_list_that_names_a_file_has_it(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path, lists=(("a.md",), ("*.md", "docs/**/*.md")))
    assert group_of(tmp_path / "a.md", settings) == ("a.md",)
    assert group_of(tmp_path / "b.md", settings) == ("*.md", "docs/**/*.md")
    assert group_of(tmp_path / "docs" / "x" / "b.md", settings) == ("*.md", "docs/**/*.md")
    assert group_of(tmp_path / "other" / "b.md", settings) == ()
    assert group_of(tmp_path.parent / "a.md", settings) == ()


def test_the_files_of_a_list_are_in_the_order_of_its_patterns(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    for name in ("z.md", "README.md", "docs/b.md", "docs/a.md", "docs/deep/c.md", "docs/n.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = members(("README.md", "docs/*.md", "*.md"), root)
    names = [path.relative_to(root).as_posix() for path in found]
    assert names == ["README.md", "docs/a.md", "docs/b.md", "z.md"]
    found = members(("docs/", "absent.md", "absent/*.md"), root)
    names = [path.relative_to(root).as_posix() for path in found]
    assert names == ["docs/a.md", "docs/b.md", "docs/deep/c.md"]
    found = members(("**/*.md",), root, lambda path, _: path.name in ("deep", "z.md"))
    names = [path.relative_to(root).as_posix() for path in found]
    assert names == ["README.md", "docs/a.md", "docs/b.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_pattern_leads_behind_no_link(tmp_path: Path) -> None:
    root = (tmp_path / "root").resolve()
    root.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").touch()
    (root / "folder").symlink_to(outside)
    (root / "file.md").symlink_to(outside / "secret.md")
    patterns = ("folder/*.md", "folder/secret.md", "file.md", "**/*.md", "folder")
    assert list(members(patterns, root)) == []


def test_a_rule_that_compares_nothing_runs_file_by_file() -> None:
    documents = [read(PDF), read(AGAIN)]
    rules = (find("PL201"), find("PL301"))
    files = [ListFile(document, rules) for document in documents]
    assert [[one.code for one in found] for found in lint_together(files)] == [["PL201"], []]
