"""The page that shows the tables."""

from __future__ import annotations

BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"


def with_block(page: str, block: str) -> str:
    """A page with other tables between its two markers.

    Args:
        page: its text.
        block: Markdown, with the end of its last line.

    Raises:
        ValueError: a marker is missing, or they are in the wrong order.
    """
    start, end = page.find(BEGIN), page.find(END)
    if not 0 <= start < end:
        raise ValueError(f"the page needs the lines {BEGIN} and {END}")
    return f"{page[: start + len(BEGIN)]}\n\n{block}\n{page[end:]}"
