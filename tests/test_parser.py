"""The tokens of blocks and of inline content are those of markdown-it as it comes."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.token import Token

from peftlint.markdown.blockparser import read_blocks
from peftlint.markdown.blockstate import stripped
from peftlint.markdown.blocktoken import BLOCK, LINE_ITEM, ROW, BlockToken
from peftlint.markdown.htmlblock import BLOCK_NAMES
from peftlint.markdown.inlineparser import read_inline
from peftlint.markdown.tableblock import split_row

STOCK = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
# Addresses stay as they are written, in both: how one is encoded is no question of tokens.
STOCK.normalizeLink = str  # type: ignore[method-assign, assignment]
STOCK.normalizeLinkText = str  # type: ignore[method-assign, assignment]
SHARED = Path(__file__).parents[2] / "shared" / "lists"
LISTS = sorted(SHARED.glob("*/*.md"))
SPEC = json.loads((Path(__file__).parents[1] / "fixtures" / "commonmark.json").read_text("utf-8"))[
    "examples"
]
# What markup is made of, so that text put together of it is seldom without any.
PIECES = (
    "a", "b c", "é", "\u3002", "x_y_z", ".", ",", '"', "'", "\u201c", "!", "\\", "\\*", "&amp;", "&",
    "*", "**", "***", "_", "__", "~", "~~", "`", "``", "**Bold.**", "*em*", "_em_ ", "**b:** ",
    "**B**c", "[", "]", "(", ")", "![", "](", "](https://a.org/x)", "](https://a.org/(x)",
    "[x](https://a.org)", "![y *z*](https://b.org/c)", "[![b](https://b.org)](https://a.org)",
    "[*x* ![b](https://b.org) y](https://a.org)", "[[x](https://a.org/?b=c&d=e)]",
    "[y](https://a.org/?q&amp;r)", "***", "~~~", "\\[", "&#35;", "&#0;", "&copy;", "[a][r]", "[r][]", "![r]",
    "](<a b>)", "](/u 't')", "](a(b)c)", "](javascript:x)", "<a@b.c>", "<javascript:x>", "\u2014", "[[", "[r]", "\n[r]: https://r.org", "[r]: /u 'T'", "]:",
    "\n[^1]: n", "<", "<b>", "</b>", "<!-- ", "-->", "<https://c.org>", "\n<div>", "\n<?", "?>",
    "\n</DIV", "\n<pre", "</pre>", "\n<Script>", "</script >", "\n<![CDATA[", "]]>", "\n<!X", ">",
    "/>", '\n<a href="x">', "\n<img b=c", "='", "\n<!--", "\n<ul/>",
    "\n", "\n\n", "\n", "  \n", "\r\n", "\n- ", "\n  - ", "\n1. ", "\n2) ", "\n    ", "\n\t", "\n> ",
    "\n>", "\n# ", "\n## x", "\n===", "\n---", "\n- -", "\n***", "\n```", "\n~~~", "\n| a | b |",
    "\n|---|---|", "\n:-- | --", "|", "-", "+", "1.", "0", "#", "=", " ", "  ", "\t", "\u00a0", "\f",
    "\v", "\u2028", "\0",
)  # fmt: skip


def facts(token: Token | BlockToken) -> tuple[Any, ...]:
    """All that a block's token says, but how a cell's text is aligned."""
    attrs = {} if token.tag in ("td", "th") else token.attrs
    return (
        *(token.type, token.tag, token.nesting, attrs, token.map, token.level),
        *(token.content, token.markup, token.info, token.meta, token.block, token.hidden),
    )


def inline_facts(token: Token) -> tuple[Any, ...]:
    """All that is to be known of a token of inline content."""
    # How an escape is written is told by its place.
    markup = "" if token.type == "text_special" else token.markup
    url = token.attrs.get("href", token.attrs.get("src", ""))
    return token.type, token.nesting, token.content, markup, url


def joined(tokens: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Facts of inline tokens, with texts side by side as one."""
    found: list[tuple[Any, ...]] = []
    for kind, nesting, content, *rest in tokens:
        if kind == "text" and found and found[-1][0] == kind:
            content = found.pop()[2] + content  # noqa: PLW2901 - the same text
        if kind != "text" or content:
            found.append((kind, nesting, content, *rest))
    return found


