"""Names are taken apart as those who bear them sort."""

from __future__ import annotations

import pytest

from peftlint.nameparts import NameParts, is_group, parts_of


@pytest.mark.parametrize(
    ("name", "family", "given", "particle", "suffix"),
    [
        ("Menglin Jia", "Jia", "Menglin", "", ""),
        ("Edward J. Hu", "Hu", "Edward J.", "", ""),
        ("Ser-Nam Lim", "Lim", "Ser-Nam", "", ""),
        ("Xiang Lisa Li", "Li", "Xiang Lisa", "", ""),
        ("Laurens van der Maaten", "Maaten", "Laurens", "van der", ""),
        ("Mihaela van der Schaar", "Schaar", "Mihaela", "van der", ""),
        ("van der Schaar", "Schaar", "", "van der", ""),
        ("Leandro von Werra", "Werra", "Leandro", "von", ""),
        ("Fernando de la Torre", "Torre", "Fernando", "de la", ""),
        ("Fernando De la Torre", "Torre", "Fernando", "De la", ""),
        ("Guy Van den Broeck", "Broeck", "Guy", "Van den", ""),
        ("Arnaud de La Fortelle", "La Fortelle", "Arnaud", "de", ""),
        ("Luc Van Gool", "Van Gool", "Luc", "", ""),
        ("Shalini De Mello", "De Mello", "Shalini", "", ""),
        ("Elad Ben Zaken", "Ben Zaken", "Elad", "", ""),
        ("T. Ben Thompson", "Thompson", "T. Ben", "", ""),
        ("Basma El Amel Boussaha", "Boussaha", "Basma El Amel", "", ""),
        ("Hien Van Nguyen", "Nguyen", "Hien Van", "", ""),
        ("Quoc V. Le", "Le", "Quoc V.", "", ""),
        ("Di Huang", "Huang", "Di", "", ""),
        ("Santiago Ram\u00f3n y Cajal", "Ram\u00f3n y Cajal", "Santiago", "", ""),
        ("Gurunath Reddy M", "Reddy M", "Gurunath", "", ""),
        ("Yashas Samaga B L", "Samaga B L", "Yashas", "", ""),
        ("Reynier Leyva La O", "La O", "Reynier Leyva", "", ""),
        ("Thomas F. Miller III", "Miller", "Thomas F.", "", "III"),
        ("James Supancic, III", "Supancic", "James", "", "III"),
        ("Michael Vaccaro Jr.", "Vaccaro", "Michael", "", "Jr."),
        ("Rijke d M", "Rijke", "M", "d", ""),
        ("Oc\u00e1riz Borde d H. S", "Oc\u00e1riz Borde", "H. S", "d", ""),
        ("Peng jiang", "jiang", "Peng", "", ""),
        ("C.Theobalt", "Theobalt", "C.", "", ""),
        ("J.-B.Alayrac", "Alayrac", "J.-B.", "", ""),
        ("Huawei Lin", "Lin", "Huawei", "", ""),
    ],
)
def test_a_name_has_its_parts(
    name: str, family: str, given: str, particle: str, suffix: str
) -> None:
    assert parts_of(name) == NameParts(family, given, particle, suffix)


@pytest.mark.parametrize(
    "name",
    ["", "OpenAI", "DeepSeek-AI", "M\u00fcller", "LG AI Research", "Team GLM", "Euclid Collaboration",
     "Google Brain", "\u738b\u5c0f\u660e", "\u91d1 \u54f2\u6d19"],
)  # fmt: skip
def test_a_name_that_is_no_first_and_last_name_stays_whole(name: str) -> None:
    assert parts_of(name) is None


def test_a_group_is_told_by_a_word() -> None:
    assert is_group("The Gemma Team")
    assert not is_group("Ai Teamer")


def test_many_particles_take_no_long_time() -> None:
    """A thousand times as many words would take a million times as long if it were quadratic."""
    parts = parts_of("Xi " + "Van " * 200_000 + "Xa Ya")
    assert parts is not None
    assert parts.family == "Ya"
