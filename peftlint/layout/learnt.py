"""How entries that are laid out alike are written, as a template.

The fields stand in the order in which most of them have these; what stands between and around the
fields is what it most often is among them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from peftlint.convention import LEAST, habit
from peftlint.layout.contest import (
    NO_TRAITS,
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
from peftlint.model import Document, EntryKind
from peftlint.regex import regex
from peftlint.source import Span
from peftlint.style.family import Family

#: An order of fields stands for a family if it is that of so many of its entries.
_FREQUENT = 0.25
#: Fields stand without a blank between them if so many of them do.
_GLUED = 0.75
#: What opens an entry of each kind that is laid out.
MARKERS = {"bullet": "- ", "ordered": "1. ", "paragraph": ""}
#: Marks and brackets that open nothing, or close it.
_UNMATCHED = regex(r"[*_`(\[)\]\"]")
_SPECIAL = regex(r"[\\{}|@]")
_MARKS = regex(r"[*_`]")
_ID = regex(r"arxiv", re.IGNORECASE)
_Way = TypeVar("_Way")
_SHOWN = {"venue": "{venue}", "year": "{year}", "id": "{ids.arxiv}"}


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
    return FamilyLayout(document, family, sights).of(NO_TRAITS)


class _Usual(NamedTuple):
    """How most entries of a family write a field.

    Attributes:
        marks: what opens it and what closes it, with `*` for both characters of emphasis.
        gap: what stands before that.
        mark: the character for emphasis.
    """

    marks: tuple[str, str]
    gap: str
    mark: str


class FamilyLayout:
    """How entries that are laid out alike are written, or one of them that has its own ways.

    What most of them do is looked for once, however many of them have their own ways.

    Args:
        document: the list that they are in.
        family: the entries.
        sights: what its entries show, those that tell nothing left out.
    """

    def __init__(self, document: Document, family: Family, sights: Sequence[Sight]) -> None:
        self._document = document
        self._kind: EntryKind | None = None
        self._sights: Sequence[Sight] = ()
        self._usual: dict[tuple[Kind, bool], _Usual] = {}
        self._middles_of: dict[Kind, Counter[str]] = {}
        self._found: dict[str, Layout | None] = {}
        in_part = sum(is_linked_in_part(entry) for entry in family.entries)
        if not sights or 2 * len(sights) < len(family.entries) - in_part:
            return
        kind = Counter(sight.entry.kind for sight in sights).most_common(1)[0][0]
        sights = [sight for sight in sights if sight.entry.kind == kind]
        if kind == "paragraph" and any(sight.entry.marker for sight in sights):
            return
        if any(item.kind == "when" for sight in sights for item in sight.items):
            sights = [
                sight._replace(items=tuple(map(_told_apart, sight.items))) for sight in sights
            ]
            both = [item for sight in sights for item in sight.items if item.kind == "where"]
            if sum(has(item, "year") for item in both) >= _FREQUENT * len(sights):
                # A date stands apart, and the year of the venue beside it.
                return
        self._kind, self._sights = kind, sights

    def of(self, own: Traits) -> Layout | None:
        """The layout; `None` where no template can tell it.

        Args:
            own: how one of the entries is to be written, where that is told.
        """
        if self._kind is None:
            return None
        try:
            source = MARKERS[self._kind] + "".join(self._written(own))
        except LayoutError:
            return None
        if source not in self._found:
            try:
                self._found[source] = Layout("list", parse(source, "list"))
            except LayoutError:
                self._found[source] = None
        return self._found[source]

    @cached_property
    def _order(self) -> tuple[Kind, ...]:
        return order_of(self._sights)

    def _written(self, own: Traits) -> Iterator[str]:
        """The template's body, piece by piece."""
        for number, kind in enumerate(self._order):
            form = self._form(kind, own, is_first=not number)
            gap, breaks = _gap(form.gap)
            if number:
                yield breaks
            if breaks or not number:
                gap = gap.lstrip()
            opening, closing = _literal(form.opening), _literal(form.closing)
            if kind == "title":
                yield f"{gap}{self._title(opening, closing)}"
            elif kind == "where":
                yield from self._where((gap, opening, closing), own)
            elif kind in ("name", "when"):
                word = "year" if kind == "when" else "name"
                yield f"{{{gap}{opening}{{{word}}}{closing}}}"
            elif kind == "authors":
                yield f"{{{gap}{opening}{self._authors}{closing}}}"
            else:
                yield f"{{{gap}{self._several(kind, form, own)}}}"

    def _form(self, kind: Kind, own: Traits, *, is_first: bool) -> Form:
        """The form of a field: its marks, and what stands before these.

        Raises:
            LayoutError: most forms are none that a template can tell.
        """
        if (kind, is_first) not in self._usual:
            self._usual[kind, is_first] = self._usual_of(kind, is_first=is_first)
        usual = self._usual[kind, is_first]
        opening, closing = _told(own, "marks", kind, usual.marks)
        gap = usual.gap if is_first else _told(own, "gap", kind, usual.gap)
        mark = _told(own, "mark", kind, usual.mark)
        return Form(gap, opening.replace("*", mark), closing.replace("*", mark))

    def _usual_of(self, kind: Kind, *, is_first: bool) -> _Usual:
        """The most frequent form of a field.

        Raises:
            LayoutError: as `_form`.
        """
        forms = [
            form
            for sight in self._sights
            for number, (item, form) in enumerate(zip(sight.items, sight.forms, strict=True))
            if item.kind == kind and (number == 0) == is_first
        ]
        told = [form for form in forms if says(form.gap) or not _UNMATCHED.search(form.gap)]
        if 2 * len(told) < len(forms):
            raise LayoutError(f"marks of the {kind} match none")
        ways = Counter(starred(form) for form in told)
        way = ways.most_common(1)[0][0]
        # Words between two fields are an entry's own.
        gaps = Counter(
            gap for form in told if starred(form) == way and not says(gap := plain(form.gap))
        )
        gap = _most(gaps, " ")
        if not gap and not is_first and gaps[gap] < _GLUED * gaps.total():
            gap = " "
        return _Usual(way, gap, emphasis(self._document).get(kind, "*"))

    def _between(self, kind: Kind) -> Iterator[tuple[str, str, str]]:
        """What stands between two parts of a field: the names of both, and the text."""
        for sight in self._sights:
            yield from _between(self._document, sight, kind)

    @cached_property
    def _label(self) -> tuple[str, str] | None:
        """What stands around the title in a link; `None` where most titles are in none."""
        linked = [item for sight in self._sights for item in sight.items if has(item, "url")]
        if 2 * len(linked) < len(self._sights):
            return None
        text = self._document.text
        ways = []
        for item in linked:
            places = dict(item.members)
            label = text[item.span.start : places["title"].start]
            middle = text[places["title"].end : places["url"].start]
            ways.append((label, middle))
        label, middle = Counter(ways).most_common(1)[0][0]
        return _literal(label), _literal(middle)

    def _title(self, opening: str, closing: str) -> str:
        """The title, as the label of a link where most titles are."""
        if self._label is None:
            return f"{opening}{{title}}{closing}"
        label, middle = self._label
        return f"{{{opening}{label}{{title}}{middle}{{url}}){closing}|{opening}{{title}}{closing}}}"

    @cached_property
    def _places(self) -> tuple[bool, list[str]]:
        """Whether preprints are told, and the parts of `where` in their order."""
        items = [item for sight in self._sights for item in sight.items if item.kind == "where"]
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
        return any(has(item, "preprint") for item in items), names

    def _where(self, form: tuple[str, str, str], own: Traits) -> Iterator[str]:
        """Venue, year and identifier, in each way in which some may be missing."""
        gap, opening, closing = form
        has_preprint, names = self._places
        joints = dict(_joints_with(self._joints, own))
        ways = []
        if has_preprint:
            ways.append(f"{gap}{opening}{{preprint}}{closing}")
        for number, name in enumerate(names):
            if name == "id" and number:
                continue
            rest = [one for one in names[number + 1 :] if one != "id" or "venue" in names[number:]]
            ways.append(f"{gap}{opening}{_SHOWN[name]}{_tail(joints, name, rest)}{closing}")
        if ways:
            yield f"{{{'|'.join(ways)}}}"

    @cached_property
    def _joints(self) -> Mapping[tuple[str, str], str]:
        """What stands most often between two parts of `where`.

        Raises:
            LayoutError: it is most often words, or marks that match none.
        """
        texts: dict[tuple[str, str], list[str]] = {}
        shorts = 0
        for one, two, text in self._between("where"):
            if one == two == "venue":
                shorts += 1
            else:
                texts.setdefault((one, two), []).append(joint_of(text))
        joints = {}
        if shorts > len(texts.get(("venue", "year"), ())):
            # Hardly any year stands apart from its venue.
            texts.pop(("venue", "year"), None)
        for pair, found in texts.items():
            fit = [one for one in found if not _MARKS.search(one) and not says(_ID.sub("", one))]
            if 2 * len(fit) < len(found) >= LEAST:
                raise LayoutError("words or marks stand between venue and year")
            if fit:
                joints[pair] = Counter(fit).most_common(1)[0][0]
        return joints

    @cached_property
    def _authors(self) -> str:
        """The authors, written anew where most entries write them one way, else as they are."""
        ways = []
        for sight in self._sights:
            names = [author.text for author in sight.entry.authors]
            for item in sight.items:
                if item.kind == "authors" and len(names) > 1:
                    shown = " ".join(self._document.slice(item.span).split())
                    same = shown.rstrip(".") == ", ".join(names).rstrip(".")
                    ways.append("{authors:@, @}" if same else "{authors}")
        usual = habit(ways)
        return usual.way if usual else "{authors}"

    def _middles(self, kind: Kind) -> Counter[str]:
        """What stands between two links or badges, where that says nothing."""
        if kind not in self._middles_of:
            self._middles_of[kind] = Counter(
                text
                for sight in self._sights
                if all(link.form != "placeholder" for link in sight.entry.links)
                for _, _, text in _between(self._document, sight, kind)
                if not says(text)
            )
        return self._middles_of[kind]

    def _several(self, kind: Kind, form: Form, own: Traits) -> str:
        """Links or badges, with a sample of how two of them are written."""
        closing = form.closing.rstrip(".,:;") if form.opening else ""
        usual = f"{closing}{form.opening}" or " "
        middles = self._middles(kind)
        fit = {
            one: count
            for one, count in middles.items()
            if _is_matched(f"{form.opening}{one}{closing}")
        }
        middle = plain(_most(fit, usual))
        own_middle = _told(own, "middle", kind, middle)
        if not says(own_middle) and _is_matched(f"{form.opening}{own_middle}{closing}"):
            middle = own_middle
        tail = _literal(form.closing[len(closing) :])
        sample = f"{_literal(form.opening)}@{_literal(middle)}@{_literal(closing)}"
        return f"{{{kind}:{sample}}}{tail}"


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


def _most(counts: Mapping[str, int], usual: str) -> str:
    """The first of the most frequent; what is usual where there is none."""
    return max(counts, key=lambda one: counts[one], default=usual)


def _between(document: Document, sight: Sight, kind: Kind) -> Iterator[tuple[str, str, str]]:
    """What stands between two parts of a field: the names of both, and the text."""
    for item in sight.items:
        if item.kind == kind:
            for (one, before), (two, after) in zip(item.members, item.members[1:], strict=False):
                yield one, two, document.text[before.end : after.start]


def _joints_with(
    usual: Mapping[tuple[str, str], str], own: Traits
) -> Iterator[tuple[tuple[str, str], str]]:
    """What stands between two parts of `where` in an entry with its own ways."""
    for pair, text in usual.items():
        joint = own.get(Trait("joint", *pair), text)
        joint = joint if isinstance(joint, str) else text
        yield pair, text if _MARKS.search(joint) else joint


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


def _is_matched(text: str) -> bool:
    """Whether each bracket closes one that is open."""
    depth = 0
    for mark in text:
        depth += (mark in "([") - (mark in ")]")
        if depth < 0:
            return False
    return not depth
