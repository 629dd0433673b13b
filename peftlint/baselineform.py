"""A baseline as text: JSON, with a record to a line, so that git merges it and people read it.

```json
{
  "version": 1,
  "files": {
    "README.md": [
      {"rule": "arxiv-pdf-link", "entry": "LoRA", "id": "arxiv:2106.09685", "count": 1}
    ]
  }
}
```

It is read by its form and not as any JSON: each mistake has its exact place, and nothing can be
nested deeply, be a number that is none, or take long. The syntax is that of RFC 8259.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from peftlint.baseline import Record, Records
from peftlint.regex import regex
from peftlint.source import Lines, Place

VERSION = 1

_TEXTS = ("rule", "entry", "id", "line", "text")
#: A greater count would be a mistake.
_MOST_DIGITS = 9
_LONGEST_SHOWN = 30

_BLANKS = regex(r"[ \t\r\n]*+")
_STRING = regex(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+"')
_NUMBER = regex(r"-?[0-9][0-9.eE+-]*+")
_WORD = regex(r"[^\s,:\[\]{}\"]{1,40}")
_CONFLICT = regex(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r\n]|$)", re.MULTILINE)

_AGAIN = "or delete the file and write it anew with `peftlint check --write-baseline`"


class BaselineError(ValueError):
    """A text is no baseline.

    Attributes:
        message: what is wrong and what to do; one line.
        place: where.
    """

    def __init__(self, message: str, place: Place) -> None:
        self.message = message
        self.place = place
        super().__init__(message, place)


def render(records: Records) -> str:
    """Records as text: the same for the same records, in whatever order they come."""
    lines = ["{", f'  "version": {VERSION},', '  "files": {']
    files = sorted((file, sorted(some)) for file, some in records.items() if some)
    for index, (file, some) in enumerate(files):
        lines.append(f"    {_quoted(file)}: [")
        lines += (f"      {_in_line(record)}," for record in some)
        lines[-1] = lines[-1].removesuffix(",")
        lines.append("    ]" if index + 1 == len(files) else "    ],")
    return "\n".join((*lines, "  }", "}", ""))


def _in_line(record: Record) -> str:
    members = [f'"{key}": {_quoted(value)}' for key in _TEXTS if (value := getattr(record, key))]
    members.append(f'"count": {record.times}')
    return "{" + ", ".join(members) + "}"


def _quoted(text: str) -> str:
    """A string, with what cannot be seen as escapes: the file is read in diffs."""
    if text.isprintable():
        return json.dumps(text, ensure_ascii=False)
    return (
        '"'
        + "".join(json.dumps(one, ensure_ascii=not one.isprintable())[1:-1] for one in text)
        + '"'
    )


def parse(text: str) -> dict[str, list[Record]]:
    """The records of each file.

    Of two records of one thing, as a merge may leave them, the greater count is taken.

    Raises:
        BaselineError: it is no baseline, or one of another version.
    """
    conflict = _CONFLICT.search(text)
    if conflict:
        raise BaselineError(
            "it has marks of a merge conflict: keep the records of both sides and remove the "
            f"marks (a record that stands twice does no harm), {_AGAIN}",
            Lines(text).place(conflict.start()),
        )
    return _Reader(text).baseline()


class _Reader:
    """Reads a text from its start."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def baseline(self) -> dict[str, list[Record]]:
        files: dict[str, list[Record]] | None = None
        is_versioned = False
        self._blanks()
        start = self._at

        def member(key: str, at: int) -> None:
            nonlocal files, is_versioned
            if key == "version":
                self._version()
                is_versioned = True
            elif key == "files":
                files = self._files()
            else:
                raise self._error(f"unknown key {_shown(key)}; remove it", at)

        if not self._text.startswith("{", start):
            raise self._error(
                "this is no baseline, which begins with {; name another file, or write it anew "
                "with `peftlint check --write-baseline` when this one is gone"
            )
        self._object("an object with version and files", member)
        if self._at < len(self._text):
            raise self._error("nothing may follow the end of the object; remove it")
        if not is_versioned:
            raise self._error(f'it has no version; add "version": {VERSION}', start)
        if files is None:
            raise self._error(f'it has no files; add "files": {{}}, {_AGAIN}', start)
        return files

    def _version(self) -> None:
        start = self._at
        number = self._number("version")
        if number != VERSION:
            raise self._error(
                f"it is of version {number}, and this peftlint reads version {VERSION}: use "
                f"the peftlint that wrote it, {_AGAIN}",
                start,
            )

    def _files(self) -> dict[str, list[Record]]:
        files: dict[str, list[Record]] = {}

        def member(key: str, _: int) -> None:
            files[key] = self._records()

        self._object("an object of files", member)
        return files

    def _records(self) -> list[Record]:
        found: dict[Record, int] = {}

        def item() -> None:
            record = self._record()
            known = record._replace(times=1)
            found[known] = max(record.times, found.get(known, 0))

        self._several("[", "]", "a list of records", item)
        return [record._replace(times=count) for record, count in found.items()]

    def _record(self) -> Record:
        self._blanks()
        start = self._at
        texts: dict[str, str] = {}
        count = 1

        def member(key: str, at: int) -> None:
            nonlocal count
            if key == "count":
                start = self._at
                count = self._number("count")
                if count < 1:
                    raise self._error("a count is at least 1; remove the record", start)
            elif key in _TEXTS:
                texts[key] = self._string(key)
            else:
                raise self._error(f"unknown key {_shown(key)}; remove it", at)

        self._object("a record", member)
        if not texts.get("rule"):
            raise self._error("this record names no rule; remove it", start)
        return Record(times=count, **texts)

    def _object(self, what: str, member: Callable[[str, int], None]) -> None:
        seen = set[str]()

        def pair() -> None:
            self._blanks()
            start = self._at
            key = self._string("a key")
            if key in seen:
                raise self._error(f"the key {_shown(key)} stands here twice; join the two", start)
            seen.add(key)
            self._expect(":", "a colon")
            self._blanks()
            member(key, start)

        self._several("{", "}", what, pair)

    def _several(self, opening: str, closing: str, what: str, one: Callable[[], None]) -> None:
        self._expect(opening, what)
        self._blanks()
        if self._text.startswith(closing, self._at):
            self._at += 1
            self._blanks()
            return
        while True:
            one()
            self._blanks()
            if self._text.startswith(closing, self._at):
                self._at += 1
                self._blanks()
                return
            self._expect(",", f"a comma or {closing}")
            self._blanks()
            if self._text.startswith(closing, self._at):
                raise self._error(f"there is a comma before this {closing}; remove the comma")

    def _string(self, what: str) -> str:
        match = _STRING.match(self._text, self._at)
        if match is None:
            name = what if what == "a key" else f"a string for {what}"
            raise self._unexpected(f"{name}, in double quotes")
        self._at = match.end()
        value = json.loads(match[0])
        assert isinstance(value, str)  # noqa: S101 - for the type checker
        return value

    def _number(self, what: str) -> int:
        match = _NUMBER.match(self._text, self._at)
        if match is None or not match[0].isdigit() or len(match[0]) > _MOST_DIGITS:
            raise self._unexpected(f"a whole number for {what}")
        self._at = match.end()
        return int(match[0])

    def _expect(self, character: str, what: str) -> None:
        self._blanks()
        if not self._text.startswith(character, self._at):
            raise self._unexpected(what)
        self._at += 1

    def _blanks(self) -> None:
        match = _BLANKS.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _unexpected(self, what: str) -> BaselineError:
        rest = self._text[self._at : self._at + 1]
        word = _WORD.match(self._text, self._at)
        got = _shown(word[0]) if word else f"'{rest}'" if rest else "the end of the file"
        return self._error(f"expected {what}, got {got}; mend it, {_AGAIN}")

    def _error(self, message: str, at: int | None = None) -> BaselineError:
        return BaselineError(message, Lines(self._text).place(self._at if at is None else at))


def _shown(text: str) -> str:
    cut = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
    return json.dumps(cut, ensure_ascii=False)
