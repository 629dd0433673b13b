"""Whatever happens to the folder of kept results, a run does as well without."""

from __future__ import annotations

import errno
import marshal
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from peftlint.caching import store as store_module
from peftlint.caching.store import LARGEST_RESULT, LONGEST_UNUSED, Store, user_folder
from peftlint.digest import hash_of

NAME = hash_of(b"name")
OTHER = hash_of(b"other")
RESULT = b"a result \x00\xff" * 100

as_anyone = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything"
)
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where results are kept; one is."""
    folder = tmp_path / "cache"
    assert Store(str(folder)).put(NAME, RESULT[:10], RESULT[10:])
    return folder


def own(folder: Path) -> Path:
    return folder / "peftlint-results"


def place(folder: Path, name: bytes = NAME) -> Path:
    return own(folder) / name.hex()[:2] / name.hex()[2:]


def found(folder: Path, name: bytes = NAME) -> bytes | None:
    """What a new run finds."""
    return Store(str(folder)).get(name)


def test_what_is_put_is_got_by_every_later_run(folder: Path) -> None:
    assert found(folder) == RESULT
    assert found(folder, OTHER) is None
    assert Store(str(folder)).put(NAME, b"")
    assert found(folder) == b""


def test_a_folder_that_is_not_there_has_nothing_and_is_not_made(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "none"))
    assert store.get(NAME) is None
    assert store.content().results == 0
    assert store.clean().results == 0
    assert list(tmp_path.iterdir()) == []


def test_parts_are_told_apart_in_names() -> None:
    assert hash_of(b"ab", b"c") != hash_of(b"a", b"bc") != hash_of(b"abc")


@pytest.mark.parametrize("at", [0, 7, len(RESULT) - 1, len(RESULT), len(RESULT) + 31])
def test_a_flipped_bit_makes_a_result_nothing(folder: Path, at: int) -> None:
    file = place(folder)
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert found(folder) is None


def test_a_result_that_was_cut_or_grew_is_nothing(folder: Path) -> None:
    whole = place(folder).read_bytes()
    for data in (b"", whole[:1], whole[:31], whole[:32], whole[:-1], whole[1:], whole + b"\x00"):
        place(folder).write_bytes(data)
        assert found(folder) is None
    place(folder).write_bytes(whole)
    assert found(folder) == RESULT


def test_a_result_under_another_name_is_nothing(folder: Path) -> None:
    place(folder, OTHER).parent.mkdir()
    shutil.copy(place(folder), place(folder, OTHER))
    assert found(folder, OTHER) is None


def test_a_result_of_another_folder_is_nothing(folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "theirs"
    assert Store(str(there)).put(OTHER, b"theirs")
    place(folder, OTHER).parent.mkdir()
    shutil.copy(place(there, OTHER), place(folder, OTHER))
    assert found(folder, OTHER) is None


def test_what_is_too_large_is_neither_kept_nor_read(folder: Path) -> None:
    assert not Store(str(folder)).put(OTHER, b"\x00" * (LARGEST_RESULT + 1))
    assert found(folder, OTHER) is None
    with place(folder).open("r+b") as file:
        file.truncate(1 << 40)
    assert found(folder) is None


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o440, 0o404, 0o420])
def test_a_key_that_others_can_read_or_anyone_can_write_is_none(folder: Path, mode: int) -> None:
    key = own(folder) / "key"
    before = key.read_bytes()
    key.chmod(mode)
    assert found(folder) is None
    # The next result that is kept gets a key that nobody knew.
    assert Store(str(folder)).put(OTHER, b"new")
    assert found(folder, OTHER) == b"new"
    assert found(folder) is None
    assert key.read_bytes() != before
    assert stat.S_IMODE(key.stat().st_mode) == 0o400


@pytest.mark.parametrize("size", [0, 31, 33, 1000])
def test_a_key_of_another_size_is_none(folder: Path, size: int) -> None:
    key = own(folder) / "key"
    key.unlink()
    key.write_bytes(b"k" * size)
    key.chmod(0o400)
    assert found(folder) is None
    assert Store(str(folder)).put(NAME, b"again")
    assert found(folder) == b"again"


def test_no_key_of_a_pull_request_is_taken_so_that_nothing_is_looked_into(tmp_path: Path) -> None:
    # All that a checkout can bring along: any content, mode 0644 or 0755, links.
    folder = tmp_path / "cache"
    key = b"k" * 32
    place(folder).parent.mkdir(parents=True)
    (own(folder) / "key").write_bytes(key)
    sealed = RESULT + store_module._seal(key, NAME, RESULT)
    place(folder).write_bytes(sealed)
    assert found(folder) is None
    (own(folder) / "key").unlink()
    (tmp_path / "private").write_bytes(key)
    (tmp_path / "private").chmod(0o400)
    (own(folder) / "key").symlink_to(tmp_path / "private")
    assert found(folder) is None
    assert Store(str(folder)).put(OTHER, b"new")
    assert (tmp_path / "private").read_bytes() == key
    # It was what is missing: with such a key it would be taken.
    (own(folder) / "key").unlink()
    (tmp_path / "private").rename(own(folder) / "key")
    assert found(folder) == RESULT


@as_root
def test_what_another_user_wrote_is_nothing(folder: Path) -> None:
    for path in (place(folder), own(folder) / "key", own(folder)):
        os.chown(path, 12345, -1)
        assert found(folder) is None
        os.chown(path, 0, -1)
        assert found(folder) == RESULT
    os.chown(own(folder), 12345, -1)
    assert not Store(str(folder)).put(OTHER, b"new")
    assert Store(str(folder)).clean().results == 0
    os.chown(own(folder), 0, -1)
    assert found(folder) == RESULT


@as_root
def test_root_in_the_home_of_another_user_keeps_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert user_folder() is not None
    os.chown(tmp_path, 12345, -1)
    assert user_folder() is None


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", store_module.OFF_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv(store_module.FOLDER_VARIABLE, raising=False)
    assert store_module.default_folder() is None
    # What is relative is to be ignored: the XDG Base Directory Specification.
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert store_module.default_folder() is None


def test_no_link_is_followed(folder: Path, tmp_path: Path) -> None:
    file = place(folder)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert found(folder) is None
    before = (tmp_path / "elsewhere").read_bytes()
    assert Store(str(folder)).put(NAME, b"new")
    assert found(folder) == b"new"
    assert not file.is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == before


@pytest.mark.parametrize("level", ["own", "part"])
def test_a_link_as_a_folder_gets_nothing_and_loses_nothing(tmp_path: Path, level: str) -> None:
    # Loose objects of git have names like ours: `results -> ../.git/objects` in a pull request.
    objects = tmp_path / "objects"
    shown = NAME.hex()
    folder = tmp_path / "cache"
    if level == "own":
        folder.mkdir()
        own(folder).symlink_to(objects)
        treasure = objects / shown[:2] / shown[2:]
    else:
        own(folder).mkdir(parents=True)
        (own(folder) / shown[:2]).symlink_to(objects)
        treasure = objects / shown[2:]
    treasure.parent.mkdir(parents=True)
    treasure.write_bytes(b"a commit")
    os.utime(treasure, (0, 0))
    before = sorted(objects.rglob("*"))
    store = Store(str(folder))
    assert store.get(NAME) is None
    assert not store.put(NAME, b"new")
    store.prune(time.time())
    assert store.content().results == 0
    assert store.clean().results == 0
    assert sorted(objects.rglob("*")) == before
    assert treasure.read_bytes() == b"a commit"


def test_pipes_and_folders_in_place_of_files_are_nothing_and_nobody_waits(folder: Path) -> None:
    for path in (place(folder), own(folder) / "key"):
        path.unlink()
        os.mkfifo(path)
        assert found(folder) is None
    assert Store(str(folder)).put(NAME, b"new")
    assert found(folder) == b"new"
    place(folder).unlink()
    place(folder).mkdir()
    assert found(folder) is None
    assert not Store(str(folder)).put(NAME, b"newer")
    (own(folder) / "key").unlink()
    (own(folder) / "key").mkdir()
    assert not Store(str(folder)).put(OTHER, b"newer")
    assert left_behind(folder) == []


def left_behind(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith("new-")]


@pytest.mark.parametrize("obstacle", ["file", "pipe", "broken link", "null"])
def test_a_folder_that_is_none_is_done_without(tmp_path: Path, obstacle: str) -> None:
    folder = tmp_path / "cache"
    if obstacle == "file":
        folder.write_text("mine")
    elif obstacle == "pipe":
        os.mkfifo(folder)
    elif obstacle == "broken link":
        folder.symlink_to(tmp_path / "none" / "there")
    else:
        folder = tmp_path / "ca\x00che"
    store = Store(str(folder))
    for _ in range(2):
        assert store.get(NAME) is None
        assert store.content().results == 0
        assert store.clean().results == 0
        if obstacle != "broken link":
            assert not store.put(NAME, b"new")
    if obstacle == "file":
        assert folder.read_text() == "mine"


@as_anyone
def test_a_folder_that_cannot_be_written_is_read_all_the_same(folder: Path) -> None:
    for path in (folder, own(folder), place(folder).parent):
        path.chmod(0o500)
    assert found(folder) == RESULT
    assert not Store(str(folder)).put(OTHER, b"new")
    for path in (folder, own(folder), place(folder).parent):
        path.chmod(0o700)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A disk on which there is room for so many more bytes."""
    room = [0]
    write = os.write

    def limited(descriptor: int, data: bytes | memoryview) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        part = bytes(data)[: room[0]]
        room[0] -= len(part)
        return write(descriptor, part)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", limited)
        yield room


