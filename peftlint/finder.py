"""Where the configuration of a file stands.

A file's settings are in the nearest folder upward that has a `.peftlint.toml`, a `peftlint.toml`
or a `pyproject.toml` with a table `[tool.peftlint]`; in one folder the first of these counts.
The search ends at the repository's root, the folder that holds `.git`.
Where there is no repository it ends at the current folder for what is below it, and else at the
file's own folder, so that nothing is taken from folders that have nothing to do with the list.

Reading a configuration is another module's work, `config`, which is imported where there is one.
"""

from __future__ import annotations

from pathlib import Path

from peftlint import basis
from peftlint.discovery import real_path, repository_root
from peftlint.settings import Settings

#: Where configuration may be, the first that is there wins.
FILE_NAMES = (".peftlint.toml", "peftlint.toml", "pyproject.toml")


class Finder:
    """Finds the settings of each file, and reads no configuration twice.

    Args:
        config: a file to take instead of those beside the lists; its patterns are about the
            current folder.
        isolated: take no configuration at all.

    Raises:
        ConfigError: `config` cannot be used.
    """

    def __init__(self, config: Path | None = None, *, isolated: bool = False) -> None:
        self._working = Path.cwd()
        self._fixed: Settings | None = None
        if isolated:
            self._fixed = Settings()
        elif config is not None:
            # Loaded here: most lists have no configuration.
            from peftlint.config import load

            self._fixed = load(config, root=self._working)
        self._by_folder: dict[Path, Settings] = {}

    def settings(self, path: Path) -> Settings:
        """The settings of a file.

        Args:
            path: the file, which need not exist.

        Raises:
            ConfigError: the configuration that is nearest to it cannot be used.
        """
        if self._fixed is not None:
            return self._fixed
        return self._in_folder(real_path(path).parent)

    def is_excluded(self, path: Path, is_folder: bool = False) -> bool:
        """Whether the configuration leaves out a path, or a folder above it.

        What is inside a folder that is left out stays so, also where that folder has a
        configuration of its own.

        Args:
            path: a file or a folder, which need not exist.
            is_folder: whether it is one.

        Raises:
            ConfigError: a configuration that has a say in it cannot be used.
        """
        while True:
            settings = self.settings(path)
            if settings.excludes(path, is_folder):
                return True
            root = settings.root
            if root is None or self._fixed is not None or root == self._end_of_search(root):
                return False
            path, is_folder = root, True

    def _in_folder(self, folder: Path) -> Settings:
        passed: list[Path] = []
        settings = Settings()
        end = self._end_of_search(folder)
        for candidate in (folder, *folder.parents):
            known = self._by_folder.get(candidate) or _settings_in(candidate)
            passed.append(candidate)
            if known is not None:
                settings = known
                break
            if candidate == end:
                break
        self._by_folder.update(dict.fromkeys(passed, settings))
        return settings

    def _end_of_search(self, folder: Path) -> Path:
        root = repository_root(folder)
        if root is not None:
            return root
        return self._working if folder.is_relative_to(self._working) else folder


def _settings_in(folder: Path) -> Settings | None:
    for name in FILE_NAMES:
        source = folder / name
        if not basis.is_there(source):
            continue
        # Loaded here: most lists have no configuration.
        from peftlint.config import load_if_any

        settings = load_if_any(source)
        if settings is not None:
            return settings
    return None
