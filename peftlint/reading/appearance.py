"""Finding where and when an entry's work appeared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from peftlint import venue
from peftlint.model import Text, Year
from peftlint.punctuation import plain
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.reading.run import Run
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import Span
from peftlint.venue import Appearance

#: What parts a venue or a date from other text, in plain punctuation. It begins with all
#: characters with which its choices begin, so that `re` passes over all others in one go.
SEPARATOR = regex(
    r"[,;|()\[\]{}\s.](?:(?<=[,;|()\[\]{}])|(?<=\s)[-/]\s|(?<=\.)(?:$|"
    # Not behind the abbreviations of venues' names.
    r"(?<!\bJ\.)(?<!\b(?:Int|Soc)\.)(?<!\b(?:Conf|Lett|Proc|Symp)\.)(?<!\bTrans\.)\s))"
)
#: A line that says itself what it is: `Publisher: ICLR 2024`.
_VENUE_LABELS = frozenset(
    ("publisher", "publisher in", "publisher at", "published", "published in", "published at",
     "publication", "publications", "venue", "conference", "journal", "\u4f1a\u8bae",
     "\u671f\u520a")
)  # fmt: skip
_DATE_LABELS = frozenset(
    (
        *(
            f"{of}{word}"
            for of in ("", "publish", "published", "publication", "release",
                       "publish ", "published ", "publication ", "release ")
            for word in ("date", "year", "time")
        ),
        "\u5e74\u4efd", "\u65e5\u671f", "\u53d1\u5e03\u65f6\u95f4",
    )
)  # fmt: skip
#: A line that holds something else: `Datasets: ..`.
_REMARKS = frozenset(
    ("key", "keys", "keyword", "keywords", "tldr", "tl;dr", "institute", "institutes",
     "institution", "institutions", "affiliation", "affiliations", "summary", "abstract", "note",
     "remark", "remarks", "comment", "comments", "description", "data set", "data sets", "dataset",
     "datasets", "metric", "metrics", "task", "expenv", "environment", "environments",
     "\u6458\u8981", "\u5173\u952e\u8bcd")
)  # fmt: skip
#: `(**CVPR**)` or `(CVPR)` behind the long name of a venue.
_ACRONYM = regex(r"\s?\(\s*[A-Z][\w&'/+-]{1,14}\s*\)")
_YEAR = regex(r"(?:19|20)\d\d")
_CENTURIES = ("19", "20")
#: In words and in letters: `COMMUN ACM`.
_LONGEST_SHORT_NAME = 4
_LONG_WORD = 3
#: In characters: `MM`, `'22`.
_SHORTEST = 2
#: What may stand around a venue behind a label.
_AROUND = " *_:."
#: In words.
_LONGEST_VENUE = 18
#: In characters: `**CVPR**`, (2020).
_NEAR = 6
#: What a remark ends with: `.. of the method. (ACL 2025)`
_LAST_BRACKET = regex(r"\(([^()]{3,40})\)[.\s]*$")
#: A link's label that is a venue has a year, or the digits of a month.
#: Most of what stands between links has none.
_WORD = regex(r"\w")
#: These years are months of arXiv as well, from 2020 on.
_MAY_BE_MONTHS = range(2001, 2013)
_DATED_LABEL = regex(r"\d{2}")


def find_appearance(fields: Fields) -> None:
    """Find venue and year in what is not explained yet, and set them in `fields`.

    A known venue goes before text that only stands beside a year, and the venue's year before
    another. The label of a link may be the venue, too, where nothing else is.
    """
    found: list[Appearance] = []
    for run in fields.beside:
        _add_pieces(found, run)
    _add_parts(found, fields)
    best = _best_named(found, fields)
    if best is None:
        best = _of_labels(fields)
        if best is not None:
            found.append(best)
    if best is not None and best.venue is not None:
        fields.venue = Text(" ".join(best.venue.split()), best.venue_span)
        fields.venue_is_known = best.is_known
        fields.read_by["venue"] = _reason(best, fields)
    if fields.dated is not None:
        fields.year = fields.dated
        fields.read_by["year"] = "digits before the venue"
        return
    dates = [read for read in found if read.year] or _years_of_labels(fields)
    if best is not None:
        dates.insert(0, best)
    for dated in dates:
        if dated.year is not None and not _is_month(fields, dated.year):
            fields.year = Year(dated.year, dated.year_span)
            is_near = fields.venue is not None and _are_near(fields.venue.span, dated.year_span)
            fields.read_by["year"] = "beside the venue" if is_near else "a date in the text"
            return


def _best_named(found: Sequence[Appearance], fields: Fields) -> Appearance | None:
    """The first that tells a known venue, else that of a citation, else the first with any."""
    unknown = None
    for read in found:
        if read.venue:
            if read.is_known:
                return read
            unknown = unknown or read
    return _of_citation(fields) or unknown


def _is_month(fields: Fields, year: int) -> bool:
    """Whether `arXiv 2004` is April 2020: the identifier of the entry's paper begins so."""
    return year in _MAY_BE_MONTHS and any(f"/{year}." in (link.url or "") for link in fields.links)


