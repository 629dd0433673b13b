"""A list's own way of writing entries, as a template.

The layout that most entries of a section, or of the list, follow gives the fields and their
order; what stands between and around these is what it most often is among those entries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple, TypeVar

from peftlint.convention import LEAST, SHARE, habit
from peftlint.layout.contest import (
    NO_TRAITS,
    Beside,
    Habits,
    Trait,
    Traits,
    joint_of,
    plain,
    starred,
)
from peftlint.layout.custom import is_linked_in_part
from peftlint.layout.kept import says
from peftlint.layout.named import Layout
from peftlint.layout.sight import PAIRS, Form, Item, Kind, Sight, has, is_year, sight_of
from peftlint.layout.template import LayoutError, parse
from peftlint.model import Document, Entry, Section
from peftlint.source import Span
from peftlint.style.family import Family, families, is_usual

#: An order of fields stands for a family if it is that of so many of its entries.
_FREQUENT = 0.25
#: Fields stand without a blank between them if so many of them do.
_GLUED = 0.75
#: The largest family speaks for a list from this share on.
_DOMINANT = 0.33
#: All entries are to be laid out as the largest family from this share on.
_CLEAR = SHARE
#: Of one family so many layouts are learnt, each from all its entries.
_MOST_LAYOUTS = 200
_UNTOLD = "no template can describe how the entries of the list are laid out"
_MARKERS = {"bullet": "- ", "ordered": "1. ", "paragraph": ""}
#: Marks and brackets that open nothing, or close it.
_UNMATCHED = re.compile(r"[*_`(\[)\]\"]")
_SPECIAL = re.compile(r"[\\{}|@]")
_MARKS = re.compile(r"[*_`]")
_ID = re.compile(r"arxiv", re.IGNORECASE)
_WORDS: dict[Kind, str] = {
    "title": "title", "name": "name", "authors": "authors", "where": "venue", "when": "year",
    "links": "links", "badges": "badges",
}  # fmt: skip
_Way = TypeVar("_Way")
_SHOWN = {"venue": "{venue}", "year": "{year}", "id": "{ids.arxiv}"}


class _Members(NamedTuple):
    """What holds for all entries of a section.

    Attributes:
        beside: they.
        usual: the family of which its layout is, or why there is none.
        is_clear: whether so many are of that family that all should be.
    """

    beside: Beside
    usual: int | str
    is_clear: bool


class OwnWays:
    """The layout of each section of a list, and of each entry, learnt from the list."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._families: tuple[Family, ...] = ()
        #: The place of each entry's family among these.
        self._place: dict[int, int] = {}
        self._learners: dict[int, Learner] = {}
        self._sections: dict[int, _Members] = {}

    def __call__(self, document: Document, section: Section) -> Layout | str | None:
        """A section's layout: its own where that is another than the list's, else the list's.

        Args:
            document: the list.
            section: one of its sections, with entries.

        Returns:
            `None` where the entries are rows of tables, which are laid out by their columns; why
            there is no layout, for a person.
        """
        self._learn(document)
        members = self._members(section)
        if not members.beside.entries:
            return None
        usual = members.usual
        found = usual if isinstance(usual, str) else self._learners[usual].layout
        return found or _UNTOLD

    def of_entry(self, document: Document, section: Section, entry: Entry) -> Layout | str | None:
        """The layout in which an entry is written.

        That is its section's. Where neither the section nor the list has one that most of its
        entries follow, it is that of the entries which are laid out as this one is.

        Args:
            document: the list.
            section: the one in which it stands.
            entry: one of its entries.

        Returns:
            As for the section.
        """
        self._learn(document)
        if entry.kind not in _MARKERS:
            return None
        members = self._members(section)
        usual = members.usual
        if isinstance(usual, str):
            return usual
        own = self._place[id(entry)]
        if own != usual and not is_linked_in_part(entry) and not members.is_clear:
            usual = own
            if len(self._families[own].entries) < LEAST:
                return "the list has several layouts, and hardly another entry has that of this one"
        return self._learners[usual].layout_of(entry, members.beside) or _UNTOLD

    def _learn(self, document: Document) -> None:
        if document is self._document:
            return
        self._document = document
        self._sections = {}
        entries = [entry for entry in document.entries if entry.kind in _MARKERS]
        self._families = families(document, entries) if entries else ()
        self._place = {
            id(entry): place
            for place, family in enumerate(self._families)
            for entry in family.entries
        }
        self._learners = {
            place: Learner(document, family) for place, family in enumerate(self._families)
        }

    def _members(self, section: Section) -> _Members:
        if id(section) not in self._sections:
            entries = [entry for entry in section.entries if entry.kind in _MARKERS]
            usual = self._usual(entries)
            is_clear = isinstance(usual, int) and self._is_clear(usual, entries)
            self._sections[id(section)] = _Members(Beside(entries), usual, is_clear)
        return self._sections[id(section)]

    def _usual(self, entries: Sequence[Entry]) -> int | str:
        """The family of which a section's layout is, or why there is none."""
        if not entries:
            return "the section has no entries"
        place, count = Counter(self._place[id(entry)] for entry in entries).most_common(1)[0]
        if place and is_usual(count, len(entries)) and self._learners[place].layout is not None:
            return place
        large = [
            place
            for place, family in enumerate(self._families)
            if len(family.entries) >= max(LEAST, _DOMINANT * len(self._place))
        ]
        if not large:
            return "the list has no layout that many of its entries follow"
        told = (place for place in large if self._learners[place].layout is not None)
        return next(told, _UNTOLD)

    def _is_clear(self, place: int, entries: Sequence[Entry]) -> bool:
        """Whether so many entries of the list or a section are of a family that all should be."""
        count = sum(self._place[id(entry)] == place for entry in entries)
        everywhere = len(self._families[place].entries)
        return is_usual(count, len(entries)) or everywhere >= _CLEAR * len(self._place)


