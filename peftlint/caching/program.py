"""What tells one version of the program from another: peftlint, the rules, and what they use."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys

from peftlint.digest import hash_of

#: A file with the time of its last change and its size.
Mark = tuple[str, int, int]

_METADATA = (".dist-info", ".egg-info")


def marks_of_modules() -> list[Mark]:
    """The files of all modules that are loaded, but for Python's own, known by its version.

    Raises:
        OSError: one of them is gone.
    """
    own = os.path.dirname(os.__file__)
    packages = os.path.join(own, "site-packages")
    paths = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return [
        _mark(path)
        for path in paths
        if path and (not path.startswith(own) or path.startswith(packages))
    ]


def are_unchanged(marks: list[Mark]) -> bool:
    """Whether files are as they were."""
    try:
        return all(_mark(mark[0]) == mark for mark in marks)
    except OSError:
        return False


def hash_of_installed() -> bytes:
    """A hash of which distributions are installed, and which versions: they bring rules."""
    found: list[tuple[str, int]] = []
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in sorted(os.listdir(folder or os.curdir)):
                if name.endswith(_METADATA):
                    path = os.path.join(folder, name)
                    found.append((path, os.stat(path).st_mtime_ns))
    return hash_of(marshal.dumps(found))


def hash_of_program() -> bytes | None:
    """A hash of all of peftlint, loaded or not, and of the other modules that are loaded.

    The rules are loaded by then. `None` where that cannot be known.
    """
    package = os.path.dirname(os.path.dirname(__file__))
    try:
        marks = {mark for mark in marks_of_modules() if not mark[0].startswith(package)}
        folders = [package]
        while folders:
            with os.scandir(folders.pop()) as scan:
                for entry in scan:
                    if entry.name.endswith(".py"):
                        marks.add(_mark(entry.path))
                    elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
                        folders.append(entry.path)
    except OSError:
        return None
    return hash_of(marshal.dumps((sys.version, sorted(marks))), hash_of_installed())


def _mark(path: str) -> Mark:
    status = os.stat(path)
    return path, status.st_mtime_ns, status.st_size