def _are_near(one: Span, other: Span) -> bool:
    """Whether hardly more than marks fits between two places."""
    return max(one.start - other.end, other.start - one.end) <= _NEAR


def _of_citation(fields: Fields) -> Appearance | None:
    """The venue of a citation: what is emphasised right behind the title that follows authors."""
    if not (fields.authors and fields.title_form in ("plain", "quoted")):
        return None
    if fields.authors_span is None or fields.title is None:
        return None
    if fields.authors_span.start > fields.title.span.start:
        return None
    for index, part in enumerate(fields.parts[fields.title_index + 1 :], fields.title_index + 1):
        if part.kind in ("em", "strong") and index not in fields.used:
            read = read_appearance(part)
            if read.venue is None and len(part.text.split()) <= _LONGEST_VENUE:
                read = Appearance(part.text.strip(" .,"), Span(part.start, part.end))
            return _known(read) if read.venue else None
        if part.kind != "text" or len(part.text.split()) > 1:
            return None
    return None


def _reason(read: Appearance, fields: Fields) -> str:
    start, end = read.venue_span
    for link in fields.links:
        first, last = link.label_span
        if first <= start and end <= last:
            return "a venue as the label of a link"
    return "a known venue" if read.is_known else "text beside a year"


def _add_parts(found: list[Appearance], fields: Fields) -> None:
    """Add what the parts say that are not explained yet."""
    parts, used = fields.parts, fields.used
    late: list[Appearance] = []
    is_remark = False
    is_line_start = False
    for index, part in enumerate(parts):
        kind = part.kind
        if kind in {"block", "item", "cell", "break"}:
            is_line_start = True
            if kind != "break":
                is_remark = index > fields.title_index and index > fields.authors_index >= 0
            continue
        starts_line, is_line_start = is_line_start, False
        if index in used:
            continue
        if starts_line:
            labelled = _of_label(parts, index) if kind in {"text", "strong"} else None
            if labelled is not None:
                found.extend(labelled)
                continue
            is_remark = is_remark or begins_remark(plain(part.text))
        if is_remark:
            said = _in_remark(part, starts_line)
            if said is not None:
                late.append(said)
        elif kind == "text":
            # `arxiv: https://..` only tells where the link leads.
            if _WORD.search(part.text) and not _is_label_of_link(part.text):
                _add_pieces(found, part)
        elif kind in {"strong", "em", "code"}:
            read = venue.read(part.text)
            if read.year or read.is_known:
                found.append(_with_acronym(_placed(read, part), parts, index))
    found.extend(late)


def _is_label_of_link(text: str) -> bool:
    label = text.strip()
    return label.endswith((":", "\uff1a")) and label_role(plain(label)) is not None


def begins_remark(text: str) -> bool:
    """Whether a line begins with the label of something else than authors and venue."""
    return ":" in text and _label(text)[0] in _REMARKS


