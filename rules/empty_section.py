"""A heading has nothing under it, not even other headings.

The contents promise papers that are not there.
There is no fix: fill the section, or remove it until there is something to show.

A link back to the top, or a line such as `To be updated`, is something, and so is a link in the
heading: what it announces is on another page.
Comments, rules and anchors are nothing.

## Bad

```markdown
## Prefix Tuning

## Prompt Tuning

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
## Prompt Tuning

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from peftlint import mention
from peftlint.model import Document
from peftlint.rule import Finding

CODE = "PL504"
SEVERITY = "info"
PROFILE = "strict"


def check(document: Document) -> Iterator[Finding]:
    """Report headings that are followed by no text and by no deeper heading."""
    linked = {document.lines.line(link.span.start) for link in document.links if link.url}
    for section, following in pairwise([*document.sections, None]):
        if section is None or section.heading is None or not section.is_empty:
            continue
        if following is not None:
            below = following.heading
            if below is None or below.level > section.heading.level:
                continue  # an entry that is a heading, or a heading below this one
        if section.heading.line in linked or not section.heading.text:
            continue
        name = mention.quoted(section.heading.text)
        yield Finding(section.heading.span, f"there is nothing under {name}")