@pytest.mark.parametrize("room", [0, 10, 120, 170, 400, 1000])
def test_on_a_full_disk_nothing_is_left_behind(tmp_path: Path, disk: list[int], room: int) -> None:
    folder = tmp_path / "cache"
    disk[0] = room
    assert not Store(str(folder)).put(NAME, RESULT)
    assert found(folder) is None
    assert left_behind(folder) == []
    assert not place(folder).exists()
    disk[0] = 1 << 20
    assert Store(str(folder)).put(NAME, RESULT)
    assert found(folder) == RESULT


def test_where_there_are_no_hard_links_there_is_a_key_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "link")
    folder = tmp_path / "cache"
    assert Store(str(folder)).put(NAME, RESULT)
    assert found(folder) == RESULT
    assert left_behind(folder) == []


def test_many_processes_at_once_see_whole_results_or_none(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    names = [hash_of(bytes([number])) for number in range(3)]
    processes = []
    for worker in range(6):
        process = os.fork()
        if not process:
            code = 1
            try:
                code = 0 if is_consistent(folder, names, worker) else 1
            finally:
                os._exit(code)
        processes.append(process)
    assert [os.waitpid(process, 0)[1] for process in processes] == [0] * 6
    assert left_behind(folder) == []
    store = Store(str(folder))
    assert store.content().results == len(names)
    assert all(is_whole(store.get(name)) for name in names)


def is_consistent(folder: Path, names: list[bytes], worker: int) -> bool:
    for turn in range(40):
        store = Store(str(folder))
        name = names[(turn + worker) % len(names)]
        got = store.get(name)
        if got is not None and not is_whole(got):
            return False
        store.put(name, bytes([worker]) * (1000 + 20_000 * (turn % 3)))
        if worker == 0 and turn == 20:
            store.clean()
    return True


def is_whole(result: bytes | None) -> bool:
    return result is not None and len(result) in (1000, 21_000, 41_000) and len(set(result)) == 1


def test_what_was_not_used_for_long_is_let_go(folder: Path) -> None:
    now = time.time()
    store = Store(str(folder))
    assert store.put(OTHER, b"used")
    os.utime(place(folder), (now, now - LONGEST_UNUSED - 60))
    os.utime(place(folder, OTHER), (now, now - LONGEST_UNUSED + 600))
    assert store.get(OTHER) == b"used"
    store.prune(now)
    assert not place(folder).exists()
    assert place(folder, OTHER).stat().st_mtime > now - 60


def test_the_oldest_is_let_go_where_there_is_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "MOST_BYTES", 3 * 5000)
    store = Store(str(folder))
    now = time.time()
    names = [hash_of(b"old", bytes([number])) for number in range(6)]
    for age, name in enumerate(names):
        assert store.put(name, b"x" * 4900)
        os.utime(place(folder, name), (now, now - 100 * age))
    place(folder).unlink()
    store.prune(now)
    assert [store.get(name) is not None for name in names] == [True] * 3 + [False] * 3


