"""A badge is glued to the text before it.

`2019.![](..)` renders with the badge on the full stop.
The fix puts a blank between the two, and is safe.

Reported where most of the list's badges have a blank before them.
Badges side by side, at the start of a line or a table cell, and after a link where the list
glues them to links, are left alone.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. ![VPT](https://img.shields.io/badge/VPT-blue)

- **Learning to Prompt,** IJCV 2022. ![CoOp](https://img.shields.io/badge/CoOp-blue)

- **Neural Prompt Search,** 2022. ![NOAH](https://img.shields.io/badge/NOAH-blue)

- **BERT and PALs,** ICML 2019.![PALs](https://img.shields.io/badge/PALs-blue)
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. ![VPT](https://img.shields.io/badge/VPT-blue)

- **Learning to Prompt,** IJCV 2022. ![CoOp](https://img.shields.io/badge/CoOp-blue)

- **Neural Prompt Search,** 2022. ![NOAH](https://img.shields.io/badge/NOAH-blue)

- **BERT and PALs,** ICML 2019. ![PALs](https://img.shields.io/badge/PALs-blue)
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from peftlint.convention import habit
from peftlint.model import BadgeRun, Document, Entry
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL405"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
FOLLOWS_LIST = True

Before = Literal["text", "link"]

_TEXT_ENDS = frozenset(".,;:!?)*_\"'\u2019\u201d")


def check(document: Document) -> Iterator[Finding]:
    """Report badges with no blank before them in a list that has one there."""
    runs = [
        found for entry in document.entries if entry.badge_runs for found in _runs(document, entry)
    ]
    for kind in ("text", "link"):
        glued = habit(_is_glued(run) for run, before in runs if before == kind)
        if glued is None or glued.way:
            continue
        for run, before in runs:
            if before == kind and _is_glued(run):
                message = f"no blank before the badge; the list has one there ({glued})"
                yield Finding(run.span, message, safe_fix(Edit(run.span.before, " ")))


def _runs(document: Document, entry: Entry) -> Iterator[tuple[BadgeRun, Before]]:
    """The runs of badges of an entry with what stands before the blanks before them."""
    ends_of_links = {link.outer_span.end for link in entry.links}
    for run in entry.badge_runs:
        character = document.character_before(run.removal_span)
        if run.removal_span.start in ends_of_links:
            yield run, "link"
        elif character.isalnum() or character in _TEXT_ENDS:
            yield run, "text"


def _is_glued(run: BadgeRun) -> bool:
    return run.span.start == run.removal_span.start
