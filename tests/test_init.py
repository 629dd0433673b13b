"""`peftlint init` writes the conventions of lists into a config, and never over another."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peftlint import registry
from peftlint.cli import main
from peftlint.config import load
from peftlint.model import Document
from peftlint.reader import read

SEEDS = Path(__file__).parent.parent.parent / "shared" / "lists" / "seeds"
BADGES = "![](https://img.shields.io/badge/VPT-blue) ![](https://img.shields.io/badge/Vision-green)"
TITLES = ["Visual Prompt Tuning", "Learning to Prompt", "Neural Prompt Search", "Prompt Tuning"]


def entry(title: str, number: int, code: str = "[Code]") -> str:
    """An entry of two parts."""
    return (
        f"- **{title},** ECCV 2022. {BADGES}\n\n"
        f"  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.1211{number})]{code}\n"
    )


LIST = "# Papers\n\n" + "\n".join(entry(title, number) for number, title in enumerate(TITLES))
ODD = "\n- [A Survey of Prompts](https://arxiv.org/abs/2107.13586), ACM Computing Surveys 2023.\n"
#: An option that is a comment.
OPTION = re.compile(r"^# (?=[a-z-]+ = )", re.MULTILINE)


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def init(*words: str) -> Result:
    """Runs `peftlint init`."""
    return CliRunner().invoke(main, ["init", *words], catch_exceptions=False)


def write(name: str, text: str) -> Path:
    """A file in the current folder, with its line ends as they are."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def proposed(text: str) -> str:
    """The config that is written for a list."""
    write("README.md", text)
    result = init()
    assert (result.exit_code, result.stderr) == (0, "")
    return Path("peftlint.toml").read_text(encoding="utf-8")


def options(config: str) -> list[str]:
    """The options that are comments, without what is said of them."""
    return [line[2:].partition(" # ")[0] for line in config.splitlines() if OPTION.match(line)]


def test_the_conventions_are_written_with_their_numbers() -> None:
    config = proposed(LIST)
    assert '[rules.mixed-title-delimiter]\n# style = "**Title,**" # 4 of 4 in README.md\n' in config
    assert '# brackets = "[[Paper](..)]" # 4 of 4 in README.md\n' in config
    assert '# order = "First Last, First Last" # 4 of 4 in README.md\n' in config
    assert '[rules.empty-code-link]\n# placeholder = "[Code]" # 4 of 4 in README.md\n' in config
    layout = "- **title** venue year badges // *authors* links (4 of 4)"
    assert f"# README.md: {layout}\n#   badges stand after title (4 of 4)\n" in config
    assert "#   badges are in the order of their colors (4 of 4)\n" in config


def test_numbers_are_told_of() -> None:
    text = LIST.replace("\n  *", "\n   *").replace("- **", "{}. **")
    assert "#   numbers are all 1. (3 of 3)\n" in proposed(text.replace("{}", "1"))
    Path("peftlint.toml").unlink()
    assert "#   numbers count up (3 of 3)\n" in proposed(text.format(1, 2, 3, 4))


def test_what_is_written_changes_nothing() -> None:
    write("README.md", LIST + ODD)
    check = ["check", "--output-format", "json", "README.md"]
    before = CliRunner().invoke(main, check).stdout
    proposed(LIST + ODD)
    settings = load(Path("peftlint.toml"))
    assert (settings.select, settings.ignore, settings.exclude) == (None, (), ())
    for name, value in settings.options.items():
        rule = registry.find(name)
        assert rule.options is not None
        assert value == rule.options()
    assert CliRunner().invoke(main, check).stdout == before


def test_every_option_can_be_uncommented() -> None:
    config = proposed(LIST + ODD)
    assert len(options(config)) >= 8
    assert "ignore" in config
    path = write("peftlint.toml", OPTION.sub("", config))
    settings = load(path)
    assert settings.ignore == ("shared-paper-link",)
    for name, value in settings.options.items():
        rule = registry.find(name)
        assert rule.options is not None
        assert value != rule.options(), name


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real lists are not beside this repository")
@pytest.mark.parametrize("source", sorted(SEEDS.glob("*.md")), ids=lambda path: path.stem)
@pytest.mark.usefixtures("untraced")
def test_the_config_of_a_real_list_loads_as_it_is_and_uncommented(source: Path) -> None:
    config = proposed(source.read_text(encoding="utf-8"))
    load(Path("peftlint.toml"))
    load(write("peftlint.toml", OPTION.sub("", config)))


