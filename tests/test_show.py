"""`check --show-files` and `check --show-settings` tell what a check would work on."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peftlint.cli import main

LIST = "- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n"

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _repository(empty_folder: Path) -> None:
    (empty_folder / ".git").mkdir()


@pytest.fixture
def run() -> Run:
    """Runs `check` in this process."""

    def run(*words: str, stdin: str = "") -> Result:
        return CliRunner().invoke(main, ["check", *words], input=stdin, catch_exceptions=False)

    return run


def write(name: str, text: str = LIST) -> Path:
    """A file in the current folder."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


# The files


def test_the_files_are_shown_in_order_and_none_is_checked(run: Run) -> None:
    for name in ("b.md", "a.md", "docs/c.md", "ignored.md", "vendor/d.md", "e.txt"):
        write(name)
    write(".gitignore", "ignored.md\n")
    write("peftlint.toml", 'exclude = ["vendor/"]\n')
    result = run("--show-files")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "a.md\nb.md\ndocs/c.md\n"
    assert run("--show-files", "e.txt", "docs", "ignored.md").stdout == (
        "e.txt\ndocs/c.md\nignored.md\n"
    )


def test_the_files_shown_are_those_that_are_checked(run: Run) -> None:
    for name in ("b.md", "a.md", "docs/c.md", "vendor/d.md"):
        write(name)
    write("docs/peftlint.toml", 'exclude = ["d.md"]\n')
    checked = json.loads(run("--output-format", "json", "--select", "PL201").stdout)
    findings = checked["findings"] if isinstance(checked, dict) else checked
    shown = run("--show-files").stdout.splitlines()
    assert shown == [finding["path"] for finding in findings]


def test_files_that_cannot_be_read_as_text_are_shown_for_none_is_read(run: Run) -> None:
    Path("a.md").write_bytes(b"\xff")
    assert run("--show-files").stdout == "a.md\n"


def test_files_come_as_a_json_array(run: Run) -> None:
    write("a.md")
    write("docs/b.md")
    result = run("--show-files", "--output-format", "json")
    assert json.loads(result.stdout) == ["a.md", "docs/b.md"]
    assert json.loads(run("--show-files", "--output-format", "json", "docs/x").stdout) == []


def test_paths_that_cannot_be_looked_at_are_told_and_the_others_shown(run: Run) -> None:
    write("a.md")
    result = run("--show-files", "gone.md", "a.md")
    assert result.exit_code == 2
    assert result.stdout == "a.md\n"
    assert result.stderr.startswith("error: gone.md: there is no such file")


def test_a_config_that_cannot_be_used_is_told_once_and_its_files_are_not_shown(run: Run) -> None:
    write("a.md")
    write("docs/b.md")
    write("docs/c.md")
    write("docs/peftlint.toml", "broken [")
    result = run("--show-files")
    assert result.exit_code == 2
    assert result.stdout == "a.md\n"
    assert result.stderr.count("docs/peftlint.toml") == 1


def test_standard_input_is_shown_by_its_name_and_not_read(run: Run) -> None:
    write("peftlint.toml", 'exclude = ["vendor/"]\n')
    assert run("--show-files", "-").stdout == "<stdin>\n"
    named = ("--show-files", "-", "--stdin-filename")
    assert run(*named, "docs/a.md").stdout == "docs/a.md\n"
    assert run(*named, "vendor/a.md").stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be on Windows")
def test_a_hostile_name_is_printable(run: Run) -> None:
    write("a\x1b[2J\u202e.md")
    write("a\nb.md")
    try:
        Path(os.fsdecode(b"a\xff.md")).write_text(LIST)
    except OSError:
        pytest.skip("this file system takes no such name")
    shown = run("--show-files").stdout
    assert shown == "a\\x0ab.md\na\\x1b[2J\\u202e.md\na\\udcff.md\n"
    as_json = run("--show-files", "--output-format", "json").stdout
    assert as_json.isascii()
    assert json.loads(as_json) == ["a\nb.md", "a\x1b[2J\u202e.md", "a\udcff.md"]


# The settings


def test_settings_are_those_of_each_path_as_the_command_config_shows_them(run: Run) -> None:
    write("a.md")
    write("docs/b.md")
    write("docs/peftlint.toml", 'fail-on = "error"\n')
    result = run("--show-settings", "a.md", "docs")
    assert (result.exit_code, result.stderr) == (0, "")
    alone = [
        CliRunner().invoke(main, ["config", name], catch_exceptions=False).stdout
        for name in ("a.md", "docs")
    ]
    assert result.stdout == "\n\n".join(alone)
    assert "# Settings of docs" in result.stdout
    assert 'fail-on = "error"' in result.stdout


def test_options_go_over_the_settings_shown(run: Run) -> None:
    write("a.md")
    result = run("--show-settings", "--fail-on", "warning", "a.md")
    assert 'fail-on = "warning"' in result.stdout
    assert "command line" in result.stdout


def test_settings_come_as_a_json_array(run: Run) -> None:
    write("a.md")
    told = json.loads(run("--show-settings", "--output-format", "json", "a.md", ".").stdout)
    assert [record["path"] for record in told] == ["a.md", "."]
    alone = CliRunner().invoke(main, ["config", "a.md", "--output-format", "json"])
    assert told[0] == json.loads(alone.stdout)


def test_settings_of_standard_input_are_those_of_its_name(run: Run) -> None:
    write("docs/peftlint.toml", 'fail-on = "error"\n')
    result = run("--show-settings", "-", "--stdin-filename", "docs/not-there.md")
    assert result.exit_code == 0
    assert 'fail-on = "error"' in result.stdout
    result = run("--show-settings", "-")
    assert result.exit_code == 2
    assert "--stdin-filename" in result.stderr


def test_settings_that_cannot_be_told_do_not_keep_the_others_from_it(run: Run) -> None:
    write("a.md")
    write("docs/b.md")
    write("docs/c.md")
    write("docs/peftlint.toml", "broken [")
    result = run("--show-settings", "gone.md", "docs/b.md", "docs/c.md", "a.md")
    assert result.exit_code == 2
    assert result.stdout.startswith("# Settings of a.md\n")
    assert result.stderr.count("error: ") == 2


# What makes no sense


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--show-files", "--show-settings"), "contradict each other"),
        (("--show-files", "--statistics"), "--show-files checks nothing"),
        (("--show-settings", "--statistics"), "--show-settings checks nothing"),
        (("--show-files", "--output-format", "json:out.json"), "standard output and nowhere"),
        (
            ("--show-settings", "--output-format", "text", "--output-format", "json:out.json"),
            "standard output and nowhere",
        ),
    ],
)
def test_what_makes_no_sense_together_is_misuse(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    write("a.md")
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert not Path("out.json").exists()


def test_a_format_that_is_of_findings_only_is_misuse(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typing import Literal

    forms = Literal["text", "concise", "json", "sarif"]
    monkeypatch.setattr("peftlint.commands.output.Format", forms)
    result = run("--show-files", "--output-format", "sarif")
    assert result.exit_code == 2
    assert "--show-files has no format sarif; choose text or json" in result.stderr
