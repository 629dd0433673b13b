"""Anchors are those that GitHub gives, and what leads to them is found."""

from __future__ import annotations

import time

import pytest

from peftlint.anchor import Nearest, anchors, fragment
from peftlint.linter import lint
from peftlint.pagehtml import ids, strays, unclosed_comments
from peftlint.reader import read
from peftlint.registry import find
from peftlint.slug import Slugger, slug
from peftlint.source import Span, trimmed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prompt Tuning", "prompt-tuning"),
        ("Reading & Writing", "reading--writing"),
        ("System Efficiency Optimization - Model Co-design", "system-efficiency-optimization---model-co-design"),
        ("Fault Tolerance / Straggler Mitigation", "fault-tolerance--straggler-mitigation"),
        ("1. Introduction (draft)", "1-introduction-draft"),
        ("prompt_tuning", "prompt_tuning"),
        ("\U0001f680 Papers", "-papers"),
        ("\u2696\ufe0f License", "\ufe0f-license"),
        ("Q\u00b2", "q"),
        ("Chapter \u2163", "chapter-\u2173"),
        ("\u63d0\u793a\u5b66\u4e60\uff08Prompt\uff09", "\u63d0\u793a\u5b66\u4e60prompt"),
        ("\u00c9tudes", "\u00e9tudes"),
        (":star: Trends", "star-trends"),
        ("a\tb", "ab"),
        ("a  b", "a--b"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_slug_is_that_of_github(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_what_repeats_gets_the_next_number_that_is_free() -> None:
    slugger = Slugger()
    wanted = ["a", "a", "a-1", "a", "a-1", "b", "a"]
    assert [slugger.anchor(name) for name in wanted] == [
        "a", "a-1", "a-1-1", "a-2", "a-1-2", "b", "a-3",
    ]  # fmt: skip


def test_a_heading_is_named_by_what_it_shows() -> None:
    document = read(
        "# `code` and **[bold](https://a.org)** &amp; <i>more</i>\n\n"
        "Two\nlines\n---\n\n<div>\n<h2 align=center>In <b>HTML</b></h2>\n</div>\n\n> ## Quoted\n"
    )
    assert [anchor.name for anchor in anchors(document).headings] == [
        "code-and-bold--more", "two-lines", "in-html", "quoted",
    ]  # fmt: skip


def test_tags_and_site_generators_name_places_too() -> None:
    document = read('<a name="One"></a> x <b id=two>y</b>\n\n## Papers {#three}\n')
    assert {"One", "two", "three"} <= anchors(document).names


def test_a_blank_beside_a_tag_makes_an_anchor_uncertain() -> None:
    document = read("## <b> News </b>\n\n## News\n")
    first, second = anchors(document).headings
    assert (first.is_certain, second.is_certain) == (False, True)
    assert {"-news-", "news"} <= anchors(document).names


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("#papers", "papers"),
        ("#user-content-papers", "papers"),
        ("#%E6%8F%90", "\u63d0"),
        ("#", None),
        ("#top", None),
        ("#L10", None),
        ("#L10-L20", None),
        ("#fn1", None),
        ("#fnref:1", None),
        ("#/guide", None),
        ("#function", "function"),
        ("README.md#papers", None),
        ("https://a.org#papers", None),
    ],
)
def test_a_fragment_is_what_a_link_means_to_open(url: str, expected: str | None) -> None:
    (link,) = read(f"[x]({url})\n").links
    assert fragment(link) == expected


def nearest(text: str, name: str) -> str | None:
    """The anchor of a list that the link at its end means by `name`."""
    document = read(f"{text}\n\n[the label](#{name})\n")
    return Nearest(anchors(document).headings, (), [name]).anchor(name, document.links[-1])


