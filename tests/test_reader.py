"""What a reader of the list sees is what the document says, whatever the layout."""

from __future__ import annotations

import gc
import time

import pytest

from peftlint.model import Document, Entry
from peftlint.reader import read


def entry(text: str) -> Entry:
    document = read(text)
    assert len(document.entries) == 1, [found.title.text for found in document.entries]
    return document.entries[0]


def titles(text: str) -> list[str]:
    return [found.title.text for found in read(text).entries]


def authors(found: Entry) -> list[str]:
    return [author.text for author in found.authors]


def labels(found: Entry) -> list[tuple[str | None, str | None]]:
    return [(link.label, link.url) for link in found.links]


def shown(found: Entry) -> tuple[str, str | None, int | None]:
    return (
        found.title.text,
        found.venue.text if found.venue else None,
        found.year.value if found.year else None,
    )


TWO_PART = """\
- **Visual Prompt Tuning,** ECCV 2022 (arXiv:2203.12119). ![](https://img.shields.io/badge/VPT-blue)

  *Menglin Jia, Luming Tang, Ser-Nam Lim.* [[Paper](https://arxiv.org/abs/2203.12119)][Code]
"""


def test_a_title_line_and_an_authors_line_are_one_entry() -> None:
    found = entry(TWO_PART)
    assert (found.kind, found.line, found.end_line) == ("bullet", 1, 3)
    assert shown(found) == ("Visual Prompt Tuning", "ECCV", 2022)
    assert authors(found) == ["Menglin Jia", "Luming Tang", "Ser-Nam Lim"]
    assert labels(found) == [("Paper", "https://arxiv.org/abs/2203.12119"), ("Code", None)]
    assert [(badge.label, badge.color) for badge in found.badges] == [("VPT", "blue")]
    assert dict(found.ids) == {"arxiv": ("2203.12119",)}
    assert found.separation == "blank"


def test_every_field_stands_where_its_span_says() -> None:
    document = read(TWO_PART)
    found = document.entries[0]
    assert found.venue
    assert found.year
    assert document.slice(found.title.span) == "**Visual Prompt Tuning,**"
    assert document.slice(found.venue.span) == "ECCV"
    assert document.slice(found.year.span) == "2022"
    assert [document.slice(author.span) for author in found.authors] == authors(found)
    assert document.slice(found.links[1].span) == "[Code]"
    assert (
        document.slice(found.links[0].outer_span) == "[[Paper](https://arxiv.org/abs/2203.12119)]"
    )
    badge = found.badges[0]
    assert badge.color_span
    assert badge.path_span
    assert document.slice(badge.color_span) == "blue"
    assert document.slice(badge.path_span) == "VPT-blue"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- **A Title of Words**. **EMNLP'2021**. [paper](https://a.org)",
            ("A Title of Words", "EMNLP", 2021),
        ),
        (
            "1.**A Title of Words**. **ACL'2022**.\n\n[paper](https://a.org)",
            ("A Title of Words", "ACL", 2022),
        ),
        (
            "- **A Title of Words,** arXiv:2208.08340. [[Paper](https://a.org)]",
            ("A Title of Words", "arXiv", None),
        ),
        (
            "- **A Title of Words,** Preprint 2022. [[pdf](https://a.org)]",
            ("A Title of Words", "Preprint", 2022),
        ),
        ("- **A Title of Words**. [[Project](https://a.org)]", ("A Title of Words", None, None)),
        ("- A Title of Words [[Paper](https://a.org)]", ("A Title of Words", None, None)),
        ("- [A Title of Words](https://a.org), CVPR 2020", ("A Title of Words", "CVPR", 2020)),
        ("* [A Title of Words](https://a.org) 12 Dec 2023", ("A Title of Words", None, 2023)),
        (
            "- [2023/08] **A Title of Words** [[paper](https://a.org)]",
            ("A Title of Words", None, 2023),
        ),
        (
            '- "A Title of Words", ICML, 2021 [[paper](https://a.org)]',
            ("A Title of Words", "ICML", 2021),
        ),
        (
            "- **A Title\n  of Words?** NeurIPS 2022. [[pdf](https://a.org)]",
            ("A Title of Words?", "NeurIPS", 2022),
        ),
        (
            "- (*KDD'24*) A Title of Words [[paper](https://a.org)]",
            ("A Title of Words", "KDD", 2024),
        ),
        (
            "- **A Title,** Overview Blog Post 2022, [[Blog](https://a.org)]",
            ("A Title", "Overview Blog Post", 2022),
        ),
        ("- [Name](https://a.org): A Title of Words", ("Name: A Title of Words", None, None)),
        ("- **A \\& B: R&amp;D** [[pdf](https://a.org)]", ("A & B: R&D", None, None)),
        (
            "- A **Title** of *Words* [SIGIR 2020] [[pdf](https://a.org)]",
            ("A Title of Words", "SIGIR", 2020),
        ),
    ],
)
def test_title_venue_and_year_are_told_apart(
    text: str, expected: tuple[str, str | None, int | None]
) -> None:
    assert shown(entry(text)) == expected


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (
            "- **[DETR]** End-to-End Object Detection [[pdf](https://a.org)]",
            "DETR",
            "End-to-End Object Detection",
        ),
        (
            '* **COTR**: "COTR: Correspondence Transformer", ICCV, 2021 [[Paper](https://a.org)]',
            "COTR",
            "COTR: Correspondence Transformer",
        ),
        (
            "- [VCoT] Visual Chain of Thought [[pdf](https://a.org)]",
            "VCoT",
            "Visual Chain of Thought",
        ),
    ],
)
def test_a_nickname_shown_apart_is_the_name(text: str, name: str, title: str) -> None:
    found = entry(text)
    assert found.name
    assert (found.name.text, found.title.text) == (name, title)


