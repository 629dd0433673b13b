"""An entry's authors are written in another way than the list's authors.

Five things are compared: the order of the names (`First Last, First Last`, or BibTeX's
`Last, First and Last, First`), the blank after a comma, `et al.` or `and others`, the closing
full stop inside or outside the emphasis, and the emphasis itself, `*` or `_`.

The fix writes them as the list does.
It is safe where it changes marks and blanks, and unsafe where it turns names round: what is
first name and what is last name, only a person knows for sure.
Names are never turned into BibTeX's order.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.12119)]

- **Neural Prompt Search,** arXiv 2022.

  *Yuanhan Zhang, Kaiyang Zhou, Ziwei Liu.* [[Paper](https://arxiv.org/abs/2206.04673)]

- **Learning to Prompt,** IJCV 2022.

  *Kaiyang Zhou, Jingkang Yang.* [[Paper](https://arxiv.org/abs/2109.01134)]

- **VL-Adapter,** CVPR 2022.

  *Yi-Lin Sung,Jaemin Cho*. [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang.* [[Paper](https://arxiv.org/abs/2203.12119)]

- **Neural Prompt Search,** arXiv 2022.

  *Yuanhan Zhang, Kaiyang Zhou, Ziwei Liu.* [[Paper](https://arxiv.org/abs/2206.04673)]

- **Learning to Prompt,** IJCV 2022.

  *Kaiyang Zhou, Jingkang Yang.* [[Paper](https://arxiv.org/abs/2109.01134)]

- **VL-Adapter,** CVPR 2022.

  *Yi-Lin Sung, Jaemin Cho.* [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Options

Each is `"auto"`, which follows the list, or asks for one way.

`order`: `"First Last, First Last"` or `"Last, First and Last, First"`.

`separator`: `"A, B"` or `"A,B"`.

`others`: `"et al."` or `"and others"`.

`period`: where the full stop stands, `"*A, B.*"`, `"*A, B*."` or `"*A, B*"`; `_` will do for `*`.

`marks`: `"*A, B*"` or `"_A, B_"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.convention import AUTO, shown
from peftlint.model import Document
from peftlint.rule import Finding, Fix, safe_fix, unsafe_fix
from peftlint.style import author
from peftlint.style.ending import is_ending, mended
from peftlint.value import Value

CODE = "PL105"
SEVERITY = "info"
PROFILE = "default"
FIX = "safe"
FOLLOWS_LIST = True


class Options(Value):
    """How authors are written.

    Attributes:
        order: of first and last names.
        separator: the comma between two names.
        others: what stands for more authors.
        period: where the full stop behind emphasised authors stands.
        marks: what emphasises the authors.
    """

    order: str = AUTO
    separator: str = AUTO
    others: str = AUTO
    period: str = AUTO
    marks: str = AUTO

    def __post_init__(self) -> None:
        """Refuse ways that nobody writes."""
        possible = {
            "order": author.ORDERS,
            "separator": author.SEPARATORS,
            "others": author.OTHERS,
            "marks": author.MARKS,
        }
        for name, ways in possible.items():
            value = getattr(self, name)
            if value not in (AUTO, *ways):
                listed = " or ".join(f'"{way}"' for way in (AUTO, *ways))
                raise ValueError(f"{name} is {listed}, not {shown(value)}")
        if self.period != AUTO and not is_ending(self.period, "A, B"):
            raise ValueError(
                f'period is "auto" or a sample such as "*A, B.*", not {shown(self.period)}'
            )


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report authors that are written otherwise than the list's."""
    styles: dict[author.Topic, str] = {
        "order": options.order,
        "separator": options.separator,
        "others": options.others,
        "marks": options.marks,
    }
    for ((way, topic, entry), wanted, because, _), span in author.odd_ways(document, styles):
        fix: Fix | None
        if topic == "order":
            message = f"names are written {shown(way)}; {because}"
            turned = wanted == author.FIRST_LAST
            fix = unsafe_fix(author.with_names_turned(entry)) if turned else None
        elif topic == "separator":
            message = f"authors are parted as in {shown(way)}; {because}"
            fix = safe_fix(*author.with_separators(document, entry, wanted))
        elif topic == "others":
            message = f"more authors are {shown(way)} here; {because}"
            fix = safe_fix(author.with_others(document, entry, wanted))
        else:
            message = f"the authors are marked as in {shown(way)}; {because}"
            fix = safe_fix(*author.with_marks(span, wanted))
        yield Finding(span, message, fix)
    for end, wanted, because, _ in author.odd_authors_endings(document, options.period):
        message = f"the authors end as in {shown(end.way)}; {because}"
        yield Finding(end.span, message, safe_fix(mended(end, wanted)))
