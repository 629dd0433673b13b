"""A later part of an entry is not indented, so it falls out of the list item.

Markdown ends the item there: the authors or the links become a paragraph between two lists, and
a numbered list begins anew.
Three blanks, enough for what stands under `9.`, are too few under `10.`, also for a sub-bullet.
The fix indents the lines to the entry's text.
It is safe: nothing changes but where the lines stand.

Silent where most of the list's entries are written like this, unless others that are indented as
far stand inside.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.12119)]

- **Neural Prompt Search,** arXiv 2022.

  *Yuanhan Zhang, Kaiyang Zhou.* [[Paper](https://arxiv.org/abs/2206.04673)]

- **Learning to Prompt,** IJCV 2022.

  *Kaiyang Zhou, Jingkang Yang.* [[Paper](https://arxiv.org/abs/2109.01134)]

- **VL-Adapter,** CVPR 2022.

*Yi-Lin Sung, Jaemin Cho.* [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.12119)]

- **Neural Prompt Search,** arXiv 2022.

  *Yuanhan Zhang, Kaiyang Zhou.* [[Paper](https://arxiv.org/abs/2206.04673)]

- **Learning to Prompt,** IJCV 2022.

  *Kaiyang Zhou, Jingkang Yang.* [[Paper](https://arxiv.org/abs/2109.01134)]

- **VL-Adapter,** CVPR 2022.

  *Yi-Lin Sung, Jaemin Cho.* [[Paper](https://arxiv.org/abs/2112.06825)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.style.continuation import indented, odd_continuations

CODE = "PL102"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
# A list of authors and links becomes one inside the item.
MAY_CHANGE = {"blocks"}
FOLLOWS_LIST = True


def check(document: Document) -> Iterator[Finding]:
    """Report entries whose later parts fall out of them."""
    for use, _, _, tally in odd_continuations(document):
        how = f"indented by {use.columns}, not {use.wanted}" if use.columns else "not indented"
        message = f"{how}, so it falls out of its entry"
        if tally:
            message += f"; the list indents it ({tally})"
        yield Finding(use.span, message, safe_fix(*indented(use.entry)))