class Learner:
    """The layout of entries that are laid out alike.

    Args:
        document: the list that they are in.
        family: the entries.
    """

    def __init__(self, document: Document, family: Family) -> None:
        self._document = document
        self._family = family
        self._layouts: dict[frozenset[tuple[Trait, object]], Layout | None] = {}
        self._pairs_beside: dict[Beside, Counter[tuple[Kind, Kind]]] = {}

    @cached_property
    def _sights(self) -> list[Sight]:
        found = (sight_of(self._document, entry) for entry in self._family.entries)
        return [sight for sight in found if sight]

    @cached_property
    def _habits(self) -> Habits:
        return Habits(self._document, self._sights)

    @cached_property
    def _orders(self) -> Counter[tuple[Kind, Kind]]:
        """How often one field stands before another."""
        kinds = ([item.kind for item in sight.items] for sight in self._sights)
        return Counter(pair for one in kinds for pair in combinations(one, 2))

    @cached_property
    def layout(self) -> Layout | None:
        """The layout of most of them; `None` where no template can tell it."""
        return _of_sights(self._document, self._family, self._sights, NO_TRAITS)

    def layout_of(self, entry: Entry, beside: Beside) -> Layout | str | None:
        """The layout of an entry: in what the entries have no habit, as it is written.

        Args:
            entry: one of the list.
            beside: the entries of its section.

        Returns:
            Why it is to be left as it is, for a person; `None` where no template can tell it.
        """
        if self.layout is None:
            return None
        own = self._habits.of(entry, beside)
        key = frozenset(own.items())
        if key not in self._layouts:
            if len(self._layouts) >= _MOST_LAYOUTS:
                return "the entries of the list are written in too many ways"
            told = _of_sights(self._document, self._family, self._sights, own)
            self._layouts[key] = told or self.layout
        layout = self._layouts[key]
        moved = self._moved(entry, beside) if layout else None
        if moved:
            return f"its {' and '.join(moved)} stand in another order than those of the list"
        return layout

    @cached_property
    def _shown(self) -> tuple[Kind, ...]:
        return order_of(self._sights)

    def _moved(self, entry: Entry, beside: Beside) -> tuple[str, str] | None:
        """Two fields of an entry that would change places, without a habit that tells so."""
        order = self._shown
        sight = sight_of(self._document, entry)
        kinds = [item.kind for item in sight.items if item.kind in order] if sight else []
        for one, two in combinations(kinds, 2):
            if order.index(one) > order.index(two):
                as_it, turned = self._orders[one, two], self._orders[two, one]
                near = self._near(beside)[one, two]
                if turned < LEAST or turned < 2 * as_it or near >= LEAST:
                    return _WORDS[one], _WORDS[two]
        pair = _venue_and_year(sight) if sight else None
        if pair and self._wheres[pair] < self._wheres[pair[::-1]]:
            return pair
        return None

    def _near(self, beside: Beside) -> Counter[tuple[Kind, Kind]]:
        """How often one field stands before another in a section."""
        if beside not in self._pairs_beside:
            pairs = (self._pairs_of.get(one, ()) for one in beside.ids)
            self._pairs_beside[beside] = Counter(pair for one in pairs for pair in one)
        return self._pairs_beside[beside]

    @cached_property
    def _pairs_of(self) -> Mapping[int, Sequence[tuple[Kind, Kind]]]:
        return {
            id(sight.entry): list(combinations([item.kind for item in sight.items], 2))
            for sight in self._sights
        }

    @cached_property
    def _wheres(self) -> Counter[tuple[str, str]]:
        """How often the venue stands before the year beside it, and how often behind it."""
        return Counter(pair for sight in self._sights if (pair := _venue_and_year(sight)))


