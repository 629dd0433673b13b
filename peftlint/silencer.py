"""Comments that silence findings, written into a list and proved to change nothing else.

Comments are tried all at once. The list with them is read again: its entries have the same facts,
what it renders to is the same but for comments, the findings are silenced and there are no new
ones. Where that is not so, the comment that is nearest to the difference goes to its next place,
from the narrowest scope to the whole file, and at last the finding is left as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from peftlint.commentplace import Matter, Places, Spot
from peftlint.diagnostic import Diagnostic
from peftlint.htmltag import tags
from peftlint.linter import lint
from peftlint.markdown.block import Block, blocks
from peftlint.model import Document
from peftlint.proof import facts
from peftlint.reader import read
from peftlint.regex import regex
from peftlint.rule import Rule
from peftlint.source import Edit, Lines, Span, apply_edits
from peftlint.suppression import PREFIX, Suppressions

#: So often a list is read again; what has no place by then is left as it is.
MOST_TRIES = 120

_NO_OPTIONS: Mapping[str, object] = {}
_BLANKS = regex(r"\s+")


class ReasonError(ValueError):
    """A reason cannot stand in a comment."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """What was silenced.

    Attributes:
        text: the list with comments.
        findings: those that are silenced now.
        comments: how many comments were written, or extended.
        whole_file: the names of rules that are silenced in the whole file, as there was no
            narrower place.
        left: findings that no comment can silence here, with their places in `text`, and
            without their fixes.
    """

    text: str
    findings: tuple[Diagnostic, ...]
    comments: int
    whole_file: tuple[str, ...]
    left: tuple[Diagnostic, ...]


def require_reason(reason: str) -> None:
    """Look at a reason.

    Args:
        reason: what a comment is to say.

    Raises:
        ReasonError: it would end the comment, or cannot be seen. HTML takes no `--` in a comment
            (https://html.spec.whatwg.org/multipage/syntax.html#comments).
    """
    if not reason.strip():
        raise ReasonError("the reason is empty; say why, or leave --reason away")
    if not reason.isprintable():
        raise ReasonError("the reason has line ends or characters that cannot be seen; remove them")
    if "--" in reason or reason.startswith((">", "-")) or reason.endswith(("-", "<!")):
        raise ReasonError(
            "the reason has '--', or '-' or '>' at an end, which HTML does not allow in a "
            "comment; write it otherwise"
        )


def silence(  # noqa: PLR0913 - what linting takes, and a reason
    document: Document,
    findings: Sequence[Diagnostic],
    rules: Sequence[Rule],
    options: Mapping[str, object] = _NO_OPTIONS,
    *,
    reason: str = "",
    is_part: bool = False,
) -> Silenced:
    """Write comments that silence findings.

    Args:
        document: the list.
        findings: what to silence, by place; other findings may stay.
        rules: those that ran.
        options: a rule's name to an instance of its options.
        reason: why, for the comments.
        is_part: whether the document is one of several files that are one list.

    Raises:
        ReasonError: the reason cannot stand in a comment.
        RuleError: a rule failed.
    """
    if reason:
        require_reason(reason)
    if not findings:
        return Silenced(document.text, (), 0, (), ())
    return _Silencer(document, rules, options, reason, is_part).run(findings)


class _Attempt:
    """A matter, and the ways that are left to silence it."""

    __slots__ = ("matter", "way", "ways")

    def __init__(self, matter: Matter, ways: Iterator[list[tuple[Spot, list[str]]]]) -> None:
        self.matter = matter
        self.ways = ways
        self.way = next(ways, None)

    def go_on(self) -> None:
        """Try the next way."""
        self.way = next(self.ways, None)


@dataclass(frozen=True, slots=True)
class _Written:
    """A list with comments.

    Attributes:
        text: the list.
        edits: what was written, in order.
        owners: for each edit, whose it is.
        shifts: how much longer the list is before each edit, and at last in all.
    """

    text: str
    edits: list[Edit]
    owners: list[list[_Attempt]]
    shifts: list[int]


class _Silencer:
    def __init__(
        self,
        document: Document,
        rules: Sequence[Rule],
        options: Mapping[str, object],
        reason: str,
        is_part: bool,
    ) -> None:
        self._document = document
        self._rules = rules
        self._options = options
        self._reason = reason
        self._is_part = is_part
        self._tries = 0
        self._blocks = list(_shown(document.text))
        self._facts = [facts(entry) for entry in document.entries]
        self._slugs = [heading.slug for heading in document.headings]
        self._found = self._lint(document)

    def run(self, findings: Sequence[Diagnostic]) -> Silenced:
        places = Places(self._document)
        attempts = [_Attempt(one, places.of(one)) for one in places.matters(findings)]
        left = [attempt for attempt in attempts if attempt.way is None]
        attempts = [attempt for attempt in attempts if attempt.way is not None]
        while guilty := self._guilty(self._write(attempts), attempts):
            for attempt in attempts if self._is_tired else guilty:
                attempt.go_on()
                if self._is_tired:
                    attempt.way = None
            left += [attempt for attempt in attempts if attempt.way is None]
            attempts = [attempt for attempt in attempts if attempt.way is not None]
        attempts, left = self._once_more(places, attempts, left)
        written = self._write(attempts)
        return Silenced(
            written.text,
            tuple(sorted(_findings(attempts), key=lambda one: one.span)),
            len(written.edits),
            tuple(sorted({name for one in attempts for name in _whole_file(one)})),
            tuple(self._moved(written, sorted(_findings(left), key=lambda one: one.span))),
        )

    @property
    def _is_tired(self) -> bool:
        return self._tries > MOST_TRIES

    def _once_more(
        self, places: Places, attempts: list[_Attempt], left: list[_Attempt]
    ) -> tuple[list[_Attempt], list[_Attempt]]:
        """Try those one by one that have no narrow place: others may have been to blame."""
        still: list[_Attempt] = []
        for attempt in [*left, *(one for one in attempts if any(_whole_file(one)))]:
            others = [one for one in attempts if one is not attempt]
            again = _Attempt(attempt.matter, places.of(attempt.matter))
            while again.way is not None and not self._is_tired:
                if not self._guilty(self._write([*others, again]), [*others, again]):
                    attempts = [*others, again]
                    break
                again.go_on()
            else:
                if attempt.way is None:
                    still.append(attempt)
        return attempts, still

    def _moved(self, written: _Written, findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """Findings where they are when comments are written."""
        lines = Lines(written.text)
        for one in findings:
            start, end = (
                at + written.shifts[bisect_right(written.edits, at, key=lambda edit: edit.span.end)]
                for at in one.span
            )
            place, end_place = lines.place(start), lines.place(end)
            yield one._replace(
                span=Span(start, end),
                line=place.line,
                column=place.column,
                end_line=end_place.line,
                end_column=end_place.column,
                fix=None,
            )

    def _lint(self, document: Document) -> list[Diagnostic]:
        return lint(document, self._rules, self._options, is_part=self._is_part)

    def _write(self, attempts: Sequence[_Attempt]) -> _Written:
        """The list with comments; one for all that want it in one place."""
        spots: dict[Spot, tuple[set[str], list[_Attempt]]] = {}
        for attempt in attempts:
            for spot, names in attempt.way or ():
                all_names, owners = spots.setdefault(spot, (set(), []))
                all_names.update(names)
                owners.append(attempt)
        # Of two that end in one place the inner one stands first.
        order = sorted(spots, key=lambda spot: (spot.span, -len(spot.before)))
        edits: list[Edit] = []
        all_owners: list[list[_Attempt]] = []
        for spot in order:
            rules, owners = spots[spot]
            text = spot.text(sorted(rules), self._reason)
            if edits and edits[-1].span == spot.span:
                edits[-1] = Edit(spot.span, edits[-1].replacement + text)
                all_owners[-1] = [*all_owners[-1], *owners]
                continue
            edits.append(Edit(spot.span, text))
            all_owners.append(owners)
        longer = (len(edit.replacement) - (edit.span.end - edit.span.start) for edit in edits)
        shifts = list(accumulate(longer, initial=0))
        return _Written(apply_edits(self._document.text, edits), edits, all_owners, shifts)

    def _guilty(self, written: _Written, attempts: Sequence[_Attempt]) -> list[_Attempt]:
        """Whose comments do harm or nothing; none where all is well."""
        if not written.edits:
            return []
        self._tries += 1
        document = read(written.text)
        line = self._difference(document)
        if line is not None:
            return self._nearest(written, document, line)
        allowed = Counter(
            (one.code, self._new_line(written, document, one.line)) for one in self._found
        )
        targets: dict[tuple[str, int], list[_Attempt]] = {}
        for attempt in attempts:
            for one in attempt.matter.findings:
                key = (one.code, self._new_line(written, document, one.line))
                targets.setdefault(key, []).append(attempt)
        allowed.subtract({key: len(some) for key, some in targets.items()})
        found = Counter((one.code, one.line) for one in self._lint(document))
        guilty: dict[int, _Attempt] = {}
        for key in found:
            if found[key] > max(allowed[key], 0):
                whose = targets.get(key) or self._nearest(written, document, key[1])
                guilty.update((id(one), one) for one in whose)
        if self._is_part and not guilty:
            for attempt in self._uncovered(written, document, attempts):
                guilty[id(attempt)] = attempt
        return list(guilty.values())

    def _difference(self, document: Document) -> int | None:
        """The line where a list with comments is read or renders otherwise, or `None`."""
        for entry, was in zip(document.entries, self._facts, strict=False):
            if facts(entry) != was:
                return entry.line
        if len(document.entries) != len(self._facts):
            return document.entries[-1].line if document.entries else 1
        if [heading.slug for heading in document.headings] != self._slugs:
            return 1
        shown = list(_shown(document.text))
        for new, old in zip(shown, self._blocks, strict=False):
            if new[1:] != old[1:]:
                return new.line
        return None if len(shown) == len(self._blocks) else len(document.lines)

    def _uncovered(
        self, written: _Written, document: Document, attempts: Sequence[_Attempt]
    ) -> Iterator[_Attempt]:
        """Those whose findings, which come of comparing files, are not silenced."""
        suppressions = Suppressions(document)
        for attempt in attempts:
            for one in attempt.matter.findings:
                line = self._new_line(written, document, one.line)
                start = document.lines.span(line).start + one.column - 1
                entry = document.entry_at(start)
                moved = one._replace(
                    span=Span(start, start), entry_line=entry.line if entry else None
                )
                if not (suppressions.covers_by_name(moved) or suppressions.covers(moved)):
                    yield attempt
                    break

    def _new_line(self, written: _Written, document: Document, line: int) -> int:
        """Where a line of the list is when comments are written."""
        start = self._document.lines.span(line).start
        index = bisect_right(written.edits, start, key=lambda edit: edit.span.end)
        return document.lines.line(start + written.shifts[index])

    def _nearest(self, written: _Written, document: Document, line: int) -> list[_Attempt]:
        """Whose comment is the nearest to a line of the list with comments."""

        def distance(index: int) -> int:
            at = written.edits[index].span.start + written.shifts[index]
            return abs(document.lines.line(at) - line)

        return list(dict.fromkeys(written.owners[min(range(len(written.edits)), key=distance)]))


def _shown(text: str) -> Iterator[Block]:
    """The blocks of a text without the comments that speak to peftlint, blanks left out."""
    for block in blocks(text):
        line, kind, html = block
        if PREFIX in html and kind.startswith(("inline", "html_block")):
            html = _without_comments(html)
            if not html.strip() and kind.startswith("html_block"):
                continue
        yield Block(line, kind, _BLANKS.sub(" ", html).strip())


def _without_comments(html: str) -> str:
    """HTML without the comments that speak to peftlint; one inside of a tag is none."""
    kept: list[str] = []
    done = 0
    for tag in tags(html):
        if tag.name == "!--" and html[tag.start + 4 : tag.end].lstrip().startswith(PREFIX):
            kept.append(html[done : tag.start])
            done = tag.end
    return " ".join((*kept, html[done:]))


def _findings(attempts: Sequence[_Attempt]) -> Iterator[Diagnostic]:
    for attempt in attempts:
        yield from attempt.matter.findings


def _whole_file(attempt: _Attempt) -> Iterator[str]:
    for spot, names in attempt.way or ():
        if spot.scope == "file":
            yield from names
