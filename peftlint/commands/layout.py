"""The layout in which lists are written: that of the command line, else that of their config."""

from __future__ import annotations

from pathlib import Path

from peftlint.commands.command import Option
from peftlint.commands.failure import Abandoned
from peftlint.config import error_in
from peftlint.layout.named import OWN, Choice, Layout
from peftlint.layout.template import LayoutError
from peftlint.layoutchoice import UnknownLayoutError, choice_of, layout_of
from peftlint.normalizer import everywhere
from peftlint.printable import printable
from peftlint.settings import Settings


def _checked(name: str | None) -> str | None:
    if name is not None and not name.strip():
        # In a script, of a variable that is not set: the config's must not be taken for it.
        raise ValueError("a layout has a name; `peftlint layouts` lists them")
    return name


#: A name, or `None` where the config decides.
LAYOUT = Option(
    ("--layout",),
    "Write entries in this layout, not in the config's; `peftlint layouts` lists them.",
    metavar="NAME",
    read=_checked,
)


class Layouts:
    """The layouts of a run; what one writes is proved to read back when it is asked for first.

    Args:
        name: of the one that the command line names; `None` where each config decides.
    """

    def __init__(self, name: str | None = None) -> None:
        self._name = name
        self._known: dict[tuple[Path | None, str], Layout] = {}

    def choice(self, settings: Settings) -> Choice:
        """The layout of each section of a list.

        Args:
            settings: the list's.

        Raises:
            ConfigError: it is a layout of the config, and what it writes does not read back.
            Abandoned: there is no layout of the name on the command line.
        """
        found = self.chosen(settings)
        return everywhere(found) if isinstance(found, Layout) else found

    def chosen(self, settings: Settings) -> Layout | Choice:
        """The layout of a whole list, or the list's own ways.

        Args:
            settings: the list's.

        Raises:
            ConfigError: as for `choice`.
            Abandoned: as for `choice`.
        """
        name = self._name or settings.layout
        return choice_of(OWN) if name == OWN else self.layout(name, settings)

    def layout(self, name: str, settings: Settings) -> Layout:
        """The layout of a name; not that of `list`, which is another in each list.

        Args:
            name: of one that is built in or the config's.
            settings: those of a list or a folder.

        Raises:
            ConfigError: as for `choice`.
            Abandoned: as for `choice`.
        """
        key = (settings.source, name)
        if key not in self._known:
            self._known[key] = _layout(name, settings)
        return self._known[key]


def _layout(name: str, settings: Settings) -> Layout:
    try:
        return layout_of(name, settings.layouts)
    except UnknownLayoutError as error:
        raise Abandoned(f"--layout: {printable(str(error))}") from error
    except LayoutError as error:
        if settings.source is None:
            raise
        message = str(error).removeprefix(f"layout {name}: ")
        raise error_in(settings.source, message, "layouts", name) from error
