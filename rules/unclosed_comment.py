"""A comment has no end and hides what follows it.

`<!--` hides everything up to the next `-->`, and without one the rest of the page: what stands
there is read by nobody, neither people nor peftlint.
Within HTML that begins with a tag, a blank line ends what Markdown leaves as it is; a `-->` behind
it is text and ends no comment.
There is no fix: only you know where the comment ends.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

<!-- the next one is not out yet

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

<!-- the next one is not out yet -->

- **Learning to Prompt,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.model import Document
from peftlint.pagehtml import unclosed_comments
from peftlint.rule import Finding

CODE = "PL605"
SEVERITY = "error"
PROFILE = "minimal"


def check(document: Document) -> Iterator[Finding]:
    """Report where a comment begins that does not end."""
    for span in unclosed_comments(document.html):
        message = "this comment never ends and hides what follows: write '-->' where it should end"
        yield Finding(span, message)