def test_the_linked_title_is_a_link_of_its_own() -> None:
    found = entry(
        "- [A Title of Words](https://arxiv.org/abs/2102.03334) [[code](https://github.com/a/b)]"
    )
    assert labels(found) == [
        ("@title", "https://arxiv.org/abs/2102.03334"),
        ("code", "https://github.com/a/b"),
    ]
    assert [link.role for link in found.links] == ["paper", "code"]


def test_a_badge_that_is_a_link_is_both() -> None:
    found = entry(
        "- A Title of Words [[Paper](https://a.org)]\n"
        "  ![arXiv](https://img.shields.io/badge/arXiv-4a4a4a?style=flat)\n"
        "  [![Code](https://img.shields.io/badge/Code-2962FF)](https://github.com/a/b)\n"
    )
    assert labels(found) == [("Paper", "https://a.org"), ("Code", "https://github.com/a/b")]
    assert [badge.label for badge in found.badges] == ["arXiv", "Code"]
    assert found.badges[1].link is found.links[1]
    assert found.end_line == 3


def test_paragraphs_that_only_look_like_items_are_entries() -> None:
    text = (
        "#### LLM\n\n1.**First Title Here**. **ACL'2022**.\n\n[paper](https://a.org/1)\n\n*Ann Lee, Bo Li*\n\n"
        "2.**Second Title Here**. **EACL'2023**.\n\n*Cy Ng,Di Xu*\n\n[paper](https://a.org/2)\n\n#### VFM\n"
    )
    first, second = read(text).entries
    assert (first.kind, first.line, first.end_line) == ("paragraph", 3, 7)
    assert (second.line, second.end_line) == (9, 13)
    assert authors(second) == ["Cy Ng", "Di Xu"]


def test_outdented_lines_belong_to_the_item_before_them() -> None:
    text = "1. **A Title of Words**. **CoRR'2019**.\n\n  *Ann Lee, Bo Li*.\n\n  [paper](https://a.org)\n\n2. **B**. **ACL'2020**.\n"
    first, second = read(text).entries
    assert (first.line, first.end_line) == (1, 5)
    assert authors(first) == ["Ann Lee", "Bo Li"]
    assert second.line == 7


TABLE = """\
| Year | Model | Paper Title | Links |
|------|-------|-------------|-------|
| 15 Oct 2024 | Bloomz | Investigating Translation | [Paper](https://a.org) [GitHub](https://github.com/a/b) |
| 2023 | - | Another \\| Title (2022) | N/A |
"""


def test_table_rows_are_read_by_their_headers() -> None:
    first, second = read(TABLE).entries
    assert (first.kind, first.line) == ("table-row", 3)
    assert shown(first) == ("Investigating Translation", None, 2024)
    assert first.name
    assert first.name.text == "Bloomz"
    assert labels(first) == [("Paper", "https://a.org"), ("GitHub", "https://github.com/a/b")]
    assert shown(second) == ("Another | Title (2022)", None, 2023)
    assert second.links == ()


