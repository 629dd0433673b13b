"""A list is read by another process meanwhile, and whatever becomes of that, the check is the same."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import peftlint
from peftlint import file, launch, reader
from peftlint.caching.store import Store
from peftlint.commands import companion
from peftlint.commands.companion import Companion, accompanied
from peftlint.commands.cores import processes
from peftlint.reader import read

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no process")

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures" / "lists").glob("*.md"))
ENTRY = "- **A Fine Title of a Paper {0},** Ann Lee. ICLR 2024. [[Paper](https://arxiv.org/pdf/2401.{0:05})]\n"


def write(folder: Path, count: int = 3, *, in_section: int = 10) -> Path:
    """A list with so many entries, some to a section."""
    lines = [
        f"\n## Section {number}\n\n" * (not number % in_section) + ENTRY.format(number)
        for number in range(count)
    ]
    path = folder / "list.md"
    path.write_text("# List\n" + "".join(lines), encoding="utf-8")
    return path


def companion_of(path: Path, folder: Path | None = None) -> Companion:
    return Companion(str(path), file.content(path), str(folder) if folder else None)


def titles(text: str) -> list[str]:
    return [entry.title.text for entry in read(text).entries]


@pytest.mark.parametrize("chunk", [20, 128_000])
def test_a_list_is_handed_over_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(companion, "_CHUNK", chunk)
    path = write(tmp_path, 60)
    text = path.read_text(encoding="utf-8")
    done: list[float] = []
    with companion_of(path) as other:
        document = other.document(text, done.append)
    assert document is not None
    assert [entry.title.text for entry in document.entries] == titles(text)
    assert done == sorted(done)
    assert done[-1] == 1


def test_a_list_that_has_changed_is_not_taken_up(tmp_path: Path) -> None:
    path = write(tmp_path)
    with companion_of(path) as other:
        assert other.document(path.read_text(encoding="utf-8") + "\n", None) is None


def test_a_list_that_cannot_be_read_is_left_to_who_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companion, "processes", lambda _: 2)
    path = tmp_path / "list.md"
    path.write_bytes(b"# \xff\n")
    for wrong in (path, tmp_path / "missing.md", tmp_path):
        with accompanied(["check", str(wrong)], None):
            assert companion.file_at(wrong) is None


def test_a_list_is_in_memory_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion, "processes", lambda _: 2)
    path = write(tmp_path)
    with accompanied(["check", str(path)], None):
        assert companion.file_at(tmp_path / "other.md") is None
        taken = companion.file_at(path)
        assert taken is not None
        document = companion.read_meanwhile(taken.text)
    assert document is not None
    assert document.text is taken.text


def test_a_list_is_told_once(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8")
    with companion_of(path) as other:
        assert other.document(text, None) is not None
        assert other.document(text, None) is None


def test_it_ends_when_it_has_read_the_list(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8")
    with companion_of(path) as other:
        (worker,) = other._pool._workers
        assert other.document(text, None) is not None
        # It waits for nobody; what is left of it is what its end tells.
        _, status = os.waitpid(worker.process, 0)
    assert status == 0


def test_a_process_that_is_ended_leaves_the_work_to_this_one(tmp_path: Path) -> None:
    path = write(tmp_path)
    with companion_of(path) as other:
        (worker,) = other._pool._workers
        os.kill(worker.process, signal.SIGKILL)
        assert other.document(path.read_text(encoding="utf-8"), None) is None


def test_where_no_process_can_be_started_the_list_is_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    path = write(tmp_path)
    with companion_of(path) as other:
        assert other.document(path.read_text(encoding="utf-8"), None) is None


def test_it_reads_while_nobody_asks_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = tmp_path / "sign"

    def noted(*arguments: object) -> Iterator[object]:
        sign.touch()
        return iter(())

    monkeypatch.setattr(reader, "read_packed", noted)
    with companion_of(write(tmp_path)):
        for _ in range(100):
            if sign.exists():
                return
            time.sleep(0.1)
    pytest.fail("it waits to be asked")


def test_none_is_left_behind(tmp_path: Path) -> None:
    path = write(tmp_path, 2_000)
    before = set(os.listdir("/dev/fd"))  # noqa: PTH208 - names only
    with pytest.raises(KeyError), companion_of(path) as other:
        (worker,) = other._pool._workers
        raise KeyError
    with pytest.raises(ProcessLookupError):
        os.kill(worker.process, 0)
    assert len(set(os.listdir("/dev/fd")) - before) <= 1  # noqa: PTH208 - names only


def test_what_it_has_read_is_kept_for_later_runs(tmp_path: Path) -> None:
    path = write(tmp_path, 120)
    text = path.read_text(encoding="utf-8")
    folder = tmp_path / "cache"
    for _ in range(2):
        with companion_of(path, folder) as other:
            document = other.document(text, None)
        assert document is not None
        assert [entry.title.text for entry in document.entries] == titles(text)
        assert Store(str(folder)).content().results == 1


@pytest.mark.parametrize(
    ("arguments", "is_read"),
    [
        (("list.md",), True),
        (("--select", "ALL", "-q", "./list.md"), True),
        ((), False),
        (("--jobs=1", "list.md"), False),
        (("-j2", "list.md"), False),
        (("list.md", "other.md"), False),
        (("list.md", "folder"), False),
        (("--cache-dir", "folder", "list.md"), True),
        (("--cache-dir", "list.md", "folder"), False),
        (("--cache-dir", "folder", "list.md", "folder"), False),
        (("missing.md",), False),
        (("list.md", "-"), False),
        (("pipe.md",), False),
        (("list.txt",), False),
        (("nul\0.md",), False),
        (("--select", "PL101," * 999, "list.md"), True),
        (("x" * 999 + ".md",), False),
    ],
)
def test_one_list_that_is_named_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str], is_read: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(companion, "processes", lambda _: 2)
    for name in ("list.md", "other.md", "list.txt"):
        (tmp_path / name).write_text("# List\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    os.mkfifo("pipe.md")
    with accompanied(["check", *arguments], None):
        assert (companion._companion is not None) == is_read
    assert companion._companion is None


@pytest.mark.skipif(processes(None) == 1, reason="there is one processor")
def test_what_both_processes_need_is_loaded_once(tmp_path: Path) -> None:
    """All that the other one loads after it has begun, this one has no need of."""
    path = write(tmp_path)
    program = (
        "import sys; from peftlint import launch; from peftlint.commands import companion\n"
        "chunks = companion._chunks\n"
        "def told(*given):\n"
        "    before = {*sys.modules}; yield from chunks(*given)\n"
        "    print(*{*sys.modules} - before, file=open('other', 'w'))\n"
        "companion._chunks = told\n"
        "sys.argv = ['peftlint', 'check', '--isolated', '--profile=strict', 'list.md']\n"
        "try: launch.main()\n"
        "finally: print(*sys.modules, file=open('this', 'w'))\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False, cwd=path.parent)
    other, this = (set((tmp_path / name).read_text().split()) for name in ("other", "this"))
    assert "peftlint.reader" in other
    assert "peftlint.linter" in this
    assert {name for name in other & this if name.startswith("peftlint")} == set()
    assert not other & this & {"dataclasses", "inspect", "threading"}


def test_there_is_none_on_one_processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion, "processes", lambda _: 1)
    with accompanied(["check", str(write(tmp_path))], None):
        assert companion._companion is None


# The whole program


def said(
    *arguments: str, command: str = "check", folder: Path | None = None
) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "peftlint", command, *arguments],
        capture_output=True,
        check=False,
        cwd=folder,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("path", FIXTURES[::4], ids=lambda path: path.stem)
def test_the_same_is_said_with_and_without(path: Path) -> None:
    options = ("--isolated", "--select", "ALL", "--output-format", "json")
    assert said(*options, str(path)) == said(*options, "--jobs=1", str(path))


@pytest.mark.parametrize("path", FIXTURES[::4], ids=lambda path: path.stem)
def test_the_same_is_fixed_with_and_without(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "list.md"
    copy.write_bytes(path.read_bytes())
    text = copy.read_text(encoding="utf-8")
    said("--isolated", str(copy), command="fix")
    assert copy.read_text(encoding="utf-8") == peftlint.fix(text).text


def test_errors_are_said_once_as_without(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_bytes(b"# \xff\n")
    assert said("list.md", folder=tmp_path) == said("-j1", "list.md", folder=tmp_path)
    assert said("--nothing", "list.md", folder=tmp_path)[0] == 2


@contextlib.contextmanager
def started(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A check of a list that has begun: Python itself, which tells of an interruption, is there."""
    program = (
        "import os, signal, peftlint.launch\n"
        # Who starts the tests in the background may have it ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "os.write(2, b'+'); peftlint.launch.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, "check", "--isolated", str(path)],
        bufsize=0,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as run:
        try:
            assert run.stderr is not None
            assert run.stderr.read(1) == b"+"
            yield run
        finally:
            run.kill()


def is_alone(group: int) -> bool:
    """Whether no process of a group is left, within some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(processes(None) == 1, reason="there is one processor")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("in_section", [20_000, 100])
def test_it_ends_with_the_check(tmp_path: Path, sent: signal.Signals, in_section: int) -> None:
    """Also where it reads along and not alone."""
    # One stretch is read for long before there is anything to hand over.
    path = write(tmp_path, 20_000, in_section=in_section)
    with started(path) as run:
        time.sleep(0.4)
        # Ctrl-C reaches all processes of the group.
        (os.killpg if sent == signal.SIGINT else os.kill)(run.pid, sent)
        _, errors = run.communicate(timeout=30)
        assert is_alone(run.pid)
    assert b"Traceback" not in errors
    if sent == signal.SIGINT:
        assert run.returncode == 130


def test_an_interruption_while_it_loads_is_told_in_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: Sequence[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(launch, "_run", interrupted)
    for arguments in (["check", "--no-cache", "missing.md"], ["rules"]):
        monkeypatch.setattr(sys, "argv", ["peftlint", *arguments])
        with pytest.raises(SystemExit) as end:
            launch.main()
        assert end.value.code == 130
        assert capsys.readouterr().err == "\nInterrupted.\n"
