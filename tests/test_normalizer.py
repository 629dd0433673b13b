"""Entries are laid out one way, and nothing is lost on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from peftlint import normalizer
from peftlint.drafting import Draft
from peftlint.formatting import syntax
from peftlint.layout.lacking import losable
from peftlint.layout.named import OWN, Layout, named
from peftlint.layout.template import LayoutError, parse
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.normalizer import NormalizeResult, everywhere, normalize
from peftlint.proof import facts
from peftlint.reader import read
from peftlint.registry import layout_rules

SHARED = Path(__file__).parent.parent.parent / "shared"
GOLD = SHARED / "gold" / "seeds.jsonl"
SEEDS = sorted(SHARED.glob("lists/seeds/*.md"))
#: Each list with another layout, and the one that is most like its own.
THERE_AND_BACK = (
    ("petl-jianghaojun", "table", "petl"),
    ("peft-synbol", "linked-title", "three-part"),
    ("peft-thudm", "table", "numbered"),
    ("peft-a2z", "table", "badges"),
    ("delta-papers", "numbered", "delta"),
)

PAPER = "[[Paper](https://arxiv.org/abs/2101.00190)]"
PAPER_IN_HTML = '<a href="https://arxiv.org/abs/2101.00190">Paper</a>'
CODE = "[[Code](https://github.com/XiangLi1999/PrefixTuning)]"


def laid(text: str, name: str = "petl", *may_lose: str) -> NormalizeResult:
    """A list under a heading, its entries laid out; a second run changes nothing."""
    choice, lost = everywhere(named(name)), losable(may_lose)
    result = normalize(f"# Papers\n\n{text}", choice, may_lose=lost, entries_only=True)
    again = normalize(result.text, choice, may_lose=lost, entries_only=True)
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


AUTHORS = "*Ann Lee, [Bo Li](https://bo.io)*"
BADGE = "![LoRA](https://img.shields.io/badge/LoRA-blue)"


def test_a_layout_without_a_place_for_a_field_is_refused_with_what_would_help() -> None:
    text = (
        f"- **Prefix-Tuning**, *Ann Lee, Bo Li*, ACL 2021. {PAPER}\n"
        f"- **Prompt Tuning**. {PAPER}\n"
        f"- **Adapters**, *Cy Ng, Di Xu*. {PAPER}\n"
    )
    result = laid(text, "badges")
    assert result.text == f"# Papers\n\n{text}"
    assert result.laid == 0
    assert result.refused == (
        "the layout badges has no place for authors (2 entries, the first in line 3), "
        "venue (1 entry, in line 3) and year (1 entry, in line 3); "
        "--allow-loss authors --allow-loss venue --allow-loss year drops them"
    )
    result = laid(text, "badges", "venue", "year")
    assert result.refused == (
        "the layout badges has no place for authors (2 entries, the first in line 3); "
        "--allow-loss authors drops them"
    )
    result = laid(text, "badges", "authors", "venue", "year")
    assert body(result) == (
        f"- Prefix-Tuning {PAPER}\n- Prompt Tuning {PAPER}\n- Adapters {PAPER}\n"
    )


@pytest.mark.parametrize(
    ("source", "may_lose", "expected"),
    [
        ("- {title} {links}", "name badges authors venue year links remarks", f"- Prefix-Tuning {PAPER}"),
        ("- {title}{, {venue}} {links:@ @}{ {badges}}", "name authors links year remarks",
         f"- Prefix-Tuning, ACL {PAPER[1:-1]} {BADGE}"),
        ("- {[{name}] }{title}{, *{authors}*}{ {badges}}", "links venue year remarks",
         f"- [PT] Prefix-Tuning, {AUTHORS} {BADGE}"),
        ("- {title}{ ({venue}{ {year}})} {links}", "links name authors badges",
         f"- Prefix-Tuning (ACL 2021) Oral {PAPER}"),
    ],
)  # fmt: skip
def test_what_may_be_lost_is_dropped_and_nothing_else(
    source: str, may_lose: str, expected: str
) -> None:
    layout = everywhere(Layout("own", parse(source)))
    text = f"# Papers\n\n- **[PT]** **Prefix-Tuning**, {AUTHORS}, ACL 2021 Oral. {PAPER} {BADGE}\n"
    lost = losable(may_lose.split())
    assert normalize(text, layout, may_lose=lost).text == f"# Papers\n\n{expected}\n"
    # One field fewer, and nothing is dropped.
    for field in lost:
        result = normalize(text, layout, may_lose=lost - {field})
        assert result.text == text
        assert result.refused is not None
        assert f"--allow-loss {field} drops" in result.refused


def test_a_list_s_own_layout_leaves_what_it_has_no_place_for() -> None:
    layout = everywhere(Layout(OWN, parse("- {title} {links:@ @}")))
    text = f"# Papers\n\n- **One**, *Ann Lee, Bo Li*. {PAPER}\n- **Two Prompts**. {PAPER}\n"
    result = normalize(text, layout)
    assert (result.laid, result.refused) == (1, None)
    assert [left.reason for left in result.left] == ["the layout has no place for its authors"]


def test_what_cannot_be_lost_is_told() -> None:
    with pytest.raises(LayoutError, match="'titel' cannot be let go; what can is name, authors, "):
        losable(["authors", "titel"])


def test_a_number_on_arxiv_that_no_link_shows_stays() -> None:
    text = "- **Prefix-Tuning**, *Ann Lee, Bo Li*, ACL 2021, arXiv:2101.00190 [[Code](https://github.com/a/b)]\n"
    assert body(laid(text, "three-part")) == (
        "- **Prefix-Tuning,** ACL 2021 (arXiv:2101.00190).\n\n"
        "  *Ann Lee, Bo Li.*\n\n  [[Code](https://github.com/a/b)]\n"
    )
    text = "- **Prefix-Tuning**. *Ann Lee, Bo Li*. arXiv:2101.00190. [[Code](https://github.com/a/b)]\n"
    assert body(laid(text, "one-line")) == (
        "- **Prefix-Tuning**, *Ann Lee, Bo Li*, arXiv:2101.00190. [[Code](https://github.com/a/b)]\n"
    )


def test_words_between_venue_and_year_go_behind_both_where_these_are_one_word() -> None:
    text = f"- **Prefix-Tuning**, ACL (Findings) 2021. {PAPER}\n"
    assert body(laid(text, "numbered")) == (
        f"1. **Prefix-Tuning**. **ACL'2021** (Findings). {PAPER[1:-1]}\n"
    )


def test_words_behind_a_title_are_parted_from_it() -> None:
    text = "- [Taichi Viewer](https://github.com/a/b) - Renderer with benchmarks\n"
    assert body(laid(text, "one-line")) == (
        "- **Taichi Viewer** - Renderer with benchmarks. [[Code](https://github.com/a/b)]\n"
    )


def test_a_title_opens_only_the_link_that_comes_back_as_it_was_called() -> None:
    text = f"- **One Prompt**. {PAPER}\n- **Two Prompts**. {PAPER.replace('Paper', 'pdf')}\n"
    two = "[Two Prompts](https://arxiv.org/abs/2101.00190)."
    there = laid(text, "linked-title")
    assert body(there) == (
        "- [One Prompt](https://arxiv.org/abs/2101.00190).\n"
        "- **Two Prompts**. [[pdf](https://arxiv.org/abs/2101.00190)]\n"
    )
    assert body(laid(body(there), "one-line")) == text
    assert body(laid(text, "linked-title", "labels")) == body(there).partition("- **Two")[0] + (
        f"- {two}\n"
    )


def test_marks_do_not_stand_inside_the_same_marks() -> None:
    text = f"- Tuning **Prompts** of *Large* Models, [[Paper]](https://arxiv.org/abs/2101.00190), {CODE}\n"
    assert (
        body(laid(text, "one-line")) == f"- **Tuning Prompts of *Large* Models**. {PAPER} {CODE}\n"
    )
    authors = "*Ann Lee*, Bo Li*, Cy Ng*"
    text = f"- **Prefix-Tuning**\n\n  {authors} {PAPER}\n"
    assert "*Ann Lee\\*, Bo Li\\*, Cy Ng.*" in body(laid(text))


def test_a_number_in_a_title_s_marks_stays_there() -> None:
    text = f'- **[12] Prefix-Tuning of "Large" Models,** ACL2021. {PAPER}\n'
    assert body(laid(text, "one-line")) == (
        f'- **[12] Prefix-Tuning of "Large" Models**, ACL 2021. {PAPER}\n'
    )


def test_what_is_no_entry_is_not_touched() -> None:
    around = "Some *prose*  \nhere.\n\n* [Contents](#papers)\n\n```\n- **Title,** in code\n```\n\n"
    text = f"{around}- **One Prompt**. {PAPER}\n\n<details>\n\nMore.\n\n</details>\n"
    result = laid(text)
    assert result.text.startswith(f"# Papers\n\n{around}- **One Prompt,**\n")
    assert result.text.endswith(f"{PAPER}\n\n<details>\n\nMore.\n\n</details>\n")


@pytest.mark.skipif(not SEEDS, reason=f"the real lists are not there: {SHARED / 'lists'}")
@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(("seed", "other", "home"), THERE_AND_BACK)
def test_a_seed_list_goes_to_another_layout_and_back(
    seed: str, other: str, home: str, tmp_path: Path
) -> None:
    """With the same facts, by our reading and by that of a person."""
    path = SHARED / "lists" / "seeds" / f"{seed}.md"
    text = path.read_bytes().decode("utf-8")
    there = normalize(text, everywhere(named(other)))
    back = normalize(there.text, everywhere(named(home)))
    again = normalize(back.text, everywhere(named(home)))
    assert there.laid
    assert (there.refused, back.refused, again.refused) == (None, None, None)
    assert again.text == back.text
    was, now = read(text).entries, read(back.text).entries
    assert [in_any_order(facts(entry)) for entry in was] == [
        in_any_order(facts(entry)) for entry in now
    ]
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    gold = sorted(
        (one for one in gold if Path(one["path"]).name == path.name), key=lambda one: one["line"]
    )
    figures = score(path, gold, tmp_path)
    moved = tmp_path / path.name
    for written in (there.text, back.text):
        moved.write_bytes(written.encode())
        for one, entry in zip(gold, read(written).entries, strict=True):
            one["line"], one["end_line"] = entry.line, entry.end_line
        assert score(moved, gold, tmp_path) == figures


def in_any_order(said: dict[str, object]) -> dict[str, object]:
    """Facts with the links sorted: a layout puts badges, which may be links, where it has them.

    Their labels are written as most of the list's are, see PL106.
    """
    links = said["links"]
    assert isinstance(links, list)
    folded = [(label and label.casefold(), url) for label, url in links]
    return {**said, "links": sorted(folded, key=str)}


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


# --- The rest of a list ---------------------------------------------------------------------------

UNEVEN = (
    "Papers\n======\n\n"
    f"1. **One Prompt**. {PAPER}\n1. **Two Prompts**. {PAPER}\n1. **Three Prompts**. {PAPER}\n\n"
    "* Words of *ours*\n"
    "\n<!-- To do -->\n\n|a|\n|-|\n|b|hidden|\n"
)


def petl(text: str) -> NormalizeResult:
    return normalize(text, everywhere(named("petl")))


def test_the_rest_is_written_too_unless_entries_alone_are_asked_for() -> None:
    choice = everywhere(named("numbered"))
    assert normalize(UNEVEN, choice).text == (
        "# Papers\n\n"
        f"1. **One Prompt**. {PAPER[1:-1]}\n1. **Two Prompts**. {PAPER[1:-1]}\n"
        f"1. **Three Prompts**. {PAPER[1:-1]}\n\n- Words of *ours*\n"
        "\n<!-- To do -->\n\n|a|\n|-|\n|b|hidden|\n"
    )
    entries = normalize(UNEVEN, choice, entries_only=True).text
    assert entries.startswith("Papers\n======\n\n1. **One")
    assert "\n\n* Words of *ours*\n" in entries


def test_nothing_is_left_that_the_rules_about_layout_could_fix() -> None:
    text = (
        f"# Papers\n- **One Prompt,** ACL 2021. {PAPER}\n- **Two Prompts,** ACL 2021. {PAPER}\n"
        f"- **Three Prompts,** ACL 2021. {PAPER}\n- **Four Prompts,** ACL 2021. {PAPER}\n\n"
        "1. first\n2. second\n4. third\n"
    )
    for entries_only in (False, True):
        result = normalize(text, everywhere(named("petl")), entries_only=entries_only)
        assert result.refused is None
        assert [found.code for found in lint(read(result.text), layout_rules()) if found.fix] == []


def test_an_entry_on_which_a_rule_and_the_layout_do_not_agree_is_left() -> None:
    papers = "".join(f"- **Prompt Number {number}**. {PAPER}\n" for number in range(3))
    text = f'# Papers\n\n{papers}- [Brax](https://github.com/google/brax) <img src="brax.gif">\n'
    for entries_only in (False, True):
        result = normalize(text, everywhere(named("one-line")), entries_only=entries_only)
        assert (result.text, result.refused, result.unformatted) == (text, None, None)
        assert [(left.line, left.reason) for left in result.left] == [
            (6, "a rule about layout, or mdformat, would undo a part of it again and again")
        ]


def written_as(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Let mdformat write `new` where it would write `old`."""

    def spoilt(text: str, places: Sequence[tuple[int, int]]) -> str:
        return syntax_formatted(text, places).replace(old, new)

    syntax_formatted = syntax.formatted
    monkeypatch.setattr(syntax, "formatted", spoilt)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Words of", "Words or", "line 8: 'Words of <em>ours</em>' would render otherwise"),
        ("Three Prompts", "3 Prompts", "line 6: it would change the title of the entry 'Three Prompts'"),
        ("|a|\n|-|\n|b|hidden|", "", "line 12: there would be other blocks"),
        ("<!-- To do -->", "<!-- -->", "line 10: '<!-- To do -->' would render otherwise"),
        ("hidden", "", "line 14: it would lose the word 'hidden'"),
    ],
)  # fmt: skip
def test_where_mdformat_changes_more_than_looks_only_the_entries_are_written(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, reason: str
) -> None:
    choice = everywhere(named("numbered"))
    entries = normalize(UNEVEN, choice, entries_only=True)
    written_as(monkeypatch, old, new)
    result = normalize(UNEVEN, choice)
    assert (result.refused, result.unformatted) == (None, reason)
    assert result.text == entries.text
    assert result.laid == entries.laid == 3