def _venue_and_year(sight: Sight) -> tuple[str, str] | None:
    """Venue and year in the order in which they stand side by side."""
    for item in sight.items:
        names = tuple(name for name, _ in item.members if name in ("venue", "year"))
        if item.kind == "where" and names in {("venue", "year"), ("year", "venue")}:
            return names[0], names[1]
    return None


def order_of(sights: Sequence[Sight]) -> tuple[Kind, ...]:
    """The fields in the order in which most entries have them: the fullest that is frequent.

    Args:
        sights: what each entry shows.
    """
    orders = Counter(tuple(item.kind for item in sight.items) for sight in sights)
    least = _FREQUENT * len(sights)
    frequent = [order for order, count in orders.items() if count >= least]
    return max(frequent or orders, key=lambda one: (len(one), orders[one]))


def learnt(document: Document, family: Family) -> Layout | None:
    """The layout of entries that are laid out alike; `None` where no template can tell it.

    Args:
        document: the list that they are in.
        family: the entries.
    """
    sights = [sight for entry in family.entries if (sight := sight_of(document, entry))]
    return _of_sights(document, family, sights, NO_TRAITS)


def _of_sights(
    document: Document, family: Family, sights: list[Sight], own: Traits
) -> Layout | None:
    """The same, of what each entry shows; how one of them is to be written where that is told."""
    in_part = sum(is_linked_in_part(entry) for entry in family.entries)
    if not sights or 2 * len(sights) < len(family.entries) - in_part:
        return None
    kind = Counter(sight.entry.kind for sight in sights).most_common(1)[0][0]
    sights = [sight for sight in sights if sight.entry.kind == kind]
    if kind == "paragraph" and any(sight.entry.marker for sight in sights):
        return None
    if any(item.kind == "when" for sight in sights for item in sight.items):
        sights = [sight._replace(items=tuple(map(_told_apart, sight.items))) for sight in sights]
        both = [item for sight in sights for item in sight.items if item.kind == "where"]
        if sum(has(item, "year") for item in both) >= _FREQUENT * len(sights):
            # A date stands apart, and the year of the venue beside it.
            return None
    order = order_of(sights)
    try:
        source = _MARKERS[kind] + "".join(_written(document, sights, order, own))
        return Layout("list", parse(source, "list"))
    except LayoutError:
        return None


@lru_cache(maxsize=2)
def emphasis(document: Document) -> Mapping[Kind, str]:
    """The character with which a list emphasises each field more often than with the other."""
    counts: dict[Kind, Counter[str]] = {}
    for entry in document.entries:
        fields: dict[Kind, Span | None] = {
            "title": entry.title.span,
            "name": entry.name.span if entry.name else None,
            "authors": entry.authors_span,
            "where": entry.venue.span if entry.venue else None,
        }
        for kind, span in fields.items():
            around = (span.start - 1, span.start) if span else ()
            for at in around:
                if document.text[at : at + 1] in ("*", "_"):
                    counts.setdefault(kind, Counter())[document.text[at]] += 1
                    break
    return {kind: "_" if found["_"] > found["*"] else "*" for kind, found in counts.items()}


def _told_apart(item: Item) -> Item:
    """An item of a list that parts the year from the venue."""
    return item._replace(kind="when") if is_year(item) else item


def _written(
    document: Document,
    sights: Sequence[Sight],
    order: Sequence[Kind],
    own: Traits,
) -> Iterator[str]:
    """The template's body, piece by piece."""
    marks = emphasis(document)
    for number, kind in enumerate(order):
        form = _form(sights, kind, marks, own, is_first=not number)
        gap, breaks = _gap(form.gap)
        if number:
            yield breaks
        if breaks or not number:
            gap = gap.lstrip()
        opening, closing = _literal(form.opening), _literal(form.closing)
        if kind == "title":
            title = _title(document, sights, opening, closing)
            yield f"{gap}{title}"
        elif kind == "where":
            yield from _where(document, sights, (gap, opening, closing), own)
        elif kind in ("name", "when"):
            word = "year" if kind == "when" else "name"
            yield f"{{{gap}{opening}{{{word}}}{closing}}}"
        elif kind == "authors":
            yield f"{{{gap}{opening}{_authors(document, sights)}{closing}}}"
        else:
            yield f"{{{gap}{_several(document, sights, kind, form, own)}}}"


