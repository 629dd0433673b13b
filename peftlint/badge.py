"""Badges: which images are some, and what a static badge of shields.io shows.

The rules of a static badge's address are those of <https://shields.io/badges/static-badge>:
`/badge/label-message-color` or `/badge/message-color`, where `_` and `%20` show a blank, `__`
an underscore and `--` a dash. `?label=` and `?color=` win over what the path says.
"""

from __future__ import annotations

import re
from functools import lru_cache

from peftlint.address import Address, split, unquoted
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.value import Value


class StaticBadge(Value):
    """What a static badge shows.

    Attributes:
        label: all the text that a reader sees; the two parts of a badge that has two are
            joined by a blank.
        message: the text on the colored part.
        color: as written, decoded: `blue`, `2962FF`.
        parts: 1 where the badge is all of one color, 2 where a grey label stands before it.
        path: the badge's own words in the address, `label-message-color` without suffix and
            query; the whole query of a badge that is written as `/static/v1?label=..`.
        color_span: the color in the address, wherever it is written.
        message_span: the message in the address.
    """

    label: str
    message: str
    color: str
    parts: int
    path: Span
    color_span: Span
    message_span: Span


_SHIELDS = frozenset(("img.shields.io", "shields.io", "raster.shields.io"))
_SUFFIXES = (".svg", ".png", ".json")

# Services whose images are badges.
_BADGE_HOSTS = _SHIELDS | frozenset(
    (
        "badge.fury.io",
        "badgen.net",
        "flat.badgen.net",
        "badges.gitter.im",
        "badges.frapsoft.com",
        "badges.aleen42.com",
        "circleci.com",
        "forthebadge.com",
        "hits.sh",
        "hits.dwyl.com",
        "hits.seeyoufarm.com",
        "komarev.com",
        "pepy.tech",
        "static.pepy.tech",
        "travis-ci.com",
        "travis-ci.org",
        "visitor-badge.glitch.me",
        "visitor-badge.laobi.icu",
        "visitor-badge.lithub.cc",
        "api.visitorbadge.io",
    )
)
# Elsewhere an image is a badge if its path says so: `/badge.svg`, `/colab-badge.svg`, `/badge/DOI`.
# Small letters, for `[a-z]` without case takes four times as long to compile.
_BADGE_WORD = regex(r"(?<![a-z0-9])badges?(?![a-z0-9])")

_DASHES = regex(r"-+")
_UNDERSCORES = regex(r"_+")


def is_badge_url(url: str) -> bool:
    """Whether the image at `url` is a badge: it comes from a badge service, or is named as one."""
    address = split(url)
    if address is not None and address.host in _BADGE_HOSTS:
        return True
    path = (address.path if address else url.partition("?")[0]).lower()
    return "badge" in path and _BADGE_WORD.search(path) is not None


@lru_cache(maxsize=1 << 12)  # a list has few keywords, and three rules ask about each badge
def decode(url: str) -> StaticBadge | None:
    """What the static badge at `url` shows, or `None` where it is no static badge."""
    if "shields.io/" not in url:
        return None
    address = split(url)
    if address is None or address.host not in _SHIELDS:
        return None
    if address.path in {"static/v1", "static/v1.svg"}:
        return _of_query(url, address)
    return _of_path(url, address)


def words(url: str) -> str | None:
    """What stands in the path of a static badge, `label-message-color`, well formed or not.

    Returns:
        `None` where `url` has no such path.
    """
    span = _words_span(url)
    return url[span.start : span.end] if span else None


def with_words(url: str, words: str) -> str:
    """The static badge at `url` with other words in its path.

    Raises:
        ValueError: `url` has no such path.
    """
    span = _words_span(url)
    if span is None:
        raise ValueError(f"no static badge: {url!r}")
    return url[: span.start] + words + url[span.end :]


