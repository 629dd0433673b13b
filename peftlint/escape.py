"""Text as it is written where marks have a meaning, so that it reads as it is."""

from __future__ import annotations

import re

from peftlint.regex import regex

#: What begins or ends something in Markdown; `|` does in a table only, `~` and `$` on GitHub.
#: CommonMark 0.31, section 2.4: each of them may be escaped.
_MARKS = regex(r"[\\`*\[\]<|~$]")
#: An underscore inside a word is one.
_UNDERSCORE = regex(r"(?<![^\W_])_|_(?![^\W_])")
#: What ends a cell of a table, also inside code and addresses
#: (https://github.github.com/gfm/#tables-extension-).
CELL_END = regex(r"(?<!\\)\|")
_ESCAPED_OR_CODE = regex(r"\\.|(`+)|\|", re.DOTALL)
_BACKTICKS = regex(r"`+")
#: What is read as an entity.
_ENTITY = regex(r"&(?=#?\w{1,40};)")
#: What opens a block at the beginning of a line.
_BLOCK_OPENING = regex(
    r"(?P<number>\d{1,9})[.)](?=\s|$)|#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|~~~|"
    r"(?:-[ \t]*){3,}$"
)
_IN_DESTINATION = regex(r"[\\<>]|&(?=#?\w{1,40};)")
_IN_ATTRIBUTE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def in_markdown(text: str) -> str:
    """`text`, one line, as it is written inside a paragraph of Markdown.

    Only what would be read otherwise is escaped: `CoOp` and `Text_Prompt` stay as they are.
    """
    escaped = _MARKS.sub(r"\\\g<0>", text)
    escaped = _UNDERSCORE.sub(r"\\_", escaped)
    return _ENTITY.sub(r"\\&", escaped)


def in_cell(markdown: str) -> str:
    """Markdown of one line as it is written in a cell of a table.

    There a bar needs a backslash also inside code; one that has its own outside code keeps it.

    Args:
        markdown: inline content.
    """
    if "|" not in markdown:
        return markdown
    pieces = []
    at = 0
    while match := _ESCAPED_OR_CODE.search(markdown, at):
        pieces.append(markdown[at : match.start()])
        at = match.end()
        found = match[0]
        if match[1]:
            # Code ends at the next run of as many backticks; without one these are text.
            end = _code_end(markdown, at, len(match[1]))
            found += markdown[at:end].replace("|", "\\|")
            at = end
        pieces.append("\\|" if found == "|" else found)
    pieces.append(markdown[at:])
    return "".join(pieces)


def _code_end(markdown: str, at: int, length: int) -> int:
    for run in _BACKTICKS.finditer(markdown, at):
        if len(run[0]) == length:
            return run.end()
    return at


def out_of_cell(markdown: str) -> str:
    """What stands in a cell of a table, as it is written elsewhere: `in_cell` turned round."""
    return markdown.replace("\\|", "|")


def in_attribute(text: str) -> str:
    """`text` as it is written between the quotes of an attribute in HTML, of either kind."""
    return "".join(_IN_ATTRIBUTE.get(letter, letter) for letter in text)


def at_line_start(markdown: str) -> str:
    """Markdown of one line as it is written where a block begins.

    There a number with a full stop opens a list, `#` a heading, `---` a rule
    (CommonMark 0.31, chapter 4 and section 5.2). What is escaped reads as it is.

    Args:
        markdown: inline content.
    """
    match = _BLOCK_OPENING.match(markdown)
    if match is None:
        return markdown
    at = match.end("number") if match["number"] else 0
    return f"{markdown[:at]}\\{markdown[at:]}"


def in_destination(url: str) -> str:
    """An address as it is written between the parentheses of a link or an image."""
    escaped = _IN_DESTINATION.sub(r"\\\g<0>", url)
    depth = 0
    for bracket in url:
        depth += (bracket == "(") - (bracket == ")")
        if depth < 0:
            break
    if depth or " " in url:
        return f"<{escaped}>"
    return escaped
