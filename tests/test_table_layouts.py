"""Entries go into tables and out of them, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peftlint.escape import in_cell, out_of_cell
from peftlint.layout.made import made_entry
from peftlint.layout.named import Layout, named
from peftlint.layout.own import own_layout
from peftlint.layout.roundtrip import Laid, read_back
from peftlint.layout.row import cells, is_like
from peftlint.markdown.leaf import leaves
from peftlint.model import Document, Entry
from peftlint.normalizer import NormalizeResult, everywhere, normalize
from peftlint.proof import facts
from peftlint.reader import read

PAGE = "https://arxiv.org/abs/2101.00190"
PAPER = f"[[Paper]({PAGE})]"
CODE = "[[Code](https://github.com/XiangLi1999/PrefixTuning)]"
BADGE = "![](https://img.shields.io/badge/NLU-green)"
HEAD = "| Title | Venue | Year |\n| --- | --- | --- |\n"


def laid(text: str, layout: Layout | str = "table") -> NormalizeResult:
    """A list under a heading, normalized; a second run changes nothing."""
    used = named(layout) if isinstance(layout, str) else layout
    result = normalize(f"# Papers\n\n{text}", everywhere(used), entries_only=True)
    assert result.refused is None
    again = normalize(result.text, everywhere(used), entries_only=True)
    assert again.text == result.text
    assert not again.changed
    return result


def body(result: NormalizeResult) -> str:
    assert not result.left, result.left
    return result.text.removeprefix("# Papers\n\n")


def reasons(result: NormalizeResult) -> list[str]:
    return [left.reason for left in result.left]


def cells_of(document: Document) -> list[str]:
    """What stands in the cells of all tables, as markdown-it renders it."""
    shown = [leaf.html for leaf in leaves(document.text) if leaf.html.startswith("table>tbody")]
    return [html.partition(" ")[2] for html in shown]


# Into tables


def test_a_list_becomes_a_table_with_the_columns_that_its_entries_fill() -> None:
    text = f"- **Prefix-Tuning,** ACL 2021. {CODE}{PAPER}\n\n- **One Prompt,** ICLR 2022. {PAPER}\n"
    assert body(laid(text)) == (
        "| Title | Venue | Year | Links |\n"
        "| --- | --- | --- | --- |\n"
        f"| [Prefix-Tuning]({PAGE}) | ACL | 2021 | {CODE[1:-1]} |\n"
        f"| [One Prompt]({PAGE}) | ICLR | 2022 |  |\n"
    )


def test_a_nickname_and_badges_have_columns_of_their_own() -> None:
    text = f"- [LoRA] **Low-Rank Adaptation,** ICLR 2022. {BADGE} {PAPER}\n"
    assert body(laid(text)) == (
        "| Name | Title | Venue | Year | Badges |\n"
        "| --- | --- | --- | --- | --- |\n"
        f"| LoRA | [Low-Rank Adaptation]({PAGE}) | ICLR | 2022 | {BADGE} |\n"
    )


def test_columns_are_those_of_a_section_and_not_of_the_list() -> None:
    text = f"- **One Prompt,** ACL 2021. {PAPER}\n\n## More\n\n- **Two Prompts**. {PAPER}\n"
    assert body(laid(text)) == (
        f"{HEAD}| [One Prompt]({PAGE}) | ACL | 2021 |\n\n## More\n\n"
        f"| Title |\n| --- |\n| [Two Prompts]({PAGE}) |\n"
    )


def test_a_template_of_ones_own_keeps_all_its_columns() -> None:
    layout = own_layout("mine", "| {year} | {title} | {venue} | {links:@ @} | {badges} |")
    text = f"- **One Prompt,** ACL 2021. {PAPER}\n"
    assert body(laid(text, layout)) == (
        "| Year | Title | Venue | Links | Badges |\n| --- | --- | --- | --- | --- |\n"
        f"| 2021 | One Prompt | ACL | {PAPER[1:-1]} |  |\n"
    )


def test_prose_stays_between_tables_and_is_parted_from_them() -> None:
    entry = f"- **One Prompt,** ACL 2021. {PAPER}\n"
    row = f"| [One Prompt]({PAGE}) | ACL | 2021 |\n"
    text = f"Before.\n{entry}{entry}\nBetween.\n\n<!-- to do -->\n{entry}## More\n"
    assert body(laid(text)) == (
        f"Before.\n\n{HEAD}{row}{row}\nBetween.\n\n<!-- to do -->\n\n{HEAD}{row}\n## More\n"
    )


def test_line_ends_stay() -> None:
    text = f"- **One Prompt,** ACL 2021. {PAPER}\r\n- **Two Prompts,** ACL 2021. {PAPER}\r\n"
    result = normalize(f"# Papers\r\n\r\n{text}", everywhere(named("table")), entries_only=True)
    assert result.laid == 2
    assert result.text.count("\n") == result.text.count("\r\n") == 6


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Prefix|Tuning", "Prefix\\|Tuning"),
        ("Prefix\\|Tuning", "Prefix\\|Tuning"),
        ("The `a|b` of Scale", "The `a\\|b` of Scale"),
        ("The ``a|`b`` of *all|none*", "The ``a\\|`b`` of *all\\|none*"),
        ("A \\` Mark | a `Code`", "A \\` Mark \\| a `Code`"),
    ],
)
def test_bars_are_escaped_and_come_back_as_they_were(title: str, cell: str) -> None:
    there = laid(f"- **{title},** ACL 2021. {PAPER}\n")
    assert f"| [{cell}]({PAGE}) | ACL | 2021 |" in there.text
    back = laid(there.text.removeprefix("# Papers\n\n"), "petl")
    shown = [f"{leaf.html}" for leaf in leaves(f"{title}\n")]
    assert shown[0].partition(" ")[2] in leaves(back.text)[1].html


def test_words_beside_fields_go_with_them_into_a_cell_and_out() -> None:
    text = f"- \U0001f525 **One Prompt**, ACL 2021 (Oral | Best). {PAPER}\n"
    there = laid(text)
    assert body(there).endswith(
        f"| \U0001f525 [One Prompt]({PAGE}) | ACL | 2021 (Oral \\| Best) |\n"
    )
    back = laid(body(there), "one-line")
    assert body(back) == f"- \U0001f525 **One Prompt**, ACL 2021 (Oral | Best). {PAPER}\n"


def test_few_entries_that_cannot_be_rows_part_the_table() -> None:
    entry = f"- **One Prompt,** ACL 2021. {PAPER}\n"
    row = f"| [One Prompt]({PAGE}) | ACL | 2021 |\n"
    long = f"- **Two Prompts,** ACL 2021. {PAPER}\n  - A summary.\n"
    result = laid(entry * 5 + long + entry * 4)
    assert result.text == f"# Papers\n\n{HEAD}{row * 5}\n{long}\n{HEAD}{row * 4}"
    assert reasons(result) == ["it has lines of its own, and a row of a table is one line"]


def test_a_list_is_not_chopped() -> None:
    entry = f"- **One Prompt,** ACL 2021. {PAPER}\n"
    long = f"- **Two Prompts,** ACL 2021. {PAPER}\n  - A summary.\n"
    text = (entry + long) * 4
    result = laid(f"{text}\n## More\n\n{entry}")
    assert result.text.startswith(f"# Papers\n\n{text}\n## More\n\n| Title")
    assert reasons(result)[0] == (
        "4 of the 8 entries of its section cannot be rows of a table: "
        "in line 4, it has lines of its own, and a row of a table is one line"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"> - **One Prompt,** ACL 2021. {PAPER}\n", "it stands inside another item or a quote"),
        (
            f"- Prompts\n  - **One Prompt,** ACL 2021. {PAPER}\n",
            "it stands inside another item or a quote",
        ),
        (
            f"- **One Prompt,** ACL 2021. {PAPER}\n\n  ---\n",
            "its item holds more than the entry, in line 4",
        ),
        (
            f"- **One Prompt,** ACL 2021. {PAPER}\n\n  A summary of it.\n\n  Another.\n",
            "it has lines of its own, and a row of a table is one line",
        ),
    ],
)
def test_what_cannot_be_a_row_is_left_and_named(text: str, reason: str) -> None:
    result = laid(text)
    assert result.text == f"# Papers\n\n{text}"
    assert reasons(result) == [reason]


# Out of tables


TABLE = (
    "| Date | Paper | Method | Code |\n|:----:|-------|:------|---|\n"
    f"| 12 Mar 2021 | [One Prompt]({PAGE}) | **OnePT** | [GitHub](https://github.com/a/b) |  \n"
    f"| 2022 | [`a\\|b` Prompts]({PAGE}) | - | - |\n"
)


def test_rows_become_items_and_the_head_goes() -> None:
    assert body(laid(f"Before:\n{TABLE}## More\n", "one-line")) == (
        "Before:\n\n"
        f"- [OnePT] **One Prompt**, 12 Mar 2021. {PAPER} [[GitHub](https://github.com/a/b)]\n"
        f"- **`a|b` Prompts**, 2022. {PAPER}\n"
        "\n## More\n"
    )


def test_rows_become_items_of_several_paragraphs_and_numbered_ones() -> None:
    assert "\n\n- **`a|b` Prompts,** 2022.\n\n  [" in body(laid(TABLE, "petl"))
    lines = body(laid(TABLE, "numbered")).splitlines()
    assert [line[:3] for line in lines] == ["1. ", "2. "]


def test_the_work_in_the_place_of_a_head_is_an_item_too() -> None:
    text = f"| [One Prompt]({PAGE}) | ACL 2021 |\n|---|---|\n| [Two Prompts]({PAGE}) | ACL 2022 |\n"
    assert body(laid(text, "one-line")) == (
        f"- **One Prompt**, ACL 2021. {PAPER}\n- **Two Prompts**, ACL 2022. {PAPER}\n"
    )
    assert body(laid(text)).startswith(f"{HEAD}| [One Prompt]({PAGE}) | ACL | 2021 |\n")


@pytest.mark.parametrize(
    ("head", "cell", "reason"),
    [
        ("Task", "NLU", "its column 'Task' holds 'NLU', which is no field of an entry"),
        ("Note", "new!", "its column 'Note' holds 'new!', which is no field of an entry"),
        ("", "NLU", "column 3 of its table holds 'NLU', which is no field of an entry"),
        ("Venue", "ACL 2021 Oral", "its column 'Venue' holds more than a field: 'Oral'"),
        ("Figure", "![](a.png)", "its column 'Figure' holds a picture, which is no field of an entry"),
        ("Image", '<img src="a.png">', "its column 'Image' holds a picture, which is no field of an entry"),
        ("Surveys", "", "'Surveys', the head of a column, says more than which field it holds"),
        ("[Link](a)", "", "the head of its column 'Link' is more than words"),
        ("Code", "[Link](https://a.io)", "only its column 'Code' says what its link 'Link' is"),
        ("Link", "| more", "line 5 of its table has more cells than the table has columns"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("layout", ["petl", "table"])
def test_a_table_that_holds_more_is_left_whole(
    head: str, cell: str, reason: str, layout: str
) -> None:
    text = (
        f"| Paper | Year | {head} |\n| --- | --- | --- |\n"
        f"| [One Prompt]({PAGE}) | 2021 | {cell} |\n| [Two Prompts]({PAGE}) | 2021 |  |\n"
    )
    result = laid(text, layout)
    assert result.text == f"# Papers\n\n{text}"
    assert len(result.left) == 2
    assert reasons(result)[0] == reason


def test_a_table_with_a_category_among_its_rows_is_left() -> None:
    text = f"| Paper | Year |\n| --- | --- |\n| **Prompts** | |\n| [One Prompt]({PAGE}) | 2021 |\n"
    assert reasons(laid(text, "petl")) == ["line 5 of its table is no entry"]


def test_a_table_inside_an_item_is_left() -> None:
    text = f"- Prompts\n\n  | Paper | Year |\n  | --- | --- |\n  | [One Prompt]({PAGE}) | 2021 |\n"
    assert reasons(laid(text, "petl")) == ["its table stands inside an item or a quote"]


def test_a_layout_of_the_list_itself_leaves_tables_alone() -> None:
    layout = named("petl")._replace(name="list")
    text = f"{TABLE}\n- **One Prompt**. {PAPER}\n"
    assert body(laid(text, layout)) == f"{TABLE}\n- **One Prompt**\n\n  {PAPER}\n"


# From table to table


def test_columns_are_put_in_order_and_called_one_way() -> None:
    assert body(laid(TABLE)) == (
        "| Name | Title | Year | Links |\n| --- | --- | --- | --- |\n"
        f"| OnePT | [One Prompt]({PAGE}) | 12 Mar 2021 | [GitHub](https://github.com/a/b) |  \n"
        f"|  | [`a\\|b` Prompts]({PAGE}) | 2022 |  |\n"
    )


def test_a_table_that_has_these_columns_keeps_its_widths() -> None:
    text = f"| Title                | Venue | Year |\n|:--|---|--:|\n| [One Prompt]({PAGE})   |  ACL | 2021\n"
    result = laid(text)
    assert body(result) == text
    assert (result.laid, result.like) == (0, 1)


def test_of_a_table_that_has_these_columns_only_some_rows_may_be_written() -> None:
    rows = f"| [One Prompt]({PAGE}) | ACL | 2021 |\n| [Two Prompts]({PAGE}) | ACL 2022 | |\n"
    result = laid(HEAD + rows)
    assert result.text.startswith(f"# Papers\n\n{HEAD}| [One Prompt]({PAGE}) | ACL | 2021 |\n")


# What holds for all


WORDS = st.sampled_from(
    ["Prompt", "a|b", "`x|y`", "``a`|b``", "*many*", "Low-Rank", "$p|q$", "[all]", "\\", "GPT-4:"]
)
TITLES = st.lists(WORDS, min_size=2, max_size=5).map(lambda words: f"On {' '.join(words)} Tuning")
LABELS = st.sampled_from([("Code", "https://x.io/|a"), ("Slides | Talk", "https://x.io/a_(b)")])
ENTRIES = st.builds(
    made_entry,
    TITLES,
    name=st.sampled_from([None, None, "LoRA"]),
    authors=st.sampled_from([[], ["Ann Lee", "Bo Li"], ["Ann Lee", "J. D. van Berg", "et al."]]),
    venue=st.sampled_from([None, "ICLR", "CVPR Workshop"]),
    year=st.sampled_from([None, 2019, 2024]),
    links=st.lists(LABELS, max_size=2, unique=True).map(lambda more: [("Paper", PAGE), *more]),
    badges=st.lists(st.just(("a|b", "https://img.shields.io/badge/A|B-blue")), max_size=2),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=4), st.sampled_from(["one-line", "petl", "numbered"]))
def test_what_goes_into_a_table_comes_out_as_it_was(entries: list[Entry], name: str) -> None:
    written = [read_back(named(name), entry, number=i) for i, entry in enumerate(entries, 1)]
    text = "\n\n".join(one.text for one in written if isinstance(one, Laid))
    before = read(f"# Papers\n\n{text}\n")
    there = laid(f"{text}\n")
    table = read(there.text)
    for old, new in zip(before.entries, table.entries, strict=True):
        assert in_any_order(facts(old)) == in_any_order(facts(new))
    if not there.left:
        assert len(cells_of(table)) % len(table.entries) == 0
        assert {entry.kind for entry in table.entries} == {"table-row"}
    back = read(laid(there.text.removeprefix("# Papers\n\n"), name).text)
    for old, new in zip(before.entries, back.entries, strict=True):
        assert in_any_order(facts(old)) == in_any_order(facts(new))


def in_any_order(said: dict[str, object]) -> dict[str, object]:
    """Facts with the links sorted, the title's own called as others: layouts differ in these."""
    links = said["links"]
    assert isinstance(links, list)
    named_ = [("Paper" if label == "@title" else label, url) for label, url in links]
    return {**said, "links": sorted(named_, key=str)}


@settings(max_examples=40)
@given(st.text(st.sampled_from("a|\\` *"), max_size=12))
def test_no_bar_in_a_cell_ends_it(text: str) -> None:
    cell = in_cell(text)
    assert len(cells(f"| x{cell} | y |")) == 2
    assert in_cell(text.replace("\\", "")) == text.replace("\\", "").replace("|", "\\|")
    assert out_of_cell(in_cell(text.replace("\\", ""))) == text.replace("\\", "")


def test_rows_are_alike_whatever_their_widths() -> None:
    assert is_like("| a |  | b\\|c |", "|a||   b\\|c|")
    assert not is_like("| a | b |", "| b | a |")
    assert cells("a | b |") == ["a", "b"]
