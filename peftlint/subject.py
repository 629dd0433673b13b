"""What a finding is about, told without its line: for what has to know it again tomorrow.

A list is edited everywhere, so a line number says nothing the day after.
A finding in an entry is about that entry, by its title or a paper that it opens; any other is
about the text of its line.
"""

from __future__ import annotations

from typing import NamedTuple

from peftlint import title
from peftlint.diagnostic import Diagnostic
from peftlint.identity import papers
from peftlint.model import Document, Entry
from peftlint.regex import regex

#: What comes before the words of a line: quotes, the marks of headings, bullets and tables, and
#: the number of an item, which changes whenever something is put in above.
_BEFORE_WORDS = regex(r"[\s>#*+|-]*(?:\(?[0-9]{1,9}[.)](?=\s)\s*)?")


class Subject(NamedTuple):
    """What a finding is about.

    Attributes:
        entry: the title of its entry as a reader sees it; empty outside entries, and where an
            entry shows no title.
        id: the first paper that the entry opens, `arxiv:2106.09685`; empty where it opens none.
        line: outside of entries, and where an entry has neither title nor paper, the words of the
            line in which it begins.
    """

    entry: str = ""
    id: str = ""
    line: str = ""

    @property
    def key(self) -> str:
        """The same as one string, which is equal for equal titles however they are written."""
        if self.entry:
            return f"entry:{title.key(self.entry) or self.entry}"
        return f"id:{self.id}" if self.id else f"line:{self.line}"


class Subjects:
    """What the findings of one list are about; each entry and each line is looked at once.

    A line of a megabyte may have as many findings as words.

    Args:
        document: the list.
    """

    __slots__ = ("_document", "_keys", "_of_entries", "_of_lines")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._of_entries: dict[int, Subject] = {}
        self._of_lines: dict[int, Subject] = {}
        self._keys: dict[Subject, str] = {}

    def of(self, diagnostic: Diagnostic) -> Subject:
        """What a finding is about."""
        entry = self._document.entry_at(diagnostic.span.start)
        if entry is not None:
            about = self._of_entries.get(entry.span.start)
            if about is None:
                about = self._of_entries[entry.span.start] = _subject_of_entry(entry)
            if about.entry or about.id:
                return about
        line = self._of_lines.get(diagnostic.line)
        if line is None:
            line = Subject(line=words(self._document.lines.content(diagnostic.line)))
            self._of_lines[diagnostic.line] = line
        return line

    def key(self, diagnostic: Diagnostic) -> str:
        """The key of what a finding is about."""
        subject = self.of(diagnostic)
        key = self._keys.get(subject)
        if key is None:
            key = self._keys[subject] = subject.key
        return key


def _subject_of_entry(entry: Entry) -> Subject:
    opened = papers(entry)
    return Subject(" ".join(entry.title.text.split()), ":".join(opened[0]) if opened else "")


def words(line: str) -> str:
    """A line without its marks, its number and its blanks."""
    shown = " ".join(line.split())
    return shown[match.end() :] if (match := _BEFORE_WORDS.match(shown)) else shown
