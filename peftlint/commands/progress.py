"""A bar that shows how far long work is, on a terminal and only there."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from peftlint.commands.target import Target
from peftlint.report.terminal import Terminal, passing
from peftlint.watch import Watch

if TYPE_CHECKING:
    from threading import Event, RLock, Thread

#: What takes less than so many seconds shows no bar.
DELAY = 0.5
#: So many seconds pass between two looks at how far the work is.
INTERVAL = 0.1

_WIDEST_BAR = 30
_NARROWEST_BAR = 10
#: With less room than this, a file's name says nothing.
_LEAST_NAME = 8
#: It is never whole while there is work.
_MOST_PERCENT = 99

T = TypeVar("T")


@contextlib.contextmanager
def progress(verb: str, *, quiet: bool = False) -> Iterator[Progress]:
    """Show a bar while work goes on inside, if someone is there to see it.

    Nothing of it is left afterwards, whatever happens inside.

    Args:
        verb: what is done, `Checking`.
        quiet: show none.
    """
    terminal = Terminal("never", is_error=True)
    shown = Progress(verb, terminal, is_watched=not quiet and _is_watched(terminal))
    with passing(shown):
        try:
            yield shown
        finally:
            shown.end()


def _is_watched(terminal: Terminal) -> bool:
    """Whether a bar is seen by a person and by nothing else."""
    if os.environ.get("CI") or os.environ.get("TERM") == "dumb" or not terminal.is_terminal:
        return False
    try:
        mode = os.fstat(sys.stdout.fileno()).st_mode
    except (OSError, ValueError):
        return True
    # A pager behind a pipe has the same terminal, and all of it.
    return not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode))


class Progress:
    """How far the work on some files is.

    The work itself only stores numbers; a thread looks at them now and then, and draws.

    Args:
        verb: what is done, `Checking`.
        terminal: where the bar goes.
        is_watched: whether it is shown at all.

    Attributes:
        watch: is told how much of the present file is done; `None` where nobody sees it.
    """

    def __init__(self, verb: str, terminal: Terminal, *, is_watched: bool) -> None:
        self._verb = verb
        self._terminal = terminal
        self._is_watched = is_watched
        self._sizes: dict[str, int] = {}
        self._total = 0
        self._done = 0
        self._number = 0
        self._name = ""
        self._size = 0
        self._share = 0.0
        self._began = 0.0
        self._is_drawn = False
        self._thread: Thread | None = None
        self.watch: Watch | None = self._take if is_watched else None
        if is_watched:
            import threading

            self._lock: RLock = threading.RLock()
            self._is_over: Event = threading.Event()

    def expect(self, paths: Sequence[Path]) -> None:
        """Say which files there are to do; from now on time counts."""
        if not self._is_watched:
            return
        for path in paths:
            try:
                self._sizes[path.as_posix()] = path.stat().st_size
            except OSError:
                # It is told when it is its turn.
                continue
        self._total = sum(self._sizes.values())
        self._begin()

    def over(self, targets: Iterable[Target | T]) -> Iterator[Target | T]:
        """The same, one after the other, each being the work that goes on until the next."""
        if not self._is_watched:
            yield from targets
            return
        for target in targets:
            if not isinstance(target, Target):
                yield target
                continue
            with self.at(target.path, len(target.file.text)):
                yield target
                # Not to keep a text while the next one is read.
                del target

    @contextlib.contextmanager
    def at(self, path: str, size: int = 0) -> Iterator[None]:
        """One of the files is what the work goes on at inside.

        Args:
            path: as the user knows it, with `/`.
            size: how long it is, where that is not known by its path.
        """
        if not self._is_watched:
            yield
            return
        self._name, self._share = path, 0.0
        self._size = self._sizes.get(path, size)
        if not self._sizes:
            # Standard input, which has been read by now.
            self._total = self._size
            self._begin()
        self._number += 1
        yield
        self._done, self._share = self._done + self._size, 0.0
        self._size = 0

    @contextlib.contextmanager
    def aside(self, *, for_good: bool = False) -> Iterator[None]:
        """Take the bar away while something else is written.

        Args:
            for_good: never show it again: what is written may not end with a line's end.
        """
        if not self._is_watched:
            yield
            return
        with self._lock:
            was_drawn = self._is_drawn
            self._clear()
            if for_good:
                self._is_over.set()
            yield
            if was_drawn and not self._is_over.is_set():
                self._draw()

    def end(self) -> None:
        """Take the bar away for good."""
        if not self._is_watched:
            return
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()
        self._clear()

    def _take(self, share: float) -> None:
        self._share = share

    def _begin(self) -> None:
        if self._thread is not None:
            return
        import threading

        self._began = monotonic()
        # Nothing waits for it when the program is ended from outside.
        self._thread = threading.Thread(target=self._look, name="progress", daemon=True)
        self._thread.start()

    def _look(self) -> None:
        wait = DELAY
        while not self._is_over.wait(wait):
            wait = INTERVAL
            with self._lock:
                if not self._is_over.is_set():
                    self._draw()

    def _draw(self) -> None:
        line = self.line(self._terminal.columns)
        if not line and not self._is_drawn:
            return
        try:
            self._terminal.overwrite(line)
        except OSError:
            # The terminal has gone; the work goes on.
            self._is_over.set()
        self._is_drawn = bool(line)

    def _clear(self) -> None:
        if self._is_drawn:
            with contextlib.suppress(OSError):
                self._terminal.overwrite("")
        self._is_drawn = False

    def line(self, width: int) -> str:
        """The bar, safe to print, no longer than this; empty where there is no room for one.

        Args:
            width: in cells.
        """
        # Loaded here: most runs are over before there is a bar.
        from peftlint.report.excerpt import cut_before

        share = (self._done + self._size * self._share) / self._total if self._total else 0.0
        share = min(share, _MOST_PERCENT / 100)
        several = f" {self._number} of {len(self._sizes)}" if len(self._sizes) > 1 else ""
        start = f"{self._verb}{several}"
        end = f"{int(share * 100):2} %  {int(monotonic() - self._began)} s"
        room = width - len(start) - len(end) - len(" []  ")
        if room < _NARROWEST_BAR:
            return end if len(end) <= width else ""
        bar_width = min(_WIDEST_BAR, room)
        full = int(share * bar_width)
        line = f"{start} [{'=' * full}{'>'}{' ' * (bar_width - full - 1)}]  {end}"
        room = width - len(line) - len("  ")
        if room < _LEAST_NAME:
            return line
        name = self._terminal.shown(cut_before(self._name, room))
        # An ellipsis that the terminal's encoding has not is spelt out.
        return f"{line}  {name[-room:] if name.isascii() else name}".rstrip()
