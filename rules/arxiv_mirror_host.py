"""A link opens arXiv over `http` or on a mirror instead of at `https://arxiv.org`.

Mirrors come and go, and two addresses of one paper hide that an entry is there twice.
The fix is safe: it changes the host and keeps the rest of the address; ar5iv, which has no
other pages, becomes the abstract page.

Services that show the paper in their own way, like alphaXiv or Hugging Face, are left alone.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](http://export.arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import arxiv, mention
from peftlint.arxivlink import odd_links
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL202"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"links"}


def check(document: Document) -> Iterator[Finding]:
    """Report links to a paper on arXiv that do not open `https://arxiv.org`."""
    for link, paper in odd_links(document):
        if paper is None or (paper.host == "arxiv" and paper.scheme != "http"):
            continue
        if not link.url or not link.url_span:
            continue
        page = arxiv.at_main_host(link.url)
        if not page:
            continue
        where = "arXiv over http" if paper.host == "arxiv" else _other_host(link.url)
        message = f"{mention.link(link)} opens {where}, not https://arxiv.org"
        yield Finding(link.url_span, message, safe_fix(Edit(link.url_span, page)))


def _other_host(url: str) -> str:
    """Where a link to a paper leads that is not at the main host, in a few words."""
    is_own = url.casefold().partition("://")[2].startswith("www.arxiv.org")
    return "www.arxiv.org" if is_own else "a mirror of arXiv"
