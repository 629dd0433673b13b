"""Whether a fix lost anything: the list before and after it, compared.

Four things have to hold:

- every entry is still there, in order, with the same facts, save those that the rules which
  touched it may change; where a rule may change the order, each entry is still written as it was,
  somewhere in the lines that were edited;
- no address is lost, an arXiv paper's other addresses counting as its abstract page, one with a
  parameter that tracks as the same without, and a `#name` that names no place in the page as
  none;
- an edited entry shows the same words in the same kinds of blocks, save those that the edits
  name;
- what stands outside the edited entries renders as before, save words that edits name whose
  rule may change prose.

The last two are told from markdown-it's own HTML, not from our reading, but for comments that
speak to peftlint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from peftlint.anchor import anchors
from peftlint.arxiv import abstract_page, id_in_url
from peftlint.markdown.leaf import Leaf
from peftlint.model import Document, Entry
from peftlint.regex import regex
from peftlint.rereading import leaves_again
from peftlint.source import Edit, Span
from peftlint.tracking import cleaned

_ADDRESS = regex(r"https?://\S+")
_TAG = regex(r"<[^<>]*>")
_TOKEN = regex(r"\w+|[^\w\s]")
#: A comment that speaks to peftlint shows a reader nothing.
_SUPPRESSION = regex(r"(?<![ \t])[ \t]*+<!--\s*+peftlint-(?:[^-]|-(?!->))*+-->(?:[ \t]*+\n)?")
_HTML_BLOCK = " html_block"


class Change(NamedTuple):
    """An edit, and the facts that its rule may change."""

    edit: Edit
    may_change: frozenset[str]


def facts(entry: Entry) -> dict[str, object]:
    """What an entry says, by the names that rules use in `MAY_CHANGE`."""
    return {
        "title": entry.title.text,
        "name": entry.name.text if entry.name else None,
        "authors": [author.text for author in entry.authors],
        "venue": entry.venue.text if entry.venue else None,
        "year": entry.year.value if entry.year else None,
        "links": [(link.label, link.url) for link in entry.links],
        "badges": [badge.url for badge in entry.badges],
        "ids": dict(entry.ids),
        "section": entry.section,
    }


def loss(before: Document, after: Document, changes: Sequence[Change]) -> str | None:
    """What `changes` lost, in words for a person, or `None` where nothing is lost.

    Args:
        before: the list that the edits point into.
        after: the list that they made.
        changes: all edits made, none overlapping another.
    """
    changes = sorted(changes, key=lambda change: change.edit.span)
    pairs = _pairs(before, after, changes)
    if isinstance(pairs, str):
        return pairs
    for old, new, allowed in pairs:
        was, now = facts(old), facts(new)
        for name, value in was.items():
            if value != now[name] and name not in allowed:
                return f"it would change the {name} of the entry at line {old.line}"
    kept = _addresses(after)
    lost = {url for url in _addresses(before) - kept if not _is_there(url, kept, changes)}
    if any(address.startswith("#") for address in lost):
        # Who opens no place in the page has nothing to lose.
        names = anchors(before).names
        lost = {url for url in lost if not url.startswith("#") or unquote(url[1:]) in names}
    if lost:
        return f"it would lose the address {min(lost)}"
    return _words_lost(before, after, changes, pairs) or _outside(before, after, changes, pairs)


def _words_lost(
    before: Document,
    after: Document,
    changes: Sequence[Change],
    pairs: Sequence[tuple[Entry, Entry, frozenset[str]]],
) -> str | None:
    """Words that an edited entry lost or gained, beyond those that its edits name."""
    starts = [change.edit.span.start for change in changes]
    touched = [
        (old, new, allowed, made)
        for old, new, allowed in pairs
        if (made := list(_made_to(old, changes, starts)))
    ]
    old_words = _words_of(before, [old for old, _, _, _ in touched])
    new_words = _words_of(after, [new for _, new, _, _ in touched])
    for (old, new, allowed, made), (was, paths), (now, new_paths) in zip(
        touched, old_words, new_words, strict=True
    ):
        if "order" in allowed:
            # It takes the number of the entry in whose place it is.
            deleted, written = _tokens(_marker(old)), _tokens(_marker(new))
        else:
            edits = [change.edit for change in made]
            deleted = _tokens(" ".join(before.slice(edit.span) for edit in edits))
            written = _tokens(" ".join(edit.replacement for edit in edits))
            taken, mended = _words_cut(before.text, made)
            deleted += taken
            written += mended
        blocks = frozenset() if "blocks" in allowed else new_paths - paths
        if (was - now) - deleted or (now - was) - written or blocks:
            return f"it would change the words or the blocks of the entry at line {old.line}"
    return None


def _marker(entry: Entry) -> str:
    return entry.marker.text if entry.marker else ""


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text))


def _words_cut(text: str, changes: Sequence[Change]) -> tuple[Counter[str], Counter[str]]:
    """The words that edits to prose cut into, before and after.

    Args:
        text: what the edits' spans point into.
        changes: in order; those whose rule may not change prose are passed over.
    """
    edits = [change.edit for change in changes if "prose" in change.may_change]
    taken: list[str] = []
    written: list[str] = []
    end = -1
    for index, ((start, stop), replacement) in enumerate(edits):
        first = start
        while first > max(end, 0) and _is_letter(text[first - 1]):
            first -= 1
        if first != end:
            # Else the two edits are in one word.
            taken.append(" ")
            written.append(" ")
        following = edits[index + 1].span.start if index + 1 < len(edits) else len(text)
        end = stop
        while end < following and _is_letter(text[end]):
            end += 1
        taken.append(text[first:end])
        written.append(text[first:start] + replacement + text[stop:end])
    return _tokens("".join(taken)), _tokens("".join(written))


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _words_of(document: Document, entries: Sequence[Entry]) -> list[tuple[Counter[str], set[str]]]:
    """What each entry shows: its words without addresses, and in which blocks they stand."""
    shown: list[tuple[Counter[str], set[str]]] = [(Counter(), set()) for _ in entries]
    # Where they changed places, they are not in the order of their lines.
    order = sorted(range(len(entries)), key=lambda index: entries[index].line)
    starts = [entries[index].line for index in order]
    for leaf in _shown(document.text):
        place = bisect_right(starts, leaf.line) - 1
        if place < 0 or leaf.line > entries[order[place]].end_line:
            continue
        path, _, html = leaf.html.partition(" ")
        words, paths = shown[order[place]]
        words.update(_tokens(_ADDRESS.sub("", _TAG.sub(" ", html))))
        paths.add(path)
    return shown


def _pairs(
    before: Document, after: Document, changes: Sequence[Change]
) -> list[tuple[Entry, Entry, frozenset[str]]] | str:
    """Each entry with itself after the fix, and the facts that may differ."""
    starts = [change.edit.span.start for change in changes]
    kept: list[tuple[Entry, frozenset[str]]] = []
    renamed = _below_edited_headings(before, changes, starts)
    for entry in before.entries:
        touching = list(_made_to(entry, changes, starts))
        removed = any(
            change.edit.span.contains(entry.span)
            and not change.edit.replacement
            and "entry" in change.may_change
            for change in touching
        )
        if not removed:
            allowed = frozenset().union(*(change.may_change for change in touching))
            kept.append((entry, allowed | {"section"} if id(entry) in renamed else allowed))
    if len(kept) != len(after.entries):
        lost = len(after.entries) < len(kept)
        return "it would lose an entry" if lost else "it would make an entry of other text"
    news = list(after.entries)
    for change in changes:
        if "order" in change.may_change:
            lost_line = _put_back(before, after, change.edit.span, kept, news)
            if lost_line:
                return f"it would change the entry at line {lost_line} as it moves"
    return [(old, new, allowed) for (old, allowed), new in zip(kept, news, strict=True)]


def _put_back(
    before: Document,
    after: Document,
    span: Span,
    kept: Sequence[tuple[Entry, frozenset[str]]],
    news: list[Entry],
) -> int | None:
    """Give the entries that changed places in `span` the places that they had, in `news`.

    Returns:
        The line of an entry that is not written as it was anywhere there.
    """
    first = bisect_left(kept, span.start, key=lambda item: item[0].span.start)
    last = bisect_left(kept, span.end, key=lambda item: item[0].span.start)
    written: dict[str, list[Entry]] = {}
    for entry in reversed(news[first:last]):
        written.setdefault(_without_marker(after, entry), []).append(entry)
    for index in range(first, last):
        old = kept[index][0]
        same = written.get(_without_marker(before, old))
        if not same:
            return old.line
        news[index] = same.pop()
    return None


def _without_marker(document: Document, entry: Entry) -> str:
    """What is written of an entry but its number, and however far it is indented."""
    start = entry.marker.span.end if entry.marker else entry.span.start
    return " ".join(document.text[start : entry.span.end].split())


def _below_edited_headings(
    document: Document, changes: Sequence[Change], starts: Sequence[int]
) -> set[int]:
    """The entries, by `id`, below a heading that a rule edits which may change sections."""
    below: set[int] = set()
    #: Whether each of the headings above is edited so, outermost first.
    above: list[bool] = []
    for section in document.sections:
        if section.heading is not None:
            del above[len(section.path) - 1 :]
            made = _touching(section.heading.span, changes, starts)
            above.append(any("section" in change.may_change for change in made))
        if any(above):
            below.update(map(id, section.entries))
    return below


def _made_to(entry: Entry, changes: Sequence[Change], starts: Sequence[int]) -> Iterator[Change]:
    """The changes in an entry, and in the addresses of its links that are defined elsewhere."""
    yield from _touching(entry.span, changes, starts)
    for link in entry.links:
        if link.url_span is not None and not entry.span.contains(link.url_span):
            yield from _touching(link.url_span, changes, starts)


def _touching(span: Span, changes: Sequence[Change], starts: Sequence[int]) -> Iterator[Change]:
    index = bisect_left(starts, span.start)
    # The edit before may reach into the span; edits do not overlap, so one is enough.
    if index and changes[index - 1].edit.span.end > span.start:
        index -= 1
    while index < len(changes) and changes[index].edit.span.start <= span.end:
        yield changes[index]
        index += 1


def _addresses(document: Document) -> set[str]:
    return {_target(_seen(link.url)) for link in document.links if link.url}


def _seen(url: str) -> str:
    """An address without what nobody sees in it, which nobody meant to be there."""
    return url if url.isascii() else "".join(filter(str.isprintable, url))


def _target(url: str) -> str:
    """What an address leads to, written one way; see the third point above."""
    page = abstract_page(url)
    if page:
        return page
    if url[:1] and url[0] in "[({<":
        # In brackets of its own: `[Paper]((https://..))`.
        url = url.strip("[](){}<>").rpartition("](")[2]
    found = cleaned(url)
    return found.url if found else url


def _is_there(target: str, targets: set[str], changes: Sequence[Change]) -> bool:
    """Whether a paper is still there in another version, where a rule may change that."""
    if not any("version" in change.may_change for change in changes):
        return False
    paper = id_in_url(target)
    return bool(paper and paper.id and f"https://arxiv.org/abs/{paper.id.id}" in targets)


def _outside(
    before: Document,
    after: Document,
    changes: Sequence[Change],
    pairs: Sequence[tuple[Entry, Entry, frozenset[str]]],
) -> str | None:
    """What renders otherwise outside the edited entries."""
    starts = [change.edit.span.start for change in changes]
    touched_before: list[tuple[int, int]] = []
    touched_after: list[tuple[int, int]] = []
    kept = {id(old) for old, _, _ in pairs}
    for old, new, _ in pairs:
        if any(True for _ in _made_to(old, changes, starts)):
            touched_before.append((old.line, old.end_line))
            touched_after.append((new.line, new.end_line))
    touched_before.extend(
        (entry.line, entry.end_line) for entry in before.entries if id(entry) not in kept
    )
    edited_before: list[tuple[int, int]] = []
    edited_after: list[tuple[int, int]] = []
    added_after: list[tuple[int, int]] = []
    shift = 0
    for change in changes:
        (start, end), replacement = change.edit
        if not replacement and _is_whole_lines(before, change.edit.span):
            shift -= end - start
            continue
        edited_before.append((before.lines.line(start), before.lines.line(max(start, end - 1))))
        first = start + shift
        last = max(first, first + len(replacement) - 1)
        if start == end and "contents" in change.may_change:
            added = first + len(replacement) - len(replacement.lstrip("\r\n"))
            added_after.append((after.lines.line(added), after.lines.line(last)))
        edited_after.append((after.lines.line(first), after.lines.line(last)))
        shift += len(replacement) - (end - start)
    old_leaves = _rendered(before.text, touched_before, edited_before)
    new_leaves = _rendered(after.text, touched_after + added_after, edited_after)
    taken, written = _words_cut(before.text, changes)
    for (line, old_html), (_, new_html) in zip(old_leaves, new_leaves, strict=False):
        if old_html == new_html:
            continue
        was, now = _tokens(old_html), _tokens(new_html)
        if (was - now) - taken or (now - was) - written:
            return f"it would change what line {line}, outside the entry, renders as"
        taken -= was - now
        written -= now - was
    if len(old_leaves) != len(new_leaves):
        return "it would change the blocks outside the entry"
    return None


def _is_whole_lines(document: Document, span: Span) -> bool:
    starts = document.lines.starts
    opens = document.place(span.start).column == 1
    return opens and (
        span.end == len(document.text) or starts[document.lines.line(span.end) - 1] == span.end
    )


def _rendered(
    text: str, entries: list[tuple[int, int]], edited: list[tuple[int, int]]
) -> list[tuple[int, str]]:
    """The leaves outside `entries`; of those in `edited` lines only the words."""
    of_entries, of_edits = _Lines(entries), _Lines(edited)
    shown: list[tuple[int, str]] = []
    for leaf in _shown(text):
        if of_entries.meet(leaf):
            continue
        html = leaf.html
        if of_edits.meet(leaf):
            if not any(map(str.isprintable, html.partition(" ")[2])):
                # Nothing but invisible characters, as good as a blank line.
                continue
            html = " ".join(_ADDRESS.sub("", _TAG.sub(" ", html)).split())
            if not html:
                continue
        shown.append((leaf.line, html))
    return shown


def _shown(text: str) -> Iterator[Leaf]:
    """The leaves of a text, without the comments that speak to peftlint."""
    for leaf in leaves_again(text):
        if "peftlint-" not in leaf.html:
            yield leaf
            continue
        html = _SUPPRESSION.sub("", leaf.html)
        if not html.rstrip().endswith(_HTML_BLOCK):
            yield Leaf(leaf.line, leaf.end_line, html)


class _Lines:
    """Ranges of lines, and whether a leaf stands in one of them.

    Args:
        ranges: the first line of each and its last.
    """

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ranges = sorted(ranges)
        self._firsts = [first for first, _ in ranges]
        #: How far those up to each reach, as one that begins earlier may end later.
        self._reached = list(accumulate([last for _, last in ranges], max))

    def meet(self, leaf: Leaf) -> bool:
        """Whether the leaf shares a line with one of them."""
        index = bisect_right(self._firsts, leaf.end_line)
        return index > 0 and self._reached[index - 1] >= leaf.line
