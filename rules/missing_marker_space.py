"""No blank follows a list marker, so Markdown sees no list item.

`1.**Title**` and `-**Title**` render as a paragraph that begins with a number or a dash.
A star is left alone: it is more often emphasis that was not closed.
Silent where most of the list's entries are written like this: its author breaks the lines by
other means.
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
from peftlint.style.spacing import glued_markers

CODE = "PL103"
SEVERITY = "warning"
PROFILE = "default"
FIX = "unsafe"
MAY_CHANGE = {"blocks"}
FOLLOWS_LIST = True


def check(document: Document) -> Iterator[Finding]:
    """Report entries that would be items if a blank followed their marker."""
    for (_, marker), _, _, tally in glued_markers(document):
        message = f'no blank after "{marker.text}", so this is no list item'
        if tally:
            message += f"; the list has one ({tally})"
        # The marker is no text any more, so the edit names it.
        fix = unsafe_fix(Edit(marker.span, f"{marker.text} "))
        yield Finding(marker.span, message, fix)
