"""What became of the comments that silence findings.

A name in a comment is used if it silences a finding, also one that another comment silences as
well. It is unused only if that is known: the rules that it means ran. One that means several
(`PL2`, `ALL`), or a comment that names none, is judged where all of these ran that are on by
default; a run of few rules is not to take away what a run of all needs. (ruff calls a bare
`noqa` unused in such a run.)
A name that means the rules about suppressions is not judged: it may be there for what is said
about itself.

Rules are bits of a number here, so that comments with many names, and many comments, cost little.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from peftlint import registry
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.registry import UnknownRuleError
from peftlint.rule import NameUse, Rule, SuppressionUse, Verdict
from peftlint.source import Span
from peftlint.suppression import EVERY_RULE, PREFIX, VERBS, Directive, Suppressions, keys

#: For so many unknown names the nearest rule is looked for; that takes long.
_MOST_LOOKED_UP = 20
_LONGEST_NAME = 60

#: What begins a block of its own also right behind a line of text.
_OPENS_BLOCK = regex(r"[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t]|[<`~>])")
#: What may stand before a comment that begins a block.
_BEGINNING = regex(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*")


class _Known(NamedTuple):
    """The rules, as bits.

    Attributes:
        bits: a rule's code to its bit.
        masks: what a name may be, as it is compared, to the rules that it means.
        ran: those that can have found something.
        by_default: those that are on by default.
        judges: the rules about suppressions.
    """

    bits: Mapping[str, int]
    masks: Mapping[str, int]
    ran: int
    by_default: int
    judges: int

    def is_judged(self, mask: int) -> bool:
        """Whether all rules ran that decide about a name that means these."""
        return bool(mask & self.ran) and not mask & self.by_default & ~self.ran


def uses(
    document: Document,
    suppressions: Suppressions,
    found: Sequence[Diagnostic],
    ran: Sequence[Rule],
) -> list[SuppressionUse]:
    """What became of each comment that speaks to peftlint, in order.

    Args:
        document: the list.
        suppressions: those in it.
        found: what the rules found, silenced or not.
        ran: the rules that can have found something.
    """
    known = _known(ran)
    directives = suppressions.directives
    masks = [
        _sum(known.masks.get(key, 0) for key in directive.keys or (EVERY_RULE,))
        for directive in directives
    ]
    silenced = _silenced(directives, masks, found, known)
    writer = _Writer(document, known)
    done: list[SuppressionUse] = []
    opened = 0
    for directive, mask, hits in zip(directives, masks, silenced, strict=True):
        if directive.suppression is None:
            done.append(writer.ending(directive, opened))
            opened &= ~mask
            continue
        done.append(writer.suppression(directive, hits))
        if directive.suppression.scope == "range":
            opened |= mask
    done.extend(writer.misspelt())
    return done


def _sum(masks: Iterable[int]) -> int:
    """All bits that are in one of `masks`."""
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


def _known(ran: Sequence[Rule]) -> _Known:
    bits: dict[str, int] = {}
    masks: dict[str, int] = {}
    by_default = judges = 0
    for rule in (*registry.rules(), *ran):
        if rule.code in bits:
            continue
        bit = bits[rule.code] = 1 << len(bits)
        for key in keys(rule.code, rule.name):
            masks[key] = masks.get(key, 0) | bit
        if rule.suppression_checker:
            judges |= bit
        elif rule.is_default:
            by_default |= bit
    running = _sum(bits[rule.code] for rule in ran if not rule.suppression_checker)
    return _Known(bits, masks, running, by_default, judges)


def _silenced(
    directives: Sequence[Directive],
    masks: Sequence[int],
    found: Sequence[Diagnostic],
    known: _Known,
) -> list[int]:
    """For each comment, the rules of which it silences a finding."""
    hits = [0] * len(directives)
    of_rules: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        of_rules.setdefault(diagnostic.code, []).append(diagnostic)
    for code, diagnostics in of_rules.items():
        bit = known.bits[code]
        starts = sorted(diagnostic.span.start for diagnostic in diagnostics)
        lines = {diagnostic.entry_line for diagnostic in diagnostics}
        opened: list[int] = []
        for index, directive in enumerate(directives):
            suppression = directive.suppression
            if not masks[index] & bit:
                continue
            if suppression is None:
                _close(opened, directive.start, directives, starts, hits, bit)
            elif suppression.scope == "range":
                opened.append(index)
            elif suppression.area is None:
                is_hit = suppression.entry_line is not None and suppression.entry_line in lines
                hits[index] |= bit if is_hit else 0
            elif _any_between(starts, *suppression.area):
                hits[index] |= bit
        if opened:
            _close(opened, starts[-1] + 1, directives, starts, hits, bit)
    return hits


def _close(  # noqa: PLR0913, PLR0917 - the state of the loop that it is part of
    opened: list[int],
    end: int,
    directives: Sequence[Directive],
    starts: Sequence[int],
    hits: list[int],
    bit: int,
) -> None:
    """End the ranges that are open."""
    for index in opened:
        if _any_between(starts, directives[index].comment.span.end, end):
            hits[index] |= bit
    opened.clear()


def _any_between(starts: Sequence[int], first: int, end: int) -> bool:
    index = bisect_left(starts, first)
    return index < len(starts) and starts[index] < end


class _Writer:
    """Says what became of comments, with places.

    Args:
        document: the list.
        known: the rules.
    """

    def __init__(self, document: Document, known: _Known) -> None:
        self._document = document
        self._known = known
        self._looked_up: dict[str, str | None] = {}
        self._entry_lines = [entry.line for entry in document.entries]

    def suppression(self, directive: Directive, hits: int) -> SuppressionUse:
        """A comment that silences findings of the rules `hits`."""
        about = directive.suppression
        has_target = about is not None and (about.area or about.entry_line) is not None

        def verdict(mask: int) -> Verdict:
            if not has_target:
                return "unused"
            if mask & hits or not mask & ~self._known.judges:
                return "used"
            return "unused" if self._known.is_judged(mask) else "not-judged"

        return self._use(directive, has_target, verdict)

    def ending(self, directive: Directive, opened: int) -> SuppressionUse:
        """A comment that ends ranges; these rules are silenced before it."""

        def verdict(mask: int) -> Verdict:
            return "used" if mask & opened else "unused"

        return self._use(directive, opened != 0, verdict)

    def misspelt(self) -> Iterator[SuppressionUse]:
        """Comments that begin as one that speaks to peftlint, and do not go on so."""
        for comment in self._document.comments:
            if PREFIX not in comment.text:
                continue
            verb = comment.text.replace(",", " ").split(None, 1)[0]
            if verb.startswith(PREFIX) and verb not in VERBS:
                nearest = self._nearest(verb, VERBS)
                yield SuppressionUse(verb, "unknown", nearest, False, (), comment.span, None)

    def _use(
        self, directive: Directive, has_target: bool, verdict: Callable[[int], Verdict]
    ) -> SuppressionUse:
        names = tuple(self._names(directive, verdict))
        if not names:
            whole = verdict(self._known.masks[EVERY_RULE])
        else:
            # What is near to a rule's name was meant to do something.
            is_idle = all(
                name.verdict == "unused" or (name.verdict == "unknown" and not name.nearest)
                for name in names
            )
            whole = "unused" if is_idle else "used"
        span = directive.comment.span
        removal_span = self._removal(span) if whole == "unused" else None
        return SuppressionUse(directive.verb, whole, None, has_target, names, span, removal_span)

    def _names(self, directive: Directive, verdict: Callable[[int], Verdict]) -> Iterator[NameUse]:
        spans = list(self._places(directive))
        last = len(spans) - 1
        for place, (name, span) in enumerate(zip(directive.names, spans, strict=True)):
            if place < last:
                removal_span = Span(span.start, spans[place + 1].start)
            else:
                removal_span = Span(spans[place - 1].end if place else span.start, span.end)
            mask = self._known.masks.get(name.casefold(), 0)
            nearest = None if mask else self._nearest_rule(name)
            found = verdict(mask) if mask else "unknown"
            yield NameUse(name, found, nearest, span, removal_span)

    def _places(self, directive: Directive) -> Iterator[Span]:
        """Where the names of a comment stand, in order."""
        text = self._document.text
        at = text.index(directive.verb, directive.start) + len(directive.verb)
        for name in directive.names:
            at = text.index(name, at)
            yield Span(at, at + len(name))
            at += len(name)

    def _nearest_rule(self, name: str) -> str | None:
        if name not in self._looked_up:
            self._looked_up[name] = None
            if len(self._looked_up) <= _MOST_LOOKED_UP and len(name) <= _LONGEST_NAME:
                try:
                    registry.matching(name)
                except UnknownRuleError as error:
                    self._looked_up[name] = error.nearest
        return self._looked_up[name]

    def _nearest(self, verb: str, verbs: Sequence[str]) -> str | None:
        if verb not in self._looked_up:
            from difflib import get_close_matches  # only a mistake needs it

            self._looked_up[verb] = None
            if len(self._looked_up) <= _MOST_LOOKED_UP and len(verb) <= _LONGEST_NAME:
                near = get_close_matches(verb, verbs, 1)
                self._looked_up[verb] = near[0] if near else None
        return self._looked_up[verb]

    def _removal(self, span: Span) -> Span | None:
        """What to delete so that a comment is gone and what is around it is read as before."""
        text, lines = self._document.text, self._document.lines
        first, last = lines.line(span.start), lines.line(span.end)
        start, end = lines.starts[first - 1], lines.span(last).end
        before, after = text[start : span.start], text[span.end : end]
        if after.strip(" \t") or before.strip(" \t>"):
            if _BEGINNING.fullmatch(before):
                # All of its line is HTML, and would become Markdown.
                return None
            return Span(span.start - len(before) + len(before.rstrip(" \t")), span.end)
        if ">" in before:
            # An empty line of the quote stays.
            return Span(span.start, end)
        is_open = first > 1 and lines.content(first - 1).strip() != ""
        is_followed = last < len(lines) and lines.content(last + 1).strip() != ""
        if is_open and is_followed and not _OPENS_BLOCK.match(lines.content(last + 1)):
            # The two lines would become one paragraph.
            return Span(start, end)
        return None if self._joins_numbers(first) else self._lines_of(first, last)

    def _lines_of(self, first: int, last: int) -> Span:
        """The lines from `first` to `last`, and one blank line where two would stay behind."""
        text, lines = self._document.text, self._document.lines
        is_after_blank = first == 1 or not lines.content(first - 1).strip()
        is_before_blank = last < len(lines) and not lines.content(last + 1).strip()
        end = lines.whole(first, last).end
        if not text[end:].strip():
            # At the end of the text it is the blank line before that stays behind.
            return lines.whole(first - 1 if is_after_blank and first > 1 else first, last)
        return lines.whole(first, last + 1 if is_after_blank and is_before_blank else last)

    def _joins_numbers(self, line: int) -> bool:
        """Whether a comment parts two numbered lists that would not count on as one."""
        index = bisect_right(self._entry_lines, line)
        if not 0 < index < len(self._entry_lines):
            return False
        entries = self._document.entries
        number, following = entries[index - 1].number, entries[index].number
        return number is not None and following is not None and following != number + 1
