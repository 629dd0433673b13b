"""Text is written so that it reads as it is."""

from __future__ import annotations

import pytest

from peftlint.escape import in_attribute, in_markdown
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
