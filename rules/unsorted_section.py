"""Entries of a section are not in the order in which the list sorts its entries.

A list that is sorted by year is read from its newest end; who looks for the latest work misses
what stands at another place.
Reported is the least number of entries that have to move, each with the place where it belongs.

By default the list tells by what it is sorted: the month of the arXiv ids, the year, the venue or
the title.
It is, if the steps from one entry to the next, five of them at least, all go in one direction but
for one or a tenth, and most of its sections go with them.
A section of which less than 75 % is in that order has another one and is left alone.

Compared are entries that follow each other with nothing but blank lines, comments and what is
nested in them between.
Entries that do not show the key stay where they are; those with one key keep their order.

The fix, which the first of a section's findings has, moves entries with all their lines, with the
comments just before them and what is nested in them.
It is safe: no entry changes, and the numbers of a numbered list stay in their places.
There is none where titles show numbers of their own, as `[9]` does, nor where a comment speaks to
peftlint: what it is about would be another entry then.

## Bad

```markdown
- **Parameter-Efficient Transfer Learning for NLP,** ICML 2019. [[Paper](https://arxiv.org/abs/1902.00751)]
- **Compacter,** NeurIPS 2021. [[Paper](https://arxiv.org/abs/2106.04647)]
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
- **MAD-X,** EMNLP 2020. [[Paper](https://arxiv.org/abs/2005.00052)]
- **GPT Understands, Too,** AI Open 2023. [[Paper](https://arxiv.org/abs/2103.10385)]
- **DoRA,** ICML 2024. [[Paper](https://arxiv.org/abs/2402.09353)]
- **LoRA Without Regret,** Blog 2025. [[Post](https://thinkingmachines.ai/blog/lora/)]
```

## Good

```markdown
- **Parameter-Efficient Transfer Learning for NLP,** ICML 2019. [[Paper](https://arxiv.org/abs/1902.00751)]
- **MAD-X,** EMNLP 2020. [[Paper](https://arxiv.org/abs/2005.00052)]
- **Compacter,** NeurIPS 2021. [[Paper](https://arxiv.org/abs/2106.04647)]
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
- **GPT Understands, Too,** AI Open 2023. [[Paper](https://arxiv.org/abs/2103.10385)]
- **DoRA,** ICML 2024. [[Paper](https://arxiv.org/abs/2402.09353)]
- **LoRA Without Regret,** Blog 2025. [[Post](https://thinkingmachines.ai/blog/lora/)]
```

## Options

`key`: `"date"`, which is the arXiv id's, `"year"`, `"venue"` or `"title"` (default: `"auto"`).
`direction`: `"ascending"` or `"descending"` (default: `"auto"`).
With `"auto"` the list tells; where both are given, every section has to be sorted so.
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.convention import AUTO
from peftlint.model import Document
from peftlint.order import Misplaced
from peftlint.rule import Finding, safe_fix
from peftlint.style.sequence import rearranged
from peftlint.style.sorting import DIRECTIONS, KEYS, Sorted, Sorting, learn_sorting, unsorted
from peftlint.value import Value

CODE = "PL306"
FIX = "safe"
MAY_CHANGE = {"order"}
SEVERITY = "info"
PROFILE = "strict"
FOLLOWS_LIST = True


class Options(Value):
    """How entries are sorted.

    Attributes:
        key: `auto`, `date`, `year`, `venue` or `title`.
        direction: `auto`, `ascending` or `descending`.
    """

    key: str = AUTO
    direction: str = AUTO

    def __post_init__(self) -> None:
        """Refuse what nothing can be sorted by."""
        for name, known in (("key", KEYS), ("direction", DIRECTIONS)):
            given = getattr(self, name)
            if given not in (AUTO, *known):
                choices = ", ".join(f'"{one}"' for one in known)
                raise ValueError(f'{name} is "auto" or one of {choices}, not {given!r}')


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report the entries that have to move."""
    chosen = [None if one == AUTO else one for one in (options.key, options.direction)]
    sorting = learn_sorting(document, *chosen)
    if sorting is None:
        return
    for found in unsorted(document, sorting):
        edit = rearranged(document, found.members, found.arrangement.order)
        fix = safe_fix(edit) if edit else None
        for one in found.arrangement.misplaced:
            entry = found.members[one.at].entry
            yield Finding(entry.title.span, _message(found, sorting, one), fix)
            # All move together.
            fix = None


def _message(found: Sorted, sorting: Sorting, one: Misplaced) -> str:
    side, at = ("before", one.before) if one.after is None else ("after", one.after)
    key = sorting.shown(found.members[one.at].entry)
    where = ""
    if at is not None:
        near = found.members[at].entry
        where = f"belongs {side} line {near.line}, {mention.quoted(near.title.text)}"
    said = f"{key} {where}" if key else where
    return f"{said}; entries are sorted {sorting}"
