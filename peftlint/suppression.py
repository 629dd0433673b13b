"""HTML comments in a list that silence rules, as in `<!-- peftlint-disable-line PL201 -->`.

- `peftlint-disable NAME...`: from here to `peftlint-enable [NAME...]` or the end of the file;
- `peftlint-disable-line NAME...`: the line that it stands in;
- `peftlint-disable-next-line NAME...`: the line after it;
- `peftlint-disable-entry NAME...`: the entry that it stands in or just before;
- `peftlint-disable-file NAME...`: the whole file.

A NAME is a rule's name, its code, the beginning of codes (`PL2`) or `ALL`, in any case, parted by
blanks or commas; without one, every rule is meant. What follows ` -- ` is the reason.
A finding is where it begins. A name that no rule has silences nothing.
Findings about suppressions themselves are silenced only where their rule is named: else one
that means every rule would silence what is said about itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from peftlint.diagnostic import Diagnostic
from peftlint.model import Comment, Document, Entry
from peftlint.source import Span
from peftlint.value import Value

Scope = Literal["range", "line", "next-line", "entry", "file"]

PREFIX = "peftlint-"

_ENABLE = "peftlint-enable"
_SCOPES: dict[str, Scope] = {
    "peftlint-disable": "range",
    "peftlint-disable-line": "line",
    "peftlint-disable-next-line": "next-line",
    "peftlint-disable-entry": "entry",
    "peftlint-disable-file": "file",
}
#: The first words of comments that speak to peftlint.
VERBS = (*_SCOPES, _ENABLE)

#: Means every rule, as no name does.
EVERY_RULE = "all"


class Suppression(Value):
    """One comment that silences rules.

    Attributes:
        scope: what it silences them for.
        names: the rules as written; empty for every rule.
        span: the comment.
        area: where findings are silenced that begin there; for a range up to the end of the
            text, whatever ends it before; `None` for an entry.
        entry_line: the first line of the entry, where there is one.
    """

    scope: Scope
    names: tuple[str, ...]
    span: Span
    area: Span | None
    entry_line: int | None = None


class Directive(NamedTuple):
    """A comment that speaks to peftlint.

    Attributes:
        verb: its first word.
        names: the rules as written; empty for every rule.
        keys: the same as they are compared.
        comment: the comment itself.
        suppression: `None` for one that ends ranges.
    """

    verb: str
    names: tuple[str, ...]
    keys: frozenset[str]
    comment: Comment
    suppression: Suppression | None

    @property
    def start(self) -> int:
        """Where the comment begins, and a range ends."""
        return self.comment.span.start


class _Coverage(Value):
    """What is silenced of one rule.

    `areas` are sorted by where they start; `reach` holds, for each, the one of the areas up to
    it that ends last, so that one look-up answers for areas that overlap.
    """

    starts: list[int]
    reach: list[tuple[int, Suppression]]
    entries: dict[int, Suppression]


class Suppressions:
    """All suppressions of one document.

    Args:
        document: its comments, entries and lines are read.

    Attributes:
        directives: the comments that speak to peftlint, in order.
        comments: the suppressions, in order.
    """

    __slots__ = ("_coverages", "comments", "directives")

    def __init__(self, document: Document) -> None:
        self.directives = sorted(_directives(document), key=lambda directive: directive.start)
        self._coverages: dict[frozenset[str], _Coverage] = {}
        self.comments = tuple(
            directive.suppression for directive in self.directives if directive.suppression
        )

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is silenced."""
        return self.covering(diagnostic) is not None

    def covers_by_name(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is silenced by a comment that names its rule and not every rule."""
        return self._covering(diagnostic, own_keys(diagnostic.code, diagnostic.name)) is not None

    def covering(self, diagnostic: Diagnostic) -> Suppression | None:
        """The suppression that silences a finding, one of them if there are several."""
        return self._covering(diagnostic, keys(diagnostic.code, diagnostic.name))

    def _covering(self, diagnostic: Diagnostic, keys: frozenset[str]) -> Suppression | None:
        if not self.comments:
            return None
        coverage = self._coverages.get(keys)
        if coverage is None:
            coverage = self._coverages[keys] = self._coverage(keys)
        if diagnostic.entry_line in coverage.entries:
            return coverage.entries[diagnostic.entry_line]
        index = bisect_right(coverage.starts, diagnostic.span.start) - 1
        if index < 0:
            return None
        end, suppression = coverage.reach[index]
        return suppression if diagnostic.span.start < end else None

    def _coverage(self, keys: frozenset[str]) -> _Coverage:
        is_every_rule = EVERY_RULE in keys
        areas: list[tuple[Span, Suppression]] = []
        entries: dict[int, Suppression] = {}
        opened: Suppression | None = None
        for directive in self.directives:
            suppression = directive.suppression
            if keys.isdisjoint(directive.keys) and (directive.keys or not is_every_rule):
                continue
            if suppression is None:
                if opened and opened.area:
                    areas.append((Span(opened.area.start, directive.start), opened))
                opened = None
            elif suppression.scope == "range":
                opened = opened or suppression
            elif suppression.area:
                areas.append((suppression.area, suppression))
            elif suppression.entry_line is not None:
                entries.setdefault(suppression.entry_line, suppression)
        if opened and opened.area:
            areas.append((opened.area, opened))
        areas.sort(key=lambda item: item[0])
        reach: list[tuple[int, Suppression]] = []
        for area, suppression in areas:
            last = (area.end, suppression)
            reach.append(last if not reach or reach[-1][0] < area.end else reach[-1])
        return _Coverage([area.start for area, _ in areas], reach, entries)


@cache
def keys(code: str, name: str) -> frozenset[str]:
    """All names that mean a rule, as they are compared."""
    folded = code.casefold()
    beginnings = (folded[:length] for length in range(1, len(folded) + 1))
    return frozenset((*beginnings, name.casefold(), EVERY_RULE))


@cache
def own_keys(code: str, name: str) -> frozenset[str]:
    """Those of them that mean its family at most, `PL9`, and not all that somebody made."""
    return frozenset(key for key in keys(code, name) if key == name or any(map(str.isdigit, key)))


def _directives(document: Document) -> Iterator[Directive]:
    entry_finder: _EntryFinder | None = None
    for comment in document.comments:
        if PREFIX not in comment.text:
            continue
        words = comment.text.replace(",", " ").split()
        verb = words[0]
        if verb != _ENABLE and verb not in _SCOPES:
            continue
        end_of_names = words.index("--") if "--" in words else len(words)
        names = tuple(words[1:end_of_names])
        folded = frozenset(name.casefold() for name in names)
        if verb == _ENABLE:
            yield Directive(verb, names, folded, comment, None)
            continue
        scope = _SCOPES[verb]
        entry_line: int | None = None
        if scope == "entry":
            entry_finder = entry_finder or _EntryFinder(document)
            entry = entry_finder.of(comment)
            entry_line = entry.line if entry else None
        area = _area(document, comment, scope)
        suppression = Suppression(scope, names, comment.span, area, entry_line)
        yield Directive(verb, names, folded, comment, suppression)


def _area(document: Document, comment: Comment, scope: Scope) -> Span | None:
    lines = document.lines
    # A finding may stand at the very end of the text.
    end_of_text = len(document.text) + 1
    if scope == "entry":
        return None
    if scope == "file":
        return Span(0, end_of_text)
    if scope == "range":
        return Span(comment.span.end, end_of_text)
    first, last = lines.line(comment.span.start), lines.line(comment.span.end)
    if scope == "next-line":
        first = last = last + 1
    if last > len(lines):
        return None
    start, end = lines.whole(first, last)
    return Span(start, end_of_text if last == len(lines) else end)


class _EntryFinder:
    """Which entry a comment is about."""

    __slots__ = ("_around", "_document", "_following")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._around: dict[int, Entry] = {}
        starting: dict[int, Entry] = {}
        for entry in document.entries:
            # An entry inside another comes after it, so the innermost is the one that stays.
            self._around.update(dict.fromkeys(range(entry.line, entry.end_line + 1), entry))
            starting.setdefault(entry.line, entry)
        self._following: dict[int, Entry] = {}
        for comment in sorted(document.comments, key=lambda comment: comment.span, reverse=True):
            line = self._next_line(comment)
            entry_after = starting.get(line) if line else None
            if entry_after:
                # Known by the comment's line too, for the comment that stands before this one.
                starting.setdefault(document.lines.line(comment.span.start), entry_after)
                self._following[comment.span.start] = entry_after

    def of(self, comment: Comment) -> Entry | None:
        """The entry just after the comment, else the one around it.

        A comment that is indented into an entry, more than the next one, is about the former.
        """
        lines = self._document.lines
        start = comment.span.start
        around = self._around.get(lines.line(start))
        following = self._following.get(start)
        if around is None or following is None:
            return around or following
        is_inside = lines.place(start).column > lines.place(following.span.start).column
        return around if is_inside else following

    def _next_line(self, comment: Comment) -> int | None:
        """The next non-blank line, if the comment has its own lines to itself."""
        text, lines = self._document.text, self._document.lines
        before, after = comment.span
        while before and text[before - 1] in " \t":
            before -= 1
        if before and text[before - 1] not in "\r\n":
            return None
        while after < len(text) and text[after] in " \t\r\n":
            after += 1
        if after == len(text) or lines.line(after) == lines.line(comment.span.end):
            return None
        return lines.line(after)