def test_where_mdformat_fails_only_the_entries_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(text: str, places: Sequence[tuple[int, int]]) -> str:
        raise AssertionError

    monkeypatch.setattr(syntax, "formatted", failing)
    result = petl(UNEVEN)
    assert result.unformatted == "line 1: mdformat fails on it: AssertionError"
    assert result.text == normalize(UNEVEN, everywhere(named("petl")), entries_only=True).text


def test_where_mdformat_does_not_come_to_rest_only_the_entries_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written_as(monkeypatch, "*ours*", "*ours* again")
    monkeypatch.setattr("peftlint.rest._changed_page", lambda *_: None)
    result = petl(UNEVEN)
    assert result.unformatted is not None
    assert result.unformatted.endswith("a second run would change it again")
    assert result.text == normalize(UNEVEN, everywhere(named("petl")), entries_only=True).text


def test_an_entry_that_is_left_keeps_its_characters() -> None:
    left = f"- **Prefix-Tuning**  \n  - A \\summary\\_ of it.&nbsp;x\n  - *Ann Lee, Bo Li.*\n  - {PAPER}\n"
    result = petl(f"# Papers\n\n{left}")
    assert len(result.left) == 1
    assert result.text == f"# Papers\n\n{left}".replace("**  \n", "**\n")


def test_a_list_that_fails_entry_by_entry_is_not_read_for_each_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempts: list[int] = []

    def one_more(_drafting: object, _after: Document, drafts: Sequence[Draft]) -> dict[int, str]:
        attempts.append(len(drafts))
        return {drafts[0].index: "it would lose a word"}

    monkeypatch.setattr(normalizer, "problems", one_more)
    text = "".join(f"- **Visual Prompt Tuning {n},** ECCV 2022.\n" for n in range(60))
    result = normalize(text, everywhere(named("one-line")), entries_only=True)
    assert (result.text, result.refused, len(result.left)) == (text, None, 60)
    assert len(attempts) < 30