def test_a_table_of_data_sets_lists_them_by_name() -> None:
    text = "| Dataset | Task | Size | Dataset Link |\n|--|--|--|--|\n| SST-2 | Sentiment | 215,154 | [Link](https://a.org) |\n"
    assert titles(text) == ["SST-2"]


def test_a_table_without_links_is_no_list() -> None:
    assert titles("| Method | Score |\n|--|--|\n| Adapter | 81.2 |\n") == []


ITEM = "- **A Title of Words,** ACL 2020. [[pdf](https://a.org)]\n"


@pytest.mark.parametrize(
    ("headings", "count"),
    [
        ("## Papers\n\n", 1),
        ("## Contents\n\n", 0),
        ("# Contents\n\n## Adapter\n\n", 1),
        ("## Keywords\n\n### Selective\n\n", 1),
        ("## 🚀 *News*\n\n", 0),
        ("## Contribution\n\n### Contributors\n\n", 0),
        ("## Acknowledgements\n\n### More\n\n", 0),
        ("## Licence and use\n\n", 0),
        ("## Tags in language models\n\n", 1),
    ],
)
def test_some_headings_announce_no_works(headings: str, count: int) -> None:
    assert len(read(headings + ITEM).entries) == count


NOT_ENTRIES = {
    "contents": "- [Papers](#papers)\n  - [Prompt](#prompt)\n- [Others]()\n",
    "prose": "We follow [PromptPapers](https://github.com/thunlp/PromptPapers) to label the papers.\n",
    "a pointer": "- Check out [thunlp/DeltaPapers](https://github.com/thunlp/DeltaPapers) if you like NLP.\n",
    "a guide": "## Contributing\n\n- Add the [pdf](https://a.org) link of the paper.\n- **Second**, use the [format](https://b.org).\n",
    "a legend": "## Keywords Convention\n\n![](https://img.shields.io/badge/CoOp-blue) The abbreviation.\n",
    "a comment": "<!-- \n- **Title of Words,** ACL 2020. [[pdf](https://a.org)]\n-->\n",
    "a fence": "```\n- **Title of Words,** ACL 2020. [[pdf](https://a.org)]\n```\n",
    "a strong line": "**More is coming soon...**\n",
    "licence": "## License\n\n- [MIT](https://a.org) by **Ann Lee**\n",
    "an empty item": "-\n- \n",
}


@pytest.mark.parametrize("text", NOT_ENTRIES.values(), ids=NOT_ENTRIES.keys())
def test_what_is_no_work_is_no_entry(text: str) -> None:
    assert titles(text) == []


def test_a_category_is_no_entry_but_what_is_nested_in_it_is() -> None:
    text = "- Adapters\n  - **A Title of Words,** ACL 2020. [[pdf](https://a.org)]\n  - **B Title of Words,** ACL 2021. [[pdf](https://b.org)]\n"
    assert titles(text) == ["A Title of Words", "B Title of Words"]


def test_sub_items_that_are_no_works_belong_to_their_entry() -> None:
    found = entry(
        "- [A Title of Words](https://a.org)\n  - Ann Lee, Bo Li, Cy Ng\n  - Publisher: ICLR 2024\n  - Code: [official](https://b.org)\n"
    )
    assert found.end_line == 4
    assert authors(found) == ["Ann Lee", "Bo Li", "Cy Ng"]
    assert [url for _, url in labels(found)] == ["https://a.org", "https://b.org"]


def test_sections_hold_their_entries() -> None:
    document = read(
        "# List\n\n## A\n\n- **One Title,** ACL 2020. [[pdf](https://a.org)]\n\n### B\n\n- **Two Title,** ACL 2021. [[pdf](https://b.org)]\n"
    )
    assert [(section.path, len(section.entries)) for section in document.sections] == [
        (("List",), 0),
        (("List", "A"), 1),
        (("List", "A", "B"), 1),
    ]
    assert document.entries[1].section == ("List", "A", "B")
    assert [(section.start_line, section.end_line) for section in document.sections][-2:] == [
        (3, 6),
        (7, 10),
    ]