def test_a_store_is_pruned_once_a_day_and_where_much_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = time.time() - LONGEST_UNUSED - 60
    store = Store(str(folder))
    monkeypatch.setattr(os, "urandom", lambda size: b"\xff" * size)
    os.utime(place(folder), (old, old))
    assert store.put(OTHER, b"new")
    assert place(folder).exists()
    os.utime(own(folder) / "pruned", (old, old))
    assert store.put(OTHER, b"new")
    assert not place(folder).exists()
    assert store.put(NAME, RESULT)
    os.utime(place(folder), (old, old))
    monkeypatch.setattr(os, "urandom", lambda size: b"\x00" * size)
    assert store.put(OTHER, b"new")
    assert not place(folder).exists()


def test_what_a_killed_writer_left_is_let_go_a_day_later(folder: Path) -> None:
    now = time.time()
    leftovers = [place(folder).parent / "new-1-a", own(folder) / "new-2-b"]
    for leftover in leftovers:
        leftover.write_bytes(b"half")
    store = Store(str(folder))
    store.prune(now)
    assert all(leftover.exists() for leftover in leftovers)
    store.prune(now + 25 * 3600)
    assert not any(leftover.exists() for leftover in leftovers)
    assert found(folder) == RESULT


def test_cleaning_takes_all_that_is_ours_and_nothing_else(folder: Path) -> None:
    mine = {
        folder / "key": "mine",
        folder / ".gitignore": "*.aux",
        folder / place(folder).parent.name / place(folder).name: "mine",
        own(folder) / "notes.md": "mine",
        place(folder).parent / "notes.md": "mine",
        own(folder) / "abc" / place(folder).name: "mine",
    }
    for path, text in mine.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert Store(str(folder)).put(OTHER, b"new")
    assert {path: path.read_text() for path in mine} == mine
    gone = Store(str(folder)).clean()
    assert gone.results == 2
    assert {path: path.read_text() for path in mine} == mine
    assert {path for path in folder.rglob("*") if path.is_file()} == set(mine)


