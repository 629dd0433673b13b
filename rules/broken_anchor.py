"""A link to a place in the page opens none: no heading and no tag has that name.

The reader clicks and nothing happens.
GitHub names a heading by its text: in lower case, without punctuation and emoji, with a hyphen
for each blank, and with `-1`, `-2` behind it where the name is taken.
A tag names a place by `id` or `name`.

A name that is right but for capitals is reported as well: GitHub finds the place by a script,
other readers of Markdown do not.

The fix is safe: the link opens the one heading that is written nearly so, or that says what the
link says.
Where there is none, or more than one, you choose.

Names that GitHub itself gives are left alone, `#top` and `#readme` and lines of a file, and so is
a page that begins with front matter: the site that it is made for may name headings in another
way.

## Bad

```markdown
- [Prompt Tuning](#Prompt-Tuning)
- [Additive Methods](#additive-method)

## Prompt Tuning

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

## Additive Methods

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Good

```markdown
- [Prompt Tuning](#prompt-tuning)
- [Additive Methods](#additive-methods)

## Prompt Tuning

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

## Additive Methods

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.anchor import Nearest, anchors, fragment
from peftlint.model import Document
from peftlint.rule import Finding, Fix, safe_fix
from peftlint.source import Edit, Span

CODE = "PL501"
FIX = "safe"
MAY_CHANGE = {"links"}
SEVERITY = "error"
PROFILE = "minimal"


def check(document: Document) -> Iterator[Finding]:
    """Report links to places in the page that no heading and no tag names."""
    inward = [
        (link, link.url_span, name)
        for link in document.links
        if link.url
        and link.url[0] == "#"
        and link.url_span is not None
        and (name := fragment(link)) is not None
    ]
    if not inward or document.has_front_matter:
        return
    page = anchors(document)
    wrong = {span: (link, name) for link, span, name in inward if name not in page.names}
    if not wrong:
        return
    in_lower_case: dict[str, set[str]] = {}
    for name in page.names:
        in_lower_case.setdefault(name.lower(), set()).add(name)
    used = (name.lower() for _, _, name in inward)
    nearest = Nearest(page.headings, used, (name for _, name in wrong.values()))
    for span, (link, name) in wrong.items():
        written = mention.quoted(f"#{name}")
        if same := in_lower_case.get(name.lower()):
            anchor = min(same)
            message = f"{written} has other capitals than the anchor: write '#{anchor}'"
            yield Finding(span, message, _fix(span, anchor) if len(same) == 1 else None)
        elif right := nearest.anchor(name, link):
            message = f"{written} leads nowhere: the heading's anchor is '#{right}'"
            yield Finding(span, message, _fix(span, right))
        else:
            yield Finding(span, f"{written} leads nowhere: no heading and no id has this name")


def _fix(span: Span, name: str) -> Fix:
    return safe_fix(Edit(span, f"#{name}"))
