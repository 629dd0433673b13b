"""What identifies a work, read from an address.

Two addresses with one identity open the same work, whatever they look like.
A wrong identity is worse than none, so an address counts only where its form leaves no doubt:
a book, a proceedings volume, a revision or a figure identifies no entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from peftlint import arxiv
from peftlint.address import Address, likely_host, parameter, split, unquoted
from peftlint.model import Entry
from peftlint.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Kind: TypeAlias = (
    "Literal['arxiv', 'doi', 'openreview', 'acl', 'cvf', 'pmlr', 'neurips', 'ieee', 's2']"
)

Identity = tuple[Kind, str]

#: How more addresses begin than in any other way.
_AT_ARXIV = ("https://arxiv.org/", "http://arxiv.org/")


@lru_cache(maxsize=1 << 14)  # the reader and two rules ask about each link
def ids_of_url(url: str) -> tuple[Identity, ...]:
    """The identities that an address gives.

    Args:
        url: an address as written in a list.

    Returns:
        Kind and identifier in canonical form: arXiv ids without version, DOIs in lower case,
        ACL Anthology ids without `.pdf`. A DOI that stands for an arXiv or an ACL Anthology id
        is given as that. Empty where the address identifies nothing.
    """
    is_arxiv = url.startswith(_AT_ARXIV)
    read = _arxiv if is_arxiv else _READERS.get(likely_host(url), _doi_in_path)
    if read is _arxiv:
        # What the rules about arXiv ask as well, found once.
        found = _of_paper(arxiv.id_in_url(url))
    elif read is _doi_in_path and "/doi/" not in url:
        return ()
    else:
        address = split(url)
        found = None if address is None else read(address)
    return (found,) if found else ()


def forget() -> None:
    """Let go of what is remembered of addresses, where nobody is to ask about them again."""
    ids_of_url.cache_clear()
    arxiv.id_in_url.cache_clear()


def papers(entry: Entry) -> tuple[Identity, ...]:
    """The papers that an entry's paper links open, each once, in order."""
    found: tuple[Identity, ...] = ()
    if not entry.ids:
        # Those of its links are among them.
        return found
    for link in entry.links:
        if link.role == "paper" and link.url:
            opened = ids_of_url(link.url)
            found += opened if not found else tuple([one for one in opened if one not in found])
    return found


def _arxiv(address: Address) -> Identity | None:
    return _of_paper(arxiv.of_address(address))


def _of_paper(paper: arxiv.PaperAddress | None) -> Identity | None:
    return ("arxiv", paper.id.id) if paper and paper.id else None


# --- DOI ------------------------------------------------------------------------------------

_DOI = regex(r"10\.[0-9]{4,9}/[^\s?#]+")
# The verbs of Atypon's platform, which ACM, Wiley, SAGE, Science and others run on; `book` and
# `proceedings`, which open a volume, are left out on purpose.
_DOI_VERBS = frozenset(
    ("abs", "pdf", "full", "fullHtml", "epdf", "pdfplus", "pdfdirect", "epub", "reader")
)
_VOLUME_DOI = regex(
    r"10\.1007/97[89][0-9-]+"  # a book at Springer; its chapters end in `_14`
    r"|10\.1109/[a-z]+[0-9]*\.[0-9]{4}"  # IEEE proceedings; papers have one more number
    r"|10\.18653/v1/[0-9]{4}\.[a-z0-9]+-[a-z0-9]+"  # ACL proceedings, likewise
)
_ARXIV_DOI = "10.48550/arxiv."
_ACL_DOI = "10.18653/v1/"
#: What those of a volume begin with.
_OF_VOLUMES = ("10.1007/97", "10.1109/", "10.18653/v1/")
#: Last steps of an address that only say what of the paper it opens.
_DOI_TAILS = frozenset(("full", "abstract", "pdf", "epdf", "meta"))
_DOI_END = "/.,;:)]'\""


