"""An entry has no link, where the list's other entries have one.

Readers of a list come to open the papers; where a link is missing they have to search.
There is no fix: nobody but you knows the address.

A list has to link at least 75 % of its entries, three at least, and the entry's own section some.
Silent where the entry has a link with no target, `[Paper]()` or `[Paper]`, or one that is broken:
other rules report these.
So it is where the entry says that there is none: `-`, `N/A` or `TBA` in a cell, `no link`, `coming
soon`.
An entry inside another, or under a heading that is a link, needs none of its own.
A list item that shows nothing but a title in plain letters may be a topic and is left alone, too.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
- **SparseAdapter,** EMNLP 2022.
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
- **SparseAdapter,** EMNLP 2022. [[Paper](https://arxiv.org/abs/2210.04284)]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peftlint.convention import habit
from peftlint.model import Document, Entry, Section
from peftlint.regex import regex
from peftlint.rule import Finding

CODE = "PL305"
SEVERITY = "info"
PROFILE = "default"
FOLLOWS_LIST = True

_IMAGE = regex(r"!\[[^\[\]]*\]\([^()]*\)")
#: What is a link, or was meant as one.
_LIKE_LINK = regex(r"\]\(|\]\[|://|\bwww\.|<a\b", re.IGNORECASE)
#: What says that there is none, or none yet.
_NONE = regex(
    r"\|\s*(?:-+|\u2013|\u2014|/|x|n/?a|none|null|nan|tba|tbd)\s*(?=\||$)|"
    r"\bno[ _]link|coming soon|\bto (?:appear|be released|be published|come)\b|"
    r"\b(?:not|un)[ -]?(?:available|released|published)\b|\bunder review\b|\bin press\b",
    re.IGNORECASE,
)
_LETTER_OR_DIGIT = regex(r"\w")


def check(document: Document) -> Iterator[Finding]:
    """Report entries without links in a list whose entries have some."""
    linked = [bool(entry.links) for entry in document.entries]
    if all(linked):
        return
    usual = habit(linked)
    if usual is None or not usual.way:
        return
    for section in document.sections:
        linked = [bool(entry.links) for entry in section.entries]
        if all(linked) or not any(linked) or _has_linked_heading(document, section):
            continue
        end = 0
        for entry in section.entries:
            is_inside = entry.span.start < end
            end = max(end, entry.span.end)
            if not (entry.links or is_inside) and _should_have_one(document, entry):
                yield Finding(entry.title.span, f"no link; {usual} entries of the list have one")


def _has_linked_heading(document: Document, section: Section) -> bool:
    """Whether a section's entries are linked by their heading."""
    heading = section.heading
    return heading is not None and _LIKE_LINK.search(document.slice(heading.span)) is not None


def _should_have_one(document: Document, entry: Entry) -> bool:
    text = _IMAGE.sub("", document.slice(entry.span))
    if _LIKE_LINK.search(text) or _NONE.search(text):
        return False
    if entry.kind == "table-row" or entry.authors or entry.venue or entry.year:
        return True
    # `**Title**`, `[Title]`, `"Title"`.
    return _LETTER_OR_DIGIT.match(document.slice(entry.title.span)) is None
