"""Comments that silence rules."""

import re
import time
from collections.abc import Iterator, Sequence

import pytest

import peftlint
from peftlint.diagnostic import Diagnostic
from peftlint.fixer import fix
from peftlint.linter import ListFile, lint, lint_together
from peftlint.model import Comment, Document, Entry, Text
from peftlint.reader import read
from peftlint.registry import find, select
from peftlint.rule import Finding, RuleError, SuppressionUse, safe_fix
from peftlint.source import Edit, Lines, Span
from peftlint.suppression import Suppressions

PDF = ("PL201", "arxiv-pdf-link")
CODE = ("PL205", "empty-code-link")


def document(text: str, *entry_lines: tuple[int, int]) -> Document:
    """A document with the comments of `text`, and entries on the lines given."""
    lines = Lines(text)
    comments = tuple(
        Comment(match[1], Span(*match.span()))
        for match in re.finditer(r"<!--((?:[^-]|-(?!->))*+)-->", text)
    )
    entries = []
    for first, last in entry_lines:
        start, end = lines.span(first, last)
        while text[start] == " ":
            start += 1
        span = Span(start, end)
        entries.append(Entry("bullet", span, first, last, (), Text("Title", span)))
    return Document(text, lines, comments=comments, entries=tuple(entries))


def diagnostic(
    of: Document, offset: int, rule: tuple[str, str] = PDF, entry_line: int | None = None
) -> Diagnostic:
    """A finding of one character."""
    code, name = rule
    line, column = of.place(offset)
    span = Span(offset, offset + 1)
    return Diagnostic(
        code, name, "message", span, line, column, line, column + 1, entry_line=entry_line
    )


def silenced(text: str, rule: tuple[str, str] = PDF) -> str:
    """The letters of those `A`, `B`, `C` ... at which a finding is silenced."""
    of = document(text)
    suppressions = Suppressions(of)
    places = re.finditer(
        r"(?<![\w<])[A-Z](?!\w)", re.sub(r"<!--.*?-->", lambda m: "-" * len(m[0]), text)
    )
    return "".join(
        place[0] for place in places if suppressions.covers(diagnostic(of, place.start(), rule))
    )


def test_without_a_comment_nothing_is_silenced() -> None:
    assert silenced("A\nB\n") == ""


def test_another_comment_silences_nothing() -> None:
    for text in ("", " ", "-", "peftlint", "see peftlint-disable-file", "peftlint-disable-all"):
        assert silenced(f"A\n<!--{text}-->\nB\n") == ""


def test_a_range_goes_from_disable_to_enable() -> None:
    text = "A\n<!-- peftlint-disable PL201 -->\nB\n\nC\n<!-- peftlint-enable -->\nD\n"
    assert silenced(text) == "BC"


def test_a_range_that_is_not_ended_goes_to_the_end_of_the_file() -> None:
    assert silenced("A\n<!-- peftlint-disable PL201 -->\nB\n\nC") == "BC"
    of = document("<!-- peftlint-disable -->\n")
    assert Suppressions(of).covers(diagnostic(of, len(of.text)))


def test_a_range_may_begin_and_end_within_a_line() -> None:
    assert silenced("A <!-- peftlint-disable --> B <!-- peftlint-enable --> C") == "B"


def test_a_range_can_be_opened_again() -> None:
    on, off = "<!-- peftlint-enable -->", "<!-- peftlint-disable PL201 -->"
    assert silenced(f"A\n{off}\nB\n{off}\nC\n{on}\nD\n{on}\nE\n{off}\nF") == "BCF"


def test_enable_with_names_ends_only_their_ranges() -> None:
    text = (
        "<!-- peftlint-disable PL201 empty-code-link -->\nA\n"
        "<!-- peftlint-enable arxiv-pdf-link -->\nB\n"
        "<!-- peftlint-enable -->\nC\n"
    )
    assert silenced(text, PDF) == "A"
    assert silenced(text, CODE) == "AB"


