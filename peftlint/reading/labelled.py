"""Items that name what they hold: `Paper: https://..`, `**Authors:** ..`, `Key: ..`.

They are an entry's fields, not entries.
"""

from __future__ import annotations

import re

from peftlint import venue
from peftlint.markdown.node import Block
from peftlint.reading.page import LISTS
from peftlint.role import label_role

_LABEL = re.compile(
    r"\W*([^\W\d_][\w /&'-]{0,28}?)\s*"
    r"(?:[(\uff08][^()\uff08\uff09]{0,40}[)\uff09]\s*)?(?:[:\uff1a]|$)"
)
_NAMES = frozenset(
    """
    abstract affiliation affiliations author authors benchmark benchmarks comment comments
    conference contribution contributions dataset datasets date description expenv
    experiments homepage institute institution institutions intro introduction journal key
    keyword keywords metric metrics motivation note notes publication published publisher
    result results summary tag tags task tasks title tl;dr tldr topic topics venue year 会议
    作者 单位 年份 总结 摘要 数据集 标题 简介 论文 链接
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_ONLY_OF_WORKS = frozenset(
    ("author", "authors", "venue", "conference", "journal", "publication", "published",
     "publisher", "作者", "会议", "论文")
)  # fmt: skip
#: The colon may stand inside the marks or after them.
_NEAR = 3


def is_field_list(block: Block) -> bool:
    """Whether the items of a list begin with names of fields, half of them well known.

    A venue may stand among them without its name.
    """
    if block.kind not in LISTS or not block.children:
        return False
    labels = [_label(item) for item in block.children]
    known = sum(map(_is_known, labels))
    return 2 * known >= len(labels) and all(
        label is not None or venue.is_venue(_shown(item))
        for label, item in zip(labels, block.children, strict=True)
    )


def names_work(block: Block) -> bool:
    """Whether a list names what only a work has: paper, code, page, authors, or a venue."""
    labels = [_label(item) for item in block.children]
    return any(
        label.casefold() in _ONLY_OF_WORKS or label_role(label) in ("paper", "code", "project")
        for label in labels
        if label
    )


def is_field(item: Block) -> bool:
    """Whether an item begins with the well-known name of a field and a colon."""
    return _is_known(_label(item))


def is_field_line(paragraph: Block) -> bool:
    """Whether a paragraph begins with the well-known name of a field and a colon."""
    return _is_known(_label_of(paragraph))


def _is_known(label: str | None) -> bool:
    if not label:
        return False
    return label.casefold() in _NAMES or label_role(label) is not None


def _label(item: Block) -> str | None:
    """The words before the colon that an item begins with; `None` where there is none."""
    return _label_of(item.children[0]) if item.children else None


def _shown(item: Block) -> str:
    return " ".join(node.shown() for child in item.children for node in child.nodes)


def _label_of(paragraph: Block) -> str | None:
    if paragraph.kind != "paragraph" or not paragraph.nodes:
        return None
    shown = ""
    for node in paragraph.nodes[:_NEAR]:
        if node.kind not in ("text", "strong", "em", "code", "special"):
            break
        shown += node.shown()
        if ":" in shown or "\uff1a" in shown:
            match = _LABEL.match(shown)
            return match[1] if match else None
    return None
