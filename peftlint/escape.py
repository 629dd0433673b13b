"""Text as it is written where marks have a meaning, so that it reads as it is."""

from __future__ import annotations

import re

#: What begins or ends something in Markdown; `|` does in a table only, `~` and `$` on GitHub.
#: CommonMark 0.31, section 2.4: each of them may be escaped.
_MARKS = re.compile(r"[\\`*\[\]<|~$]")
#: An underscore inside a word is one.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
#: What is read as an entity.
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_IN_ATTRIBUTE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def in_markdown(text: str) -> str:
    """`text`, one line, as it is written inside a paragraph of Markdown.

    Only what would be read otherwise is escaped: `CoOp` and `Text_Prompt` stay as they are.
    """
    escaped = _MARKS.sub(r"\\\g<0>", text)
    escaped = _UNDERSCORE.sub(r"\\_", escaped)
    return _ENTITY.sub(r"\\&", escaped)


def in_attribute(text: str) -> str:
    """`text` as it is written between the quotes of an attribute in HTML, of either kind."""
    return "".join(_IN_ATTRIBUTE.get(letter, letter) for letter in text)
