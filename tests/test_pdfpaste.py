"""Traces of a PDF are told from hyphens that are meant."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest

from peftlint.pdfpaste import Words, broken_words, hyphens, ligatures, words


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("of\ufb01ce", ["fi"]),
        ("\ufb00\ufb01 \ufb02\ufb03\ufb04\ufb05\ufb06", ["fffi", "flffifflstst"]),
        ("office", []),
        ("\u00e9", []),
    ],
)
def test_a_ligature_is_its_letters(text: str, letters: list[str]) -> None:
    assert [found.replacement for found in ligatures(text)] == letters


def test_a_hyphen_is_told_only_inside_a_word() -> None:
    assert [found.span.start for found in hyphens("a\u2010b \u2010 c\u2010")] == [1]


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("the fine- tuning of", [("fine-tuning", "finetuning")]),
        ("**Parameter- efficient** tuning", [("Parameter-efficient", "Parameterefficient")]),
        ("a state-of-the- art model", [("state-of-the-art", "state-of-theart")]),
        ("the pre- and post-training", []),
        ("the HK- cases and x- y", []),
        ("- torch- loads", []),
        ("1. torch- loads", []),
        ("torch- loads", []),
        ("it is GPT-3- like", []),
        ("low- high-level, a/b- either/or", []),
        ("the fine-  tuning", []),
    ],
)
def test_a_word_in_two_pieces_has_two_spellings(
    text: str, spellings: list[tuple[str, str]]
) -> None:
    assert [(found.hyphenated, found.joined) for found in broken_words(text)] == spellings


def test_before_a_capital_nothing_is_sure() -> None:
    assert [found.is_sure for found in broken_words("the Image- Models of fine- tuning")] == [
        False,
        True,
    ]


def test_the_words_of_a_text_are_those_that_it_spells_so() -> None:
    assert words("Fine-Tuning of LoRA.") == {"fine-tuning", "of", "lora"}


@pytest.mark.parametrize(
    "text",
    ["Fine-Tuning of LoRA.", "--of- of", "_of", "a-of", "so often", "x of_ (of)", "of-", "of"],
)
def test_asking_for_words_is_as_collecting_them(text: str) -> None:
    for word in ("of", "lora", "fine-tuning", "tuning", "", "-of", "of-", "o"):
        asked, often = Words(text), Words(text)
        for _ in range(100):
            assert "nothing" not in often
        assert (word in asked) == (word in often) == (word in words(text))


@pytest.mark.parametrize("find", [ligatures, hyphens, broken_words])
@pytest.mark.parametrize("unit", ["a", "a- ", "a-", "- ", "\ufb01", "a\u2010", "fine- tuning "])
def test_finding_them_takes_no_longer_than_the_text(
    find: Callable[[str], Iterable[object]], unit: str
) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        begin = time.process_time()
        for _ in find(text):
            pass
        return time.process_time() - begin

    seconds(100)
    assert seconds(40_000) < 10 * seconds(10_000) + 0.1
