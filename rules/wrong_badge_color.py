"""A badge has a color that the list's legend does not give, or that means something else.

The legend ("Keywords Convention") gives each color a role.
A color outside it says nothing, and a keyword in the color of another role says something
wrong.
The second is seen where the legend or most of the list gives the keyword one color; the
first, where most of the list keeps to the legend.

The fix is safe: it gives the color that the legend gives this keyword, or, to a color outside
the legend, the one that the keyword has elsewhere.
Between two roles that the legend has for others, only a person can decide: there is no fix.
Silent in a list without a legend, and about badges that are links or have two parts where the
legend's have one.

## Bad

```markdown
## Keywords Convention

![CoOp](https://img.shields.io/badge/CoOp-blue) The abbreviation of the work.

![Detection](https://img.shields.io/badge/Detection-green) The main explored task of the work.

## Papers

- **Visual Prompt Tuning,** ECCV 2022. ![Detection](https://img.shields.io/badge/Detection-red)
```

## Good

```markdown
## Keywords Convention

![CoOp](https://img.shields.io/badge/CoOp-blue) The abbreviation of the work.

![Detection](https://img.shields.io/badge/Detection-green) The main explored task of the work.

## Papers

- **Visual Prompt Tuning,** ECCV 2022. ![Detection](https://img.shields.io/badge/Detection-green)
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from peftlint import mention, title
from peftlint.badge import StaticBadge, decode
from peftlint.convention import SHARE, habit
from peftlint.keyword import keywords
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL401"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"badges"}
FOLLOWS_LIST = True


def check(document: Document) -> Iterator[Finding]:
    """Report keyword badges whose color the legend does not give to them."""
    legend = [shown for item in document.legend if (shown := decode(item.badge.url))]
    legend_parts = {shown.parts for shown in legend}
    legend_colors = {_color(shown) for shown in legend}
    taught = {title.key(shown.label): _color(shown) for shown in legend}
    used = [
        item
        for entry in document.entries
        for item in keywords(entry)
        if item.shown.parts in legend_parts
    ]
    colors: dict[str, list[str]] = defaultdict(list)
    for shown in (*legend, *(item.shown for item in used)):
        if _color(shown) in legend_colors:
            colors[title.key(shown.label)].append(_color(shown))
    outside = sum(_color(item.shown) not in legend_colors for item in used)
    legend_is_followed = outside <= max(1, (1 - SHARE) * len(used))

    habits = {keyword: habit(found) for keyword, found in colors.items()}
    for badge, shown in used:
        color, keyword = _color(shown), title.key(shown.label)
        usual = habits.get(keyword)
        right = usual.way if usual else taught.get(keyword)
        if color not in legend_colors and legend_is_followed:
            message = f"the color of {mention.quoted(shown.label)}, {color}, is not in the legend"
            known = set(colors[keyword])
            right = right or (known.pop() if len(known) == 1 else None)
        elif right and color != right:
            where = f"elsewhere ({usual})" if usual else "in the legend"
            message = f"{mention.quoted(shown.label)} is {color} here and {right} {where}"
        else:
            continue
        # Between two roles of the legend, only the legend decides.
        sure = right if color not in legend_colors or keyword in taught else None
        fix = safe_fix(Edit(badge.color_span, sure)) if badge.color_span and sure else None
        yield Finding(badge.url_span, message, fix)


def _color(shown: StaticBadge) -> str:
    return shown.color.lower().replace("grey", "gray")
