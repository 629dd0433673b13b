"""An arXiv link opens the PDF or another format instead of the abstract page.

The abstract page is light, shows every version, and lets the reader choose the format.
The fix is safe: it opens the same paper in the same version.
What stands behind the identifier, a query or a section of the HTML, has no place on the
abstract page and goes.

An entry that opens the abstract page already may open the PDF beside it; of two other links
to one paper the first is reported.
Links to the source, a figure or another file of a paper are left alone, and so are services
that show the paper in their own way, like alphaXiv.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/pdf/2203.12119v2.pdf)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119v2)]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint import arxiv, mention
from peftlint.arxiv import PaperAddress
from peftlint.model import Document, Link
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL201"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"links"}

_FORMATS = {
    "abs": "PDF",
    "pdf": "PDF",
    "ftp": "PDF",
    "vc": "PDF",
    "html": "HTML version",
    "ps": "PostScript file",
    "format": "list of formats",
    "other": "list of formats",
}


def check(document: Document) -> Iterator[Finding]:
    """Report links to a paper on arXiv that do not open its abstract page."""
    inside = {id(link) for entry in document.entries for link in entry.links}
    for entry in document.entries:
        yield from _findings(entry.links)
    for link in document.links:
        if id(link) not in inside:
            yield from _findings([link])


def _findings(links: Sequence[Link]) -> Iterator[Finding]:
    """One finding for each paper whose abstract page none of the links opens."""
    opened = [(link, arxiv.id_in_url(link.url)) for link in links if link.url and link.url_span]
    papers = [(link, paper) for link, paper in opened if paper and paper.id]
    shown = {paper.id.id for _, paper in papers if paper.id and _is_abstract(paper)}
    for link, paper in papers:
        page = arxiv.abstract_path(link.url or "")
        if not paper.id or not page or not link.url_span or paper.id.id in shown:
            continue
        if paper.verb not in _FORMATS or _is_abstract(paper):
            continue
        shown.add(paper.id.id)
        message = f"{mention.link(link)} opens the {_FORMATS[paper.verb]}, not the abstract page"
        yield Finding(link.url_span, message, safe_fix(Edit(link.url_span, page)))


def _is_abstract(paper: PaperAddress) -> bool:
    return paper.verb == "abs" and not paper.has_suffix
