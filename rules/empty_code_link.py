"""A link to code or a project page leads nowhere.

`[[Code]()]`, `[Code]()` and a bare `[Code]` that no reference defines promise something that
a reader cannot open.
The fix removes the link with its brackets and its separator.
It is unsafe: the list may keep the place for an address that is to come.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][[Code]()]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Options

`placeholder`: how this list marks code that is not there yet, for example `"[Code]"`.
Links written like this are not reported. The others that promise code, or have the
placeholder's own label, are turned into it, and that fix is safe.
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention, title
from peftlint.model import Document, Link
from peftlint.origin import links_by_origin
from peftlint.role import label_role
from peftlint.rule import Finding, Fix, safe_fix, unsafe_fix
from peftlint.source import Edit
from peftlint.value import Value

CODE = "PL205"
SEVERITY = "warning"
PROFILE = "default"
FIX = "unsafe"
MAY_CHANGE = {"links", "badges"}

_ROLES = ("code", "project")


class Options(Value):
    """How this list marks missing code.

    Attributes:
        placeholder: the one form that is accepted; none where it is not set.
    """

    placeholder: str | None = None

    def __post_init__(self) -> None:
        """Refuse what would not be read back as a placeholder for code."""
        label = (self.placeholder or "[Code]").removeprefix("[").removesuffix("]")
        if self.placeholder not in (None, f"[{label}]") or label_role(label) not in _ROLES:
            raise ValueError(
                f"placeholder is one label for code in brackets, such as [Code], "
                f"not {self.placeholder}"
            )


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report code and project links of entries that have no target."""
    is_any_empty = "" in links_by_origin(document)
    for entry in document.entries if is_any_empty else ():
        for link in entry.links:
            if link.url or link.role not in _ROLES:
                continue
            if options.placeholder and document.slice(link.outer_span) == options.placeholder:
                continue
            message = f"{mention.link(link)} leads nowhere"
            yield Finding(link.outer_span, message, _fix(link, options.placeholder))


def _fix(link: Link, placeholder: str | None) -> Fix:
    same_label = title.key(link.label or "") == title.key(placeholder or "")
    if placeholder and (link.role == "code" or same_label):
        return safe_fix(Edit(link.outer_span, placeholder))
    return unsafe_fix(Edit(link.removal_span, ""))