def test_enable_with_a_name_works_within_a_range_of_every_rule() -> None:
    text = "<!-- peftlint-disable -->\nA\n<!-- peftlint-enable PL201 -->\nB\n"
    assert silenced(text, PDF) == "A"
    assert silenced(text, CODE) == "AB"


def test_the_next_line_is_the_one_after_the_comment() -> None:
    assert silenced("A\n<!-- peftlint-disable-next-line PL201 -->\nB B\nC\n") == "BB"
    assert silenced("A\n<!-- peftlint-disable-next-line\nPL201\n-->\nB\nC\n") == "B"
    assert silenced("A <!-- peftlint-disable-next-line PL201 -->\n\nB\n") == ""
    assert silenced("A <!-- peftlint-disable-next-line PL201 -->") == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_markdown_says(end: str) -> None:
    text = f"A{end}<!-- peftlint-disable-next-line PL201 -->{end}B\u2028B\x0cB{end}C{end}"
    assert silenced(text) == "BBB"


def test_the_same_line_is_all_of_it() -> None:
    assert silenced("A\nB <!-- peftlint-disable-line PL201 --> C\nD\n") == "BC"
    assert silenced("A\nB <!-- peftlint-disable-line PL201 --> C") == "BC"
    assert silenced("A\nB <!-- peftlint-disable-line\nPL201 --> C\nD\n") == "BC"


def test_a_file_is_silenced_from_its_start_wherever_the_comment_stands() -> None:
    assert silenced("A\nB\n<!-- peftlint-disable-file PL201 -->\nC\n") == "ABC"
    assert silenced("A\n<!-- peftlint-disable-file PL201 -->\n<!-- peftlint-enable -->\nB") == "AB"


def test_areas_may_overlap() -> None:
    text = (
        "<!-- peftlint-disable PL201 -->\nA\n"
        "B <!-- peftlint-disable-line PL201 -->\n"
        "C\n<!-- peftlint-enable -->\nD\n"
    )
    assert silenced(text) == "ABC"


@pytest.mark.parametrize(
    "names",
    [
        "PL201",
        "pl201",
        "arxiv-pdf-link",
        "ARXIV-PDF-LINK",
        "PL2",
        "PL",
        "ALL",
        "",
        "PL205,PL201",
        "PL205, arxiv-pdf-link",
        "  PL205\tPL201 ",
        "\nPL205\nPL201\n",
        "no-such-rule PL201",
        "PL201 -- the list links PDFs on purpose",
        "-- every rule, since this is a quotation",
    ],
)
def test_a_rule_can_be_named_in_many_ways(names: str) -> None:
    assert silenced(f"<!-- peftlint-disable-file {names}-->\nA") == "A"


@pytest.mark.parametrize(
    "names",
    [
        "PL205",
        "PL3",
        "PL2011",
        "no-such-rule",
        "arxiv-pdf",
        "arxiv",
        "PL205 -- and not PL201",
        "\u202ePL201",
        "*",
    ],
)
def test_another_rule_or_none_silences_nothing(names: str) -> None:
    assert silenced(f"<!-- peftlint-disable-file {names} -->\nA") == ""


def test_a_reason_needs_blanks_around_its_dashes() -> None:
    assert silenced("<!-- peftlint-disable-file PL205--PL201 -->\nA", CODE) == ""


def entry_silenced(text: str, *entry_lines: tuple[int, int]) -> list[int]:
    """The entries that are silenced, by their first line."""
    of = document(text, *entry_lines)
    suppressions = Suppressions(of)
    return [
        entry.line
        for entry in of.entries
        if suppressions.covers(diagnostic(of, entry.span.start, entry_line=entry.line))
    ]


ENTRY = "<!-- peftlint-disable-entry PL201 -->"


def test_an_entry_is_silenced_by_a_comment_inside() -> None:
    text = f"- A {ENTRY}\n\n  links\n- B\n"
    assert entry_silenced(text, (1, 3), (4, 4)) == [1]
    text = f"- A\n  {ENTRY}\n  links\n- B\n"
    assert entry_silenced(text, (1, 3), (4, 4)) == [1]


