"""A text that is read stretch by stretch is read as if it were read at once.

So is one of which most was read before and is remembered.
"""

from __future__ import annotations

import marshal
import os
import random
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from peftlint import reader, registry
from peftlint.commands import ahead
from peftlint.linter import lint
from peftlint.markdown.node import Block, Node, Root
from peftlint.markdown.tree import parse, parse_stretches
from peftlint.model import Document
from peftlint.reader import read, read_packed, read_stretch, read_stretches
from peftlint.reading import foresight
from peftlint.reading.packed import document
from peftlint.reading.recollection import Memory, Recollection
from peftlint.source import Lines

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "lists"
LISTS = sorted(SHARED.glob("*/*.md"))
FIXTURES = sorted((ROOT / "fixtures").rglob("*.md"))
PIECES = (
    "a", "*b*", "[r]", "[s] [t]", "[x](https://a.org)", "\n[r]: https://r.org\n", "\n[s]: /\u00e9 'T'\n",
    "\n> [t]: https://t.org\n", "\n- [r]: https://in.org\n", "\n[a]: /u 'x\n", "\n", "\n\n", "\n- i ",
    "\n  more", "\n1. j", "\n> q", "\n    code", "\n\tcode", "\n| a | b |\n|---|---|\n| c | d |\n", "\n===",
    "\n---\n", "\n# h\n", "\n## g\n\n", "\n# h", "\n#\n", "\n####### no\n", "\n  # in\n", "\n- # li\n", "\n> # q\n",
    "\n#no\n", "\n```\n", "\n~~~~\n", "\n  ```\n", "\n- ```\n", "\n<!-- c\n", "-->", "\n<pre>\n", "</pre>", "\n<div>\n",
    "\n<table><tr><td>\n", "</td></tr></table>\n", "\n<?php\n", "\r# x\r", "\r\n## y\r\n", "\f", "\v", "\u2028", "\0",
)  # fmt: skip


def generated(seed: int, count: int) -> Iterable[str]:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(count):
        front = chance.choice(("", "", "", "---\na: b\n# c\n---\n", "+++\na = 1\n# c\n+++\n"))
        yield front + "".join(chance.choices(PIECES, k=chance.randrange(1, 40)))


