"""Two entries with different titles open one paper: a copied link.

The later one is reported, with the line and the title of the earlier.
A list may stand in several files: where the config's `lists` says so, they are compared too.
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

from collections.abc import Hashable, Iterator, Sequence

from peftlint import mention
from peftlint.model import Document, Entry
from peftlint.rule import Finding, Related
from peftlint.work import Work, recurring, related

CODE = "PL302"
SEVERITY = "warning"
PROFILE = "minimal"


def check(document: Document) -> Iterator[Finding]:
    """Report each entry that opens the paper of an earlier entry with another title."""
    return (finding for _, finding in check_together((document,)))


def check_together(documents: Sequence[Document]) -> Iterator[tuple[Document, Finding]]:
    """The same for a list in several files, where the earlier entry may be in another one."""
    seen: dict[Hashable, tuple[Document, Work]] = {}
    for document, work in recurring(documents):
        fine = {id(work)}
        for paper in work.papers:
            home, earlier = seen.setdefault(paper, (document, work))
            if id(earlier) in fine:
                continue
            if related(earlier, work):
                fine.add(id(earlier))
                continue
            yield document, _finding(document, work.entry, home, earlier.entry)
            break


def _finding(document: Document, later: Entry, home: Document, earlier: Entry) -> Finding:
    shown = mention.quoted(earlier.title.text)
    if home is document:
        return Finding(later.title.span, f"opens the paper of line {earlier.line}, {shown}")
    message = f"opens the paper of {mention.place(home, earlier)}, {shown}"
    other = mention.quoted(later.title.text)
    there = f"{other} in {mention.place(document, later)} opens this paper"
    return Finding(later.title.span, message, related=Related(home, earlier.title.span, there))
