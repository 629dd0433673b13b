"""Venues were held in the years in which they were, and are spelled as they spell themselves."""

from __future__ import annotations

import time

import pytest

from peftlint import edition, registry, spelling
from peftlint.linter import lint
from peftlint.reader import read


@pytest.mark.parametrize(
    ("venue", "years"),
    [
        ("ICCV", (1987, 1988, 1990, 1999, 2001, 2019, 2021, 2023, 2025)),
        ("ECCV", (1990, 1992, 2016, 2020, 2024)),
        ("ACCV", (2006, 2007, 2009, 2010, 2024)),
        ("CVPR", (1983, 1996, 2001, 2003, 2024)),
        ("ICLR", (2013, 2014, 2026)),
        ("NIPS", (1987, 2017)),
        ("NAACL", (2000, 2003, 2019, 2021, 2022, 2024, 2025)),
        ("EACL", (1999, 2003, 2017, 2021, 2023, 2024)),
        ("AACL", (2020, 2022, 2023, 2025)),
        ("COLING", (2018, 2020, 2022, 2024, 2025)),
        ("AAAI", (2008, 2010, 2024)),
        ("IJCAI", (2013, 2015, 2016, 2017, 2020)),
        ("ICPR", (2020, 2021, 2022)),
        ("CoRL", (2017, 2024)),
        ("COLM", (2024, 2025)),
        ("TMLR", (2022, 2023)),
        ("IEEE/CVF ICCV Workshops", (2023,)),
        ("Proceedings of the European Conference on Computer Vision (ECCV)", (2018,)),
        ("In Proceedings of the IEEE International Conference on Computer Vision", (2015,)),
    ],
)
def test_a_venue_was_held_in_its_years(venue: str, years: tuple[int, ...]) -> None:
    assert [edition.was_held(venue, year) for year in years] == [True] * len(years)


@pytest.mark.parametrize(
    ("venue", "years"),
    [
        ("ICCV", (1986, 2000, 2018, 2020, 2022)),
        ("ECCVW", (2015, 2019, 2021, 2023)),
        ("eccv workshop", (2021,)),
        ("ACCV", (2008, 2011, 2021)),
        ("CVPR", (1995, 2002)),
        ("ICLR", (2012,)),
        ("Findings of NAACL", (2020, 2023)),
        ("EACL", (2019, 2020, 2022)),
        ("AACL", (2019, 2021, 2024)),
        ("COLING", (2019, 2021, 2023)),
        ("AAAI", (2001, 2003, 2009)),
        ("IJCAI", (2012, 2014)),
        ("ICPR", (2017, 2019, 2023)),
        ("Conference on Robot Learning (CoRL)", (2016,)),
        ("COLM", (2023,)),
        ("TMLR", (2021,)),
        ("International Conference on Learning Representations", (2012,)),
    ],
)
def test_a_venue_was_not_held_in_others(venue: str, years: tuple[int, ...]) -> None:
    assert [edition.was_held(venue, year) for year in years] == [False] * len(years)


@pytest.mark.parametrize(
    "venue",
    ["", "W", "arXiv", "ICCV and beyond", "SomeConf", "Nature", "WACV", "Workshop", "A" * 500],
)
def test_of_other_venues_no_years_are_known(venue: str) -> None:
    assert edition.was_held(venue, 2022) is None
    assert edition.nearest(venue, 2022) == ()


def test_no_year_to_come_is_ruled_out_but_by_a_rule() -> None:
    assert edition.was_held("NAACL", 2027)
    assert edition.was_held("AACL", 2026)
    assert edition.was_held("ICCV", 2028) is False


def test_the_nearest_years_are_those_before_and_after() -> None:
    assert edition.nearest("ICCV", 2022) == (2021, 2023)
    assert edition.nearest("ICLR", 1999) == (2013,)


def mended(venue: str, year: int | None = None, further: tuple[str, ...] = ()) -> str:
    """The venue as it should be spelled."""
    return spelling.respelled(venue, spelling.misspellings(venue, year, further))


@pytest.mark.parametrize(
    ("venue", "own"),
    [
        ("Neurips", "NeurIPS"),
        ("NEURIPS Workshop", "NeurIPS Workshop"),
        ("NeurlPS", "NeurIPS"),
        ("Arxiv", "arXiv"),
        ("ArXiv preprint", "arXiv preprint"),
        ("Arxiv:2206.04673", "arXiv:2206.04673"),
        ("*Arvix*", "*arXiv*"),
        ("Iclr", "ICLR"),
        ("CORL", "CoRL"),
        ("BioRxiv", "bioRxiv"),
        ("Proceedings of the Emnlp", "Proceedings of the EMNLP"),
        ("nature communications", "Nature Communications"),
        ("Nature Communication", "Nature Communications"),
        ("SIGGRAPH ASIA", "SIGGRAPH Asia"),
    ],
)
def test_a_name_is_spelled_as_the_venue_spells_it(venue: str, own: str) -> None:
    assert mended(venue) == own
    assert mended(own) == own


@pytest.mark.parametrize(
    "venue",
    [
        "NeurIPS", "arXiv", "NIPS", "ICLR", "CoRL", "INTERSPEECH", "Interspeech", "TOG", "ToG",
        "Micro", "Fast", "Cell", "Preprint", "ICCVw", "https://Arxiv.org/abs/2206.04673",
        "[arXiv](https://Arxiv.org)", "Arxiv.org", "Arxivist", "my-Arxiv", "SomeConf",
        "Workshop on Arxiv-v2", "",
    ],
)  # fmt: skip
def test_another_name_is_left_alone(venue: str) -> None:
    assert mended(venue) == venue


def test_nips_is_right_until_it_was_renamed() -> None:
    assert mended("NIPS", 2017) == "NIPS"
    assert mended("NIPS", 2018) == "NeurIPS"
    assert mended("NIPS Deep Learning Workshop", 2019) == "NeurIPS Deep Learning Workshop"
    assert mended("NeurIPS", 2010) == "NeurIPS"


def test_further_venues_can_be_named() -> None:
    assert mended("MYCONF", further=("MyConf",)) == "MyConf"
    assert mended("my conf", further=("My Conf",)) == "My Conf"
    assert mended("Neurips", further=("MyConf",)) == "NeurIPS"


def test_own_spellings_do_not_contradict_each_other() -> None:
    for name in [*spelling._NAMES.split(), *spelling._PHRASES]:
        assert spelling.own_spelling(name) == name
    for own, mistakes in spelling._MISTAKES.items():
        assert spelling.own_spelling(own) == own
        assert own.casefold() not in mistakes.split()


@pytest.mark.parametrize(
    "text", ["Arxiv " * 40_000, "A" * 200_000, "Arxiv-" * 40_000, "." * 200_000]
)
def test_a_long_text_takes_no_long_time(text: str) -> None:
    begin = time.process_time()
    spelling.misspellings(text)
    spelling.respelled(text, (spelling.Misspelling("Arxiv", "arXiv"),))
    edition.was_held(text, 2022)
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("tail", ["[", "![](", "| - ", "|" + " " * 40, "|-", "://", "Arxiv "])
def test_a_long_entry_takes_no_long_time(tail: str) -> None:
    linked = "- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
    document = read(f"{linked * 4}- **Neural Prompt Search,** Arxiv 2022. {tail * 8000}\n")
    rules = [registry.find(name) for name in ("impossible-year", "odd-venue-name", "missing-link")]
    begin = time.process_time()
    lint(document, rules)
    assert time.process_time() - begin < 1
