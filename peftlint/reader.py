"""From a text to a document: which blocks are entries, and what else the list says.

One general reader serves every layout. Candidates are headings, list items, table rows and runs
of paragraphs; what each of them says decides whether it is an entry, not how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import accumulate

from peftlint.collector import resting
from peftlint.identity import forget
from peftlint.markdown.node import Block, BlockKind, Root
from peftlint.markdown.tree import Trees, parse, parse_stretches
from peftlint.model import Document, Heading
from peftlint.reading.contents import FEWEST, is_contents, read_contents
from peftlint.reading.entry import Where
from peftlint.reading.evidence import (
    Judgement,
    is_headline,
    judge,
    judge_item,
    judge_paragraph,
    judge_running,
    may_be_work,
)
from peftlint.reading.field import Fields
from peftlint.reading.following import FARTHEST, add_following
from peftlint.reading.foresight import LONGEST_TABLE, Foresight, Unit
from peftlint.reading.heading import entry_end, entry_headings
from peftlint.reading.labelled import (
    groups_of_fields,
    is_field_line,
    is_field_list,
    names_work,
)
from peftlint.reading.legend import read_legend
from peftlint.reading.marker import (
    content_start,
    glued_marker,
    indentation,
    item_marker,
    missing_indentation,
)
from peftlint.reading.markup import headings_in
from peftlint.reading.nesting import read_nested, with_outdented
from peftlint.reading.page import LISTS, Page
from peftlint.reading.paragraph import (
    introduces_no_works,
    last_line,
    opens_entry,
    other_than_words,
    split_entries,
    split_item,
)
from peftlint.reading.section import announces_legend, announces_papers, closed_by
from peftlint.regex import regex
from peftlint.slug import slug
from peftlint.source import Lines, Span
from peftlint.value import NamedTuple
from peftlint.watch import Watch, part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from peftlint.reading.packed import Piece
    from peftlint.reading.recollection import Memory, Recollection

#: A list that is read step by step: `reading` tells what the steps are.
Steps = Generator[int, None, Document]

_CONTENTS = "part of the table of contents"
_IS_ROW = "it is a row of a table with a column of titles"
_CATEGORY = "a category: entries are nested in it"
_HTML_ITEM = regex(r"<(?:tr|li|p)\b", re.IGNORECASE)
_AROUND = "HTML around entries"
#: The share of the time that is gone when Markdown is parsed.
_PARSED = 0.3
#: Blocks in an item that may hold entries of their own.
_NESTED = (*LISTS, "table")
#: Blocks without anything that is read.
_NEVER = ("code", "front-matter")


def read(
    text: str, watch: Watch | None = None, recollection: Recollection | None = None
) -> Document:
    """Read a list.

    Args:
        text: Markdown without a byte order mark, with its own line ends.
        watch: is told after each entry.
        recollection: what was read of the list before, of which nothing is read again that has not
            changed; afterwards it is what is read now.

    Any text can be read; where it holds no entries the document has none.
    """
    with resting():
        return _last(reading(text, watch, recollection))


def read_stretches(
    lines: Lines,
    stretches: Iterable[Root],
    watch: Watch | None = None,
    recollection: Recollection | None = None,
) -> Document:
    """Read a list that is parsed stretch by stretch; each is let go once it is read.

    Args:
        lines: those of its text.
        stretches: its blocks; can be asked for again.
        watch: is told after each entry.
        recollection: as for `read`.
    """
    return _last(_reading(lines, stretches, watch, recollection))


def reading(
    text: str, watch: Watch | None = None, recollection: Recollection | None = None
) -> Steps:
    """Read a list step by step, so that it can be begun before it is known what for.

    Args:
        text: as for `read`.
        watch: as for `read`.
        recollection: as for `read`.

    Yields:
        The line, counted from 1, up to which it is read; 0 before anything is.

    Returns:
        The list.
    """
    lines = Lines(text)
    stretches = parse_stretches(text, lines)
    return (yield from _reading(lines, stretches, part(watch, _PARSED, 1), recollection))


def _reading(
    lines: Lines,
    stretches: Iterable[Root],
    watch: Watch | None,
    recollection: Recollection | None,
) -> Steps:
    if recollection is not None and isinstance(stretches, Trees):
        recollection.begin(lines, stretches)
    yield 0
    foresight = Foresight(Page(lines), stretches, recollection)
    while True:
        page = Page(lines, watch)
        page.start_section(None, (), 1)
        # Where nobody asks what stands in which stretch, no page is put together from others.
        on = page if recollection is None else None
        for unit, read_here, memory in _readings(
            lines, foresight, ReaderState(), watch, recollection, on
        ):
            if on is None:
                if read_here is not None:
                    page.add(read_here)
                elif memory is not None:
                    page.add(memory.page(lines, unit.line))
            yield unit.end_line
        if not foresight.was_wrong:
            return page.document()


def _last(steps: Steps) -> Document:
    """What comes of reading step by step."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            document: Document = end.value
            return document


