"""Finding an entry's title, and the nickname shown apart from it.

The title is what comes first and is neither numbering, nor a date, a venue or a nickname.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint import people, venue
from peftlint.model import Text
from peftlint.punctuation import plain
from peftlint.reading.appearance import SEPARATOR
from peftlint.reading.field import Excerpt, Fields, TitleForm
from peftlint.reading.part import Part
from peftlint.role import label_role, mentions_role
from peftlint.source import Span

_SEPARATORS = (",", ".", "\uff0c", "\u3002")
_NUMBERING = re.compile(r"\s*(?:\[\d{1,4}\]|\(?\d{1,4}(?:[.)]|\.(?=\D)))\s*")
# The next patterns look at plain punctuation.
_LEADING_BRACKET = re.compile(r"\s*([\[(])([^\[\]()]{1,60})[\])]\s*[:.,|-]?\s*")
_LEADING_MARKS = re.compile(r"[\s\]):.,;|>~*+&-]+")
#: Where a venue, a year or authors may begin behind a plain title.
_PIECE_END = re.compile(r"[,.]\s+|\s[(\[]|\s-\s+")
#: A bracket that holds no part of a title any more, or a bar.
_TAIL = re.compile(r"[\[(](?=[^\[\]()]*$)|\s\|")
_BAR = re.compile(r"\s\|\s")
_COLON = re.compile(r"\s?:\s+(?=\S)")
# Before a title in one strong run.
_NUMBER_IN_BRACKETS = re.compile(r"\[(?:\d{1,4}|[A-Z])\]\s*(?=\S)")
_TAG = re.compile(r"\[([^\[\]]{1,40})\]\s*(?=\S)")
_NUMBER = re.compile(r"\d{1,4}[.)]\s+")
_SEPARATORS = (",", ".", "\uff0c", "\u3002")
_QUOTES = {
    '"': '"',
    "\u201c": "\u201d",
    "\u00ab": "\u00bb",
    "\u300c": "\u300d",
    "\u300a": "\u300b",
    "``": "''",
}
_OPENING_QUOTES = "\u201c\u00ab\u300c\u300a\u2018"
#: What may stand between a title and what follows it.
_TITLE_END = " \t\n,.;:|-\u2013\u2014\uff0c\u3002\u00a0"
#: A nickname, a date or a venue before the title has at most this many words.
_NICKNAME = 4
#: A title follows a nickname or a date within so many parts.
_NEAR = 12
#: Venue, year and others are written behind a title in at most so many pieces.
_MOST_ENDINGS = 8
#: A venue with its year has at most this many words.
_LONGEST_APPEARANCE = 8
#: In characters: less is no title; less in brackets is a tag.
_SHORTEST_TITLE = 3
_SHORTEST_IN_BRACKETS = 4


def tidy(text: str) -> str:
    """`text` as a title: white space collapsed, quotes and the separator at its end removed."""
    shown = " ".join(text.split())
    if shown.endswith(_SEPARATORS):
        shown = shown.rstrip(" ,.\uff0c\u3002")
    for opening, closing in _QUOTES.items():
        inner = shown.removeprefix(opening).removesuffix(closing)
        if inner and len(inner) == len(shown) - len(opening) - len(closing):
            shown = inner.strip()
            return shown[:-1].rstrip() if shown.endswith((",", ".")) else shown
    return shown


def find_title(fields: Fields, in_cell: bool = False) -> bool:
    """Find the title in `fields.parts`, and set it there.

    Args:
        fields: its `parts` are read; title, name and what stands beside them are set.
        in_cell: whether they are a table's cell, where a year after a name is part of it.

    Returns:
        Whether there is a title.
    """
    return _TitleFinder(fields, in_cell).find()


class _TitleFinder:
    def __init__(self, fields: Fields, in_cell: bool) -> None:
        self.parts = fields.parts
        self.fields = fields
        self.in_cell = in_cell

    def find(self) -> bool:
        """Set title, name and what stands beside them; return whether there is a title."""
        for index, part in enumerate(self.parts):
            if part.kind == "item":
                return False
            if part.kind == "link":
                if self._is_title_link(index):
                    return self._linked_title(index)
                self._note_label(part)
            elif part.kind in ("strong", "em", "code"):
                if self._is_title_run(index):
                    return self._marked_title(index)
            elif part.kind == "text":
                at = self._skip_prefix(index)
                if at < len(part.text):
                    return self._quoted_title(index, at) or self._running_title(index, at)
        return False

    def _skip_prefix(self, index: int) -> int:
        """Where the title may begin in a text part: after numbering, dates, venues and marks."""
        part = self.parts[index]
        text = plain(part.text)
        leads = index + 1 < len(self.parts) and self._is_title_link(index + 1)
        numbering = _NUMBERING.match(text)
        at = numbering.end() if numbering else 0
        while at < len(text):
            bracket = _LEADING_BRACKET.match(text, at)
            if bracket and self._takes_bracket(part, bracket, leads):
                at = bracket.end()
                continue
            marks = _LEADING_MARKS.match(text, at)
            if marks:
                at = marks.end()
                continue
            symbol = text[at]
            if symbol in "([{" and not text[at + 1 :].strip():
                # What it opens is another part.
                return len(text)
            if symbol.isascii() or symbol.isalnum() or symbol in _OPENING_QUOTES:
                break
            at += 1
        return at

    def _takes_bracket(self, part: Part, bracket: re.Match[str], leads: bool) -> bool:
        """Whether a bracket before the title holds a date, a venue, a nickname or a tag.

        `leads` says that the next part is a linked title.
        """
        start, end = bracket.span(2)
        inner = part.text[start:end]
        read = venue.read(inner)
        if read.year or read.is_known:
            self.fields.beside.append(Excerpt(inner, part, start))
            return True
        has_rest = leads or part.text[bracket.end() :].strip()
        if len(inner.split()) > _NICKNAME or not has_rest:
            return False
        if self.fields.name is None and bracket[1] == "[" and not inner.isdigit():
            self.fields.name = Text(inner.strip(), part.place(start, end))
        return True

    # A linked title

    def _is_title_link(self, index: int) -> bool:
        link = self.parts[index].link
        if link is None or link.form in ("placeholder", "bare", "autolink") or link.only_image:
            return False
        label = link.label or ""
        if label_role(label) is not None or not any(map(str.isalpha, label)):
            return False
        read = venue.read(label)
        if (read.is_known or read.year) and len(label.split()) <= _NICKNAME:
            return False
        before = self.parts[index - 1] if index else None
        in_bracket = before is not None and before.kind == "text" and before.text.endswith("[")
        return not (in_bracket and (mentions_role(label) or len(label) < _SHORTEST_IN_BRACKETS))

    def _linked_title(self, index: int) -> bool:
        part = self.parts[index]
        shown = tidy(part.text)
        numbering = _NUMBERING.match(shown)
        title = shown[numbering.end() :] if numbering else shown
        self.fields.title_link = part.link
        self._set("link", Text(title, Span(part.start, part.end)), index)
        if len(shown.split()) <= _NICKNAME:
            self._add_rest(title, index + 1)
        return bool(title)

    def _add_rest(self, name: str, index: int) -> None:
        """`[Name](..): rest of title`."""
        part = self._text_at(index)
        if part is None:
            return
        colon = _COLON.match(part.text)
        if colon is None and not name.endswith(":"):
            return
        begin = colon.end() if colon else 0
        name = name.rstrip(": ")
        tail = _TAIL.search(plain(part.text), begin)
        end = tail.start() if tail else len(part.text)
        rest = tidy(part.text[begin:end])
        if len(rest.split()) > 1:
            span = Span(self.parts[index - 1].start, part.place(0, end).end)
            self._set("link", Text(f"{name}: {rest}", span), index)
            self.fields.beside.append(Excerpt(part.text[end:], part, end))

    def _note_label(self, part: Part) -> None:
        """A link before the title: its label may be the venue, `[[CVPR2020](..)] Title`."""
        read = venue.read(part.text)
        if read.is_known or read.year:
            self.fields.beside.append(Excerpt(part.text, part))

    # A title in strong, emphasised or code letters

    def _is_title_run(self, index: int) -> bool:
        """Whether a run is the title; what stands before it is taken note of."""
        part = self.parts[index]
        shown = plain(tidy(part.text))
        bare = shown.strip("[]():` ")
        if not any(map(str.isalnum, bare)):
            return False
        self.fields.used.add(index)
        if len(bare.split()) <= _NICKNAME and self._has_title_after(index):
            read = venue.read(bare)
            if read.year or read.is_known:
                self.fields.beside.append(Excerpt(part.text, part))
                return False
            if self._is_apart(index, shown):
                self.fields.name = Text(bare, Span(part.start, part.end))
                return False
        if part.kind == "code":
            return False
        if part.kind == "em" and people.look_like_names(part.text):
            # The authors stand first.
            self.fields.used.discard(index)
            return False
        return True

    def _is_apart(self, index: int, shown: str) -> bool:
        """Whether a nickname is set apart by brackets or a colon."""
        if shown[:1] in "[(" and shown[-1:] in "])":
            return True
        before = self.parts[index - 1].text.rstrip() if index else ""
        following = self._text_at(index + 1)
        return (
            before.endswith(("(", "["))
            or shown.endswith(":")
            or (following is not None and plain(following.text).lstrip().startswith(":"))
        )

    def _has_title_after(self, index: int) -> bool:
        """Whether something that may be a title follows in the same block."""
        for part in self.parts[index + 1 : index + 1 + _NEAR]:
            if part.kind in ("block", "item", "cell"):
                return False
            if part.kind == "link" and part.link and not part.link.only_image:
                return label_role(part.link.label or "") is None and part.link.form != "placeholder"
            if part.kind in ("strong", "em"):
                return not people.look_like_names(part.text)
            words = plain(part.text).strip(' :.,-|()[]"')
            if part.kind == "text" and len(words) >= _SHORTEST_TITLE:
                read = venue.read(SEPARATOR.split(words, maxsplit=1)[0])
                return not (read.year or read.is_known)
        return False

    def _marked_title(self, index: int) -> bool:
        part = self.parts[index]
        shown = tidy(part.text)
        span = Span(part.start, part.end)
        for pattern in (_NUMBER_IN_BRACKETS, _TAG):
            leading = pattern.match(shown)
            if leading is None:
                continue
            if pattern is _TAG:
                self.fields.name = Text(leading[1], span)
            shown = shown[leading.end() :]
            break
        numbering = _NUMBER.match(shown)
        title = tidy(shown[numbering.end() :] if numbering else shown)
        self._set("strong" if part.kind == "strong" else "em", Text(title, span), index)
        return bool(title)

    def _text_at(self, index: int) -> Part | None:
        part = self.parts[index] if index < len(self.parts) else None
        return part if part is not None and part.kind == "text" else None

    # A plain title

    def _quoted_title(self, index: int, at: int) -> bool:
        part = self.parts[index]
        text = part.text
        for opening, closing in _QUOTES.items():
            close = text.find(closing, at + len(opening)) if text.startswith(opening, at) else -1
            if close <= at:
                continue
            end = close + len(closing)
            title = tidy(text[at:end])
            self._set("quoted", Text(title, part.place(at, end)), index)
            self.fields.beside.append(Excerpt(text[end:], part, end))
            return bool(title)
        return False

    def _running_title(self, index: int, at: int) -> bool:
        """A title in running text: up to a link, the authors, or what says where it appeared."""
        pieces: list[Excerpt] = []
        for number, part in enumerate(self.parts[index:], index):
            # A strong word inside a title is part of it.
            kinds = ("text", "code", "em", "strong") if pieces else ("text", "code", "em")
            if part.kind not in kinds or _is_about_a_title(part):
                break
            start = at if number == index else 0
            bar = _BAR.search(part.text, start)
            end = bar.start() if bar else len(part.text)
            pieces.append(Excerpt(part.text[start:end], part, start))
            self.fields.used.add(number)
            if bar:
                self.fields.beside.append(Excerpt(part.text[end:], part, end))
                break
        joined = "".join(piece.text for piece in pieces)
        end = self._end_of_title(pieces, joined.rstrip(" \t\n[(\uff08\u3010"))
        shown = joined[:end]
        if not shown.endswith(("?", "!")):
            shown = shown.rstrip(_TITLE_END)
        title = tidy(shown)
        first, last = _excerpt(pieces, 0, 0), _excerpt(pieces, max(len(shown) - 1, 0), len(shown))
        span = Span(first.place(0, 0).start, last.place(0, len(last.text)).end)
        self._set("plain", Text(title, span), index + len(pieces) - 1)
        return any(character.isalpha() for character in title)

    def _end_of_title(self, pieces: Sequence[Excerpt], text: str) -> int:
        """Where a title ends that venue, year and authors follow in one run; these are kept."""
        end = len(text)
        for match in list(_PIECE_END.finditer(plain(text)))[: -_MOST_ENDINGS - 1 : -1]:
            tail = text[match.end() : end]
            read = venue.read(tail.rstrip(" )].,"))
            # In a cell a year is part of a name: `M2D2 (2022)`.
            dated = bool(read.year) and not read.venue and not self.in_cell
            is_appearance = len(tail.split()) <= _LONGEST_APPEARANCE and (read.is_known or dated)
            if not is_appearance and not _ends_with_others(tail):
                break
            self.fields.beside.append(_excerpt(pieces, match.end(), end))
            end = match.start()
        return end

    def _set(self, form: TitleForm, title: Text, index: int) -> None:
        self.fields.title = title
        self.fields.title_form = form
        self.fields.title_index = index
        self.fields.used.add(index)


def _is_about_a_title(part: Part) -> bool:
    """Whether an emphasised run tells who wrote a work or where it appeared."""
    if part.kind not in ("em", "strong"):
        return False
    read = venue.read(part.text)
    if read.year or venue.is_venue(part.text):
        return True
    # Two capitalized words may be a name or anything else.
    return part.kind == "em" and "," in plain(part.text) and people.look_like_names(part.text)


def _ends_with_others(text: str) -> bool:
    """Whether `text` is authors that end with "et al.", which no title does."""
    return people.look_like_names(text) and people.names(text)[-1].name == people.ET_AL


def _excerpt(pieces: Sequence[Excerpt], start: int, end: int) -> Excerpt:
    """The characters from `start` to `end` of all pieces, as far as one piece has them."""
    at = 0
    for piece in pieces:
        stop = at + len(piece.text)
        if start <= stop and (start < stop or piece is pieces[-1]):
            first, last = start - at, min(end - at, len(piece.text))
            return Excerpt(piece.text[first:last], piece.part, piece.start + first)
        at = stop
    raise ValueError("there are no pieces")
