"""An entry shows one badge twice.

The fix removes the later one, and is safe.
Badges that lead to different pages are different badges, even where they look the same.

## Bad

```markdown
- **BitFit.** ![NLU](https://img.shields.io/badge/NLU-orange) ![NLU](https://img.shields.io/badge/NLU-orange)
```

## Good

```markdown
- **BitFit.** ![NLU](https://img.shields.io/badge/NLU-orange)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL406"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"badges", "links"}


def check(document: Document) -> Iterator[Finding]:
    """Report badges that stand in their entry already."""
    for entry in document.entries:
        seen: set[tuple[str, str | None]] = set()
        for badge in entry.badges:
            identity = (badge.url, badge.link.url if badge.link else None)
            if identity in seen:
                name = mention.quoted(badge.label or badge.alt or badge.url)
                message = f"the badge {name} stands in this entry already"
                yield Finding(badge.outer_span, message, safe_fix(Edit(badge.removal_span, "")))
            seen.add(identity)
