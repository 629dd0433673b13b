"""Which files to look at: those named, and the Markdown files below the folders named.

Folders are walked by the rules of https://git-scm.com/docs/gitignore: the `.gitignore` of each
folder holds for what is below it, deeper ones override, a repository inside a folder starts anew,
and `.git/info/exclude` comes first.
What is in `LEFT_OUT`, and any Python environment (a folder that holds `pyvenv.cfg`), is not walked
even where no `.gitignore` names it, for the lists in it are others' or nobody's.
A user's own `core.excludesFile` does not count: the same list gives the same findings everywhere.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from peftlint import basis, file
from peftlint.file import FileError
from peftlint.value import NamedTuple

if TYPE_CHECKING:
    from peftlint.pattern import Patterns

#: How a Markdown file's name ends, in any case.
#: Source: the extensions of "Markdown" in github-linguist's languages.yml, without those that
#: stand for a dialect or a generator.
EXTENSIONS = (".md", ".markdown", ".mdown", ".mkd", ".mdwn", ".mkdn")

#: Folders of version control, of installed dependencies and of tools' caches.
LEFT_OUT = frozenset(
    {
        ".eggs",
        ".git",
        ".hg",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pypackages__",
        "node_modules",
        "site-packages",
        "venv",
    }
)

#: What a Python environment holds at its top.
#: Source: https://docs.python.org/3/library/venv.html.
_ENVIRONMENT_FILE = "pyvenv.cfg"

#: The most bytes of a file of patterns.
LARGEST_IGNORE_FILE = 1_000_000

#: Whether the configuration leaves a path out; the second argument is whether it is a folder.
IsExcluded = Callable[[Path, bool], bool]


class _Layer(NamedTuple):
    """Patterns, and the folder (its real path, with a `/` at its end) that they are about."""

    folder: str
    patterns: Patterns


_Layers = tuple[_Layer, ...]


class _Step(NamedTuple):
    """A path that the walk still has to visit: as it is shown, and as the system knows it."""

    path: Path
    real: str
    is_folder: bool
    layers: _Layers


def find(
    paths: Sequence[Path], is_excluded: IsExcluded = lambda path, is_folder: False
) -> Iterator[Path | FileError]:
    """The files to look at, each once, in the order of `paths` and sorted within a folder.

    A file that is named is taken whatever its extension and whatever `.gitignore` says.
    A folder that is named is walked even if a `.gitignore` above or `LEFT_OUT` leaves it out.
    A walk takes no symbolic link: a linked file has its own name where it lies, and a linked
    folder may lead out of the repository or in a circle.

    Args:
        paths: files and folders as the user named them; what is found is named alike.
        is_excluded: asked for files and folders, named or found.

    Yields:
        A file, or the error of a path that cannot be looked at.
    """
    seen: set[str] = set()
    for path in paths:
        try:
            is_folder = basis.is_folder(path)
        except OSError as error:
            yield FileError.from_os(path, error)
            continue
        if is_excluded(path, is_folder):
            continue
        if is_folder:
            yield from _walk(path, is_excluded, seen)
            continue
        place = real_path(path).as_posix()
        if place not in seen:
            seen.add(place)
            yield path


def real_path(path: Path) -> Path:
    """Where a path lies: its folders' symbolic links followed, but its own not."""
    if path.name in ("", ".."):
        return Path(basis.without_links(path))
    return Path(basis.without_links(path.parent), path.name)


def repository_root(folder: Path) -> Path | None:
    """The nearest folder, from `folder` upward, that holds `.git` (in a worktree that is a file).

    Args:
        folder: its real path.
    """
    for candidate in (folder, *folder.parents):
        if basis.is_there(candidate / ".git"):
            return candidate
    return None


