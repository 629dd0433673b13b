r"""Nothing of a list, of its name or of a config acts: not in a terminal, in GitHub or in a page.

What a terminal or GitHub's runner obeys is judged by readers written here from their own sources,
and each defence is switched off once to see that these readers see the attack.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from markdown_it.token import Token

from peftlint import file, newfile, normalize, registry
from peftlint.cli import main
from peftlint.homepage import HOME
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.report import Format, as_github, as_markdown, quoting, terminal

FORMATS = get_args(Format)
#: In seconds of CPU; what is linear takes a tenth of it.
SLOW = 8

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such names, and links need rights there"
)

# Attacks

#: What stands in titles, authors, labels, addresses, headings and so on.
ATTACKS = (
    # GitHub's runner.
    "::error::forged", "::error file=a.md,line=1,title=x::forged", " \t::warning::forged",
    "\u3000\u00a0::error::forged", "::stop-commands::token", "::add-mask::secret",
    "::set-env name=LD_PRELOAD::x", "::set-output name=a::b", "::group::x", "::endgroup::",
    "::debug::x", "::echo::on", "::add-matcher::matcher.json", "::save-state name=a::b",
    "##[error]forged", "##[add-mask]secret", "##[stop-commands]token", "##[group]x", "##[command]x",
    "###[warning file=a;line=1]forged", "%0A::error::forged", "%250A%0D", "a]b;c:d,e=f%3A%2C",
    # Terminals.
    "\x1b[31mred", "\x1b[2J\x1b[H", "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07", "\x1b]0;title\x07", "\x9b31mred", "\x9d8;;https://evil.example\x9c",
    "\x08\x08\x08\x7f", "\u202egnp.exe", "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d",
    "\u200e\u200f\u061c", "\u2028::error::forged", "\u2029##[error]forged", "a\rb::error::forged",
    # GitHub's Markdown.
    "@octocat @octo-org/team", "#123 GH-123 octo/repo#1 octo/repo@0123abc 0123456789abcdef0123",
    "user@evil.example", "https://evil.example www.evil.example", "<https://evil.example>",
    "<img src=x>", "![x](https://evil.example/pixel.png)", "[x](https://evil.example)",
    "<script>alert(1)</script>", "<!-- x", "<details open>", "</details>", "<a name=x>", "<b",
    "```", "````markdown", "```suggestion", "~~~", "`", "``", "`` ` ``", "\\`", "\\", "a `b` c",
    "# heading", "| a | b |", "- [ ] task", "> quote", "***", "---", "1. item", "~~x~~", "$x$ $$y$$",
    ":tada:", "[x]: https://evil.example", "[^1]", "&lt;img src=x&gt;", "&#64;octocat",
    # XML, spreadsheets.
    "]]>", "&", "&amp;", "&x;", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "\ufffe",
    '=HYPERLINK("https://evil.example")', "+1+1", "-1+1", '"quoted"', "'",
)  # fmt: skip


#: For fixes: each that loses something is tried alone, and the list is read again each time.
FEW = tuple(one for one in ATTACKS if one in {
    "::error::forged", "::stop-commands::token", "##[add-mask]secret", "\x1b[31mred",
    "\x1b]52;c;ZXZpbA==\x07", "\x9b31mred", "\u202egnp.exe", "\u2028::error::forged",
    "a\rb::error::forged", "@octocat @octo-org/team", "<img src=x>", "`` ` ``", "]]>",
})  # fmt: skip


def hostile_list(attacks: Sequence[str] = ATTACKS) -> str:
    """A list that is full of attacks, in which rules find all sorts of things."""
    lines = ["# Papers", ""]
    for number, attack in enumerate(attacks, 1):
        lines += [
            f"## {attack}",
            f"{attack}",
            "",
            f"- **{attack} on {number},** Arxiv 2020. ![{attack}](https://img.shields.io/badge/A_{number}-red)",
            f"  *{attack} Smith.* [[{attack}](http://arxiv.org/pdf/2106.{number:05})][[{attack}]()]"
            f"[[Code](https://github.com/a/b?utm_source={number}#{attack})]",
            f"- **{attack} on {number},** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.{number:05})]",
            f"- {attack}: a paper \u00e2\u20ac\u2122 {attack} [{attack}](#{attack})",
            "",
            f"[{attack}](#gone-{number}) ![{attack}]({attack}) <{attack}>",
            "",
        ]
    lines += [
        "- **Code,** Arxiv 2022. [[Paper](http://arxiv.org/pdf/2106.00999)]",
        *("  ````", "  # x", "  <img src=x>", "  ````", ""),
    ]
    return "\n".join([*lines, "| a | b |", "| - | - |", *(f"| {one} |" for one in attacks), ""])


# Readers of what is printed


class Command(NamedTuple):
    """A command to GitHub's runner."""

    name: str
    properties: dict[str, str]
    data: str


