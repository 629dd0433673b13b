"""How much of a list was read as entries, and what stands out, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.convention import LEAST
from peftlint.model import Document, Other
from peftlint.printable import printable
from peftlint.report.terminal import Terminal
from peftlint.style.family import Family, families

#: A layout is rare where it has fewer than `LEAST` entries, or a smaller share of all.
_RARE = 0.05
#: So many layouts, lines and blocks are shown of each list.
_MOST_LAYOUTS = 12
_MOST_LINES = 10


def coverage_lines(path: str, document: Document, terminal: Terminal) -> Iterator[str]:
    """The lines that tell how a list was read as a whole.

    Args:
        path: of the list, as the user knows it.
        document: the list.
        terminal: for its colors.
    """
    total = len(document.entries)
    entries = "entry" if total == 1 else "entries"
    yield f"{terminal.paint(printable(path), 'bold')}: {total} {entries}"
    found = families(document, document.entries)
    width = len(str(total))
    largest = max((len(family.entries) for family in found), default=0)
    for family in found[:_MOST_LAYOUTS]:
        count = terminal.paint(f"{len(family.entries):{width}}", "cyan")
        # What is as frequent as any other stands out of nothing.
        where = _where(family, total) if len(family.entries) < largest else ""
        yield f"  {count}  {family.layout}{where}"
    rest = found[_MOST_LAYOUTS:]
    if rest:
        number = sum(len(family.entries) for family in rest)
        yield f"  {number:{width}}  in {len(rest)} more layout{'s' if len(rest) > 1 else ''}"
    missed = _missed(document)
    if missed:
        yield "  Not read as entries, although they link a paper:"
    for other in missed[:_MOST_LINES]:
        yield f"    line {other.line}: {printable(other.reason)}"
    if len(missed) > _MOST_LINES:
        yield f"    and {len(missed) - _MOST_LINES} more"


def _where(family: Family, total: int) -> str:
    """The lines of the entries, where they are outliers."""
    count = len(family.entries)
    if count >= LEAST and count >= _RARE * total:
        return ""
    numbers = [str(entry.line) for entry in family.entries[:_MOST_LINES]]
    more = f" and {count - _MOST_LINES} more" if count > _MOST_LINES else ""
    return f" (line{'s' if count > 1 else ''} {', '.join(numbers)}{more})"


def _missed(document: Document) -> Sequence[Other]:
    """The blocks that are no entries and link a paper, as entries do."""
    in_entries = {id(link) for entry in document.entries for link in entry.links}
    # The innermost block says most about a line, so it has the last word.
    largest_first = sorted(document.others, key=lambda other: other.line - other.end_line)
    by_line = {
        line: other for other in largest_first for line in range(other.line, other.end_line + 1)
    }
    found = {
        by_line.get(document.lines.line(link.span.start))
        for link in document.links
        if link.role == "paper" and id(link) not in in_entries
    }
    return sorted(other for other in found if other is not None)