def read_part(lines: Lines, trees: Trees, above: Sequence[int], recollection: Recollection) -> None:
    """Read a part of a text, though what is before it was not read.

    What the reader would know of that is guessed. Where it guesses wrongly, what is remembered here
    does not fit, and nobody takes it up.

    Args:
        lines: those of the text.
        trees: the blocks of the part.
        above: the lines of the headings above it, outermost first, counted from 1.
        recollection: remembers what is read.
    """
    recollection.begin(lines, trees)
    foresight = Foresight(Page(lines), trees, recollection)
    for _, page, _ in _readings(lines, foresight, _guessed(lines, above), None, recollection):
        _let_go(page)


def read_packed(text: str, recollection: Recollection | None = None) -> Iterator[Piece | None]:
    """Read a list for another process.

    Args:
        text: as for `read`.
        recollection: as for `read`.

    Yields:
        What `reading.packed.document` takes.
    """
    # Loaded here: mostly it is read for this one.
    from peftlint.reading.packed import packed

    with resting():
        lines = Lines(text)
        stretches = parse_stretches(text, lines)
        if recollection is not None:
            recollection.begin(lines, stretches)
        foresight = Foresight(Page(lines), stretches, recollection)
        while True:
            for unit, page, memory in _readings(
                lines, foresight, ReaderState(), None, recollection
            ):
                if memory is not None:
                    yield unit.line, unit.end_line, memory.content
                elif page is not None:
                    yield unit.line, unit.end_line, packed(page, unit.line)
                _let_go(page)
            if not foresight.was_wrong:
                return
            yield None


def _let_go(page: Page | None) -> None:
    """Have nothing live on that this process has read for another one.

    That one asks about addresses by itself. A link and its badge know each other, and garbage that
    does is not looked for meanwhile.
    """
    forget()
    for badge in () if page is None else page.badges:
        badge.link = None


def _readings(  # noqa: PLR0913, PLR0917 - all that a reading goes by
    lines: Lines,
    stretches: Foresight,
    state: ReaderState,
    watch: Watch | None,
    recollection: Recollection | None,
    whole: Page | None = None,
) -> Iterator[tuple[Unit, Page | None, Memory | None]]:
    """What is read of each stretch, or what is remembered of it; both where it will be.

    With a page for the `whole` text, that is what each stretch is read onto.
    """
    is_kept = recollection is not None and recollection.is_kept
    for unit, entries in stretches:
        before, memory = state, unit.memory
        page: Page | None = None
        if memory is not None and memory.fits(tuple(before), unit.line, entries):
            state = ReaderState(*memory.after(tuple(before)))
            if watch is not None:
                watch(unit.end_line / len(lines))
        else:
            page = Page(lines, watch) if whole is None else whole
            state, has_any = read_stretch(page, unit, before, entries)
            memory = None
            if is_kept and unit.key is not None:
                # Loaded here: where nothing is remembered, it is not needed.
                from peftlint.reading.recollection import remembered

                known = (tuple(before), tuple(state))
                memory = remembered(unit.line, unit.facts, known, entries, page, has_any)
        if recollection is not None and is_kept and memory is not None and unit.key is not None:
            recollection.keep(unit.key, memory)
        if recollection is not None:
            recollection.has_read(unit.end_line)
        yield unit, page, memory


