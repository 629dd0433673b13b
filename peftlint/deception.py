"""Addresses that open something else than they look like.

User information in a host: RFC 3986, section 3.2.1, and 7.6 on its misuse.
Scripts mixed in a host's name, and letters of one that look like those of another: Unicode
Technical Standard 39, sections 4 and 5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from peftlint.address import split
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.value import Value

#: Schemes that run or show what stands in the address itself.
SCHEMES = ("javascript:", "vbscript:", "data:")
# Markdown makes no link of such an address; it stands in the text.
_PROGRAM = regex(
    r"\]\((?P<address>[ \t]{0,8}(?:javascript|vbscript|data:text)[^\s()]{0,200})", re.IGNORECASE
)
_CONTROL = regex(r"[\x00-\x20]+")
_USER = regex(r"(?:https?:)?//([^/?#\\]*)@([^/?#\\@]+)", re.IGNORECASE)
_HOST = regex(r"(?:https?:)?//([^/?#\\]+)", re.IGNORECASE)
_SHOWN = regex(
    r"(?P<scheme>https?://)?(?P<host>(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})(?P<path>/\S*)?",
    re.IGNORECASE,
)
#: Cyrillic and Greek letters that look like Latin ones, from the confusables of UTS 39.
_LOOK_LATIN = frozenset(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u04cf"
    "\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba"
)
#: What a host ends with that is shown without `www.`; no file does.
_ENDS = frozenset(
    """
    com org net edu gov io ai cc co cn de uk fr jp kr ca ch eu
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: The last two steps of a name under which anybody can have one.
_SECOND = frozenset(("ac", "co", "com", "edu", "gov", "net", "org", "or", "ne", "go"))
_SECOND_LENGTH = 2
#: Names of one house, or one that only leads on to others.
_SAME = (
    ("twitter.com", "x.com", "t.co"),
    ("youtube.com", "youtu.be"),
    ("github.com", "github.io", "githubusercontent.com", "git.io"),
    ("huggingface.co", "hf.co"),
    ("nips.cc", "neurips.cc"),
    ("aclweb.org", "aclanthology.org", "aclanthology.info"),
    ("facebook.com", "fb.com", "meta.com", "fb.me"),
    ("google.com", "goo.gl", "withgoogle.com", "blogspot.com", "googleblog.com", "forms.gle"),
    ("microsoft.com", "aka.ms", "msr.com"),
    ("cv-foundation.org", "thecvf.com"),
    ("medium.com", "towardsdatascience.com"),
    ("bilibili.com", "b23.tv"),
    ("linkedin.com", "lnkd.in"),
    ("openai.com", "chatgpt.com"),
    ("arxiv.org", "lanl.gov", "ar5iv.org"),
)
_HOUSE = {name: names[0] for names in _SAME for name in names}
_LEADING_ON = frozenset(
    """
    doi.org handle.net bit.ly tinyurl.com goo.gl t.co is.gd ow.ly purl.org web.archive.org
    archive.org archive.ph archive.today perma.cc dblp.org n2t.net w3id.org shorturl.at cutt.ly
    rb.gy
    """.split()  # noqa: SIM905 - a list of words is read more easily
)


class Deception(Value):
    """What an address opens other than it looks like.

    Attributes:
        shown: what it looks like.
        opened: what it opens.
        how: in a few words.
    """

    shown: str
    opened: str
    how: str


def is_plain(origin: str) -> bool:
    """Whether addresses are of the web and can hide no host; those that are not may be as sound.

    Args:
        origin: what they begin with, up to the slash behind the host.
    """
    is_shown = "@" not in origin and "xn--" not in origin and origin.isascii()
    return is_shown and origin.startswith("http")


def runs_code(url: str) -> str | None:
    """The scheme of an address that is itself a program or a page, or `None`."""
    if url.startswith(("http", "#")) or ":" not in url:
        return None
    start = _CONTROL.sub("", unquote(url[:60])).lower()
    if start.startswith("data:image/"):
        return None
    return next((scheme for scheme in SCHEMES if start.startswith(scheme)), None)


