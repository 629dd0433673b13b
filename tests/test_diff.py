"""A diff says what changed, all of it, in a form that `patch` and `git apply` take."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peftlint.report.diff import unified_diff

NUMBERS = [f"line {number}\n" for number in range(1, 21)]
LINES = st.lists(st.sampled_from(["a", "b", "c", "", "\r", "-", "+ ", " d\t"]), max_size=30)
RANGE = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def diff(before: str, after: str, path: str = "list.md") -> list[str]:
    """The lines of the diff."""
    return list(unified_diff(path, before, after))


def applied(before: str, patch: list[str]) -> str:
    """What `patch` makes of a text; it is wrong about the text nowhere."""
    *whole, rest = before.split("\n")
    old = [f"{line}\n" for line in whole] + [rest]
    new: list[str] = []
    at = 0
    for position, line in enumerate(patch[2:], start=2):
        found = RANGE.fullmatch(line)
        if found:
            start, count = int(found[1]), int(found[2] or 1)
            begin = start - 1 if count else start
            new += old[at:begin]
            at = begin
            assert int(found[3]) - (1 if int(found[4] or 1) else 0) == len(new)
            continue
        if line.startswith("\\"):
            continue
        ends = patch[position + 1 : position + 2] == ["\\ No newline at end of file"]
        content = line[1:] if ends else f"{line[1:]}\n"
        if line[0] in " -":
            assert old[at] == content
            at += 1
        if line[0] in " +":
            new.append(content)
    return "".join(new + old[at:])


def test_a_change_has_three_lines_around_it() -> None:
    after = "".join(NUMBERS).replace("line 10\n", "LINE 10\n")
    assert diff("".join(NUMBERS), after) == [
        "--- a/list.md",
        "+++ b/list.md",
        "@@ -7,7 +7,7 @@",
        " line 7",
        " line 8",
        " line 9",
        "-line 10",
        "+LINE 10",
        " line 11",
        " line 12",
        " line 13",
    ]


@pytest.mark.parametrize(("second", "hunks"), [(17, 1), (18, 2)])
def test_changes_whose_context_touches_share_a_hunk(second: int, hunks: int) -> None:
    after = "".join(NUMBERS).replace("line 10\n", "x\n").replace(f"line {second}\n", "y\n")
    assert sum(line.startswith("@@") for line in diff("".join(NUMBERS), after)) == hunks


def test_an_inserted_and_a_removed_line_are_that_and_no_more() -> None:
    before = "- title\n  authors\n\n- title\n  authors\n"
    after = before.replace("title\n", "title\n\n", 1)
    assert [line for line in diff(before, after)[3:] if line[0] in "+-"] == ["+"]
    assert [line for line in diff(after, before)[3:] if line[0] in "+-"] == ["-"]


def test_a_missing_last_newline_is_told() -> None:
    assert diff("a\nb", "a\nc")[3:] == [
        " a",
        "-b",
        "\\ No newline at end of file",
        "+c",
        "\\ No newline at end of file",
    ]
    assert diff("b\n", "b")[3:] == ["-b", "+b", "\\ No newline at end of file"]


def test_nothing_changed_is_no_diff() -> None:
    assert diff("a\n", "a\n") == []
    assert diff("", "") == []


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("a/b.md", "--- a/a/b.md"),
        ("my list.md", "--- a/my list.md\t"),
        ("a\nb.md", '--- "a/a\\012b.md"'),
        ('a"b\\.md', '--- "a/a\\042b\\134.md"'),
        ("\x1b.md", '--- "a/\\033.md"'),
        ("café.md", "--- a/café.md"),
    ],
)
def test_a_path_is_written_as_git_writes_it(path: str, header: str) -> None:
    assert diff("a", "b", path)[0] == header


@given(LINES, LINES, st.booleans(), st.booleans())
def test_a_diff_holds_all_that_changed(
    old: list[str], new: list[str], old_ends: bool, new_ends: bool
) -> None:
    before, after = "\n".join(old) + "\n" * old_ends, "\n".join(new) + "\n" * new_ends
    assert applied(before, diff(before, after)) == after


@given(st.lists(st.sampled_from("ab\n"), max_size=60), st.data())
def test_a_diff_of_a_small_edit_is_small(letters: list[str], data: st.DataObject) -> None:
    lines = "".join(letters).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    before = "\n".join(lines)
    after = "\n".join([*lines[:at], lines[at] + "x", *lines[at + 1 :]])
    changed = [line for line in diff(before, after)[3:] if line[0] in "+-"]
    is_new_line = at == len(lines) - 1 and not lines[at]
    assert len(changed) == (1 if is_new_line else 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("".join(NUMBERS), "".join(NUMBERS[3:] + NUMBERS[:3])),
        ("".join(NUMBERS), ""),
        ("", "".join(NUMBERS)),
        ("a\r\nb\r\nc", "a\r\nB\r\nc"),
        ("a\n\f\u2028b\rc\n", "a\n\f\u2028b\rC\n"),
        ("\ufeffa\nb\n", "\ufeffA\nb\n"),
    ],
)
@pytest.mark.parametrize("name", ["list.md", "a list.md", 'a"b.md', "é.md"])
def test_git_applies_it(tmp_path: Path, before: str, after: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(before.encode())
    patch = "".join(f"{line}\n" for line in diff(before, after, name)).encode()
    subprocess.run(["git", "apply", "-"], input=patch, check=True, cwd=tmp_path)  # noqa: S607
    # git removes a file that a patch empties, unless it knows of its mode.
    assert (path.read_bytes() if path.exists() else b"") == after.encode()


def test_a_change_of_very_many_lines_is_still_right() -> None:
    before = "".join(f"old {number}\n" for number in range(3000)) + "same\n" * 5
    after = "".join(f"new {number}\n" for number in range(2500)) + "same\n" * 5
    assert applied(before, diff(before, after)) == after


def test_time_is_linear_in_the_length_of_a_list() -> None:
    """`difflib` takes 150 s for this one."""
    before = "".join(f"- entry {number}, pdf\n\n" for number in range(50_000))
    start = time.process_time()
    changed = sum(line.startswith("+- ") for line in diff(before, before.replace("pdf", "abs")))
    assert changed == 50_000
    assert time.process_time() - start < 15
