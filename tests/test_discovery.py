"""Which files are looked at."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from peftlint.discovery import EXTENSIONS, LEFT_OUT, IsExcluded, find, real_path, repository_root
from peftlint.file import FileError

needs_links = pytest.mark.skipif(
    sys.platform == "win32", reason="links and special files need rights on Windows"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a repository, and the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(root: Path, *names: str, text: str = "") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(*names: str, is_excluded: IsExcluded = lambda path, is_folder: False) -> list[str]:
    """What is found, in order; an error as its reason after `!`."""
    return [
        f"!{result.path}: {result.reason}" if isinstance(result, FileError) else result.as_posix()
        for result in find([Path(name) for name in names], is_excluded)
    ]


def test_a_folder_is_walked_for_markdown_in_order(root: Path) -> None:
    write(root, "b.md", "a/z.md", "a.md", "a/b/c.md", "README.MD", "c.txt", "md", "a/x.html")
    assert found(".") == ["README.MD", "a/b/c.md", "a/z.md", "a.md", "b.md"]


def test_every_markdown_extension_counts(root: Path) -> None:
    write(root, *(f"list{extension}" for extension in EXTENSIONS))
    assert found(".") == sorted(f"list{extension}" for extension in EXTENSIONS)


def test_what_is_found_is_named_as_the_user_named_the_folder(root: Path) -> None:
    write(root, "docs/a.md")
    assert found("docs") == ["docs/a.md"]
    assert found("./docs/") == ["docs/a.md"]
    assert found(str(root / "docs")) == [(root / "docs" / "a.md").as_posix()]
    assert found("docs/../docs") == ["docs/../docs/a.md"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(root: Path) -> None:
    write(root, "list.txt", ".gitignore", text="*.txt\n")
    assert found("list.txt") == ["list.txt"]


def test_a_file_that_is_named_twice_is_taken_once(root: Path) -> None:
    write(root, "a.md", "docs/b.md")
    assert found("a.md", "./a.md", "docs/../a.md", str(root / "a.md")) == ["a.md"]
    assert found("docs/b.md", ".", "docs", ".") == ["docs/b.md", "a.md"]


def test_a_path_that_is_not_there_is_an_error_and_the_others_go_on(root: Path) -> None:
    write(root, "a.md", "z.md")
    assert found("a.md", "gone.md", "z.md") == [
        "a.md",
        "!gone.md: there is no such file or folder; check the spelling, or whether it was moved",
        "z.md",
    ]


def test_the_git_folder_is_not_walked(root: Path) -> None:
    write(root, ".git/notes.md", "sub/.git/notes.md", ".github/list.md", "a.git/list.md")
    assert found(".") == [".github/list.md", "a.git/list.md"]


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_dependencies_and_caches_are_not_walked_unless_they_are_named(
    root: Path, name: str
) -> None:
    write(root, f"{name}/a.md", f"deep/{name}/in/b.md", f"{name}.md", "env/c.md")
    assert found(".") == sorted(["env/c.md", f"{name}.md"])
    assert found(name, f"deep/{name}/in") == [f"{name}/a.md", f"deep/{name}/in/b.md"]
    assert found(".", name)[-1] == f"{name}/a.md"


def test_a_python_environment_is_not_walked_unless_it_is_named(root: Path) -> None:
    write(root, "env/pyvenv.cfg", "env/a.md", "env/share/b.md", "c.md", "other/d.md")
    assert found(".") == ["c.md", "other/d.md"]
    assert found("env") == ["env/a.md", "env/share/b.md"]
    assert found(".", "env/share", "env") == ["c.md", "other/d.md", "env/share/b.md", "env/a.md"]


def test_gitignore_leaves_out_files_and_folders(root: Path) -> None:
    write(root, "a.md", "drafts/b.md", "deep/drafts/c.md", "old.draft.md", "docs/d.md")
    write(root, ".gitignore", text="# not yet\ndrafts/\n*.draft.md\n")
    assert found(".") == ["a.md", "docs/d.md"]


def test_a_deeper_gitignore_overrides_one_above_it(root: Path) -> None:
    write(root, "a.draft.md", "docs/b.draft.md", "docs/c.md", "docs/in/d.draft.md", "docs/in/c.md")
    write(root, ".gitignore", text="*.draft.md\n")
    write(root, "docs/.gitignore", text="!*.draft.md\n/c.md\n")
    assert found(".") == ["docs/b.draft.md", "docs/in/c.md", "docs/in/d.draft.md"]


def test_a_gitignore_does_not_reach_beyond_its_folder(root: Path) -> None:
    write(root, "docs/a.md", "lists/a.md")
    write(root, "docs/.gitignore", text="*.md\n")
    assert found(".") == ["lists/a.md"]


def test_gitignore_files_above_the_folder_that_is_named_count(root: Path) -> None:
    write(root, "docs/in/a.md", "docs/in/b.md", "docs/in/c.md", "docs/in/d.md")
    write(root, ".gitignore", text="a.md\n")
    write(root, ".git/info/exclude", text="d.md\n")
    write(root, "docs/.gitignore", text="in/b.md\n")
    assert found("docs/in") == ["docs/in/c.md"]


def test_gitignore_files_above_the_repository_do_not_count(root: Path) -> None:
    write(root, "inner/.git/HEAD", "inner/a.md")
    write(root, ".gitignore", text="*.md\n")
    assert found("inner") == ["inner/a.md"]
    assert found(".") == ["inner/a.md"]


def test_gitignore_files_above_a_folder_without_repository_do_not_count(
    root: Path,
) -> None:
    (root / ".git").rmdir()
    write(root, "docs/a.md", "docs/b.md")
    write(root, ".gitignore", text="*.md\n")
    write(root, "docs/.gitignore", text="b.md\n")
    assert found("docs") == ["docs/a.md"]


def test_the_exclude_file_of_git_comes_first(root: Path) -> None:
    write(root, "a.md", "b.md")
    write(root, ".git/info/exclude", text="*.md\n")
    write(root, ".gitignore", text="!b.md\n")
    assert found(".") == ["b.md"]


def test_a_worktree_whose_git_is_a_file_is_a_repository(root: Path) -> None:
    (root / ".git").rmdir()
    write(root, ".git", text="gitdir: ../elsewhere\n")
    write(root, "docs/a.md", "docs/b.md")
    write(root, ".gitignore", text="a.md\n")
    assert found("docs") == ["docs/b.md"]


def test_a_folder_that_is_named_is_walked_even_if_it_is_ignored(root: Path) -> None:
    write(root, "build/a.md", "build/b.md", "build/deep/c.md")
    write(root, ".gitignore", text="build/\n")
    write(root, "build/.gitignore", text="b.md\n")
    assert found(".") == []
    assert found("build") == ["build/a.md", "build/deep/c.md"]
    assert found("build/deep") == ["build/deep/c.md"]


def test_a_gitignore_that_is_not_utf_8_still_works(root: Path) -> None:
    write(root, "a.md", "b.md")
    (root / ".gitignore").write_bytes(b"\xef\xbb\xbfa.md\n# caf\xe9\n")
    assert found(".") == ["b.md"]


def test_a_gitignore_that_cannot_be_read_is_an_error_and_the_walk_goes_on(root: Path) -> None:
    write(root, "a.md", "docs/b.md")
    write(root, ".gitignore", text="#" * 1_000_001)
    (error, *paths) = found(".")
    assert error.startswith("!.gitignore: it has more than 1,000,000 bytes")
    assert paths == ["a.md", "docs/b.md"]
    (error, *paths) = found("docs")
    assert error.endswith(
        ".gitignore: it has more than 1,000,000 bytes, which is too many for its kind"
    )
    assert paths == ["docs/b.md"]


def test_a_gitignore_that_may_not_be_looked_at_is_an_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, "a.md", ".gitignore")

    def refuse(self: Path) -> os.stat_result:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "lstat", refuse)
    (error, exclude_error, *paths) = found(".")
    assert "no permission" in error
    assert "no permission" in exclude_error
    assert paths == ["a.md"]


def test_a_folder_called_gitignore_says_nothing(root: Path) -> None:
    write(root, "a.md", ".gitignore/b.md")
    assert found(".") == [".gitignore/b.md", "a.md"]


@needs_links
def test_a_gitignore_that_is_a_link_or_a_pipe_says_nothing_and_does_not_wait(root: Path) -> None:
    write(root, "a.md", "docs/b.md")
    write(root, "patterns", text="*.md\n")
    (root / ".gitignore").symlink_to("patterns")
    os.mkfifo(root / "docs" / ".gitignore")
    assert found(".") == ["a.md", "docs/b.md"]


@needs_links
def test_a_walk_takes_no_link(root: Path) -> None:
    write(root, "a.md", "docs/b.md")
    (root / "link.md").symlink_to("a.md")
    (root / "folder").symlink_to("docs", target_is_directory=True)
    (root / "docs" / "circle").symlink_to(root, target_is_directory=True)
    (root / "outside.md").symlink_to("/etc/passwd")
    (root / "nowhere.md").symlink_to("gone.md")
    assert found(".") == ["a.md", "docs/b.md"]


@needs_links
def test_links_that_are_named_are_taken(root: Path) -> None:
    write(root, "a.md", "docs/b.md")
    (root / "link.md").symlink_to("a.md")
    (root / "folder").symlink_to("docs", target_is_directory=True)
    assert found("link.md", "a.md", "folder") == ["link.md", "a.md", "folder/b.md"]


@needs_links
def test_a_file_reached_by_two_folders_is_taken_once(root: Path) -> None:
    write(root, "docs/b.md")
    (root / "folder").symlink_to("docs", target_is_directory=True)
    assert found("folder/b.md", "docs/b.md", "docs") == ["folder/b.md"]


@needs_links
def test_a_link_to_nothing_is_an_error(root: Path) -> None:
    (root / "nowhere.md").symlink_to("gone.md")
    (root / "circle.md").symlink_to("circle.md")
    first, second = found("nowhere.md", "circle.md")
    assert first == "!nowhere.md: it is a symbolic link whose target is not there; mend the link"
    assert second.startswith("!circle.md: its symbolic links lead in a circle")


@needs_links
def test_special_files_are_not_walked(root: Path) -> None:
    os.mkfifo(root / "pipe.md")
    write(root, "a.md")
    assert found(".") == ["a.md"]


def test_a_folder_without_permission_is_an_error_and_the_others_go_on(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, "a.md", "closed/b.md", "open/c.md")
    scan = os.scandir

    # Not by the folder's mode: root may look into every folder.
    def refuse(path: Path) -> Any:  # noqa: ANN401 - typeshed's iterator of entries is private
        if path.name == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(".") == [
        "a.md",
        "!closed: no permission; give it to this user (chmod, chown)",
        "open/c.md",
    ]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look into every folder"
)
def test_a_folder_that_is_closed_is_an_error(root: Path) -> None:
    write(root, "closed/b.md")
    (root / "closed").chmod(0)
    try:
        assert found(".") == ["!closed: no permission; give it to this user (chmod, chown)"]
    finally:
        (root / "closed").chmod(0o700)


def test_a_folder_that_vanishes_is_an_error_and_the_others_go_on(root: Path) -> None:
    write(root, "a.md", "b/c.md", "d.md")

    def walk() -> Iterator[Path | FileError]:
        for result in find([Path()]):
            shutil.rmtree("b", ignore_errors=True)
            yield result

    first, second, third = walk()
    assert (first, third) == (Path("a.md"), Path("d.md"))
    assert isinstance(second, FileError)
    assert "no such file or folder" in second.reason


def test_a_very_deep_folder_is_walked(root: Path) -> None:
    depth = 1500
    for _ in range(depth):
        Path("a").mkdir()
        os.chdir("a")
    try:
        Path("list.md").write_text("")
        os.chdir(root)
        assert found(".") == ["a/" * depth + "list.md"]
    finally:
        # `shutil.rmtree`, by which pytest tidies up, may not go that deep.
        os.chdir(root / ("a/" * depth))
        Path("list.md").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("a").rmdir()


def test_what_the_configuration_excludes_is_left_out_named_or_found(root: Path) -> None:
    write(root, "a.md", "b.md", "vendor/c.md", "vendor/deep/d.md")
    asked: list[tuple[str, bool]] = []

    def is_excluded(path: Path, is_folder: bool) -> bool:
        asked.append((path.as_posix(), is_folder))
        return path.name in ("b.md", "vendor")

    assert found(".", is_excluded=is_excluded) == ["a.md"]
    assert asked == [(".", True), ("vendor", True), ("b.md", False), ("a.md", False)]
    assert found("b.md", "vendor", "a.md", is_excluded=is_excluded) == ["a.md"]


def test_ignored_folders_are_not_asked_for(root: Path) -> None:
    write(root, "build/a.md")
    write(root, ".gitignore", text="build\n")
    asked: list[str] = []

    def is_excluded(path: Path, _: bool) -> bool:
        asked.append(path.as_posix())
        return False

    assert found(".", is_excluded=is_excluded) == []
    assert asked == ["."]


def test_without_gitignore_no_patterns_are_loaded(root: Path) -> None:
    write(root, "docs/a.md")
    program = (
        "import sys; from pathlib import Path; from peftlint.discovery import find; "
        "assert list(find([Path('.')])); print({'pathspec', 'peftlint.pattern'} & set(sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "set()"


@needs_links
def test_the_real_path_follows_folders_but_not_the_file(root: Path) -> None:
    write(root, "docs/a.md")
    (root / "folder").symlink_to("docs", target_is_directory=True)
    (root / "docs" / "link.md").symlink_to("a.md")
    real = Path(os.path.realpath(root))
    assert real_path(Path("folder/link.md")) == real / "docs" / "link.md"
    assert real_path(Path("folder")) == real / "folder"
    assert real_path(Path("folder/..")) == real
    assert real_path(Path()) == real


def test_the_repository_is_the_nearest_folder_with_git(root: Path) -> None:
    write(root, "inner/.git", "inner/deep/a.md", "docs/a.md")
    assert repository_root(root / "inner" / "deep") == root / "inner"
    assert repository_root(root / "docs") == root
    assert repository_root(root) == root
    assert repository_root(Path(root.anchor)) is None
