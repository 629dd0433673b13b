"""Which blocks of a list are entries, where each begins and ends, and why others are none."""

from __future__ import annotations

from time import process_time

import pytest

from peftlint.model import Document, Entry
from peftlint.reader import read
from peftlint.source import Edit, apply_edits

A = "[[pdf](https://arxiv.org/abs/2001.00001)]"
B = "[[pdf](https://arxiv.org/abs/2001.00002)]"


def places(document: Document) -> list[tuple[str, int, int, str]]:
    """Kind, first line, last line and title of each entry."""
    return [
        (entry.kind, entry.line, entry.end_line, entry.title.text) for entry in document.entries
    ]


def titles(text: str) -> list[str]:
    return [entry.title.text for entry in read(text).entries]


def entry(text: str) -> Entry:
    document = read(text)
    assert len(document.entries) == 1, places(document)
    return document.entries[0]


def reasons(text: str) -> list[tuple[int, int, str]]:
    return [(other.line, other.end_line, other.reason) for other in read(text).others]


# Markers, numbers and indentation


@pytest.mark.parametrize(
    ("text", "marker", "number"),
    [
        (f"- **A Title of Words** {A}", "-", None),
        (f"  * **A Title of Words** {A}", "*", None),
        (f"+   **A Title of Words** {A}", "+", None),
        (f"3. **A Title of Words** {A}", "3.", 3),
        (f"12) **A Title of Words** {A}", "12)", 12),
        (f"> - **A Title of Words** {A}", "-", None),
        (f"- Adapters\n  - 7. **A Title of Words** {A}", "7.", 7),
        (f"1.**A Title of Words** {A}", "1.", None),
        (f"1.A Title of Words {A}", "1.", None),
        (f"-**A Title of Words** {A}", "-", None),
        (f"**A Title of Words** {A}", None, None),
        (f"*Dressing in Order: Virtual Try-On* {A}", None, None),
    ],
)
def test_an_entry_knows_its_marker_and_the_number_that_markdown_shows(
    text: str, marker: str | None, number: int | None
) -> None:
    document = read(text)
    found = document.entries[0]
    assert (found.marker and found.marker.text, found.number) == (marker, number)
    if found.marker:
        assert document.slice(found.marker.span) == marker


@pytest.mark.parametrize(
    "before",
    ["**2.** **{}**", "**[2]** **{}**", "2\\. **{}**", "(2) **{}**", "[2106.09685] {}",
     "[[2106.09685] {}](https://arxiv.org/abs/2106.09685)", "2106.09685 | {}", "**Title:** {}",
     "Title: {}", "**Paper**: {}", "\u8bba\u6587\uff1a{}"],
)  # fmt: skip
def test_numbers_ids_and_labels_before_a_title_are_neither_its_nor_its_nickname(
    before: str,
) -> None:
    title = "LoRA: Low-Rank Adaptation"
    marker = "" if before[0] in "(2" and not before.startswith("2106") else "- "
    found = entry(f"{marker}{before.format(title)} {A}")
    assert (found.title.text, found.name) == (title, None)


def test_a_decimal_is_no_number_of_an_entry() -> None:
    assert titles(f"- 3.5 Million Images {A}") == ["3.5 Million Images"]


def test_escaped_numbers_begin_entries_on_each_line_of_a_paragraph() -> None:
    assert titles(f"1\\. **LoRA at Work** {A}\n2\\. **DoRA at Work** {B}") == [
        "LoRA at Work",
        "DoRA at Work",
    ]


def test_an_address_as_its_own_label_is_no_title() -> None:
    assert (
        titles("- arxiv: [http://arxiv.org/abs/1510.07945](http://arxiv.org/abs/1510.07945)") == []
    )


def test_of_two_dates_in_a_row_the_venue_tells_and_dittos_tell_nothing() -> None:
    head = "| Date | Venue | Title |\n|---|---|---|\n"
    row = "| 22.02 | ICLR2023 | [Quantifying Memorization](https://arxiv.org/abs/2202.07646) |\n"
    ditto = "| 22.03 | \u2033 | [Training Language Models](https://arxiv.org/abs/2203.02155) |\n"
    first, second = read(head + row + ditto).entries
    assert first.year is not None and first.year.value == 2023
    assert second.venue is None and second.year is not None and second.year.value == 2022


TITLE = "End-to-End Object Detection with Transformers"


@pytest.mark.parametrize(
    "form",
    ["**DETR** [{}](https://arxiv.org/abs/2005.12872)", "**DETR** - {} {a}", "**DETR**, {} {a}",
     "**DETR**. {}. N. Carion, F. Massa et al. ECCV 2020. {a}", "**DETR**<br>{} {a}"],
)  # fmt: skip
def test_a_short_name_in_strong_letters_stands_before_its_title(form: str) -> None:
    found = entry(f"- {form.format(TITLE, a=A)}")
    assert found.title.text == TITLE
    assert found.name is not None and found.name.text == "DETR"


@pytest.mark.parametrize(
    "described",
    ["**PEFT** - parameter-efficient fine-tuning of Large Language Models",
     "**Parameter-Efficient Transfer Learning** - Houlsby, Giurgiu, Jastrzebski"],
)  # fmt: skip
def test_what_describes_a_name_is_no_title(described: str) -> None:
    found = entry(f"- {described} {A}")
    assert (found.title.text, found.name) == (described.split("**")[1], None)


