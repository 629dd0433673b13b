r"""Text from elsewhere in Markdown that GitHub renders, so that none of it acts.

GitHub looks for `@mentions`, issue numbers and hashes of commits in what Markdown has been made
into: neither a backslash nor `&#64;` keeps it from that, but code does.
Source: https://github.com/github/cmark-gfm/issues/181
So words stand as they are only where they are nothing but words; all else is code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.printable import is_harmless, printable
from peftlint.regex import regex

#: Letters and digits, joined by hyphens, apostrophes and the like; with what stands around words.
#: A dot or a colon inside could make an address or an emoji (`:tada:`), a line of hyphens a rule.
_WORD = regex(
    r"[\"'(\u201c\u2018]{0,3}[^\W_]+(?:[-/'\u2019][^\W_]+){0,9}[\"'\u201d\u2019),.;:!?]{0,4}"
)
#: What GitHub makes a link of: a hash of a commit, `GH-1`.
_REFERENCE = regex(r"[0-9a-f]{7,40}|gh-[0-9]+", re.IGNORECASE)
_HAS_DIGIT = regex(r"[0-9]")
#: A title or a label as messages quote them.
_QUOTED = regex(r"(?<![^\s(])'(?=\S)([^\r\n]{1,300}?)'(?=[\s,.;:)]|$)")
#: What may follow it.
_AFTER_CODE = regex(r"[,.;:)]{1,3}")
_BACKTICKS = regex(r"`+")
#: The runner obeys it anywhere in a line, see `terminal.without_workflow_commands`.
_COMMAND = regex(r"##(?=\[)")
_COMMAND_LINE = regex(r"##\[|^\s*::")
#: A fence of fewer is none.
_SHORTEST_FENCE = 3

ELLIPSIS = "\u2026"


def prose(text: str, most: int | None = None) -> str:
    """A sentence with words of a list in it, to stand behind other text of a line.

    Args:
        text: one line.
        most: how many characters of it are shown.
    """
    shown = printable(text)
    if most is not None and len(shown) > most:
        shown = shown[: most - 1] + ELLIPSIS
    pieces: list[str] = []
    done = 0
    for match in _QUOTED.finditer(shown):
        if not all(map(_is_plain, match[1].split())):
            pieces += [_words(shown[done : match.start()]), code(match[1])]
            done = match.end()
    pieces.append(_words(shown[done:]))
    return "".join(pieces).strip()


def _words(text: str) -> str:
    """Words as they are, and all else as code."""
    pieces: list[str] = []
    odd: list[str] = []
    for word in text.split(" "):
        if word and not _is_plain(word) and not _AFTER_CODE.fullmatch(word):
            odd.append(word)
            continue
        if odd:
            pieces.append(_clause(odd))
            odd.clear()
        pieces.append(word)
    if odd:
        pieces.append(_clause(odd))
    return " ".join(pieces)


def _clause(words: Sequence[str]) -> str:
    """Words as code, without the mark that ends them."""
    text = " ".join(words)
    end = len(text) - 1 if text[-1] in ",;:" and text[:-1] else len(text)
    return code(text[:end]) + text[end:]


def _is_plain(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and not any(
        match[0][:3].lower() == "gh-" or _HAS_DIGIT.search(match[0])
        for match in _REFERENCE.finditer(word)
    )


def code(text: str, most: int | None = None) -> str:
    """A code span that shows a text, whatever is in it.

    Args:
        text: what it shows; blanks and line ends become one blank each.
        most: how many characters of it are shown.
    """
    shown = " ".join(printable(" ".join(text[: most and most * 4].split())).split())
    if most is not None and len(shown) > most:
        shown = shown[: most - 1] + ELLIPSIS
    shown = _COMMAND.sub(r"\\x23#", shown)
    if not shown:
        return ""
    marks = "`" * (_longest_run(shown) + 1)
    # One blank is taken off at each side; without it a backtick would join the marks.
    pad = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{marks}{pad}{shown}{pad}{marks}"


def fence(lines: Sequence[str]) -> list[str]:
    """The lines of a block of code that shows these lines as they are.

    Args:
        lines: for which `can_stand_in_fence` is so.
    """
    longest = max((_longest_run(line) for line in lines), default=0)
    marks = "`" * max(_SHORTEST_FENCE, longest + 1)
    return [f"{marks}markdown", *lines, marks]


def can_stand_in_fence(lines: Sequence[str]) -> bool:
    """Whether lines can be shown as they are.

    They are there to be copied, so what must not be shown is not replaced: it is not shown.
    """
    return all(is_harmless(line) and not _COMMAND_LINE.search(line) for line in lines)


def link(text: str, address: str | None) -> str:
    """A link to the page of a rule.

    Args:
        text: the code and the name of a rule.
        address: of its page, or `None`.
    """
    if address is None:
        return text
    return f"[{text}](<{''.join(map(_in_address, address))}>)"


def _in_address(character: str) -> str:
    if character in "<>\\\"`|[]()*_&'$":
        return f"%{ord(character):02X}" if character != "&" else "&amp;"
    return character


def _longest_run(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)
