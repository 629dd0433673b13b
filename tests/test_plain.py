"""A plain command line is read as click reads it, and every other one is left to click."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from peftlint.commands import plain
from peftlint.commands.catalogue import COMMANDS, load
from peftlint.commands.clickcommand import click_command
from peftlint.commands.command import Argument, Command, Family, Option

Run = Callable[..., Result]

HOOKS = Path(__file__).parent.parent / ".pre-commit-hooks.yaml"

#: All commands, and the members of those that are several.
ALL = {
    f"{name} {member}".strip(): command
    for name in COMMANDS
    for loaded in [load(name)]
    for member, command in (
        loaded.members.items() if isinstance(loaded, Family) else [("", loaded)]
    )
}

#: What may follow an option or stand alone, whether or not it can be meant.
TEXTS = (
    "list.md", "gone.md", ".", "folder", "-", "--", "", "a=b", "PL201", "PL2,PL3", "text", "json",
    "0", "1", "4", "+4", " 4", "04", "1_0", "\u0664", "99999999", "auto", "always", "strict",
    "never", "x", "a\0b", "-3", "concise:out.txt", "github:", "unreadable.md", "own",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder with what the texts name."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "folder").mkdir()
    for name in ("list.md", "unreadable.md"):
        (folder / name).touch()
    (folder / "unreadable.md").chmod(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield


def unread(command: Command) -> Command:
    """The same, with texts as they are given: what becomes of them has no equals."""
    return command._replace(
        parameters=tuple(
            parameter._replace(read=None) if isinstance(parameter, Option) else parameter
            for parameter in command.flat()
        )
    )


def by_click(command: Command, arguments: Sequence[str]) -> dict[str, object] | None:
    """What click takes a command line for; `None` where that is misuse or a question."""
    try:
        return click_command("command", command).make_context("command", list(arguments)).params
    except (click.UsageError, click.exceptions.Exit):
        return None
    except ValueError as error:
        # click asks the system for a path with a null in it.
        assert "null" in str(error)
        return None


def read_plainly(words: Sequence[str]) -> dict[str, object] | None:
    """What a command line says without click, the command first."""
    return plain.plainly_given(ALL[words[0]], words[1:])


@st.composite
def lines(draw: st.DrawFn, command: Command) -> list[str]:
    """Command lines of a command, most of which could be meant."""
    names = [
        name
        for parameter in command.flat()
        if isinstance(parameter, Option)
        for name in parameter.names
    ]
    choices = [
        choice
        for parameter in command.flat()
        if isinstance(parameter, Option)
        for choice in parameter.choices
    ]
    text = st.sampled_from((*TEXTS, *choices))
    name = st.sampled_from((*names, "--help", "-h", "--no-such", "-jq", "-q4", "-j4"))
    word = st.one_of(
        st.tuples(text),
        st.tuples(name),
        st.tuples(name, text),
        st.builds(lambda name, text: (f"{name}={text}",), name, text),
    )
    return [part for parts in draw(st.lists(word, max_size=5)) for part in parts]


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=60)
@given(data=st.data())
def test_a_plain_line_is_what_click_takes_it_for(name: str, data: st.DataObject) -> None:
    command = unread(ALL[name])
    line = data.draw(lines(command))
    plainly = plain.plainly_given(command, line)
    if plainly is not None:
        assert plainly == by_click(command, line)


@pytest.mark.parametrize("name", ALL)
def test_each_option_is_plain_where_it_has_what_it_takes(name: str) -> None:
    """But one that may do without: then click tells what the next word is."""
    command = unread(ALL[name])
    needed: list[str] = []
    for parameter in command.flat():
        if isinstance(parameter, Argument):
            needed += ["list.md"] if parameter.default is None else []
        elif parameter.is_required:
            needed += [parameter.names[-1], "list.md"]
    assert plain.plainly_given(command, needed) == by_click(command, needed) is not None
    for parameter in command.flat():
        if not isinstance(parameter, Option):
            continue
        text = next(iter(parameter.choices), "4" if parameter.kind == "number" else "list.md")
        for option in parameter.names:
            words = [option] if parameter.kind == "flag" else [option, text]
            line = [*needed, *words]
            if parameter.bare is None:
                assert plain.plainly_given(command, line) == by_click(command, line) is not None
            else:
                assert plain.plainly_given(command, line) is None


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("explain", "Missing argument 'RULE'."),
        ("why", "Missing argument 'PATH:LINE'."),
        ("import", "Missing argument 'FILE.bib'."),
        ("import list.bib --into list.md", "Missing option '--section'."),
        ("import list.bib --section A", "Missing option '--into'."),
        ("check --select", "Option '--select' requires an argument."),
    ],
)
def test_what_is_missing_is_told_by_click(run: Run, line: str, missing: str) -> None:
    result = run(*line.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith(f"error: {missing}")


@pytest.mark.parametrize(
    "line",
    [
        "check",
        "check .",
        "check a.md b.md",
        "check -",
        "check --isolated --no-cache --profile strict list.md",
        "check --output-format=sarif:out.sarif --output-format github",
        "check list.md --select PL2,PL3 --ignore=PL201 -q -j 2",
        "fix --diff --unsafe-fixes list.md",
        "normalize --allow-loss year,venue list.md",
        "explain PL201",
        "why list.md:3",
        "check --no-cache -- -a.md --quiet",
        "why -- -3",
    ],
)
def test_what_people_write_is_plain(line: str) -> None:
    assert read_plainly(line.split()) is not None


def test_what_the_hooks_run_is_plain() -> None:
    hooks: list[dict[str, Any]] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert hooks
    for hook in hooks:
        words = [*hook["entry"].split()[1:], *hook["args"]]
        plainly = read_plainly([*words, "a.md", "docs/b.md"])
        assert plainly is not None
        assert plainly["paths"] == ("a.md", "docs/b.md")


@pytest.mark.parametrize(
    "line",
    [
        "check --help",
        "check -h",
        "check --no-such",
        "check --iso",
        "check -qj2",
        "check -j2",
        "check -j=2",
        "check --jobs 0",
        "check --jobs two",
        "check --quiet=1",
        "check --config gone.toml",
        "check --config folder",
        "check --select",
        "check --select -q",
        "check --select --quiet",
        "check --write-baseline",
        "check --write-baseline known.json",
        "check --output-format nothing",
        "check --profile all",
        "explain",
        "explain PL201 PL202",
        "normalize --allow-loss nothing",
        "export --select-section=",
        "import list.bib --into list.md",
        "why -3",
    ],
)
def test_what_leaves_a_question_is_for_click(line: str) -> None:
    assert read_plainly(line.split()) is None


@pytest.mark.parametrize("words", [[], ["--version"], ["-h"], ["chekc"], ["import_"], ["cache"]])
def test_what_is_no_command_is_for_click(words: list[str]) -> None:
    assert plain.run(words) is None


@pytest.mark.parametrize(
    ("stream", "is_there"), [("stdout", True), ("stdout", False), ("stderr", False)]
)
def test_where_nothing_can_be_told_click_ends_that(
    monkeypatch: pytest.MonkeyPatch, stream: str, is_there: bool
) -> None:
    if not is_there:
        monkeypatch.setattr(sys, stream, None)
    assert (plain.run(["check", "list.md"]) is None) is not is_there


def test_what_contradicts_itself_is_told_as_click_tells_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With how the command is used."""
    for words in (
        ["check", "--config", "list.md", "--isolated"],
        ["check", "--reason", "r", "list.md"],
        ["config", "-"],
        ["why", "list.md"],
        ["export", "--layout", "own"],
    ):
        assert plain.run(words) == 2
        plainly = capsys.readouterr()
        program = "import sys; from peftlint.cli import main; main(prog_name='peftlint')"
        done = subprocess.run(
            [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (2, plainly.out, plainly.err)
        assert plainly.err.startswith(f"Usage: peftlint {words[0]} ")


def test_who_stops_reading_ends_it_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """As click has it."""
    ends: list[int] = []
    monkeypatch.setattr(os, "dup2", lambda _, descriptor: ends.append(descriptor))

    def unheard(*_: object, **__: object) -> None:
        raise BrokenPipeError

    for stream, descriptor in (("stdout", 1), ("stderr", 2)):
        monkeypatch.setattr(f"sys.{stream}.fileno", lambda number=descriptor: number)
    monkeypatch.setattr("peftlint.report.terminal.Terminal.write", unheard)
    assert plain.run(["rules"]) == 1
    assert ends == [1, 2]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to try")
@pytest.mark.parametrize(
    "line", ["check --config list.md --isolated", "check --select nothing", "check gone.md"]
)
def test_misuse_that_cannot_be_told_still_ends_with_2(line: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "peftlint", *line.split()], stderr=full, check=False
        )
    assert done.returncode == 2


def test_a_path_that_no_system_takes_is_for_click(tmp_path: Path) -> None:
    assert plain.plainly_given(ALL["check"], ["--config", f"{tmp_path}\0"]) is None
