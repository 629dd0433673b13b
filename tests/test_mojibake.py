"""Damaged characters are told from sound ones, and what they should read is known or left open."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from peftlint.mojibake import damage

SHARED = Path(__file__).parent.parent.parent / "shared" / "lists"

ENCODINGS = ["mac_roman", "cp1252", "cp437"]


def mended(text: str) -> str:
    """`text` with its damage mended; what is lost stays."""
    pieces: list[str] = []
    at = 0
    for found in damage(text):
        shown = text[found.span.start : found.span.end]
        pieces += (text[at : found.span.start], shown if found.mended is None else found.mended)
        at = found.span.end
    return "".join((*pieces, text[at:]))


def misread(text: str, codec: str) -> str:
    """`text` in UTF-8, read as another encoding; undefined bytes as browsers read them."""
    return "".join(
        bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize("codec", ENCODINGS)
@pytest.mark.parametrize(
    "text",
    [
        "Jos\u00e9 Garc\u00eda",
        "Bj\u00f8rn M\u00fcller",
        "don\u2019t",
        "\u201cAll You Need\u201d \u2014 a survey\u2026",
        "parameter\u2011efficient",
        "\U0001f680 News",
        "\U0001f469\u200d\U0001f4bb",
        "\u2728\u2b50\u2705",
        "Yl\u00e4-J\u00e4\u00e4ski",
    ],
)
def test_what_was_misread_is_mended(text: str, codec: str) -> None:
    assert mended(misread(text, codec)) == text


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "Tom\u00e1\u0161 Ko\u010disk\u00fd",
        "\u03b2-VAE and \u03b1",
        "20\u00b0C",
        "\u043f\u0440\u0438\u0432\u0435\u0442",
        "\u63d0\u793a\u5b66\u4e60\uff0c",
        "\ud55c\uad6d\uc5b4",
        "Nguy\u1ec5n",
        "\u00c9cole",
    ],
)
def test_so_are_letters_of_other_languages(text: str, codec: str) -> None:
    assert mended(misread(text, codec)) == text


def test_one_line_may_be_misread_in_several_ways() -> None:
    names = (misread("Jos\u00e9", "cp1252"), misread("Fran\u00e7ois", "mac_roman"), "Jos\u00e9")
    text = "{} and {}, {}".format(*names)
    assert mended(text) == "Jos\u00e9 and Fran\u00e7ois, Jos\u00e9"


def test_what_was_misread_twice_is_mended() -> None:
    text = "don\u2019t, Jos\u00e9"
    assert mended(misread(misread(text, "cp1252"), "cp1252")) == text


def test_punctuation_read_as_windows_1251_is_mended() -> None:
    assert mended(misread("don\u2019t \U0001f680", "cp1251")) == "don\u2019t \U0001f680"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It\u9225\u6a9a", "It\u2019s"),
        ("\u9225\u6df2hy", "\u201cWhy"),
        ("\u9983\u6b8c", "\U0001f680"),
        # The quote took a bracket along: to write one might make a link.
        ("\u9225\u64fa", "\u9225\u64fa"),
        ("\u9225?", "\u9225?"),
    ],
)
def test_gbk_is_mended_where_it_is_utf_8(text: str, expected: str) -> None:
    assert len(list(damage(text))) == 1
    assert mended(text) == expected


def test_a_byte_order_mark_is_left_out() -> None:
    assert mended("\xef\xbb\xbf# List") == "# List"


def test_quotes_read_as_latin_1_are_mended() -> None:
    assert mended("don\x92t") == "don\u2019t"


@pytest.mark.parametrize(
    "text", ["Jos\ufffd", "Jos\ufffd\ufffd", "\u951f\u65a4\u62f7", "\xe2\u20ac x", "a\x81"]
)
def test_what_is_lost_is_said_to_be(text: str) -> None:
    assert [found.mended for found in damage(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "S\u00c3O PAULO, AMANH\u00c3\u2026, IRM\u00c3\u201d",
        "\u00abCAF\u00c9\u00bb \u00e9t\u00e9\u2026\u00bb",
        "\u00ab\u00a0\u00c9t\u00e9\u00a0\u00bb l\u2019\u00e9t\u00e9, \u201c\u00e9tude\u201d",
        "\u201e\u00c4rger\u201c, \u201e\u00d6l\u201c, \u201e\u00c4\u201c",
        "2001\u2013\u00e9poque \u0153uvre",
        "O(\u221a\u03c0), f\u2248\u00b15, \u2248\u00b0, \u00ac\u03c0",
        "10\u00a0\u00c5\u00a0resolution, 3 \u00c5\u00b2",
        "Ng\u00f4 Qu\u00fd \u00c2, TR\u1ea6NG\u00c2\u00bb",
        "\u00c7\u00e0 et l\u00e0",
        "\u251c\u2500\u2500 papers \u2502 \u251c\u2502",
        "\u0432\u0456\u0439 \u0441\u043b\u0456\u0432\u00bb\u2026",
        "\u63d0\u793a\u5b66\u4e60\uff1a\u7efc\u8ff0",
        "\U0001f469\u200d\U0001f4bb \u2728",
        "Tom\u00e1\u0161 Ko\u010disk\u00fd, \u00cd\u00f1igo",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert list(damage(text)) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real lists are not there: {SHARED}")
def test_all_of_a_real_list_is_mended() -> None:
    text = (SHARED / "seeds" / "peft-a2z.md").read_text(encoding="utf-8")
    found = list(damage(text))
    assert len(found) == 143
    assert {one.mended for one in found} == {
        "\U0001f469\u200d\U0001f4bb", "\U0001f680", "\u2011", "\u2014", "\u2013", "\u2728",
        "\U0001f4a1", "\u2b50", "\u2019", "\U0001f9d2",
    }  # fmt: skip
    assert not [
        letter for letter in mended(text) if "\u0080" < letter < "\u2000" or letter == "\uf8ff"
    ]


@pytest.mark.parametrize(
    "unit",
    ["\u00c3\u00a9", "\u00c3\u0192\u00c2\u00a9", "\u00d0\u00bf\u00d7\x90", "\u00c4\u201c", "\u00e2\u20ac", "\u9225", "\u00c3", "\ufffd", "\uf8ff\u00fc\u00f6"],
)  # fmt: skip
def test_damage_takes_no_longer_than_its_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        begin = time.process_time()
        for _ in damage(text):
            pass
        return time.process_time() - begin

    seconds(100)
    assert seconds(40_000) < 10 * seconds(10_000) + 0.1
