"""Where links lead: addresses, titles and labels as markdown-it reads them.

The rules are markdown-it's, whose names are given; tests compare what comes of them.
Source: https://spec.commonmark.org/0.31.2/#links, and markdown-it-py's `helpers` and `utils`.
"""

from __future__ import annotations

import re

from peftlint.markdown.blockstate import WHITE_SPACE
from peftlint.regex import regex

#: Brackets in an address, one in the other, go no deeper.
_DEEPEST = 32
_IN_ANGLES = regex(r"<((?:[^\n<>\\]|\\[\s\S])*+)>")
#: What has no meaning in an address: neither a bracket nor its end.
_RUN = regex(r"(?:[^\x00-\x20\x7f\\()]|\\[^ ]|\\\Z)*+")
#: What may stand in a title by how it begins, and how it ends.
TITLES = {
    '"': (regex(r'(?:[^"\\]|\\[\s\S])*+'), '"'),
    "'": (regex(r"(?:[^'\\]|\\[\s\S])*+"), "'"),
    "(": (regex(r"(?:[^()\\]|\\[\s\S])*+"), ")"),
}
_ESCAPE = regex(
    r"\\([!-/:-@\[-`{-~])|&(?:\#([0-9]{1,8}|x[a-f0-9]{1,8})|([a-z][a-z0-9]{1,31}));",
    re.IGNORECASE,
)
_REFUSED = ("vbscript:", "javascript:", "file:", "data:")
_IMAGE_DATA = ("data:image/gif;", "data:image/png;", "data:image/jpeg;", "data:image/webp;")
#: Halves of pairs, what is never to be used, controls, and what is beyond all. The last two of each
#: plane are none, either.
_NO_CHARACTERS = (
    range(0xD800, 0xE000),
    range(0xFDD0, 0xFDF0),
    range(0x09),
    range(0x0B, 0x0C),
    range(0x0E, 0x20),
    range(0x7F, 0xA0),
    range(0x110000, 0x7FFFFFFFF),
)
_WHITE_RUN = regex(f"[{WHITE_SPACE}]+")


def read_address(text: str, start: int, end: int) -> tuple[int, str] | None:
    """The address that begins at an offset: where it ends, and what it is; `None` where none does.

    markdown-it's `parseLinkDestination`.

    Args:
        text: in which it stands.
        start: where.
        end: where what is looked at ends.
    """
    if text.startswith("<", start, end):
        found = _IN_ANGLES.match(text, start, end)
        return (found.end(), unescaped(found[1])) if found else None
    at = start
    depth = 0
    while True:
        run = _RUN.match(text, at, end)
        at = run.end() if run else at
        bracket = text[at : min(at + 1, end)]
        if bracket == "(":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif bracket == ")" and depth:
            depth -= 1
        else:
            break
        at += 1
    return None if depth or at == start else (at, unescaped(text[start:at]))


def title_end(text: str, start: int, end: int) -> int:
    """Where the title that begins at an offset ends; -1 where none does."""
    known = TITLES.get(text[start : start + 1])
    if known is None:
        return -1
    inside, closing = known
    found = inside.match(text, start + 1, end)
    at = found.end() if found else start + 1
    return at + 1 if text.startswith(closing, at, end) else -1


def is_refused(address: str) -> bool:
    """Whether markdown-it makes no link to an address, as it may run something."""
    address = address.strip().lower()
    return address.startswith(_REFUSED) and not address.startswith(_IMAGE_DATA)


def label_key(label: str) -> str:
    """What a label of a reference is known by: markdown-it's `normalizeReference`."""
    return _WHITE_RUN.sub(" ", label.strip(WHITE_SPACE)).lower().upper()


def unescaped(text: str) -> str:
    """Text in which escapes and entities are what they stand for: markdown-it's `unescapeAll`."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    character, number, name = match.groups()
    if character:
        return character
    meant = numbered(number) if number else named(name)
    return match[0] if meant is None else meant


def named(name: str) -> str | None:
    """What an entity stands for, by its name without `&` and `;`."""
    # Loaded here: it takes two milliseconds, and few lists have one.
    from html.entities import html5

    return html5.get(f"{name};")


def numbered(number: str) -> str | None:
    """The character of an entity like `&#160;`, by its digits; `None` where there is none.

    Args:
        number: decimal digits, or an `x` and hexadecimal ones.
    """
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if code & 0xFFFE == 0xFFFE or any(code in none for none in _NO_CHARACTERS):  # noqa: PLR2004
        return None
    return chr(code)
