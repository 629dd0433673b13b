"""A link leads nowhere.

`[Papers]()` looks like a link and opens the page that it stands on.
There is no fix: only you know where it should lead.

A link to code or a project page in an entry is `empty-code-link`'s.
An image alone in a link without target, `[![Logo](logo.png)]()`, is left alone: it keeps
GitHub from linking the image to its own file.
So is a label that says itself that there is nothing yet, such as `Coming soon`.

## Bad

```markdown
- [Papers]()

## Papers

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- [Papers](#papers)

## Papers

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention, title
from peftlint.model import Document
from peftlint.origin import links_by_origin
from peftlint.rule import Finding

CODE = "PL206"
SEVERITY = "error"
PROFILE = "minimal"

# Labels that say themselves that there is nothing to open yet.
_PROMISES = frozenset(
    """
    comingsoon commingsoon na none notavailable soon tba tbd tobeannounced tobereleased
    """.split()  # noqa: SIM905 - a list of words is read more easily
)


def check(document: Document) -> Iterator[Finding]:
    """Report links without a target that `empty-code-link` does not report."""
    empty = links_by_origin(document).get("", ())
    elsewhere = {
        link.span
        for entry in (document.entries if empty else ())
        for link in entry.links
        if link.role in {"code", "project"}
    }
    for link in empty:
        if link.only_image or link.span in elsewhere:
            continue
        if title.key(link.label or "") in _PROMISES:
            continue
        yield Finding(link.outer_span, f"{mention.link(link)} leads nowhere")