def stock(text: str) -> tuple[list[Any], dict[str, Any]]:
    env: dict[str, Any] = {}
    tokens = STOCK.parse(text, env)
    return [
        (facts(token), joined([inline_facts(child) for child in token.children or []]))
        for token in tokens
    ], env.get("references", {})


def opened(token: BlockToken, columns: int) -> list[Any]:
    """The tokens of markdown-it's in the place of which the fast parser has one.

    Args:
        token: one of the fast parser's.
        columns: how many the table has, if the token is in one.
    """
    if token.type == LINE_ITEM:
        kind, tag, markup, level = "paragraph", "p", "", token.level + 1
        assert token.map is not None
        first, end = token.map[0], token.map[0] + 1
    elif token.type == BLOCK:
        kind, tag, markup = "paragraph" if token.tag == "p" else "heading", token.tag, token.markup
        assert token.map is not None
        (first, end), level = token.map, token.level
    elif token.type == ROW:
        return opened_row(token, columns)
    else:
        return [token]
    underlined = markup in ("=", "-")
    inline = Token("inline", "", 0, level=level + 1, block=True, map=[first, end - underlined])
    inline.content, inline.children = token.content, []
    block: dict[str, Any] = {
        "level": level,
        "block": True,
        "markup": markup,
        "hidden": token.hidden,
    }
    opening = Token(f"{kind}_open", tag, 1, map=[first, end], **block)
    tokens = [opening, inline, Token(f"{kind}_close", tag, -1, **block)]
    if token.type == LINE_ITEM:
        item: dict[str, Any] = {"level": token.level, "block": True, "markup": token.markup}
        opening = Token("list_item_open", "li", 1, map=token.map, info=token.info, **item)
        tokens = [opening, *tokens, Token("list_item_close", "li", -1, **item)]
    return tokens


def opened_row(token: BlockToken, columns: int) -> list[Token]:
    """Those of a row and its cells."""
    tag, level = token.tag, token.level + 1
    cells = [cell.replace("\\|", "|") for cell in split_row(token.content)]
    tokens = [Token("tr_open", "tr", 1, map=token.map, level=level - 1, block=True)]
    for content in [*cells, *[""] * columns][:columns]:
        inline = Token("inline", "", 0, level=level + 1, block=True, map=token.map)
        inline.content, inline.children = stripped(content), []
        tokens.append(Token(f"{tag}_open", tag, 1, level=level, block=True))
        tokens.append(inline)
        tokens.append(Token(f"{tag}_close", tag, -1, level=level, block=True))
    return [*tokens, Token("tr_close", "tr", -1, level=level - 1, block=True)]


def opened_all(tokens: Sequence[BlockToken]) -> list[Any]:
    """The tokens of markdown-it's in the place of which the fast parser has some."""
    found: list[Any] = []
    columns = 0
    for token in tokens:
        if token.tag == "th":
            columns = len(split_row(token.content))
        found += opened(token, columns)
    return found


def fast(text: str) -> tuple[list[Any], dict[str, Any]]:
    definitions: dict[str, dict[str, Any]] = {}
    tokens = opened_all(read_blocks(text, definitions))
    return [(facts(token), inline_of(token, definitions)) for token in tokens], definitions


