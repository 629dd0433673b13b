"""Fixes lose nothing, by an account that shares no code with `peftlint.proof`.

The oracle is told what a fixer declares: the text before and after, and the edits of each fix that
was made. It reads texts with markdown-it as it comes and with a few patterns of its own, and
objects to whatever is not as declared or goes beyond what the fix's rule may do.
The first half of this file is the oracle, the second sets it on bad fixers, on our own lists and
on real ones, which stand beside the checkout where peftlint is made and are not ours to ship.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from peftlint import registry
from peftlint.fixer import FixResult, fix
from peftlint.rule import Rule

ROOT = Path(__file__).parent.parent
OWN = sorted(
    path for path in ROOT.glob("fixtures/lists/*.md") if not path.name.endswith(".fixed.md")
)
REAL = ROOT.parent / "shared" / "lists"
#: The longest first: whoever runs tests side by side does not wait for it at the end.
REAL_LISTS = sorted(REAL.glob("*/*.md"), key=lambda path: -path.stat().st_size)

# --- What a rule may do beyond what all may: change marks, blanks and the order of words ----------

#: Facts that are shown as words: a rule that may change one may take and write any word; one that
#: may change links, only words that are a link's label.
SHOWN = {"title", "name", "authors", "venue", "year", "entry"}
#: Facts of which a rule may leave nothing.
REMOVABLE = {"entry", "links", "badges"}
#: Words that say nothing by themselves.
MAY_TAKE_WORDS = {"mixed-author-style": {"and", "others", "et", "al"}}
#: What may come of text that was something else before.
MAY_MAKE_BLOCKS = {
    "missing-blank-line": {"p"},
    "missing-marker-space": {"p", "li"},
}
#: Rules that make a link of what stood there as text.
MAY_MAKE_LINKS = {"malformed-link"}
#: Rules that bring blocks into other lists, or give list items other numbers.
MAY_MOVE_BLOCKS = {"missing-marker-space", "outdented-continuation", "wrong-number"}
#: Rules that change how a page leads to its own headings: what they do is looked at by itself,
#: and what the others do without it.
LEAD_TO_HEADINGS = {"broken-anchor", "missing-toc-item"}
#: Rules that give images the text which stands for them, looked at by itself as well.
NAME_IMAGES = {"empty-badge-alt"}

# --- What a fixer declares ------------------------------------------------------------------------


class Edit(NamedTuple):
    """Put `replacement` where `start` to `end` was, in code points."""

    start: int
    end: int
    replacement: str


class Fix(NamedTuple):
    """A fix that was made.

    Attributes:
        rule: the name of the rule that wanted it.
        may_change: the facts of an entry that the rule says it may change.
        place: where the finding was, in the text of its round.
        edits: what was done there.
    """

    rule: str
    may_change: frozenset[str]
    place: int
    edits: tuple[Edit, ...]


class Made(NamedTuple):
    """An edit with its place in the text that it made."""

    fix: Fix
    edit: Edit
    start: int
    end: int


class Round(NamedTuple):
    """Fixes that were made together."""

    before: str
    after: str
    made: tuple[Made, ...]

    @property
    def rules(self) -> set[str]:
        """The names of the rules whose fixes were made."""
        return {made.fix.rule for made in self.made}


def one_round(text: str, fixes: Iterable[Fix]) -> Round | None:
    """All edits of `fixes` made in `text`, or `None` where they cannot be made together."""
    pieces: list[str] = []
    made: list[Made] = []
    done = length = 0
    edits = ((one, edit) for one in fixes for edit in one.edits)
    for one, edit in sorted(edits, key=lambda pair: pair[1][:2]):
        if not done <= edit.start <= edit.end <= len(text):
            return None
        pieces += (text[done : edit.start], edit.replacement)
        length += edit.start - done
        made.append(Made(one, edit, length, length + len(edit.replacement)))
        length += len(edit.replacement)
        done = edit.end
    return Round(text, "".join([*pieces, text[done:]]), tuple(made))


def history(before: str, after: str, fixes: Sequence[Fix], rounds: int) -> list[Round] | None:
    """The rounds in which `fixes` turn `before` into `after`, or `None` where they do not.

    A round's fixes are declared in the order of their places, so a round ends at the latest where
    a place is before the last. Where that gives too few rounds, all other ends are tried.
    """
    ends = {index for index in range(1, len(fixes)) if fixes[index].place < fixes[index - 1].place}
    others = [index for index in range(1, len(fixes)) if index not in ends]
    missing = rounds - 1 - len(ends)
    if not fixes or missing < 0:
        return None if fixes or before != after else []
    for more in islice(combinations(others, missing), 10_000):
        found: list[Round] = []
        text = before
        for first, last in pairwise(sorted({0, len(fixes), *ends, *more})):
            this = one_round(text, fixes[first:last])
            if this is None:
                break
            found.append(this)
            text = this.after
        else:
            if text == after:
                return found
    return None


# --- Addresses and words --------------------------------------------------------------------------

_ADDRESS = re.compile(r"https?://[^\s<>\"'`|\[\]]+", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?:href|src)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:https?:)?(?://)?(?:(?:[\w-]+\.){0,2}arxiv\.org|xxx\.lanl\.gov|(?:www\.)?ar5iv\.org)/+"
    r"(?:[\w-]+/+)*?(?:(?P<new>\d{4}\.\d{4,5})|(?P<archive>[a-z-]+)(?:\.[a-z]{2})?/(?P<old>\d{7}))"
    r"(?P<version>v\d+)?(?:\.[a-z]{2,4})*/*(?:[?#].*)?",
    re.IGNORECASE,
)
_BADGE_HOST = re.compile(r"https?://[^/]*\b(?:shields|badgen|badge)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@[-`{-~])")
_WORD = re.compile(r"[^\W_]+")
_BEFORE_LINK = re.compile(r"\w+:[ \t]*\[")
_TAG = re.compile(r"<[^<>]*>")
_LIST_NUMBER = re.compile(r"^[ \t>]*\d{1,9}[.)]", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,9}[.)]?")
_BETWEEN = {
    "softbreak": "\n",
    "hardbreak": "\n",
    "html_inline": " ",
    "link_open": " ",
    "link_close": " ",
    "image": " ",
}
_LINE_END = re.compile(r"\r\n|\n|\r")


class Address(NamedTuple):
    """An address and where it is written."""

    start: int
    end: int
    target: str


def target(address: str) -> str:
    """What an address leads to, written one way: all addresses of an arXiv paper are the same.

    The grammar is that of <https://info.arxiv.org/help/arxiv_identifier.html>. Where the reader
    comes from is no matter.
    """
    plain = unquote(_without_sender(html.unescape(_ESCAPE.sub("", address))))
    # What nobody sees, nobody meant to write.
    plain = "".join(filter(str.isprintable, plain))
    paper = _ARXIV.fullmatch(plain)
    if paper is None:
        return plain
    paper_id = paper["new"] or f"{paper['archive'].lower()}/{paper['old']}"
    return f"arXiv:{paper_id}{paper['version'] or ''}"


#: Parameters that say where the reader comes from, by a piece of the host where it matters.
_SENDERS = {
    "": "gclid fbclid mc_eid _hsenc _hsmi _ga spm tdsourcetag ref",
    "twitter.com": "s t",
    "x.com": "s t",
    "youtu": "si feature pp",
    "bilibili.com": "spm_id_from vd_source",
    "amazon.": "qid sr ref_ crid sprefix",
    "google.com": "usp",
    "github.com": "tab",
    "arxiv.org": "context",
}


def _without_sender(address: str) -> str:
    """An address without parameters that only say where its reader comes from."""
    page, mark, query = address.partition("?")
    query, hash_, fragment = query.partition("#")
    gone = " ".join(names for host, names in _SENDERS.items() if host in page).split()
    kept = [
        pair
        for pair in query.split("&")
        if not pair.startswith("utm_") and pair.partition("=")[0] not in gone
    ]
    return f"{page}{mark if kept else ''}{'&'.join(kept)}{hash_}{fragment}"


def addresses(text: str) -> Iterator[Address]:
    """The addresses that are written in `text`, whether or not they can be clicked."""
    for match in _ADDRESS.finditer(text):
        written = match[0]
        depth = 0
        for index, character in enumerate(written):
            depth += (character == "(") - (character == ")")
            if depth < 0:
                written = written[:index]
                break
        written = written.rstrip(".,;:!?*_~\\")
        yield Address(match.start(), match.start() + len(written), target(written))


def clickable(tokens: Iterable[Token]) -> Iterator[str]:
    """What links and images lead to, those in HTML too."""
    for token in tokens:
        if token.type in ("html_inline", "html_block"):
            yield from map(target, _ATTRIBUTE.findall(token.content))
        for name in ("href", "src"):
            if value := token.attrs.get(name):
                yield target(str(value))
        yield from clickable(token.children or ())


def visible(tokens: Iterable[Token]) -> str:
    """The text that a reader sees, and what stands for an image; tags and links part words."""
    return "".join(
        token.content
        if token.type in ("text", "code_inline")
        else visible(token.children)
        if token.children
        else _BETWEEN.get(token.type, "")
        for token in tokens
    )


def words(text: str) -> Counter[str]:
    """The words of a text without its addresses and without the numbers of list items."""
    return Counter(_WORD.findall(_LIST_NUMBER.sub("", _ADDRESS.sub(" ", text))))


# --- A page, by markdown-it -----------------------------------------------------------------------

#: Lists and tables are not counted, but their items and rows: a list may be joined with another.
_COUNTED = {
    "blockquote_open", "code_block", "fence", "heading_open", "hr", "html_block", "list_item_open",
    "paragraph_open", "tr_open",
}  # fmt: skip

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Leaf(NamedTuple):
    """A block with content of its own.

    Attributes:
        line, end_line: its lines, counted from 0, the last one not included.
        around: the tags of the blocks around it; whether a list is tight or loose is left out.
        position: of each list item around it, its number, or whether it is the first.
        item: the lines of the innermost list item around it.
        content: what it renders to, arXiv's addresses written one way.
        text: what a reader sees of it.
    """

    line: int
    end_line: int
    around: tuple[str, ...]
    position: tuple[str, ...]
    item: tuple[int, int]
    content: str
    text: str


class Block(NamedTuple):
    """A block that can be counted, `li`, `tr`, `p` or `h2`; lines as in `Leaf`."""

    kind: str
    line: int
    end_line: int


class Page:
    """A text as markdown-it reads it.

    Attributes:
        starts: where each line begins.
        addresses: those that are written, in order.
        links: how often each target can be clicked, or is shown as an image.
        leaves, blocks: in order.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self.addresses = list(addresses(text))
        self.leaves: list[Leaf] = []
        self.blocks: list[Block] = []
        tokens = _MARKDOWN.parse(text)
        self.links = Counter(clickable(tokens))
        opened: list[Token] = []
        #: Of each list that is open, the number of its current item.
        numbers: list[int] = []
        for token in tokens:
            if token.map and token.type in _COUNTED:
                self.blocks.append(Block(token.tag or token.type, *token.map))
            if token.nesting > 0:
                opened.append(token)
                if token.tag in ("ul", "ol"):
                    numbers.append(int(token.attrs.get("start", 1)) - 1)
                elif token.tag == "li":
                    numbers[-1] += 1
            elif token.nesting < 0:
                if opened.pop().tag in ("ul", "ol"):
                    numbers.pop()
            else:
                self.leaves.append(_leaf(token, opened, numbers))

    def line(self, offset: int) -> int:
        """The line, counted from 0, in which `offset` lies."""
        return bisect_right(self.starts, offset) - 1

    def place(self, line: int, end_line: int) -> tuple[int, int]:
        """From the start of `line` to the start of `end_line`, both counted from 0."""
        end = self.starts[end_line] if end_line < len(self.starts) else len(self.text)
        return self.starts[line], end

    def addresses_at(self, start: int, end: int) -> Iterator[str]:
        """The targets of the addresses that share a character or an edge with a place."""
        first = bisect_left(self.addresses, start, key=lambda address: address.end)
        last = bisect_right(self.addresses, end, key=lambda address: address.start)
        for address in self.addresses[first:last]:
            yield address.target

    def words_at(self, start: int, end: int, *, but_labels: bool = False) -> dict[int, str]:
        """The words at a place by where they begin, cut ones included, those of addresses not.

        Args:
            start: where the place begins.
            end: where it ends.
            but_labels: leave out `Paper` in `[Paper]` and in `Paper: [`.
        """
        while start and _WORD.match(self.text[start - 1]):
            start -= 1
        while _WORD.match(self.text[end : end + 1]):
            end += 1
        return {
            match.start(): match[0]
            for match in _WORD.finditer(self.text, start, end)
            if not self._is_in_address(match.start())
            and not (but_labels and self._is_label(match.start()))
        }

    def _is_in_address(self, offset: int) -> bool:
        index = bisect_right(self.addresses, offset, key=lambda address: address.start)
        return index > 0 and offset < self.addresses[index - 1].end

    def _is_label(self, offset: int) -> bool:
        line = self.starts[self.line(offset)]
        is_in_brackets = self.text.rfind("[", line, offset) > self.text.rfind("]", line, offset)
        return is_in_brackets or _BEFORE_LINK.match(self.text, offset) is not None