@pytest.mark.parametrize("cell", ["**DETR**<br>{}", "DETR<br>{}"])
def test_a_name_and_a_title_may_be_two_lines_of_a_cell(cell: str) -> None:
    found = entry(f"| Paper | Code |\n|---|---|\n| {cell.format(TITLE)} | {A} |\n")
    assert found.title.text == TITLE
    assert found.name is not None and found.name.text == "DETR"


@pytest.mark.parametrize(
    "before",
    ["2020-01-10 **{}**", "2020-01-10, **{}**", "2020-01-10 - **{}**", "2020 **{}**",
     "Jan 2020 - **{}**", "2020/01/10 {}", "2020.01.10 - {}", "01/2020 {}", "2020.01 {}",
     "**{}** (03/2020)"],
)  # fmt: skip
def test_a_date_beside_a_title_tells_the_year(before: str) -> None:
    found = entry(f"- {before.format(TITLE)} {A}")
    assert found.title.text == TITLE
    assert found.year is not None and found.year.value == 2020


@pytest.mark.parametrize(
    ("behind", "authors", "venue"),
    [
        ("; Nicolas Carion, Francisco Massa; ECCV 2020; ", 2, "ECCV"),
        (" / Nicolas Carion, Francisco Massa / ECCV 2020 / ", 2, "ECCV"),
        ("\uff0cNicolas Carion\u3001Francisco Massa\u3002\u8bba\u6587\uff1a", 2, None),
        ("\uff0c\u8bba\u6587\uff1a", 0, None),
        ("\u3002\u8bba\u6587\uff1a", 0, None),
    ],
)
def test_what_ends_a_title(behind: str, authors: int, venue: str | None) -> None:
    found = entry(f"- {TITLE}{behind}[Paper](https://arxiv.org/abs/2005.12872)")
    assert (found.title.text, len(found.authors)) == (TITLE, authors)
    assert (found.venue.text if found.venue else None) == venue


def test_items_are_counted_from_the_first_as_markdown_shows_them() -> None:
    text = (
        f"2. **A Title of Words** {A}\n2. **B Title of Words** {B}\n7. **C Title of Words** {A}\n"
    )
    found = read(text).entries
    assert [(entry.marker and entry.marker.text, entry.number) for entry in found] == [
        ("2.", 2),
        ("2.", 3),
        ("7.", 4),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("first", "lead", "prefix"),
    [
        ("- ", "", ""),
        ("1. ", "", ""),
        ("10. ", "  ", ""),
        ("1. ", "\u00a0\u00a0\u00a0", ""),
        ("- ", "", "> "),
    ],
)
def test_lines_that_fell_out_of_an_item_go_back_where_their_indentation_is_put(
    first: str, lead: str, prefix: str, newline: str
) -> None:
    lines = [f"{first}**A Title of Words,** ACL 2020.", "", f"{lead}*Ann Lee,", f"{lead}Bo Li* {A}"]
    text = "".join(f"{prefix}{line}{newline}" for line in lines)
    before = entry(text)
    assert (before.line, before.end_line, len(before.outdents)) == (1, 4, 2)
    mended = apply_edits(text, [Edit(span, before.indent) for span in before.outdents])
    after = entry(mended)
    assert after.outdents == ()
    assert (after.line, after.end_line) == (1, 4)
    assert [author.text for author in after.authors] == ["Ann Lee", "Bo Li"]


def test_an_entry_tells_what_made_it_one() -> None:
    text = f"- **A Title of Words** {A}\n\n| Title | Code |\n|--|--|\n| B Title | [code](https://b.org) |\n"
    assert [found.read_by["entry"] for found in read(text).entries] == [
        "it has a title and a link out of the page",
        "it is a row of a table with a column of titles",
    ]


# Headings

LINKED_HEADINGS = """\
# Papers

### [A Title of Words](https://arxiv.org/abs/2001.00001)
- **Metrics:** accuracy
- **Datasets:** GLUE and [others](https://gluebenchmark.com)

### [B Title of Words](https://arxiv.org/abs/2001.00002)
- **Metrics:** accuracy

## Surveys

- **C Title of Words** [[pdf](https://c.org)]
"""


def test_a_heading_with_its_fields_is_an_entry_and_no_section() -> None:
    document = read(LINKED_HEADINGS)
    assert places(document) == [
        ("heading", 3, 5, "A Title of Words"),
        ("heading", 7, 8, "B Title of Words"),
        ("bullet", 12, 12, "C Title of Words"),
    ]
    assert [found.section for found in document.entries] == [
        ("Papers",),
        ("Papers",),
        ("Papers", "Surveys"),
    ]
    assert [(section.path, len(section.entries)) for section in document.sections] == [
        (("Papers",), 2),
        (("Papers", "Surveys"), 1),
    ]
    assert len(document.headings) == 4
    assert document.slice(document.entries[0].span).startswith("### [A")


def test_an_entry_below_a_deeper_section_belongs_to_the_section_above() -> None:
    text = LINKED_HEADINGS.replace("### ", "## ").replace(
        "# Papers", "# Papers\n\n### Early\n\nText."
    )
    document = read(text)
    assert [found.section for found in document.entries] == [
        ("Papers",),
        ("Papers",),
        ("Papers", "Surveys"),
    ]
    assert [section.path for section in document.sections] == [
        ("Papers",),
        ("Papers", "Early"),
        ("Papers",),
        ("Papers", "Surveys"),
    ]
    following = 1
    for section in document.sections:
        assert section.start_line == following
        following = section.end_line + 1


