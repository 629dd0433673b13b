"""Whether a list says the same once its entries are laid out, and where it does not.

Every entry has to be there, in its order and its section, with the same facts and the same words,
and what stands outside the entries that were written has to render as before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from peftlint.drafting import Draft, Drafting
from peftlint.layout.kept import SAYS
from peftlint.layout.named import OWN
from peftlint.layout.roundtrip import difference
from peftlint.layout.tablehead import empty_cells, tables
from peftlint.layout.tableplace import head_lines, heads
from peftlint.layout.written import LABELS, TITLE, is_plain_paper_link
from peftlint.markdown.leaf import Leaf
from peftlint.model import Document, Entry
from peftlint.proof import facts
from peftlint.regex import regex
from peftlint.rereading import leaves_again
from peftlint.source import Span

#: A word, or a symbol that says something, as in `peftlint.layout.kept`.
_TOKEN = regex(rf"\w+|{SAYS}")
_ADDRESS = regex(r"https?://\S+")
_TAG = regex(r"<[^<>]*>")
_IMAGE = regex(r'<img src="([^"]*)"|<img\b[^<>]*?\bsrc=["\']?([^"\'\s>]*)')
_COMMENT = regex(r"&lt;!--|<!--")
#: Words that a layout may leave out or write in between.
_LITTLE = Counter(
    dict.fromkeys(("and", "et", "al", "others", "arXiv", "arxiv", "ArXiv", "Arxiv"), 99)
)
_BRACKETS = (("(", ")"), ("[", "]"))
_LABEL_WORDS = Counter(dict.fromkeys(LABELS.values(), 9))


def problems(drafting: Drafting, after: Document, drafts: Sequence[Draft]) -> dict[int, str]:
    """The places of the entries that are to be left as they are, and what is lost else.

    Args:
        drafting: the list as it was.
        after: the same with its entries laid out.
        drafts: the entries that are written otherwise in it, in order.
    """
    before = drafting.document
    places = [draft.index for draft in drafts]
    if len(before.entries) != len(after.entries):
        lost = len(after.entries) < len(before.entries)
        what = "it would lose an entry" if lost else "it would make an entry of other text"
        return dict.fromkeys(_first_differing(before, after, places), what)
    new = {draft.index: draft for draft in drafts}
    found: dict[int, str] = {}
    for index, (old, now) in enumerate(zip(before.entries, after.entries, strict=True)):
        draft = new.get(index)
        differing = _entry_problem(old, now, draft)
        if differing:
            near = [index] if draft else _beside(index, places)
            found.update(dict.fromkeys(near, differing))
    return found or dict(_words_lost(drafting, after, new)) or _outside(drafting, after, new)


def _entry_problem(old: Entry, now: Entry, draft: Draft | None) -> str | None:
    if old.section != now.section:
        return "it would come to stand in another section"
    if draft is not None:
        return difference(old, now, draft.laid.shown)
    if facts(old) != facts(now) or old.end_line - old.line != now.end_line - now.line:
        return "the entry beside it would read otherwise"
    return None


def _first_differing(before: Document, after: Document, places: Sequence[int]) -> Sequence[int]:
    """The draft at which the two lists part."""
    for index, old in enumerate(before.entries):
        same = index < len(after.entries) and after.entries[index].title.text == old.title.text
        if not same:
            return _beside(index, places)
    return _beside(len(before.entries) - 1, places)


def _beside(index: int, places: Sequence[int]) -> Sequence[int]:
    """The places next to that of an entry, and its own, of those in order in `places`."""
    at = bisect_left(places, index)
    return places[max(at - 1, 0) : at + 1 + (at < len(places) and places[at] == index)]


def _words_lost(
    drafting: Drafting, after: Document, drafts: Mapping[int, Draft]
) -> Iterator[tuple[int, str]]:
    """The entries that lost or gained words, images or comments."""
    was = _shown_by_entry(drafting.document, drafts)
    now = _shown_by_entry(after, drafts)
    for index in drafts:
        old, new = was[index], now[index]
        entry = drafting.document.entries[index]
        fields = Counter(_TOKEN.findall(_field_words(drafting.document, entry)))
        may = _LITTLE + _LABEL_WORDS + fields
        if (table := drafting.table_of.get(index)) is not None:
            may.update(_TOKEN.findall(" ".join(empty_cells(table, index))))
        shown = drafts[index].laid.shown
        labels = (label or "" for label, link in shown.links if link.label == TITLE)
        may += Counter(_TOKEN.findall(" ".join(labels)))
        dropped_badges = len(entry.badges) - len(shown.badges)
        dropped = Counter(_TOKEN.findall(shown.lost))
        words = (old.words - new.words) - may - dropped, (new.words - old.words) - may
        if words[0] or words[1]:
            word = next(iter(words[0] or words[1]))
            verb = "lose" if words[0] else "gain"
            yield index, f"it would {verb} the word '{word}'"
        elif new.others - old.others or (
            old.others != new.others and (old.others - new.others).total() != dropped_badges
        ):
            yield index, "it would lose an image or a comment"
        elif new.strays > old.strays:
            yield index, "its brackets would not match"
        elif drafts[index].layout.name == OWN and old.sub_items() != new.sub_items():
            yield index, "its sub-items would stand otherwise"


def _outside(drafting: Drafting, after: Document, drafts: Mapping[int, Draft]) -> dict[int, str]:
    """What renders otherwise outside the entries that were written."""
    # Heads of tables hold names of columns, and nothing else.
    heads_ = heads(drafting.document, drafting.tables, drafting.placed(list(drafts.values())))
    come = head_lines(after, after.once(tables), heads_.come) if heads_.come else frozenset()
    was = _leaves_outside(drafting.document, drafts, heads_.gone)
    now = _leaves_outside(after, drafts, come)
    for old, new in zip(was, now, strict=False):
        if old.html != new.html:
            break
    else:
        if len(was) == len(now):
            return {}
        old = (was or now)[min(len(was), len(now)) - 1]
    lines = [entry.line for entry in drafting.document.entries]
    index = max(bisect_right(lines, old.line) - 1, 0)
    places = sorted(drafts)
    at = bisect_left(places, index)
    what = f"it would change what line {old.line}, outside the entry, renders as"
    return dict.fromkeys(places[max(at - 1, 0) : at + 2], what)


@dataclass(slots=True)
class _Seen:
    """What an entry shows.

    Attributes:
        words: its words and symbols.
        others: its images and comments.
        depths: of each block, in how many items it stands, those around the entry included.
        strays: how many brackets match none.
    """

    words: Counter[str]
    others: Counter[str]
    depths: list[int]
    strays: int = 0

    def sub_items(self) -> list[int]:
        """How deep its blocks stand that are in items of its own."""
        return [depth - self.depths[0] for depth in self.depths if depth > self.depths[0]]


def _shown_by_entry(document: Document, places: Iterable[int]) -> dict[int, _Seen]:
    """What some entries show, by their places."""
    shown = {index: _Seen(Counter(), Counter(), []) for index in places}
    starts = [entry.line for entry in document.entries]
    for leaf in leaves_again(document.text):
        index = bisect_right(starts, leaf.line) - 1
        seen = shown.get(index)
        if seen is None or leaf.line > document.entries[index].end_line:
            continue
        path, _, html = leaf.html.partition(" ")
        seen.depths.append(path.split(">").count("li"))
        shown_text = _ADDRESS.sub("", unescape(_TAG.sub(" ", html)))
        seen.words.update(_TOKEN.findall(shown_text))
        seen.strays += sum(abs(shown_text.count(a) - shown_text.count(b)) for a, b in _BRACKETS)
        seen.others.update(one or two for one, two in _IMAGE.findall(html))
        seen.others.update(_COMMENT.findall(html))
    return shown


def _field_words(document: Document, entry: Entry) -> str:
    """The words of the fields that a layout may write or leave out: identifiers, dates, venues.

    What is a word in one layout can be two in another, as in `ACL2021`, or a piece of one, as in a
    title of which a letter is emphasised.
    """
    shown = [str(entry.year.value), str(entry.year.value)[2:]] if entry.year else []
    shown += [entry.venue.text] if entry.venue else []
    if entry.venue and entry.year:
        venue, year = entry.venue.span, entry.year.span
        whole = Span(min(venue.start, year.start), max(venue.end, year.end))
        shown += [document.slice(whole)] if _is_one_word(document, venue, year) else []
    title = entry.title.text
    shown += [one for one in _TOKEN.findall(document.slice(entry.title.span)) if one in title]
    shown += [title]
    shown += list(entry.ids.get("arxiv", ()))
    # The link that the title opens has a label only where it does not.
    shown += [link.label for link in entry.links if link.label and is_plain_paper_link(link)][:1]
    # Of a paragraph, the number is text.
    shown += [entry.marker.text] if entry.marker and entry.kind == "paragraph" else []
    return " ".join(shown)


def _is_one_word(document: Document, venue: Span, year: Span) -> bool:
    return not venue.overlaps(year) and not document.between(venue, year).strip("'\u2019*_-")


def _leaves_outside(
    document: Document, written: Mapping[int, object], heads: frozenset[int]
) -> list[Leaf]:
    """The leaves outside entries that were written, heads of tables that go or come left out."""
    entries = [document.entries[index] for index in sorted(written)]
    starts = [entry.line for entry in entries]
    found = []
    for leaf in leaves_again(document.text):
        index = bisect_right(starts, leaf.line) - 1
        is_inside = index >= 0 and leaf.line <= entries[index].end_line
        if not is_inside and leaf.line not in heads:
            found.append(leaf)
    return found
