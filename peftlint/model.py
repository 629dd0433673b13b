"""A paper list as the rules see it: entries and their parts, each with its place.

The words are defined in `docs/entries.md`. Everything here is a value: the reader makes it,
nobody changes it. A field that the list does not show is `None` or empty, never guessed.
The classes have no `repr`: a link and its badge know each other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping

from peftlint.source import Lines, Place, Span
from peftlint.value import NamedTuple, Record, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias, TypeVar

    Made = TypeVar("Made")

EntryKind: TypeAlias = (
    "Literal['bullet', 'ordered', 'table-row', 'paragraph', 'heading', 'html-row']"
)
LinkForm: TypeAlias = "Literal['inline', 'reference', 'autolink', 'bare', 'html', 'placeholder']"
Role: TypeAlias = "Literal['paper', 'code', 'project', 'data', 'other']"
Separation: TypeAlias = "Literal['blank', 'glued', 'break', 'same-line']"
BadgePlace: TypeAlias = "Literal['before-title', 'after-title', 'after-authors', 'after-links']"

#: What is made of a document is kept while so many rules do not ask for it.
_UNASKED = 4


#: An empty mapping, the same for all.
NOTHING: Mapping[Any, Any] = {}


class Text(Value):
    """A field: what a reader sees, and where it is written (with its marks)."""

    text: str
    span: Span


class Year(Value):
    """A year shown as text, four digits, and where its digits stand."""

    value: int
    span: Span


class Link(Record):
    """Something that a reader can click, or that is meant to be.

    Attributes:
        label: the visible text without brackets and emphasis; `@title` where the entry's title
            is the link; the alternative text where it is a badge; `None` for a bare address.
        url: the address as written; `None` where there is none (`[Code]()`, a bare `[Code]`).
        form: how it is written.
        role: what it leads to, from its label and its address.
        span: the link itself, from its first bracket to its last.
        label_span: the text between the link's own brackets.
        url_span: the address; for an empty link the empty place where it belongs;
            `None` for a placeholder, which has no such place.
        outer_span: the link with the text brackets around it, `[[Code](..)]`.
        removal_span: what to delete so that neither brackets nor a separator stay behind.
        badge: the image that is the link's label.
        only_image: the label is an image and nothing else.
    """

    label: str | None
    url: str | None
    form: LinkForm
    role: Role
    span: Span
    label_span: Span
    url_span: Span | None
    outer_span: Span
    removal_span: Span
    badge: Badge | None = None
    only_image: bool = False


class Badge(Record):
    """An image from a badge host.

    Attributes:
        url: the address as written.
        label: what a static shields.io badge shows, decoded, else `None`.
        color: the color of a static shields.io badge, else `None`.
        alt: the alternative text as written.
        span: the image, `![..](..)`.
        outer_span: the link around it where the badge is one, else the same as `span`.
        url_span: the address.
        color_span: the color's letters in the address, where `color` is known.
        path_span: the badge's own words in the address, `Label-color` without what follows,
            where `color` is known.
        alt_span: the alternative text, or the empty place where it belongs; `None` where there
            is no such place, as in an `<img>` without `alt`.
        link: the link around it.
        place: after which part of its entry it stands.
        removal_span: the badge with its link and the blanks before it.
    """

    url: str
    label: str | None
    color: str | None
    alt: str
    span: Span
    outer_span: Span
    url_span: Span
    color_span: Span | None = None
    path_span: Span | None = None
    alt_span: Span | None = None
    link: Link | None = None
    place: BadgePlace = "after-title"
    removal_span: Span = Span(0, 0)


class BadgeRun(Value):
    """Badges that stand side by side in an entry.

    Attributes:
        place: after which part of the entry they stand.
        span: from the first badge to the last.
        removal_span: the same with the blanks before it.
    """

    place: BadgePlace
    span: Span
    removal_span: Span


class Heading(Record):
    """A heading, with its text as a reader sees it.

    Attributes:
        slug: what GitHub makes of its text for its anchor, without the number that a repeat gets.
    """

    level: int
    text: str
    span: Span
    line: int
    slug: str


class Section(Record):
    """A heading with what is under it, up to the next heading; the first one may have none.

    Attributes:
        heading: `None` for what stands before the first heading.
        path: the headings above and this one, outermost first, as plain text.
        start_line, end_line: from the heading's line to the last line before the next heading.
        entries: those directly under this heading.
        is_empty: whether nothing stands between the heading and the next one, comments, rules and
            anchors left out.
    """

    heading: Heading | None
    path: tuple[str, ...]
    start_line: int
    end_line: int
    entries: list[Entry]
    is_empty: bool = False


class Entry(Record):
    """One work, presented as one item of the list.

    Attributes:
        kind: how it is written.
        span: from its first character to its last, marker included, trailing blanks not.
        line, end_line: its first and its last line, counted from 1.
        section: the headings above it, outermost first, as plain text.
        title, name, authors, venue, year, links, badges, ids: see `docs/entries.md`.
        authors_span: all authors together, with their marks.
        separation: what stands between the title's lines and the authors: `blank` for a blank
            line, `glued` for a line end that renders as a space, `break` for a hard break,
            `same-line`; `None` where an entry shows no title or no authors after it.
        separation_span: the blanks and line ends between the two.
        indent: what a further line of the entry begins with to stay inside it.
        badge_runs: badges that stand side by side, in order.
        badge_homes: for each place, the empty span where badges go in this entry.
        removal_span: the entry's whole lines with the blank lines after it.
        marker: what it opens with, `-` or `3.`, also where no blank follows and Markdown sees a
            paragraph; `None` where it has no marker.
        number: the number that Markdown shows before it, of an item of an ordered list.
        outdents: where the indentation is missing of lines that fell out of the item: an empty
            span at the start of each.
        read_by: what told the reader each field: a field's name to a few words.
    """

    kind: EntryKind
    span: Span
    line: int
    end_line: int
    section: tuple[str, ...]
    title: Text
    name: Text | None = None
    authors: tuple[Text, ...] = ()
    venue: Text | None = None
    year: Year | None = None
    links: tuple[Link, ...] = ()
    badges: tuple[Badge, ...] = ()
    ids: Mapping[str, tuple[str, ...]] = NOTHING
    authors_span: Span | None = None
    separation: Separation | None = None
    separation_span: Span | None = None
    indent: str = ""
    badge_runs: tuple[BadgeRun, ...] = ()
    badge_homes: Mapping[BadgePlace, Span] = NOTHING
    removal_span: Span = Span(0, 0)
    marker: Text | None = None
    number: int | None = None
    outdents: tuple[Span, ...] = ()
    read_by: Mapping[str, str] = NOTHING


class Other(NamedTuple):
    """A block that is no entry: its lines, counted from 1, and why it is none."""

    line: int
    end_line: int
    reason: str


class LegendItem(Value):
    """What a badge color means in this list, as the line with that badge explains it."""

    badge: Badge
    color: str
    keyword: str
    meaning: str


class ContentsItem(Value):
    """A line of the table of contents."""

    link: Link
    line: int
    depth: int


class Passage(Value):
    """The inline content of a paragraph, an item, a heading or a cell.

    Attributes:
        span: from its first character to its last, over its line ends.
        texts: where its running text stands that has brackets or parentheses in it. That is no
            link, no image, no code and no tag, but what is emphasised; an escaped character parts
            two.
    """

    span: Span
    texts: tuple[Span, ...]


class Comment(Value):
    """An HTML comment: what stands between `<!--` and `-->`, and the place of the whole."""

    text: str
    span: Span


class Html(Value):
    """Raw HTML: a block of it, or one tag or comment within a line.

    Attributes:
        source: as written; a block's lines are whole.
        span: its place.
        is_block: whether it is a block.
    """

    source: str
    span: Span
    is_block: bool


class TableRow(Value):
    """A row of a table written with bars, its head left out.

    Attributes:
        span: its line, without the blanks around it.
        cells: how many it has.
        linked: in which columns, counted from 0, it has an address.
        dropped: the text in cells beyond the last column, which Markdown does not show.
    """

    span: Span
    cells: int
    linked: frozenset[int]
    dropped: Span | None


class Table(Value):
    """A table written with bars.

    Attributes:
        columns: how many its head has.
        rows: those below its head.
    """

    columns: int
    rows: tuple[TableRow, ...]


class Document(Record):
    """A list, read.

    Attributes:
        text: the text that all spans point into.
        lines: its lines.
        headings: in order.
        sections: in order; every line of the text is in one.
        entries: in order of their first line.
        links: every link and placeholder, in entries and outside, but none in code or comments.
        badges: every badge, in entries and outside.
        legend: what the list's badge colors mean; empty where it says nothing.
        contents: the table of contents; empty where there is none.
        comments: HTML comments, but none in code.
        others: the blocks that are no entries, each with the reason.
        html: raw HTML, in entries and outside, but none in code, in order.
        tables: those written with bars, in order.
        has_front_matter: whether it is a page of a site, which begins with its own YAML.
        code: code, in blocks and inline, and the front matter, in order.
        hidden: the addresses and HTML tags that hold anything but ASCII, in order.
        passages: the inline content of each block with brackets in its running text that may be of
            a link that is none: they are not in simple pairs, or an address is there.
        newline: the line end that the text uses most.
        path: the file as its user knows it, with `/`; empty where that does not matter.
        has_mark: whether the file begins with a byte order mark, which is none of the text.
    """

    text: str
    lines: Lines
    headings: tuple[Heading, ...] = ()
    sections: tuple[Section, ...] = ()
    entries: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()
    badges: tuple[Badge, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    contents: tuple[ContentsItem, ...] = ()
    comments: tuple[Comment, ...] = ()
    others: tuple[Other, ...] = ()
    html: tuple[Html, ...] = ()
    tables: tuple[Table, ...] = ()
    has_front_matter: bool = False
    code: tuple[Span, ...] = ()
    hidden: tuple[Span, ...] = ()
    passages: tuple[Passage, ...] = ()
    newline: str = "\n"
    path: str = ""
    has_mark: bool = False
    #: What `once` has made, each with how many rules have ended since it was asked for.
    _made: dict[Callable[[Document], Any], list[Any]] | None = None

    def once(self, make: Callable[[Document], Made]) -> Made:
        """What `make` makes of this document, made when it is first asked for and kept with it.

        Several rules ask for the same, such as the works of a list.

        Args:
            make: a function of a module, whose result nobody changes.
        """
        known = self._made
        if known is None:
            known = self._made = {}
        kept = known.get(make)
        if kept is None:
            kept = known[make] = [make(self), 0]
        kept[1] = 0
        made: Made = kept[0]
        return made

    def let_go(self) -> None:
        """Let go of what `once` has made and some rules have not asked for; one of them has ended.

        Rules that ask for the same are near each other, and all of it together takes a third of
        what the document does.
        """
        known = self._made or {}
        for make, kept in list(known.items()):
            kept[1] += 1
            if kept[1] > _UNASKED:
                del known[make]

    def place(self, offset: int) -> Place:
        """Line and column, counted from 1, of an offset."""
        return self.lines.place(offset)

    def slice(self, span: Span) -> str:
        """The text at `span`."""
        return self.text[span.start : span.end]

    def character_after(self, span: Span) -> str:
        """The character after `span`; empty at the end of the text."""
        return self.text[span.end : span.end + 1]

    def between(self, one: Span, other: Span) -> str:
        """The text between two spans, in whichever order; empty where they touch or overlap."""
        return self.text[min(one.end, other.end) : max(one.start, other.start)]

    def character_before(self, span: Span) -> str:
        """The character before `span`; empty at the start of the text."""
        return self.text[span.start - 1 : span.start] if span.start else ""

    def heading_lines(self) -> frozenset[int]:
        """The lines in which headings begin, counted from 1."""
        return frozenset(heading.line for heading in self.headings)

    def entry_at(self, offset: int) -> Entry | None:
        """The entry that begins last before a place and holds it."""
        index = bisect_right(self.once(_starts_of_entries), offset) - 1
        entry = self.entries[index] if index >= 0 else None
        return entry if entry is not None and offset <= entry.span.end else None

    def is_code_or_comment(self, offset: int) -> bool:
        """Whether a character is one of code, of the front matter or of a comment."""
        index = bisect_right(self.code, offset, key=_start) - 1
        if index >= 0 and offset < self.code[index].end:
            return True
        index = bisect_right(self.comments, offset, key=_start_of_comment) - 1
        return index >= 0 and offset < self.comments[index].span.end

    def is_hidden(self, offset: int) -> bool:
        """Whether a character other than ASCII is one of an address or an HTML tag."""
        index = bisect_right(self.hidden, offset, key=_start) - 1
        return index >= 0 and offset < self.hidden[index].end


def _start(span: Span) -> int:
    return span.start


def _starts_of_entries(document: Document) -> array[int]:
    return array("Q", [entry.span.start for entry in document.entries])


def _start_of_comment(comment: Comment) -> int:
    return comment.span.start
