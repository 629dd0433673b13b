"""The rest of a list: the layout's fixes made, then mdformat, each proved.

mdformat may change nothing that a reader of the page sees, and no entry's facts: what the page
renders to is the same but for white space, told from markdown-it's own HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from peftlint.fixer import fix
from peftlint.linter import lint
from peftlint.markdown.leaf import Leaf
from peftlint.model import Document
from peftlint.proof import facts
from peftlint.regex import regex
from peftlint.rereading import leaves_again, read_again
from peftlint.rule import Rule
from peftlint.source import LINE_END

_WORD = regex(r"\w+")
_BLANKS = regex(r"\s+")
#: mdformat writes `[x]` and a fence.
_DONE = regex(r"^(\S*li\S* )\[X\] ")
_CODE = regex(r"^(\S+ |)code_block ")
_LONGEST_EXCERPT = 40


class Difference(NamedTuple):
    """What differs between a list and the same written anew.

    Attributes:
        line: where it stands in the list.
        what: what differs, for a person, as what would be.
    """

    line: int
    what: str


class Fixing(NamedTuple):
    """The fixes that are made.

    Attributes:
        rules: of which rules.
        options: a rule's name to an instance of its options.
    """

    rules: tuple[Rule, ...]
    options: Mapping[str, object]


class Rest(NamedTuple):
    """A list whose entries were laid out, with the rest done.

    Attributes:
        text: the list.
        unformatted: why mdformat had no part in it; `None` where it had, or was not asked.
    """

    text: str
    unformatted: Difference | None = None


def done(text: str, fixing: Fixing, *, entries_only: bool) -> Rest:
    """A list with the safe fixes of the layout's rules made, and then as mdformat writes it.

    Fixes prove themselves: an entry says the same after them, but for what their rules may change.

    Args:
        text: the list.
        fixing: the rules, all about layout, and their options.
        entries_only: leave mdformat out.
    """
    found = lint(read_again(text), *fixing)
    if any(diagnostic.fix is not None and diagnostic.fix.is_safe for diagnostic in found):
        text = fix(text, *fixing).text
    return Rest(text) if entries_only else formatted_or_left(text)


def formatted_or_left(text: str) -> Rest:
    """A list as mdformat writes it, or as it is where that would change more than its looks."""
    # Loaded here: who leaves the rest alone does not need it.
    from peftlint.formatting.block import TooMuchError
    from peftlint.formatting.syntax import formatted

    before = read_again(text)
    places = [(entry.line, entry.end_line) for entry in before.entries]
    try:
        written = formatted(text, places)
    except TooMuchError:
        return Rest(text, Difference(1, "it has too many lists side by side for mdformat"))
    except Exception as error:  # whatever it stumbles over, the entries are done
        return Rest(text, Difference(1, f"mdformat fails on it: {type(error).__name__}"))
    if before.newline != "\n":
        written = written.replace("\n", before.newline)
    if written == text:
        return Rest(text)
    differing = (
        _changed_entry(before, read_again(written))
        or _changed_page(text, written)
        or _lost_word(text, written)
    )
    return Rest(text, differing) if differing else Rest(written)


def _changed_entry(before: Document, after: Document) -> Difference | None:
    """The first entry that says something else."""
    for old, new in zip(before.entries, after.entries, strict=False):
        was, now = facts(old), facts(new)
        name = next((name for name, value in was.items() if value != now[name]), None)
        if name is not None:
            what = f"it would change the {name} of the entry '{_excerpt(old.title.text)}'"
            return Difference(old.line, what)
    if len(before.entries) == len(after.entries):
        return None
    shared = min(len(before.entries), len(after.entries))
    if len(after.entries) < len(before.entries):
        old = before.entries[shared]
        return Difference(old.line, f"it would lose the entry '{_excerpt(old.title.text)}'")
    line = before.entries[-1].line if before.entries else 1
    title = _excerpt(after.entries[shared].title.text)
    return Difference(line, f"it would make an entry of '{title}'")


def _changed_page(text: str, written: str) -> Difference | None:
    """The first block that renders otherwise."""
    old = list(_shown(text))
    new = list(_shown(written))
    for (leaf, was), (_, now) in zip(old, new, strict=False):
        if was != now:
            shown = _excerpt(was.partition(" ")[2])
            return Difference(leaf.line, f"'{shown}' would render otherwise")
    if len(old) != len(new):
        line = old[min(len(new), len(old) - 1)][0].line if old else 1
        return Difference(line, "there would be other blocks")
    return None


def _lost_word(text: str, written: str) -> Difference | None:
    """The first word that is gone, also of what no page shows: a cell too many, a comment."""
    left = _words(text) - _words(written)
    for number, line in enumerate(LINE_END.split(text) if left else (), 1):
        word = next((word for word in _words(line) if word in left), None)
        if word is not None:
            return Difference(number, f"it would lose the word '{_excerpt(word)}'")
    return None


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.replace("\\", "")))


def _shown(text: str) -> Iterator[tuple[Leaf, str]]:
    """The leaves of a page with what they render to, white space aside."""
    for leaf in leaves_again(text):
        html = _BLANKS.sub(" ", leaf.html).strip()
        yield leaf, _DONE.sub(r"\1[x] ", _CODE.sub(r"\1fence ", html))


def _excerpt(text: str) -> str:
    """A piece of text, short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[:_LONGEST_EXCERPT]}..."
