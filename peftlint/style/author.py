"""How authors are written: the order of their names, and the marks between and around them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Literal

from peftlint.convention import AUTO, Convention, Habit, Odd, learn_each
from peftlint.model import Document, Entry, Text
from peftlint.people import ET_AL
from peftlint.regex import regex
from peftlint.source import Edit, Span
from peftlint.style.ending import Ending, EndingUse, ending_habit, ending_use, odd_endings

FIRST_LAST = "First Last, First Last"
LAST_FIRST = "Last, First and Last, First"
ORDERS = (FIRST_LAST, LAST_FIRST)
SEPARATORS = ("A, B", "A,B")
OTHERS = ("et al.", "and others")
MARKS = ("*A, B*", "_A, B_")

_BLANKS = regex(r" {2,}")
_EMPHASIS = ("*", "_")
#: What stands for the authors in a sample of how they end.
_SAMPLE = "A, B"
#: The options of mixed-author-style, in its order.
_OPTIONS = ("order", "separator", "others", "period", "marks")


#: What is compared about authors, as the options of mixed-author-style are called.
Topic = Literal["order", "separator", "others", "marks"]

_TOPICS: tuple[Topic, ...] = ("order", "separator", "others", "marks")

#: A way in which an entry's authors are written, what of them is, and the entry.
AuthorsUse = tuple[str, Topic, Entry]

_topic = itemgetter(1)

#: The ways in which an entry's authors are written, by topic; `None` where they do not show one.
_Ways = tuple[str | None, str | None, str | None, str | None]


def _ways(document: Document, entry: Entry) -> _Ways:
    authors, whole = entry.authors, entry.authors_span
    text = document.text
    order = separator = others = marks = None
    if len(authors) > 1:
        names = _plain_names(text, authors)
        order = _order(text, authors, names) if whole is not None else None
        separator = _separator(document, entry) if names is None else "A, B"
    if authors and authors[-1].text == ET_AL:
        shown = document.slice(authors[-1].span).casefold().removesuffix(".")
        # BibTeX has its own way of saying that there are more.
        if shown in ("et al", "and others") and order != LAST_FIRST:
            others = "et al." if shown == "et al" else shown
    if whole is not None:
        start, end = whole
        mark = text[start : start + 1]
        is_marked = mark in _EMPHASIS and end - start > len("*A") and text[end - 1] == mark
        if is_marked and mark not in (text[start + 1], text[end - 2]):
            marks = f"{mark}A, B{mark}"
    return order, separator, others, marks


def _written(document: Document) -> Mapping[int, _Ways]:
    """The ways of each entry with authors, by its `id`."""
    return {
        id(entry): _ways(document, entry)
        for entry in document.entries
        if entry.authors or entry.authors_span is not None
    }


def _learnt(
    document: Document, written: Mapping[int, _Ways], topics: Container[Topic]
) -> Mapping[Topic, Convention[AuthorsUse]]:
    """What the list does about some topics."""

    def trait(_: Document, entry: Entry) -> Sequence[AuthorsUse]:
        return [
            (way, topic, entry)
            for topic, way in zip(_TOPICS, written.get(id(entry), ()), strict=False)
            if way is not None and topic in topics
        ]

    return learn_each(document, trait, _topic)


def odd_ways(
    document: Document, styles: Mapping[Topic, str]
) -> Iterator[tuple[Odd[AuthorsUse], Span]]:
    """The authors that are written otherwise than the list's, each with the place that shows it.

    Args:
        document: the list.
        styles: for each topic the way that is asked for, or `AUTO`.
    """
    written = _written(document)
    # Most lists write most of it in one way, to which nothing is odd.
    ways = zip(*set(written.values()), strict=True)
    topics = [
        topic
        for topic, of_topic in zip(_TOPICS, ways, strict=False)
        if styles[topic] != AUTO or len({*of_topic} - {None}) > 1
    ]
    if not topics:
        return
    for topic, convention in _learnt(document, written, topics).items():
        for odd in convention.odd(styles[topic]):
            yield odd, _place(document, odd.use)


def _place(document: Document, use: AuthorsUse) -> Span:
    """Where a way shows."""
    _, topic, entry = use
    if topic == "others":
        return entry.authors[-1].span
    if topic == "separator":
        commas = list(_commas(document, entry))
        return next((span for comma, span in commas if comma != ", "), commas[0][1])
    return entry.authors_span or entry.span


def _order(text: str, authors: Sequence[Text], names: str | None) -> str | None:
    """Whether several authors are written as in BibTeX, or by their first names.

    Nothing is said of other ways, such as `Last, F., Last, F.`.

    Args:
        text: the list.
        authors: those of an entry.
        names: the same as `_plain_names` gives them.
    """
    if names is not None:
        # No name has a comma of its own, where there are no more than between them.
        is_alone = len(authors) - (authors[-1].text == ET_AL) == 1
        return FIRST_LAST if names.count(",") < len(authors) and not is_alone else None
    named = [author.span for author in authors if author.text != ET_AL]
    gaps = {gap.strip() for gap in _gaps(text, named)}
    if not gaps:
        return None
    turned = {"," in text[start:end] for start, end in named}
    if turned == {True} and gaps == {"and"}:
        return LAST_FIRST
    return FIRST_LAST if turned == {False} and ";" not in gaps else None


def with_names_turned(entry: Entry) -> Edit:
    """The edit that writes the authors as `First Last, First Last`."""
    names = ", ".join(author.text for author in entry.authors)
    return Edit(Span(entry.authors[0].span.start, entry.authors[-1].span.end), names)


def _separator(document: Document, entry: Entry) -> str | None:
    """What stands around the commas between an entry's authors; the first odd one tells."""
    commas = [comma for comma, _ in _commas(document, entry)]
    if not commas:
        return None
    return f"A{next((comma for comma in commas if comma != ', '), commas[0])}B"


