"""A rule's docstring in its parts."""

from __future__ import annotations

import inspect

from peftlint.regex import regex

_FENCE = regex(r" {0,3}(`{3,}|~{3,})")


def sections(doc: str) -> dict[str, str]:
    """The parts of a docstring by their headings; what stands before the first has none, `""`.

    A heading is a line that begins with `## ` and stands in no fence: a list that is shown as
    an example has headings of its own.

    Args:
        doc: a docstring, indented or not.
    """
    found: dict[str, list[str]] = {"": []}
    lines = found[""]
    fence = ""
    for line in inspect.cleandoc(doc).split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == line.strip()[0] * len(line.strip()) >= fence:
            fence = ""
        if line.startswith("## ") and not fence:
            lines = found[line.removeprefix("## ").strip()] = []
        else:
            lines.append(line)
    return {heading: "\n".join(part).strip() for heading, part in found.items()}


def why(doc: str) -> str:
    """What stands between the first sentence of a docstring and its first heading."""
    return sections(doc)[""].partition("\n\n")[2].strip()
