"""A link opens another host than it shows, or runs what stands in its address.

A label such as `arxiv.org/abs/2203.12119` says where a click leads.
`https://arxiv.org@example.com` opens `example.com`, a Cyrillic letter makes another host of a
known one, and `javascript:` is a program.
There is no fix: somebody may have meant it.

Compared are labels that are addresses themselves.
Silent are another page of the same house, an older or a shortened address, a DOI, and an
archive or a proxy that has the address shown in its own.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [https://arxiv.org/abs/2203.12119](https://example.com/2203.12119)
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [https://arxiv.org/abs/2203.12119](https://arxiv.org/abs/2203.12119)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import deception, mention
from peftlint.model import Document, Link
from peftlint.origin import links_by_origin
from peftlint.rule import Finding

CODE = "PL211"
SEVERITY = "error"
PROFILE = "minimal"


def check(document: Document) -> Iterator[Finding]:
    """Report links that open something else than they show."""
    for origin, links in links_by_origin(document).items():
        is_plain = deception.is_plain(origin)
        for link in links:
            label = document.slice(link.label_span) if link.label == "@title" else link.label or ""
            if is_plain and "." not in label:
                # Most links: neither address nor label can deceive.
                continue
            message = _wrong_with(link, link.url, label) if link.url else None
            if message and link.url_span is not None:
                yield Finding(link.url_span, message)
    for passage in document.passages if deception.may_have_programs(document.text) else ():
        for text in passage.texts:
            for scheme, span in deception.programs(document.text, text):
                yield Finding(span, f"{scheme} is no address that a link may open")


def _wrong_with(link: Link, url: str, label: str) -> str | None:
    scheme = deception.runs_code(url)
    if scheme:
        return f"{mention.link(link)} opens no page: its address is {scheme}"
    found = deception.hidden_host(url)
    if found:
        opened, shown = mention.quoted(found.opened), mention.quoted(found.shown)
        return f"{mention.link(link)} opens {opened}: {shown} before the @ is a user's name"
    found = deception.foreign_letters(url)
    if found:
        letter = f"the letter {found.opened}, {found.how}"
        return f"the host {mention.quoted(found.shown)} has {letter}, which looks like a Latin one"
    if link.badge is not None or link.only_image or not label:
        return None
    found = deception.other_host(label, url)
    if found:
        return f"the label shows {found.shown}, the link opens {found.opened}"
    return None