def _label(text: str) -> tuple[str, int]:
    """What stands before a line's first colon, marks left out, and where what follows begins.

    It is looked up: patterns with so many words take a millisecond to compile.
    """
    first = _WORD.search(text)
    colon = text.find(":", first.start()) if first else -1
    if first is None or colon < 0:
        return "", 0
    end = len(text) - len(text[colon + 1 :].lstrip())
    return text[first.start() : colon].rstrip().casefold(), end


def _in_remark(part: Part, starts_line: bool) -> Appearance | None:
    """Where a work appeared, as a remark may say it: first in its line, or last in brackets."""
    if part.kind not in {"text", "em", "strong"}:
        return None
    text = plain(part.text)
    if starts_line:
        # `[ECCV2020] https://..`
        start, end = next(((a, b) for a, b in _pieces(text) if text[a:b].strip()), (0, 0))
        read = venue.read(text[start:end])
        if read.is_known:
            return _placed(read, part, start)
    last = _LAST_BRACKET.search(text) if ")" in text else None
    if last is None:
        return None
    read = venue.read(last[1])
    return _placed(read, part, last.start(1)) if read.is_known and read.year else None


def _of_label(parts: Sequence[Part], index: int) -> list[Appearance] | None:
    """What a line says that begins with a label, as `Venue: ICLR 2024`; `None` without one."""
    part = parts[index]
    text = plain(part.text)
    if part.kind == "strong" and index + 1 < len(parts):
        # The colon may stand behind the marks.
        text += plain(parts[index + 1].text[:2])
    if ":" not in text:
        return None
    label, end = _label(text)
    if label not in _VENUE_LABELS and label not in _DATE_LABELS:
        return None
    for number, behind in enumerate(parts[index : index + 2], index):
        if behind.kind not in ("text", "strong", "em", "code", "link"):
            break
        start = min(end, len(behind.text)) if number == index else 0
        if behind.text[start:].strip(_AROUND):
            return _behind_label(behind, start, label)
    return []


def _behind_label(part: Part, start: int, label: str) -> list[Appearance]:
    """What the text of a part from `start` on says, behind a label."""
    text = part.text[start:]
    read = _placed(venue.read(text), part, start)
    if label in _DATE_LABELS:
        return [Appearance(year=read.year, year_span=read.year_span)] if read.year else []
    if read.venue or read.year:
        return [_known(read)]
    if label.startswith("publisher"):
        # A publisher may be a company.
        return []
    shown = text.strip(_AROUND)
    start += text.find(shown)
    return [Appearance(shown, part.place(start, start + len(shown)), is_known=True)]


def read_appearance(shown: Run | Part) -> Appearance:
    """What a text says of venue and year, with their places in the list."""
    return _placed(venue.read(shown.text), shown)


def _placed(read: Appearance, shown: Run | Part, at: int = 0) -> Appearance:
    """What was read from `at` on in a text, with places in the list."""
    span, digits = read.venue_span, read.year_span
    if read.venue is not None:
        start, end = span
        span = shown.place(at + start, at + end)
    if read.year is not None:
        start, end = digits
        digits = shown.place(at + start, at + end)
    return Appearance(read.venue, span, read.year, digits, read.is_known)


def _known(read: Appearance) -> Appearance:
    """What was read, as a known venue: what stands around it says that it is one."""
    return Appearance(read.venue, read.venue_span, read.year, read.year_span, is_known=True)


def _with_acronym(read: Appearance, parts: Sequence[Part], index: int) -> Appearance:
    """A venue in marks with the acronym in brackets behind it: `*Conference* (**CVPR**)`."""
    if read.venue is None or read.year is not None or " " not in read.venue:
        return read
    following = parts[index + 1 : index + 4]
    if any(part.kind not in ("text", "strong", "em") for part in following[:3]):
        following = following[:1]
    shown = "".join(part.text for part in following)
    match = _ACRONYM.match(shown)
    if match is None or not following:
        return read
    at, end = 0, following[0].end
    for part in following:
        if at + len(part.text) >= match.end():
            end = part.place(0, match.end() - at).end
            break
        at += len(part.text)
    acronym = " ".join(match[0].split())
    span = Span(read.venue_span.start, end)
    return Appearance(f"{read.venue} {acronym}", span, is_known=read.is_known)