def _walk(start: Path, is_excluded: IsExcluded, seen: set[str]) -> Iterator[Path | FileError]:
    real = Path(basis.without_links(start))
    layers, errors = _layers_above(real)
    yield from errors
    steps = [_Step(start, real.as_posix(), True, layers)]
    while steps:
        path, place, is_folder, layers = steps.pop()
        if place in seen:
            continue
        seen.add(place)
        if not is_folder:
            yield path
            continue
        try:
            entries = _entries(path)
        except OSError as error:
            yield FileError.from_os(path, error)
            continue
        names = {name for name, _ in entries}
        if _ENVIRONMENT_FILE in names and path != start:
            # It may still be named later.
            seen.discard(place)
            continue
        layers, errors = _layers_below(layers, path, place, names)
        yield from errors
        for name, kind in entries:
            if kind == "other" or (kind == "folder" and name in LEFT_OUT):
                continue
            inner = path / name
            inner_place = f"{place.rstrip('/')}/{name}"
            below = kind == "folder"
            if not _is_ignored(inner_place, below, layers) and not is_excluded(inner, below):
                steps.append(_Step(inner, inner_place, below, layers))


def _entries(folder: Path) -> list[tuple[str, Literal["folder", "list", "other"]]]:
    """What is in a folder, last name first, as a stack needs it."""
    entries: list[tuple[str, Literal["folder", "list", "other"]]] = []
    for name, kind in basis.entries_of(folder):
        if kind == "folder":
            entries.append((name, "folder"))
        else:
            is_list = kind == "file" and _is_markdown(name)
            entries.append((name, "list" if is_list else "other"))
    entries.sort(reverse=True)
    return entries


def _is_markdown(name: str) -> bool:
    return name.lower().endswith(EXTENSIONS)


def _is_ignored(place: str, is_folder: bool, layers: _Layers) -> bool:
    for folder, patterns in reversed(layers):
        verdict = patterns.verdict(place.removeprefix(folder), is_folder)
        if verdict is not None:
            return verdict
    return False


def _layers_above(start: Path) -> tuple[_Layers, list[FileError]]:
    """The patterns that hold for `start`, from its repository's root down to its parent."""
    layers: _Layers = ()
    errors: list[FileError] = []
    root = repository_root(start)
    if root is None:
        return layers, errors
    for folder in [folder for folder in reversed(start.parents) if folder.is_relative_to(root)]:
        names = {name for name in (".git", ".gitignore") if basis.is_there(folder / name)}
        layers, new_errors = _layers_below(layers, folder, folder.as_posix(), names)
        errors += new_errors
    way = [folder for folder in (*reversed(start.parents), start) if folder != root]
    if any(_is_ignored(folder.as_posix(), True, layers) for folder in way):
        # The user asks for it all the same, and patterns that leave it out leave out all of it.
        return (), errors
    return layers, errors


def _layers_below(
    layers: _Layers, folder: Path, place: str, names: set[str]
) -> tuple[_Layers, list[FileError]]:
    """`layers` with what `folder` brings, and the errors of files that cannot be read."""
    errors: list[FileError] = []
    sources: list[Path] = []
    if ".git" in names:
        # A repository inside another knows nothing of the outer one's patterns.
        layers = ()
        sources.append(folder / ".git" / "info" / "exclude")
    if ".gitignore" in names:
        sources.append(folder / ".gitignore")
    for source in sources:
        try:
            patterns = _patterns_of(source)
        except FileError as error:
            errors.append(error)
            continue
        if patterns is not None:
            layers = (*layers, _Layer(f"{place.rstrip('/')}/", patterns))
    return layers, errors


def _patterns_of(path: Path) -> Patterns | None:
    """The patterns of a file, or `None` where it is no regular file: git follows no link here."""
    basis.kind_of(path)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise FileError.from_os(path, error) from error
    # To git a pattern is bytes, as a name is; Python's names keep odd bytes the same way.
    text = file.read_bytes(path, LARGEST_IGNORE_FILE).decode(errors="surrogateescape")
    # Loaded here, with pathspec behind it: only a repository that ignores something needs it.
    from peftlint.pattern import Patterns

    return Patterns.of_gitignore(text.removeprefix("\ufeff"))
