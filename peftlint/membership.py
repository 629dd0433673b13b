"""Which files are one list together, as `lists` of a configuration says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from peftlint.discovery import IsExcluded, find
from peftlint.regex import regex
from peftlint.settings import Settings, patterns

_WILDCARD = regex(r"[*?\[\\]")


def group_of(path: Path, settings: Settings) -> tuple[str, ...]:
    """The patterns of the list that a file belongs to, the first of several; empty for none.

    Args:
        path: the file, which need not exist.
        settings: those of the file.
    """
    relative = settings.relative(path) if settings.lists else None
    if relative is None:
        return ()
    matching = (group for group in settings.lists if _patterns_match(group, relative))
    return next(matching, ())


def members(
    group: tuple[str, ...],
    root: Path,
    is_excluded: IsExcluded = lambda path, is_folder: False,
) -> Iterator[Path]:
    """The files of a list, each once, in the order of its patterns and sorted within one.

    None outside of `root` is among them, and none behind a symbolic link.

    Args:
        group: patterns relative to `root`: a name, a folder, or with `*`, `**` and `?`.
        root: a real path.
        is_excluded: asked for files and folders.
    """
    seen = set[Path]()
    for pattern in group:
        for path in _matching(pattern, root, is_excluded):
            if path not in seen:
                seen.add(path)
                yield path


def members_among(group: tuple[str, ...], names: Iterable[str]) -> Iterator[str]:
    """The files of a list among those that are named, each once, in the list's order.

    Args:
        group: as for `members`.
        names: paths from its root, with `/`.
    """
    rest = sorted(names, key=lambda name: name.split("/"))
    for pattern in group:
        found = [name for name in rest if _patterns_match((pattern,), name)]
        yield from found
        taken = set(found)
        rest = [name for name in rest if name not in taken]


def _matching(pattern: str, root: Path, is_excluded: IsExcluded) -> Iterator[Path]:
    parts = pattern.strip("/").split("/")
    plain = next((at for at, part in enumerate(parts) if _WILDCARD.search(part)), len(parts))
    start = root.joinpath(*parts[:plain])
    if Path(os.path.realpath(start)) != start:
        return  # a link, which may lead anywhere
    try:
        mode = start.lstat().st_mode
    except OSError:
        return
    if not stat.S_ISDIR(mode):
        if stat.S_ISREG(mode) and plain == len(parts) and not is_excluded(start, False):
            yield start
        return
    for path in find([start], is_excluded):
        if isinstance(path, Path) and _patterns_match(
            (pattern,), path.relative_to(root).as_posix()
        ):
            yield path


def _patterns_match(group: tuple[str, ...], relative: str) -> bool:
    """Whether one of a list's patterns matches; each is about the root and no folder below."""
    return any(patterns((f"/{pattern.strip('/')}",)).match(relative) for pattern in group)
