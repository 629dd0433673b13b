"""Inline content of the common kinds, made nodes in one walk and without tokens.

Nearly all content of lists is text, links, images, emphasis, tags and line breaks that can be
read in one way only. `common_nodes` reads such content, in less than half of the time that tokens
and the nodes made of them take; all else is left to `peftlint.markdown.inlineparser`. Tests compare
the nodes of both ways.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.markdown.node import Node, Root
from peftlint.regex import regex

#: Emphasis nested deeper than this is left to the rules.
_DEEPEST = 8

# How markdown-it tells what may open or close emphasis: by white space, punctuation and the rest.
_SPACE = r" \n\u00a0"
_MARKS = r"!-)+-/:-@\[-^`{-~"
_PUNCTUATION = rf"[{_MARKS}]"
_WORD = r"[^\W_]"
_SPACE_BEFORE = rf"(?<![^{_SPACE}][*_])"
_PUNCTUATION_BEFORE = rf"(?<={_PUNCTUATION}[*_])"
_WORD_BEFORE = rf"(?<={_WORD}[*_])"
_TAG = (
    r"(?:[A-Za-z][0-9A-Za-z-]*+(?:[ ]++[A-Za-z_][0-9A-Za-z_-]*+(?:=\"[^\"\n]*+\")?)*+[ ]*+/?"
    r"|/[A-Za-z][0-9A-Za-z-]*+[ ]*+|!--(?:-?[^-<>\n])*+--)>"
)
# Text in which nothing but emphasis and entities has a meaning, and such with code and tags in it.
_PLAIN = r"[^\[\]\\`<\n]*+"
_TEXT = rf"{_PLAIN}(?:(?:`[^`\n]++`(?!`)|</?[A-Za-z]++/?>){_PLAIN})*+"
# Text in which nothing has a meaning.
_WORDS = r"[^\[\]\\`<\n!&*_~]++"
# An address in which nothing has a meaning: no entity, no scheme that is refused.
_IN_ADDRESS = r"[^\s\\&<>()\x00-\x20\x7f]"
_PATH = r"[^\s\\&<>():\x00-\x20\x7f]"
_ADDRESS = (
    rf"(?:https?://{_IN_ADDRESS}++(?:(?:&(?![#0-9A-Za-z]*;)|\({_IN_ADDRESS}*+\)){_IN_ADDRESS}*+)*+"
    rf"|{_PATH}++)"
)
# Whether its address is one is looked at where the image is met: here it would take as long to
# compile as the rest.
_IMAGE = rf"\[{_PLAIN}\]\([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+\)"
_BRACKETS = rf"(?:\[{_PLAIN}\](?!\()|(?<=!){_IMAGE}){_PLAIN}"

#: What begins with a character that may have a meaning. It is known by the last group: what has
#: no meaning is a `mark` alone, and what is rare or not certain is `unsure`.
_PIECE = regex(
    rf"""(?P<mark>[\n!&*<\[\\_`~])(?:
    (?<=\[)(?:
        (?P<label>(?P<words>{_WORDS})(?=\])|{_TEXT}(?:{_BRACKETS})?)\]\((?P<link>{_ADDRESS}|)\)
        |(?={_PLAIN}(?<!!)\[{_PLAIN}\]\()  # no link holds another, if that is one
    )
    |(?<=!)(?:\[(?P<shown>{_PLAIN})\]\((?P<image>{_ADDRESS})\)|(?!\[))
    |(?<=[*_])(?:
        (?:{_SPACE_BEFORE}|{_PUNCTUATION_BEFORE})(?P<more>(?P=mark)?+)
            (?P<emphasis>{_WORD}[^\n!&*<\[\\\]_`~]*+(?<=[\w.,:;?)'"]))
            (?P=mark)(?P=more)(?![^{_SPACE}{_MARKS}])
        |(?:{_SPACE_BEFORE}(?=[*_]?+[^\s*_])|{_PUNCTUATION_BEFORE}(?=[*_]?+{_WORD}))
            (?P<opening>(?P=mark)?+)(?![*_])
        |(?:(?<=[^\s*_][*_])(?=[*_]?+(?![^{_SPACE}]))
            |{_WORD_BEFORE}(?=[*_]?+{_PUNCTUATION}))
            (?P<closing>(?P=mark)?+)(?![*_])
        |{_PUNCTUATION_BEFORE}(?=[*_]?+{_PUNCTUATION})(?P<either>(?P=mark)?+)(?![*_])
        |(?<={_WORD}_)(?={_WORD})
        |{_SPACE_BEFORE}(?![^{_SPACE}])
    )
    |(?<=\n)(?P<break>[ \t]*+)
    |(?<=<)(?:(?P<tag>{_TAG})|(?=[ ]))
    |(?<=&)(?![#0-9A-Za-z]*;)
    |(?<=~)(?!~)
    |(?P<unsure>)
    )""",
    re.VERBOSE,
)
#: What few lists have, known in the same way: apart, as it takes a quarter as long to compile.
_RARE_PIECE = regex(
    rf"""\[(?={_TEXT}(?:{_BRACKETS}){{0,3}}(?:\](?!\()|\Z))(?P<bracket>)
    |&(?P<entity>[A-Za-z][0-9A-Za-z]{{1,31}}+;)
    |(?P<fence>`++)(?P<code>[^`\n]++)(?P=fence)(?!`)
    |\\(?:(?P<escape>[!-/:-@\[-`{{-~])|(?P<hard>\n[ \t]*+))""",
    re.VERBOSE,
)


def common_nodes(
    content: str, deltas: Sequence[int], root: Root, *, has_definitions: bool
) -> list[Node] | None:
    """The nodes of a block's inline content; `None` where it is not of the common kinds.

    Args:
        content: that of a token of the kind `inline`.
        deltas: for each of its lines, what to add to an offset to get its place in the text.
        root: is given the code, HTML and hidden places, and how many links are near.
        has_definitions: whether brackets alone may be a link.
    """
    noted = len(root.html), len(root.code), len(root.hidden), root.near
    nodes: list[Node] = []
    if _read(content, 0, len(content), deltas, nodes, root, has_definitions):
        return nodes
    del root.html[noted[0] :], root.code[noted[1] :], root.hidden[noted[2] :]
    root.near = noted[3]
    return None


def _read(  # noqa: PLR0912, PLR0913, PLR0915, PLR0917 - a branch for each kind, without calls
    content: str,
    start: int,
    end: int,
    deltas: Sequence[int],
    into: list[Node],
    root: Root,
    has_definitions: bool,
) -> bool:
    """Read the nodes from `start` to `end` into a list; whether all of it is certain."""
    delta = deltas[0]
    line = 0
    #: Emphasis that is open, its mark, and what it stands in.
    stack: list[tuple[Node, str, list[Node]]] = []
    after = done = start
    search = _PIECE.search
    # Not `finditer`: nearly all content has one such piece or none, and to begin takes that as
    # long as four searches.
    while after < end and (match := search(content, after, end)):
        kind = match.lastgroup
        after = match.end()
        if kind == "mark":
            continue
        if kind == "unsure":
            match = _RARE_PIECE.match(content, match.start(), end)
            if match is None:
                return False
            kind = match.lastgroup
            after = match.end()
            if kind == "bracket":
                if has_definitions:
                    return False
                continue
        at = match.start()
        text = content[done:at]
        if kind == "break":
            node = Node("break", at + delta, 0, "hard" if text.endswith("  ") else "soft")
            text = text.rstrip(" ")
        if text:
            place = done + delta
            into.append(Node("text", place, place + len(text), text))
        place = at + delta
        done = after
        if kind == "link":
            label, words, address = match.group("label", "words", "link")
            label_end = at + 1 + len(label)
            node = Node("link", place, done + delta)
            node.url = address
            node.inner_start = place + 1
            node.inner_end = label_end + delta
            node.url_start = label_end + 2 + delta
            node.url_end = done - 1 + delta
            if words:
                node.text = words
            elif label:
                inside: list[Node] = []
                node.children = inside
                here = (deltas[line],)
                if not _read(content, at + 1, label_end, here, inside, root, has_definitions):
                    return False
                node.close()
            if "//" not in address:
                root.near += 1
            if not address.isascii():
                root.hidden.append((node.url_start, node.url_end))
        elif kind == "emphasis":
            width = 1 + len(match["more"])
            node = Node("em" if width == 1 else "strong", place, done + delta, match["emphasis"])
            node.inner_start = place + width
            node.inner_end = node.end - width
        elif kind in ("opening", "closing", "either"):
            mark = match[0]
            if kind != "opening" and stack and stack[-1][1] == mark:
                node, _, into = stack.pop()
                node.inner_end = place
                node.end = done + delta
                node.close()
                continue
            # Between punctuation a mark opens if there is nothing that it may close.
            if (
                kind == "closing"
                or len(stack) == _DEEPEST
                or (kind == "either" and any(one[0] == mark[0] for _, one, _ in stack))
            ):
                return False
            node = Node("em" if len(mark) == 1 else "strong", place, place)
            node.inner_start = done + delta
            into.append(node)
            stack.append((node, mark, into))
            node.children = into = []
            continue
        elif kind in ("break", "hard"):
            if kind == "hard":
                node = Node("break", place, 0, "hard")
            if into:
                node.start = node.inner_start = into[-1].end
            line += 1
            delta = deltas[line]
            node.end = node.inner_end = done + delta
        elif kind == "image":
            label, address = match.group("shown", "image")
            node = Node("image", place, done + delta, label)
            node.url = address
            node.inner_start = place + 2
            node.inner_end = inner_end = place + 2 + len(label)
            node.url_start = inner_end + 2
            node.url_end = done - 1 + delta
            if not address.isascii():
                root.hidden.append((node.url_start, node.url_end))
        elif kind == "tag":
            node = Node("html", place, done + delta, match[0])
            root.html.append(node)
            if not node.text.isascii():
                root.hidden.append((place, node.end))
        elif kind == "code":
            code = match["code"]
            if code[0] == code[-1] == " " and code.strip(" "):
                code = code[1:-1]
            node = Node("code", place, done + delta, code)
            width = len(match["fence"])
            node.inner_start = place + width
            node.inner_end = node.end - width
            root.code.append((place, node.end))
        elif kind == "escape":
            node = Node("special", place, done + delta, match["escape"])
        else:
            # Loaded here: it takes two milliseconds, and few lists have one.
            from html.entities import html5

            known = html5.get(match["entity"])
            if known is None:
                return False
            node = Node("special", place, done + delta, known)
        into.append(node)
    if done < end:
        place = done + delta
        into.append(Node("text", place, end + delta, content[done:end]))
    return not stack
