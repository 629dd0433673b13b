"""Several lists at once come to the same as one after the other, whatever becomes of a worker."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import pty
import re
import resource
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

import peftlint.linter
from peftlint.commands import checking
from peftlint.commands.pool import Pool, WorkerError
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.report import STATISTICS_FORMATS, Format

if TYPE_CHECKING:
    from tests.conftest import Ran, Start

LIST = "# Papers {}\n\n- [A Title {}](https://arxiv.org/pdf/1706.0376{})\n"


def write_lists(count: int) -> list[str]:
    """Lists of which each is longer than the one before, so that the last is begun first."""
    names = [f"{number}.md" for number in range(count)]
    for number, name in enumerate(names):
        text = "".join(LIST.format(number, item, item) for item in range(number + 1))
        Path(name).write_text(text, encoding="utf-8")
    return names


@pytest.fixture
def lists(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Five lists; small ones are worth a process, too."""
    monkeypatch.setattr(checking, "_WORTH_A_PROCESS", 1)
    return write_lists(5)


def told(ran: Ran) -> tuple[int, str, str]:
    return ran.exit_code, ran.stdout, ran.stderr


def same(start: Start, *words: str) -> Ran:
    """What a run comes to, whatever the number of processes, and with results that were kept."""
    first = start("check", *words, "--jobs", "1")
    for jobs in ("2", "3", "9"):
        assert told(start("check", *words, "--jobs", jobs)) == told(first)
    return first


@pytest.mark.parametrize("form", [*get_args(Format), "auto"])
def test_every_report_is_the_same(start: Start, lists: list[str], form: str) -> None:
    ran = same(start, *lists, "--output-format", form)
    assert ran.exit_code == 1
    places = [ran.stdout.find(name) for name in lists]
    assert -1 not in places
    if form not in {"gitlab", "markdown"}:
        assert places == sorted(places)


@pytest.mark.parametrize("form", STATISTICS_FORMATS)
def test_statistics_are_the_same(start: Start, lists: list[str], form: str) -> None:
    assert same(start, *lists, "--statistics", "--output-format", form).stdout


@pytest.mark.parametrize("words", [("-q",), ("--color", "always"), ("--exit-zero",)])
def test_other_output_is_the_same(start: Start, lists: list[str], words: Sequence[str]) -> None:
    assert same(start, *lists, *words).stdout


def test_what_is_known_or_old_is_left_out_alike(start: Start, lists: list[str]) -> None:
    for command in ("init -q", "add .", "commit -qm x"):
        subprocess.run(["git", *command.split()], check=True)  # noqa: S607 - as on the path
    start("check", "1.md", "3.md", "--write-baseline", "known.json", "--jobs", "2")
    with Path("2.md").open("a", encoding="utf-8") as file:
        file.write(LIST.format(9, 9, 9))
    assert same(start, *lists, "--baseline", "known.json").exit_code == 1
    new = same(start, *lists, "--since", "HEAD")
    assert "2.md" in new.stdout
    assert "1.md" not in new.stdout
    both = same(start, *lists, "--since", "HEAD", "--baseline", "known.json")
    assert "2.md" in both.stdout


def test_reports_into_files_are_the_same(start: Start, lists: list[str]) -> None:
    words = ("--output-format", "json:report.json", "--output-format", "text")
    start("check", *lists, *words, "--jobs", "1")
    before = Path("report.json").read_text(encoding="utf-8")
    start("check", *lists, *words, "--jobs", "3")
    assert Path("report.json").read_text(encoding="utf-8") == before


def test_files_that_are_one_list_are_checked_as_one(start: Start, lists: list[str]) -> None:
    Path("peftlint.toml").write_text("lists = [['1.md', '2.md']]\n", encoding="utf-8")
    assert same(start, *lists).exit_code == 1


def test_standard_output_that_takes_nothing_more_ends_the_run(
    lists: list[str], empty_folder: Path
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no disk here is always full")
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m peftlint check . -j 2 > /dev/full"],  # noqa: S607 - as on the path
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "standard output: the disk is full" in done.stderr


# What goes wrong with one list.


@pytest.fixture
def lint(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Document], object]], None]:
    """Has something happen before a list is checked."""
    before = peftlint.linter.lint

    def lint(happen: Callable[[Document], object]) -> None:
        def instead(document: Document, *args: object, **extra: object) -> list[Diagnostic]:
            happen(document)
            return before(document, *args, **extra)  # type: ignore[arg-type]

        monkeypatch.setattr(peftlint.linter, "lint", instead)

    return lint


def test_a_list_that_cannot_be_read_is_told_and_the_rest_done(
    start: Start, lists: list[str]
) -> None:
    Path("2.md").write_bytes(b"\xff\n")
    ran = same(start, *lists, "none.md")
    assert ran.exit_code == 2
    assert (
        ran.stderr.startswith("error: none.md:") or "error: 2.md:1:1: it is not UTF-8" in ran.stderr
    )
    assert "none.md" in ran.stderr
    assert all(name in ran.stdout for name in lists if name != "2.md")


