"""What the columns of a table hold: by their headers, else by what stands in their cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from peftlint import byline, date, people, venue
from peftlint.htmltag import tags
from peftlint.markdown.node import Block, Node
from peftlint.punctuation import plain
from peftlint.reading.aside import is_inward, is_page
from peftlint.regex import regex
from peftlint.role import label_role, url_role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Column: TypeAlias = "Literal['authors', 'title', 'date', 'venue', 'links', 'paper', 'name']"

#: What the words of a header cell mean, the more exact first. The whole cell has to match.
_HEADERS: tuple[tuple[Column, str], ...] = (
    ("authors", r"authors?|first author|作者|著者|저자|autor(?:es)?|auteurs?"),
    (
        "title",
        r"(?:paper|article|work)(?:'s)?[ -]?(?:title|name)s?|titles?|题目|标题|"
        r"论文(?:名|名称|标题|题目)?|(?:論文)?(?:タイトル|題名)|論文名|書名|(?:논문 ?)?제목|"
        r"t[ií]tulos?|titres?|titel|titolo|название",
    ),
    (
        "date",
        r"(?:(?:publish(?:ed)?|release|pub\.?) ?)?(?:date|year|time)s?|年份|时间|日期|发表时间|年|"
        r"発表年|연도|ano|año|année",
    ),
    (
        "venue",
        r"(?:publish(?:ed|er)?|publications?|pub\.?|venues?|conferences?|journals?|published in|"
        r"source|会议|期刊|出处|发表)(?: ?/ ?\w+)?",
    ),
    (
        "links",
        r"(?:links?|codes?|github|repos?(?:itory)?|projects?|pdf|arxiv|url|web(?:site)?|"
        r"paper links?|data ?set links?|resources?|note|stars?|checkpoints?|licen[cs]es?|"
        r"代码|链接|项目|主页)"
        r"(?: ?[/&] ?\w+)*",
    ),
    ("paper", r"papers?(?: ?/ ?\w+)?|articles?|works?|论文|文章|論文|논문|art[ií]culos?|artigos?"),
    (
        "name",
        r"(?:(?:language )?model|llm|method|name|data ?sets?|benchmarks?|tools?|framework|system|"
        r"abbr(?:eviation)?|acronym|alias|nickname|algorithm|library|corpus|"
        r"resource|title ?& ?authors|(?:方法|模型|数据集|工具)(?:名称)?|名称|大模型|"
        r"モデル|データセット|모델|데이터셋)s?(?: name)?",
    ),
)
_PATTERNS = tuple((column, regex(words, re.IGNORECASE)) for column, words in _HEADERS)
#: Nodes whose text is text.
_WITH_TEXT = frozenset(("text", "em", "strong", "strike", "link"))
#: An address that is no link to Markdown, but to the pages that show it.
_BARE = regex(r"https?://[^\s<>\"]+", re.IGNORECASE)
_HEADER_SYMBOLS = regex(r"[^\w\s/&'.-]+")
_HEADER_AND = regex(r"\s*(?:[&/]|\band\b)\s*")
#: So many rows show what a column holds, and so much of its cells has to agree.
_SAMPLE = 40
_MOST = 0.6
#: In words: a venue with a date is not longer.
_LONGEST_APPEARANCE = 5
#: In words: a column of papers with fewer holds `PDF`, not titles.
_FEWEST_TITLE_WORDS = 2
#: In words: titles in a column without a header are longer on the average.
_FEWEST_WORDS = 3
#: With more titles than this in a cell on the average, each row lists works.
_SEVERAL = 1.5
#: Columns that show that the titles beside them are those of works.
_APPEARS = frozenset(("authors", "venue", "date"))
#: Columns that do so where a header names both.
_OF_WORKS = frozenset((*_APPEARS, "links"))


def shown_in(cell: Block) -> str:
    """What a reader sees in a cell, on one line."""
    return " ".join("".join([node.shown() for node in cell.nodes]).split())


@lru_cache(maxsize=256)  # asked four times about each cell of a header
def column_of(header: str) -> Column | None:
    """What a column holds by its header; `None` where the words say nothing."""
    words = _HEADER_SYMBOLS.sub(" ", header).strip(" .")
    found = _named(words)
    if found is None and (pieces := _HEADER_AND.split(words))[1:]:
        named = {_named(piece.strip(" .")) for piece in pieces}
        return "venue" if named == {"venue", "date"} else None
    return found


def _named(words: str) -> Column | None:
    return next((column for column, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def columns_of(header: Block | None, body: Sequence[Block]) -> list[Column | None]:
    """What each column of a table holds."""
    width = len(header.children) if header else max((len(row.children) for row in body), default=0)
    named = [column_of(shown_in(cell)) for cell in header.children] if header else [None] * width
    return [
        column or _by_contents([_unlinked(cell) for cell in _cells(body, index)])
        for index, column in enumerate(named)
    ]


def _cells(body: Sequence[Block], index: int) -> Iterator[Block]:
    return (row.children[index] for row in body[:_SAMPLE] if index < len(row.children))


def _unlinked(cell: Block) -> str:
    """What stands in a cell beside its links: a link's label names what it leads to."""
    return "".join(node.shown() for node in cell.nodes if node.kind != "link").strip()


def _by_contents(shown: Sequence[str]) -> Column | None:
    """What cells hold that no header names: authors, or when and where."""
    filled = [text for text in shown if any(map(str.isalnum, text))]
    if not filled:
        return None
    if sum(map(_are_authors, filled)) > _MOST * len(filled):
        return "authors"
    if sum(map(_is_appearance, filled)) > _MOST * len(filled):
        return "date"
    return None