def with_separators(document: Document, entry: Entry, wanted: str) -> tuple[Edit, ...]:
    """The edits that write the commas between the authors as in `wanted`."""
    comma = wanted.removeprefix("A").removesuffix("B")
    return tuple(Edit(span, comma) for now, span in _commas(document, entry) if now != comma)


def _plain_names(text: str, authors: Sequence[Text]) -> str | None:
    """The names, where they are written as they are shown with a comma and a blank between them.

    Nearly all are, and an entry may have a hundred.
    """
    shown = ", ".join([author.text for author in authors])
    return shown if text[authors[0].span.start : authors[-1].span.end] == shown else None


def _gaps(text: str, spans: Sequence[Span]) -> set[str]:
    """What stands between each name and the next."""
    return {text[one[1] : following[0]] for one, following in pairwise(spans)}


def _commas(document: Document, entry: Entry) -> Iterator[tuple[str, Span]]:
    """The commas between authors with the blanks around them; two blanks show as one."""
    text = document.text
    for one, following in pairwise(entry.authors):
        start, end = one.span.end, following.span.start
        comma = text[start:end]
        if comma in (", ", ","):
            yield comma, Span(start, end)
        elif comma.strip(" ") == ",":
            yield _BLANKS.sub(" ", comma), Span(start, end)


def with_others(document: Document, entry: Entry, wanted: str) -> Edit:
    """The edit that says "and others" as in `wanted`; a full stop that is there stays one."""
    span = entry.authors[-1].span
    is_stopped = document.text.startswith(".", span.end)
    return Edit(span, wanted.removesuffix(".") if is_stopped else wanted)


def with_marks(span: Span, wanted: str) -> tuple[Edit, Edit]:
    """The edits that emphasise the authors at `span` with the marks in `wanted`."""
    start, end = span
    return (
        Edit(Span(start, start + 1), wanted[0]),
        Edit(Span(end - 1, end), wanted[0]),
    )


def authors_endings(document: Document, entry: Entry) -> Sequence[EndingUse]:
    """How an entry's emphasised authors end; `et al.` and initials have their own full stop."""
    if entry.authors_span is None or not entry.authors or entry.authors[-1].text == ET_AL:
        return ()
    found = ending_use(document, entry.authors_span, _SAMPLE)
    return () if found is None or _ends_with_initial(document, found[3]) else (found,)


def odd_authors_endings(document: Document, style: str = AUTO) -> Iterator[Odd[Ending]]:
    """The authors that end otherwise than the list's, or than `style` wants."""
    return odd_endings(document, authors_endings, style)


def _ends_with_initial(document: Document, end: int) -> bool:
    last_two = document.text[max(end - 2, 0) : end]
    return last_two[-1:].isalpha() and not last_two[:1].isalpha()


def author_habits(document: Document) -> dict[str, Habit[str]]:
    """The options of mixed-author-style with what the list does."""
    learnt = _learnt(document, _written(document), _TOPICS)
    habits: dict[str, Habit[str] | None] = {
        **{topic: one.habit for topic, one in learnt.items()},
        **ending_habit(document, authors_endings, "period"),
    }
    ordered = ((option, habits.get(option)) for option in _OPTIONS)
    return {option: habit for option, habit in ordered if habit is not None}
