"""Two entries with different titles open one paper: a copied link.

The later one is reported, with the line and the title of the earlier.
There is no fix: one of the two links is wrong, or the two entries are one.

Silent where one title contains the other (`ARC`, `ARC-Easy`), where both are short and begin
alike, as the parts of a data set and the sizes of a model do (`ADE20K-150`, `ADE20K-847`), and
where they differ so little that the entries are one work: that is `duplicate-entry`.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
```
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from peftlint import mention
from peftlint.model import Document
from peftlint.rule import Finding
from peftlint.work import Work, related, works

CODE = "PL302"
SEVERITY = "warning"
PROFILE = "minimal"


def check(document: Document) -> Iterator[Finding]:
    """Report each entry that opens the paper of an earlier entry with another title."""
    seen: dict[Hashable, Work] = {}
    for work in works(document):
        fine = {id(work)}
        for paper in work.papers:
            earlier = seen.setdefault(paper, work)
            if id(earlier) in fine:
                continue
            if related(earlier, work):
                fine.add(id(earlier))
                continue
            shown = mention.quoted(earlier.entry.title.text)
            message = f"opens the paper of line {earlier.entry.line}, {shown}"
            yield Finding(work.entry.title.span, message)
            break