class Runner:
    """GitHub's runner, as it reads the lines that a step prints.

    Source: https://github.com/actions/runner, at 42fe310 and 02523b9: `src/Runner.Common/
    ActionCommand.cs` (`TryParseV2`, `TryParse`), `src/Runner.Worker/ActionCommandManager.cs`
    (which commands there are, `stop-commands`), `src/Runner.Worker/Handlers/OutputManager.cs`,
    `src/Runner.Sdk/ProcessInvoker.cs` (lines are those of `StreamReader.ReadLine`).
    """

    #: What `String.TrimStart` takes away.
    BLANKS = "".join(
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in {"Zs", "Zl", "Zp"} or character in "\t\n\v\f\r\x85"
    )

    def __init__(self) -> None:
        self.registered = {
            "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group",
            "notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands",
            "warning",
        }  # fmt: skip
        self._stop_token: str | None = None

    def commands(self, output: bytes) -> list[Command]:
        """All commands in an output that this runner obeys."""
        text = output.decode(errors="replace").removeprefix("\ufeff")
        found: list[Command] = []
        for line in re.split(r"\r\n|\r|\n", text):
            command = self._second_form(line) or self._first_form(line)
            if command is None:
                continue
            if self._stop_token is not None:
                if command.name == self._stop_token.lower():
                    self.registered.discard(command.name)
                    self._stop_token = None
                continue
            found.append(command)
            if command.name == "stop-commands":
                self._stop_token = command.data
                self.registered.add(command.data.lower())
        return found

    def _second_form(self, line: str) -> Command | None:
        """`::name key=value,key=value::data`."""
        message = line.lstrip(self.BLANKS)
        end = message.find("::", 2)
        if not message.startswith("::") or end < 0:
            return None
        name, _, properties = message[2:end].partition(" ")
        if name.lower() not in self.registered:
            return None
        escapes = [("%0D", "\r"), ("%0A", "\n")]
        given = self._properties(
            properties.strip(self.BLANKS), ",", [*escapes, ("%3A", ":"), ("%2C", ",")]
        )
        return Command(name.lower(), given, self._unescaped(message[end + 2 :], escapes))

    def _first_form(self, line: str) -> Command | None:
        """`##[name key=value;key=value]data`, anywhere."""
        start = line.find("##[")
        end = line.find("]", start)
        if start < 0 or end < 0:
            return None
        name, _, properties = line[start + 3 : end].partition(" ")
        if name.lower() not in self.registered:
            return None
        escapes = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]")]
        return Command(
            name.lower(),
            self._properties(properties, ";", escapes),
            self._unescaped(line[end + 1 :], escapes),
        )

    def _properties(
        self, text: str, separator: str, escapes: Sequence[tuple[str, str]]
    ) -> dict[str, str]:
        pairs = (pair.lstrip("=").partition("=") for pair in text.split(separator))
        return {
            key: self._unescaped(value.lstrip("="), escapes)
            for key, _, value in pairs
            if key and value.lstrip("=")
        }

    @staticmethod
    def _unescaped(text: str, escapes: Sequence[tuple[str, str]]) -> str:
        for escape, meant in (*escapes, ("%25", "%")):
            text = text.replace(escape, meant)
        return text


def unsafe_characters(text: str) -> set[str]:
    """What a terminal obeys: controls but tab and line feed, and what turns letters round."""
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return {
        character
        for character in set(text) - {"\n", "\t"}
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in turning
        or character in "\u200e\u200f\u061c"
    }


class Shown(NamedTuple):
    """What a run printed."""

    code: int
    stdout: bytes
    stderr: bytes

    def harm(self, *, may_annotate: bool = False) -> list[object]:
        """All that a terminal or the runner would obey; nothing if all is well.

        Args:
            may_annotate: whether annotations are what was asked for.
        """
        found: list[object] = []
        for stream in self.stdout, self.stderr:
            found += sorted(unsafe_characters(stream.decode()))
            if "GITHUB_ACTIONS" in os.environ:
                found += [
                    command
                    for command in Runner().commands(stream)
                    if not (may_annotate and command.name in {"error", "warning", "notice"})
                ]
        return found


