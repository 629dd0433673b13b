"""A list's own way of writing entries is learnt as a template."""

from __future__ import annotations

from pathlib import Path

import pytest

from peftlint.layout.named import Layout
from peftlint.layout.ownways import OwnWays
from peftlint.markdown.leaf import leaves
from peftlint.normalizer import normalize
from peftlint.reader import read

SHARED = Path(__file__).parent.parent.parent / "shared" / "lists" / "seeds"

PAPER = "https://arxiv.org/abs/2101.0019"
CODE = "https://github.com/a/b"


def way(text: str) -> str | None:
    """The template of the only section with entries, or why there is none."""
    document = read(text)
    (section,) = (one for one in document.sections if one.entries)
    found = OwnWays()(document, section)
    return found.template.source if isinstance(found, Layout) else found


def several(line: str) -> str:
    """A list of four entries that are written alike, the last without venue and year."""
    return "# Papers\n\n" + "\n".join(
        line.format(
            title=f"The {word} Way to Tune a Prompt", paper=f"{PAPER[:-1]}{number}", code=CODE
        )
        for number, word in enumerate(("First", "Second", "Third", "Fourth"))
    )


@pytest.mark.parametrize(
    ("line", "template"),
    [
        (
            "- **{title},** ACL 2021. [[Paper]({paper})][[Code]({code})]",
            "- **{title},**{ {venue}{ {year}}.| {year}.}{ {links:[@][@]}}",
        ),
        (
            "- [{title}]({paper}), *Ann Lee, Bo Li*, ACL 2021 | [code]({code})",
            "- {[{title}]({url}),|{title},}{ *{authors:@, @}*,}{ {venue}{ {year}}| {year}}"
            "{ \\| {links:@ @}}",
        ),
        (
            "1. [**{title}**]({paper}) (ACL 2021)\n\n   _Ann Lee and Bo Li_",
            "1. {[**{title}**]({url})|{title}}{ ({venue}{ {year}})| ({year})}\n\n{_{authors}_}",
        ),
        (
            "- **{title}**. **ACL'2021**.  \n  [paper]({paper}) / [code]({code})",
            None,
        ),
        (
            "- {title} [[Paper]({paper})]\n  ![](https://img.shields.io/badge/A-blue)\n"
            "  ![](https://img.shields.io/badge/B-blue)",
            "- {title}{ {links:[@][@]}}\n{{badges:@\n@}}",
        ),
        (
            "- [2021/05] **{title}** *Ann Lee, Bo Li* [[paper]({paper})] [[code]({code})]",
            "- {[{year}]} **{title}**{ *{authors:@, @}*}{ {links:[@] [@]}}",
        ),
        (
            "- **{title}** (*ACL*)  \n  *Ann Lee, Bo Li* [[paper]({paper})]",
            "- **{title}**{ (*{venue}*)}  \n{*{authors:@, @}*}{ {links:[@][@]}}",
        ),
    ],
)
def test_a_list_tells_its_template(line: str, template: str | None) -> None:
    text = several(line)
    if template is not None:
        assert way(text) == template
    result = normalize(text, OwnWays(), entries_only=True)
    assert result.text == text
    assert (result.like, result.left, result.refused) == (4, (), None)


def test_the_year_of_an_arxiv_number_is_none() -> None:
    lines = [
        f"- **The {word} Way,** {where} [[Paper]({PAPER}{number})]"
        for number, (word, where) in enumerate(
            [
                ("First", "arXiv:2101.00190."),
                ("Second", "ACL 2021 (arXiv:2101.00191)."),
                ("Third", "ACL 2021 (arXiv:2101.00192)."),
            ]
        )
    ]
    assert way("# Papers\n\n" + "\n".join(lines)) == (
        "- **{title},**{ {preprint}.| {venue}{ {year}}{ (arXiv:{ids.arxiv})}.| {year}.}"
        "{ {links:[@][@]}}"
    )


def test_an_entry_that_is_written_otherwise_is_written_as_the_others() -> None:
    text = several("- **{title},** ACL 2021. [[Paper]({paper})][[Code]({code})]")
    odd = f"- **A Fifth Way to Tune a Prompt**, EMNLP 2022 [Paper]({PAPER}9), [Code]({CODE})\n"
    result = normalize(f"{text}\n{odd}", OwnWays())
    assert result.text == (
        f"{text}\n- **A Fifth Way to Tune a Prompt,** EMNLP 2022. "
        f"[[Paper]({PAPER}9)][[Code]({CODE})]\n"
    )
    assert (result.laid, result.like) == (1, 4)


