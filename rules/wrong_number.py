"""The numbers of a list skip, repeat or restart, or are not those that Markdown shows.

Markdown takes only the first number of a list and counts on by itself: `1.`, `2.`, `4.` is shown
as 1, 2, 3, and whoever looks for number 4 in the source finds another entry.
The fix counts on from the number before.
It is safe: the order stays, and within one list the page looks the same.

Counted are entries that follow each other with nothing between.
A list in which most numbers are the same, `1.` before each, leaves the counting to Markdown and
is left alone.
One that counts down is reported once and not fixed: which way to count is its author's to say.

## Bad

```markdown
1. **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
2. **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
4. **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
5. **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Good

```markdown
1. **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
2. **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
3. **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
4. **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.style.number import miscounts, recounted

CODE = "PL107"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"


def check(document: Document) -> Iterator[Finding]:
    """Report where the numbers of a list go wrong."""
    for miscount in miscounts(document):
        first, before, _ = miscount
        said = [] if before is None else [f"number {first.written} follows {before}"]
        if first.shown != first.written:
            said.append(f"Markdown shows {first.written} as {first.shown}")
        fix = safe_fix(*recounted(document, miscount)) if miscount.entries else None
        yield Finding(first.marker.span, "; ".join(said), fix)
