"""How messages name the things that they speak of."""

from __future__ import annotations

from peftlint.model import Document, Entry, Link

_LONGEST = 60


def link(named: Link) -> str:
    """A link, by what a reader sees of it: `'Code'`, `the title's link`, `the address`."""
    if named.label == "@title":
        return "the title's link"
    if named.badge is not None:
        return f"the badge {quoted(named.label)}" if named.label else "the badge"
    return quoted(named.label) if named.label else "the address"


def place(document: Document, entry: Entry) -> str:
    """Where an entry stands that is in another file: `docs/vision.md:12`."""
    return f"{document.path}:{entry.line}"


def others_in_line(count: int) -> str:
    """What follows where a finding tells of the first of several things in a line.

    Args:
        count: of the others; nothing is said of none.
    """
    return f", and {count} more in this line" if count else ""


def quoted(text: str) -> str:
    """A label or a title in quotes, on one line, shortened where it is long."""
    line = " ".join(text[: 4 * _LONGEST].split())
    if len(line) > _LONGEST:
        line = line[:_LONGEST].rstrip() + "..."
    return f"'{line}'"
