"""What shows that something is a work, and what is only about the list."""

from __future__ import annotations

import pytest

from peftlint.reader import read

PAPER = "https://arxiv.org/abs/2503.22020"
CODE = "https://github.com/acme/cot"


def shown(text: str) -> list[tuple[int, int, str, list[str | None]]]:
    """First and last line, title and addresses of each entry."""
    return [
        (entry.line, entry.end_line, entry.title.text, [link.url for link in entry.links])
        for entry in read(text).entries
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[\u2190 Back to Main Page](README.md)",
        "[Go back to the README](../README.md)",
        "[\u8fd4\u56de](README.md)",
        "[The topics](topics/topics.md)",
        "- \u674e\u5a1f\u5b50:[\u6e05\u534e\u5927\u5b66](https://example.org/lee)",
        "* LinkedIn: [Ann Lee](https://www.linkedin.com/in/lee)",
        f"* [Pull requests]({CODE}/pulls) welcome!",
        f"- [Reading Groups]({CODE}) - A paper & resource list of large models.",
        f"- [Practical Guide]({CODE}) - A curated list of practical guides.",
        f":star2: [CVPR 2024]({CODE}) \u6301\u7eed\u66f4\u65b0\u8bba\u6587",
        f"> **Based on the survey**: *[Distorted or Fabricated Videos: A Survey]({PAPER})*",
        f"> **Surveys of Models** | **[Chat Group]({CODE}/blob/main/qr.jpg)**",
        f"**A Recommendation of Ours. Check out the recent [report of Acme]({PAPER})**",
    ],
)
def test_what_is_about_the_list_is_no_work(text: str) -> None:
    assert shown(f"# Papers\n\n{text}\n") == []


@pytest.mark.parametrize(
    "title",
    ["Back to MLP: A Simple Baseline", "Back to the Source: Adaptation", "Return to Learning"],
)
def test_words_of_such_remarks_may_begin_a_title(title: str) -> None:
    assert shown(f"- [{title}]({PAPER})\n") == [(1, 1, title, [PAPER])]


TITLE = "Learning Loss for Active Learning"


@pytest.mark.parametrize(
    ("below", "end"),
    [
        (f"\n\n[{PAPER}]({PAPER})", 3),
        (f"\n\n{PAPER}", 3),
        (f"  \nPaper: {PAPER}", 2),
        (f"\n\n- [Paper]({PAPER})", 3),
        (f"\n\n- Oral\n- Paper: {PAPER}", 4),
        (f"\n\n- Oral\n- \u8bba\u6587\uff1a{PAPER}", 4),
        (f"\n\n- \u8bba\u6587\u4e0b\u8f7d\u94fe\u63a5\uff1a{PAPER}", 3),
    ],
)
def test_an_address_below_a_strong_title_belongs_to_it(below: str, end: int) -> None:
    assert shown(f"**{TITLE}**{below}\n") == [(1, end, TITLE, [PAPER])]


def test_links_below_a_linked_title_belong_to_it() -> None:
    text = f"**[{TITLE}]({PAPER})**\n\n- [Code]({CODE})\n"
    assert shown(text) == [(1, 3, TITLE, [PAPER, CODE])]


def test_labels_of_addresses_are_known_in_compounds() -> None:
    text = (
        f"**{TITLE}**\n\n- \u8bba\u6587\u94fe\u63a5\uff1a{PAPER}\n"
        f"- \u4ee3\u7801\u548c\u6570\u636e\u96c6\uff1a{CODE}\n"
    )
    assert shown(text) == [(1, 4, TITLE, [PAPER, CODE])]


def test_lines_of_labelled_addresses_make_a_plain_paragraph_an_entry() -> None:
    text = f"{TITLE} ,\nProject+Code: <{CODE}>\nPDF: <{PAPER}>\n"
    assert shown(text) == [(1, 3, TITLE, [CODE, PAPER])]
    assert shown(f"Some prose that goes on,\nsee <{CODE}>\n") == []


def test_strong_letters_begin_the_next_work() -> None:
    text = (
        f"**A Cookbook of Recipes** \\\n[[Github]({CODE})]\n\n"
        f"**A Tag of Words** \\\n*Ann Lee, Bo Chen* \\\n[[Paper]({PAPER})]\n"
    )
    assert shown(text) == [
        (1, 2, "A Cookbook of Recipes", [CODE]),
        (4, 6, "A Tag of Words", [PAPER]),
    ]


def test_links_may_stand_before_a_title() -> None:
    text = f"- [paper]({PAPER}) / [code]({CODE}) - Think Before You Segment\n"
    assert shown(text) == [(1, 1, "Think Before You Segment", [PAPER, CODE])]


