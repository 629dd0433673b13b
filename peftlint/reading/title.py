"""Finding an entry's title, and the nickname shown apart from it.

The title is what comes first and is neither numbering, nor a date, a venue or a nickname.
"""

from __future__ import annotations

from peftlint import byline, date, people, venue
from peftlint.model import Text
from peftlint.punctuation import plain
from peftlint.reading.appearance import SEPARATOR
from peftlint.reading.candidate import (
    DATED,
    FEWEST_WORDS,
    NEAR,
    NICKNAME,
    TITLE_LABEL,
    goes_on,
    has_title_after,
    is_about_the_title,
    is_apart,
    is_bracketed,
    is_cited,
    is_headline,
    is_title_link,
    names_next_line,
    runs_on,
    text_at,
)
from peftlint.reading.ending import MARKS, find_ending
from peftlint.reading.field import Fields, TitleForm
from peftlint.reading.part import Part
from peftlint.reading.prefix import NUMBERING, skip_prefix
from peftlint.reading.quotation import AFTER_QUOTES, OPENING, QUOTES, closing, tidy
from peftlint.reading.run import Excerpt, Run, run_of
from peftlint.reading.wrapped import ends_in_names
from peftlint.regex import regex
from peftlint.source import Span, span_of

#: A bracket that holds no part of a title any more, or a bar; in plain punctuation.
_TAIL = regex(r"[\[(](?=[^\[\]()]*$)|\s\|")
_BAR = regex(r"\s\|\s")
_COLON = regex(r"\s?:\s+(?=\S)")
# Before a title in one strong run.
_TAG = regex(r"\[([^\[\]]{1,40})\]\s*(?:[-:]\s+)?(?=\S)")
_MOST_TAGS = 6
_NUMBER = regex(r"\d{1,4}[.)]\s+")
_ONLY_NUMBER = regex(r"\d{1,3}[.)]?")
#: `**Title, ACL 2018**`
_DATED_END = regex(r"[,.]\s*([^,.]{2,40}\d)$")
_COMMA = regex("[,;:]")
_SHORT_NAME = regex(r"[A-Z]{2,}[A-Za-z&+-]*")
#: What stands between a nickname that is a link and its title.
_POINT = regex(r"\.\s+")
_SENTENCE_END = regex(r"\.\s|\s[-|(\[]\s?|[(\[]")
#: `[AISP2024] https://..`
_VENUE_AND_YEAR = regex(r"[A-Za-z&-]{2,24} ?'?(?:19|20)\d\d")
_APPEARANCE_AT_END = regex(r"\s*[(\[]([^()\[\]]{2,60})[)\]][.,]?$")
#: What that ends with.
_CLOSING = (")", "]", ").", "].", "),", "],")
_LETTERED = ("text", "code", "em", "strong")


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
        passed = 0
        for index, part in enumerate(self.parts):
            if index < passed:
                continue
            kind = part.kind
            if kind == "text":
                first, at = skip_prefix(self.fields, index)
                if at < len(self.parts[first].text):
                    return self._quoted_title(first, at) or self._running_title(first, at)
                passed = first + 1
            elif kind == "link":
                if is_title_link(self.parts, index):
                    return self._linked_title(index)
                self._note_label(part)
            elif kind in ("strong", "em", "code"):
                if self._is_title_run(index):
                    if runs_on(self.parts, index):
                        return self._running_title(index, 0)
                    return self._marked_title(index)
            elif kind == "item":
                return False
        return False

    # A linked title

    def _linked_title(self, index: int) -> bool:
        part = self.parts[index]
        shown = tidy(part.text)
        if shown.count(" ") < NICKNAME and self._is_name_of_next(index, shown):
            return self._running_title(index + 1, 1)
        if self._cited_title(index):
            return True
        shown = self._without_tags(shown, part)
        numbering = None if shown[:1].isalpha() else NUMBERING.match(shown)
        title = self._without_appearance(shown[numbering.end() :] if numbering else shown, part)
        self.fields.title_link = part.link
        self._set(
            "link", Text(title, span_of((part.start, part.end))), index, "the label of a link"
        )
        if shown.count(" ") < NICKNAME:
            self._add_rest(title, index + 1)
        return bool(title)

    def _is_name_of_next(self, index: int, shown: str) -> bool:
        """Whether a link is a nickname, or an author, before its title: `[DETR](..). Object ..`."""
        part = text_at(self.parts, index + 1)
        point = _POINT.match(part.text) if part is not None else None
        if part is None or point is None or index:
            return False
        is_cited = people.others_at_end(shown) is not None
        first = plain(part.text)[point.end() :]
        if not (is_cited or is_headline(_SENTENCE_END.split(first, maxsplit=1)[0])):
            return False
        link = self.parts[index].link
        if not is_cited and link is not None:
            self.fields.name = Text(shown, link.label_span)
            self.fields.read_by["name"] = "a link of a few words before the title"
        self.fields.used.add(index)
        return True

    def _cited_title(self, index: int) -> bool:
        """A link whose label is a whole citation: authors first, then a year and the title."""
        part = self.parts[index]
        text = plain(part.text)
        if "." not in text and not date.may_have_year(text):
            # Nothing parts authors from a title.
            return False
        found = byline.leading(text)
        if found is None or not (found.number > 1 or found.is_certain):
            return False
        dated = DATED.match(text, found.after)
        begin = dated.end() if dated else found.after
        is_parted = dated is not None or "." in text[found.end - 1 : found.after]
        if not is_parted or len(text[begin:].split()) < FEWEST_WORDS:
            return False
        ending = find_ending(part.text[begin:])
        title = tidy(part.text[begin : begin + ending.end])
        if not any(map(str.isalpha, title)):
            return False
        self.fields.title_link = part.link
        self.fields.beside.append(run_of(part, 0, begin))
        for start, end in ending.beside:
            self.fields.beside.append(run_of(part, begin + start, begin + end))
        place = part.place(begin, begin + ending.end)
        self._set("link", Text(title, place), index, "a citation that is a link")
        return True

    def _without_tags(self, shown: str, part: Part) -> str:
        """A title without the numbers, dates, venues and nicknames in brackets before it."""
        if shown[:1] != "[":
            return shown
        at = 0
        for _ in range(_MOST_TAGS):
            tag = _TAG.match(shown, at)
            if tag is None:
                break
            read = venue.read(tag[1])
            start = part.text.find(tag[0].rstrip()) + 1
            if start > 0 and (read.year or read.is_known):
                self.fields.beside.append(run_of(part, start, start + len(tag[1])))
            elif len(tag[1]) > 1 and any(map(str.isalpha, tag[1])):
                self.fields.name = Text(tag[1], Span(part.start, part.end))
                self.fields.read_by["name"] = "words in brackets before the title"
            at = tag.end()
        return shown[at:]

    def _without_appearance(self, title: str, part: Part) -> str:
        """A title without the brackets at its end that tell where it appeared: `(ICCV 2015)`."""
        if title[-1:].isalpha():
            return title
        shown = plain(title)
        match = None
        if shown.endswith(_CLOSING):
            match = _APPEARANCE_AT_END.search(shown)
        elif shown[-1:].isdecimal():
            match = _DATED_END.search(shown)
        if match is None or self.in_cell or not match.start():
            return title
        read = venue.read(match[1])
        is_named = read.is_known or read.venue is None or _are_capitals(match[1])
        is_short = read.venue is None or _SHORT_NAME.fullmatch(read.venue) is not None
        if match.re is _DATED_END and not (read.year and (read.is_known or is_short)):
            return title
        if not (read.year or read.is_known) or not is_named:
            return title
        at = plain(part.text).rfind(match[1])
        if at >= 0:
            self.fields.beside.append(run_of(part, at, at + len(match[1])))
        return title[: match.start()]

    def _add_rest(self, name: str, index: int) -> None:
        """`[Name](..): rest of title`."""
        part = text_at(self.parts, index)
        if part is None:
            return
        colon = _COLON.match(part.text)
        if colon is None and not name.endswith(":"):
            return
        begin = colon.end() if colon else 0
        name = name.rstrip(": ")
        tail = _TAIL.search(plain(part.text), begin)
        end = tail.start() if tail else len(part.text)
        ending = find_ending(part.text[begin:end])
        beside = [run_of(part, begin + start, begin + stop) for start, stop in ending.beside]
        stop, end = end, begin + ending.end
        rest = tidy(part.text[begin:end])
        if len(rest.split()) > 1:
            span = Span(self.parts[index - 1].start, part.place(0, end).end)
            self._set(
                "link", Text(f"{name}: {rest}", span), index, "a link and the text behind its colon"
            )
            self.fields.beside.extend((*beside, run_of(part, stop)))

    def _note_label(self, part: Part) -> None:
        """A link before the title: its label may be the venue, or an author.

        So in `[[CVPR2020](..)] Title` and in `[2016-IJCV, [M. Jaderberg](..)] Title`.
        """
        read = venue.read(part.text)
        if read.is_known or read.year or byline.is_person(part.text):
            self.fields.beside.append(run_of(part))

    # A title in strong, emphasised or code letters

    def _is_title_run(self, index: int) -> bool:
        """Whether a run is the title; what stands before it is taken note of."""
        part = self.parts[index]
        shown = plain(tidy(part.text))
        bare = shown.strip("[]():` ")
        if not (bare[:1].isalnum() or any(map(str.isalnum, bare))):
            return False
        if part.kind == "em" and byline.are_names(part.text):
            # The authors stand first.
            return False
        self.fields.used.add(index)
        stands_before = bare.count(" ") < NICKNAME and has_title_after(self.parts, index)
        if stands_before and (_ONLY_NUMBER.fullmatch(bare) or self._names_the_title(index, shown)):
            return False
        # `Lee and Ray. *NIPS 2020*. [[pdf](..)]` shows no title.
        read = venue.read(bare) if stands_before or self._is_appearance(bare) else venue.NOTHING
        may_be_name = stands_before or read.is_known
        is_set_apart = may_be_name and is_apart(self.parts, index, shown)
        # `**CLEF**: "Title"` is a nickname, whatever else has that name.
        if read.year or (read.is_known and not is_set_apart):
            self.fields.beside.append(run_of(part))
            return False
        is_name = stands_before and (is_set_apart or is_bracketed(self.parts, index, shown))
        if is_name or (part.kind != "code" and is_cited(self.parts, index)):
            self.fields.name = Text(bare, span_of((part.start, part.end)))
            self.fields.read_by["name"] = "a few words in marks before the title"
            return False
        return part.kind != "code"

    def _names_the_title(self, index: int, shown: str) -> bool:
        """Whether a run is `**Title:**`, its colon inside or behind it."""
        following = text_at(self.parts, index + 1)
        behind = plain(following.text).lstrip()[:1] if following else ""
        label = shown if shown.endswith(":") else f"{shown}{behind}"
        return TITLE_LABEL.fullmatch(label) is not None

    def _marked_title(self, index: int) -> bool:
        part = self.parts[index]
        shown = tidy(part.text)
        span = span_of((part.start, part.end))
        shown = self._without_tags(shown, part)
        numbering = _NUMBER.match(shown)
        title = tidy(
            self._without_appearance(shown[numbering.end() :] if numbering else shown, part)
        )
        form: TitleForm = "strong" if part.kind == "strong" else "em"
        self._set(form, Text(title, span), index, "the first text in marks")
        return bool(title)

    # A plain title

    def _quoted_title(self, index: int, at: int) -> bool:
        """A title in quotes, which may be in marks or broken over lines."""
        first = self.parts[index].text
        if not first.startswith(OPENING, at):
            return False
        opening, mark = next(pair for pair in QUOTES.items() if first.startswith(pair[0], at))
        taken: list[Excerpt] = []
        for number, part in enumerate(self.parts[index : index + NEAR], index):
            if part.kind not in ("text", "em", "strong", "code", "break"):
                return False
            start = at if number == index else 0
            shown = " " if part.kind == "break" else part.text[start:]
            close = closing(shown, mark, len(opening) if number == index else 0)
            taken.append(Excerpt(shown, part, start))
            self.fields.used.add(number)
            if close < 0:
                continue
            run = Run(taken)
            end = len(run.text) - len(shown) + close + len(mark)
            title = tidy(run.text[:end])
            if _goes_on_behind(run.text[end:]):
                # `"Multi-Level Representation" Compiler Infrastructure`
                break
            self.fields.beside.append(run.cut(end))
            self._set("quoted", Text(title, run.place(0, end)), number, "text in quotes")
            return bool(title)
        self.fields.used.difference_update(range(index, index + len(taken)))
        return False

    def _running_title(self, index: int, at: int) -> bool:
        """A title in running text: up to a link, the authors, or what says where it appeared."""
        taken: list[Excerpt] = []
        for number, part in enumerate(self.parts[index:], index):
            if taken and part.kind == "break" and self._goes_on(number):
                taken.append(Excerpt(" ", part))
                continue
            # A strong word inside a title is part of it.
            if part.kind != "text" and (
                part.kind not in _LETTERED or is_about_the_title(self.parts, number, bool(taken))
            ):
                break
            start = at if number == index else 0
            may_be_barred = not self.in_cell and "|" in part.text
            bar = _BAR.search(part.text, start) if may_be_barred else None
            end = bar.start() if bar else len(part.text)
            taken.append(Excerpt(part.text[start:end], part, start))
            self.fields.used.add(number)
            if bar:
                self.fields.beside.append(run_of(part, end))
                break
        last = index + len(taken) - 1
        run = Run(taken)
        ending = find_ending(run.text, self.in_cell)
        for start, end in ending.beside:
            self.fields.beside.append(run.cut(start, end))
        shown = run.text[: ending.end]
        if not shown.endswith(("?", "!")):
            shown = shown.rstrip(MARKS)
        title = tidy(shown)
        if title[:1] == "[" and title[-1:] == "]" and title.count("[") == 1:
            title = title[1:-1].strip()
            if _VENUE_AND_YEAR.fullmatch(title):
                return False
        if not (title[:1].isalpha() or any(map(str.isalpha, title))):
            return False
        if not self.in_cell and self._is_appearance(title):
            self.fields.beside.append(run.cut(0, len(shown)))
            return False
        if self.in_cell and names_next_line(self.parts, last, title):
            self.fields.name = Text(title, run.place(0, len(shown)))
            self.fields.read_by["name"] = "a few words in the line above the title"
            return self._running_title(last + 2, 0)
        self._set(
            "plain", Text(title, run.place(0, len(shown))), last, "what comes first in the text"
        )
        return True

    def _goes_on(self, index: int) -> bool:
        """Whether the title, or the authors before it, go on behind a line end."""
        return goes_on(self.parts, index) or ends_in_names(self.parts, index)

    @staticmethod
    def _is_appearance(title: str) -> bool:
        """Whether words with one blank between two are a known venue and its year: no title."""
        is_long = title.count(" ") >= NICKNAME
        if is_long or not venue.may_be_dated(title) or _COMMA.search(title):
            return False
        read = venue.read(title)
        return read.is_known and read.year is not None

    def _set(self, form: TitleForm, title: Text, index: int, reason: str) -> None:
        self.fields.title = title
        self.fields.title_form = form
        self.fields.title_index = index
        self.fields.used.add(index)
        self.fields.read_by["title"] = reason


def _goes_on_behind(text: str) -> bool:
    """Whether a title goes on behind a quoted part of it: with words that tell of no venue."""
    if not text[1:2].isalpha() or text[:1] != " ":
        return False
    piece = SEPARATOR.split(plain(text), maxsplit=1)[0]
    read = venue.read(piece)
    first = piece.split()[0].casefold()
    found = byline.leading(plain(text), 1)
    are_names = found is not None and (found.number > 1 or found.is_certain)
    return not (read.year or read.is_known or first in AFTER_QUOTES or are_names)


def _are_capitals(text: str) -> bool:
    """Whether each word begins with a capital or a digit."""
    return all(word[0].isupper() or word[0].isdigit() for word in text.split())