def _leaf(token: Token, opened: Sequence[Token], numbers: Sequence[int]) -> Leaf:
    line, end_line = token.map or (0, 0)
    if token.type == "inline":
        children = token.children or []
        content = _MARKDOWN.renderer.render(children, _MARKDOWN.options, {})
        text = visible(children)
    else:
        content = f"{token.type}: {token.content}"
        text = _TAG.sub(" ", token.content)
    lists = [around.tag for around in opened if around.tag in ("ul", "ol")]
    items = [around.map for around in opened if around.tag == "li" and around.map]
    return Leaf(
        line,
        end_line,
        around=tuple(around.tag for around in opened),
        position=tuple(
            str(number) if tag == "ol" or number == 1 else "later"
            for tag, number in zip(lists, numbers, strict=True)
        ),
        item=(items[-1][0], items[-1][1]) if items else (line, end_line),
        content=_ADDRESS.sub(lambda match: target(match[0]), content),
        text=text,
    )


@lru_cache(maxsize=4)
def page(text: str) -> Page:
    """The page of a text; the text between two rounds is needed twice."""
    return Page(text)


# --- The oracle -----------------------------------------------------------------------------------


def objections(before: str, after: str, fixes: Sequence[Fix], rounds: int) -> list[str]:
    """What a fixer did that it did not declare, or that it declared and must not do.

    Args:
        before: the text that was fixed.
        after: what the fixer made of it.
        fixes: what it declares to have done, in the order in which it did it.
        rounds: how many times it says to have changed the text.
    """
    found = history(before, after, fixes, rounds)
    if found is None:
        return ["the declared edits do not make this text"]
    return [objection for this in found for objection in objections_to(this)]


