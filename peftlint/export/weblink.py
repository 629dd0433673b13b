"""Addresses on the web, safe to write into any file."""

from __future__ import annotations

import re
from urllib.parse import quote

from peftlint.model import Entry, Role
from peftlint.regex import regex

_ON_THE_WEB = regex(r"(?:https?|ftp)://[^\s/]", re.IGNORECASE)
#: Those of RFC 3986, sections 2.1 to 2.3, but the brackets, which belong to no path.
_SAFE = "%:/?#@!$&'()*+,;=-._~"
#: Where a work is looked up first. A reader who wants the paper has no use for its code.
_BY_USE: tuple[Role, ...] = ("paper", "project", "code", "data", "other")


def safe_address(url: str) -> str:
    """An address with all that has no place in one percent-encoded, as browsers do it.

    What is left holds no blank, no quote, no brace, no backslash, no bracket and no character but
    ASCII.
    """
    return quote(url.strip(), safe=_SAFE, errors="replace")


def addresses(entry: Entry, role: Role) -> list[str]:
    """The addresses of an entry's links in that role, each once, in order."""
    found = (safe_address(link.url) for link in entry.links if link.role == role and link.url)
    return list(dict.fromkeys(found))


def best_address(entry: Entry) -> str | None:
    """Where to read the work: the first paper, else the page, the code, the data, anything.

    A path within the list's own repository leads nowhere from another file and is none.
    """
    links = [link for link in entry.links if link.url and _ON_THE_WEB.match(link.url.strip())]
    if not links:
        return None
    first = min(links, key=lambda link: _BY_USE.index(link.role))
    return safe_address(first.url or "")
