"""What is printed for people cannot command their terminal."""

import sys
import unicodedata

import pytest

from peftlint.printable import printable


@pytest.mark.parametrize(
    "text",
    ["", "plain", "Ünïcödé", "论文 🚀", "a\tb", "no\u00a0break", "wide\u3000blank", "back\\slash"],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\r", r"a\x0ab\x0d"),
        ("\x00\x07\x7f\x9b", r"\x00\x07\x7f\x9b"),
        ("abc\u202edcba\u202c", r"abc\u202edcba\u202c"),
        ("\u2066x\u2069\u200f", r"\u2066x\u2069\u200f"),
        ("\u2028\u2029\u0085", r"\u2028\u2029\x85"),
        ("\ufeff\u200b\u00ad", r"\ufeff\u200b\xad"),
        ("\U000e0041", r"\U000e0041"),
        ("\uf8ff", r"\uf8ff"),
        ("odd byte \udcff in a name", r"odd byte \udcff in a name"),
    ],
)
def test_what_has_no_shape_is_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_no_control_of_unicode_is_let_through() -> None:
    controls = {
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    } - {"\t"}
    shown = printable("".join(sorted(controls)))
    assert shown.isascii()
    assert shown.isprintable()


def test_what_is_shown_can_be_encoded_whatever_the_name_of_a_file_is() -> None:
    name = b"caf\xe9.md".decode(errors="surrogateescape")
    assert printable(name).encode() == rb"caf\udce9.md"