def test_the_legend_gives_each_colour_its_meaning() -> None:
    document = read(
        "## Keywords Convention\n\nWe label the papers.\n\n![](https://img.shields.io/badge/CoOp-blue) The abbreviation of the work.\n\n"
        "![](https://img.shields.io/badge/Other-orange) Other information.\n"
    )
    assert [(item.color, item.keyword, item.meaning) for item in document.legend] == [
        ("blue", "CoOp", "The abbreviation of the work."),
        ("orange", "Other", "Other information."),
    ]


def test_the_contents_name_their_lines_and_depth() -> None:
    document = read("- [Papers](#papers)\n  - [Prompt](#prompt)\n- [Others]()\n")
    assert [(item.link.url, item.line, item.depth) for item in document.contents] == [
        ("#papers", 1, 0),
        ("#prompt", 2, 1),
        (None, 3, 0),
    ]


def urls(document: Document) -> list[str | None]:
    return [link.url for link in document.links]


def test_links_outside_entries_are_in_the_document_too() -> None:
    text = (
        "# A [b](https://b.org)\n\nSee <https://c.org>.\n\n<p><a href='https://d.org'><img src='https://img.shields.io/x.svg'></a></p>\n\n"
        "- **One Title,** ACL 2020. [[pdf](https://a.org)]\n\n> quoted [e](https://e.org)\n"
    )
    document = read(text)
    assert urls(document) == [
        "https://b.org",
        "https://c.org",
        "https://d.org",
        "https://a.org",
        "https://e.org",
    ]
    for link in document.links:
        assert link.url_span
        assert document.slice(link.url_span) == link.url


def test_comments_are_found_wherever_they_stand() -> None:
    document = read(
        "<!-- one -->\n\n- **A Title,** ACL 2020. <!-- two --> [[pdf](https://a.org)]\n\n<div>\n<!--three\n--> </div>\n\n`<!-- no -->`\n"
    )
    assert [comment.text.strip() for comment in document.comments] == ["one", "two", "three"]
    assert document.slice(document.comments[1].span) == "<!-- two -->"


@pytest.mark.parametrize(
    ("text", "separation"),
    [
        ("- **A Title,** ACL 2020.\n\n  *Ann Lee, Bo Li* [[pdf](https://a.org)]", "blank"),
        ("- **A Title,** ACL 2020.\n  *Ann Lee, Bo Li* [[pdf](https://a.org)]", "glued"),
        ("- **A Title,** ACL 2020.\n*Ann Lee, Bo Li* [[pdf](https://a.org)]", "glued"),
        ("- **A Title,** ACL 2020.  \n  *Ann Lee, Bo Li* [[pdf](https://a.org)]", "break"),
        ("- **A Title,** ACL 2020.\\\n  *Ann Lee, Bo Li* [[pdf](https://a.org)]", "break"),
        ("- **A Title,** ACL 2020.<br>\n  *Ann Lee, Bo Li* [[pdf](https://a.org)]", "break"),
        ("- **A Title,** *Ann Lee, Bo Li*, ACL 2020. [[pdf](https://a.org)]", "same-line"),
        ("- **A Title,** ACL 2020. [[pdf](https://a.org)]", None),
    ],
)
def test_what_parts_title_and_authors_is_told(text: str, separation: str | None) -> None:
    assert entry(text).separation == separation


@pytest.mark.parametrize(
    ("line", "removed"),
    [
        ("[[Paper](https://a.org)][[Code]()]", "[[Paper](https://a.org)]"),
        ("[[Paper](https://a.org)][Code]", "[[Paper](https://a.org)]"),
        ("[[pdf](https://a.org)], [[Project]()]", "[[pdf](https://a.org)]"),
        ("[[Code]()], [[pdf](https://a.org)]", "[[pdf](https://a.org)]"),
        ("[Paper](https://a.org) | [Code]()", "[Paper](https://a.org)"),
        ("[[Paper](https://a.org), [Code]()]", "[[Paper](https://a.org)]"),
        ("[Code]()", ""),
        ("[[Paper](https://a.org)]\n  [Code]()", "[[Paper](https://a.org)]"),
        ("[[Paper](https://a.org)]\r\n  [Code]() \r\n  more", "[[Paper](https://a.org)]\r\n  more"),
        ("[[Paper](https://a.org)]\n  [Code]() more", "[[Paper](https://a.org)]\n   more"),
    ],
)
def test_removing_a_link_takes_its_brackets_and_its_separator(line: str, removed: str) -> None:
    head = "- **A Title of Words,** ACL 2020. *Ann Lee, Bo Li* "
    document = read(head + line)
    link = next(link for link in document.links if not link.url)
    text = document.text
    assert (
        text[: link.removal_span.start] + text[link.removal_span.end :] == (head + removed).rstrip()
    )


