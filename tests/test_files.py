"""Bytes in, bytes out: what is read can be written back, and nothing else is overwritten."""

import errno
import os
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from peftlint import file
from peftlint.file import FileError
from peftlint.source import Place

needs_links = pytest.mark.skipif(
    sys.platform == "win32", reason="links and special files need rights on Windows"
)
as_root = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which no temporary file may be left."""
    yield tmp_path
    assert not list(tmp_path.rglob(".peftlint-*"))


def failure(path: Path) -> FileError:
    """The error of reading a path."""
    with pytest.raises(FileError) as caught:
        file.read(path)
    assert caught.value.path == str(path)
    return caught.value


def refusal(read: file.TextFile, text: str = "new\n") -> FileError:
    """The error of writing to a file."""
    with pytest.raises(FileError) as caught:
        file.write(read, text)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"no final newline",
        b"unix\nlines\n",
        b"windows\r\nlines\r\n",
        b"mixed\r\n\nand\rlone\n\r",
        b"\xef\xbb\xbfwith a mark\r\n",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\xef\xbb\xbftwo marks",
        b"a\x00b\x00",
        b"form\x0cfeed \xe2\x80\xa8 separator",
        "🚀 论文 é".encode(),
    ],
)
def test_bytes_survive_being_read_and_written(folder: Path, data: bytes) -> None:
    path = folder / "list.md"
    path.write_bytes(data)
    read = file.read(path)
    assert file.encode(read, read.text) == data
    file.write(read, read.text + "X")
    assert path.read_bytes() == data + b"X"


def test_a_byte_order_mark_is_not_part_of_the_text(folder: Path) -> None:
    path = folder / "list.md"
    path.write_bytes(b"\xef\xbb\xbf# Papers\n")
    read = file.read(path)
    assert read.text == "# Papers\n"
    assert read.bom
    assert file.encode(read, "# Lists\n") == b"\xef\xbb\xbf# Lists\n"


def test_a_file_without_a_mark_gets_none(folder: Path) -> None:
    path = folder / "list.md"
    path.write_bytes(b"# Papers\n")
    assert not file.read(path).bom


def test_standard_input_is_decoded_like_a_file_but_not_written() -> None:
    read = file.decode(b"\xef\xbb\xbfa\r\n", "-")
    assert (read.text, read.bom) == ("a\r\n", True)
    assert "not read from a file" in refusal(read).reason


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        (b"caf\xe9\n", Place(1, 4), "byte 0xe9 at offset 3"),
        (b"a\r\nb\rc\n\xc3\xa9\xff", Place(4, 2), "byte 0xff at offset 9"),
        (b"\xef\xbb\xbfab\xfe", Place(1, 3), "byte 0xfe at offset 5"),
        (b"ends \xe2\x80", Place(1, 6), "byte 0xe2 at offset 5"),
        (b"\xed\xa0\x80", Place(1, 1), "byte 0xed at offset 0"),
        (b"\xff\xfea\x00", Place(1, 1), "UTF-16"),
    ],
)
def test_a_file_that_is_not_utf_8_says_where(
    folder: Path, data: bytes, place: Place, said: str
) -> None:
    path = folder / "list.md"
    path.write_bytes(data)
    error = failure(path)
    assert error.place == place
    assert said in error.reason
    assert "save it as UTF-8" in error.reason
    assert str(error) == f"{path}:{place.line}:{place.column}: {error.reason}"


def test_a_missing_file_is_an_error(folder: Path) -> None:
    assert "no such file" in failure(folder / "gone.md").reason


def test_a_path_through_a_file_is_an_error(folder: Path) -> None:
    (folder / "list.md").write_text("a")
    assert "not a folder" in failure(folder / "list.md" / "inner.md").reason


def test_a_folder_is_not_read(folder: Path) -> None:
    assert "it is a folder" in failure(folder).reason


def test_a_name_that_is_too_long_is_an_error(folder: Path) -> None:
    assert "too long" in failure(folder / ("a" * 300)).reason


@pytest.mark.skipif(as_root, reason="root may read every file")
def test_a_file_without_permission_is_an_error(folder: Path) -> None:
    path = folder / "list.md"
    path.write_text("a")
    path.chmod(0)
    assert "no permission" in failure(path).reason


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EACCES, "no permission"), (errno.EIO, "Input/output error; the system refused it")],
)
def test_whatever_the_system_refuses_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    path = folder / "list.md"
    path.write_text("a")

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    assert said in failure(path).reason


@needs_links
def test_a_pipe_is_refused_before_it_can_make_us_wait(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    assert "special file" in failure(folder / "pipe.md").reason


@needs_links
def test_a_pipe_that_takes_the_place_of_a_file_does_not_make_us_wait(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "list.md"
    path.write_text("a")
    status = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
    assert "special file" in failure(path).reason


@needs_links
def test_devices_and_sockets_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "special file" in failure(Path("/dev/null")).reason
    # The name of a socket is limited to some hundred bytes.
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.md")
        assert "special file" in failure(Path("socket.md")).reason


def test_a_file_larger_than_the_limit_is_refused(folder: Path) -> None:
    path = folder / "list.md"
    path.write_bytes(b"12345")
    assert file.read(path, limit=5).text == "12345"
    assert file.read_bytes(path, limit=5) == b"12345"
    with pytest.raises(FileError, match="more than 4 bytes"):
        file.read(path, limit=4)
    with pytest.raises(FileError, match="more than 4 bytes"):
        file.read_bytes(path, limit=4)


@needs_links
def test_a_link_is_read_but_not_written(folder: Path) -> None:
    target, link = folder / "list.md", folder / "link.md"
    target.write_text("old\n")
    link.symlink_to(target)
    read = file.read(link)
    assert read.text == "old\n"
    assert "symbolic link" in refusal(read).reason
    assert link.is_symlink()
    assert target.read_text() == "old\n"


@needs_links
def test_a_file_replaced_by_a_link_is_not_written(folder: Path) -> None:
    path, other = folder / "list.md", folder / "other.md"
    path.write_text("old\n")
    read = file.read(path)
    path.rename(other)
    path.symlink_to(other)
    assert "symbolic link" in refusal(read).reason
    assert other.read_text() == "old\n"


@needs_links
def test_links_in_a_circle_are_an_error(folder: Path) -> None:
    (folder / "a.md").symlink_to(folder / "b.md")
    (folder / "b.md").symlink_to(folder / "a.md")
    assert "circle" in failure(folder / "a.md").reason


@needs_links
def test_a_file_replaced_by_a_pipe_is_not_written(folder: Path) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)
    path.unlink()
    os.mkfifo(path)
    assert "special file" in refusal(read).reason
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_writing_keeps_the_mode(folder: Path, mode: int) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    path.chmod(mode)
    file.write(file.read(path), "new\n")
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not as_root, reason="only root may give a file to another user")
def test_writing_as_root_keeps_the_owner(folder: Path) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    os.chown(path, 12345, 23456)
    file.write(file.read(path), "new\n")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


def test_writing_what_is_there_does_not_touch_the_file(folder: Path) -> None:
    path = folder / "list.md"
    path.write_text("same\n")
    read = file.read(path)
    before = path.stat()
    file.write(read, "same\n")
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_file_that_changed_since_it_was_read_is_not_overwritten(folder: Path) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)
    path.write_text("somebody else's\n")
    assert "changed since" in refusal(read).reason
    assert path.read_text() == "somebody else's\n"


def test_a_change_that_keeps_size_and_time_is_seen_too(folder: Path) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)
    before = path.stat()
    with path.open("r+") as stream:
        stream.write("odd\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_ino == before.st_ino
    assert "changed since" in refusal(read).reason
    assert path.read_text() == "odd\n"


def test_another_file_of_the_same_content_is_not_overwritten(folder: Path) -> None:
    path, other = folder / "list.md", folder / "other.md"
    path.write_text("old\n")
    other.write_text("old\n")
    read = file.read(path)
    other.replace(path)
    assert "changed since" in refusal(read).reason


def test_a_change_at_the_last_moment_is_not_overwritten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)
    change_mode = Path.chmod

    def write_meanwhile(self: Path, mode: int) -> None:
        path.write_text("somebody else's\n")
        change_mode(self, mode)

    monkeypatch.setattr(Path, "chmod", write_meanwhile)
    assert "changed since" in refusal(read).reason
    assert path.read_text() == "somebody else's\n"


def test_a_file_that_vanished_is_not_written_anew(folder: Path) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)
    path.unlink()
    assert "no such file" in refusal(read).reason
    assert not path.exists()


def test_a_read_only_file_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    path.chmod(0o444)
    # Root may write it all the same.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "read-only" in refusal(file.read(path)).reason
    assert path.read_text() == "old\n"


def test_a_file_in_a_folder_that_cannot_be_written_is_not_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)

    # Not by the folder's mode: root may write to every folder.
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    reason = refusal(read).reason
    assert reason.startswith(f"the folder {folder} does not let this user write")
    assert path.read_text() == "old\n"


@needs_links
def test_a_link_to_nothing_says_that_it_is_one(folder: Path) -> None:
    (folder / "list.md").symlink_to("gone.md")
    assert "a symbolic link whose target is not there" in failure(folder / "list.md").reason


@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_write_that_fails_leaves_the_file_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)

    def fill_the_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, step, fill_the_disk)
    assert "the disk is full" in refusal(read).reason
    assert [one.name for one in folder.iterdir()] == ["list.md"]
    assert path.read_text() == "old\n"


def test_a_write_that_is_interrupted_leaves_the_file_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "list.md"
    path.write_text("old\n")
    read = file.read(path)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        file.write(read, "new\n")
    assert [one.name for one in folder.iterdir()] == ["list.md"]
    assert path.read_text() == "old\n"


def test_an_error_cannot_command_the_terminal() -> None:
    error = FileError("evil\x1b[2J\n.md", "it is a folder", Place(1, 2))
    assert str(error) == r"evil\x1b[2J\x0a.md:1:2: it is a folder"
