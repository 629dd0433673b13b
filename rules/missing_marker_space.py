"""No blank follows a list marker, so Markdown sees no list item.

`1.**Title**` and `-**Title**` render as a paragraph that begins with a number or a dash.
A star is left alone: it is more often emphasis that was not closed.
The fix inserts the blank.
It is unsafe: the paragraph becomes an item, and what follows it may become part of it.

## Bad

```markdown
1.**Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
1. **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.model import Document
from peftlint.rule import Finding, unsafe_fix
from peftlint.source import Edit

CODE = "PL103"
FIX = "unsafe"
MAY_CHANGE = {"blocks"}

#: What is emphasis more often than a marker, and what is no marker in Markdown at all.
_OTHERWISE = ("*", "\u2022")


def check(document: Document) -> Iterator[Finding]:
    """Report entries that would be items if a blank followed their marker."""
    for entry in document.entries:
        marker = entry.marker
        if entry.kind == "paragraph" and marker is not None and marker.text not in _OTHERWISE:
            message = f'no blank after "{marker.text}", so this is no list item'
            # The marker is no text any more, so the edit names it.
            fix = unsafe_fix(Edit(marker.span, f"{marker.text} "))
            yield Finding(marker.span, message, fix)
