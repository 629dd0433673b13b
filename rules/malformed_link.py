"""Brackets or parentheses are wrong, so that a link is shown as text or leaves a bracket behind.

A link is `[Paper](https://..)`: the label in brackets, directly behind it the address in
parentheses, without a blank in it.
`[Paper] (..)`, `(Paper)[..]` and `[Paper](..` are text that nobody can click.
`[Code](..)]` is a link with a bracket that nothing opens.

The fix is safe and made where there is one reading: the link is written as it was meant.

Silent are brackets that stand by no link and no address: citations, check boxes, intervals.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][Code](https://github.com/kmnp/vpt)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][[Code](https://github.com/kmnp/vpt)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.brokenlink import BrokenKind, broken_links
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL207"
SEVERITY = "error"
PROFILE = "minimal"
FIX = "safe"
# What stood in the text of a broken link may have been read as another field.
MAY_CHANGE = {"links", "ids", "title", "name", "authors", "venue", "year"}

_MESSAGES: dict[BrokenKind, str] = {
    "blank in address": "{link} is no link: its address has a blank in it",
    "blank before address": "{link} is no link: a blank stands between it and its address",
    "brackets in address": "{link} opens no page: its address has brackets around it",
    "two addresses": "{link} opens no page: a whole link stands where its address belongs",
    "label not closed": "{link} is no link: its label has no closing bracket",
    "no address": "{link} is no link: {shown} stands where its address belongs",
    "not closed": "{link} is no link: its address has no closing parenthesis",
    "not opened": "{link} is no link: its label has no opening bracket",
    "inside another": "{link} is a link in the label of another, which cannot be",
    "swapped": "{link} is no link: the label goes in brackets, the address in parentheses",
    "address in brackets": "{link} is no link: its address goes in parentheses",
    "full-width": "{link} is no link: its parentheses are full-width ones",
    "surplus parenthesis": "a parenthesis too many behind {link}",
    "bracket not closed": "the bracket before {link} is never closed",
    "bracket not opened": "the bracket behind {link} is never opened",
}


def check(document: Document) -> Iterator[Finding]:
    """Report links that Markdown shows as text, and brackets that they leave behind."""
    for broken in broken_links(document):
        entry = document.entry_at(broken.span.start)
        inside = entry is not None and entry.span.contains(broken.span)
        named = _named(broken.label)
        message = _MESSAGES[broken.kind].format(link=named, shown=mention.quoted(broken.shown))
        fix = None
        if inside and broken.meant is not None:
            fix = safe_fix(Edit(broken.span, broken.meant))
        yield Finding(broken.span, message, fix)


def _named(label: str) -> str:
    if label == "@title":
        return "the title's link"
    return mention.quoted(label) if label.strip() else "this"
