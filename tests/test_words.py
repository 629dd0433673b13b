"""Dates, venues, people and roles are read as lists write them."""

from __future__ import annotations

import pytest

from peftlint import byline, date, people, role, venue


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022", 2022),
        ("'23", 2023),
        ("\u201998", 1998),
        ("2022.2", 2022),
        ("[2023/08]", 2023),
        ("2023-08-17", 2023),
        ("2 Aug 2023", 2023),
        ("Aug. 2nd, 2023", 2023),
        ("Dec, 2023", 2023),
        ("Nov 30 2022", 2022),
        ("ICLR (2022). Oral", 2022),
        ("12 2022, in May 2023", 2022),
        ("May 5th, 2022; 2023", 2022),
        ("2103.10385", None),
        ("arXiv:2201.01234", None),
        ("v2022x", None),
        ("https://a.org/2022/x", None),
        ("1066", None),
        ("", None),
    ],
)
def test_years_are_read_from_dates_and_not_from_ids(text: str, year: int | None) -> None:
    found = date.find(text)
    assert (found.year if found else None) == year
    if found:
        assert text[found.digits.start : found.digits.end].endswith(str(year)[-2:])
        assert found.span.contains(found.digits)


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("IJCV 2022", "IJCV", 2022),
        ("EMNLP'2020", "EMNLP", 2020),
        ("CVPR2020", "CVPR", 2020),
        ("ICLR'21", "ICLR", 2021),
        ("NeurIPS, 2022 (Oral)", "NeurIPS", 2022),
        ("CoRL 2021 Oral", "CoRL", 2021),
        ("In Proceedings of ACL, pages 1-9", "Proceedings of ACL", None),
        ("arXiv:2202.06687", "arXiv", None),
        ("arXiv preprint arXiv:1610.00673 (2016)", "arXiv preprint", 2016),
        ("Overview Blog Post 2022", "Overview Blog Post", 2022),
        ("Conference on Computer Vision (CVPR) 2017", "Conference on Computer Vision (CVPR)", 2017),
        ("2021 NAACL", "NAACL", 2021),
        ("Preprint", "Preprint", None),
        ("\u8ba1\u7b97\u673a\u79d1\u5b66'2021", "\u8ba1\u7b97\u673a\u79d1\u5b66", 2021),
        ("Dec 2023", None, 2023),
        ("a note on adapters", None, None),
        ("the nature of 2020 things", None, 2020),
        ("word " * 60, None, None),
        (" ,. ", None, None),
    ],
)
def test_venue_and_year_are_told_apart(text: str, name: str | None, year: int | None) -> None:
    found = venue.read(text)
    assert (found.venue, found.year) == (name, year)
    if found.venue:
        assert text[found.venue_span.start : found.venue_span.end] == found.venue
    if found.year:
        assert text[found.year_span.start : found.year_span.end].isdigit()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee, Bo Li, and Cy Ng.", ["Ann Lee", "Bo Li", "Cy Ng"]),
        ("Ann Lee,Bo Li", ["Ann Lee", "Bo Li"]),
        ("Ann Lee and Bo Li", ["Ann Lee", "Bo Li"]),
        ("Jie, Shibo and Deng, Zhi-Hong.", ["Shibo Jie", "Zhi-Hong Deng"]),
        ("Karimi Mahabadi, Rabeeh and Ruder, Sebastian", ["Rabeeh Karimi Mahabadi", "Sebastian Ruder"]),
        ("He, Yun and Tay, Yi and others", ["Yun He", "Yi Tay", "et al."]),
        ("Menglin Jia, Luming Tang and others", ["Menglin Jia", "Luming Tang", "et al."]),
        ("Vaswani, Ashish", ["Ashish Vaswani"]),
        ("Niu, Li, Wen Li, and Dong Xu", ["Li Niu", "Wen Li", "Dong Xu"]),
        ("Jang U., Lee J. D.", ["U. Jang", "J. D. Lee"]),
        ("Pfeiffer Jonas, Vuli\u0107 Ivan,Gurevych Iryna", ["Pfeiffer Jonas", "Vuli\u0107 Ivan", "Gurevych Iryna"]),
        ("A. Krizhevsky et al.", ["A. Krizhevsky", "et al."]),
        ("Ann Lee1, Bo Li*\u2020 (MIT)", ["Ann Lee", "Bo Li"]),
        ("Edward J. Hu, Yelong Shen", ["Edward J. Hu", "Yelong Shen"]),
        ("Anonymous", ["Anonymous"]),
        ("", []),
        ("et al.", []),
    ],
)  # fmt: skip
def test_authors_are_read_in_every_way_that_lists_write_them(text: str, names: list[str]) -> None:
    found = people.names(text)
    assert [author.name for author in found] == names
    for author in found:
        assert 0 <= author.start <= author.end <= len(text)


