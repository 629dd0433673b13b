"""`peftlint` as one types it: what it says, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import Result

from peftlint import registry
from peftlint.cli import main
from peftlint.diagnostic import Diagnostic
from peftlint.fixer import FixResult, Withheld
from peftlint.model import Document
from peftlint.reader import read
from peftlint.rule import Rule, RuleError

CLEAN = """\
# Papers

- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]

- **Adapters,** ICML 2019. [[Paper](https://arxiv.org/abs/1902.00751)]
"""
#: One finding with a safe fix, one with an unsafe one, one without.
BROKEN = """\
# Papers

- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]

- **Adapters,** ICML 2019. [[Paper](https://arxiv.org/abs/1902.00751)] [[Code]()]

- **Prefix-Tuning,** ACL 2021. [[Paper]()]
"""
FIXED = BROKEN.replace("/pdf/", "/abs/")
FINDINGS = [
    ("list.md:3:33", "PL201", "arxiv-pdf-link"),
    ("list.md:5:72", "PL205", "empty-code-link"),
    ("list.md:7:32", "PL206", "empty-link"),
]

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("empty_folder")


def shell(command: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a command line in a shell of its own, with this Python's peftlint."""
    folder = Path(sys.executable).parent
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],  # noqa: S607 - a pipe needs a shell
        capture_output=True,
        env={**os.environ, "PATH": path, **environ},
        check=False,
        timeout=60,
    )


def one_liners(output: str) -> list[tuple[str, ...]]:
    """Place, code and name of lines `path:line:column: severity CODE message [name]`."""
    matches = [
        re.fullmatch(r"(\S+:\d+:\d+): (?:error|warning|info) (PL\d{3}) \S.*\S \[([a-z-]+)\]", line)
        for line in output.splitlines()
    ]
    assert all(matches), output
    return [match.groups() for match in matches if match]


def write(name: str, text: str) -> Path:
    """A file in the current folder, with its line ends as they are."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


# peftlint itself


def test_help_shows_what_a_newcomer_needs(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in ("check", "fix", "rules", "explain", "export"):
        assert re.search(rf"^  {command} +[A-Z].*\.$", result.stdout, re.MULTILINE)
    assert "peftlint check README.md" in result.stdout
    assert "Exit codes" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "command", ["check", "fix", "normalize", "layouts", "rules", "explain", "export"]
)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    result = run(command, "-h")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {command} ")
    assert run(command, "--help").stdout == result.stdout


def test_every_option_says_what_it_is_for() -> None:
    assert isinstance(main, click.Group)
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts}"
                assert parameter.help.endswith("."), f"{name} {parameter.opts}"


def test_a_misspelt_command_gets_the_nearest(run: Run) -> None:
    result = run("chekc")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "No such command 'chekc'" in result.stderr
    assert "'check'" in result.stderr


def test_an_unknown_option_is_misuse(run: Run) -> None:
    result = run("check", "--selct", "PL2")
    assert result.exit_code == 2
    assert "No such option" in result.stderr


def test_what_is_quoted_in_a_message_cannot_command_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for words in (["check", "--\x1b[2J##[x]"], ["\x1b[2J##[x]"], ["explain", "\x1b##[x]"]):
        result = run(*words)
        assert result.exit_code == 2
        assert "\x1b" not in result.stderr
        assert "##[" not in result.stderr
        assert "\\x1b" in result.stderr


def test_the_version_is_that_of_the_distribution() -> None:
    done = shell("peftlint --version")
    assert (done.returncode, done.stdout.decode()) == (0, f"peftlint {version('peftlint')}\n")
    assert shell("python -m peftlint --version").stdout == done.stdout


def test_an_error_begins_the_same_whoever_finds_it(run: Run) -> None:
    for words in (
        ["chekc"],
        ["--bogus"],
        ["check", "--bogus"],
        ["check", "-", "list.md"],
        ["check", "gone.md"],
        ["explain", "qqqq"],
    ):
        result = run(*words)
        assert result.exit_code == 2
        *_, last = result.stderr.splitlines()
        assert last.startswith("error: "), words
        assert "Error:" not in result.stderr


def test_misuse_shows_how_it_is_used(run: Run) -> None:
    assert run("check", "--bogus").stderr.splitlines()[:3] == [
        "Usage: main check [OPTIONS] [PATH]...",
        "Try 'main check --help' for help.",
        "",
    ]
    assert run("--bogus").stderr.startswith("Usage: main [OPTIONS] COMMAND [ARGS]...\nTry ")


# check


@pytest.mark.parametrize("command", ["check", "fix", "export"])
def test_an_empty_path_is_misuse_and_not_this_folder(run: Run, command: str) -> None:
    path = write("list.md", BROKEN)
    for words in ([""], ["list.md", ""]):
        result = run(command, *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.endswith("\nerror: a PATH is empty; this folder is '.'.\n")
    assert path.read_text() == BROKEN


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
@pytest.mark.parametrize("value", ["", " ", ",", "PL201,"])
def test_an_empty_selector_is_misuse(run: Run, option: str, value: str) -> None:
    path = write("list.md", BROKEN)
    result = run("fix", option, value, "list.md")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: there is no rule ''; `peftlint rules` lists them\n"
    assert path.read_text() == BROKEN


def test_a_clean_list_exits_with_0(run: Run) -> None:
    write("list.md", CLEAN)
    result = run("check", "list.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "All clean: 2 entries in 1 file.\n"


def test_findings_exit_with_1(run: Run) -> None:
    write("list.md", BROKEN)
    result = run("check", "list.md")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.endswith(
        "Found 3 findings in 1 file: 1 error, 2 warnings "
        "(1 fixable with `peftlint fix`, 1 more with --unsafe-fixes).\n"
    )
    heads = [line for line in result.stdout.splitlines() if line.startswith("list.md:")]
    assert one_liners("\n".join(heads)) == FINDINGS


def test_exit_zero_keeps_the_findings_and_drops_the_1(run: Run) -> None:
    write("list.md", BROKEN)
    result = run("check", "--exit-zero", "list.md")
    assert result.exit_code == 0
    assert result.stdout == run("check", "list.md").stdout


def test_without_a_path_this_folder_is_checked(run: Run) -> None:
    write("list.md", BROKEN)
    write("deep/er/other.markdown", CLEAN)
    write("notes.txt", BROKEN)
    result = run("check", "--output-format", "concise")
    assert result.exit_code == 1
    *lines, summary = result.stdout.splitlines()
    assert one_liners("\n".join(lines)) == FINDINGS
    assert " in 1 file: " in summary


def test_files_are_reported_in_order_and_each_under_its_path(run: Run) -> None:
    for name in ("b.md", "a/z.md", "a/b/c.md"):
        write(name, BROKEN)
    result = run("check", "-q", "--select", "PL201", ".")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [
        "a/b/c.md",
        "a/z.md",
        "b.md",
    ]
    paths = {line.partition(":")[0] for line in run("check", "-q", "./a").stdout.splitlines()}
    assert paths == {"a/b/c.md", "a/z.md"}


def test_gitignore_leaves_out_what_is_found_and_not_what_is_named(run: Run) -> None:
    Path(".git").mkdir()
    write(".gitignore", "build/\n")
    write("build/list.md", BROKEN)
    assert run("check").stdout == "No Markdown files to check.\n"
    assert run("check", "build/list.md").exit_code == 1


def test_quiet_shows_one_line_a_finding_and_nothing_else(run: Run) -> None:
    write("list.md", BROKEN)
    assert one_liners(run("check", "-q", "list.md").stdout) == FINDINGS
    write("list.md", CLEAN)
    assert run("check", "--quiet", "list.md").stdout == ""


def test_statistics_count_the_findings_of_each_rule(run: Run) -> None:
    write("list.md", BROKEN)
    result = run("check", "--statistics")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:4] == [
        "findings  severity  rule",
        "       1  warning   PL201  arxiv-pdf-link   1 fixable",
        "       1  warning   PL205  empty-code-link  1 fixable with --unsafe-fixes",
        "       1  error     PL206  empty-link",
    ]


def test_json_is_one_object_over_all_files(run: Run) -> None:
    for name in ("a.md", "b.md"):
        write(name, BROKEN)
    write("c.md", CLEAN)
    result = run("check", "--output-format", "json")
    assert result.exit_code == 1
    findings = json.loads(result.stdout)["findings"]
    assert [(finding["path"], finding["code"]) for finding in findings] == [
        (path, code) for path in ("a.md", "b.md") for code in ("PL201", "PL205", "PL206")
    ]
    assert json.loads(run("check", "c.md", "--output-format", "json").stdout)["findings"] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--select", "PL201"], ["PL201"]),
        (["--select", "pl201,empty-link"], ["PL201", "PL206"]),
        (["--select", "PL201", "--select", "PL206"], ["PL201", "PL206"]),
        (["--select", "PL2", "--ignore", "PL205, PL201"], ["PL206"]),
        (["--ignore", "PL2"], []),
        (["--select", "PL1", "--extend-select", "PL206"], ["PL206"]),
        (["--select", "ALL"], ["PL201", "PL205", "PL206"]),
    ],
)
def test_rules_are_selected_by_code_by_beginning_and_by_name(
    run: Run, words: list[str], expected: list[str]
) -> None:
    write("list.md", BROKEN)
    result = run("check", "list.md", "--output-format", "json", *words)
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == expected


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_a_selector_that_names_no_rule_is_misuse_even_without_a_list(run: Run, option: str) -> None:
    result = run("check", option, "arxiv-pdf-links")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: there is no rule 'arxiv-pdf-links'; did you mean 'arxiv-pdf-link'?\n"
    )


def test_a_file_that_is_not_there_is_an_error_and_the_others_are_checked(run: Run) -> None:
    write("list.md", BROKEN)
    result = run("check", "-q", "gone.md", "list.md")
    assert result.exit_code == 2
    assert one_liners(result.stdout) == FINDINGS
    assert result.stderr.startswith("error: gone.md: there is no such file")
    assert run("check", "--exit-zero", "gone.md", "list.md").exit_code == 2


def test_a_file_that_is_not_utf_8_is_an_error_with_its_place(run: Run) -> None:
    Path("latin.md").write_bytes(b"# Caf\xe9\n")
    write("list.md", CLEAN)
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: latin.md:1:6: it is not UTF-8")
    assert result.stdout == "No findings in 1 file; 1 file could not be checked.\n"


def test_an_internal_error_is_told_and_the_other_files_are_checked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_read(text: str, *_: object) -> Document:
        if "boom" in text:
            raise ZeroDivisionError("boom \x1b[2J")
        return read(text)

    monkeypatch.setattr("peftlint.reader.read", failing_read)
    write("a.md", "boom")
    write("list.md", BROKEN)
    result = run("check", "-q")
    assert result.exit_code == 2
    assert one_liners(result.stdout) == FINDINGS
    assert result.stderr.startswith(
        r"error: a.md: internal error: ZeroDivisionError: boom \x1b[2J; please report it"
    )
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("PEFTLINT_TRACEBACK", "1")
    result = run("check", "-q")
    assert "Traceback" in result.stderr
    assert "failing_read" in result.stderr
    assert "\x1b" not in result.stderr


def test_a_rule_that_fails_is_named_with_its_distribution(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_lint(*_: object, **__: object) -> list[Diagnostic]:
        raise RuleError("rule x of y failed: ValueError: z")

    monkeypatch.setattr("peftlint.linter.lint", failing_lint)
    write("a.md", CLEAN)
    result = run("check", "-q")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: a.md: rule x of y failed: ValueError: z\n"


@pytest.mark.parametrize("words", [["check"], ["fix"], ["rules"], ["explain", "PL201"]])
def test_a_broken_plugin_is_one_error(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def broken_rules() -> Iterator[object]:
        raise RuleError("the rules of acme cannot be loaded: SyntaxError: invalid syntax")

    monkeypatch.setattr(registry, "rules", broken_rules)
    write("a.md", CLEAN)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: the rules of acme cannot be loaded: SyntaxError: invalid syntax\n"
    )


def test_ctrl_c_is_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted_read(*_: object) -> Document:
        raise KeyboardInterrupt

    monkeypatch.setattr("peftlint.reader.read", interrupted_read)
    write("a.md", CLEAN)
    result = run("check")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "\nInterrupted.\n"


def test_an_error_outside_of_any_file_is_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_find(*_: object) -> Iterator[Path]:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("peftlint.commands.target.find", failing_find)
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: internal error: ZeroDivisionError: boom; please")


def test_garbage_collection_is_as_before_after_a_command(run: Run) -> None:
    import gc

    write("list.md", CLEAN)
    assert gc.isenabled()
    run("check")
    assert gc.isenabled()
    gc.disable()
    try:
        run("check")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_garbage_is_collected_between_large_lists(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr("peftlint.commands.memory.gc.collect", lambda: looks.append(1))
    monkeypatch.setattr("peftlint.commands.memory._INTERVAL", len(CLEAN) * 2)
    for number in range(5):
        write(f"{number}.md", CLEAN)
    run("check")
    assert len(looks) == 2


def test_colours_are_for_terminals_and_on_request(run: Run) -> None:
    write("list.md", BROKEN)
    assert "\x1b" not in run("check").stdout
    colored = run("check", "--color", "always").stdout
    assert "\x1b[33mwarning\x1b[0m \x1b[33mPL201\x1b[0m" in colored
    assert "\x1b[1;31merror\x1b[0m \x1b[1;31mPL206\x1b[0m" in colored
    assert "\x1b]" not in colored
    assert "\x1b[1;31merror:\x1b[0m" in run("check", "--color", "always", "gone").stderr


# Config


def test_config_beside_the_list_counts_and_the_command_line_goes_over_it(run: Run) -> None:
    write("list.md", BROKEN)
    write("peftlint.toml", 'select = ["PL201", "PL206"]\nignore = ["PL206"]\n')

    def codes(*words: str) -> list[str]:
        output = run("check", "--output-format", "json", *words).stdout
        return [finding["code"] for finding in json.loads(output)["findings"]]

    assert codes() == ["PL201"]
    assert codes("--extend-select", "PL205") == ["PL201", "PL205"]
    assert codes("--ignore", "PL201") == []
    assert codes("--select", "PL206") == ["PL206"]
    assert codes("--isolated") == ["PL201", "PL205", "PL206"]
    write("other.toml", 'select = ["PL205"]\n')
    assert codes("--config", "other.toml") == ["PL205"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--profile", "minimal"], ["PL206"]),
        (["--profile", "minimal", "--extend-select", "PL205"], ["PL205", "PL206"]),
        (["--profile", "default"], ["PL201", "PL205", "PL206"]),
        (["--profile", "strict", "--ignore", "PL20"], []),
    ],
)
def test_a_profile_is_chosen_on_the_command_line_over_the_config(
    run: Run, words: list[str], codes: list[str]
) -> None:
    write("list.md", BROKEN)
    write("peftlint.toml", 'select = ["PL1"]\n')
    output = run("check", "--output-format", "json", *words).stdout
    assert [finding["code"] for finding in json.loads(output)["findings"]] == codes


def test_a_profile_and_selected_rules_contradict_each_other(run: Run) -> None:
    write("list.md", BROKEN)
    for command in ("check", "fix"):
        result = run(command, "--profile", "minimal", "--select", "PL201")
        assert result.exit_code == 2
        assert "--extend-select adds rules to those of a profile" in result.stderr


def test_an_old_list_starts_quietly_by_its_config(run: Run) -> None:
    write("list.md", BROKEN)
    write("peftlint.toml", 'profile = "minimal"\n')
    assert [code for _, code, _ in one_liners(run("check", "-q").stdout)] == ["PL206"]
    result = run("fix", "-q")
    assert (result.exit_code, result.stdout) == (1, "Nothing to fix in 1 file; 1 finding left.\n")


@pytest.mark.parametrize(
    ("config", "words", "codes"),
    [
        ("", "", (1, 1, 1)),
        ("", "--fail-on info", (1, 1, 1)),
        ("", "--fail-on warning", (1, 1, 1)),
        ("", "--fail-on error", (1, 1, 1)),
        ("", "--fail-on never", (0, 0, 0)),
        ('severity = { empty-link = "warning" }', "--fail-on error", (0, 0, 0)),
        ('severity = { empty-link = "warning" }', "--fail-on warning", (1, 1, 1)),
        ('severity = { PL2 = "info" }', "--fail-on warning", (0, 0, 0)),
        ('severity = { PL2 = "info" }', "", (1, 1, 1)),
        ('severity = { PL2 = "info", PL201 = "error" }', "--fail-on warning", (1, 0, 1)),
        ('severity = { ALL = "info", PL201 = "error" }\nfail-on = "error"', "", (1, 0, 1)),
        ('fail-on = "never"', "", (0, 0, 0)),
        ('fail-on = "never"', "--fail-on info", (1, 1, 1)),
    ],
)
def test_findings_that_are_as_bad_as_asked_make_the_run_fail(
    run: Run, config: str, words: str, codes: tuple[int, int, int]
) -> None:
    """With `check`, with `fix`, which mends the one of PL201, and with `fix --diff`."""
    write("peftlint.toml", config)
    write("list.md", BROKEN)
    check, diff = run("check", *words.split()), run("fix", "--diff", *words.split())
    assert (check.exit_code, run("fix", *words.split()).exit_code, diff.exit_code) == codes
    assert "Found 3 findings" in check.stdout
    write("list.md", CLEAN)
    assert run("check", *words.split()).exit_code == 0


def test_each_list_fails_by_its_own_config(run: Run) -> None:
    write("a/list.md", BROKEN)
    write("b/list.md", BROKEN)
    write("a/peftlint.toml", 'fail-on = "never"')
    assert run("check", "a").exit_code == 0
    assert run("check", "b").exit_code == run("check").exit_code == 1
    assert run("check", "--exit-zero", "--fail-on", "info").exit_code == 0


def test_what_cannot_be_read_fails_whatever_findings_do(run: Run) -> None:
    write("list.md", BROKEN)
    assert run("check", "--fail-on", "never", "gone.md", "list.md").exit_code == 2


def test_a_broken_config_is_one_error(run: Run) -> None:
    write("list.md", BROKEN)
    write("peftlint.toml", "selct = []\n")
    for command in ("check", "fix", "export"):
        result = run(command)
        assert result.exit_code == 2
        assert "list.md" not in result.stdout
        assert result.stderr.count("peftlint.toml:1:1: selct: unknown key; did you mean") == 1
    assert run("check", "--isolated").exit_code == 1


def test_a_broken_config_stops_only_the_lists_that_it_is_about(run: Run) -> None:
    for folder in ("good", "bad"):
        Path(folder).mkdir()
        write(f"{folder}/one.md", BROKEN)
        write(f"{folder}/two.md", BROKEN)
    write("bad/peftlint.toml", "selct = []\n")
    result = run("fix")
    assert result.exit_code == 2
    assert result.stderr.count("unknown key") == 1
    assert Path("bad/one.md").read_text() == BROKEN
    assert Path("good/two.md").read_text() != BROKEN


def test_what_config_excludes_is_left_out_even_when_named(run: Run) -> None:
    write("list.md", BROKEN)
    write("peftlint.toml", 'exclude = ["list.md"]\n')
    assert run("check", "list.md").stdout == "No Markdown files to check.\n"
    assert run("fix", "list.md").stdout == "No Markdown files to fix.\n"
    assert run("check", "-", "--stdin-filename", "list.md", stdin=BROKEN).exit_code == 0
    filtered = run("fix", "-", "--stdin-filename", "list.md", stdin=BROKEN)
    assert (filtered.exit_code, filtered.stdout) == (0, BROKEN)
    assert run("check", "-", stdin=BROKEN).exit_code == 1


def test_installed_dependencies_are_left_out_unless_they_are_named(run: Run) -> None:
    for folder in ("node_modules/x", "env/lib", "docs"):
        write(f"{folder}/list.md", BROKEN)
    write("env/pyvenv.cfg", "")
    paths = {line.partition(":")[0] for line in run("check", "-q").stdout.splitlines()}
    assert paths == {"docs/list.md"}
    out = run("check", "-q", ".", "env", "node_modules").stdout
    paths = {line.partition(":")[0] for line in out.splitlines()}
    assert paths == {"docs/list.md", "env/lib/list.md", "node_modules/x/list.md"}
    assert "node_modules" in run("check", "--help").stdout


def test_config_and_isolated_contradict_each_other(run: Run) -> None:
    write("peftlint.toml", "")
    result = run("check", "--isolated", "--config", "peftlint.toml")
    assert result.exit_code == 2
    assert "contradict" in result.stderr


def test_a_config_that_is_not_there_is_misuse(run: Run) -> None:
    result = run("check", "--config", "gone.toml")
    assert result.exit_code == 2
    assert "gone.toml" in result.stderr


# Standard input


def test_standard_input_is_checked_under_the_name_it_is_given(run: Run) -> None:
    result = run("check", "-q", "-", "--stdin-filename", "list.md", stdin=BROKEN)
    assert (result.exit_code, one_liners(result.stdout)) == (1, FINDINGS)
    result = run("check", "-q", "-", stdin=BROKEN)
    assert [place for place, *_ in one_liners(result.stdout)] == [
        place.replace("list.md", "<stdin>") for place, *_ in FINDINGS
    ]


def test_standard_input_has_the_config_of_its_name(run: Run) -> None:
    write("docs/peftlint.toml", 'select = ["PL206"]\n')
    result = run("check", "-q", "-", "--stdin-filename", "docs/list.md", stdin=BROKEN)
    assert [code for _, code, _ in one_liners(result.stdout)] == ["PL206"]


def test_standard_input_that_is_not_utf_8_is_an_error(run: Run) -> None:
    for command in ("check", "fix", "export"):
        result = run(command, "-", stdin=b"\xff\xfe\x00")
        assert (result.exit_code, "<stdin>" in result.stderr) == (2, True)


def test_standard_input_stands_alone(run: Run) -> None:
    result = run("check", "-", "list.md", stdin=BROKEN)
    assert result.exit_code == 2
    assert "standard input" in result.stderr


def test_a_name_for_standard_input_needs_it(run: Run) -> None:
    result = run("check", "--stdin-filename", "x.md", "list.md")
    assert result.exit_code == 2
    assert "'-'" in result.stderr


# fix


def test_safe_fixes_are_made_and_what_is_left_is_shown(run: Run) -> None:
    path = write("list.md", BROKEN)
    result = run("fix", "list.md")
    assert (result.exit_code, result.stderr) == (1, "")
    assert path.read_text() == FIXED
    assert result.stdout.startswith("Fixed list.md: 1 arxiv-pdf-link\nlist.md:5:72: warning PL205 ")
    assert result.stdout.endswith(
        "\nFixed 1 finding in 1 file; 2 findings left (1 more fixable with --unsafe-fixes).\n"
    )
    again = run("fix", "list.md")
    assert again.stdout.endswith(
        "\nNothing to fix in 1 file; 2 findings left (1 more fixable with --unsafe-fixes).\n"
    )
    assert path.read_text() == FIXED


def test_unsafe_fixes_are_made_on_request(run: Run) -> None:
    path = write("list.md", BROKEN)
    result = run("fix", "--unsafe-fixes", "-q", "list.md")
    assert result.exit_code == 1
    assert path.read_text() == FIXED.replace(" [[Code]()]", "")
    assert result.stdout == (
        "Fixed list.md: 1 arxiv-pdf-link, 1 empty-code-link\n"
        "Fixed 2 findings in 1 file; 1 finding left.\n"
    )


def test_a_fix_that_leaves_nothing_exits_with_0(run: Run) -> None:
    write("list.md", BROKEN)
    result = run("fix", "--select", "PL201", "list.md")
    assert result.exit_code == 0
    assert result.stdout == ("Fixed list.md: 1 arxiv-pdf-link\nFixed 1 finding in 1 file.\n")
    result = run("fix", "--select", "PL201", "list.md")
    assert (result.exit_code, result.stdout) == (0, "Nothing to fix in 1 file.\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fix_keeps_newlines_and_byte_order_mark(run: Run, newline: str, mark: str) -> None:
    def bytes_of(text: str) -> bytes:
        return (mark + text.replace("\n", newline).removesuffix(newline)).encode()

    path = Path("list.md")
    path.write_bytes(bytes_of(BROKEN))
    run("fix", "list.md")
    assert path.read_bytes() == bytes_of(FIXED)
    result = run("fix", "-", stdin=bytes_of(BROKEN))
    assert result.stdout_bytes == bytes_of(FIXED)


def test_fix_of_standard_input_writes_the_text_and_reports_elsewhere(run: Run) -> None:
    result = run("fix", "-", "--stdin-filename", "list.md", stdin=BROKEN)
    assert (result.exit_code, result.stdout) == (1, FIXED)
    assert result.stderr.startswith("Fixed list.md: 1 arxiv-pdf-link\n")
    assert not Path("list.md").exists()
    result = run("fix", "-", stdin=CLEAN)
    assert (result.exit_code, result.stdout) == (0, CLEAN)


def test_a_file_that_cannot_be_written_is_an_error_and_the_others_are_fixed(run: Run) -> None:
    other = write("other.md", BROKEN)
    Path("link.md").symlink_to(other)
    path = write("z.md", BROKEN)
    result = run("fix", "-q", "link.md", "z.md")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: link.md: it is a symbolic link")
    assert (other.read_text(), path.read_text()) == (BROKEN, FIXED)
    assert result.stdout.endswith("; 1 file could not be done.\n")
    assert run("fix", "-q", "link.md").stdout == "1 file could not be done.\n"


def test_a_fix_that_is_withheld_is_told_with_its_reason(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peftlint.fixer import fix

    def withholding_fix(text: str, *words: object, **named: object) -> FixResult:
        result = fix(text, registry.select())
        held = Withheld(result.remaining[0], "it would lose the address \x1b")
        return FixResult(text, (), result.remaining, (held,), 0)

    monkeypatch.setattr("peftlint.commands.fix.fix", withholding_fix)
    write("list.md", BROKEN)
    head = "list.md:5:72: warning PL205 'Code' leads nowhere [empty-code-link]"
    reason = r"not fixed: it would lose the address \x1b"
    result = run("fix", "-q", "list.md")
    assert result.stdout.splitlines()[:2] == [head, f"  {reason}"]
    result = run("fix", "--unsafe-fixes", "list.md")
    lines = result.stdout.splitlines()
    assert lines[0] == head
    assert lines[4:6] == [f"      | {reason}", ""]
    assert result.stdout.count(head) == result.stdout.count("not fixed:") == 1
    assert "--unsafe-fixes" not in result.stdout


def test_diff_writes_nothing_and_can_be_applied(run: Run) -> None:
    for number, text in enumerate(
        (
            BROKEN,
            BROKEN.partition("\n\n- **Adapters")[0],
            BROKEN.replace("\n", "\r\n"),
            f"\ufeff{BROKEN}",
        )
    ):
        write(f"sub folder/{number}.md", text)
    result = run("fix", "--diff", ".")
    assert result.exit_code == 1
    assert "\\ No newline at end of file\n" in result.stdout
    assert result.stderr.endswith(
        "Would fix 4 findings in 4 files; "
        "6 findings would be left (3 more fixable with --unsafe-fixes).\n"
    )
    before = {path: path.read_bytes() for path in Path("sub folder").iterdir()}
    assert len(before) == 4
    subprocess.run(["git", "apply", "-"], input=result.stdout_bytes, check=True)  # noqa: S607
    for path, data in before.items():
        assert path.read_bytes() == data.replace(b"/pdf/", b"/abs/")
    result = run("fix", "--diff", ".")
    assert (result.exit_code, result.stdout) == (1, "")


def test_diff_exits_with_0_only_where_nothing_would_change_or_be_left(run: Run) -> None:
    write("list.md", BROKEN)
    assert run("fix", "--diff", "--select", "PL201", "list.md").exit_code == 1
    assert run("fix", "--diff", "--select", "PL206", "list.md").exit_code == 1
    assert run("fix", "--diff", "--select", "PL1", "list.md").exit_code == 0
    assert run("fix", "--diff", "--select", "PL1", "list.md", "gone.md").exit_code == 2


@pytest.mark.parametrize("name", ["{here}/docs/list.md", "docs/../docs/list.md", "./docs/list.md"])
def test_diff_names_what_is_below_this_folder_from_here(
    run: Run, tmp_path: Path, name: str
) -> None:
    path = write("docs/list.md", BROKEN)
    result = run("fix", "--diff", name.format(here=tmp_path))
    assert result.stdout.startswith("--- a/docs/list.md\n+++ b/docs/list.md\n")
    subprocess.run(["git", "apply", "-"], input=result.stdout_bytes, check=True)  # noqa: S607
    assert path.read_text() == FIXED


@pytest.mark.parametrize("name", ["{above}/list.md", "../list.md", "../here/../list.md"])
def test_diff_names_what_is_elsewhere_from_the_root(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    write("list.md", BROKEN)
    Path("here").mkdir()
    monkeypatch.chdir("here")
    result = run("fix", "--diff", name.format(above=tmp_path))
    place = (tmp_path / "list.md").relative_to(tmp_path.anchor).as_posix()
    assert result.stdout.startswith(f"--- a/{place}\n+++ b/{place}\n")


def test_diff_of_standard_input_has_its_name(run: Run) -> None:
    result = run("fix", "--diff", "-", "--stdin-filename", "docs/list.md", stdin=BROKEN)
    assert result.exit_code == 1
    assert result.stdout.startswith("--- a/docs/list.md\n+++ b/docs/list.md\n@@ -1,6 +1,6 @@\n")


def test_diff_in_colours_is_for_people(run: Run) -> None:
    write("list.md", BROKEN.replace("LoRA", "Lo\x1bRA"))
    result = run("fix", "--ignore", "PL602", "--diff", "--color", "always")
    assert "\x1b[1;31m-- **Lo\\x1bRA" in result.stdout
    assert "\x1b[32m+- **Lo\\x1bRA" in result.stdout
    assert "\x1b[36m@@ " in result.stdout


def test_a_diff_in_a_pipe_holds_no_command_for_githubs_runner(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("list.md", f"::error::x\n\n{BROKEN}".replace("# Papers", "# ##[error]"))
    plain = run("fix", "--diff").stdout
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = run("fix", "--diff")
    assert "##[" in plain
    assert "##[" not in result.stdout
    assert not any(line.lstrip().startswith("::") for line in result.stdout.splitlines())
    done = shell("peftlint fix --diff > patch; cat patch", GITHUB_ACTIONS="true")
    assert done.stdout.decode() == plain


# rules


def test_rules_are_a_table_that_fits_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in ("60", "100", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        result = run("rules")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert lines[0].split() == ["CODE", "NAME", "SEVERITY", "PROFILE", "FIX", "SUMMARY"]
        summary = lines[0].index("SUMMARY")
        assert max(map(len, lines)) <= max(int(columns), summary + 24)
        starts = [line.split()[:5] for line in lines[1:] if not line.startswith(" ")]
        assert starts == [
            [rule.code, rule.name, rule.severity, rule.profile, rule.fix]
            for rule in registry.rules()
        ]
        words = " ".join(line[summary:].strip() for line in lines[1:])
        assert words == " ".join(rule.summary for rule in registry.rules())


def test_rules_come_as_json_too(run: Run) -> None:
    rules = json.loads(run("rules", "--output-format", "json").stdout)
    first = registry.rules()[0]
    assert len(rules) == len(registry.rules())
    assert rules[0] == {
        "code": first.code,
        "name": first.name,
        "severity": first.severity,
        "profile": first.profile,
        "fix": first.fix,
        "default": first.is_default,
        "summary": first.summary,
        "origin": "peftlint",
        "url": f"https://peftlint.readthedocs.io/en/stable/rules/{first.name}.html",
    }


# explain


@pytest.mark.parametrize("rule", registry.rules(), ids=lambda rule: rule.name)
def test_every_rule_is_explained_by_its_docstring(run: Run, rule: Rule) -> None:
    result = run("explain", rule.code)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# {rule.name} ({rule.code})\n\n")
    assert rule.doc.strip() in result.stdout
    assert run("explain", rule.name).stdout == result.stdout
    assert run("explain", rule.code.lower()).stdout == result.stdout


def test_options_are_explained_with_types_and_defaults(run: Run) -> None:
    out = run("explain", "duplicate-entry").stdout
    assert "Under `[tool.peftlint.rules.duplicate-entry]`:\n" in out
    assert "\n- `across-sections`: true or false, default `true`\n" in out


def test_options_have_their_defaults_as_config_writes_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    @dataclass(frozen=True)
    class Options:
        """What it may be told."""

        style: str = "auto"
        hosts: tuple[str, ...] = ("a.org", "b.org")
        most: int = 3
        label: str | None = None

    rule = registry.find("arxiv-mirror-host")._replace(options=Options)
    monkeypatch.setattr("peftlint.commands.explain.find", lambda _: rule)
    out = run("explain", "x").stdout
    assert '- `style`: a string, default `"auto"`\n' in out
    assert '- `hosts`: a list of strings, default `["a.org", "b.org"]`\n' in out
    assert "- `most`: a whole number, default `3`\n" in out
    assert "- `label`: a string, not set by default\n" in out
    assert out.endswith("\n\nWhat it may be told.\n")


def test_an_unknown_rule_gets_the_nearest(run: Run) -> None:
    result = run("explain", "arxiv-pdf")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'arxiv-pdf-link'?" in result.stderr


def test_the_beginning_of_codes_gets_the_rules_that_it_may_mean(run: Run) -> None:
    result = run("explain", "pl20")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "error: 'pl20' is not one rule; it may mean",
        *(f"  {rule.code}  {rule.name}" for rule in registry.matching("PL20")),
    ]
    assert len(result.stderr.splitlines()) > 2
    result = run("explain", "")
    assert result.stderr == "error: there is no rule ''; `peftlint rules` lists them\n"


# As a process of its own


def test_exit_codes_reach_the_shell() -> None:
    write("clean.md", CLEAN)
    write("broken.md", BROKEN)
    assert shell("peftlint check clean.md").returncode == 0
    assert shell("peftlint check broken.md").returncode == 1
    assert shell("peftlint check gone.md").returncode == 2
    assert shell("peftlint fix clean.md").returncode == 0
    assert shell("peftlint fix broken.md").returncode == 1
    assert shell("peftlint fix gone.md").returncode == 2
    assert shell("peftlint").returncode == 2


def test_findings_go_to_standard_output_and_errors_to_standard_error() -> None:
    write("list.md", BROKEN)
    done = shell("python -m peftlint check -q gone.md list.md")
    assert one_liners(done.stdout.decode()) == FINDINGS
    assert done.stderr.startswith(b"error: gone.md: ")
    assert b"list.md:" not in done.stderr


def test_bytes_pass_through_a_pipe_as_they_are() -> None:
    data = f"\ufeff{BROKEN}Zoë\tß\x0c\u2028".replace("\n", "\r\n").encode()
    Path("list.md").write_bytes(data)
    done = shell("peftlint fix --select PL201 - < list.md", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout == data.replace(b"/pdf/", b"/abs/")


@pytest.mark.parametrize("command", ["check", "export", "fix --diff", "check --output-format json"])
def test_a_reader_that_has_seen_enough_is_no_error(command: str) -> None:
    for number in range(40):
        write(f"{number}.md", BROKEN * 20)
    done = shell(f"peftlint {command} . | head -n 1 >/dev/null; test ${{PIPESTATUS[0]}} -le 1")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words",
    [
        "check list.md",
        "check --output-format json list.md",
        "fix --diff list.md",
        "fix - < list.md",
        "export list.md",
        "rules",
    ],
)
def test_output_that_cannot_be_written_is_one_plain_error(words: str, unbuffered: str) -> None:
    write("list.md", BROKEN)
    done = shell(f"peftlint {words} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert done.stderr == b"error: standard output: the disk is full; make room and try again\n"


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", ["--help", "--version", "check --help"])
def test_help_that_cannot_be_written_is_one_plain_error(words: str, unbuffered: str) -> None:
    done = shell(f"peftlint {words} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert done.stderr == b"error: the disk is full; make room and try again\n"


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", ["check gone.md", "check --bogus", "bogus", ""])
def test_errors_that_cannot_be_written_still_exit_with_2(words: str, unbuffered: str) -> None:
    done = shell(f"peftlint {words} 2> /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert b"Traceback" not in done.stdout


def test_a_closed_stream_changes_no_exit_code() -> None:
    write("list.md", BROKEN)
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        assert shell(f"peftlint check list.md {closed}").returncode == 1
        assert shell(f"peftlint check gone.md {closed}").returncode == 2
    assert shell("peftlint check -q list.md 2>&-").stdout.count(b"list.md:") == 3


def test_a_path_that_is_not_utf_8_is_checked() -> None:
    write("list.md", BROKEN)
    try:
        Path(os.fsdecode(b"caf\xe9.md")).write_text(BROKEN)
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    Path("list.md").unlink()
    for locale in ("C.UTF-8", "C"):
        done = shell("peftlint check -q .", LC_ALL=locale)
        assert (done.returncode, done.stderr) == (1, b"")
        assert done.stdout.startswith(b"caf\\udce9.md:3:33: warning PL201 ")


def test_a_plain_check_loads_nothing_that_it_does_not_need() -> None:
    write("list.md", BROKEN)
    command = (
        "import sys; from peftlint.cli import main; "
        "main(['check', '-q', 'list.md'], standalone_mode=False); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = shell(f'python -c "{command}"')
    loaded = set(done.stderr.decode().split())
    assert "peftlint.reader" in loaded
    assert "peftlint.commands.check" in loaded
    unneeded = {
        "json",
        "mdformat",
        "msgspec",
        "pathspec",
        "subprocess",
        "tomllib",
        "peftlint.commands.fix",
        "peftlint.fixer",
        "peftlint.layout",
        "peftlint.normalizer",
        "peftlint.proof",
        "peftlint.report.as_json",
        "peftlint.report.diff",
        "peftlint.report.text",
    }
    assert loaded & unneeded == set()


def test_help_and_version_do_not_load_the_reader() -> None:
    for word in ("--help", "--version"):
        command = (
            "import sys; from peftlint.cli import main; "
            f"main(['{word}'], standalone_mode=False); print(*sys.modules)"
        )
        loaded = set(shell(f'python -c "{command}"').stdout.decode().split())
        assert "peftlint.cli" in loaded
        assert (
            loaded
            & {
                "markdown_it",
                "mdformat",
                "peftlint.layout",
                "peftlint.normalizer",
                "peftlint.reader",
                "peftlint.registry",
            }
            == set()
        )
