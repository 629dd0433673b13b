"""A list's habits are learnt from the list, and what is at odds with them is found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import pytest

from peftlint.convention import AUTO, Convention, habit, learn, learn_each, most_common
from peftlint.fixer import fix
from peftlint.linter import lint
from peftlint.model import Document, Entry
from peftlint.reader import read
from peftlint.registry import find
from peftlint.style import author, link
from peftlint.style.continuation import OUTSIDE, continuations
from peftlint.style.label import label_habits
from peftlint.style.number import miscounts
from peftlint.style.title import title_endings, title_habits


class Word(NamedTuple):
    """The first word of a title, by which these tests tell entries apart."""

    way: str
    entry: Entry


def first_words(document: Document, entry: Entry) -> Iterator[Word]:
    """A trait: the first word of the title; `None` says nothing."""
    word = entry.title.text.split()[0]
    if word != "None":
        yield Word(word, entry)


def sections(*words: str) -> Document:
    """A list with a section for each argument, and an entry for each word in it."""
    numbers = count(10000)
    return read(
        "\n".join(
            f"## Section {number}\n\n"
            + "".join(
                f"- **{word} of Papers.** [[Paper](https://arxiv.org/abs/2203.{next(numbers)})]\n"
                for word in section.split()
            )
            for number, section in enumerate(words)
        )
    )


def odd_words(*words: str, style: str = AUTO) -> list[tuple[str, str]]:
    """The words at odds in such a list, each with who wants what."""
    convention = learn(sections(*words), first_words)
    return [(odd.use.way, odd.because) for odd in convention.odd(style)]


# Habits


def test_a_habit_is_what_three_quarters_do() -> None:
    found = habit("aaab")
    assert found is not None
    assert (found.way, found.uses, found.total, str(found)) == ("a", 3, 4, "3 of 4")


@pytest.mark.parametrize("ways", ["", "aa", "aaabb", "aabb"])
def test_fewer_than_three_or_than_three_quarters_are_no_habit(ways: str) -> None:
    assert habit(ways) is None


def test_of_two_equally_common_ways_the_first_counts() -> None:
    found = most_common("abba")
    assert found is not None
    assert found.way == "a"


# Conventions


def test_what_differs_from_the_list_is_odd() -> None:
    assert odd_words("A A B A") == [("B", 'the list writes "A" (3 of 4)')]


def test_nothing_is_odd_where_the_list_has_no_habit() -> None:
    assert odd_words("A A B B") == []
    assert odd_words("A A B") == []


def test_an_entry_that_says_nothing_does_not_count() -> None:
    assert odd_words("A None A None A B None") == [("B", 'the list writes "A" (3 of 4)')]


def test_a_section_may_have_a_habit_of_its_own() -> None:
    assert odd_words("A A A A A A A A A A A A", "B B B") == []


def test_what_differs_from_section_and_list_is_told_what_the_section_does() -> None:
    found = odd_words("A A A A A A A A A A A A A A A", "B B B C")
    assert found == [("C", 'this section writes "B" (3 of 4)')]


def test_the_way_of_the_list_is_no_fault_in_a_section_with_another() -> None:
    assert odd_words("A A A A A A A A A", "B B B A") == []


def test_a_section_without_a_habit_follows_the_list() -> None:
    found = odd_words("A A A A A A A A A", "A B")
    assert found == [("B", 'the list writes "A" (10 of 11)')]


def test_sections_have_habits_where_the_list_has_none() -> None:
    found = odd_words("A A A A", "B B B B", "C C C D")
    assert found == [("D", 'this section writes "C" (3 of 4)')]


def test_a_section_that_is_of_one_kind_by_chance_is_no_model() -> None:
    assert odd_words("A A A B", "A B", "B A", "B B A", "A B") == []


def test_a_configured_style_makes_all_others_odd() -> None:
    found = odd_words("A A A", "B A", style="B")
    assert found == [("A", 'the configured style is "B"')] * 4


def test_odd_uses_come_in_the_order_of_the_list() -> None:
    convention = learn(sections("B A A A A A", "A A A C", "A A B"), first_words)
    lines = [odd.use.entry.line for odd in convention.odd()]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_nothing_is_learnt_from_a_list_without_entries() -> None:
    assert learn(read("# A list\n\nIt has no entries.\n"), first_words) == Convention(None, ())


def test_topics_are_learnt_apart() -> None:
    document = sections("Aa Aa Aa Ba", "Ab Bb Bb Bb")
    learnt = learn_each(document, first_words, lambda use: use.way[1])
    odd = {topic: [odd.use.way for odd in learnt[topic].odd()] for topic in learnt}
    assert odd == {"a": ["Ba"], "b": ["Ab"]}


# Styles


def ending_of(line: str) -> tuple[str, str] | None:
    """How the title of an entry ends, and what follows it."""
    (entry,) = (document := read(f"- {line} [[Paper](https://arxiv.org/abs/2203.12119)]\n")).entries
    endings = title_endings(document, entry)
    return next(((way, following) for way, (_, following), *_ in endings), None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Visual Prompt Tuning,** ECCV 2022.", ("**Title,**", "words")),
        ("**Visual Prompt Tuning**, ECCV 2022.", ("**Title**,", "words")),
        ("**Visual Prompt Tuning.**", ("**Title.**", "nothing")),
        ("**Visual Prompt Tuning** (ECCV 2022)", ("**Title**", "bracket")),
        ("**Visual Prompt Tuning**. *Menglin Jia, Luming Tang*.", ("**Title**.", "words")),
        ("__Visual Prompt Tuning__, ECCV 2022.", ("__Title__,", "words")),
        ('"Visual Prompt Tuning," ECCV, 2022.', ('"Title,"', "words")),
        ("\u201cVisual Prompt Tuning\u201d, ECCV, 2022.", ("\u201cTitle\u201d,", "words")),
        ("**Visual Prompt Tuning?** ECCV 2022.", None),
        ("**Visual Prompt Tuning** - ECCV 2022.", None),
        ("Visual Prompt Tuning, ECCV 2022.", None),
    ],
)
def test_the_ending_of_a_title_is_told_with_its_marks(
    line: str, expected: tuple[str, str] | None
) -> None:
    assert ending_of(line) == expected


def test_a_title_that_is_a_link_has_no_delimiter_to_judge() -> None:
    document = read("- **[Visual Prompt Tuning](https://arxiv.org/abs/2203.12119)**, ECCV 2022.\n")
    assert list(title_endings(document, document.entries[0])) == []


LIST = "".join(
    f"""\
{number}. **{title},** ICLR 2022.

   *Menglin Jia, Luming Tang, Bor-Chun Chen and others.* [[pdf](https://arxiv.org/abs/2203.{number}0000)], [[code](https://github.com/peft/{number})]

"""
    for number, title in enumerate(("Prompts", "Adapters", "Low Ranks", "Biases"), 1)
)


def test_the_habits_of_a_list_are_what_the_options_take() -> None:
    document = read(LIST)
    habits = {
        "mixed-title-delimiter": title_habits(document),
        "mixed-author-style": author.author_habits(document),
        "mixed-link-style": link.link_habits(document),
    }
    ways = {rule: {key: found.way for key, found in habits[rule].items()} for rule in habits}
    assert ways == {
        "mixed-title-delimiter": {"style": "**Title,**"},
        "mixed-author-style": {
            "order": "First Last, First Last",
            "separator": "A, B",
            "others": "and others",
            "marks": "*A, B*",
        },
        "mixed-link-style": {"brackets": "[[Paper](..)]", "separator": "], ["},
    }
    assert {found.way for found in label_habits(document)} == {"pdf", "code"}
    assert {str(found) for found in label_habits(document)} == {"4 of 4"}
    for name, options in ways.items():
        rule = find(name)
        assert rule.options is not None
        assert lint(document, [rule], {name: rule.options(**options)}) == []


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("mixed-title-delimiter", {"style": "inside"}, '"**Title,**"'),
        ("mixed-title-delimiter", {"style": "**Name,**"}, '"**Title,**"'),
        ("mixed-author-style", {"order": "last"}, '"Last, First and Last, First"'),
        ("mixed-author-style", {"separator": ", "}, '"A, B"'),
        ("mixed-author-style", {"others": "etc."}, '"and others"'),
        ("mixed-author-style", {"period": "inside"}, '"*A, B.*"'),
        ("mixed-author-style", {"marks": "*"}, '"_A, B_"'),
        ("mixed-link-style", {"brackets": "[[]]"}, '"[[Paper](..)]"'),
        ("mixed-link-style", {"separator": ","}, '"], ["'),
        ("mixed-link-style", {"labels": ("Visual Prompt Tuning",)}, "Paper or Code"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_with_what_is_possible(
    name: str, options: dict[str, object], hint: str
) -> None:
    rule = find(name)
    assert rule.options is not None
    with pytest.raises(ValueError, match="not ") as caught:
        rule.options(**options)
    assert hint in str(caught.value)


def test_a_comma_is_asked_for_only_where_words_follow() -> None:
    rule = find("mixed-title-delimiter")
    assert rule.options is not None
    text = "- **Prompts** [[Paper](https://arxiv.org/abs/2203.12119)]\n"
    assert lint(read(text), [rule], {rule.name: rule.options(style="**Title,**")}) == []
    assert lint(read(text), [rule], {rule.name: rule.options(style="**Title.**")})


def test_where_a_list_is_outdented_by_habit_nothing_is_said() -> None:
    text = LIST.replace("   *", "*")
    document = read(text)
    convention = learn(document, continuations)
    assert convention.habit is not None
    assert convention.habit.way == OUTSIDE
    assert lint(document, [find("outdented-continuation")]) == []


def test_numbers_that_grow_longer_keep_the_lines_of_their_entries() -> None:
    entry = "{} **Title {}.** ICLR 2022.\n\n{}*Menglin Jia.* [[Paper](https://arxiv.org/abs/{})]\n"
    written = ("8.", "9.", "9.", "10.")
    right = ("8.", "9.", "10.", "11.")
    text, expected = (
        "\n".join(
            entry.format(marker, index, " " * (len(marker) + 1), f"2203.1000{index}")
            for index, marker in enumerate(markers)
        )
        for markers in (written, right)
    )
    result = fix(text, [find("wrong-number")])
    assert not result.withheld
    assert result.text == expected


def numbered(*numbers: int) -> str:
    """A numbered list."""
    return "".join(
        f"{number}. **Paper {index}.** [[Paper](https://arxiv.org/abs/2203.{10000 + index})]\n"
        for index, number in enumerate(numbers)
    )


@pytest.mark.parametrize(
    ("numbers", "firsts"),
    [
        ((1, 2, 3), []),
        ((0, 1, 2), []),
        ((5, 6, 7), []),
        ((1, 1, 1), []),
        ((1, 2, 4, 5), [4]),
        ((1, 3, 4, 6, 7), [3, 6]),
        ((1, 2, 2, 3), [2]),
        ((4, 3, 2, 1), [3]),
        ((2,), []),
    ],
)
def test_a_miscount_is_told_once_where_it_begins(
    numbers: tuple[int, ...], firsts: list[int]
) -> None:
    document = read(numbered(*numbers))
    assert [miscount.first.written for miscount in miscounts(document)] == firsts
    fixed = read(fix(document.text, [find("wrong-number")]).text)
    # Which way those that count down should go is not known.
    assert [miscount for miscount in miscounts(fixed) if miscount.entries] == []


FORMS = (
    "[[Paper](https://example.com/1)]",
    "[Paper](https://example.com/1)",
    "[[Paper]](https://example.com/1)",
    "[[**Paper**]](https://example.com/1)",
    "([Paper](https://example.com/1))",
)
SAMPLES = (
    "[[Paper](..)]",
    "[Paper](..)",
    "[[Paper]](..)",
    "[[**Paper**]](..)",
    "([Paper](..))",
)


@pytest.mark.parametrize("wanted", range(len(FORMS)))
@pytest.mark.parametrize("written", range(len(FORMS)))
def test_each_way_to_write_a_link_can_be_turned_into_each_other(written: int, wanted: int) -> None:
    rule = find("mixed-link-style")
    assert rule.options is not None
    options = {rule.name: rule.options(brackets=SAMPLES[wanted])}
    text = "- **Visual Prompt Tuning,** ECCV 2022. {}\n"
    result = fix(text.format(FORMS[written]), [rule], options)
    assert not result.withheld
    assert result.text == text.format(FORMS[wanted])