def mended(odd: str, line: str) -> str:
    """What becomes of an entry behind a list of others, in the list's own layout."""
    result = normalize(f"{several(line)}\n{odd}\n", OwnWays())
    assert (result.refused, result.left) == (None, ())
    assert not normalize(result.text, OwnWays()).changed
    return result.text.split("\n", 6)[6].rstrip("\n")


LINE = "- **{title},** ACL 2021. [[Paper]({paper})][[Code]({code})]"


@pytest.mark.parametrize(
    "odd",
    [
        # Years of two digits, glued to the venue or not, are the list's to choose.
        f"- **A Fifth Way,** ICLR'24. [[Paper]({PAPER}9)]",
        f"- **A Fifth Way,** ICLR '24. [[Paper]({PAPER}9)]",
        # Words behind a field keep what parts them from it.
        f"- **A Fifth Way,** ACL 2021. `score` [[Paper]({PAPER}9)]",
        f"- **A Fifth Way,** ACL 2021 (Oral). [[Paper]({PAPER}9)]",
        f"- **Is There a Fifth Way?** ACL 2021. [[Paper]({PAPER}9)]",
        # No comma stands where nothing follows.
        "- **A Fifth Way**",
        # A number that only an address has is not written.
        f"- **A Fifth Way,** ACL 2017 Workshop. [[Paper]({PAPER}9)]",
    ],
)
def test_what_is_a_matter_of_an_entry_stays(odd: str) -> None:
    assert mended(odd, LINE) == odd


def test_a_title_linked_in_part_stays_so() -> None:
    odd = f"- [MoE]({PAPER}9): A Way to Serve Experts, ACL 2021"
    assert mended(odd, "- [{title}]({paper}), ACL 2021") == odd


def test_a_description_keeps_its_dash_and_its_full_stop() -> None:
    odd = f"- [Prompt Tool]({CODE}/x) - A tool that tunes prompts."
    assert mended(odd, "- [{title}]({paper})") == odd


def test_a_mark_in_place_of_a_nickname_stays() -> None:
    odd = f'- **?**: "A Fifth Way to Tune", ACL, 2021. [[Paper]({PAPER}9)]'
    line = '- **Way{paper}**: "{title}", ACL, 2021. [[Paper]({paper})]'.replace("Way{paper}", "WaY")
    assert mended(odd, line) == odd


def test_blanks_are_not_taken_away_for_the_glue_of_some_entries() -> None:
    glued = "- **{title}**.*Ann Lee*. **ACL'2021**.[paper]({paper})"
    spaced = "- **Another {title}**. *Ann Lee*. **ACL'2021**. [paper]({paper}7)"
    text = several(glued) + "\n" + several(spaced).partition("\n\n")[2]
    found = way(text)
    assert found is not None
    assert "}**.{ *" in found
    assert "{ {links" in found


def test_emphasis_is_that_of_most_of_the_list() -> None:
    star = several("- **{title}**. *Ann Lee, Bo Li*. [paper]({paper})")
    under = several("- **Another {title}**. _Ann Lee, Bo Li_. [paper]({paper}7)").partition("\n\n")
    text = f"{star}\n{under[2].rpartition(chr(10))[0]}"
    assert way(text) == "- **{title}**.{ *{authors:@, @}*.}{ {links:@ @}}"


def test_a_link_is_called_as_the_list_calls_its_links() -> None:
    odd = f"- [A Fifth Way to Tune a Prompt]({PAPER}9), ACL 2021."
    assert mended(odd, "- **{title},** ACL 2021. [[pdf]({paper})]") == (
        f"- **A Fifth Way to Tune a Prompt,** ACL 2021. [[pdf]({PAPER}9)]"
    )


def test_an_entry_that_would_lose_a_word_is_left_and_told_why() -> None:
    odd = f"- **A Fifth Way** [[Code]({CODE}/x)] [[Paper]({PAPER}9)] ACL 2021"
    line = "- [{title}]({paper}), ACL 2021 [[Code]({code})]"
    result = normalize(f"{several(line)}\n{odd}\n", OwnWays())
    assert [left.reason for left in result.left] == [
        "its links stand in another order than the list's"
    ]


def test_a_section_of_its_own_way_keeps_it() -> None:
    first = several("- **{title},** ACL 2021. [[Paper]({paper})]")
    second = several("- [{title}]({paper}), *Ann Lee, Bo Li*").replace("# Papers", "# More Papers")
    result = normalize(f"{first}\n\n{second}\n", OwnWays())
    assert not result.changed
    assert not result.left


def test_a_list_without_a_way_is_left_as_it_is_and_told_why() -> None:
    text = f"# Papers\n\n- **A Way to Tune**. [[Paper]({PAPER}1)]\n- [Another Way]({PAPER}2)\n"
    result = normalize(text, OwnWays())
    assert not result.changed
    assert {left.reason for left in result.left} == {
        "the list has no layout that many of its entries follow"
    }


