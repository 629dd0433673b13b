"""A finding is known again whatever else happens to the list, and no two are taken for one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peftlint import registry
from peftlint.diagnostic import Diagnostic
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.report.fingerprint import Fingerprints
from peftlint.source import Lines, Span

RULES = registry.select(["PL201", "PL205", "PL208", "PL301", "PL602"])

#: Each has something to find, and the last two are one work.
ENTRIES = (
    "**LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]",
    "**Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/pdf/2203.12119)][[Code]()]",
    "**Prefix-Tuning,** ACL 2021. [[Paper](https://arxiv.org/pdf/2101.00190)]"
    "[[Slides](https://arxiv.org/pdf/2101.00191)]",
    "**P-Tuning,** ACL 2022. [[Paper](https://arxiv.org/abs/2110.07602?utm_source=a)] a\u200bb\u200bc",
    "**Prompt Tuning at Scale,** EMNLP 2021. [[Paper](https://arxiv.org/pdf/2104.08691)]",
    "**Prompt Tuning at Scale,** EMNLP 2021. [[Paper](https://arxiv.org/pdf/2104.08691)]",
)


def listed(entries: list[str], marks: list[str]) -> str:
    """A list of these entries, each with its mark."""
    items = "\n".join(f"{mark} {entry}" for mark, entry in zip(marks, entries, strict=True))
    return f"# Papers\n\n## Tuning\n\n{items}\n"


def found(text: str) -> list[Diagnostic]:
    """What is to be found in a list."""
    return lint(read(text), RULES)


def fingerprints(text: str, path: str = "README.md") -> list[str]:
    """The fingerprints of all findings."""
    return list(Fingerprints().of(path, read(text), found(text)))


def numbers(count: int, first: int = 1) -> list[str]:
    """The marks of a list that is numbered."""
    return [f"{first + at}." for at in range(count)]


PLAIN = listed(list(ENTRIES), numbers(len(ENTRIES)))
KNOWN = fingerprints(PLAIN)


def test_no_two_findings_have_one_fingerprint() -> None:
    assert len(KNOWN) == len(set(KNOWN)) > len(ENTRIES)
    assert all(len(mark) == 32 and set(mark) <= set("0123456789abcdef") for mark in KNOWN)


@given(st.permutations(ENTRIES))
def test_sorting_a_list_keeps_them(entries: list[str]) -> None:
    """Whatever the order, and with it the numbers, is."""
    assert set(fingerprints(listed(entries, numbers(len(entries))))) == set(KNOWN)


@given(st.integers(1, 900), st.sampled_from(["{}.", "{})"]))
def test_numbering_a_list_anew_keeps_them(first: int, form: str) -> None:
    marks = [form.format(first + at) for at in range(len(ENTRIES))]
    assert fingerprints(listed(list(ENTRIES), marks)) == KNOWN
    assert fingerprints(listed(list(ENTRIES), ["-"] * len(ENTRIES))) == KNOWN


@given(st.integers(0, len(ENTRIES)), st.integers(1, 3))
def test_entries_that_come_in_addition_keep_them(at: int, count: int) -> None:
    """The entries are numbered anew then."""
    clean = [
        f"**Another Title {word},** ACL 2020. [[Paper](https://arxiv.org/abs/1901.0000{number})]"
        for number, word in enumerate(("Of Words", "Of Trees", "Of Stones")[:count], 1)
    ]
    entries = [*ENTRIES[:at], *clean, *ENTRIES[at:]]
    assert fingerprints(listed(entries, numbers(len(entries)))) == KNOWN


@given(st.lists(st.sampled_from(["", "Words.", "<!-- a remark -->"]), max_size=5))
def test_lines_above_and_below_keep_them(lines: list[str]) -> None:
    words = "".join(f"{line}\n\n" for line in lines)
    assert fingerprints(f"{words}\n{PLAIN}\n{words}") == KNOWN


def test_crlf_keeps_them() -> None:
    assert fingerprints(PLAIN.replace("\n", "\r\n")) == KNOWN


def test_what_is_mended_takes_only_its_own_away() -> None:
    """Also where the same rule has another finding in that entry."""
    mended = PLAIN.replace("https://arxiv.org/pdf/2101.00190", "https://arxiv.org/abs/2101.00190")
    before, after = set(KNOWN), set(fingerprints(mended))
    assert after < before
    assert len(before - after) == 1


def test_each_file_has_its_own() -> None:
    assert set(fingerprints(PLAIN, "other.md")).isdisjoint(KNOWN)


def test_a_file_is_the_same_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert fingerprints(PLAIN, (Path.cwd() / "README.md").as_posix()) == KNOWN


def test_two_equal_findings_in_one_entry_have_two() -> None:
    text = "- **LoRA,** ICLR 2022. [[Code]()][[Code]()]\n"
    marks = fingerprints(text)
    assert len(marks) == len(set(marks)) == 2


def diagnostic(text: str, start: int, end: int) -> Diagnostic:
    """A finding there."""
    lines = Lines(text)
    places = (*lines.place(start), *lines.place(end))
    return Diagnostic("XY101", "odd", "odd", Span(start, end), *places)


@given(st.text("ab 1.\n#-*\u4e2d\ud800", max_size=30), st.data())
def test_they_are_one_for_each_finding_in_any_text(text: str, data: st.DataObject) -> None:
    """Be they as equal as they like, also over several files."""
    places = st.tuples(*[st.integers(0, len(text))] * 2).map(sorted)
    spans = data.draw(st.lists(places, max_size=8))
    findings = sorted(
        (diagnostic(text, start, end) for start, end in spans), key=lambda one: one.span
    )
    made = Fingerprints()
    marks = [
        mark for path in ("a.md", "caf\udce9.md") for mark in made.of(path, read(text), findings)
    ]
    assert max(Counter(marks).values(), default=1) == 1
    assert len(marks) == 2 * len(findings)


def test_a_place_that_is_a_number_says_nothing() -> None:
    """It is another one as soon as something comes in above."""

    def mark(number: str) -> str:
        text = f"{number}. words of an item\n"
        return next(Fingerprints().of("a.md", read(text), [diagnostic(text, 0, len(number))]))

    assert mark("3") == mark("14")
