"""The arXiv identifier in an entry's text is not the one that its link opens.

One of the two is mistyped or was copied from another entry.
There is no fix: only you know which one is right.

Compared are `arXiv:2203.12119` in the text, a link's label such as `2203.12119`, and a badge
that shows an identifier, with all papers that the entry's links open.
Silent where one of the links opens the identifier in the text, in whatever version and on
whatever host, and where none opens arXiv.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022 (arXiv:2203.12119). [[Paper](https://arxiv.org/abs/2203.12112)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022 (arXiv:2203.12119). [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peftlint import arxiv
from peftlint.entrytext import shown
from peftlint.model import Document, Entry, Link
from peftlint.regex import regex
from peftlint.rule import Finding
from peftlint.source import Span

CODE = "PL203"
SEVERITY = "error"
PROFILE = "minimal"

_BADGE_ID = regex(r"arxiv[-_: ]{1,3}([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?", re.IGNORECASE)


def check(document: Document) -> Iterator[Finding]:
    """Report identifiers in entries that none of the entry's links opens."""
    for entry in document.entries:
        known = entry.ids.get("arxiv")
        if not known:
            continue
        labels = [
            shows
            for link in entry.links
            if (link.badge is not None or (link.label or "")[-1:].isdigit())
            and (shows := _in_label(link)) is not None
        ]
        if len(known) == 1 and (not labels or {paper for _, paper in labels} == {*known}):
            # Nearly all: what the text may give is what the links open.
            continue
        opened = _opened(entry)
        if not opened:
            continue
        written = dict(_in_text(document, entry, opened))
        # `arXiv:2203.12119` as a label is text, too.
        ends = {span.end for span in written}
        written.update([(span, paper) for span, paper in labels if span.end not in ends])
        if not written:
            continue
        # Another paper may be mentioned beside the entry's own.
        if not opened.isdisjoint(written.values()):
            continue
        others = " and ".join(f"arXiv:{paper}" for paper in sorted(opened)[:3])
        for span, found in sorted(written.items()):
            yield Finding(span, f"arXiv:{found} is written here, but the entry opens {others}")


def _opened(entry: Entry) -> set[str]:
    """The papers that the links of an entry open."""
    return {
        paper.id.id
        for link in entry.links
        if link.url and (paper := arxiv.id_in_url(link.url)) is not None and paper.id is not None
    }


def _in_text(document: Document, entry: Entry, opened: set[str]) -> Iterator[tuple[Span, str]]:
    """The identifiers that an entry's text gives, if one of them is not opened."""
    if opened.issuperset(entry.ids.get("arxiv", ())):
        return
    yield from shown(document, entry, arxiv.ids_in_text(document.slice(entry.span)))


def _in_label(link: Link) -> tuple[Span, str] | None:
    """The identifier that a link's label or badge shows."""
    if link.badge is not None:
        match = _BADGE_ID.fullmatch(link.badge.label or "")
        found = arxiv.canonical(match[1]) if match else None
        return (link.badge.path_span, found) if found and link.badge.path_span else None
    found = arxiv.canonical(link.label or "")
    return (link.label_span, found) if found else None
