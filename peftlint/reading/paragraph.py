"""Paragraphs as entries: how they begin, and where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from peftlint import venue
from peftlint.markdown.node import Block, Node
from peftlint.reading.marker import glued_marker
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import Lines

_NUMBER = regex(r"\s*[\[(]?\d{1,4}[.)\]]\s*$")
_NUMBERED = regex(r"\s*\(?\d{1,4}[.)]\s+\S")
#: An emoji, its name, or other symbols that a text begins with.
_SYMBOLS = regex(r"^(?:\s|:[a-z0-9_+-]{2,30}:|[^\w\s\"\u201c\u300a\u300c(\[])+")
#: `[A Title of Words] [[Paper](..)]`
_BRACKETED = regex(r"\[[^\[\]]{8,}\]\s*$")
_BOLD_TAG = regex(r"<(?:b|strong|i|em)>", re.IGNORECASE)
#: `@article{key,` outside of a fence.
_BIBTEX = regex(r"\s*@[A-Za-z]{2,20}\s*\{")
_BREAK_TAG = regex(r"<br\b", re.IGNORECASE)
_IMAGE_TAG = regex(r"<img\b", re.IGNORECASE)
_ANCHOR_TAG = regex(r"<a\s", re.IGNORECASE)
_CITE = regex(r"\b(?:cite|citing)\b|\u5f15\u7528", re.IGNORECASE)
_PEOPLE = regex(
    r"\W*(?:\w+ )?(?:maintainers?|contributors?|authors?|contacts?|organi[sz]ers?)\s?[:\uff1a]\W*",
    re.IGNORECASE,
)
_GLUED_NUMBER = regex(r"\d{1,4}[.)]")
_GLUED_DASH = regex(r"[-+]")
_QUOTES = ('"', "\u201c", "\u300a", "\u300c")
_NO_SYMBOLS = frozenset((*_QUOTES, "(", "[", "_"))
#: In words; a line that begins with a shorter link may be one of an entry's links.
_SHORTEST_TITLE = 3


def opens_entry(nodes: Sequence[Node]) -> bool:
    """Whether a paragraph begins as entries do: with a marker, a quote, marks or a link.

    Symbols, emoji and tags before these do not count.
    """
    if glued_marker(nodes):
        return True
    lead = ""
    for index, node in enumerate(nodes):
        if node.kind == "text":
            text = lead + _without_symbols(node.text)
            is_escaped = nodes[index + 1 : index + 2] and nodes[index + 1].kind == "special"
            lead = text if is_escaped and text.isdigit() else ""
            # Cheap looks before dear ones.
            has_number = text.lstrip().lstrip("[(")[:1].isdecimal()
            if lead or not text or (has_number and _NUMBER.match(text)):
                continue
            if has_number and _NUMBERED.match(text):
                return True
            return bool(text[0] == "[" and _BRACKETED.match(text)) or text.startswith(_QUOTES)
        if lead:
            # `1\\. Title`: an escape keeps Markdown from making a list of it.
            lead += node.text
        if node.kind == "html" and _BOLD_TAG.match(node.text):
            return True
        if node.kind not in ("image", "html", "break", "special"):
            return node.kind in ("strong", "em", "link")
    return False


def _without_symbols(text: str) -> str:
    """A text without the blanks and symbols that it begins with."""
    bare = text.lstrip()
    # A cheap look before a dear one: few texts begin with symbols.
    if not bare or bare[0].isalnum() or bare[0] in _NO_SYMBOLS:
        return bare
    return _SYMBOLS.sub("", bare)


def split_entries(block: Block, lines: Lines) -> list[Block]:
    """A paragraph as one for each of its lines that begins with a title, a marker or a number."""
    if block.line == block.end_line:
        return [block]
    starts = [0]
    starts.extend(
        index + 1
        for index, node in enumerate(block.nodes[:-1])
        if node.kind == "break" and _opens_line(block.nodes[index + 1 : index + 4])
    )
    return _pieces(block, starts, lines)


def _pieces(block: Block, starts: Sequence[int], lines: Lines) -> list[Block]:
    """A paragraph cut before each of the nodes at `starts`, the first of which is 0."""
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


def split_item(item: Block, lines: Lines) -> list[Block]:
    """An item's paragraph as one for each line with a marker that no blank parts from its text.

    To Markdown such a line goes on with the text of the item above it; a person sees the next
    item of a list: `-**Title**` below `- **Title**`.
    """
    block = item.children[0]
    if block.kind != "paragraph" or block.line == block.end_line:
        return [block]
    glued = _GLUED_NUMBER if item.marker[:-1].isdigit() else _GLUED_DASH
    starts = [0]
    starts.extend(
        index + 1
        for index, node in enumerate(block.nodes[:-1])
        if node.kind == "break" and _opens_item(block.nodes[index + 1 : index + 3], glued)
    )
    return _pieces(block, starts, lines)


def _opens_item(nodes: Sequence[Node], glued: re.Pattern[str]) -> bool:
    """Whether a line that begins with these nodes begins with a marker glued to a title."""
    match = glued.match(nodes[0].text) if nodes[0].kind == "text" else None
    if match is None:
        return False
    rest = nodes[0].text[match.end() :]
    if rest:
        return rest[0].isupper() or rest.startswith(_QUOTES)
    return len(nodes) > 1 and nodes[1].kind in ("strong", "link")


def introduces_no_works(block: Block) -> str | None:
    """What a paragraph tells of the list that follows it, if that holds no works."""
    if block.kind != "paragraph":
        return None
    shown = "".join(node.shown() for node in block.nodes).rstrip()
    if not shown.endswith((":", "\uff1a")):
        return None
    if _PEOPLE.fullmatch(shown):
        return "it lists people"
    return "it tells how to cite the list" if _CITE.search(shown) else None


def other_than_words(block: Block) -> str | None:
    """What a paragraph is that shows no words, or BibTeX; `None` for all others."""
    nodes = block.nodes
    if nodes and nodes[0].kind == "text" and _BIBTEX.match(nodes[0].text):
        return "BibTeX"
    if any(node.shown().strip() for node in nodes):
        return None
    if any(map(_holds_image, nodes)):
        return "images and no words"
    is_anchor = any(_ANCHOR_TAG.match(node.text) for node in nodes if node.kind == "html")
    return "an anchor and no words" if is_anchor else "tags and no words"


def last_line(block: Block, lines: Lines) -> int:
    """The last line of a block that shows anything: one with nothing but `<br>` does not."""
    if block.kind != "paragraph":
        return block.end_line
    for node in reversed(block.nodes):
        if node.kind == "break" or (node.kind == "html" and _BREAK_TAG.match(node.text)):
            continue
        if node.kind != "text" or node.text.strip():
            return lines.line(node.end - 1)
    return block.end_line


def _holds_image(node: Node) -> bool:
    is_tag = node.kind == "html" and _IMAGE_TAG.match(node.text) is not None
    return is_tag or node.kind == "image" or any(map(_holds_image, node.children))


def _is_letters(node: Node) -> bool:
    return node.kind in ("text", "special")


def _opens_line(nodes: Sequence[Node]) -> bool:
    """Whether a line that begins with these nodes may begin an entry."""
    node = nodes[0]
    if node.kind == "text":
        letters = "".join(one.text for one in takewhile(_is_letters, nodes))
        return bool(glued_marker(nodes) or _NUMBERED.match(f"{letters}*"))
    shown = node.shown()
    if node.kind == "link":
        read = venue.read(shown)
        if read.year or read.is_known:
            return False
        return len(shown.split()) >= _SHORTEST_TITLE and label_role(shown) is None
    return node.kind == "strong" and len(shown.split()) >= _SHORTEST_TITLE
