"""The benchmarks run; what they measure is nobody's promise."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import peftlint
from peftlint import registry

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
LISTS = ROOT / "fixtures" / "lists"
PERFORMANCE = ROOT / "docs" / "performance.md"


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of the benchmarks, as their scripts import it."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module(name)


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark of hostile input."""
    return load("hostile", monkeypatch)


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module that measures."""
    return load("measuring", monkeypatch)


@pytest.fixture
def goals(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module with the goals."""
    return load("goals", monkeypatch)


def python(code: str) -> list[str]:
    """A command that runs the code."""
    return [sys.executable, "-I", "-S", "-c", code]


def test_hostile_input_is_made_and_every_rule_is_timed_on_it(
    hostile: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["hostile.py", "--size", "10"])
    assert hostile.main() == 0
    timed = {line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]}
    assert {rule.name for rule in registry.rules()} <= timed


def test_growth_beyond_that_of_sorting_is_flagged(hostile: ModuleType) -> None:
    timing = hostile.Timing
    assert timing("a", (0.1, 0.4, 1.6)).is_slow
    assert not timing("a", (0.1, 0.21, 0.44)).is_slow
    assert not timing("a", (0.0001, 0.0004, 0.0016)).is_slow


def test_a_command_is_measured_and_what_it_prints_kept(
    measuring: ModuleType, tmp_path: Path
) -> None:
    """Its time, its memory and the processor's time; its exit code may tell of findings."""
    output = tmp_path / "output"
    code = "import sys; held = bytearray(60_000_000); print('found'); sys.exit(1)"
    one = measuring.cost([python(code)], 60, output, sampled=False)
    assert one.fault == ""
    assert one.cpu > 0
    assert 0 < one.seconds < 60
    assert 60_000_000 < one.peak < 120_000_000
    assert output.read_text(encoding="utf-8") == "found\n"


def test_a_small_command_is_not_said_to_hold_what_the_benchmark_holds(
    measuring: ModuleType, tmp_path: Path
) -> None:
    """Linux would count that in."""
    held = bytearray(100_000_000)
    one = measuring.cost([python("pass")], 60, tmp_path / "output", sampled=False)
    assert 0 < one.peak < len(held)


@pytest.mark.skipif(sys.platform != "linux", reason="it is /proc that tells of other processes")
def test_the_memory_of_processes_that_run_together_is_added_up(
    measuring: ModuleType, tmp_path: Path
) -> None:
    """What workers hold, a user must have."""
    worker = "import time; held = bytearray(50_000_000); time.sleep(2)"
    code = f"import os, time; os.fork(); {worker}"
    one = measuring.cost([python(code)], 60, tmp_path / "output", sampled=True)
    assert 100_000_000 < one.peak < 150_000_000


def test_a_command_that_takes_too_long_is_stopped_and_one_that_fails_is_told(
    measuring: ModuleType, tmp_path: Path
) -> None:
    """Neither is taken for a measure."""
    output = tmp_path / "output"
    slow = measuring.cost([python("import time; time.sleep(60)")], 0.2, output, sampled=False)
    assert slow.fault == "over 0 s"
    assert slow.was_stopped
    assert slow.seconds < 30
    failed = measuring.cost([python("raise SystemExit(3)")], 60, output, sampled=False)
    assert (failed.fault, failed.was_stopped) == ("failed (3)", False)
    missing = measuring.cost([[str(tmp_path / "none")]], 60, output, sampled=False)
    assert missing.fault == "failed (127)"


def test_commands_are_run_in_turn(measuring: ModuleType, tmp_path: Path) -> None:
    """So that a slow moment hits all; what comes before each run knows which it is."""
    told: list[tuple[str, int]] = []
    jobs = [
        measuring.Job("a", [python("pass")], lambda run: told.append(("a", run))),
        measuring.Job("b", [python("raise SystemExit(9)")], lambda run: told.append(("b", run))),
        measuring.Job("c", [python("pass")], lambda run: told.append(("c", run))),
    ]
    found = measuring.costs(jobs, 2, 60, tmp_path / "output")
    # What failed once is not run again.
    assert told == [("a", 0), ("b", 0), ("c", 0), ("a", 1), ("c", 1), ("a", 2), ("c", 2)]
    assert [cost.fault for cost in found.values()] == ["", "failed (9)", ""]


