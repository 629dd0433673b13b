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
    for entry in document.entries:
        if entry.year is None or entry.venue is None:
            continue
        is_glued = document.character_before(entry.year.span).isalpha()
        if is_glued and len(document.slice(entry.year.span)) < _DIGITS:
            continue  # `arXiv12` may be of December
        if not _is_of_venue(document, entry.year.span, entry.venue.span):
            continue
        message = _before_preprint(entry, entry.year.value) or _not_held(entry, entry.year.value)
        if message:
            yield Finding(entry.year.span, message)


def _is_of_venue(document: Document, year: Span, venue: Span) -> bool:
    """Whether a year stands beside the venue and by itself, as no part of a date."""
    gap = document.between(year, venue)
    is_beside = len(gap) <= _WIDEST_GAP and not any(map(str.isalnum, gap)) and "|" not in gap
    return is_beside and document.character_after(year) not in {"/", "-"}


def _before_preprint(entry: Entry, year: int) -> str | None:
    """What is wrong with the year of a preprint, if anything is."""
    if entry.venue is None or entry.venue.text.casefold() not in _PREPRINTS:
        return None
    posted = [(arxiv.posted(paper), paper) for paper in entry.ids.get("arxiv", ())]
    if not posted:
        return None
    (first, month), paper = min(posted)
    if year >= first or (month == _JANUARY and year == first - 1):
        return None
    return f"{year} is before {first}, the year of arXiv:{paper}"


def _not_held(entry: Entry, year: int) -> str | None:
    """What is wrong with the year of a venue, if anything is."""
    if entry.venue is None or edition.was_held(entry.venue.text, year) is not False:
        return None
    near = edition.nearest(entry.venue.text, year)
    shown = " and ".join(map(str, near))
    if near[0] > year:
        return f"{mention.quoted(entry.venue.text)} begins in {shown}, so not in {year}"
    return f"{mention.quoted(entry.venue.text)} was not in {year}: the nearest are {shown}"
