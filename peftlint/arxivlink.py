"""The links of a list to papers on arXiv, found once for all rules about them."""

from __future__ import annotations

from collections.abc import Mapping

from peftlint.arxiv import PaperAddress, id_in_url
from peftlint.model import Document


def arxiv_papers(document: Document) -> Mapping[int, PaperAddress]:
    """What the links of a list say of papers on arXiv, by the `id` of the link.

    Left out are links to anything else. Where an address names a paper that cannot exist, the
    paper's `id` is `None`.
    """
    return document.once(_arxiv_papers)


def _arxiv_papers(document: Document) -> Mapping[int, PaperAddress]:
    return {
        id(link): paper
        for link in document.links
        if link.url and (paper := id_in_url(link.url)) is not None
    }
