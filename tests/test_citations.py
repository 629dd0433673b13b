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


@pytest.mark.parametrize(
    ("label", "authors", "title", "venue", "year"),
    [
        ("Liu, J., Liu, C., & Zhang, Y. (2023). Is It a Good Recommender? A Study. *arXiv preprint "
         "arXiv:2304.10149*.",
         ["J. Liu", "C. Liu", "Y. Zhang"], "Is It a Good Recommender? A Study", "arXiv preprint",
         2023),
        ("Codegoni A, Lombardi G, Ferrari A. TINYCD: A Not So Deep Model",
         ["A Codegoni", "G Lombardi", "A Ferrari"], "TINYCD: A Not So Deep Model", None, None),
    ],
)  # fmt: skip
def test_a_whole_citation_may_be_a_link(
    label: str, authors: list[str], title: str, venue: str | None, year: int | None
) -> None:
    found = entry(f"- [{label}](https://example.org/a.pdf)\n")
    assert fields(found) == (title, authors, venue, year)
    assert [link.label for link in found.links] == ["@title"]


WORK = "Graph Contrastive Learning with Augmentations"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (f"{WORK}.", "Y. You, T. Chen. *NIPS 2020*."),
        (f"**{WORK}.**", "*Y. You, T. Chen*. NIPS 2020."),
        (f"[{WORK}](https://arxiv.org/abs/2010.13902).", "Y. You, T. Chen. **NIPS 2020**."),
        (f"**{WORK}** | [Code](https://example.org/c)", "Y. You, T. Chen\n  - [NIPS2020]"),
    ],
)
def test_what_cites_a_work_below_its_title_is_no_work_of_its_own(above: str, below: str) -> None:
    found = entry(f"- {above}\n  - {below} {LINK}\n")
    assert fields(found) == (WORK, ["Y. You", "T. Chen"], "NIPS", 2020)


@pytest.mark.parametrize(
    ("behind", "authors", "venue", "year"),
    [
        (" (2016), FSE 2016, Xu, Zhaogui, et al.", ["Zhaogui Xu", "et al."], "FSE", 2016),
        (", ICSE 2016, Ann Lee, Bo Chen", ["Ann Lee", "Bo Chen"], "ICSE", 2016),
        (" (2019), Michele Tufano", ["Michele Tufano"], None, 2019),
        ("(1997), J.G. Fiscus.", ["J.G. Fiscus"], None, 1997),
    ],
)
def test_authors_may_stand_behind_what_tells_where_a_work_appeared(
    behind: str, authors: list[str], venue: str | None, year: int
) -> None:
    assert fields(entry(f"- **{WORK}**{behind} {LINK}\n")) == (WORK, authors, venue, year)


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        ("Igor Halperin. arXiv, 2021.", ["Igor Halperin"]),
        ("Luke Harries, Swamy V. P. L. N. Nallamalli. arXiv, 2021.",
         ["Luke Harries", "Swamy V. P. L. N. Nallamalli"]),
    ],
)  # fmt: skip
def test_one_name_and_one_with_many_initials_are_authors(below: str, authors: list[str]) -> None:
    found = entry(f"- [{WORK}](https://arxiv.org/abs/2010.13902)\n  - {below}\n")
    assert fields(found) == (WORK, authors, "arXiv", 2021)


def test_one_name_may_stand_before_a_linked_title() -> None:
    found = entry(f"- Ann Lee .[{WORK}](https://example.org/a.pdf)\n")
    assert fields(found) == (WORK, ["Ann Lee"], None, None)
