"""Entries made of facts, not read from a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peftlint.badge import decode
from peftlint.identity import ids_of_url
from peftlint.model import Badge, Entry, Link, LinkForm, Text, Year
from peftlint.role import role
from peftlint.source import Span

_NOWHERE = Span(0, 0)


def made_entry(  # noqa: PLR0913 - the fields of an entry
    title: str,
    *,
    name: str | None = None,
    authors: Sequence[str] = (),
    venue: str | None = None,
    year: int | None = None,
    links: Iterable[tuple[str | None, str | None]] = (),
    badges: Iterable[tuple[str, str]] = (),
) -> Entry:
    """An entry that shows these facts and stands nowhere.

    Args:
        title: as a reader sees it.
        name: the nickname shown apart.
        authors: each as `First Last`; a last `et al.` for others.
        venue: without year and brackets.
        year: four digits.
        links: label and address of each; `@title` is the title's own.
        badges: alternative text and address of each.
    """
    made = tuple(_link(label, url) for label, url in links)
    ids: dict[str, set[str]] = {}
    for link in made:
        for kind, value in ids_of_url(link.url or ""):
            ids.setdefault(kind, set()).add(value)
    return Entry(
        kind="bullet",
        span=_NOWHERE,
        line=1,
        end_line=1,
        section=(),
        title=Text(title, _NOWHERE),
        name=None if name is None else Text(name, _NOWHERE),
        authors=tuple(Text(author, _NOWHERE) for author in authors),
        venue=None if venue is None else Text(venue, _NOWHERE),
        year=None if year is None else Year(year, _NOWHERE),
        links=made,
        badges=tuple(_badge(alt, url) for alt, url in badges),
        ids={kind: tuple(sorted(values)) for kind, values in sorted(ids.items())},
    )


def _link(label: str | None, url: str | None) -> Link:
    shown = None if label == "@title" else label
    form: LinkForm = "bare" if label is None else "inline"
    return Link(
        label, url, form, role(shown, url), _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE
    )


def _badge(alt: str, url: str) -> Badge:
    static = decode(url)
    label, color = (static.label, static.color) if static else (None, None)
    return Badge(url, label, color, alt, _NOWHERE, _NOWHERE, _NOWHERE)