def _guessed(lines: Lines, above: Sequence[int]) -> ReaderState:
    """What the reader knows below some headings, if all is as it mostly is.

    Args:
        lines: those of the text.
        above: the lines of these headings, outermost first, counted from 1.
    """
    headings: list[Heading] = []
    for line in above:
        source = lines.content(line)
        blocks = parse(source, Lines(source)).children
        headings.extend(_read_heading(block) for block in blocks[:1] if block.kind == "heading")
    path = tuple(heading.text for heading in headings)
    return ReaderState(
        above=tuple((heading.level, heading.text) for heading in headings),
        path=path,
        closed=_closed(path),
        is_legend=bool(path) and announces_legend(path[-1]),
        has_entries=True,
    )


def _closed(path: tuple[str, ...]) -> str | None:
    closing = closed_by(path)
    return closing and f"under the heading '{closing}', which holds no entries"


class ReaderState(NamedTuple):
    """All that the reader has to know of the text before a stretch, to read it.

    What is read of a stretch depends on nothing else but the stretch itself, the definitions of
    references that it uses, and which of its headings are entries.

    Attributes:
        above: the headings above, outermost first, each with its level.
        path: their texts, as the entries that follow have them; behind `above` where a heading
            that is an entry has ended sections.
        closed: why there can be no entries under this heading.
        is_legend: whether this heading announces what badges mean.
        contents_path: the section that holds the table of contents.
        has_contents: whether there is one before.
        has_entries: whether there are entries before.
    """

    above: tuple[tuple[int, str], ...] = ()
    path: tuple[str, ...] = ()
    closed: str | None = None
    is_legend: bool = False
    contents_path: tuple[str, ...] | None = None
    has_contents: bool = False
    has_entries: bool = False


def read_stretch(
    page: Page, unit: Unit, before: ReaderState, entries: frozenset[int]
) -> tuple[ReaderState, bool]:
    """Read one stretch of a text.

    Args:
        page: gets what it holds; an empty one, or that of the stretches before.
        unit: the stretch, not all of whose blocks are whole afterwards.
        before: what is known of the text before it.
        entries: the lines of the headings that are entries; those elsewhere do not matter.

    Returns:
        What the stretch after it has to know, and whether any contents before it, or none, would
        have made no difference.
    """
    stretch = unit.root()
    page.ahead = unit.ahead
    # First, as blocks are let go while they are read.
    page.gather(stretch)
    reader = _Reader(page, before, may_be_contents=stretch.near >= FEWEST)
    reader.blocks(stretch.children, entries)
    return reader.after(), reader.has_any_contents


