"""Headings that announce something else than works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from peftlint.regex import regex

#: Headings right under which nothing is an entry, if they are all of the heading.
_NO_ENTRIES = frozenset(
    """
    badges|change log|changelog|content|contents|convention|conventions|format|keyword|
    keyword conventions|keywords|keywords convention|keywords conventions|labels|latest news|
    latest updates|legend|news|news and updates|notation|notations|overview of contents|
    recent news|recent updates|related awesome lists|related lists|related repositories|
    roadmap|star|star history|stargazers|stargazers over time|stars|table of content|
    table of contents|tags|toc|update|update log|updates|what's new|
    symbols|公告|图例|导航|新闻|星标历史|更新|更新日志|最新动态|最近更新|标签|
    目录|符号说明
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
#: Headings that are about the list itself, and so are all headings below them; the whole heading
#: has to be such a phrase ...
_ABOUT_THE_LIST = frozenset(
    """
    author|authors|citation|citations|code of conduct|contact|contact us|contacts|
    contributing|contribution|contributions|contributor|contributors|credits|disclaimer|
    disclaimers|how to cite|how to contribute|how to use|join us|maintainer|maintainers|
    our team|pull requests|reference format|sponsor|sponsors|support|team|thanks|to do|todo|
    todo list|todos|作者|免责声明|参与贡献|如何贡献|引用|引用本文|联系|联系我们|联系方式|致谢|
    贡献者|鸣谢
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
#: ... or begin so.
_ABOUT_THE_LIST_FROM = (
    "acknowledg", "cite ", "citing", "contribute to", "contributing to", "contribution guide",
    "contribution to", "how to add", "how to contribute", "licen", "贡献", "许可",
)  # fmt: skip
_LEGEND = (
    "keyword", "convention", "legend", "badge", "label", "tag", "notation", "symbol", "图例",
    "标签", "符号",
)  # fmt: skip
#: Headings over pointers to other lists.
_OTHER = ("other ", "more ", "related ", "similar ", "useful ", "external ")
_OTHER_LISTS = regex(
    rf"(?:{'|'.join(_OTHER)})(?:\w+ ){{0,2}}"
    r"(?:lists?|repos?|repositor(?:y|ies)|collections|paper ?lists?|places to find \w+)"
)
_PAPERS = regex(
    r"\b(?:papers?|publications?|preprints?|reading list)\b|\u8bba\u6587", re.IGNORECASE
)
_SYMBOLS = regex(r"[^\w\s'?/&+.-]+")


def closed_by(path: Sequence[str]) -> str | None:
    """The heading of a path under which nothing is an entry; `None` where there may be some.

    Args:
        path: the headings above, outermost first, as plain text.
    """
    last = _words(path[-1]) if path else ""
    if last in _NO_ENTRIES or (last.startswith(_OTHER) and _OTHER_LISTS.fullmatch(last)):
        return path[-1]
    return next((heading for heading in path if _is_about_the_list(heading)), None)


def announces_legend(heading: str) -> bool:
    """Whether a heading announces what badges mean."""
    folded = heading.casefold()
    return any(word in folded for word in _LEGEND)


def announces_papers(path: Sequence[str]) -> bool:
    """Whether a heading above says that papers follow."""
    return any(_PAPERS.search(heading) for heading in path)


def _is_about_the_list(heading: str) -> bool:
    words = _words(heading)
    return words in _ABOUT_THE_LIST or words.startswith(_ABOUT_THE_LIST_FROM)


@lru_cache(maxsize=512)  # a heading is asked about for each one below it
def _words(heading: str) -> str:
    """The words of a heading, without emoji and marks."""
    return " ".join(_SYMBOLS.sub(" ", heading).split()).casefold()
