"""`peftlint layouts`: which layouts there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from peftlint.commands.command import takes
from peftlint.commands.config import ANY_LIST
from peftlint.commands.layout import Layouts
from peftlint.commands.options import CONFIG, SourceOptions, output_format
from peftlint.finder import Finder
from peftlint.layout.example import example
from peftlint.layout.named import OWN, layout_names
from peftlint.printable import printable
from peftlint.report.terminal import Terminal, write_text
from peftlint.settings import Settings


class Shown(NamedTuple):
    """A layout as it is shown.

    Attributes:
        name: its name.
        template: how it is written down; `None` for that of the list.
        example: an entry in it; `None` for that of the list.
        is_own: whether the config has it.
        is_chosen: whether lists are written in it here.
    """

    name: str
    template: str | None
    example: str | None
    is_own: bool
    is_chosen: bool


@takes(
    *CONFIG,
    output_format("Text, or an array of objects."),
)
def command(config: Path | None, isolated: bool, output_format: str) -> None:
    """List the layouts that `peftlint normalize --layout` takes: the name of each, its template,
    and an entry written in it. Those of this folder's config come last.

    Exit codes: 0 done, 2 misuse, or a config that cannot be used.
    """  # noqa: D205 - click shows the first paragraph as it is
    SourceOptions(paths=(".",), stdin_filename=None, config=config, isolated=isolated)
    settings = Finder(config, isolated=isolated).settings(Path(ANY_LIST))
    found = list(shown(settings))
    if output_format == "json":
        from peftlint.report import as_json

        write_text(as_json.encode([one._asdict() for one in found], indent=2) + "\n")
        return
    terminal = Terminal()
    terminal.write(_lines(found, terminal))


def shown(settings: Settings) -> Iterator[Shown]:
    """All layouts that there are under these settings.

    Raises:
        ConfigError: what one of the config's layouts writes does not read back.
    """
    layouts = Layouts()
    for name in layout_names(settings.layouts):
        is_chosen = name == settings.layout
        if name == OWN:
            yield Shown(name, None, None, is_own=False, is_chosen=is_chosen)
            continue
        layout = layouts.layout(name, settings)
        is_own = name in settings.layouts
        yield Shown(name, layout.template.source, example(layout), is_own, is_chosen)


def _lines(found: list[Shown], terminal: Terminal) -> Iterator[str]:
    for number, one in enumerate(found):
        if number:
            yield ""
        whose = " (of the config)" if one.is_own else ""
        chosen = ", chosen here" if one.is_chosen else ""
        yield f"{terminal.paint(one.name, 'bold')}{whose}{chosen}"
        if one.template is None or one.example is None:
            yield "  The layout that most entries of the list have, section by section."
            continue
        for line in one.template.split("\n"):
            yield f"  {terminal.paint(printable(line), 'dim')}".rstrip()
        yield ""
        for line in one.example.split("\n"):
            yield f"      {printable(line)}".rstrip()
