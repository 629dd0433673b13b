"""Items that name what they hold: `Paper: https://..`, `**Authors:** ..`, `Key: ..`.

They are an entry's fields, not entries. Where one of them names the title, it begins an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from peftlint import venue
from peftlint.markdown.node import Block, Node
from peftlint.model import Role
from peftlint.reading.page import LISTS
from peftlint.regex import regex
from peftlint.role import label_role

_LABEL = regex(
    r"\W*([^\W\d_][\w /&'-]{0,28}?)\s*"
    r"(?:[(\uff08][^()\uff08\uff09]{0,40}[)\uff09]\s*)?(?:[:\uff1a]|$)"
)
#: In characters.
_LONGEST_LABEL = 29
#: What is in labels but for letters and digits.
_IN_LABELS = str.maketrans("", "", " _/&'-")
_NAMES = frozenset(
    """
    abstract affiliation affiliations author authors benchmark benchmarks comment comments
    conference contribution contributions dataset datasets date description expenv
    experiments homepage institute institution institutions intro introduction journal key
    keyword keywords metric metrics motivation note notes publication published publisher
    result results summary tag tags task tasks title tl;dr tldr topic topics venue year 会议
    作者 关键词 出处 单位 发表 年份 总结 摘要 数据集 时间 期刊 机构 标题 简介 论文 链接 题目
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: Labels of a title, and of what may be one or its address.
_OF_TITLES = frozenset(
    ("title", "paper title", "标题", "题目", "论文标题", "论文题目", "论文名", "论文名称")
)
_OF_PAPERS = frozenset(("paper", "论文", "文章"))
#: `论文链接`, `代码地址`, `发表时间`: in Chinese no blank stands between two words.
_COMPOUND = regex(
    r"(论文|代码|源码|项目|文章|数据集|数据|模型|开源|发表|作者)"
    r"(?:论文|代码|源码|项目|数据集|数据|模型|下载|链接|地址|主页|网站|网址|时间|年份|单位|期刊|会议"
    r"|解读|视频|介绍|和|与|及|的|/|、)+"
)
#: How a work was presented, which needs no label.
_PRESENTED = regex(
    r"(?:oral|spotlight|poster|highlight|best (?:student )?paper(?: award)?|award candidate)",
    re.IGNORECASE,
)
_ONLY_OF_WORKS = frozenset(
    ("author", "authors", "venue", "conference", "journal", "publication", "published",
     "publisher", "作者", "会议", "论文")
)  # fmt: skip
#: The colon may stand inside the marks or after them.
_NEAR = 3
#: In words: a title behind a label that may be that of an address.
_FEWEST_WORDS = 3


def is_field_list(block: Block) -> bool:
    """Whether the items of a list begin with names of fields, half of them well known.

    A venue may stand among them without its name, and an item without anything in it.
    """
    if block.kind not in LISTS or not block.children:
        return False
    labels: list[str | None] = []
    known = 0
    for item in block.children:
        label = _label(item)
        labels.append(label)
        known += _is_known(label)
        if 2 * (len(labels) - known) > len(block.children):
            return False
    return all(
        label is not None or not item.children or _is_short_field(item)
        for label, item in zip(labels, block.children, strict=True)
    )


def is_list_of_links(block: Block) -> bool:
    """Whether each item of a list is nothing but links that name what they lead to."""
    return block.kind in LISTS and all(
        item.children
        and (_is_links(item) or _PRESENTED.match(_shown(item)))
        # Asked last: it is dear, and few items come that far.
        and not venue.is_venue(_shown(item))
        for item in block.children
    )


def names_work(block: Block) -> bool:
    """Whether a list names what only a work has: paper, code, page, authors, or a venue."""
    labels = [_label(item) for item in block.children]
    return any(
        label.casefold() in _ONLY_OF_WORKS or _role(label) in ("paper", "code", "project")
        for label in labels
        if label
    )