def with_message_of(url: str, other: str) -> str | None:
    """The static badge at `url` with the message of another, written as that one writes it.

    Returns:
        `None` where that would not show the same message, label and color as meant: one of
        them is written as a path and the other as parameters.
    """
    shown, wanted = decode(url), decode(other)
    if shown is None or wanted is None:
        return None
    written = other[wanted.message_span.start : wanted.message_span.end]
    changed = url[: shown.message_span.start] + written + url[shown.message_span.end :]
    after = decode(changed)
    meant = (wanted.message, shown.parts, shown.color)
    if after is None or (after.message, after.parts, after.color) != meant:
        return None
    return changed


def _words_span(url: str) -> Span | None:
    address = split(url) if "shields.io/" in url else None
    if address is None or address.host not in _SHIELDS or not address.path.startswith("badge/"):
        return None
    start = address.path_start + len("/badge/")
    written = address.path[len("badge/") :]
    for suffix in _SUFFIXES:
        written = written.removesuffix(suffix)
    return Span(start, start + len(written))


def _of_path(url: str, address: Address) -> StaticBadge | None:
    path = _words_span(url)
    if path is None:
        return None
    start = path.start
    written = url[path.start : path.end]
    cuts = _separators(written)
    if not 1 <= len(cuts) <= 2:  # noqa: PLR2004 - a label, a message and a color at most
        return None
    color_start = cuts[-1] + 1
    message_start = cuts[-2] + 1 if len(cuts) > 1 else 0
    message = _shown(written[message_start : cuts[-1]])
    label = _shown(written[: cuts[0]]) if len(cuts) > 1 else ""
    color = unquoted(written[color_start:])
    color_span = Span(start + color_start, start + len(written))
    if address.query:
        parameters = _parameters(url)
        if "label" in parameters:
            label = parameters["label"][0]
        for name in ("color", "colorB"):
            if name in parameters:
                color, color_span = parameters[name]
    if not color:
        return None
    return StaticBadge(
        f"{label} {message}".strip(),
        message,
        color,
        2 if label else 1,
        path,
        color_span,
        Span(start + message_start, start + cuts[-1]),
    )


def _of_query(url: str, address: Address) -> StaticBadge | None:
    """`/static/v1?label=build&message=passing&color=green`."""
    parameters = _parameters(url)
    nothing = ("", Span(0, 0))
    label, _ = parameters.get("label", nothing)
    message, message_span = parameters.get("message", nothing)
    color, color_span = parameters.get("color", nothing)
    if not message or not color:
        return None
    start = url.index("?") + 1
    path = Span(start, start + len(address.query))
    parts = 2 if label else 1
    return StaticBadge(
        f"{label} {message}".strip(), message, color, parts, path, color_span, message_span
    )


def _separators(written: str) -> list[int]:
    """Where the single dashes are that part label, message and color.

    Two dashes are an escaped one. Of three the first parts, as shields.io reads them. Where
    no dash is single, the last two are two separators with an empty message between.
    """
    cuts: list[int] = []
    doubled: int | None = None
    for dashes in _DASHES.finditer(written):
        if (dashes.end() - dashes.start()) % 2:
            cuts.append(dashes.start())
        else:
            doubled = dashes.end() - 2
    if not cuts and doubled is not None:
        return [doubled, doubled + 1]
    return cuts


def _shown(written: str) -> str:
    """The text that shields.io shows for a part of the path."""
    written = unquoted(written)
    if "_" in written:
        written = _UNDERSCORES.sub(_unescaped, written)
    return written.replace("--", "-").strip()


def _unescaped(underscores: re.Match[str]) -> str:
    pairs, single = divmod(len(underscores[0]), 2)
    return "_" * pairs + " " * single


def _parameters(url: str) -> dict[str, tuple[str, Span]]:
    """The parameters in the query of `url`: each one's value, decoded, and its place."""
    found: dict[str, tuple[str, Span]] = {}
    start = url.index("?") + 1
    end = url.find("#", start)
    for pair in url[start : end if end >= 0 else len(url)].split("&"):
        name, equals, value = pair.partition("=")
        if equals and value:
            span = Span(start + len(pair) - len(value), start + len(pair))
            found.setdefault(name, (unquoted(value.replace("+", " ")), span))
        start += len(pair) + 1
    return found
