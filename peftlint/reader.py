"""From a text to a document: which blocks are entries, and what else the list says.

One general reader serves every layout. Candidates are list items, table rows and runs of
paragraphs; what each of them says decides whether it is an entry, not how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peftlint.markdown.node import Block
from peftlint.markdown.tree import parse
from peftlint.model import (
    Badge,
    Comment,
    ContentsItem,
    Document,
    Entry,
    EntryKind,
    Heading,
    LegendItem,
    Link,
    Section,
)
from peftlint.people import look_like_names
from peftlint.reading.bracket import set_outer_spans
from peftlint.reading.entry import Where, make_entry, read_fields
from peftlint.reading.evidence import is_bare, is_work, is_work_in_prose
from peftlint.reading.field import Fields
from peftlint.reading.markup import read_html
from peftlint.reading.part import Part, PartReader
from peftlint.role import label_role
from peftlint.source import Lines, Span

#: Headings right under which nothing is an entry, if they are all of the heading.
_NO_ENTRIES = frozenset(
    """
    badges|content|contents|convention|conventions|keyword|keyword conventions|keywords|
    keywords convention|keywords conventions|labels|latest news|legend|news|notation|notations|
    overview of contents|recent updates|stars|star history|table of contents|tags|toc|update|
    updates|what's new|change log|changelog|目录
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
#: Headings that are about the list itself, and so are all headings below them; the whole heading
#: has to be such a phrase ...
_ABOUT_THE_LIST = frozenset(
    """
    author|authors|citation|citations|contact|contact us|contacts|contributing|contribution|
    contributions|contributor|contributors|disclaimer|disclaimers|how to cite|how to contribute|
    how to use|maintainer|maintainers|sponsor|sponsors|support|team|todo|todo list|致谢|引用
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
#: ... or begin so.
_ABOUT_THE_LIST_FROM = (
    "acknowledg", "cite ", "citing", "contribute to", "contributing to", "contribution guide",
    "contribution to", "licen", "贡献", "许可",
)  # fmt: skip
_LEGEND = ("keyword", "convention", "legend", "badge", "label", "tag", "notation", "symbol")
_NUMBER = re.compile(r"\s*\d{1,4}[.)]\s*$")
_SYMBOLS = re.compile(r"[^\w\s'?/&+.-]+")
_WORD = re.compile(r"[^\W\d_]{2}")
_LISTS = ("bullet-list", "ordered-list")


def read(text: str) -> Document:
    """Read a list.

    Args:
        text: Markdown without a byte order mark, with its own line ends.

    Any text can be read; where it holds no entries the document has none.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)
        self.headings: list[Heading] = []
        self.sections: list[Section] = []
        self.entries: list[Entry] = []
        self.links: list[Link] = []
        self.badges: list[Badge] = []
        self.legend: list[LegendItem] = []
        self.contents: list[ContentsItem] = []
        self.comments: list[Comment] = []
        self.path: list[tuple[int, str]] = []
        self.section_path: tuple[str, ...] = ()
        #: Whether there may be entries under this heading.
        self.is_open = True
        #: Whether this heading announces what badges mean.
        self.is_legend = False

    def read(self) -> Document:
        root = parse(self.text, self.lines)
        self._start_section(None, 1)
        self._blocks(root.children)
        self.sections[-1].end_line = len(self.lines)
        self.links.sort(key=lambda link: link.span)
        self.badges.sort(key=lambda badge: badge.span)
        self.entries.sort(key=lambda entry: entry.span)
        self.comments.sort(key=lambda comment: comment.span)
        self._fill_sections()
        return Document(
            text=self.text,
            lines=self.lines,
            headings=tuple(self.headings),
            sections=tuple(self.sections),
            entries=tuple(self.entries),
            links=tuple(self.links),
            badges=tuple(self.badges),
            legend=tuple(self.legend),
            contents=tuple(self.contents),
            comments=tuple(self.comments),
            newline=self.lines.newline,
        )

    # Sections

    def _start_section(self, heading: Heading | None, line: int) -> None:
        if self.sections and self.sections[-1].start_line == line:
            # Nothing stands before the first heading.
            self.sections.pop()
        elif self.sections:
            self.sections[-1].end_line = line - 1
        self.sections.append(Section(heading, self.section_path, line, line))

    def _heading(self, block: Block) -> None:
        shown = " ".join("".join(node.shown() for node in block.nodes).split())
        heading = Heading(block.level, shown, Span(block.start, block.end), block.line)
        self.headings.append(heading)
        while self.path and self.path[-1][0] >= block.level:
            self.path.pop()
        self.path.append((block.level, shown))
        self.section_path = tuple(text for _, text in self.path)
        self.is_open = _words(shown) not in _NO_ENTRIES and not any(
            _is_about_the_list(text) for text in self.section_path
        )
        self.is_legend = any(word in shown.casefold() for word in _LEGEND)
        self._start_section(heading, block.line)
        self._outside(block)

    def _fill_sections(self) -> None:
        index = 0
        sections = self.sections
        for entry in self.entries:
            while index + 1 < len(sections) and sections[index + 1].start_line <= entry.line:
                index += 1
            sections[index].entries.append(entry)

    # Blocks

    def _blocks(self, blocks: Sequence[Block]) -> None:
        index = 0
        while index < len(blocks):
            block = blocks[index]
            index += 1
            if block.kind == "heading":
                self._heading(block)
            elif block.kind in _LISTS:
                index += self._list(block, blocks, index)
            elif block.kind == "table":
                self._table(block)
            elif block.kind == "paragraph":
                index += self._paragraph(block, blocks, index)
            elif block.kind == "quote":
                self._blocks(block.children)
            elif block.kind == "html":
                self._html(block)

    def _outside(self, block: Block) -> list[Part]:
        """Keep the links and badges of a block that is no entry; return its parts."""
        self._comments_in(block)
        reader = PartReader(in_entry=False)
        parts = reader.read(block.nodes)
        self._collect(parts)
        return parts

    def _collect(self, parts: Sequence[Part]) -> None:
        links = [part.link for part in parts if part.link is not None]
        if links:
            set_outer_spans(self.text, links, Span(parts[0].start, parts[-1].end))
        self.links.extend(links)
        self.badges.extend(part.badge for part in parts if part.badge is not None)

    def _comments_in(self, block: Block) -> None:
        for node in block.nodes:
            if node.kind == "html" and node.text.startswith("<!--"):
                inner = node.text[4:].removesuffix("-->")
                self.comments.append(Comment(inner, Span(node.start, node.end)))

    def _html(self, block: Block) -> None:
        for found in read_html(block):
            if isinstance(found, Link):
                self.links.append(found)
            elif isinstance(found, Badge):
                self.badges.append(found)
            else:
                self.comments.append(found)

    def _parts(self, blocks: Sequence[Block]) -> list[Part]:
        """The parts of some blocks, with the boundaries between blocks and nested items."""
        reader = PartReader()
        self._add_parts(reader, blocks)
        return reader.parts

    def _add_parts(self, reader: PartReader, blocks: Sequence[Block]) -> None:
        for index, block in enumerate(blocks):
            if block.kind in _LISTS:
                for item in block.children:
                    reader.boundary("item", self.lines.starts[item.line - 1])
                    self._add_parts(reader, item.children)
            elif block.kind in ("quote", "table", "row"):
                self._add_parts(reader, block.children)
            elif block.nodes:
                if index:
                    reader.boundary("block", block.start)
                reader.read(block.nodes)

    def _keep(self, fields: Fields, where: Where) -> None:
        entry = make_entry(fields, where, self.lines)
        self.links.extend(entry.links)
        self.badges.extend(entry.badges)
        self.entries.append(entry)

    # Lists

    def _list(self, block: Block, blocks: Sequence[Block] = (), index: int = 0) -> int:
        """Read a list; return how many of `blocks` from `index` on belong to its last entry."""
        if not self.contents and _is_contents(block):
            self._contents(block, 0)
            return 0
        for item in block.children[:-1]:
            self._item(item, (), 0)
        return self._item(block.children[-1], blocks, index)

    def _item(self, item: Block, blocks: Sequence[Block], index: int) -> int:
        """Read an item; return how many of `blocks` from `index` on belong to it.

        An outdented part of an entry, `*authors*` not indented to the item's text, is a
        paragraph of its own to Markdown, but not to a person who reads the list.
        """
        nested = [child for child in item.children if child.kind in (*_LISTS, "table")]
        own = [child for child in item.children if child.kind not in (*_LISTS, "table")]
        if not self.is_open or not own:
            self._inside(item)
            return 0
        fields = read_fields(self._parts(own))
        count = 0
        if fields.title is not None and not nested:
            fields, count = self._with_following(own, fields, blocks, index)
        if not is_work(fields) or (nested and self._is_category(fields, nested)):
            self._inside(item)
            return 0
        if nested:
            whole = read_fields(self._parts(item.children))
            # An empty item before the title hides it.
            fields = whole if whole.title is not None else fields
        outdented = blocks[index : index + count]
        for block in (*item.walk(), *outdented):
            self._comments_in(block)
            if block.kind == "html":
                self._html(block)
        kind: EntryKind = "ordered" if item.marker[:1].isdigit() else "bullet"
        end_line = outdented[-1].end_line if outdented else item.end_line
        start = self._content_start(item.line)
        indent = self._indent(item, start)
        self._keep(fields, Where(kind, start, item.line, end_line, self.section_path, indent))
        return count

    def _inside(self, item: Block) -> None:
        """Read what is inside an item that is no entry itself."""
        for child in item.children:
            if child.kind in _LISTS:
                self._list(child)
            elif child.kind == "table":
                self._table(child)
            elif child.kind == "html":
                self._html(child)
            elif child.kind == "quote":
                self._blocks(child.children)
            else:
                self._legend_line(self._outside(child))

    def _is_category(self, fields: Fields, nested: Sequence[Block]) -> bool:
        """Whether an item only names a category in which entries are nested."""
        if not is_bare(fields):
            return False
        return any(
            is_work(read_fields(self._parts(item.children)))
            for block in nested
            for item in block.children
            if item.kind == "item"
        )

    def _content_start(self, line: int) -> int:
        """Where a line's content begins, its list marker included."""
        start, end = self.lines.span(line)
        while start < end and self.text[start] in " \t>":
            start += 1
        return start

    def _indent(self, item: Block, marker: int) -> str:
        """What a further line of an item begins with to stay inside it."""
        line_start = self.lines.starts[item.line - 1]
        lead = self.text[line_start:marker]
        first = next((child.start for child in item.children if child.line == item.line), -1)
        prefix = self.text[marker:first] if first > marker else " " * (len(item.marker) + 1)
        return lead + "".join("\t" if character == "\t" else " " for character in prefix)

    # Paragraphs

    def _paragraph(self, block: Block, blocks: Sequence[Block], index: int) -> int:
        """Read a paragraph; return how many of `blocks` from `index` on belong to its entry."""
        if self.is_open and _opens_entry(block):
            fields = read_fields(self._parts([block]))
            fields, count = self._with_following([block], fields, blocks, index)
            if is_work_in_prose(fields):
                own = (block, *blocks[index : index + count])
                for paragraph in own:
                    self._comments_in(paragraph)
                start, end_line = block.start, own[-1].end_line
                where = Where("paragraph", start, block.line, end_line, self.section_path, "")
                self._keep(fields, where)
                return count
        self._legend_line(self._outside(block))
        return 0

    def _with_following(
        self, own: Sequence[Block], fields: Fields, blocks: Sequence[Block], index: int
    ) -> tuple[Fields, int]:
        """The fields of `own` and the paragraphs after it that it still lacks; their number."""
        count = 0
        while index + count < len(blocks) and self._continues(blocks[index + count], fields):
            more = read_fields(self._parts([*own, *blocks[index : index + count + 1]]))
            if more.title is None or _gains_nothing(fields, more):
                break
            fields = more
            count += 1
        return fields, count

    def _continues(self, block: Block, fields: Fields) -> bool:
        """Whether a paragraph only has what an entry before it still lacks: authors or links."""
        if block.kind != "paragraph":
            return False
        parts = self._parts([block])
        if any(part.kind == "text" and _WORD.search(part.text) for part in parts):
            return False
        if any(part.kind in ("em", "strong") and look_like_names(part.text) for part in parts):
            return not fields.authors
        roles = [label_role(part.link.label or "") for part in parts if part.link is not None]
        has_links = any(part.link not in (None, fields.title_link) for part in fields.parts)
        return bool(roles) and None not in roles and not has_links

    # Tables

    def _table(self, table: Block) -> None:
        # Imported here: most lists have no tables.
        from peftlint.reading.table import TableReader

        rows = TableReader(table).rows() if self.is_open else None
        if rows is None:
            for cell in _cells(table):
                self._outside(cell)
            return
        for cell in _cells(table):
            if table.children and cell.line == table.children[0].line:
                self._outside(cell)
        for row, fields in rows:
            for cell in row.children:
                self._comments_in(cell)
            if fields.title is None:
                self._collect(fields.parts)
                continue
            start = self._content_start(row.line)
            where = Where("table-row", start, row.line, row.line, self.section_path, "")
            self._keep(fields, where)

    # Contents and legend

    def _contents(self, block: Block, depth: int) -> None:
        for item in block.children:
            for child in item.children:
                if child.kind in _LISTS:
                    self._contents(child, depth + 1)
                    continue
                for part in self._outside(child):
                    if part.link is not None:
                        self.contents.append(ContentsItem(part.link, child.line, depth))

    def _legend_line(self, parts: Sequence[Part]) -> None:
        """Keep `![](..badge/CoOp-blue) The abbreviation of the work.` as an item of the legend."""
        if not self.is_legend:
            return
        shown = [
            part for part in parts if part.badge or (part.text.strip() and part.kind != "break")
        ]
        if not shown or shown[0].badge is None or shown[0].badge.color is None:
            return
        badge, color = shown[0].badge, shown[0].badge.color
        meaning = " ".join("".join(part.text for part in shown[1:] if part.badge is None).split())
        if meaning:
            self.legend.append(LegendItem(badge, color, badge.label or "", meaning))


