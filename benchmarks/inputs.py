"""The texts that tools are measured on, made of whole lists."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import peftlint

MEGABYTE = 1_000_000
#: The size in bytes of a common list, nearly.
COMMON = 19_000
#: So many lists are several.
SEVERAL = 5
#: A text of a certain size is made of lists that are smaller by this factor, so that the last one
#: does not make it much larger.
FINE = 8
#: What is changed in a title: a word that says nothing about links, and is no name of a field.
WORD = re.compile(r"\b[A-Za-z]{4,}\b")


class Word(NamedTuple):
    """A word of the title of an entry in the middle of an input.

    Attributes:
        path: the file that it stands in.
        start: its first byte there.
        end: the byte after it.
    """

    path: Path
    start: int
    end: int


#: The keys of all inputs.
KEYS = ("one", "several", "1mb", "10mb", "all")


class Input(NamedTuple):
    """What a tool is measured on.

    Attributes:
        key: by which goals know it.
        what: how many of what it is.
        files: what the tool is given, all in one folder.
        word: what to change for a run after one entry changed.
    """

    key: str
    what: str
    files: tuple[Path, ...]
    word: Word

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(path.stat().st_size for path in self.files)

    @property
    def name(self) -> str:
        """What it is called in tables, with its size."""
        size = self.size
        shown = f"{size / 1000:.0f} kB" if size < MEGABYTE else f"{size / MEGABYTE:.1f} MB"
        return f"{self.what}, {shown}"


class Variant(NamedTuple):
    """A copy of an input for runs after one entry changed.

    Attributes:
        original: the input, which stays as it is.
        files: its copies.
    """

    original: Input
    files: tuple[Path, ...]

    def change(self, number: int) -> None:
        """Write the file with the word anew, with another word for each number in its place."""
        path, start, end = self.original.word
        target = self.files[self.original.files.index(path)]
        content = path.read_bytes()
        target.write_bytes(content[:start] + f"Edited{number}".encode() + content[end:])


def variant(original: Input, folder: Path) -> Variant:
    """A copy of an input in a folder, which must not be there yet."""
    folder.mkdir()
    copies = tuple(folder / path.name for path in original.files)
    for path, copy in zip(original.files, copies, strict=True):
        shutil.copyfile(path, copy)
    return Variant(original, copies)


def lists_in(folder: Path) -> list[Path]:
    """The lists of a folder and those below it, without what their fixed text should be."""
    return sorted(path for path in folder.rglob("*.md") if not path.name.endswith(".fixed.md"))


def inputs(
    lists: Sequence[Path], folder: Path, only: Sequence[str] = (), *, least: int = 0
) -> Iterator[Input]:
    """The inputs, from small to large, made in a folder.

    Args:
        lists: what they are made of, at least one.
        folder: where none is yet.
        only: the keys of those that are wanted; all where none is given.
        least: a list that has fewer bytes is repeated until it has so many.
    """
    folder.mkdir()
    common = folder / "lists"
    common.mkdir()
    pieces = []
    for path in lists:
        # Lists of several folders may have one name.
        target = common / f"{path.parent.name}-{path.name}"
        _write_repeated([path], least, target)
        pieces.append(target)
    one = min(pieces, key=lambda path: abs(path.stat().st_size - COMMON))
    for key, what, chosen in (
        ("one", "1 list", (one,)),
        ("several", f"{len(pieces[:SEVERAL])} lists", tuple(pieces[:SEVERAL])),
        ("1mb", "1 file", (folder / "1mb.md",)),
        ("10mb", "1 file", (folder / "10mb.md",)),
        ("all", f"{len(pieces)} lists", tuple(pieces)),
    ):
        if only and key not in only:
            continue
        if key in ("1mb", "10mb"):
            word = _write_long(pieces, int(key.removesuffix("mb")) * MEGABYTE, chosen[0])
        else:
            word = _middle_word([(path, path, 0) for path in chosen])
        yield Input(key, what, chosen, word)


def _write_repeated(lists: Sequence[Path], size: int, target: Path) -> list[tuple[Path, int]]:
    """Write whole lists, one after the other and over again, until the file has `size` bytes.

    Returns:
        Each list with its first byte in the file.
    """
    written = []
    with target.open("wb") as output:
        for path in cycle(lists):
            written.append((path, output.tell()))
            output.write(path.read_bytes())
            if output.tell() >= size:
                break
            output.write(b"\n")
    return written


def _write_long(pieces: Sequence[Path], size: int, target: Path) -> Word:
    """Write a text of `size` bytes."""
    small = [path for path in pieces if path.stat().st_size * FINE <= size]
    written = _write_repeated(small or pieces, size, target)
    return _middle_word([(target, path, start) for path, start in written])


def _middle_word(pieces: Sequence[tuple[Path, Path, int]]) -> Word:
    """The word to change: of the middle entry of the middle piece that has an entry.

    Args:
        pieces: the file to change, the list in it, and that list's first byte there.

    Raises:
        ValueError: no list has an entry with a word in its title.
    """
    middle = len(pieces) // 2
    by_distance = sorted(range(len(pieces)), key=lambda place: abs(place - middle))
    for path, piece, start in (pieces[place] for place in by_distance):
        text = piece.read_bytes().decode("utf-8")
        entries = peftlint.parse(text).entries
        half = len(entries) // 2
        for entry in (*entries[half:], *entries[:half]):
            found = entry.title and WORD.search(text, *entry.title.span)
            if found:
                first, last = (len(text[:place].encode()) for place in found.span())
                return Word(path, start + first, start + last)
    raise ValueError("no list has an entry with a word in its title")