def test_an_author_stands_where_the_span_says() -> None:
    text = "Ann Lee, Bo Li, and Cy Ng."
    assert [text[a.start : a.end] for a in people.names(text)] == ["Ann Lee", "Bo Li", "Cy Ng"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, Bo Li.", True),
        ("Jie, Shibo and Deng, Zhi-Hong", True),
        ("Ann Lee et al.", True),
        ("Quentin de Laroussilhe, Mona Attariyan", True),
        ("Anonymous", True),
        ("Ann Lee", True),
        ("Madonna", False),
        ("NeurIPS 2022", False),
        ("a remark, and another one", False),
        ("Prompting: A Survey, With Much More To Say Than Names Have", False),
        ("et al.", False),
        (",", False),
        ("", False),
        ("A B, " * 4000, True),
    ],
)
def test_a_run_of_names_is_told_from_other_text(text: str, expected: bool) -> None:
    assert people.look_like_names(text) is expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ann Lee, Bo Chen, Cy Ode. A title", 3),
        ("Ann-Marie Lee, Andreas R\xfcckl\xe9, Yann LeCun and Cy Ode. A title", 4),
        # A word of titles, of institutions, or of venues: these names end the row.
        ("Ann Lee, Bo Chen, Deep Models, Cy Ode", 2),
        ("Ann Lee, Bo Chen, Self-Attention Ray, Cy Ode", 2),
        ("Ann Lee, Bo Chen, CVPRWorkshop Papers, Cy Ode", 2),
        ("Ann Lee, Bo Chen, Nature Machine Intelligence, Cy Ode", 2),
        # What only looks like such a word does not.
        ("Ann Lee, Chi Zhang, Bo Brother, Cy Ode", 4),
    ],
)
def test_names_in_a_row_end_where_another_text_begins(text: str, number: int) -> None:
    found = byline.leading(text)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    ("label", "url", "expected"),
    [
        ("Paper", None, "paper"),
        ("PDF", "https://a.org", "paper"),
        ("Code", None, "code"),
        ("Official Code", None, "code"),
        ("PyTorch", "https://a.org", "code"),
        ("Project Page", None, "project"),
        ("Project", "https://github.com/a/b", "project"),
        ("dataset", None, "data"),
        ("Link", "https://arxiv.org/abs/1706.03762", "paper"),
        ("Link", None, "other"),
        ("OpenDelta", "https://github.com/a/b", "code"),
        ("OpenDelta", "https://a.github.io/b", "project"),
        ("x", "https://huggingface.co/datasets/a", "data"),
        ("x", "https://huggingface.co/papers/1706.03762", "paper"),
        ("x", "https://a.org/b.PDF", "paper"),
        ("x", "https://notgithub.com/a", "other"),
        ("x", "https://github.com.evil.org/a", "other"),
        ("x", "mailto:a@b.org", "other"),
        (None, "https://www.arxiv.org/abs/1706.03762", "paper"),
        (None, None, "other"),
    ],
)
def test_a_link_has_the_role_of_its_label_or_its_host(
    label: str | None, url: str | None, expected: str
) -> None:
    assert role.role(label, url) == expected


def test_a_title_names_no_role() -> None:
    assert role.label_role("Code Llama: Open Foundation Models for Code") is None
    assert role.label_role("Code generation") is None
    assert role.label_role("2022") is None


def test_a_short_label_may_mention_a_role() -> None:
    assert role.mentions_role("Paper-CVPR15")
    assert not role.mentions_role("Attention Is All You Need")