def objections_to(this: Round) -> Iterator[str]:
    """What a round did that no rule may do, or not the rules whose fixes it made."""
    if this.rules & LEAD_TO_HEADINGS:
        inward, this = _split(this, LEAD_TO_HEADINGS)
        yield from _leads_astray(inward)
    if this.rules & NAME_IMAGES:
        named, this = _split(this, NAME_IMAGES)
        yield from _names_otherwise(named)
    old, new = page(this.before), page(this.after)
    yield from _addresses_lost(this, old, new)
    yield from _words_taken(this, old, new)
    yield from _blocks_lost(this, old, new)
    found = _compared(this, old, new)
    yield from _unedited_changed(this, found)
    yield from _edited_changed(this, old, new, found)


def _split(this: Round, rules: set[str]) -> tuple[Round, Round]:
    """What some rules did, and what the others did, each by itself."""
    fixes = list({id(made.fix): made.fix for made in this.made}.values())
    theirs = one_round(this.before, [one for one in fixes if one.rule in rules])
    others = one_round(this.before, [one for one in fixes if one.rule not in rules])
    assert theirs is not None
    assert others is not None
    return theirs, others


_EMPTY_NAME = re.compile(r"!\[\s*\]\(|<img\b[^<>]*\balt=([\"'])\s*\1", re.IGNORECASE)

_NAME = re.compile(r"\balt=(?:\"[^\"]*\"|'[^']*')")


def _names_otherwise(this: Round) -> Iterator[str]:
    """An image without a name gets one, and shows and leads to what it did."""
    empty = [match.span() for match in _EMPTY_NAME.finditer(this.before)]
    for fix_, edit, _, _ in this.made:
        index = bisect_right(empty, (edit.start, len(this.before))) - 1
        if index < 0 or not empty[index][0] < edit.start <= edit.end < empty[index][1]:
            yield f"{fix_.rule} writes where no image lacks a name"
    old, new = page(this.before), page(this.after)
    if (old.links, old.blocks) != (new.links, new.blocks):
        yield "what names images changes more than that"
    shown, still = ([_NAME.sub("", leaf.content) for leaf in one.leaves] for one in (old, new))
    if shown != still:
        yield "what names images changes the text"


_INWARD = re.compile(r"#(?P<name>[^\s()<>\"']+)")
_ADDED_ITEM = re.compile(
    r"(?:\r\n|[\n\r]){1,2}[ \t]*[-*+][ \t]+\[(?P<text>[^\[\]]+)\]\(#(?P<name>[^\s()]+)\)"
)


