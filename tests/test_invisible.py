"""Characters that nobody sees are found, and left where they are needed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest

from peftlint.invisible import (
    Invisible,
    characters,
    no_break_spaces,
    places_of_no_break_spaces,
    tabs,
)
from peftlint.source import Span


def spaces_within(text: str, span: Span) -> Iterable[Invisible]:
    return no_break_spaces(text, span, places_of_no_break_spaces(text))


def without(text: str, found: Iterable[Invisible]) -> str:
    """`text` with the replacements of what was found."""
    pieces: list[str] = []
    at = 0
    for one in found:
        pieces += (text[at : one.span.start], one.replacement)
        at = one.span.end
    return "".join((*pieces, text[at:]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u200bb", "ab"),
        ("\ufeffa", "a"),
        ("fine\u00adtuning\u2060\u2063", "finetuning"),
        ("a\u202eb\u202c \u2066c\u2069 d\u200e", "ab c d"),
        ("a\x0cb\x00\x7f", "a b"),
        ("a \x85b\u2028c", "a b c"),
        ("a\U000e0041\U000e0042b", "ab"),
        ("a\u200db\u200c", "ab"),
        ("\U0001f469\u200d x", "\U0001f469 x"),
    ],
)
def test_what_nobody_sees_is_taken_out(text: str, expected: str) -> None:
    assert without(text, characters(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "plain\ttext\r\n",
        "\U0001f469\u200d\U0001f4bb \u2764\ufe0f\u200d\U0001f525 \U0001f3f3\ufe0f\u200d\U0001f308",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648",
        "\u0915\u094d\u200d\u0937",
        "\u0e01\u200b\u0e02",
        "\u05d0\u200f (2022)\u200e",
        "@\u200bsomeone #\u200b12",
        "a\u2009b\u200ac",
    ],
)
def test_what_is_needed_stays(text: str) -> None:
    assert list(characters(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann\xa0Lee", "Ann Lee"),
        ("Ann \xa0 Lee\u202f", "Ann Lee "),
        ("Ann\xa0Lee\xa0, Bo", "Ann Lee, Bo"),
        ("Qui\xa0? \xab\xa0Moi\xa0\xbb J.\xa0Roe, 10\xa0GB", "Qui\xa0? \xab\xa0Moi\xa0\xbb J.\xa0Roe, 10\xa0GB"),
        ("plain  text", "plain  text"),
    ],
)  # fmt: skip
def test_no_break_spaces_become_blanks_but_for_those_of_typography(
    text: str, expected: str
) -> None:
    assert without(text, spaces_within(text, Span(0, len(text)))) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- a\tb \t c", "- a b c"),
        ("- [a\t](b)", "- [a](b)"),
        ("\t-\ta\t", "\t-\ta\t"),
        ("> 1.\ta", "> 1.\ta"),
        ("| a\t|\tb\t<br>|", "| a\t|\tb\t<br>|"),
        ("a  b", "a  b"),
    ],
)
def test_tabs_inside_a_line_become_blanks(line: str, expected: str) -> None:
    assert without(line, tabs(line, Span(0, len(line)))) == expected


@pytest.mark.parametrize(
    ("find", "unit"),
    [
        (characters, "\u200b"),
        (characters, "\u200e"),
        (characters, "\U0001f3f4\U000e0067"),
        (spaces_within, "\xa0"),
        (spaces_within, "a\xa0"),
        (spaces_within, " "),
        (tabs, "\t"),
        (tabs, "a\t|"),
        (tabs, "- "),
        (tabs, "a \t"),
    ],
)
def test_finding_them_takes_no_longer_than_the_text(
    find: Callable[..., Iterable[Invisible]], unit: str
) -> None:
    def seconds(count: int) -> float:
        text = f"a{unit * count}|"
        begin = time.process_time()
        for _ in find(text) if find is characters else find(text, Span(0, len(text))):
            pass
        return time.process_time() - begin

    seconds(100)
    assert seconds(80_000) < 10 * seconds(20_000) + 0.1
