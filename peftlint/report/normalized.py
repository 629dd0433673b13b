"""What `peftlint normalize` changed, and what it left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint.normalizer import Left, NormalizeResult
from peftlint.printable import printable
from peftlint.regex import regex
from peftlint.report.tally import counted
from peftlint.report.terminal import Terminal

#: So many places are named of the entries that were left for one reason.
_MOST_PLACES = 3
#: In characters; a reason may quote a title, and a title may be a page long.
_LONGEST_REASON = 300
_LONGEST_TITLE = 60
#: What reasons of one kind have in common ends before what they quote.
_QUOTED = regex(r"['\[{\d]|nothing\b")


class NormalizeReport:
    """For each file how many entries were laid out, which were left, and why.

    Args:
        terminal: where it goes.
        tense: `Normalized`, or `Would normalize` where nothing is written.
        quiet: whether of entries that were left only the number is told.
        entries_only: whether what stands outside of entries is left alone.
        shows_left: whether each of these is told with its reason, and not some places of each.
    """

    def __init__(
        self,
        terminal: Terminal,
        tense: str,
        *,
        quiet: bool = False,
        entries_only: bool = False,
        shows_left: bool = False,
    ) -> None:
        self._terminal = terminal
        self._tense = tense
        self._quiet = quiet
        self._others = "by fixes alone" if entries_only else "but what stands between them"
        self._shows_left = shows_left
        self._files = 0
        self._changed = 0
        self._laid = 0
        self._left = 0
        self._refused = 0

    def file(self, path: str, result: NormalizeResult, *, changes: bool) -> None:
        """Tell of one file.

        Args:
            path: as the user knows it.
            result: what was done.
            changes: whether its text is another now.
        """
        self._files += 1
        self._changed += changes
        self._laid += result.laid if changes else 0
        self._left += len(result.left)
        self._refused += result.refused is not None
        self._terminal.write(self._file(printable(path), result, changes=changes))

    def close(self, failures: int) -> None:
        """Write the summary.

        Args:
            failures: how many files could not be done.
        """
        self._terminal.write([self._terminal.paint(self._summary(failures), "bold")])

    def _file(self, path: str, result: NormalizeResult, *, changes: bool) -> Iterator[str]:
        paint = self._terminal.paint
        shown = paint(path, "bold")
        if result.refused is not None:
            reason = _cut(printable(result.refused), _LONGEST_REASON) or "it would lose something"
            yield f"{paint('Refused', 'red')} {shown}: {reason}; the file stays as it is"
            return
        if changes:
            what = counted(result.laid, "entry", "entries") if result.laid else "no entry"
            already = f"; {result.like} were so already" if result.laid and result.like else ""
            rest = "" if result.laid else f", {self._others}"
            yield f"{paint(self._tense, 'green')} {shown}: {what}{rest}{already}"
        if result.unformatted is not None:
            reason = _cut(printable(result.unformatted), _LONGEST_REASON)
            yield f"{paint('Left', 'yellow')} {shown}: all but its entries as it is; {reason}"
        if result.labelled and changes and not self._quiet:
            yield self._labelled(path, result.labelled)
        if not result.left:
            return
        if self._shows_left and not self._quiet:
            yield from (self._one(path, left) for left in result.left)
            return
        colon = "" if self._quiet else ":"
        yield (
            f"{paint('Left', 'yellow')} {shown}: {counted(len(result.left), 'entry', 'entries')} "
            f"as {'it is' if len(result.left) == 1 else 'they are'}{colon}"
        )
        if not self._quiet:
            yield from self._by_reason(path, result.left)

    def _labelled(self, path: str, lines: Sequence[int]) -> str:
        return (
            f"{self._terminal.paint('Note', 'cyan')} {self._terminal.paint(path, 'bold')}: "
            f"{counted(len(lines), 'title')} could open the link to the paper, but its label would "
            f"be lost; --allow-loss labels lets it go ({path}:{_places(lines)})"
        )

    def _one(self, path: str, left: Left) -> str:
        title = _cut(printable(left.title), _LONGEST_TITLE)
        reason = _cut(printable(left.reason), _LONGEST_REASON)
        return f"{path}:{left.line}: {self._terminal.paint('left', 'yellow')} '{title}': {reason}"

    def _by_reason(self, path: str, entries: Sequence[Left]) -> Iterator[str]:
        groups: dict[str, list[Left]] = {}
        for left in entries:
            groups.setdefault(_kind(left.reason), []).append(left)
        width = max(len(str(len(group))) for group in groups.values())
        for kind, group in sorted(groups.items(), key=lambda item: -len(item[1])):
            reasons = {left.reason for left in group}
            reason = _cut(printable(kind if len(reasons) > 1 else reasons.pop()), _LONGEST_REASON)
            places = _places([left.line for left in group])
            yield f"  {len(group):{width}}  {reason} ({path}:{places})"

    def _summary(self, failures: int) -> str:
        if not self._files and not failures:
            return "No Markdown files to normalize."
        parts = []
        if self._changed:
            entries = f"{counted(self._laid, 'entry', 'entries')} in " if self._laid else ""
            parts.append(f"{self._tense} {entries}{counted(self._changed, 'file')}")
        elif self._files > self._refused:
            # What was refused was to be changed.
            parts.append(f"Nothing to normalize in {counted(self._files - self._refused, 'file')}")
        if self._left:
            hint = "" if self._shows_left else " (--show-left tells each of them)"
            parts.append(f"{counted(self._left, 'entry', 'entries')} left as before{hint}")
        if self._refused:
            parts.append(f"{counted(self._refused, 'file')} refused")
        if failures:
            parts.append(f"{counted(failures, 'file')} could not be done")
        return f"{'; '.join(parts)}."


def _kind(reason: str) -> str:
    """What reasons of one kind have in common: all before what they quote, or behind it."""
    quoted = _QUOTED.search(reason)
    if quoted is None:
        return reason
    if quoted.start():
        return f"{reason[: quoted.start()]}..."
    # It begins with what it quotes: what they have in common follows that.
    return "..." + reason.rpartition("'")[2]


def _places(lines: Sequence[int]) -> str:
    """Some lines, and how many there are more."""
    more = len(lines) - _MOST_PLACES
    shown = ", ".join(map(str, lines[:_MOST_PLACES]))
    return f"{shown} and {more} more" if more > 0 else shown


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
