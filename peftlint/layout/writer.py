"""An entry written in a layout: its template with the entry's fields put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint.escape import at_line_start, in_cell
from peftlint.layout.template import Field, Group, Node, Sample, Template
from peftlint.layout.written import Written, WrittenLink, inside_marks, without_marks
from peftlint.model import Badge, Link
from peftlint.regex import regex

#: What closes the marks and brackets around a field, and belongs to it.
_CLOSING = regex(r"(?:[.,:;]?(?:\*{1,3}|_{1,3}|[`\"\u201d'\u2019)\]])+){0,4}")
#: What joins two fields to one word, as in `ACL'21`: words behind the first go behind both.
_GLUE = regex(r"['\u2019/-]")
#: A title that is a link is not at its end yet.
_LINK_MIDDLE = "]("
_HARD_BREAK = regex(r"(?<!\\)(?:\\\\)*\\$")
#: A link with brackets in its label, which a sample with brackets has already.
_BRACKETED_LABEL = regex(r"^\[\[(?P<label>[^\[\]]+)\](?P<rest>\][(\[].*)", re.DOTALL)
_MARK = regex(r"(?:^|[^*_\\])(\*{1,2}|_{1,2})[\"'\u201c(\[]?$")
_LINE = "\n"
#: No field and no template holds this character: white space in them is blanks and line ends.
_PARAGRAPH = "\f"
#: Nor this one, which stands for two blanks before a line end.
_BREAK = "\v"
#: Nor this one, which follows a separator that may turn out to part nothing.
_NOTE = "\x01"
_SEPARATOR = regex(r"[,:;|](?![^\s*_\"])")
_AT_END = regex(rf"[ ]?[,:;|]{_NOTE}(?P<closing>[*_\"]{{0,4}}(?:<br>)?\s{{0,4}}\\?)$")
#: A stop behind a title, inside its marks or behind them.
_STOP = regex(r"^(?P<marks>[*_\"\u201d\u2019)\]]{0,4})[.,:;]")
#: What parts a field from the next; words behind a field may bring it with them.
_PARTING = frozenset(".,:;|")
_ROLES = ("links.paper", "links.code", "links.project", "links.data")


class Shown(NamedTuple):
    """An entry as a layout writes it.

    Attributes:
        lines: its lines, without the marker and without indentation.
        links: the entry's links in the order in which they are written, each with its label.
        badges: its badges in that order.
        left: the fields that the entry has and the template wrote nowhere, by their names in
            `peftlint.layout.lacking.LOSABLE`.
        lost: the words of these.
    """

    lines: tuple[str, ...]
    links: tuple[tuple[str | None, Link], ...]
    badges: tuple[Badge, ...]
    left: tuple[str, ...]
    lost: str = ""


def write(template: Template, written: Written) -> Shown:
    """Write an entry in a layout.

    Args:
        template: of the layout.
        written: the entry's fields.
    """
    return _Writer(template, written).write()


class _Writer:
    def __init__(self, template: Template, written: Written) -> None:
        self.template = template
        self.written = written
        self.is_row = template.kind == "table-row"
        self.names = template.names()
        has_link = "url" in self.names or written.holds_link
        self.opened = written.title_link if has_link else None
        #: What is written so far.
        self.pieces: list[str] = []
        self.line_is_empty = True
        #: What is to be written behind the marks that close.
        self.pending = ""
        #: Whether what comes next belongs to the word before it.
        self.is_glued = False
        #: Whether what follows the title was begun.
        self.is_past_title = False
        self.done: set[str] = set()
        self.links: list[tuple[str | None, Link]] = []
        self.badges: list[Badge] = []

    def write(self) -> Shown:
        body = self.template.body
        # In a row, what stands before everything stands before the title, not in another cell.
        cell = next(n for n, node in enumerate(body) if _has_title(node)) if self.is_row else 0
        self._nodes(body[:cell])
        if self.written.lead:
            self._kept(f"{self.written.lead} ")
        self._nodes(body[cell:])
        self._flush()
        whole, lead = "".join(self.pieces), self.written.lead
        if lead and not self.is_row:
            whole = f"{lead} {whole[len(lead) :].lstrip(' ')}"
        lines = tuple(_tidy(whole))
        left = dict(self._left())
        return Shown(
            lines, tuple(self.links), tuple(self.badges), tuple(left), " ".join(left.values())
        )

    def _left(self) -> Iterator[tuple[str, str]]:
        """The fields that were not written, each with its words."""
        written, entry = self.written, self.written.entry
        is_venue_there = written.venue is not None and "preprint" not in self.done
        if written.name is not None and "name" not in self.done:
            yield "name", entry.name.text if entry.name else ""
        authors_are_left = bool(written.authors) and "authors" not in self.done
        if authors_are_left:
            names = " ".join(author.text for author in entry.authors)
            yield "authors", f"{names} {written.all_authors or ''}"
        if is_venue_there and "venue" not in self.done:
            yield "venue", written.venue or ""
        if written.year is not None and "year" not in self.done:
            yield "year", written.year
        given = {id(link) for _, link in self.links}
        links = [link.link for link in written.links]
        if authors_are_left:
            links.extend(written.in_authors)
        left = [link for link in links if id(link) not in given]
        if left:
            yield "links", " ".join(link.label or "" for link in left)
        shown = {id(badge) for badge in self.badges}
        missing = [one.badge for one in written.badges if id(one.badge) not in shown]
        if missing:
            yield "badges", " ".join(badge.alt for badge in missing)
        remarks = [text for name, text in written.remarks.items() if name not in self.done]
        remarks += [one.remark for one in written.links if id(one.link) not in given]
        remarks += [one.remark for one in written.badges if id(one.badge) not in shown]
        if any(remarks):
            yield "remarks", " ".join(remarks)

    # Nodes

    def _nodes(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._literal(node)
            elif isinstance(node, Field):
                self._field(node)
            else:
                way = self._way(node)
                if way is not None:
                    self._nodes(way)

    def _way(self, group: Group) -> Sequence[Node] | None:
        """The first way of a group that can be written."""
        return next((way for way in group.ways if self._is_there(way)), None)

    def _is_there(self, way: Sequence[Node]) -> bool:
        direct = [node for node in way if isinstance(node, Field)]
        if direct:
            return all(self._has(field) for field in direct)
        groups = (node for node in way if isinstance(node, Group))
        return any(self._way(group) is not None for group in groups)

    def _has(self, field: Field) -> bool:
        written, name = self.written, field.name
        if name.startswith("links"):
            return bool(self._links(name))
        if name in self.done:
            # What is one thing is written once.
            return False
        return {
            "title": True,
            "url": written.url is not None,
            "name": written.name is not None,
            "authors": bool(written.authors),
            "venue": written.venue is not None,
            "year": written.year is not None,
            "preprint": written.is_preprint and written.arxiv is not None,
            "ids.arxiv": written.arxiv is not None,
            "badges": bool(written.badges),
        }[name]

    def _links(self, name: str) -> list[WrittenLink]:
        """The links that a field writes: those with a field of their own are in no other."""
        own = [role for role in _ROLES if role in self.names]
        return [
            link
            for link in self.written.links
            if link.link is not self.opened
            and (f"links.{link.role}" == name if f"links.{link.role}" in own else name == "links")
        ]

    # Text

    def _raw(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            start = max(text.rfind(_LINE), text.rfind(_PARAGRAPH)) + 1
            before = self.line_is_empty or start > 0
            self.line_is_empty = before and not text[start:].strip()

    def _literal(self, text: str) -> None:
        text = text.replace("\n\n", _PARAGRAPH).replace("  \n", f"{_BREAK}\n")
        text = self._without_second_stop(text)
        if self.written.is_stopped and "title" in self.done and not self.is_past_title:
            if text.startswith(_LINK_MIDDLE):
                self._raw(text)
                return
            self.is_past_title = True
            text = _STOP.sub(r"\g<marks>", text, count=1)
        if self.pending and (text.startswith(_LINK_MIDDLE) or _GLUE.fullmatch(text)):
            self._raw(text)
            self.is_glued = text != _LINK_MIDDLE
            return
        closing = _CLOSING.match(text) if self.pending else None
        if closing:
            self._raw(self._parting(closing[0]))
            text = text[closing.end() :]
            parts_itself = self.pending[:2].lstrip()[:1] in _PARTING
            self._flush()
            text = self._without_second_stop(text)
            if parts_itself and text[:1] in _PARTING:
                text = text[1:]
        self._raw(self._parting(text))

    def _parting(self, text: str) -> str:
        """A literal whose separators are noted, as those at the end of a line part nothing."""
        if self.written.parts_at_end or self.is_row:
            return text
        return _SEPARATOR.sub(rf"\g<0>{_NOTE}", text)

    def _without_second_stop(self, text: str) -> str:
        """A literal without its full stop behind `et al.` and `J.`, which have their own."""
        if text.startswith(".") and self.pieces and self.pieces[-1].endswith("."):
            return text[1:]
        return text

    def _flush(self) -> None:
        pending, self.pending = self.pending, ""
        self._kept(pending)

    def _kept(self, text: str) -> None:
        """Write what stands beside fields."""
        self._raw(in_cell(text) if self.is_row else text)

    def _value(self, text: str) -> None:
        """Write Markdown of a field."""
        if not self.is_glued:
            self._flush()
        self.is_glued = False
        if self.line_is_empty:
            text = at_line_start(text)
        if self.is_row:
            text = in_cell(text)
        self._raw(text)

    def _mark(self) -> str:
        """The mark of emphasis that has just been opened; empty for none."""
        found = _MARK.search("".join(self.pieces[-2:]))
        return found[1] if found else ""

    def _field(self, field: Field) -> None:
        written, name = self.written, field.name
        if not self._has(field):
            return
        self.done.add(name)
        if name.startswith("links"):
            self._several_links(self._links(name), field.sample)
        elif name == "badges":
            self._several_badges(field.sample)
        elif name == "authors":
            self._authors(field.sample)
        elif name == "url":
            # It closes behind a title whose remark is still to come.
            pending, self.pending = self.pending, ""
            self._value(written.url or "")
            behind = (link.remark for link in written.links if link.link is self.opened)
            self.pending = pending + "".join(behind)
            if self.opened is not None:
                self.links.insert(0, ("@title", self.opened))
        elif name == "preprint":
            self._value(f"arXiv:{written.arxiv}")
            self.done.update(("venue", "ids.arxiv"))
        else:
            text = {
                "title": written.title,
                "name": written.name,
                "venue": written.venue,
                "year": written.year,
                "ids.arxiv": written.arxiv,
            }[name]
            mark = self._mark() if name in ("title", "venue") else ""
            self._value(without_marks(text or "", mark) if mark else text or "")
            if name == "title" and written.holds_link and self.opened is not None:
                self.links.insert(0, ("@title", self.opened))
        names = ("venue", "ids.arxiv") if name == "preprint" else (name,)
        for one in names:
            self.pending += written.remarks.get(one, "")

    def _authors(self, sample: Sample | None) -> None:
        written = self.written
        if written.all_authors is not None and (written.are_kept or sample is None):
            mark = self._mark()
            self._value(inside_marks(written.all_authors, mark) if mark else written.all_authors)
            self.links.extend((link.label, link) for link in written.in_authors)
            return
        self._several(list(written.authors), sample)

    def _several_links(self, links: Sequence[WrittenLink], sample: Sample | None) -> None:
        has_brackets = sample is not None and sample.each and sample.opening.endswith("[")
        texts = []
        bare = set()
        for number, link in enumerate(links):
            bracketed = _BRACKETED_LABEL.fullmatch(link.text) if has_brackets else None
            texts.append(
                "[{label}{rest}".format(**bracketed.groupdict()) if bracketed else link.text
            )
            if link.is_placeholder and has_brackets:
                bare.add(number)
            self.links.append((link.label, link.link))
        self._several(texts, sample, [link.remark for link in links], bare)

    def _several_badges(self, sample: Sample | None) -> None:
        badges = self.written.badges
        self._several([badge.text for badge in badges], sample, [one.remark for one in badges])
        for badge in badges:
            self.badges.append(badge.badge)
            if badge.badge.link is not None:
                self.links.append((badge.badge.link.label, badge.badge.link))

    def _several(
        self,
        texts: Sequence[str],
        sample: Sample | None,
        remarks: Sequence[str] = (),
        bare: frozenset[int] | set[int] = frozenset(),
    ) -> None:
        """Write several things side by side.

        Args:
            texts: the things.
            sample: how.
            remarks: what is written right behind each.
            bare: the numbers of those that get no brackets.
        """
        opening, closing, separator, last, each = sample or Sample("", "", ", ", ", ", False)
        self._flush()
        if not each:
            self._literal(opening)
        for number, text in enumerate(texts):
            if number:
                self._raw(last if number == len(texts) - 1 else separator)
            is_bare = number in bare
            if each and not is_bare:
                self._raw(opening)
            self._value(text)
            if each and not is_bare:
                self._raw(closing)
            self._kept(remarks[number] if number < len(remarks) else "")
        if not each:
            self._raw(closing)


def _has_title(node: Node) -> bool:
    """Whether a title is written in a part of a template."""
    if isinstance(node, Group):
        return any(_has_title(one) for way in node.ways for one in way)
    return isinstance(node, Field) and node.name == "title"


def _tidy(text: str) -> Iterator[str]:
    """The lines without those that turned out empty, one empty line between paragraphs."""
    found = (
        [_AT_END.sub(r"\g<closing>", line.rstrip(" ")).replace(_NOTE, "") for line in part]
        for part in (part.split(_LINE) for part in text.split(_PARAGRAPH))
    )
    shown = [
        lines
        for part in found
        if (
            lines := [
                line.strip() + ("  " if line.rstrip(" ").endswith(_BREAK) else "")
                for line in part
                if line.strip()
            ]
        )
    ]
    for number, paragraph in enumerate(shown):
        if number:
            yield ""
        yield from paragraph[:-1]
        # A break that nothing follows is a backslash.
        yield _HARD_BREAK.sub("", paragraph[-1]).rstrip() or paragraph[-1]
