"""Blocks and inline nodes stand where they say, and are what markdown-it says they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from peftlint.markdown import tree
from peftlint.markdown.node import Block, Node
from peftlint.source import Lines

STOCK = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def parse(text: str) -> Block:
    return tree.parse(text, Lines(text))


def nodes(text: str) -> Iterator[Node]:
    def walk(found: Sequence[Node]) -> Iterator[Node]:
        for node in found:
            yield node
            yield from walk(node.children)

    for block in parse(text).walk():
        yield from walk(block.nodes)


def only(text: str, kind: str) -> Node:
    found = [node for node in nodes(text) if node.kind == kind]
    assert len(found) == 1, found
    return found[0]


PLACED = {
    "a link": "See [the paper](https://arxiv.org/abs/1706.03762) now",
    "a link in brackets": "[[Paper](https://a.org/x)][[Code](https://b.org/y)]",
    "strong and emphasis": "**bold *both* bold** then *em* and ***all***",
    "an underscore": "_Ann Lee, Bo Li_. **NAACL'2022**.",
    "strike": "~~gone~~ here",
    "code": "`a` and ``b ` c``",
    "an image": "![alt *text*](https://img.shields.io/badge/a-b) after",
    "a badge that is a link": "[![Code](https://img.shields.io/badge/Code-blue)](https://b.org)",
    "an autolink": "at <https://a.org/b_c> and <a@b.org>",
    "inline HTML": "x<br>y <!-- [no](link) --> z",
    "an address with brackets": "[a](https://a.org/x](y) [b](<https://b.org/with blank>)",
    "an address with a title": '[a](https://a.org "title") b',
    "an empty address": "[Code]() [Paper]( )",
    "an escape and an entity": r"\[[code](https://a.org)\] &amp; R&D &#233;",
    "a hard break": "one  \ntwo\\\nthree\nfour",
    "an item": "- **Title,** V.\n\n  *A, B.* [x](https://a.org)\n  - sub [y](https://b.org)",
    "a lazy item": "- **Title of\ntwo lines,** V [x](https://a.org)",
    "a tabbed item": "-\t**Title**\n\n\t*A* [x](https://a.org)",
    "a quote": "> **a** [x](https://a.org)\n> more [y](https://b.org)",
    "a character that only Python calls white space": "- \x85  \n\n| a |\n|---|\n| \x1c |  ",
    "a heading": "## A [b](#c) `d` ##\n\nSetext **e**\n===",
    "a table": "| a | b |\n|---|---|\n| x [l](https://a.org) | x [l](https://a.org) |\n| y | **z** |",
    "a table with a bar": "| a | b |\n|---|---|\n| x \\| [l](https://a.org) \\| y | **z** |",
    "a table without its outer bars": "a | b\n--|--\n**x** | [l](https://a.org)",
    "a nested table": "- a | b\n  --|--\n  **x** | [l](https://a.org)",
    "a reference": "[one][r] and [r] and [r][]\n\n[r]: https://a.org 'title'",
    "a wrapped label": "[a\nb](https://a.org) **c\n  d**",
    "nul": "a\0b [x](https://a.org) **c**",
    "nested list after blank": "1. a\n\n   [x](https://a.org)\n\n\n2. **b**",
    "unmatched marks": "**a [b (c *d _e ` f ![g](",
    "line and page separators": "a\u2028b\x0c[x](https://a.org)\x85 **c**",
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", PLACED.values(), ids=PLACED.keys())
def test_every_node_stands_where_it_says(text: str, newline: str) -> None:
    source = text.replace("\n", newline)
    assert any(True for _ in nodes(source))
    for node in nodes(source):
        written = source[node.start : node.end]
        inner = source[node.inner_start : node.inner_end]
        if node.text and node.kind in ("em", "strong", "strike", "link"):
            assert inner.replace("\0", "\ufffd") == node.text
        address = source[node.url_start : node.url_end]
        match node.kind:
            case "text":
                assert written.replace("\0", "\ufffd") == node.text
            case "strong":
                assert written[:2] == written[-2:] in ("**", "__")
                assert written[2:-2] == inner
            case "em":
                assert written[0] == written[-1] in "*_"
                assert written[1:-1] == inner
            case "strike":
                assert written == f"~~{inner}~~"
            case "code":
                assert written[0] == written[-1] == "`"
                assert node.text in inner
            case "link" | "image":
                assert written[0] in "[!<"
                assert written[-1] in ")]>"
                if not node.url.startswith("mailto:"):
                    assert address == node.url
            case "break":
                assert written.strip(" \t\\>") == newline
            case "html":
                assert written == node.text.replace("\n", newline)
            case _:
                assert written[0] in "\\&"


def shape(found: Sequence[Node]) -> list[tuple[str, str]]:
    """Nodes as stock markdown-it's tokens would be: kinds and texts, neighbouring texts joined."""
    flat: list[tuple[str, str]] = []
    for node in found:
        match node.kind:
            case "text" | "special":
                flat.append(("text", node.text))
            case "break":
                flat.append((f"{node.text}break", ""))
            case "em" | "strong" | "strike" | "link":
                name = "s" if node.kind == "strike" else node.kind
                flat.append((f"{name}_open", node.url))
                flat.append(("text", node.text))
                flat.extend(shape(node.children))
                flat.append((f"{name}_close", ""))
            case _:
                flat.append((node.kind, node.text))
    return joined(flat)


