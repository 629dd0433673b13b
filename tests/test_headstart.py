"""A long list is begun before the command line is loaded, and the check is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import peftlint
from peftlint import file, reader
from peftlint.caching.store import Store
from peftlint.commands import ahead, companion
from peftlint.commands.companion import Companion, accompanied
from peftlint.commands.headstart import HeadStart
from peftlint.commands.readings import Readings
from peftlint.markdown.tree import Trees
from peftlint.reader import read
from peftlint.reading.recollection import Recollection
from peftlint.source import Lines

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no process")

ENTRY = "- **A Fine Title of a Paper {0},** Ann Lee. ICLR 2024. [[Paper](https://arxiv.org/pdf/2401.{0:05})]\n"
#: So many entries make a list that several processes read, in several parts.
LONG = 900


def write(folder: Path, count: int = LONG, *, in_section: int = 10) -> Path:
    """A list with so many entries, some to a section."""
    lines = [
        f"\n## Section {number}\n\n" * (not number % in_section) + ENTRY.format(number)
        for number in range(count)
    ]
    path = folder / "list.md"
    path.write_text("# List\n" + "".join(lines), encoding="utf-8")
    return path


def titles(text: str) -> list[str]:
    return [entry.title.text for entry in read(text).entries]


def begun(path: Path, processes: int = 2) -> HeadStart:
    return HeadStart(str(path), file.content(path), Readings(None, None, processes))


@pytest.mark.parametrize("processes", [2, 3])
def test_what_is_begun_is_read_to_its_end(tmp_path: Path, processes: int) -> None:
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8")
    done: list[float] = []
    with begun(path, processes) as start:
        assert start.is_begun
        document = start.document(text, done.append)
        assert document is not None
        assert start.document(text, None) is None
    assert [entry.title.text for entry in document.entries] == titles(text)
    assert done == sorted(done)
    assert done[-1] == 1


def test_a_list_that_has_changed_is_not_taken_up(tmp_path: Path) -> None:
    path = write(tmp_path)
    with begun(path) as start:
        assert start.document(path.read_text(encoding="utf-8") + "\n", None) is None


def test_where_nothing_is_shared_nothing_is_begun(tmp_path: Path) -> None:
    """One stretch is read by one process; so it is another one, while this one loads the rest."""
    path = write(tmp_path, in_section=LONG)
    with begun(path) as start:
        assert not start.is_begun
        assert start.document(path.read_text(encoding="utf-8"), None) is None


def test_an_error_is_left_to_who_asks_for_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(reader, "parse_stretches", failing)
    with begun(write(tmp_path)) as start:
        assert not start.is_begun


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    path = write(tmp_path, 3 * LONG)
    before = set(os.listdir("/dev/fd"))  # noqa: PTH208 - names only
    with pytest.raises(KeyError), begun(path) as start:
        assert start._ahead is not None
        assert start._ahead._pool is not None
        (worker,) = start._ahead._pool._workers
        raise KeyError
    with pytest.raises(ProcessLookupError):
        os.kill(worker.process, 0)
    assert len(set(os.listdir("/dev/fd")) - before) <= 1  # noqa: PTH208 - names only


def test_a_list_that_was_read_before_is_left_to_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has little to do, and this one loads the rest meanwhile."""
    monkeypatch.setattr(companion, "processes", lambda _: 2)
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8")
    folder = tmp_path / "cache"
    for kind in (HeadStart, Companion):
        with accompanied(["check", str(path)], str(folder)):
            assert isinstance(companion._companion, kind)
            document = companion.read_meanwhile(text)
        assert document is not None
        assert [entry.title.text for entry in document.entries] == titles(text)
        assert Store(str(folder)).content().results == 1


def test_all_but_the_parts_at_the_front_are_read_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one whose first stretch was parsed already, as it may hold a definition."""
    monkeypatch.setattr(ahead, "_SHORTEST", 2_000)
    text = write(tmp_path).read_text(encoding="utf-8")
    text = text.replace("Ann Lee", "Ann]: Lee")
    taken: list[int] = []
    received = ahead.Ahead._received

    def noted(self: ahead.Ahead, wanted: int) -> dict[bytes, tuple[object, ...]]:
        known = received(self, wanted)
        taken.append(wanted)
        return known

    monkeypatch.setattr(ahead.Ahead, "_received", noted)
    with ahead.reading_ahead(2, is_kept=False) as recollection:
        document = read(text, None, recollection)
    assert [entry.title.text for entry in document.entries] == titles(text)
    assert taken == list(range(1, len(recollection._parts)))


def test_the_ends_of_lines_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As each part of a list asks for them, it would take the square of the time."""

    class Counted(str):
        __slots__ = ()
        asked = 0

        def count(self, *arguments: object) -> int:
            Counted.asked += 1
            return super().count(*arguments)  # type: ignore[arg-type]

    lines = Lines(Counted("# List\n"))
    for _ in range(9):
        Recollection().begin(lines, Trees.__new__(Trees))
    assert Counted.asked <= 3


# The whole program


def said(command: str, *options: str, folder: Path) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "peftlint", command, "--isolated", *options, "list.md"],
        capture_output=True,
        check=False,
        cwd=folder,
    )
    assert not done.stderr
    return done.returncode, done.stdout


def test_the_same_is_said_with_and_without(tmp_path: Path) -> None:
    write(tmp_path)
    options = ("--select", "ALL", "--no-cache")
    assert said("check", *options, folder=tmp_path) == said(
        "check", *options, "--jobs=1", folder=tmp_path
    )


def test_the_same_is_fixed_with_and_without(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8")
    said("fix", "-q", folder=tmp_path)
    assert path.read_text(encoding="utf-8") == peftlint.fix(text).text != text
