"""Parameters of an address that tell where its reader comes from and change nothing of the page.

They are those of ClearURLs, <https://github.com/ClearURLs/Rules>, as far as lists of papers have
use for them, and a few that need no more than a look at the page: GitHub's `tab=readme-ov-file`
is what it shows anyway, and arXiv's `context` only picks the list behind its arrows.
What means something on some host is not here: `ref` is a branch where code is kept, OpenReview's
`noteId` is a comment, and `referrer` there leads back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peftlint.address import Address, split
from peftlint.regex import regex
from peftlint.value import Value


class Cleaned(Value):
    """An address without what tracks.

    Attributes:
        url: the address.
        names: of the parameters that are gone, each once, in order.
    """

    url: str
    names: tuple[str, ...]


#: On any host: of campaigns (`utm_source`, and those of mailing services), and the click
#: identifiers of search engines and social networks.
_ANYWHERE = frozenset(
    """
    gclid gclsrc gbraid wbraid dclid fbclid msclkid yclid twclid ttclid igshid igsh li_fat_id
    mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking oly_anon_id oly_enc_id
    vero_id vero_conv wickedid ml_subscriber ml_subscriber_hash rb_clickid s_cid spm _openstat
    _ga _gl srsltid ref_src ref_url tdsourcetag __twitter_impression
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: What the names of a campaign's parameters begin with.
_CAMPAIGN = "utm_"
_TWITTER = "s t cn cxt"
_YOUTUBE = "si feature pp"
_AMAZON = "ref ref_ qid sr crid sprefix dchild pd_rd_w pd_rd_wg pd_rd_r pd_rd_i pf_rd_p pf_rd_r"
_BILIBILI = (
    "spm_id_from from_spmid from_source vd_source share_source share_medium share_plat "
    "share_session_id share_tag unique_k bbid"
)
#: On the host and those below it.
_AT_HOST: dict[str, frozenset[str]] = {
    host: frozenset(names.split())
    for host, names in {
        "arxiv.org": "context",
        "x.com": _TWITTER,
        "twitter.com": _TWITTER,
        "youtube.com": _YOUTUBE,
        "youtu.be": _YOUTUBE,
        "bilibili.com": _BILIBILI,
        "b23.tv": _BILIBILI,
        "amazon.com": _AMAZON,
        "linkedin.com": "trk trackingId lipi rcm",
        "reddit.com": "share_id rdt",
        "instagram.com": "igshid igsh",
        "medium.com": "source",
        "towardsdatascience.com": "source",
    }.items()
}
#: With these values only.
_WITH_VALUE: dict[tuple[str, str], frozenset[str]] = {
    ("github.com", "tab"): frozenset(("readme-ov-file",)),
    ("docs.google.com", "usp"): frozenset(
        ("sharing", "share_link", "drive_link", "drivesdk", "drive_web", "sf_link")
    ),
    ("drive.google.com", "usp"): frozenset(
        ("sharing", "share_link", "drive_link", "drivesdk", "drive_web")
    ),
    ("colab.research.google.com", "usp"): frozenset(("sharing", "share_link")),
    ("sciencedirect.com", "via"): frozenset(("ihub",)),
}
#: Where `ref` is a branch or a commit, and where it may be what is asked for.
_CODE_HOSTS = frozenset(
    """
    github.com githubusercontent.com bitbucket.org gitee.com codeberg.org huggingface.co
    modelscope.cn sourcegraph.com sr.ht azure.com
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_CODE_PATH = regex(r"(?:^|/)(?:-|blob|tree|raw|src|contents|commits?)/", re.IGNORECASE)
_PROGRAM = regex(r"\.(?:php|aspx?|cgi|jsp|do)$", re.IGNORECASE)
#: Not a friend's link: with its key it opens what else has to be paid for.
_FRIENDS_LINK = "friends_link"
#: On Twitter a post; elsewhere `s` and `t` may be a search and a time.
_POST = "/status/"

_SEPARATOR = regex(r"(&amp;|&)")
#: All names in the tables, in lower case.
_NAMES = _ANYWHERE.union(
    ("ref",),
    [name.lower() for names in _AT_HOST.values() for name in names],
    [name for _, name in _WITH_VALUE],
)


def cleaned(url: str) -> Cleaned | None:
    """An address without the parameters that track, each with its separator.

    Args:
        url: an address as written, where `&amp;` may stand for `&`.

    Returns:
        `None` where it has no such parameter. The rest of it stays as it was written.
    """
    address = split(url)
    if address is None or not _may_track(address.query):
        return None
    head, _, rest = url.partition("?")
    query = rest[: len(address.query)]
    pieces = _SEPARATOR.split(query)
    hosts = tuple(_hosts(address.host))
    kept: list[str] = []
    names: dict[str, None] = {}
    for index in range(0, len(pieces), 2):
        name, _, value = pieces[index].partition("=")
        if _tracks(address, hosts, name, value):
            names[name] = None
            continue
        if kept:
            kept.append(pieces[index - 1])
        kept.append(pieces[index])
    if not names:
        return None
    shorter = "".join(kept)
    return Cleaned(f"{head}{'?' if shorter else ''}{shorter}{rest[len(query) :]}", tuple(names))


def _may_track(query: str) -> bool:
    """Whether a name in a query is one that tracks somewhere: hardly any is."""
    names = [pair.partition("=")[0].lower() for pair in query.replace("&amp;", "&").split("&")]
    return not _NAMES.isdisjoint(names) or any(name.startswith(_CAMPAIGN) for name in names)


def _hosts(host: str) -> Iterator[str]:
    """A host and those above it, as far as one of them may be in a table."""
    steps = host[-253:].split(".")
    return (".".join(steps[-count:]) for count in range(2, min(len(steps), 5) + 1))


def _tracks(address: Address, hosts: tuple[str, ...], name: str, value: str) -> bool:
    lower = name.lower()
    if lower.startswith(_CAMPAIGN) or lower in _ANYWHERE:
        return True
    for host in hosts:
        if name in _AT_HOST.get(host, ()):
            if host in ("x.com", "twitter.com"):
                return _POST in address.path
            return not value.startswith(_FRIENDS_LINK)
        if value in _WITH_VALUE.get((host, name), ()):
            # On GitHub a repository's own page; its files and its people have other tabs.
            return host != "github.com" or address.path.strip("/").count("/") == 1
    return lower == "ref" and _is_referrer(address, hosts)


def _is_referrer(address: Address, hosts: tuple[str, ...]) -> bool:
    """Whether `ref` says where the reader comes from."""
    if address.host.startswith("git") or not _CODE_HOSTS.isdisjoint(hosts):
        return False
    return _CODE_PATH.search(address.path) is None and _PROGRAM.search(address.path) is None
