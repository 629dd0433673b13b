"""A section of entries is missing from the table of contents.

Who looks for a topic there does not learn that the list has it.

The contents themselves show which headings they list: reported are headings beside which more
than half of those with entries are listed, at least two of them.
A heading whose subheadings are listed is not missed, nor one above the contents or with a single
entry.

The fix is safe: it adds an item at the heading's place, written as the one before it.
It is made where that item is a bullet with a link that says what its heading says; contents with
numbers or with names of their own are left to you.

## Bad

```markdown
## Contents

- [Adapter](#adapter)
- [Prompt](#prompt)

## Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]

- **AdaptFormer,** NeurIPS 2022. [[Paper](https://arxiv.org/abs/2205.13535)]

## Prompt

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]

## Search

- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]

- **Polyhistor,** NeurIPS 2022. [[Paper](https://arxiv.org/abs/2210.03265)]
```

## Good

```markdown
## Contents

- [Adapter](#adapter)
- [Prompt](#prompt)
- [Search](#search)

## Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]

- **AdaptFormer,** NeurIPS 2022. [[Paper](https://arxiv.org/abs/2205.13535)]

## Prompt

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]

## Search

- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]

- **Polyhistor,** NeurIPS 2022. [[Paper](https://arxiv.org/abs/2210.03265)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.model import Document
from peftlint.outline import missing
from peftlint.rule import Finding, safe_fix

CODE = "PL502"
FIX = "safe"
MAY_CHANGE = {"contents"}
SEVERITY = "warning"
PROFILE = "default"


def check(document: Document) -> Iterator[Finding]:
    """Report sections of entries that the contents leave out."""
    for heading, listed, siblings, item in missing(document):
        name = mention.quoted(heading.text)
        message = f"{name} is missing from the contents, which list {listed} of {siblings} such"
        yield Finding(heading.span, f"{message} sections", safe_fix(item) if item else None)
