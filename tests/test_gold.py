"""Real lists, read by hand: what peftlint makes of them.

They stand beside the checkout where peftlint is made, and are not ours to ship.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from peftlint import registry
from peftlint.linter import lint
from peftlint.reader import read

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SEEDS = sorted(SHARED.glob("lists/seeds/*.md"))
#: The longest first: whoever runs tests side by side does not wait for it at the end.
WILD = sorted(SHARED.glob("lists/wild/*.md"), key=lambda path: -path.stat().st_size)

pytestmark = [
    pytest.mark.skipif(
        not (SEEDS and WILD), reason=f"the real lists are not there: {SHARED / 'lists'}"
    ),
    pytest.mark.usefixtures("untraced"),
]


def score(lists: Sequence[Path], gold: str, folder: Path) -> tuple[dict[str, float], str]:
    """How the export of some lists compares with gold: figures, and the differences."""
    export = folder / "export.jsonl"
    command = [sys.executable, "-m", "peftlint", "export", "--format", "jsonl", *map(str, lists)]
    with export.open("wb") as output:
        subprocess.run(command, stdout=output, check=True)
    sample = ["--sample"] if gold == "wild" else []
    run = subprocess.run(
        [sys.executable, SHARED / "score.py", "-v", *sample, SHARED / f"gold/{gold}.jsonl", export],
        capture_output=True,
        text=True,
        check=True,
    )
    figures = (line.split() for line in run.stdout.splitlines())
    return {name: float(value) for name, value in figures}, run.stderr


@pytest.mark.parametrize(
    ("lists", "gold"), [(SEEDS, "seeds"), (WILD, "wild")], ids=["seeds", "wild"]
)
def test_the_lists_are_read_as_by_hand(lists: list[Path], gold: str, tmp_path: Path) -> None:
    """Every entry is found, nothing else is, and their fields are right."""
    figures, differences = score(lists, gold, tmp_path)
    assert figures.pop("entries") > 0
    assert figures.pop("missing") == 0, differences
    assert figures.pop("extra") == 0, differences
    assert figures.pop("found") == 1
    assert figures.pop("all_fields") >= 0.98, differences
    assert {name: value for name, value in figures.items() if value < 0.99} == {}, differences


def test_the_seed_lists_have_the_findings_that_were_seen_by_hand() -> None:
    """All that are required, and of these rules no other than those that are allowed."""
    rows = (SHARED / "gold" / "seeds-findings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    required: Counter[tuple[str, int, str]] = Counter()
    allowed: set[tuple[str, int, str]] = set()
    for path, line, rule, status in (row.split("\t") for row in rows):
        finding = (Path(path).name, int(line), rule)
        if status == "required":
            required[finding] += 1
        else:
            allowed.add(finding)
    names = sorted({rule for _, _, rule in [*required, *allowed]})
    found = Counter(
        (path.name, diagnostic.line, diagnostic.name)
        for path in SEEDS
        for diagnostic in lint(read(path.read_bytes().decode("utf-8")), registry.select(names))
    )
    assert required - found == Counter()
    assert set(found - required) - allowed == set()


@pytest.mark.parametrize(
    ("name", "rule", "lines"),
    [
        ("peft-thudm", "missing-marker-space", {26}),
        ("peft-synbol", "mixed-title-delimiter", {226, 234, 242, 293}),
        ("delta-papers", "missing-badge-space", {51, 71}),
        ("petl-jianghaojun", "misplaced-badge", {120}),
        ("petl-jianghaojun", "mixed-title-delimiter", {165}),
        ("petl-jianghaojun", "malformed-badge", {165}),
    ],
)
def test_what_else_was_seen_in_a_seed_list_is_found(name: str, rule: str, lines: set[int]) -> None:
    text = (SHARED / "lists" / "seeds" / f"{name}.md").read_bytes().decode("utf-8")
    found = {diagnostic.line for diagnostic in lint(read(text), registry.select([rule]))}
    assert lines <= found


@pytest.mark.parametrize("path", WILD, ids=lambda path: path.stem)
def test_code_and_comments_of_a_wild_list_are_left_alone(path: Path) -> None:
    text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    rules = registry.select()
    hidden = hidden_lines(text)
    assert [found for found in lint(read(text), rules) if found.line in hidden] == []


def hidden_lines(text: str) -> set[int]:
    """The lines that are wholly in code or in a comment, by markdown-it's own account."""
    hidden = set[int]()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        comment = token.type == "html_block" and token.content.strip().startswith("<!--")
        if token.map is None or not (token.type in ("fence", "code_block") or comment):
            continue
        start, end = token.map
        if comment:
            # A comment ends in the line with `-->`; the block goes on with what follows it.
            end = start + token.content.partition("-->")[0].count("\n")
        hidden.update(range(start + 1, end + 1))
    return hidden
