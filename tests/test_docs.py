"""What the documents say is so."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import click
import pytest
from click.testing import CliRunner

from peftlint import registry, rule
from peftlint.cli import main
from peftlint.commands.output import AUTO
from peftlint.config import KEYS, load
from peftlint.convention import LEAST, SHARE
from peftlint.export import entry_record
from peftlint.homepage import HOME
from peftlint.reader import read
from peftlint.report import Format

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
LISTS = ROOT / "fixtures" / "lists"
DOCS = ROOT / "docs"
RULE_PAGES = sorted(set((DOCS / "rules").glob("*.md")) - {DOCS / "rules" / "index.md"})
ENTRIES = ROOT / "docs" / "entries.md"
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")]
)

GUIDE = DOCS / "writing-a-rule.md"

#: A code block of the guide, with the file that it stands in where the line before names one.
STEP = re.compile(
    r"^(?:[^\n]*`(?P<path>[\w./-]+)`[^\n`]*:\n\n)?"
    r"(?P<fence>`{3,})(?P<language>\w+)\n(?P<code>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
HOOK_ID = re.compile(r"^ *- id: (\S+)$", re.MULTILINE)
FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<language>\w+|\{\w+\}.*?)\n(?P<code>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


def blocks(path: Path, language: str) -> list[str]:
    """The code blocks of a document in one language."""
    text = path.read_text(encoding="utf-8")
    return [match["code"] for match in FENCE.finditer(text) if match["language"] == language]


def prose(path: Path) -> str:
    """A document without its code blocks."""
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to a document's headings."""
    titles = re.findall(r"^#+ (.*)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands() -> Iterator[list[str]]:
    """The words of each command of peftlint that the documents show."""
    for path in DOCUMENTS:
        for code in blocks(path, "sh"):
            for line in code.splitlines():
                found = re.search(r"(?:^|bin/)peftlint (.*)", line)
                if found:
                    yield re.sub(r"\s#.*", "", found[1]).split()


def test_what_is_generated_is_up_to_date() -> None:
    """Tables, pages and the reference of the commands, from the rules and commands themselves."""
    done = subprocess.run(
        [sys.executable, DOCS / "generate.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_names_the_home_of_its_documentation() -> None:
    """The same to which findings link."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["urls"]["Documentation"] == HOME


def test_the_page_of_a_rule_that_is_gone_goes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told with `--check`, and removed without."""
    monkeypatch.syspath_prepend(str(DOCS))
    generate = importlib.import_module("generate")
    monkeypatch.setattr(generate, "RULE_PAGES", tmp_path / "rules")
    monkeypatch.setattr(sys, "argv", ["generate.py"])
    assert generate.main() == 0
    gone = tmp_path / "rules" / "no-such-rule.md"
    gone.write_text("# no-such-rule (PL999)\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert generate.main() == 1
    assert capsys.readouterr().out.startswith("no-such-rule.md is about no rule that there is")
    monkeypatch.setattr(sys, "argv", ["generate.py"])
    assert generate.main() == 0
    assert not gone.exists()
    assert len(list(gone.parent.iterdir())) == len(RULE_PAGES) + 1


@pytest.mark.parametrize("path", RULE_PAGES, ids=lambda path: path.stem)
def test_the_page_of_a_rule_says_what_why_and_how(path: Path, tmp_path: Path) -> None:
    """In one order on all pages, and its configuration is accepted."""
    of_page = registry.find(path.stem)
    wanted = ["What", "Why", "Bad", "Good", "Options", "Fix safety", "Configuration", "Source"]
    if of_page.options is None:
        wanted.remove("Options")
    assert re.findall(r"^## (.*)$", prose(path), re.MULTILINE) == wanted
    for number, code in enumerate(blocks(path, "toml")):
        source = tmp_path / str(number) / "pyproject.toml"
        source.parent.mkdir()
        source.write_text(code, encoding="utf-8")
        load(source)


def test_the_documents_are_built_without_a_warning(tmp_path: Path) -> None:
    """By the command that is in CONTRIBUTING.md; the page of each rule is where links lead."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed: pip install '.[docs]'")
    (command,) = [code for code in blocks(CONTRIBUTING, "sh") if "sphinx-build" in code]
    program, *words = command.split()
    assert program.endswith("/sphinx-build")
    assert words[-2:] == ["docs", "build/docs"]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words[:-1], tmp_path / "built", "-d", tmp_path / "trees"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = {page.stem for page in (tmp_path / "built" / "rules").glob("*.html")}
    assert built == {"index", *(path.stem for path in RULE_PAGES)}
    # What leads outside leads to the repository, and is not copied.
    assert not (tmp_path / "built" / "_downloads").exists()


def test_the_before_and_after_of_the_readme_are_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who pastes the first into a file and fixes it has the second."""
    before, after = blocks(README, "markdown")[:2]
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "list.md"
    path.write_text(before, encoding="utf-8")
    result = CliRunner().invoke(main, ["fix", "--unsafe-fixes", "list.md"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert path.read_text(encoding="utf-8") == after


def test_what_makes_a_convention_is_documented_as_it_is() -> None:
    """The numbers are said once, and where rules are explained it is said where."""
    text = prose(ENTRIES).partition("## Conventions")[2].partition("\n## ")[0]
    assert (LEAST, SHARE) == (3, 0.75)
    assert "at least 75 % of the places" in text
    assert "at least three entries" in text
    assert "(docs/entries.md#conventions)" in prose(README)


def test_the_example_of_the_library_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """As it stands in the README."""
    (code,) = blocks(README, "python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own text
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "LoRA"
    assert any("arxiv-pdf-link" in line for line in printed)
    assert "- [LoRA](https://arxiv.org/abs/2106.09685), Edward Hu, ICLR 2022." in printed


def test_the_example_of_the_config_is_accepted(tmp_path: Path) -> None:
    """By the command itself."""
    (code,) = blocks(README, "toml")
    (tmp_path / "pyproject.toml").write_text(code, encoding="utf-8")
    (tmp_path / "list.md").write_text("# A List\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "peftlint", "check", "list.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_key_of_the_config_is_documented() -> None:
    """In the table of the README, and no other."""
    table = prose(README).partition("\n## Config\n")[2].partition("\n## ")[0]
    keys = re.findall(r"^\| `([\w-]+)[.`]", table, re.MULTILINE)
    assert sorted(keys) == sorted(KEYS)


def test_the_guide_to_writing_a_rule_leads_to_a_tested_rule(
    tmp_path: Path, make_environment: Callable[[Path], Path]
) -> None:
    """Each file is written and each command run as the page has it, and prints what it shows."""
    text = GUIDE.read_text(encoding="utf-8")
    steps = list(STEP.finditer(text))
    folder = tmp_path / "lab-rules"
    (first,) = [step["code"] for step in steps if "OWNER" in step["code"]]
    assert first.splitlines()[:2] == ["mkdir lab-rules && cd lab-rules", "python3 -m venv .venv"]
    assert first.splitlines()[2].endswith("/peftlint pytest")
    make_environment(folder / ".venv")
    printed, written, ran = "", set(), 0
    for step in steps:
        if step["path"]:
            path = folder / step["path"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(step["code"], encoding="utf-8")
            written.add(step["path"])
        elif step["language"] == "text":
            assert printed == step["code"]
        elif step["language"] == "sh" and step["code"] != first:
            done = subprocess.run(
                ["/bin/sh", "-c", step["code"]],
                cwd=folder,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                text=True,
                check=False,
            )
            # 1 is for findings: a list is checked that has one, and the page shows it.
            shown = text[step.end() :].lstrip().startswith("```text")
            assert done.returncode == shown, done.stdout + done.stderr
            printed = done.stdout
            ran += 1
    assert {"pyproject.toml", "lab_rules/missing_year.py", "cases/missing-year.md"} <= written
    assert ran >= 5
    case = (folder / "cases" / "missing-year.md").read_text(encoding="utf-8")
    assert "```report\n1:3 LAB101 the year is missing [missing-year]\n```\n" in case


def test_the_guide_to_writing_a_rule_names_all_that_a_rule_may_have() -> None:
    """As the docstring of the module that says what a rule is."""
    documented = set(re.findall(r"^\| `([A-Z_]+)` +\|", prose(GUIDE), re.MULTILINE))
    assert rule.__doc__ is not None
    named = set(re.findall(r"^- `([A-Z_]+)`", rule.__doc__, re.MULTILINE))
    # The address of a rule's page is for the distributions that have one.
    assert documented - {"URL"} == named - {"URL"}


@pytest.mark.parametrize(
    ("config", "words", "codes"),
    [
        ('ignore = ["PL201"]', "--extend-select PL201", "PL202"),
        ('ignore = ["PL2"]', "--extend-select PL201", "PL201"),
        ('ignore = ["PL201"]', "--extend-select arxiv-pdf-link", "PL202"),
        ('ignore = ["arxiv-pdf-link"]', "--extend-select PL201", "PL202"),
        ('ignore = ["PL201"]', "--select PL201", "PL201"),
        ('extend-select = ["PL201"]', "--select PL202", "PL202"),
        ('per-file-ignores = { "*.md" = ["PL2"] }', "--select PL201", ""),
        ('select = ["PL2"]', "--ignore PL201", "PL202"),
        ('select = ["PL201"]', "--ignore PL2", "PL201"),
        ('select = ["PL20"]', "--ignore PL2", "PL201 PL202"),
        ('select = ["ALL"]', "--ignore ALL", ""),
    ],
)
def test_selectors_that_contradict_each_other_are_weighed_as_the_readme_says(
    config: str, words: str, codes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link breaks two rules, PL201 and PL202."""
    (tmp_path / "peftlint.toml").write_text(config, encoding="utf-8")
    (tmp_path / "list.md").write_text("- [LoRA](http://arxiv.org/pdf/2106.09685), ICLR 2022.\n")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", "-q", "list.md", *words.split()])
    assert " ".join(line.split()[2] for line in result.stdout.splitlines()) == codes


@pytest.mark.parametrize("path", [README, ROOT / "docs" / "formats.md"], ids=lambda path: path.name)
def test_tables_of_formats_have_all_of_them(path: Path) -> None:
    """In the README and where they are described."""
    rows = [
        line.split("|")[1] for line in path.read_text(encoding="utf-8").splitlines() if "|" in line
    ]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert {*get_args(Format), AUTO} <= named


def test_the_hooks_of_the_readme_are_in_the_manifest() -> None:
    """So that the config that it shows works when copied."""
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    shown = [name for code in blocks(README, "yaml") for name in HOOK_ID.findall(code)]
    assert sorted(shown) == sorted(HOOK_ID.findall(manifest))


def test_the_first_two_commands_of_the_readme_are_one_line_each() -> None:
    """They make their own environment, and the first names a list that is there."""
    first, second = (code.splitlines() for code in blocks(README, "sh")[:2])
    for lines in (first, second):
        assert len(lines) == 1
        assert "python3 -m venv .venv && .venv/bin/pip install " in lines[0]
    # What an older build left there would come back, such as a rule that was deleted since.
    assert first[0].startswith("rm -rf build && ")
    assert (ROOT / first[0].split()[-1]).is_file()
    assert "-m pytest" in second[0]


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_a_command_that_is_shown_exists_with_its_options(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the documents, a flag that was renamed is soon forgotten."""
    monkeypatch.chdir(ROOT)  # the files that the commands name are here
    assert isinstance(main, click.Group)
    above = click.Context(main, **main.context_settings)
    command = main.get_command(above, words[0])
    assert command is not None
    # Raises what a user would see: an option that is not there, a choice that is none.
    command.make_context(words[0], words[1:], parent=above)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_in_the_documents_resolve(path: Path) -> None:
    """Files and headings; the rest of the internet is not asked."""
    for target in re.findall(r"\]\(([^()\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(path))):
        if "://" in target:
            continue
        name, _, fragment = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        assert not fragment or fragment in anchors(file), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_the_documents_name_exist(path: Path) -> None:
    """Those in backticks with an ending or a slash, below the top folder or beside the text."""
    for name in re.findall(r"`([\w./-]+(?:\.(?:py|md|yaml|toml)|/))`", prose(path)):
        if "NAME" in name or name in EXAMPLES_OF_NAMES:
            continue
        assert any((folder / name).exists() for folder in (ROOT, ROOT / "tests", path.parent)), name


#: Names of files that a user may have, and that this repository has not.
EXAMPLES_OF_NAMES = {
    "peftlint.toml",
    ".peftlint.toml",
    "build/",
    "conftest.py",
    "__init__.py",
    "cases/",
    "cases/missing-year.md",
    "lab_rules/",
    "lab_rules/__init__.py",
    "lab_rules/missing_year.py",
    "list.md",
    "tests/test_promises.py",
    "rules/the_name.py",
    "fixtures/rules/the-name.md",
    "tests/__init__.py",
}


#: Rules that the documents make or install.
RULES_OF_OTHERS = {"missing-year", "shouting-title"}


def test_rules_that_the_documents_name_exist() -> None:
    """Those in suppressions and configs."""
    names = {rule.name for rule in registry.rules()} | RULES_OF_OTHERS
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        shown = re.findall(r"<!-- peftlint-disable[a-z-]* ([a-z-]+) --", text)
        shown += re.findall(r"tool\.peftlint\.rules\.([a-z-]+)\]", text)
        assert set(shown) <= names


def test_the_fields_of_an_entry_are_those_that_are_documented() -> None:
    """In the document's order, and the example is a real one."""
    rows = re.findall(r"^\| (`.*?) \|", ENTRIES.read_text(encoding="utf-8"), re.MULTILINE)
    documented = re.findall(r"`(\w+)`", " ".join(rows))
    (code,) = blocks(ENTRIES, "json")
    example = json.loads(code)
    assert list(example) == documented

    document = read((ROOT / example["path"]).read_text(encoding="utf-8"))
    (entry,) = [entry for entry in document.entries if entry.line == example["line"]]
    assert entry_record(example["path"], entry) == example
