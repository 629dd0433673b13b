"""How authors are written: the order of their names, and the marks between and around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from peftlint.convention import Habit, leading_habit, learn
from peftlint.model import Document, Entry, Text
from peftlint.people import ET_AL
from peftlint.regex import regex
from peftlint.source import Edit, Span
from peftlint.style.ending import Ending, ending, ending_habit
from peftlint.value import Value

FIRST_LAST = "First Last, First Last"
LAST_FIRST = "Last, First and Last, First"
ORDERS = (FIRST_LAST, LAST_FIRST)
SEPARATORS = ("A, B", "A,B")
OTHERS = ("et al.", "and others")
MARKS = ("*A, B*", "_A, B_")

_BLANKS = regex(r" {2,}")


class AuthorsUse(Value):
    """A way in which an entry's authors are written.

    Attributes:
        way: the way, as a sample.
        entry: the entry.
        span: where it shows.
    """

    way: str
    entry: Entry
    span: Span


def name_orders(document: Document, entry: Entry) -> Sequence[AuthorsUse]:
    """Whether an entry's authors are written as in BibTeX; one alone does not tell.

    Nothing is said of other ways, such as `Last, F., Last, F.`.
    """
    if entry.authors_span is None or len(entry.authors) == 1:
        return ()
    text = document.text
    if _are_plain(text, entry.authors) and entry.authors[-1].text != ET_AL:
        names = text[entry.authors[0].span.start : entry.authors[-1].span.end]
        is_turned = names.count(",") >= len(entry.authors)
        return () if is_turned else (AuthorsUse(FIRST_LAST, entry, entry.authors_span),)
    named = [author.span for author in entry.authors if author.text != ET_AL]
    gaps = {gap.strip() for gap in _gaps(text, named)}
    if not gaps:
        return ()
    turned = {"," in text[start:end] for start, end in named}
    if turned == {True} and gaps == {"and"}:
        return (AuthorsUse(LAST_FIRST, entry, entry.authors_span),)
    if turned == {False} and ";" not in gaps:
        return (AuthorsUse(FIRST_LAST, entry, entry.authors_span),)
    return ()


def with_names_turned(entry: Entry) -> Edit:
    """The edit that writes the authors as `First Last, First Last`."""
    names = ", ".join(author.text for author in entry.authors)
    return Edit(Span(entry.authors[0].span.start, entry.authors[-1].span.end), names)


def separators(document: Document, entry: Entry) -> Sequence[AuthorsUse]:
    """What stands around the commas between an entry's authors; the first odd one tells."""
    if len(entry.authors) < 2:  # noqa: PLR2004 - a comma stands between two
        return ()
    if _are_plain(document.text, entry.authors):
        span = Span(entry.authors[0].span.end, entry.authors[1].span.start)
        return (AuthorsUse("A, B", entry, span),)
    commas = list(_commas(document, entry))
    if not commas:
        return ()
    comma, span = next((one for one in commas if one[0] != ", "), commas[0])
    return (AuthorsUse(f"A{comma}B", entry, span),)


def with_separators(document: Document, entry: Entry, wanted: str) -> tuple[Edit, ...]:
    """The edits that write the commas between the authors as in `wanted`."""
    comma = wanted.removeprefix("A").removesuffix("B")
    return tuple(Edit(span, comma) for now, span in _commas(document, entry) if now != comma)


def _are_plain(text: str, authors: Sequence[Text]) -> bool:
    """Whether names are written as they are shown, with a comma and a blank between them.

    Nearly all are, and an entry may have a hundred.
    """
    if not authors:
        return False
    shown = ", ".join([author.text for author in authors])
    return shown == text[authors[0].span.start : authors[-1].span.end]


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


def others(document: Document, entry: Entry) -> Sequence[AuthorsUse]:
    """How an entry says that there are more authors; BibTeX has its own way of saying it."""
    if not entry.authors or entry.authors[-1].text != ET_AL:
        return ()
    span = entry.authors[-1].span
    shown = document.slice(span).casefold().removesuffix(".")
    is_bibtex = any(use.way == LAST_FIRST for use in name_orders(document, entry))
    if shown not in ("et al", "and others") or is_bibtex:
        return ()
    return (AuthorsUse("et al." if shown == "et al" else shown, entry, span),)


def with_others(document: Document, use: AuthorsUse, wanted: str) -> Edit:
    """The edit that says "and others" as in `wanted`; a full stop that is there stays one."""
    is_stopped = document.text.startswith(".", use.span.end)
    return Edit(use.span, wanted.removesuffix(".") if is_stopped else wanted)


def marks(document: Document, entry: Entry) -> Sequence[AuthorsUse]:
    """Which marks emphasise an entry's authors."""
    if entry.authors_span is None:
        return ()
    shown = document.slice(entry.authors_span)
    mark = shown[:1]
    if mark in ("*", "_") and shown[-1] == mark and mark not in (shown[1], shown[-2]):
        return (AuthorsUse(f"{mark}A, B{mark}", entry, entry.authors_span),)
    return ()


def with_marks(use: AuthorsUse, wanted: str) -> tuple[Edit, Edit]:
    """The edits that emphasise the authors with the marks in `wanted`."""
    start, end = use.span
    return (
        Edit(Span(start, start + 1), wanted[0]),
        Edit(Span(end - 1, end), wanted[0]),
    )


def authors_endings(document: Document, entry: Entry) -> Sequence[Ending]:
    """How an entry's emphasised authors end; `et al.` and initials have their own full stop."""
    if entry.authors_span is None or not entry.authors or entry.authors[-1].text == ET_AL:
        return ()
    found = ending(document, entry.authors_span, "A, B")
    return () if found is None or _ends_with_initial(document, found) else (found,)


def _ends_with_initial(document: Document, found: Ending) -> bool:
    last_two = document.text[max(found.span.start - 2, 0) : found.span.start]
    return last_two[-1:].isalpha() and not last_two[:1].isalpha()


def author_habits(document: Document) -> dict[str, Habit[str]]:
    """The options of mixed-author-style with what the list does."""
    return {
        **leading_habit("order", [learn(document, name_orders)]),
        **leading_habit("separator", [learn(document, separators)]),
        **leading_habit("others", [learn(document, others)]),
        **ending_habit(document, authors_endings, "period"),
        **leading_habit("marks", [learn(document, marks)]),
    }