def test_a_cleaned_folder_has_nothing_left_and_is_used_again(folder: Path) -> None:
    store = Store(str(folder))
    assert store.get(NAME) == RESULT
    assert store.clean().results == 1
    assert list(folder.iterdir()) == []
    assert store.get(NAME) is None
    assert store.put(NAME, b"new")
    assert found(folder) == b"new"


def test_only_the_user_can_look_into_it_and_git_and_backups_leave_it_out(folder: Path) -> None:
    inside = own(folder)
    assert all(not path.lstat().st_mode & 0o077 for path in inside.rglob("*"))
    assert not inside.stat().st_mode & 0o077
    assert (inside / ".gitignore").read_text() == "*\n"
    assert (inside / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f0688")
    # The folder that was named may be a repository, or a home.
    assert [path.name for path in folder.iterdir()] == [inside.name]


def test_nothing_is_looked_into_before_its_seal_is_right(
    empty_folder: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(store_module.OFF_VARIABLE)
    (empty_folder / "README.md").write_text("# Papers\n\n- [A](https://arxiv.org/pdf/1706.03762)\n")
    words = ("check", "--isolated", "--cache-dir", "cache", "README.md")
    before = run(*words)
    (result,) = [
        path for path in Path("cache").rglob("*") if re.fullmatch("[0-9a-f]{38}", path.name)
    ]
    result.write_bytes(b"\xff" + result.read_bytes()[1:])

    def loads(data: bytes) -> object:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(marshal, "loads", loads)
        after = run(*words)
    assert (after.output, after.exit_code) == (before.output, before.exit_code)


def test_info_and_clean_tell_what_there_is(
    empty_folder: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("cache", "info", "--cache-dir", "cache").output
    assert "results: 0\n" in told
    assert "oldest" not in told
    assert Store("cache").put(NAME, RESULT)
    told = run("cache", "info", "--cache-dir", "cache").output
    assert told == "folder:  cache\nresults: 1\nsize:    1.1 kB\noldest:  used today\n"
    old = time.time() - 3 * 24 * 3600 - 5
    os.utime(place(Path("cache")), (old, old))
    assert "used 3 days ago" in run("cache", "info", "--cache-dir", "cache").output
    told = run("cache", "clean", "--cache-dir", "cache").output
    assert told == "Let 1 result go (1.1 kB) from cache.\n"
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", store_module.OFF_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    result = run("cache", "info")
    assert result.exit_code == 2
    assert "name one with --cache-dir" in result.output
