"""A link labelled code opens a paper, or a paper and a code link open the same page.

Mostly the address of the link before was pasted again.
There is no fix: only you know the right address.

A paper is what arXiv, a DOI, OpenReview or a publisher identifies, or a PDF.
Silent are a DOI of a repository for code and data, such as Zenodo's, a PDF that is kept with
code, and a paper link alone that opens a repository: some papers are only there.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][[Code](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][[Code](https://github.com/kmnp/vpt)]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peftlint import mention
from peftlint.address import likely_host, split
from peftlint.identity import ids_of_url
from peftlint.model import Document, Link, Role
from peftlint.regex import regex
from peftlint.role import label_role, url_role
from peftlint.rule import Finding

CODE = "PL210"
SEVERITY = "warning"
PROFILE = "default"

#: Words of a label that promise code whatever else it says: `Source` may be that of a claim, and
#: `PyTorch` the paper of that name.
_CODE = regex(
    r"\b(?:codes?|github|gitlab|git|repo|repository|implementation)\b|\u4ee3\u7801|\u6e90\u7801"
    r"|\u30b3\u30fc\u30c9|\ucf54\ub4dc",
    re.IGNORECASE,
)
#: Zenodo, figshare, Code Ocean, OSF, Dryad, Dataverse, Mendeley Data, Hugging Face, KiltHub.
_NO_PAPER_DOI = regex(r"10\.(?:5281|6084|24433|17605|5061|7910|17632|57967|1184)/", re.IGNORECASE)
_ARCHIVE = regex(r"\.(?:zip|tar|t?gz|7z|rar|py|ipynb)$", re.IGNORECASE)


def check(document: Document) -> Iterator[Finding]:
    """Report code links that open papers, and pairs of links that open one page."""
    for entry in document.entries:
        # Only a badge may have other words than those that gave the link its role.
        code = [
            link
            for link in entry.links
            if (link.role == "code" or link.badge is not None)
            and link.url
            and _named_role(link) == "code"
        ]
        if not code:
            continue
        others = [link for link in entry.links if link.role == "paper" and link.url]
        hosts = {_host(link) for link in code} if others else ()
        papers = {_page(link): link for link in others if _host(link) in hosts}
        for link in code:
            opens_paper = _opens_paper(link)
            if not papers and not opens_paper:
                continue  # nearly all
            page = _page(link)
            if page is None or link.url_span is None:
                continue
            same = papers.get(page)
            name = mention.link(link)
            if opens_paper and (same or _CODE.search(_label(link))):
                also = f" that {mention.link(same)} opens" if same else ""
                yield Finding(link.url_span, f"{name} opens {'the' if same else 'a'} paper{also}")
            elif same and same.url_span and _named_role(same) == "paper":
                message = f"{mention.link(same)} opens the page that {name} opens"
                yield Finding(same.url_span, message)


def _label(link: Link) -> str:
    """The words of a link that a reader sees, or none where they are a picture's."""
    if link.badge is not None:
        return link.badge.label or ""
    return "" if link.only_image or link.label == "@title" else link.label or ""


def _named_role(link: Link) -> Role | None:
    return label_role(_label(link))


def _host(link: Link) -> str:
    """The host that a link opens, as far as a look at it tells."""
    return likely_host(link.url or "").removeprefix("www.")


def _page(link: Link) -> str | None:
    """The page that a link opens, written one way, or `None` where that is no address."""
    address = split(link.url or "")
    if address is None or "." not in address.host:
        return None
    rest = (link.url or "")[address.path_start :].rstrip("/")
    return f"{address.host.removeprefix('www.')}{rest}"


def _opens_paper(link: Link) -> bool:
    url = link.url or ""
    if url_role(url) in {"code", "data"}:
        return False
    address = split(url)
    if address is None or _ARCHIVE.search(address.path) or "attachment" in address.path:
        return False
    ids = ids_of_url(url)
    if any(kind == "doi" and _NO_PAPER_DOI.match(value) for kind, value in ids):
        return False
    return bool(ids) or address.path.lower().endswith(".pdf")
