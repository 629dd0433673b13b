"""The authors follow the title's line with nothing between, so both render as one paragraph.

A single line end is a blank to Markdown: the authors land behind the venue and the badges.
The fix inserts a blank line, and indents the authors so that they stay in the entry.
It is safe: no word changes.

A list that parts the two in its own way, by a hard break (two blanks, a backslash, `<br>`) or
on one line, is left alone.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022.
  *Menglin Jia, Luming Tang, Bor-Chun Chen.* [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang, Bor-Chun Chen.* [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.convention import LEAST, most_common
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL101"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
FOLLOWS_LIST = True


def check(document: Document) -> Iterator[Finding]:
    """Report authors that are glued to the title's line."""
    usual = most_common(entry.separation for entry in document.entries if entry.separation)
    if usual is None or (usual.way != "blank" and usual.uses >= LEAST):
        return
    message = "no blank line before the authors, so they run on in the title's paragraph"
    if usual.way == "blank" and usual.uses >= LEAST:
        message += f"; the list leaves one there ({usual})"
    for entry in document.entries:
        if entry.separation != "glued" or not entry.authors_span or not entry.separation_span:
            continue
        blank_line = document.newline * 2 + entry.indent
        fix = safe_fix(Edit(entry.separation_span, blank_line))
        yield Finding(entry.authors_span, message, fix)
