"""`peftlint cache`: the results that are kept from run to run."""

from __future__ import annotations

import time
from collections.abc import Iterator

from peftlint.caching.store import FOLDER_VARIABLE, Content, Store, default_folder
from peftlint.commands.command import Family, takes
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import CACHE_DIR
from peftlint.printable import printable
from peftlint.report.tally import counted
from peftlint.report.terminal import Terminal

_KILOBYTE = 1000
_UNITS = ("bytes", "kB", "MB", "GB")
_DAY = 24 * 3600


@takes(CACHE_DIR)
def info(*, cache_dir: str | None) -> None:
    """Tell where results are kept, how many, and how much room they take."""
    Terminal().write(_told(_store(cache_dir)))


@takes(CACHE_DIR)
def clean(*, cache_dir: str | None) -> None:
    """Let all results go.

    Whatever else is in the folder stays.
    """
    store = _store(cache_dir)
    gone = store.clean()
    where = printable(store.folder)
    size = _size(gone)
    Terminal().write([f"Let {counted(gone.results, 'result')} go ({size}) from {where}."])


command = Family(
    """Tell of the results that are kept from run to run, or let them go.

    `peftlint check` keeps what it found, and takes it where neither the list nor anything else that
    the findings come from has changed. No result is needed: each can be made again at any time.
    """,
    {"info": info, "clean": clean},
)


def _store(folder: str | None) -> Store:
    chosen = folder or default_folder()
    if not chosen:
        raise MisuseError(
            f"no folder for results is known here; name one with --cache-dir or {FOLDER_VARIABLE}."
        )
    return Store(chosen)


def _told(store: Store) -> Iterator[str]:
    content = store.content()
    yield f"folder:  {printable(store.folder)}"
    yield f"results: {content.results}"
    yield f"size:    {_size(content)}"
    if content.oldest is not None:
        days = max(int((time.time() - content.oldest) // _DAY), 0)
        yield f"oldest:  used {counted(days, 'day')} ago" if days else "oldest:  used today"


def _size(content: Content) -> str:
    size: float = content.size
    for unit in _UNITS:
        if size < _KILOBYTE or unit == _UNITS[-1]:
            break
        size /= _KILOBYTE
    return f"{size:.0f} {unit}" if unit == _UNITS[0] else f"{size:.1f} {unit}"