def test_badges_know_after_what_they_stand() -> None:
    found = entry(
        "- ![](https://img.shields.io/badge/a-b) **A Title,** ACL 2020. ![](https://img.shields.io/badge/c-d)\n\n"
        "  *Ann Lee, Bo Li* ![](https://img.shields.io/badge/e-f) [[pdf](https://a.org)] ![](https://img.shields.io/badge/g-h)\n"
    )
    assert [badge.place for badge in found.badges] == [
        "before-title",
        "after-title",
        "after-authors",
        "after-links",
    ]
    assert len(found.badge_runs) == 4


def test_ids_of_the_work_come_from_links_and_text() -> None:
    found = entry(
        "- **A Title,** ACL 2020 (arXiv:2004.12406v2). [[acl](https://aclanthology.org/P02-1040.pdf)] "
        "[[or](https://openreview.net/forum?id=VZ2oO6KYbBB)] [[doi](https://doi.org/10.1145/3468264.3468544)]"
    )
    assert dict(found.ids) == {
        "acl": ("P02-1040",),
        "arxiv": ("2004.12406",),
        "doi": ("10.1145/3468264.3468544",),
        "openreview": ("VZ2oO6KYbBB",),
    }


def test_windows_line_ends_change_nothing_but_offsets() -> None:
    unix, windows = read(TWO_PART), read(TWO_PART.replace("\n", "\r\n"))
    assert shown(unix.entries[0]) == shown(windows.entries[0])
    assert authors(unix.entries[0]) == authors(windows.entries[0])
    assert windows.newline == "\r\n"
    assert windows.entries[0].end_line == 3


def test_an_empty_text_has_one_empty_section() -> None:
    document = read("")
    assert document.entries == ()
    assert [(section.start_line, section.end_line) for section in document.sections] == [(1, 1)]


def test_inline_html_is_read_as_markdown_is() -> None:
    document = read(
        '- **A Title of Words** <a href="https://a.org/p">Paper</a><br>'
        '<a href="https://b.org"><img src="https://img.shields.io/badge/Code-blue" alt="Code"></a> '
        '<img src="https://img.shields.io/badge/New-red"><img alt="x"><img src="cat.png"> <b>bold</b>\n'
    )
    found = document.entries[0]
    assert labels(found) == [("Paper", "https://a.org/p"), ("Code", "https://b.org")]
    assert [badge.label for badge in found.badges] == ["Code", "New"]
    assert found.links[1].only_image
    for link in document.links:
        assert link.url_span
        assert document.slice(link.url_span) == link.url
        assert document.slice(link.span).startswith("<a")
        assert document.slice(link.span).endswith("</a>")
    for badge in found.badges:
        assert document.slice(badge.url_span) == badge.url


def test_an_html_link_that_is_never_closed_ends_with_its_block() -> None:
    found = entry('- **A Title of Words** [[pdf](https://a.org)] <a href="https://b.org">Code\n')
    assert labels(found)[-1] == ("Code", "https://b.org")


def test_bare_addresses_are_links_up_to_what_cannot_be_theirs() -> None:
    text = (
        "- **A Title of Words,** ACL 2020. Paper: https://arxiv.org/abs/1706.03762. "
        "Code: (https://github.com/a/b_c(d)), <https://c.org/x>\uff0chttps://d.org/y\uff0cso\u3002\n"
    )
    found = entry(text)
    assert [url for _, url in labels(found)] == [
        "https://arxiv.org/abs/1706.03762",
        "https://github.com/a/b_c(d)",
        "https://c.org/x",
        "https://d.org/y",
    ]
    assert [link.form for link in found.links] == ["bare", "bare", "autolink", "bare"]
    assert dict(found.ids) == {"arxiv": ("1706.03762",)}


