"""A title is written in capital letters.

Publishers print titles in capitals, and some people paste them so.
In a list such a title shouts the others down, and nobody sees which of its words is a name.

The fix writes a capital at the beginning of each word but the small ones, such as `of`.
It is unsafe: it cannot know that `BERT` is a name, unless the option `keep` tells it so.
Silent about titles of one or two words, which are names more often than not.

## Bad

```markdown
- **VISUAL PROMPT TUNING,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Options

`least-words`: a title of fewer words is left alone (default: `3`).

`keep`: words that stay as they are, for example `["BERT", "NLP"]`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from peftlint import mention
from peftlint.model import Document, Text
from peftlint.rule import Finding, Fix, unsafe_fix
from peftlint.source import Edit

CODE = "EXA001"
SEVERITY = "info"
PROFILE = "default"
FIX = "unsafe"
MAY_CHANGE = {"title"}

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "via",
    "with",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What counts as shouting.

    Attributes:
        least_words: how many words a title has at least.
        keep: words that stay as they are.
    """

    least_words: int = 3
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a number that asks for nothing."""
        if self.least_words < 1:
            raise ValueError(f"least-words is at least 1, not {self.least_words}")


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report titles that have no small letter."""
    for entry in document.entries:
        title = entry.title
        if not title.text.isupper():
            continue
        words = _WORD.findall(title.text)
        if len(words) < options.least_words or set(words) <= set(options.keep):
            continue
        message = f"{mention.quoted(title.text)} is in capital letters"
        yield Finding(title.span, message, _fix(document, title, options.keep))


def _fix(document: Document, title: Text, keep: Collection[str]) -> Fix | None:
    """Write the title in small letters, where it stands as a reader sees it."""
    written = document.slice(title.span)
    if written.count(title.text) != 1:
        return None
    return unsafe_fix(Edit(title.span, written.replace(title.text, _calm(title.text, keep))))


def _calm(title: str, keep: Collection[str]) -> str:
    """A title with a capital at the beginning of each word but the small ones."""

    def calm(word: re.Match[str]) -> str:
        if word[0] in keep:
            return word[0]
        small = word[0].lower()
        return small if small in _SMALL and word.start() else small.capitalize()

    return _WORD.sub(calm, title)