@pytest.mark.parametrize(
    "below",
    [
        "- **Authors:** Ann Lee, Bo Li\n- **Paper:** https://arxiv.org/abs/2001.00001\n",
        "- Code: [GitHub](https://github.com/a/b)\n- TLDR: it is fast\n",
        "*Ann Lee, Bo Li*\n\n[[paper](https://arxiv.org/abs/2001.00001)]\n",
    ],
)
def test_plain_headings_with_the_fields_of_a_work_are_entries(below: str) -> None:
    text = f"## Papers\n\n### A Title of Words\n{below}\n### B Title of Words\n{below}"
    assert titles(text) == ["A Title of Words", "B Title of Words"]
    # One alone may be the list's own paper.
    assert "A Title of Words" not in titles(f"# A Title of Words\n\n{below}\n## Papers\n")


def test_headings_over_entries_are_sections_even_where_they_are_links() -> None:
    text = (
        f"## [Adapters](https://a.org/adapters)\n\n- **A Title of Words** {A}\n\n"
        f"## [Prompts](https://a.org/prompts)\n\n- **B Title of Words** {B}\n"
    )
    document = read(text)
    assert [found.section for found in document.entries] == [("Adapters",), ("Prompts",)]
    outer = "## [Adapters](https://a.org)\n\nText.\n\n### Early\n\n## [Prompts](https://b.org)\n\nText.\n\n### Late\n"
    assert titles(outer) == []


# Nested items


def test_what_is_nested_in_a_category_is_read_at_any_depth() -> None:
    text = f"- NLP\n  - Adapters:\n    - **A Title of Words** {A}\n- Others\n  - **B Title of Words** {B}\n"
    assert titles(text) == ["A Title of Words", "B Title of Words"]
    assert {reason for _, _, reason in reasons(text)} == {"a category: entries are nested in it"}


def test_a_category_that_is_a_link_is_no_entry() -> None:
    text = f"- [Adapters](https://a.org/wiki)\n  - **A Title of Words** {A}\n  - **B Title of Words** {B}\n"
    assert titles(text) == ["A Title of Words", "B Title of Words"]


def test_a_paper_below_a_paper_is_an_entry_of_its_own() -> None:
    text = (
        "- [LoRA: Low-Rank Adaptation of Large Language Models](https://arxiv.org/abs/2106.09685)\n"
        "  - [QLoRA: Efficient Finetuning of Quantized LLMs](https://arxiv.org/abs/2305.14314)\n"
    )
    document = read(text)
    assert [(line, end) for _, line, end, _ in places(document)] == [(1, 1), (2, 2)]
    assert len(document.links) == 2


@pytest.mark.parametrize(
    "below",
    [
        "  - Authors: Ann Lee, Bo Li\n  - Paper: https://arxiv.org/abs/2001.00001\n",
        "  - Ann Lee, Bo Li\n  - Publisher: ICLR 2024\n  - Code: [official](https://github.com/a/b)\n",
        "  - It is the first of its kind, see [B](https://b.org).\n",
    ],
)
def test_sub_bullets_that_tell_of_a_work_are_a_part_of_it(below: str) -> None:
    found = entry(f"- **A Title of Words** {A}\n{below}")
    assert found.end_line == 1 + below.count("\n")


def test_lectures_are_parts_of_their_course() -> None:
    text = (
        "- [UC Berkeley] CS188 Artificial Intelligence by Pieter Abbeel\n"
        "  - [Lecture 8: Markov Decision Processes 1](https://www.youtube.com/watch?v=i0o-ui1N35U)\n"
        "  - [Lecture 9: Markov Decision Processes 2](https://www.youtube.com/watch?v=Csiiv6WGzKM)\n"
    )
    assert entry(text).end_line == 3
    code = "- Examples of the Book\n  - [Python Code](https://a.org)\n  - [Julia Code](https://b.org)\n"
    assert entry(code).end_line == 3


def test_a_citation_below_a_nickname_gives_the_title() -> None:
    found = entry(
        "* R-CNN, UC Berkeley [[Paper-CVPR14]](http://www.cv-foundation.org/a.pdf)\n"
        "  * Ross Girshick, Jeff Donahue, *Rich feature hierarchies for object detection*, CVPR, 2014.\n"
    )
    assert (found.line, found.end_line) == (1, 2)
    assert found.title.text == "Rich feature hierarchies for object detection"
    assert found.venue
    assert found.venue.text == "CVPR"


def test_an_item_without_links_is_an_entry_among_works() -> None:
    works = f"- A Title of Words {A}\n- B Title of Words {B}\n"
    title = "Enabling Parallelism Hot Switching for Efficient Training"
    assert titles(f"{works}- {title} | SOSP 2024\n")[-1] == title
    assert titles(f"- {title} | SOSP 2024\n- Read on\n- Write on\n") == [title]
    assert titles(f"- {title}\n- Read on\n- Write on\n") == []
    assert titles("- Add papers accepted by SOSP 2024\n- Paper accepted by SOSP 2024\n") == []