def test_of_each_input_one_entry_can_be_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A word of its title, and another one each time; the input itself stays as it is."""
    inputs = load("inputs", monkeypatch)
    monkeypatch.setattr(inputs, "MEGABYTE", 10_000)
    made = list(inputs.inputs(inputs.lists_in(LISTS), tmp_path / "inputs", least=2_000))
    assert [one.key for one in made] == list(inputs.KEYS)
    assert [len(one.files) for one in made] == [1, 5, 1, 1, len(inputs.lists_in(LISTS))]
    assert made[2].size >= 10_000
    assert made[3].size >= 100_000
    for one in made[:3]:
        copy = inputs.variant(one, tmp_path / one.key)
        texts = [[path.read_text(encoding="utf-8") for path in one.files]]
        for number in (1, 2):
            copy.change(number)
            texts.append([path.read_text(encoding="utf-8") for path in copy.files])
        before, first, second = (
            [entry.title.text for text in of_run for entry in titles(text)] for of_run in texts
        )
        for run, after in enumerate((first, second), 1):
            ((old, new),) = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
            assert old
            assert new
            assert f"Edited{run}" in new


def titles(text: str) -> tuple[peftlint.Entry, ...]:
    """The entries of a list."""
    return tuple(peftlint.parse(text).entries)


def test_goals_are_judged_by_what_was_measured(goals: ModuleType, measuring: ModuleType) -> None:
    """What was stopped took longer than it was given, which may be enough to know."""
    ours, theirs = goals.Cell("cold", "one"), goals.Cell("other", "one")
    most = goals.Goal("a", ours, 2, "times", theirs)
    least = goals.Goal("b", theirs, 4, "times", ours, is_least=True)
    cost = measuring.Cost

    def verdict(goal: object, own: object, other: object) -> tuple[str, str]:
        judged = goals.judge(goal, {ours: own, theirs: other})
        return judged.measured, judged.met

    assert verdict(most, cost(1.5), cost(1.0)) == ("1.50", "yes")
    assert verdict(most, cost(3.0), cost(1.0)) == ("3.00", "no")
    assert verdict(least, cost(1.0), cost(5.0)) == ("5.00", "yes")
    assert verdict(least, cost(1.0), cost(5.0, fault="over 5 s")) == ("over 5.00", "yes")
    assert verdict(least, cost(2.0), cost(5.0, fault="over 5 s")) == ("over 2.50", "?")
    assert verdict(least, cost(2.0), cost(5.0, fault="failed (2)")) == ("not measured", "?")
    assert goals.judge(most, {ours: cost(1.0)}).met == "?"
    memory = goals.Goal("c", ours, 25, "MiB")
    assert goals.judge(memory, {ours: cost(peak=20 << 20)})[2:] == ("20.0", "yes")
    milliseconds = goals.Goal("d", ours, 20, "ms")
    assert goals.judge(milliseconds, {ours: cost(1.0, 0.015)}, by_cpu=True)[2:] == ("15.0", "yes")


def test_one_command_measures_and_writes_the_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What a page says beside the tables stays; a linter that is not there is named as missing."""
    run = load("run", monkeypatch)
    monkeypatch.setattr(load("subject", monkeypatch), "_compile", lambda: None)
    page = tmp_path / "page.md"
    page.write_text(
        "# Before\n\n<!-- measured: begin -->\nold\n<!-- measured: end -->\n\nAfter.\n",
        encoding="utf-8",
    )
    words = ["--runs", "1", "--inputs", "one", "--tools", "cold", "cached", "changed", "mdlint"]
    monkeypatch.setattr(
        sys, "argv", ["run.py", "--here", *words, "--peers", str(tmp_path), "--write", str(page)]
    )
    run.main()
    written = page.read_text(encoding="utf-8")
    assert written.startswith("# Before\n\n<!-- measured: begin -->\n\nMeasured on ")
    assert written.endswith("\n\n<!-- measured: end -->\n\nAfter.\n")
    assert "old" not in written
    printed = capsys.readouterr().out
    for text in (written, printed):
        assert "not installed" in text
        for name in ("no cache", "cached", "cached, one entry changed"):
            assert re.search(rf"peftlint, {name}[ |]+\d", text)
        assert "markdown-it's own parse" in text
        assert "missing-link" in text or "others, together" in text


