"""The labels of an entry's links to the paper and the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from peftlint import title
from peftlint.convention import AUTO, Convention, Habit, Odd, habit_of_entries, learn_each
from peftlint.model import Document, Entry, Link
from peftlint.source import Edit, Span
from peftlint.style.link import NamedLinks, named_links
from peftlint.value import NamedTuple

#: Words that name the same link; others, such as `arXiv`, say what is there.
_PAPER, _PDF = _SAME_WORDS = ("paper", "pdf")
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


class _Labels(NamedTuple):
    """The labels of an entry, and the one that may be either word for a paper."""

    uses: Sequence[LabelUse]
    lone_paper: LabelUse | None


_NO_LABELS = _Labels((), None)


def labels(document: Document, entry: Entry) -> Sequence[LabelUse]:
    """The labels of an entry's links, as they are written; in a sentence they are its words."""
    return document.once(_all_labels).get(id(entry), _NO_LABELS).uses


def _all_labels(document: Document) -> Mapping[int, _Labels]:
    """The labels of each entry that has some, by the entry's `id`."""
    found: dict[int, _Labels] = {}
    words: dict[str, str] = {}  # a list has few
    for entry, named in named_links(document).items():
        uses = _labels_of(document, named, words)
        if uses:
            found[entry] = _Labels(uses, _lone_paper(uses))
    return found


def _labels_of(document: Document, named: NamedLinks, words: dict[str, str]) -> Sequence[LabelUse]:
    """The labels of an entry's links.

    Args:
        document: the list.
        named: the links.
        words: the word that a label is, of those that are known; it gets the others.
    """
    found: list[LabelUse] = []
    for link in named.links:
        if id(link) in named.in_prose:
            continue
        label = link.label or ""
        span = link.label_span
        shown = document.slice(span)
        if shown != label:
            if shown.count(label) != 1:
                continue
            at = span.start + shown.index(label)
            span = Span(at, at + len(label))
        word = words.get(label)
        if word is None:
            word = words[label] = title.key(label)
        found.append(LabelUse(label, word, link, span))
    return found


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
            if style != AUTO or odd.use.way not in _OWN_SPELLINGS:
                yield odd


def _by_word(document: Document, word_of_papers: str | None) -> Mapping[str, Convention[LabelUse]]:
    """How the labels are spelt, for each word.

    Args:
        document: the list.
        word_of_papers: that of the two for a paper under which the other is, too.
    """
    known = document.once(_all_labels)

    def trait(_: Document, entry: Entry) -> Sequence[LabelUse]:
        found = known.get(id(entry))
        if found is None:
            return ()
        uses, lone = found
        if lone is None or word_of_papers in (None, lone.word):
            return uses
        return [use._replace(word=word_of_papers) if use is lone else use for use in uses]

    return learn_each(document, trait, attrgetter("word"))


def _word_of_papers(document: Document) -> str | None:
    """The word for a paper that the list has where both words would do, or `None`."""
    known = document.once(_all_labels)
    found = habit_of_entries(
        (entry, lone.word) for entry, (_, lone) in known.items() if lone is not None
    )
    return None if found is None else found.way


def _lone_paper(uses: Sequence[LabelUse]) -> LabelUse | None:
    """The label of an entry that may be either word for a paper."""
    uses = [use for use in uses if use.word in _SAME_WORDS]
    is_lone = len(uses) == 1 and not (uses[0].word == _PDF and _is_file(uses[0].link.url))
    return uses[0] if is_lone else None


def _is_file(url: str | None) -> bool:
    return url is not None and (url.lower().endswith(".pdf") or "/pdf/" in url.lower())


def with_label(use: LabelUse, wanted: str) -> Edit:
    """The edit that spells a link's label as `wanted`."""
    return Edit(use.span, wanted)


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
