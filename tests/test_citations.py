"""Works as bibliographies cite them: authors first, venues with pages, one line in full."""

from __future__ import annotations

import pytest

from peftlint import people
from peftlint.model import Entry
from peftlint.reader import read

LINK = "[pdf](https://arxiv.org/abs/1308.0850)"


def entry(text: str) -> Entry:
    """The only entry of a text."""
    (found,) = read(text).entries
    return found


def fields(found: Entry) -> tuple[str, list[str], str | None, int | None]:
    """Title, authors, venue and year."""
    venue = found.venue.text if found.venue else None
    year = found.year.value if found.year else None
    return found.title.text, [author.text for author in found.authors], venue, year


@pytest.mark.parametrize(
    ("text", "authors", "title", "venue", "year"),
    [
        ('Graves, Alex. "**Generating Sequences**." arXiv preprint arXiv:1308.0850 (2013).',
         ["Alex Graves"], "Generating Sequences", "arXiv preprint", 2013),
        ('Le, Quoc V. "**Building High-Level Features**." ICASSP, 2013.',
         ["Quoc V. Le"], "Building High-Level Features", "ICASSP", 2013),
        ('Oord, Aaron van den, Nal Kalchbrenner, and Koray Kavukcuoglu. "**Pixel Networks**." ICML, '
         "2016.",
         ["Aaron van den Oord", "Nal Kalchbrenner", "Koray Kavukcuoglu"], "Pixel Networks", "ICML",
         2016),
        ("Charguéraud, Arthur (2011). \u201cThe Locally Nameless Representation\u201d.",
         ["Arthur Charguéraud"], "The Locally Nameless Representation", None, 2011),
        ("Pierre Wellner. 1993. **Interacting with Paper on the Desk**.",
         ["Pierre Wellner"], "Interacting with Paper on the Desk", None, 1993),
        ("Starner, T. & Newstetter, W. (1999). The Use of Wearables.",
         ["T. Starner", "W. Newstetter"], "The Use of Wearables", None, 1999),
        ('Luukkonen, Sohvi, Helle W. van den Maagdenberg, and Gerard van Westen. "Drug Design." '
         "(2023).",
         ["Sohvi Luukkonen", "Helle W. van den Maagdenberg", "Gerard van Westen"], "Drug Design",
         None, 2023),
        ("A. Bryant, C. Lee, and B. Doe. Chet: A Compiler. In Proceedings of the 40th ACM SIGPLAN "
         "Conference on Programming Language Design and Implementation, pages 142\u2013156, 2019.",
         ["A. Bryant", "C. Lee", "B. Doe"], "Chet: A Compiler",
         "Proceedings of the 40th ACM SIGPLAN Conference on Programming Language Design and "
         "Implementation", 2019),
        ("A. Bryant and B. Doe. Chet: A Compiler. Journal of Machine Learning Research, 12(3), 45-67.",
         ["A. Bryant", "B. Doe"], "Chet: A Compiler", "Journal of Machine Learning Research", None),
        ("A. Bryant and B. Doe. Chet: A Compiler. In PLDI, pages 802-815, 2019.",
         ["A. Bryant", "B. Doe"], "Chet: A Compiler", "PLDI", 2019),
        ('A. Bryant and B. Doe. "A Compiler." In _Proceedings of the 2019 CHI Conference on Human '
         "Factors in Computing Systems_.",
         ["A. Bryant", "B. Doe"], "A Compiler",
         "Proceedings of the CHI Conference on Human Factors in Computing Systems", 2019),
        ('A. Bryant and B. Doe. "A Compiler," IEEE MICRO 38(2), Mar./Apr. 2018.',
         ["A. Bryant", "B. Doe"], "A Compiler", "IEEE MICRO", 2018),
    ],
)  # fmt: skip
def test_a_citation_begins_with_its_authors(
    text: str, authors: list[str], title: str, venue: str | None, year: int | None
) -> None:
    assert fields(entry(f"- {text} {LINK}")) == (title, authors, venue, year)


@pytest.mark.parametrize(
    ("behind", "venue", "year"),
    [
        (", FMCAD 2011, ", "FMCAD", 2011),
        (", QQCAD 2011, ", "QQCAD", 2011),
        (", FMSD, 2016, ", "FMSD", 2016),
        (". cvpr 2021 ", "cvpr", 2021),
        (" RecSys 2021 ", "RecSys", 2021),
        (" RecSys 2021 \u3010推荐\u3011 ", "RecSys", 2021),
    ],
)
def test_a_venue_and_its_year_end_a_plain_title(behind: str, venue: str, year: int) -> None:
    title = "Efficient Implementation of Property Directed Reachability"
    assert fields(entry(f"- {title}{behind}{LINK}")) == (title, [], venue, year)


@pytest.mark.parametrize(
    "title",
    [
        "Findings of the WMT 2021",
        "Do As I Can, Not As I Say: Grounding Language in Affordances",
        "Think Small, Act Big: Primitive Learning",
        "Accurate Tracking by Overlap Maximization",
        "Unsupervised Learning by Predicting Noise",
    ],
)
def test_words_of_a_title_are_neither_names_nor_a_venue(title: str) -> None:
    assert fields(entry(f"- {title} {LINK}"))[:3] == (title, [], None)


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ("张三\uff0c李四", ["张三", "李四"]),
        ("이창기, 임수종, 장명길", ["이창기", "임수종", "장명길"]),
        ("山田太郎, 鈴木一郎", ["山田太郎", "鈴木一郎"]),
        ("Zhang Q., Chen M., Zhao T. [", ["Q. Zhang", "M. Chen", "T. Zhao"]),
        ("Shrestha S, Venkataramanan A, et al.", ["S Shrestha", "A Venkataramanan", "et al."]),
        ("Wei Xu, Min Zhang.  Soochow University, China", ["Wei Xu", "Min Zhang"]),
        ("Tao Gui et al. Fudan University, Shanghai", ["Tao Gui", "et al."]),
        ("Ji\u2019an Li, Bo Chen", ["Ji\u2019an Li", "Bo Chen"]),
        ("Ding\u2011Wen Zhang, Bo Chen", ["Ding\u2011Wen Zhang", "Bo Chen"]),
    ],
)
def test_names_stay_as_their_scripts_and_marks_have_them(shown: str, names: list[str]) -> None:
    assert [author.name for author in people.names(shown)] == names


def test_korean_names_stand_behind_a_linked_title() -> None:
    found = entry("- [상호참조해결](https://example.org/a.pdf), 박천음, 이창기\n")
    assert fields(found) == ("상호참조해결", ["박천음", "이창기"], None, None)


def test_a_lone_turned_name_ends_a_title_before_a_venue() -> None:
    found = entry("1. KDGAN: Distillation with Networks. Wang, Xiaojie. NeurIPS 2018\n")
    assert fields(found) == (
        "KDGAN: Distillation with Networks", ["Xiaojie Wang"], "NeurIPS", 2018,
    )  # fmt: skip
