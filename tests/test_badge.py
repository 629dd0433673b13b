"""Badges by the rules that shields.io publishes."""

import time

import pytest

from peftlint.badge import decode, is_badge_url, with_message_of, with_words, words

SHIELDS = "https://img.shields.io/badge/"


@pytest.mark.parametrize(
    ("written", "label", "message", "color", "parts"),
    [
        ("CoOp-blue", "CoOp", "CoOp", "blue", 1),
        ("Image_Classification-green", "Image Classification", "Image Classification", "green", 1),
        ("build-passing-brightgreen", "build passing", "passing", "brightgreen", 2),
        ("MV-Adapter-blue", "MV Adapter", "Adapter", "blue", 2),
        ("MV--Adapter-blue", "MV-Adapter", "MV-Adapter", "blue", 1),
        ("-SparseAdapter-blue", "SparseAdapter", "SparseAdapter", "blue", 1),
        ("-GLUE%20Benchmark-green", "GLUE Benchmark", "GLUE Benchmark", "green", 1),
        ("best--license-Apache--2.0-blue", "best-license Apache-2.0", "Apache-2.0", "blue", 2),
        ("label---message-blue", "label -message", "-message", "blue", 2),
        ("label--blue", "label", "", "blue", 2),
        ("treble___underscores-red", "treble_ underscores", "treble_ underscores", "red", 1),
        ("__private__-red", "_private_", "_private_", "red", 1),
        ("fourfold____underscores-red", "fourfold__underscores", "fourfold__underscores", "red", 1),
        ("arXiv-b31b1b.svg", "arXiv", "arXiv", "b31b1b", 1),
        ("Apache_2.0-blue.svg", "Apache 2.0", "Apache 2.0", "blue", 1),
        ("a-b-rgb(1,2,3)", "a b", "b", "rgb(1,2,3)", 2),
        (
            "Detection,_Segmentation-green",
            "Detection, Segmentation",
            "Detection, Segmentation",
            "green",
            1,
        ),
        ("Fact_Checking&QA-orange", "Fact Checking&QA", "Fact Checking&QA", "orange", 1),
        ("x-blue?style=flat", "x", "x", "blue", 1),
        ("x-blue?style=flat&color=red", "x", "x", "red", 1),
        ("x-blue?colorB=red", "x", "x", "red", 1),
        ("x-blue?label=my%20label&color=2962FF#f", "my label x", "x", "2962FF", 2),
    ],
)
def test_a_static_badge_is_decoded_as_shields_shows_it(
    written: str, label: str, message: str, color: str, parts: int
) -> None:
    badge = decode(SHIELDS + written)
    assert badge is not None
    assert (badge.label, badge.message, badge.color, badge.parts) == (label, message, color, parts)


@pytest.mark.parametrize(
    ("url", "path", "color"),
    [
        (SHIELDS + "CoOp-blue", "CoOp-blue", "blue"),
        (SHIELDS + "arXiv-b31b1b.svg?style=flat", "arXiv-b31b1b", "b31b1b"),
        (SHIELDS + "x-blue?style=flat&color=red&y", "x-blue", "red"),
        ("http://shields.io/badge/A-B-red", "A-B-red", "red"),
        (
            "https://img.shields.io/static/v1?label=build&message=ok&color=green",
            "label=build&message=ok&color=green",
            "green",
        ),
    ],
)
def test_the_words_and_the_color_are_found_in_place(url: str, path: str, color: str) -> None:
    badge = decode(url)
    assert badge is not None
    assert url[badge.path.start : badge.path.end] == path
    assert url[badge.color_span.start : badge.color_span.end] == color


def test_a_badge_written_as_parameters_is_decoded() -> None:
    badge = decode("https://img.shields.io/static/v1?label=made%20with&message=care&color=9cf")
    assert badge is not None
    assert (badge.label, badge.message, badge.color, badge.parts) == (
        "made with care",
        "care",
        "9cf",
        2,
    )


@pytest.mark.parametrize("written", ["CoOp-blue", "P-tuning-v2-blue", "nothing"])
def test_the_words_of_a_badge_can_be_put_otherwise(written: str) -> None:
    url = f"{SHIELDS}{written}.svg?style=flat"
    assert words(url) == written
    assert with_words(url, "A--B-red") == f"{SHIELDS}A--B-red.svg?style=flat"