def _are_authors(text: str) -> bool:
    found = byline.leading(plain(text))
    return found is not None and "," in text and found.number > 1 and people.look_like_names(text)


def _is_appearance(text: str) -> bool:
    if len(text.split()) > _LONGEST_APPEARANCE:
        return False
    return date.find(text) is not None or venue.read(text).is_known


class _Counts:
    """What the cells of one column hold, counted over the body of the table.

    Attributes:
        words: how many there are in all.
        titles: links whose labels may be titles.
        linked: cells that hold such a link.
        whole: cells that such a link fills.
        papers: links whose address is that of a paper.
        leads_out, leads_in: whether a link leads out of the list, or stays in it.
        only_pages: whether the links lead to nothing but other pages of the list.
    """

    def __init__(self, cells: Sequence[Block]) -> None:
        self.words = self.titles = self.linked = self.whole = self.papers = 0
        self.leads_out = self.leads_in = False
        self.only_pages = True
        for cell in cells:
            self._add(cell)

    def _add(self, cell: Block) -> None:
        shown = shown_in(cell)
        self.words += len(shown.split())
        titles = 0
        for label, url in links_in(cell.nodes):
            if is_inward(url):
                self.leads_in = True
                continue
            self.leads_out = True
            self.only_pages = self.only_pages and is_page(url)
            self.papers += url_role(url) == "paper"
            if _BARE.match(label):
                # An address is no title.
                continue
            if label_role(label) is None and any(map(str.isalpha, label)):
                fills = label == shown
                titles += fills or len(label.split()) > 1 or "," in shown or "\u3001" in shown
                self.whole += fills
        self.titles += titles
        self.linked += titles > 0

    @property
    def lists_works(self) -> bool:
        """Whether most cells hold several works, as beside a category."""
        return self.titles > _SEVERAL * self.linked


def title_column(  # noqa: PLR0911 - one for each thing that may tell
    columns: Sequence[Column | None], body: Sequence[Block], named: Collection[Column | None] = ()
) -> int | None:
    """Which column holds the titles; `None` where the table is no list of works.

    Args:
        columns: what each column holds.
        body: the rows below the header.
        named: the columns that the header names.
    """
    title = columns.index("title") if "title" in columns else None
    if title is not None and (not _APPEARS.isdisjoint(columns) or any(map(_leads_out, body))):
        return title
    counts = [
        _Counts([row.children[index] for row in body if index < len(row.children)])
        for index in range(len(columns))
    ]
    leads_out = any(count.leads_out for count in counts)
    is_of_works = bool(_OF_WORKS.intersection(named))
    least = _FEWEST_TITLE_WORDS * len(body)
    if title is not None and is_of_works and counts[title].words > least:
        return title
    name = columns.index("name") if "name" in columns else None
    paper = columns.index("paper") if "paper" in columns else None
    has_titles = paper is not None and counts[paper].words > least
    if not leads_out:
        if has_titles and is_of_works:
            return paper
        return name if name is not None and counts[name].leads_in else None
    if not any(columns) and all(count.only_pages for count in counts):
        return None
    if paper is not None and has_titles and not counts[paper].lists_works:
        return paper
    if name is not None and not counts[name].words:
        name = None
    judged = zip(columns, counts, strict=True)
    of_works = (column for column, count in judged if count.lists_works)
    if any(column == "name" or (column is None and name is None) for column in of_works):
        return None
    if has_titles:
        return paper
    candidates = [
        index
        for index, count in enumerate(counts)
        if count.linked
        and (columns[index] in (None, "name", "paper") or 2 * count.linked > len(body))
        # Beside names, few words below `License` or `Link` are no titles.
        and not (
            name is not None
            and columns[index] == "links"
            and count.words < _FEWEST_WORDS * len(body)
        )
    ]
    whole = [index for index in candidates if 2 * counts[index].whole > len(body)]
    if candidates:
        return max(whole or candidates, key=lambda index: counts[index].words)
    if name is not None:
        return name
    if paper:
        return 0
    # No word tells: beside links to papers, what has the most words is titles.
    papers = sum(count.papers for count in counts)
    longest = max(range(len(counts)), key=lambda index: counts[index].words)
    is_long = counts[longest].words >= _FEWEST_WORDS * len(body)
    return longest if is_long and 2 * papers >= len(body) and columns[longest] is None else None


def _leads_out(row: Block) -> bool:
    """Whether a link in a row leads out of the list."""
    return any(not is_inward(url) for cell in row.children for _, url in links_in(cell.nodes))


def links_in(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """Label and address of each link in a cell that has an address."""
    found: list[tuple[str, str]] = []
    for index, node in enumerate(nodes):
        if node.kind == "link" and node.url:
            found.append((node.shown().strip(), node.url))
        elif node.kind == "html" and node.text[:2].lower() == "<a":
            tag = next(tags(node.text), None)
            href = tag.attributes.get("href") if tag else None
            if href and href.value:
                found.append((_label(nodes[index + 1 :]), href.value))
        if node.children:
            found.extend(links_in(node.children))
        elif "://" in node.text and node.kind in _WITH_TEXT:
            found.extend((url, url) for url in _BARE.findall(node.text))
    return found


def _label(nodes: Sequence[Node]) -> str:
    """What is shown up to the end of a link in HTML."""
    inside = takewhile(lambda node: not node.text.lower().startswith("</a"), nodes)
    return " ".join("".join(node.shown() for node in inside).split())