def test_rows_of_tables_have_their_columns() -> None:
    text = f"# Papers\n\n| Title | Paper |\n| --- | --- |\n| A Way to Tune | [Paper]({PAPER}1) |\n"
    assert way(text) is None
    result = normalize(text, OwnWays())
    assert (result.like, result.left) == (1, ())


@pytest.mark.skipif(not SHARED.exists(), reason=f"the real lists are not there: {SHARED}")
@pytest.mark.parametrize(
    ("name", "laid", "left"),
    [
        ("petl-jianghaojun", 4, 0),
        ("delta-papers", 12, 0),
        ("peft-synbol", 8, 0),
        ("peft-a2z", 0, 0),
        ("peft-thudm", 14, 8),
    ],
)
def test_a_seed_list_is_hardly_changed_by_its_own_way(name: str, laid: int, left: int) -> None:
    """Authors stay as they are where half are as in BibTeX; of three ways in one list each stays."""
    text = (SHARED / f"{name}.md").read_bytes().decode("utf-8")
    result = normalize(text, OwnWays())
    assert (result.laid, len(result.left), result.refused) == (laid, left, None)
    assert not normalize(result.text, OwnWays()).changed


def lines_of(*ways: tuple[str, int]) -> str:
    """A list of so many entries in each of some ways."""
    numbers = iter(range(10, 99))
    lines = [
        line.format(
            title=f"Way Number {number}", paper=f"{PAPER[:-1]}{number}", code=f"{CODE}/{number}"
        )
        for line, count in ways
        for number in (next(numbers) for _ in range(count))
    ]
    return "# Papers\n\n" + "\n".join(lines) + "\n"


COMMA = "- **{title},** ACL 2021. [[Paper]({paper})]"
STOP = "- **{title}**. ACL 2021. [[Paper]({paper})]"


@pytest.mark.parametrize(
    "ways",
    [
        # Of two ways that are nearly as frequent none is a habit.
        ((COMMA, 2), (STOP, 2), (COMMA, 2), (STOP, 1)),
        # Some that do the same in a row are a list of their own.
        ((COMMA, 20), (COMMA.replace("2021", "(2021)"), 4)),
        # Layouts of which none is that of most entries.
        ((COMMA, 4), ("- [{title}]({paper}), *Ann Lee, Bo Li*", 4), ("1. {title}", 3)),
        # Names that are not parted by commas alone.
        ((COMMA.replace("ACL", "*Ann Lee, Bo Li*. ACL"), 5),
         (COMMA.replace("ACL", "*Ann Lee and Bo Li*. ACL"), 1)),
    ],
)  # fmt: skip
def test_what_is_no_habit_stays(ways: tuple[tuple[str, int], ...]) -> None:
    text = lines_of(*ways)
    assert normalize(text, OwnWays(), entries_only=True).text == text


def test_what_hardly_an_entry_does_is_written_as_the_others_do() -> None:
    text = lines_of((COMMA, 6), (STOP, 1), (COMMA, 1))
    result = normalize(text, OwnWays(), entries_only=True)
    assert result.text == text.replace("**.", ",**")
    assert result.laid == 1


def test_words_of_a_title_keep_their_emphasis() -> None:
    odd = "- **A Way** to Tune, ACL 2021. [[Paper]({paper})]"
    text = lines_of(("- {title}, ACL 2021. [[Paper]({paper})]", 6), (odd, 1))
    result = normalize(text, OwnWays(), entries_only=True)
    assert [left.reason for left in result.left] == ["words of its title would lose their emphasis"]
    assert result.text == text


def test_sub_items_are_not_joined_and_stay_as_deep_as_they_were() -> None:
    usual = "- {title}. [[Paper]({paper})]\n    - Lee, A., Li, B.\n    - Proceedings of ACL. (2021)"
    odd = "- {title} [[Paper]({paper})]\n    - Lee, A., Li, B., 2020.\n    - arXiv preprint"
    text = lines_of((usual, 6), (odd, 1), (usual.replace(". [", " ["), 1))
    result = normalize(text, OwnWays(), entries_only=True)
    was, now = (
        [leaf.html.partition(" ")[0] for leaf in leaves(one)] for one in (text, result.text)
    )
    assert now == was


def test_venue_and_year_keep_their_order() -> None:
    usual = "- {title}. *Ann Lee, Bo Li*. 2021. ACL. [[Paper]({paper})]"
    odd = "- {title}. *Ann Lee, Bo Li* (*ICML 2019*). [[Paper]({paper})]"
    text = lines_of((usual, 8), (odd, 1))
    result = normalize(text, OwnWays(), entries_only=True)
    assert odd.split("}")[1].split(". [", maxsplit=1)[0] in result.text
