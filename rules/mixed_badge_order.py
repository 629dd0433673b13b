"""An entry's badges are in another order than the legend's, or than the list's.

A legend ("Keywords Convention") that goes from the name of the work to its task and to what
else is of note gives each color a place; a reader looks for it there.
The fix sorts the badges by color.
It is safe: the same badges stand in the same places.

Without a legend, the order is the one that most entries have.
Silent where most entries do not keep to an order, and about badges that are links, that stand in
several places of an entry, or whose color the legend does not have.

## Bad

```markdown
## Keywords Convention

![CoOp](https://img.shields.io/badge/CoOp-blue) The abbreviation of the work.

![Detection](https://img.shields.io/badge/Detection-green) The main explored task of the work.

## Papers

- **Learning to Prompt,** IJCV 2022. ![CoOp](https://img.shields.io/badge/CoOp-blue) ![Retrieval](https://img.shields.io/badge/Retrieval-green)

- **Neural Prompt Search,** arXiv 2022. ![NOAH](https://img.shields.io/badge/NOAH-blue) ![Retrieval](https://img.shields.io/badge/Retrieval-green)

- **VL-Adapter,** CVPR 2022. ![VL Adapter](https://img.shields.io/badge/VL_Adapter-blue) ![VQA](https://img.shields.io/badge/VQA-green)

- **Visual Prompt Tuning,** ECCV 2022. ![Detection](https://img.shields.io/badge/Detection-green) ![VPT](https://img.shields.io/badge/VPT-blue)
```

## Good

```markdown
## Keywords Convention

![CoOp](https://img.shields.io/badge/CoOp-blue) The abbreviation of the work.

![Detection](https://img.shields.io/badge/Detection-green) The main explored task of the work.

## Papers

- **Learning to Prompt,** IJCV 2022. ![CoOp](https://img.shields.io/badge/CoOp-blue) ![Retrieval](https://img.shields.io/badge/Retrieval-green)

- **Neural Prompt Search,** arXiv 2022. ![NOAH](https://img.shields.io/badge/NOAH-blue) ![Retrieval](https://img.shields.io/badge/Retrieval-green)

- **VL-Adapter,** CVPR 2022. ![VL Adapter](https://img.shields.io/badge/VL_Adapter-blue) ![VQA](https://img.shields.io/badge/VQA-green)

- **Visual Prompt Tuning,** ECCV 2022. ![VPT](https://img.shields.io/badge/VPT-blue) ![Detection](https://img.shields.io/badge/Detection-green)
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.style.badge_order import SORTED, badge_orders

CODE = "PL403"
SEVERITY = "info"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"badges"}
FOLLOWS_LIST = True


def check(document: Document) -> Iterator[Finding]:
    """Report badges that are not in the usual order of their colors."""
    for use, wanted, _, tally in badge_orders(document).odd():
        if wanted == SORTED:
            message = (
                f"badges in the order {_listed(use.colors)}; "
                f"the list has {_listed(use.sorted_colors)} ({tally})"
            )
            yield Finding(use.span, message, safe_fix(*use.edits))


def _listed(colors: Sequence[str]) -> str:
    return ", ".join(color for color, _ in groupby(colors))