def _doi(text: str) -> Identity | None:
    """The identity that `text`, which begins with a DOI, gives."""
    text = unquoted(text)
    match = _DOI.match(text)
    if match is None:
        return None
    doi = match[0].rstrip(_DOI_END).removesuffix(".pdf")
    head, _, tail = doi.rpartition("/")
    doi = (head if tail in _DOI_TAILS else doi).lower()
    if doi.startswith(_ARXIV_DOI):
        found = arxiv.canonical(doi[len(_ARXIV_DOI) :])
        return ("arxiv", found) if found else None
    if doi.startswith(_OF_VOLUMES) and _VOLUME_DOI.fullmatch(doi):
        return None
    if doi.startswith(_ACL_DOI):
        return _acl_id(doi[len(_ACL_DOI) :])
    return ("doi", doi)


def _at_doi_org(address: Address) -> Identity | None:
    path = address.path.lstrip("/")
    return _doi(path[4:] if path[:4].lower() == "doi:" else path)


def _doi_in_path(address: Address) -> Identity | None:
    """`/doi/10.1126/x`, `/doi/pdf/10.1145/x`: Atypon's addresses, on any host."""
    if not address.path.startswith("doi/"):
        return None
    rest = address.path[len("doi/") :]
    verb, slash, after = rest.partition("/")
    return _doi(after if slash and verb in _DOI_VERBS else rest)


_MIT_PRESS = regex(r"[a-z-]+/article(?:-pdf)?/doi/(10\.1162/[a-z0-9_.]+)/.*")


def _at_mit_press(address: Address) -> Identity | None:
    match = _MIT_PRESS.fullmatch(address.path)
    return _doi(match[1]) if match else None


def _at_acm(address: Address) -> Identity | None:
    if address.path == "citation.cfm":
        number = parameter(address.query, "id") or ""
        return ("doi", f"10.1145/{number}") if re.fullmatch(r"[0-9]+\.[0-9]+", number) else None
    return _doi_in_path(address)


def _at_springer(address: Address) -> Identity | None:
    for prefix in ("article/", "chapter/", "content/pdf/"):
        if address.path.startswith(prefix):
            return _doi(address.path[len(prefix) :])
    return None


_NATURE = regex(r"articles/(s[0-9]{5}-[0-9]{3}-[0-9]{4,5}-[0-9a-z]+|nature[0-9]{5})(?:\.pdf)?/?")


def _at_nature(address: Address) -> Identity | None:
    match = _NATURE.fullmatch(address.path)
    return ("doi", f"10.1038/{match[1]}") if match else None


_RXIV = regex(r"content/(?:biorxiv/early/[0-9/]+/)?(10\.1101/[0-9.]+)v[0-9]+(?:\.[a-z.-]+)?/?")


def _at_biorxiv(address: Address) -> Identity | None:
    match = _RXIV.fullmatch(address.path)
    return ("doi", match[1]) if match else None


# --- Other houses ---------------------------------------------------------------------------

_OPENREVIEW_VERBS = frozenset(("forum", "pdf", "attachment"))
_OPENREVIEW_ID = regex(r"[A-Za-z0-9_-]{6,20}")


def _at_openreview(address: Address) -> Identity | None:
    if address.path.strip("/") not in _OPENREVIEW_VERBS:
        return None
    # Seen in lists: `?id=X&amp;noteId=Y`, and a full stop that was meant for the sentence.
    found = parameter(address.query.replace("&amp;", "&"), "id") or ""
    return ("openreview", found) if _OPENREVIEW_ID.fullmatch(found) else None