def _form(
    sights: Iterable[Sight], kind: Kind, marks: Mapping[Kind, str], own: Traits, *, is_first: bool
) -> Form:
    """The most frequent form of a field: its marks, and what stands before these.

    Raises:
        LayoutError: most forms are none that a template can tell.
    """
    forms = [
        form
        for sight in sights
        for number, (item, form) in enumerate(zip(sight.items, sight.forms, strict=True))
        if item.kind == kind and (number == 0) == is_first
    ]
    told = [form for form in forms if says(form.gap) or not _UNMATCHED.search(form.gap)]
    if 2 * len(told) < len(forms):
        raise LayoutError(f"marks of the {kind} match none")
    ways = Counter(starred(form) for form in told)
    way = ways.most_common(1)[0][0]
    opening, closing = _told(own, "marks", kind, way)
    # Words between two fields are an entry's own.
    gaps = Counter(
        gap for form in told if starred(form) == way and not says(gap := plain(form.gap))
    )
    gap = _most(gaps.elements(), " ")
    if not gap and not is_first and gaps[gap] < _GLUED * gaps.total():
        gap = " "
    gap = gap if is_first else _told(own, "gap", kind, gap)
    mark = _told(own, "mark", kind, marks.get(kind, "*"))
    return Form(gap, opening.replace("*", mark), closing.replace("*", mark))


def _told(own: Traits, what: str, kind: Kind, usual: _Way) -> _Way:
    """What an entry has in one of its traits, or what is usual."""
    found = (way for trait, way in own.items() if (trait.what, trait.of) == (what, kind))
    way = next(found, usual)
    return way if isinstance(way, type(usual)) else usual


def _gap(gap: str) -> tuple[str, str]:
    """What of a gap goes with its field, and the line ends, which stay."""
    if gap.strip(" \n"):
        return _literal(gap), ""
    return (
        (" ", "")
        if "\n" not in gap and gap
        else (gap if "\n" not in gap else "", gap if "\n" in gap else "")
    )


