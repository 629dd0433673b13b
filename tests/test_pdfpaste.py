"""Traces of a PDF are told from hyphens that are meant."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest

from peftlint.pdfpaste import broken_words, hyphens, ligatures, words_among


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


def test_a_word_is_in_a_text_that_spells_it_so() -> None:
    text = "Fine-Tuning of LoRA.\nfinetune"
    assert words_among(text, {"fine-tuning", "tuning", "lora", "finetune", "finetuning"}) == {
        "fine-tuning",
        "lora",
        "finetune",
    }


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