def test_a_defined_reference_is_a_link_and_an_undefined_one_a_placeholder() -> None:
    text = "- **A Title of Words,** ACL 2020. [[Paper][1]][Code] [Video] [tag]\n\n[1]: https://a.org/p\n"
    document = read(text)
    assert labels(document.entries[0]) == [
        ("Paper", "https://a.org/p"),
        ("Code", None),
        ("Video", None),
    ]
    url_span = document.links[0].url_span
    assert url_span
    assert document.slice(url_span) == "https://a.org/p"


def test_an_address_beside_marks_inside_of_marks_is_a_link() -> None:
    document = read(
        "- *A Title of Words\n**in strong letters** https://arxiv.org/abs/2301.00001*\n"
    )
    (found,) = document.entries
    assert [link.url for link in found.links] == ["https://arxiv.org/abs/2301.00001"]


def test_marks_around_a_link_or_a_badge_belong_to_it() -> None:
    found = entry(
        "- **[A Title of Words](https://a.org)** *![](https://img.shields.io/badge/a-b)* "
        "**[code](https://b.org) and [data](https://c.org)** **x `y` *z***\n"
    )
    assert labels(found) == [
        ("@title", "https://a.org"),
        ("code", "https://b.org"),
        ("data", "https://c.org"),
    ]
    assert found.title.text == "A Title of Words"
    assert len(found.badges) == 1


def test_a_title_with_marks_inside_is_read_whole() -> None:
    found = entry("- **A `Title` of *Words* & More,** ACL 2020. [[pdf](https://a.org)]\n")
    assert found.title.text == "A Title of Words & More"


def test_escaped_brackets_around_a_link_go_with_it() -> None:
    document = read("- [A Title of Words](https://a.org), ACL 2020 \\[[code]()\\]\n")
    link = document.links[1]
    assert document.slice(link.outer_span) == "\\[[code]()\\]"


def test_authors_may_stand_first_or_follow_by() -> None:
    first = entry("- *Ann Lee, Bo Li*. **A Title of Words,** ACL 2020. [[pdf](https://a.org)]\n")
    assert (first.title.text, authors(first)) == ("A Title of Words", ["Ann Lee", "Bo Li"])
    assert first.separation is None
    by = entry("- **A Title of Words** by Ann Lee [[pdf](https://a.org)]\n")
    assert authors(by) == ["Ann Lee"]


def test_plain_authors_end_where_the_venue_begins() -> None:
    found = entry("1. **A Title of Words.** J. D. Lee, Bo Li. ACL 2020. [[paper](https://a.org)]\n")
    assert authors(found) == ["J. D. Lee", "Bo Li"]
    assert shown(found) == ("A Title of Words", "ACL", 2020)
    document = read(
        "1. **A Title of Words.** J. D. Lee, Bo Li. ACL 2020. [[paper](https://a.org)]\n"
    )
    assert [document.slice(author.span) for author in document.entries[0].authors] == [
        "J. D. Lee",
        "Bo Li",
    ]


def test_a_numbered_title_loses_its_number() -> None:
    assert titles("- **[8] A Title of Words,** ACL 2020. [[pdf](https://a.org)]\n") == [
        "A Title of Words"
    ]
    assert titles("- [8] A Title of Words [[pdf](https://a.org)]\n") == ["A Title of Words"]
    assert titles("- **3. A Title of Words,** ACL 2020. [[pdf](https://a.org)]\n") == [
        "A Title of Words"
    ]


def test_table_columns_are_told_by_header_or_by_what_they_hold() -> None:
    by_links = "| Venue | What | Code |\n|--|--|--|\n| ICML 2020 | [A Title of Words](https://a.org) | [code](https://b.org) |\n| - | x | - |\n"
    found = read(by_links).entries[0]
    assert shown(found) == ("A Title of Words", "ICML", 2020)
    named = "| Title | Authors | Date |\n|--|--|--|\n| A Title of Words | Ann Lee, Bo Li | *19 apr 2017* [x](https://a.org) |\n| - | - | - |\n"
    document = read(named)
    assert authors(document.entries[0]) == ["Ann Lee", "Bo Li"]
    assert shown(document.entries[0]) == ("A Title of Words", None, 2017)
    assert len(document.entries) == 1
    assert titles("| Method | Paper |\n|--|--|\n| Adapter | [pdf](https://a.org) |\n") == [
        "Adapter"
    ]
    assert titles("| A | B |\n|--|--|\n| 1 | [pdf](https://a.org) |\n") == []
    assert titles("| Title |\n|--|\n") == []


