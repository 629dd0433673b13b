"""Which entries of a list are exported."""

from __future__ import annotations

from collections.abc import Callable

from peftlint.model import Entry

#: Whether an entry is exported.
IsTaken = Callable[[Entry], bool]
