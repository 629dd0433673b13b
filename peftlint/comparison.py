"""A list as it was and as it is: which entries are new, and which findings.

Lines say little in a list: a section moves, a number changes, a file is renamed, and all that was
there is still there. So entries are compared, by what they say (`facts`): those that are the same
are paired, wherever they stand, and each only once, so that a copy is new.

A finding is new

- in an entry that is new or says something else;
- in an entry that is the same, where its rule found less in it before;
- outside of entries, where its rule found less in lines with the same words.

Rules that follow the list (`Rule.follows_list`) find other things when its majority turns. Nobody
broke that, so they tell nothing new of an entry that is written as before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from peftlint import title
from peftlint.alignment import matches
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document, Entry
from peftlint.regex import regex
from peftlint.rule import Rule
from peftlint.source import LINE_END
from peftlint.subject import words

#: What these rules find in a list.
Find = Callable[[Collection[str]], Iterable[Diagnostic]]

#: What a line may begin with before its text, block quotes included.
_LEAD = " \t>"
_BLANKS = regex(r"[ \t]+")
_NUMBER = regex(r"[0-9]+")
#: Two blanks at a line's end break the line.
_HARD_BREAK = "  "
#: Nearly equal titles are looked for among so many entries, each compared with each.
_MOST_COMPARED = 50


class Past:
    """A list as it was.

    Args:
        document: the list.
        find: finds what rules with these codes find in it; not asked twice about one of them.

    Attributes:
        document: the same.
        facts: what each of its entries says.
        outside: how often the rules that were asked found something outside of entries, by code
            and the words of its line.
        said_outside: what that was, each with these words.
    """

    __slots__ = (
        "_find",
        "_in_entries",
        "_known",
        "_lines",
        "document",
        "facts",
        "outside",
        "said_outside",
    )

    def __init__(self, document: Document, find: Find) -> None:
        self.document = document
        self.facts = [facts(entry) for entry in document.entries]
        self._find = find
        self._known = set[str]()
        self._in_entries: dict[int, list[Diagnostic]] = {}
        self.outside = Counter[tuple[str, str]]()
        self.said_outside: list[tuple[Diagnostic, str]] = []
        self._lines: Counter[str] | None = None

    def ask(self, codes: Collection[str]) -> None:
        """Have these rules run."""
        asked = set(codes) - self._known
        if not asked:
            return
        self._known |= asked
        found = Findings(self.document, self._find(asked))
        for index, diagnostics in found.in_entries.items():
            self._in_entries.setdefault(index, []).extend(diagnostics)
        self.said_outside.extend(found.outside_with_words(self.document))
        self.outside.update(
            (diagnostic.code, line) for diagnostic, line in found.outside_with_words(self.document)
        )

    def in_entry(self, index: int) -> list[Diagnostic]:
        """What the rules that were asked find in an entry."""
        return self._in_entries.get(index, [])

    @property
    def lines(self) -> Counter[str]:
        """The words of its lines."""
        if self._lines is None:
            self._lines = _words_of_lines(self.document)
        return self._lines


class Was(NamedTuple):
    """An entry as it was: the list, and its number there."""

    past: Past
    number: int

    @property
    def entry(self) -> Entry:
        """The entry."""
        return self.past.document.entries[self.number]


class Pool:
    """What is no longer where it was: each entry can be found again once, in whatever list.

    Args:
        left: lists as they were, each with the same as it is; `None` where it is gone.
    """

    __slots__ = ("_by_facts", "_by_text", "_lines", "_taken", "pasts")

    def __init__(self, left: Iterable[tuple[Past, Document | None]]) -> None:
        self.pasts: list[Past] = []
        self._by_facts: dict[Hashable, list[Was]] = {}
        self._by_text: dict[Hashable, list[Was]] = {}
        self._taken = set[tuple[int, int]]()
        self._lines: list[Counter[str]] = []
        for past, document in left:
            stays = set(_own(past, document).values()) if document is not None else set()
            self.pasts.append(past)
            self._lines.append(
                past.lines - _words_of_lines(document) if document is not None else past.lines
            )
            for index, says in enumerate(past.facts):
                if index not in stays:
                    was = Was(past, index)
                    self._by_facts.setdefault(says, []).append(was)
                    key = _text_key(past.document, was.entry)
                    self._by_text.setdefault(key, []).append(was)

    def take(self, document: Document, entry: Entry) -> Was | None:
        """The entry as it was, if it is there; it is gone then."""
        signature = written(document, entry)
        for found in (
            self._by_facts.get(facts(entry), ()),
            self._by_text.get(_text_key(document, entry), ()),
        ):
            free = [was for was in found if (id(was.past), was.number) not in self._taken]
            if free:
                same = (was for was in free if written(was.past.document, was.entry) == signature)
                was = next(same, free[0])
                self._taken.add((id(was.past), was.number))
                return was
        return None

    def take_outside(self, code: str, line: str) -> bool:
        """Whether a rule found something in a line that is gone; it is not found twice."""
        for past, gone in zip(self.pasts, self._lines, strict=True):
            past.ask((code,))
            if gone[line] and past.outside[code, line]:
                past.outside[code, line] -= 1
                return True
        return False

    def has_line(self, line: str) -> bool:
        """Whether a line with these words is gone."""
        return any(gone[line] for gone in self._lines)


class Findings:
    """The findings of a list, by what they are in.

    Args:
        document: the list.
        diagnostics: its findings.

    Attributes:
        in_entries: those in entries, by the entry's number.
        outside: all others.
    """

    __slots__ = ("in_entries", "outside")

    def __init__(self, document: Document, diagnostics: Iterable[Diagnostic]) -> None:
        self.in_entries: dict[int, list[Diagnostic]] = {}
        self.outside: list[Diagnostic] = []
        numbers = {id(entry): number for number, entry in enumerate(document.entries)}
        for diagnostic in diagnostics:
            entry = document.entry_at(diagnostic.span.start)
            if entry is None:
                self.outside.append(diagnostic)
            else:
                self.in_entries.setdefault(numbers[id(entry)], []).append(diagnostic)

    def outside_with_words(self, document: Document) -> Iterator[tuple[Diagnostic, str]]:
        """Each finding outside of entries, and the words of its line."""
        for diagnostic in self.outside:
            yield diagnostic, words(document.lines.content(diagnostic.line))


def facts(entry: Entry) -> Hashable:
    """What an entry says, whatever its number, its section and its place."""
    return (
        entry.title.text,
        entry.name.text if entry.name else None,
        tuple(author.text for author in entry.authors),
        entry.venue.text if entry.venue else None,
        entry.year.value if entry.year else None,
        tuple((link.label, link.url) for link in entry.links),
        tuple((badge.label, badge.color, badge.url) for badge in entry.badges),
        tuple(sorted(entry.ids.items())),
    )


def written(document: Document, entry: Entry) -> Hashable:
    """How an entry is written, whatever its number, its marker and how far all of it is indented.

    What changes how it renders counts: whether a blank follows the marker, a line stands inside
    of the item, and breaks at its end.
    """
    start = entry.marker.span.end if entry.marker else entry.span.start
    wanted = len(entry.indent.expandtabs())
    lines: list[Hashable] = []
    for at, line in enumerate(LINE_END.split(document.text[start : entry.span.end])):
        text = line.lstrip(_LEAD)
        lead = line[: len(line) - len(text)]
        if not text:
            lines.append("")
            continue
        place = bool(lead) if at == 0 else len(lead.expandtabs()) >= wanted
        breaks = text.endswith(_HARD_BREAK)
        lines.append((place, _BLANKS.sub(" ", text.rstrip()), breaks))
    return tuple(lines)


def pair(document: Document, past: Past | None, pool: Callable[[], Pool]) -> dict[int, Was]:
    """The entries of a list that are not new, by their numbers, each as it was.

    Args:
        document: the list.
        past: the same list as it was; `None` where there was none in its place.
        pool: what is gone from elsewhere; only asked for where something is not found here.
    """
    found: dict[int, Was] = {}
    if past is not None:
        found = {number: Was(past, was) for number, was in _own(past, document).items()}
    left = [number for number in range(len(document.entries)) if number not in found]
    if left:
        gone = pool()
        for number in left:
            was = gone.take(document, document.entries[number])
            if was is not None:
                found[number] = was
    return found


def _own(past: Past, document: Document) -> dict[int, int]:
    """The entries of a list that were in it before: their numbers now, and then.

    First those that stand in the order that they had, then those with the same facts anywhere,
    then those with the same words, which are read otherwise for what stands around them.
    """
    old = past.document
    says = [facts(entry) for entry in document.entries]
    found = {now: then for then, now in matches(past.facts, says)}
    then_left = sorted(set(range(len(old.entries))) - set(found.values()))
    now_left = [number for number in range(len(says)) if number not in found]
    if not then_left or not now_left:
        return found
    then_left, now_left = _with_equal_keys(
        found,
        (then_left, [(past.facts[at], written(old, old.entries[at])) for at in then_left]),
        (now_left, [(says[at], written(document, document.entries[at])) for at in now_left]),
    )
    then_left, now_left = _with_equal_keys(
        found,
        (then_left, [past.facts[at] for at in then_left]),
        (now_left, [says[at] for at in now_left]),
    )
    _with_equal_keys(
        found,
        (then_left, [_text_key(old, old.entries[at]) for at in then_left]),
        (now_left, [_text_key(document, document.entries[at]) for at in now_left]),
    )
    return found


def _with_equal_keys(
    found: dict[int, int],
    then: tuple[Sequence[int], Sequence[Hashable]],
    now: tuple[Sequence[int], Sequence[Hashable]],
) -> tuple[list[int], list[int]]:
    """Pair numbers whose keys are equal, in order; what is left of both."""
    free: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, key in reversed(list(zip(*then, strict=True))):
        free[key].append(number)
    now_left: list[int] = []
    for number, key in zip(*now, strict=True):
        if free[key]:
            found[number] = free[key].pop()
        else:
            now_left.append(number)
    return sorted(number for numbers in free.values() for number in numbers), now_left


def _text_key(document: Document, entry: Entry) -> Hashable:
    """All words of an entry without its number, and where its links lead."""
    start = entry.marker.span.end if entry.marker else entry.span.start
    return (
        " ".join(document.text[start : entry.span.end].split()),
        tuple(link.url for link in entry.links),
    )


class Now(NamedTuple):
    """A list as it is.

    Attributes:
        document: the list.
        diagnostics: its findings, by place.
        past: the same list as it was; `None` where there was none in its place.
        pairs: as `pair` gives them.
    """

    document: Document
    diagnostics: Sequence[Diagnostic]
    past: Past | None
    pairs: Mapping[int, Was]


class _Gain(NamedTuple):
    """Findings of one rule that an entry has more than before."""

    code: str
    entry: Entry
    diagnostics: Sequence[Diagnostic]


def fresh(
    lists: Sequence[Now], rules: Iterable[Rule], pool: Callable[[], Pool]
) -> list[list[Diagnostic]]:
    """The findings that are new, of each list.

    Of two entries that are at odds with each other, as duplicates are, the later one is reported.
    Where they only changed places, the finding goes from one to the other and is not new.

    Args:
        lists: a list, or the files that are one list together.
        rules: those that ran.
        pool: what is gone from elsewhere.
    """
    follows = {rule.code for rule in rules if rule.follows_list}
    new = [set[int]() for _ in lists]
    gains: list[tuple[set[int], _Gain]] = []
    losses: dict[str, list[Entry]] = {}
    codes = {diagnostic.code for now in lists for diagnostic in now.diagnostics}
    for now, kept in zip(lists, new, strict=True):
        for past in {id(was.past): was.past for was in now.pairs.values()}.values():
            past.ask(codes)
        found = Findings(now.document, now.diagnostics)
        for number, entry in enumerate(now.document.entries):
            here = found.in_entries.get(number, [])
            was = now.pairs.get(number)
            if was is None:
                kept.update(map(id, here))
                continue
            before = was.past.in_entry(was.number)
            if not here and not before:
                continue
            gained, lost = _difference(here, before)
            if not follows.isdisjoint(gained) and (
                written(now.document, entry) == written(was.past.document, was.entry)
            ):
                gained = {code: more for code, more in gained.items() if code not in follows}
            gains.extend((kept, _Gain(code, entry, more)) for code, more in gained.items())
            for code in lost:
                losses.setdefault(code, []).append(entry)
        kept.update(map(id, _fresh_outside(now, found.outside, follows, pool)))
    works = {code: _Works(entries) for code, entries in losses.items()}
    for kept, gain in gains:
        if gain.code not in works or not works[gain.code].have(gain.entry):
            kept.update(map(id, gain.diagnostics))
    return [
        [diagnostic for diagnostic in now.diagnostics if id(diagnostic) in kept]
        for now, kept in zip(lists, new, strict=True)
    ]


def _difference(
    here: Sequence[Diagnostic], before: Sequence[Diagnostic]
) -> tuple[dict[str, list[Diagnostic]], set[str]]:
    """Which findings an entry has more than before, by their rules; which rules find less."""
    counts = Counter(diagnostic.code for diagnostic in here)
    counts.subtract(diagnostic.code for diagnostic in before)
    said = {(diagnostic.code, diagnostic.message) for diagnostic in before}
    gained: dict[str, list[Diagnostic]] = {}
    for code in sorted(code for code, count in counts.items() if count > 0):
        of_rule = [diagnostic for diagnostic in here if diagnostic.code == code]
        # What was said before is told last.
        of_rule.sort(key=lambda diagnostic: (diagnostic.code, diagnostic.message) in said)
        gained[code] = of_rule[: counts[code]]
    return gained, {code for code, count in counts.items() if count < 0}


def _fresh_outside(
    now: Now, outside: Sequence[Diagnostic], follows: Collection[str], pool: Callable[[], Pool]
) -> Iterator[Diagnostic]:
    """The findings outside of entries that are new."""
    if not outside:
        return
    before = Counter[tuple[str, str]]()
    if now.past is not None:
        now.past.ask({diagnostic.code for diagnostic in outside})
        before.update(now.past.outside)
    gains: list[tuple[Diagnostic, str]] = []
    for diagnostic in outside:
        line = words(now.document.lines.content(diagnostic.line))
        if before[diagnostic.code, line] > 0:
            before[diagnostic.code, line] -= 1
        else:
            gains.append((diagnostic, line))
    if not gains:
        return
    moved = _said_elsewhere(now, +before)
    for diagnostic, line in gains:
        if now.past is not None and now.past.lines[line]:
            is_followed = diagnostic.code in follows
            if is_followed or (diagnostic.code, _without_numbers(diagnostic.message)) in moved:
                continue
        gone = pool()
        if gone.take_outside(diagnostic.code, line):
            continue
        if diagnostic.code not in follows or not gone.has_line(line):
            yield diagnostic


def _said_elsewhere(now: Now, lost: Counter[tuple[str, str]]) -> set[tuple[str, str]]:
    """What was said, but for numbers, of lines that are still there and of which it is no more.

    Of two lines with one `id` the later one is reported: where they change places, the other.
    """
    if now.past is None or not lost:
        return set()
    stay = _words_of_lines(now.document)
    return {
        (diagnostic.code, _without_numbers(diagnostic.message))
        for diagnostic, line in now.past.said_outside
        if lost[diagnostic.code, line] and stay[line]
    }


def _without_numbers(message: str) -> str:
    return _NUMBER.sub("0", message)


class _Works:
    """Entries that a rule no longer reports."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._keys = {key for entry in entries for key in _keys(entry)}
        self._titles = [entry.title.text for entry in entries][:_MOST_COMPARED]

    def have(self, entry: Entry) -> bool:
        """Whether one of them shows the work of this one, or something that both open."""
        if not self._keys.isdisjoint(_keys(entry)):
            return True
        return any(title.near(entry.title.text, other) for other in self._titles)


def _keys(entry: Entry) -> Iterator[Hashable]:
    if key := title.key(entry.title.text):
        yield key
    for kind, ids in entry.ids.items():
        yield from ((kind, one) for one in ids)
    yield from (("url", link.url) for link in entry.links if link.url)


def _words_of_lines(document: Document) -> Counter[str]:
    lines = document.lines
    return Counter(words(lines.content(number)) for number in range(1, len(lines) + 1))
