"""Front matter: what a page says of itself to a site generator, before any Markdown."""

from __future__ import annotations

from peftlint.regex import regex
from peftlint.source import Lines

_CLOSING = ("---", "...")
_TOML = "+++"
#: A table's name, a key, a comment, what goes on with a value, or nothing.
_TOML_LINE = regex(r"\[{1,2}[^\[\]]+\]{1,2}\s*(?:#.*)?$|[\w.\"'-]+\s*=|\s|[#\]}]|$")
_KEY = regex(r"[\w\"'][^:#\[\]()]*:(?:\s|$)")
#: What may follow the first key: another, what is indented below it, an item or a comment.
_MORE = regex(rf"(?:{_KEY.pattern}|\s|[-#]|$)")
#: A link is a list's, unless it stands in quotes.
_LINK = regex(r"(?![^:]*:\s*[\"']).*\]\(")


def front_matter_end(lines: Lines) -> int:
    """The last line of what a text begins with between `---` and `---`, or `+++`; 0 for none.

    Between `---` it is YAML, between `+++` it is TOML. A text may as well begin with a rule and
    go on to another, so all between has to look like that and like no list.
    """
    if lines.content(1).rstrip() == _TOML:
        return _toml_end(lines)
    if lines.content(1).rstrip() != _CLOSING[0]:
        return 0
    wanted = _KEY
    for number in range(2, len(lines) + 1):
        line = lines.content(number)
        if wanted is _MORE and line.rstrip() in _CLOSING:
            return number
        if not wanted.match(line) or _LINK.match(line):
            return 0
        wanted = _MORE
    return 0


def _toml_end(lines: Lines) -> int:
    for number in range(2, len(lines) + 1):
        line = lines.content(number)
        if line.rstrip() == _TOML:
            return number
        if not _TOML_LINE.match(line):
            return 0
    return 0