def _literal(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _most(found: Iterable[str], usual: str) -> str:
    counts = Counter(found)
    return counts.most_common(1)[0][0] if counts else usual


def _between(
    document: Document, sights: Iterable[Sight], kind: Kind
) -> Iterator[tuple[str, str, str]]:
    """What stands between two parts of a field: the names of both, and the text."""
    for sight in sights:
        for item in sight.items:
            if item.kind != kind:
                continue
            for (one, before), (two, after) in zip(item.members, item.members[1:], strict=False):
                yield one, two, document.text[before.end : after.start]


def _title(document: Document, sights: Sequence[Sight], opening: str, closing: str) -> str:
    """The title, as the label of a link where most titles are."""
    linked = [item for sight in sights for item in sight.items if has(item, "url")]
    if 2 * len(linked) < len(sights):
        return f"{opening}{{title}}{closing}"
    ways = []
    for item in linked:
        places = dict(item.members)
        label = document.text[item.span.start : places["title"].start]
        middle = document.text[places["title"].end : places["url"].start]
        ways.append((label, middle))
    label, middle = (_literal(one) for one in Counter(ways).most_common(1)[0][0])
    return f"{{{opening}{label}{{title}}{middle}{{url}}){closing}|{opening}{{title}}{closing}}}"


def _where(
    document: Document, sights: Sequence[Sight], form: tuple[str, str, str], own: Traits
) -> Iterator[str]:
    """Venue, year and identifier, in each way in which some may be missing."""
    gap, opening, closing = form
    items = [item for sight in sights for item in sight.items if item.kind == "where"]
    orders = Counter(tuple(name for name, _ in item.members) for item in items)
    order = max(
        (one for one in orders if "preprint" not in one and not _is_turned(one, orders)),
        key=lambda one: (len(set(one)), orders[one]),
        default=(),
    )
    names = list(dict.fromkeys(order))
    if "year" not in names and any(one[:2] == ("venue", "venue") for one in orders):
        # The short years are written with the venues, `ICLR'24`.
        names.insert(names.index("venue") + 1, "year")
    joints = _joints(document, sights, own)
    ways = []
    if any(has(item, "preprint") for item in items):
        ways.append(f"{gap}{opening}{{preprint}}{closing}")
    for number, name in enumerate(names):
        if name == "id" and number:
            continue
        rest = [one for one in names[number + 1 :] if one != "id" or "venue" in names[number:]]
        ways.append(f"{gap}{opening}{_SHOWN[name]}{_tail(joints, name, rest)}{closing}")
    if ways:
        yield f"{{{'|'.join(ways)}}}"


def _is_turned(order: Sequence[str], orders: Mapping[tuple[str, ...], int]) -> bool:
    """Whether venue and year stand in the rarer of their two orders."""
    counts = {False: 0, True: 0}
    for one, count in orders.items():
        if {"venue", "year"} <= set(one):
            counts[one.index("venue") > one.index("year")] += count
    if not {"venue", "year"} <= set(order):
        return False
    is_turned = order.index("venue") > order.index("year")
    return counts[is_turned] < counts[not is_turned]


def _tail(joints: Mapping[tuple[str, str], str], first: str, rest: Sequence[str]) -> str:
    """What follows a part of `where`, each part in a group of its own."""
    pieces = []
    for number, name in enumerate(rest):
        joint = joints.get((first, name))
        before = joints.get((rest[number - 1], name)) if number else None
        joint = joint or before or (" (arXiv:" if name == "id" else " ")
        closers = "".join(PAIRS[mark] for mark in joint if mark in "([")
        after = ""
        if not number and len(rest) > 1:
            # Behind the second, the third may be written otherwise than behind the first.
            own = joints.get((name, rest[1]))
            if own is not None and own != joints.get((first, rest[1]), own):
                inner = "".join(PAIRS[mark] for mark in own if mark in "([")
                after = f"{{{_literal(own)}{_SHOWN[rest[1]]}{inner}}}"
        pieces.append(f"{{{_literal(joint)}{_SHOWN[name]}{closers}{after}}}")
    return "".join(pieces)


def _joints(document: Document, sights: Sequence[Sight], own: Traits) -> dict[tuple[str, str], str]:
    """What stands most often between two parts of `where`.

    Raises:
        LayoutError: it is most often words, or marks that match none.
    """
    texts: dict[tuple[str, str], list[str]] = {}
    for one, two, text in _between(document, sights, "where"):
        if (one, two) != ("venue", "venue"):
            texts.setdefault((one, two), []).append(joint_of(text))
    joints = {}
    shorts = sum(one == two == "venue" for one, two, _ in _between(document, sights, "where"))
    if shorts > len(texts.get(("venue", "year"), ())):
        # Hardly any year stands apart from its venue.
        texts.pop(("venue", "year"), None)
    for pair, found in texts.items():
        fit = [text for text in found if not _MARKS.search(text) and not says(_ID.sub("", text))]
        if 2 * len(fit) < len(found) >= LEAST:
            raise LayoutError("words or marks stand between venue and year")
        if fit:
            usual = Counter(fit).most_common(1)[0][0]
            joint = own.get(Trait("joint", *pair), usual)
            joint = joint if isinstance(joint, str) else usual
            joints[pair] = usual if _MARKS.search(joint) else joint
    return joints


def _authors(document: Document, sights: Sequence[Sight]) -> str:
    """The authors, written anew where most entries write them one way, else as they are."""
    ways = []
    for sight in sights:
        names = [author.text for author in sight.entry.authors]
        for item in sight.items:
            if item.kind == "authors" and len(names) > 1:
                shown = " ".join(document.slice(item.span).split())
                same = shown.rstrip(".") == ", ".join(names).rstrip(".")
                ways.append("{authors:@, @}" if same else "{authors}")
    usual = habit(ways)
    return usual.way if usual else "{authors}"


def _several(
    document: Document, sights: Sequence[Sight], kind: Kind, form: Form, own: Traits
) -> str:
    """Links or badges, with a sample of how two of them are written."""
    closing = form.closing.rstrip(".,:;") if form.opening else ""
    usual = f"{closing}{form.opening}" or " "
    middles = (
        text
        for sight in sights
        if all(link.form != "placeholder" for link in sight.entry.links)
        for _, _, text in _between(document, [sight], kind)
    )
    fit = (one for one in middles if not says(one) and _is_matched(f"{form.opening}{one}{closing}"))
    middle = plain(_most(fit, usual))
    own_middle = _told(own, "middle", kind, middle)
    if not says(own_middle) and _is_matched(f"{form.opening}{own_middle}{closing}"):
        middle = own_middle
    tail = _literal(form.closing[len(closing) :])
    sample = f"{_literal(form.opening)}@{_literal(middle)}@{_literal(closing)}"
    return f"{{{kind}:{sample}}}{tail}"


def _is_matched(text: str) -> bool:
    """Whether each bracket closes one that is open."""
    depth = 0
    for mark in text:
        depth += (mark in "([") - (mark in ")]")
        if depth < 0:
            return False
    return not depth
