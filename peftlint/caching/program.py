"""What tells one version of the program from another: peftlint, the rules, and what they use."""

from __future__ import annotations

import marshal
import os
import sys

from peftlint.caching.suppress import suppress
from peftlint.digest import hash_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A file with the time of its last change and its size.
Mark = tuple[str, int, int]

_METADATA = (".dist-info", ".egg-info")
_ENTRY_POINTS = "entry_points.txt"
_GROUP = "peftlint.rules"
_PACKAGE = os.path.dirname(os.path.dirname(__file__))
#: A package of rules with more files than this is none.
_MOST_FILES = 2000


def marks_of_program(*, is_all_loaded: bool = False) -> list[Mark]:
    """The files of peftlint, of what brings rules, and of all other loaded modules.

    Of a stranger's package with rules that is all files, as a rule may read a table that lies
    beside it. Python's own files are left out, as they are known by its version; so is what is not
    loaded of the libraries that peftlint uses, which are known by theirs.

    Args:
        is_all_loaded: whether this process has loaded all modules of peftlint that the result
            comes from; where another did, all that there are count. They are half as many again,
            and to look at each takes 5 to 15 us.

    Raises:
        OSError: one of them is gone, or there are too many.
    """
    own = os.path.dirname(os.__file__)
    packages = os.path.join(own, "site-packages")
    paths = {
        path
        for module in list(sys.modules.values())
        if (path := getattr(module, "__file__", None))
        and (not path.startswith(own) or path.startswith(packages))
    }
    if not is_all_loaded:
        paths.update(_files_in(_PACKAGE))
    for folder in _rule_folders():
        paths.update(_files_in(folder))
    return [_mark(path) for path in sorted(paths)]


def _rule_folders() -> Iterator[str]:
    """The folders of the packages that bring rules, but for peftlint itself."""
    # Loaded here: a check that is said again asks for none of it.
    from peftlint.installed import entry_points

    for point in entry_points(_GROUP):
        # Its words of the trade may lie beside its rules rather than among them.
        top = point.module.partition(".")[0]
        for name in {point.module, top} - {"peftlint"}:
            yield from getattr(sys.modules.get(name), "__path__", ())


def _files_in(folder: str) -> Iterator[str]:
    left = _MOST_FILES
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as scan:
            for entry in scan:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                    continue
                left -= 1
                if left < 0:
                    raise OSError
                yield entry.path


def are_unchanged(marks: list[Mark]) -> bool:
    """Whether files are as they were."""
    try:
        return all(_mark(mark[0]) == mark for mark in marks)
    except OSError:
        return False


def hash_of_installed() -> bytes:
    """A hash of which distributions are installed, and which versions: they bring rules."""
    found: list[tuple[str, int, int]] = []
    for folder in sys.path:
        with suppress(OSError):
            for name in sorted(os.listdir(folder or os.curdir)):
                if name.endswith(_METADATA):
                    path = os.path.join(folder, name)
                    offers = 0
                    with suppress(OSError):
                        # What is installed anew elsewhere is written over here.
                        offers = os.stat(os.path.join(path, _ENTRY_POINTS)).st_mtime_ns
                    found.append((path, os.stat(path).st_mtime_ns, offers))
    return hash_of(marshal.dumps(found))


def hash_of_program() -> bytes | None:
    """A hash of all of `marks_of_program`, and of what is installed.

    The rules are loaded by then. `None` where that cannot be known.
    """
    return _hash_with_installed(marks_of_program)


def hash_of_reader() -> bytes | None:
    """A hash of all that decides how a list is read, whatever is loaded: no rules.

    `None` where that cannot be known.
    """
    return _hash_with_installed(lambda: [_mark(path) for path in sorted(_files_in(_PACKAGE))])


def _hash_with_installed(marks: Callable[[], list[Mark]]) -> bytes | None:
    try:
        found = marks()
    except OSError:
        return None
    return hash_of(marshal.dumps((sys.version, found)), hash_of_installed())


def _mark(path: str) -> Mark:
    status = os.stat(path)
    return path, status.st_mtime_ns, status.st_size