def _leads_astray(this: Round) -> Iterator[str]:
    """A link gets the name of a heading, and an item of its own shows a heading's text."""
    old, new = page(this.before), page(this.after)
    texts = [leaf.text for leaf in old.leaves if leaf.around[-1:] in _HEADINGS]
    names = {_letters_of(text) for text in texts}
    names.update(map(_letters_of, re.findall(r"\b(?:id|name)=[\"']?([^\"'\s>]+)", this.before)))
    shown = {" ".join(text.split()) for text in texts}
    added = set[int]()
    for fix_, edit, _, end in this.made:
        if fix_.rule == "broken-anchor":
            found = _INWARD.fullmatch(edit.replacement)
            if not this.before.startswith("#", edit.start):
                yield "broken-anchor changes what leads to no place in the page"
        else:
            found = _ADDED_ITEM.fullmatch(edit.replacement)
            added.add(new.line(end - 1))
            if edit.start != edit.end or found is None or found["text"] not in shown:
                yield "missing-toc-item adds no item with the text of a heading"
        name = found["name"] if found else ""
        if not {_letters_of(name), _letters_of(re.sub(r"-\d+$", "", name))} & names:
            yield f"{fix_.rule} leads to {name!r}, which names no heading"
    now = [leaf.text for leaf in new.leaves if leaf.line not in added]
    if now != [leaf.text for leaf in old.leaves]:
        yield "what leads to headings changes more than that"


_HEADINGS = [(f"h{level}",) for level in range(1, 7)]


