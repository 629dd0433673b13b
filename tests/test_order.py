"""Entries get into order with the fewest moves, and none of them changes on its way."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peftlint import registry
from peftlint.fixer import FixResult, fix
from peftlint.linter import lint
from peftlint.order import arrangement, longest_run, ranks, steps
from peftlint.reader import read
from peftlint.rule import Rule
from peftlint.style.sequence import sequences

RULE: Rule = registry.find("unsorted-section")

numbers = st.lists(st.integers(0, 9), max_size=9)
some_numbers = st.lists(st.none() | st.integers(0, 5), max_size=40)


def options(key: str = "year", direction: str = "ascending") -> dict[str, object]:
    """The rule's options by its name."""
    assert RULE.options is not None
    return {RULE.name: RULE.options(key=key, direction=direction)}


@given(numbers)
def test_no_run_is_longer_than_the_longest(found: list[int]) -> None:
    run = longest_run(found)
    assert run == sorted(set(run))
    kept = [found[place] for place in run]
    assert kept == sorted(kept)
    longer = combinations(found, len(run) + 1)
    assert not any(list(one) == sorted(one) for one in longer)


@given(some_numbers)
def test_an_arrangement_is_in_order_and_has_all_members(found: list[int | None]) -> None:
    misplaced, order = arrangement(found)
    assert sorted(order) == list(range(len(found)))
    keyed = [(number, place) for place in order if (number := found[place]) is not None]
    assert keyed == sorted(keyed)
    moved = {one.at for one in misplaced}
    staying = [place for place in order if place not in moved]
    assert staying == sorted(staying)
    assert all(found[place] is not None for place in moved)
    assert arrangement([found[place] for place in order]).misplaced == ()


@given(some_numbers)
def test_each_is_told_behind_which_it_belongs(found: list[int | None]) -> None:
    misplaced, order = arrangement(found)
    places = {place: new for new, place in enumerate(order)}
    for at, after, before in misplaced:
        assert (after is None) != (before is None)
        assert after is None or places[after] < places[at]
        assert before is None or places[at] < places[before]


@given(st.lists(st.none() | st.text(max_size=3), max_size=20))
def test_ranks_are_ordered_as_the_keys(keys: list[str | None]) -> None:
    for numbers_, sign in ((ranks(keys), 1), (ranks(keys, descending=True), -1)):
        pairs = [
            (key, number) for key, number in zip(keys, numbers_, strict=True) if key is not None
        ]
        for (one, first), (other, second) in combinations(pairs, 2):
            assert first is not None
            assert second is not None
            assert (one < other) == (first * sign < second * sign)
            assert (one == other) == (first == second)


def test_steps_are_counted_up_and_down() -> None:
    assert steps([1, 2, 2, 5, 3]) == (2, 1)
    assert steps([]) == (0, 0)


# --- Lists ----------------------------------------------------------------------------------------


def entry(number: int, year: int | None, inside: bool) -> str:
    """An entry without marker: its first line and what is nested in it, to be indented."""
    shown = f" ACL {year}." if year else ""
    rest = "\n\n*Ann Doe, Bo Roe.*\n- A remark.\n  More of it." if inside else ""
    return (
        f"**A Title of Work Number {number},**{shown} [[Paper](https://example.org/{number})]{rest}"
    )


def indented(text: str, marker: str) -> str:
    """An item of a list."""
    first, *rest = text.split("\n")
    blanks = " " * len(marker)
    return "\n".join([marker + first, *(blanks + line if line else line for line in rest)])


