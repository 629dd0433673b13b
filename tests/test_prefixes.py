"""What stands before and behind a title, or inside its marks: dates, venues, names, remarks."""

from __future__ import annotations

import pytest

from peftlint.model import Entry
from peftlint.reader import read

URL = "https://arxiv.org/abs/2503.22020"
LINK = f"[[Paper]({URL})]"


def entry(text: str) -> Entry:
    """The only entry of a text."""
    (found,) = read(text).entries
    return found


def fields(found: Entry) -> tuple[str, str | None, str | None, int | None]:
    """Title, name, venue and year."""
    name = found.name.text if found.name else None
    venue = found.venue.text if found.venue else None
    return found.title.text, name, venue, found.year.value if found.year else None


TITLE = "Visual Chain-of-Thought Reasoning"


@pytest.mark.parametrize(
    ("before", "name", "venue", "year"),
    [
        ("[2025] {}", None, None, 2025),
        ("(2025) {}", None, None, 2025),
        ("**[2025] {}**", None, None, 2025),
        ("[25] {}", None, None, None),
        ("arXiv 2023.10, **CoT**: {}", "CoT", "arXiv", 2023),
        ("NIPS 2020 (spotlight), {}", None, "NIPS", 2020),
        ("(arXiv'25) **{}**", None, "arXiv", 2025),
        ("(QQX'25) **{}**", None, "QQX", 2025),
        ("[arXiv] {}", None, "arXiv", None),
        ("[Github] {}", None, None, None),
        ("201707 **{}**", None, None, 2017),
        ("**CoT** (with a remark + more of it + still more of it): \"{}\"", "CoT", None, None),
    ],
)  # fmt: skip
def test_what_stands_before_a_title(
    before: str, name: str | None, venue: str | None, year: int | None
) -> None:
    found = entry(f"- {before.format(TITLE)} {LINK}")
    assert fields(found) == (TITLE, name, venue, year)
    # A tag before the title is no link that somebody promised.
    assert [link.url for link in found.links] == [URL]


@pytest.mark.parametrize(
    ("label", "title", "name", "venue", "year"),
    [
        ("[2014][Org][GBDT+LR] Practical Lessons", "Practical Lessons", "GBDT+LR", None, 2014),
        ("[DIEN]Deep Interest Evolution", "Deep Interest Evolution", "DIEN", None, None),
        ("[2010][FM] Factorization Machines", "Factorization Machines", "FM", None, 2010),
        ("Knowledge Graphs(2020)", "Knowledge Graphs", None, None, 2020),
        ("Deep Knowledge Tracing (2020)", "Deep Knowledge Tracing", None, None, 2020),
        (
            "Low-Latency Loading of Great Fabrics, FPL'08",
            "Low-Latency Loading of Great Fabrics",
            None,
            "FPL",
            2008,
        ),
        (
            "Low-Latency Loading of Great Fabrics, QQL'08",
            "Low-Latency Loading of Great Fabrics",
            None,
            "QQL",
            2008,
        ),
    ],
)
def test_what_a_linked_title_holds_besides_the_title(
    label: str, title: str, name: str | None, venue: str | None, year: int | None
) -> None:
    found = entry(f"- [{label}]({URL})\n")
    assert fields(found) == (title, name, venue, year)
    assert [link.label for link in found.links] == ["@title"]


@pytest.mark.parametrize(
    ("inside", "venue", "year"),
    [("\uff0cACL2018", "ACL", 2018), (", 2015", None, 2015), (", WWW 2019", "WWW", 2019)],
)
def test_a_venue_may_stand_inside_the_marks_of_a_title(
    inside: str, venue: str | None, year: int
) -> None:
    assert fields(entry(f"1. **{TITLE}{inside}** {LINK}")) == (TITLE, None, venue, year)


@pytest.mark.parametrize(
    ("shown", "venue"),
    [
        ("(NeurIPS'25 workshop)", "NeurIPS workshop"),
        ("**NeurIPS 2022 workshop**", "NeurIPS workshop"),
        ("(CVPR 2023 AI4CC Workshop)", "CVPR AI4CC Workshop"),
        ("(EMNLP 2023 Findings)", "EMNLP Findings"),
        ("(NeurIPS 2021 D&B)", "NeurIPS D&B"),
        ("(CVPR 2021 Oral)", "CVPR"),
        ("(USENIX Security 23)", "USENIX Security"),
        ("(MobiSys 19)", "MobiSys"),
        (f"[[TIV2023]({URL})]", "TIV"),
        (f"[[arXiv2023]({URL})]", "arXiv"),
        ("(*AI Medicine'26*)", "AI Medicine"),
        (", IEEE T-PAMI 29. 6(2007): 1052\u20131067", "IEEE T-PAMI"),
    ],
)
def test_a_part_of_a_venue_may_be_named_behind_the_year(shown: str, venue: str) -> None:
    assert fields(entry(f"- **{TITLE}** {shown} {LINK}"))[2] == venue


@pytest.mark.parametrize(
    ("shown", "venue", "year"),
    [
        (", arXiv 2004; ECCV 2020.", "arXiv", 2020),
        (", arXiv 2004.", "arXiv", None),
        (", arXiv 2011.", "arXiv", 2011),
    ],
)
def test_four_digits_behind_arxiv_may_be_a_month(shown: str, venue: str, year: int | None) -> None:
    found = entry(f"- **{TITLE}**{shown} [[pdf](https://arxiv.org/abs/2004.07703)]\n")
    assert fields(found)[2:] == (venue, year)


@pytest.mark.parametrize(
    ("text", "title", "name", "authors"),
    [
        (f"[MVLift]({URL}). Lifting Human Motion to the 3D World, Li et al. arXiv 2024.",
         "Lifting Human Motion to the 3D World", "MVLift", ["Li", "et al."]),
        (f"[Meng et al]({URL}). Rethinking Diffusion for Human Motion, Meng et al. arXiv 2024.",
         "Rethinking Diffusion for Human Motion", None, ["Meng", "et al."]),
        (f"[RMD]({URL}): A Simple Baseline for Human Motion, Liao et al. arXiv 2024.",
         "RMD: A Simple Baseline for Human Motion", None, ["Liao", "et al."]),
    ],
)  # fmt: skip
def test_a_short_link_before_a_title(
    text: str, title: str, name: str | None, authors: list[str]
) -> None:
    found = entry(f"- {text}\n")
    assert fields(found) == (title, name, "arXiv", 2024)
    assert [author.text for author in found.authors] == authors


def test_a_remark_in_brackets_ends_a_title() -> None:
    text = f"540.{TITLE}\uff08Oral\uff09<br>\n作者\uff1aMartin Danelljan, Goutam Bhat<br>\n论文链接\uff1a{URL}<br>\n<br>\n"
    found = entry(text)
    assert fields(found) == (TITLE, None, None, None)
    assert [author.text for author in found.authors] == ["Martin Danelljan", "Goutam Bhat"]
    # A line with nothing but a break shows nothing.
    assert (found.line, found.end_line) == (1, 3)


@pytest.mark.parametrize(
    ("label", "role"),
    [("主页", "project"), ("论文", "paper"), ("Code", "code"), ("Note", "other")],
)
def test_the_label_before_a_bare_address_names_its_role(label: str, role: str) -> None:
    found = entry(f"- **{TITLE}** {label}: https://example.org/a\n")
    assert [link.role for link in found.links] == [role]
