"""A venue's name is not spelled as the venue itself spells it.

`Neurips`, `Arxiv` and `Iclr` are NeurIPS, arXiv and ICLR: who searches the page for the name misses
them.
NIPS is called NeurIPS since 2018, so `NIPS 2021` is odd and `NIPS 2016` is right.
The fix writes the venue's own spelling.
It is safe: the venue stays the same.

A list that writes several venues in capitals, `ARXIV` and `NEURIPS`, or all of them in small
letters, does so on purpose and is left alone.
Judged is an entry's venue, not a link such as `[arxiv](..)` that only tells where it leads, nor a
badge.
`INTERSPEECH` and `Interspeech`, `TOG` and `ToG` are both in use and left alone, like every name
that is not known.

## Bad

```markdown
- **Training Neural Networks with Fixed Sparse Masks,** Neurips 2021. [[Paper](https://arxiv.org/abs/2111.09839)]
- **Neural Prompt Search,** Arxiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
- **Learning Multiple Visual Domains with Residual Adapters,** NIPS 2017. [[Paper](https://arxiv.org/abs/1705.08045)]
```

## Good

```markdown
- **Training Neural Networks with Fixed Sparse Masks,** NeurIPS 2021. [[Paper](https://arxiv.org/abs/2111.09839)]
- **Neural Prompt Search,** arXiv 2022. [[Paper](https://arxiv.org/abs/2206.04673)]
- **Learning Multiple Visual Domains with Residual Adapters,** NIPS 2017. [[Paper](https://arxiv.org/abs/1705.08045)]
```

## Options

`extra-venues`: the own spellings of further venues, for example `["MyConf"]` (default: none).
`accepted-spellings`: spellings that are fine in this list, for example `["Arxiv"]` (default: none).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint import mention, spelling
from peftlint.model import Document, Entry, Text
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit, Span
from peftlint.spelling import Misspelling
from peftlint.style.venue import Case, case_of_list
from peftlint.value import Value

CODE = "PL304"
FIX = "safe"
MAY_CHANGE = {"venue", "links"}  # a venue may be the label of a link
SEVERITY = "info"
PROFILE = "default"
FOLLOWS_LIST = True


class Options(Value):
    """What else is right.

    Attributes:
        extra_venues: the own spellings of further venues.
        accepted_spellings: other spellings that are fine.
    """

    extra_venues: tuple[str, ...] = ()
    accepted_spellings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no name."""
        for option in ("extra_venues", "accepted_spellings"):
            for name in getattr(self, option):
                if not spelling.is_name(name):
                    shown = option.replace("_", "-")
                    raise ValueError(f"{shown} are words of letters, such as MyConf, not {name!r}")


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report venues that are spelled in another way than their own."""
    odd = list(_odd(document, options))
    if not odd:
        return
    case = case_of_list(document)
    for entry, venue, found in odd:
        wrong = tuple(one for one in found if not _is_meant(one, case))
        if not wrong:
            continue
        span = venue.span
        if entry.year is not None and entry.year.span.start == span.end:
            # `CORL2021` is one word.
            span = Span(span.start, entry.year.span.end)
        written = document.slice(span)
        mended = spelling.respelled(written, wrong)
        message = "; ".join(map(_said, wrong))
        yield Finding(span, message, safe_fix(Edit(span, mended)) if mended != written else None)


def _said(one: Misspelling) -> str:
    shown, own = mention.quoted(one.shown), mention.quoted(one.own)
    if one.shown == spelling.NIPS:
        return f"{shown} has been called {own} since {spelling.NIPS_RENAMED}"
    return f"{shown} is spelled {own}"


def _odd(
    document: Document, options: Options
) -> Iterator[tuple[Entry, Text, Sequence[Misspelling]]]:
    """The entries with a venue that is misspelt, with the venue and its names that are."""
    further = tuple(options.extra_venues)
    right: set[str] = set()  # a list has few venues
    for entry in document.entries:
        venue = entry.venue
        if venue is None or venue.text in right:
            continue
        # Only for `NIPS` it matters.
        year = entry.year.value if entry.year and spelling.NIPS in venue.text else None
        found = spelling.misspellings(venue.text, year, further)
        if not found and spelling.NIPS not in venue.text:
            right.add(venue.text)
        elif found and not _only_leads(entry, venue):
            wrong = [one for one in found if one.shown not in options.accepted_spellings]
            if wrong:
                yield entry, venue, wrong


def _only_leads(entry: Entry, venue: Text) -> bool:
    """Whether the venue is the whole label of a link to arXiv, `[arxiv](..)`."""
    return spelling.own_spelling(venue.text) == "arXiv" and any(
        link.label == venue.text and link.label_span.contains(venue.span) for link in entry.links
    )


def _is_meant(one: Misspelling, case: Case | None) -> bool:
    """Whether a name is in the letters in which the list writes all venues."""
    same_letters = one.shown.casefold() == one.own.casefold()
    return same_letters and (
        (case == "upper" and one.shown.isupper()) or (case == "lower" and one.shown.islower())
    )
