"""An entry's year is before its preprint's, or one in which its venue was not held.

An arXiv id tells when the preprint came out: `2103.10385` is of March 2021, so `arXiv 2020` is a
slip.
Some venues are not held every year: ICCV is in odd years, ECCV in even ones, NAACL and EACL keep
turns of their own.
Others are young: ICLR begins in 2013, CoRL in 2017, TMLR in 2022.

A conference's paper may be put on arXiv years later, so its year may well be before the id's: that
is no finding.
Nor is a preprint of December whose id is of January: who submits in the last days of a year gets
such an id.
A venue whose years are not known, and a year in the future, are left alone.
So is a year that stands away from the venue, in another cell of a table for example, or in a date.

There is no fix: the year, the venue or the link may be the wrong one.

## Bad

```markdown
- **GPT Understands, Too,** arXiv 2020. [[Paper](https://arxiv.org/abs/2103.10385)]
- **Visual Prompt Tuning,** ECCV 2023. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **GPT Understands, Too,** arXiv 2021. [[Paper](https://arxiv.org/abs/2103.10385)]
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import arxiv, edition, mention
from peftlint.model import Document, Entry
from peftlint.rule import Finding
from peftlint.source import Span

CODE = "PL303"
SEVERITY = "warning"
PROFILE = "minimal"

#: Venues that are no other than the preprint itself.
_PREPRINTS = frozenset(("arxiv", "arxiv preprint", "corr", "preprint"))
_JANUARY = 1
#: Of a year that is written in full.
_DIGITS = 4
#: In characters, from the venue to its year: `**ECCV**, (2022)`.
_WIDEST_GAP = 8


def check(document: Document) -> Iterator[Finding]:
    """Report years that cannot be."""
    possible: set[tuple[str, int]] = set()  # a list has few venues
    for entry in document.entries:
        venue, year = entry.venue, entry.year
        if venue is None or year is None or (venue.text, year.value) in possible:
            continue
        is_preprint = venue.text.casefold() in _PREPRINTS
        message = _before_preprint(entry, year.value) if is_preprint else None
        message = message or _not_held(venue.text, year.value)
        if message is None:
            if not is_preprint:
                possible.add((venue.text, year.value))
        elif _is_of_venue(document, year.span, venue.span):
            yield Finding(year.span, message)


def _is_of_venue(document: Document, year: Span, venue: Span) -> bool:
    """Whether a year stands beside the venue and by itself, as no part of a date."""
    if document.character_before(year).isalpha() and len(document.slice(year)) < _DIGITS:
        return False  # `arXiv12` may be of December
    gap = document.between(year, venue)
    is_beside = len(gap) <= _WIDEST_GAP and not any(map(str.isalnum, gap)) and "|" not in gap
    return is_beside and document.character_after(year) not in {"/", "-"}


def _before_preprint(entry: Entry, year: int) -> str | None:
    """What is wrong with the year of a preprint, if anything is."""
    posted = [(arxiv.posted(paper), paper) for paper in entry.ids.get("arxiv", ())]
    if not posted:
        return None
    (first, month), paper = min(posted)
    if year >= first or (month == _JANUARY and year == first - 1):
        return None
    return f"{year} is before {first}, the year of arXiv:{paper}"


def _not_held(venue: str, year: int) -> str | None:
    """What is wrong with the year of a venue, if anything is."""
    if edition.was_held(venue, year) is not False:
        return None
    near = edition.nearest(venue, year)
    shown = " and ".join(map(str, near))
    if near[0] > year:
        return f"{mention.quoted(venue)} begins in {shown}, so not in {year}"
    return f"{mention.quoted(venue)} was not in {year}: the nearest are {shown}"
