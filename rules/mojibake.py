r"""Characters are damaged: UTF-8 was read as another encoding.

`Fran√ßois` and `FranÃ§ois` were `François`, `PrÃ¤fix` was `Präfix`: the list, or what was pasted
into it, was saved as UTF-8 and read as Mac Roman, Windows-1252 or another encoding.
A search for the name finds nothing, and emoji show as three or four odd characters.

The fix writes what the characters should read, and is safe: it is made only where their bytes
are UTF-8 that says what people write.
All damage of a line is reported together.

There is no fix for what cannot be known (`\ufffd` stands where a character was lost), nor in a
heading that a link of the list reaches by its damaged name, nor in an address or an HTML tag, as
another address may open another page: the words of a shields.io badge are mended all the same.

Silent about sound text that has such characters: `SÃO PAULO`, `été…»`, `O(√π)`.

## Bad

```markdown
- **Tuning Prefixes â€” and Nothing Else** *FranÃ§ois Dupont, JosÃ© GarcÃ­a* [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
- **Tuning Prefixes — and Nothing Else** *François Dupont, José García* [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from urllib.parse import unquote

from peftlint import mention
from peftlint.model import Document
from peftlint.mojibake import Damage, damage_of
from peftlint.regex import regex
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit, Span

CODE = "PL601"
FIX = "safe"
SEVERITY = "error"
PROFILE = "minimal"
MAY_CHANGE = {"title", "name", "authors", "venue", "links", "badges", "section", "prose"}

_NOT_ASCII = regex(r"[^\x00-\x7f]+")


def check(document: Document) -> Iterator[Finding]:
    """Report each line with damaged characters."""
    found = (one for one in damage_of(document) if not document.is_code_or_comment(one.span.start))
    lines = [(line, list(group)) for line, group in groupby(found, key=partial(_line, document))]
    if not lines:
        return
    labels = [badge.path_span for badge in document.badges if badge.path_span]
    heading_lines = document.heading_lines()
    anchors = _in_anchors(document)
    for line, damages in lines:
        mendable = [
            one
            for one in damages
            if one.mended is not None
            and (not document.is_hidden(one.span.start) or _is_in(labels, one.span))
            and not (line in heading_lines and _as_anchor(document.slice(one.span)) in anchors)
        ]
        edits = [Edit(one.span, one.mended or "") for one in mendable]
        span = Span(damages[0].span.start, damages[-1].span.end)
        message = _message(document, (mendable or damages)[0], len(damages) - 1)
        yield Finding(span, message, safe_fix(*edits) if edits else None)


def _line(document: Document, one: Damage) -> int:
    return document.lines.line(one.span.start)


def _is_in(spans: Sequence[Span], inner: Span) -> bool:
    """Whether one of some spans, which are in order, holds another."""
    index = bisect_right(spans, inner.start, key=lambda span: span.start) - 1
    return index >= 0 and spans[index].contains(inner)


def _message(document: Document, one: Damage, others: int) -> str:
    shown = mention.quoted(document.slice(one.span))
    if one.mended:
        text = f"damaged characters: {shown} should read {mention.quoted(one.mended)}"
    elif one.mended is None:
        text = f"damaged characters: what {shown} stood for is lost"
    else:
        text = f"damaged characters: {shown} is a byte order mark, to be left out"
    cause = f" ({one.cause})" if one.cause else ""
    return text + cause + mention.others_in_line(others)


def _in_anchors(document: Document) -> set[str]:
    """What is not ASCII in the links to places in the list."""
    urls = (unquote(link.url) for link in document.links if link.url and link.url[0] == "#")
    return {letters for url in urls for letters in _NOT_ASCII.findall(url)}


def _as_anchor(text: str) -> str:
    """Damaged characters as GitHub writes them in a heading's anchor: letters, in lower case."""
    return "".join(filter(str.isalpha, text.lower()))
