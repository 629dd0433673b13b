"""Edits to a text, to a fixpoint, each step proved.

A round reads the text, takes the fixes that do not get in each other's way, makes them, and
compares the list before and after. What loses a fact is not done and is reported. The rounds
end when nothing is left to fix.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.rereading import keeping, read_again
from peftlint.rule import Rule
from peftlint.source import Edit, Span, apply_edits
from peftlint.value import NamedTuple
from peftlint.watch import Watch, part

#: A text that has not settled by then has rules that work against each other.
MOST_ROUNDS = 20

#: So many batches are taken apart to find the fix that loses something; after that a batch is
#: withheld as it is, or a list of such fixes would be read again for each of them.
MOST_FAILURES = 60

_NO_OPTIONS: Mapping[str, object] = {}


class Withheld(NamedTuple):
    """A fix that was not made, and why."""

    diagnostic: Diagnostic
    reason: str


class FixResult(NamedTuple):
    """What fixing did.

    Attributes:
        text: the fixed text.
        applied: what was fixed; places are those in the text of the round that found it.
        remaining: what is left, with places in the fixed text.
        withheld: fixes that would have lost something, with places in the fixed text.
        rounds: how many times the text was changed.
    """

    text: str
    applied: tuple[Diagnostic, ...]
    remaining: tuple[Diagnostic, ...]
    withheld: tuple[Withheld, ...]
    rounds: int

    @property
    def changed(self) -> bool:
        """Whether the text is another than before."""
        return self.rounds > 0


def fix(  # noqa: PLR0913 - what fixing is told
    text: str,
    rules: Iterable[Rule],
    options: Mapping[str, object] = _NO_OPTIONS,
    *,
    unsafe: bool = False,
    is_part: bool = False,
    watch: Watch | None = None,
    document: Document | None = None,
) -> FixResult:
    """Make the fixes of `rules` until there is nothing left to fix.

    Args:
        text: the list.
        rules: those to run.
        options: a rule's name to an instance of its options.
        unsafe: make unsafe fixes as well.
        is_part: whether the text is one of several files that are one list, see `linter.lint`.
        watch: is told after each rule; each round takes half of what is left, since nobody knows
            how many there will be.
        document: what the text reads as, where that is known.

    Raises:
        RuleError: a rule failed.
    """
    with keeping():
        return _Fixer(tuple(rules), options, unsafe, is_part, watch).run(text, document)


class _Fixer:
    def __init__(
        self,
        rules: Sequence[Rule],
        options: Mapping[str, object],
        unsafe: bool,
        is_part: bool,
        watch: Watch | None,
    ) -> None:
        self.rules = rules
        self.options = options
        self.unsafe = unsafe
        self.is_part = is_part
        self.watch = watch
        #: The share of the work that is done.
        self.share = 0.0
        #: The codes of rules about suppressions. What these silence is known for good when
        #: nothing else is left to fix: a fix may bring forth what a comment is to silence.
        self.last = {rule.code for rule in rules if rule.suppression_checker}
        self.may_change = {rule.code: rule.may_change for rule in rules}
        self.applied: list[Diagnostic] = []
        self.withheld: dict[tuple[object, ...], str] = {}
        #: How many batches lost something.
        self.failures = 0
        #: The codes of rules whose fixes always leave something to fix.
        self.restless: set[str] = set()

    def run(self, text: str, document: Document | None) -> FixResult:
        reading = self._half()
        if document is None:
            document = read_again(text, reading)
        result = self._rounds(document)
        while result is None:
            # Some rules never rest: all is done again without their fixes.
            self.applied.clear()
            result = self._rounds(document)
        return result

    def _rounds(self, document: Document) -> FixResult | None:
        """Fix until nothing is left to fix; `None` where that never comes."""
        found = self._lint(document)
        seen = {document.text}
        rounds = 0
        while rounds < MOST_ROUNDS:
            batch = self._next(document, found)
            if not batch:
                break
            done, after = self._sound(document, batch)
            if after is None:
                continue
            if after.text in seen:
                self._withhold(document, done, "it and another fix undo each other")
                continue
            seen.add(after.text)
            self.applied.extend(done)
            document = after
            found = self._lint(document)
            rounds += 1
        else:
            restless = {diagnostic.code for diagnostic in self._next(document, found)}
            if restless:
                self.restless |= restless
                return None
        return FixResult(
            text=document.text,
            applied=tuple(self.applied),
            remaining=tuple(found),
            withheld=tuple(self._still_withheld(document, found)),
            rounds=rounds,
        )

    def _lint(self, document: Document) -> list[Diagnostic]:
        watch = self._half()
        return lint(document, self.rules, self.options, is_part=self.is_part, watch=watch)

    def _half(self) -> Watch | None:
        """A watch for the half of what is left."""
        start = self.share
        self.share += (1 - start) / 2
        return part(self.watch, start, self.share)

    def _next(self, document: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The fixes to make now; those of suppressions when no others are left."""
        if not self.last:
            return self._compatible(document, found)
        others = [diagnostic for diagnostic in found if diagnostic.code not in self.last]
        return self._compatible(document, others) or self._compatible(document, found)

    def _compatible(self, document: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The fixes to make now, none of whose edits touches another's."""
        batch: list[Diagnostic] = []
        taken: list[Span] = []
        for diagnostic in found:
            fix_ = diagnostic.fix
            if fix_ is None or not (fix_.is_safe or self.unsafe):
                continue
            if diagnostic.code in self.restless or self._key(document, diagnostic) in self.withheld:
                continue
            if any(collides(edit.span, taken) for edit in fix_.edits):
                continue
            for edit in fix_.edits:
                taken.insert(bisect_left(taken, edit.span), edit.span)
            batch.append(diagnostic)
        return batch

    def _sound(
        self, document: Document, batch: list[Diagnostic]
    ) -> tuple[list[Diagnostic], Document | None]:
        """Those of the batch that lose nothing together, and the document that they make.

        A batch that loses something is halved until what does it is alone; that is withheld.
        """
        if not batch:
            return [], None
        # Loaded here: mostly there is nothing to fix.
        from peftlint.proof import Change, loss

        changes = [
            Change(edit, self.may_change[diagnostic.code])
            for diagnostic in batch
            for edit in _edits(diagnostic)
        ]
        after = read_again(apply_edits(document.text, [change.edit for change in changes]))
        lost = loss(document, after, changes)
        if lost is None:
            return batch, after
        self.failures += 1
        if len(batch) == 1 or self.failures > MOST_FAILURES:
            self._withhold(document, batch, lost)
            return [], None
        half = len(batch) // 2
        first, after_first = self._sound(document, batch[:half])
        second, after_second = self._sound(document, batch[half:])
        if not first or not second:
            return (first, after_first) if first else (second, after_second)
        if len(first) + len(second) < len(batch):
            return self._sound(document, first + second)
        # Each half is sound, but not the two together: the second waits for the next round.
        return first, after_first

    def _withhold(self, document: Document, batch: Sequence[Diagnostic], reason: str) -> None:
        for diagnostic in batch:
            self.withheld[self._key(document, diagnostic)] = reason

    def _still_withheld(
        self, document: Document, found: Sequence[Diagnostic]
    ) -> Iterator[Withheld]:
        """Those that were withheld and are still there, by their places in the fixed text."""
        for diagnostic in found:
            reason = self.withheld.get(self._key(document, diagnostic))
            if diagnostic.fix is not None and diagnostic.code in self.restless:
                reason = f"the list does not settle: {MOST_ROUNDS} rounds were not enough"
            if reason is not None:
                yield Withheld(diagnostic, reason)

    def _key(self, document: Document, diagnostic: Diagnostic) -> tuple[object, ...]:
        """The fix, however the lines above it move."""
        edits = tuple((document.slice(edit.span), edit.replacement) for edit in _edits(diagnostic))
        line = document.lines.content(diagnostic.line)
        return diagnostic.code, diagnostic.column, line, edits


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return diagnostic.fix.edits if diagnostic.fix else ()


def collides(span: Span, taken: Sequence[Span]) -> bool:
    """Whether an edit gets in the way of others that are to be made at the same time.

    Args:
        span: what it replaces.
        taken: what the others replace, sorted.
    """
    index = bisect_left(taken, span)
    for near in taken[max(0, index - 1) : index + 1]:
        if near == span or near.overlaps(span) or (span.start == near.start):
            return True
        if near.start < span.start < near.end or span.start < near.start < span.end:
            return True
    return False
