"""From a text to a document: which blocks are entries, and what their parts are.

One general reader serves every layout. Candidates are list items, table rows and runs of
paragraphs; each is read by `field`, and is an entry where what it says is evidence of a work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from peftlint import arxiv, markdown
from peftlint.badge import is_badge_url
from peftlint.field import FieldReader, Fields
from peftlint.htmltag import tags
from peftlint.identity import ids_of_url
from peftlint.markdown import Block
from peftlint.model import (
    Badge,
    BadgePlace,
    BadgeRun,
    Comment,
    ContentsItem,
    Document,
    Entry,
    EntryKind,
    Heading,
    LegendItem,
    Link,
    Section,
    Separation,
    Text,
)
from peftlint.part import Part, PartReader, set_outer_spans
from peftlint.people import look_like_names
from peftlint.role import label_role, role
from peftlint.source import Lines, Span
from peftlint.table import TableReader

#: Headings under which nothing is an entry. The whole heading has to be such a phrase.
_NO_ENTRIES = re.compile(
    r"(?:table of )?contents?|toc|overview of contents|how to (?:contribute|use|cite)|"
    r"contribut(?:ion|ions|ing|e|ors?)(?: (?:to|guide|guidelines).*)?|acknowledge?ments?|licen[cs]e|"
    r"citations?|citing.*|cite.*|keywords?(?: conventions?)?|conventions?|legend|badges?|labels?|tags?|notations?|"
    r"news|updates?|latest news|what'?s new|change ?logs?|recent updates|star history|stars?|contacts?(?: us)?|"
    r"maintainers?|authors?|team|todo(?: list)?|disclaimers?|sponsors?|support|目录|贡献.*|致谢|引用|许可.*",
    re.IGNORECASE,
)
_LEGEND_HEADING = re.compile(
    r"keyword|convention|legend|badge|label|tag|notation|symbol", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*\d{1,4}[.)]\s*$")
_POINTER = re.compile(
    r"(?:please |you can |also )?(?:check(?: it)? out|see|refer to|visit|look at|read|for more|here is|here are|thanks to|note that|if you)\b",
    re.IGNORECASE,
)
_SYMBOLS = re.compile(r"[^\w\s'?/&+.-]+")


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
        self.is_open = True
        self.may_be_legend = False

    def read(self) -> Document:
        root = markdown.parse(self.text, self.lines)
        self._start_section(None, 1)
        self._blocks(root.children)
        self.sections[-1].end_line = len(self.lines)
        self.links.sort(key=lambda link: link.span)
        self.badges.sort(key=lambda badge: badge.span)
        self.entries.sort(key=lambda entry: entry.span)
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
        )

    # Sections

    def _start_section(self, heading: Heading | None, line: int) -> None:
        if self.sections:
            self.sections[-1].end_line = max(self.sections[-1].start_line, line - 1)
        self.sections.append(Section(heading, self.section_path, line, line))

    def _heading(self, block: Block) -> None:
        shown = " ".join("".join(node.shown() for node in block.nodes).split())
        heading = Heading(block.level, shown, Span(block.start, block.end), block.line)
        self.headings.append(heading)
        while self.path and self.path[-1][0] >= block.level:
            self.path.pop()
        self.path.append((block.level, shown))
        self.section_path = tuple(text for _, text in self.path)
        self.is_open = not any(
            _NO_ENTRIES.fullmatch(" ".join(_SYMBOLS.sub(" ", text).split()))
            for _, text in self.path
        )
        self.may_be_legend = bool(_LEGEND_HEADING.search(shown))
        self._start_section(heading, block.line)
        self._outside(block)

    def _fill_sections(self) -> None:
        if not self.entries:
            return
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
            kind = block.kind
            if kind == "heading":
                self._heading(block)
            elif kind in ("bullet-list", "ordered-list"):
                index += self._list(block, blocks[index + 1 :])
            elif kind == "table":
                self._table(block)
            elif kind == "paragraph":
                index = self._paragraphs(blocks, index)
                continue
            elif kind == "quote":
                self._blocks(block.children)
            elif kind == "html":
                self._html(block)
            index += 1

    def _outside(self, block: Block) -> list[Part]:
        """Links and badges of a block that is no entry."""
        reader = PartReader(self.text, in_entry=False)
        if block.nodes:
            reader.read(block.nodes)
            self._comments_in(block)
        self._collect(reader.parts)
        return reader.parts

    def _collect(self, parts: Iterable[Part]) -> None:
        links = [part.link for part in parts if part.link is not None]
        badges = [part.badge for part in parts if part.badge is not None]
        if links:
            set_outer_spans(self.text, links, Span(0, len(self.text)))
            self.links.extend(links)
        self.badges.extend(badges)

    def _comments_in(self, block: Block) -> None:
        for node in block.nodes:
            if node.kind == "html" and node.text.startswith("<!--"):
                self.comments.append(
                    Comment(node.text[4:].removesuffix("-->"), Span(node.start, node.end))
                )

    def _html(self, block: Block) -> None:
        """Links, images and comments of a block of HTML."""
        opened: tuple[str, Span, int, int] | None = None
        for tag in tags(block.text):
            start, end = block.start + tag.start, block.start + tag.end
            if tag.name == "!--":
                inner = block.text[tag.start + 4 : tag.end].removesuffix("-->")
                self.comments.append(Comment(inner, Span(start, end)))
            elif tag.name == "img" and "src" in tag.attributes:
                source = tag.attributes["src"]
                if is_badge_url(source.value):
                    alt = tag.attributes.get("alt")
                    span = Span(start, end)
                    url_span = Span(block.start + source.start, block.start + source.end)
                    self.badges.append(
                        Badge(
                            source.value,
                            None,
                            None,
                            alt.value if alt else "",
                            span,
                            span,
                            url_span,
                            removal_span=span,
                        )
                    )
            elif tag.name == "a" and not tag.is_closing and "href" in tag.attributes:
                href = tag.attributes["href"]
                opened = (
                    href.value,
                    Span(block.start + href.start, block.start + href.end),
                    start,
                    tag.end,
                )
            elif tag.name == "a" and tag.is_closing and opened is not None:
                url, url_span, begin, inside = opened
                inner = block.text[inside : tag.start]
                label = _without_tags(inner)
                span = Span(begin, end)
                self.links.append(
                    Link(
                        label=label,
                        url=url or None,
                        form="html",
                        role=role(label, url),
                        span=span,
                        label_span=Span(block.start + inside, start),
                        url_span=url_span,
                        outer_span=span,
                        removal_span=span,
                        only_image="<img" in inner and not label,
                    )
                )
                opened = None

    # Lists

    def _list(self, block: Block, following: Sequence[Block] = ()) -> int:
        """Read a list; return how many of the blocks after it belong to its last entry."""
        if not self.contents and self._is_contents(block):
            self._contents(block, 0)
            return 0
        for item in block.children[:-1]:
            self._item(item)
        return self._item(block.children[-1], following)

    def _item(self, item: Block, following: Sequence[Block] = ()) -> int:
        """Read an item; return how many of the blocks after its list belong to it.

        An outdented part of an entry, `*authors*` not indented to the item's text, is a
        paragraph of its own to Markdown, but not to a reader.
        """
        nested = [
            child
            for child in item.children
            if child.kind in ("bullet-list", "ordered-list", "table")
        ]
        own = [child for child in item.children if child not in nested] if nested else item.children
        if self.is_open and own:
            parts = self._parts(own)
            fields = FieldReader(parts).read()
            outdented = (
                0 if nested or fields.title is None else self._outdented(following, fields, own)
            )
            if outdented:
                own = [*own, *following[:outdented]]
                parts = self._parts(own)
                fields = FieldReader(parts).read()
            if self._is_work(fields, parts) and not (
                nested and self._is_category(fields, parts, nested)
            ):
                if nested:
                    parts = self._parts(item.children)
                    fields = FieldReader(parts).read()
                for block in (*item.walk(), *following[:outdented]):
                    if block.nodes:
                        self._comments_in(block)
                    elif block.kind == "html":
                        self._html(block)
                kind: EntryKind = "ordered" if item.marker[:1].isdigit() else "bullet"
                end_line = following[outdented - 1].end_line if outdented else item.end_line
                start = self._item_start(item)
                self._entry(kind, start, item.line, end_line, fields, parts, self._indent(item))
                return outdented
        for child in item.children:
            if child.kind in ("bullet-list", "ordered-list"):
                self._list(child)
            elif child.kind == "table":
                self._table(child)
            elif child.kind == "html":
                self._html(child)
            elif child.kind == "quote":
                self._blocks(child.children)
            else:
                self._legend_line(self._outside(child))
        return 0

    def _outdented(self, following: Sequence[Block], fields: Fields, own: Sequence[Block]) -> int:
        count = 0
        parts = self._parts(own)
        while count < len(following) and self._continues(following[count], fields, parts):
            count += 1
            parts = self._parts([*own, *following[:count]])
            fields = FieldReader(parts).read()
        return count

    def _item_start(self, item: Block) -> int:
        span = self.lines.span(item.line)
        at = span.start
        while at < span.end and self.text[at] in " \t>":
            at += 1
        return at

    def _indent(self, item: Block) -> str:
        """What a further line of an item begins with to stay inside it."""
        first = next((child for child in item.children if child.start >= 0), None)
        start = self.lines.starts[item.line - 1]
        if first is None or first.line != item.line:
            mark = self._item_start(item) - start + len(item.marker) + 1
            return self.text[start : self._item_start(item)] + " " * (
                mark - (self._item_start(item) - start)
            )
        prefix = self.text[start : first.start]
        lead = self.text[start : self._item_start(item)]
        return lead + "".join(
            "\t" if character == "\t" else " " for character in prefix[len(lead) :]
        )

    def _parts(self, blocks: Sequence[Block]) -> list[Part]:
        reader = PartReader(self.text)
        self._parts_of(reader, blocks, is_item=False)
        return reader.parts

    def _parts_of(self, reader: PartReader, blocks: Sequence[Block], is_item: bool) -> None:
        first = True
        for block in blocks:
            if block.kind in ("bullet-list", "ordered-list"):
                for item in block.children:
                    reader.boundary("item", self.lines.starts[item.line - 1])
                    self._parts_of(reader, item.children, is_item=True)
            elif block.kind in ("quote", "table", "row"):
                self._parts_of(reader, block.children, is_item)
            elif block.nodes:
                if not first or (reader.parts and not is_item):
                    reader.boundary("block", block.start)
                reader.read(block.nodes)
                first = False

    def _is_category(self, fields: Fields, parts: Sequence[Part], nested: Sequence[Block]) -> bool:
        """Whether an item only names a category in which entries are nested."""
        if fields.authors or fields.venue_known or any(part.link for part in parts):
            return False
        items = [item for block in nested for item in block.children if item.kind == "item"]
        works = 0
        for item in items:
            inner = self._parts(item.children)
            works += self._is_work(FieldReader(inner).read(), inner)
        return works > 0

    # What is a work

    def _is_work(self, fields: Fields, parts: Sequence[Part]) -> bool:
        if fields.title is None or not fields.title.text:
            return False
        if _is_reference(fields, parts):
            return False
        outward = [
            part.link
            for part in parts
            if part.link is not None and not (part.link.url or "").startswith("#")
        ]
        if (
            any(part.link is not None and (part.link.url or "").startswith("#") for part in parts)
            and not outward
        ):
            return False
        evidence = bool(fields.authors) or fields.venue is not None and fields.venue_known
        if fields.title_form in ("plain", "em") and self._is_prose(fields, parts):
            return False
        if fields.title_form == "plain" and not outward:
            return bool(fields.authors) and (fields.venue is not None or fields.year is not None)
        if fields.title_form == "strong":
            return bool(outward) or evidence or any(part.badge for part in parts)
        return bool(outward) or evidence

    def _is_prose(self, fields: Fields, parts: Sequence[Part]) -> bool:
        """Whether a plain title is the beginning of a sentence with a link in it."""
        assert fields.title is not None  # noqa: S101 - the caller looked
        if _POINTER.match(fields.title.text):
            return True
        for index, part in enumerate(parts):
            if part.link is None or part.link.form == "placeholder" or part.link.only_image:
                continue
            before = parts[index - 1].text if index and parts[index - 1].kind == "text" else ""
            bracketed = before.rstrip().endswith(
                ("[", "(", "|", ":", ",", ".", "-", "]", ";", "\u3010", "\u2013")
            )
            labelled = label_role(part.link.label or "") is not None or part.link.label is None
            return not (bracketed or labelled or not before.strip())
        return False

    # Tables

    def _table(self, table: Block) -> None:
        rows = TableReader(table, self.text).rows() if self.is_open else None
        if rows is None:
            for block in table.walk():
                if block.kind == "cell":
                    self._outside(block)
            return
        for row in table.children:
            if row.is_header:
                for cell in row.children:
                    self._outside(cell)
        for row, parts, fields in rows:
            for cell in row.children:
                self._comments_in(cell)
            if fields.title is None or not fields.title.text:
                self._collect(parts)
                continue
            span = self.lines.span(row.line)
            start, end = span
            while start < end and self.text[start] in " \t>":
                start += 1
            self._entry("table-row", start, row.line, row.line, fields, parts, "")

    # Paragraphs

    def _paragraphs(self, blocks: Sequence[Block], index: int) -> int:
        """Read the paragraph at `index`, and those after it that belong to its entry."""
        block = blocks[index]
        if self.is_open and self._opens_entry(block):
            stop = index + 1
            parts = self._parts(blocks[index:stop])
            fields = FieldReader(parts).read()
            while stop < len(blocks) and self._continues(blocks[stop], fields, parts):
                stop += 1
                parts = self._parts(blocks[index:stop])
                fields = FieldReader(parts).read()
            if self._is_work(fields, parts) and self._has_evidence(fields, parts):
                for own in blocks[index:stop]:
                    self._comments_in(own)
                start = block.start
                self._entry(
                    "paragraph", start, block.line, blocks[stop - 1].end_line, fields, parts, ""
                )
                return stop
        self._legend_line(self._outside(block))
        return index + 1

    def _opens_entry(self, block: Block) -> bool:
        for node in block.nodes:
            if node.kind == "text" and (_NUMBER.match(node.text) or not node.text.strip()):
                continue
            return node.kind in ("strong", "link")
        return False

    def _continues(self, block: Block, fields: Fields, parts: Sequence[Part]) -> bool:
        """Whether a paragraph only has what an entry before it still lacks: authors or links."""
        if block.kind != "paragraph" or self._opens_numbered(block):
            return False
        added = self._parts([block])
        links = [part for part in added if part.link is not None]
        has_links = any(
            part.link is not None and part.link is not fields.title_link for part in parts
        )
        runs = [
            part for part in added if part.kind in ("em", "strong") and look_like_names(part.text)
        ]
        rest = "".join(part.text for part in added if part.kind == "text")
        if re.search(r"[^\W\d_]{2}", rest):
            return False
        if runs:
            return not fields.authors
        return (
            bool(links)
            and not has_links
            and all(label_role(part.link.label or "") is not None for part in links if part.link)
        )

    def _opens_numbered(self, block: Block) -> bool:
        return (
            bool(block.nodes)
            and block.nodes[0].kind == "text"
            and bool(_NUMBER.match(block.nodes[0].text))
        )

    def _has_evidence(self, fields: Fields, parts: Sequence[Part]) -> bool:
        """A paragraph needs more to be an entry than an item: prose has links, too."""
        if fields.authors or fields.venue_known:
            return True
        return any(
            part.link is not None
            and part.link is not fields.title_link
            and label_role(part.link.label or "") in ("paper", "code", "project")
            for part in parts
        )

    # Contents and legend

    def _is_contents(self, block: Block) -> bool:
        inner = outer = 0
        for inside in block.walk():
            for node in inside.nodes:
                if node.kind == "link":
                    if node.url.startswith("#"):
                        inner += 1
                    elif node.url:
                        outer += 1
        return inner > 1 and inner > 2 * outer

    def _contents(self, block: Block, depth: int) -> None:
        for item in block.children:
            for child in item.children:
                if child.kind in ("bullet-list", "ordered-list"):
                    self._contents(child, depth + 1)
                elif child.nodes:
                    for part in self._outside(child):
                        if part.link is not None:
                            self.contents.append(ContentsItem(part.link, child.line, depth))

    def _legend_line(self, parts: Sequence[Part]) -> None:
        """`![](..badge/CoOp-blue) The abbreviation of the work.`"""
        if not self.may_be_legend or not parts:
            return
        first = next(
            (part for part in parts if part.kind not in ("break", "text") or part.text.strip()),
            None,
        )
        if first is None or first.badge is None or first.badge.color is None:
            return
        meaning = " ".join("".join(part.text for part in parts if part.badge is None).split())
        if meaning:
            self.legend.append(
                LegendItem(first.badge, first.badge.color, first.badge.label or "", meaning)
            )

    # Entries

    def _entry(
        self,
        kind: EntryKind,
        start: int,
        line: int,
        end_line: int,
        fields: Fields,
        parts: Sequence[Part],
        indent: str,
    ) -> Entry:
        assert fields.title is not None  # noqa: S101 - the callers looked
        end = self.lines.span(end_line).end
        while end > start and self.text[end - 1] in " \t":
            end -= 1
        span = Span(start, end)
        links = [part.link for part in parts if part.link is not None]
        badges = [part.badge for part in parts if part.badge is not None]
        set_outer_spans(self.text, links, span)
        if fields.title_link is not None:
            fields.title_link.label = "@title"
            if fields.title_link.role == "other":
                fields.title_link.role = role(None, fields.title_link.url)
        separation, separation_span = _separation(fields, parts)
        entry = Entry(
            kind=kind,
            span=span,
            line=line,
            end_line=end_line,
            section=self.section_path,
            title=fields.title,
            name=fields.name,
            authors=fields.authors,
            venue=fields.venue,
            year=fields.year,
            links=tuple(links),
            badges=tuple(badges),
            ids=_ids(links, parts),
            authors_span=fields.authors_span,
            separation=separation,
            separation_span=separation_span,
            indent=indent,
            removal_span=self._removal_span(line, end_line),
        )
        if badges:
            self._place_badges(entry, fields, parts)
        self.links.extend(links)
        self.badges.extend(badges)
        self.entries.append(entry)
        return entry

    def _removal_span(self, line: int, end_line: int) -> Span:
        last = end_line
        while last < len(self.lines) and not self.lines.content(last + 1).strip():
            last += 1
        return self.lines.whole(line, min(last, len(self.lines)))

    def _place_badges(self, entry: Entry, fields: Fields, parts: Sequence[Part]) -> None:
        plain_links = [
            link for link in entry.links if link.badge is None and link is not fields.title_link
        ]
        head = _head_end(fields, parts)
        links_start = plain_links[0].outer_span.start if plain_links else None
        homes: dict[BadgePlace, Span] = {
            "before-title": entry.title.span.before,
            "after-title": Span(head, head),
        }
        if entry.authors_span is not None:
            homes["after-authors"] = entry.authors_span.after
        if plain_links:
            homes["after-links"] = plain_links[-1].outer_span.after
        runs: list[BadgeRun] = []
        for badge in entry.badges:
            at = badge.outer_span.start
            if at < entry.title.span.start:
                badge.place = "before-title"
            elif links_start is not None and at > links_start:
                badge.place = "after-links"
            elif entry.authors_span is not None and at >= entry.authors_span.end:
                badge.place = "after-authors"
            else:
                badge.place = "after-title"
            blank = at
            while blank > entry.span.start and self.text[blank - 1] in " \t":
                blank -= 1
            badge.removal_span = Span(blank, badge.outer_span.end)
            last = runs[-1] if runs else None
            if (
                last is not None
                and last.place == badge.place
                and not self.text[last.span.end : at].strip()
            ):
                runs[-1] = BadgeRun(
                    last.place,
                    Span(last.span.start, badge.outer_span.end),
                    Span(last.removal_span.start, badge.outer_span.end),
                )
            else:
                runs.append(BadgeRun(badge.place, badge.outer_span, badge.removal_span))
        entry.badge_runs = tuple(runs)
        entry.badge_homes = homes


def _head_end(fields: Fields, parts: Sequence[Part]) -> int:
    """Where the title's line ends: after the venue, before authors and links."""
    assert fields.title is not None  # noqa: S101 - the caller looked
    end = fields.title.span.end
    for index, part in enumerate(parts):
        if index <= fields.title_index:
            continue
        if part.kind in ("block", "item", "cell", "break", "link") or index == fields.authors_index:
            break
        if part.kind in ("badge", "image"):
            continue
        trimmed = len(part.text.rstrip(" \t["))
        if part.kind == "text" and part.inner >= 0:
            end = max(end, part.start + trimmed) if trimmed else end
        else:
            end = max(end, part.end)
    return end


