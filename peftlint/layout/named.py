"""Layouts with names: the ways of lists that many know, and some that many use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from peftlint.layout.template import LayoutError, Template, parse
from peftlint.model import Document, Section
from peftlint.regex import regex

#: The nickname that is shown apart from the title.
_NAME = "{[{name}] }"
#: Where and when it appeared, and its number on arXiv; `arXiv:2101.00190` is both in one. Without
#: a venue the number would be read as one.
_APPEARANCE_AND_ID = "{ {preprint}.| {venue}{ {year}}{ (arXiv:{ids.arxiv})}.| {year}.}"
_APPEARANCE = "{ {venue}{ {year}}.| {year}.}"

TEMPLATES = {
    "petl": (
        f"- {_NAME}**{{title}},**{_APPEARANCE_AND_ID}{{ {{badges}}}}\n\n"
        "{*{authors:@, @}.* }{links:[@][@]}"
    ),
    "three-part": (
        f"- {_NAME}**{{title}},**{_APPEARANCE}{{ {{badges}}}}\n\n"
        "{*{authors:@, @}.*}\n\n{links:[@][@]}"
    ),
    "numbered": (
        f"1. {_NAME}**{{title}}**.{{ *{{authors:@, @}}*.}}"
        "{ **{venue}{'{year}}**.| **{year}**.}{ {links:@ @}}{ {badges}}"
    ),
    "badges": f"- {_NAME}{{title}}{{ {{links:[@][@]}}}}\n{{badges:@\n@}}",
    "delta": (
        f"- {_NAME}**{{title}},**{_APPEARANCE}{{ {{badges}}}}\n\n"
        "{*{authors:@, @}.* }{links:[@], [@]}"
    ),
    "one-line": (
        f"- {_NAME}**{{title}}**{{, *{{authors:@, @}}*}}"
        "{, {venue}{ {year}}|, {year}}.{ {links:[@] [@]}}{ {badges}}"
    ),
    "linked-title": (
        f"- {_NAME}{{[{{title}}]({{url}})|**{{title}}**}}{{, *{{authors:@, @}}*}}"
        "{, {venue}{ {year}}|, {year}}.{ {links:[@] [@]}}{ {badges}}"
    ),
    "table": (
        "| {name} | {[{title}]({url})|{title}} | {authors:@, @} "
        "| {venue} | {year} | {links:@ @} | {badges} |"
    ),
}

#: What somebody's own layout may be called.
NAME_OF_OWN = regex(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$")
#: The name of a list's own layout, which nobody chose.
OWN = "list"


class Layout(NamedTuple):
    """A layout that can be used: what it writes reads back.

    Attributes:
        name: as configured; `list` for a list's own.
        template: how it is written.
    """

    name: str
    template: Template


#: The layout in which each section is written, or why there is none; `None` for a section of
#: which nothing is to be said.
Choice = Callable[[Document, Section], Layout | str | None]


@lru_cache(maxsize=64)
def named(name: str) -> Layout:
    """The layout of a name.

    Raises:
        LayoutError: there is none.
    """
    source = TEMPLATES.get(name)
    if source is None:
        raise LayoutError(f"there is no layout '{name}'; there are {', '.join(TEMPLATES)}")
    return Layout(name, parse(source, name))


def layout_names(own: Iterable[str] = ()) -> list[str]:
    """The names of all layouts, `list` first.

    Args:
        own: those of layouts that somebody wrote down.
    """
    return [OWN, *TEMPLATES, *own]


def mistake_in_name(name: str) -> str:
    """What is wrong with the name of somebody's own layout, and what to do; empty if nothing is."""
    if name == OWN or name in TEMPLATES:
        return f"there is a layout '{name}' already; choose another name"
    if not NAME_OF_OWN.fullmatch(name):
        return "a layout's name is at most 50 letters, digits, - and _; choose another"
    return ""