@pytest.mark.parametrize(
    ("head", "row", "title"),
    [
        ("Language Model | Checkpoints | Paper/Blog",
         f"T5 | [one]({CODE}/1), [two]({CODE}/2), [three]({CODE}/3) | [{TITLE}]({PAPER})", TITLE),
        ("Name | Size | Link", f"MedDialog | 3 GB | [Download]({CODE})", "MedDialog"),
        ("\u6570\u636e\u96c6\u540d\u79f0 | \u5927\u5c0f | \u83b7\u53d6",
         f"MedDialog | 3 GB | [\u4e0b\u8f7d\u94fe\u63a5]({CODE})", "MedDialog"),
        ("T\u00edtulo | Autores | Ano", f"{TITLE} | Wei et al. | 2022", TITLE),
        ("\u8ad6\u6587 | \u8457\u8005 | \u5e74", f"{TITLE} | Wei et al. | 2022", TITLE),
        ("\uc81c\ubaa9 | \uc800\uc790 | \uc5f0\ub3c4", f"{TITLE} | Wei et al. | 2022", TITLE),
        ("Date | Model Name | Paper Title | Link",
         f"2024-11 | hertz-dev | [blog]({PAPER}) | [GitHub]({CODE})", "hertz-dev"),
        ("Model | License", f"SantaCoder | [OpenRAIL-M v1]({CODE})", "SantaCoder"),
    ],
)  # fmt: skip
def test_the_columns_of_a_table_tell_which_cell_is_the_title(
    head: str, row: str, title: str
) -> None:
    rule = "|".join(["---"] * (head.count("|") + 1))
    document = read(f"| {head} |\n|{rule}|\n| {row} |\n| {row} |\n")
    assert [entry.title.text for entry in document.entries] == [title, title]


def test_a_cell_without_a_venue_shows_none() -> None:
    document = read(f"| Title | Venue |\n|---|---|\n| [{TITLE}]({PAPER}) | nan |\n")
    assert [entry.venue for entry in document.entries] == [None]


def test_headings_in_html_begin_sections_unless_they_are_a_banner() -> None:
    text = (
        f'<h1 align="center">A List</h1>\n<div align="center"><h3>of papers</h3></div>\n\n'
        f"## Contents\n\n- [A](#a)\n\n<h2 id='a'>Deep &amp; Wide</h2>\n\n"
        f"- **{TITLE}** [[Paper]({PAPER})]\n"
    )
    document = read(text)
    assert [entry.section for entry in document.entries] == [("Deep & Wide",)]
    assert [heading.text for heading in document.headings] == ["Contents", "Deep & Wide"]


@pytest.mark.parametrize(
    "html",
    [
        f'<p align="left"><a href="{PAPER}"><strong>{TITLE}</strong></a><br/>Ann Lee, Bo Chen</p>',
        f"<p><b>{TITLE}.</b><br>Ann Lee, Bo Chen.<br>ICML 2021. <a href='{PAPER}'>[paper]</a></p>",
    ],
)
def test_a_paragraph_in_html_may_be_an_entry(html: str) -> None:
    (found,) = read(f"## Papers\n\n{html}\n").entries
    assert (found.kind, found.title.text) == ("html-row", TITLE)
    assert [author.text for author in found.authors] == ["Ann Lee", "Bo Chen"]
    assert read(f'<p align="center"><a href="{PAPER}">Our paper</a></p>\n').entries == ()


def test_a_short_title_may_fill_a_paragraph_if_it_leads_to_a_paper() -> None:
    text = f"[Dynamic Learning]({PAPER})\n\n[Other Page](https://example.org/a)\n"
    assert shown(text) == [(1, 1, "Dynamic Learning", [PAPER])]


def test_a_list_of_maintainers_holds_no_works() -> None:
    text = "Maintainers:\n- [Ann Lee](https://example.org/lee) (Great Lab)\n"
    assert shown(f"# Papers\n\n{text}") == []


HEAD = "<tr><td><b>Level</b></td><td><b>Paper</b></td><td><b>Source</b></td></tr>"


def test_rows_below_a_cell_that_reaches_down_keep_their_columns() -> None:
    rows = [
        f'<tr><td rowspan="2">Sketches</td><td><a href="{PAPER}">{TITLE}</a></td><td>CGA 2019</td>',
        f"<tr><td><a href='{PAPER}1'>Another {TITLE}</a></td><td>CVPR 2020</td>",
        f"<tr><td>Photos</td><td><a href='{PAPER}2'>A Third {TITLE}</a></td><td>ICLR 2021</td>",
    ]
    body = "</tr>\n".join(rows)
    document = read(f"<table>\n{HEAD}\n{body}</tr>\n</table>\n")
    assert [
        (
            entry.line,
            entry.title.text,
            entry.venue and entry.venue.text,
            entry.year and entry.year.value,
        )
        for entry in document.entries
    ] == [
        (3, TITLE, "CGA", 2019),
        (4, f"Another {TITLE}", "CVPR", 2020),
        (5, f"A Third {TITLE}", "ICLR", 2021),
    ]


@pytest.mark.parametrize("spans", ["rowspan=9999999", "rowspan='x'", "colspan=-3", "rowspan"])
def test_cells_that_reach_beyond_reason_are_cells(spans: str) -> None:
    row = f"<td {spans}>Sketches</td><td><a href='{PAPER}'>{TITLE}</a></td><td>CGA 2019</td>"
    document = read(f"<table>\n{HEAD}\n<tr>{row}</tr>\n</table>\n")
    assert [entry.title.text for entry in document.entries] == [TITLE]
