"""What was read of a stretch as plain values, which say where in the stretch things stand.

Written out by hand, class by class: so it takes a twentieth of the time of reading, and what comes
back is nothing but values. A link and its badge know each other: both are told by their numbers.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from typing import Any

from peftlint.collector import resting
from peftlint.model import (
    NOTHING,
    Badge,
    BadgeRun,
    Comment,
    ContentsItem,
    Document,
    Entry,
    Heading,
    Html,
    LegendItem,
    Link,
    Other,
    Passage,
    Section,
    Table,
    TableRow,
    Text,
    Year,
)
from peftlint.reading.gathered import Gathered
from peftlint.reading.shared import shared_columns, shared_evidence
from peftlint.source import Lines, Span
from peftlint.watch import Watch

#: What was read of a stretch, as bytes that say where in it things stand. They are handed on from
#: process to process and from run to run as they are.
Packed = bytes
#: Tuples, texts, numbers and dictionaries of them.
_Said = tuple[Any, ...]
#: The first line of a stretch, its last, and what `packed` gave for it.
Piece = tuple[int, int, Packed]
_Place = tuple[int, int]

_NONE = -1


def packed(page: Gathered, line: int) -> Packed:
    """What is on the page of one stretch.

    Args:
        page: what was read.
        line: the first line of the stretch.
    """
    return marshal.dumps(_Packer(page.lines.starts[line - 1], line).page(page))


def unpacked(content: Packed, lines: Lines, line: int) -> Gathered:
    """The page of a stretch.

    Args:
        content: what `packed` gave for an equal stretch.
        lines: those of the text in which this one stands.
        line: its first line.
    """
    said = marshal.loads(content)  # noqa: S302 - from a process of our own, or sealed: see `caching`
    return _Unpacker(lines.starts[line - 1], line).page(said, Gathered(lines))


def document(text: str, pieces: Iterable[Piece | None], watch: Watch | None = None) -> Document:
    """A list that was read by another process.

    Args:
        text: that of the list.
        pieces: what that one read, stretch by stretch; `None` where it begins anew.
        watch: is told after each piece.
    """
    with resting():
        lines = Lines(text)
        whole = Gathered.begun(lines)
        for piece in pieces:
            if piece is None:
                whole = Gathered.begun(lines)
                continue
            line, end_line, content = piece
            whole.add(unpacked(content, lines, line))
            if watch is not None:
                watch(end_line / len(lines))
        return whole.document()


class _Packer:
    """Packs what stands from an offset and a line on."""

    def __init__(self, start: int, line: int) -> None:
        self._start = start
        self._line = line
        self._links: list[Link] = []
        self._badges: list[Badge] = []
        self._numbers: dict[int, int] = {}

    def page(self, page: Gathered) -> _Said:
        links = [self._link(link) for link in page.links]
        badges = [self._badge(badge) for badge in page.badges]
        headings = {id(heading): number for number, heading in enumerate(page.headings)}
        line = self._line
        place = self._place
        rest = (
            links,
            badges,
            [
                (one.level, one.text, place(one.span), one.line - line, one.slug)
                for one in page.headings
            ],
            [
                (
                    _NONE if one.heading is None else headings[id(one.heading)],
                    one.path,
                    one.start_line - line,
                    one.end_line - line,
                )
                for one in page.sections
            ],
            list(map(self._entry, page.entries)),
            [(self._badge(one.badge), one.color, one.keyword, one.meaning) for one in page.legend],
            [(self._link(one.link), one.line - line, one.depth) for one in page.contents],
            [(one.text, place(one.span)) for one in page.comments],
            [(one.line - line, one.end_line - line, one.reason) for one in page.others],
            [(one.source, place(one.span), one.is_block) for one in page.raw_html],
            [(one.columns, list(map(self._row, one.rows))) for one in page.tables],
            [self._pair(pair) for pair in page.code],
            [self._pair(pair) for pair in page.hidden],
            [(place(one.span), list(map(place, one.texts))) for one in page.passages],
            page.has_front_matter,
        )
        # Last, when all have a number: a link may know a badge that no list names.
        at = 0
        badge_at = 0
        links_said: list[_Said] = []
        badges_said: list[_Said] = []
        while at < len(self._links) or badge_at < len(self._badges):
            for link in self._links[at:]:
                links_said.append(self._link_said(link))
                at += 1
            for badge in self._badges[badge_at:]:
                badges_said.append(self._badge_said(badge))
                badge_at += 1
        return links_said, badges_said, *rest

    def _place(self, span: Span) -> _Place:
        return span.start - self._start, span.end - self._start

    def _place_or_none(self, span: Span | None) -> _Place | None:
        return None if span is None else (span.start - self._start, span.end - self._start)

    def _pair(self, pair: _Place) -> _Place:
        return pair[0] - self._start, pair[1] - self._start

    def _link(self, link: Link) -> int:
        number = self._numbers.get(id(link))
        if number is None:
            number = self._numbers[id(link)] = len(self._links)
            self._links.append(link)
        return number

    def _badge(self, badge: Badge) -> int:
        number = self._numbers.get(id(badge))
        if number is None:
            number = self._numbers[id(badge)] = len(self._badges)
            self._badges.append(badge)
        return number

    def _link_said(self, link: Link) -> _Said:
        return (
            link.label,
            link.url,
            link.form,
            link.role,
            self._place(link.span),
            self._place(link.label_span),
            self._place_or_none(link.url_span),
            self._place(link.outer_span),
            self._place(link.removal_span),
            _NONE if link.badge is None else self._badge(link.badge),
            link.only_image,
        )

    def _badge_said(self, badge: Badge) -> _Said:
        return (
            badge.url,
            badge.label,
            badge.color,
            badge.alt,
            self._place(badge.span),
            self._place(badge.outer_span),
            self._place(badge.url_span),
            self._place_or_none(badge.color_span),
            self._place_or_none(badge.path_span),
            self._place_or_none(badge.alt_span),
            _NONE if badge.link is None else self._link(badge.link),
            badge.place,
            self._place(badge.removal_span),
        )

    def _text(self, text: Text | None) -> _Said | None:
        return None if text is None else (text.text, *self._place(text.span))

    def _entry(self, entry: Entry) -> _Said:
        place = self._place
        line = self._line
        return (
            entry.kind,
            place(entry.span),
            entry.line - line,
            entry.end_line - line,
            entry.section,
            self._text(entry.title),
            self._text(entry.name),
            [self._text(author) for author in entry.authors],
            self._text(entry.venue),
            None if entry.year is None else (entry.year.value, *place(entry.year.span)),
            list(map(self._link, entry.links)),
            list(map(self._badge, entry.badges)),
            dict(entry.ids),
            self._place_or_none(entry.authors_span),
            entry.separation,
            self._place_or_none(entry.separation_span),
            entry.indent,
            [(run.place, place(run.span), place(run.removal_span)) for run in entry.badge_runs],
            {where: place(span) for where, span in entry.badge_homes.items()},
            place(entry.removal_span),
            self._text(entry.marker),
            entry.number,
            list(map(place, entry.outdents)),
            dict(entry.read_by),
        )

    def _row(self, row: TableRow) -> _Said:
        return self._place(row.span), row.cells, row.linked, self._place_or_none(row.dropped)


class _Unpacker:
    """Unpacks what is to stand from an offset and a line on."""

    def __init__(self, start: int, line: int) -> None:
        self._start = start
        self._line = line
        #: Those that were unpacked: several things stand in one place.
        self._spans: dict[_Place, Span] = {}
        #: Likewise: most things begin where others end, and of three offsets one is new.
        self._offsets: dict[int, int] = {}

    def page(self, content: _Said, page: Gathered) -> Gathered:
        (
            links_said,
            badges_said,
            page_links,
            page_badges,
            headings,
            sections,
            entries,
            legend,
            contents,
            comments,
            others,
            raw_html,
            tables,
            code,
            hidden,
            passages,
            page.has_front_matter,
        ) = content
        line = self._line
        span = self._span
        links = list(map(self._link, links_said))
        badges = list(map(self._badge, badges_said))
        for link, said in zip(links, links_said, strict=True):
            if said[9] != _NONE:
                link.badge = badges[said[9]]
        for badge, said in zip(badges, badges_said, strict=True):
            if said[10] != _NONE:
                badge.link = links[said[10]]
        page.links = [links[number] for number in page_links]
        page.badges = [badges[number] for number in page_badges]
        page.headings = [
            Heading(level, text, span(place), at + line, slug)
            for level, text, place, at, slug in headings
        ]
        page.sections = [
            Section(
                None if number == _NONE else page.headings[number],
                path,
                first + line,
                last + line,
                [],
            )
            for number, path, first, last in sections
        ]
        page.entries = [self._entry(entry, links, badges) for entry in entries]
        page.legend = [LegendItem(badges[number], *words) for number, *words in legend]
        page.contents = [
            ContentsItem(links[number], at + line, depth) for number, at, depth in contents
        ]
        page.comments = [Comment(text, span(place)) for text, place in comments]
        page.others = [Other(first + line, last + line, reason) for first, last, reason in others]
        page.raw_html = [
            Html(source, span(place), is_block) for source, place, is_block in raw_html
        ]
        page.tables = [Table(columns, tuple(map(self._row, rows))) for columns, rows in tables]
        page.code = list(map(self._pair, code))
        page.hidden = list(map(self._pair, hidden))
        page.passages = [Passage(span(place), tuple(map(span, texts))) for place, texts in passages]
        return page

    def _span(self, place: _Place) -> Span:
        span = self._spans.get(place)
        if span is None:
            start, end = place[0] + self._start, place[1] + self._start
            shared = self._offsets.setdefault
            span = self._spans[place] = Span(shared(start, start), shared(end, end))
        return span

    def _span_or_none(self, place: _Place | None) -> Span | None:
        return None if place is None else self._span(place)

    def _pair(self, pair: _Place) -> _Place:
        return pair[0] + self._start, pair[1] + self._start

    def _text(self, text: tuple[str, int, int]) -> Text:
        return Text(text[0], self._span(text[1:]))

    def _text_or_none(self, text: tuple[str, int, int] | None) -> Text | None:
        return None if text is None else self._text(text)

    def _link(self, said: _Said) -> Link:
        label, url, form, role, span, label_span, url_span, outer_span, removal_span, _, only = said
        place = self._span
        return Link(
            label,
            url,
            form,
            role,
            place(span),
            place(label_span),
            self._span_or_none(url_span),
            place(outer_span),
            place(removal_span),
            None,
            only,
        )

    def _badge(self, said: _Said) -> Badge:
        (
            url,
            label,
            color,
            alt,
            span,
            outer,
            of_url,
            of_color,
            of_path,
            of_alt,
            _,
            where,
            removal,
        ) = said
        place = self._span
        place_or_none = self._span_or_none
        return Badge(
            url,
            label,
            color,
            alt,
            place(span),
            place(outer),
            place(of_url),
            place_or_none(of_color),
            place_or_none(of_path),
            place_or_none(of_alt),
            None,
            where,
            place(removal),
        )

    def _entry(self, said: _Said, links: list[Link], badges: list[Badge]) -> Entry:
        (
            kind,
            place,
            first,
            last,
            section,
            title,
            name,
            authors,
            venue,
            year,
            own_links,
            own_badges,
            ids,
            authors_place,
            separation,
            separation_place,
            indent,
            runs,
            homes,
            removal,
            marker,
            number,
            outdents,
            read_by,
        ) = said
        span = self._span
        text_or_none = self._text_or_none
        return Entry(
            kind,
            span(place),
            first + self._line,
            last + self._line,
            section,
            self._text(title),
            text_or_none(name),
            tuple(map(self._text, authors)),
            text_or_none(venue),
            None if year is None else Year(year[0], span(year[1:])),
            tuple([links[at] for at in own_links]),
            tuple([badges[at] for at in own_badges]),
            ids or NOTHING,
            self._span_or_none(authors_place),
            separation,
            self._span_or_none(separation_place),
            indent,
            tuple([BadgeRun(where, span(of_run), span(of_all)) for where, of_run, of_all in runs]),
            {where: span(home) for where, home in homes.items()} or NOTHING,
            span(removal),
            text_or_none(marker),
            number,
            tuple(map(span, outdents)),
            shared_evidence(tuple(read_by.items())),
        )

    def _row(self, row: _Said) -> TableRow:
        place, cells, linked, dropped = row
        return TableRow(
            self._span(place), cells, shared_columns(linked), self._span_or_none(dropped)
        )