class _Reader:
    """Walks over the blocks of a text; what each of them is, is judged elsewhere.

    Its attributes are those of `ReaderState`, at the block that is read.

    Args:
        page: gets what is read.
        before: what is known of the text before.
        may_be_contents: whether so many links lead to places in the page, in what is read, that
            some of it may be the table of contents.
    """

    def __init__(self, page: Page, before: ReaderState, *, may_be_contents: bool) -> None:
        self.lines = page.lines
        self.page = page
        self.before = before
        self.may_be_contents = may_be_contents
        self.above = list(before.above)
        self.path = before.path
        self.closed = before.closed
        self.is_legend = before.is_legend
        self.contents_path = before.contents_path
        #: Whether each list is none of the contents, wherever these may stand.
        self.has_any_contents = before.has_entries
        #: Whether each item is a work by itself, of those that nothing is nested in.
        self.works: dict[Block, bool] = {}
        #: The list whose items were counted last, and whether most are works.
        self.judged: tuple[Block, bool] | None = None

    def after(self) -> ReaderState:
        """What the stretch after this one has to know."""
        return ReaderState(
            tuple(self.above),
            self.path,
            self.closed,
            self.is_legend,
            self.contents_path,
            self.before.has_contents or bool(self.page.contents),
            self.before.has_entries or bool(self.page.entries),
        )

    def blocks(self, blocks: Sequence[Block], entries: frozenset[int]) -> None:
        """Read blocks, of which the headings in the lines `entries` are entries."""
        index = 0
        while index < len(blocks):
            block = blocks[index]
            index += 1
            after = blocks[index : index + FARTHEST]
            if block.kind == "heading":
                is_entry = block.line in entries
                own = blocks[index - 1 : entry_end(blocks, index - 1)] if is_entry else ()
                index += self._heading(block, own)
            elif block.kind in LISTS:
                why_not = introduces_no_works(blocks[index - 2]) if index > 1 else None
                index += (
                    self._without_works(block, why_not) if why_not else self._list(block, after)
                )
            elif block.kind == "table":
                self._table(block, is_let_go=True)
            elif block.kind == "paragraph":
                index += self._paragraph(block, after)
            elif block.kind == "quote":
                self.blocks(block.children, entry_headings(self.page, block.children))
            elif block.kind == "html":
                index += self._html(blocks[index - 1 : index + LONGEST_TABLE]) - 1
            elif block.kind in _NEVER:
                where = "in a code fence" if block.marker else "in indented code"
                self.page.reject(block, where if block.kind == "code" else "in the front matter")

    def _no_entry(self, block: Block, reason: str) -> None:
        """Keep what a block that is no entry holds, and say why it is none."""
        parts = self.page.outside(block)
        legend = list(read_legend(parts)) if self.is_legend else []
        self.page.legend.extend(legend)
        self.page.reject(block, "part of the legend" if legend else reason)

    def _keep_inside(self, blocks: Sequence[Block]) -> None:
        """Keep the comments, the HTML and the headings inside an entry."""
        for block in blocks:
            if self.page.has_comments:
                self.page.comments_in(block)
            if block.kind == "heading":
                self.page.headings.append(_read_heading(block))
            elif block.kind == "html":
                self.page.html(block)
            if block.children:
                self._keep_inside(block.children)

    # Headings

    def _heading(self, block: Block, own: Sequence[Block]) -> int:
        """Read a heading; return how many blocks after it belong to its entry.

        Args:
            block: the heading.
            own: the blocks of the entry that it may be, itself first.
        """
        heading = _read_heading(block)
        self._leave(heading.level)
        if own and self._heading_entry(block, own):
            return len(own) - 1
        self._open_section(heading)
        if any(node.kind != "text" for node in block.nodes):
            self.page.outside(block)
        return 0

    def _leave(self, level: int) -> None:
        """End the sections that a heading of this level ends."""
        while self.above and self.above[-1][0] >= level:
            self.above.pop()

    def _open_section(self, heading: Heading) -> None:
        """Begin the section of a heading, which may be one in HTML."""
        self._leave(heading.level)
        self.page.headings.append(heading)
        self.above.append((heading.level, heading.text))
        self._enter(heading, heading.line)
        self.is_legend = announces_legend(heading.text)

    def _enter(self, heading: Heading | None, line: int) -> None:
        """Begin the section of the headings above."""
        self.path = tuple(text for _, text in self.above)
        self.closed = _closed(self.path)
        self.page.start_section(heading, self.path, line)

    def _heading_entry(self, block: Block, own: Sequence[Block]) -> bool:
        fields = self.page.fields(own)
        judgement = judge_item(fields)
        path = tuple(text for _, text in self.above)
        if not judgement.is_work or closed_by(path):
            return False
        if path != self.path:
            # The section before is deeper, and ends with this heading.
            self._enter(None, block.line)
        self._keep_inside(own)
        start = content_start(self.lines, block.line)
        where = Where("heading", start, block.line, own[-1].end_line, path)
        self.page.keep(fields, where, judgement.reason)
        return True

    # Lists

    def _list(self, block: Block, after: Sequence[Block] = ()) -> int:
        """Read a list; return how many of the blocks `after` it belong to its last entry."""
        if self._is_contents(block):
            return 0
        groups = groups_of_fields(block) if not self.closed else []
        if groups and self._grouped(groups, block.kind):
            return 0
        is_ordered = block.kind == "ordered-list"
        first = int(block.children[0].marker[:-1]) if is_ordered else 0
        last = len(block.children) - 1
        count = 0
        for place, item in enumerate(block.children):
            number = first + place if is_ordered else None
            count = self._item(item, number, block, after if place == last else ())
        return count

    def _grouped(self, groups: Sequence[Sequence[Block]], kind: BlockKind) -> bool:
        """Read items that are the fields of one work after another; return whether they are."""
        read = []
        for items in groups:
            title, *others = items
            below = Block(kind, title.line, items[-1].end_line)
            below.children = others
            fields = self.page.fields([*title.children, below])
            read.append((items, fields, judge_item(fields)))
        if not all(judgement.is_work for _, _, judgement in read):
            return False
        for items, fields, judgement in read:
            self._keep_inside(items)
            self._keep_item(items[0], _end(items[-1]), fields, judgement)
        return True

    def _without_works(self, block: Block, reason: str) -> int:
        """Read a list that holds no works; nothing after it belongs to it."""
        closed, self.closed = self.closed, reason
        self._list(block)
        self.closed = closed
        return 0

    def _item(
        self, item: Block, number: int | None, siblings: Block, after: Sequence[Block]
    ) -> int:
        """Read an item; return how many of the blocks `after` it belong to its entry.

        Args:
            item: the item.
            number: what Markdown shows before it, in an ordered list.
            siblings: the list that it is in.
            after: the blocks after the list, where the item is its last.
        """
        own: list[Block] = []
        nested: list[Block] = []
        for child in item.children:
            (nested if child.kind in _NESTED else own).append(child)
        if self.closed or not own:
            self._inside(item, self.closed or "")
            return 0
        if not nested and len(pieces := split_item(item, self.lines)) > 1:
            count = self._glued_items(item, number, pieces, after)
            if count is not None:
                return count
        fields = self.page.fields(own)
        is_whole = True
        outdented: Sequence[Block] = ()
        with_list = with_outdented(self.lines, item, after)
        nesting = with_list and read_nested(self.page, with_list, fields)
        if nesting and nesting.judgement.is_work and nesting.is_whole:
            judgement, fields, _ = nesting
            outdented = after[:1]
        elif nested:
            judgement, fields, is_whole = read_nested(self.page, item, fields)
        else:
            fields, count = add_following(self.page, own, fields, after)
            outdented = after[:count]
            judgement = judge_item(fields)
            if not count:
                self.works[item] = judgement.is_work
        if is_whole and not judgement.is_work:
            judgement = self._judge_among(siblings, fields) or judgement
        if not judgement.is_work:
            self._inside(item, judgement.reason)
            return 0
        last = outdented[-1] if outdented else _end(item) if is_whole else own[-1]
        self._keep_item(item, last, fields, judgement, number, outdented)
        self._keep_inside((item, *outdented) if is_whole else own)
        if not is_whole:
            for child in nested:
                self._nested(child)
        return len(outdented)

    def _keep_item(  # noqa: PLR0913, PLR0917 - all that tells where an item stands
        self,
        item: Block,
        last: Block,
        fields: Fields,
        judgement: Judgement,
        number: int | None = None,
        outdented: Sequence[Block] = (),
    ) -> None:
        """Keep an entry that begins with `item` and ends with `last`."""
        marker = item_marker(self.lines, item)
        where = Where(
            "bullet" if number is None else "ordered",
            content_start(self.lines, item.line),
            item.line,
            last.end_line,
            self.path,
            indentation(self.lines, item, marker),
            marker,
            number,
            tuple(missing_indentation(self.lines, outdented)) if outdented else (),
        )
        self.page.keep(fields, where, judgement.reason)

    def _glued_items(
        self, item: Block, number: int | None, pieces: Sequence[Block], after: Sequence[Block]
    ) -> int | None:
        """Read an item whose text holds further ones, if all of them are works.

        Args:
            item: the item, with its whole text.
            number: what Markdown shows before it, in an ordered list.
            pieces: its text, cut before each marker.
            after: the blocks after the list, where the item is its last.

        Returns:
            How many of the blocks `after` it belong to the last entry.
        """
        read = [self.page.fields([piece]) for piece in pieces]
        own = (pieces[-1], *item.children[1:])
        if own[1:]:
            read[-1] = self.page.fields(own)
        read[-1], count = add_following(self.page, own, read[-1], after)
        own = (*own, *after[:count])
        judgements = [judge_item(read[0]), *map(judge_paragraph, read[1:])]
        is_like = all(one.title_form == read[0].title_form for one in read)
        if not (is_like and all(judgement.is_work for judgement in judgements)):
            return None
        marker = item_marker(self.lines, item)
        where = Where(
            "bullet" if number is None else "ordered",
            content_start(self.lines, item.line),
            item.line,
            pieces[0].end_line,
            self.path,
            indentation(self.lines, item, marker),
            marker,
            number,
        )
        self.page.keep(read[0], where, judgements[0].reason)
        self._keep_inside(pieces[:1])
        for piece, fields, judgement in zip(pieces[1:], read[1:], judgements[1:], strict=True):
            self._keep_paragraph(own if piece is own[0] else (piece,), fields, judgement)
        return count

    def _judge_among(self, siblings: Block, fields: Fields) -> Judgement | None:
        """Tell whether an item is a work by what is around it, though not by itself."""
        if not may_be_work(fields):
            return None
        if self._are_works(siblings):
            return Judgement(True, "it stands among works and begins as they do")
        if announces_papers(self.path) and is_headline(fields):
            return Judgement(True, "it is written as a title, under a heading of papers")
        return None

    def _are_works(self, block: Block) -> bool:
        """Whether most items of a list are works."""
        if self.judged is None or self.judged[0] is not block:
            counts = accumulate(map(self._is_work, block.children))
            most = len(block.children) // 2
            self.judged = (block, any(works > most for works in counts))
        return self.judged[1]

    def _is_work(self, item: Block) -> bool:
        """Whether an item is a work with all that is nested in it."""
        known = self.works.get(item)
        return judge_item(self.page.look_ahead(item.children)).is_work if known is None else known

    def _inside(self, item: Block, reason: str) -> None:
        """Read what is inside an item that is no entry itself."""
        before = len(self.page.entries)
        texts = [child for child in item.children if child.nodes]
        for child in item.children:
            if not child.nodes:
                self._nested(child)
        if len(self.page.entries) > before:
            reason = _CATEGORY
        for child in texts:
            self._no_entry(child, reason)

    def _nested(self, block: Block) -> None:
        if block.kind in LISTS:
            self._list(block)
        else:
            self.blocks([block], entry_headings(self.page, [block]))

    # Paragraphs

    def _paragraph(self, block: Block, after: Sequence[Block]) -> int:
        """Read a paragraph; return how many of the blocks `after` it belong to its entry."""
        if self._is_contents(block):
            return 0
        leads = bool(after) and is_field_list(after[0]) and names_work(after[0])
        candidates = [] if self.closed else self._candidates(block, leads)
        if not candidates:
            reason = other_than_words(block) or "a paragraph that does not begin as an entry does"
            self._no_entry(block, self.closed or reason)
            return 0
        last, fields = candidates[-1]
        fields, count = add_following(self.page, (last,), fields, after)
        candidates[-1] = (last, fields)
        for piece, fields in candidates:
            own = (piece, *after[:count]) if piece is last else (piece,)
            has_fields = own[-1].kind in LISTS or any(map(is_field_line, own[1:]))
            judgement = judge(fields) if has_fields else judge_paragraph(fields)
            if not judgement.is_work:
                running = judge_running(fields)
                judgement = running if running.is_work else judgement
            if not judgement.is_work:
                self._no_entry(block, other_than_words(block) or judgement.reason)
                return 0
            self._keep_paragraph(own, fields, judgement)
        if candidates[0][0].line > block.line:
            self._no_entry(split_entries(block, self.lines)[0], "it introduces entries")
        return count

    def _candidates(self, block: Block, leads: bool) -> list[tuple[Block, Fields]]:
        """What may be entries in a paragraph: its lines, or all of it.

        Args:
            block: the paragraph.
            leads: whether the fields of a work follow it.
        """
        pieces = split_entries(block, self.lines)
        opens = opens_entry(block.nodes)
        # Else the first line introduces the others.
        lines = pieces if opens else pieces[1:]
        read = [(piece, self.page.fields([piece])) for piece in lines]
        if pieces[1:] and all(judge_paragraph(fields).is_work for _, fields in read):
            return read
        fields = read[0][1] if opens and not pieces[1:] else self.page.fields([block])
        is_title = leads and may_be_work(fields)
        return [(block, fields)] if opens or is_title or judge_running(fields).is_work else []

    def _keep_paragraph(self, own: Sequence[Block], fields: Fields, judgement: Judgement) -> None:
        self._keep_inside(own)
        first = own[0]
        where = Where(
            "paragraph",
            first.start,
            # A line of other white space may stand before it.
            self.lines.line(first.start),
            last_line(own[-1], self.lines),
            self.path,
            marker=glued_marker(first.nodes),
        )
        self.page.keep(fields, where, judgement.reason)

    # Tables and HTML

    def _table(self, table: Block, *, is_let_go: bool = False) -> None:
        """Read a table.

        Args:
            table: the block.
            is_let_go: whether nobody looks at it afterwards.
        """
        # Imported here: most lists have no tables.
        from peftlint.reading.table import TableReader

        reader = TableReader(table)
        rows = reader.rows() if not self.closed else None
        if rows is None:
            for row in table.children:
                for cell in row.children:
                    self.page.outside(cell)
            self.page.reject(table, self.closed or "the table has no column of titles")
            return
        for row in reader.head:
            for cell in row.children:
                self.page.outside(cell)
            self.page.reject(row, "the head of a table")
        for row, fields in rows:
            if self.page.has_comments:
                for cell in row.children:
                    self.page.comments_in(cell)
            if fields.title is None:
                self.page.collect(fields.parts)
                self.page.reject(row, fields.read_by.get("entry", "the row shows no title"))
                continue
            start = content_start(self.lines, row.line)
            where = Where("table-row", start, row.line, row.line, self.path)
            self.page.keep(fields, where, _IS_ROW)
            if is_let_go:
                # What is read of a table takes the place of its blocks: else one of a megabyte
                # is 20 MiB more.
                row.children.clear()

    def _html(self, blocks: Sequence[Block]) -> int:
        """Read a block of HTML; return how many of `blocks` belong to its table."""
        block = blocks[0]
        if not self.closed and "<tr" in block.text and (count := self._mixed_rows(blocks)):
            return count
        count = 1
        rows: list[Span] = []
        for heading in headings_in(block, self.lines):
            self._open_section(heading)
        if not self.closed and _HTML_ITEM.search(block.text):
            while count < len(blocks) and "</table" not in blocks[count - 1].text:
                if blocks[count].kind != "html":
                    break
                count += 1
            rows = self._html_rows(blocks[:count])
        for html in blocks[:count]:
            self.page.html(html, rows)
            if html.text.strip():
                reason = _AROUND if rows else self.closed or "HTML that shows no works"
                self.page.reject(html, reason)
        return count

    def _html_rows(self, blocks: Sequence[Block]) -> list[Span]:
        """Read tables and lists in HTML; return the places of their entries."""
        # Imported here: few lists have any.
        from peftlint.reading.htmlrow import read_html_rows

        kept: list[Span] = []
        for row, fields, judgement in read_html_rows(blocks, self.lines):
            if not judgement.is_work:
                self.page.reject(row, judgement.reason)
                continue
            path = self.path
            where = Where("html-row", row.start, row.line, row.end_line, path, end=row.end)
            self.page.keep(fields, where, judgement.reason)
            kept.append(Span(row.start, row.end))
        return sorted(kept)

    def _mixed_rows(self, blocks: Sequence[Block]) -> int:
        """Read a table in HTML with Markdown in it; return how many of `blocks` it takes."""
        # Imported here: few lists have any.
        from peftlint.reading.mixedrow import read_mixed_rows

        rows, count = read_mixed_rows(self.page, blocks)
        for block, fields, judgement in rows:
            if not judgement.is_work:
                self.page.collect(fields.parts)
                self.page.reject(block, judgement.reason)
                continue
            where = Where(
                "html-row", block.start, block.line, block.end_line, self.path, end=block.end
            )
            self.page.keep(fields, where, judgement.reason)
        spans = [Span(block.start, block.end) for block, _, _ in rows]
        for block in blocks[:count]:
            if block.kind == "html":
                self.page.html(block, spans)
                self.page.reject(block, _AROUND)
            else:
                self._keep_inside([block])
        return count

    # Contents

    def _is_contents(self, block: Block) -> bool:
        """Read a block of the table of contents; return whether it is one."""
        if not self.may_be_contents:
            return False
        is_first = not (self.before.has_entries or self.page.entries)
        has_contents = self.before.has_contents or self.page.contents
        if has_contents and not is_first and self.contents_path != self.path:
            self.has_any_contents &= not is_contents(block, is_first)
            return False
        if not is_contents(block, is_first):
            return False
        self.has_any_contents = False
        self.contents_path = self.path
        read_contents(self.page, block)
        self.page.reject(block, _CONTENTS)
        return True


def _end(item: Block) -> Block:
    """The item, or the block before the rule that is its last."""
    return item if item.children[-1].kind != "rule" else item.children[-2]


def _read_heading(block: Block) -> Heading:
    raw = "".join(node.shown() for node in block.nodes)
    shown = " ".join(raw.split())
    return Heading(block.level, shown, Span(block.start, block.end), block.line, slug(raw))
