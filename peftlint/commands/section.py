"""The sections whose entries are exported, by the names of their headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from peftlint.model import Document, Entry, Section
from peftlint.printable import printable
from peftlint.regex import regex
from peftlint.wording import listed, quoted

_STEP = regex(r"\s+>\s+")
#: What may stand around a heading's words: `2. Prompts`, `## \U0001f525 Prompts:`.
_NUMBER = regex(r"(?:\d{1,3}\.)*\d{0,3}[.)]?\s+(?=\S)")
#: A heading may end with these.
_KEPT_AT_END = frozenset(")]}+#%?!\"'\u201d\u2019")
_MOST_SHOWN = 3
#: So much of two names is alike where one may be meant by the other.
_NEAR = 0.6
#: In characters.
_SHORTEST_PART = 3

Path = tuple[str, ...]


class Sections:
    """Tells entries of the sections that were asked for.

    Args:
        wanted: each the name of a heading, or those of several, one below the other: `A > B`.
            None means all.
    """

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = {text: _wanted(text) for text in wanted}
        self._unmatched = dict.fromkeys(wanted)
        #: The headings of each section, as they are compared and as they stand in their list.
        self._seen: dict[Path, Path] = {}

    def of(self, document: Document) -> Callable[[Entry], bool]:
        """Whether an entry of this list is in one of the sections."""
        if not self._wanted:
            return _any
        paths = dict.fromkeys(section.path for section in document.sections)
        paths.update(dict.fromkeys(entry.section for entry in document.entries))
        taken = {path for path in paths if self._is_taken(path)}
        return lambda entry: entry.section in taken

    def depth(self, path: Path) -> int:
        """How many of the headings above and of a section stand above those asked for."""
        names = tuple(map(name_of, path))
        found = [
            at
            for ways in self._wanted.values()
            for way in ways
            for at in range(len(names) - len(way) + 1)
            if names[at : at + len(way)] == way
        ]
        # Of `A > B`, A is asked for to tell which B.
        return min(found, default=0)

    def _is_taken(self, path: Path) -> bool:
        names = tuple(map(name_of, path))
        if names:
            self._seen.setdefault(names, path)
        found = [text for text, ways in self._wanted.items() if any(_ends(names, w) for w in ways)]
        for text in found:
            self._unmatched.pop(text, None)
        return bool(found)

    def errors(self) -> list[str]:
        """A line for each section that no list has, with the names that are nearest to it."""
        return [self._error(text) for text in self._unmatched]

    def _error(self, text: str) -> str:
        message = f"no section has the name {quoted(text)}"
        if not self._seen:
            return f"{message}: there is no heading at all"
        if near := self._nearest(text):
            return f"{message}; did you mean {listed([quoted(one) for one in near], 'or')}?"
        some = [quoted(path[-1]) for path in list(self._seen.values())[:_MOST_SHOWN]]
        if len(self._seen) > len(some):
            some.append(f"{len(self._seen) - len(some)} more")
        return f"{message}; there {'are' if len(self._seen) > 1 else 'is'} {listed(some, 'and')}"

    def _nearest(self, text: str) -> list[str]:
        """Where the last heading that was asked for stands, else what is called nearly so."""
        wanted = tuple(map(name_of, _STEP.split(text.strip())))
        name = wanted[-1]
        if len(wanted) > 1:
            elsewhere = [path for names, path in self._seen.items() if names[-1] == name]
            if elsewhere:
                return [" > ".join(path[-len(wanted) :]) for path in elsewhere[:_MOST_SHOWN]]
        # Loaded here: only an error needs it.
        import difflib

        shown = {names[-1]: path[-1] for names, path in self._seen.items()}
        near = [one for one in shown if len(name) >= _SHORTEST_PART and name in one]
        near = near or difflib.get_close_matches(name, shown, _MOST_SHOWN, _NEAR)
        return [shown[one] for one in near[:_MOST_SHOWN]]


def name_of(heading: str) -> str:
    """A heading's words as they are compared: without case, number and what surrounds them."""
    text = " ".join(heading.casefold().split())
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in _KEPT_AT_END):
        end -= 1
    shown = text[start:end] or text
    number = _NUMBER.match(shown)
    return shown[number.end() :] if number else shown


def _wanted(text: str) -> tuple[Path, ...]:
    """What was asked for, as one heading, and as several where ` > ` parts it."""
    path = tuple(map(name_of, _STEP.split(text.strip())))
    return ((name_of(text),), path) if len(path) > 1 else (path,)


def _ends(names: Path, wanted: Path) -> bool:
    """Whether these headings stand one below the other in a path."""
    width = len(wanted)
    return any(names[at : at + width] == wanted for at in range(len(names) - width + 1))


def _any(_: Entry) -> bool:
    return True


class SectionError(Exception):
    """No section is meant for certain; the message is one line, safe to print."""


def section_named(document: Document, wanted: str) -> Section:
    """The section with the heading that was asked for.

    Args:
        document: the list.
        wanted: the name of a heading, or those of several, one below the other: `A > B`.

    Raises:
        SectionError: there is none, or there are several; the message tells which there are.
    """
    ways = _wanted(wanted)
    found = [
        section
        for section in document.sections
        if any(tuple(map(name_of, section.path))[-len(way) :] == way for way in ways)
    ]
    if not found:
        sections = Sections([wanted])
        sections.of(document)
        raise SectionError(printable(sections.errors()[0]))
    if len(found) > 1:
        # Of two headings of one name, the one with entries is meant.
        filled = [section for section in found if section.entries]
        found = filled if len(filled) == 1 else found
    if len(found) > 1:
        places = [
            f"{quoted(' > '.join(section.path))} (line {section.start_line})"
            for section in found[:_MOST_SHOWN]
        ]
        if len(found) > len(places):
            places.append(f"{len(found) - len(places)} more")
        same = len({section.path for section in found}) < len(found)
        advice = "give them different headings" if same else "name one as 'A > B'"
        raise SectionError(
            printable(
                f"{len(found)} sections have the name {quoted(wanted)}: "
                f"{listed(places, 'and')}; {advice}"
            )
        )
    return found[0]


def sections_below(document: Document, section: Section) -> list[str]:
    """The headings of the sections with entries below a section that has none itself."""
    if section.entries:
        return []
    width = len(section.path)
    return [
        " > ".join(one.path[width - 1 :])
        for one in document.sections
        if one.entries and len(one.path) > width and one.path[:width] == section.path
    ]
