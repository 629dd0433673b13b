"""An entry as an object, every field as the model has it."""

from __future__ import annotations

from peftlint.model import Entry


def entry_record(path: str, entry: Entry) -> dict[str, object]:
    """An entry as JSON shows it; `docs/entries.md` says what each field means.

    Args:
        path: of the list, with `/`.
        entry: what is exported.

    Returns:
        Every field, in the order of the table there; an empty one is `None` or an empty list.
    """
    return {
        "path": path,
        "line": entry.line,
        "end_line": entry.end_line,
        "kind": entry.kind,
        "section": list(entry.section),
        "title": entry.title.text,
        "name": entry.name.text if entry.name else None,
        "authors": [author.text for author in entry.authors],
        "venue": entry.venue.text if entry.venue else None,
        "year": entry.year.value if entry.year else None,
        "links": [
            {"label": link.label, "url": link.url, "role": link.role} for link in entry.links
        ],
        "badges": [
            {"url": badge.url, "label": badge.label, "color": badge.color} for badge in entry.badges
        ],
        "ids": {kind: list(values) for kind, values in entry.ids.items()},
    }