def inline_of(token: Token, definitions: dict[str, dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Facts of the inline tokens in a token, which all stand where they say."""
    if token.type != "inline":
        return []
    content = token.content
    tokens = read_inline(content, definitions)
    for one in tokens:
        if one.kind == "text" and one.content:
            assert content[one.start : one.end] == one.content
    return joined([(one.kind, one.nesting, one.content, one.markup, one.url) for one in tokens])


def assert_same(text: str) -> None:
    expected, expected_definitions = stock(text)
    found, definitions = fast(text)
    assert found == expected, next(
        pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]
    )
    assert definitions == expected_definitions


@pytest.mark.parametrize("section", SPEC)
def test_tokens_of_the_examples_of_the_specification_are_those_of_markdown_it(section: str) -> None:
    for text in SPEC[section]:
        assert_same(text)
        assert_same(text.rstrip("\n"))


@pytest.mark.skipif(not LISTS, reason="the real lists are not there")
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_tokens_of_real_lists_are_those_of_markdown_it(path: Path) -> None:
    # As much as is read in a few seconds for all of them.
    assert_same(path.read_bytes()[:50_000].decode("utf-8", "replace"))


@pytest.mark.parametrize("seed", range(8))
def test_tokens_of_generated_text_are_those_of_markdown_it(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(150):
        assert_same("".join(chance.choices(PIECES, k=chance.randrange(1, 28))))


#: What lists are made of, so that items of one line and of many stand beside each other.
ITEMS = (
    "a", "\n", "\n\n", "\n- x", "\n- x", "\n- ", "\n  - y", "\n    - z", "\n* q", "\n1. w", "\n2. v", "\n 2) v",
    "\n   - d", "\n> - e", "\n>   f", "\n      c", "\n-", "\n-\tt", "\n\t- u", "\n- - g", "\n- 1. h", "\n- ---",
    "\n***", "\n  p", "\n- ```\n", "\n-     code", "\n- > q", "\n- # h", "\n- | a |\n  |---|", "\n- [r]: /u", "\n \n",
    "\n123456789. n", "\n1234567890. n", "\n- \f", "\n0. z", "\n  ===", "\n- x\n  ---", "\n- x\n| a |\n|---|",
)  # fmt: skip


def test_tokens_of_generated_lists_are_those_of_markdown_it() -> None:
    chance = random.Random(9)  # noqa: S311 - not for secrets
    for _ in range(600):
        assert_same("".join(chance.choices(ITEMS, k=chance.randrange(2, 24))))


#: Quotes, code and definitions, which share lines and end each other.
HOLDING = (
    "> ", "\n> ", "\n>", "\n>\t", "\n  > ", "\n- > ", "\n> - ", "\n> > ", "\n>     c", "\n> ```", "\n    > x",
    "\n```", "\n~~~", "\n````", "\n``` x", "\n~~~ `", "\n  ```", "\n- ```\n x", "\n   ~~~\n   b\n  ~~~", "\n    c",
    "\n\tc", "\n \t e", "\n[r]: /u", "\n[r]:\n/u", "\n[a]: <b c> 'T'", "\n[a]: /u 'T", "\nT'", "\n[b\nc]: /d",
    '\n[d]: /e "f" g', "\n[]: /x", "\n[x]:", "\n[y]: javascript:x", "\n[z\\]]: /u (t\\))", '\n[q]: /u\n"t"',
    "\n[s]: /u ''", "\n[s]: /u '' x", "\\\n", "\n> [r]: /u", "\n- [r]: /u\n  'x'", "[r]", "[A][]", "![x][r]", "\n\n",
    "\n", "  ", "\t", "a", "b", "\n***", "\n---", "\n# h", "\n<div>", "\n| a |\n|--|", "\n- a", "\n  b", "\n   c",
)  # fmt: skip


def test_tokens_of_generated_quotes_code_and_definitions_are_those_of_markdown_it() -> None:
    chance = random.Random(3)  # noqa: S311 - not for secrets
    for _ in range(900):
        assert_same("".join(chance.choices(HOLDING, k=chance.randrange(2, 24))))


def test_names_of_blocks_in_html_are_those_of_markdown_it() -> None:
    assert frozenset(block_names) == BLOCK_NAMES


def test_an_item_in_a_quote_ends_where_markdown_it_ends_it() -> None:
    for blank in ("", ">\n", ">\n>\n", ">\n>\n>\n"):
        for after in ("", "\n", "\n\n", "\n\nb", "\n\n> b"):
            assert_same(f"> - a\n{blank}{after}")


NESTED = {
    "brackets": "[" * 3000,
    "links in links": "[a" * 900 + "](https://a.org)" * 900,
    "images without an end": "![a](https://a.org" * 900,
    "stars": "*a " * 900 + "a* " * 900,
    "lists": "".join(f"{'  ' * depth}- a\n" for depth in range(60)),
    "quotes": ">" * 60 + " a\nb",
}


@pytest.mark.parametrize("name", NESTED)
def test_what_is_nested_without_end_is_read_as_markdown_it_reads_it(name: str) -> None:
    assert_same(NESTED[name])
