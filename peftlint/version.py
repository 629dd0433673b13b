"""Which version of peftlint this is."""

from __future__ import annotations

#: `pyproject.toml` reads it from here: to ask the installed distribution takes 20 ms.
VERSION = "0.1.0"
