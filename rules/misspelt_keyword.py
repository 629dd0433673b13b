"""A keyword badge is written unlike the same keyword elsewhere in the list.

Readers search a list by its keywords, and a search for `MultiTask` does not find `Multi_Task`.

Two keywords that differ in nothing but blanks, dashes, underscores and capitals are the same.
The one that most of the list uses, or that the legend names, is right.
A keyword that is used once and is a letter or two away from one that is used at least three
times is taken for a slip of it: `Domain_Adaption` among `Domain_Adaptation`.

Silent where digits differ, about short words and names in capitals (`ViT-B` and `ViT-L`, `NLU`
and `NLG`, `LoRA` and `QLoRA`), about keywords in two colors, which have two roles, and about
every keyword that the legend names.

The fix is unsafe: it may take a new keyword for an old one.
An alternative text that repeats the keyword goes along; else those who hear the list read out
would still be told the other one.

## Bad

```markdown
- **BERT and PALs.** ![MultiTask](https://img.shields.io/badge/MultiTask-green)
- **AdapterFusion.** ![MultiTask](https://img.shields.io/badge/MultiTask-green)
- **Masking as an Efficient Alternative to Finetuning.** ![MultiTask](https://img.shields.io/badge/MultiTask-green)
- **HyperFormer.** ![Multi Task](https://img.shields.io/badge/Multi_Task-green)
```

## Good

```markdown
- **BERT and PALs.** ![MultiTask](https://img.shields.io/badge/MultiTask-green)
- **AdapterFusion.** ![MultiTask](https://img.shields.io/badge/MultiTask-green)
- **Masking as an Efficient Alternative to Finetuning.** ![MultiTask](https://img.shields.io/badge/MultiTask-green)
- **HyperFormer.** ![MultiTask](https://img.shields.io/badge/MultiTask-green)
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from peftlint import mention
from peftlint.badge import StaticBadge, decode, with_message_of
from peftlint.convention import LEAST, SHARE
from peftlint.keyword import Keyword, keywords
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.rule import Finding, Fix, unsafe_fix
from peftlint.slip import is_long_enough, is_slip, letters, shortened
from peftlint.source import Edit

CODE = "PL407"
FIX = "unsafe"
SEVERITY = "warning"
PROFILE = "default"
MAY_CHANGE = {"badges"}
FOLLOWS_LIST = True

# What can be copied from one address into another, whatever stands around it.
_PLAIN = regex(r"[\w%.,+&-]*")
# A slip that is near to more keywords than this says nothing.
_MOST_NEAR = 3

#: What a badge shows on its grey part, and its keyword.
_Name = tuple[str, str]
_Uses = Mapping[_Name, Sequence[Keyword]]


def check(document: Document) -> Iterator[Finding]:
    """Report keywords that are written unlike the list's own."""
    uses: dict[_Name, list[Keyword]] = defaultdict(list)
    for entry in document.entries:
        for item in keywords(entry):
            uses[_name(item.shown)].append(item)
    if len(uses) < 2:  # noqa: PLR2004 - nothing to compare
        return
    taught = {_name(shown) for item in document.legend if (shown := decode(item.badge.url))}
    yield from _written_otherwise(uses, taught)
    yield from _slips(uses, taught)


def _written_otherwise(uses: _Uses, taught: set[_Name]) -> Iterator[Finding]:
    """Keywords that differ from a usual one in separators and capitals only."""
    alike: dict[_Name, list[_Name]] = defaultdict(list)
    for name in uses:
        if is_long_enough(name[1]):
            alike[name[0], letters(name[1])].append(name)
    for names in alike.values():
        if len(names) == 1:
            continue
        right = max(names, key=lambda name: (name in taught, len(uses[name])))
        total = sum(len(uses[name]) for name in names)
        count = len(uses[right])
        is_usual = count >= LEAST and count >= SHARE * total
        where = "the legend" if right in taught else f"the list ({count} of {total})"
        wanted = mention.quoted(right[1])
        for name in names:
            if name in taught or name == right or not _has_role(name, right, uses):
                continue
            # The legend alone does not outweigh what the list does again and again.
            if is_usual or (right in taught and len(uses[name]) == 1):
                message = f"{mention.quoted(name[1])} is written {wanted} in {where}"
                for item in uses[name]:
                    fix = _fix(item, uses[right][0])
                    yield Finding(item.badge.url_span, message, fix)


def _slips(uses: _Uses, taught: set[_Name]) -> Iterator[Finding]:
    """Keywords that are used once and are a letter away from a usual one."""
    usual = [name for name, found in uses.items() if len(found) + (name in taught) >= LEAST]
    single = [name for name, found in uses.items() if len(found) == 1 and name not in taught]
    # A slip is seldom looked for: most keywords begin otherwise than all usual ones.
    beginnings = set(map(_beginning, usual)).intersection(map(_beginning, single))
    usual_by_form: dict[str, dict[str, list[_Name]]] = defaultdict(lambda: defaultdict(list))
    for name in usual:
        if _beginning(name) in beginnings:
            of_label = usual_by_form[name[0]]
            for form in shortened(name[1]):
                near = of_label[form]
                if len(near) <= _MOST_NEAR:
                    near.append(name)
    for name in single:
        if _beginning(name) not in beginnings:
            continue
        near_by_form = usual_by_form[name[0]]
        candidates = {
            other
            for form in near_by_form.keys() & shortened(name[1])
            for other in near_by_form[form]
        }
        rights = [other for other in candidates if is_slip(name[1], other[1])]
        if len(rights) == 1 and _has_role(name, rights[0], uses):
            right = rights[0]
            message = (
                f"{mention.quoted(name[1])} is used once and {mention.quoted(right[1])} "
                f"{len(uses[right])} times: write that if it is the same"
            )
            (item,) = uses[name]
            yield Finding(item.badge.url_span, message, _fix(item, uses[right][0]))


def _beginning(name: _Name) -> tuple[str, str]:
    """What is the same in a keyword and in a slip of it: its grey part and its first letter."""
    return name[0], name[1].lstrip(" _-")[:1].casefold()[:1]


def _name(shown: StaticBadge) -> _Name:
    return shown.label.removesuffix(shown.message).strip(), shown.message


def _has_role(name: _Name, right: _Name, uses: _Uses) -> bool:
    """Whether the colors of a keyword are among those of the right one."""
    colors = {item.shown.color.lower() for item in uses[right]}
    return all(item.shown.color.lower() in colors for item in uses[name])


def _fix(item: Keyword, like: Keyword) -> Fix | None:
    written = like.shown.message_span
    address = with_message_of(item.badge.url, like.badge.url)
    if address is None or not _PLAIN.fullmatch(like.badge.url, written.start, written.end):
        return None
    edits = [Edit(item.badge.url_span, address)]
    if item.badge.alt == item.shown.label and item.badge.alt_span is not None:
        label = decode(address)
        if label is not None:
            edits.append(Edit(item.badge.alt_span, label.label))
    return unsafe_fix(*edits)
