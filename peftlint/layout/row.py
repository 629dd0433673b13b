"""Rows of tables as text: their cells, the columns of a template, and what makes two rows alike.

A bar ends a cell unless a backslash stands before it, also inside code and addresses
(https://github.github.com/gfm/#tables-extension-).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peftlint.escape import CELL_END
from peftlint.layout.named import TEMPLATES, Layout
from peftlint.layout.template import Field, Group, Node, Template

_BAR = " | "


def cells(row: str) -> list[str]:
    """What stands in the cells of a row, blanks around it left out.

    Args:
        row: one line; the bars at its ends may be missing.
    """
    found = [cell.strip() for cell in CELL_END.split(row.strip())]
    if found and not found[0]:
        found.pop(0)
    if found and not found[-1] and row.rstrip().endswith("|"):
        found.pop()
    return found


def is_like(row: str, other: str) -> bool:
    """Whether two rows hold the same, however wide their cells are."""
    return cells(row) == cells(other)


def narrowed(layout: Layout, rows: Iterable[str]) -> Layout:
    """A named layout of rows without the columns that none of some rows fills.

    Args:
        layout: of a table. One that somebody wrote down is kept as it is.
        rows: as it writes them.
    """
    if TEMPLATES.get(layout.name) != layout.template.source:
        return layout
    columns = _columns(layout.template)
    filled = {number for row in rows for number, cell in enumerate(cells(row)) if cell}
    shown = [column for number, column in enumerate(columns) if number in filled]
    if not shown or len(shown) == len(columns):
        return layout
    body: list[Node] = []
    for column in shown:
        body += [*column, _BAR]
    body[-1] = _BAR.rstrip()
    return layout._replace(template=layout.template._replace(body=tuple(body)))


def _columns(template: Template) -> list[list[Node]]:
    """What a template writes in each cell."""
    columns: list[list[Node]] = [[]]
    for node in template.body:
        if isinstance(node, (Field, Group)):
            columns[-1].append(node)
            continue
        first, *others = node.split("|")
        columns[-1] += [first.strip(" ")] if first.strip() else []
        columns += [[other.strip(" ")] if other.strip() else [] for other in others]
    return columns[:-1]


def with_columns_of(layout: Layout, full: Layout, row: str) -> str:
    """A row that a layout wrote, with the cells of the narrowed one only.

    Args:
        layout: the narrowed one.
        full: the one that it was made of.
        row: as `full` writes it.
    """
    if layout == full:
        return row
    columns = _columns(full.template)
    wanted = _columns(layout.template)
    shown: list[str] = []
    at = 0
    for column, cell in zip(columns, _padded(cells(row), len(columns)), strict=True):
        if at < len(wanted) and column == wanted[at]:
            shown.append(cell)
            at += 1
    return f"| {_BAR.join(shown)} |"


def _padded(found: Sequence[str], count: int) -> list[str]:
    return [*found, *[""] * (count - len(found))]
