"""The labels of an entry's links to the paper and the code."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence, Set
from operator import itemgetter

from peftlint import title
from peftlint.convention import AUTO, Convention, Habit, Odd, habit_of_entries, learn_each
from peftlint.model import Document, Entry, Link
from peftlint.style.named import named_links
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


def _labels(document: Document, words: Container[str]) -> _Labels:
    """The labels of links that are some words, as they are written; those in a sentence are not."""
    by_entry: dict[int, Sequence[LabelUse]] = {}
    lone_papers: dict[int, LabelUse] = {}
    spelt = named_links(document).by_entry
    for entry in document.entries:
        uses = [
            (spelling.label, spelling.word, link)
            for link, spelling in zip(entry.links, spelt.get(id(entry), ()), strict=False)
            if spelling is not None and spelling.word in words and spelling.word is not None
        ]
        if uses:
            by_entry[id(entry)] = uses
            lone = _lone_paper(uses)
            if lone is not None:
                lone_papers[id(entry)] = lone
    return _Labels(by_entry, lone_papers)


def _spellings(document: Document) -> dict[str, set[str]]:
    """How the list spells each word that is a label."""
    found: dict[str, set[str]] = {}
    for label, word, _ in named_links(document).spellings:
        if word is not None:
            found.setdefault(word, set()).add(label)
    return found


def odd_labels(document: Document, wanted: Sequence[str] = ()) -> Iterator[Odd[LabelUse]]:
    """The labels that are spelt otherwise than the list's, or than `wanted` has them.

    Labels are compared with those of the same word. `pdf` and `Paper` are one word, unless both
    stand in the entry or are asked for, or what `pdf` opens is a PDF file.
    """
    asked = {title.key(label): label for label in wanted}
    spelt = _spellings(document)
    words = spelt.keys() if asked else _mixed(spelt)
    if not words:
        return
    labels = _labels(document, words)
    papers = [word for word in _SAME_WORDS if word in asked]
    word_of_papers = _word_of_papers(labels) if not papers else papers[0]
    if len(papers) == len(_SAME_WORDS):
        word_of_papers = None
    for word, convention in _by_word(document, labels, word_of_papers).items():
        style = asked.get(word, AUTO)
        for odd in convention.odd(style):
            if style != AUTO or odd.use[0] not in _OWN_SPELLINGS:
                yield odd


def _mixed(spelt: Mapping[str, Set[str]]) -> Set[str]:
    """The words that a list spells in more than one way; most are spelt in one."""
    mixed = {word for word, labels in spelt.items() if len(labels) > 1}
    return mixed.union(_SAME_WORDS) if spelt.keys() >= set(_SAME_WORDS) else mixed


def _by_word(
    document: Document, labels: _Labels, word_of_papers: str | None
) -> Mapping[str, Convention[LabelUse]]:
    """How the labels are spelt, for each word.

    Args:
        document: the list.
        labels: those of the list.
        word_of_papers: that of the two for a paper under which the other is, too.
    """
    by_entry, lone_papers = labels
    other_word: set[int] = set()
    if word_of_papers is not None:
        other_word = {id(use) for use in lone_papers.values() if use[1] != word_of_papers}

    def trait(_: Document, entry: Entry) -> Sequence[LabelUse]:
        return by_entry.get(id(entry), ())

    def topic(use: LabelUse) -> str:
        return word_of_papers if word_of_papers and id(use) in other_word else use[1]

    return learn_each(document, trait, topic if other_word else _word)


def _word_of_papers(labels: _Labels) -> str | None:
    """The word for a paper that the list has where both words would do, or `None`."""
    found = habit_of_entries([(entry, word) for entry, (_, word, _) in labels.lone_papers.items()])
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
    labels = _labels(document, _spellings(document))
    word_of_papers = _word_of_papers(labels)
    by_word = _by_word(document, labels, word_of_papers)
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
