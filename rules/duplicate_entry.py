"""The same work stands in the list twice.

Two entries are one work if they have one title, compared without case, punctuation and
accents, or if they open one paper (arXiv, DOI, OpenReview, ACL Anthology ...) under nearly
the same title.
The later one is reported, with the line of the earlier.

A name of up to three words, like that of a model or a data set, says less than a title: in
tables it is looked for in its own section only, and elsewhere two works may share it if they
open two papers.
A talk or a blog post may have the title of its paper.

Where the two stand in one section and say the same in every word and address, the fix removes
the later one.
It is unsafe: the list may mean to show the work in both places.
Where they differ, or stand in two sections, there is no fix: you choose what to keep.

## Bad

```markdown
## Prompt

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]

- **Visual prompt tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

## Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Good

```markdown
## Prompt

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]

## Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Options

`across-sections`: whether a work may not stand in two sections either (default: `true`).
With `false` the list may show one work in several sections, but only once in each.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from peftlint import title
from peftlint.model import Document, Entry
from peftlint.rule import Finding, Fix, unsafe_fix
from peftlint.source import Edit
from peftlint.work import Work, same_paper, same_title, works

CODE = "PL301"
FIX = "unsafe"
MAY_CHANGE = {"entry"}


@dataclass(frozen=True, slots=True)
class Options:
    """Where a work may stand again.

    Attributes:
        across_sections: whether another section counts as the same list.
    """

    across_sections: bool = True


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report each entry whose work an earlier entry shows."""
    seen: dict[Hashable, Work] = {}
    for work in works(document):
        entry = work.entry
        section = None if options.across_sections else entry.section
        is_row_name = work.is_name and entry.kind == "table-row"
        by_title = (work.key, entry.section if is_row_name else section)
        by_paper = [(paper, section) for paper in work.papers]
        message = None
        earlier = seen.get(by_title)
        if earlier and same_title(earlier, work):
            message = f"the same title stands in line {earlier.entry.line} already"
        else:
            found = (seen[key] for key in by_paper if key in seen)
            earlier = next((known for known in found if same_paper(known, work)), None)
            if earlier:
                message = f"the same paper stands in line {earlier.entry.line} already"
        for key in (by_title, *by_paper):
            seen.setdefault(key, work)
        if earlier and message:
            yield Finding(entry.title.span, message, _fix(document, earlier.entry, entry))


def _fix(document: Document, earlier: Entry, later: Entry) -> Fix | None:
    """Remove the later entry, if the earlier says the same in every word and address."""
    if earlier.section != later.section:
        return None  # filed under two topics, maybe on purpose
    marker = later.marker.text if later.marker else ""
    if later.kind == "ordered" and not (marker == "1." and (later.number or 0) > 1):
        return None  # the numbers after it would be wrong
    texts = [document.slice(entry.span) for entry in (earlier, later)]
    if len(texts[0]) > 2 * len(texts[1]):
        return None  # spares the comparison with a monstrous one
    says, repeats = (title.key(text).lstrip("0123456789") for text in texts)
    return unsafe_fix(Edit(later.removal_span, "")) if says == repeats else None
