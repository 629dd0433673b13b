"""What a layout has no place for, and what of it a user lets go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from peftlint.layout.template import LayoutError, Template

#: The fields of an entry that a user may let go where a layout has no place for them. Its title is
#: none of them: each layout has it; nor are identifiers: those that no link shows stay as words.
#: `remarks` are words behind a field that has no place, `labels` what links to the paper are called
#: which a title may open: while they are kept, these have the place of other links.
LOSABLE = ("name", "authors", "venue", "year", "links", "badges", "remarks", "labels")
#: Those that no template names.
_UNNAMED = frozenset(("remarks", "labels"))


def losable(names: Iterable[str]) -> frozenset[str]:
    """Fields that may be lost, as a user names them.

    Raises:
        LayoutError: one is no field that can be let go; the message says which there are.
    """
    found = frozenset(names)
    unknown = sorted(found - frozenset(LOSABLE))
    if unknown:
        raise LayoutError(f"'{unknown[0]}' cannot be let go; what can is {', '.join(LOSABLE)}")
    return found


def lacking(template: Template) -> frozenset[str]:
    """The fields, of `LOSABLE`, that a template has nowhere."""
    names = template.names()
    found = {name for name in LOSABLE if name not in names} - _UNNAMED
    if "authors" in found:
        # Those that authors may be.
        found.add("links")
    if found:
        found.add("remarks")
    return frozenset(found)


def told(layout: str, lines: Mapping[str, Sequence[int]]) -> str:
    """What a layout has no place for in a list, and what to do about it, for a person.

    Args:
        layout: its name.
        lines: of each field that it lacks, the first line of each entry that has it.
    """
    fields = [name for name in LOSABLE if lines.get(name)]
    shown = [
        f"{name} ({len(lines[name])} {'entries, the first' if len(lines[name]) > 1 else 'entry,'}"
        f" in line {min(lines[name])})"
        for name in fields
    ]
    options = " ".join(f"--allow-loss {name}" for name in fields)
    return (
        f"the layout {layout} has no place for {in_words(shown)}; {options} "
        f"{'drops them' if len(fields) > 1 or fields[0].endswith('s') else 'drops it'}"
    )


def in_words(names: Sequence[str]) -> str:
    """Several things in a sentence: `authors, venue and year`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