def test_several_lists_are_named_where_they_agree_and_where_they_differ() -> None:
    other = LIST.replace(",** ", ".** ").replace("[Paper]", "[pdf]").replace("[Code]", "")
    for name, text in (("a.md", LIST), ("b.md", LIST), ("docs/c.md", other)):
        write(name, text)
    assert init().exit_code == 0
    config = Path("peftlint.toml").read_text(encoding="utf-8")
    assert "# The lists differ in style, and an option holds for all of them:\n" in config
    assert '#   "**Title,**": 4 of 4 in a.md; 4 of 4 in b.md\n' in config
    assert '#   "**Title.**": 4 of 4 in docs/c.md\n' in config
    assert not [option for option in options(config) if option.startswith("style")]
    assert '# labels = ["Paper", "pdf"] # of 3 lists\n' in config
    assert '# placeholder = "[Code]" # 4 of 4 in a.md; 4 of 4 in b.md\n' in config
    load(write("peftlint.toml", OPTION.sub("", config)))


def test_of_many_lists_a_few_are_named() -> None:
    for number in range(6):
        write(f"{number}.md", LIST)
    assert init().exit_code == 0
    config = Path("peftlint.toml").read_text(encoding="utf-8")
    assert "# 4 of 4 in 0.md; 4 of 4 in 1.md; 4 of 4 in 2.md and so on in 3 more\n" in config
    assert "# and so on, for 3 more lists\n" in config


def test_the_coverage_is_printed_with_the_lines_that_stand_out() -> None:
    write("README.md", LIST + ODD + "\nA word on [a paper](https://arxiv.org/abs/2106.09685).\n")
    result = init()
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "README.md: 5 entries",
        "  4  - **title** venue year badges // *authors* links",
        "  1  - [title] venue year (line 19)",
    ]
    assert lines[3] == "  Not read as entries, although they link a paper:"
    assert lines[4].startswith("    line 21: ")
    assert lines[5:] == ["", "Wrote peftlint.toml; every option in it is a comment."]


def test_many_outliers_are_counted() -> None:
    odd = "\n".join(ODD.strip().replace("Survey", f"Survey {number}") for number in range(12))
    usual = "\n".join(entry(f"Prompt {number}", 0) for number in range(300))
    result = CliRunner().invoke(main, ["init", str(write("list.md", f"{usual}\n# Odd\n\n{odd}\n"))])
    line = result.stdout.splitlines()[2]
    assert re.fullmatch(
        r"   12  - \[title\] venue year \(lines (\d+, ){9}\d+ and 2 more\)", line
    ), line


def test_many_layouts_and_missed_blocks_are_counted() -> None:
    link = "(https://arxiv.org/abs/2203.12119)"
    titles = [
        f"[A Title]{link}",
        f"**[A Title]{link}**",
        f"[**A Title**]{link}",
        f"[*A Title*]{link}",
    ]
    titles += [f"{mark}A Title{mark} [[Paper]{link}]" for mark in ("", "*", "**", '"', "'")]
    entries = [f"{marker} {title}" for marker in ("-", "1.") for title in titles]
    prose = "\n\nSee what [they](https://arxiv.org/abs/2106.09685) say, and think about it." * 12
    write("list.md", "\n".join(["# Papers\n", *entries, "\n# More", prose, ""]))
    output = init("list.md").stdout
    assert re.search(r"^ +\d+  in \d+ more layouts$", output, re.MULTILINE)
    assert re.search(r"^    and \d+ more$", output, re.MULTILINE)


