"""Finding an entry's authors: an emphasised run of names, or names in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peftlint import byline, date, people, venue
from peftlint.byline import Names
from peftlint.model import Text
from peftlint.punctuation import plain
from peftlint.reading.appearance import begins_remark
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.reading.run import Excerpt, Run
from peftlint.reading.wrapped import excerpt, is_break_in_names, run_of_lines
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.source import span_of

#: A date or a venue in brackets, and what parts it from the names behind it.
_DATED = regex(r"[\s,.:;|-]*[(\[][^()\[\]]{1,60}[)\]](?=[\s,.:;])")
#: What tells where or when a work appeared, up to a mark.
_PIECE = regex(r"[\s,.:;|-]*([A-Z][^,.;:|()\[\]]{1,40}?)[,.;]\s+")
_MOST_PIECES = 3
_LEAD = regex(r"[\s,.:;|~-]*")
_DIGITS = "0123456789"
_LABEL = regex(
    r"\W*(?:authors?|(?:(?:posted|written) )?by|\u4f5c\u8005)(?:\s*:\s*|\s+|$)", re.IGNORECASE
)
#: Without its marks a label begins with one of these.
_LABEL_STARTS = ("author", "by", "posted by", "written by", "\u4f5c\u8005")
#: `Rigaki and Garcia, 2020`, `Yeom et al., 2018`
_LAST = r"(?:[A-Z]\. )?(?:[dv][aeo]n? )?[A-Z][\w'-]+"
_AUTHOR_AND_YEAR = regex(
    rf"[(\[]({_LAST}(?:,? (?:and|&) {_LAST}|,? et\.? al\.?)),? ((?:19\d|20[0-3])\d)[a-z]?[)\]]"
)
_BY_LAST_NAMES = regex(rf"{_LAST}(?:,? (?:and|&) {_LAST})(?=[\s.,;]*(?:$|\n))")
#: One author, and the year of the work.
_YEAR = regex(r"\s*[,.(]\s*\(?(?:19|20)\d\d\b")
#: Names that go on behind the marks: `*Ann Lee*, Bo Li*, Cy Ode*`.
_MORE = regex(r"[\s*]*,\s*")
#: Fewer names than this in running text may be anything.
_FEWEST = 2
_WORD = regex(r"\w")
#: Sub-items further down than this are remarks.
_FARTHEST = 60
_BOUNDARIES = frozenset(("break", "block", "item", "cell"))
#: Parts beside text that may be names, or the label before them.
_NAMING = frozenset(("link", "em", "strong"))


def find_authors(fields: Fields) -> None:
    """Find the authors in what is not explained yet, and set them in `fields`."""
    if fields.authors:
        return
    title = fields.title.span.start if fields.title else 0
    first: list[Run] = []
    others: list[Run] = []
    for run in fields.beside:
        (first if run.place(0, 1).start < title else others).append(run)
    if (first and _beside(fields, first, is_first=True)) or _emphasised(fields):
        return
    # What is first has been asked with fewer doubts.
    if others and _beside(fields, others, is_first=False):
        return
    runs = fields.beside.copy()
    for run, indices, is_alone in _stretches(fields):
        rest = _running(fields, run, indices[0], is_alone)
        if rest is not None:
            fields.used.update(indices)
            fields.beside.append(rest)
            return
        runs.append(run)
    for run in runs:
        if find_cited(fields, run):
            return


def _beside(fields: Fields, runs: Sequence[Run], is_first: bool) -> bool:
    """Take the authors that stand in text beside the title, or first, before it."""
    for run in runs:
        lines, more = _with_next_lines(fields, run)
        # Before the title a mark ends a lone name: `Lee, Ann. **Title**`.
        is_alone = is_first and lines.text.rstrip().endswith((".", ","))
        rest = _running(fields, lines, -1, is_alone)
        if rest is not None:
            fields.beside.append(rest)
            fields.used.update(more)
            return True
    return False


def _with_next_lines(fields: Fields, run: Run) -> tuple[Run, range]:
    """A run with the lines after it in which names may go on, and the indices of these."""
    parts = fields.parts
    index = fields.title_index
    last = run.excerpts[-1]
    if last.part is not parts[index] or last.start + len(last.text) < len(last.part.text):
        return run, range(0)
    lines, end = run_of_lines(parts, index)
    if end == index:
        return run, range(0)
    return Run((*run.excerpts, *lines.excerpts[1:])), range(index + 1, end + 1)


# Emphasised


def _emphasised(fields: Fields) -> bool:
    """Take the first emphasised run that is names, with the links inside it."""
    parts, used = fields.parts, fields.used
    end = 0
    for index, part in enumerate(parts):
        if index < end or index in used:
            continue
        if part.kind == "text":
            # Only behind a title may a run begin so: `*Title*, *Ann Lee*`.
            if index - 1 not in used or not _goes_on(fields, index):
                continue
        elif not (part.em or part.kind == "em") or not _is_emphasised(part):
            continue
        end = index + 1
        while _goes_on(fields, end):
            end += 1
        # A run is made of them only where there is use for it.
        text = part.text
        if end > index + 1:
            text = "".join([one.text for one in parts[index:end]])
        if _are_authors(text, parts, index):
            run = _run_of(parts[index:end])
            more = _behind_marks(fields, end)
            if more is not None:
                run = Run((*run.excerpts, *more.excerpts))
            _take(fields, index, run, "names set apart by emphasis")
            # Their marks are theirs.
            last = parts[end - 1].end if more is None else run.place(0, len(run.text)).end
            if fields.authors:
                fields.authors_span = span_of((part.start, last))
            used.update(range(index, end))
            return True
        if _beside_venue(fields, index, end, text):
            return True
    return False


def _run_of(parts: Sequence[Part]) -> Run:
    return Run([Excerpt(part.text, part) for part in parts])


def _beside_venue(fields: Fields, index: int, end: int, text: str) -> bool:
    """Take the authors of a run that tells the venue as well: `*Jin et al. ICSE.*`."""
    found = byline.leading(plain(text))
    if found is None or not (found.is_certain or found.number >= _FEWEST):
        return False
    rest = venue.read(text[found.after :].strip(" ,.;()"))
    if not (rest.is_known or rest.year):
        return False
    run = _run_of(fields.parts[index:end])
    _take(fields, index, run.cut(0, found.end), "names set apart by emphasis")
    fields.used.add(index)
    fields.beside.append(run.cut(found.end))
    return True


def _goes_on(fields: Fields, index: int) -> bool:
    """Whether the part is emphasised, or only parts two that are: `*Ann Lee*, *Bo Li*`."""
    parts = fields.parts
    if index >= len(parts) or index in fields.used:
        return False
    part = parts[index]
    if part.kind != "text":
        return _is_emphasised(part)
    return (
        part.text.strip() in (",", ";", "and", "&", ", and")
        and index > 0
        and index + 1 < len(parts)
        and _is_emphasised(parts[index - 1])
        and _is_emphasised(parts[index + 1])
    )


def _is_emphasised(part: Part) -> bool:
    if part.kind == "link" and part.link is not None:
        return part.em and not part.link.only_image and label_role(part.link.label or "") is None
    return part.kind in ("em", "strong") and (part.em or part.kind == "em")


def _are_authors(text: str, parts: Sequence[Part], index: int) -> bool:
    is_dated = venue.may_be_dated(text)
    if is_dated and venue.is_venue(text.partition(",")[0]) and venue.read(text).year:
        return False
    if "," not in text and venue.is_venue(text):
        return False
    label = _label(text)
    if not byline.are_names(text[label.end() if label else 0 :]):
        return False
    before = parts[index - 1].text.rstrip() if index else ""
    if not before.endswith("("):
        return True
    # In brackets it is where they work: `(*CAS + Kuaishou*)`, `(*LMU Munich*)`.
    pieces = [piece.strip() for piece in text.split(",")]
    return len(pieces) > 1 and all(byline.is_person(piece) for piece in pieces)


def _behind_marks(fields: Fields, index: int) -> Run | None:
    """Names that go on after marks that were meant to close later."""
    part = fields.parts[index] if index < len(fields.parts) else None
    if part is None or part.kind != "text" or index in fields.used:
        return None
    text = plain(part.text)
    more = _MORE.match(text)
    found = byline.leading(text.replace("*", " "), more.end()) if more else None
    if found is None or found.number < _FEWEST:
        return None
    fields.used.add(index)
    fields.beside.append(Run((Excerpt(part.text[found.end :], part, found.end),)))
    return Run((Excerpt(part.text[: found.end], part),))


# In running text


def _stretches(fields: Fields) -> Iterator[tuple[Run, list[int], bool]]:
    """Runs of text, with the names in it that are links, after the title.

    Each comes with its parts' indices, and whether nothing but links stands beside it in its
    line.
    """
    parts, used = fields.parts, fields.used
    taken: list[int] = []
    # Behind a title that is a link: `[Title](..) - Ann Lee`
    is_line_start = fields.title_link is not None
    starts_line = False
    begin = fields.title_index + 1
    for index, part in enumerate(parts[begin:], begin):
        kind = part.kind
        if index not in used and (kind == "text" or (kind in _NAMING and _may_name(part))):
            if not taken:
                text, before = part.text, parts[index - 1].text
                if (":" in before or ":" in text[:2]) and begins_remark(f"{before}{text[:2]}"):
                    # `**Metrics:** Exact Match, ..`
                    continue
                starts_line = is_line_start
            taken.append(index)
            is_line_start = False
            continue
        is_boundary = kind in _BOUNDARIES
        if taken:
            if is_boundary and is_break_in_names(parts, index):
                taken.append(index)
                continue
            if _has_word(parts, taken):
                is_end = is_boundary or kind == "em" or part.link is not None
                yield Run([excerpt(parts[at]) for at in taken]), taken, starts_line and is_end
            taken = []
        if kind == "item" and index > fields.title_index + _FARTHEST:
            return
        is_line_start = is_boundary or index == begin
    if taken and _has_word(parts, taken):
        yield Run([excerpt(parts[at]) for at in taken]), taken, starts_line


def _has_word(parts: Sequence[Part], indices: Sequence[int]) -> bool:
    """Whether there is a word in some parts: most of what stands between links are marks."""
    for index in indices:  # noqa: SIM110 - most are one, and a generator takes longer than that
        if _WORD.search(parts[index].text):
            return True
    return False


def _may_name(part: Part) -> bool:
    """Whether what is no text may be a name, or the label before names."""
    if part.kind == "link" and part.link is not None:
        return part.link.form != "placeholder" and byline.is_person(part.text.strip(" ,.*_"))
    if part.kind in ("em", "strong"):
        text = plain(part.text).strip()
        label = _label(text)
        return label is not None and label.end() == len(text)
    return False


def _label(text: str, at: int = 0) -> re.Match[str] | None:
    """The label before names."""
    # A cheap look before a dear one.
    first = _WORD.search(text, at)
    start = first.start() if first else len(text)
    is_label = text[start : start + 10].casefold().startswith(_LABEL_STARTS)
    return _LABEL.match(text, at) if is_label else None


def find_cited(fields: Fields, run: Run) -> bool:
    """Take last names that stand with a year in brackets: `(Kitaev and Klein, 2018)`."""
    text = plain(run.text)
    # A cheap look before a dear one.
    if not (any(map(text.__contains__, (" and ", " & ", " et"))) and date.may_have_year(text)):
        return False
    match = _AUTHOR_AND_YEAR.search(text)
    if match is None or venue.is_venue(match[1]) or people.is_institution(match[1]):
        return False
    _take(fields, -1, run.cut(*match.span(1)), "names with a year in brackets")
    if not fields.authors:
        return False
    fields.beside.append(run.cut(*match.span(2)))
    return True


def _running(fields: Fields, run: Run, index: int, is_alone: bool) -> Run | None:
    """Take names at the beginning of running text, up to a venue, a year or a full stop.

    Returns:
        What follows them, or `None` where there are no names.
    """
    text = plain(run.text)
    at = 0
    dated = _DATED.match(text)
    if dated and (date.may_have_year(dated[0]) or venue.is_venue(dated[0].strip(" ,.:;|-()[]"))):
        at = dated.end()
    at = _past_appearance(text, at)
    lead = _LEAD.match(text, at)
    begin = lead.end() if lead else at
    if text[begin : begin + 1] in _DIGITS:
        # `, CVPR, 2023 (`: no name and no label begins so. Or it is empty: nothing is left.
        return None
    named, colon, _ = text.partition(":")
    if (":" in text and begins_remark(text)) or (colon and label_role(named)):
        return None
    label = _label(text, at)
    last_names = _BY_LAST_NAMES.match(text, label.end()) if label else None
    if last_names and not people.is_institution(last_names[0]):
        _take(fields, index, run.cut(*last_names.span()), "names behind a label")
        return run.cut(last_names.end())
    begin = label.end() if label else begin
    found = byline.leading(text, begin)
    if found is None or not (label or _are_certain(found, text, begin, is_alone or at > 0)):
        return None
    _take(fields, index, run.cut(begin, found.end), "names in running text")
    if at:
        fields.beside.append(run.cut(0, at))
    return run.cut(found.end)


def _past_appearance(text: str, at: int) -> int:
    """Where names may begin behind a venue or a date, as in `, FSE 2016, Xu, Zhaogui`."""
    for _ in range(_MOST_PIECES):
        piece = _PIECE.match(text, at)
        read = venue.read(piece[1]) if piece else venue.NOTHING
        if piece is None or not (read.is_known or (read.year and read.venue is None)):
            break
        at = piece.end()
    return at


def _are_certain(found: Names, text: str, start: int, is_alone: bool) -> bool:
    """Whether the names that a text begins with are authors: one alone may be anything."""
    if found.number >= _FEWEST or found.is_certain:
        return True
    if byline.is_author_of_next(text, start, found):
        return True
    if byline.is_author_of_previous(text, start, found):
        return True
    name = text[start : found.end].strip()
    if byline.is_person(name) and venue.read(text[found.after :].strip(" .,;()[]")).is_known:
        # `Ann Lee. arXiv, 2021.`
        return True
    if _YEAR.match(text, found.end):
        return True
    return (
        is_alone
        and not text[found.end :].strip(" .,;:|-[(")
        and byline.is_person(text[start : found.end].strip())
    )


def _take(fields: Fields, index: int, run: Run, reason: str) -> None:
    """Set the authors that a run names."""
    if index >= 0:
        fields.used.add(index)
    found = people.names(run.text)
    if not found:
        return
    place, length = run.place, len(run.text)
    whole = place(0, length)
    at = whole.start
    if whole.end - at == length:
        # Nearly always it stands in the list as it reads, and so does each name in it.
        texts = [Text(one.name, span_of((at + one.start, at + one.end))) for one in found]
    else:
        texts = [Text(one.name, place(one.start, one.end)) for one in found]
    fields.authors = tuple(texts)
    fields.authors_span = whole
    fields.authors_index = index
    fields.read_by["authors"] = reason
