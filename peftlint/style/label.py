"""The labels of an entry's links to the paper and the code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint import title
from peftlint.convention import AUTO, Convention, Habit, Odd, learn, learn_each, most_common
from peftlint.model import Document, Entry, Link
from peftlint.source import Edit, Span
from peftlint.style.link import is_in_prose, named_links

#: Words that name the same link; others, such as `arXiv`, say what is there.
_SAME_WORDS = ("paper", "pdf")
#: Names in their owners' spelling, which are right in every list.
_OWN_SPELLINGS = frozenset({"arXiv", "GitHub", "OpenReview", "PyTorch", "TensorFlow"})


class LabelUse(NamedTuple):
    """A label of a link.

    Attributes:
        way: as it is spelt.
        word: without case and blanks.
        link: its link.
        span: where it stands, without brackets and marks.
    """

    way: str
    word: str
    link: Link
    span: Span


def labels(document: Document, entry: Entry) -> Iterator[LabelUse]:
    """The labels of an entry's links, as they are written; in a sentence they are its words."""
    for link in named_links(entry):
        if is_in_prose(document, link):
            continue
        if link.label and document.slice(link.label_span).count(link.label) == 1:
            at = document.text.index(link.label, *link.label_span)
            yield LabelUse(link.label, title.key(link.label), link, Span(at, at + len(link.label)))


def odd_labels(document: Document, wanted: Sequence[str] = ()) -> Iterator[Odd[LabelUse]]:
    """The labels that are spelt otherwise than the list's, or than `wanted` has them.

    Labels are compared with those of the same word. `pdf` and `Paper` are one word, unless both
    stand in the entry or what `pdf` opens is a PDF file.
    """
    by_word = learn_each(document, labels, lambda use: use.word)
    asked = {title.key(label): label for label in wanted}
    spelling = {word: _usual(convention) for word, convention in by_word.items()} | asked
    renamed: set[Span] = set()

    def paper_words(document: Document, entry: Entry) -> Iterator[LabelUse]:
        uses = [use for use in labels(document, entry) if use.word in _SAME_WORDS]
        if len(uses) == 1 and not (uses[0].word == "pdf" and _is_file(uses[0].link.url)):
            yield uses[0]._replace(way=spelling[uses[0].word])

    asked_words = [asked[word] for word in _SAME_WORDS if word in asked]
    for odd in learn(document, paper_words).odd(asked_words[0] if len(asked_words) == 1 else AUTO):
        renamed.add(odd.use.span)
        yield odd._replace(use=odd.use._replace(way=document.slice(odd.use.span)))
    for word, convention in by_word.items():
        for odd in convention.odd(asked.get(word, AUTO)):
            is_right = odd.use.way in _OWN_SPELLINGS and word not in asked
            if odd.use.span not in renamed and not is_right:
                yield odd


def _usual(convention: Convention[LabelUse]) -> str:
    uses = (use for section in convention.sections for use in section.uses)
    found = most_common(use.way for use in uses)
    return "" if found is None else found.way


def _is_file(url: str | None) -> bool:
    return url is not None and (url.lower().endswith(".pdf") or "/pdf/" in url.lower())


def with_label(use: LabelUse, wanted: str) -> Edit:
    """The edit that spells a link's label as `wanted`."""
    return Edit(use.span, wanted)


def label_habits(document: Document) -> list[Habit[str]]:
    """The labels for the option `labels` of mixed-link-style, as the list spells them."""
    by_word = learn_each(document, labels, lambda use: use.word)
    return [convention.habit for convention in by_word.values() if convention.habit is not None]