def test_a_config_that_cannot_be_used_is_told_once(start: Start, lists: list[str]) -> None:
    Path("x").mkdir()
    for name in ("1.md", "2.md"):
        Path(name).rename(Path("x", name))
    Path("x/peftlint.toml").write_text("ignore = 1\n", encoding="utf-8")
    ran = same(start, ".")
    assert ran.exit_code == 2
    assert ran.stderr.count("ignore") == 1


def test_a_rule_that_fails_is_told_with_the_list_and_the_rest_done(
    start: Start, lists: list[str], lint: Callable[[Callable[[Document], object]], None]
) -> None:
    def fail(document: Document) -> None:
        if "Papers 3" in document.text:
            raise ValueError("oh")

    lint(fail)
    ran = same(start, *lists)
    assert ran.exit_code == 2
    assert "error: 3.md: internal error: ValueError: oh" in ran.stderr
    assert all(name in ran.stdout for name in lists if name != "3.md")


def test_a_worker_that_is_killed_is_told_with_its_list_and_the_rest_done(
    start: Start, lists: list[str], lint: Callable[[Callable[[Document], object]], None]
) -> None:
    def die(document: Document) -> None:
        if "Papers 3" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)

    lint(die)
    for form in ("text", "json"):
        ran = start("check", *lists, "--jobs", "2", "--output-format", form)
        assert ran.exit_code == 2
        assert ran.stderr.startswith(
            "error: 3.md: the process that worked on it ended by signal 9;"
        )
        assert all(name in ran.stdout for name in lists if name != "3.md")


def test_where_all_workers_end_the_first_process_does_the_rest(
    start: Start, lists: list[str], lint: Callable[[Callable[[Document], object]], None]
) -> None:
    first = [0]

    def die(_: Document) -> None:
        if os.getpid() != first[0]:
            os._exit(3)

    lint(die)
    ran = start("check", *lists, "--jobs", "2", inside=lambda: first.__setitem__(0, os.getpid()))
    assert ran.exit_code == 2
    assert ran.stderr.count("ended with code 3") == 2
    assert sum(name in ran.stdout for name in lists) == 3


def test_where_no_process_can_be_copied_the_first_does_all(start: Start, lists: list[str]) -> None:
    def refuse() -> int:
        raise BlockingIOError

    expected = start("check", *lists, "--jobs", "1")
    ran = start("check", *lists, "--jobs", "3", inside=lambda: setattr(os, "fork", refuse))
    assert told(ran) == told(expected)
    ran = start("check", *lists, "--jobs", "3", inside=lambda: delattr(os, "fork"))
    assert told(ran) == told(expected)


# Where it is not worth it.


def forks(start: Start, *words: str) -> int:
    """How many processes a run starts."""
    count = Path("forks.txt")
    fork = os.fork
    number = [0]

    def counted() -> int:
        number[0] += 1
        return fork()

    start(
        "check",
        *words,
        inside=lambda: setattr(os, "fork", counted),
        after=lambda: count.write_text(str(number[0]), encoding="utf-8"),
    )
    return int(count.read_text(encoding="utf-8"))


def test_no_process_is_started_where_it_takes_longer_than_the_work(
    start: Start, empty_folder: Path
) -> None:
    names = write_lists(5)
    assert forks(start, *names, "--jobs", "4") == 0
    large = "# Papers\n\n<!--\n" + "Some words. " * 20_000 + "\n-->\n"
    Path("large.md").write_text(large, encoding="utf-8")
    assert forks(start, "large.md", "--jobs", "4") == 0
    assert forks(start, "large.md", *names, "--jobs", "1") == 0
    assert forks(start, "large.md", *names, "--jobs", "2") == 2
    assert forks(start, "large.md", *names, "--jobs", "16") == 3


# The processes themselves.


PROGRAM = """
import os, signal, sys, time
# Who starts the tests in the background, or with `nohup`, may have them ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
import peftlint.linter
before = peftlint.linter.lint
def lint(document, *args, **extra):
    open(f"at-{os.getpid()}", "w").close()
    time.sleep(float(os.environ["EACH_TAKES"]))
    return before(document, *args, **extra)
peftlint.linter.lint = lint
import peftlint.commands.checking as checking
checking._WORTH_A_PROCESS = 1
import peftlint.commands.progress as progress
progress.DELAY = progress.INTERVAL = 0.01
from peftlint.launch import main
main()
"""


class Running:
    """A run in processes of its own.

    Attributes:
        process: the first.
    """

    def __init__(self, seconds: float, *words: str) -> None:
        self._alive, theirs = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "check", *words],
            env=os.environ | {"EACH_TAKES": str(seconds)},
            pass_fds=[theirs],
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(theirs)

    def wait_for_workers(self, count: int) -> None:
        """Wait until so many are at work."""
        end = time.monotonic() + 30
        while len(list(Path().glob("at-*"))) < count:
            assert time.monotonic() < end
            time.sleep(0.01)

    def seconds_until_all_are_gone(self) -> float:
        """How long there still is a process; each of them has the other end of a pipe."""
        began = time.monotonic()
        os.set_blocking(self._alive, False)
        while time.monotonic() < began + 30:
            with contextlib.suppress(BlockingIOError):
                assert os.read(self._alive, 1) == b""
                break
            time.sleep(0.01)
        os.close(self._alive)
        return time.monotonic() - began