@pytest.mark.parametrize("name", ["peftlint.toml", ".peftlint.toml", "pyproject.toml"])
def test_settings_that_are_there_are_left_alone(name: str) -> None:
    write("docs/README.md", LIST)
    text = "[tool.peftlint]\n" if name == "pyproject.toml" else ""
    path = write(f"docs/{name}", text)
    for words in (["docs"], ["docs/README.md"]):
        result = init(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert re.fullmatch(
            rf"error: \S*docs/{re.escape(name)}: settings are here already; "
            r"edit them, or move the file away first\n",
            result.stderr,
        )
    assert path.read_text() == text
    assert sorted(file.name for file in Path("docs").iterdir()) == sorted([name, "README.md"])


def test_settings_of_a_folder_above_are_not_hidden() -> None:
    write("docs/README.md", LIST)
    write("peftlint.toml", 'ignore = ["PL2"]\n')
    result = init("docs")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "peftlint.toml: settings are here already" in result.stderr
    assert not Path("docs/peftlint.toml").exists()


def test_another_tools_pyproject_is_no_obstacle() -> None:
    write("pyproject.toml", "[tool.ruff]\nline-length = 100\n")
    assert proposed(LIST)


def test_broken_settings_are_told_of() -> None:
    write("README.md", LIST)
    write("pyproject.toml", "[tool.peftlint\n")
    result = init()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: pyproject.toml:")
    assert not Path("peftlint.toml").exists()


def test_a_link_is_not_written_through() -> None:
    write("README.md", LIST)
    Path("peftlint.toml").symlink_to("elsewhere.toml")
    result = init()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: peftlint.toml: ")
    assert not Path("elsewhere.toml").exists()


def test_a_config_that_comes_meanwhile_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    write("README.md", LIST)

    def reading(text: str) -> Document:
        write("peftlint.toml", "# mine\n")
        return read(text)

    monkeypatch.setattr("peftlint.commands.init.read", reading)
    result = init()
    assert result.exit_code == 2
    assert result.stderr.startswith("error: peftlint.toml: ")
    assert Path("peftlint.toml").read_text() == "# mine\n"


def test_nothing_is_left_where_writing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    write("README.md", LIST)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("peftlint.file._replace", full)
    result = init()
    assert result.exit_code == 2
    assert "the disk is full" in result.stderr
    assert [path.name for path in Path().iterdir()] == ["README.md"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_that_may_not_be_written_is_told_of() -> None:
    write("docs/README.md", LIST)
    Path("docs").chmod(0o555)
    try:
        result = init("docs")
    finally:
        Path("docs").chmod(0o755)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: docs/peftlint.toml: no permission")


def test_of_a_file_it_stands_in_its_folder() -> None:
    write("docs/list.md", LIST)
    write("docs/other.md", LIST.replace(",**", ".**"))
    result = init("docs/list.md")
    assert result.exit_code == 0
    assert result.stdout.endswith("Wrote docs/peftlint.toml; every option in it is a comment.\n")
    assert (
        'style = "**Title,**" # 4 of 4 in docs/list.md\n' in Path("docs/peftlint.toml").read_text()
    )


@pytest.mark.parametrize("text", ["", "# Notes\n\nNothing to read.\n", None])
def test_without_an_entry_nothing_is_written(text: str | None) -> None:
    if text is not None:
        write("README.md", text)
    result = init()
    assert result.exit_code == 2
    assert result.stdout == ("" if text is None else "README.md: 0 entries\n\n")
    assert result.stderr == (
        "error: .: no entries were found here, so there is nothing to learn from\n"
    )
    assert not Path("peftlint.toml").exists()


def test_a_list_that_cannot_be_read_does_not_keep_the_others() -> None:
    write("good.md", LIST)
    Path("latin.md").write_bytes(b"\xe9")
    result = init()
    assert result.exit_code == 2
    assert result.stderr.startswith("error: latin.md:1:1: it is not UTF-8")
    assert "# 4 of 4 in good.md" in Path("peftlint.toml").read_text().replace("style", "#")


def test_a_path_that_is_not_there_is_told_of() -> None:
    result = init("gone")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: gone: there is no such file or folder")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-"], "a config stands beside its lists: give a file or a folder."),
        ([""], "a PATH is empty; this folder is '.'."),
    ],
)
def test_a_path_that_cannot_be_meant_is_misuse(words: list[str], message: str) -> None:
    result = init(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"error: {message}"


def test_an_internal_error_is_told_and_the_other_lists_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(text: str) -> Document:
        if "Broken" in text:
            raise ZeroDivisionError("boom")
        return read(text)

    monkeypatch.setattr("peftlint.commands.init.read", failing)
    write("a.md", LIST.replace("Visual", "Broken"))
    write("b.md", LIST)
    result = init()
    assert result.exit_code == 2
    assert result.stderr.startswith("error: a.md: internal error: ZeroDivisionError: boom; ")
    assert "in b.md" in Path("peftlint.toml").read_text()


def test_line_ends_do_not_matter() -> None:
    config = proposed(LIST)
    Path("peftlint.toml").unlink()
    assert proposed(LIST.replace("\n", "\r\n")) == config


def test_what_comes_from_lists_can_neither_break_the_config_nor_command_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    hostile = (
        LIST.replace("Visual", "\x1b[2J##[error]\x9b")
        .replace("[Paper]", '[Paper\x7f"\\]')
        .replace("[Code]", '[Code"\x1b]')
        .replace(",**", "\u202e,**")
    )
    write("a\x1b##[b]\n[rules.x]\n.md", hostile)
    write("b.md", LIST.replace("[Paper]", '[Pap"er \\" = #]'))
    result = init()
    assert result.exit_code == 0
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", result.stdout)
    assert "##[" not in result.stdout
    config = Path("peftlint.toml").read_text(encoding="utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", config)
    load(Path("peftlint.toml"))
    load(write("peftlint.toml", OPTION.sub("", config)))


def test_the_command_needs_no_more_than_a_second_for_a_long_title() -> None:
    write("list.md", LIST.replace("Visual", "Visual " * 50_000))
    result = init("list.md")
    assert result.exit_code == 0
    assert len(result.stdout) < 1000
    assert len(Path("peftlint.toml").read_text()) < 5000