def _separation(fields: Fields, parts: Sequence[Part]) -> tuple[Separation | None, Span | None]:
    """What stands between the title's lines and the authors."""
    if fields.authors_index <= fields.title_index or fields.authors_span is None:
        return None, None
    between = parts[fields.title_index + 1 : fields.authors_index]
    for part in between:
        if part.kind in ("block", "item", "cell"):
            return ("blank" if part.kind == "block" else None), None
    authors = parts[fields.authors_index]
    if not between or between[-1].kind != "break":
        return "same-line", None
    last = between[-1]
    if last.text == "hard" or (len(between) > 1 and between[-2].kind == "break"):
        return "break", Span(last.start, authors.start)
    return "glued", Span(last.start, authors.start)


def _ids(links: Sequence[Link], parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for link in links:
        addresses = [link.url] if link.url else []
        if link.label and "://" in link.label:
            addresses.append(link.label)
        for address in addresses:
            for kind, value in ids_of_url(address):
                values = found.setdefault(kind, [])
                if value not in values:
                    values.append(value)
    for part in parts:
        if part.kind in ("text", "strong", "em", "code") and ":" in part.text:
            for value, _, _ in arxiv.ids_in_text(part.text):
                values = found.setdefault("arxiv", [])
                if value not in values:
                    values.append(value)
    return {kind: tuple(sorted(values)) for kind, values in sorted(found.items())}


def _is_reference(fields: Fields, parts: Sequence[Part]) -> bool:
    """Whether all there is is a title that is an address or an in-page link."""
    link = fields.title_link
    return link is not None and (link.url or "").startswith("#")


def _without_tags(html: str) -> str:
    pieces: list[str] = []
    at = 0
    for tag in tags(html):
        pieces.append(html[at : tag.start])
        at = tag.end
    pieces.append(html[at:])
    return " ".join("".join(pieces).split())
