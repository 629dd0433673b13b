"""Title, authors, venue and year, read from an entry's parts.

The parts are classified by what they are: an emphasised or plain run of names is the authors, a
known venue or text beside a year is the venue. The title is what comes first and is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from peftlint import people, venue
from peftlint.model import Link, Text, Year
from peftlint.part import Part
from peftlint.role import label_role, mentions_role
from peftlint.source import Span

_SPACE = re.compile(r"\s+")
_NUMBERING = re.compile(r"\s*(?:\[\d{1,4}\]|\(?\d{1,4}(?:[.)]|\.(?=\D)))\s*")
_LEADING_BRACKET = re.compile(
    r"\s*([\[(\uff08\u3010])([^\[\]()\uff08\uff09\u3010\u3011]{1,60})[\])\uff09\u3011]\s*[:.,\-\u2013|]?\s*"
)
_LEADING_MARKS = re.compile(r"[\s\])\u3011\uff09:\uff1a.,|\-\u2013\u2014>~\u2022*+&]+")
_QUOTES = {
    '"': '"',
    "\u201c": "\u201d",
    "\u00ab": "\u00bb",
    "\u300c": "\u300d",
    "\u300a": "\u300b",
    "``": "''",
}
_CHUNK = re.compile(
    r"[,;|\uff0c\uff1b\uff5c()\[\]\uff08\uff09\u3010\u3011{}]|\.\s|\.$|\s[-\u2013\u2014]\s|\u3002"
)
_TITLE_END = re.compile(r"[\s,.;:|\-\u2013\u2014\uff0c\u3002]+$")
_NICKNAME = 4


@dataclass(slots=True)
class Fields:
    """What the parts of an entry say.

    Attributes:
        title: `None` where nothing can be the title.
        title_link: the link whose label is the title.
        title_form: `strong`, `link`, `quoted`, `em` or `plain`.
        title_index: the part in which the title ends.
        others: see `docs/entries.md`.
        authors_index: the part in which the authors begin; -1 for none.
        used: parts that are explained.
    """

    title: Text | None = None
    title_link: Link | None = None
    title_form: str = ""
    title_index: int = -1
    name: Text | None = None
    authors: tuple[Text, ...] = ()
    authors_span: Span | None = None
    authors_index: int = -1
    venue: Text | None = None
    year: Year | None = None
    venue_known: bool = False
    used: set[int] = field(default_factory=set)


def tidy(text: str) -> str:
    """`text` as a title: white space collapsed, quotes and the separator at its end removed."""
    shown = _SPACE.sub(" ", text).strip(" \u00a0")
    shown = (
        re.sub(r"[\s,.\uff0c\u3002]+$", "", shown)
        if shown.endswith((",", ".", "\uff0c", "\u3002"))
        else shown
    )
    for opening, closing in _QUOTES.items():
        if (
            shown.startswith(opening)
            and shown.endswith(closing)
            and len(shown) > len(opening + closing)
        ):
            shown = shown[len(opening) : -len(closing)].strip()
            if shown.endswith((",", ".")):
                shown = shown[:-1].rstrip()
            break
    return shown


class FieldReader:
    """Reads the fields of one entry.

    Args:
        parts: its parts, in order; links and badges among them.
        in_cell: whether they are a table's cell, where a year after a name is part of it.
    """

    def __init__(self, parts: Sequence[Part], in_cell: bool = False) -> None:
        self.parts = parts
        self.in_cell = in_cell
        self.fields = Fields()
        self.pending_venue: list[tuple[str, int]] = []
        #: Text beside the title in its own part, and where it begins: read for venue and authors.
        self.beside: list[tuple[str, int]] = []

    def read(self) -> Fields:
        """The fields; `title` is `None` where these parts are no entry."""
        if not self._title():
            return self.fields
        self._authors()
        self._appearance()
        return self.fields

    # The title

    def _title(self) -> bool:
        parts = self.parts
        index = 0
        while index < len(parts):
            part = parts[index]
            kind = part.kind
            if kind in ("break", "block", "badge", "image", "cell"):
                index += 1
                continue
            if kind == "item":
                return False
            if kind == "link":
                if self._is_title_link(index):
                    return self._linked_title(index)
                self._note_label(part)
                index += 1
                continue
            if kind in ("strong", "em", "code"):
                step = self._marked_title(index)
                if step is not None:
                    return step
                index += 1
                continue
            at = self._skip_prefix(part)
            if at < len(part.text):
                return self._plain_title(index, at)
            index += 1
        return False

    def _skip_prefix(self, part: Part) -> int:
        """Where the title may begin in a text part: after numbering, dates and venues."""
        text = part.text
        at = 0
        while at < len(text):
            numbering = _NUMBERING.match(text, at) if at == 0 or text[:at].isspace() else None
            if numbering:
                at = numbering.end()
                continue
            bracket = _LEADING_BRACKET.match(text, at)
            if bracket:
                read = venue.read(bracket[2])
                if read.year or read.is_known:
                    self.beside.append((bracket[2], part.start + bracket.start(2)))
                    at = bracket.end()
                    continue
                words = bracket[2].split()
                if len(words) <= _NICKNAME and text[bracket.end() :].strip():
                    if self.fields.name is None and bracket[1] == "[" and not bracket[2].isdigit():
                        self.fields.name = Text(
                            bracket[2].strip(), _sub(part, bracket.start(2), bracket.end(2))
                        )
                    at = bracket.end()
                    continue
            marks = _LEADING_MARKS.match(text, at)
            if marks:
                at = marks.end()
                continue
            symbol = text[at]
            if (
                not symbol.isalnum()
                and symbol not in "\"'$\\`#@\u201c\u2018\u00ab\u300c\u300a([{"
                and not symbol.isascii()
            ):
                at += 1
                continue
            if symbol in "([{" and not text[at + 1 :].strip(" \u00a0"):
                at = len(text)
                continue
            break
        return at

    def _is_title_link(self, index: int) -> bool:
        part = self.parts[index]
        link = part.link
        if link is None or link.form in ("placeholder", "bare", "autolink") or link.only_image:
            return False
        label = link.label or ""
        if not any(character.isalpha() for character in label):
            return False
        if label_role(label) is not None:
            return False
        read = venue.read(label)
        if (read.is_known or read.year) and len(label.split()) <= _NICKNAME:
            return False
        return not (self._is_bracketed(index) and (mentions_role(label) or len(label) <= 3))  # noqa: PLR2004

    def _is_bracketed(self, index: int) -> bool:
        before = self.parts[index - 1] if index else None
        return before is not None and before.kind == "text" and before.text.endswith("[")

    def _linked_title(self, index: int) -> bool:
        part = self.parts[index]
        link = part.link
        assert link is not None  # noqa: S101 - `_is_title_link` looked
        fields = self.fields
        shown = tidy(part.text)
        stripped = _NUMBERING.sub("", shown, count=1) if _NUMBERING.match(shown) else shown
        fields.title_form = "link"
        fields.title_link = link
        fields.title_index = index
        fields.used.add(index)
        span = Span(part.start, part.end)
        following = self._text_after(index)
        if following is not None and len(shown.split()) <= _NICKNAME:
            text, start = following
            rest = re.match(r"\s?:\s+(?=\S)", text)
            if rest:
                stop = self._plain_end(text, rest.end())
                tail = tidy(text[rest.end() : stop])
                if len(tail.split()) > 1:
                    fields.title = Text(f"{stripped}: {tail}", Span(part.start, start + stop))
                    fields.title_index = index + 1
                    self.beside.append((text[stop:], start + stop))
                    fields.used.add(index + 1)
                    return True
        fields.title = Text(stripped, span)
        return bool(stripped)

    def _note_label(self, part: Part) -> None:
        """A link before the title: its label may be the venue, `[[CVPR2020](..)] Title`."""
        label = part.link.label if part.link else None
        if label:
            read = venue.read(label)
            if read.is_known or read.year:
                self.beside.append((label, part.link.label_span.start if part.link else part.start))

    def _marked_title(self, index: int) -> bool | None:
        """A strong, emphasised or code run: the title, or `None` where it comes before it."""
        part = self.parts[index]
        fields = self.fields
        shown = tidy(part.text)
        bare = shown.strip("[]()\u3010\u3011:` ")
        if not any(character.isalnum() for character in bare):
            return None
        fields.used.add(index)
        appeared = venue.read(bare)
        if (
            (appeared.year or appeared.is_known)
            and len(bare.split()) <= _NICKNAME
            and self._more_after(index)
        ):
            self.beside.append((part.text, part.inner if part.inner >= 0 else part.start))
            return None
        words = len(bare.split())
        following = self._text_after(index)
        if words <= _NICKNAME and self._more_after(index):
            bracketed = shown[:1] in "[(\u3010" and shown[-1:] in "])\u3011"
            opened = index > 0 and self.parts[index - 1].text.rstrip().endswith(("(", "["))
            colon = part.text.rstrip().endswith((":", "\uff1a")) or (
                following is not None and following[0].lstrip().startswith((":", "\uff1a"))
            )
            if bracketed or opened or colon:
                fields.name = Text(bare, Span(part.start, part.end))
                return None
        if part.kind == "em" and people.look_like_names(part.text):
            return None
        if part.kind == "code":
            return None
        span = Span(part.start, part.end)
        number = re.match(r"\[(?:\d{1,4}|[A-Z])\]\s*", shown)
        if number and number.end() < len(shown):
            shown = shown[number.end() :]
        else:
            tag = re.match(r"\[([^\[\]]{1,40})\]\s*(?=\S)", shown)
            if tag:
                fields.name = Text(tag[1], span)
                shown = shown[tag.end() :]
        numbering = re.match(r"\d{1,4}[.)]\s+", shown)
        if numbering:
            shown = shown[numbering.end() :]
        fields.title = Text(tidy(shown), span)
        fields.title_form = part.kind
        fields.title_index = index
        return bool(fields.title.text)

    def _more_after(self, index: int) -> bool:
        """Whether something that may be a title follows in the same block."""
        for part in self.parts[index + 1 :]:
            if part.kind in ("block", "item", "cell"):
                return False
            if part.kind == "break":
                continue
            if part.kind == "text" and len(part.text.strip(' :.,-|()[]"')) > 2:  # noqa: PLR2004
                rest = _CHUNK.split(part.text.strip(" :.,-|()[]"), maxsplit=1)[0]
                read = venue.read(rest)
                return not (read.year or read.is_known)
            if part.kind == "link" and part.link and not part.link.only_image:
                return label_role(part.link.label or "") is None and part.link.form != "placeholder"
            if part.kind in ("strong", "em"):
                return not people.look_like_names(part.text)
        return False

    def _text_after(self, index: int) -> tuple[str, int] | None:
        if index + 1 < len(self.parts) and self.parts[index + 1].kind == "text":
            part = self.parts[index + 1]
            return part.text, part.start
        return None

    def _plain_end(self, text: str, start: int) -> int:
        """Where a plain title that begins at `start` ends in its part."""
        bracket = re.search(r"\s*[\[(\u3010](?=[^\[\]()]*$)|\s+\|", text[start:])
        return start + bracket.start() if bracket else len(text)

    def _plain_title(self, index: int, at: int) -> bool:
        part = self.parts[index]
        fields = self.fields
        text = part.text
        for opening, closing in _QUOTES.items():
            if not text.startswith(opening, at):
                continue
            close = text.find(closing, at + len(opening))
            if close > at:
                fields.title = Text(
                    tidy(text[at + len(opening) : close]), _sub(part, at, close + len(closing))
                )
                fields.title_form = "quoted"
                fields.title_index = index
                fields.used.add(index)
                self.beside.append(
                    (text[close + len(closing) :], part.start + close + len(closing))
                )
                return bool(fields.title.text)
        pieces: list[str] = []
        start = part.start + at
        end = start
        stop = index
        while stop < len(self.parts):
            piece = self.parts[stop]
            if piece.kind not in ("text", "code", "em"):
                break
            if piece.kind == "em" and (
                people.look_like_names(piece.text)
                or venue.read(piece.text).year
                or venue.is_venue(piece.text)
            ):
                break
            shown = piece.text[at:] if stop == index else piece.text
            fields.used.add(stop)
            cut = _title_stop(shown)
            if cut is not None:
                base = piece.start + (at if stop == index else 0)
                pieces.append(shown[:cut])
                end = base + len(shown[:cut].rstrip())
                self.beside.append((shown[cut:], base + cut))
                break
            pieces.append(shown)
            end = (
                piece.end
                if piece.kind != "text"
                else piece.end - (len(shown) - len(shown.rstrip(" \t[(")))
            )
            stop += 1
        fields.title_index = min(stop, len(self.parts) - 1)
        if stop < len(self.parts) and self.parts[stop].kind not in ("text", "code", "em"):
            fields.title_index = stop - 1
        joined = "".join(pieces).rstrip(" \t[(\u3010")
        fields.title_form = "plain"
        title = self._without_appearance(joined, start)
        shown_title = tidy(
            _TITLE_END.sub("", title) if not title.rstrip().endswith(("?", "!")) else title
        )
        fields.title = Text(
            shown_title, Span(start, max(start, min(end, start + len(title.rstrip()))))
        )
        return any(character.isalpha() for character in shown_title)

    def _without_appearance(self, text: str, start: int) -> str:
        """A plain title without the venue, year and authors written after it in one run."""
        pieces = list(re.finditer(r",\s+|\.\s+|\s+\(|\s+-\s+", text))
        for match in reversed(pieces):
            tail = text[match.end() :]
            read = venue.read(tail.rstrip(" ).,"))
            short = len(tail.split()) <= 8  # noqa: PLR2004
            dated = bool(read.year) and not read.venue and not self.in_cell
            if short and (read.is_known or dated):
                self.beside.append((tail, start + match.end()))
                text = text[: match.start()]
                continue
            if (
                match[0].startswith((",", "."))
                and people.look_like_names(tail)
                and len(tail.split()) > 1
                and (
                    "," in tail
                    or people.names(tail)[-1:]
                    and people.names(tail)[-1].name == people.ET_AL
                )
            ):
                self.beside.append((tail, start + match.end()))
                text = text[: match.start()]
                continue
            break
        return text

    # Authors

    def _authors(self) -> None:
        parts = self.parts
        fields = self.fields
        for index, part in enumerate(parts):
            if index in fields.used or part.kind not in ("em", "strong"):
                continue
            if part.kind == "strong" and not part.em:
                continue
            text = part.text
            if venue.is_venue(text.split(",")[0]) and venue.read(text).year:
                continue
            if people.look_like_names(text):
                self._take_authors(index, text, part.inner, part.start, part.end)
                return
        for text, start in self.beside:
            if self._authors_in(text, start, -1):
                return
        for index, part in enumerate(parts):
            if part.kind == "item" and index > fields.title_index + 40:
                break
            if index in fields.used or part.kind != "text" or index <= fields.title_index:
                continue
            if self._authors_in(part.text, part.start, index):
                fields.used.add(index)
                self.beside.append((self._rest, self._rest_start))
                return

    _rest = ""
    _rest_start = 0

    def _authors_in(self, text: str, start: int, index: int) -> bool:
        """Authors at the beginning of plain text, up to a venue, a year or a full stop."""
        offset = len(text) - len(text.lstrip(" \t,.:;|-\u2013\u2014\u00a0"))
        by = re.match(r"(?:by|authors?)\s*:?\s+", text[offset:], re.IGNORECASE)
        offset += by.end() if by else 0
        end = offset
        count = 0
        at = offset
        for match in re.finditer(
            r",\s*|\.\s+(?=\S)|\.?\s*$|\s[|\-\u2013]\s|[\[(\uff0c]", text[offset:]
        ):
            stop = offset + match.start()
            chunk = text[at:stop]
            if not chunk.strip():
                at = offset + match.end()
                continue
            initials = match[0].startswith(".") and re.search(r"\b[A-Z]$", chunk)
            if initials:
                continue
            bare = re.sub(r"^(?:and|&)\s+", "", chunk.strip())
            if not people.look_like_names(bare) or venue.is_venue(bare) or venue.date(bare):
                break
            count += len(people.names(chunk))
            end = stop
            at = offset + match.end()
            if match[0][:1] in ".|-\u2013[(" and not match[0].startswith(","):
                break
        named = text[offset:end]
        if count < 2 and not by:  # noqa: PLR2004
            return False
        if not named.strip():
            return False
        self._take_authors(index, named, start + offset, start + offset, start + end)
        self._rest, self._rest_start = text[end:], start + end
        return True

    def _take_authors(self, index: int, text: str, inner: int, start: int, end: int) -> None:
        fields = self.fields
        whole = Span(start, end)
        fields.authors = tuple(
            Text(
                author.name, Span(inner + author.start, inner + author.end) if inner >= 0 else whole
            )
            for author in people.names(text)
        )
        fields.authors_span = whole
        fields.authors_index = index
        if index >= 0:
            fields.used.add(index)

    # Venue and year

    def _appearance(self) -> None:
        fields = self.fields
        found: list[tuple[venue.Appearance, int]] = []
        for text, start in self.beside:
            found.extend(_chunks(text, start))
        remarks = False
        for index, part in enumerate(self.parts):
            if part.kind in ("block", "item", "cell"):
                remarks = index > fields.title_index and index > fields.authors_index >= 0
                continue
            if index in fields.used and index != fields.title_index:
                continue
            if index == fields.title_index or index in fields.used or remarks:
                continue
            if part.kind in ("text",):
                found.extend(_chunks(part.text, part.start))
            elif part.kind in ("strong", "em", "code"):
                inner = part.inner if part.inner >= 0 else part.start
                read = venue.read(part.text.strip())
                if read.year or read.is_known:
                    found.append((_shift(read, len(part.text) - len(part.text.lstrip())), inner))
        best = next((item for item in found if item[0].is_known and item[0].venue), None)
        best = best or next((item for item in found if item[0].venue), None)
        if best is not None:
            read, start = best
            assert read.venue is not None  # noqa: S101 - looked for above
            fields.venue = Text(
                _SPACE.sub(" ", read.venue), Span(start + read.venue_start, start + read.venue_end)
            )
            fields.venue_known = read.is_known
        dated = (
            best
            if best is not None and best[0].year
            else next((item for item in found if item[0].year), None)
        )
        if dated is not None:
            read, start = dated
            fields.year = Year(
                int(read.year or 0), Span(start + read.year_start, start + read.year_end)
            )


def _shift(read: venue.Appearance, by: int) -> venue.Appearance:
    if not by:
        return read
    return read._replace(
        venue_start=read.venue_start + by,
        venue_end=read.venue_end + by,
        year_start=read.year_start + by,
        year_end=read.year_end + by,
    )


def _chunks(text: str, start: int) -> list[tuple[venue.Appearance, int]]:
    """What each piece of `text` between separators says of venue and year."""
    found: list[tuple[venue.Appearance, int]] = []
    at = 0
    ends = [(match.start(), match.end()) for match in _CHUNK.finditer(text)]
    for stop, following in [*ends, (len(text), len(text))]:
        chunk = text[at:stop]
        if chunk.strip() and len(chunk) < 160:  # noqa: PLR2004 - longer is prose
            read = venue.read(chunk)
            if read.year or read.is_known:
                if (
                    found
                    and read.year
                    and not read.venue
                    and found[-1][0].venue
                    and not found[-1][0].year
                ):
                    # `CVPR, 2020`
                    earlier, place = found[-1]
                    found[-1] = (
                        earlier._replace(
                            year=read.year,
                            year_start=start + at + read.year_start - place,
                            year_end=start + at + read.year_end - place,
                        ),
                        place,
                    )
                else:
                    found.append((read, start + at))
        at = following
    return found


def _sub(part: Part, start: int, end: int) -> Span:
    return Span(part.start + start, part.start + end)


def _title_stop(text: str) -> int | None:
    """Where a plain title ends inside its text, or `None` where it fills it."""
    bar = re.search(r"\s\|\s", text)
    return bar.start() if bar else None