def test_all_of_an_entry_is_silenced() -> None:
    of = document(f"- A\n\n  *authors* {ENTRY}\n\n  links\n- B\n", (1, 5), (6, 6))
    suppressions = Suppressions(of)
    assert suppressions.covers(diagnostic(of, of.text.index("links"), entry_line=1))
    assert not suppressions.covers(diagnostic(of, of.text.index("links"), CODE, entry_line=1))
    assert not suppressions.covers(diagnostic(of, of.text.index("B"), entry_line=6))
    assert not suppressions.covers(diagnostic(of, of.text.index("links")))


@pytest.mark.parametrize("between", ["", "\n", " \n\t\n\n"])
def test_an_entry_is_silenced_by_a_comment_just_before(between: str) -> None:
    lines = between.count("\n")
    text = f"- A\n\n{ENTRY}\n{between}- B\n- C\n"
    assert entry_silenced(text, (1, 1), (4 + lines, 4 + lines), (5 + lines, 5 + lines)) == [
        4 + lines
    ]


def test_several_comments_may_stand_before_an_entry() -> None:
    text = f"{ENTRY}\n<!-- a remark -->\n<!-- peftlint-disable-entry PL205 -->\n- A\n- B\n"
    assert entry_silenced(text, (4, 4), (5, 5)) == [4]


def test_a_comment_before_something_else_silences_no_entry() -> None:
    assert entry_silenced(f"{ENTRY}\n\nProse.\n\n- A\n", (5, 5)) == []
    assert entry_silenced(f"Prose. {ENTRY}\n- A\n", (2, 2)) == []
    assert entry_silenced(f"{ENTRY} prose\n- A\n", (2, 2)) == []
    assert entry_silenced(f"- A\n\n{ENTRY}\n", (1, 1)) == []
    assert entry_silenced(f"- A\n\n{ENTRY}", (1, 1)) == []


def test_a_comment_between_two_entries_is_about_the_second_unless_indented() -> None:
    # A reader may count a comment at the end of an entry as a part of it.
    assert entry_silenced(f"- A\n{ENTRY}\n- B\n", (1, 2), (3, 3)) == [3]
    assert entry_silenced(f"- A\n  {ENTRY}\n- B\n", (1, 2), (3, 3)) == [1]


def test_a_comment_in_an_entry_inside_another_is_about_the_inner_one() -> None:
    text = f"- A\n  - B {ENTRY}\n  - C\n"
    assert entry_silenced(text, (1, 3), (2, 2), (3, 3)) == [2]
    text = f"- A\n  {ENTRY}\n  - B\n"
    assert entry_silenced(text, (1, 3), (3, 3)) == [3]


def test_a_suppression_says_what_it_is_and_which_findings_it_silences() -> None:
    of = document(
        "A\n<!-- peftlint-disable-line PL205, pl2 -- why -->B\n"
        "<!-- peftlint-disable-file PL3 -->\n<!-- peftlint-enable -->\n"
    )
    suppressions = Suppressions(of)
    line, whole = suppressions.comments
    assert (line.scope, line.names, line.entry_line) == ("line", ("PL205", "pl2"), None)
    assert of.slice(line.span) == "<!-- peftlint-disable-line PL205, pl2 -- why -->"
    assert line.area == of.lines.whole(2, 2)
    assert (whole.scope, whole.names) == ("file", ("PL3",))
    assert suppressions.covering(diagnostic(of, of.text.index("B"))) is line
    assert suppressions.covering(diagnostic(of, 0)) is None