def test_the_page_has_the_goals_that_are_measured(goals: ModuleType) -> None:
    """All, and with the same bounds."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PERFORMANCE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    shown = [tuple(row[:2]) for row in rows]
    for goal in goals.GOALS:
        judged = goals.judge(goal, {})
        assert (judged.what, judged.wanted) in shown


def test_linters_are_found_with_their_version_where_they_are_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each in its own folder; one that takes one file only is run for each."""
    peers = {peer.key: peer for peer in load("peers", monkeypatch).PEERS}
    tools = load("tools", monkeypatch)
    inputs = load("inputs", monkeypatch)
    (tmp_path / "mdlint/lib/python3.11/site-packages/mdlint-9.8.dist-info").mkdir(parents=True)
    manifest = tmp_path / "awesome-lint/node_modules/awesome-lint/package.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text('{"version": "7.6"}', encoding="utf-8")
    assert peers["mdlint"].version(tmp_path) == "9.8"
    assert peers["awesome"].version(tmp_path) == "7.6"
    assert peers["rumdl"].version(tmp_path) is None
    files = (tmp_path / "a.md", tmp_path / "b.md")
    given = inputs.Input("several", "2 lists", files, inputs.Word(files[0], 0, 1))
    subject = tools.Subject("python", ("peftlint",))
    found = {tool.key: tool for tool in tools.tools(tmp_path, tmp_path / "scratch", subject)}
    assert found["rumdl"].lack == "not installed"
    assert found["awesome"].name == "awesome-lint 7.6"
    assert [command[-1] for command in found["awesome"].job(given).commands] == list(
        map(str, files)
    )
    (command,) = found["mdlint"].job(given).commands
    assert command[-3:] == ["check", *map(str, files)]


def test_what_is_measured_is_installed_as_users_have_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From a copy of the clone, in which nothing is left behind; where that fails, it ends."""
    subject = load("subject", monkeypatch)
    run: list[list[str]] = []
    monkeypatch.setattr(subject.subprocess, "run", lambda command, **_: run.append(command))
    found = subject.installed(tmp_path / "a")
    assert [command[-1] for command in run] == [
        str(tmp_path / "a" / "environment"),
        str(tmp_path / "a" / "source"),
    ]
    assert run[0][-2] == "--without-pip"
    assert "--editable" not in run[1]
    assert {name.name for name in (tmp_path / "a" / "source").iterdir()} >= {
        "README.md", "peftlint", "pyproject.toml", "rules",
    }  # fmt: skip
    assert found.command == (str(Path(found.python).with_name("peftlint")),)

    def fails(command: list[str], **_: object) -> None:
        raise subject.subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subject.subprocess, "run", fails)
    with pytest.raises(SystemExit, match="--here"):
        subject.installed(tmp_path / "b")


def test_linters_are_installed_into_their_folder_in_the_version_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And without npm, who has none is told."""
    peers = {peer.key: peer for peer in load("peers", monkeypatch).PEERS}
    installer = load("install_peers", monkeypatch)
    monkeypatch.setattr(installer.shutil, "which", lambda name: f"/bin/{name}")
    for key, peer in peers.items():
        commands = list(installer.commands(peer, tmp_path))
        home = str(tmp_path / peer.packages[0][0])
        separator = "==" if peer.is_python else "@"
        assert commands[-1][-len(peer.packages) :] == [
            f"{name}{separator}{version}" for name, version in peer.packages
        ]
        assert all(any(word.startswith(home) for word in words) for words in commands), key
    monkeypatch.setattr(installer.shutil, "which", lambda _: None)
    with pytest.raises(FileNotFoundError, match="npm"):
        list(installer.commands(peers["awesome"], tmp_path))
