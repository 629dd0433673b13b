"""Findings that are known are not told again, however the list is edited elsewhere."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from peftlint.baseline import Baseline, Record, records_of, rewritten
from peftlint.baselineform import BaselineError, parse, render
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.registry import rules

LISTS = Path(__file__).parent.parent.parent / "shared" / "lists"
SEEDS = sorted((LISTS / "seeds").glob("*.md"))

#: Entries with findings: an arXiv address of a PDF, an empty code link, a mirror, no link.
ENTRIES = (
    "**LoRA: Low-Rank Adaptation,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]",
    "**Prefix-Tuning,** ACL 2021. [[Paper](https://arxiv.org/pdf/2101.00190)] [[Code]()]",
    "**Adapters,** ICML 2019. [[Paper](http://arxiv.org/abs/1902.00751)]",
    "**BitFit,** ACL 2022. [[Paper](https://arxiv.org/abs/2106.10199)]",
    "**Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/pdf/2203.12119)]",
    "**Compacter,** NeurIPS 2021. [[Paper](https://arxiv.org/abs/2106.04647)] [[Code]()]",
)
LIST = "\n".join(["# Papers", "", *(f"- {entry}" for entry in ENTRIES), ""])
NEW = "- **IA3,** NeurIPS 2022. [[Paper](https://arxiv.org/pdf/2205.05638)]\n"

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture
def known(run: Run) -> Path:
    """A list whose findings are all known."""
    Path("README.md").write_text(LIST)
    Path("peftlint.toml").write_text('baseline = "known.json"\n')
    assert run("check", "--write-baseline").exit_code == 0
    return Path("known.json")


def told(result: Result) -> list[str]:
    """The names of rules and the lines of the findings that a run of `--output-format json` told."""
    return [f"{one['line']}:{one['name']}" for one in findings(result)]


def findings(result: Result) -> list[dict[str, object]]:
    data = json.loads(result.stdout)
    found = data["findings"] if isinstance(data, dict) else data
    assert isinstance(found, list)
    return found


def new_in(before: str, after: str, path: str = "list.md") -> list[str]:
    """The rules of what a baseline of `before` does not know in `after`."""
    baseline = Baseline({"list.md": records(before)}, lambda file: file != path)
    document = read(after)
    found = lint(document, rules())
    new = baseline.new(path, document, found, [rule.name for rule in rules()])
    return [f"{one.line}:{one.name}" for one in new]


def records(text: str) -> list[Record]:
    document = read(text)
    return records_of(document, lint(document, rules()))


# --- the file ---------------------------------------------------------------------------------


def test_what_is_written_is_read_again_and_the_same_twice(run: Run, known: Path) -> None:
    once = known.read_bytes()
    assert parse(once.decode())["README.md"]
    assert run("check", "--write-baseline").exit_code == 0
    assert known.read_bytes() == once


def test_a_baseline_is_json_with_a_record_to_a_line(known: Path) -> None:
    data = json.loads(known.read_text())
    lines = known.read_text().splitlines()
    assert data["version"] == 1
    (some,) = data["files"].values()
    assert len(some) == sum('"rule"' in line for line in lines) == 6
    assert some[0] == {
        "rule": "arxiv-mirror-host",
        "entry": "Adapters",
        "id": "arxiv:1902.00751",
        "text": "http://arxiv.org/abs/1902.00751",
        "count": 1,
    }
    assert known.read_text().endswith("}\n")


def test_findings_outside_entries_have_the_words_of_their_line() -> None:
    text = "# A\n\n## Contents\n\nSee [this](#nowhere) first.\n"
    assert [(one.rule, one.line) for one in records(text) if one.line] == [
        ("broken-anchor", "See [this](#nowhere) first.")
    ]


def test_what_cannot_be_seen_is_written_as_an_escape() -> None:
    text = render({"a\u202e.md": [Record("mojibake", "T\u200b\x1b\U000e0041", times=2)]})
    assert text.isascii()
    assert parse(text) == {"a\u202e.md": [Record("mojibake", "T\u200b\x1b\U000e0041", times=2)]}
    assert "\u00e9" in render({"\u00e9.md": [Record("mojibake", "\u00e9")]})


TEXTS = st.text(max_size=12)
RECORDS = st.builds(
    Record, TEXTS.filter(bool), TEXTS, TEXTS, TEXTS, TEXTS, st.integers(1, 999_999_999)
)


@settings(max_examples=50)
@given(
    st.dictionaries(
        TEXTS, st.lists(RECORDS, min_size=1, max_size=3, unique_by=lambda one: one[:5]), max_size=3
    )
)
def test_any_records_come_back_as_they_were(some: dict[str, list[Record]]) -> None:
    text = render(some)
    assert {file: sorted(of_file) for file, of_file in parse(text).items()} == {
        file: sorted(of_file) for file, of_file in some.items()
    }
    assert json.loads(text)["version"] == 1


HEAD = '{"version": 1, "files": {"a.md": ['


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", "1:1", "this is no baseline"),
        ("# Papers", "1:1", "this is no baseline"),
        ("[]", "1:1", "this is no baseline"),
        ("{}", "1:1", 'it has no version; add "version": 1'),
        ('{"version": 1}', "1:1", "it has no files"),
        ('{"version": 2, "files": {}}', "1:13", "it is of version 2, and this peftlint reads"),
        ('{"version": "1"}', "1:13", "expected a whole number for version, got"),
        ('{"version": 1.0}', "1:13", 'expected a whole number for version, got "1.0"'),
        ('{"version": 1, "version": 1}', "1:16", 'the key "version" stands here twice'),
        ('{"version": 1, "x": 1}', "1:16", 'unknown key "x"; remove it'),
        ('{"version": 1, "files": []}', "1:25", "expected an object of files, got '['"),
        ('{"version": 1, "files": {"a": {}}}', "1:31", "expected a list of records, got '{'"),
        ('{"version": 1, "files": {"a": [],\n "a": []}}', "2:2", 'the key "a" stands here twice'),
        ('{"version": 1, "files": {}', "1:27", "expected a comma or }, got the end of the file"),
        ('{"version": 1, "files": {}} x', "1:29", "nothing may follow the end"),
        (HEAD + "1]}}", "1:35", 'expected a record, got "1"'),
        (HEAD + "{}]}}", "1:35", "this record names no rule; remove it"),
        (HEAD + '{"rule": 1}]}}', "1:44", "expected a string for rule, in double quotes, got"),
        (HEAD + '{"rule": "x", "count": 0}]}}', "1:58", "a count is at least 1"),
        (HEAD + '{"rule": "x", "count": NaN}]}}', "1:58", "expected a whole number for count"),
        (HEAD + '{"rule": "x", "count": -1}]}}', "1:58", "expected a whole number for count"),
        (HEAD + '{"rule": "x", "count": 1e9}]}}', "1:58", "expected a whole number for count"),
        (HEAD + '{"rule": "x", "count": 9999999999}]}}', "1:58", "expected a whole number"),
        (HEAD + '{"rule": "x", "entry": null}]}}', "1:58", "expected a string for entry"),
        (HEAD + '{"rule": "x", "lines": "y"}]}}', "1:49", 'unknown key "lines"'),
        (HEAD + '{"rule": "x"},]}}', "1:49", "there is a comma before this ]; remove the comma"),
        (HEAD + '{"rule": "x"}\n{"rule": "x"}]}}', "2:1", "expected a comma or ]"),
        (HEAD + "\n<<<<<<< ours\n", "2:1", "it has marks of a merge conflict: keep the records"),
        (HEAD + "\n>>>>>>> theirs\n", "2:1", "it has marks of a merge conflict"),
        (HEAD + "[" * 100_000, "1:35", "expected a record, got '['"),
        (HEAD + '{"rule": "x\ny"}', "1:44", "expected a string for rule"),
        (HEAD + '{"rule": "' + "x" * 1_000_000, "1:44", "expected a string for rule"),
    ],
)
def test_what_is_no_baseline_is_told_with_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(BaselineError) as caught:
        parse(text)
    assert f"{caught.value.place.line}:{caught.value.place.column}" == place
    assert caught.value.message.startswith(message)
    assert len(caught.value.message) < 250


@given(st.text(max_size=60) | st.builds(lambda one: HEAD + one, st.text(max_size=60)))
def test_no_text_crashes_the_reader(text: str) -> None:
    try:
        found = parse(text)
    except BaselineError as error:
        assert error.place.line >= 1
    else:
        json.loads(text)
        assert parse(render(found)) == {file: some for file, some in found.items() if some}


def test_of_two_equal_records_the_greater_count_is_taken() -> None:
    one = '{"rule": "x", "entry": "A", "count": %d}'
    text = f'{HEAD}{one % 2}, {one % 5}, {one % 1}, {{"rule": "y", "entry": "A"}}]}}}}'
    assert parse(text) == {"a.md": [Record("x", "A", times=5), Record("y", "A")]}


def test_a_broken_baseline_is_one_error_with_its_place(run: Run, known: Path) -> None:
    Path("more.md").write_text(LIST)
    known.write_text(known.read_text().replace("[\n", "[\n<<<<<<< HEAD\n", 1))
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: known.json:5:1: it has marks of a merge conflict")
    assert len(result.stderr.splitlines()) == 1


def test_a_baseline_of_100_mb_is_not_read(run: Run, known: Path) -> None:
    with known.open("wb") as stream:
        stream.truncate(100_000_000)
    result = run("check")
    assert result.exit_code == 2
    assert "known.json: it has more than 20,000,000 bytes" in result.stderr


def test_a_missing_baseline_is_told_with_how_to_write_it(run: Run, known: Path) -> None:
    known.unlink()
    result = run("check")
    assert (result.exit_code, result.stdout.count("PL")) == (2, 0)
    assert result.stderr == (
        "error: peftlint.toml: baseline: known.json: there is no such baseline; "
        "`peftlint check --write-baseline` writes it\n"
    )
    result = run("check", "--baseline", "other.json")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: other.json: there is no such baseline; "
        "`peftlint check --write-baseline other.json` writes it\n"
    )
    assert run("check", "--no-baseline").exit_code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("link", ["known.json", "folder"])
def test_no_link_leads_out_of_the_folder_of_the_config(
    run: Run, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    secret = outside / "known.json"
    secret.write_text("root:x:0:0")
    Path("README.md").write_text(LIST)
    if link == "folder":
        Path("folder").symlink_to(outside)
        Path("peftlint.toml").write_text('baseline = "folder/known.json"\n')
    else:
        Path("known.json").symlink_to(secret)
        Path("peftlint.toml").write_text('baseline = "known.json"\n')
    for option in ((), ("--write-baseline",), ("--prune-baseline",)):
        result = run("check", *option)
        assert result.exit_code == 2
        assert "a symbolic link leads out of" in result.stderr
        assert "root" not in result.stderr.replace("pytest-of-root", "")
    assert run("check", "--baseline", "known.json").exit_code == 2
    assert secret.read_text() == "root:x:0:0"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_baseline_that_is_a_link_is_not_written(run: Run, known: Path) -> None:
    known.rename("real.json")
    known.symlink_to("real.json")
    before = Path("real.json").read_bytes()
    Path("README.md").write_text(LIST + NEW)
    assert run("check", "--select", "PL201").exit_code == 1  # read it is
    result = run("check", "--write-baseline")
    assert result.exit_code == 2
    assert "it is a symbolic link, which is not written" in result.stderr
    assert Path("real.json").read_bytes() == before


# --- the command ------------------------------------------------------------------------------


def test_known_findings_are_not_told(run: Run, known: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Nothing new: 6 entries in 1 file; 6 in the baseline.\n"
    Path("README.md").write_text(LIST + NEW)
    result = run("check")
    assert result.exit_code == 1
    assert "README.md:9:" in result.stdout
    assert result.stdout.splitlines()[-1] == (
        "Found 1 finding in 1 file: 1 warning (1 fixable with `peftlint fix`); "
        "6 more in the baseline."
    )
    assert run("check", "--no-baseline", "--output-format", "concise").stdout.count("PL") == 7


def test_writing_says_how_many_and_where_to_name_the_file(run: Run) -> None:
    Path("README.md").write_text(LIST)
    result = run("check", "--write-baseline", "b.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Wrote 6 findings of 1 file to b.json.\n"
        'Name it in the config (baseline = "FILE"), or give it with --baseline FILE.\n'
    )
    assert run("check", "--baseline", "b.json").exit_code == 0
    assert run("check").exit_code == 1


def test_findings_that_do_not_count_are_written_too(run: Run) -> None:
    Path("README.md").write_text(LIST)
    run("check", "--fail-on", "never", "--write-baseline", "b.json")
    assert "6 in the baseline" in run("check", "--baseline", "b.json").stdout


def test_the_records_of_lists_that_are_not_checked_stay(run: Run, known: Path) -> None:
    Path("docs").mkdir()
    Path("docs/more.md").write_text(LIST)
    Path("gone.md").write_text(LIST)
    run("check", "--write-baseline")
    Path("gone.md").unlink()
    Path("README.md").write_text(LIST + NEW)
    result = run("check", "README.md", "--write-baseline")
    assert result.stdout == "Wrote 7 findings of 1 file to known.json, 6 more in it.\n"
    assert list(parse(known.read_text())) == ["README.md", "docs/more.md"]
    assert run("check").exit_code == 0


def test_the_records_of_rules_that_did_not_run_stay(run: Run, known: Path) -> None:
    Path("README.md").write_text(LIST.replace("[[Code]()]", ""))
    run("check", "--select", "PL201", "--write-baseline")
    assert known.read_text().count("empty-code-link") == 2
    run("check", "--write-baseline")
    assert known.read_text().count("empty-code-link") == 0


def test_paths_are_from_the_folder_of_the_baseline(run: Run) -> None:
    Path(".git").mkdir()
    Path("docs").mkdir()
    Path(".github").mkdir()
    Path("docs/list.md").write_text(LIST)
    Path("peftlint.toml").write_text('baseline = ".github/known.json"\n')
    run("check", "--write-baseline")
    assert list(parse(Path(".github/known.json").read_text())) == ["../docs/list.md"]
    os.chdir("docs")
    assert run("check", "list.md").exit_code == 0
    assert run("check", str(Path("list.md").absolute())).exit_code == 0
    result = run("check", "list.md", "--write-baseline")
    assert "../.github/known.json" in result.stdout or "/.github/known.json" in result.stdout
    assert list(parse(Path("../.github/known.json").read_text())) == ["../docs/list.md"]


def test_each_list_has_the_baseline_of_its_config(run: Run) -> None:
    for folder in ("one", "two"):
        Path(folder).mkdir()
        Path(folder, "README.md").write_text(LIST)
        Path(folder, "peftlint.toml").write_text('baseline = "known.json"\n')
    result = run("check", "--write-baseline")
    assert result.stdout.splitlines() == [
        "Wrote 6 findings of 1 file to one/known.json.",
        "Wrote 6 findings of 1 file to two/known.json.",
    ]
    assert "12 in the baseline" in run("check").stdout
    Path("two/known.json").unlink()
    result = run("check")
    assert (result.exit_code, result.stderr.count("error")) == (2, 1)
    assert "Nothing" not in result.stdout
    assert "1 file could not be checked" in result.stdout


def test_a_list_is_never_overwritten(run: Run) -> None:
    Path("README.md").write_text(LIST)
    Path("notes.txt").write_text("Mine.\n")
    result = run("check", "--write-baseline", "README.md")
    assert result.exit_code == 2
    assert "a list is no place for a baseline" in result.stderr
    result = run("check", "--write-baseline", "notes.txt")
    assert result.exit_code == 2
    assert "notes.txt:1:1: this is no baseline" in result.stderr
    assert Path("README.md").read_text() == LIST
    assert Path("notes.txt").read_text() == "Mine.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--write-baseline", "--prune-baseline"], "contradict each other"),
        (["--write-baseline", "--no-baseline"], "contradict each other"),
        (["--prune-baseline", "--no-baseline"], "contradict each other"),
        (["--baseline", "a.json", "--no-baseline"], "contradict each other"),
        (["--baseline", "a.json", "--write-baseline", "b.json"], "give FILE once"),
        (["-", "--write-baseline"], "is about files"),
        (["-", "--prune-baseline"], "is about files"),
        (["--write-baseline"], "needs to know the baseline"),
        (["--prune-baseline"], "needs to know the baseline"),
    ],
)
def test_what_cannot_be_meant_is_misuse(run: Run, arguments: Sequence[str], message: str) -> None:
    Path("README.md").write_text(LIST)
    result = run("check", *arguments, stdin=LIST)
    assert result.exit_code == 2
    assert message in result.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["README.md"]


def test_standard_input_has_the_baseline_of_its_name(run: Run, known: Path) -> None:
    result = run("check", "-", "--stdin-filename", "README.md", stdin=LIST + NEW)
    assert result.stdout.count("PL201") == 1


def test_what_is_known_is_fixed_and_not_told_where_it_is_left(run: Run, known: Path) -> None:
    text = LIST.replace("# Papers", "# Papers\n\n- **X,** 2020. [[Paper]()]")
    Path("README.md").write_text(text)
    run("check", "--write-baseline")
    result = run("fix", "--no-baseline")
    assert result.exit_code == 1
    Path("README.md").write_text(text)
    result = run("fix")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Fixed README.md: 3 arxiv-pdf-link, 1 arxiv-mirror-host",
        "Fixed 4 findings in 1 file; 3 in the baseline.",
    ]
    assert "/pdf/" not in Path("README.md").read_text()


# --- what is gone -----------------------------------------------------------------------------


def test_what_is_gone_is_noted_and_taken_out(run: Run, known: Path) -> None:
    Path("README.md").write_text(LIST.replace("/pdf/2106", "/abs/2106"))
    result = run("check")
    assert (result.exit_code, result.stderr) == (
        0,
        "note: 1 of 6 findings in known.json is gone; "
        "`peftlint check --prune-baseline` takes it out\n",
    )
    assert run("check", "--quiet").stderr == ""
    result = run("check", "--prune-baseline")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "gone: README.md: arxiv-pdf-link: LoRA: Low-Rank Adaptation",
        "Took 1 finding out of known.json; 5 left.",
    ]
    assert "LoRA" not in known.read_text()
    assert run("check").stderr == ""


def test_pruning_adds_nothing_and_tells_what_is_new(run: Run, known: Path) -> None:
    before = known.read_bytes()
    Path("README.md").write_text(LIST + NEW)
    result = run("check", "--prune-baseline")
    assert result.exit_code == 1
    assert "IA3" in result.stdout
    assert known.read_bytes() == before


def test_pruning_lowers_counts(run: Run, known: Path) -> None:
    two = "- **A,** 2020. [[Paper]()] [[Paper]()]\n"
    Path("README.md").write_text(LIST + two)
    run("check", "--write-baseline")
    (record,) = (one for one in parse(known.read_text())["README.md"] if one.entry == "A")
    assert record.times == 2
    Path("README.md").write_text(LIST + two.replace(" [[Paper]()]", "", 1))
    run("check", "--prune-baseline")
    (record,) = (one for one in parse(known.read_text())["README.md"] if one.entry == "A")
    assert record.times == 1


def test_what_was_not_judged_is_not_gone(run: Run, known: Path) -> None:
    text = known.read_text()
    strange = '{"rule": "of-a-plugin", "entry": "LoRA", "count": 3},\n      '
    known.write_text(text.replace('{"rule"', strange + '{"rule"', 1))
    Path("other.md").write_text("# Nothing\n")
    Path("README.md").write_text("# Papers\n")
    assert run("check", "other.md").stderr == ""
    assert run("check", "--select", "PL3").stderr == ""
    assert run("check", "README.md", "--select", "PL202").stderr.startswith("note: 1 of 9")
    result = run("check", "--prune-baseline")
    assert "3 left, 3 of rules that are not installed." in result.stderr
    assert [one.rule for one in parse(known.read_text())["README.md"]] == ["of-a-plugin"]


def test_a_list_that_cannot_be_read_has_nothing_gone(run: Run, known: Path) -> None:
    before = known.read_bytes()
    Path("README.md").write_bytes(b"\xff\xfe\x00")
    result = run("check", "--prune-baseline", ".")
    assert result.exit_code == 2
    assert known.read_bytes() == before


# --- matching ---------------------------------------------------------------------------------


def test_a_renamed_list_keeps_its_records(run: Run, known: Path) -> None:
    Path("docs").mkdir()
    Path("README.md").rename("docs/list.md")
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    run("check", "--prune-baseline")
    Path("docs/list.md").write_text(LIST.replace("[[Code]()]", "", 1))
    result = run("check", "--prune-baseline")
    assert "gone: README.md: empty-code-link: Prefix-Tuning" in result.stderr
    assert list(parse(known.read_text())) == ["docs/list.md"]


def test_a_list_that_is_still_there_keeps_its_records_to_itself(run: Run, known: Path) -> None:
    Path("copy.md").write_text(LIST)
    assert len(findings(run("check", "--output-format", "json"))) == 6
    assert len(findings(run("check", "copy.md", "--output-format", "json"))) == 6


def test_an_edited_title_is_known_by_the_paper_and_another_link_by_the_title() -> None:
    assert new_in(LIST, LIST.replace("LoRA: Low-Rank Adaptation", "LoRA (low rank)")) == []
    assert new_in(LIST, LIST.replace("pdf/2106.09685", "pdf/2106.00001")) == []
    assert new_in(LIST, LIST.replace("LoRA: Low-Rank", "LORA - low  rank")) == []


def test_a_further_finding_is_the_one_whose_text_is_new() -> None:
    more = LIST.replace(
        "2022. [[Paper](https://arxiv.org/pdf/2106.09685)]",
        "2022. [[PDF](https://arxiv.org/pdf/2106.09686)]\n"
        "  [[Paper](https://arxiv.org/pdf/2106.09685)]",
        1,
    )
    assert "3:arxiv-pdf-link" in new_in(LIST, more)
    assert "4:arxiv-pdf-link" not in new_in(LIST, more)


def test_another_rule_in_a_known_entry_is_told() -> None:
    assert new_in(LIST, LIST.replace("[[Code]()]", "[[Code]()] [[Paper]()]", 1)) == ["4:empty-link"]


def test_a_copy_of_an_entry_is_told_though_the_entry_is_known() -> None:
    copied = f"{LIST}\n## More\n\n- {ENTRIES[0]}\n"
    assert new_in(LIST, copied) == ["12:duplicate-entry", "12:arxiv-pdf-link"]


def test_matching_takes_no_longer_than_the_list_is_long() -> None:
    many = 20_000
    same = [Record("x", "A", text=str(number)) for number in range(many)]
    baseline = Baseline({"list.md": same}, lambda _: False)
    document = read("# A\n")
    assert baseline.new("list.md", document, [], ["x"]) == []
    assert len(baseline.stale()) == many


@st.composite
def edited(draw: st.DrawFn) -> str:
    """The list above, its entries in another order, and edited elsewhere."""
    entries = draw(st.permutations(ENTRIES))
    lines = ["# Papers", ""]
    numbered = draw(st.booleans())
    for number, entry in enumerate(entries, draw(st.integers(0, 30))):
        if draw(st.booleans()):
            lines += ["", draw(st.sampled_from(["## More", "Some prose.", "### A _b_", "---"])), ""]
        lines.append(f"{number}. {entry}" if numbered else f"{draw(st.sampled_from('-'))} {entry}")
        if draw(st.booleans()):
            lines.append("")
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])


@settings(max_examples=50)
@given(edited())
def test_a_known_finding_stays_known_wherever_its_entry_goes(text: str) -> None:
    known_rules = {record.rule for record in records(LIST)}
    assert [one for one in new_in(LIST, text) if one.partition(":")[2] in known_rules] == []
    assert new_in(text, text, path="renamed.md") == []


@settings(max_examples=40)
@given(st.lists(st.sampled_from(ENTRIES), max_size=8), st.lists(st.sampled_from(ENTRIES)))
def test_as_much_is_told_as_there_is_more(before: list[str], after: list[str]) -> None:
    """Told, known and gone add up."""
    old, new = ("\n".join(["# P", "", *(f"- {one}" for one in some)]) for some in (before, after))
    baseline = Baseline({"a.md": records(old)}, lambda _: False)
    document = read(new)
    found = lint(document, rules())
    names = [rule.name for rule in rules()]
    told_now = baseline.new("a.md", document, found, names)
    gone = sum(record.times for _, record in baseline.stale())
    assert len(told_now) + baseline.hidden == len(found)
    assert baseline.hidden + gone == len(records(old))
    kept = baseline.pruned().records.get("a.md", [])
    assert sum(record.times for record in kept) == baseline.hidden
    again = rewritten({"a.md": kept}, {"a.md": records(new)}, {"a.md": names}, lambda _: False)
    after_all = Baseline(again, lambda _: False)
    assert after_all.new("a.md", document, found, names) == []
    assert after_all.stale() == []


@pytest.mark.parametrize("path", SEEDS or [None], ids=lambda path: path.stem if path else "none")
def test_a_real_list_sorted_and_renumbered_has_nothing_new(path: Path | None) -> None:
    if path is None:
        pytest.skip("the real lists are not beside this repository")
    text = path.read_bytes().decode()
    assert new_in(text, text.replace("\n", "\r\n"), path="renamed.md") == []
    assert new_in(text, f"Some words.\n\n{text}\n## More\n\nWords.\n") == []
    # Whole sections of entries change places.
    parts = text.split("\n## ")
    middle = parts[1:]
    random.Random(7).shuffle(middle)  # noqa: S311 - no secret
    moved = "\n## ".join([parts[0], *middle])
    mechanical = {record.rule for record in records(text)} & {
        "arxiv-pdf-link", "arxiv-mirror-host", "dead-host", "tracking-parameter", "empty-link",
        "empty-code-link", "malformed-link",
    }  # fmt: skip
    assert [one for one in new_in(text, moved) if one.partition(":")[2] in mechanical] == []


# --- pull requests ----------------------------------------------------------------------------


PULLS = [
    ("adds a good entry", lambda text: text + NEW.replace("/pdf/", "/abs/"), []),
    ("adds a broken entry", lambda text: text + NEW, ["9:arxiv-pdf-link"]),
    (
        "adds an entry for the second time",
        lambda text: f"{text}- {ENTRIES[3]}\n",
        ["9:duplicate-entry"],
    ),
    (
        "moves entries",
        lambda text: "\n".join(["# Papers", "", *(f"- {one}" for one in reversed(ENTRIES)), ""]),
        [],
    ),
    (
        "numbers the entries",
        lambda text: "\n".join(
            ["# Papers", "", *(f"{n}. {one}" for n, one in enumerate(ENTRIES, 1)), ""]
        ),
        [],
    ),
    (
        "breaks a link",
        lambda text: text.replace("https://arxiv.org/abs/2106.10199", "https://arxiv.org/abs/2106.1"),
        ["6:malformed-arxiv-id"],
    ),
    ("edits prose", lambda text: text.replace("# Papers", "# Papers\n\nAll of them."), []),
    ("turns line ends", lambda text: text.replace("\n", "\r\n"), []),
    ("takes an entry out", lambda text: text.replace(f"- {ENTRIES[0]}\n", ""), []),
    ("edits a title", lambda text: text.replace("**Prefix-Tuning,", "**Prefix Tuning (2021),"), []),
]  # fmt: skip


@pytest.mark.parametrize(("_", "edit", "expected"), PULLS, ids=[name for name, _, _ in PULLS])
@pytest.mark.parametrize("name", ["README.md", "papers.md"])
def test_a_pull_request_is_told_what_it_broke(
    run: Run,
    known: Path,
    _: str,
    edit: Callable[[str], str],
    expected: list[str],
    name: str,
) -> None:
    Path("README.md").unlink()
    Path(name).write_bytes(edit(LIST).encode())
    result = run("check", "--output-format", "json")
    assert told(result) == expected
    assert result.exit_code == bool(expected)


def test_two_branches_that_write_a_baseline_merge_by_keeping_both_sides(
    run: Run, known: Path
) -> None:
    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
        return subprocess.run(
            ["git", *identity, *arguments],  # noqa: S607 - whichever git there is
            capture_output=True,
            text=True,
            check=False,
        )

    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "one")
    git("checkout", "-b", "other")
    Path("README.md").write_text(LIST.replace("# Papers\n", f"# Papers\n\n{NEW}"))
    run("check", "--write-baseline")
    git("commit", "-am", "two")
    git("checkout", "main")
    last = NEW.replace("IA3", "Zed").replace("2205.05638", "2205.05639")
    Path("README.md").write_text(f"{LIST}{last}")
    run("check", "--write-baseline")
    git("commit", "-am", "three")
    git("merge", "other")
    text = known.read_text()
    if "<<<<<<<" in text:
        known.write_text(
            "\n".join(one for one in text.split("\n") if one[:1] not in "<=>" or not one)
        )
    both = f"# Papers\n\n{NEW}" + "\n".join((*(f"- {one}" for one in ENTRIES), last))
    Path("README.md").write_text(both)
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
