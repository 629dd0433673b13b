"""A fix loses nothing, settles, and says what it did not do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from peftlint.fixer import MOST_ROUNDS, fix
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.proof import Change, loss
from peftlint.reader import read
from peftlint.registry import select
from peftlint.rule import Finding, Rule, RuleError, safe_fix, unsafe_fix
from peftlint.source import Edit, Lines, Span, apply_edits

LIST = """\
# List

Some prose with a [link](https://a.org/prose).

- **One Title Here,** ACL 2020. [[Paper](https://arxiv.org/abs/1706.03762)]

- **Two Titles Here,** ACL 2021. [[Paper](https://arxiv.org/abs/2106.09685)]
"""


def rule(check: object, may_change: frozenset[str] = frozenset(), code: str = "XX001") -> Rule:
    return Rule(
        name=f"test-{code.lower()}",
        code=code,
        doc="A rule.",
        severity="warning",
        profile="default",
        fix="safe",
        may_change=may_change,
        options=None,
        origin="the tests",
        checker=check,  # type: ignore[arg-type]
    )


def replacing(old: str, new: str, *, safe: bool = True) -> object:
    """A check that finds each `old` and wants it to be `new`."""

    def check(document: Document) -> Iterator[Finding]:
        at = document.text.find(old)
        while at >= 0:
            edit = Edit(Span(at, at + len(old)), new)
            made = safe_fix(edit) if safe else unsafe_fix(edit)
            yield Finding(edit.span, f"found {old}", made)
            at = document.text.find(old, at + 1)

    return check


def test_a_fix_that_its_rule_may_make_is_made() -> None:
    result = fix(LIST, [rule(replacing("ACL", "EMNLP"), frozenset({"venue"}))])
    assert result.text == LIST.replace("ACL", "EMNLP")
    assert [diagnostic.line for diagnostic in result.applied] == [5, 7]
    assert (result.remaining, result.withheld, result.rounds) == ((), (), 1)
    assert result.changed


def test_a_text_with_nothing_to_fix_is_the_same() -> None:
    result = fix(LIST, [rule(replacing("nowhere", "x"))])
    assert result.text == LIST
    assert not result.changed


def test_an_unsafe_fix_waits_until_it_is_asked_for() -> None:
    rules = [rule(replacing("ACL", "EMNLP", safe=False), frozenset({"venue"}))]
    assert fix(LIST, rules).text == LIST
    assert len(fix(LIST, rules).remaining) == 2
    assert "EMNLP" in fix(LIST, rules, unsafe=True).text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("ACL 2020", "EMNLP 2020", "it would change the venue of the entry at line 5"),
        ("ACL 2020", "ACL 2019", "it would change the year of the entry at line 5"),
        ("One Title", "No Title", "it would change the title of the entry at line 5"),
        ("Paper](https://arxiv.org/abs/1706", "PDF](https://arxiv.org/abs/1706", "it would change the links of the entry at line 5"),
        ("- **One Title Here,** ACL 2020. [[Paper](https://arxiv.org/abs/1706.03762)]\n\n", "", "it would lose an entry"),
        ("(https://a.org/prose)", "(https://a.org/other)", "it would lose the address https://a.org/prose"),
        ("Some prose", "Other prose", "it would change what line 3, outside the entry, renders as"),
        ("# List\n\n", "# List\n\n---\n\n", "it would change what line 3, outside the entry, renders as"),
        ("# List\n", "## List\n", "it would change what line 1, outside the entry, renders as"),
    ],
)  # fmt: skip
def test_a_fix_that_would_lose_something_is_withheld(old: str, new: str, reason: str) -> None:
    result = fix(LIST, [rule(replacing(old, new))])
    assert result.text == LIST
    assert [withheld.reason for withheld in result.withheld] == [reason]
    assert len(result.remaining) == 1


def test_one_bad_fix_does_not_keep_the_others_from_being_made() -> None:
    good = rule(replacing("ACL", "EMNLP"), frozenset({"venue"}))
    bad = rule(replacing("Two Titles", "Lost"), code="XX002")
    result = fix(LIST, [good, bad])
    assert result.text == LIST.replace("ACL", "EMNLP")
    assert [withheld.diagnostic.code for withheld in result.withheld] == ["XX002"]


def test_an_entry_may_be_removed_by_a_rule_that_says_so() -> None:
    entry = "- **One Title Here,** ACL 2020. [[Paper](https://arxiv.org/abs/1706.03762)]\n\n"
    text = LIST + "\n" + entry
    # The address stays, in the other of the two.
    result = fix(text, [rule(removing_the_second, frozenset({"entry"}))])
    assert result.text == LIST


def removing_the_second(document: Document) -> Iterator[Finding]:
    titles = set[str]()
    for entry in document.entries:
        if entry.title.text in titles:
            yield Finding(entry.title.span, "again", safe_fix(Edit(entry.removal_span, "")))
        titles.add(entry.title.text)


ONE = "- **One Title Here,** ACL 2020. [[Paper](https://arxiv.org/abs/1706.03762)]"
TWO = "- **Two Titles Here,** ACL 2021. [[Paper](https://arxiv.org/abs/2106.09685)]"


def test_entries_may_change_places_by_a_rule_that_says_so() -> None:
    swapping = rule(replacing(f"{ONE}\n\n{TWO}", f"{TWO}\n\n{ONE}"), frozenset({"order"}))
    result = fix(LIST, [swapping])
    assert result.text == LIST.replace(f"{ONE}\n\n{TWO}", f"{TWO}\n\n{ONE}")
    assert result.withheld == ()


@pytest.mark.parametrize(
    ("new", "may_change", "reason"),
    [
        (f"{TWO}\n\n{ONE}", "", "it would change the title of the entry at line 5"),
        (f"{TWO}\n\n{TWO}", "order", "it would change the entry at line 5 as it moves"),
        (f"{TWO}\n\n{ONE.replace('2020', '2019')}", "order", "it would change the entry at line 5 as it moves"),
        (TWO, "order", "it would lose an entry"),
        (f"{TWO}\n\n## More\n\n{ONE}", "order", "it would change the section of the entry at line 5"),
        (f"{TWO}\n\nMore words.\n\n{ONE}", "order", "it would change the blocks outside the entry"),
        (f"{TWO}\n\n> {ONE}", "order", "it would change the words or the blocks of the entry at line 5"),
    ],
)  # fmt: skip
def test_entries_change_places_and_nothing_else(new: str, may_change: str, reason: str) -> None:
    moving = rule(replacing(f"{ONE}\n\n{TWO}", new), frozenset(may_change.split()))
    result = fix(LIST, [moving])
    assert result.text == LIST
    assert [withheld.reason for withheld in result.withheld] == [reason]


def test_fixes_that_collide_are_made_in_different_rounds() -> None:
    first = rule(replacing("ACL 2020", "EMNLP 2020"), frozenset({"venue"}))
    second = rule(replacing("2020. [", "2020, ["), code="XX002")
    result = fix(LIST, [first, second])
    assert result.rounds == 2
    assert "EMNLP 2020, [[Paper]" in result.text


def test_fixes_that_undo_each_other_are_stopped_and_named() -> None:
    there = rule(replacing("ACL 2020", "EMNLP 2020"), frozenset({"venue"}))
    back = rule(replacing("EMNLP 2020", "ACL 2020"), frozenset({"venue"}), code="XX002")
    result = fix(LIST, [there, back])
    assert result.rounds == 1
    assert [w.reason for w in result.withheld] == ["it and another fix undo each other"]


def test_a_list_that_never_settles_is_given_up() -> None:
    growing = rule(replacing("prose with", "prose  with"))
    endless = rule(longer)
    assert fix(LIST, [growing]).rounds == 1
    result = fix(LIST, [endless])
    assert result.text == LIST
    reason = f"the list does not settle: {MOST_ROUNDS} rounds were not enough"
    assert [withheld.reason for withheld in result.withheld] == [reason]
    venue = rule(replacing("ACL", "EMNLP"), frozenset({"venue"}), code="XX002")
    assert fix(LIST, [endless, venue]).text == LIST.replace("ACL", "EMNLP")


def longer(document: Document) -> Iterator[Finding]:
    at = document.text.index("2020.") + 5
    yield Finding(Span(at - 1, at), "more blanks", safe_fix(Edit(Span(at, at), " ")))


def test_a_rule_that_fails_is_named() -> None:
    def failing(document: Document) -> Iterator[Finding]:
        raise KeyError("no")
        yield

    with pytest.raises(RuleError, match="rule test-xx001 of the tests failed: KeyError: 'no'"):
        lint(read(LIST), [rule(failing)])


def test_a_diagnostic_knows_its_entry_and_its_end() -> None:
    found = lint(read(LIST), [rule(replacing("ACL 2021", "x")), rule(replacing("prose", "x"))])
    assert [(d.line, d.column, d.end_line, d.end_column, d.entry_line) for d in found] == [
        (3, 6, 3, 11, None),
        (3, 40, 3, 45, None),
        (7, 24, 7, 32, 7),
    ]


def test_moving_an_address_of_a_paper_to_its_abstract_page_loses_nothing() -> None:
    text = LIST.replace("abs/1706.03762", "pdf/1706.03762.pdf")
    at = text.index("https://arxiv.org/pdf")
    span = Span(at, at + len("https://arxiv.org/pdf/1706.03762.pdf"))
    edit = Edit(span, "https://arxiv.org/abs/1706.03762")
    after = read(apply_edits(text, [edit]))
    assert loss(read(text), after, [Change(edit, frozenset({"links"}))]) is None
    assert loss(read(text), after, [Change(edit, frozenset())]) is not None


def test_edits_that_overlap_or_lie_outside_are_refused() -> None:
    assert (
        apply_edits("abc", [Edit(Span(1, 1), "x"), Edit(Span(1, 2), ""), Edit(Span(3, 3), "y")])
        == "axcy"
    )
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("abc", [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])
    with pytest.raises(ValueError, match="outside"):
        apply_edits("abc", [Edit(Span(2, 4), "")])


def test_lines_end_where_markdown_ends_them() -> None:
    lines = Lines("a\r\nb\rc\nd\u2028e\x0cf")
    assert [lines.content(number + 1) for number in range(len(lines))] == [
        "a",
        "b",
        "c",
        "d\u2028e\x0cf",
    ]
    assert lines.place(5) == (3, 1)
    assert lines.whole(1, 2) == Span(0, 5)
    assert lines.span(1, 2) == Span(0, 4)


def test_spans_know_what_they_meet() -> None:
    span = Span(2, 5)
    assert (span.before, span.after) == (Span(2, 2), Span(5, 5))
    assert span.overlaps(Span(4, 9))
    assert span.overlaps(Span(3, 3))
    assert not span.overlaps(Span(5, 9))
    assert span.contains(Span(2, 5))
    assert not span.contains(Span(1, 3))


BADGE = "![](https://img.shields.io/badge/NLU-blue)"


@pytest.mark.parametrize(
    "text",
    [
        "- -\n  fhttp://r",
        "6. *\n   http://v 2",
        "*a " * 400 + "b*" * 400,
        "- " + "**a " * 600 + "b**" * 600,
        "- " + '<a href="x">' * 2000,
        "\x85\nne[]()\n\x0b",
        "**Jane Doe, John Roe**\n\n" * 400,
        "| title | code |\n|---|---|\n|\x0b[A thing](http://a.b) |\u3000[Code]() and x |\n",
    ],
)
def test_odd_texts_are_fixed_without_harm(text: str) -> None:
    for unsafe in (False, True):
        result = fix(text, select(["ALL"]), unsafe=unsafe)
        assert fix(result.text, select(["ALL"]), unsafe=unsafe).text == result.text


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (
            f"- **Some Title Here** {BADGE} [p](http://a.b)\n  - {BADGE}[Code](http://c.d) and text\n",
            BADGE,
        ),
        (f"- **Some Title Here** {BADGE} [p](http://a.b) for{BADGE}text\n", BADGE),
    ],
)
def test_a_fix_that_would_change_words_or_blocks_of_its_entry_is_withheld(
    text: str, lost: str
) -> None:
    result = fix(text, select(["duplicate-badge"]))
    assert result.text == text
    assert len(result.withheld) == 1
    assert "words or the blocks of the entry at line 1" in result.withheld[0].reason
    assert lost in result.text


def test_blanks_at_a_cell_s_edge_do_not_move_places() -> None:
    text = f"| title | code |\n|---|---|\n| [A thing](http://a.b) |\xa0{BADGE} x {BADGE} y z |\n"
    result = fix(text, select(["duplicate-badge"]))
    assert result.text == text.replace(f" x {BADGE}", " x")


DAMAGED = """\
# Ol\ufb01

Some pro\ufb01le with a [link](https://a.org/prose).

## Of\ufb01ce \ufb01\ufb01

- **One Title Here,** ACL 2020. [[Paper](https://arxiv.org/abs/1706.03762)] Uni\ufb01ed\ufb01x.

### Below

- **Two Titles Here,** ACL 2021. [[Paper](https://arxiv.org/abs/2106.09685)]
"""


def test_a_rule_that_may_change_prose_may_mend_a_part_of_a_word() -> None:
    mending = rule(replacing("\ufb01", "fi"), frozenset({"prose", "section"}))
    result = fix(DAMAGED, [mending])
    assert result.withheld == ()
    assert result.text == DAMAGED.replace("\ufb01", "fi")


def test_a_heading_is_mended_only_by_a_rule_that_may_change_sections() -> None:
    text = DAMAGED.replace("# Ol\ufb01", "# Oil")
    result = fix(text, [rule(replacing("\ufb01", "fi"), frozenset({"prose"}))])
    assert {withheld.reason for withheld in result.withheld} == {
        "it would change the section of the entry at line 7"
    }
    assert "Of\ufb01ce" in result.text
    assert "Some profile" in result.text
    assert "Unifiedfix" in result.text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Uni\ufb01ed\ufb01x.", "", None),
        (" [link](https://a.org/prose)", "", "it would lose the address https://a.org/prose"),
        ("Some", "> Some", "it would change what line 3, outside the entry, renders as"),
        ("## Of", "# Of", "it would change the section of the entry at line 7"),
        ("- **One", "1. **One", "it would change the words or the blocks"),
    ],
)
def test_a_rule_that_may_change_prose_may_change_nothing_else(
    old: str, new: str, reason: str | None
) -> None:
    result = fix(DAMAGED, [rule(replacing(old, new), frozenset({"prose"}))])
    assert [w.reason.startswith(reason or "") for w in result.withheld] == [True] * bool(reason)


def test_a_paragraph_of_invisible_characters_may_go() -> None:
    text = LIST.replace("\n\n- **Two", "\n\n\u200b\n\n- **Two")
    result = fix(text, [rule(replacing("\u200b", ""), frozenset({"prose"}))])
    assert result.text == text.replace("\u200b", "")