@pytest.mark.parametrize(
    "text",
    [
        "<!-- peftlint-disable-line PL201 -->" * 50_000,
        "<!-- peftlint-disable-entry PL201 -->" * 50_000,
        "<!-- peftlint-disable-entry PL201 -->\n" * 50_000,
        ("<!-- peftlint-disable-entry -->" + "\n" * 40) * 20_000,
        ("<!-- peftlint-disable-entry -->" + " " * 40) * 20_000,
        "<!-- peftlint-disable a -->\n<!-- peftlint-enable a -->\n" * 30_000,
        f"<!-- peftlint-disable {'PL205 ' * 300_000} -->",
        f"<!-- peftlint-disable {', ' * 900_000} -->",
        f"<!-- peftlint-disable {' - -- ' * 300_000} -->",
    ],
)
def test_hostile_comments_take_no_long_time(text: str) -> None:
    of = document(text)
    findings = [diagnostic(of, offset) for offset in range(0, len(text), 100)]
    begin = time.process_time()
    suppressions = Suppressions(of)
    for finding in findings:
        suppressions.covers(finding)
    assert time.process_time() - begin < 4


def test_a_list_that_is_read_and_checked_is_silenced_where_it_says_so() -> None:
    text = """\
# Papers

- **First,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]

<!-- peftlint-disable-entry PL201 -->

- **Second,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09686)]

<!-- peftlint-disable arxiv-pdf-link -- these pages have no abstract -->

- **Third,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09687)]

<!-- peftlint-enable -->

- **Fourth,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09688)] <!-- peftlint-disable-line -->
- **Fifth,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09689)]

```markdown
<!-- peftlint-disable-file PL201 -->
```
"""
    found = lint(read(text), [find("arxiv-pdf-link")])
    assert [finding.line for finding in found] == [3, 16]


A = "- **First,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]\n"
P = "- **First,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n"
CLEAN = "- **First,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]"


def unused(text: str, *selectors: str) -> list[str]:
    """What is said about suppressions in `text`, with the rules selected, else the default."""
    rules = select([*selectors, "PL901"]) if selectors else select()
    return [item.message for item in lint(read(text), rules) if item.code == "PL901"]


def fixed(text: str, *selectors: str) -> str:
    """`text` after fixing, with the rules selected, else the default."""
    rules = select([*selectors, "PL901"]) if selectors else select()
    result = fix(text, rules)
    assert not result.withheld
    again = fix(result.text, rules)
    assert not again.changed
    return result.text


def test_only_rules_that_run_are_judged_by() -> None:
    text = f"<!-- peftlint-disable-file PL301 -->\n\n{A}"
    assert unused(text, "PL201") == []
    assert unused(text) == unused(text, "PL301") != []
    assert fixed(text, "PL201") == text
    assert fixed(text, "PL301") == A


@pytest.mark.parametrize("names", ["", "ALL", "PL", "PL2"])
def test_a_name_for_many_rules_is_judged_where_all_of_them_ran(names: str) -> None:
    text = f"<!-- peftlint-disable-file {names} -->\n\n{A}"
    assert unused(text, "PL201") == []
    assert len(unused(text)) == 1
    assert len(unused(text, "ALL")) == 1
    assert fixed(text) == A
    assert unused(text.replace(A, P)) == []
    assert fixed(text.replace(A, P)) == text.replace(A, P)


def test_a_rule_that_is_off_is_needed_for_no_verdict_on_its_family() -> None:
    assert unused(f"<!-- peftlint-disable-file PL4 -->\n\n{A}") != []
    assert unused(f"<!-- peftlint-disable-file PL408 -->\n\n{A}") == []
    assert unused(f"<!-- peftlint-disable-file PL408 -->\n\n{A}", "PL408") != []


def test_a_name_of_no_rule_is_told_whatever_runs() -> None:
    text = f"<!-- peftlint-disable-file arxiv-pdf-lnk -->\n\n{A}"
    (message,) = unused(text, "PL301")
    assert message.endswith("did you mean 'arxiv-pdf-link'?")
    assert fixed(text) == text


@pytest.mark.parametrize("verb", ["disable-nextline", "disable:", "ignore", "disabled-file"])
def test_a_first_word_that_there_is_not_is_told(verb: str) -> None:
    text = f"<!-- peftlint-{verb} PL201 -->\n\n{A}"
    (message,) = unused(text, "PL201")
    assert f"'peftlint-{verb}'" in message
    assert fixed(text) == text


