"""Two headings under one parent have the same name.

A link to it reaches the first; the second is `#name-1`, which nobody guesses and which changes
when a heading is added.
A reader who comes to the first does not know of the second.
There is no fix: merge the two, or give them names that tell them apart.

The same name under different parents, like `Papers` for each topic, is fine.

## Bad

```markdown
## Vision

### Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]

### Adapter

- **AdaptFormer,** NeurIPS 2022. [[Paper](https://arxiv.org/abs/2205.13535)]
```

## Good

```markdown
## Vision

### Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]

- **AdaptFormer,** NeurIPS 2022. [[Paper](https://arxiv.org/abs/2205.13535)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.model import Document, Heading
from peftlint.rule import Finding

CODE = "PL503"
SEVERITY = "info"
PROFILE = "default"


def check(document: Document) -> Iterator[Finding]:
    """Report headings whose name an earlier heading under the same parent has."""
    above: list[Heading] = []
    seen: dict[tuple[int, int, str], Heading] = {}
    for section in document.sections:
        heading = section.heading
        if heading is None:
            continue
        while above and above[-1].level >= heading.level:
            above.pop()
        parent = above[-1].span.start if above else -1
        above.append(heading)
        if not heading.slug.strip("-"):
            continue  # marks only: no link can name it anyway
        first = seen.setdefault((parent, heading.level, heading.slug), heading)
        if first is not heading:
            name = mention.quoted(first.text)
            where = f"the heading in line {first.line} is called {name} too"
            yield Finding(heading.span, f"{where}, so '#{heading.slug}' cannot reach this one")