# Paragraphs


def test_each_line_of_a_paragraph_that_has_a_title_is_an_entry() -> None:
    text = (
        "[A Title of Words](https://arxiv.org/abs/2001.00001), CVPR 2020\n"
        "[B Title of Words](https://arxiv.org/abs/2001.00002), CVPR 2021\n"
    )
    document = read(text)
    assert [(line, end) for _, line, end, _ in places(document)] == [(1, 1), (2, 2)]
    assert len(document.links) == 2
    assert titles(f"-**A Title of Words** {A}\n-**B Title of Words** {B}\n") == [
        "A Title of Words",
        "B Title of Words",
    ]


def test_a_line_may_introduce_the_entries_below_it() -> None:
    text = (
        f"See [all](https://c.org), or:\n2. **A Title of Words** {A}\n3. **B Title of Words** {B}\n"
    )
    document = read(text)
    assert [(line, title) for _, line, _, title in places(document)] == [
        (2, "A Title of Words"),
        (3, "B Title of Words"),
    ]
    assert len(document.links) == 3
    assert document.others[0] == (1, 1, "it introduces entries")


@pytest.mark.parametrize("end", ["  ", "\\", "<br>", "<br/>"])
def test_lines_with_hard_breaks_are_one_entry(end: str) -> None:
    found = entry(f"**A Title of Words**{end}\n*Ann Lee, Bo Li*{end}\nCVPR 2020. {A}\n")
    assert (found.kind, found.end_line) == ("paragraph", 3)
    assert [author.text for author in found.authors] == ["Ann Lee", "Bo Li"]


def test_a_title_and_the_list_of_its_addresses_are_one_entry() -> None:
    text = (
        "**A Title of Words**\n- Paper: https://arxiv.org/abs/2001.00001\n- Code: https://github.com/a/b\n\n"
        "**B Title of Words**\n\n- Paper: https://arxiv.org/abs/2001.00002\n"
    )
    assert [(kind, line, end) for kind, line, end, _ in places(read(text))] == [
        ("paragraph", 1, 3),
        ("paragraph", 5, 7),
    ]


def test_two_titles_in_strong_letters_are_not_one_with_its_authors() -> None:
    text = (
        "**Disco Diffusion** \\\n[[Github](https://github.com/a/b)]\n\n"
        "**Centipede Diffusion** \\\n[[Github](https://github.com/c/d)]\n"
    )
    assert titles(text) == ["Disco Diffusion", "Centipede Diffusion"]


def test_a_paragraph_that_is_a_linked_title_is_an_entry() -> None:
    text = "[SEO is Dead, Long Live LLMO](https://jina.ai/news/seo-is-dead-long-live-llmo/)\n\n[Our list](https://a.org)\n"
    assert titles(text) == ["SEO is Dead, Long Live LLMO"]


# Tables


@pytest.mark.parametrize(
    "head",
    [
        "| | | |",
        "| 📄 | 👥 | 🔗 |",
        "| What | Who | Where |",
        "| 论文题目 | 作者 | 链接 |",
    ],
)
def test_cells_tell_what_a_column_holds_where_its_header_does_not(head: str) -> None:
    document = read(
        f"{head}\n|--|--|--|\n| A Title of Words | Ann Lee, Bo Li | {A} |\n| B Title of Words | Cy Ng, Bo Li | {B} |\n"
    )
    assert [title for *_, title in places(document)] == ["A Title of Words", "B Title of Words"]
    assert [author.text for author in document.entries[1].authors] == ["Cy Ng", "Bo Li"]


def test_a_column_of_dates_needs_no_header() -> None:
    text = (
        "| Title | Code | Pub. & Date |\n|--|--|--|\n"
        "| [A Title](https://arxiv.org/abs/2001.00001) | - | Dec, 2023 |\n"
        "| [B Title](https://arxiv.org/abs/2001.00002) | - | ECCV, 2024 |\n"
    )
    for head in ("Pub. & Date", "Published / When", ""):
        found = read(text.replace("Pub. & Date", head)).entries
        assert [entry.year and entry.year.value for entry in found] == [2023, 2024]
    assert found[1].venue
    assert found[1].venue.text == "ECCV"


def test_a_work_in_the_place_of_the_header_is_an_entry() -> None:
    text = (
        "| [A Title of Words](https://arxiv.org/abs/2001.00001) | CVPR 2020 |\n|--|--|\n"
        "| [B Title of Words](https://arxiv.org/abs/2001.00002) | ACL 2021 |\n"
    )
    assert [(line, title) for _, line, _, title in places(read(text))] == [
        (1, "A Title of Words"),
        (3, "B Title of Words"),
    ]


def test_a_row_that_names_a_category_is_no_entry() -> None:
    text = f"| Title | Link |\n|--|--|\n| **Adapters** | |\n| A Title of Words | {A} |\n"
    assert titles(text) == ["A Title of Words"]
    assert reasons(text) == [
        (1, 1, "the head of a table"),
        (3, 3, "a category: only one cell is filled, without a link"),
    ]


def test_a_table_of_categories_with_the_works_of_each_is_no_list_of_works() -> None:
    text = (
        "| Types | Tools |\n|--|--|\n"
        "| Agents | [AutoGPT](https://github.com/a/b), [LangChain](https://github.com/c/d) |\n"
        "| Others | [CAMEL](https://github.com/e/f), [MetaGPT](https://github.com/g/h) |\n"
    )
    document = read(text)
    assert document.entries == ()
    assert len(document.links) == 4
    assert document.others == ((1, 4, "the table has no column of titles"),)


