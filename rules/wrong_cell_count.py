r"""A table row has more or fewer cells than the table's head.

Markdown drops the cells that are too many, with all that is in them, and adds empty ones at the
end where there are too few.
Mostly a `|` in a title is the reason: it ends the cell, even between backticks, and has to be
written `\|`.
Or two rows stand in one line, or a cell was forgotten, and what follows stands in the wrong column.
There is no fix: only you know which cell a text belongs to.

Too few cells are reported where a link stands in a column in which no whole row has one, and there
are three of these.
Else the last cells have just been left out, which does no harm; a single cell is the title of a
group of rows.
Cells too many that are empty or hold a comment, `<!-- .. -->` or `[//]: # ..`, are left alone.

## Bad

```markdown
| Title                       | Venue     | Paper                                     |
| --------------------------- | --------- | ----------------------------------------- |
| Visual Prompt Tuning        | ECCV 2022 | [arXiv](https://arxiv.org/abs/2203.12119) |
| Adapter | Bias Tuning of ViT | CVPR 2023 | [arXiv](https://arxiv.org/abs/2112.06825) |
```

## Good

```markdown
| Title                        | Venue     | Paper                                     |
| ---------------------------- | --------- | ----------------------------------------- |
| Visual Prompt Tuning         | ECCV 2022 | [arXiv](https://arxiv.org/abs/2203.12119) |
| Adapter \| Bias Tuning of ViT | CVPR 2023 | [arXiv](https://arxiv.org/abs/2112.06825) |
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.model import Document
from peftlint.rule import Finding

CODE = "PL505"
SEVERITY = "error"
PROFILE = "minimal"

#: So many whole rows show what belongs in a column.
_FEWEST = 3
#: How a note begins that is meant to be hidden.
_COMMENTS = ("<!--", "[//]:", "[comment]:")


def check(document: Document) -> Iterator[Finding]:
    """Report rows of tables whose number of cells is not that of the head."""
    for table in document.tables:
        if all(row.cells == table.columns for row in table.rows):
            continue
        whole = [row.linked for row in table.rows if row.cells == table.columns]
        usual = frozenset[int]().union(*whole) if len(whole) >= _FEWEST else None
        for row in table.rows:
            count = f"the row has {row.cells} cells, the table {table.columns} columns"
            if row.dropped:
                text = document.slice(row.dropped)
                if not text.startswith(_COMMENTS):
                    hidden = f"{count}, so {mention.quoted(text)} is not shown"
                    yield Finding(row.dropped, rf"{hidden}; a | inside a cell is written \|")
            elif 1 < row.cells < table.columns and usual is not None and row.linked - usual:
                yield Finding(row.span, f"{count}, so its links stand in the wrong ones")
