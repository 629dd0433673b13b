"""Text is written so that it reads as it is."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from peftlint.escape import at_line_start, in_attribute, in_destination, in_markdown
from peftlint.reader import read

SHIELDS = "https://img.shields.io/badge/"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("CoOp", "CoOp"),
        ("Text Prompt (v2), 50%!", "Text Prompt (v2), 50%!"),
        ("[a]", r"\[a\]"),
        ("*a* `b` ~c~ $d$ <e> f|g \\h", r"\*a\* \`b\` \~c\~ \$d\$ \<e> f\|g \\h"),
        ("a_b _c_ d__", r"a_b \_c\_ d\_\_"),
        ("a&b &amp; &#39;", r"a&b \&amp; \&#39;"),
    ],
)
def test_text_is_escaped_in_markdown_where_it_would_be_read_otherwise(
    text: str, written: str
) -> None:
    assert in_markdown(text) == written
    document = read(f"- **A Title,** ICLR 2022. ![{written}]({SHIELDS}x-blue)\n")
    (badge,) = document.badges
    assert badge.alt_span is not None
    assert document.slice(badge.alt_span) == written


def test_text_is_escaped_in_an_attribute() -> None:
    assert in_attribute("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# 1", "\\# 1"),
        ("#1", "#1"),
        ("1. One", "1\\. One"),
        ("2) Two", "2\\) Two"),
        ("3D", "3D"),
        ("- x", "\\- x"),
        ("-x", "-x"),
        ("+ x", "\\+ x"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("> x", "\\> x"),
        ("~~~", "\\~~~"),
    ],
)
def test_what_would_open_a_block_opens_none(text: str, written: str) -> None:
    assert at_line_start(text) == written
    for before in ("", "x\n", "- "):
        tokens = MarkdownIt().parse(f"{before}{written}")
        shown = [token.content for token in tokens if token.type == "inline"]
        kinds = {token.type for token in tokens} - {"inline", "paragraph_open", "paragraph_close"}
        assert len(shown) == 1
        assert all("list" in kind for kind in kinds)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.io/a(b)c", "https://x.io/a(b", "https://x.io/a)b", "https://x.io/a b",
        "https://x.io/<b>", "https://x.io/\\*", "https://x.io/?a=1&lt;2", "", "#anchor", ")(",
    ],
)  # fmt: skip
def test_an_address_leads_where_it_led(url: str) -> None:
    md = MarkdownIt()
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    (inline,) = (t for t in md.parse(f"[x]({in_destination(url)})") if t.type == "inline")
    assert inline.children is not None
    assert inline.children[0].attrs["href"] == url