def test_an_interruption_ends_all_at_once(lists: list[str]) -> None:
    run = Running(60, *lists, "--jobs", "2")
    run.wait_for_workers(2)
    os.killpg(run.process.pid, signal.SIGINT)
    _, stderr = run.process.communicate(timeout=20)
    assert run.process.returncode == 130
    assert stderr == "\nInterrupted.\n"
    assert run.seconds_until_all_are_gone() < 5


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_where_the_first_process_is_killed_the_others_end_with_their_list(
    lists: list[str], how: signal.Signals
) -> None:
    run = Running(0.4, *lists, "--jobs", "2")
    run.wait_for_workers(2)
    run.process.send_signal(how)
    assert run.process.wait(timeout=20) == -how
    assert run.seconds_until_all_are_gone() < 5
    run.process.communicate()
    # Nobody began another list.
    assert len(list(Path().glob("at-*"))) == 2


def test_a_reader_that_has_seen_enough_ends_all(lists: list[str]) -> None:
    run = Running(0.2, *lists, "--jobs", "2")
    assert run.process.stdout is not None
    run.process.stdout.close()
    assert run.process.wait(timeout=20) == 1
    assert run.process.stderr is not None
    assert run.process.stderr.read() == ""
    assert run.seconds_until_all_are_gone() < 5
    run.process.stderr.close()


def test_the_bar_tells_which_list_is_next(
    lists: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("EACH_TAKES", "0.05")
    said = {}
    for jobs in ("1", "2"):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "check", *lists, "--jobs", jobs],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        ):
            os.close(theirs)
            said[jobs] = "".join(read_all(ours))
        os.close(ours)
    assert re.search(r"Checking [1-5] of 5 \[", said["2"])
    without_bars = {jobs: re.sub(r"\r\x1b\[K[^\r\n\x1b]*", "", text) for jobs, text in said.items()}
    assert without_bars["1"] == without_bars["2"]
    assert "4.md" in without_bars["2"]


def read_all(descriptor: int) -> Iterator[str]:
    """What is written to a terminal, until nobody has it any more."""
    # Linux tells that by an error.
    with contextlib.suppress(OSError):
        while part := os.read(descriptor, 65536):
            yield part.decode()


def test_results_of_any_size_come_back_once_each(untraced: None) -> None:
    sizes = [0, 1, 1 << 16, (1 << 16) + 1, 3_000_000]
    with Pool(3, lambda number: bytes([number]) * sizes[number]) as pool:
        pool.begin(range(len(sizes)))
        found = list(pool.results())
    assert sorted(found) == [(number, bytes([number]) * size) for number, size in enumerate(sizes)]


def test_a_worker_with_nothing_left_to_do_ends(untraced: None) -> None:
    with Pool(3, lambda number: bytes([number])) as pool:
        processes = [worker.process for worker in pool._workers]
        pool.begin(range(4))
        assert len(list(pool.results())) == 4
        for process in processes:
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)


def test_a_worker_that_says_there_is_nothing_left_ends(untraced: None) -> None:
    with Pool(1, lambda number: b"done" if number < 2 else None, known=3) as pool:
        pool.begin(itertools.count())
        results = pool.results()
        assert [next(results) for _ in range(2)] == [(0, b"done"), (1, b"done")]
        assert isinstance(next(results)[1], WorkerError)


def test_a_worker_that_raises_ends_and_the_others_go_on(untraced: None) -> None:
    def work(number: int) -> bytes:
        if number == 1:
            os._exit(7)
        return b"done"

    with Pool(2, work) as pool:
        pool.begin(range(6))
        found = dict(pool.results())
    assert isinstance(found[1], WorkerError)
    assert "with code 7" in str(found[1])
    assert [found[number] for number in (0, 2, 3, 4, 5)] == [b"done"] * 5


def test_no_process_and_no_descriptor_is_left(untraced: None) -> None:
    before = set(os.listdir("/dev/fd"))  # noqa: PTH208 - names only
    with pytest.raises(KeyError), Pool(3, lambda number: time.sleep(60) or b"") as pool:  # type: ignore[func-returns-value]
        processes = [worker.process for worker in pool._workers]
        pool.begin([0, 1])
        raise KeyError
    assert len(processes) == 3
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    assert len(set(os.listdir("/dev/fd")) - before) <= 1  # noqa: PTH208 - names only


def test_many_open_files_are_no_hindrance(untraced: None) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 1200:
        pytest.skip("this system lets nobody open more than 1023 files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1200), hard))
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(1050)]
    try:
        with Pool(2, lambda number: bytes([number])) as pool:
            assert max(worker.results for worker in pool._workers) > 1023
            pool.begin(range(4))
            assert sorted(pool.results()) == [(n, bytes([n])) for n in range(4)]
    finally:
        for descriptor in opened:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
