"""Lists that stand in several files: all files of one are read, whichever of them are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from peftlint import file
from peftlint.diagnostic import Diagnostic
from peftlint.discovery import IsExcluded, real_path
from peftlint.file import FileError
from peftlint.linter import ListFile, lint_together
from peftlint.membership import group_of, members
from peftlint.model import Document
from peftlint.reader import read
from peftlint.rule import Rule
from peftlint.settings import ConfigError, Settings

#: The rules to run on a file, and their options.
Choose = Callable[[Path], tuple[tuple[Rule, ...], Mapping[str, object]]]


class Checked(NamedTuple):
    """A file that was read, and its findings."""

    document: Document
    diagnostics: list[Diagnostic]


class FileGroup:
    """The files that are one list together.

    Args:
        root: the folder that the patterns are about.
        patterns: what says which files they are.
        places: their real paths, in order.
        asked_for: the files whose findings are wanted: real paths to paths as the user has them.
        choose: the rules to run on a file, and their options.

    Attributes:
        root, patterns, places, choose: the same.
    """

    def __init__(
        self,
        root: Path,
        patterns: tuple[str, ...],
        places: list[Path],
        asked_for: Mapping[Path, Path],
        choose: Choose,
    ) -> None:
        self.root = root
        self.patterns = patterns
        self.places = places
        self.choose = choose
        self._asked_for = asked_for
        self._checked: dict[Path, Checked] | None = None
        self._errors: list[FileError | ConfigError] = []

    def check(self, path: Path, texts: Mapping[Path, str]) -> Checked:
        """One of the files with its findings; all of them are checked at the first call.

        Args:
            path: the file, one that is asked for.
            texts: what files hold that are not to be read again, by real path.

        Raises:
            RuleError: a rule failed.
        """
        if self._checked is None:
            self._checked = dict(self._check(texts))
        return self._checked[real_path(path)]

    @property
    def checked(self) -> Mapping[Path, Checked]:
        """The files whose findings are wanted, by real path; empty before the first `check`."""
        return self._checked or {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that ran on any of these files."""
        chosen = (self.choose(self._asked_for[place])[0] for place in self.checked)
        return tuple({rule.code: rule for rules in chosen for rule in rules}.values())

    def take_errors(self) -> list[FileError | ConfigError]:
        """What kept files from being compared, once, but for those that are asked for.

        Of these it is told when it is their turn.
        """
        errors, self._errors = self._errors, []
        return errors

    def _check(self, texts: Mapping[Path, str]) -> Iterator[tuple[Path, Checked]]:
        files: dict[Path, ListFile] = {}
        for place in self.places:
            path = self._asked_for.get(place) or shown(place)
            try:
                text = texts[place] if place in texts else file.read(path).text
                rules, options = self.choose(path)
            except (FileError, ConfigError) as error:
                if place not in self._asked_for:
                    self._errors.append(error)
                continue
            document = read(text)
            document.path = path.as_posix()
            files[place] = ListFile(document, rules, options, place in self._asked_for)
        for place, diagnostics in zip(files, lint_together(list(files.values())), strict=True):
            if files[place].is_asked_for:
                yield place, Checked(files[place].document, diagnostics)


class FileGroups:
    """All groups of files of a run.

    Args:
        asked_for: the files whose findings are wanted, as the user has them.
        choose: the rules to run on a file, and their options.
        is_excluded: asked for files and folders.
    """

    def __init__(self, asked_for: list[Path], choose: Choose, is_excluded: IsExcluded) -> None:
        self._asked_for = {real_path(path): path for path in asked_for}
        self._choose = choose
        self._is_excluded = is_excluded
        self._known: dict[tuple[Path, tuple[str, ...]], FileGroup] = {}

    def of(self, path: Path, settings: Settings) -> FileGroup | None:
        """The group of a file that is asked for, or `None` where it is a list by itself."""
        patterns = group_of(path, settings)
        if not patterns or settings.root is None:
            return None
        key = (settings.root, patterns)
        if key not in self._known:
            places = dict.fromkeys(members(patterns, settings.root, self._is_excluded))
            # Standard input may stand for a file that is not there yet.
            places.setdefault(real_path(path))
            self._known[key] = FileGroup(
                settings.root, patterns, list(places), self._asked_for, self._choose
            )
        return self._known[key]


def shown(place: Path) -> Path:
    """A real path as a user may have named it: from the current folder, if it is below that."""
    here = Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place