def _of_labels(fields: Fields) -> Appearance | None:
    """The venue that is a link's label with its year or month: `[[arXiv 2210](..)]`."""
    for link in fields.links:
        if link is fields.title_link or link.only_image or link.form == "bare":
            continue
        label = link.label or ""
        read = _told_by_label(label, bool(link.url))
        if read is not None:
            part = fields.part_of(link)
            return _placed(read, part, max(part.text.find(label), 0))
    return None


@lru_cache(maxsize=256)  # a list has few labels, a thousand times each
def _told_by_label(label: str, leads: bool) -> Appearance | None:
    """What a link's label tells of a venue, if it tells of any; `leads` says that it has a target.

    Where a promised link leads nowhere, its label still says where the work appeared.
    """
    if label_role(label) not in (None, "paper") and not _DATED_LABEL.search(label):
        return None
    read = venue.read_label(label) if leads else venue.read(label)
    return None if read is None or read.venue is None else read


def find_year(fields: Fields) -> None:
    """Set the year that the last text beside the title holds, where there is none yet."""
    if fields.year is not None or not fields.beside:
        return
    read = read_appearance(fields.beside[-1])
    if read.year is not None:
        fields.year = Year(read.year, read.year_span)
        fields.read_by["year"] = "beside the authors"


def _years_of_labels(fields: Fields) -> list[Appearance]:
    """Years that are all of a link's label: `[[2015](..)]`."""
    found: list[Appearance] = []
    for link in fields.links:
        label = link.label or ""
        if label[:2] in _CENTURIES and _YEAR.fullmatch(label) and link is not fields.title_link:
            part = fields.part_of(link)
            start = part.text.find(label)
            year_span = part.place(start, start + len(label))
            found.append(Appearance(year=int(label), year_span=year_span))
    return found


def _add_pieces(found: list[Appearance], shown: Run | Part) -> None:
    """Add what each piece of a text between separators says of venue and year."""
    text = plain(shown.text)
    if not venue.may_tell(text):
        return
    unknown = (0, 0)
    for start, end in _pieces(text):
        if end - start < _SHORTEST:
            continue
        # Read before it is placed: most pieces say nothing.
        read = venue.read(text[start:end])
        before, unknown = unknown, (start, end)
        if not (read.year or read.is_known):
            continue
        read = _placed(read, shown, start)
        if read.venue is None:
            name = shown.text[slice(*before)]
            if _is_abbreviated(name):
                # `USER MODEL USER-ADAP, 2002`
                at = before[0] + len(name) - len(name.lstrip())
                name = name.strip()
                span = shown.place(at, at + len(name))
                read = Appearance(name, span, read.year, read.year_span, read.is_known)
        last = found[-1] if found else None
        if last is not None and last.venue and not last.year and read.year and not read.venue:
            # `CVPR, 2020`: the year is the venue's.
            found[-1] = Appearance(
                last.venue, last.venue_span, read.year, read.year_span, last.is_known
            )
        else:
            found.append(read)


def _is_abbreviated(text: str) -> bool:
    """Whether a few words are all capitals, as in a journal's short name."""
    if not text.isupper():
        return False
    words = text.split()
    return len(words) <= _LONGEST_SHORT_NAME and any(len(word) >= _LONG_WORD for word in words)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """What stands between separators; a long name keeps the acronym in brackets behind it."""
    at = 0
    for match in SEPARATOR.finditer(text):
        stop = match.start()
        if stop < at:
            continue
        if text[stop] == "(":
            acronym = _ACRONYM.match(text, stop)
            if acronym and " " in text[at:stop].strip() and venue.is_venue(text[at:stop]):
                yield at, acronym.end()
                at = acronym.end()
                continue
        yield at, stop
        at = match.end()
    yield at, len(text)
