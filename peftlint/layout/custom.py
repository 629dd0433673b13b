"""How a list itself writes what a layout leaves open: short years, titles linked in part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from peftlint.layout.template import Template
from peftlint.layout.writer import Shown
from peftlint.layout.written import TITLE, Written, WrittenLink, id_spans
from peftlint.model import Document, Entry
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.style.layout import unmarked

#: What is no word: punctuation, brackets and marks, which are the layout's.
_WORD = regex(
    r"[^\W\d_]+|\d+|[^\w\s.,:;()\[\]{}*|/\\<>\"'`&~\u00b7\u2010-\u2015\u2018-\u201f\u2022"
    r"\u3000-\u3003\u3008-\u3011\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff5c-]"
)
_MARKUP = regex(r"</?br ?/?>|&nbsp;", re.IGNORECASE)
#: Names are parted by these or by commas.
_BETWEEN_NAMES = frozenset(("and", "et", "al", "others", "arxiv"))
_STOP = regex(r"[*_\"\u201d\u2019)\]]{0,4}[.,:;]")
_SHORT = regex(r"['`\u2019] ?$")
_LONGEST_MARK = 2
_EMPHASISED = regex(r"(?<![*\\])(\*{1,2})(?=[^\s*])[^*\n]{1,200}(?<!\s)\1(?!\*)")
_TWICE = regex(r"(\(\d{4}\)) ?\1")
#: In digits.
_FULL_YEAR = 4


def as_in_list(fields: Written, document: Document, template: Template) -> None:
    """Turn an entry's fields to what its list writes, for the list's own layout.

    A short year stays short, a title that is a link in part stays so, and no comma is written at
    the end of a line.

    Args:
        fields: changed in place.
        document: the list.
        template: of its layout.
    """
    entry = fields.entry
    text = document.text
    fields.parts_at_end = False
    if entry.title.text.endswith(("?", "!")):
        fields.is_stopped = _STOP.match(text, entry.title.span.end) is None
    if not fields.is_preprint and not any(id_spans(document, entry)):
        # A number that only a link shows is not written anew.
        fields.arxiv = None
    fields.links = tuple(_bracketed(document, template, link) for link in fields.links)
    fields.are_kept = fields.are_kept or not _is_list_of_names(fields)
    where, year = entry.venue, entry.year
    if where and year and fields.venue and fields.year and where.span.contains(year.span):
        # `ACL 2017 Workshop` is one phrase.
        fields.venue = " ".join(unmarked(document.slice(where.span))[0].split())
        fields.year = None
    short = short_year(document, entry)
    if short is not None and fields.year is not None:
        venue = entry.venue.span if entry.venue else None
        if venue is not None and fields.venue is not None and venue.end == short.start:
            # `ICLR'24` is one word.
            fields.venue += document.slice(short)
            fields.year = None
        else:
            fields.year = document.slice(short)
    if is_linked_in_part(entry):
        link = next(link for link in entry.links if link.label == TITLE)
        whole = Span(
            min(entry.title.span.start, link.span.start), max(entry.title.span.end, link.span.end)
        )
        fields.title = " ".join(unmarked(document.slice(whole))[0].split())
        if text[whole.end : entry.span.end].strip() == ".":
            fields.title += "."
        fields.url, fields.holds_link = None, True


def _is_list_of_names(fields: Written) -> bool:
    """Whether the authors may be written anew: a list with commas, or the form of BibTeX."""
    shown = "".join((fields.all_authors or "").split()).rstrip(".")
    if shown == "".join(",".join(fields.authors).split()).rstrip("."):
        return True
    names = (fields.all_authors or "").split(" and ")
    return len(names) > 1 and all(name.count(",") == 1 for name in names)


def _bracketed(document: Document, template: Template, link: WrittenLink) -> WrittenLink:
    """A placeholder with its second brackets, where the layout writes none."""
    span = link.link.span
    text = document.text
    around = (text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1])
    samples = (field.sample for field in template.fields() if field.name == "links")
    has_brackets = any(sample and sample.opening.endswith("[") for sample in samples)
    if link.is_placeholder and around == ("[", "]") and not has_brackets:
        return link._replace(text=f"[{link.text}]")
    return link


def liberty(document: Document, entry: Entry, again: Entry, text: str, shown: Shown) -> str | None:
    """What a list's own layout would change of an entry that is none of its business.

    Args:
        document: the list.
        entry: one of its entries.
        again: what it would be read back as.
        text: the entry as it would be written.
        shown: what was written of it.

    Returns:
        Why it is to be left as it is, for a person; `None` if only the order of fields, marks,
        brackets, punctuation and blanks change.
    """
    if [id(link) for _, link in shown.links] != [id(link) for link in entry.links]:
        return "its links stand in another order than the list's"
    if _venue_is_first(entry) != _venue_is_first(again):
        return "its venue and year would change places"
    changed = _changed(document, entry, text, shown)
    if changed:
        return changed
    was, now = _words(document.slice(entry.span)), _words(text)
    relabelled = [
        (link.label or "", label or "") for label, link in shown.links if label != link.label
    ]
    was -= _words(" ".join(old for old, _ in relabelled if old != TITLE))
    now -= _words(" ".join(new for _, new in relabelled if new != TITLE))
    lost, gained = was - now, now - was
    if lost or gained:
        if entry.marker and list(lost) == _WORD.findall(entry.marker.text) and not gained:
            return "it has a number, and in its list's layout entries have none"
        return f"it would {'lose' if lost else 'gain'} '{next(iter(lost or gained))}'"
    return None


def _venue_is_first(entry: Entry) -> bool | None:
    """Whether the venue stands before the year; `None` where one of them is missing."""
    if entry.venue is None or entry.year is None:
        return None
    return entry.venue.span.start <= entry.year.span.start


def _changed(document: Document, entry: Entry, text: str, shown: Shown) -> str | None:
    """What would be written otherwise than a matter of layout may be."""
    old = document.slice(entry.span)
    if is_linked_in_part(entry) and any(old.count(mark) != text.count(mark) for mark in "()[]"):
        return "brackets around a part of it would come or go"
    for label, link in shown.links:
        if label == TITLE != link.label:
            return "its title would become a link"
        if label != TITLE == link.label and link.role != "paper":
            return "the link of its title leads to no paper, and would have to be named"
    if any(words not in text for words in _emphasised(document, entry)):
        return "words of its title would lose their emphasis"
    return "its year would stand there twice" if _TWICE.search(text) else None


def _emphasised(document: Document, entry: Entry) -> Iterator[str]:
    """The words of a title that are emphasised, where not all of it is."""
    title = entry.title.span
    start = max(title.start - _LONGEST_MARK, entry.span.start)
    region = document.text[start : min(title.end + _LONGEST_MARK, entry.span.end)]
    for found in _EMPHASISED.finditer(region):
        if len(found[0]) < title.end - title.start - 1:
            yield found[0]


def _words(text: str) -> Counter[str]:
    found = _WORD.findall(_MARKUP.sub(" ", text))
    return Counter(word for word in found if word.casefold() not in _BETWEEN_NAMES)


def short_year(document: Document, entry: Entry) -> Span | None:
    """The place of a year of two digits, with its apostrophe; `None` for any other."""
    if entry.year is None or entry.year.span.end - entry.year.span.start == _FULL_YEAR:
        return None
    start = entry.year.span.start
    mark = _SHORT.search(document.text[max(start - 2, 0) : start])
    return Span(start - len(mark[0]), entry.year.span.end) if mark else None


def is_linked_in_part(entry: Entry) -> bool:
    """Whether a title is a link and words beside it: `[Name](..): The Rest of It`."""
    link = next((link for link in entry.links if link.label == TITLE), None)
    return link is not None and link.form == "inline" and not link.span.contains(entry.title.span)
