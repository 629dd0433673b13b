"""Keywords that are one, written in two ways."""

from __future__ import annotations

import time

import pytest

from peftlint.escape import in_markdown
from peftlint.linter import lint
from peftlint.reader import read
from peftlint.registry import find
from peftlint.slip import is_long_enough, is_slip, letters, shortened

SHIELDS = "https://img.shields.io/badge/"
RULES = ("misspelt-keyword", "empty-badge-alt", "badge-link-mismatch")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Domain Adaption", "Domain Adaptation"),
        ("Detecton", "Detection"),
        ("Segmetnation", "Segmentation"),
        ("Retrieval", "Retrievel"),
        ("Benchmarks", "Benchmark"),
        ("point-cloud Detecion", "Point Cloud Detection"),
        ("MutliTask", "MultiTask"),
    ],
)
def test_a_slip_is_found_both_ways_and_shares_a_form(one: str, other: str) -> None:
    assert is_slip(one, other)
    assert is_slip(other, one)
    assert not set(shortened(one)).isdisjoint(shortened(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ViT-B", "ViT-L"),
        ("GPT3", "GPT4"),
        ("Adapter2", "Adapter3"),
        ("LoRA", "QLoRA"),
        ("NLU", "NLG"),
        ("AdaLoRA", "AdvLoRA"),
        ("Structured", "Unstructured"),
        ("Location", "Allocation"),
        ("Text Prompt", "Next Prompt"),
        ("Compacter", "Compacter+"),
        ("Detection", "Detection"),
        ("Detecton Prompts", "Detection Prompt"),
        ("Visual Prompt", "Visual Prompt Tuning"),
        ("Caption", "Captioning"),
        ("Prompt", "Prompted"),
        ("", ""),
    ],
)
def test_other_words_are_no_slips(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert not is_slip(other, one)


def test_separators_and_capitals_make_no_other_keyword() -> None:
    assert len({letters(word) for word in ("Multi-Task", "multi_task", "Multi  Task")}) == 1
    assert letters("Compacter") != letters("Compacter++")
    assert is_long_enough("Multi-Task")
    assert not is_long_enough("Re-FT")


def badges(count: int, written: str) -> str:
    """A list of `count` entries, `#` standing for the number."""
    lines = (
        f"- **Title {number},** ICLR 2022. {written.replace('#', str(number))}\n"
        for number in range(count)
    )
    return "".join(lines)


@pytest.mark.parametrize(
    "written",
    [
        f"![]({SHIELDS}Detection-green)",
        f"![]({SHIELDS}{'a' * 200}#-green)",
        f"[![arXiv]({SHIELDS}arXiv-2106.09685-b31b1b)](https://example.com/#)",
        "![](https://img.shields.io/github/stars/a/b#) [Code](https://github.com/c/d)",
    ],
)
def test_many_badges_take_no_long_time(written: str) -> None:
    document = read(badges(1_500, written))
    began = time.process_time()
    for name in RULES:
        lint(document, [find(name)])
    assert time.process_time() - began < 2


def test_many_keywords_that_share_a_form_take_no_long_time() -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    words = [f"Detec{a}{b}tion" for a in alphabet for b in alphabet]
    usual = (word for word in words[::2] for _ in range(3))
    text = "".join(
        f"- **Title {number},** ICLR 2022. ![]({SHIELDS}{word}-green)\n"
        for number, word in enumerate((*usual, *words[1::2]))
    )
    document = read(text)
    began = time.process_time()
    lint(document, [find("misspelt-keyword")])
    assert time.process_time() - began < 2


def test_a_long_label_takes_no_long_time() -> None:
    for piece in ("a", "-", "_", "%20", "arXiv ", "2106.09685", "&#1"):
        label = piece * 100_000
        document = read(f"- **A Title,** ICLR 2022. ![]({SHIELDS}{label}-b)\n")
        began = time.process_time()
        for name in RULES:
            lint(document, [find(name)])
        in_markdown(label)
        assert time.process_time() - began < 2
