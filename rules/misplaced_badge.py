"""An entry's badges stand in another place than in most of the list.

Where most entries have their keywords right after the title's line, those behind the links
are overlooked, and the other way round.
The fix moves the badges.
It is safe: an entry shows the same badges in the same order.

Only keyword badges are judged, in entries that have all of theirs in one place.
An entry is compared with those that part title and authors in the same way: where there are
no authors, the end of the title's line comes after the links.
Badges in tables stay in their cells.

## Bad

```markdown
- **Visual Prompt Tuning.** ![VPT](https://img.shields.io/badge/VPT-blue)

  [[Paper](https://arxiv.org/abs/2203.12119)]

- **Texts as Images in Prompt Tuning.** ![TaI DPT](https://img.shields.io/badge/TaI_DPT-blue)

  [[Paper](https://arxiv.org/abs/2211.12739)]

- **Neural Prompt Search.** ![NOAH](https://img.shields.io/badge/NOAH-blue)

  [[Paper](https://arxiv.org/abs/2206.04673)]

- **VL-Adapter: Transfer Learning for Vision-and-Language Tasks.**

  [[Paper](https://arxiv.org/abs/2112.06825)] ![VL Adapter](https://img.shields.io/badge/VL_Adapter-blue)
```

## Good

```markdown
- **Visual Prompt Tuning.** ![VPT](https://img.shields.io/badge/VPT-blue)

  [[Paper](https://arxiv.org/abs/2203.12119)]

- **Texts as Images in Prompt Tuning.** ![TaI DPT](https://img.shields.io/badge/TaI_DPT-blue)

  [[Paper](https://arxiv.org/abs/2211.12739)]

- **Neural Prompt Search.** ![NOAH](https://img.shields.io/badge/NOAH-blue)

  [[Paper](https://arxiv.org/abs/2206.04673)]

- **VL-Adapter: Transfer Learning for Vision-and-Language Tasks.** ![VL Adapter](https://img.shields.io/badge/VL_Adapter-blue)

  [[Paper](https://arxiv.org/abs/2112.06825)]
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from peftlint.convention import Habit, habit
from peftlint.keyword import keywords
from peftlint.model import BadgeRun, Document, Entry, Separation
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL404"
SEVERITY = "info"
PROFILE = "default"
FIX = "safe"
FOLLOWS_LIST = True

_PLACES = {
    "before-title": "before the title",
    "after-title": "after the title",
    "after-authors": "after the authors",
    "after-links": "after the links",
}


def check(document: Document) -> Iterator[Finding]:
    """Report keyword badges that do not stand where the list puts them."""
    by_layout: dict[Separation | None, list[Entry]] = defaultdict(list)
    for entry in document.entries:
        if entry.badges and entry.kind not in {"table-row", "html-row"}:
            by_layout[entry.separation].append(entry)
    for entries in by_layout.values():
        ways = habit(tuple(run.place for run in entry.badge_runs) for entry in entries)
        if ways is None or len(ways.way) != 1:
            continue
        usual = Habit(ways.way[0], ways.uses, ways.total)
        for entry in entries:
            run = _keyword_run(entry)
            if run is None:
                continue
            home = entry.badge_homes.get(usual.way)
            if home is None or run.place == usual.way:
                continue
            badges = document.slice(run.span)
            moved = f"{badges} " if usual.way == "before-title" else f" {badges}"
            where, wanted = _PLACES[run.place], _PLACES[usual.way]
            message = f"badges {where}; the list puts them {wanted} ({usual})"
            fix = safe_fix(Edit(run.removal_span, ""), Edit(home, moved))
            yield Finding(run.span, message, fix)


def _keyword_run(entry: Entry) -> BadgeRun | None:
    """The one run of badges of an entry that shows keywords and nothing else."""
    if len(entry.badge_runs) != 1:
        return None
    if len(keywords(entry)) != len(entry.badges):
        return None
    return entry.badge_runs[0]
