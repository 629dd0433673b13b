"""What a layout writes reads back as the same entry, whatever the entry says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peftlint.layout.made import made_entry
from peftlint.layout.named import TEMPLATES, named
from peftlint.layout.roundtrip import Laid, read_back
from peftlint.model import Document, Entry
from peftlint.reader import read

LAYOUTS = sorted(TEMPLATES)
#: The others carry all fields.
WITHOUT_AUTHORS = "badges"


def entry_of(text: str) -> tuple[Document, Entry]:
    """A list with one entry."""
    document = read(f"# Papers\n\n{text}\n")
    (entry,) = document.entries
    return document, entry


def laid(name: str, text: str) -> str:
    """The entry of a list in a named layout, or why it is not laid out."""
    document, entry = entry_of(text)
    found = read_back(named(name), entry, document)
    return f"{found.text}\n" if isinstance(found, Laid) else found


# Generated entries: what a reader cannot know from something else is none of them, see `ODD`.

WORDS = st.sampled_from(
    [
        "Learning",
        "Prompt",
        "Tuning",
        "Large",
        "Language",
        "Models",
        "Adapter",
        "for",
        "Vision",
        "Sparse",
        "Low-Rank",
        "of",
        "the",
        "Networks",
        "via",
        "Transformers",
        "Robust",
        "3D",
        "GPT-4",
        "LoRA",
        "Video",
        "a",
    ]
)
SPECIAL = st.sampled_from(
    [
        "A*", "snake_case", "*emph*", "**bold**", "__init__", "`code`", "``", "$\\alpha$", "$O(n^2)$",
        "[Nearly]", "[All][You]", "(2nd ed.)", "a|b", "\\|", "<b>", "<think>", "x<y", "&amp;", "AT&T",
        "&copy", "#1", "C#", "50%", "na\u00efve", "\u65e5\u672c\u8a9e", "Z\u00fcrich", "\\", "\\beta", "~70x~",
        "~~no~~", "!", "_under_", "^2", "\u201cQuoted\u201d", "'single'", "\u2014", "{x}", "vs.", "C++", "=", "+",
        "-", "--", "$5", "\U0001f525", "![x]", "<!--", "https", "@home", "\u2013",
    ]
)  # fmt: skip
#: What is no part of a title where a list shows one: what parts it from the next field at its end,
#: and a bracket or other punctuation before it, which holds a number, a nickname or a year.
UNREADABLE = re.compile(r"[\s.,:;&|~\\\u2014\u2013-]$|^[^\w$\u201c]|^\d+[.)]")
#: Without marks around the title, a dash with blanks around it may begin what is behind it, and
#: what is in quotes may be all of it.
UNREADABLE_BARE = re.compile(r" [-\u2014\u2013] |^\u201c")
OPENINGS = st.sampled_from(
    ["LoRA: A", "GPT-4: Is", "What Is", "$k$-NN for", "3D-CLR:", "Towards", "\u201cOops\u201d:", "\u65e5\u672c\u8a9e:",
     "Learning", "x2: More", "Prompt | Prefix:", "U-Net++:", "Q&A:", "Prompt-free,"]
)  # fmt: skip
TITLES = (
    st.tuples(
        OPENINGS,
        WORDS,
        st.lists(st.one_of(WORDS, WORDS, SPECIAL), min_size=1, max_size=6),
        WORDS,
        st.lists(WORDS, max_size=3),
        st.sampled_from(["", "", "?", "!"]),
    )
    .map(
        lambda parts: (
            " ".join([parts[0], parts[1], *parts[2], parts[3]])
            + (": A " + " ".join([*parts[4], "Study"]) if parts[4] else "")
            + parts[5]
        )
    )
    # One word again and again is no title, and `Models` heads a column.
    .filter(lambda title: not UNREADABLE.search(title) and len(set(title.split())) > 3)
)
NAMES = st.tuples(
    st.sampled_from(["Ada", "Yi-Lin", "Jos\u00e9", "\u00c9lise", "Ann M.", "J. K.", "Xiang Lisa"]),
    st.sampled_from(
        ["Lee", "van Dyck", "de la Cruz", "Ben Zaken", "M\u00fcller", "Al-Rfou", "O'Neil", "Li", "Wang"]
    ),
).map(" ".join)  # fmt: skip
AUTHORS: st.SearchStrategy[list[str]] = st.one_of(
    st.just([]),
    NAMES.map(lambda name: [name]).filter(lambda names: len(names[0].split()) <= 4),
    st.lists(NAMES, min_size=2, max_size=12, unique=True),
    st.lists(NAMES, min_size=1, max_size=3, unique=True).map(lambda names: [*names, "et al."]),
)
VENUES = st.sampled_from(
    ["ICLR", "NeurIPS", "arXiv", "Findings of ACL", "CVPR Workshop", "Nature", "IEEE TPAMI",
     "Proceedings of the National Academy of Sciences", "Preprint", "Conference on Computer Vision and Pattern Recognition (CVPR)"]
)  # fmt: skip
PAPER = st.integers(10000, 19999).map(lambda n: ("Paper", f"https://arxiv.org/abs/2106.{n}"))
LINKS = st.tuples(
    PAPER,
    st.lists(
        st.sampled_from(
            [
                ("Code", "https://github.com/a/b_c"),
                ("Code", None),
                ("Project Page", "https://x.io/a(b)c?d=e&f=g"),
                ("Demo [v2]", "https://x.io/a(b"),
                ("Slides | Talk", "https://x.io/a_b_c*d"),
                ("Data", "https://huggingface.co/x"),
                ("Page", "https://x.io/?a=1&lt;2"),
                ("Video", "https://x.io/%20|x"),
            ]
        ),
        max_size=7,
        unique=True,
    ),
).map(lambda parts: [parts[0], *parts[1]])
BADGES = st.lists(
    st.tuples(
        st.sampled_from(["", "x", "a[b]", "a*b_c"]),
        st.sampled_from(
            [f"https://img.shields.io/badge/{text}-blue" for text in ("LoRA", "NLU_x", "A--B")]
        ),
    ),
    max_size=6,
)
ENTRIES = st.builds(
    made_entry,
    TITLES,
    name=st.sampled_from([None, None, None, "LoRA", "CoOp", "T-5"]),
    authors=AUTHORS,
    venue=st.none() | VENUES,
    year=st.sampled_from([None, 1999, 2019, 2022, 2024]),
    links=LINKS,
    badges=BADGES,
)
FEWER = st.builds(
    made_entry,
    TITLES.filter(lambda title: not UNREADABLE_BARE.search(title)),
    links=LINKS,
    badges=BADGES,
)


def said(entry: Entry) -> dict[str, object]:
    """What an entry says, wherever its layout puts it."""
    return {
        "title": entry.title.text,
        "name": entry.name.text if entry.name else None,
        "authors": [author.text for author in entry.authors],
        "venue": entry.venue.text if entry.venue else None,
        "year": entry.year.value if entry.year else None,
        "links": sorted(link.url or link.label or "" for link in entry.links),
        "badges": [badge.url for badge in entry.badges],
        "ids": dict(entry.ids),
    }


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_every_entry_reads_back_from_every_layout(name: str, data: st.DataObject) -> None:
    entry = data.draw(FEWER if name == WITHOUT_AUTHORS else ENTRIES)
    found = read_back(named(name), entry)
    assert isinstance(found, Laid), found
    (again,) = read(found.document.text).entries
    assert said(again) == said(entry)
    # And what was read is written the same way again.
    second = read_back(named(name), found.entry, found.document)
    assert isinstance(second, Laid), second
    assert second.shown.lines == found.shown.lines


#: Titles that nobody can know from something else.
ODD = [
    "[CLS] Token Is All You Need", "(Nearly) All You Need Is Tuning", "NeurIPS 2022", "2021", "ACL",
    "arXiv:2101.00190", "Ann Lee, Bo Li and Cy Ng", "Code", "Tuning Prompts.", "Tuning Prompts,",
    "3. Tuning Prompts of Models", "https://x.io/paper", "\U0001f525", "*", "Paper \u2014 Ann Lee",
    "<!-- Tuning Prompts -->", "![](https://x.io/x.png)", "`", "Tuning\u00a0Prompts", "\u200bTuning", "- Tuning",
]  # fmt: skip


@pytest.mark.parametrize("title", ODD)
@pytest.mark.parametrize("name", LAYOUTS)
def test_what_reads_as_something_else_is_refused_with_what_it_would_be(
    name: str, title: str
) -> None:
    links = [("Paper", "https://arxiv.org/abs/2106.09685")]
    facts = {} if name == WITHOUT_AUTHORS else {"authors": ["Ann Lee", "Bo Li"], "year": 2021}
    entry = made_entry(title, links=links, **facts)  # type: ignore[arg-type]
    found = read_back(named(name), entry)
    if isinstance(found, Laid):
        (again,) = read(found.document.text).entries
        assert said(again) == said(entry)
    else:
        assert re.match(r"its \w+ would read as|it would (?:not )?read as|a part of it", found)


# What a list has written


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The *Power* of `Scale`", "The *Power* of `Scale`"),
        ("Learning $O(n^2)$ Attention", "Learning $O(n^2)$ Attention"),
        ("Prompt \\& Tuning &amp; More", "Prompt \\& Tuning &amp; More"),
        ("A snake_case Study", "A snake_case Study"),
    ],
)
def test_a_title_stays_as_it_is_written(title: str, shown: str) -> None:
    line = f"- **{title}** [[Paper](https://arxiv.org/abs/2106.09685)]"
    assert laid("petl", line).startswith(f"- **{shown},**\n")
    assert laid("linked-title", line).startswith(f"- [{shown}](https://arxiv.org/abs/2106.09685).")


def test_a_title_that_is_a_link_stays_as_its_label_is_written() -> None:
    line = "- [Top-$p$ *Pruning* of Prompts](https://arxiv.org/abs/2106.09685)"
    assert laid("linked-title", line) == f"{line}.\n"
    assert laid("petl", line).startswith("- **Top-$p$ *Pruning* of Prompts,**\n")


def test_a_title_is_escaped_where_it_would_read_otherwise() -> None:
    line = "- A* Search for Language Models. [[Paper](https://arxiv.org/abs/2106.09685)]"
    assert laid("petl", line).startswith("- **A\\* Search for Language Models,**\n")
    line = "- [Is #1 Enough?](https://arxiv.org/abs/2106.09685)"
    assert laid("badges", line) == ("- Is #1 Enough? [[Paper](https://arxiv.org/abs/2106.09685)]\n")


def test_a_title_that_opens_like_a_block_opens_none() -> None:
    line = "- [\\# Papers per Year of Prompt Tuning](https://arxiv.org/abs/2106.09685)"
    assert laid("badges", line) == (
        "- \\# Papers per Year of Prompt Tuning [[Paper](https://arxiv.org/abs/2106.09685)]\n"
    )


def test_names_as_in_bibtex_are_turned_round() -> None:
    line = (
        "- **Prompt Tuning,** ACL 2021.\n\n  *Jie, Shibo and Deng, Zhi-Hong.* "
        "[[Paper](https://arxiv.org/abs/2106.09685)]"
    )
    assert "\n  *Shibo Jie, Zhi-Hong Deng.* [[Paper]" in laid("petl", line)


def test_names_that_are_links_or_have_remarks_stay_as_they_are() -> None:
    authors = "[Ann Lee](https://ann.io), Bo Li (MIT)"
    line = f"- **Prompt Tuning,** *{authors}.* [[Paper](https://arxiv.org/abs/2106.09685)]"
    assert f"\n  *{authors}.* [[Paper]" in laid("petl", line)


def test_a_date_is_more_than_its_year() -> None:
    line = "- **Prompt Tuning**, 2 Aug 2023. [[Paper](https://arxiv.org/abs/2106.09685)]"
    assert laid("petl", line).startswith("- **Prompt Tuning,** 2 Aug 2023.\n")


def test_a_venue_that_a_label_shows_is_not_shown_twice() -> None:
    line = "- **Prompt Tuning**. [[CVPR2020](https://arxiv.org/abs/2106.09685)]"
    assert laid("petl", line) == (
        "- **Prompt Tuning,**\n\n  [[CVPR2020](https://arxiv.org/abs/2106.09685)]\n"
    )


def test_what_a_layout_has_no_place_for_is_named() -> None:
    line = "- **Prompt Tuning,** *Ann Lee, Bo Li*, ACL 2021. [[Paper](https://arxiv.org/abs/2106.09685)]"
    assert laid("badges", line) == "the layout has no place for its authors, venue and year"