def test_this_rule_is_silenced_by_its_own_names_only() -> None:
    idle = f"{CLEAN} <!-- peftlint-disable-line PL201 -->\n"
    for names in ("unused-suppression", "PL901", "pl9", "PL90", "PL205 PL901"):
        text = f"<!-- peftlint-disable-file {names} -->\n\n{idle}"
        assert unused(text) == []
        assert fixed(text) == text
    for names in ("", "ALL", "PL"):
        text = f"<!-- peftlint-disable-file {names} -->\n\n{idle}"
        assert len(unused(text)) == 2
        assert fixed(text) == A


def test_a_comment_that_names_this_rule_may_wait_for_others() -> None:
    text = f"{CLEAN} <!-- peftlint-disable-line PL201 PL901 -->\n"
    assert unused(text) == []
    # Elsewhere it silences nothing, and is not judged itself.
    text = f"{CLEAN} <!-- peftlint-disable-line PL901 -->\n<!-- peftlint-disable-line PL201 -->\n"
    assert len(unused(text)) == 1


def test_of_two_that_silence_one_finding_none_is_taken_away() -> None:
    text = (
        "<!-- peftlint-disable PL201 -->\n\n<!-- peftlint-disable PL2 -->\n\n"
        f"{P.rstrip()} <!-- peftlint-disable-line arxiv-pdf-link -->\n\n<!-- peftlint-enable -->\n"
    )
    assert unused(text) == []
    assert fixed(text) == text


def test_names_are_taken_away_one_by_one() -> None:
    def comment(names: str) -> str:
        return f"<!-- peftlint-disable-file {names}-- why -->\n\n{P}"

    for names in ("PL205, PL201, PL301 ", "PL201 PL205 ", "PL205,PL301,PL201 ", "PL205\nPL201 "):
        assert fixed(comment(names)) == comment("PL201 ")
    assert fixed(comment("PL201 PL201 ")) == comment("PL201 PL201 ")
    assert fixed(comment("PL205 PL301 ")).startswith("- **First,** ")


def test_a_finding_that_a_fix_brings_forth_keeps_its_comment() -> None:
    """Comments are judged when nothing else is left to fix."""

    def old(document: Document) -> Iterator[Finding]:
        at = document.text.find("ACL")
        if at >= 0:
            place = Span(at, at + 3)
            yield Finding(place, "old", safe_fix(Edit(place, "EMNLP")))

    def new(document: Document) -> Iterator[Finding]:
        at = document.text.find("EMNLP")
        if at >= 0:
            yield Finding(Span(at, at + 5), "new")

    pdf = find("arxiv-mirror-host")
    first = pdf._replace(name="old", code="XX001", checker=old, may_change=frozenset({"venue"}))
    second = pdf._replace(name="new", code="XX002", checker=new)
    rules = [first, second, find("unused-suppression")]
    text = "- **A Title,** ACL 2022. [p](https://a.org) <!-- peftlint-disable-line XX002 -->\n"
    assert [item.code for item in lint(read(text), rules)] == ["XX001", "PL901"]
    result = fix(text, rules)
    assert result.text == text.replace("ACL", "EMNLP")
    assert not result.remaining


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# X\n\n<!-- @ -->\n\n" + A, "# X\n\n" + A),
        ("<!-- @ -->\n" + A, A),
        (A + "<!-- @ -->", A),
        (A + "\n<!-- @ -->\n", A),
        (A + "\n\n<!-- @ -->", A + "\n"),
        ("<!-- @ -->", ""),
        ("  <!-- @ -->  \n" + A, A),
        ("<!-- @\n\nPL205 -->\n\n" + A, A),
        (CLEAN + "  <!-- @ -->\n", A),
        (CLEAN.replace(" [[", " <!-- @ --> [["), CLEAN),
        (CLEAN + "\n  <!-- @ -->\n- **Two,** ICLR 2022.\n", A + "- **Two,** ICLR 2022.\n"),
        ("One.\n<!-- @ -->\nTwo.\n", "One.\n\nTwo.\n"),
        ("> One.\n> <!-- @ -->\n> Two.\n", "> One.\n> \n> Two.\n"),
        ("<p>\n<!-- @ -->\n</p>\n", "<p>\n</p>\n"),
        (
            "| A | B |\n| --- | --- |\n| a | b <!-- @ --> |\n",
            "| A | B |\n| --- | --- |\n| a | b |\n",
        ),
    ],
)
def test_a_comment_goes_without_leaving_a_trace(before: str, after: str, end: str) -> None:
    text = before.replace("@", "peftlint-disable-line PL205").replace("\n", end)
    assert fixed(text) == after.replace("\n", end)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- @ --> *text*\n",
        "- <!-- @ --> *text*\n",
        f"1. {A[2:]}\n<!-- @ -->\n\n1. {P[2:].replace('First', 'Second').replace('pdf', 'abs')}",
    ],
)
def test_a_comment_stays_where_its_line_would_be_read_otherwise(text: str) -> None:
    text = text.replace("@", "peftlint-disable-line PL205")
    assert len(unused(text)) == 1
    assert fixed(text) == text


