"""Web addresses, taken apart far enough to compare hosts.

Hosts are compared as a whole, never searched for: `notarxiv.org`, `arxiv.org.evil.com` and
`arxiv.org@evil.com` are not arXiv.
`urllib.parse.urlsplit` costs ten times as much, and every link of a list comes through here.
"""

from __future__ import annotations

from peftlint.value import Value


class Address(Value):
    """The parts of an absolute `http` or `https` address.

    Attributes:
        scheme: `http` or `https`; empty for `//host/path`, which takes the page's.
        host: in lower case; a port stays with it.
        path: what follows the host's slash, without that slash, query and fragment.
        query: what stands between `?` and `#`, without the two.
        path_start: where the path's slash stands, as an offset into the address.
    """

    scheme: str
    host: str
    path: str
    query: str
    path_start: int


_SCHEMES = {"https:": "https", "http:": "http", "": ""}


def split(url: str) -> Address | None:
    """The parts of `url`.

    Args:
        url: an address as written in a list.

    Returns:
        `None` for a relative address, another scheme, or a host with user information or a
        backslash in it, which browsers and parsers read in different ways.
    """
    parts = url.split("/", 3)
    if len(parts) < 3 or parts[1]:  # noqa: PLR2004 - scheme, nothing, host
        return None
    scheme = _SCHEMES.get(parts[0].lower())
    if scheme is None:
        return None
    host = parts[2].lower()
    path_start = len(parts[0]) + 2 + len(host)
    if not host or "@" in host or "\\" in host:
        return None
    if len(parts) == 3:  # noqa: PLR2004 - there is no slash after the host
        return None if "?" in host or "#" in host else Address(scheme, host, "", "", path_start)
    path = parts[3]
    if "#" in path:
        path = path[: path.index("#")]
    query = ""
    if "?" in path:
        path, query = path.split("?", 1)
    return Address(scheme, host, path, query, path_start)


def likely_host(url: str) -> str:
    """The host of an address in lower case, if it has one that `split` takes; else any text.

    A look that takes a third of the time of `split`, to know whether that is worth it.
    """
    parts = url.split("/", 3)
    return parts[2].lower() if len(parts) > 2 else ""  # noqa: PLR2004 - scheme, nothing, host


def parameter(query: str, name: str) -> str | None:
    """The value of the first parameter `name` in a query, as written, or `None`."""
    for pair in query.split("&"):
        key, equals, value = pair.partition("=")
        if equals and key == name:
            return value
    return None


def unquoted(text: str) -> str:
    """`text` with the characters that `%` and their bytes stand for, as `urllib.parse` has it."""
    if "%" not in text:
        return text
    # Loaded here: a short list may do without, and to load it takes as long as to read ten entries.
    from urllib.parse import unquote

    return unquote(text)