def test_quotes_and_nested_tables_are_read_as_well() -> None:
    assert titles("> - **A Title of Words,** ACL 2020. [[pdf](https://a.org)]\n") == [
        "A Title of Words"
    ]
    text = (
        "- Adapters\n\n  | Paper title | Link |\n  |--|--|\n  | A Title | [pdf](https://a.org) |\n"
    )
    assert titles(text) == ["A Title"]
    quoted = read(
        "- Adapters\n\n  > See [b](https://b.org).\n\n  <p><a href='https://c.org'>c</a></p>\n"
    )
    assert urls(quoted) == ["https://b.org", "https://c.org"]


def test_reading_leaves_the_collector_as_it_was() -> None:
    for switch in (gc.disable, gc.enable):
        switch()
        try:
            state = gc.isenabled()
            read("- [A Title](https://arxiv.org/abs/2203.12119)\n")
            assert gc.isenabled() is state
        finally:
            gc.enable()


def test_code_and_addresses_are_known_by_their_places() -> None:
    text = (
        "---\ntitle: \u00e9\n---\n\n"
        'a `c\u00e9` [x](http://a.org/\u00e9 "t") ![i](i/\u00e9.png) <b title="\u00e9">b</b>'
        " https://b_c.org/\u00e9_f <!-- \u00e9 --> <http://q.org/\u00e9> [r][r] [plain](http://a.org)\n\n"
        '    ind\u00e9\n\n<p align="\u00e9">\nx \u00e9</p>\n\n- a\n\n  ~~~\n  \u00e9\n  ~~~\n\n'
        "[r]: http://r.org/\u00e9\n[s]: http://s.org/\u00e9\n"
    )
    document = read(text)
    assert [document.slice(span).split() for span in document.code] == [
        ["---", "title:", "\u00e9", "---"],
        ["`c\u00e9`"],
        ["ind\u00e9"],
        ["~~~", "\u00e9", "~~~"],
    ]
    assert [document.slice(span) for span in document.hidden] == [
        "http://a.org/\u00e9",
        "i/\u00e9.png",
        '<b title="\u00e9">',
        "https://b_c.org/\u00e9_f",
        "<!-- \u00e9 -->",
        "http://q.org/\u00e9",
        '<p align="\u00e9">',
        "http://r.org/\u00e9",
        "http://s.org/\u00e9",
    ]
    places = [at for at, letter in enumerate(text) if letter == "\u00e9"]
    unread = [document.is_code_or_comment(at) for at in places]
    hidden = [document.is_hidden(at) for at in places]
    assert (
        unread == [True, True] + [False] * 4 + [True, False, True, False, False, True] + [False] * 2
    )
    assert hidden == [False, False] + [True] * 6 + [False, True, False, False] + [True] * 2
    assert not document.is_hidden(0)
    assert not read("plain").is_code_or_comment(0)


def test_a_long_run_of_blanks_in_a_title_takes_no_longer_than_its_length() -> None:
    def seconds(count: int) -> float:
        text = f"- A title {' ' * count}a [[Paper](https://arxiv.org/abs/2106.09685)]\n"
        begin = time.process_time()
        read(text)
        return time.process_time() - begin

    seconds(100)
    assert seconds(40_000) < 10 * seconds(10_000) + 0.1


def test_what_rules_have_made_of_a_list_is_let_go_when_nobody_asks_for_it() -> None:
    made: list[str] = []

    def works(_: Document) -> int:
        made.append("works")
        return 1

    def links(document: Document) -> int:
        made.append("links")
        return document.once(works) + 1

    document = read("- A title\n")
    for _ in range(3):
        assert (document.once(works), document.once(links)) == (1, 2)
        document.let_go()
    assert made == ["works", "links"]
    for _ in range(6):
        document.once(works)
        document.let_go()
    document.once(links)
    assert made == ["works", "links", "links"]
    for _ in range(4):
        document.let_go()
    document.once(works)
    assert made == ["works", "links", "links"]
    for _ in range(5):
        document.let_go()
    document.once(works)
    assert made == ["works", "links", "links", "works"]
