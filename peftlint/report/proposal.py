"""A `peftlint.toml` that says what lists do, and lets people hold them to it.

Titles, labels and paths are a stranger's text: in a comment all that has no shape of its own is
written out, and in a value it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint import title
from peftlint.convention import Habit
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.role import label_role
from peftlint.style.family import families
from peftlint.style.label import label_habits
from peftlint.style.layout import Layout
from peftlint.style.learnt import Learnt, learnt, remarks

_HEAD = """\
# Settings of peftlint. Nothing is set yet: a rule about style follows what most of a list does.
# Remove the "# " before an option to hold every list to it, whatever most of it does.
# `peftlint explain RULE` tells what a rule is about and what its options mean.

# Rules to leave out: codes, beginnings of codes (PL2) or names; `peftlint rules` lists them.
# ignore = ["shared-paper-link"]

# Files and folders to leave out, as in .gitignore.
# exclude = ["archive/"]
"""
_HEAD_OF_ADDITION = """\
# What the lists do, to paste into the settings: it sets nothing.
# Remove the "# " before an option to hold every list to it, whatever most of it does, and before
# the [table] above it, unless the settings have that table already."""

#: So many lists are named; the others are counted.
_MOST_LISTS = 3
#: The rule whose option `labels` adds up what several lists do.
LABEL_RULE, LABEL_OPTION = "mixed-link-style", "labels"
#: A label is worth an option from this share of all labelled links on.
_SHARE_OF_LABELS = 0.05


class Summary(NamedTuple):
    """What a proposal says of a list.

    Attributes:
        path: of the list, from the folder of the settings.
        usual: the layout of most of its entries.
        options: what it does, as options of rules.
        labels: how it spells the labels of its links.
        remarks: what it does besides.
    """

    path: str
    usual: Habit[Layout]
    options: tuple[Learnt, ...]
    labels: tuple[Habit[str], ...]
    remarks: tuple[str, ...]


class _Use(NamedTuple):
    """What one list does.

    Attributes:
        value: as an option has it.
        path: of the list.
        share: how many of how many places are like that.
        uses: how many they are; counted for labels only.
    """

    value: str
    path: str
    share: str
    uses: int = 0


def summary(path: str, document: Document) -> Summary:
    """What a proposal says of a list.

    Args:
        path: of the list, from the folder of the settings.
        document: the list, which has entries.
    """
    largest, *_ = families(document, document.entries)
    usual = Habit(largest.layout, len(largest.entries), len(document.entries))
    labels = (one for one in label_habits(document) if _names_role(one.way))
    options = tuple(learnt(document))
    return Summary(path, usual, options, tuple(labels), tuple(remarks(document)))


def _names_role(label: str) -> bool:
    """Whether a label is nothing but words of a role: not `arXiv 2305`, `code&data`."""
    is_words = all(word.isalpha() for word in label.split(" "))
    return is_words and label_role(label) not in (None, "other")


def proposal(lists: Sequence[Summary]) -> str:
    """The text of a `peftlint.toml`: valid, and so with any of its options un-commented.

    Args:
        lists: what was learnt, at least from one.
    """
    lines = [_HEAD, *map(_comment, _layouts(lists))]
    for table, options in _tables(lists):
        lines += ["", f"[{table}]", *map(_comment, options)]
    return "\n".join([*lines, ""])


def addition(lists: Sequence[Summary], prefix: str = "") -> Iterator[str]:
    """The lines to paste into settings that are there already: nothing but comments.

    Args:
        lists: what was learnt, at least from one.
        prefix: what the names of tables begin with there.
    """
    yield from _HEAD_OF_ADDITION.split("\n")
    yield ""
    yield from map(_comment, _layouts(lists))
    for table, options in _tables(lists):
        yield ""
        yield _comment(f"[{prefix}{table}]")
        yield from map(_comment, options)


def _comment(text: str) -> str:
    return f"# {printable(text)}"


def _layouts(lists: Sequence[Summary]) -> Iterator[str]:
    yield "How most entries are laid out, and what the lists do that no option is about;"
    yield "`/` is a line end, `//` a blank line, `\\` a hard break, `/ -` a sub-bullet."
    for one in lists[:_MOST_LISTS]:
        yield f"{one.path}: {one.usual.way} ({one.usual})"
        yield from (f"  {remark}" for remark in one.remarks)
    if len(lists) > _MOST_LISTS:
        yield f"and so on, for {len(lists) - _MOST_LISTS} more lists"


def _tables(lists: Sequence[Summary]) -> Iterator[tuple[str, list[str]]]:
    """The name of each table, and the lines in it."""
    found: dict[str, dict[str, list[_Use]]] = {}
    for one in lists:
        for option in one.options:
            use = _Use(option.value, one.path, option.share)
            found.setdefault(option.rule, {}).setdefault(option.name, []).append(use)
    labels = list(_labels(lists))
    if labels:
        found.setdefault(LABEL_RULE, {})
    for rule, options in found.items():
        lines = [line for name, uses in options.items() for line in _option(name, uses)]
        yield f"rules.{rule}", lines + (labels if rule == LABEL_RULE else [])


def _option(name: str, uses: Sequence[_Use]) -> Iterator[str]:
    """An option as the lists have it, or why it is none where they differ."""
    by_value = _by_value(uses)
    if len(by_value) > 1:
        yield from _differing(name, by_value)
        return
    yield f"{name} = {_toml(uses[0].value)} # {_listed(uses)}"


def _labels(lists: Sequence[Summary]) -> Iterator[str]:
    """The labels of all lists, which add up; those that the lists spell otherwise are told of."""
    by_word: dict[str, list[_Use]] = {}
    total = 0
    for one in lists:
        for found in one.labels:
            use = _Use(found.way, one.path, str(found), found.uses)
            by_word.setdefault(title.key(found.way), []).append(use)
            total += found.total
    agreed: list[_Use] = []
    for uses in sorted(by_word.values(), key=_count, reverse=True):
        if _count(uses) < _SHARE_OF_LABELS * total:
            continue
        by_value = _by_value(uses)
        if len(by_value) > 1:
            yield from _differing("a label", by_value)
        else:
            agreed += uses
    values = list(_by_value(agreed))
    if not values:
        return
    paths = {use.path for use in agreed}
    said = f"of {len(paths)} lists"
    if len(paths) == 1:
        said = f"{', '.join(f'{use.value} {use.share}' for use in agreed)} in {agreed[0].path}"
    yield f"{LABEL_OPTION} = [{', '.join(map(_toml, values))}] # {said}"


def _count(uses: Sequence[_Use]) -> int:
    return sum(use.uses for use in uses)


def _by_value(uses: Sequence[_Use]) -> dict[str, list[_Use]]:
    found: dict[str, list[_Use]] = {}
    for use in uses:
        found.setdefault(use.value, []).append(use)
    return found


def _differing(what: str, by_value: dict[str, list[_Use]]) -> Iterator[str]:
    yield f"The lists differ in {what}, and an option holds for all of them:"
    for value, alike in by_value.items():
        yield f"  {_toml(value)}: {_listed(alike)}"


def _listed(uses: Sequence[_Use]) -> str:
    more = f" and so on in {len(uses) - _MOST_LISTS} more" if len(uses) > _MOST_LISTS else ""
    return "; ".join(f"{use.share} in {use.path}" for use in uses[:_MOST_LISTS]) + more


def _toml(text: str) -> str:
    """A string in quotes, of which every character can be seen."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"  # noqa: PLR2004
