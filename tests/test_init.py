"""`peftlint init` writes the conventions of lists into a config, and never over another."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from peftlint import registry
from peftlint.cli import main
from peftlint.config import load
from peftlint.convention import Habit
from peftlint.model import Document
from peftlint.reader import read
from peftlint.report.proposal import addition, proposal, summary
from peftlint.style.learnt import Learnt

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
LAYOUT = "- **title** venue year badges // *authors* links"
#: An option that is a comment.
OPTION = re.compile(r"^# (?=[a-z-]+ = )", re.MULTILINE)
#: The same, and a table that is one.
UNCOMMENTED = re.compile(r"^# (?=\[[a-z.-]+\]$|[a-z-]+ = )", re.MULTILINE)


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
    assert f"# README.md: {LAYOUT} (4 of 4)\n#   badges stand after title (4 of 4)\n" in config
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
    loaded = load(Path("peftlint.toml"))
    assert (loaded.select, loaded.ignore, loaded.exclude) == (None, (), ())
    for name, value in loaded.options.items():
        rule = registry.find(name)
        assert rule.options is not None
        assert value == rule.options()
    assert CliRunner().invoke(main, check).stdout == before


def test_every_option_can_be_uncommented() -> None:
    config = proposed(LIST + ODD)
    assert len(options(config)) >= 8
    assert "ignore" in config
    path = write("peftlint.toml", OPTION.sub("", config))
    loaded = load(path)
    assert loaded.ignore == ("shared-paper-link",)
    for name, value in loaded.options.items():
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


SETTINGS = {
    "peftlint.toml": 'ignore = ["PL2"]\n',
    ".peftlint.toml": "",
    "pyproject.toml": "[tool.peftlint]\nignore = []\n",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_are_there_are_left_alone(name: str) -> None:
    write("docs/README.md", LIST)
    path = write(f"docs/{name}", SETTINGS[name])
    what = "settings are here already"
    if name == "pyproject.toml":
        what = "its table [tool.peftlint] has the settings already"
    for words in (["docs"], ["docs/README.md"]):
        result = init(*words)
        assert result.exit_code == 2
        assert result.stderr == (
            f"error: docs/{name}: {what}, so nothing was written; "
            "paste what you want of the proposal into them\n"
        )
        assert result.stdout.startswith("docs/README.md: 4 entries\n")
        assert '# style = "**Title,**" # 4 of 4 in README.md\n' in result.stdout
    assert path.read_text() == SETTINGS[name]
    assert sorted(file.name for file in Path("docs").iterdir()) == sorted([name, "README.md"])


@pytest.mark.parametrize("name", SETTINGS)
def test_the_proposal_can_be_pasted_into_settings_that_are_there(name: str) -> None:
    write("README.md", LIST)
    path = write(name, SETTINGS[name])
    before = load(path)
    found = init().stdout.partition("\n\n")[2]
    prefix = "tool.peftlint." if name == "pyproject.toml" else ""
    assert f"# [{prefix}rules.mixed-link-style]\n" in found
    pasted = f"{SETTINGS[name]}\n{found}"
    assert load(write(name, pasted)) == before
    after = load(write(name, UNCOMMENTED.sub("", pasted)))
    assert (after.ignore, after.exclude) == (before.ignore, before.exclude)
    assert "mixed-link-style" in after.options


def test_settings_of_a_folder_above_are_not_hidden() -> None:
    write("docs/README.md", LIST)
    write("peftlint.toml", 'ignore = ["PL2"]\n')
    for words in (["docs"], ["docs/README.md"]):
        result = init(*words)
        assert result.exit_code == 2
        assert result.stderr == (
            "error: peftlint.toml: these settings of a folder above hold here as well, and a new "
            "docs/peftlint.toml would replace them all, so none was written; paste what you want "
            "of the proposal into them, or make that file yourself\n"
        )
        assert result.stdout.startswith("docs/README.md: 4 entries\n")
        # As the file has it into which it is pasted.
        assert "4 of 4 in docs/README.md\n" in result.stdout
    assert not Path("docs/peftlint.toml").exists()


def test_without_entries_settings_do_not_matter() -> None:
    write("README.md", "# Notes\n")
    write("peftlint.toml", "")
    result = init()
    assert (result.exit_code, result.stdout) == (2, "README.md: 0 entries\n\n")
    assert result.stderr.endswith("there is nothing to learn from\n")


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
    config = Path("docs/peftlint.toml").read_text()
    assert 'style = "**Title,**" # 4 of 4 in list.md\n' in config
    assert "docs" not in config


@pytest.mark.parametrize("folder", ["x y", ".", "x y/../x y", None])
def test_lists_are_named_from_the_folder_of_the_config(
    folder: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("x y/README.md", LIST)
    write("x y/docs/list.md", LIST)
    if folder == ".":
        monkeypatch.chdir("x y")
    assert init(folder or str(tmp_path / "x y")).exit_code == 0
    config = (tmp_path / "x y" / "peftlint.toml").read_text()
    assert '# style = "**Title,**" # 4 of 4 in README.md; 4 of 4 in docs/list.md\n' in config
    assert f"# README.md: {LAYOUT}" in config
    assert "x y" not in config


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights there")
def test_a_list_is_named_as_it_is_called_and_not_as_what_it_links_to() -> None:
    write("elsewhere/papers.md", LIST)
    Path("lists").mkdir()
    Path("lists/README.md").symlink_to("../elsewhere/papers.md")
    Path("link").symlink_to("lists")
    assert init("link/README.md").exit_code == 0
    assert "# 4 of 4 in README.md\n" in Path("lists/peftlint.toml").read_text()


@pytest.mark.parametrize("text", ["", "# Notes\n\nNothing to read.\n"])
def test_without_an_entry_nothing_is_written(text: str) -> None:
    write("README.md", text)
    result = init()
    assert (result.exit_code, result.stdout) == (2, "README.md: 0 entries\n\n")
    assert result.stderr == (
        "error: .: no entries were found here, so there is nothing to learn from\n"
    )
    assert not Path("peftlint.toml").exists()


@pytest.mark.parametrize("name", [None, "notes.txt", "node_modules/README.md"])
def test_without_a_list_it_says_so(name: str | None) -> None:
    if name is not None:
        write(name, LIST)
    result = init()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: .: there is no Markdown file here, or none that .gitignore and settings leave in\n"
    )
    assert not Path("peftlint.toml").exists()


@pytest.mark.parametrize("text", [entry(TITLES[0], 9), ODD, entry(TITLES[0], 9) + ODD])
def test_nothing_stands_out_of_what_is_as_rare(text: str) -> None:
    write("README.md", text)
    assert "(line" not in init().stdout


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


def labelled(*labels: str, count: int = 3) -> str:
    """A list of entries with links of these labels, twice `count` of them."""
    return "# Papers\n\n" + "".join(
        f"- **{title} {number}**, ECCV 2022. "
        + "".join(f"[[{label}](https://arxiv.org/abs/2203.1211{at})]" for at, label in links)
        + "\n"
        for links in [list(enumerate(labels))]
        for title in ("Visual Prompts", "Adapters of Words")
        for number in range(count)
    )


def label_lines(config: str) -> list[str]:
    """What a config says of labels."""
    lines = config.partition("[rules.mixed-link-style]\n")[2].partition("\n\n")[0].splitlines()
    start = next((at for at, line in enumerate(lines) if "label" in line), len(lines))
    return lines[start:]


def test_labels_are_words_of_their_role() -> None:
    odd = ("arXiv 2305", "Paper-arXiv15", "code&data", "Pdf2", "Code\x07", "link", "Page of Words")
    config = proposed(labelled("Paper", "arXiv", "Project Page", *odd))
    assert label_lines(config) == [
        '# labels = ["Paper", "arXiv", "Project Page"] '
        "# Paper 6 of 6, arXiv 6 of 6, Project Page 6 of 6 in README.md"
    ]


def test_a_rare_label_is_not_worth_an_option() -> None:
    write("a.md", labelled("Paper", "Code", count=60))
    write("b.md", labelled("Slides"))
    assert init().exit_code == 0
    (line,) = label_lines(Path("peftlint.toml").read_text())
    assert line.startswith('# labels = ["Paper", "Code"] # ')


def test_labels_that_lists_spell_otherwise_are_told_of() -> None:
    write("a.md", labelled("Paper", "Code"))
    write("b.md", labelled("paper", "Code"))
    write("c.md", labelled("PAPER"))
    assert init().exit_code == 0
    config = Path("peftlint.toml").read_text()
    assert label_lines(config) == [
        "# The lists differ in a label, and an option holds for all of them:",
        '#   "Paper": 6 of 6 in a.md',
        '#   "paper": 6 of 6 in b.md',
        '#   "PAPER": 6 of 6 in c.md',
        '# labels = ["Code"] # of 2 lists',
    ]
    load(write("peftlint.toml", OPTION.sub("", config)))


def test_a_control_in_a_label_breaks_no_config() -> None:
    config = proposed(labelled("code\x07", "Paper"))
    assert "\x07" not in config
    load(Path("peftlint.toml"))


SUMMARY = summary("README.md", read(LIST))
#: What could end a comment or a string, and what a reader would not see or see elsewhere.
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"'\\#[]=\t\n\r\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\xa0\u200b"),
        st.sampled_from("\u2028\u2029\u202e\u2066\ufeff\ufffe\U000e0041\U0001f600"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(path=HOSTILE, value=HOSTILE, label=HOSTILE, share=HOSTILE)
def test_whatever_lists_hold_the_config_loads_and_says_it(
    path: str, value: str, label: str, share: str
) -> None:
    option = Learnt("mixed-link-style", "brackets", value, share)
    one = SUMMARY._replace(path=path, options=(option,), labels=(Habit(label, 9, 9),))
    other = one._replace(options=(), labels=(Habit(f"{label}x", 9, 9),))
    for lists in ([one], [one, one], [one, other]):
        for text in (proposal(lists), "\n".join([*addition(lists, "tool."), ""])):
            assert all(not line or line[0] in "#[" for line in text.split("\n"))
            # A blank in a comment may be any, and all else can be seen.
            assert all(sign in "\t\n" or sign.isspace() or sign.isprintable() for sign in text)
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", text)
            tomllib.loads(text)
            found = tomllib.loads(UNCOMMENTED.sub("", text))
            table = found.get("tool", found)["rules"]["mixed-link-style"]
            assert table["brackets"] == value
            assert label in table["labels"]


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
