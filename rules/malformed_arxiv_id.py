"""An arXiv identifier cannot exist, or an address on arXiv opens no paper.

An identifier is year, month, a point and a number: `2203.12119`.
The number has five digits since 2015, and four before.
Until March 2007 it was an archive, a slash and seven digits: `cs/0306050`.
An address has `abs` before it: `https://arxiv.org/abs/2203.12119`.

There is no fix: only you know the paper.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2213.12119)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import arxiv, mention
from peftlint.arxiv import Flaw
from peftlint.arxivlink import odd_links
from peftlint.entrytext import shown
from peftlint.model import Document
from peftlint.rule import Finding
from peftlint.source import Span

CODE = "PL204"
SEVERITY = "error"
PROFILE = "minimal"


def check(document: Document) -> Iterator[Finding]:
    """Report addresses on arXiv without a paper, and identifiers that cannot exist."""
    seen: set[Span] = set()
    for link, paper in odd_links(document):
        if not link.url or not link.url_span or (paper is not None and paper.id is not None):
            continue
        flaw = arxiv.flaw_of_url(link.url)
        if flaw and link.url_span not in seen:
            seen.add(link.url_span)
            name = mention.link(link)
            yield Finding(link.url_span, f"{name} opens {_told(flaw)}")
    for entry in document.entries if arxiv.may_name_ids(document.text) else ():
        text = document.slice(entry.span)
        flaws = arxiv.flaws_in_text(text) if arxiv.may_name_ids(text) else ()
        for span, flaw in shown(document, entry, flaws):
            yield Finding(span, f"{mention.quoted(flaw.written)} is no paper: {flaw.reason}")


def _told(flaw: Flaw) -> str:
    if flaw.page:
        return f"no paper: {flaw.reason}; write {flaw.page}"
    written = f"{mention.quoted(flaw.written)}, which is no paper" if flaw.written else "no paper"
    return f"{written}: {flaw.reason}"
