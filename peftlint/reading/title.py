"""Finding an entry's title, and the nickname shown apart from it.

The title is what comes first and is neither numbering, nor a date, a venue or a nickname.
"""

from __future__ import annotations

import re

from peftlint import people, venue
from peftlint.model import Text
from peftlint.punctuation import plain
from peftlint.reading.appearance import SEPARATOR
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.role import label_role, mentions_role
from peftlint.source import Span

_SEPARATORS = (",", ".", "\uff0c", "\u3002")
_NUMBERING = re.compile(r"\s*(?:\[\d{1,4}\]|\(?\d{1,4}(?:[.)]|\.(?=\D)))\s*")
_LEADING_BRACKET = re.compile(r"\s*([\[(])([^\[\]()]{1,60})[\])]\s*[:.,|-]?\s*")
_LEADING_MARKS = re.compile(r"[\s\]):.,;|>~*+&-]+")
_QUOTES = {
    '"': '"',
    "\u201c": "\u201d",
    "\u00ab": "\u00bb",
    "\u300c": "\u300d",
    "\u300a": "\u300b",
    "``": "''",
}
#: What may stand between a title and what follows it.
_TITLE_END = " \t\n,.;:|-\u2013\u2014\uff0c\u3002\u00a0"
#: Where a venue, a year or authors may begin behind a plain title.
_PIECE_END = re.compile(r"[,.]\s+|\s\(|\s-\s+")
_TAIL = re.compile(r"[\[(](?=[^\[\]()]*$)|\s\|")
#: A nickname, a date or a venue before the title has at most this many words.
_NICKNAME = 4


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
        text = plain(part.text)
        numbering = _NUMBERING.match(text)
        at = numbering.end() if numbering else 0
        while at < len(text):
            bracket = _LEADING_BRACKET.match(text, at)
            if bracket:
                read = venue.read(bracket[2])
                if read.year or read.is_known:
                    self.fields.beside.append((bracket[2], part.start + bracket.start(2)))
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
                    self.fields.beside.append((text[stop:], start + stop))
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
                self.fields.beside.append(
                    (label, part.link.label_span.start if part.link else part.start)
                )

    def _marked_title(self, index: int) -> bool | None:
        """A strong, emphasised or code run: the title, or `None` where it comes before it."""
        part = self.parts[index]
        fields = self.fields
        shown = tidy(part.text)
        bare = plain(shown).strip("[]():` ")
        if not any(character.isalnum() for character in bare):
            return None
        fields.used.add(index)
        appeared = venue.read(bare)
        if (
            (appeared.year or appeared.is_known)
            and len(bare.split()) <= _NICKNAME
            and self._more_after(index)
        ):
            self.fields.beside.append((part.text, part.inner if part.inner >= 0 else part.start))
            return None
        words = len(bare.split())
        following = self._text_after(index)
        if words <= _NICKNAME and self._more_after(index):
            bracketed = plain(shown[:1]) in "[(" and plain(shown[-1:]) in "])"
            opened = index > 0 and self.parts[index - 1].text.rstrip().endswith(("(", "["))
            colon = plain(part.text).rstrip().endswith(":") or (
                following is not None and plain(following[0]).lstrip().startswith(":")
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
        fields.title_form = "strong" if part.kind == "strong" else "em"
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
                rest = SEPARATOR.split(plain(part.text).strip(" :.,-|()[]"), maxsplit=1)[0]
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
        bracket = _TAIL.search(plain(text[start:]))
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
                self.fields.beside.append(
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
                self.fields.beside.append((shown[cut:], base + cut))
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
        joined = "".join(pieces).rstrip(" \t[(\uff08\u3010")
        fields.title_form = "plain"
        title = self._without_appearance(joined, start)
        shown_title = tidy(
            title.rstrip(_TITLE_END) if not title.rstrip().endswith(("?", "!")) else title
        )
        fields.title = Text(
            shown_title, Span(start, max(start, min(end, start + len(title.rstrip()))))
        )
        return any(character.isalpha() for character in shown_title)

    def _without_appearance(self, text: str, start: int) -> str:
        """A plain title without the venue, year and authors written after it in one run."""
        pieces = list(_PIECE_END.finditer(text))
        for match in reversed(pieces):
            tail = text[match.end() :]
            read = venue.read(tail.rstrip(" ).,"))
            short = len(tail.split()) <= 8  # noqa: PLR2004
            dated = bool(read.year) and not read.venue and not self.in_cell
            if short and (read.is_known or dated):
                self.fields.beside.append((tail, start + match.end()))
                text = text[: match.start()]
                continue
            if (
                match[0].startswith((",", "."))
                and people.look_like_names(tail)
                and len(tail.split()) > 1
                and (
                    "," in tail
                    or (people.names(tail)[-1:] and people.names(tail)[-1].name == people.ET_AL)
                )
            ):
                self.fields.beside.append((tail, start + match.end()))
                text = text[: match.start()]
                continue
            break
        return text


def _sub(part: Part, start: int, end: int) -> Span:
    return Span(part.start + start, part.start + end)


def _title_stop(text: str) -> int | None:
    """Where a plain title ends inside its text, or `None` where it fills it."""
    bar = re.search(r"\s\|\s", text)
    return bar.start() if bar else None
