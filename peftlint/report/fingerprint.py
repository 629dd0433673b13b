"""What programs know a finding by from one run to the next.

It is made of the rule, the file, what the finding is about, and the words at its place: of nothing
that changes when entries are sorted or numbered anew, or when something else in the list is edited.
Messages are left out, since they name lines and count entries.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.report.location import relative
from peftlint.subject import Subjects

#: So many characters of what stands at its place tell a finding from its neighbours.
_LENGTH = 200
#: Half of SHA-256: no two findings of a run meet by chance.
_DIGITS = 32

_LETTER = regex(r"[^\W\d_]|[^\w\s\x00-\x7f]")


class Fingerprints:
    """The fingerprints of a run's findings, no two of which are the same.

    Findings that nothing else tells apart are counted in the order of their places.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def of(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
        """The fingerprints of a file's findings, in their order: 32 hexadecimal digits each.

        Args:
            path: as the user knows it, with `/`.
            document: the list.
            diagnostics: its findings, sorted by place.
        """
        home = relative(path)
        subjects = Subjects(document)
        # Each is hashed once: a line may be long, and have many findings.
        digests: dict[str, str] = {}
        for diagnostic in diagnostics:
            key = subjects.key(diagnostic)
            if key not in digests:
                digests[key] = _digest(key)
            words = _words(document, diagnostic)
            identity = "\0".join((home, diagnostic.code, digests[key], words))
            digest = _digest(identity)
            self._counts[digest] += 1
            count = self._counts[digest]
            yield digest if count == 1 else _digest(f"{identity}\0{count}")


def _digest(text: str) -> str:
    # A path may hold bytes that are no UTF-8.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]


def _words(document: Document, diagnostic: Diagnostic) -> str:
    """What stands at a finding's place, where that tells more than what the finding is about.

    A finding that begins in an entry's marker or title is about the entry, and a place without
    letters is that of a number, which changes with what stands above it.
    """
    start, end = diagnostic.span
    entry = document.entry_at(start)
    if entry is not None and start < entry.title.span.end:
        return ""
    words = " ".join(document.text[start : min(end, start + _LENGTH)].split())
    return words if _LETTER.search(words) else ""