def test_an_address_that_is_no_static_badge_has_no_words() -> None:
    url = "https://img.shields.io/github/stars/microsoft/LoRA"
    assert words(url) is None
    with pytest.raises(ValueError, match="no static badge"):
        with_words(url, "A-red")


@pytest.mark.parametrize(
    "url",
    [
        SHIELDS + "nothing",
        SHIELDS + "a-b-c-d-blue",
        SHIELDS + "x-",
        SHIELDS,
        "https://img.shields.io/github/stars/microsoft/LoRA",
        "https://img.shields.io/static/v1?label=build&message=ok",
        "https://img.shields.io.evil.com/badge/CoOp-blue",
        "https://img.shields.io@evil.com/badge/CoOp-blue",
        "https://example.com/img.shields.io/badge/CoOp-blue",
        "badge/CoOp-blue",
        "",
    ],
)
def test_what_is_no_static_badge_is_not_decoded(url: str) -> None:
    assert decode(url) is None


@pytest.mark.parametrize(
    "url",
    [
        SHIELDS + "CoOp-blue",
        "https://img.shields.io/github/stars/microsoft/LoRA?style=social",
        "https://badge.fury.io/py/peft.svg",
        "https://badgen.net/badge/x/y",
        "https://awesome.re/badge-flat2.svg",
        "https://awesome.re/mentioned-badge.svg",
        "https://cdn.rawgit.com/sindresorhus/awesome/d7305f38/media/badge.svg",
        "https://github.com/a/b/actions/workflows/ci.yml/badge.svg?branch=main",
        "https://zenodo.org/badge/DOI/10.5281/zenodo.1.svg",
        "https://colab.research.google.com/assets/colab-badge.svg",
        "https://hits.sh/github.com/a/b.svg",
        "https://visitor-badge.lithub.cc/badge?page_id=a.b",
        "https://readthedocs.org/projects/x/badge/?version=latest",
        "https://huggingface.co/datasets/huggingface/badges/resolve/main/paper-page-sm.svg",
        "./assets/build_badge.svg",
    ],
)
def test_an_image_from_a_badge_service_or_named_as_one_is_a_badge(url: str) -> None:
    assert is_badge_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/html/2401.10774v1/x1.png",
        "https://api.star-history.com/svg?repos=a/b&type=badge",
        "https://contrib.rocks/image?repo=a/b",
        "figures/badger.png",
        "https://img.shields.io.evil.com/x.svg",
        "",
    ],
)
def test_a_figure_is_no_badge(url: str) -> None:
    assert not is_badge_url(url)


@pytest.mark.parametrize("piece", ["-", "--a", "a-", "_", "%20", "badge", "badges-"])
def test_a_hostile_address_is_decoded_in_linear_time(piece: str) -> None:
    url = SHIELDS + piece * 200_000
    began = time.process_time()
    decode(url)
    is_badge_url("https://example.com/" + piece * 200_000)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("url", "other", "after"),
    [
        ("Multi_Task-green", "Multi--Task-green", "Multi--Task-green"),
        ("-Multi_Task-green.svg?style=flat", "MultiTask-red", "-MultiTask-green.svg?style=flat"),
        ("Task-Detecton-green", "Detection-green", "Task-Detection-green"),
        ("x-blue?color=red", "y-blue", "y-blue?color=red"),
        ("Multi_Task-green", "Multi-Task-green", "Task-green"),
    ],
)
def test_a_badge_takes_the_message_of_another(url: str, other: str, after: str) -> None:
    assert with_message_of(SHIELDS + url, SHIELDS + other) == SHIELDS + after


def test_a_path_and_parameters_are_not_mixed() -> None:
    parameters = "https://img.shields.io/static/v1?label=&message=a%26b&color=green"
    assert with_message_of(SHIELDS + "x--y-green", parameters) == SHIELDS + "a%26b-green"
    assert with_message_of(parameters, SHIELDS + "x--y-green") is None
    assert with_message_of(SHIELDS + "nothing", SHIELDS + "x-green") is None
