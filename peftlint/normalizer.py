"""A list laid out in one layout, proved.

Each entry is written in the layout and read back by itself; then the whole list is read again.
Every entry has to be there, in its order and its section, with the same facts and the same words,
what stands outside the entries that were written has to render as before, and a second run has to
change nothing. An entry for which that does not hold is left as it is, and the result says why.

Then the rest is done, see `peftlint.rest`, which proves its own steps. All of it is done again
until it changes nothing: a list that does not come to rest is not written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from peftlint import registry
from peftlint.drafting import Draft, Drafting
from peftlint.layingproof import problems
from peftlint.layout.lacking import told
from peftlint.layout.named import Choice, Layout
from peftlint.model import Document
from peftlint.rereading import keeping, read_again
from peftlint.rest import Difference, Fixing, Rest, done
from peftlint.rule import Rule
from peftlint.source import LINE_END, apply_edits

#: So many times entries are taken out which lose something, before the list is left as it is, and
#: so many characters are read for that; the least number holds for lists of whatever length.
_MOST_ATTEMPTS = 40
_MOST_READ = 12_000_000
_LEAST_ATTEMPTS = 6
#: Beyond half of the attempts, so many times as many entries beside them are taken out each time.
_GROWTH = 8
#: So many times all is done, before a list does not come to rest.
_MOST_ROUNDS = 4
#: Why an entry is left on which the layout and the rest do not agree.
_UNDONE = "a rule about layout, or mdformat, would undo a part of it again and again"
_NO_OPTIONS: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that was left as it is.

    Attributes:
        line: where it stands in the text that was given, counted from 1.
        title: its title.
        reason: why, for a person.
    """

    line: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class NormalizeResult:
    """What normalizing did.

    Attributes:
        text: the list; the same as given where nothing was to be done or the proof failed.
        laid: how many entries were written otherwise than before.
        like: how many were in the layout already.
        left: the entries that were left as they are, in order.
        refused: why nothing was done, for a person; `None` where the proof held.
        unformatted: why mdformat had no part in it, for a person; `None` where it had, or was to
            have none.
        labelled: the lines of entries, in the text that was given, whose title could open the
            link to the paper if that might lose its label.
    """

    text: str
    laid: int
    like: int
    left: tuple[Left, ...]
    refused: str | None = None
    unformatted: str | None = None
    labelled: tuple[int, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any entry is written otherwise."""
        return self.laid > 0


def normalize(  # noqa: PLR0913 - how a list is laid out
    text: str,
    choice: Choice,
    *,
    may_lose: frozenset[str] = frozenset(),
    entries_only: bool = False,
    rules: tuple[Rule, ...] | None = None,
    options: Mapping[str, object] = _NO_OPTIONS,
) -> NormalizeResult:
    """Lay the entries of a list out, and do the rest.

    A layout that somebody chose and that has no place for a field which an entry shows is refused
    for the whole list; the list's own layout leaves such an entry as it is.

    Args:
        text: the list.
        choice: the layout of each section.
        may_lose: the fields, of `peftlint.layout.lacking.LOSABLE`, that are dropped where the
            layout has no place for them.
        entries_only: leave mdformat out.
        rules: those about layout whose fixes are made; all of them where it is `None`.
        options: a rule's name to an instance of its options, for these rules.

    Raises:
        RuleError: a rule failed.
    """
    fixing = Fixing(registry.layout_rules() if rules is None else rules, options)
    with keeping():
        return _normalized(text, choice, may_lose, fixing, entries_only=entries_only)


class _Unrest(NamedTuple):
    """What a list that does not come to rest has between two rounds.

    Attributes:
        difference: what is told of it.
        entries: the places of the entries that are written one way and then the other.
    """

    difference: Difference
    entries: frozenset[int]


def _normalized(
    text: str,
    choice: Choice,
    may_lose: frozenset[str],
    fixing: Fixing,
    *,
    entries_only: bool,
) -> NormalizeResult:
    unlaid: dict[int, str] = {}
    unformatted: Difference | None = None
    is_alone = entries_only
    for _ in range(2 * _MOST_ROUNDS):
        first = _Normalizer(text, choice, may_lose, unlaid).run()
        if first.refused is not None:
            return first
        rest = _settled(first.text, choice, may_lose, fixing, unlaid, entries_only=is_alone)
        if isinstance(rest, _Unrest) and (new := rest.entries - unlaid.keys()):
            unlaid.update(dict.fromkeys(new, _UNDONE))
            continue
        differing = rest.difference if isinstance(rest, _Unrest) else rest.unformatted
        if is_alone or differing is None:
            break
        # The entries alone.
        unformatted, is_alone = differing, True
    if isinstance(rest, _Unrest):
        return NormalizeResult(text, 0, 0, (), _told(rest.difference, text, first.text))
    reason = _told(unformatted, text, first.text) if unformatted else None
    return replace(first, text=rest.text, unformatted=reason)


def _settled(  # noqa: PLR0913 - how a list is laid out
    text: str,
    choice: Choice,
    may_lose: frozenset[str],
    fixing: Fixing,
    unlaid: Mapping[int, str],
    *,
    entries_only: bool,
) -> Rest | _Unrest:
    """A list whose entries are laid out, with the rest done until nothing changes any more."""
    is_laid = True
    last, done_before = "", None
    for _ in range(_MOST_ROUNDS):
        rest = done(text, fixing, entries_only=entries_only)
        if rest.unformatted is not None or (is_laid and rest.text == text):
            return rest
        if rest.text == done_before:
            # All further rounds would come to what this one comes to.
            break
        done_before = rest.text
        again = _Normalizer(rest.text, choice, may_lose, unlaid).run()
        if again.refused is not None:
            what = f"a second run would be refused: {again.refused}"
            return _Unrest(Difference(1, what), frozenset())
        is_laid = again.text == rest.text
        last, text = (text if is_laid else rest.text), again.text
    line = _first_difference(last, text)
    what = "a second run would change it again"
    return _Unrest(Difference(line, what), frozenset(_entries_that_differ(last, text)))


def _entries_that_differ(one: str, two: str) -> Iterator[int]:
    """The places of the entries that two texts of a list write otherwise."""
    first, second = read_again(one), read_again(two)
    for index, pair in enumerate(zip(first.entries, second.entries, strict=False)):
        if first.slice(pair[0].span) != second.slice(pair[1].span):
            yield index


def _told(found: Difference, text: str, laid: str) -> str:
    """What differs and where, for a person.

    Args:
        found: what differs, by a line of `laid`.
        text: the list.
        laid: the same with its entries laid out.
    """
    return f"line {_line_before(found.line, text, laid)}: {found.what}"


def _first_difference(one: str, two: str) -> int:
    """The first line in which two texts differ."""
    lines = zip(LINE_END.split(one), LINE_END.split(two), strict=False)
    return next((at for at, (was, now) in enumerate(lines, 1) if was != now), 1)


def _line_before(line: int, text: str, laid: str) -> int:
    """The line of a text that stands for a line of the same laid out.

    Entries are the same in both; so are the lines between them.
    """
    if text == laid:
        return line
    before, after = read_again(text).entries, read_again(laid).entries
    index = bisect_right([entry.line for entry in after], line) - 1
    if index < 0 or len(before) != len(after):
        return line
    old, new = before[index], after[index]
    if line <= new.end_line:
        return min(old.line + line - new.line, old.end_line)
    return old.end_line + line - new.end_line


def everywhere(layout: Layout) -> Choice:
    """The same layout in all sections."""
    return lambda _document, _section: layout


class _Normalizer:
    def __init__(
        self, text: str, choice: Choice, may_lose: frozenset[str], unlaid: Mapping[int, str]
    ) -> None:
        self.text = text
        self.choice = choice
        self.may_lose = may_lose
        #: The places of entries that are not to be laid out, and why.
        self.unlaid = unlaid
        self.document = read_again(text)
        self.drafting = Drafting(self.document, choice, may_lose, unlaid)

    def run(self) -> NormalizeResult:
        drafting = self.drafting
        drafts = list(drafting.drafts())
        if drafting.lacking:
            name, lines = next(iter(drafting.lacking.items()))
            return self._result(self.document, [], told(name, lines))
        lost = ""
        affordable = _MOST_READ // max(len(self.text), 1)
        attempts = min(max(affordable, _LEAST_ATTEMPTS), _MOST_ATTEMPTS)
        for attempt in range(attempts):
            drafting.leave_together()
            kept = [draft for draft in drafts if draft.index not in drafting.left]
            if not kept:
                # What is not written needs no proof.
                return self._result(self.document, [])
            after = read_again(apply_edits(self.text, drafting.edits(kept)))
            found = problems(drafting, after, kept) or self._unsettled(after)
            if not found:
                return self._result(after, kept)
            lost = next(iter(found.values()))
            if attempt >= attempts // 2:
                found = _widened(found, kept, _GROWTH ** (attempt + 1 - attempts // 2))
            new = {
                index: drafting.explained(index, why)
                for index, why in found.items()
                if index not in drafting.left
            }
            if not new:
                break
            drafting.left.update(new)
        return self._result(self.document, [], lost)

    def _result(
        self, after: Document, kept: Sequence[Draft], refused: str | None = None
    ) -> NormalizeResult:
        entries = self.document.entries
        left = tuple(
            Left(entries[index].line, entries[index].title.text, reason)
            for index, reason in sorted(self.drafting.left.items())
        )
        like = len(entries) - len(left) - len(kept)
        labelled = tuple(self.drafting.labelled) if refused is None else ()
        return NormalizeResult(after.text, len(kept), like, left, refused, labelled=labelled)

    def _unsettled(self, after: Document) -> dict[int, str]:
        """The entries that a second run would write otherwise again."""
        second = Drafting(after, self.choice, self.may_lose, self.unlaid)
        drafted = {draft.index for draft in second.drafts()}
        second.leave_together()
        again = drafted - self.drafting.left.keys() - second.left.keys()
        return dict.fromkeys(sorted(again), "a second run would write it otherwise again")


def _widened(found: Mapping[int, str], kept: Sequence[Draft], width: int) -> dict[int, str]:
    """Problems of entries as those of so many on each side of them as well.

    A list that is made so that each attempt finds one more entry would be read for each of them.
    """
    places = [draft.index for draft in kept]
    wide = dict(found)
    end = 0
    for index, why in sorted(found.items()):
        at = bisect_left(places, index)
        for near in places[max(at - width, end) : at + width + 1]:
            wide.setdefault(near, why)
        end = at + width + 1
    return wide