def facts(value: object, seen: dict[int, int]) -> object:
    """All that a value of the model or of the tree says, as tuples."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, Lines):
        return value.starts
    if isinstance(value, Mapping):
        return tuple((key, facts(inside, seen)) for key, inside in value.items())
    if isinstance(value, Sequence | frozenset):
        return tuple(facts(inside, seen) for inside in value)
    if id(value) in seen:
        # A link and its badge know each other.
        return seen[id(value)]
    seen[id(value)] = len(seen)
    return tuple(facts(getattr(value, name), seen) for name in vars(type(value))["__slots__"])


def tree_facts(roots: Iterable[Root]) -> object:
    blocks: list[Block] = []
    html: list[Block | Node] = []
    tables: list[Block] = []
    places: list[tuple[int, int]] = []
    for root in roots:
        blocks.extend(root.children)
        html.extend(root.html)
        tables.extend(root.tables)
        places.extend(root.code)
        places.extend(root.hidden)
    return [facts(found, {}) for found in (blocks, html, tables)], sorted(places)


def assert_parsed_alike(text: str) -> None:
    lines = Lines(text)
    whole = tree_facts([parse(text, lines)])
    stretches = parse_stretches(text, lines)
    assert tree_facts(stretches) == whole, text
    assert tree_facts(stretches) == whole, "asked for again"


def handed_over(text: str, recollection: Recollection | None = None) -> Document:
    """A text as another process has read it."""
    pieces = marshal.dumps(list(read_packed(text, recollection)))
    return document(text, marshal.loads(pieces))  # noqa: S302 - made here


def assert_read_alike(text: str) -> None:
    lines = Lines(text)
    whole = read_stretches(lines, [parse(text, lines)])
    for found in (read(text), handed_over(text)):
        assert_same(found, whole)


def assert_same(found: Document, wanted: Document) -> None:
    for name in Document.__annotations__:
        same = facts(getattr(found, name), {}) == facts(getattr(wanted, name), {})
        assert same, (name, wanted.text[:999])


@pytest.mark.skipif(not LISTS, reason="the real lists are not there")
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_real_lists_are_parsed_and_read_in_stretches_as_at_once(path: Path) -> None:
    # As much as is read in a few seconds for all of them.
    text = path.read_bytes()[:8_000].decode("utf-8", "replace")
    assert_parsed_alike(text)
    assert_read_alike(text)


def test_fixtures_are_parsed_and_read_in_stretches_as_at_once() -> None:
    for path in FIXTURES:
        text = path.read_bytes().decode("utf-8")
        assert_parsed_alike(text)
        assert_read_alike(text)


@pytest.mark.parametrize("seed", range(3))
def test_generated_text_is_parsed_and_read_in_stretches_as_at_once(seed: int) -> None:
    for text in generated(seed, 100):
        assert_parsed_alike(text)
        assert_read_alike(text)


def test_a_stretch_ends_before_each_heading_that_nothing_is_around() -> None:
    text = "a\n# b\n- c\n  # d\n> # e\n```\n# f\n```\n\n## g\n<!--\n# h\n-->\n\n# i\n"
    found = [root.line for root in parse_stretches(text, Lines(text))]
    assert found == [1, 2, 10, 15]


def test_what_is_never_closed_is_parsed_in_time_that_grows_as_the_text() -> None:
    text = "# a\n<!-- [b]: c\n" * 3000
    (root,) = parse_stretches(text, Lines(text))
    assert len(root.children) == 2


ENTRY = (
    "### [A Fine Title of a Paper {0}](https://arxiv.org/abs/2401.0000{0})\n\nAnn Lee, Bo Li\n\n"
)
PLAIN = "### Other things {0}\n\nSome words.\n\n"
#: Whether the headings of the first group are entries is decided at the end.
LATE = {
    "most of a level are": "# List\n\n"
    + PLAIN.format(1) * 2
    + "".join(map(ENTRY.format, range(9))),
    "most are not": "# List\n\n" + "".join(map(ENTRY.format, range(4))) + PLAIN.format(1) * 9,
    "the second comes late": f"# A\n{ENTRY.format(1)}\n# B\n{PLAIN.format(2) * 9}\n# C\n{ENTRY.format(3)}",
    "there is no second": f"# A\n{ENTRY.format(1)}\n# B\n{PLAIN.format(2) * 9}\n# C\nwords\n",
}


@pytest.mark.parametrize("name", LATE)
@pytest.mark.parametrize("farthest", [0, 4, 12, 3000])
def test_headings_are_entries_or_not_however_late_it_is_known(
    name: str, farthest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foresight, "_FARTHEST", farthest)
    assert_read_alike(LATE[name])


def test_a_wrong_guess_about_headings_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "_FARTHEST", 0)
    text = LATE["most are not"]
    assert [entry.kind for entry in read(text).entries] == []
    assert len(read(LATE["most of a level are"]).entries) == 9


def test_a_row_in_html_goes_on_over_a_heading() -> None:
    row = (
        "<table>\n<tr><td>\n\n# [A Fine Title of a Paper](https://arxiv.org/abs/2401.00001)\n\n"
        "</td><td>\n\nAnn Lee, Bo Li, Cy Woo. NeurIPS 2024\n\n</td></tr>\n"
    )
    assert_read_alike(f"# A\n\n{row * 3}</table>\n\n# B\n\nwords\n")


# Read again

ITEM = "- **A Fine Title of a Paper,** Ann Lee, Bo Li. ICLR 2024. [[Paper](https://arxiv.org/abs/2401.00001)]\n"


def edited(text: str, chance: random.Random) -> str:
    """A text with one change as an editor makes it, or as a slip does."""
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0:
        del lines[at : at + chance.choice((1, 1, 1, 20))]
    elif kind == 1:
        lines.insert(at, chance.choice(PIECES))
    elif kind == 2:
        lines.insert(at, chance.choice((*lines, ITEM)))
    elif kind == 3:
        lines[at:at] = ["\n## Another section\n\n", ITEM, "\n"]
    else:
        place = chance.randrange(len(text) + 1)
        end = place + chance.randrange(4) if kind == 4 else place
        new = chance.choice(("", " ", "x", "\u00e9", ")", "[", "*", "2024"))
        return f"{text[:place]}{new}{text[end:]}"
    return "".join(lines)


def assert_remembered_alike(text: str, chance: random.Random, edits: int) -> None:
    """Compare what is read, and what is found, of a text and of edits of it, each after the other."""
    known = marshal.dumps({})
    for _ in range(edits):
        recollection = Recollection(marshal.loads(known))  # noqa: S302 - made here
        again = read(text, None, recollection)
        lines = Lines(text)
        whole = read_stretches(lines, [parse(text, lines)])
        assert_same(again, whole)
        same = Recollection(marshal.loads(known))  # noqa: S302 - made here
        assert_same(handed_over(text, same), whole)
        assert same.plain().keys() == recollection.plain().keys()
        assert lint(again, registry.select()) == lint(read(text), registry.select()), text
        known = marshal.dumps(recollection.plain())
        text = edited(text, chance)


@pytest.mark.skipif(not LISTS, reason="the real lists are not there")
def test_a_thousand_edits_of_real_lists_are_read_again_as_anew() -> None:
    chance = random.Random(7)  # noqa: S311 - not for secrets
    for path in LISTS:
        text = path.read_bytes().decode("utf-8", "replace")
        start = text.rfind("\n", 0, chance.randrange(len(text))) + 1
        assert_remembered_alike(text[start : start + 2_000], chance, 12)


def test_edits_of_fixtures_and_of_generated_text_are_read_again_as_anew() -> None:
    chance = random.Random(8)  # noqa: S311 - not for secrets
    for path in sorted((ROOT / "fixtures" / "lists").glob("*.md")):
        assert_remembered_alike(path.read_text(encoding="utf-8"), chance, 4)
    for text in generated(9, 60):
        assert_remembered_alike(text, chance, 4)


def test_only_what_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# List\n\n" + "".join(f"## Section {place}\n\n{ITEM}\n" for place in range(9))
    recollection = Recollection()
    read(text, None, recollection)
    found: list[int] = []

    def noted(lines: Lines, stretch: Root, *rest: object) -> object:
        found.append(stretch.line)
        return read_stretch(lines, stretch, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "read_stretch", noted)
    again = Recollection(recollection.plain())
    read(text, None, again)
    assert found == [1], "the first stretch tells of the whole text"
    assert not again.is_news
    found.clear()
    changed = text.replace("Section 4", "A section that is the fourth")
    after = Recollection(recollection.plain())
    assert facts(read(changed, None, after).entries, {}) == facts(read(changed).entries, {})
    assert found[:2] == [1, changed[: changed.index("A section")].count("\n") + 1]
    assert after.is_news


# Read ahead


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
@pytest.mark.parametrize("processes", [2, 3])
def test_a_list_read_in_several_processes_is_read_as_at_once(
    processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_SHORTEST", 600)
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "fixtures/lists").glob("*.md")]
    texts.extend(path.read_bytes()[:6_000].decode("utf-8", "replace") for path in LISTS[::4])
    fitting: list[bool] = []

    def fits(memory: Memory, *state: object) -> bool:
        fitting.append(fit(memory, *state))
        return fitting[-1]

    fit: Callable[..., bool] = Memory.fits
    monkeypatch.setattr(Memory, "fits", fits)
    for text in texts:
        with ahead.reading_ahead(processes, is_kept=False) as recollection:
            found = read(text, None, recollection)
        assert facts(found, {}) == facts(read(text), {}), text
    assert sum(fitting) > 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
def test_what_a_process_that_is_ended_was_to_read_is_read_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "_SHORTEST", 100)
    first = os.getpid()

    def ended(lines: Lines, stretch: Root, *rest: object) -> object:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return read_stretch(lines, stretch, *rest)  # type: ignore[arg-type]

    text = "# List\n\n" + "".join(f"## Section {place}\n\n{ITEM}\n" for place in range(9))
    wanted = facts(read(text), {})
    monkeypatch.setattr(reader, "read_stretch", ended)
    with ahead.reading_ahead(2, is_kept=False) as recollection:
        assert facts(read(text, None, recollection), {}) == wanted
