"""Types and values in plain words."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import pytest

from peftlint.wording import choices, did_you_mean, listed, type_in_words, value_in_words


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (bool, "true or false"),
        (int | None, "a whole number"),
        (int | str, "a whole number or a string"),
        (tuple[str, ...], "a list of strings"),
        (list[float], "a list of numbers"),
        (frozenset[Literal["a", "b"]], 'a list of "a" or "b"'),
        (tuple[int, str], "a list of whole numbers and strings"),
        (Mapping[str, str], "a table"),
        (Literal["a", 1], '"a" or 1'),
        (Literal["a", "b", "c"] | None, '"a", "b" or "c"'),
        (Decimal, "a value for Decimal"),
    ],
)
def test_a_type_says_what_it_asks_for(wanted: Any, words: str) -> None:  # noqa: ANN401 - any type
    assert type_in_words(wanted) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "true"),
        (False, "false"),
        (0, "the number 0"),
        (-1.5, "the number -1.5"),
        ("x", 'the string "x"'),
        ("x" * 61, f'the string "{"x" * 60}..."'),
        ([1], "a list"),
        ({}, "a table"),
        (datetime.date(2026, 11, 1), "a date or a time"),
        pytest.param(10**5000, "a huge number", id="huge"),
        pytest.param(-(10**5000), "a huge number", id="huge negative"),
    ],
)
def test_a_value_can_be_recognised(value: object, words: str) -> None:
    assert value_in_words(value) == words


def test_words_are_listed_as_in_a_sentence() -> None:
    assert listed(["a"], "or") == "a"
    assert listed(["a", "b"], "or") == "a or b"
    assert listed(["a", "b", "c"], "and") == "a, b and c"


def test_only_a_near_word_is_proposed() -> None:
    assert did_you_mean("frist", ["first", "last"]) == '; did you mean "first"?'
    assert did_you_mean("zzz", ["first", "last"]) == ""


def test_choices_are_found_inside_a_type() -> None:
    assert choices(tuple[Literal["a", "b"] | None, ...]) == ["a", "b"]
    assert choices(Literal[1, "a"]) == ["a"]
    assert choices(str) == []
