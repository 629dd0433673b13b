"""What was read of a list in an earlier run is taken up, and only where it is worth it."""

from __future__ import annotations

from pathlib import Path

import pytest

from peftlint.caching.store import Store
from peftlint.commands import ahead
from peftlint.commands.readings import Readings
from peftlint.reader import read

ENTRY = "- **A Fine Title of a Paper {0},** Ann Lee. ICLR 2024. [[Paper](https://arxiv.org/abs/2401.{0:05})]\n"


def with_entries(count: int) -> str:
    """A list with so many entries, ten to a section."""
    lines = [
        f"\n## Section {number}\n\n" * (not number % 10) + ENTRY.format(number)
        for number in range(count)
    ]
    return "# List\n" + "".join(lines)


def titles(readings: Readings, text: str) -> list[str]:
    with readings.recollection("list.md", text) as recollection:
        return [entry.title.text for entry in read(text, None, recollection).entries]


def test_what_an_earlier_run_read_counts_as_done_elsewhere(tmp_path: Path) -> None:
    """The modules that it was read by are not all loaded, and belong to what the run goes by."""
    store = Store(str(tmp_path))
    first, second = (Readings(store, b"program", 1) for _ in range(2))
    wanted = titles(Readings(None, None, 1), with_entries(120))
    assert titles(first, with_entries(120)) == wanted
    assert first.are_done_here
    assert titles(second, with_entries(120)) == wanted
    assert not second.are_done_here


def test_another_program_takes_nothing_up(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    titles(Readings(store, b"program", 1), with_entries(120))
    other = Readings(store, b"another", 1)
    titles(other, with_entries(120))
    assert other.are_done_here


def test_nothing_is_kept_of_a_short_list(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    titles(Readings(store, b"program", 1), with_entries(3))
    assert store.content().results == 0


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_long_list_is_shared_and_kept_as_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    monkeypatch.setattr("peftlint.commands.readings.SHORTEST_SHARED", 1_000)
    monkeypatch.setattr(ahead, "_SHORTEST", 2_000)
    store = Store(str(tmp_path)) if is_kept else None
    readings = Readings(store, b"program", 2)
    assert titles(readings, with_entries(120)) == titles(Readings(None, None, 1), with_entries(120))
    assert not readings.are_done_here
    assert store is None or store.content().results == 1


@pytest.mark.parametrize("is_fenced", [False, True])
def test_each_part_knows_the_headings_above_it(
    monkeypatch: pytest.MonkeyPatch, is_fenced: bool
) -> None:
    from peftlint.markdown.tree import parse_stretches
    from peftlint.source import Lines

    fence = "```\n" if is_fenced else ""
    lines = Lines(f"{fence}# A\n## B\n### C\n## D\ntext\n# E\n")
    parts = list(ahead._parts(lines, parse_stretches(lines.text, lines).cuts, 1))
    line = 1 + is_fenced
    known = [(), (line,), (line, line + 1), (line, line + 1, line + 2), (line, line + 3)]
    # Before the first heading there is a part of its own only where something stands there.
    assert [part.above for part in parts] == ([()] if is_fenced else []) + known
