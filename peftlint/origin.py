"""The links of a list by the origin of their address, such as `https://arxiv.org`.

Many rules ask something of a link's host, and a list has far fewer hosts than links: so a rule asks
it of each origin, and looks at the links of those few that it may have to say something of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peftlint.model import Document, Link

#: The slash behind a host stands no earlier: `https://` has eight characters, and the host of an
#: address with less before it has one at least.
_SLASH_FROM = 8


def links_by_origin(document: Document) -> Mapping[str, Sequence[Link]]:
    """The links of a list by what their addresses begin with, before the slash behind the host.

    An address without such a slash is its own origin, one that is no web address has any beginning
    of it, and links without address have an empty one. Whatever `peftlint.address.split` says of
    scheme and host, it says of an origin as it does of its addresses.
    """
    return document.once(_links_by_origin)


def _links_by_origin(document: Document) -> Mapping[str, Sequence[Link]]:
    found: dict[str, list[Link]] = {}
    for link in document.links:
        url = link.url or ""
        slash = url.find("/", _SLASH_FROM)
        origin = url[:slash] if slash > 0 else url
        some = found.get(origin)
        if some is None:
            found[origin] = [link]
        else:
            some.append(link)
    return found