def may_have_programs(text: str) -> bool:
    """Whether `programs` may find any in a text: one look at it all, as hardly any has some."""
    return _PROGRAM.search(text) is not None


def programs(text: str, within: Span) -> Iterator[tuple[str, Span]]:
    """The addresses in running text that are programs, as Markdown makes no links of them.

    Args:
        text: the list.
        within: where it is running text.

    Yields:
        The scheme, and where the address stands.
    """
    if text.find("](", within.start, within.end) < 0:
        return
    for match in _PROGRAM.finditer(text, within.start, within.end):
        scheme = runs_code(match["address"])
        if scheme:
            yield scheme, Span(*match.span("address"))


def hidden_host(url: str) -> Deception | None:
    """Whether user information stands before the host of an address, which then looks like it."""
    if "@" not in url:
        return None
    match = _USER.match(url)
    return Deception(match[1], match[2], "a name before @ is no host") if match else None


def foreign_letters(url: str) -> Deception | None:
    """Whether a host is written with letters of another alphabet that look like Latin ones."""
    if url.isascii() and "xn--" not in url:
        return None
    match = _HOST.match(url)
    if match is None:
        return None
    host = _decoded(match[1])
    if host.isascii():
        return None
    *names, top = host.rstrip(".").split(".")
    for name in names:
        scripts = {_script(letter) for letter in name if letter.isalpha()}
        foreign = sorted(set(name) & _LOOK_LATIN)
        is_mixed = "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})
        is_alike = bool(foreign) and top.isascii() and set(name) <= _LOOK_LATIN
        if is_mixed or is_alike:
            letter = foreign[0] if foreign else next(c for c in name if not c.isascii())
            code = f"U+{ord(letter):04X}"
            return Deception(host, code, unicodedata.name(letter, "another letter").lower())
    return None


def _decoded(host: str) -> str:
    """A host with its names in Punycode as letters."""
    names = []
    for name in host.split("."):
        try:
            is_encoded = name.lower().startswith("xn--")
            names.append(name[4:].encode("ascii").decode("punycode") if is_encoded else name)
        except UnicodeError:
            names.append(name)
    return ".".join(names)


def _script(letter: str) -> str:
    """The first word of a letter's name: the script, for the three that matter here."""
    return unicodedata.name(letter, "").partition(" ")[0]


def other_host(label: str, url: str) -> Deception | None:
    """Whether a label that is itself an address shows another host than its link opens.

    Names of one house are the same host, and so are those that only lead on to others.
    """
    if "." not in label:
        return None
    match = _SHOWN.fullmatch(label.rstrip("./"))
    address = split(url)
    if match is None or address is None:
        return None
    host = match["host"].lower()
    # `WWW.Serve` is a name.
    is_full = host.startswith("www.") and host.count(".") > 1
    is_address = match["scheme"] or match["path"] or is_full
    if not is_address:
        return None
    opened = address.host.partition(":")[0]
    shown, real = registered(host), registered(opened)
    is_same = (
        _HOUSE.get(shown, shown) == _HOUSE.get(real, real)
        or not _LEADING_ON.isdisjoint((shown, real, host, opened))
        # An archive, a proxy or a counter: the address goes on in its own.
        or host.removeprefix("www.") in unquote(url[address.path_start :][:2000]).lower()
    )
    return None if is_same or not _has_known_end(match) else Deception(host, opened, "")


def _has_known_end(match: re.Match[str]) -> bool:
    """Whether it is sure that a host is shown, and not a file such as `src/model.py`."""
    if match["scheme"] or match["host"].lower().startswith("www."):
        return True
    return match["host"].rpartition(".")[2].lower() in _ENDS


def registered(host: str) -> str:
    """The part of a host's name that somebody has registered, as far as its length tells."""
    steps = host.split(".")
    is_deep = len(steps) > _SECOND_LENGTH and len(steps[-1]) == _SECOND_LENGTH
    count = 3 if is_deep and steps[-2] in _SECOND else 2
    return ".".join(steps[-count:])