def test_one_near_heading_is_meant() -> None:
    assert nearest("## Addictive", "additive") == "addictive"
    assert nearest("## Reparameter Tuning", "repatameter-tuning") == "reparameter-tuning"
    assert nearest("## The Label", "whatever") == "the-label"
    assert nearest("## \U0001f680 Papers", "papers") == "-papers"
    assert nearest("## Efficient MOE", "efficient_moe") == "efficient-moe"
    assert nearest("## Supervised Learning", "unsupervised-learning") is None
    assert nearest("## Papers 2021", "papers-2022") is None
    assert nearest("## LoRA", "nora") is None
    assert nearest("## Adapter\n\n## Adaptors", "adaptor") is None


def test_tags_are_paired_by_their_names() -> None:
    document = read("<div>\n<b>\n\n*x* </b> </i> <p> <eos> <sub>\n\n</div>\n")
    assert [(tag.name, tag.is_closing) for tag, _, _ in strays(document.html)] == [
        ("i", True),
        ("sub", False),
    ]
    assert [document.slice(span) for _, span, _ in strays(document.html)] == ["</i>", "<sub>"]


def test_ids_and_open_comments_stand_where_they_say() -> None:
    document = read(
        '- x <a id="one"></a>\n\n  <!-- open\n\n- <div ID=two>\n\n<!--> <!-- closed -->\n'
    )
    assert [(name, document.slice(span)) for name, span in ids(document.html)] == [
        ("one", "one"),
        ("two", "two"),
    ]
    assert [document.place(span.start) for span in unclosed_comments(document.html)] == [(3, 3)]


def test_a_row_knows_its_cells() -> None:
    document = read(
        "- | A | B |\n  | - | - |\n  | 1 \\| | [x](y) | z | |\n  | `a|b` |\n\n> | A |\n> | - |\n> | b | c\n"
    )
    first, second = document.tables
    assert (first.columns, second.columns) == (2, 1)
    assert [(row.cells, sorted(row.linked)) for row in first.rows] == [(4, [1]), (2, [])]
    (row,) = second.rows
    assert first.rows[0].dropped is not None
    assert row.dropped is not None
    assert document.slice(first.rows[0].dropped) == "z"
    assert document.slice(row.dropped) == "c"


def test_a_span_is_trimmed() -> None:
    assert trimmed("a  bc ", Span(1, 6)) == (3, 5)
    assert trimmed("a   ", Span(1, 4)).start == trimmed("a   ", Span(1, 4)).end


ENTRY = "- **T,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]\n"
NAMES = (
    "broken-anchor", "missing-toc-item", "duplicate-heading", "empty-section",
    "wrong-cell-count", "stray-html", "unclosed-comment",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "## Papers\n\n" * 5000,
        "".join(f"- [x](#papers-{n}a)\n" for n in range(3000)) + "## Papers\n\n" * 3000,
        "".join(f"- [heading {n}](#h{n}x)\n" for n in range(3000))
        + "".join(f"## Heading {n}\n\n{ENTRY}{ENTRY}\n" for n in range(1500)),
        "".join(f"- [Heading {n}](#heading-{n})\n" for n in range(3000) if n % 3)
        + "\n"
        + "".join(f"## Heading {n}\n\n{ENTRY}{ENTRY}\n" for n in range(3000)),
        "<b>" * 30000,
        "</b>" * 30000,
        "<div>\n" + "<a id=x>" * 30000,
        "<!-- " * 50000,
        "<div>\n<!--\n\n" * 5000,
        "| A | B |\n| - | - |\n" + "| 1 |\n| 1 | 2 | 3 |\n" * 5000,
        "| A | B |\n| - | - |\n| " + "x | " * 30000 + "\n",
        "## " + "{#" * 20000 + "\n\n[x](#y)\n",
        "## " + "x" * 200000 + "\n\n[x](#" + "y" * 200000 + ")\n",
        "#### x\n" + "<a>" * 20000,
    ],
    ids=range(14),
)  # fmt: skip
@pytest.mark.usefixtures("untraced")
def test_hostile_lists_are_checked_in_linear_time(text: str) -> None:
    document = read(text)
    rules = [find(name) for name in NAMES]
    began = time.process_time()
    lint(document, rules)
    assert time.process_time() - began < 5
