"""The layout in which entries are written, by the name that was given."""

from __future__ import annotations

import click

from peftlint.layout.named import Layout, named
from peftlint.layout.template import LayoutError

#: Stands for the list's own way.
LIST = "list"


def layout_named(name: str) -> Layout | None:
    """The layout of a name; `None` for the list's own way.

    Raises:
        click.UsageError: there is no such layout.
    """
    if name == LIST:
        return None
    try:
        return named(name)
    except LayoutError as error:
        raise click.UsageError(f"--layout: {error}") from error
