"""Inline content that is read in one walk has the nodes that markdown-it's tokens make."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from peftlint.markdown import inline, tree
from peftlint.markdown.node import Node
from peftlint.source import Lines

FIXTURES = Path(__file__).parents[1] / "fixtures"
LISTS = sorted((Path(__file__).parents[2] / "shared" / "lists").glob("*/*.md"))
SPEC = json.loads((FIXTURES / "commonmark.json").read_text("utf-8"))["examples"]
#: What the walk reads, so that text put together of it is often read to its end.
COMMON = (
    "a", "b c", "\u00e9", "x_y", ".", ", ", ": ", "(", ") ", " - ", "\u201c", "\u3002", "\u00a0", "! ", "& ", "&nbsp;",
    "* ", "*em*", "**Bold.** ", " **b:**", "__c__", " _d e_ ", "**[t](https://a.org)**", "**", "*", "_",
    "[x](https://a.org)", "[*x* y](https://a.org/?b=c&d=e)", "[z_1](c.md#d)", "[]()", "[`k`](e/f.pdf)",
    "[[u](https://a.org)]", "[[w]](https://a.org)", "[v][w]", "[Code]", "[", "]", "![y](https://b.org/c)",
    "[![b](https://b.org)](https://a.org) ", "[![b](https://b.org)]()", "`k`", "``k`", "` l `", "~", "\\|", "\\",
    "<br>", "<img src=\"a\">", "</b>", "<!-- c -->", "<!---c-->", "< 1", "<", "\n", "  \n", " \n", "\\\n  ",
)  # fmt: skip


FIELDS = Node.__slots__


def facts(nodes: Sequence[Node]) -> list[object]:
    """All that nodes say."""
    return [
        [facts(node.children) if name == "children" else getattr(node, name) for name in FIELDS]
        for node in nodes
    ]


def tree_facts(text: str) -> tuple[object, ...]:
    """All that is made of inline content."""
    root = tree.parse(text, Lines(text))
    html = [facts([one]) if isinstance(one, Node) else [one.line] for one in root.html]
    contents = [facts(block.nodes) for block in root.walk()]
    return contents, html, sorted(root.code), sorted(root.hidden), root.near


def assert_same(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Compare the trees of both ways; how many contents were read in one walk."""
    walked = 0

    def walk(content: str, *rest: object, **named: object) -> object:
        nonlocal walked
        nodes = inline.common_nodes(content, *rest, **named)  # type: ignore[arg-type]
        walked += nodes is not None
        return nodes

    monkeypatch.setattr(tree, "common_nodes", walk)
    found = tree_facts(text)
    monkeypatch.setattr(tree, "common_nodes", lambda *_, **__: None)
    assert found == tree_facts(text), text[:999]
    return walked


def test_nodes_of_the_examples_of_the_specification_are_those_of_the_tokens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for examples in SPEC.values():
        for text in examples:
            assert_same(text, monkeypatch)


@pytest.mark.skipif(not LISTS, reason="the real lists are not there")
def test_nodes_of_real_lists_are_those_of_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in LISTS:
        # As much as is read in a few seconds for all of them.
        text = path.read_bytes()[:8_000].decode("utf-8", "replace")
        assert assert_same(text, monkeypatch), path.name


@pytest.mark.parametrize("seed", range(6))
def test_nodes_of_generated_text_are_those_of_the_tokens(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    walked = sum(
        assert_same("".join(chance.choices(COMMON, k=chance.randrange(1, 14))), monkeypatch)
        for _ in range(700)
    )
    assert walked > 100


def test_brackets_are_text_unless_something_may_define_them() -> None:
    for text, kinds in (("[a] b", ["text"]), ("[a] b\n\n[a]: https://a.org", ["link", "text"])):
        (first, *_) = tree.parse(text, Lines(text)).children
        assert [node.kind for node in first.nodes] == kinds
