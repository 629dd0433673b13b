"""Long work shows a bar on a terminal, and nothing of it is left."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from peftlint import linter, reader
from peftlint.commands import progress as module
from peftlint.commands.progress import Progress
from peftlint.commands.target import Target
from peftlint.file import FileError, TextFile
from peftlint.fixer import fix
from peftlint.registry import select
from peftlint.report.excerpt import cells
from peftlint.report.terminal import Terminal, passing, write_bytes
from peftlint.watch import part

needs_terminals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")

ENTRY = "- **LoRA {},** ICLR 2022. [[Paper](https://arxiv.org/{}/2106.{:05})]\n\n"
BAR = re.compile(r"(?:Checking|Fixing)(?: \d+ of \d+)? \[=*> *\] {2}[ \d]\d %")


def a_list(count: int, kind: str = "pdf") -> str:
    """A list with a finding in each of its entries."""
    entries = (ENTRY.format(number, kind, number) for number in range(1, count + 1))
    return "# Papers\n\n" + "".join(entries)


@pytest.fixture(autouse=True)
def _terminal(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")


# On a terminal


class Session:
    """What a program writes to a terminal of its own.

    Args:
        words: of `peftlint`.
        columns: how wide the terminal is.
        delay: seconds until there is a bar; the program's own where it is `None`.
        stdout: where standard output goes instead.
        environ: variables.
    """

    def __init__(
        self,
        *words: str,
        columns: int = 80,
        delay: float | None = 0,
        stdout: int | None = None,
        environ: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        import fcntl
        import pty
        import struct
        import termios

        hurry = "" if delay is None else f"p.DELAY, p.INTERVAL = {delay}, 0.005; "
        program = (
            f"import sys, peftlint.commands.progress as p; {hurry}"
            "from peftlint.cli import main; main(sys.argv[1:])"
        )
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            stdin=theirs,
            stdout=theirs if stdout is None else stdout,
            stderr=theirs,
            env={**os.environ, **environ},
            start_new_session=True,
            # A run in the background of a script ignores interruptions, and so would its children.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        )
        os.close(theirs)
        self.written = ""

    def read_until(self, pattern: str) -> None:
        """Wait until the program has written something."""
        while not re.search(pattern, self.written):
            assert self._read(), self.written

    def end(self) -> int:
        """Wait until it has ended; the result is its exit code."""
        while self._read():
            pass
        os.close(self._ours)
        return self.process.wait(timeout=60)

    def _read(self) -> bool:
        try:
            data = os.read(self._ours, 65536)
        except OSError:
            # Linux says so that the other side is closed.
            return False
        self.written += data.decode(errors="replace")
        return bool(data)

    @property
    def has_bar(self) -> bool:
        """Whether a bar was shown."""
        return BAR.search(self.written) is not None

    @property
    def screen(self) -> list[str]:
        """The lines that are there in the end; what was overwritten is not."""
        lines = [""]
        at = 0
        for piece in re.findall(r"\x1b\[[\d;]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", self.written):
            if piece == "\n":
                lines.append("")
            elif piece == "\r":
                at = 0
            elif piece == "\x1b[K":
                lines[-1] = lines[-1][:at]
            elif not piece.startswith("\x1b"):
                lines[-1] = lines[-1][:at] + piece + lines[-1][at + len(piece) :]
                at += len(piece)
        return lines


@pytest.fixture
def many() -> Path:
    """A folder of lists, each with findings."""
    folder = Path("lists")
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.md").write_text(a_list(20))
    return folder


def plain(*words: str) -> str:
    """What the same command writes where there is no terminal."""
    program = "import sys; from peftlint.cli import main; main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "COLUMNS": "80"},
        text=True,
        check=False,
    )
    return done.stdout


@needs_terminals
@pytest.mark.parametrize("form", ["text", "concise"])
def test_many_files_show_a_bar_that_never_mixes_with_findings(many: Path, form: str) -> None:
    words = ("check", "--color", "never", "--output-format", form, str(many), "gone.md")
    session = Session(*words)
    assert session.end() == 2
    assert session.has_bar
    assert re.search(r"Checking \d+ of 12 \[", session.written)
    assert "\n".join(session.screen) == plain(*words)


@needs_terminals
def test_fixing_shows_a_bar_too(many: Path) -> None:
    session = Session("fix", "--color", "never", str(many))
    assert session.end() == 0
    assert session.has_bar
    assert not any(BAR.search(line) for line in session.screen)
    assert "/pdf/" not in (many / "00.md").read_text()


@needs_terminals
def test_one_large_file_moves_the_bar() -> None:
    Path("list.md").write_text(a_list(800))
    session = Session("check", "--statistics", "list.md")
    assert session.end() == 1
    shares = [int(share) for share in re.findall(r"\] +(\d+) %", session.written)]
    assert len(set(shares)) > 10
    assert shares == sorted(shares)
    assert not any(BAR.search(line) for line in session.screen)


@needs_terminals
@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"CI": "true"}, ()),
        ({"TERM": "dumb"}, ()),
        ({}, ("--quiet",)),
        ({}, ("--output-format", "json")),
    ],
)
def test_there_is_no_bar_where_nobody_should_see_one(
    environ: dict[str, str], words: tuple[str, ...]
) -> None:
    Path("list.md").write_text(a_list(150))
    session = Session("check", *words, "list.md", environ=environ)
    assert session.end() == 1
    # Of a JSON report nothing is known before its file is done, and after that there is none.
    after = session.written.partition("PL201")[2]
    assert not BAR.search(after)
    if not words or words == ("--quiet",):
        assert not session.has_bar
        assert "\x1b[K" not in session.written
    else:
        assert "\n".join(session.screen) == plain("check", *words, "list.md")


@needs_terminals
def test_a_pipe_shows_no_bar_since_a_pager_may_be_behind_it(many: Path) -> None:
    reading, writing = os.pipe()
    session = Session("check", "--statistics", str(many), stdout=writing)
    os.close(writing)
    assert session.end() == 1
    os.close(reading)
    assert session.written == ""


@needs_terminals
def test_standard_output_in_a_file_has_nothing_of_the_bar(many: Path) -> None:
    with Path("out.txt").open("wb") as out:
        session = Session("check", str(many), stdout=out.fileno())
        assert session.end() == 1
    assert session.has_bar
    assert session.screen == [""]
    assert Path("out.txt").read_text() == plain("check", str(many)).replace("\r", "")


@needs_terminals
def test_short_work_shows_none() -> None:
    Path("list.md").write_text(a_list(3))
    session = Session("check", "list.md", delay=None)
    session.end()
    assert "\x1b[K" not in session.written


@needs_terminals
def test_an_interruption_leaves_no_bar(many: Path) -> None:
    for number in range(12, 100):
        (many / f"{number}.md").write_text(a_list(40, "abs"))
    session = Session("check", "--select", "PL201", str(many))
    session.read_until(r" of 100 \[")
    session.process.send_signal(signal.SIGINT)
    assert session.end() == 130
    assert session.screen[-2:] == ["Interrupted.", ""]
    assert not any(BAR.search(line) for line in session.screen)


@needs_terminals
def test_an_error_in_the_middle_leaves_no_bar(many: Path) -> None:
    (many / "11.md").write_bytes(b"\xff\n")
    (many / "peftlint.toml").write_text("")
    session = Session("check", "--select", "PL602", str(many))
    assert session.end() == 2
    assert session.has_bar
    assert "error: lists/11.md:1:1: it is not UTF-8" in "\n".join(session.screen)
    assert not any(BAR.search(line) for line in session.screen)


@needs_terminals
def test_standard_input_shows_no_bar_while_it_is_typed() -> None:
    session = Session("check", "-")
    time.sleep(0.7)
    os.write(session._ours, b"# Papers\n\x04\x04")
    session.end()
    assert "\x1b[K" not in session.written.partition("# Papers")[0]


@needs_terminals
def test_a_terminal_of_any_width_holds_the_bar_in_one_line(many: Path) -> None:
    for columns in (20, 45, 200):
        session = Session("check", "--statistics", str(many), columns=columns)
        session.end()
        drawn = re.findall(r"\r\x1b\[K([^\r\x1b]*\d %[^\r\x1b]*)", session.written)
        assert drawn
        assert all(cells(line) < columns for line in drawn)


# What it says


def target(path: str, size: int = 100) -> Target:
    """A list that was read."""
    return Target(path, TextFile(Path(path), "x" * size))


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Progress]]:
    """Makes a progress whose bar does not draw itself."""
    made: list[Progress] = []
    monkeypatch.setattr(module, "DELAY", 1000)

    def make(*names: str, size: int = 100) -> Progress:
        for name in names:
            Path(name).write_text("x" * size)
        one = Progress("Checking", Terminal("never", stream=io.StringIO()), is_watched=True)
        made.append(one)
        if names:
            one.expect([Path(name) for name in names])
        return one

    yield make
    for one in made:
        one.end()


def test_the_share_is_that_of_the_bytes(make: Callable[..., Progress]) -> None:
    one = make("a.md", "b.md", "c.md", "d.md")
    lines = []
    for _ in one.over(target(f"{name}.md") for name in "abcd"):
        lines.append(one.line(80))
        assert one.watch is not None
        one.watch(0.5)
        lines.append(one.line(80))
    assert [int(line.partition("%")[0].split()[-1]) for line in lines] == [
        0, 12, 25, 37, 50, 62, 75, 87,
    ]  # fmt: skip
    assert lines[3] == "Checking 2 of 4 [===========>                  ]  37 %  0 s  b.md"


def test_it_is_never_whole_before_the_end(make: Callable[..., Progress]) -> None:
    one = make("a.md")
    for _ in one.over([target("a.md")]):
        assert one.watch is not None
        one.watch(1)
        assert "99 %" in one.line(80)


def test_a_file_that_has_gone_is_not_counted(make: Callable[..., Progress]) -> None:
    one = make("a.md")
    error = FileError("gone.md", "it has gone")
    assert list(one.over([error])) == [error]
    one.expect([Path("gone.md")])
    assert "0 %" in one.line(80)


def test_standard_input_counts_from_when_it_is_read(make: Callable[..., Progress]) -> None:
    one = make()
    assert "0 %" in one.line(80)
    for _ in one.over([target("<stdin>")]):
        assert one.watch is not None
        one.watch(0.4)
        assert one.line(80).endswith(" 40 %  0 s  <stdin>")


@pytest.mark.parametrize("name", ["a\x1b[2J\u202e.md", "x" * 250, "\u8bba\u6587" * 80, "a\nb.md"])
@pytest.mark.parametrize("width", [0, 5, 15, 40, 60, 79, 300])
def test_a_hostile_name_is_printable_and_the_bar_no_wider_than_the_terminal(
    make: Callable[..., Progress], name: str, width: int
) -> None:
    one = make()
    for _ in one.over([target(name)]):
        line = one.line(width)
        assert line.isprintable()
        assert cells(line) <= width
        assert ("%" in line) is (width >= 15)


def test_what_nobody_watches_costs_nothing() -> None:
    one = Progress("Checking", Terminal("never"), is_watched=False)
    one.expect([Path("gone.md")])
    assert one.watch is None
    assert list(one.over([target("a.md")])) == [target("a.md")]
    with one.aside():
        one.end()


def test_whoever_writes_the_bar_makes_way(
    make: Callable[..., Progress], capfd: pytest.CaptureFixture[str]
) -> None:
    one = make()
    asked: list[bool] = []

    class Spy:
        """Notes how it is asked to go."""

        def aside(self, *, for_good: bool = False):  # type: ignore[no-untyped-def]  # noqa: ANN202
            asked.append(for_good)
            return one.aside(for_good=for_good)

    with passing(Spy()):
        Terminal("never").write(["a"])
        write_bytes(b"b")
        Terminal("never", stream=io.StringIO()).write(["in a file"])
    Terminal("never").write(["c"])
    assert asked == [False, False]
    assert capfd.readouterr().out == "a\nbc\n"


# What the work tells


def test_reading_linting_and_fixing_tell_how_far_they_are() -> None:
    text = a_list(20)
    rules = select(None, (), ())
    told: list[float] = []
    document = reader.read(text, told.append)
    assert told == sorted(told)
    assert len(told) == 20
    assert told[-1] <= 1
    told.clear()
    linter.lint(document, rules, watch=told.append)
    assert told == [(number + 1) / len(rules) for number in range(len(rules))]
    told.clear()
    assert fix(text, rules, watch=told.append).rounds > 0
    assert told == sorted(told)
    assert told[-1] < 1


def test_who_watches_changes_nothing() -> None:
    text = a_list(20)
    rules = select(None, (), ())
    shares: list[float] = []
    watched = linter.lint(reader.read(text, shares.append), rules, watch=shares.append)
    assert watched == linter.lint(reader.read(text), rules)


def test_a_part_of_the_work_is_a_part_of_the_whole() -> None:
    told: list[float] = []
    inner = part(told.append, 0.5, 1)
    assert inner is not None
    inner(0)
    inner(0.5)
    inner(1)
    assert told == [0.5, 0.75, 1]
    assert part(None, 0, 1) is None
