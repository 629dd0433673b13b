r"""A character cannot be seen, or looks like a blank and is none.

A zero-width space or a soft hyphen inside a word keeps a search from finding it, and at the end of
an address it opens another page.
Directional controls show text in another order than it has.
A no-break space between the names of an author, or a tab, comes along with what was copied.

Reported are zero-width characters, soft hyphens, directional and other controls anywhere, no-break
spaces in titles and names, and tabs inside the lines of entries.
The fix takes them out, or writes a blank, and is safe.
All of a line is reported together.

Silent where they are needed: joiners in emoji and in Persian or Indic words, zero-width spaces in
Thai and Khmer, directional marks in a list with Hebrew or Arabic in it, the no-break spaces of
French punctuation, of units and of initials, tabs before text and around the cells of a table.

## Bad

```markdown
- **Visual Prompt	Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from peftlint import mention
from peftlint.invisible import (
    Invisible,
    characters,
    no_break_spaces,
    places_of_no_break_spaces,
    tabs,
)
from peftlint.model import Document
from peftlint.mojibake import damage_of
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit, Span

CODE = "PL602"
FIX = "safe"
SEVERITY = "warning"
PROFILE = "default"
MAY_CHANGE = {
    "title", "name", "authors", "venue", "links", "badges", "ids", "section", "prose",
}  # fmt: skip


def check(document: Document) -> Iterator[Finding]:
    """Report each line with characters that cannot be seen."""
    found = {one.span: (one, where) for one, where in _found(document)}
    if not found:
        return
    damaged = _damaged(document)
    kept = [
        (document.lines.line(span.start), *found[span])
        for span in sorted(found)
        if damaged.isdisjoint(range(*span)) and not document.is_code_or_comment(span.start)
    ]
    for _, group in groupby(kept, key=lambda item: item[0]):
        (_, first, where), *others = group
        more = mention.others_in_line(len(others))
        advice = "write a blank" if first.replacement else "take it out"
        span = Span(first.span.start, others[-1][1].span.end if others else first.span.end)
        edits = [Edit(one.span, one.replacement) for one in (first, *(item[1] for item in others))]
        yield Finding(span, f"{first.name}{where}: {advice}{more}", safe_fix(*edits))


def _found(document: Document) -> Iterator[tuple[Invisible, str]]:
    """The characters, each with where it stands, in words."""
    text = document.text
    for one in characters(text):
        yield (
            one,
            " in an address" if document.is_hidden(one.span.start) else ", which cannot be seen",
        )
    heading_lines = document.heading_lines()
    tabbed = set(_tabbed_lines(document)) - heading_lines
    spaces = places_of_no_break_spaces(text)
    for entry in document.entries if tabbed or spaces else ():
        if spaces:
            fields = ((entry.title.span, " in the title"), (entry.authors_span, " in the authors"))
            for span, where in fields:
                for one in no_break_spaces(text, span, spaces) if span else ():
                    if not document.is_hidden(one.span.start):
                        yield one, where
        if tabbed and entry.kind != "html-row":
            for number in range(entry.line, entry.end_line + 1):
                if number in tabbed:
                    line = document.lines.span(number)
                    yield from ((one, " inside the line") for one in tabs(text, line))


def _tabbed_lines(document: Document) -> Iterator[int]:
    """The numbers of the lines with a tab."""
    at = document.text.find("\t")
    while at >= 0:
        line = document.lines.line(at)
        yield line
        at = document.text.find("\t", document.lines.whole(line, line).end)


def _damaged(document: Document) -> set[int]:
    """The places of damaged characters, which may look like these and are mended otherwise."""
    return {place for one in damage_of(document) for place in range(*one.span)}