# <https://aclanthology.org/info/ids/>: until 2019 a letter, the year, and volume with number;
# since 2020 year, venue, volume and number. Number 0 is the front matter.
_OLD_ACL = regex(r"([a-z][0-9]{2})-([0-9]{4})")
_NEW_ACL = regex(r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[1-9][0-9]*")
_ACL_SUFFIX = regex(r"(?:v[0-9]+)?(?:\.pdf|\.bib|\.html)?")


def _acl_id(text: str) -> Identity | None:
    text = text.lower()
    match = _NEW_ACL.match(text)
    if match and _ACL_SUFFIX.fullmatch(text, match.end()):
        return ("acl", match[0])
    match = _OLD_ACL.match(text)
    if match and _ACL_SUFFIX.fullmatch(text, match.end()):
        front_matter = "00" if text[0] == "w" else "000"
        return None if match[2].endswith(front_matter) else ("acl", match[0].upper())
    return None


def _at_acl(address: Address) -> Identity | None:
    steps = address.path.strip("/").split("/")
    if steps[0] in {"volumes", "events", "venues", "people", "attachments", "sigs"}:
        return None
    return _acl_id(steps[-1])


_CVF = regex(
    r"content[^/]*/(?:[^/]+/){1,3}([^/]+_(?:CVPRW?|ICCVW?|ECCVW?|WACVW?|ACCVW?)_[0-9]{4})_paper\.(?:pdf|html|php)"
)


def _at_cvf(address: Address) -> Identity | None:
    match = _CVF.fullmatch(address.path)
    return ("cvf", match[1].lower()) if match else None


_PMLR = regex(r"(v[0-9]+)/([a-z][a-z0-9_-]*[0-9]{2}[a-z]*)(?:\.html|\.pdf|/\2\.pdf)?")


def _at_pmlr(address: Address) -> Identity | None:
    match = _PMLR.fullmatch(address.path)
    return ("pmlr", f"{match[1]}/{match[2]}") if match else None


_NEURIPS = regex(r"paper(?:_files)?/(?:paper/)?[0-9]{4}/(?:hash|file)/([0-9a-f]{32})-[A-Za-z_.-]+")


def _at_neurips(address: Address) -> Identity | None:
    match = _NEURIPS.fullmatch(address.path)
    return ("neurips", match[1]) if match else None


_IEEE = regex(r"(?:abstract/)?document/([0-9]+)/?")


def _at_ieee(address: Address) -> Identity | None:
    match = _IEEE.fullmatch(address.path)
    if match:
        return ("ieee", match[1].lstrip("0"))
    number = parameter(address.query, "arnumber") or ""
    is_number = number.isascii() and number.isdigit()
    return ("ieee", number.lstrip("0")) if is_number else None


_S2 = regex(r"(?:paper|reader)/(?:[^/]+/)?([0-9a-f]{40})/?")


def _at_semantic_scholar(address: Address) -> Identity | None:
    match = _S2.fullmatch(address.path)
    return ("s2", match[1]) if match else _arxiv(address)


_READERS: dict[str, Callable[[Address], Identity | None]] = {
    **dict.fromkeys(arxiv.HOSTS, _arxiv),
    **dict.fromkeys(("doi.org", "dx.doi.org", "www.doi.org", "doi.acm.org"), _at_doi_org),
    "dl.acm.org": _at_acm,
    "direct.mit.edu": _at_mit_press,
    "link.springer.com": _at_springer,
    **dict.fromkeys(("nature.com", "www.nature.com"), _at_nature),
    **dict.fromkeys(
        ("biorxiv.org", "www.biorxiv.org", "medrxiv.org", "www.medrxiv.org"), _at_biorxiv
    ),
    **dict.fromkeys(("openreview.net", "www.openreview.net"), _at_openreview),
    **dict.fromkeys(
        (
            "aclanthology.org",
            "www.aclanthology.org",
            "aclanthology.info",
            "aclweb.org",
            "www.aclweb.org",
            "anthology.aclweb.org",
            "aclanthology.coli.uni-saarland.de",
        ),
        _at_acl,
    ),
    "openaccess.thecvf.com": _at_cvf,
    "proceedings.mlr.press": _at_pmlr,
    **dict.fromkeys(("papers.nips.cc", "papers.neurips.cc", "proceedings.neurips.cc"), _at_neurips),
    "ieeexplore.ieee.org": _at_ieee,
    **dict.fromkeys(("semanticscholar.org", "www.semanticscholar.org"), _at_semantic_scholar),
}