def run(*arguments: str, stdin: str | None = None) -> Shown:
    """Run peftlint; no attack may crash it."""
    result = CliRunner().invoke(main, arguments, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "internal error" not in result.stderr
    return Shown(result.exit_code, result.stdout_bytes, result.stderr_bytes)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "COLUMNS")  # fmt: skip
    for name in names:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=["in a terminal", "in GitHub's log"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where it is printed."""
    where: str = request.param
    if where == "in GitHub's log":
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
    return where


def write(name: str, text: str) -> None:
    """Write a file as it is."""
    Path(name).write_bytes(text.encode(errors="surrogateescape"))


# The readers themselves


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("::error::a%25b%0Ac%3A", Command("error", {}, "a%b\nc%3A")),
        (" \t\u3000::ERROR file=a%2Cb%3Ac,line=1,::", Command("error", {"file": "a,b:c", "line": "1"}, "")),
        ("x::error::", None),
        ("::unknown::", None),
        ("::error", None),
        ("x ##[Warning a=b;c=d%5D]e%3B", Command("warning", {"a": "b", "c": "d]"}, "e;")),
        ("##[unknown]", None),
        ("##[error", None),
        ("::unknown ##[error]a::", Command("error", {}, "a::")),
    ],
)  # fmt: skip
def test_the_runner_reads_commands_as_githubs_does(line: str, command: Command | None) -> None:
    assert Runner().commands(f"a\r{line}\n".encode()) == ([command] if command else [])


def test_the_runner_obeys_nothing_between_stop_and_its_token() -> None:
    output = b"::stop-commands::t\n::error::a\n::T::\n::error::b\n"
    assert [command.name for command in Runner().commands(output)] == ["stop-commands", "error"]


def test_the_attacks_work_where_nothing_is_done_about_them() -> None:
    """A list that is printed as it is: what the other tests would see."""
    text = hostile_list()
    assert len(unsafe_characters(text)) > 20
    names = {command.name for command in Runner().commands(text.encode())}
    assert names >= {"error", "stop-commands"}
    for attack in ("::add-mask::secret", "##[add-mask]secret", "::set-env name=LD_PRELOAD::x"):
        assert Runner().commands(attack.encode())


# Commands

COMMANDS: Mapping[str, Sequence[str]] = {
    **{f"check as {form}": ("check", "--output-format", form) for form in FORMATS},
    **{
        f"check --statistics as {form}": ("check", "--statistics", "--output-format", form)
        for form in ("text", "json", "markdown")
    },
    "check --quiet": ("check", "--quiet"),
    "export": ("export",),
    "init": ("init",),
    "normalize": ("normalize", "--layout", "one-line", "--check"),
}  # fmt: skip

#: What reads a report of that form, and fails where it is broken.
READERS: Mapping[str, Callable[[str], object]] = {
    "json": json.loads,
    "sarif": json.loads,
    "gitlab": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    "rdjsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    "junit": ElementTree.fromstring,
}

#: The rules that run, where a command runs rules: fixes are made of those whose fixes stay.
RULES = {"check": "ALL", "fix": "PL2,PL304"}


def with_all_rules(arguments: Sequence[str]) -> list[str]:
    """The same command with as many rules as it can have."""
    rules = RULES.get(arguments[0])
    return [*arguments, *(("--isolated", "--select", rules) if rules else ())]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_nothing_that_acts(name: str, place: str) -> None:
    write("list.md", hostile_list())
    path = "list.md" if "init" not in name else "."
    shown = run(*with_all_rules(COMMANDS[name]), path)
    assert shown.code in {0, 1}, shown.stderr
    assert shown.stdout
    assert shown.harm(may_annotate=name == "check as github") == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_a_hostile_list_can_be_read(form: Format, place: str) -> None:
    write("list.md", hostile_list())
    printed = run(*with_all_rules(["check", "--output-format", form]), "list.md").stdout.decode()
    assert len(printed) > 1000
    if form in READERS:
        READERS[form](printed)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_in_a_file_holds_nothing_that_a_terminal_obeys(form: Format, place: str) -> None:
    """It may be shown with `cat`."""
    write("list.md", hostile_list())
    run(*with_all_rules(["check", "--output-format", f"{form}:report"]), "list.md")
    text = Path("report").read_bytes().decode()
    assert unsafe_characters(text) == set()


def test_what_is_wrong_in_a_hostile_list_is_many_things() -> None:
    """Else the tests above would say little."""
    found = {one.name for one in lint(read(hostile_list()), registry.select(["ALL"]))}
    assert len(found) >= 15


@pytest.mark.parametrize("form", FORMATS)
def test_colors_are_ours_alone(form: Format, place: str) -> None:
    write("list.md", hostile_list())
    shown = run(*with_all_rules(["check", "--output-format", form, "--color", "always"]), "list.md")
    ours = re.compile(rb"\x1b\[(?:0|1|2|1;31|32|33|1;34|36)m")
    plain = shown._replace(stdout=ours.sub(b"", shown.stdout))
    assert plain.harm(may_annotate=form == "github") == []
    assert shown.harm(may_annotate=form == "github") in ([], ["\x1b"])


@pytest.mark.parametrize("options", [(), ("--unsafe-fixes",)])
def test_fix_tells_nothing_that_acts(options: Sequence[str], place: str) -> None:
    write("list.md", hostile_list(FEW))
    shown = run(*with_all_rules(["fix", *options]), "list.md")
    assert shown.code == 1
    assert shown.harm() == []


def test_fix_writes_attacks_back_as_they_were() -> None:
    """It is no business of a fix to repair them where no rule says so."""
    write("list.md", hostile_list(FEW))
    assert run(*with_all_rules(["fix", "--ignore", "PL6"]), "list.md").code == 1
    text = Path("list.md").read_bytes().decode()
    assert "\x1b]52;c;" in text
    assert "::stop-commands::token" in text


def test_a_diff_in_githubs_log_shows_nothing_that_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    write("list.md", hostile_list(FEW))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shown = run(*with_all_rules(["fix", "--diff"]), "list.md")
    assert shown.stdout.startswith(b"--- a/list.md\n")
    assert shown.harm() == []
    assert b"list.md: the diff has characters written out; `> FILE` has it" in shown.stderr


def test_a_harmless_diff_in_githubs_log_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- **\U0001f469\u200d\U0001f4bb,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\r\n"
    write("list.md", text)
    plain = run(*with_all_rules(["fix", "--diff"]), "list.md")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(*with_all_rules(["fix", "--diff"]), "list.md") == plain
    assert b"written out" not in plain.stderr


def test_a_diff_on_a_screen_shows_nothing_that_acts(place: str) -> None:
    write("list.md", hostile_list(FEW))
    shown = run(*with_all_rules(["fix", "--diff", "--color", "always"]), "list.md")
    plain = shown._replace(
        stdout=re.sub(rb"(?m)^\x1b\[(?:1;31|32|36)m(.*)\x1b\[0m$", rb"\1", shown.stdout),
        stderr=re.sub(rb"\x1b\[[0-9;]*m", b"", shown.stderr),
    )
    assert plain.harm() == []


def test_a_diff_for_a_program_is_one_that_git_applies() -> None:
    """It holds all characters as they are, as a diff of git does."""
    write("list.md", hostile_list(FEW))
    patch = run(*with_all_rules(["fix", "--diff"]), "list.md").stdout
    assert unsafe_characters(patch.decode())
    write("patch", patch.decode())
    git = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "patch"]
    subprocess.run(git, check=True, capture_output=True)
    applied = Path("list.md").read_bytes()
    write("list.md", hostile_list(FEW))
    run(*with_all_rules(["fix"]), "list.md")
    assert applied == Path("list.md").read_bytes()


def test_every_line_can_be_asked_about(place: str) -> None:
    text = hostile_list(FEW)
    write("list.md", text)
    # So that each kind of line comes up; all of them would take long.
    for line in range(3, text.count("\n"), 7):
        assert run("why", f"list.md:{line}").harm() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "{}"),
        ("why", "{}:1"),
        ("why", "{}"),
        ("config", "{}"),
        ("check", "{}"),
        ("check", "-", "--stdin-filename", "{}.md"),
        ("check", "--select", "{}"),
        ("check", "--config", "{}"),
        ("check", "--output-format", "{}"),
        ("check", "--output-format", "text:{}/x"),
        ("check", "--{}"),
        ("fix", "{}"),
        ("export", "{}"),
        ("init", "{}"),
        ("{}",),
    ],
)
@pytest.mark.parametrize(
    "attack",
    [
        "::error::forged",
        "##[error]forged",
        "\n::stop-commands::x",
        "\x1b[31m\x1b]52;c;x\x07\r\u202e\x9b",
        "\udcff",
    ],
)
def test_arguments_are_quoted_harmlessly(arguments: Sequence[str], attack: str, place: str) -> None:
    write("list.md", "- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n")
    shown = run(*(argument.format(attack) for argument in arguments), stdin="# Papers\n")
    assert shown.harm() == []
    assert shown.code in {0, 2}


# Names of files

NAMES = (
    "a\nb", "a\n::error::forged\nb", "50%0A::error::x", "a:b", "a,b", "a=b", "\x1b[31mred", "a\rb",
    "::error::forged", "##[add-mask]secret", "::stop-commands::x", "\u202egnp", "@octocat", "`x`",
    "<img src=x>", "a&b]]>", "a b", "'", '"', "\udcff\udcfe", "\x9b31m", "|", "$(touch x)", "-rf", "![x](y)",
)  # fmt: skip


def write_named() -> None:
    """Write a list under each of the names."""
    for name in NAMES:
        write(f"{name}.md", "# Papers\n\n- **LoRA,** Arxiv 2022. [[Paper](http://arxiv.org/pdf/2106.09685)]\n")  # fmt: skip
    write("\x1b[31m\n::error::bad.md", "\udcff")


@posix_only
@pytest.mark.parametrize("name", COMMANDS)
def test_names_of_files_do_nothing(name: str, place: str) -> None:
    write_named()
    shown = run(*with_all_rules(COMMANDS[name]), ".")
    assert shown.code == 2
    assert b"bad.md:1:1: it is not UTF-8" in shown.stderr
    assert shown.harm(may_annotate=name == "check as github") == []
    form = name.rpartition(" ")[2]
    if form in READERS:
        READERS[form](shown.stdout.decode())


@posix_only
def test_fix_tells_names_of_files_harmlessly(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    write_named()
    shown = run(*with_all_rules(["fix", "--diff"]), ".")
    if place == "in GitHub's log":
        assert shown.harm() == []
    assert shown._replace(stdout=b"").harm() == []
    assert run(*with_all_rules(["fix"]), ".").harm() == []


@posix_only
def test_github_gets_the_names_of_files_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setattr(as_github, "MOST_OF_A_KIND", 1000)
    write_named()
    shown = run("check", "--isolated", "--select", "PL202", "--output-format", "github", ".")
    commands = Runner().commands(shown.stdout)
    files = {command.properties.get("file") for command in commands}
    written_out = {"\x1b[31mred", "\u202egnp", "\udcff\udcfe", "\x9b31m"}
    assert files >= {f"{name}.md" for name in NAMES if name not in written_out}
    assert files >= {"\\x1b[31mred.md", "\\u202egnp.md", "\\udcff\\udcfe.md", "\\x9b31m.md"}


# Annotations


def test_annotations_say_what_was_found_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setattr(as_github, "MOST_OF_A_KIND", 100_000)
    write("list.md", hostile_list())
    shown = run(*with_all_rules(["check", "--output-format", "github"]), "list.md")
    found = lint(read(hostile_list()), registry.select(["ALL"]))
    commands = Runner().commands(shown.stdout)
    kinds = {"error": "error", "warning": "warning", "info": "notice"}
    assert shown.stdout.count(b"\n") == len(commands) == len(found)
    told = sorted(
        (
            command.name,
            command.properties["title"],
            command.properties["file"],
            command.properties["line"],
        )
        for command in commands
    )
    assert told == sorted(
        (kinds[one.severity], f"{one.code} {one.name}", "list.md", str(one.line)) for one in found
    )
    for command in commands:
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


# Markdown


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Token]]:
    """Gives what a Markdown report of the hostile list renders to, all of it."""
    monkeypatch.setattr(as_markdown, "MOST_CHARACTERS", 10_000_000)

    def render() -> list[Token]:
        write("list.md", hostile_list())
        for name in (
            ("`a` <b>.md", "@octocat # x.md", "![x](y).md") if sys.platform != "win32" else ()
        ):
            write(name, hostile_list()[:3000])
        printed = run(*with_all_rules(["check", "--output-format", "markdown"]), ".")
        parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        return parser.parse(printed.stdout.decode())

    return render


def inline(tokens: Sequence[Token]) -> Iterator[Token]:
    """All inline tokens, also those of links."""
    for token in tokens:
        yield from token.children or ()


#: What GitHub makes links of that Markdown does not, and emoji and formulas.
ACTING_TEXT = re.compile(
    r"@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|https?:|www\.|\w@\w|:\w+:|\$|</?\w|&\w+;", re.IGNORECASE
)
OUR_WORDS = {"peftlint fix", "peftlint fix --unsafe-fixes", "peftlint check"}


def harm_in_page(tokens: Sequence[Token]) -> set[str]:
    """All that a list could have brought into a page: nothing if all is well."""
    found: set[str] = set()
    allowed = {
        "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "fence",
        "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    }  # fmt: skip
    found |= {token.type for token in tokens} - allowed
    for token in tokens:
        if token.type == "fence" and (token.info != "markdown" or token.level):
            found.add(f"fence {token.info}")
        if token.type == "fence" and ("##[" in token.content or re.search(r"(?m)^\s*::", token.content)):  # fmt: skip
            found.add(f"command in a fence: {token.content}")
        if token.type == "heading_open" and token.tag not in {"h2", "h3"}:
            found.add(token.tag)
    for token in inline(tokens):
        if token.type == "link_open":
            address = str(token.attrs["href"])
            if not address.startswith(f"{HOME}rules/"):
                found.add(address)
        elif token.type == "text":
            found |= {match[0] for match in ACTING_TEXT.finditer(token.content)}
        elif token.type not in {"code_inline", "link_close", "strong_open", "strong_close", "softbreak"}:  # fmt: skip
            found.add(token.type)
        if token.type == "code_inline" and "##[" in token.content:
            found.add(token.content)
    return found


def test_a_page_renders_nothing_of_a_list_but_words_and_code(
    rendered: Callable[[], list[Token]], place: str
) -> None:
    tokens = rendered()
    assert harm_in_page(tokens) == set()
    assert sum(token.type == "fence" for token in tokens) > 20
    headings = [token.content for token in tokens if token.type == "inline" and token.level == 1 and "findings" in token.content]  # fmt: skip
    assert headings[0].startswith("peftlint: ")


def test_a_page_has_headings_of_ours_alone(rendered: Callable[[], list[Token]]) -> None:
    tokens = rendered()
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    files = len(list(Path().glob("*.md")))
    assert levels[:2] == ["h2", "h3"]
    assert levels.count("h2") == 1
    assert 1 <= levels.count("h3") <= files


def test_a_fence_holds_lines_as_the_fixer_makes_them() -> None:
    """Not one character of what is to be copied is another than the fixed list has."""
    rules = ["--isolated", "--select", RULES["fix"]]
    write("list.md", hostile_list(FEW))
    printed = run("check", "--output-format", "markdown", *rules, "list.md").stdout.decode()
    fixed = list[str]()
    for options in ([], ["--unsafe-fixes"]):
        write("fixed.md", hostile_list(FEW))
        run("fix", *rules, *options, "fixed.md")
        fixed += re.split(r"\r\n|\r|\n", Path("fixed.md").read_bytes().decode())
    fences = [token.content for token in MarkdownIt().parse(printed) if token.type == "fence"]
    lines = [line for content in fences for line in content.split("\n")]
    assert len(lines) > 20
    assert set(lines) <= {*fixed, ""}


# Configs

TRACE = "from pathlib import Path\nPath('trace').touch()\n"


PLUGINS = (
    'plugins = ["./evil.py"]', 'plugins = ["evil"]', 'plugin = "evil:check"', 'rules = "evil.py"',
    'rules = ["evil"]', '[rules]\n"./evil.py" = {}', '[rules.evil]\npath = "evil.py"',
    'extend = "other.toml"', 'extend = ["evil.py"]', 'include = "evil.py"',
    'extend-select = ["evil.py"]', 'select = ["evil:check"]', 'init-hook = "import evil"',
    'output-format = "text:trace"', 'output-format = ["text:trace"]',
)  # fmt: skip


@pytest.mark.parametrize(
    ("command", "config"),
    [
        *(("check", config) for config in PLUGINS),
        *((command, PLUGINS[0]) for command in ("fix", "config", "explain", "init")),
    ],
)
def test_a_config_runs_nothing_and_writes_nothing(command: str, config: str) -> None:
    """As a process of its own: nothing of a Python module in the folder is imported."""
    write("evil.py", TRACE)
    write("other.toml", 'extend = "peftlint.toml"\n')
    write("peftlint.toml", f"{config}\n")
    write("list.md", "- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n")
    argument = {"explain": "PL201", "config": "."}.get(command, "list.md")
    program = [sys.executable, "-P", "-m", "peftlint", command, argument]
    done = subprocess.run(program, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2, done
    assert b"error: peftlint.toml:" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not Path("trace").exists()


ENORMOUS = {
    "an infinite number": "{} = 1e999",
    "no number": "{} = nan",
    "5,000 digits": "{} = " + "9" * 5000,
    "5,000 hexadecimal digits": "{} = 0x" + "f" * 5000,
    "a number of 5,000 digits in a list": "{} = [" + "9" * 5000 + "]",
    "10,000 lists in each other": "{} = " + "[" * 10_000 + "]" * 10_000,
    "10,000 tables in each other": "{} = " + "{a=" * 10_000 + "1" + "}" * 10_000,
    "a key of 10,000 parts": "{}." + ".".join("a" * 10_000) + " = 1",
    "a header of 10,000 parts": "[{}." + ".".join("a" * 10_000) + "]",
    "a string of 900,000 characters": '{} = "' + "a" * 900_000 + '"',
    "a pattern of 900,000 characters": '{} = ["' + "[!" * 450_000 + '"]',
    "more than may be": '{} = "' + "a" * 1_100_000 + '"',
}


@pytest.mark.parametrize("kind", ENORMOUS)
@pytest.mark.parametrize("key", ["fail-on", "exclude", "rules.arxiv-pdf-link.keep-version"])
def test_an_enormous_config_is_one_clear_error(
    kind: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("peftlint.toml", ENORMOUS[kind].replace("{}", key, 1) + "\n")
    write("list.md", "# Papers\n")
    shown = run("check", "list.md")
    assert shown.code == 2
    assert shown.stderr.startswith(b"error: peftlint.toml")
    assert shown.stderr.count(b"\n") == 1
    assert len(shown.stderr) < 500
    assert shown.harm() == []


CONFIG_ATTACKS = (
    "\\u001b[31m##[error]x\\n::error::x\\u202e\\u2066",
    "##[add-mask]x\\r::error::x\\u009b31m\\u2028::error::x",
    "::stop-commands::x\\u001b]52;c;eA==\\u0007",
)
CONFIGS = (
    '"{}" = 1', 'select = ["{}"]', 'fail-on = "{}"', 'profile = "{}"', '[rules."{}"]\na = 1',
    '[rules.arxiv-pdf-link]\n"{}" = 1', '[rules.arxiv-pdf-link]\nkeep-version = "{}"',
    '[rules.arxiv-pdf-link]\nallowed-labels = ["{}"]', '[severity]\n"{}" = "error"',
    'severity = {{ PL2 = "{}" }}', 'exclude = ["{}"]', '[per-file-ignores]\n"{}" = ["PL2"]',
    'lists = [["{}"]]', 'lists = "{}"', "[{}", '[tool."{}"]', '"a" = "{}',
)  # fmt: skip


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("attack", CONFIG_ATTACKS)
def test_what_a_config_says_is_quoted_harmlessly(config: str, attack: str, place: str) -> None:
    write("peftlint.toml", config.format(attack) + "\n")
    write("list.md", "- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n")
    for arguments in (
        ["check"],
        ["check", "--output-format", "markdown"],
        ["config"],
        ["config", "--output-format", "json"],
        ["explain", "PL201"],
    ):
        shown = run(*arguments)
        assert shown.code in {0, 1, 2}
        assert shown.harm() == []


# Links


@posix_only
def test_a_linked_list_is_not_walked_to_and_never_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "secret.md"
    text = "- **A secret,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n"
    secret.write_text(text, encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    os.chdir(inside)
    Path("link.md").symlink_to(secret)
    Path("folder").symlink_to(outside, target_is_directory=True)
    for command in ("check", "fix", "export"):
        assert b"secret" not in run(command, ".").stdout
    shown = run("fix", "--isolated", "link.md")
    assert shown.code == 2
    assert b"link.md: it is a symbolic link, which is not written; name its target" in shown.stderr
    assert secret.read_text(encoding="utf-8") == text
    assert Path("link.md").is_symlink()


def write_reports_to_links() -> list[Shown]:
    """Let reports go to a link, and into a linked folder."""
    outside = Path("..", "outside").resolve()
    outside.mkdir()
    (outside / "target").write_text("before", encoding="utf-8")
    Path("link").symlink_to(outside / "target")
    Path("folder").symlink_to(outside, target_is_directory=True)
    write("list.md", "# Papers\n")
    return [
        run("check", "--output-format", f"text:{name}", "list.md")
        for name in ("link", "folder/new", "folder/target")
    ]


@posix_only
def test_a_report_is_never_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    os.chdir(tmp_path / "inside")
    assert [shown.code for shown in write_reports_to_links()] == [2, 2, 2]
    assert Path("link").is_symlink()
    outside = tmp_path / "outside"
    assert sorted(path.name for path in outside.iterdir()) == ["target"]
    assert (outside / "target").read_text(encoding="utf-8") == "before"


# Each defence, switched off


def switch_off(monkeypatch: pytest.MonkeyPatch, name: str, instead: Callable[..., object]) -> None:
    """Put another function in the place of one of peftlint, wherever it was imported."""
    for module in [module for key, module in sys.modules.items() if key.startswith("peftlint")]:
        if callable(getattr(module, name, None)):
            monkeypatch.setattr(module, name, instead)


def unchanged(text: str, *_: object) -> str:
    """In the place of what makes a text harmless."""
    return text


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--quiet"],
        ["fix"],
        ["fix", "--diff", "--color", "always"],
    ],
)
def test_without_printable_a_terminal_would_be_seen_to_obey(
    arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("list.md", hostile_list())
    # So that all modules are there.
    run(*with_all_rules(arguments), "list.md")
    write("list.md", hostile_list())
    switch_off(monkeypatch, "printable", unchanged)
    found = run(*with_all_rules(arguments), "list.md").harm()
    assert {"\x1b", "\u202e"} <= set(map(str, found))


@pytest.mark.parametrize("arguments", [["check"], ["fix", "--diff"], ["why"]])
def test_without_its_defence_the_runner_would_be_seen_to_obey(
    arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = hostile_list()
    write("list.md", text)
    line = text[: text.index("- **##[error]")].count("\n") + 1
    path = f"list.md:{line}" if arguments == ["why"] else "list.md"
    run(*with_all_rules(arguments), path)
    switch_off(monkeypatch, "without_workflow_commands", unchanged)
    found = run(*with_all_rules(arguments), path).harm()
    assert any(isinstance(one, Command) for one in found)


@posix_only
def test_without_its_defence_a_name_would_be_seen_to_be_a_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write_named()
    arguments = with_all_rules(["check", "--output-format", "concise"])
    assert run(*arguments, ".").harm() == []
    switch_off(monkeypatch, "without_workflow_commands", unchanged)
    names = {one.name for one in run(*arguments, ".").harm() if isinstance(one, Command)}
    assert {"error", "stop-commands", "add-mask"} <= names


def test_without_its_defence_a_lone_carriage_return_would_be_seen_to_part_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert terminal.without_workflow_commands("a\r::error::x") == "a\r\\x3a:error::x"
    monkeypatch.setattr(terminal, "_WORKFLOW_COMMAND", re.compile(r"##\[|^(?:\s*)::", re.MULTILINE))
    assert Runner().commands(terminal.without_workflow_commands("a\r::error::x").encode())


def test_blank_lines_are_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that began anew at each of them would take hours."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = "\n \r" * 300_000
    assert terminal.without_workflow_commands(text) == text


def test_without_controls_a_diff_would_be_seen_to_act(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("list.md", hostile_list(FEW))
    run(*with_all_rules(["fix", "--diff"]), "list.md")
    switch_off(monkeypatch, "without_controls", unchanged)
    found = run(*with_all_rules(["fix", "--diff"]), "list.md").harm()
    assert {"\x1b", "\u202e", "\r"} <= set(map(str, found))


@pytest.mark.parametrize("arguments", [["check", "--output-format", "json"], ["export"]])
def test_without_its_escapes_json_would_be_seen_to_act(
    arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("list.md", hostile_list())
    assert run(*with_all_rules(arguments), "list.md").harm() == []
    switch_off(monkeypatch, "encode", lambda value, **_: json.dumps(value, ensure_ascii=False))
    # Whatever is exported passes this as well.
    switch_off(monkeypatch, "without_workflow_commands", unchanged)
    found = run(*with_all_rules(arguments), "list.md").harm()
    assert "\u202e" in found
    assert any(isinstance(one, Command) for one in found)


@pytest.mark.parametrize("escape", ["_data", "_property"])
@posix_only
def test_without_its_escapes_an_annotation_would_be_seen_to_be_another(
    escape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("a\n::error::b.md", hostile_list())
    arguments = with_all_rules(["check", "--output-format", "github"])
    before = run(*arguments, ".").stdout
    monkeypatch.setattr(as_github, escape, unchanged)
    after = run(*arguments, ".").stdout
    assert after != before
    assert after.count(b"\n") > before.count(b"\n")


@pytest.mark.parametrize(
    ("defence", "instead", "sign"),
    [
        ("prose", unchanged, "html_inline"),
        ("code", unchanged, "image"),
        ("prose", unchanged, "@o"),
        ("code", unchanged, "html_inline"),
        ("code", lambda text, *_: f"`{text}`", "##["),
        ("fence", lambda lines: ["```markdown", *lines, "```"], "html_block"),
        ("can_stand_in_fence", lambda _: True, "command in a fence"),
    ],
)
def test_without_its_defences_a_page_would_be_seen_to_act(
    defence: str,
    instead: Callable[..., Any],
    sign: str,
    rendered: Callable[[], list[Token]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert harm_in_page(rendered()) == set()
    switch_off(monkeypatch, defence, instead)
    assert any(sign in harm for harm in harm_in_page(rendered()))


def test_without_its_whitelist_prose_would_be_seen_to_act(
    rendered: Callable[[], list[Token]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quoting, "_is_plain", lambda _: True)
    assert {"html_inline", "@o"} <= harm_in_page(rendered())


@posix_only
def test_without_its_defence_a_report_would_be_seen_to_leave_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inside").mkdir()
    os.chdir(tmp_path / "inside")
    monkeypatch.setattr(newfile, "_require_own_place", lambda _: None)
    assert [shown.code for shown in write_reports_to_links()] == [0, 0, 0]
    assert not Path("link").is_symlink()
    assert (tmp_path / "outside" / "new").exists()


@posix_only
def test_without_its_defence_a_fix_would_be_seen_to_replace_a_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("target.md", "- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n")
    Path("link.md").symlink_to("target.md")
    content = file._content
    monkeypatch.setattr(
        file, "_content", lambda path, **given: content(path, **{**given, "follow_links": True})
    )
    # The second defence: what is there is not what was read.
    assert run("fix", "--isolated", "link.md").code == 2
    assert Path("link.md").is_symlink()


@pytest.mark.parametrize("unit", [" ", "\t", "("])
@pytest.mark.parametrize("where", ["title", "behind"])
def test_a_long_run_in_an_entry_is_gone_through_once_by_normalize(unit: str, where: str) -> None:
    """Without that each of these takes minutes."""
    run_ = unit * 40_000
    title, behind = (f"On {run_}x", "") if where == "title" else ("On", f" {run_}x")
    entries = "".join(
        f"- **Things {one},** ACL 2021. [[Paper](https://arxiv.org/abs/2101.0000{one})]\n"
        for one in range(1, 6)
    )
    paper = "[[Paper](https://arxiv.org/abs/2101.00009)]"
    text = f"# A\n\n{entries}- **{title},** ACL 2021{behind}. {paper}\n"
    started = time.process_time()
    normalize(text)
    assert time.process_time() - started < SLOW


@pytest.mark.parametrize(
    "rest", ["a\n" * 3000, "- a\n* b\n" * 1000, "> " * 10_000 + "x\n", "- " * 10_000 + "x\n"]
)
def test_what_mdformat_takes_long_for_is_left_as_it_is(rest: str) -> None:
    text = (
        f"# A\n\n- **Things,** ACL 2021. [[Paper](https://arxiv.org/abs/2101.00001)]\n\nx\n\n{rest}"
    )
    started = time.process_time()
    result = normalize(text)
    assert time.process_time() - started < SLOW
    assert result.refused is None
    assert result.text == text