def _letters_of(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _addresses_lost(this: Round, old: Page, new: Page) -> Iterator[str]:
    """An address may be written anew as one of the same target, and a badge with other words.

    Of several that are the same, one may go with an entry, or with a badge that is its link.
    """
    was, now = Counter[str](), Counter[str]()
    for fix_, edit, start, end in this.made:
        if not fix_.may_change & {"entry", "badges"}:
            continue
        deleted = this.before[edit.start : edit.end]
        gone = Counter(old.addresses_at(edit.start, edit.end)) | Counter(
            clickable(_MARKDOWN.parse(deleted))
        )
        if "entry" in fix_.may_change or "![" in deleted:
            was.update(gone)
        else:
            was.update(filter(_BADGE_HOST.match, gone.elements()))
        if "badges" in fix_.may_change:
            now.update(filter(_BADGE_HOST.match, new.addresses_at(start, end)))
    made = Counter[str]()
    for fix_, _, start, end in this.made:
        if fix_.rule in MAY_MAKE_LINKS:
            made.update(new.addresses_at(start, end))
    written = Counter(address.target for address in old.addresses)
    still_written = Counter(address.target for address in new.addresses)
    for title, one, other in (
        ("written", written, still_written),
        ("linked", old.links, new.links),
    ):
        for lost in sorted((one - other) - was):
            yield f"{lost} is not {title} as often as before"
        for gained in sorted((other - one) - now - (made if title == "linked" else Counter())):
            yield f"{gained} is {title} more often than before"
    for lost in sorted(written.keys() - still_written.keys()):
        if not (_BADGE_HOST.match(lost) and lost in was):
            yield f"{lost} is written nowhere"


def _words_taken(this: Round, old: Page, new: Page) -> Iterator[str]:
    """Each fix takes and writes only words that its rule may, and a removed entry stands twice."""
    everything = _letters(new, 0, len(this.after)) if _removes_entries(this) else ""
    for fix_, all_made in _by_fix(this):
        was, now = _words_of_edits(all_made, old, new, but_labels="links" in fix_.may_change)
        if not fix_.may_change & SHOWN:
            allowed = MAY_TAKE_WORDS.get(fix_.rule, set())
            for word in sorted(((was - now) + (now - was)).keys() - allowed):
                yield f"{fix_.rule} may not take or write the word {word!r}"
        if "entry" in fix_.may_change:
            for _, edit, _, _ in all_made:
                letters = _letters(old, edit.start, edit.end).lstrip("0123456789")
                if not edit.replacement and letters not in everything:
                    yield f"{fix_.rule} removes line {old.line(edit.start) + 1}, which is nowhere else"
        if "order" in fix_.may_change:
            was_lines, now_lines = Counter[str](), Counter[str]()
            for _, edit, start, end in all_made:
                was_lines.update(_lines(old, edit.start, edit.end))
                now_lines.update(_lines(new, start, end))
            for line in sorted((was_lines - now_lines) + (now_lines - was_lines)):
                yield f"{fix_.rule} may not change the line {line!r} that it moves"


def _lines(page_: Page, start: int, end: int) -> Iterator[str]:
    """The lines that a place shares, without the number of an item and without indentation."""
    whole = page_.place(page_.line(start), page_.line(end) + 1)
    for line in _LINE_END.split(page_.text[slice(*whole)]):
        if line.strip():
            yield _LIST_NUMBER.sub("", line).strip()


def _by_fix(this: Round) -> Iterator[tuple[Fix, list[Made]]]:
    grouped: dict[int, list[Made]] = {}
    for made in this.made:
        grouped.setdefault(id(made.fix), []).append(made)
    for all_made in grouped.values():
        yield all_made[0].fix, all_made


def _words_of_edits(
    all_made: Iterable[Made], old: Page, new: Page, *, but_labels: bool = False
) -> tuple[Counter[str], Counter[str]]:
    """The words that edits take and write; each counts once, however many edits share it."""
    was, now = dict[int, str](), dict[int, str]()
    for _, edit, start, end in all_made:
        if not _is_number(old.text, edit):
            was.update(old.words_at(edit.start, edit.end, but_labels=but_labels))
            now.update(new.words_at(start, end, but_labels=but_labels))
    return Counter(was.values()), Counter(now.values())


def _removes_entries(this: Round) -> bool:
    return any("entry" in made.fix.may_change for made in this.made)


def _letters(page_: Page, start: int, end: int) -> str:
    """The words at a place without what parts them, as "TensorFlow" may be "Tensor Flow"."""
    return "".join(page_.words_at(start, end).values()).casefold()


def _is_number(text: str, edit: Edit) -> bool:
    """Whether an edit gives an item of a list another number."""
    start = max(text.rfind("\n", 0, edit.start), text.rfind("\r", 0, edit.start)) + 1
    return (
        not text[start : edit.start].strip(" \t>")
        and _NUMBER.fullmatch(text[edit.start : edit.end]) is not None
        and _NUMBER.fullmatch(edit.replacement) is not None
    )


def _blocks_lost(this: Round, old: Page, new: Page) -> Iterator[str]:
    """A block goes only if a rule that may delete did so, and comes only of another's text."""
    deleted = _deleted_lines(this, old)
    kept = Counter(
        block.kind for block in old.blocks if not deleted.cover(block.line, block.end_line)
    )
    now = Counter(block.kind for block in new.blocks)
    for kind in sorted(kept - now):
        yield f"there are fewer {kind} blocks than before"
    may_make = set[str]().union(*(MAY_MAKE_BLOCKS.get(rule, set()) for rule in this.rules))
    for kind in sorted((now - kept).keys() - may_make):
        yield f"there are more {kind} blocks than before"


def _deleted_lines(this: Round, old: Page) -> Ranges:
    """The lines of which nothing but blanks is left after what rules deleted that may delete."""
    deleted: list[tuple[int, int]] = []
    for fix_, edit, _, _ in this.made:
        if edit.replacement or not fix_.may_change & REMOVABLE:
            continue
        for line in range(old.line(edit.start), old.line(edit.end) + 1):
            start, end = old.place(line, line + 1)
            left = old.text[start : max(start, edit.start)] + old.text[min(end, edit.end) : end]
            if not left.strip():
                deleted.append((line, line + 1))
    if not deleted:
        return Ranges([])
    blank = (
        line
        for line in range(len(old.starts))
        if not old.text[slice(*old.place(line, line + 1))].strip()
    )
    return Ranges([*deleted, *((line, line + 1) for line in blank)])


class Comparison(NamedTuple):
    """The leaves of the texts before and after, those with an edit apart from the others.

    Attributes:
        edited, edited_after: those with an edit; what one was split into has one, too.
        others, others_after: those without.
        touched, touched_after: the lines with edits.
    """

    edited: list[Leaf]
    edited_after: list[Leaf]
    others: list[Leaf]
    others_after: list[Leaf]
    touched: Ranges
    touched_after: Ranges


def _compared(this: Round, old: Page, new: Page) -> Comparison:
    touched, touched_after = _touched_lines(this, old, new)
    edited, others = _parted(old.leaves, touched)
    places = (old.place(leaf.line, leaf.end_line) for leaf in edited)
    moved = ((_moved(this, start), _moved(this, end)) for start, end in places)
    parts = ((new.line(start), new.line(end - 1) + 1) for start, end in moved if start < end)
    edited_after, others_after = _parted(new.leaves, touched_after, Ranges(parts))
    return Comparison(edited, edited_after, others, others_after, touched, touched_after)


def _parted(leaves: Iterable[Leaf], *lines: Ranges) -> tuple[list[Leaf], list[Leaf]]:
    """The leaves with one of the lines, and those without."""
    parted: tuple[list[Leaf], list[Leaf]] = ([], [])
    for leaf in leaves:
        is_met = any(ranges.meets(leaf.line, leaf.end_line) for ranges in lines)
        parted[0 if is_met else 1].append(leaf)
    return parted


def _unedited_changed(this: Round, found: Comparison) -> Iterator[str]:
    """What has no edit renders as before."""
    is_moved = bool(this.rules & MAY_MOVE_BLOCKS)
    may_count_anew = is_moved or _removes_entries(this)
    for was, now in zip(found.others, found.others_after, strict=False):
        is_in_edited_item = found.touched.meets(*was.item) or found.touched_after.meets(*now.item)
        if (
            was.content != now.content
            or (was.around != now.around and not (is_moved and is_in_edited_item))
            or (was.position != now.position and not may_count_anew)
        ):
            yield f"line {was.line + 1}, which has no edit, does not render as before"
            return
    if len(found.others) != len(found.others_after):
        yield "what has no edit renders to more or to fewer blocks than before"


def _edited_changed(this: Round, old: Page, new: Page, found: Comparison) -> Iterator[str]:
    """What has an edit shows the same words, but for those of the edit, in the same blocks."""
    taken, written = _words_of_edits(this.made, old, new)
    before = words("\n".join(leaf.text for leaf in found.edited))
    after = words("\n".join(leaf.text for leaf in found.edited_after))
    # A word that was taken may have been hidden, one that is written is shown.
    for word in sorted((before - after) - (taken - written)):
        yield f"the word {word!r} is not shown as often as before"
    for word in sorted((written - taken) - (after - before)):
        yield f"the word {word!r} is written, but not shown"
    for word in sorted((after - before) - (written - taken)):
        yield f"the word {word!r} is shown more often than before"
    deleted = _deleted_lines(this, old)
    kept = [leaf for leaf in found.edited if not deleted.cover(leaf.line, leaf.end_line)]
    if sum("li" in leaf.around for leaf in kept) > sum(
        "li" in leaf.around for leaf in found.edited_after
    ):
        yield "a part of a list item is outside of it"
    if not this.rules & MAY_MOVE_BLOCKS:
        around = Counter(leaf.around for leaf in found.edited_after)
        for path in sorted(Counter(leaf.around for leaf in kept) - around):
            yield f"there is less in {' > '.join(path)} than before"


class Ranges:
    """Ranges of lines, the last line of each not included."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self.lines = sorted({line for first, last in ranges for line in range(first, last)})

    def meets(self, line: int, end_line: int) -> bool:
        """Whether one of the lines is in one of the ranges."""
        index = bisect_left(self.lines, line)
        return index < len(self.lines) and self.lines[index] < end_line

    def cover(self, line: int, end_line: int) -> bool:
        """Whether each of the lines is in one of the ranges."""
        return bisect_left(self.lines, end_line) - bisect_left(self.lines, line) == end_line - line


def _touched_lines(this: Round, old: Page, new: Page) -> tuple[Ranges, Ranges]:
    """The lines that edits change, in both texts; of whole lines that go, only those that went."""
    before: list[tuple[int, int]] = []
    after: list[tuple[int, int]] = []
    for _, edit, start, end in this.made:
        first, last = old.line(edit.start), old.line(max(edit.start, edit.end - 1))
        is_whole = (
            not edit.replacement
            and edit.start == old.starts[first]
            and edit.end in (len(old.text), old.starts[min(last + 1, len(old.starts) - 1)])
        )
        if is_whole:
            before.append((first, last + 1))
            continue
        # A line end that comes or goes changes the line after it as well.
        before.append((first, old.line(edit.end) + 1))
        after.append((new.line(start), new.line(end) + 1))
    return Ranges(before), Ranges(after)


def _moved(this: Round, offset: int) -> int:
    """Where a place of the text before is in the text after."""
    index = bisect_right(this.made, offset, key=lambda made: made.edit.start) - 1
    if index < 0:
        return offset
    last = this.made[index]
    return last.end + max(0, offset - last.edit.end)


# --- What it says of fixers, good and bad ---------------------------------------------------------

FIFTH = "| Fifth Title | [Paper](https://a.org/(5)/p)  |\n"
SIXTH = "| Sixth Title | [Paper](https://a.org/6)      |\n"
AGAIN = "- **First Title,** ACL 2020. [[Paper](https://arxiv.org/abs/1706.03762v2)]\n"

LIST = f"""\
# List

Some prose with a [link](https://a.org/prose), and [another][ref].

- **First Title,** ACL 2020. [[Paper](https://arxiv.org/pdf/1706.03762v2.pdf#page=2)] [[Code]()]
- **Second Title,** ACL 2021. ![](https://img.shields.io/badge/NLU-blue)
  *Doe, Jane and Roe, John.* [[pdf](https://arxiv.org/abs/2106.09685)]
{AGAIN}
3.**Third Title,** ACL 2022.
4.**Fourth Title,** ACL 2023. [[Paper](https://arxiv.org/abs/2203.12119)]

| Title       | Paper                         |
| ----------- | ----------------------------- |
{FIFTH}{SIXTH}
1. **Seventh Title**
1. **Eighth Title**

   *Jack Poe.*

Some *more* prose.

[ref]: https://a.org/ref "A reference"
"""


def made(old: str, new: str, rule: str, may_change: str = "") -> Fix:
    """A fix that makes of `old`, where it is for the first time, `new`, by an edit of what differs."""
    start, end = LIST.index(old), LIST.index(old) + len(old)
    while old and new and old[0] == new[0]:
        old, new, start = old[1:], new[1:], start + 1
    while old and new and old[-1] == new[-1]:
        old, new, end = old[:-1], new[:-1], end - 1
    return Fix(rule, frozenset(may_change.split()), start, (Edit(start, end, new),))


def objections_to_one(one: Fix) -> list[str]:
    """What the oracle says of a fixer that makes this one fix and declares it."""
    this = one_round(LIST, [one])
    assert this is not None
    return objections(LIST, this.after, [one], 1)


@pytest.mark.parametrize(
    "one",
    [
        made("pdf/1706.03762v2.pdf#page=2", "abs/1706.03762v2", "arxiv-pdf-link", "links"),
        made(" [[Code]()]", "", "empty-code-link", "links badges"),
        made("[[pdf]", "[[Paper]", "mixed-link-style", "links"),
        made("NLU-blue", "NLU-green", "wrong-badge-color", "badges"),
        made("\n  *Doe", "\n\n  *Doe", "missing-blank-line"),
        made("Doe, Jane and Roe, John", "Jane Doe, John Roe", "mixed-author-style"),
        made("**First Title,**", "**First Title**,", "mixed-title-delimiter"),
        made("4.**", "4. **", "missing-marker-space"),
        made("1. **E", "2. **E", "wrong-number"),
        made(AGAIN, "", "duplicate-entry", "entry"),
        made("ACL 2021", "EMNLP 2021", "odd-venue-name", "venue"),
        made(FIFTH + SIXTH, SIXTH + FIFTH, "unsorted-section", "order"),
        made("Seventh Title**\n1. **Eighth Title**\n\n   *Jack Poe.*", "Eighth Title**\n\n   *Jack Poe.*\n1. **Seventh Title**", "unsorted-section", "order"),
    ],
    ids=lambda one: one.rule,
)  # fmt: skip
def test_the_oracle_has_nothing_against_what_a_rule_may_do(one: Fix) -> None:
    assert objections_to_one(one) == []


@pytest.mark.parametrize(
    ("one", "objection"),
    [
        (made("[link](https://a.org/prose)", "link", "missing-blank-line"), "https://a.org/prose is written nowhere"),
        (made("a.org/6", "a.org/7", "arxiv-pdf-link", "links"), "https://a.org/7 is written more often than before"),
        (made("pdf/1706.03762v2.pdf#page=2", "abs/1706.03762", "arxiv-pdf-link", "links"), "arXiv:1706.03762v2 is not written as often as before"),
        (made("(https://arxiv.org/pdf/1706.03762v2.pdf#page=2)", "()", "empty-code-link", "links badges"), "arXiv:1706.03762v2 is not linked as often as before"),
        (made("[Paper](https://a.org/6)", "\\[Paper](https://a.org/6)", "mixed-link-style", "links"), "https://a.org/6 is not linked as often as before"),
        (made("![](https://img.shields.io/badge/NLU-blue)", "", "missing-badge-space"), "https://img.shields.io/badge/NLU-blue is written nowhere"),
        (made("Second Title", "Second", "mixed-title-delimiter"), "mixed-title-delimiter may not take or write the word 'Title'"),
        (made("Sixth Title", "Sixth", "mixed-link-style", "links"), "mixed-link-style may not take or write the word 'Title'"),
        (made("Second", "Another", "arxiv-pdf-link", "links"), "arxiv-pdf-link may not take or write the word 'Another'"),
        (made("Second Title", "SecondTitle", "mixed-title-delimiter"), "mixed-title-delimiter may not take or write the word 'SecondTitle'"),
        (made("**Fourth Title,** ACL 2023.", "", "duplicate-badge", "badges links"), "duplicate-badge may not take or write the word 'Fourth'"),
        (made("ACL 2021", "<!-- EMNLP --> 2021", "odd-venue-name", "venue"), "the word 'EMNLP' is written, but not shown"),
        (made("(5)/p)  |", "(5)/p) | more |", "odd-venue-name", "venue"), "the word 'more' is written, but not shown"),
    ],
)  # fmt: skip
def test_the_oracle_objects_to_lost_words_and_addresses(one: Fix, objection: str) -> None:
    assert objection in objections_to_one(one)


@pytest.mark.parametrize(
    ("one", "objection"),
    [
        (made(AGAIN, "", "duplicate-badge", "badges links"), "duplicate-badge may not take or write the word 'First'"),
        (made(FIFTH + SIXTH, SIXTH + SIXTH, "unsorted-section", "order"), "unsorted-section may not take or write the word 'Fifth'"),
        (made(FIFTH + SIXTH, SIXTH.replace("Sixth Title", "Title Sixth") + FIFTH, "unsorted-section", "order"), "unsorted-section may not change the line '| Title Sixth | [Paper](https://a.org/6)      |' that it moves"),
        (made(AGAIN, "", "misplaced-badge"), "there are fewer li blocks than before"),
        (made("3.**Third Title,** ACL 2022.\n", "", "duplicate-entry", "entry"), "duplicate-entry removes line 10, which is nowhere else"),
        (made("| Sixth Title | [Paper](https://a.org/6)      |\n", "", "duplicate-entry", "entry"), "https://a.org/6 is written nowhere"),
        (made("- **Second", "  **Second", "outdented-continuation"), "there are fewer li blocks than before"),
        (made("| Sixth", "\n| Sixth", "missing-blank-line"), "there are fewer tr blocks than before"),
        (made("3.**", "3. **", "missing-blank-line"), "there are more li blocks than before"),
        (made("3.**", "    3.**", "missing-blank-line"), "there is less in p than before"),
        (made("   *Jack", "*Jack", "outdented-continuation"), "a part of a list item is outside of it"),
        (made("3.**", "> 3.**", "missing-marker-space"), "there are more blockquote blocks than before"),
    ],
)  # fmt: skip
def test_the_oracle_objects_to_lost_entries(one: Fix, objection: str) -> None:
    assert objection in objections_to_one(one)


@pytest.mark.parametrize(
    ("one", "objection"),
    [
        (made("# List", "## List", "mixed-title-delimiter"), "there are more h2 blocks than before"),
        (made("# List\n", "# List\n\n---\n", "missing-blank-line"), "there are more hr blocks than before"),
        (made("Poe.*\n", "Poe.*", "missing-blank-line"), "there are fewer p blocks than before"),
        (made("Poe.*\n", "Poe.*", "missing-blank-line"), "what has no edit renders to more or to fewer blocks than before"),
        (made("2023.", "2023.\n\n<!--", "odd-venue-name", "venue"), "there are fewer tr blocks than before"),
        (made("2023.", "2023.\n\n~~~\n", "odd-venue-name", "venue"), "line 3, which has no edit, does not render as before"),
        (made("[ref]:", "[fer]:", "mixed-link-style", "links"), "line 3, which has no edit, does not render as before"),
        (made("1. **S", "7. **S", "mixed-title-delimiter"), "line 19, which has no edit, does not render as before"),
    ],
)  # fmt: skip
def test_the_oracle_objects_to_what_renders_otherwise(one: Fix, objection: str) -> None:
    assert objection in objections_to_one(one)


CONTENTS = "- [Papers](#paper)\n- [Tools](#tools)\n\n# Papers\n\n# Tools\n\n# Data & Sets\n"


def fix_contents(old: str, new: str, rule: str) -> list[str]:
    """What the oracle says of a rule that puts `new` where `old` was, or at the end of line 2."""
    start = CONTENTS.index(old) if old else CONTENTS.index("\n\n")
    one = Fix(rule, frozenset(), start, (Edit(start, start + len(old), new),))
    this = one_round(CONTENTS, [one])
    assert this is not None
    return objections(CONTENTS, this.after, [one], 1)


def test_the_oracle_lets_links_lead_to_headings() -> None:
    assert fix_contents("#paper", "#papers", "broken-anchor") == []
    assert fix_contents("", "\n- [Data & Sets](#data--sets)", "missing-toc-item") == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "objection"),
    [
        ("#paper", "#code", "broken-anchor", "broken-anchor leads to 'code', which names no heading"),
        ("Papers]", "#tools]", "broken-anchor", "broken-anchor changes what leads to no place in the page"),
        ("# Papers", "#papers", "broken-anchor", "what leads to headings changes more than that"),
        ("", "\n- [Code](#code)", "missing-toc-item", "missing-toc-item adds no item with the text of a heading"),
        ("", "\n- [Data & Sets](#sets)", "missing-toc-item", "missing-toc-item leads to 'sets', which names no heading"),
        ("", " [Papers](#papers)", "missing-toc-item", "missing-toc-item adds no item with the text of a heading"),
    ],
)  # fmt: skip
def test_the_oracle_objects_to_links_that_lead_astray(
    old: str, new: str, rule: str, objection: str
) -> None:
    assert objection in fix_contents(old, new, rule)


@pytest.mark.parametrize(
    ("old", "new", "objection"),
    [
        ("![]", "![NLU]", None),
        ("![](https", "![](http", "empty-badge-alt writes where no image lacks a name"),
        ("![]", "![a](b)![c]", "what names images changes more than that"),
        ("Second", "Third", "empty-badge-alt writes where no image lacks a name"),
    ],
)
def test_the_oracle_lets_images_get_names_and_nothing_else(
    old: str, new: str, objection: str | None
) -> None:
    found = objections_to_one(made(old, new, "empty-badge-alt", "badges links"))
    assert (objection in found) if objection else found == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("First Title", "Title First"),
        ("Some prose", "Some  prose"),
        ("Some *more* prose.\n", ""),
        ("# List", "## List"),
        ("a.org/6", "a.org/7"),
    ],
)
def test_the_oracle_objects_to_what_is_not_declared(old: str, new: str) -> None:
    one = made("\n  *Doe", "\n\n  *Doe", "missing-blank-line")
    this = one_round(LIST, [one])
    assert this is not None
    assert objections(LIST, this.after, [one], 1) == []
    after = this.after.replace(old, new)
    assert objections(LIST, after, [one], 1) == ["the declared edits do not make this text"]
    assert objections(LIST, this.after, [], 0) == ["the declared edits do not make this text"]


def test_the_oracle_finds_out_which_fixes_were_made_in_which_round() -> None:
    before = "ab cd ef"
    here, there = Edit(0, 2, "a"), Edit(4, 5, "c")
    fixes = [
        Fix("one", frozenset(), edit.start, (edit,)) for edit in (here, there, Edit(0, 1, "x"))
    ]
    assert [len(this.made) for this in history(before, "x cc ef", fixes, 2) or []] == [2, 1]
    assert [len(this.made) for this in history(before, "a ccef", fixes[:2], 1) or []] == []
    assert [this.after for this in history(before, "a cc ef", fixes[:2], 1) or []] == ["a cc ef"]
    assert [this.after for this in history(before, "a cdcef", fixes[:2], 2) or []] == [
        "a cd ef",
        "a cdcef",
    ]
    overlapping = [Fix("one", frozenset(), 0, (Edit(0, 3, ""), Edit(2, 4, "")))]
    assert history(before, "d ef", overlapping, 1) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/1706.03762v2",
        "http://www.arxiv.org/pdf/1706.03762v2.pdf#page=2",
        "//export.arxiv.org/PDF/1706.03762v2",
        "https://ar5iv.labs.arxiv.org/html/1706.03762v2",
        "https://ar5iv.org/abs/1706.03762v2?x=1",
        "http://xxx.lanl.gov/abs/1706.03762v2/",
        "https://arxiv.org/abs/1706.03762v2\u200b",
    ],
)
def test_the_oracle_takes_all_addresses_of_a_paper_for_the_same(address: str) -> None:
    assert target(address) == "arXiv:1706.03762v2"


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/abs/1706.0376v2",
        "https://arxiv.org/abs/1706.037620v2",
        "https://arxiv.org.example/abs/1706.03762v2",
        "https://example.org/arxiv.org/abs/1706.03762v2",
        "https://arxiv.org/html/1706.03762v2/x1.png",
    ],
)
def test_the_oracle_takes_no_other_address_for_that_of_a_paper(address: str) -> None:
    assert target(address) != "arXiv:1706.03762v2"


def test_the_oracle_knows_papers_of_the_old_scheme() -> None:
    assert target("http://arxiv.org/pdf/cs.CL/0306050v2.pdf") == "arXiv:cs/0306050v2"


# --- What it says of peftlint ---------------------------------------------------------------------

#: A list of so many characters is too long to be fixed from the start again with unsafe fixes.
LONG = 1_000_000


def check_fixes(path: Path) -> None:
    """Fixing settles, and does what it declares and no more, with unsafe fixes and without."""
    text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    rules = registry.rules()
    safe = fix(text, rules)
    assert objections(text, safe.text, declared(safe, rules), safe.rounds) == []
    assert given_up(safe) == []
    assert all(found.fix is not None and found.fix.is_safe for found in safe.applied)
    start = safe.text if len(text) > LONG else text
    unsafe = fix(start, rules, unsafe=True)
    assert objections(start, unsafe.text, declared(unsafe, rules), unsafe.rounds) == []
    assert given_up(unsafe) == []
    # Where both texts are the same, this settles it for both.
    assert fix(unsafe.text, rules, unsafe=True).text == unsafe.text
    if unsafe.text != safe.text:
        assert fix(safe.text, rules).text == safe.text


def declared(result: FixResult, rules: Iterable[Rule]) -> list[Fix]:
    """The fixes that peftlint says it made."""
    may_change = {rule.name: rule.may_change for rule in rules}
    return [
        Fix(
            diagnostic.name,
            may_change[diagnostic.name],
            diagnostic.span.start,
            tuple(Edit(*edit.span, edit.replacement) for edit in diagnostic.fix.edits),
        )
        for diagnostic in result.applied
        if diagnostic.fix is not None
    ]


def given_up(result: FixResult) -> list[str]:
    """The fixes that were not made for another reason than what they would lose or change."""
    return [
        f"{withheld.diagnostic.name}: {withheld.reason}"
        for withheld in result.withheld
        if not withheld.reason.startswith("it would ")
    ]


def test_the_rules_that_may_do_more_are_there() -> None:
    """A rule that goes by another name now would be judged as one that may do nothing more."""
    names = {rule.name for rule in registry.rules()}
    assert {*MAY_TAKE_WORDS, *MAY_MAKE_BLOCKS, *MAY_MOVE_BLOCKS, *MAY_MAKE_LINKS} <= names


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_fixing_a_list_of_ours_loses_nothing(path: Path) -> None:
    check_fixes(path)


@pytest.mark.skipif(not REAL_LISTS, reason=f"the real lists are not there: {REAL}")
@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("path", REAL_LISTS, ids=lambda path: path.stem)
def test_fixing_a_real_list_loses_nothing(path: Path) -> None:
    check_fixes(path)


def check_sorting(path: Path) -> None:
    """Entries move and nothing is lost, whatever the list is to be sorted by."""
    text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    rules = [registry.find("unsorted-section")]
    make = rules[0].options
    assert make is not None
    for key, direction in (("auto", "auto"), ("year", "descending"), ("title", "ascending")):
        options = {rules[0].name: make(key=key, direction=direction)}
        result = fix(text, rules, options)
        assert objections(text, result.text, declared(result, rules), result.rounds) == []
        assert given_up(result) == []
        assert fix(result.text, rules, options).text == result.text


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_sorting_a_list_of_ours_loses_nothing(path: Path) -> None:
    check_sorting(path)


#: Of each kind of layout some; it is no quick work to give every entry another place.
SHORT_REAL_LISTS = [path for path in REAL_LISTS if path.stat().st_size < 40_000]


@pytest.mark.skipif(not REAL_LISTS, reason=f"the real lists are not there: {REAL}")
@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("path", SHORT_REAL_LISTS, ids=lambda path: path.stem)
def test_sorting_a_real_list_loses_nothing(path: Path) -> None:
    check_sorting(path)