def test_a_rule_that_compares_files_is_not_judged_by_one_of_them() -> None:
    text = f"<!-- peftlint-disable-file PL301 -->\n<!-- peftlint-disable-file PL201 -->\n\n{A}"
    found = lint(read(text), select(), is_part=True)
    assert [(item.line, item.code) for item in found] == [(2, "PL901")]
    kept = fix(text, select(), is_part=True).text
    assert kept == f"<!-- peftlint-disable-file PL301 -->\n\n{A}"
    (together,) = lint_together([ListFile(read(text), select())])
    assert [(item.line, item.code) for item in together] == [(2, "PL901")]


def test_the_library_judges_by_the_rules_that_it_is_given() -> None:
    text = f"<!-- peftlint-disable-file PL301 -->\n\n{A}"
    assert peftlint.lint(text, select=["PL201", "PL901"]) == []
    assert peftlint.lint(text, ignore=["PL901"]) == []
    assert [item.code for item in peftlint.lint(text)] == ["PL901"]
    assert peftlint.fix(text).text == A


def test_a_rule_about_suppressions_that_fails_is_named() -> None:
    def failing(_: Document, uses: Sequence[SuppressionUse]) -> Iterator[Finding]:
        raise KeyError(len(uses))

    judge = find("unused-suppression")._replace(suppression_checker=failing)
    with pytest.raises(RuleError, match="rule unused-suppression of peftlint failed: KeyError: 1"):
        lint(read("<!-- peftlint-disable-file -->\n"), [judge])


@pytest.mark.parametrize(
    "text",
    [
        "<!-- peftlint-disable PL201 -->\n" * 4_000 + P,
        "<!-- peftlint-disable-file -->\n" * 4_000 + P,
        "<!-- peftlint-disable PL201 -->\n\n<!-- peftlint-enable PL201 -->\n\n" * 2_000 + P,
        "<!-- peftlint-enable -->\n" * 4_000,
        "<!-- peftlint-disable-entry -->\n" * 4_000,
        f"<!-- peftlint-disable {'PL205 ' * 30_000} -->\n",
        f"<!-- peftlint-disable {' '.join(f'x{number}' for number in range(30_000))} -->\n",
        f"<!-- peftlint-disable {'x' * 300_000} -->\n",
        f"<!-- peftlint-{'x' * 300_000} -->\n",
        "".join(f"<!-- peftlint-x{number} -->\n" for number in range(4_000)),
    ],
)
def test_hostile_comments_are_judged_in_no_long_time(text: str) -> None:
    of = read(text)
    begin = time.process_time()
    lint(of, select(["PL2", "PL9"]))
    assert time.process_time() - begin < 4