def _is_about_the_list(heading: str) -> bool:
    words = _words(heading)
    return words in _ABOUT_THE_LIST or words.startswith(_ABOUT_THE_LIST_FROM)


def _words(heading: str) -> str:
    """The words of a heading, without emoji and marks."""
    return " ".join(_SYMBOLS.sub(" ", heading).split()).casefold()


def _opens_entry(block: Block) -> bool:
    """Whether a paragraph begins as entries do: a number or nothing, then strong or a link."""
    for node in block.nodes:
        if node.kind == "text" and (_NUMBER.match(node.text) or not node.text.strip()):
            continue
        return node.kind in ("strong", "link")
    return False


def _gains_nothing(before: Fields, after: Fields) -> bool:
    """Whether a paragraph more brought neither authors nor links."""
    links = [sum(part.link is not None for part in fields.parts) for fields in (before, after)]
    return links[0] == links[1] and len(before.authors) == len(after.authors)


def _cells(table: Block) -> Iterator[Block]:
    return (cell for row in table.children for cell in row.children)


def _is_contents(block: Block) -> bool:
    """Whether a list's links lead to places in the page."""
    inward = outward = 0
    for inside in block.walk():
        for node in inside.nodes:
            if node.kind == "link":
                inward += node.url.startswith("#")
                outward += bool(node.url) and not node.url.startswith("#")
    return inward > 1 and inward > 2 * outward
