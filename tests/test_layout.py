"""The layout of an entry reads as a person would jot it down, and alike entries are alike."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from peftlint.model import Document
from peftlint.reader import read
from peftlint.style.family import comparisons, families
from peftlint.style.layout import Layout, layout

WILD = Path(__file__).parent.parent.parent / "shared" / "lists" / "wild"
URL = "https://arxiv.org/abs/2203.12119"
BADGE = "![](https://img.shields.io/badge/VPT-blue)"
TABLE = """\
| Date | Paper | Authors | Links |
| --- | --- | --- | --- |
"""

TWO_PARTS = f"""\
- **Visual Prompt Tuning,** ECCV 2022. {BADGE}

  *Menglin Jia, Luming Tang.* [[Paper]({URL})][[Code](https://github.com/x/y)]
"""
WITHOUT_CODE_OR_BADGE = f"""\
- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang.* [[Paper]({URL})]
"""
WITHOUT_VENUE = f"""\
- **Visual Prompt Tuning.** {BADGE}

  *Menglin Jia, Luming Tang.* [[Paper]({URL})]
"""
BADGES_LAST = f"""\
- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang.* [[Paper]({URL})] {BADGE}
"""
GLUED = f"""\
- **Visual Prompt Tuning,** ECCV 2022.
  *Menglin Jia, Luming Tang.* [[Paper]({URL})]
"""
ON_ONE_LINE = f"""\
- **Visual Prompt Tuning,** ECCV 2022. *Menglin Jia, Luming Tang.* [[Paper]({URL})]
"""
NUMBERED = f"""\
1. **Visual Prompt Tuning,** ECCV 2022.

   *Menglin Jia, Luming Tang.* [[Paper]({URL})]
"""
LINKED = f"""\
- [Visual Prompt Tuning]({URL}), ECCV 2022.
"""


def only(text: str) -> Layout:
    """The layout of the one entry of a list."""
    document = read(f"# Papers\n\n{text}")
    (entry,) = document.entries
    return layout(document, entry)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TWO_PARTS, "- **title** venue year badges // *authors* links"),
        (WITHOUT_VENUE, "- **title** badges // *authors* links"),
        (BADGES_LAST, "- **title** venue year // *authors* links badges"),
        (GLUED, "- **title** venue year / *authors* links"),
        (GLUED.replace("2022.\n", "2022.  \n"), "- **title** venue year \\ *authors* links"),
        (GLUED.replace("2022.\n", "2022.\\\n"), "- **title** venue year \\ *authors* links"),
        (GLUED.replace("2022.\n", "2022.<br>\n"), "- **title** venue year \\ *authors* links"),
        (GLUED.replace("2022.\n", "2022.</BR>\n"), "- **title** venue year \\ *authors* links"),
        (TWO_PARTS.replace("\n", "\r\n"), "- **title** venue year badges // *authors* links"),
        (ON_ONE_LINE, "- **title** venue year *authors* links"),
        (NUMBERED, "1. **title** venue year // *authors* links"),
        (NUMBERED.replace("1. ", "1."), "1.**title** venue year // *authors* links"),
        (LINKED, "- [title] venue year"),
        (f"- **[Visual Prompt Tuning]({URL})**, ECCV 2022.\n", "- **[title]** venue year"),
        (f"- [**Visual Prompt Tuning**]({URL}), ECCV 2022.\n", "- [**title**] venue year"),
        (f'- "Visual Prompt Tuning", ECCV 2022. [[Paper]({URL})]\n', '- "title" venue year links'),
        (
            f'- **VPT**: ""What" Is Visual Prompt Tuning", ECCV 2022. [[Paper]({URL})]\n',
            '- **name** "title" venue year links',
        ),
        (
            f'- **VPT**: "Visual Prompt Tuning", ECCV, 2022. [[Paper]({URL})]\n',
            '- **name** "title" venue year links',
        ),
        (f"- [VPT]({URL}): Visual Prompt Tuning\n", "- [name]: title"),
        (f"- **[VPT]({URL})**: Visual Prompt Tuning\n", "- [name]: title"),
        (f"- [[ECCV]({URL})] Visual Prompt Tuning. [[Code](https://github.com/x/y)]\n",
         "- [venue] title links"),
        (f"- Visual Prompt Tuning [[Paper]({URL})]\n  - Menglin Jia, Luming Tang (*ECCV 2022*)\n",
         "- title links / - authors venue year"),
        (f"{TABLE}| 2022-03 | **Visual Prompt Tuning** | Menglin Jia, Luming Tang | [x]({URL}) |\n",
         "| year | **title** | authors | links"),
    ],
)  # fmt: skip
def test_a_layout_reads_as_one_would_jot_it_down(text: str, expected: str) -> None:
    assert str(only(text)) == expected


@pytest.mark.parametrize("text", [WITHOUT_CODE_OR_BADGE, WITHOUT_VENUE])
def test_an_entry_without_some_field_is_like_those_that_have_it(text: str) -> None:
    assert only(text).is_like(only(TWO_PARTS))
    assert only(TWO_PARTS).is_like(only(text))


@pytest.mark.parametrize("text", [BADGES_LAST, GLUED, ON_ONE_LINE, NUMBERED, LINKED])
def test_an_entry_that_stands_otherwise_is_not_like_the_others(text: str) -> None:
    assert not only(text).is_like(only(TWO_PARTS))
    assert not only(TWO_PARTS).is_like(only(text))


def test_a_line_end_that_markdown_shows_as_a_blank_does_not_matter() -> None:
    assert only(GLUED).is_like(only(ON_ONE_LINE))
    assert not only(GLUED).is_like(only(WITHOUT_CODE_OR_BADGE))


def test_a_family_is_shown_by_its_fullest_frequent_layout() -> None:
    text = (WITHOUT_VENUE + "\n") * 3 + (TWO_PARTS + "\n") * 2 + BADGES_LAST
    document = read(f"# Papers\n\n{text}")
    common, rare = families(document, document.entries)
    assert str(common.layout) == "- **title** venue year badges // *authors* links"
    assert len(common.entries) == 5
    assert rare.entries == document.entries[-1:]


def compared(document: Document, index: int) -> list[tuple[str, str, bool, bool]]:
    """How an entry stands to those around it."""
    return [
        (one.scope, str(one.usual), one.is_like, one.is_sure)
        for one in comparisons(document, document.entries[index])
    ]


def test_an_entry_is_compared_with_its_section_and_with_its_list() -> None:
    text = f"# A\n\n{(TWO_PARTS + chr(10)) * 6}{LINKED}\n# B\n\n{(LINKED + chr(10)) * 2}"
    document = read(text)
    assert compared(document, 0) == [
        ("section", "6 of 7", True, True),
        ("list", "6 of 9", True, False),
    ]
    assert compared(document, 6) == [
        ("section", "6 of 7", False, True),
        ("list", "6 of 9", False, False),
    ]
    assert compared(document, 8) == [
        ("section", "2 of 2", True, False),
        ("list", "6 of 9", False, False),
    ]


def test_a_list_without_entries_has_no_family() -> None:
    assert families(read("# Nothing\n"), ()) == ()


def test_a_list_of_a_thousand_layouts_takes_no_time() -> None:
    marks = ["", "*", "**", "`", '"', "'", "**`", "*`"]
    rows = [
        f"- {mark}Visual Prompt Tuning {number}{mark[::-1]} {'[x](y) ' * (number % 3)}{BADGE * (number % 2)}"
        f"{'  ' * (number % 5)}\n  ECCV 2022 [[Paper]({URL})]"
        for number in range(300)
        for mark in marks
    ]
    document = read("\n\n".join(rows))
    assert len(document.entries) > 1000
    start = time.process_time()
    families(document, document.entries)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("fill", ["*", "`", " ", "\n", "<br", "\\\n", "  \n", '"'])
def test_no_text_between_the_fields_takes_long(fill: str) -> None:
    text = f"# A\n\n- **{fill * 5}Title,** ECCV 2022. [[Paper]({URL})] {fill * 20_000} [[Code]({URL})]\n"
    document = read(text)
    start = time.process_time()
    families(document, document.entries)
    assert time.process_time() - start < 2


@pytest.mark.skipif(not WILD.is_dir(), reason="the real lists are not beside this repository")
@pytest.mark.parametrize(
    ("name", "expected", "share"),
    [
        ("thunlp+DeltaPapers", "- **title** venue year badges // *authors* links", 0.9),
        ("thunlp+TAADpapers", "1. **title** *authors* venue year links", 0.95),
        ("zjunlp+Prompt4ReasoningPapers", "1. **title** // *authors* links year", 0.9),
        ("diff-usion+Awesome-Diffusion-Models", "**title** \\ *authors* \\ venue year links", 0.95),
        ("Xuchen-Li+cv-arxiv-daily", "| year | **title** | authors | links", 0.95),
        ("qianlima-lab+awesome-lifelong-learning-methods-for-llm",
         "- **title** venue year badges links", 0.9),
        ("THUDM+Awesome-Parameter-Efficient-Fine-Tuning-for-Foundation-Models",
         "1. **title** venue year // *authors* // links", 0.95),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("untraced")
def test_the_layout_of_a_real_list_is_what_a_careful_reader_says(
    name: str, expected: str, share: float
) -> None:
    document = read((WILD / f"{name}.md").read_text(encoding="utf-8-sig"))
    largest = families(document, document.entries)[0]
    assert str(largest.layout) == expected
    assert len(largest.entries) >= share * len(document.entries)
