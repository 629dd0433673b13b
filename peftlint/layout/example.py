"""One entry written in a layout, to see what the layout looks like."""

from __future__ import annotations

from peftlint.layout.made import made_entry
from peftlint.layout.named import Layout
from peftlint.layout.own import sample_fields
from peftlint.layout.roundtrip import head, read_back
from peftlint.layout.template import LayoutError


def example(layout: Layout) -> str:
    """An entry with all fields that a layout has, in Markdown; a row with the head of its table.

    Raises:
        LayoutError: it does not read back.
    """
    authors, venue, year, links, badges = sample_fields(layout.template)
    entry = made_entry(
        "LoRA: Low-Rank Adaptation",
        authors=authors[:2],
        venue=venue,
        year=year,
        links=links[:2],
        badges=badges[:1],
    )
    laid = read_back(layout, entry)
    if isinstance(laid, str):
        raise LayoutError(f"layout {layout.name}: {laid}")
    if layout.template.kind == "table-row":
        return f"{head(layout.template)}\n{laid.text}"
    return laid.text
