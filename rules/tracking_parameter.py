"""An address carries a parameter that tells where its reader comes from.

`utm_source`, `fbclid` and the like only count readers.
GitHub's `tab=readme-ov-file` and arXiv's `context` change nothing of what the link opens.
Two addresses of one page hide that a link is there twice.

The fix is safe: the parameter goes with its separator, and the rest of the address stays.

Silent are parameters that choose what is shown, such as a branch (`ref`) or a comment
(`noteId`), and addresses that `arxiv-pdf-link` writes anew.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119?context=cs.CV)][[Code](https://github.com/kmnp/vpt?tab=readme-ov-file#setup)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][[Code](https://github.com/kmnp/vpt#setup)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import arxiv, mention, tracking
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit, Span

CODE = "PL208"
SEVERITY = "info"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"links"}


def check(document: Document) -> Iterator[Finding]:
    """Report links whose address has a parameter that tracks."""
    seen: set[Span] = set()
    for link in document.links:
        if not link.url or not link.url_span or "?" not in link.url or link.url_span in seen:
            continue
        # As written: `&amp;` is `&` for the reader.
        cleaned = tracking.cleaned(document.slice(link.url_span))
        if cleaned is None or _is_written_anew(link.url):
            continue
        seen.add(link.url_span)
        names = " and ".join(mention.quoted(name) for name in cleaned.names)
        message = f"{mention.link(link)} opens the same page without {names}"
        yield Finding(link.url_span, message, safe_fix(Edit(link.url_span, cleaned.url)))


def _is_written_anew(url: str) -> bool:
    """Whether the link to a paper opens another format, whose query goes with it."""
    paper = arxiv.id_in_url(url)
    if paper is None or paper.id is None or paper.host == "other service":
        return False
    return paper.verb != "abs" or paper.has_suffix
