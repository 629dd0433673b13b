"""The language of layouts: what can be written in it, and what is said of what cannot."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peftlint.layout.made import made_entry
from peftlint.layout.named import TEMPLATES, named
from peftlint.layout.own import own_layout
from peftlint.layout.template import DEEPEST, LONGEST, Field, LayoutError, Sample, parse
from peftlint.layout.writer import write
from peftlint.layout.written import written

PAPER = ("Paper", "https://arxiv.org/abs/2106.09685")
CODE = ("Code", "https://github.com/microsoft/LoRA")


def shown(source: str, **facts: object) -> list[str]:
    """The lines that a template writes of an entry with these facts."""
    entry = made_entry("Prompt Tuning", **facts)  # type: ignore[arg-type]
    return list(write(parse(source), written(entry)).lines)


def test_a_field_is_replaced_and_other_text_stays() -> None:
    assert shown("- **{title}**, {venue} {year}", venue="ACL", year=2021) == [
        "**Prompt Tuning**, ACL 2021"
    ]


def test_a_missing_field_takes_the_punctuation_of_its_group_with_it() -> None:
    source = "- {title}{ ({venue}{ {year}})}{. {authors}}"
    assert shown(source, venue="ACL") == ["Prompt Tuning (ACL)"]
    assert shown(source, year=2021, authors=["Ann Lee"]) == ["Prompt Tuning. Ann Lee"]


def test_a_group_is_written_in_the_first_way_whose_fields_are_there() -> None:
    source = "- {title}{ {venue}, {year}| {venue}| ({year})}"
    assert shown(source, venue="ACL", year=2021) == ["Prompt Tuning ACL, 2021"]
    assert shown(source, venue="ACL") == ["Prompt Tuning ACL"]
    assert shown(source, year=2021) == ["Prompt Tuning (2021)"]
    assert shown(source) == ["Prompt Tuning"]


@pytest.mark.parametrize(
    ("sample", "line"),
    [
        ("[@][@]", "[[Paper](https://arxiv.org/abs/2106.09685)][[Code](https://github.com/microsoft/LoRA)]"),
        ("[@], [@]", "[[Paper](https://arxiv.org/abs/2106.09685)], [[Code](https://github.com/microsoft/LoRA)]"),
        ("@ / @", "[Paper](https://arxiv.org/abs/2106.09685) / [Code](https://github.com/microsoft/LoRA)"),
        ("(@, @)", "([Paper](https://arxiv.org/abs/2106.09685), [Code](https://github.com/microsoft/LoRA))"),
        ("\\@ @ \\| @", "@ [Paper](https://arxiv.org/abs/2106.09685) | [Code](https://github.com/microsoft/LoRA)"),
    ],
)  # fmt: skip
def test_links_stand_side_by_side_as_the_sample_shows(sample: str, line: str) -> None:
    assert shown(f"- {{title}} {{links:{sample}}}", links=[PAPER, CODE]) == [
        f"Prompt Tuning {line}"
    ]


def test_a_third_in_a_sample_shows_the_last() -> None:
    source = "- {title}. {authors:@, @ and @}"
    assert shown(source, authors=["A", "B", "C"]) == ["Prompt Tuning. A, B and C"]
    assert shown(source, authors=["A", "B"]) == ["Prompt Tuning. A and B"]
    assert shown(source, authors=["A"]) == ["Prompt Tuning. A"]


def test_a_placeholder_has_its_own_brackets() -> None:
    entry = made_entry("Prompt Tuning", links=[PAPER, ("Code", None)])
    entry.links[1].form = "placeholder"
    lines = write(parse("- {title} {links:[@][@]}"), written(entry)).lines
    assert lines == ("Prompt Tuning [[Paper](https://arxiv.org/abs/2106.09685)][Code]",)


def test_a_line_in_which_nothing_is_written_is_left_out() -> None:
    source = "- {title}\n{badges}\n{{venue}}\n\n{*{authors}*}\n\n{links}"
    assert shown(source, venue="ACL", links=[PAPER]) == [
        "Prompt Tuning", "ACL", "", "[[Paper](https://arxiv.org/abs/2106.09685)]",
    ]  # fmt: skip


def test_a_break_is_left_out_where_nothing_follows_it() -> None:
    assert shown("- {title}\\\\\n{venue}", venue="ACL") == ["Prompt Tuning\\", "ACL"]
    assert shown("- {title}\\\\\n{venue}") == ["Prompt Tuning"]


def test_links_with_a_field_of_their_role_are_in_no_other() -> None:
    source = "| {title} | {links.code:@ @} | {links:@ @} |"
    (line,) = shown(source, links=[PAPER, CODE])
    assert line == (
        "Prompt Tuning | [Code](https://github.com/microsoft/LoRA) "
        "| [Paper](https://arxiv.org/abs/2106.09685) |"
    )


def test_the_title_opens_the_paper_where_the_layout_says_so() -> None:
    assert shown("- [{title}]({url}) {links}", links=[PAPER, CODE]) == [
        "[Prompt Tuning](https://arxiv.org/abs/2106.09685) [[Code](https://github.com/microsoft/LoRA)]"
    ]


def test_a_label_that_says_more_does_not_go_to_the_title() -> None:
    link = ("CVPR 2020", "https://arxiv.org/abs/2106.09685")
    assert shown("- {[{title}]({url})|{title}} {links:@ @}", links=[link]) == [
        "Prompt Tuning [CVPR 2020](https://arxiv.org/abs/2106.09685)"
    ]


def test_an_arxiv_number_is_the_venue_where_no_year_is_shown() -> None:
    source = "- {title}{ {preprint}| {venue}{ {year}}{ ({ids.arxiv})}}"
    assert shown(source, venue="arXiv", links=[PAPER]) == ["Prompt Tuning arXiv:2106.09685"]
    assert shown(source, venue="ICLR", links=[PAPER]) == ["Prompt Tuning ICLR (2106.09685)"]


def test_of_two_arxiv_numbers_none_is_shown() -> None:
    other = ("Other", "https://arxiv.org/abs/2101.00190")
    assert shown("- {title}{ {ids.arxiv}}", links=[PAPER, other]) == ["Prompt Tuning"]


def test_bars_part_cells_outside_groups_and_ways_inside() -> None:
    template = parse("| {title} | {{venue}|{year}} |")
    assert template.kind == "table-row"
    assert [type(node).__name__ for node in template.body] == ["Field", "str", "Group", "str"]


def test_a_bar_of_a_field_parts_no_cells() -> None:
    entry = made_entry("Learning P(x|y)")
    assert write(parse("| {title} | {venue} |"), written(entry)).lines == (
        "Learning P(x\\|y) |  |",
    )


def test_characters_of_the_language_are_written_with_a_backslash() -> None:
    assert shown("- \\{{title}\\} \\\\ \\| \\@") == ["{Prompt Tuning} \\ | @"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("- {titel}", "layout own: column 3: there is no field 'titel'; there are title, "),
        ("- {title.upper}", "layout own: column 3: there is no field 'title.upper'"),
        ("- {title.__class__}", "layout own: column 3: there is no field 'title.__class__'"),
        ("- {title!r}", "layout own: column 3: '{title' is not closed by '}'"),
        ("- {title:>10}", "layout own: column 9: 'title' is one thing and takes no sample"),
        ("- {title}{links:@}", "layout own: column 17: a sample shows two of 'links' as '@', or three"),
        ("- {title}{links:@ {year} @}", "layout own: column 19: a sample has no fields"),
        ("- {title}{links:@ @", "layout own: column 10: '{links:' is not closed by '}'"),
        ("- {title}{ ({year})", "layout own: column 10: '{' is not closed"),
        ("- {title}}", "layout own: column 10: '}' closes nothing"),
        ("- {title}{ text}", "layout own: column 10: a group, or a way of it, that has no field"),
        ("- {title}{ {year}|}", "layout own: column 10: a group, or a way of it, that has no field"),
        ("- {venue}", "layout own: column 1: it has no {title}"),
        ("- {title}{, {venue}} {title}", "layout own: column 1: it has more than one {title}"),
        ("- {[{title}]({url})}", "layout own: column 1: its {title} stands in a group that may be left"),
        ("- {title}{ | {year}}", "layout own: column 10: a group, or a way of it, that has no field"),
        ("# {title}", "layout own: column 1: entries that are headings cannot be laid out"),
        ("- {title}\n\n{foo}", "layout own: line 3, column 1: there is no field 'foo'"),
        ("| {title}\n| {year} |", "layout own: line 1, column 10: a row of a table is one line"),
        ("- {title}\t{year}", "layout own: column 10: blanks and line ends are the only white space"),
        ("- {title}\x00", "layout own: column 10: blanks and line ends are the only white space"),
        ("- {title}" + "{ " * 9, f"layout own: column {11 + 2 * DEEPEST - 1}: more than {DEEPEST} groups"),
        ("- {title}" + "x" * LONGEST, f"layout own: column {LONGEST + 1}: a layout has at most"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_column(source: str, message: str) -> None:
    with pytest.raises(LayoutError) as caught:
        parse(source)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("- {title} {authors} {links}", "its title would read as"),
        ("- {title}, {links} {links}", "its links would not all be there"),
        ("- **{title}**, {venue} {year} {links}, *{authors}.*", ""),
        ("- **{title}**{, {venue}{ {year}}}.{ {links:[@] [@]}}", ""),
        ("- **{title}** <!-- {year} --> {links}", "its year would read as nothing, not 2022"),
        ("- <!-- {title}", "it would not read as an entry; emphasise the title"),
        ("- **{title}** ({year}) {links}", "put {year} in a group with what stands around it"),
        (
            "- [{title}]({url}). {authors}",
            "write '{[{title}]({url})|{title}}', for there may be no link",
        ),
        ("- {venue}{year}{title}", "written as '- ICLR2022Low-Rank Adaptation"),
        ("- {title}{ ({venue}{ {year}})} {links}", ""),
        ("- {{year} - }{title}{ - {authors}}{ [{venue}]}{ {links}}", ""),
        ("1. {authors:@, @, & @}{ ({year})}. {title}.{ *{venue}*.}{ {links:[@] [@]}}", ""),
        ("- {**{name}**: }{title}{ {links}}", ""),
    ],
)
def test_a_layout_that_does_not_read_back_is_refused_with_the_reason(
    source: str, reason: str
) -> None:
    if not reason:
        assert own_layout("own", source).template == parse(source)
        return
    with pytest.raises(LayoutError, match="cannot be read back") as caught:
        own_layout("own", source)
    assert reason in str(caught.value)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_named_layout_reads_back(name: str) -> None:
    assert own_layout(name, TEMPLATES[name]) == named(name)


def test_there_is_no_layout_of_another_name() -> None:
    with pytest.raises(LayoutError, match="there is no layout 'bulets'; there are petl, "):
        named("bulets")


PIECES = [*"{}|@\\:. -*[]()\n", "title", "{year}", "{links:@ @}", "{ {"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_a_layout_or_an_error(source: str) -> None:
    try:
        template = parse(f"- {{title}}{source}")
    except LayoutError as error:
        assert "column" in str(error)
        return
    write(template, written(made_entry("Prompt Tuning", links=[PAPER])))


@pytest.mark.parametrize(
    "piece", ["{", "{title}", "}", "{{year}|", "\\{", "@", "{links:@ @}", "{ {"]
)
def test_the_time_for_a_template_does_not_explode(piece: str) -> None:
    source = "- {title}" + piece * (LONGEST // len(piece) - 5)
    start = time.perf_counter()
    with suppress(LayoutError):
        write(parse(source), written(made_entry("Prompt Tuning", links=[PAPER])))
    assert time.perf_counter() - start < 1


def test_a_sample_shows_what_stands_around_each_or_around_all() -> None:
    each = Sample("[", "]", ", ", ", ", each=True)
    around = Sample("[", "]", ", ", ", ", each=False)
    fields = list(parse("- {title}{links:[@], [@]}{badges:[@, @]}").fields())
    assert fields[1:] == [Field("links", each), Field("badges", around)]
