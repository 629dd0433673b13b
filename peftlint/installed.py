"""Which distributions are installed that offer rules, by their entry points.

`importlib.metadata` answers the same, but its import takes 16 ms (it brings `email`, `zipfile`
and `socket`), a quarter of what a hook's whole run may take. The format is small:
https://packaging.python.org/en/latest/specifications/entry-points/
A distribution inside a zip file is not looked into.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from peftlint.regex import regex
from peftlint.value import Value

_METADATA = (".dist-info", ".egg-info")
_FILE = "entry_points.txt"
_SEPARATORS = regex(r"[-_.]+")


class EntryPoint(Value):
    """A package that a distribution offers under a group.

    Attributes:
        name: what the distribution calls it.
        module: the package to import.
        distribution: the distribution's name.
    """

    name: str
    module: str
    distribution: str


def entry_points(group: str) -> Iterator[EntryPoint]:
    """The entry points of a group, of every distribution once, as Python would import it.

    Args:
        group: such as `peftlint.rules`.
    """
    seen: set[str] = set()
    for folder in sys.path:
        for entry in sorted(_metadata(folder or os.curdir)):
            distribution = os.path.basename(entry).partition("-")[0].removesuffix(".egg")
            key = _SEPARATORS.sub("-", distribution).lower()
            if key in seen:
                continue
            text = _read(os.path.join(entry, _FILE))
            if text is None:
                continue
            seen.add(key)
            if group in text:
                yield from _of_group(text, group, distribution.replace("_", "-"))


def _metadata(folder: str) -> Iterator[str]:
    """The folders below `folder` that describe a distribution."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        if name.endswith(_METADATA):
            yield os.path.join(folder, name)


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def _of_group(text: str, group: str, distribution: str) -> Iterator[EntryPoint]:
    current = ""
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("[") and bare.endswith("]"):
            current = bare[1:-1].strip()
        elif current == group and "=" in bare and not bare.startswith(("#", ";")):
            name, _, value = bare.partition("=")
            module = value.partition("[")[0].strip()
            yield EntryPoint(name.strip(), module, distribution)