def joined(flat: list[tuple[str, str]]) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    for kind, content in flat:
        if kind == "text" and result and result[-1][0] == "text":
            result[-1] = ("text", result[-1][1] + content)
        elif kind != "text" or content:
            result.append((kind, content))
    return result


def stock_shape(children: list[Token]) -> list[tuple[str, str]]:
    names = {"code_inline": "code", "html_inline": "html"}
    flat: list[tuple[str, str]] = []
    for token in children:
        content = token.content
        if token.type == "link_open":
            content = str(token.attrs["href"])
        flat.append((names.get(token.type, token.type), content))
    return joined(flat)


def stock(text: str) -> list[list[tuple[str, str]]]:
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    inline = [token for token in md.parse(text) if token.type == "inline"]
    return [found for token in inline if (found := stock_shape(token.children or []))]


def ours(text: str) -> list[list[tuple[str, str]]]:
    return [found for block in parse(text).walk() if (found := shape(block.nodes))]


@pytest.mark.parametrize("text", PLACED.values(), ids=PLACED.keys())
def test_nodes_are_what_stock_markdown_it_makes(text: str) -> None:
    assert ours(text) == stock(text)


MARKUP = st.text(alphabet="ab \n*_[]()!<>`~\\&;|-#.:/h\t1", max_size=60)


@given(MARKUP)
def test_nodes_of_any_markup_are_what_stock_markdown_it_makes(text: str) -> None:
    assert ours(text) == stock(text)


@given(MARKUP)
def test_text_nodes_of_any_markup_stand_where_they_say(text: str) -> None:
    for node in nodes(text):
        assert 0 <= node.start <= node.end <= len(text)
        if node.kind in ("text", "em", "strong", "strike", "link") and node.text:
            assert text[node.inner_start : node.inner_end] == node.text


def test_an_item_ends_at_its_last_line_that_is_not_blank() -> None:
    root = parse("- a\n\n  b\n\n\n- c\n")
    items = [block for block in root.walk() if block.kind == "item"]
    assert [(item.line, item.end_line) for item in items] == [(1, 3), (6, 6)]


def test_an_item_knows_its_marker() -> None:
    items = [block for block in parse("7) a\n\n- b").walk() if block.kind == "item"]
    assert [item.marker for item in items] == ["7)", "-"]


def test_the_address_of_a_reference_link_stands_in_its_definition() -> None:
    text = "[code][8.1]\n\n[8.1]: https://github.com/a/b"
    node = only(text, "link")
    assert node.form == "reference"
    assert node.url_start == text.index("https")
    assert text[node.url_start : node.url_end] == "https://github.com/a/b"


def test_a_bar_at_the_beginning_of_a_cell_is_written_with_its_backslash() -> None:
    text = "| \\| | \\|a |\n|---|---|\n| \\\\|b | a\\|b |"
    bars = [node for node in nodes(text) if node.kind == "special"]
    assert [text[node.start : node.end] for node in bars] == ["\\|", "\\|", "\\\\|", "\\|"]


def test_a_long_run_of_brackets_is_read_in_time() -> None:
    for hostile in ("[" * 20_000, "![" * 10_000, "*a " * 10_000, "<a " * 10_000, "[a](" * 5_000):
        parse(hostile)


def test_the_address_of_a_definition_over_two_lines_is_found() -> None:
    text = "[a]\n\n[a]:\n  https://a.org/x\n"
    node = only(text, "link")
    assert text[node.url_start : node.url_end] == node.url == "https://a.org/x"
