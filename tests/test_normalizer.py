"""Entries are laid out one way, and nothing is lost on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from peftlint.layout.named import Layout, named
from peftlint.layout.template import parse
from peftlint.normalizer import NormalizeResult, everywhere, normalize
from peftlint.proof import facts
from peftlint.reader import read

SHARED = Path(__file__).parent.parent.parent / "shared"
GOLD = SHARED / "gold" / "seeds.jsonl"
SEEDS = sorted(SHARED.glob("lists/seeds/*.md"))
WHOLE = ("petl", "three-part", "numbered", "delta", "one-line", "linked-title")

PAPER = "[[Paper](https://arxiv.org/abs/2101.00190)]"
PAPER_IN_HTML = '<a href="https://arxiv.org/abs/2101.00190">Paper</a>'
CODE = "[[Code](https://github.com/XiangLi1999/PrefixTuning)]"


def laid(text: str, name: str = "petl") -> NormalizeResult:
    """A list under a heading, normalized; a second run changes nothing."""
    result = normalize(f"# Papers\n\n{text}", everywhere(named(name)))
    again = normalize(result.text, everywhere(named(name)))
    assert again.text == result.text
    assert not again.changed
    return result


def body(result: NormalizeResult) -> str:
    assert result.refused is None
    assert not result.left, result.left
    return result.text.removeprefix("# Papers\n\n")


def test_an_entry_is_written_in_the_layout() -> None:
    result = laid(
        f"- [Prefix-Tuning](https://arxiv.org/abs/2101.00190), *Xiang Lisa Li, Percy Liang*, ACL 2021 {CODE}\n"
    )
    assert body(result) == (
        "- **Prefix-Tuning,** ACL 2021 (arXiv:2101.00190).\n\n"
        f"  *Xiang Lisa Li, Percy Liang.* {PAPER}{CODE}\n"
    )
    assert (result.laid, result.like) == (1, 0)


def test_an_entry_that_is_written_so_is_not_touched() -> None:
    text = f"- **Prefix-Tuning,** ACL 2021 (arXiv:2101.00190).\n\n  *Ann Lee, Bo Li.* {PAPER}\n"
    result = laid(text)
    assert body(result) == text
    assert (result.laid, result.like, result.changed) == (0, 1, False)


def test_words_behind_a_field_stay_behind_it() -> None:
    text = f"- **Prefix-Tuning**, ACL 2021 (Oral) \U0001f525. {PAPER} (in Chinese) {CODE}\n"
    assert body(laid(text)) == (
        "- **Prefix-Tuning,** ACL 2021 (Oral) \U0001f525 (arXiv:2101.00190).\n\n"
        f"  {PAPER} (in Chinese){CODE}\n"
    )


def test_names_are_turned_only_where_a_comma_says_so() -> None:
    text = f"- **Prefix-Tuning**. *Ann Lee, LILI YU, Bo M.* {PAPER}\n"
    assert body(laid(text)) == f"- **Prefix-Tuning,**\n\n  *Ann Lee, LILI YU, Bo M.* {PAPER}\n"


def test_a_bracket_is_not_left_alone() -> None:
    layout = Layout("own", parse("- {title} [{links:@ @}"))
    text = f"# Papers\n\n- Prefix-Tuning [{PAPER[1:-1]}]\n"
    result = normalize(text, everywhere(layout))
    assert result.text == text
    assert [left.reason for left in result.left] == ["its brackets would not match"]


def test_what_stands_below_stays_below() -> None:
    below = "  - A summary with a [blog post](https://b.io).\n\n    ![figure](fig.png)\n\n  <!-- to do -->\n"
    text = f"- **Prefix-Tuning**, ACL 2021. {PAPER}\n{below}"
    assert body(laid(text, "linked-title")) == (
        f"- [Prefix-Tuning](https://arxiv.org/abs/2101.00190), ACL 2021.\n{below}"
    )


def test_what_stands_below_is_indented_as_the_item_is() -> None:
    text = f"- **Prefix-Tuning**, ACL 2021. {PAPER}\n  - A summary.\n"
    assert body(laid(text, "numbered")) == (
        f"1. **Prefix-Tuning**. **ACL'2021**. {PAPER[1:-1]}\n   - A summary.\n"
    )


def test_items_get_numbers_in_order_and_keep_those_that_they_have() -> None:
    text = f"- **One Prompt**. {PAPER}\n- **Two Prompts**. {PAPER}\n\n## More\n\n7. **Ten Prompts**. {PAPER}\n"
    lines = body(laid(text, "numbered")).splitlines()
    assert [line.partition(" ")[0] for line in lines if "**" in line] == ["1.", "2.", "7."]


def test_items_of_several_paragraphs_are_parted() -> None:
    text = f"- **One Prompt**. {PAPER}\n- **Two Prompts**. {PAPER}\n"
    assert body(laid(text)) == (
        f"- **One Prompt,**\n\n  {PAPER}\n\n- **Two Prompts,**\n\n  {PAPER}\n"
    )


def test_line_ends_stay() -> None:
    text = f"# Papers\r\n\r\n- **One Prompt**. {PAPER}\r\n- **Two Prompts**. {PAPER}\r\n"
    result = normalize(text, everywhere(named("petl")))
    assert result.laid == 2
    assert "\n" not in result.text.replace("\r\n", "")


def test_an_entry_in_a_quote_stays_in_it() -> None:
    text = f"> - **One Prompt**. {PAPER}\n"
    assert body(laid(text)) == f"> - **One Prompt,**\n>\n>   {PAPER}\n"


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (
            f"- **Prefix-Tuning**, *Ann Lee, Bo Li*. {PAPER}\n",
            "badges",
            "the layout has no place for its authors",
        ),
        (
            f"- **Prefix-Tuning**. {PAPER} <!-- peftlint-disable-line -->\n",
            "petl",
            "a comment in it speaks of its lines",
        ),
        (
            "<table>\n<tr><th>Title</th><th>Link</th></tr>\n"
            f"<tr><td>Prefix-Tuning</td><td>{PAPER_IN_HTML}</td></tr>\n</table>\n",
            "petl",
            "it is a row of a table in HTML",
        ),
        (
            f"- **Prefix-Tuning**\n  - A summary of it.\n  - *Ann Lee, Bo Li.*\n  - {PAPER}\n",
            "petl",
            "its authors stand among words that are no field",
        ),
    ],
)
def test_what_cannot_be_laid_out_is_left_and_named(text: str, name: str, reason: str) -> None:
    result = laid(text, name)
    assert result.text == f"# Papers\n\n{text}"
    assert [left.reason for left in result.left] == [reason]
    assert result.left[0].title == "Prefix-Tuning"


def test_what_is_no_entry_is_not_touched() -> None:
    around = "Some *prose*  \nhere.\n\n* [Contents](#papers)\n\n```\n- **Title,** in code\n```\n\n"
    text = f"{around}- **One Prompt**. {PAPER}\n\n<details>\n\nMore.\n\n</details>\n"
    result = laid(text)
    assert result.text.startswith(f"# Papers\n\n{around}- **One Prompt,**\n")
    assert result.text.endswith(f"{PAPER}\n\n<details>\n\nMore.\n\n</details>\n")


@pytest.mark.skipif(not SEEDS, reason=f"the real lists are not there: {SHARED / 'lists'}")
@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_list_goes_to_another_layout_and_back(path: Path, tmp_path: Path) -> None:
    """With the same facts, by our reading and by that of a person."""
    text = path.read_bytes().decode("utf-8")
    there = normalize(text, everywhere(named("three-part")))
    back = normalize(there.text, everywhere(named("petl")))
    assert there.refused is None
    assert back.refused is None
    was, now = read(text).entries, read(back.text).entries
    assert [in_any_order(facts(entry)) for entry in was] == [
        in_any_order(facts(entry)) for entry in now
    ]
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    gold = sorted(
        (one for one in gold if Path(one["path"]).name == path.name), key=lambda one: one["line"]
    )
    figures = [score(path, gold, tmp_path)]
    moved = tmp_path / path.name
    moved.write_bytes(back.text.encode())
    for one, entry in zip(gold, now, strict=True):
        one["line"], one["end_line"] = entry.line, entry.end_line
    assert [score(moved, gold, tmp_path)] == figures


def in_any_order(said: dict[str, object]) -> dict[str, object]:
    """Facts with the links sorted: a layout puts badges, which may be links, where it has them."""
    links = said["links"]
    assert isinstance(links, list)
    return {**said, "links": sorted(links, key=str)}


def score(path: Path, gold: list[dict[str, object]], folder: Path) -> dict[str, str]:
    """How the export of a list compares with gold, the places of entries aside."""
    export, wanted = folder / "export.jsonl", folder / "gold.jsonl"
    wanted.write_text("".join(f"{json.dumps(one)}\n" for one in gold), encoding="utf-8")
    command = [sys.executable, "-m", "peftlint", "export", "--format", "jsonl", str(path)]
    export.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    command = [sys.executable, str(SHARED / "score.py"), str(wanted), str(export)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    shown = dict(line.split() for line in run.stdout.splitlines())
    return {key: shown[key] for key in shown.keys() - {"span", "all_fields"}}
