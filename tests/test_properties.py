"""What holds for any text whatever, however little it looks like a paper list."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from peftlint import registry
from peftlint.diagnostic import Diagnostic
from peftlint.fixer import FixResult, fix
from peftlint.linter import lint
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.source import Edit, Span, apply_edits

EVERY_RULE = registry.select(["ALL"])

#: The same examples in every run of CI, new ones on every run elsewhere.
settings.register_profile(
    "peftlint",
    deadline=None,
    max_examples=60,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("peftlint")

# --- Texts that look like paper lists, and what goes wrong in them -------------------------------

# Long tables of strings, a line as full as may be.
# fmt: off
WORDS = (
    "Prompt", "Tuning", "of", "Large", "Models:", "A", "Naïve", "Survey", "注意力", "LoRA",
    "$O(n)$", "GPT-4", "1/n", "&amp;", "&", "<br>", "\\*", "Why?", "ELMo", "`code`", "é", "🚀",
    "\u200b", "\u00a0",
)
NAMES = (
    "Kaiyang Zhou", "Zhou, Kaiyang", "Bor-Chun Chen", "J. D. Lee", "et al.", "Mac Aodha, Oisin",
)
VENUES = (
    "NeurIPS 2022", "ICLR'23", "(arXiv:2203.12119)", "arXiv:2203.12119v2", "CVPR", "Neurips",
    "2021",
)
ADDRESSES = (
    "", " ", "https://arxiv.org/abs/2203.12119", "http://arxiv.org/pdf/2203.12119v3.pdf#page=2",
    "https://www.arxiv.org/html/2203.12119", "https://xxx.lanl.gov/abs/cs.CL/0306050",
    "https://github.com/kmnp/vpt", "https://openreview.net/forum?id=TTMyoOdB9hZ",
    "<https://arxiv.org/pdf/2203.12119>", "https://a.example/(x)", "https://a.example/](y",
    "#papers", "javascript:alert(1)", "https://[::1", "https://arxiv.org/pdf/",
    "https://doi.org/10.18653/v1/2022.acl-short.8", 'https://arxiv.org/pdf/2203.12119 "title"',
)
LABELS = ("Paper", "paper", "Code", "code", "Project", "`pdf`", "**Code**", "", "[Code]", "x")
BADGE_WORDS = (
    "CoOp-blue", "-CoOp-blue", "A%20B_C-green", "Text--Prompt-orange", "x", "CoOp-purple", "",
)
MARKERS = (
    "- ", "* ", "+ ", "1. ", "2) ", "1.", "-", "  - ", "\t- ", "> - ", "# ", "### ", "| ", "",
)
NEWLINES = ("\n", "\r\n", "\r", "\n\n", "\n\n  ", "\n  ", "  \n", "\\\n", "<br>\n")
NOISE = (
    "\0", "\ufeff", "\x0b", "\x0c", "\u2028", "\u0085", "[", "]", "](", ")", "![", "[[", "]]",
    "*", "**", "_", "`", "```\n", "~~~\n", "<!--", "-->", "<", ">", "&#0;", "&#x110000;", "\\",
    "|", "---", "\t", "    ", "| --- | --- |\n", "[ref]: http://x.example\n",
    "<!-- peftlint-disable arxiv-pdf-link -->", "<!-- peftlint-disable-next-line -->",
    "<!-- peftlint-disable-entry PL201 PL999 -->", "<!-- peftlint-enable -->",
    "<table><tr><td>", "</td></tr></table>", "<a href='http://arxiv.org/pdf/2203.12119'>", "</a>",
    "<details>", "<summary>Code</summary>",
)
EMPHASIS = (
    "{}", "**{}**", "**{},**", "*{}*", "_{}_", '"{}"', "[{}](https://arxiv.org/pdf/2203.12119)",
)
# fmt: on


def pick(*choices: str) -> st.SearchStrategy[str]:
    """One of the given strings."""
    return st.sampled_from(choices)


def several(of: st.SearchStrategy[str], between: str, most: int) -> st.SearchStrategy[str]:
    """Up to `most` pieces with `between` in between."""
    return st.lists(of, max_size=most).map(between.join)


title = several(pick(*WORDS), " ", 6)
link = st.builds("[{}]({})".format, pick(*LABELS), pick(*ADDRESSES))
badge = st.builds(
    "{}![{}](https://img.shields.io/badge/{}{})".format,
    pick("", " ", "\n  "),
    pick("", "arXiv"),
    pick(*BADGE_WORDS),
    pick("", "?style=flat", "&color=red"),
)
linked_badge = st.builds("[{}]({})".format, badge, pick(*ADDRESSES))
bracketed = st.builds("[{}]".format, st.one_of(link, pick(*LABELS)))
links = several(st.one_of(link, bracketed, linked_badge), "", 4)
emphasis = pick(
    "{}", "**{}**", "**{},**", "*{}*", "_{}_", '"{}"', "[{}](https://arxiv.org/pdf/2203.12119)"
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    """An entry: title, venue, badges, authors and links, each perhaps left out."""
    parts = [
        draw(pick(*MARKERS)) + draw(emphasis).replace("{}", draw(title)),
        draw(st.one_of(pick("", *VENUES), badge)),
        draw(several(badge, " ", 3)),
        draw(pick("", "*{}.*", "*{}*", "{}")).replace("{}", draw(several(pick(*NAMES), ", ", 3))),
        draw(links),
    ]
    return "".join(part + draw(pick("", " ", ", ", *NEWLINES)) for part in parts)


rows = st.lists(st.one_of(title, links, several(badge, " ", 2)), max_size=5).map(
    lambda cells: f"| {' | '.join(cells)} |"
)
tables = st.lists(rows, min_size=1, max_size=4).map(
    lambda all_rows: "\n".join([all_rows[0], "| --- | :-: | --- |", *all_rows[1:]])
)
deep = st.integers(1, 60).flatmap(
    lambda depth: pick(
        "> " * depth + "x",
        "[" * depth + "x" + "](u)" * depth,
        "![" * depth + "](https://img.shields.io/badge/a-b)" * depth,
        "*" * depth + "x" + "*" * depth,
        "".join(f"{'  ' * level}- a\n" for level in range(depth)),
        "<div>" * depth + "\n\n- [a](http://arxiv.org/pdf/2203.12119)\n",
        "`" * depth,
        "(" * depth + "http://arxiv.org/pdf/2203.12119" + ")" * depth,
    )
)
headings = st.builds("\n\n{} {}\n\n".format, pick("#", "##", "###", "<h1>"), title)
lists = st.lists(
    st.tuples(
        st.one_of(entries(), entries(), tables, deep, headings, pick(*NOISE)), pick(*NEWLINES)
    ),
    max_size=8,
).map(lambda blocks: "".join(block + newline for block, newline in blocks))
anything = st.text(st.characters(codec="utf-8"), max_size=300)
texts = st.one_of(lists, lists, anything)


def crossed(test: Callable[[str], None]) -> Callable[[str], None]:
    """Add the texts that once were trouble somewhere, in this project or another."""
    for text in (
        "",
        "\ufeff- a",
        "- **a\ufeff** [[Paper](http://arxiv.org/pdf/2203.12119)][[Code]()]",
        "- a\0b [Code]\r\n  *c*\r- d\u2028e\x0cf",
        "| a | b |\n|-|-|\n| \\| [x](http://arxiv.org/pdf/2203.12119) |",
        # Python's `strip` takes off more than Markdown does.
        "\x0b\n![](https://img.shields.io/badge/CoOp-blue)\n",
        "\x1c\n[Paper](http://arxiv.org/pdf/2203.12119)\u3000\n",
        "[" * 500,
        "![](" * 200,
        "<!--" * 200,
        "1." * 300,
        "- " * 300,
    ):
        test = example(text)(test)
    return test


# --- What holds ---------------------------------------------------------------------------------


def edits_of(diagnostics: Iterable[Diagnostic]) -> list[Edit]:
    """The edits of all fixes."""
    return [edit for found in diagnostics if found.fix for edit in found.fix.edits]


def fixed(text: str) -> FixResult:
    """All fixes of all rules, unsafe ones too."""
    return fix(text, EVERY_RULE, unsafe=True)


@crossed
@given(texts)
def test_every_part_of_what_was_read_lies_in_the_text(text: str) -> None:
    """And an address or a badge is the text at its place."""
    document = read(text)
    whole = Span(0, len(text))
    before = 0
    for entry in document.entries:
        assert whole.contains(entry.span)
        assert entry.span.contains(entry.title.span)
        assert entry.span.start >= before
        before = entry.span.start
        assert document.place(entry.span.start).line == entry.line
        assert document.place(entry.span.end).line == entry.end_line
    for link in document.links:
        assert whole.contains(link.removal_span)
        assert link.outer_span.contains(link.span)
        if link.url is not None and link.url_span is not None and link.form != "html":
            assert document.slice(link.url_span) == link.url
    for badge in document.badges:
        assert whole.contains(badge.removal_span)
        assert document.slice(badge.url_span) == badge.url


@crossed
@given(texts)
def test_every_finding_has_a_place_and_one_line_to_say(text: str) -> None:
    """Findings come in the order of the text, and their edits lie in it."""
    found = lint(read(text), EVERY_RULE)
    assert [one.span.start for one in found] == sorted(one.span.start for one in found)
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert one.message
        assert len(printable(one.message).splitlines()) == 1
        if one.fix:
            assert apply_edits(text, one.fix.edits) != text


@crossed
@given(texts)
def test_a_fix_of_a_fix_is_the_fix(text: str) -> None:
    """Nothing is left to do on a second run, and what is said to be left is left."""
    first = fixed(text)
    second = fixed(first.text)
    assert second.text == first.text
    assert second.applied == ()
    assert list(first.remaining) == lint(read(first.text), EVERY_RULE)


@crossed
@given(texts)
def test_a_text_without_fixes_stays_as_it_is(text: str) -> None:
    """And one with fixes changes only as these say."""
    result = fixed(text)
    assert result.changed == (result.text != text)
    if not edits_of(result.applied):
        assert result.text == text
    if result.rounds == 1:
        assert result.text == apply_edits(text, edits_of(result.applied))


@crossed
@given(texts)
def test_safe_fixes_keep_every_entry_and_what_it_says(text: str) -> None:
    """No entry is lost, none appears, and none says another thing.

    Rules that mend the words themselves are left out.
    """
    others = [rule for rule in EVERY_RULE if "prose" not in rule.may_change]
    after = fix(text, others, unsafe=False)

    def facts(of: str) -> list[object]:
        return [
            (
                entry.title.text,
                [author.text for author in entry.authors],
                entry.venue and entry.venue.text,
                entry.year and entry.year.value,
                entry.section,
                entry.ids,
            )
            for entry in read(of).entries
        ]

    assert facts(after.text) == facts(text)


@given(st.text())
def test_what_is_printed_cannot_control_a_terminal(text: str) -> None:
    """Neither colours, nor moves, nor other orders of writing."""
    shown = printable(text)
    kept = set("\t\n")
    assert not [one for one in shown if not (one.isprintable() or one.isspace() or one in kept)]
