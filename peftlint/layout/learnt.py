"""How entries that are laid out alike are written, as a template.

The fields stand in the order in which most of them have these; what stands between and around the
fields is what it most often is among them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

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
from peftlint.model import Document
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
    return layout_of_sights(document, family, sights, NO_TRAITS)


def layout_of_sights(
    document: Document, family: Family, sights: list[Sight], own: Traits
) -> Layout | None:
    """The same, of what each entry shows.

    Args:
        document: as for `learnt`.
        family: as for `learnt`.
        sights: what its entries show, those that tell nothing left out.
        own: how one of them is to be written, where that is told.
    """
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
        source = MARKERS[kind] + "".join(_written(document, sights, order, own))
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
