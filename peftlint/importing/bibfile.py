"""A BibTeX file as its entries: names of fields and their values, in LaTeX.

bibtexparser parts the file; what a value is made of (braces, quotes, names of `@string`, `#`) is
read here. As BibTeX has it, a `@string` knows those before it and no other, so none leads in a
circle. See http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from peftlint.importing.latex import ImportExtraError
from peftlint.regex import regex

if TYPE_CHECKING:
    from bibtexparser import model

#: In bytes; some 20,000 entries.
LARGEST = 4_000_000
#: In characters. `@string` can double a value in each of a few lines.
_LONGEST_VALUE = 20_000
#: Braces inside braces.
_DEEPEST = 40
#: The fields that say something for a list.
FIELDS = frozenset(
    (
        "archiveprefix", "author", "booktitle", "code", "date", "doi", "eprint", "eprinttype",
        "github", "howpublished", "institution", "journal", "journaltitle", "note", "project",
        "publisher", "school", "title", "type", "url", "year",
    )
)  # fmt: skip
_NAME = regex(r"[^\s#{}\",=%()]+")
_BLANK = regex(r"\s*")
#: What stands in a bibliography and is no work.
_NO_WORKS = frozenset(("comment", "preamble", "string"))


class BibEntry(NamedTuple):
    """An entry of a BibTeX file.

    Attributes:
        key: by which papers cite it.
        kind: `article`, `inproceedings`, in lower case.
        fields: the names of its fields in lower case to their values, in LaTeX, on one line.
        line: where it begins, counted from 1.
        troubles: why fields that matter are left out.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    line: int
    troubles: tuple[str, ...] = ()


class Broken(NamedTuple):
    """What cannot be read: the line where it begins, and why, for a person."""

    line: int
    reason: str


def entries(text: str) -> list[BibEntry | Broken]:
    """What a BibTeX file holds, in order.

    Args:
        text: of the file, with any line ends.

    Raises:
        ImportExtraError: bibtexparser is not installed.
    """
    try:
        from bibtexparser import model
        from bibtexparser.entrypoint import parse_string
    except ImportError as error:
        raise ImportExtraError from error
    # It logs what it returns as failed blocks, too.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text.replace("\r\n", "\n").replace("\r", "\n"), parse_stack=[])
    strings: dict[str, str] = {}
    found: list[BibEntry | Broken] = []
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, model.DuplicateBlockKeyBlock):
            # Two entries of one key are two entries; whether they are one work is told later.
            inner = block.ignore_error_block
            block = block if inner is None else inner  # noqa: PLW2901 - without the complaint
        if isinstance(block, model.DuplicateFieldKeyBlock):
            keys = ", ".join(sorted(block.duplicate_keys))
            found.append(Broken(line, f"it has the field {keys} twice; keep one of them"))
        elif isinstance(block, model.ParsingFailedBlock):
            found.append(Broken(line, _reason(block.error)))
        elif isinstance(block, model.String):
            try:
                strings[block.key.casefold()] = _value(block.value, strings)
            except ValueError as error:
                found.append(Broken(line, f"@string {block.key}: {error}"))
        elif isinstance(block, model.Entry) and block.entry_type.casefold() not in _NO_WORKS:
            found.append(_entry(block, line, strings))
    return found


def _reason(error: Exception) -> str:
    shown = " ".join(str(getattr(error, "abort_reason", error)).split())
    if "end of file" in shown:
        return "it is not closed: a '}' or a quote is missing"
    if "block start" in shown:
        return "it is not closed before the next one begins: a '}' or a quote is missing"
    return f"it cannot be parsed: {shown}"


def _entry(block: model.Entry, line: int, strings: Mapping[str, str]) -> BibEntry | Broken:
    values: dict[str, str] = {}
    troubles: list[str] = []
    for field in block.fields:
        name = field.key.casefold()
        try:
            values[name] = _value(str(field.value), strings)
        except ValueError as error:
            if name == "title":
                return Broken(line, f"its title: {error}")
            if name in FIELDS:
                troubles.append(f"its {name}: {error}")
    return BibEntry(block.key.strip(), block.entry_type.casefold(), values, line, tuple(troubles))


def _value(source: str, strings: Mapping[str, str]) -> str:
    """What a value stands for, without what encloses it.

    Raises:
        ValueError: it is none; the message is for a person.
    """
    text = "".join(_pieces(source, strings))
    if len(text) > _LONGEST_VALUE:
        raise ValueError(f"it has more than {_LONGEST_VALUE:,} characters")
    return " ".join(text.split())


def _pieces(source: str, strings: Mapping[str, str]) -> Iterator[str]:
    """The parts of a value between `#`."""
    if len(source) > _LONGEST_VALUE:
        raise ValueError(f"it has more than {_LONGEST_VALUE:,} characters")
    at = _blank(source, 0)
    while at < len(source):
        if source[at] in '{"':
            end = _end(source, at)
            yield source[at + 1 : end]
            at = end + 1
        else:
            name = _NAME.match(source, at)
            if name is None:
                raise ValueError(f"'{source[at]}' begins no value; put the value into braces")
            if name[0].isdigit():
                yield name[0]
            elif name[0].casefold() in strings:
                yield strings[name[0].casefold()]
            else:
                raise ValueError(
                    f"there is no @string '{name[0][:40]}' before it; put the value into braces"
                )
            at = name.end()
        at = _blank(source, at)
        if at == len(source):
            return
        if source[at] != "#":
            raise ValueError("more follows behind the value; a comma or a '#' is missing")
        at = _blank(source, at + 1)
    raise ValueError("it has no value")


def _blank(source: str, at: int) -> int:
    match = _BLANK.match(source, at)
    return match.end() if match else at


def _end(source: str, start: int) -> int:
    """The place of what closes the braces or the quotes that open at `start`."""
    is_quote = source[start] == '"'
    depth = 0
    for at in range(start + 1 if is_quote else start, len(source)):
        character = source[at]
        if character == "{":
            depth += 1
            if depth > _DEEPEST:
                raise ValueError(f"more than {_DEEPEST} braces are inside each other")
        elif character == "}":
            depth -= 1
            if depth == 0 and not is_quote:
                return at
            if depth < 0:
                raise ValueError("a '}' closes nothing")
        elif character == '"' and is_quote and not depth:
            return at
    raise ValueError("a brace or a quote is not closed")
