"""When two titles are one."""

import time

import pytest

from peftlint.title import contains, key, near, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Learning to Prompt", "LEARNING TO PROMPT"),
        ("Pro-tuning: Unified", "Protuning Unified"),
        ("Na\u00efve B\u00e9zier", "Naive Bezier"),
        ("\ufb01ne-tuning", "Fine tuning"),
        ("Stra\u00dfe", "STRASSE"),
        ("A \u201cquoted\u201d title", 'A "quoted" title'),
        ("What Works?", "What Works"),
    ],
)
def test_case_punctuation_and_accents_do_not_count(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("LoRA", "QLoRA"), ("PointNet", "PointNet++"), ("GPT-3", "GPT-4"), ("C\u00b2", "C\u00b3")],
)
def test_letters_digits_and_plus_signs_count(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_key_is_the_same_with_and_without_ascii_shortcut() -> None:
    text = "LoRA: Low-Rank Adaptation (v2) of 175B+ Models!"
    assert key(text + "\u2019") == key(text) == "loralowrankadaptationv2of175b+models"


@pytest.mark.parametrize("text", ["", "***", "\u2026", " - "])
def test_a_text_without_letters_has_an_empty_key(text: str) -> None:
    assert key(text) == ""


def test_words_are_parted_at_blanks_hyphens_and_underscores() -> None:
    assert words("Low-Rank_Adaptation, na\u00efve PointNet++") == (
        "low",
        "rank",
        "adaptation",
        "naive",
        "pointnet++",
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("LoRA", "LoRA: Low-Rank Adaptation of Large Language Models", True),
        ("Low-Rank Adaptation", "LoRA: low rank adaptation", True),
        ("LoRA", "QLoRA: Efficient Finetuning", False),
        ("ARC", "ARC-Easy", True),
        ("Prompt Tuning", "Prefix-Tuning: Optimizing Continuous Prompts", False),
        ("", "Anything", False),
        ("...", "Anything", False),
    ],
)
def test_a_title_contains_another_word_by_word(one: str, other: str, expected: bool) -> None:
    assert contains(one, other) is expected
    assert contains(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Visual Prompt Tuning", "VISUAL PROMPT-TUNING"),
        (
            "Effective Adaptation in Multi-Task Co-Training for Autonomous Driving",
            "Effective Adaption in Multi-Task Cotraining for Autonomous Driving",
        ),
        (
            "Masking as an Efficient Alternative to Finetuning for Language Models",
            "Masking as an Efficient Alternative to Fine-tuning for Language Model",
        ),
    ],
)
def test_titles_with_small_differences_are_near(one: str, other: str) -> None:
    assert near(one, other)
    assert near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LoRA", "QLoRA"),
        ("LoRA: Adaptation of Large Language Models", "QLoRA: Adaptation of Large Language Models"),
        ("Scaling Laws for Vision Transformers v1", "Scaling Laws for Vision Transformers v2"),
        ("A Survey of Prompting, Part 1", "A Survey of Prompting, Part 2"),
        ("Deep Learning on Point Clouds", "A Dataset of Medical Reports"),
        ("SBU", "SUN"),
        ("", ""),
        ("!", "?"),
    ],
)
def test_titles_of_different_works_are_not_near(one: str, other: str) -> None:
    assert not near(one, other)
    assert not near(other, one)


def test_a_monstrous_title_is_compared_in_no_time() -> None:
    began = time.process_time()
    assert not near("a b c d " * 50_000, "a b c e " * 50_000)
    assert near("a b c d " * 50_000, "a b c d " * 50_000)
    assert not contains("a b c d " * 50_000, "a b c d")
    assert time.process_time() - began < 2
