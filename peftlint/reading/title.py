"""Finding an entry's title, and the nickname shown apart from it.

The title is what comes first and is neither numbering, nor a date, a venue or a nickname.
"""

from __future__ import annotations

import re

from peftlint import people, venue
from peftlint.model import Text
from peftlint.punctuation import plain
from peftlint.reading.appearance import SEPARATOR
from peftlint.reading.ending import MARKS, find_ending
from peftlint.reading.field import Fields, TitleForm
from peftlint.reading.part import Part
from peftlint.reading.run import Excerpt, Run, run_of
from peftlint.role import label_role, mentions_role
from peftlint.source import Span

_SEPARATORS = (",", ".", "\uff0c", "\u3002")
_NUMBERING = re.compile(r"\s*(?:\[\d{1,4}\]|\(?\d{1,4}(?:[.)]|\.(?=\D)))\s*")
# The next patterns look at plain punctuation.
_LEADING_BRACKET = re.compile(r"\s*([\[(])([^\[\]()]{1,60})[\])]\s*[:.,|-]?\s*")
_LEADING_MARKS = re.compile(r"[\s\]):.,;|<>~*+&-]+")
#: A bracket that holds no part of a title any more, or a bar.
_TAIL = re.compile(r"[\[(](?=[^\[\]()]*$)|\s\|")
_BAR = re.compile(r"\s\|\s")
_COLON = re.compile(r"\s?:\s+(?=\S)")
#: `**AlphaCode** (Nature): "Title"`
_REMARK_AND_COLON = re.compile(r"\s*(?:\([^()]{1,60}\)\s*)?:")
_DESCRIPTION = re.compile(r"\s+[-\u2013\u2014]\s+\w")
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
_OPENING_MARKS = tuple(_QUOTES)
_OPENING_QUOTES = "\u201c\u00ab\u300c\u300a\u2018"
_TITLE_END = MARKS
_APPEARANCE_AT_END = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]][.,]?$")
#: The year of a citation, between its authors and its title.
_DATED = re.compile(
    r"\s*(?:[(\[][^()\[\]]{0,12}(?:19|20)\d\d[^()\[\]]{0,12}[)\]]"
    r"|(?:19|20)\d\d[a-z]?(?:,\s[A-Z][a-z]{2,8})?(?=[,.:]))[,.:]?\s*"
)
#: `arXiv 2025.07, Title`, `2018-CVPR - Title`
_FIRST_PIECE = re.compile(r"([^,:|()\[\]]{3,40}?)(?:[,:|]|\s-(?=\s))\s*")
#: `DiMP: "Title"`
_NAME_AND_QUOTE = re.compile(r"([^\":,.]{1,40}?)\s?:\s*(?=[\"\u201c])")
#: A nickname, a date or a venue before the title has at most this many words.
_NICKNAME = 4
#: A title follows a nickname or a date within so many parts.
_NEAR = 12
#: A title behind authors has at least so many words.
_FEWEST_TITLE_WORDS = 2
#: What may go on in small letters behind a quoted title.
_AFTER_QUOTES = frozenset(("accepted", "at", "by", "from", "in", "presented", "proc", "to"))
_SMALL_WORD = re.compile(r" ([a-z]+)\b")
_LETTERED = ("text", "code", "em", "strong")
_CAPITAL = re.compile(r" [A-Z]")
#: Small words that begin a remark on a work, not more of its title.
_BEHIND_TITLES = frozenset(("accepted", "at", "by", "in", "is", "presented", "was"))
#: So many words behind a strong one, and it is only the first of a title.
_FEWEST_TO_RUN_ON = 3
#: Words that no title ends with.
_NEVER_LAST = frozenset(
    "a an and are as at by for from in into of on or over the to towards using via with".split()  # noqa: SIM905
)
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
                    if self._runs_on(index):
                        return self._running_title(index, 0)
                    return self._marked_title(index)
            elif part.kind == "text":
                at = self._skip_authors(index, self._skip_prefix(index))
                if at < len(part.text) and self._introduces(index, at):
                    continue
                if at < len(part.text):
                    return self._quoted_title(index, at) or self._running_title(index, at)
        return False

    def _introduces(self, index: int, at: int) -> bool:
        """Whether text before a linked title is a date, a venue or a remark with a colon."""
        following = index + 1
        if following >= len(self.parts) or not self._is_title_link(following):
            return False
        run = run_of(self.parts[index], at)
        text = plain(run.text).strip()
        read = venue.read(text.strip(":,;. -"))
        is_title = len((self.parts[following].text).split()) >= _NICKNAME
        if (read.year or read.is_known) or (is_title and text.endswith(":")):
            self.fields.beside.append(run)
            return True
        return False

    def _skip_authors(self, index: int, at: int) -> int:
        """Where the title may begin after authors that stand first; they are kept beside it."""
        part = self.parts[index]
        text = plain(part.text)
        found = people.leading(text, at)
        if found is None or not (found.number > 1 or found.is_certain):
            return at
        dated = _DATED.match(text, found.after)
        end = dated.end() if dated else found.after
        marks = _LEADING_MARKS.match(text, end)
        rest = marks.end() if marks else end
        if not text[rest:].strip('"\u201c'):
            if not self._has_title_after(index):
                return len(text) if found.number > 1 else at
            rest = len(text)
        else:
            following = SEPARATOR.split(text[rest:], maxsplit=1)[0]
            read = venue.read(following)
            if read.year or read.is_known or len(text[rest:].split()) < _FEWEST_TITLE_WORDS:
                # No title stands here: these are the authors of one that was shown before.
                return len(text) if found.number > 1 else at
        self.fields.beside.append(run_of(part, at, end))
        return rest

    def _skip_prefix(self, index: int) -> int:
        """Where the title may begin in a text part: after numbering, dates, venues and marks."""
        part = self.parts[index]
        text = plain(part.text)
        leads = index + 1 < len(self.parts) and (
            self._is_title_link(index + 1) or self.parts[index + 1].kind == "strong"
        )
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
        return self._skip_piece(part, text, at)

    def _skip_piece(self, part: Part, text: str, at: int) -> int:
        """Where the title may begin after a venue with its year, or a nickname before quotes."""
        named = _NAME_AND_QUOTE.match(text, at)
        if named:
            if self.fields.name is None:
                self.fields.name = Text(named[1].strip(), part.place(*named.span(1)))
            return named.end()
        piece = _FIRST_PIECE.match(text, at)
        if piece is None or piece.end() >= len(text):
            return at
        read = venue.read(piece[1].replace("_", " "))
        if read.year is None or (read.venue is not None and not read.is_known):
            return at
        self.fields.beside.append(run_of(part, *piece.span(1)))
        return piece.end()

    def _takes_bracket(self, part: Part, bracket: re.Match[str], leads: bool) -> bool:
        """Whether a bracket before the title holds a date, a venue, a nickname or a tag.

        `leads` says that the next part is a linked title.
        """
        start, end = bracket.span(2)
        inner = part.text[start:end]
        read = venue.read(inner)
        if read.year or read.is_known:
            self.fields.beside.append(run_of(part, start, end))
            return True
        has_rest = leads or part.text[bracket.end() :].strip()
        if len(inner.split()) > _NICKNAME or not has_rest:
            return False
        is_name = bracket[1] == "[" or leads
        if self.fields.name is None and is_name and not inner.isdigit():
            self.fields.name = Text(inner.strip(), part.place(start, end))
        return True

    # A linked title

    def _is_title_link(self, index: int) -> bool:
        link = self.parts[index].link
        if link is None or link.form in ("placeholder", "bare", "autolink") or link.only_image:
            return False
        label = link.label or ""
        if not any(map(str.isalpha, label)):
            return False
        if label_role(label) is not None:
            return self._is_described(index)
        read = venue.read(label)
        if (read.is_known or read.year) and len(label.split()) <= _NICKNAME:
            return False
        before = self.parts[index - 1] if index else None
        in_bracket = before is not None and before.kind == "text" and before.text.endswith("[")
        return not (in_bracket and (mentions_role(label) or len(label) < _SHORTEST_IN_BRACKETS))

    def _is_described(self, index: int) -> bool:
        """Whether a link opens the item and all that follows describes it.

        So `[PyTorch Implementation](..) - A curated implementation` shows a title, though its
        words are those of a label.
        """
        following = self._text_at(index + 1)
        before = "".join(part.text for part in self.parts[:index])
        return (
            not before.strip()
            and following is not None
            and _DESCRIPTION.match(following.text) is not None
            and not any(part.link for part in self.parts[index + 1 :])
        )

    def _linked_title(self, index: int) -> bool:
        part = self.parts[index]
        shown = tidy(part.text)
        numbering = _NUMBERING.match(shown)
        title = self._without_appearance(shown[numbering.end() :] if numbering else shown, part)
        self.fields.title_link = part.link
        self._set("link", Text(title, Span(part.start, part.end)), index, "the label of a link")
        if len(shown.split()) <= _NICKNAME:
            self._add_rest(title, index + 1)
        return bool(title)

    def _without_appearance(self, title: str, part: Part) -> str:
        """A title without the brackets at its end that tell where it appeared: `(ICCV 2015)`."""
        match = _APPEARANCE_AT_END.search(title)
        if match is None or self.in_cell or not match.start():
            return title
        read = venue.read(match[1])
        is_named = read.is_known or read.venue is None or match[1].istitle()
        if not (read.year or read.is_known) or not is_named:
            return title
        at = part.text.rfind(match[1])
        if at >= 0:
            self.fields.beside.append(run_of(part, at, at + len(match[1])))
        return title[: match.start()]

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
            self._set(
                "link", Text(f"{name}: {rest}", span), index, "a link and the text behind its colon"
            )
            self.fields.beside.append(run_of(part, end))

    def _note_label(self, part: Part) -> None:
        """A link before the title: its label may be the venue, `[[CVPR2020](..)] Title`."""
        read = venue.read(part.text)
        if read.is_known or read.year:
            self.fields.beside.append(run_of(part))

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
            is_apart = self._is_apart(index, shown)
            # `**CLEF**: "Title"` is a nickname, whatever else has that name.
            if read.year or (read.is_known and not is_apart):
                self.fields.beside.append(run_of(part))
                return False
            if is_apart or self._is_bracketed(index, shown):
                self.fields.name = Text(bare, Span(part.start, part.end))
                return False
        if part.kind == "code":
            return False
        if self._is_cited(index):
            self.fields.name = Text(bare, Span(part.start, part.end))
            return False
        if part.kind == "em" and people.look_like_names(part.text):
            # The authors stand first.
            self.fields.used.discard(index)
            return False
        return True

    def _is_cited(self, index: int) -> bool:
        """Whether a whole citation follows a run: authors, year and the title itself."""
        following = self._text_at(index + 1)
        if following is None:
            return False
        text = plain(following.text)
        marks = _LEADING_MARKS.match(text)
        found = people.leading(text, marks.end() if marks else 0)
        dated = _DATED.match(text, found.after) if found else None
        if dated is None:
            return False
        rest = SEPARATOR.split(text[dated.end() :], maxsplit=1)[0]
        return len(rest.split()) >= _FEWEST_TITLE_WORDS and not venue.is_venue(rest)

    def _is_bracketed(self, index: int, shown: str) -> bool:
        """Whether brackets set a run apart, inside its marks or around them."""
        if shown[:1] in "[(" and shown[-1:] in "])":
            return True
        return bool(index) and self.parts[index - 1].text.rstrip().endswith(("(", "["))

    def _is_apart(self, index: int, shown: str) -> bool:
        """Whether a colon or quotes around what follows set a nickname apart."""
        if shown.endswith(":"):
            return True
        following = self._text_at(index + 1)
        if following is None:
            return False
        text = plain(following.text)
        return _REMARK_AND_COLON.match(text) is not None or text.lstrip(" ,-").startswith(
            _OPENING_MARKS
        )

    def _runs_on(self, index: int) -> bool:
        """Whether a run is only the first words of a title that goes on behind it."""
        part = self.parts[index]
        following = self._text_at(index + 1)
        words = len(part.text.split())
        if following is None or words > _NICKNAME or not part.text[-1:].isalnum():
            return False
        text = plain(following.text)
        goes_on = _SMALL_WORD.match(text)
        if goes_on:
            return goes_on[1] not in _BEHIND_TITLES
        if not _CAPITAL.match(text) or len(text.split()) < _FEWEST_TO_RUN_ON:
            return False
        first = SEPARATOR.split(text, maxsplit=1)[0]
        read = venue.read(first)
        return not (read.year or read.is_known or people.leading(text, 1))

    def _has_title_after(self, index: int) -> bool:
        """Whether something that may be a title follows in the same block."""
        for part in self.parts[index + 1 : index + 1 + _NEAR]:
            if part.kind in ("block", "item", "cell"):
                return False
            if part.kind == "link" and part.link and not part.link.only_image:
                return label_role(part.link.label or "") is None and part.link.form != "placeholder"
            if part.kind in ("strong", "em"):
                return not people.look_like_names(part.text)
            if part.text.lstrip(" :.,-").startswith(_OPENING_MARKS):
                return True
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
        title = tidy(
            self._without_appearance(shown[numbering.end() :] if numbering else shown, part)
        )
        form: TitleForm = "strong" if part.kind == "strong" else "em"
        self._set(form, Text(title, span), index, "the first text in marks")
        return bool(title)

    def _text_at(self, index: int) -> Part | None:
        part = self.parts[index] if index < len(self.parts) else None
        return part if part is not None and part.kind == "text" else None

    # A plain title

    def _quoted_title(self, index: int, at: int) -> bool:
        """A title in quotes, which may be in marks or broken over lines."""
        first = self.parts[index].text
        pair = next((pair for pair in _QUOTES.items() if first.startswith(pair[0], at)), None)
        if pair is None:
            return False
        opening, closing = pair
        taken: list[Excerpt] = []
        for number, part in enumerate(self.parts[index : index + _NEAR], index):
            if part.kind not in ("text", "em", "strong", "code", "break"):
                return False
            start = at if number == index else 0
            shown = " " if part.kind == "break" else part.text[start:]
            close = _closing(shown, closing, len(opening) if number == index else 0)
            taken.append(Excerpt(shown, part, start))
            self.fields.used.add(number)
            if close < 0:
                continue
            run = Run(taken)
            end = len(run.text) - len(shown) + close + len(closing)
            title = tidy(run.text[:end])
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
            if part.kind not in _LETTERED or self._is_about_the_title(number, bool(taken)):
                break
            start = at if number == index else 0
            bar = _BAR.search(part.text, start)
            end = bar.start() if bar else len(part.text)
            taken.append(Excerpt(part.text[start:end], part, start))
            self.fields.used.add(number)
            if bar:
                self.fields.beside.append(run_of(part, end))
                break
        last = index + len(taken) - 1
        run = Run(taken)
        ending = find_ending(run.text, self.in_cell)
        self.fields.beside.extend(run.cut(start, end) for start, end in ending.beside)
        shown = run.text[: ending.end]
        if not shown.endswith(("?", "!")):
            shown = shown.rstrip(_TITLE_END)
        title = tidy(shown)
        if not any(character.isalpha() for character in title):
            return False
        self._set(
            "plain", Text(title, run.place(0, len(shown))), last, "what comes first in the text"
        )
        return True

    def _goes_on(self, index: int) -> bool:
        """Whether a title goes on behind a line end: with a small letter."""
        following = self._text_at(index + 1)
        if self.parts[index].text != "soft" or following is None:
            return False
        before = self.parts[index - 1].text.rstrip().rpartition(" ")[2].casefold()
        return following.text[:1].islower() or before in _NEVER_LAST

    def _is_about_the_title(self, index: int, is_inside: bool) -> bool:
        """Whether a part tells who wrote a work, where it appeared, or what it is about."""
        part = self.parts[index]
        if part.kind == "text" or not is_inside:
            return part.kind != "text" and _is_about_a_title(part)
        before = self.parts[index - 1].text.rstrip()
        if (before.endswith(("(", "\uff08")) and part.kind == "em") or (
            before.endswith(("[", "\u3010")) and part.kind in ("strong", "code")
        ):
            following = self._text_at(index + 1)
            return following is not None and following.text.lstrip()[:1] in ("]", ")", "\uff09")
        return _is_about_a_title(part)

    def _set(self, form: TitleForm, title: Text, index: int, reason: str) -> None:
        self.fields.title = title
        self.fields.title_form = form
        self.fields.title_index = index
        self.fields.used.add(index)
        self.fields.read_by["title"] = reason


def _is_about_a_title(part: Part) -> bool:
    """Whether an emphasised run tells who wrote a work or where it appeared."""
    if part.kind not in ("em", "strong"):
        return False
    read = venue.read(part.text)
    if read.year or venue.is_venue(part.text):
        return True
    # Two capitalized words may be a name or anything else.
    return part.kind == "em" and "," in plain(part.text) and people.look_like_names(part.text)


def _closing(text: str, mark: str, start: int) -> int:
    """Where a closing quote stands, behind which no sentence goes on; -1 for nowhere."""
    at = text.find(mark, start)
    while at >= 0:
        following = text[at + len(mark) : at + len(mark) + 40].split(maxsplit=1)
        word = following[0].strip(".,;:") if following else ""
        goes_on = word[:1].islower() and word not in _AFTER_QUOTES and not venue.is_venue(word)
        if not (goes_on or text[at + len(mark) : at + len(mark) + 1].isalnum()):
            return at
        at = text.find(mark, at + len(mark))
    return -1
