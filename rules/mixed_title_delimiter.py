"""A title is parted from what follows it in another way than the list's titles.

`**Title,** Venue`, `**Title**, Venue` and `**Title.** Venue` differ by a comma inside the bold
letters, one outside and a full stop; the same goes for `"Title," Venue`.
The fix writes the list's delimiter where the list has it.
It is safe: the title and its marks stay as they are.

A title is compared with those in the same marks that have the same behind them: words, a
bracket, or nothing but links and badges.
A title that ends with a question mark, an exclamation mark or an abbreviation such as `etc.` or
`U.S.` needs no delimiter.
A colon, as in `**Title**:`, may lead on to an explanation: it is left alone, unless most of the
list has one there, which makes those without it odd.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
- **SparseAdapter**, EMNLP 2022. [[Paper](https://arxiv.org/abs/2210.04284)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
- **SparseAdapter,** EMNLP 2022. [[Paper](https://arxiv.org/abs/2210.04284)]
```

## Options

`style`: `"auto"` follows the list; a title written as all should be, for example `"**Title,**"`
or `"**Title**."`, asks for that instead.
It is about titles in the same marks, `*` and `_` being the same, and a comma or a colon is asked
for only where words follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.convention import AUTO, shown
from peftlint.model import Document
from peftlint.rule import Finding, safe_fix
from peftlint.style.ending import is_ending, mended
from peftlint.style.title import odd_titles
from peftlint.value import Value

CODE = "PL104"
SEVERITY = "info"
PROFILE = "default"
FIX = "safe"
FOLLOWS_LIST = True


class Options(Value):
    """How titles end.

    Attributes:
        style: `auto`, or a title with its marks and its delimiter.
    """

    style: str = AUTO

    def __post_init__(self) -> None:
        """Refuse what does not show how a title ends."""
        if self.style != AUTO and not is_ending(self.style, "Title"):
            raise ValueError(
                'style is "auto" or a title in its marks with one delimiter at most, such as '
                f'"**Title,**", not {shown(self.style)}'
            )


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report titles that end otherwise than the list's."""
    for end, wanted, because, _ in odd_titles(document, options.style):
        message = f"the title is written {shown(end.way)}; {because}"
        yield Finding(end.span, message, safe_fix(mended(end, wanted)))
