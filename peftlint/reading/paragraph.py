"""Paragraphs as entries: how they begin, and where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint import venue
from peftlint.markdown.node import Block, Node
from peftlint.reading.marker import glued_marker
from peftlint.role import label_role
from peftlint.source import Lines

_NUMBER = re.compile(r"\s*\[?\d{1,4}[.)\]]\s*$")
_NUMBERED = re.compile(r"\s*\d{1,4}[.)]\s+\S")
#: An emoji, its name, or other symbols that a text begins with.
_SYMBOLS = re.compile(r"^(?:\s|:[a-z0-9_+-]{2,30}:|[^\w\s\"\u201c\u300a\u300c(\[])+")
#: `[A Title of Words] [[Paper](..)]`
_BRACKETED = re.compile(r"\[[^\[\]]{8,}\]\s*$")
_BOLD_TAG = re.compile(r"<(?:b|strong|i|em)>", re.IGNORECASE)
_CITE = re.compile(r"\b(?:cite|citing)\b|\u5f15\u7528", re.IGNORECASE)
_QUOTES = ('"', "\u201c", "\u300a", "\u300c")
#: In words; a line that begins with a shorter link may be one of an entry's links.
_SHORTEST_TITLE = 3


def opens_entry(nodes: Sequence[Node]) -> bool:
    """Whether a paragraph begins as entries do: with a marker, a quote, marks or a link.

    Symbols, emoji and tags before these do not count.
    """
    if glued_marker(nodes):
        return True
    for node in nodes:
        if node.kind == "text":
            text = _SYMBOLS.sub("", node.text)
            if _NUMBER.match(text) or not text:
                continue
            return bool(_NUMBERED.match(text) or _BRACKETED.match(text)) or text.startswith(_QUOTES)
        if node.kind == "html" and _BOLD_TAG.match(node.text):
            return True
        if node.kind not in ("image", "html", "break", "special"):
            return node.kind in ("strong", "em", "link")
    return False


def split_entries(block: Block, lines: Lines) -> list[Block]:
    """A paragraph as one for each of its lines that begins with a title, a marker or a number."""
    starts = [0]
    starts.extend(
        index + 1
        for index, node in enumerate(block.nodes[:-1])
        if node.kind == "break" and _opens_line(block.nodes[index + 1 : index + 3])
    )
    if len(starts) == 1:
        return [block]
    pieces: list[Block] = []
    for start, stop in zip(starts, [*starts[1:], len(block.nodes) + 1], strict=True):
        nodes = block.nodes[start : stop - 1]
        if not nodes:
            return [block]
        piece = Block("paragraph", lines.line(nodes[0].start), lines.line(nodes[-1].end - 1))
        piece.start, piece.end = nodes[0].start, nodes[-1].end
        piece.nodes = nodes
        pieces.append(piece)
    return pieces


def asks_to_cite(block: Block) -> bool:
    """Whether a paragraph asks readers to cite what follows it."""
    if block.kind != "paragraph":
        return False
    shown = "".join(node.shown() for node in block.nodes).rstrip()
    return shown.endswith((":", "\uff1a")) and _CITE.search(shown) is not None


def _opens_line(nodes: Sequence[Node]) -> bool:
    """Whether a line that begins with these nodes may begin an entry."""
    node = nodes[0]
    if node.kind == "text":
        return bool(glued_marker(nodes) or _NUMBERED.match(f"{node.text}*"))
    shown = node.shown()
    if node.kind == "link":
        read = venue.read(shown)
        if read.year or read.is_known:
            return False
        return len(shown.split()) >= _SHORTEST_TITLE and label_role(shown) is None
    return node.kind == "strong" and len(shown.split()) >= _SHORTEST_TITLE
