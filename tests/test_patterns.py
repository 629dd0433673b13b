"""Patterns mean what they mean to git, and none of them takes long."""

import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from peftlint.pattern import PatternError, Patterns


def test_the_last_pattern_that_matches_decides() -> None:
    patterns = Patterns(["*.md", "!keep.md", "/docs/keep.md"])
    assert patterns.verdict("a.md", is_folder=False) is True
    assert patterns.verdict("keep.md", is_folder=False) is False
    assert patterns.verdict("docs/keep.md", is_folder=False) is True
    assert patterns.verdict("a.txt", is_folder=False) is None


def test_a_pattern_with_a_slash_at_its_end_is_about_folders() -> None:
    patterns = Patterns(["build/"])
    assert patterns.verdict("build", is_folder=True) is True
    assert patterns.verdict("build", is_folder=False) is None
    assert patterns.match("build/deep/list.md")


def test_what_lies_in_a_folder_that_is_left_out_cannot_be_kept() -> None:
    assert Patterns(["build", "!build/list.md"]).match("build/list.md")
    assert not Patterns(["build/*", "!build/list.md"]).match("build/list.md")
    assert not Patterns(["build/**", "!build/list.md"]).match("build/list.md")


def test_a_list_of_what_to_keep_works() -> None:
    patterns = Patterns(["*", "!*/", "!README.md"])
    assert not patterns.match("README.md")
    assert not patterns.match("docs/README.md")
    assert patterns.match("docs/other.md")


@pytest.mark.parametrize("line", ["", "   ", "# comment", "open[bracket", "end\\", "[z-a]", "/"])
def test_a_pattern_that_means_nothing_is_an_error(line: str) -> None:
    with pytest.raises(PatternError):
        Patterns([line])


def test_in_gitignore_a_pattern_that_means_nothing_is_passed_over() -> None:
    patterns = Patterns.of_gitignore("# comment\n\nend\\\n[z-a]\n*.tmp\r\nname\\ \n")
    assert patterns.match("a.tmp")
    assert patterns.match("name ")
    assert not patterns.match("name")
    assert not patterns.match("end")


def test_a_pattern_longer_than_any_path_is_an_error() -> None:
    with pytest.raises(PatternError, match="longer than 4096"):
        Patterns(["a" * 4097])


def test_a_class_of_characters_that_python_warns_of_is_no_warning() -> None:
    assert Patterns(["[[]a"]).match("[a")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "*b", "a" * 250 + ".md"),
        ("*[a-b]?" * 40 + "*c", "a" * 250 + ".md"),
        ("**/a/" * 40 + "b", "a/" * 2000 + "c"),
        ("a/" + "**/a/" * 40 + "b", "a/" * 2000 + "c"),
        ("**/*a*a/" * 40 + "b", "aaa/" * 1000 + "c"),
        ("**/" + "*/" * 500 + "b", "a/" * 2000 + "c"),
        ("*" * 4000, "a" * 250),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    begin = time.process_time()
    Patterns([pattern]).verdict(path, is_folder=False)
    assert time.process_time() - begin < 2


SEGMENTS = ["a", "b", "ab", "*", "**", "***", "?", "*b", "a*", "[ab]", "[!a]", "a*b*a", "*a*b"]
NAMES = ["a", "b", "ab", "aab", "abab", "ba"]


def random_pattern(dice: random.Random) -> str:
    segments = "/".join(dice.choices(SEGMENTS, k=dice.randint(1, 4)))
    return "".join(
        (
            "!" if dice.random() < 0.3 else "",
            "/" if dice.random() < 0.3 else "",
            segments,
            "/" if dice.random() < 0.4 else "",
        )
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="git is what it is compared with")
def test_patterns_match_what_git_matches(tmp_path: Path) -> None:
    dice = random.Random(20261101)  # noqa: S311 - nothing secret
    subprocess.run(["git", "init", "-q", tmp_path], check=True)  # noqa: S607 - whichever git
    paths = set[str]()
    for _ in range(200):
        path = tmp_path.joinpath(*dice.choices(NAMES, k=dice.randint(1, 4)))
        if not any(parent.is_file() for parent in path.parents) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
    for path in tmp_path.rglob("*"):
        if ".git" not in path.relative_to(tmp_path).parts:
            paths.add(path.relative_to(tmp_path).as_posix())
    assert len(paths) > 60
    for _ in range(80):
        lines = [random_pattern(dice) for _ in range(dice.randint(1, 4))]
        (tmp_path / ".gitignore").write_text("\n".join(lines))
        answer = subprocess.run(
            ["git", "check-ignore", "-z", "--stdin"],  # noqa: S607 - whichever git
            cwd=tmp_path,
            input="\0".join(sorted(paths)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode in (0, 1), answer.stderr
        patterns = Patterns.of_gitignore("\n".join(lines))
        ours = {path for path in paths if patterns.match(path, (tmp_path / path).is_dir())}
        assert ours == set(answer.stdout.split("\0")) - {""}, lines
