"""`--since REV`: only what changed since a revision of the lists' repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from peftlint import comparison, file
from peftlint.commands.failure import Abandoned
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import SourceOptions
from peftlint.commands.target import Target
from peftlint.commands.together import shown
from peftlint.comparison import Now, Past, Pool
from peftlint.diagnostic import Diagnostic
from peftlint.file import FileError
from peftlint.finder import Finder
from peftlint.git import GitError
from peftlint.history import History, Revision, RevisionError, Snapshot
from peftlint.linter import ListFile, lint, lint_together
from peftlint.membership import members_among
from peftlint.model import Document, Entry
from peftlint.reader import read
from peftlint.settings import ConfigError

if TYPE_CHECKING:
    from peftlint.commands.together import FileGroup


class Since:
    """Leaves out what was there already at a revision.

    Args:
        revision: as it was given.
        sources: which files, and which config.

    Attributes:
        shown: the revision, as it can be printed.
        changed: how many entries are new or say something else, of the lists that it has seen.

    Raises:
        MisuseError: it names no revision, or standard input is no file.
    """

    def __init__(self, revision: str, sources: SourceOptions) -> None:
        try:
            self._history = History(named := Revision(revision))
        except RevisionError as error:
            raise MisuseError(f"--since: {error}") from error
        if sources.is_stdin and sources.stdin_filename is None:
            raise MisuseError(
                "--since compares files with their history: with '-', --stdin-filename says which "
                "file standard input is."
            )
        self.shown = named.shown
        self.changed = 0
        self._finder = Finder(sources.config, isolated=sources.isolated)
        self._pasts: dict[tuple[Path, str], Past] = {}
        self._pools: dict[Path, Pool] = {}
        self._groups: dict[int, _ComparedGroup] = {}

    def is_about(self, target: Target) -> bool:
        """Whether findings may be left out: of any list."""
        return True

    def kept(
        self, target: Target, document: Document, diagnostics: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """The findings that are new since the revision.

        Raises:
            Abandoned: the revision is not there.
            FileError: the list cannot be compared.
        """
        place = Path(os.path.realpath(target.path))
        snapshot = self._snapshot(place)
        if target.group is not None:
            return self._kept_of_group(snapshot, target, target.group, document)
        pool = self._pool_of(snapshot, target, {snapshot.name(place): document})
        now = self._compared(snapshot, place, target, Now(document, diagnostics, None, {}), pool)
        return [] if now is None else comparison.fresh([now], target.rules, pool)[0]

    def new_entries(self, target: Target, document: Document) -> list[Entry]:
        """The entries of a list that are new or say something else since the revision.

        Args:
            target: the list; without rules, as nothing is judged.
            document: the same, read.

        Raises:
            Abandoned: the revision is not there.
            FileError: the list cannot be compared.
        """
        place = Path(os.path.realpath(target.path))
        snapshot = self._snapshot(place)
        pool = self._pool_of(snapshot, target, {snapshot.name(place): document})
        now = self._compared(snapshot, place, target, Now(document, (), None, {}), pool)
        if now is None:
            return []
        entries = enumerate(document.entries)
        return [entry for number, entry in entries if number not in now.pairs]

    def _snapshot(self, place: Path) -> Snapshot:
        try:
            return self._history.of(place)
        except GitError as error:
            # It is the same for all other lists, too.
            raise Abandoned(str(error)) from error

    def _paired(self, now: Now, pool: Callable[[], Pool]) -> Now:
        pairs = comparison.pair(now.document, now.past, pool)
        self.changed += len(now.document.entries) - len(pairs)
        return now._replace(pairs=pairs)

    # A list by itself

    def _compared(
        self,
        snapshot: Snapshot,
        place: Path,
        target: Target,
        now: Now,
        pool: Callable[[], Pool],
    ) -> Now | None:
        """A list with what it was; `None` where nothing changed in it."""
        name = snapshot.name(place)
        if snapshot.has_text(name, now.document.text):
            return None
        past = self._past(snapshot, name, target) if snapshot.has(name) else None
        return self._paired(now._replace(past=past), pool)

    def _past(self, snapshot: Snapshot, name: str, target: Target) -> Past:
        """A list as it was, judged by the rules of today's."""
        key = (snapshot.root, name)
        if key not in self._pasts:
            document = read(snapshot.text(name))
            self._pasts[key] = Past(document, _finder_in(document, target))
        return self._pasts[key]

    def _pool_of(
        self, snapshot: Snapshot, target: Target, known: dict[str, Document]
    ) -> Callable[[], Pool]:
        """What is gone from the lists of a repository; looked for when it is first needed."""

        def pool() -> Pool:
            if snapshot.root not in self._pools:
                self._pools[snapshot.root] = Pool(self._left(snapshot, target, known))
            return self._pools[snapshot.root]

        return pool

    def _left(
        self, snapshot: Snapshot, target: Target, known: dict[str, Document]
    ) -> Iterator[tuple[Past, Document | None]]:
        """The lists of a repository that changed or are gone."""
        for name, data in snapshot.changed(self._is_excluded):
            past = self._past(snapshot, name, target)
            document = known.get(name)
            if document is None and data is not None:
                try:
                    document = read(file.decode(data, snapshot.root / name).text)
                except FileError:
                    # It is told of if it is asked for.
                    continue
            yield past, document

    def _is_excluded(self, path: Path, is_folder: bool) -> bool:
        try:
            return self._finder.is_excluded(path, is_folder)
        except ConfigError:
            # Told for the first list that it is about.
            return False

    # Lists that stand in several files

    def _kept_of_group(
        self, snapshot: Snapshot, target: Target, group: FileGroup, document: Document
    ) -> list[Diagnostic]:
        """What is new in a file of a list in several, all of which are compared together."""
        if id(group) not in self._groups:
            self._groups[id(group)] = self._compared_group(snapshot, target, group)
        return self._groups[id(group)].kept[id(document)]

    def _compared_group(
        self, snapshot: Snapshot, target: Target, group: FileGroup
    ) -> _ComparedGroup:
        before = self._members(snapshot, group)
        if self._is_as_it_was(snapshot, group, before):
            return _ComparedGroup(group, {id(one.document): [] for one in group.checked.values()})
        pasts = self._pasts_of_group(snapshot, group, before)
        checked = {snapshot.name(place): one for place, one in group.checked.items()}
        pool = self._pool_of(
            snapshot, target, {name: one.document for name, one in checked.items()}
        )
        lists = [
            self._paired(Now(one.document, one.diagnostics, pasts.get(name), {}), pool)
            for name, one in checked.items()
        ]
        kept = comparison.fresh(lists, group.rules, pool)
        return _ComparedGroup(
            group, {id(now.document): found for now, found in zip(lists, kept, strict=True)}
        )

    def _members(self, snapshot: Snapshot, group: FileGroup) -> dict[str, Path]:
        """The files that were in a list, in its order: their names, and where they lay."""
        places = {
            place.relative_to(group.root).as_posix(): (name, place)
            for name in snapshot.names()
            if (place := snapshot.root / name).is_relative_to(group.root)
        }
        found = [places[relative] for relative in members_among(group.patterns, places)]
        return {name: place for name, place in found if not self._is_excluded(place, False)}

    @staticmethod
    def _is_as_it_was(snapshot: Snapshot, group: FileGroup, before: dict[str, Path]) -> bool:
        if {snapshot.name(place) for place in group.places} != set(before):
            return False
        try:
            return all(
                snapshot.has_text(
                    name,
                    group.checked[place].document.text
                    if place in group.checked
                    else file.read(place).text,
                )
                for name, place in before.items()
            )
        except FileError:
            # It is told of by the group.
            return False

    def _pasts_of_group(
        self, snapshot: Snapshot, group: FileGroup, before: dict[str, Path]
    ) -> dict[str, Past]:
        """The files of a list as they were, judged together."""
        is_one_new = any(place not in before.values() for place in group.checked)
        files: dict[str, ListFile] = {}
        for name, place in before.items():
            try:
                rules, options = group.choose(shown(place))
            except ConfigError:
                continue
            document = read(snapshot.text(name))
            document.path = shown(place).as_posix()
            # What is gone may be what is new under another name.
            is_asked_for = place in group.checked or (is_one_new and place not in group.places)
            files[name] = ListFile(document, rules, options, is_asked_for)
        found: dict[str, list[Diagnostic]] = {}

        def find(name: str, codes: Collection[str]) -> Iterable[Diagnostic]:
            if not found:
                found.update(zip(files, lint_together(list(files.values())), strict=True))
            return [diagnostic for diagnostic in found[name] if diagnostic.code in codes]

        for name, one in files.items():
            past = Past(one.document, partial(find, name))
            self._pasts[snapshot.root, name] = past
        return {name: self._pasts[snapshot.root, name] for name in files}


class _ComparedGroup(NamedTuple):
    """What is new in the files of a list.

    Attributes:
        group: the list; kept, so that no other one gets its `id`.
        kept: the findings of each file, by the `id` of its document.
    """

    group: FileGroup
    kept: dict[int, list[Diagnostic]]


def _finder_in(document: Document, target: Target) -> comparison.Find:
    """Finds in a list as it was what today's rules find."""
    judges = {rule.code for rule in target.rules if rule.suppression_checker}

    def find(codes: Collection[str]) -> Iterable[Diagnostic]:
        # What rules find that find nothing today does not matter; but those about suppressions
        # have to know what all others find.
        rules = [
            rule for rule in target.rules if rule.code in codes or not judges.isdisjoint(codes)
        ]
        found = lint(document, rules, target.options)
        return [diagnostic for diagnostic in found if diagnostic.code in codes]

    return find
