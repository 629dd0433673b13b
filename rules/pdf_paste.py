r"""A title or a remark has traces of the PDF that it was copied from.

A ligature is one character for two letters or three, so that a search for `classification` does not
find `classiﬁcation`.
`fine- tuning` was parted at a line's end, and U+2010 is a hyphen that no keyboard writes.

The fix writes a ligature's letters, and is safe.
It writes `-` for U+2010, and joins the pieces of a word where the list has that word elsewhere,
with a hyphen or without: these are unsafe, as a name may be written so on purpose.

Silent about a hyphen that stands for the end of a later word (`pre- and post-training`,
`2- to 3-bit`), before a capital unless the list has that word elsewhere, and behind the first word
of an item, where it may be a dash.

## Bad

```markdown
- **Few-Shot Text Classiﬁcation,** ACL 2022. [[Paper](https://arxiv.org/abs/2108.04106)]
```

## Good

```markdown
- **Few-Shot Text Classification,** ACL 2022. [[Paper](https://arxiv.org/abs/2108.04106)]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from peftlint import mention
from peftlint.model import Document
from peftlint.pdfpaste import BrokenWord, Pasted, broken_words, hyphens, ligatures, words_among
from peftlint.rule import Finding, safe_fix, unsafe_fix
from peftlint.source import Edit, Span

CODE = "PL604"
FIX = "safe"
SEVERITY = "warning"
PROFILE = "default"
MAY_CHANGE = {"title", "name", "authors", "venue", "links", "prose"}


def check(document: Document) -> Iterator[Finding]:
    """Report ligatures, and in entries U+2010 and words in two pieces."""
    heading_lines: frozenset[int] | None = None
    for line, found in _by_line(document, ligatures(document.text)):
        if heading_lines is None:
            heading_lines = document.heading_lines()
        first = found[0]
        shown = mention.quoted(document.slice(first.span))
        message = f"a ligature from a PDF: {shown} instead of {mention.quoted(first.replacement)}"
        edits = [Edit(*one) for one in found]
        # A heading's anchor has its letters: links to it would break.
        fix = None if line in heading_lines else safe_fix(*edits)
        yield Finding(Span(first.span.start, found[-1].span.end), message + _more(found), fix)
    for _, found in _by_line(document, hyphens(document.text)):
        if document.entry_at(found[0].span.start):
            message = "U+2010 from a PDF: write a plain hyphen" + _more(found)
            edits = [Edit(*one) for one in found]
            span = Span(found[0].span.start, found[-1].span.end)
            yield Finding(span, message, unsafe_fix(*edits))
    parted = [
        broken
        for broken in broken_words(document.text)
        if document.entry_at(broken.span.start) and _is_text(document, broken.span)
    ]
    if parted:
        spellings = {one.lower() for broken in parted for one in (broken.hyphenated, broken.joined)}
        known = words_among(document.text, spellings)
        for broken in parted:
            yield from _parted(document, broken, known)


def _by_line(document: Document, found: Iterator[Pasted]) -> Iterator[tuple[int, list[Pasted]]]:
    text = (one for one in found if _is_text(document, one.span))
    for line, group in groupby(text, key=lambda one: document.lines.line(one.span.start)):
        yield line, list(group)


def _is_text(document: Document, span: Span) -> bool:
    at = span.start
    return not document.is_code_or_comment(at) and not document.is_hidden(at)


def _more(found: list[Pasted]) -> str:
    return mention.others_in_line(len(found) - 1)


def _parted(document: Document, broken: BrokenWord, known: set[str]) -> Iterator[Finding]:
    message = f"{mention.quoted(document.slice(broken.span))} is a word parted at a line's end"
    # Before a capital the hyphen may be a dash, and only the list's own hyphen tells.
    spellings = (broken.hyphenated, broken.joined)[: 1 + broken.is_sure]
    right = next((one for one in spellings if one.lower() in known), None)
    if right is not None:
        message += f"; elsewhere the list has {mention.quoted(right.lower())}"
        yield Finding(broken.span, message, unsafe_fix(Edit(broken.span, right)))
    elif broken.is_sure:
        yield Finding(broken.span, message)
