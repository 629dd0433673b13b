"""The reading of a long list that begins before the command line and the rules are loaded.

Other processes read the list from its end on meanwhile (`commands.ahead`): so they have something
to do from the start, and have what this process has loaded by then, and nothing else, in memory.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from peftlint.collector import resting
from peftlint.commands.ahead import Ahead
from peftlint.commands.readings import Readings
from peftlint.file import Content, TextFile
from peftlint.model import Document
from peftlint.reader import Steps, reading
from peftlint.watch import Watch


class HeadStart:
    """A list that this process has begun to read; to be used in a `with`.

    Args:
        path: of the list.
        content: what is in it.
        readings: what is known of it.

    Attributes:
        file: the list.
    """

    def __init__(self, path: str, content: Content, readings: Readings) -> None:
        self.file = TextFile(Path(path), *content)
        self._watch: Watch | None = None
        self._ahead: Ahead | None = None
        self._is_begun = False
        self._steps = self._reading(readings)

    def __enter__(self) -> HeadStart:
        """Begin to read, up to where other processes read along."""
        # Whoever asks for the list will meet the same error, and tell of it.
        with resting(), suppress(Exception):
            for _ in self._steps:
                if self._ahead is None or not self._ahead.is_shared:
                    break
                if self._ahead.is_begun:
                    self._is_begun = True
                    return self
        self._steps.close()
        return self

    def __exit__(self, *error: object) -> None:
        """Leave no other process behind."""
        self._steps.close()

    @property
    def is_begun(self) -> bool:
        """Whether other processes read along; else nothing is gained, and nothing is read here."""
        return self._is_begun

    def document(self, text: str, watch: Watch | None) -> Document | None:
        """The list, if it is what it was; it is told once.

        Args:
            text: what is in it.
            watch: is told how much is done.
        """
        if not self._is_begun or text != self.file.text:
            return None
        self._is_begun = False
        self._watch = watch
        with resting():
            while True:
                try:
                    next(self._steps)
                except StopIteration as end:
                    document: Document = end.value
                    return document

    def _reading(self, readings: Readings) -> Steps:
        path, text = os.path.normpath(self.file.path), self.file.text
        with readings.recollection(path, text) as recollection:
            if isinstance(recollection, Ahead):
                self._ahead = recollection
            return (yield from reading(text, self._told, recollection))

    def _told(self, share: float) -> None:
        """Tell how much is done, if anybody wants to know."""
        if self._watch is not None:
            self._watch(share)
