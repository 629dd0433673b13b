"""What both who reads a list and who judges it load, if they are two processes.

It is loaded before the one is copied from the other: once, and into memory that they share. There
is nothing here but imports.
"""

from __future__ import annotations

from peftlint import badge, bracketing, identity, people, role, slug, venue  # noqa: F401
from peftlint.reading import packed  # noqa: F401
