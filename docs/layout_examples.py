"""The layouts for the page about normalizing, each with its template and an entry in it."""

from __future__ import annotations

from collections.abc import Iterator

from peftlint.layout.example import example
from peftlint.layout.named import TEMPLATES, named


def examples() -> str:
    """All layouts that have a name, in the order in which `peftlint layouts` lists them."""
    return "\n\n".join(_parts())


def _parts() -> Iterator[str]:
    for name, source in TEMPLATES.items():
        yield f"### {name}"
        yield f"```text\n{source}\n```"
        yield f"```markdown\n{example(named(name))}\n```"
