r"""The small language in which a layout is written down.

A template is Markdown with fields in braces. It is data: it holds literal text, the names of
fields from one fixed table, and groups; nothing in it is evaluated, looked up or formatted.

- `{title}` is a field. The fields that hold several things take a sample of how two of them are
  written, each shown as `@`: `{links:[@][@]}`, `{badges:@ @}`, `{authors:@, @}`. A third `@`
  shows the last: `{authors:@, @ and @}`. `{authors}` alone leaves them as the list writes them.
- `{ ({venue}{ {year}})}` is a group. It is written if all fields that stand directly in it are
  there, groups within it aside; so a field that is missing takes its punctuation with it.
- `{A|B}` is a group that is written in the first way whose fields are there.
- A line end is a line end of the entry, an empty line parts two paragraphs. Lines after the
  first are not indented in a template: they get the indentation of their item.
- `\{`, `\}`, `\|`, `\@` and `\\` are the characters themselves.
- It begins with what opens the entry: `- `, `1. `, `| ` for a row of a table, or none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from peftlint.model import EntryKind
from peftlint.regex import regex

#: The fields of a template: each with whether it holds several things.
FIELDS = {
    "title": False,
    "url": False,
    "name": False,
    "authors": True,
    "venue": False,
    "year": False,
    "preprint": False,
    "ids.arxiv": False,
    "links": True,
    "links.paper": True,
    "links.code": True,
    "links.project": True,
    "links.data": True,
    "badges": True,
}
#: How several things are written where a template shows no sample.
_USUAL = {"badges": "@ @"}
_USUAL_LINKS = "[@][@]"
#: In characters.
LONGEST = 2000
#: Groups inside groups.
DEEPEST = 6

_PIECE = regex(
    r"(?P<escaped>\\[\\{}|@])|\{(?P<field>[a-z][\w.]*)(?P<colon>:)?(?P<end>\})?|(?P<mark>[{}|])"
)
_SAMPLE_END = regex(r"\\.|[{}]", re.DOTALL)
_ESCAPED = regex(r"\\([\\{}|@])")
_UNESCAPED_AT = regex(r"(\\[\\{}|@])|@")
_OPENING = regex(r"(?:(?P<bullet>[-*+])|(?P<ordered>\d{1,9}[.)])|(?P<row>\|))[ \t]")
_FEWEST, _MOST = 2, 3


class LayoutError(ValueError):
    """A layout that cannot be used, with what to do about it in words for a person."""


class Sample(NamedTuple):
    """How several things are written side by side.

    Attributes:
        opening, closing: what stands around the whole, or around each.
        separator: what parts two.
        last: what parts the last two.
        each: whether `opening` and `closing` stand around each.
    """

    opening: str
    closing: str
    separator: str
    last: str
    each: bool


class Field(NamedTuple):
    """The place of a field.

    Attributes:
        name: one of `FIELDS`.
        sample: how several are written; `None` for a field that holds one thing, and for authors
            that stay as they are.
    """

    name: str
    sample: Sample | None


class Group(NamedTuple):
    """What is written in the first of several ways whose fields are there, or not at all."""

    ways: tuple[tuple[str | Field | Group, ...], ...]


Node = str | Field | Group


class Template(NamedTuple):
    """A layout's template, parsed.

    Attributes:
        source: as written down.
        kind: what its entries are.
        marker: what they open with, `-`, `1.` or `|`; empty for a paragraph.
        body: what follows the marker.
    """

    source: str
    kind: EntryKind
    marker: str
    body: tuple[Node, ...]

    def fields(self) -> Iterator[Field]:
        """All fields, in the order in which they stand."""
        yield from _fields(self.body)

    def names(self) -> frozenset[str]:
        """The names of all fields."""
        return _names(self.body)


def parse(source: str, name: str = "own") -> Template:
    """Read a template.

    Args:
        source: as written down, with line feeds.
        name: of the layout, for messages.

    Raises:
        LayoutError: it cannot be read; the message names the column (the line, too, where there
            are several) and what is wrong there.
    """
    return _Parser(source.rstrip("\n"), name).parse()


@lru_cache(maxsize=64)
def _names(nodes: tuple[Node, ...]) -> frozenset[str]:
    return frozenset(field.name for field in _fields(nodes))


def _fields(nodes: tuple[Node, ...]) -> Iterator[Field]:
    for node in nodes:
        if isinstance(node, Field):
            yield node
        elif isinstance(node, Group):
            for way in node.ways:
                yield from _fields(way)


class _Open(NamedTuple):
    """A group that is not closed yet: where it opens, the ways before, and the current one."""

    at: int
    ways: list[tuple[Node, ...]]
    nodes: list[Node]


class _Parser:
    def __init__(self, source: str, name: str) -> None:
        self.source = source
        self.name = name

    def parse(self) -> Template:
        source = self.source
        if len(source) > LONGEST:
            raise self._error(LONGEST, f"a layout has at most {LONGEST} characters")
        control = re.search(r"[^\S \n]|[\x00-\x09\x0b-\x1f\x7f]", source)
        if control:
            raise self._error(control.start(), "blanks and line ends are the only white space")
        opening = _OPENING.match(source)
        at = opening.end() if opening else 0
        body = tuple(self._nodes(at))
        if not any(field.name == "title" for field in _fields(body)):
            raise self._error(0, "it has no {title}")
        fewest, most = _titles(body)
        if most > 1:
            raise self._error(0, "it has more than one {title}")
        if not fewest:
            raise self._error(
                0, "its {title} stands in a group that may be left out; add '|{title}' to this"
            )
        kind: EntryKind = "paragraph"
        if opening and opening["bullet"]:
            kind = "bullet"
        elif opening and opening["ordered"]:
            kind = "ordered"
        elif opening:
            kind = "table-row"
            if "\n" in source:
                raise self._error(source.index("\n"), "a row of a table is one line")
        elif source.startswith("#"):
            raise self._error(0, "entries that are headings cannot be laid out")
        return Template(source, kind, opening[0].rstrip() if opening else "", body)

    def _nodes(self, at: int) -> list[Node]:
        source = self.source
        top: list[Node] = []
        opened: list[_Open] = []
        nodes = top
        while at < len(source):
            match = _PIECE.search(source, at)
            stop = match.start() if match else len(source)
            if stop > at:
                _add_text(nodes, source[at:stop])
            if match is None:
                break
            at = match.end()
            if match["escaped"]:
                _add_text(nodes, match[0][1])
            elif match["field"] and (match["end"] or match["colon"]):
                field, at = self._field(match)
                nodes.append(field)
            elif match["field"] or match["mark"] == "{":
                if match["field"] and at < len(source) and source[at] not in " {},;.":
                    raise self._error(stop, f"'{{{match['field']}' is not closed by '}}'")
                if len(opened) == DEEPEST:
                    raise self._error(stop, f"more than {DEEPEST} groups stand inside each other")
                opened.append(_Open(stop, [], []))
                nodes = opened[-1].nodes
                at = stop + 1
            elif match["mark"] == "|" and opened:
                self._end_way(opened[-1])
            elif match["mark"] == "|":
                # Outside groups a bar parts the cells of a row.
                _add_text(nodes, "|")
            else:
                group = self._closed(opened, stop)
                nodes = opened[-1].nodes if opened else top
                nodes.append(group)
        if opened:
            raise self._error(opened[-1].at, "'{' is not closed; write '\\{' for the character")
        return top

    def _closed(self, opened: list[_Open], at: int) -> Group:
        """The group that a brace closes."""
        if not opened:
            raise self._error(at, "'}' closes nothing; write '\\}' for the character")
        group = opened.pop()
        self._end_way(group)
        return Group(tuple(group.ways))

    def _end_way(self, group: _Open) -> None:
        way = tuple(group.nodes)
        if not any(not isinstance(node, str) for node in way):
            raise self._error(
                group.at,
                "a group, or a way of it, that has no field in it; '|' parts ways, '\\|' is a bar",
            )
        group.ways.append(way)
        group.nodes.clear()

    def _field(self, match: re.Match[str]) -> tuple[Field, int]:
        name = match["field"]
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            raise self._error(match.start(), f"there is no field '{name}'; there are {known}")
        several = FIELDS[name]
        if not match["colon"]:
            # Authors without a sample stay as the list writes them.
            usual = _USUAL.get(name, _USUAL_LINKS) if several and name != "authors" else ""
            return Field(name, _sample(usual)), match.end()
        if not several:
            raise self._error(match.end() - 1, f"'{name}' is one thing and takes no sample")
        end = match.end()
        for found in _SAMPLE_END.finditer(self.source, match.end()):
            if found[0] == "{":
                raise self._error(found.start(), "a sample has no fields; '@' stands for each")
            if found[0] == "}":
                end = found.start()
                break
        else:
            raise self._error(match.start(), f"'{{{name}:' is not closed by '}}'")
        sample = _sample(self.source[match.end() : end])
        if sample is None:
            raise self._error(match.end(), f"a sample shows two of '{name}' as '@', or three")
        return Field(name, sample), end + 1

    def _error(self, at: int, what: str) -> LayoutError:
        line = self.source.count("\n", 0, at) + 1
        column = at - (self.source.rfind("\n", 0, at) + 1) + 1
        where = f"line {line}, column {column}" if "\n" in self.source else f"column {column}"
        return LayoutError(f"layout {self.name}: {where}: {what}")


def _titles(nodes: tuple[Node, ...]) -> tuple[int, int]:
    """How many titles are written at least and at most."""
    fewest = most = 0
    for node in nodes:
        if isinstance(node, Field):
            fewest += node.name == "title"
            most += node.name == "title"
        elif isinstance(node, Group):
            ways = [_titles(way) for way in node.ways]
            most += max(way[1] for way in ways)
            always = any(
                {field.name for field in way if isinstance(field, Field)} == {"title"}
                for way in node.ways
            )
            fewest += min(way[0] for way in ways) if always else 0
    return fewest, most


def _add_text(nodes: list[Node], text: str) -> None:
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] += text
    else:
        nodes.append(text)


def _sample(written: str) -> Sample | None:
    """What a sample shows; `None` where it does not show two or three things."""
    pieces = [""]
    end = 0
    for match in _UNESCAPED_AT.finditer(written):
        pieces[-1] += written[end : match.start()]
        if match[1]:
            pieces[-1] += match[0]
        else:
            pieces.append("")
        end = match.end()
    pieces[-1] += written[end:]
    shown = [_ESCAPED.sub(r"\1", piece) for piece in pieces]
    if not _FEWEST <= len(shown) - 1 <= _MOST:
        return None
    opening, *between, closing = shown
    separator, last = between[0], between[-1]
    each = len(separator) >= len(opening) + len(closing) and all(
        one.startswith(closing) and one.endswith(opening) for one in between
    )
    if each and opening + closing:
        stop = -len(opening) or None
        separator, last = (one[len(closing) : stop] for one in (separator, last))
        return Sample(opening, closing, separator, last, each=True)
    return Sample(opening, closing, separator, last, each=False)