def test_a_linked_name_is_a_title_before_its_description() -> None:
    text = (
        "| Implementation | Language | Description |\n|--|--|--|\n"
        "| [gsplat](https://github.com/a/b) | Python | Works with [Nerf Studio](https://c.org) and others |\n"
        "| [OpenSplat](https://github.com/d/e) | C++ | It runs on any platform that there is |\n"
    )
    assert titles(text) == ["gsplat", "OpenSplat"]


HTML_TABLE = """\
<table>
<tr><th>Title</th><th>Venue</th><th>Links</th></tr>
<tr><td colspan=3><b>Adapters</b></td></tr>
<tr><td><b>A Title of Words &amp; More</b><br><i>Ann Lee, Bo Li</i></td><td>CVPR 2020</td>\
<td><a href="https://arxiv.org/abs/2001.00001">Paper</a> \
<a href="https://github.com/a/b"><img src="https://img.shields.io/badge/Code-blue" alt="Code"></a></td></tr>

<!-- more -->
<tr>
  <td><a href="https://arxiv.org/abs/2001.00002">B Title of Words</a></td>
  <td>ACL 2021</td><td>-</td>
</tr>
</table>
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_rows_of_an_html_table_are_entries(newline: str) -> None:
    document = read(HTML_TABLE.replace("\n", newline))
    assert places(document) == [
        ("html-row", 4, 4, "A Title of Words & More"),
        ("html-row", 7, 10, "B Title of Words"),
    ]
    first, second = document.entries
    assert document.slice(first.span).startswith("<tr><td><b>A Title")
    assert document.slice(first.span).endswith("</td></tr>")
    assert [author.text for author in first.authors] == ["Ann Lee", "Bo Li"]
    assert [document.slice(author.span) for author in first.authors] == ["Ann Lee", "Bo Li"]
    assert (first.venue and first.venue.text, first.year and first.year.value) == ("CVPR", 2020)
    assert [(link.label, link.url, link.form) for link in first.links] == [
        ("Paper", "https://arxiv.org/abs/2001.00001", "html"),
        ("Code", "https://github.com/a/b", "html"),
    ]
    assert [badge.label for badge in first.badges] == ["Code"]
    assert dict(second.ids) == {"arxiv": ("2001.00002",)}
    assert len(document.links) == 3
    assert len(document.badges) == 1
    assert [comment.text for comment in document.comments] == [" more "]
    for link in document.links:
        assert link.url_span
        assert document.slice(link.url_span) == link.url


def test_html_rows_on_one_line_are_removed_one_by_one() -> None:
    row = '<tr><td><b>A Title of Words</b></td><td><a href="https://arxiv.org/abs/2001.00001">Paper</a></td></tr>'
    document = read(f"<table>{row}{row}</table>\n")
    assert [document.slice(found.removal_span) for found in document.entries] == [row, row]


def test_items_of_an_html_list_are_entries() -> None:
    text = (
        '<ul>\n<li><b>A Title of Words</b>, CVPR 2020. <a href="https://arxiv.org/abs/2001.00001">Paper</a></li>\n'
        '<li><a href="#a">A place</a></li>\n<li><a href="https://arxiv.org/abs/2001.00002">B Title of Words</a></li>\n</ul>\n'
    )
    assert [(kind, line) for kind, line, *_ in places(read(text))] == [
        ("html-row", 2),
        ("html-row", 4),
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr><td><a href="https://github.com/ann"><img src="a.png"><br><b>Ann Lee</b></a></td>'
        '<td><a href="https://github.com/bo"><b>Bo Li</b></a></td></tr></table>',
        '<table><tr><td><a href="#selective">1. Selective</a></td></tr></table>',
        "<table><tr><td><b>Unclosed <i>marks</td></tr><tr><td>",
        "<table></table><tr></tr><li></li><td>",
        '<p align="center"><a href="https://arxiv.org/abs/2001.00001">Our Survey of Things</a></p>',
    ],
)
def test_html_that_is_there_for_its_looks_is_no_list(html: str) -> None:
    assert titles(f"{html}\n") == []


def test_entries_inside_details_are_entries() -> None:
    text = f"<details>\n<summary>Adapters</summary>\n\n- **A Title of Words** {A}\n\n</details>\n"
    assert [(line, title) for _, line, _, title in places(read(text))] == [(4, "A Title of Words")]


# What is no entry

REASONS = {
    "## News\n\n- **A Title of Words** [[pdf](https://a.org)]": "under the heading 'News', which holds no entries",
    "## 📢 最新动态\n\n- [2024/05] 新增 [论文](https://a.org)": "under the heading '📢 最新动态', which holds no entries",
    "## 许可证\n\n- [MIT](https://a.org)": "under the heading '许可证', which holds no entries",
    "## Other Awesome Lists\n\n- [NLP](https://a.org)": "under the heading 'Other Awesome Lists', which holds no entries",
    "- [Papers](#papers)\n- [Others](#others)": "part of the table of contents",
    "[Papers](#papers) | [Others](#others)": "part of the table of contents",
    "- [Pruning](pruning.md)\n- [Quantization](quantization.md)": "part of the table of contents",
    "- [Papers](#papers)": "it only leads to places in the list",
    "- We released 10 papers of [CVPR](https://a.org)": "it tells news of the list, not a title",
    "- [News] The survey is on [arXiv](https://arxiv.org/abs/2001.00001).": "it tells news of the list, not a title",
    "- [Follow us on Twitter](https://a.org)": "an invitation, not a title",
    "- [Awesome NLP](https://github.com/keon/awesome-nlp)": "it points to another list",
    "- See also [our page](https://a.org)": "a sentence, not a title",
    "- **Authors:** [Ann Lee](https://a.org)": "it names people, not a work",
    "- **Data**: Training needs much of it, and of all kinds (e.g., [Llama](https://a.org)).": "a topic that is explained, with links in the text",
    "- Adapters": "nothing shows that it is a work: no link, authors or venue",
    "- ![](cat.png)": "it has no title",
    "This list is about **Adapters**.": "a paragraph that does not begin as an entry does",
    "[Neural Path Hunter](https://a.org) defines what is right.": "running text: no authors, venue, or link that names a paper or code",
    "Please cite:\n\n- **A Title of Words** [[pdf](https://a.org)]": "it tells how to cite the list",
    "| Method | Score |\n|--|--|\n| Adapter | 81.2 |": "the table has no column of titles",
    "<p>hello</p>": "HTML that shows no works",
}


@pytest.mark.parametrize(("text", "reason"), REASONS.items(), ids=REASONS.values())
def test_a_block_that_is_no_entry_says_why(text: str, reason: str) -> None:
    document = read(f"{text}\n")
    assert document.entries == ()
    assert document.others[-1].reason == reason
    assert document.others[-1].end_line == 1 + text.count("\n")


def test_a_survey_whose_repository_is_a_list_is_a_work() -> None:
    text = "- [A Survey on Hallucination in Large Language Models](https://github.com/a/awesome-hallucination)\n"
    assert titles(text) == ["A Survey on Hallucination in Large Language Models"]


def test_titles_that_begin_like_sentences_are_titles() -> None:
    assert titles(f"- See, Say, and Segment {A}\n- VisIT-Bench: A Benchmark {A}\n") == [
        "See, Say, and Segment",
        "VisIT-Bench: A Benchmark",
    ]
    assert titles(f"- We Do Not Need Labels {A}\n") == ["We Do Not Need Labels"]
    assert titles("- [We are what we read](https://arxiv.org/abs/2001.00001)\n") == [
        "We are what we read"
    ]
    assert titles("- [Enron Emails](https://a.org): 500,000 messages\n") != []


def test_the_legend_may_be_the_lines_of_one_paragraph() -> None:
    document = read(
        "## Keywords\n\n![](https://img.shields.io/badge/CoOp-blue) **The abbreviation**  \n"
        "![](https://img.shields.io/badge/Other-orange) Other information\n"
    )
    assert [(item.color, item.keyword, item.meaning) for item in document.legend] == [
        ("blue", "CoOp", "The abbreviation"),
        ("orange", "Other", "Other information"),
    ]
    assert document.others == ((3, 4, "part of the legend"),)


def test_contents_may_be_several_lists_and_lead_to_other_pages() -> None:
    document = read(
        "## 2024\n\n- [May](./#may-2024)\n- [June](./#june-2024)\n\n## 2023\n\n- [May](./#may-2023)\n- [June](./#june-2023)\n"
    )
    assert [item.line for item in document.contents] == [3, 4, 8, 9]
    assert document.entries == ()


def test_a_cross_reference_in_a_sentence_is_no_contents() -> None:
    document = read("Back to [one](#one) or to [two](#two) if you are in the wrong place here.\n")
    assert document.contents == ()


# Speed


@pytest.mark.parametrize(
    "line",
    [
        "- A Title of Words and More\n",
        "- Adapters\n  - Prompts\n    - More\n",
        "<table><tr><td>\n\n",
        "<tr><td><a href='https://arxiv.org/abs/2001.00001'>A b c</a></td></tr>\n",
        "### [A Title of Words](https://a.org)\n- Paper: x\n\n",
        "**A Title of Words**\n",
        "| a | b |\n|--|--|\n| [c d](https://a.org) | e |\n\n",
        "- - - - - - a\n",
        "Please cite:\n\n- a\n\n",
    ],
)
def test_the_time_grows_with_the_text_and_no_faster(line: str) -> None:
    def seconds(count: int) -> float:
        best = float("inf")
        for _ in range(2):
            start = process_time()
            read(line * count)
            best = min(best, process_time() - start)
        return best

    small, large = seconds(200), seconds(1600)
    assert large < 8 * 4 * small + 0.2


def test_a_paragraph_may_begin_with_symbols() -> None:
    assert titles("\u2b50**A Title of Words** \\\n[[Code](https://a.org)]\n") == [
        "A Title of Words"
    ]
    assert titles(":rocket: <b>A Title of Words (2015)</b> [[Link](https://a.org)]\n") == [
        "A Title of Words"
    ]
    assert titles("**Data Sets of Words**: https://a.org/sets\n") == ["Data Sets of Words"]


def test_a_paragraph_of_plain_text_is_an_entry_if_it_cites_a_work() -> None:
    assert titles(
        "Lee, A. and Chen, B., 2009. A title of words: a survey. *Data and Words*, 41(3), p. 15. "
        "[[Download PDF]](https://a.org/a.pdf)\n\n"
        "[-] 2018-ICLR_W - How Words Are Made. [[Paper]](https://a.org/b.pdf)\n\n"
        "In 2018 we wrote of this list. See the [paper](https://a.org/c.pdf) for more words.\n"
    ) == ["A title of words: a survey", "How Words Are Made"]


def test_what_follows_a_paragraph_and_speaks_of_its_work_is_a_part_of_it() -> None:
    text = (
        "[A Title of Words](https://a.org)\n\n- It says something.\n- And more.\n\n---\n\n"
        "**B Title of Words**\n\n\u8bba\u6587\uff1ahttps://b.org\n\n"
        "\u4ee3\u7801\uff08\u5df2\u5220\uff09\uff1ahttps://c.org\n"
    )
    first, second = read(text).entries
    assert (first.line, first.end_line) == (1, 4)
    assert (second.line, second.end_line) == (8, 12)
    assert [link.url for link in second.links] == ["https://b.org", "https://c.org"]


def test_a_row_that_points_to_another_list_is_no_entry() -> None:
    rows = titles(
        "| Method | Paper Link | Date |\n|-|-|-|\n"
        "| MANIQA | [arXiv](https://arxiv.org/abs/2204.08958) | 22.04 |\n"
        "| Awesome Words | [link](https://github.com/a/awesome-words) | 23.01 |\n"
    )
    assert rows == ["MANIQA"]


# What stands below a heading


def headings(below: str, count: int = 2) -> str:
    """Headings of one level under a heading; `@` is a letter, `%` a digit."""
    return "## Papers\n\n" + "".join(
        below.replace("@", "ABCDE"[index]).replace("%", str(index)) for index in range(count)
    )


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_item_without_anything_in_it_is_passed_over_among_fields(place: int) -> None:
    """Somebody is not done yet."""
    items = [
        "- Paper: https://arxiv.org/abs/2001.00001\n",
        "- Code: https://github.com/owner/name\n",
    ]
    items.insert(place, "-\n")
    found = entry("**A Fine Title of a Paper**\n\n" + "".join(items))
    assert [link.role for link in found.links] == ["paper", "code"]


@pytest.mark.parametrize(
    "below",
    [
        "### %. @ Title of Words\n\n*Ann Lee, Bo Li*\n\nIt says a lot.\n\n[Paper](https://a.org/%)\n\n",
        "### @ Title of Words\nAnn Lee, Bo Li. CVPR 2020. [Paper](https://a.org/%)\n\n",
        "### @ Title of Words\n* <img src='a.png'>[Paper](./a%.pdf)\n\n**Abstract:** It says a lot.\n\nAnd more.\n\n",
        "### @ Title of Words\n[![paper](https://img.shields.io/badge/paper-red)](https://a.org/%)\n\n",
        "### @ Title of Words\nhttps://arxiv.org/abs/2001.0000%\n\n",
        "### @ Title of Words\n**Venue:** ACL\n**Paper:** https://a.org/%\n\n",
        "### @ Title of Words\n**Paper:** https://a.org/%\n\n**Note:** Good.\n\n**Code:** https://b.org/%\n\n",
        "##### \u2022 [\\[arXiv:2001.0000%\\]](https://arxiv.org/abs/2001.0000%) @ Title of Words. [\\[PDF\\]](https://a.org/%)\n_Ann Lee, Bo Li_\n\n",
        "#### [@ Title of Words](https://a.org/%)\n\nACL 2020\n\n1. It is **good**.\n2. It builds on [others](https://b.org).\n\n",
        "#### [@ Title of Words](https://arxiv.org/abs/2001.0000%)\n\n",
        "### @ Title of Words\n**Ann Lee, Bo Li**\n\n- [Paper](https://a.org/%)\n- [Code](https://b.org/%)\n\n",
        "### @ Title of Words\n**ACL 2020**\n\n- [Paper](https://a.org/%)\n- [Code](https://b.org/%)\n\n",
    ],
)
def test_a_heading_over_the_fields_of_one_work_is_an_entry(below: str) -> None:
    document = read(headings(below))
    assert [(found.kind, found.title.text) for found in document.entries] == [
        ("heading", "A Title of Words"),
        ("heading", "B Title of Words"),
    ]
    lines = below.rstrip("\n").count("\n")
    assert [found.end_line - found.line for found in document.entries] == [lines, lines]


@pytest.mark.parametrize(
    ("below", "count"),
    [
        (
            "### Cat @\n\n**@ Title of Words**\n\n- Paper: https://a.org/%\n- Code: https://b.org\n\n",
            2,
        ),
        (
            "### Cat @\n\n**@ Title of Words**\n\n- Paper: https://a.org/%\n\n"
            "**Another Title of Words**\n\n- Paper: https://b.org/%\n\n",
            4,
        ),
        (
            "### Cat @\n\n**@ Title of Words** \\\n*Ann Lee, Bo Li* [[Paper](https://a.org/%)]\n\n",
            2,
        ),
        (
            "### [Cat @](https://a.org)\n\n- [@ Title of Words](https://arxiv.org/abs/2001.0000%)\n\n",
            2,
        ),
        (
            "### Cat 202% [[Proceedings]](https://a.org)\n\n- @ Title of Words [[pdf](https://a.org)]\n\n",
            2,
        ),
        ("### CVPR 202% [[All Papers]](https://a.org)\n\nMost are good.\n\n", 0),
        ("### [CVPR 202%](https://openaccess.thecvf.com/CVPR202%)\n\nMost are good.\n\n", 0),
        ("### Cat @\n\nOne.\n\n[Paper](https://a.org)\n\nTwo.\n\n[Paper](https://b.org)\n\n", 0),
        ("### Set @\n\nWords from [here](https://a.org).\n\n", 0),
        ("### Lists @\n\n- https://github.com/a/b\n- https://github.com/a/c\n\n", 0),
    ],
)
def test_a_heading_over_works_or_prose_is_a_section(below: str, count: int) -> None:
    entries = read(headings(below)).entries
    assert len(entries) == count
    assert all(found.kind != "heading" and len(found.section) == 2 for found in entries)


def test_a_heading_is_an_entry_only_where_most_beside_it_are() -> None:
    one = "### @ Title of Words\n\n- [Paper](https://a.org/%)\n\n"
    sections = "### About words\n\nProse.\n\n### About things\n\nProse.\n\n"
    assert titles(headings(one) + sections) == ["A Title of Words", "B Title of Words"]
    assert titles(headings(one) + sections + "### About us all\n\nProse.\n\n") == []
    # Among works one may show nothing but where it appeared.
    assert titles(headings(one) + "### C Title of Words (ACL 2020)\n")[2:] == ["C Title of Words"]


@pytest.mark.parametrize(
    "after",
    [
        '<a name="b"></a>\n\n',
        "[back to top](#papers)\n\n",
        '<p align="right">(<a href="#papers">back to top</a>)</p>\n\n',
        "![figure](a.png)\n\n",
        "<!-- ### [Z Title](https://z.org) -->\n\n",
        "</details>\n\n<details><summary>Others of these</summary>\n\n",
        "---\n\n",
    ],
)
def test_what_only_leads_about_the_page_ends_an_entry(after: str) -> None:
    document = read(headings(f"### [@ Title of Words](https://a.org/%)\n\nIt is good.\n\n{after}"))
    assert [found.end_line - found.line for found in document.entries] == [2, 2]


def test_a_fold_in_a_heading_entry_is_a_part_of_it() -> None:
    fold = "<details>\n<summary>Abstract</summary>\n\nWords.\n\n</details>\n\n"
    document = read(headings(f"### [@ Title of Words](https://a.org/%)\n\n*Ann Lee*\n\n{fold}"))
    assert [found.end_line - found.line for found in document.entries] == [9, 9]


def test_an_item_may_begin_with_a_heading_and_end_with_a_rule() -> None:
    document = read(
        "1.\n    ### A Title of Words\n\n    **Authors:** Ann Lee, Bo Li\n\n"
        "    [Paper](https://a.org) | [Code](https://b.org)\n\n    ---\n\n"
    )
    assert places(document) == [("ordered", 1, 6, "A Title of Words")]
    assert [heading.text for heading in document.headings] == ["A Title of Words"]


# Markdown in the rows of HTML

MIXED_ROW = (
    '<tr>\n<td>\n<a href="https://arxiv.org/abs/2001.00001">\n<img src="a.jpg">\n</a>\n</td>\n'
    "<td>\n\n### A Title of Words\nPublished in **2020**\n\n[Code](https://b.org)\n\n"
    "<details>\n<summary>Abstract</summary>\nHidden words.\n</details>\n\n</td>\n</tr>\n"
)


def test_a_row_of_html_may_hold_markdown() -> None:
    document = read(f"## Papers\n\n<table>\n{MIXED_ROW}\n{MIXED_ROW}\n</table>\n\n- C Title {B}\n")
    lines = MIXED_ROW.count("\n")
    assert places(document) == [
        ("html-row", 4, 3 + lines, "A Title of Words"),
        ("html-row", 5 + lines, 4 + 2 * lines, "A Title of Words"),
        ("bullet", 8 + 2 * lines, 8 + 2 * lines, "C Title"),
    ]
    first = document.entries[0]
    assert first.section == document.entries[-1].section == ("Papers",)
    assert [link.url for link in first.links] == [
        "https://arxiv.org/abs/2001.00001",
        "https://b.org",
    ]
    assert len(document.links) == 5
    assert [heading.text for heading in document.headings][1:] == ["A Title of Words"] * 2
    assert document.slice(first.span).startswith("<tr>")
    assert document.slice(first.span).endswith("</tr>")


def test_rows_that_share_a_block_of_html_are_told_apart() -> None:
    row = "<tr><td>\n\n**@ Title of Words &amp; More**\n\n[Paper](https://a.org)\n\n</td></tr>"
    text = f"<table>{row.replace('@', 'A')}{row.replace('@', 'B')}</table>\n"
    assert titles(text) == ["A Title of Words & More", "B Title of Words & More"]
    assert titles(text.replace("**", "").replace("[Paper]", "").replace("https", "")) == []


def test_a_row_that_is_never_closed_hides_nothing() -> None:
    assert titles(f"<table><tr><td>\n\n## Papers\n\n- A Title of Words {A}\n") == [
        "A Title of Words"
    ]
