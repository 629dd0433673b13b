"""The layout that a list is to be written in, by its name."""

from __future__ import annotations

from collections.abc import Mapping

from peftlint.layout.named import (
    OWN,
    TEMPLATES,
    Choice,
    Layout,
    layout_names,
    mistake_in_name,
    named,
)
from peftlint.layout.own import own_layout
from peftlint.layout.ownways import OwnWays
from peftlint.layout.template import LayoutError, parse
from peftlint.normalizer import everywhere

_NO_LAYOUTS: Mapping[str, str] = {}


class UnknownLayoutError(LayoutError):
    """There is no layout of a name; the message says which there are."""

    def __init__(self, name: str, own: Mapping[str, str]) -> None:
        # Loaded here: only the error needs it.
        import difflib

        names = layout_names(own)
        near = difflib.get_close_matches(name[:60], names, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
        super().__init__(f"there is no layout {name!r}; {hint}")


def require(own: Mapping[str, str]) -> None:
    """Refuse layouts that nobody can use.

    Args:
        own: as for `choice_of`.

    Raises:
        TypeError: a name or a template is no string.
        LayoutError: a layout has the name of another or none that it may have, or its template
            cannot be parsed.
    """
    for name, source in own.items():
        for one in (name, source):
            if not isinstance(one, str):
                raise TypeError(f"layouts is a dict of strings to strings; {one!r} is none")
        if mistake := mistake_in_name(name):
            raise LayoutError(f"layouts[{name!r}]: {mistake}")
        parse(source, name)


def choice_of(name: str, own: Mapping[str, str] = _NO_LAYOUTS) -> Choice:
    """The layout of each section of a list.

    Args:
        name: `list` for the list's own ways, else a layout's name.
        own: further layouts, a name to a template.

    Raises:
        UnknownLayoutError: there is no such layout.
        LayoutError: it is one of `own`, and what it writes does not read back.
    """
    return OwnWays() if name == OWN else everywhere(layout_of(name, own))


def layout_of(name: str, own: Mapping[str, str] = _NO_LAYOUTS) -> Layout:
    """The layout of a name; not that of `list`, which is another in each list.

    Args:
        name: of one that is built in or in `own`.
        own: as for `choice_of`.

    Raises:
        UnknownLayoutError: as for `choice_of`.
        LayoutError: as for `choice_of`.
    """
    if name in TEMPLATES:
        return named(name)
    if name in own:
        return own_layout(name, own[name])
    raise UnknownLayoutError(name, own)