works = st.lists(
    st.tuples(st.none() | st.integers(2015, 2024), st.booleans(), st.booleans()),
    min_size=1,
    max_size=14,
)


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A list of some layout, with or without a line end at its end."""
    kind = draw(st.sampled_from(["bullet", "ordered", "ones", "table", "glued"]))
    pieces: list[str] = []
    start = draw(st.sampled_from([1, 7, 98]))
    for at, (year, inside, loose) in enumerate(draw(works)):
        text = entry(at, year, inside and kind in ("bullet", "ordered", "ones"))
        if kind == "table":
            pieces.append(f"| {text.replace(',**', '** |')} |\n")
            continue
        markers = {
            "bullet": "- ",
            "ordered": f"{start + at}. ",
            "ones": "1. ",
            "glued": f"{at + 1}.",
        }
        gap = "\n\n" if loose or kind == "glued" else "\n"
        comment = "<!-- a word about it -->\n" if kind == "bullet" and loose and inside else ""
        pieces.append(comment + indented(text, markers[kind]) + gap)
    head = "| Title | Venue |\n| --- | --- |\n" if kind == "table" else ""
    text = f"## Papers\n\n{head}{''.join(pieces)}"
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


def bodies(text: str) -> list[str]:
    """What is written of each entry but its number, white space made one blank."""
    document = read(text)
    return [
        " ".join(document.text[one.title.span.start : one.span.end].split())
        for one in document.entries
    ]


def years(text: str) -> list[int]:
    return [one.year.value for one in read(text).entries if one.year]


@given(text=lists(), direction=st.sampled_from(["ascending", "descending"]))
@settings(max_examples=60, deadline=None)
def test_a_list_gets_into_order_and_nothing_changes(text: str, direction: str) -> None:
    chosen = options("year", direction)
    found = lint(read(text), [RULE], chosen)
    result = fix(text, [RULE], chosen)
    assert result.withheld == ()
    assert sorted(bodies(result.text)) == sorted(bodies(text))
    assert result.remaining == ()
    assert years(result.text) == sorted(years(text), reverse=direction == "descending")
    assert result.rounds == (1 if found else 0)
    if not found:
        assert result.text == text
    ends = [text.count(end) for end in ("\n", "\r", "\r\n\r\n")]
    assert [result.text.count(end) for end in ("\n", "\r", "\r\n\r\n")] == ends
    document, after = read(text), read(result.text)
    assert [one.number for one in after.entries] == [one.number for one in document.entries]


def settled(text: str, chosen: dict[str, object]) -> FixResult:
    """The list, fixed; nothing is left, and a second run changes nothing."""
    result = fix(text, [RULE], chosen)
    assert result.remaining == ()
    assert not fix(result.text, [RULE], chosen).changed
    return result


@pytest.mark.parametrize(("marker", "count"), [("{}. ", 2200), ("- ", 200), ("| ", 200)])
def test_a_thousand_moves_are_made_in_one_round(marker: str, count: int) -> None:
    head = "| Title | Paper |\n| --- | --- |\n" if marker == "| " else ""
    text = head + "".join(
        f"{marker.format(at + 1)}{entry(at, 2020 - at % 2 * (at % 17), inside=False)}\n"
        for at in range(count)
    )
    found = lint(read(text), [RULE], options())
    assert len(found) > 0.45 * count
    result = settled(text, options())
    assert result.rounds == 1
    assert sorted(bodies(result.text)) == sorted(bodies(text))


def test_nested_entries_are_sorted_within_their_parent() -> None:
    inner = [entry(at, 2024 - at, inside=False) for at in range(3)]
    outer = [indented(entry(9 - at, 2010 + at, inside=False), "- ") for at in (1, 0)]
    text = f"{outer[0]}\n" + "".join(f"  - {one}\n" for one in inner) + f"{outer[1]}\n"
    result = settled(text, options())
    expected = f"{outer[1]}\n{outer[0]}\n" + "".join(f"  - {one}\n" for one in inner[::-1])
    assert result.text == expected


def test_what_stands_between_parts_sequences() -> None:
    one, other = (indented(entry(at, 2020, inside=False), "- ") for at in (1, 2))
    for between in ("Some words.", "![](https://example.org/a.png)", "<!-- a -->\n\nWords."):
        document = read(f"{one}\n\n{between}\n\n{other}\n")
        assert [len(found) for found in sequences(document)] == [1, 1]
    for between in ("", "\n", "<!-- about the next -->\n", "<!-- one\nof two lines -->\n"):
        document = read(f"{one}\n{between}{other}\n")
        assert [len(found) for found in sequences(document)] == [2]
    document = read(f"{one}\n<!-- about which? -->\n\n{other}\n")
    assert [len(found) for found in sequences(document)] == [1, 1]
    document = read(f"{one}\n{other.replace('- ', '* ', 1)}\n")
    assert [len(found) for found in sequences(document)] == [1, 1]


def test_no_fix_where_a_paragraph_would_run_into_another() -> None:
    text = "\n".join(f"{at}.{entry(at, 2020 - at, inside=False)}  " for at in (1, 2, 3))
    found = lint(read(text), [RULE], options())
    assert all(one.fix is None for one in found)


@pytest.mark.parametrize(("key", "direction"), [("years", "auto"), ("auto", "up"), ("", "auto")])
def test_what_nothing_can_be_sorted_by_is_refused(key: str, direction: str) -> None:
    with pytest.raises(ValueError, match="not '"):
        options(key, direction)


def test_a_key_alone_takes_the_direction_from_the_list() -> None:
    one = [
        f"- {entry(at, year, inside=False)}\n"
        for at, year in enumerate((2024, 2023, 2021, 2022, 2020))
    ]
    result = fix("".join(one), [RULE], options("year", "auto"))
    assert years(result.text) == [2024, 2023, 2022, 2021, 2020]
    assert lint(read("".join(one[2:4] * 3)), [RULE], options("year", "auto")) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "".join(f"- {entry(at, 1990 + at * 7919 % 40, inside=False)}\n" for at in range(n)),
        lambda n: "".join(f"- {entry(at, 2030 - at * 40 // n, inside=False)}\n" for at in range(n)),
        lambda n: "".join(f"- {entry(1, 2020, inside=False)}\n" for _ in range(n)),
        lambda n: f"- {entry(1, 2020, inside=False)}\n" + "  - remark\n" * n,
        lambda n: f"- {entry(1, 2020, inside=False)}\n" + "<!-- a -->\n" * n,
        lambda n: "".join(
            f"- {entry(at, 2020 - at % 3, inside=False)}\n\n<!-- a -->\n\n" for at in range(n)
        ),
    ],
)  # fmt: skip
def test_the_time_it_takes_grows_with_the_list(make: object) -> None:
    assert callable(make)
    spent: list[float] = []
    for size in (500, 4000):
        document = read(make(size))
        begin = time.process_time()
        for key in ("auto", "title"):
            lint(document, [RULE], options(key, "ascending" if key == "title" else "auto"))
        spent.append(time.process_time() - begin)
    assert spent[1] < 40 * spent[0] + 0.2
