"""The links of a list that have to do with arXiv, found once for all rules about them."""

from __future__ import annotations

from collections.abc import Sequence

from peftlint.address import likely_host
from peftlint.arxiv import HOSTS, PaperAddress, id_in_url, may_mean_paper
from peftlint.model import Document, Link
from peftlint.origin import links_by_origin

#: What nearly all links to a paper on arXiv begin with.
_ABSTRACTS = "https://arxiv.org/abs/"

#: A link and what its address says of a paper; `None` where that is no paper's address, but may be
#: meant for one.
OddLink = tuple[Link, PaperAddress | None]


def odd_links(document: Document) -> Sequence[OddLink]:
    """The links on arXiv that are anything else than `https://arxiv.org/abs/2106.09685`.

    Most lists have few, and no rule has anything to say of the others. Where an address names a
    paper that cannot exist, the paper's `id` is `None`.
    """
    return document.once(_odd_links)


def _odd_links(document: Document) -> Sequence[OddLink]:
    found: list[OddLink] = []
    for origin, links in links_by_origin(document).items():
        if likely_host(origin) not in HOSTS:
            continue
        for link in links:
            url = link.url or ""
            paper = id_in_url(url)
            if paper is None:
                if may_mean_paper(url):
                    found.append((link, None))
            elif paper.id is None or paper.has_suffix or not url.startswith(_ABSTRACTS):
                found.append((link, paper))
    return found
