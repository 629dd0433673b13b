"""An arXiv link opens the PDF or another format instead of the abstract page.

The abstract page is light, shows every version, and lets the reader choose the format.
The fix is safe: it opens the same paper in the same version.
What stands behind the identifier, a query or a section of the HTML, has no place on the
abstract page and goes.

Links to a figure or another file of a paper are left alone, and so are services that show
the paper in their own way, like alphaXiv.

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

from collections.abc import Iterator

from peftlint import arxiv, mention
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL201"
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
    "src": "source files",
    "e-print": "source files",
}


def check(document: Document) -> Iterator[Finding]:
    """Report links to a paper on arXiv that do not open its abstract page."""
    for link in document.links:
        if not link.url or not link.url_span:
            continue
        paper = arxiv.id_in_url(link.url)
        page = arxiv.abstract_page(link.url)
        if not paper or not page or (paper.verb == "abs" and not paper.has_suffix):
            continue
        opened = _FORMATS.get(paper.verb, "file")
        message = f"{mention.link(link)} opens the {opened}, not the abstract page"
        yield Finding(link.url_span, message, safe_fix(Edit(link.url_span, page)))
