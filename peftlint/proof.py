"""Whether a fix lost anything: the list before and after it, compared.

Four things have to hold:

- every entry is still there, in order, with the same facts, save those that the rules which
  touched it may change;
- no address is lost, an arXiv paper's other addresses counting as its abstract page, and one
  with a parameter that tracks as the same without;
- an edited entry shows the same words in the same kinds of blocks, save those that the edits
  name;
- what stands outside the edited entries renders as before.

The last two are told from markdown-it's own HTML, not from our reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peftlint.arxiv import abstract_page, id_in_url
from peftlint.markdown.leaf import Leaf, leaves
from peftlint.model import Document, Entry
from peftlint.source import Edit, Span
from peftlint.tracking import cleaned

_ADDRESS = re.compile(r"https?://\S+")
_TAG = re.compile(r"<[^<>]*>")
_TOKEN = re.compile(r"\w+|[^\w\s]")


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
        (old, new, allowed, edits)
        for old, new, allowed in pairs
        if (edits := [change.edit for change in _made_to(old, changes, starts)])
    ]
    old_words = _words_of(before, [old for old, _, _, _ in touched])
    new_words = _words_of(after, [new for _, new, _, _ in touched])
    for (old, _, allowed, edits), (was, paths), (now, new_paths) in zip(
        touched, old_words, new_words, strict=True
    ):
        deleted = _tokens(" ".join(before.slice(edit.span) for edit in edits))
        written = _tokens(" ".join(edit.replacement for edit in edits))
        blocks = frozenset() if "blocks" in allowed else new_paths - paths
        if (was - now) - deleted or (now - was) - written or blocks:
            return f"it would change the words or the blocks of the entry at line {old.line}"
    return None


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text))


def _words_of(document: Document, entries: Sequence[Entry]) -> list[tuple[Counter[str], set[str]]]:
    """What each entry shows: its words without addresses, and in which blocks they stand."""
    shown: list[tuple[Counter[str], set[str]]] = [(Counter(), set()) for _ in entries]
    starts = [entry.line for entry in entries]
    for leaf in leaves(document.text):
        index = bisect_right(starts, leaf.line) - 1
        if index < 0 or leaf.line > entries[index].end_line:
            continue
        path, _, html = leaf.html.partition(" ")
        words, paths = shown[index]
        words.update(_tokens(_ADDRESS.sub("", _TAG.sub(" ", html))))
        paths.add(path)
    return shown


def _pairs(
    before: Document, after: Document, changes: Sequence[Change]
) -> list[tuple[Entry, Entry, frozenset[str]]] | str:
    """Each entry with itself after the fix, and the facts that may differ."""
    starts = [change.edit.span.start for change in changes]
    kept: list[tuple[Entry, frozenset[str]]] = []
    for entry in before.entries:
        touching = list(_made_to(entry, changes, starts))
        removed = any(
            change.edit.span.contains(entry.span)
            and not change.edit.replacement
            and "entry" in change.may_change
            for change in touching
        )
        if not removed:
            kept.append((entry, frozenset().union(*(change.may_change for change in touching))))
    if len(kept) != len(after.entries):
        lost = len(after.entries) < len(kept)
        return "it would lose an entry" if lost else "it would make an entry of other text"
    return [(old, new, allowed) for (old, allowed), new in zip(kept, after.entries, strict=True)]


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
    return {_target(link.url) for link in document.links if link.url}


def _target(url: str) -> str:
    """What an address leads to, written one way; see the third point above."""
    page = abstract_page(url)
    if page:
        return page
    if url[0] in "[({<":
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
    shift = 0
    for change in changes:
        (start, end), replacement = change.edit
        if not replacement and _is_whole_lines(before, change.edit.span):
            shift -= end - start
            continue
        edited_before.append((before.lines.line(start), before.lines.line(max(start, end - 1))))
        first = start + shift
        last = max(first, first + len(replacement) - 1)
        edited_after.append((after.lines.line(first), after.lines.line(last)))
        shift += len(replacement) - (end - start)
    old_leaves = _rendered(before.text, touched_before, edited_before)
    new_leaves = _rendered(after.text, touched_after, edited_after)
    for (line, old_html), (_, new_html) in zip(old_leaves, new_leaves, strict=False):
        if old_html != new_html:
            return f"it would change what line {line}, outside the entry, renders as"
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
    entries.sort()
    edited.sort()
    shown: list[tuple[int, str]] = []
    for leaf in leaves(text):
        if _meets(leaf, entries):
            continue
        html = leaf.html
        if _meets(leaf, edited):
            html = " ".join(_ADDRESS.sub("", _TAG.sub(" ", html)).split())
            if not html:
                continue
        shown.append((leaf.line, html))
    return shown


def _meets(leaf: Leaf, ranges: list[tuple[int, int]]) -> bool:
    """Whether the leaf shares a line with one of the ranges, which are in order."""
    index = bisect_right(ranges, (leaf.end_line, 1 << 60)) - 1
    # Ranges are entries or edits in order; one that begins earlier may still reach here.
    while index >= 0:
        first, last = ranges[index]
        if first <= leaf.end_line and leaf.line <= last:
            return True
        if last < leaf.line - 2000:
            return False
        index -= 1
    return False
