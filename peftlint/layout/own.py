"""Layouts that somebody wrote down: used only if what they write reads back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peftlint.layout.made import made_entry
from peftlint.layout.named import Layout
from peftlint.layout.roundtrip import NO_ENTRY, NO_PLACE, Laid, read_back, with_marker
from peftlint.layout.template import Field, LayoutError, Template, parse
from peftlint.layout.writer import write
from peftlint.layout.written import written
from peftlint.model import Entry
from peftlint.regex import regex

#: The sample that has all fields.
WHOLE = "an entry"
#: In characters.
_LONGEST_SHOWN = 120
_EMPTY_BRACKETS = regex(r"[(\[][*_`'\" ]*[)\]](?!\()")
_PAPER = ("Paper", "https://arxiv.org/abs/2106.09685")
_CODE = ("Code", "https://github.com/microsoft/LoRA")
_PAGE = ("Project Page", "https://microsoft.github.io/LoRA")
_BADGES = (
    ("LoRA", "https://img.shields.io/badge/LoRA-blue"),
    ("", "https://img.shields.io/badge/NLU-green"),
)
_TITLE = "Low-Rank Adaptation of Large Language Models"
_AUTHORS = ("Edward J. Hu", "Yelong Shen", "Phillip Wallis", "Zeyuan Allen-Zhu")


def own_layout(name: str, source: str) -> Layout:
    """The layout of a template, if what it writes reads back.

    Args:
        name: for messages.
        source: the template, see `peftlint.layout.template`.

    Raises:
        LayoutError: it cannot be parsed, or does not read back; the message says what would be
            read.
    """
    layout = Layout(name, parse(source, name))
    template = layout.template
    for what, entry in _samples(template):
        shown = write(template, written(entry))
        if shown.left and what != WHOLE:
            # Such an entry is named where a list has one.
            continue
        laid = read_back(layout, entry)
        if isinstance(laid, str) and what != WHOLE and laid.startswith((NO_ENTRY, NO_PLACE)):
            # Alone, a title with hardly anything beside it need not be a work. And an entry for
            # which there is no place is left as it is: it is not written as something else.
            continue
        if isinstance(laid, Laid) and any(map(_EMPTY_BRACKETS.search, shown.lines)):
            laid = "there would be brackets with nothing in them"
        if not isinstance(laid, Laid):
            line = " / ".join(filter(None, with_marker(template, shown.lines).split("\n")))
            if len(line) > _LONGEST_SHOWN:
                line = f"{line[:_LONGEST_SHOWN]}.."
            hint = _hint(template, entry, is_none=laid == NO_ENTRY)
            raise LayoutError(
                f"layout {name}: {what} cannot be read back: written as '{line}', {laid}{hint}"
            )
    return layout


def _hint(template: Template, entry: Entry, *, is_none: bool) -> str:
    """What to do about a template that does not read back, where that can be guessed."""
    there = {
        "url": bool(entry.links),
        "name": entry.name is not None,
        "authors": bool(entry.authors),
        "venue": entry.venue is not None,
        "year": entry.year is not None,
    }
    for node in template.body:
        if isinstance(node, Field) and not there.get(node.name, True):
            if node.name == "url":
                return "; write '{[{title}]({url})|{title}}', for there may be no link"
            return (
                f"; put {{{node.name}}} in a group with what stands around it, "
                f"as in '{{ ({{{node.name}}})}}', for it may be missing"
            )
    if is_none:
        return "; emphasise the title, as in '**{title}**', or show links"
    return ""


class SampleFields(NamedTuple):
    """What a sample has of each field, none of those for which the template has no place."""

    authors: tuple[str, ...]
    venue: str | None
    year: int | None
    links: list[tuple[str, str]]
    badges: tuple[tuple[str, str], ...]


def sample_fields(template: Template) -> SampleFields:
    """What there is of each field in an entry that fills a template."""
    names = template.names()
    links = [
        link
        for link, own in ((_PAPER, "links.paper"), (_CODE, "links.code"), (_PAGE, "links.project"))
        if "links" in names or own in names
    ]
    if "url" in names and _PAPER not in links:
        links.insert(0, ("@title", _PAPER[1]))
    return SampleFields(
        _AUTHORS if "authors" in names else (),
        "ICLR" if "venue" in names else None,
        2022 if "year" in names else None,
        links,
        _BADGES if "badges" in names else (),
    )


def _samples(template: Template) -> Iterator[tuple[str, Entry]]:
    """Entries with the fields that a template has, all of them and some missing."""
    authors, venue, year, links, badges = sample_fields(template)
    name = "LoRA" if "name" in template.names() else None

    yield (
        WHOLE,
        made_entry(_TITLE, authors=authors, venue=venue, year=year, links=links, badges=badges),
    )
    few = links[:1]
    title = "Is Attention All You Need? A *Survey* of [Nearly] Everything"
    yield "a title with marks in it", made_entry(title, authors=authors, venue=venue, links=few)
    yield "an entry without venue and year", made_entry(_TITLE, authors=authors, links=links)
    if venue and year:
        yield "an entry without year", made_entry(_TITLE, authors=authors, venue=venue, links=few)
        yield "an entry without venue", made_entry(_TITLE, authors=authors, year=year, links=few)
    if authors:
        yield (
            "an entry without authors",
            made_entry(_TITLE, venue=venue, year=year, links=links, badges=badges),
        )
        yield (
            "an entry with one author",
            made_entry(_TITLE, authors=authors[:1], venue=venue, year=year, links=few),
        )
        yield (
            "an entry of more authors",
            made_entry(_TITLE, authors=(*authors[:2], "et al."), venue=venue, year=year, links=few),
        )
    if name:
        yield (
            "an entry with a nickname",
            made_entry(_TITLE, name=name, authors=authors, venue=venue, year=year, links=few),
        )
    if links and (authors or badges):
        yield (
            "an entry without links",
            made_entry(_TITLE, authors=authors, venue=venue, year=year, badges=badges),
        )