def begins_work(paragraph: Block) -> bool:
    """Whether a paragraph names a title and shows it: `**Title:** ..`."""
    label = (_label_of(paragraph) or "").casefold()
    if label in _OF_TITLES:
        return True
    if label not in _OF_PAPERS:
        return False
    # `Paper: https://..` leads to it, `Paper: A Title of Words` is one.
    nodes = paragraph.nodes
    shown = "".join(node.shown() for node in nodes if node.kind not in ("link", "image"))
    return (
        "://" not in shown
        and len(shown.split()) > _FEWEST_WORDS
        and not any(node.kind == "link" for node in nodes[:_NEAR])
    )


def is_same_field(paragraph: Block, other: Block) -> bool:
    """Whether two paragraphs begin with the same label."""
    label = _label_of(paragraph)
    return label is not None and label.casefold() == (_label_of(other) or "").casefold()


def groups_of_fields(block: Block) -> list[list[Block]]:
    """The items of each work in a list whose items are the fields of one work after another.

    Its first item names a title, and each that has the same label begins the next work. Empty
    where the list is none such.
    """
    first = block.children[0].children[:1] if block.children else []
    if not first or not begins_work(first[0]):
        return []
    groups: list[list[Block]] = []
    for item in block.children:
        if not item.children:
            return []
        if is_same_field(first[0], item.children[0]):
            groups.append([])
        elif not is_field(item) and not _is_short_field(item):
            return []
        groups[-1].append(item)
    # One field for each work is a list of titles.
    return groups if 2 * len(groups) <= len(block.children) else []


def _is_short_field(item: Block) -> bool:
    """Whether an item without a label is a venue, or links that name what they lead to.

    A word on how the work was presented says nothing else, too.
    """
    shown = _shown(item)
    return bool(venue.is_venue(shown) or _PRESENTED.match(shown) or _is_links(item))


def _is_links(item: Block) -> bool:
    """Whether an item is nothing but links that name what they lead to."""
    links = list(_links(item.children[0].nodes))
    words = "".join(node.shown() for node in item.children[0].nodes if node.kind != "link")
    return (
        bool(links)
        and not any(map(str.isalpha, words))
        and all(_role(link.shown()) is not None for link in links)
    )


def _links(nodes: Sequence[Node]) -> Iterator[Node]:
    return (node for node in nodes if node.kind == "link")


def is_field(item: Block) -> bool:
    """Whether an item begins with the well-known name of a field and a colon."""
    return _is_known(_label(item))


def is_field_line(paragraph: Block) -> bool:
    """Whether a paragraph begins with the well-known name of a field and a colon."""
    return _is_known(_label_of(paragraph))


def _is_known(label: str | None) -> bool:
    if not label:
        return False
    folded = label.casefold()
    return folded in _NAMES or folded in _OF_TITLES or _role(label) is not None


def _role(label: str) -> Role | None:
    """What a label names, in compounds as well."""
    compound = None if label.isascii() else _COMPOUND.fullmatch(label)
    if compound is None:
        return label_role(label)
    return label_role(compound[1]) or "other"


def _label(item: Block) -> str | None:
    """The words before the colon that an item begins with; `None` where there is none."""
    return _label_of(item.children[0]) if item.children else None


def _shown(item: Block) -> str:
    return " ".join(node.shown() for child in item.children for node in child.nodes)


@lru_cache(maxsize=4)  # asked of a paragraph four times: as an entry, and as more of the one before
def _label_of(paragraph: Block) -> str | None:
    if paragraph.kind != "paragraph" or not paragraph.nodes:
        return None
    shown = ""
    for node in paragraph.nodes[:_NEAR]:
        if node.kind not in ("text", "strong", "em", "code", "special"):
            break
        shown += node.shown()
        if ":" in shown or "\uff1a" in shown:
            return _read_label(shown)
    return None


def _read_label(shown: str) -> str | None:
    """The label that a text with a colon begins with."""
    # A cheap look before a dear one.
    head = shown.partition(":")[0].strip()
    if head[:1].isalpha() and head.translate(_IN_LABELS).isalnum():
        return head if len(head) <= _LONGEST_LABEL else None
    match = _LABEL.match(shown)
    return match[1] if match else None
