"""A badge has no alternative text.

Those who hear the list read out, or for whom the image does not load, learn nothing from it.
Where the badge is a link, they do not even learn that there is one.

The fix is safe: what the badge shows becomes its alternative text.
What a badge shows that is not static, such as the number of stars, is not known, nor is there
a place for it in an `<img>` without `alt`: there only you can write it.

This is off by default: many lists leave out the alternative text of all their badges.

## Bad

```markdown
- **Learning to Prompt.** ![](https://img.shields.io/badge/CoOp-blue) ![](https://img.shields.io/badge/Text_Prompt-orange)
```

## Good

```markdown
- **Learning to Prompt.** ![CoOp](https://img.shields.io/badge/CoOp-blue) ![Text Prompt](https://img.shields.io/badge/Text_Prompt-orange)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import escape, mention
from peftlint.badge import decode
from peftlint.model import Badge, Document
from peftlint.rule import Finding, Fix, safe_fix
from peftlint.source import Edit

CODE = "PL408"
FIX = "safe"
SEVERITY = "info"
PROFILE = "strict"
# The label of a link is the alternative text of its badge.
MAY_CHANGE = {"badges", "links"}

# What stands for a letter that could not be decoded.
_UNREADABLE = "\ufffd"


def check(document: Document) -> Iterator[Finding]:
    """Report badges whose alternative text is empty."""
    for badge in document.badges:
        if badge.alt.strip():
            continue
        shown = decode(badge.url)
        label = " ".join(shown.label.split()) if shown else ""
        name = f"the badge {mention.quoted(label)}" if label else "a badge"
        message = f"{name} has no alternative text for those who cannot see it"
        yield Finding(badge.span, message, _fix(document, badge, label))


def _fix(document: Document, badge: Badge, label: str) -> Fix | None:
    if not label or _UNREADABLE in label or badge.alt_span is None:
        return None
    is_html = document.slice(badge.span).startswith("<")
    text = escape.in_attribute(label) if is_html else escape.in_markdown(label)
    return safe_fix(Edit(badge.alt_span, text))
