"""A link is written in another way than the list's links: its label, brackets or separator.

`[[Paper](..)]`, `[Paper](..)` and `[[Paper]](..)`, `][`, `], [` and `] [`, `Paper` and `paper`
look like different things to a reader who scans a list.
The fix writes the link as the list does.
It is safe: every link opens what it opened.

Judged are links whose label names what they lead to, such as `Paper` or `Code`.
A label is compared with the same word: `arXiv`, `OpenReview` or `PyTorch` say more than `Paper`
and `Code` and are left alone.
`pdf` is the same word as `Paper`, unless it opens a PDF file or both stand in one entry.
Links in the cells of tables have ways of their own.
Counted are links, and at least three entries have to follow the way of the list.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][[Code](https://github.com/kmnp/vpt)]
- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)][[Code](https://github.com/KaiyangZhou/CoOp)]
- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)][[Code](https://github.com/ZhangYuanhan-AI/NOAH)]
- **VL-Adapter,** CVPR 2022. [[paper](https://arxiv.org/abs/2112.06825)], [[Code]](https://github.com/ylsung/VL_adapter)
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)][[Code](https://github.com/kmnp/vpt)]
- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)][[Code](https://github.com/KaiyangZhou/CoOp)]
- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)][[Code](https://github.com/ZhangYuanhan-AI/NOAH)]
- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)][[Code](https://github.com/ylsung/VL_adapter)]
```

## Options

`brackets`: `"auto"` follows the list; a link to `Paper` written as all should be, for example
`"[[Paper](..)]"` or `"[[Paper]](..)"`, asks for that instead.

`separator`: `"auto"` follows the list; or what should stand between two links, with the brackets
on both sides, for example `"], ["` or `"] | ["`.

`labels`: the spelling of labels, for example `["Paper", "Code"]`; other words follow the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.convention import AUTO, shown
from peftlint.model import Document
from peftlint.role import label_role
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit
from peftlint.style import label, link
from peftlint.style.brackets import is_brackets, with_brackets
from peftlint.style.named import label_place
from peftlint.value import Value

CODE = "PL106"
SEVERITY = "info"
PROFILE = "default"
FIX = "safe"
# A label may also name the venue: `[[arXiv](..)]`.
MAY_CHANGE = {"links", "venue"}
FOLLOWS_LIST = True


class Options(Value):
    """How links are written.

    Attributes:
        brackets: around the link and its label.
        separator: between two links.
        labels: the spelling of labels.
    """

    brackets: str = AUTO
    separator: str = AUTO
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what shows no brackets, no separator or no label of a link."""
        if self.brackets != AUTO and not is_brackets(self.brackets):
            raise ValueError(
                f'brackets is "auto" or a link such as "[[Paper](..)]", not {shown(self.brackets)}'
            )
        if self.separator != AUTO and not link.is_separator(self.separator):
            raise ValueError(
                f'separator is "auto" or a separator such as "], [", not {shown(self.separator)}'
            )
        for word in self.labels:
            if label_role(word) is None:
                raise ValueError(f"labels are words such as Paper or Code, not {shown(word)}")
        twice = label.first_twice(self.labels)
        if twice is not None:
            raise ValueError(f"labels has one word twice, {shown(twice[0])} and {shown(twice[1])}")


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report links that are written otherwise than the list's."""
    for (way, _, named), wanted, because, _ in label.odd_labels(document, options.labels):
        span = label_place(document, named)
        message = f"the link is labelled {shown(way)}; {because}"
        yield Finding(span, message, safe_fix(Edit(span, wanted)))
    odd_links = link.odd_links(document, options.brackets, options.separator)
    for ((way, topic, written, _), wanted, because, _), span in odd_links:
        if topic[0] == "brackets":
            message = f"the brackets are as in {shown(way)}; {because}"
            fix = safe_fix(*with_brackets(document, written, wanted))
        else:
            message = f"the links are parted by {shown(way)}; {because}"
            fix = safe_fix(link.with_separator(span, wanted))
        yield Finding(span, message, fix)
