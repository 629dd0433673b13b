"""The findings that a list had when somebody began to check it, and which of today's are these.

A record names a rule and an entry, by the entry's title and the paper that it opens, and never a
line: so it finds its entry again when the list is sorted, numbered anew, moved to another file or
edited elsewhere. An entry whose title was edited is known by its paper, one whose link was changed
by its title. What stands in no entry is known by the words of its line.

Of several findings of one rule in one entry, those whose text is the recorded one are taken for
known first, so that what is told is what is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from peftlint import title
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.subject import Subject, Subjects

#: The most code points of a title or a line that are kept.
_LONGEST = 300
#: The most code points of what a finding marks.
_LONGEST_TEXT = 80


class Record(NamedTuple):
    """Findings of one rule about one thing, which are known.

    Attributes:
        rule: its name.
        entry: the title of the entry; empty outside entries, or where it shows none.
        id: the first paper that the entry opens, `arxiv:2106.09685`; empty where it opens none.
        line: where neither is known, the words of the line.
        text: what the findings mark, cut short; empty where they mark a place between words.
        times: how many there are, at least 1.
    """

    rule: str
    entry: str = ""
    id: str = ""
    line: str = ""
    text: str = ""
    times: int = 1


#: The path of each file, from the folder of the baseline, to its records.
Records = Mapping[str, Sequence[Record]]

#: What two of one kind have in common; `None` where one has nothing of that kind.
_Key = Callable[[Record], Hashable]


def _title(record: Record) -> str:
    return title.key(record.entry) or record.entry


#: What makes a finding a recorded one, the surest sign first.
_SIGNS: tuple[_Key, ...] = (
    lambda one: (one.rule, _title(one), one.id, one.line, one.text),
    lambda one: (one.rule, _title(one), one.text) if one.entry else None,
    lambda one: (one.rule, one.id, one.text) if one.id else None,
    lambda one: (one.rule, _title(one), one.id, one.line),
    lambda one: (one.rule, _title(one)) if one.entry else None,
    lambda one: (one.rule, one.id) if one.id else None,
)


def records_of(document: Document, diagnostics: Iterable[Diagnostic]) -> list[Record]:
    """Findings as records, each of its own.

    Args:
        document: the list that they are in.
        diagnostics: the findings.
    """
    subjects = Subjects(document)
    return [_record(document, one, subjects.of(one)) for one in diagnostics]


def _record(document: Document, diagnostic: Diagnostic, subject: Subject) -> Record:
    start, end = diagnostic.span
    # It may mark the whole list.
    marked = document.text[start : min(end, start + 2 * _LONGEST_TEXT)]
    text = " ".join(marked.split())[:_LONGEST_TEXT]
    line = subject.line[:_LONGEST]
    return Record(
        diagnostic.name,
        subject.entry[:_LONGEST],
        subject.id[:_LONGEST],
        line,
        "" if text == line else text,
    )


def counted_records(records: Iterable[Record]) -> list[Record]:
    """Records, those of one thing as one, in the order in which they are written."""
    counts = Counter[Record]()
    for record in records:
        counts[record._replace(times=1)] += record.times
    return sorted(record._replace(times=count) for record, count in counts.items())


class _Slot:
    """A record whose findings are being found again."""

    __slots__ = ("left", "record", "used_in")

    def __init__(self, record: Record) -> None:
        self.record = record
        self.left = record.times
        #: The files in which they were found, with how many.
        self.used_in: dict[str, int] = {}


class Pruned(NamedTuple):
    """A baseline without what no longer applies.

    Attributes:
        records: what stays.
        removed: what was taken out: the file, and the record with how many of its findings.
    """

    records: dict[str, list[Record]]
    removed: list[tuple[str, Record]]


class Baseline:
    """Known findings, while lists are checked against them.

    Args:
        records: of all files.
        is_gone: whether there is no such file any more; asked once for each.

    Attributes:
        hidden: how many findings were known.
    """

    def __init__(self, records: Records, is_gone: Callable[[str], bool]) -> None:
        self.hidden = 0
        self._slots = {file: [_Slot(one) for one in some] for file, some in records.items()}
        self._gone = frozenset(file for file in records if is_gone(file))
        #: The rules by which each file was checked.
        self._ran: dict[str, frozenset[str]] = {}

    def new(
        self, file: str, document: Document, diagnostics: Sequence[Diagnostic], ran: Iterable[str]
    ) -> list[Diagnostic]:
        """The findings of a file that are not known.

        Args:
            file: its path from the folder of the baseline, with `/`.
            document: the list.
            diagnostics: all its findings.
            ran: the names of the rules that ran.
        """
        self._ran[file] = frozenset(ran)
        found = records_of(document, diagnostics)
        unknown = _matched(file, found, range(len(found)), self._slots.get(file, []))
        if unknown and self._gone:
            # The file may have had another name.
            others = [slot for gone in self._gone - {file} for slot in self._slots[gone]]
            unknown = _matched(file, found, unknown, others)
        self.hidden += len(found) - len(unknown)
        return [diagnostics[index] for index in unknown]

    @property
    def total(self) -> int:
        """How many findings are recorded."""
        return sum(slot.record.times for slots in self._slots.values() for slot in slots)

    def stale(self) -> list[tuple[str, Record]]:
        """What no longer applies: the file, and the record with how many of its findings."""
        return [
            (file, slot.record._replace(times=slot.left))
            for file, slots in self._slots.items()
            for slot in slots
            if slot.left and self._is_judged(file, slot.record.rule)
        ]

    def unjudged(self, installed: Iterable[str]) -> int:
        """How many findings are recorded of rules that there are not.

        Args:
            installed: the names of all rules.
        """
        known = frozenset(installed)
        return sum(
            slot.record.times
            for slots in self._slots.values()
            for slot in slots
            if slot.record.rule not in known
        )

    def pruned(self) -> Pruned:
        """The records without those that no longer apply; what moved is in its new file."""
        records: dict[str, list[Record]] = {}
        for file, slots in self._slots.items():
            for slot in slots:
                for place, count in slot.used_in.items():
                    records.setdefault(place, []).append(slot.record._replace(times=count))
                if slot.left and not self._is_judged(file, slot.record.rule):
                    records.setdefault(file, []).append(slot.record._replace(times=slot.left))
        return Pruned({file: counted_records(some) for file, some in records.items()}, self.stale())

    def _is_judged(self, file: str, rule: str) -> bool:
        """Whether it is known that there are no more findings of a rule in a file."""
        if file in self._gone:
            return any(rule in ran for ran in self._ran.values())
        return rule in self._ran.get(file, ())


def _matched(
    file: str, found: Sequence[Record], unknown: Iterable[int], slots: Sequence[_Slot]
) -> list[int]:
    """Find recorded findings again; the result are the indexes of those that are not recorded."""
    left = list(unknown)
    for sign in _SIGNS:
        free: dict[Hashable, list[_Slot]] = {}
        for slot in reversed(slots):
            if slot.left and (key := sign(slot.record)) is not None:
                free.setdefault(key, []).append(slot)
        if not free or not left:
            continue
        still: list[int] = []
        for index in left:
            key = sign(found[index])
            same = free.get(key) if key is not None else None
            if not same:
                still.append(index)
                continue
            slot = same[-1]
            slot.left -= 1
            slot.used_in[file] = slot.used_in.get(file, 0) + 1
            if not slot.left:
                same.pop()
        left = still
    return left


def rewritten(
    records: Records,
    found: Mapping[str, Iterable[Record]],
    ran: Mapping[str, Iterable[str]],
    is_gone: Callable[[str], bool],
) -> dict[str, list[Record]]:
    """A baseline with what a run found.

    Args:
        records: what it was: of the files that were checked, records of rules that did not run
            stay; of others all do, if the file is still there.
        found: the files that were checked, each with all its findings.
        ran: the names of the rules that ran on each of them.
        is_gone: whether there is no such file any more.
    """
    kept: dict[str, list[Record]] = {}
    for file, some in records.items():
        if file in found:
            judged = frozenset(ran.get(file, ()))
            kept[file] = [record for record in some if record.rule not in judged]
        elif not is_gone(file):
            kept[file] = list(some)
    for file, new in found.items():
        kept[file] = counted_records([*kept.get(file, []), *new])
    return {file: some for file, some in kept.items() if some}
