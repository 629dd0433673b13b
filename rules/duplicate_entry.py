"""The same work stands in the list twice.

Two entries are one work if they have one title, compared without case, punctuation and
accents, or if they open one paper (arXiv, DOI, OpenReview, ACL Anthology ...) under nearly
the same title.
The later one is reported, with the line of the earlier.
A list may stand in several files: where the config's `lists` says so, they are compared too.

A name of up to three words, like that of a model or a data set, says less than a title: in
tables it is looked for in its own section only, and elsewhere two works may share it if they
open two papers.
A talk or a blog post may have the title of its paper.

Where the two stand in one section and say the same in every word and address, the fix removes
the later one.
It is unsafe: the list may mean to show the work in both places.
Where they differ, or stand in two sections, there is no fix: you choose what to keep.

## Bad

```markdown
## Prompt

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]

- **Visual prompt tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

## Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Good

```markdown
## Prompt

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]

## Adapter

- **VL-Adapter,** CVPR 2022. [[Paper](https://arxiv.org/abs/2112.06825)]
```

## Options

`across-sections`: whether a work may not stand in two sections either (default: `true`).
With `false` the list may show one work in several sections, but only once in each.

`cross-listing-sections`: headings under which works may stand that other sections show
as well, such as `["Surveys", "Highlights"]` (default: none).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from peftlint import mention, title
from peftlint.model import Document, Entry
from peftlint.rule import Finding, Fix, Related, unsafe_fix
from peftlint.source import Edit
from peftlint.value import Value
from peftlint.work import Work, recurring, same_paper, same_title

CODE = "PL301"
SEVERITY = "error"
PROFILE = "minimal"
FIX = "unsafe"
MAY_CHANGE = {"entry"}


class Options(Value):
    """Where a work may stand again.

    Attributes:
        across_sections: whether another section counts as the same list.
        cross_listing_sections: headings of sections that show again what others show.
    """

    across_sections: bool = True
    cross_listing_sections: tuple[str, ...] = ()


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report each entry whose work an earlier entry shows."""
    return (finding for _, finding in check_together((document,), options))


def check_together(
    documents: Sequence[Document], options: Options
) -> Iterator[tuple[Document, Finding]]:
    """The same for a list in several files, where the earlier entry may be in another one."""
    cross_listing = {title.key(heading) for heading in options.cross_listing_sections}

    def reaches_out(entry: Entry) -> bool:
        if not cross_listing or not options.across_sections:
            return options.across_sections
        return cross_listing.isdisjoint(map(title.key, entry.section))

    seen: dict[Hashable, tuple[Document, Work]] = {}
    for document, work in recurring(documents):
        section = None if reaches_out(work.entry) else (document.path, work.entry.section)
        same = "title"
        of_title, *of_papers = keys = _keys(document, work, section)
        known = seen.get(of_title)
        if known is None or not same_title(known[1], work):
            same = "paper"
            known = None
            for key in of_papers:
                if key in seen and same_paper(seen[key][1], work):
                    known = seen[key]
                    break
        shown = (document, work)
        for key in keys:
            seen.setdefault(key, shown)
        if known:
            yield document, _finding(document, work.entry, same, *known)


def _keys(document: Document, work: Work, section: Hashable) -> list[Hashable]:
    """What tells a work: its title, and then each paper that it opens."""
    is_row_name = work.entry.kind == "table-row" and work.is_name
    of_title = (work.key, (document.path, work.entry.section) if is_row_name else section)
    return [of_title, *[(paper, section) for paper in work.papers]]


def _finding(document: Document, later: Entry, same: str, home: Document, known: Work) -> Finding:
    earlier = known.entry
    if home is document:
        message = f"the same {same} stands in line {earlier.line} already"
        return Finding(later.title.span, message, _fix(document, earlier, later))
    message = f"the same {same} stands in {mention.place(home, earlier)} already"
    there = f"the same {same} stands in {mention.place(document, later)} as well"
    return Finding(later.title.span, message, related=Related(home, earlier.title.span, there))


def _fix(document: Document, earlier: Entry, later: Entry) -> Fix | None:
    """Remove the later entry, if the earlier says the same in every word and address."""
    if earlier.section != later.section:
        return None  # filed under two topics, maybe on purpose
    marker = later.marker.text if later.marker else ""
    if later.kind == "ordered" and not (marker == "1." and (later.number or 0) > 1):
        return None  # the numbers after it would be wrong
    texts = [document.slice(entry.span) for entry in (earlier, later)]
    if len(texts[0]) > 2 * len(texts[1]):
        return None  # spares the comparison with a monstrous one
    says, repeats = (title.key(text).lstrip("0123456789") for text in texts)
    return unsafe_fix(Edit(later.removal_span, "")) if says == repeats else None
