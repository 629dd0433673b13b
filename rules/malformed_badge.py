"""A badge's address does not show the keyword as meant, or is written unlike the list's others.

In a static badge of shields.io a dash parts label, message and color: `MV-Adapter-blue` shows
`MV` on gray and `Adapter` on blue, and `P-tuning-v2-blue` shows an error.
A dash that shall be seen is written `--`.
This is reported where the list's keyword badges have one part and the legend gives the color.

A leading dash and `%20` for a blank are reported where the list's other badges do without the
one and write `_` for the other.

The fix is safe: a badge shows its keyword as before, or as it was meant.

## Bad

```markdown
## Keywords Convention

![CoOp](https://img.shields.io/badge/CoOp-blue) The abbreviation of the work.

![Image Classification](https://img.shields.io/badge/Image_Classification-green) The task.

## Papers

- **Visual Prompt Tuning.** ![VPT](https://img.shields.io/badge/VPT-blue)

- **Texts as Images in Prompt Tuning.** ![TaI DPT](https://img.shields.io/badge/TaI_DPT-blue)

- **Neural Prompt Search.** ![NOAH](https://img.shields.io/badge/NOAH-blue)

- **Multimodal Video Adapter.** ![MV-Adapter](https://img.shields.io/badge/MV-Adapter-blue)
```

## Good

```markdown
## Keywords Convention

![CoOp](https://img.shields.io/badge/CoOp-blue) The abbreviation of the work.

![Image Classification](https://img.shields.io/badge/Image_Classification-green) The task.

## Papers

- **Visual Prompt Tuning.** ![VPT](https://img.shields.io/badge/VPT-blue)

- **Texts as Images in Prompt Tuning.** ![TaI DPT](https://img.shields.io/badge/TaI_DPT-blue)

- **Neural Prompt Search.** ![NOAH](https://img.shields.io/badge/NOAH-blue)

- **Multimodal Video Adapter.** ![MV-Adapter](https://img.shields.io/badge/MV--Adapter-blue)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import badge, mention
from peftlint.convention import habit
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit

CODE = "PL402"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"badges"}
FOLLOWS_LIST = True

# Between two words; a leading one parts an empty label from the keyword.
_SINGLE_DASH = regex(r"(?<=[^-])-(?!-)")


def check(document: Document) -> Iterator[Finding]:
    """Report keyword badges with a stray or unescaped dash, or with `%20` among `_`."""
    written = [
        (item, words)
        for entry in document.entries
        for item in entry.badges
        if item.link is None and (words := badge.words(item.url))
    ]
    shown = [found for item, _ in written if (found := badge.decode(item.url))]
    parts = habit(found.parts for found in shown)
    dashes = habit(words.startswith("-") for _, words in written)
    blanks = habit(_blank(words) for _, words in written if _blank(words))
    colors = {item.color for item in document.legend}
    for item, words in written:
        mended = words
        wrong = []
        if dashes and not dashes.way and mended.startswith("-"):
            mended = mended[1:]
            wrong.append(f"begins with a dash, unlike the list's others ({dashes})")
        if blanks and blanks.way == "_" and "%20" in mended:
            mended = mended.replace("%20", "_")
            wrong.append(f"writes a blank as %20, the list as _ ({blanks})")
        keyword, _, color = mended.rpartition("-")
        is_judged = parts is not None and parts.way == 1 and color in colors
        is_parted = is_judged and _SINGLE_DASH.search(keyword) is not None
        if is_parted:
            mended = f"{_SINGLE_DASH.sub('--', keyword)}-{color}"
            wrong.append("is parted at its dash: a dash to be seen is written --")
        if not wrong:
            continue
        after = badge.with_words(item.url, mended)
        label = _label(after)
        if label is None or (not is_parted and label != _label(item.url)):
            continue
        name = mention.quoted(label)
        message = f"the badge {name} {' and '.join(wrong)}"
        yield Finding(item.url_span, message, safe_fix(Edit(item.url_span, after)))


def _label(url: str) -> str | None:
    shown = badge.decode(url)
    return shown.label if shown else None


def _blank(words: str) -> str | None:
    """How a badge writes a blank: `%20`, `_`, or `None` where it shows none."""
    if "%20" in words:
        return "%20"
    return "_" if "_" in words else None
