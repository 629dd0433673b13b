"""The labels of an entry's links to the paper and the code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from peftlint import title
from peftlint.convention import AUTO, Convention, Habit, Odd, habit_of_entries, learn_each
from peftlint.model import Document, Entry, Link
from peftlint.source import Span
from peftlint.style.link import NamedLinks, named_links
from peftlint.value import NamedTuple

#: Words that name the same link; others, such as `arXiv`, say what is there.
_PAPER, _PDF = _SAME_WORDS = ("paper", "pdf")
#: Names in their owners' spelling, which are right in every list.
_OWN_SPELLINGS = frozenset({"arXiv", "GitHub", "OpenReview", "PyTorch", "TensorFlow"})


#: A label of a link as it is spelt, without case and blanks, and the link.
LabelUse = tuple[str, str, Link]

_word: Callable[[LabelUse], str] = itemgetter(1)


class _Labels(NamedTuple):
    """The labels of a list.

    Attributes:
        by_entry: those of each entry that has some, by the entry's `id`.
        lone_papers: for the `id` of an entry the label that may be either word for a paper.
    """

    by_entry: Mapping[int, Sequence[LabelUse]]
    lone_papers: Mapping[int, LabelUse]


def _labels(document: Document) -> _Labels:
    """The labels of links, as they are written; in a sentence they are its words."""
    by_entry: dict[int, Sequence[LabelUse]] = {}
    lone_papers: dict[int, LabelUse] = {}
    words: dict[str, str] = {}  # a list has few
    for entry, named in named_links(document).items():
        uses = _labels_of(document, named, words)
        if uses:
            by_entry[entry] = uses
            lone = _lone_paper(uses)
            if lone is not None:
                lone_papers[entry] = lone
    return _Labels(by_entry, lone_papers)


def _labels_of(document: Document, named: NamedLinks, words: dict[str, str]) -> Sequence[LabelUse]:
    """The labels of an entry's links.

    Args:
        document: the list.
        named: the links.
        words: the word that a label is, of those that are known; it gets the others.
    """
    text = document.text
    links, in_prose = named
    found: list[LabelUse] = []
    for link in links:
        if id(link) in in_prose:
            continue
        label = link.label or ""
        start, end = link.label_span
        written = text[start:end]
        if written != label and written.count(label) != 1:
            continue
        word = words.get(label)
        if word is None:
            word = words[label] = title.key(label)
        found.append((label, word, link))
    return found


def place(document: Document, link: Link) -> Span:
    """Where the label of a link stands, without brackets and marks."""
    label = link.label or ""
    start = document.text.index(label, *link.label_span)
    return Span(start, start + len(label))


def odd_labels(document: Document, wanted: Sequence[str] = ()) -> Iterator[Odd[LabelUse]]:
    """The labels that are spelt otherwise than the list's, or than `wanted` has them.

    Labels are compared with those of the same word. `pdf` and `Paper` are one word, unless both
    stand in the entry or are asked for, or what `pdf` opens is a PDF file.
    """
    asked = {title.key(label): label for label in wanted}
    papers = [word for word in _SAME_WORDS if word in asked]
    word_of_papers = _word_of_papers(document) if not papers else papers[0]
    if len(papers) == len(_SAME_WORDS):
        word_of_papers = None
    for word, convention in _by_word(document, word_of_papers).items():
        style = asked.get(word, AUTO)
        for odd in convention.odd(style):
            if style != AUTO or odd.use[0] not in _OWN_SPELLINGS:
                yield odd


def _by_word(document: Document, word_of_papers: str | None) -> Mapping[str, Convention[LabelUse]]:
    """How the labels are spelt, for each word.

    Args:
        document: the list.
        word_of_papers: that of the two for a paper under which the other is, too.
    """
    by_entry, lone_papers = document.once(_labels)
    other_word: set[int] = set()
    if word_of_papers is not None:
        other_word = {id(use) for use in lone_papers.values() if use[1] != word_of_papers}

    def trait(_: Document, entry: Entry) -> Sequence[LabelUse]:
        return by_entry.get(id(entry), ())

    def topic(use: LabelUse) -> str:
        return word_of_papers if word_of_papers and id(use) in other_word else use[1]

    return learn_each(document, trait, topic if other_word else _word)


def _word_of_papers(document: Document) -> str | None:
    """The word for a paper that the list has where both words would do, or `None`."""
    lone_papers = document.once(_labels).lone_papers
    found = habit_of_entries([(entry, word) for entry, (_, word, _) in lone_papers.items()])
    return None if found is None else found.way


def _lone_paper(uses: Sequence[LabelUse]) -> LabelUse | None:
    """The label of an entry that may be either word for a paper."""
    papers = [use for use in uses if use[1] in _SAME_WORDS]
    if len(papers) != 1:
        return None
    _, word, link = papers[0]
    return None if word == _PDF and _is_file(link.url) else papers[0]


def _is_file(url: str | None) -> bool:
    return url is not None and (url.lower().endswith(".pdf") or "/pdf/" in url.lower())


def label_habits(document: Document) -> list[Habit[str]]:
    """The labels for the option `labels` of mixed-link-style, as the list spells them.

    Of the two words for a paper it is the one that the list has where both would do.
    """
    word_of_papers = _word_of_papers(document)
    by_word = _by_word(document, word_of_papers)
    others = set(_SAME_WORDS) - {word_of_papers}
    if not others <= by_word.keys():
        others = set()
    return [
        convention.habit
        for word, convention in by_word.items()
        if convention.habit is not None and word not in others
    ]


def first_twice(wanted: Sequence[str]) -> tuple[str, str] | None:
    """Two spellings of one word among `wanted`, or `None`."""
    seen: dict[str, str] = {}
    for label in wanted:
        other = seen.setdefault(title.key(label), label)
        if other != label:
            return other, label
    return None
