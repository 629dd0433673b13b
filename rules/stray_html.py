"""A tag of HTML has no partner, or two tags have one `id`.

A `<b>` or `<details>` that nothing closes reaches to the end of the page; a `</em>` that closes
nothing is left over from something.
Of two tags with one `id`, a link reaches only the first.
There is no fix: only you know where the other tag belongs.

Words in angle brackets that are no HTML, like `<eos>`, are left alone, and so are tags that HTML
lets stand alone: `<br>`, `<img>`, and the ends of `<p>`, `<li>`, `<tr>`, `<td>`.
A tag written `<a name="x"/>` is taken as its author means it.

## Bad

```markdown
<h1 align="center">Awesome Prompts </em></h1>

<details>
<summary>Older papers</summary>

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
<h1 align="center">Awesome Prompts</h1>

<details>
<summary>Older papers</summary>

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

</details>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.model import Document
from peftlint.pagehtml import ids, strays
from peftlint.rule import Finding
from peftlint.source import Span

CODE = "PL603"
SEVERITY = "warning"
PROFILE = "default"


def check(document: Document) -> Iterator[Finding]:
    """Report tags without a partner, and names that are given again."""
    for tag, span, is_word in strays(document.html):
        if tag.is_closing:
            yield Finding(span, f"</{tag.name}> closes nothing: no <{tag.name}> is open here")
        else:
            end = f"write </{tag.name}> where it ends"
            text = rf", or \<{tag.name}> if it is not meant as HTML" if is_word else ""
            yield Finding(span, f"<{tag.name}> is never closed: {end}{text}")
    first: dict[str, Span] = {}
    for name, span in ids(document.html):
        earlier = first.setdefault(name, span)
        if earlier is not span:
            line = document.place(earlier.start).line
            where = f"the id {mention.quoted(name)} stands in line {line} already"
            yield Finding(span, f"{where}: a link reaches only that one")
