"""A `peftlint.toml` that says what lists do, and lets people hold them to it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint.convention import Habit
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.style.family import families
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

#: So many lists are named; the others are counted.
_MOST_LISTS = 3


class Summary(NamedTuple):
    """What a proposal says of a list.

    Attributes:
        path: of the list, as the user knows it.
        usual: the layout of most of its entries.
        options: what it does, as options of rules.
        remarks: what it does besides.
    """

    path: str
    usual: Habit[Layout]
    options: tuple[Learnt, ...]
    remarks: tuple[str, ...]


def summary(path: str, document: Document) -> Summary:
    """What a proposal says of a list.

    Args:
        path: of the list, as the user knows it.
        document: the list, which has entries.
    """
    largest, *_ = families(document, document.entries)
    usual = Habit(largest.layout, len(largest.entries), len(document.entries))
    visible = (one for one in learnt(document) if _toml(one.value).isprintable())
    return Summary(path, usual, tuple(visible), tuple(remarks(document)))


def proposal(lists: Sequence[Summary]) -> str:
    """The text of a `peftlint.toml`: valid, and so with any of its options un-commented.

    Args:
        lists: what was learnt, at least from one.
    """
    return "\n".join([_HEAD, *_layouts(lists), *_tables(lists), ""])


def _layouts(lists: Sequence[Summary]) -> Iterator[str]:
    yield "# How most entries are laid out, and what the lists do that no option is about;"
    yield "# `/` is a line end, `//` a blank line, `\\` a hard break, `/ -` a sub-bullet."
    for one in lists[:_MOST_LISTS]:
        yield f"# {printable(one.path)}: {one.usual.way} ({one.usual})"
        yield from (f"#   {remark}" for remark in one.remarks)
    if len(lists) > _MOST_LISTS:
        yield f"# and so on, for {len(lists) - _MOST_LISTS} more lists"


def _tables(lists: Sequence[Summary]) -> Iterator[str]:
    found: dict[str, dict[str, list[tuple[str, Learnt]]]] = {}
    for one in lists:
        for option in one.options:
            found.setdefault(option.rule, {}).setdefault(option.name, []).append((one.path, option))
    for rule, options in found.items():
        yield ""
        yield f"[rules.{rule}]"
        for name, uses in options.items():
            yield from _option(name, uses)


def _option(name: str, uses: Sequence[tuple[str, Learnt]]) -> Iterator[str]:
    """An option as the lists have it, or why it is none where they differ."""
    by_value: dict[str | tuple[str, ...], list[str]] = {}
    for path, option in uses:
        by_value.setdefault(option.value, []).append(f"{option.share} in {printable(path)}")
    agreed = _agreed(list(by_value))
    if agreed is not None:
        # What was put together from several lists, none of them does as a whole.
        said = f"of {len(uses)} lists" if agreed not in by_value else _listed(by_value[agreed])
        yield f"# {name} = {_toml(agreed)} # {said}"
        return
    yield f"# The lists differ in {name}, and an option holds for all of them:"
    for value, shares in by_value.items():
        yield f"#   {_toml(value)}: {_listed(shares)}"


def _agreed(values: Sequence[str | tuple[str, ...]]) -> str | tuple[str, ...] | None:
    """The value that contradicts none of these: labels of several lists add up."""
    if len(values) == 1:
        return values[0]
    words = dict.fromkeys(word for value in values if isinstance(value, tuple) for word in value)
    spellings = Counter(word.casefold() for word in words)
    return tuple(word for word in words if spellings[word.casefold()] == 1) or None


def _listed(shares: Sequence[str]) -> str:
    more = f" and so on in {len(shares) - _MOST_LISTS} more" if len(shares) > _MOST_LISTS else ""
    return "; ".join(shares[:_MOST_LISTS]) + more


def _toml(value: str | tuple[str, ...]) -> str:
    # Where all is printable, TOML writes strings and lists of them as JSON does.
    return json.dumps(value, ensure_ascii=False)
